/** The statements of a text as they must be read: items under their heading, "it" as what it stands for. */
import type { Terminology } from '../../language/contract.ts';
import type { Sentence } from '../../language/sentences.ts';
import { withoutGreeting } from './lay.ts';
import { CITATION_MARKS } from './manner.ts';

export interface Statement {
  /** As written. */
  readonly text: string;
  /** As it is checked. */
  readonly read: string;
}

const HEADING = /^(?:#{1,6}\s*)?(?:\*\*)?([A-Z][\w /&'()-]{1,60}?)(?:\*\*)?\s*:(?:\*\*)?\s*$/;
const MARKED_HEADING = /^#{1,6}\s+(.{2,60})$/;
const BULLET = /^\s*(?:[-*•▪◦‣·–—]|\(?\d{1,2}[.)])\s+/;
const PRONOUN =
  /^(?:it|this|that|this (?:value|result|level|reading|number|test|condition|drug|medication|problem|one)|the (?:value|level|result|reading|number|condition|drug|medication|dose)|previously|the previous (?:one|value)|prior value)\b/i;

/** A drug that is not named again, and what it is said to be for. */
const FOR_WHAT =
  /^(?:it|this|that)(?:'s| (?:is|was)(?: (?:taken|given|used|prescribed|meant|intended))?) (?:for|to treat|to control|to manage|against)\b/i;
const EXTREME = /\b(?:highest|lowest|peak|maximum|minimum|nadir|best|worst|record)\b/i;

/** A heading that is part of the record lends its meaning to the lines below it. */
function headingOf(text: string, terminology: Terminology): { heading: string | undefined } | undefined {
  const match = HEADING.exec(text) ?? MARKED_HEADING.exec(text);
  if (!match) return undefined;
  const name = match[1]!.trim();
  const known =
    terminology.byName(name).some((concept) => concept.kind === 'section') ||
    /\b(?:medications?|meds|allergies|problems?|diagnoses|history|immunizations?|vitals?|labs?|results|procedures|surgeries)\b/i.test(name);
  return { heading: known ? name : undefined };
}

const LEADING_SECTION: readonly (readonly [RegExp, string])[] = [
  [/past (?:medical|surgical) history|\bpmh|\bpsh|history|diagnoses/i, 'History of'],
  [/medic|meds|drugs/i, 'Medications:'],
  [/allerg/i, 'Allergies:'],
  [/active problems|problem list|current problems/i, 'Active problems:'],
  [/immuni|vaccin/i, 'Immunizations:'],
];

const LEADING_CITATIONS = new RegExp(`^(?:${CITATION_MARKS.source}\\s*)+[.;]?\\s*`);

/** "... on 19 October 2026. [Observation/8f2]": a citation behind the full stop, on the same line, belongs to the sentence before it. */
export function withCitations(list: readonly Sentence[], text: string): readonly Sentence[] {
  const found: Sentence[] = [];
  for (const sentence of list) {
    const before = found.at(-1);
    const marks = LEADING_CITATIONS.exec(sentence.text)?.[0];
    if (!before || !marks || text.slice(before.end, sentence.start).includes('\n')) {
      found.push(sentence);
      continue;
    }
    const end = sentence.start + marks.trimEnd().length;
    found[found.length - 1] = { ...before, end, text: `${before.text} ${marks.trim()}` };
    const rest = sentence.text.slice(marks.length);
    if (rest !== '') found.push({ start: sentence.start + marks.length, end: sentence.end, text: rest });
  }
  return found;
}

export function statements(list: readonly Sentence[], terminology: Terminology): readonly Statement[] {
  const found: Statement[] = [];
  let heading: string | undefined;
  let topic: string | undefined;
  let problem: string | undefined;
  /** The last of several things that the sentence before names. */
  let latter: string | undefined;
  /** The one drug that the sentence before names. */
  let drug: string | undefined;
  for (const { text } of list) {
    const head = headingOf(text, terminology);
    if (head) {
      heading = head.heading;
      topic = undefined;
      continue;
    }
    const bullet = BULLET.test(text);
    const body = withoutGreeting(text.replace(BULLET, ''));
    let read = body;
    const own = terminology.mentions(body).filter((mention) => mention.concepts.some((id) => !id.startsWith('section/')));
    if (problem && /\b(?:for|because of|due to) (?:it|this|that)\b(?= *[.,;]|$)/i.test(body))
      read = body.replace(/\b(for|because of|due to) (?:it|this|that)\b(?= *[.,;]|$)/i, `$1 ${problem}`);
    // "He takes HCTZ. It is for his blood pressure."
    if (drug && FOR_WHAT.test(body)) read = body.replace(/^\w+/, drug);
    // "That is the highest on record": which value is meant is not said again.
    else if (latter && own.length === 0 && /^the latter\b/i.test(body)) read = body.replace(/^the latter/i, latter);
    else if (topic && PRONOUN.test(body) && own.length === 0 && !EXTREME.test(body))
      read = body.replace(PRONOUN, (said) => (/^(?:previously|prior|the previous)/i.test(said) ? `${topic} ${said}` : topic!));
    else if (own.length > 0) {
      const first = own[0]!;
      topic = body.slice(first.start, first.end);
      const last = own.at(-1)!;
      latter = own.length > 1 ? body.slice(last.start, last.end) : undefined;
      const condition = own.find((mention) => mention.concepts[0]?.startsWith('condition/'));
      const drugs = own.filter((mention) => mention.concepts[0]?.startsWith('drug/'));
      drug = drugs.length === 1 ? body.slice(drugs[0]!.start, drugs[0]!.end) : undefined;
      if (condition) problem = body.slice(condition.start, condition.end);
    }
    if (heading && (bullet || !/\b(?:is|are|was|were|has|had|takes)\b/i.test(body))) {
      const lead = LEADING_SECTION.find(([words]) => words.test(heading!))?.[1];
      if (lead && !/^(?:none|no|nkda|nka)\b/i.test(body) && !/:\s*$/.test(body)) read = `${lead} ${read}`;
    } else if (!bullet) heading = undefined;
    found.push({ text, read });
  }
  return found;
}
