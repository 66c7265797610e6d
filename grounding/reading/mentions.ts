import type { Concept, Mention, Terminology } from '../../language/contract.ts';
import type { Fact } from '../../records/contract.ts';
import { examinationsOf } from '../matching/examinations.ts';
import { phrasesFor, sameValue, senseOfValue } from './values.ts';

/** Words that name a part of the record but are first of all English. */
export const WEAK_SECTIONS =
  /^(?:section\/(?:results|reports|documents|orders|surveys|demographics|vitals|problems|medications|immunizations|procedures|care-team|goals))$/;

/** These only name what is counted where nothing else is named. */
export const WEAKEST_SECTIONS = /^section\/(?:results|reports|documents|orders|surveys|demographics|vitals)$/;

export const free = (taken: readonly boolean[], start: number, end: number): boolean => {
  for (let i = start; i < end; i += 1) if (taken[i]) return false;
  return true;
};

/** Names in the record that the tables do not know, found letter by letter. */
export function recordMentions(
  lower: string,
  facts: readonly Fact[],
): readonly { start: number; end: number; concepts: readonly string[]; kind: Fact['kind'] }[] {
  const found: { start: number; end: number; concepts: readonly string[]; kind: Fact['kind'] }[] = [];
  const seen = new Set<string>();
  for (const fact of facts) {
    for (const raw of [fact.name, ...fact.names]) {
      const name = raw.toLowerCase().replace(/ \([a-z /]+\)$/, '');
      if (name.length < 4 || seen.has(name)) continue;
      seen.add(name);
      // The relative is no name of what the relative had.
      if (fact.kind === 'patient' || (fact.kind === 'family-history' && name === fact.details?.['relationship']?.toLowerCase())) continue;
      for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
        const end = at + name.length;
        if (/[a-z0-9]/.test(lower[at - 1] ?? ' ') || /[a-rt-z0-9]/.test(lower[end] ?? ' ')) continue;
        found.push({ start: at, end: lower[end] === 's' ? end + 1 : end, concepts: fact.concepts, kind: fact.kind });
      }
    }
  }
  return found;
}

export function namesIn(lower: string, facts: readonly Fact[]): readonly { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  const seen = new Set<string>();
  for (const fact of facts) {
    for (const raw of [...(fact.people ?? []), fact.organization ?? '']) {
      const name = raw.toLowerCase().replace(/^(?:dr|prof|mr|mrs|ms)\.?\s+/, '');
      if (!name.includes(' ') || seen.has(name)) continue;
      seen.add(name);
      for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) found.push({ start: at, end: at + name.length });
    }
  }
  return found;
}

const GENOTYPE = /\*\d+[a-z]?\s?\/\s?\*\d+[a-z]?/;

export function literalValues(lower: string, facts: readonly Fact[]): readonly { start: number; end: number; value: string }[] {
  const found: { start: number; end: number; value: string }[] = [];
  const seen = new Set<string>();
  for (const fact of facts) {
    const { value } = fact;
    if (!value || value.type === 'quantity' || value.type === 'range') continue;
    const text = value.text.toLowerCase().replace(/ \([a-z /]+\)$/, '');
    if (text.length < 3 || /^\d/.test(text) || seen.has(text)) continue;
    seen.add(text);
    for (let at = lower.indexOf(text); at >= 0; at = lower.indexOf(text, at + 1)) {
      if (/[a-z0-9]/.test(lower[at - 1] ?? ' ') || /[a-z0-9]/.test(lower[at + text.length] ?? ' ')) continue;
      found.push({ start: at, end: at + text.length, value: value.text });
    }
  }
  // "*1/*2": a genotype that is said stands against the recorded one, whichever it is.
  if ([...seen].some((text) => GENOTYPE.test(text)))
    for (const match of lower.matchAll(new RegExp(GENOTYPE.source, 'g')))
      if (!seen.has(match[0])) found.push({ start: match.index, end: match.index + match[0].length, value: match[0] });
  const senses = new Set([...seen].map(senseOfValue).filter((sense) => sense !== undefined));
  for (const [phrase, sense] of phrasesFor(senses)) {
    for (let at = lower.indexOf(phrase); at >= 0; at = lower.indexOf(phrase, at + 1)) {
      if (/[a-z0-9-]/.test(lower[at - 1] ?? ' ') || /[a-z0-9]/.test(lower[at + phrase.length] ?? ' ')) continue;
      if (/^(?:positive|negative|present)$/.test(phrase) && / (?:for|of)\b/.test(lower.slice(at + phrase.length, at + phrase.length + 4)))
        continue;
      found.push({ start: at, end: at + phrase.length, value: sense });
    }
  }
  return found.sort((a, b) => b.end - b.start - (a.end - a.start));
}

/** Whose value it is: of facts with this value, else of facts with another value of its kind ("never smoker" where "former smoker" is recorded). */
export function holdersOf(value: string, facts: readonly Fact[], terminology: Terminology): readonly Concept[] {
  const having = facts.filter((fact) => fact.kind !== 'patient' && fact.value !== undefined && sameValue(value, fact.value.text));
  const group = (text: string) => senseOfValue(text)?.split('/')[0] ?? (text.includes('/') ? text.split('/')[0] : undefined);
  const like =
    having.length > 0
      ? having
      : facts.filter((fact) => fact.value !== undefined && group(fact.value.text) !== undefined && group(fact.value.text) === group(value));
  const found = new Map<string, Concept>();
  for (const fact of like)
    for (const id of fact.concepts) {
      const concept = terminology.get(id);
      if (concept) found.set(id, concept);
    }
  return [...found.values()];
}

/** A mention's meanings, also those that begin inside it, where the sentence's other words ask for them ("high cholesterol of 250"). */
export function shortened(mention: Mention, terminology: Terminology): { start: number; concepts: readonly Concept[] } | undefined {
  const lead = /^(?:high|low|elevated|raised|normal|abnormal)\s+/i.exec(mention.text);
  if (!lead) return undefined;
  const rest = terminology.byName(mention.text.slice(lead[0].length)).filter((concept) => concept.kind === 'observation');
  return rest.length > 0 ? { start: mention.start + lead[0].length, concepts: rest } : undefined;
}

/** "Potassium high", "a BMI of 30": where the record holds no such problem, it is the measure with its flag or value that is named. */
function asMeasured(text: string, terminology: Terminology, facts: readonly Fact[]): string {
  let left = text;
  for (const mention of terminology.mentions(text)) {
    const tail = /^(.*?)(?:\s+(?:of|is|was|at|:))?(\s+(?:high|low|raised|elevated|\d+(?:\.\d+)?))$/i.exec(mention.text);
    if (!tail || !mention.concepts.every((id) => terminology.get(id)?.kind === 'condition')) continue;
    if (!terminology.byName(tail[1]!).some(({ kind }) => kind === 'observation')) continue;
    if (facts.some((fact) => fact.concepts.some((held) => mention.concepts.some((id) => held === id || terminology.isA(held, id)))))
      continue;
    const start = mention.end - tail[2]!.length;
    left = `${left.slice(0, start)}${' '.repeat(mention.end - start)}${left.slice(mention.end)}`;
  }
  return left;
}

/** "Fell by 62 titer": the unit of the value before it, as the record writes it, and no test of that name. */
const isUnit = ({ text: word, start }: Mention, text: string, facts: readonly Fact[]): boolean =>
  /\d\s$/.test(text.slice(0, start)) &&
  facts.some(({ value }) => value?.type === 'quantity' && value.unit?.replace(/[{}]/g, '').toLowerCase() === word.toLowerCase());

/** Mentions that do not cut a number in two ("BMI 30" in "BMI 30.3"): those are read again without it. */
export function wholeMentions(text: string, terminology: Terminology, facts: readonly Fact[] = []): readonly Mention[] {
  return terminology.mentions(asMeasured(text, terminology, facts)).flatMap((mention) => {
    if (isUnit(mention, text, facts)) return [];
    // "total cholesterol results" is total cholesterol, though "cholesterol results" may be the panel.
    const lead = /(\w+)\s+$/.exec(text.slice(0, mention.start));
    const short = mention.text.replace(/\s+(?:results?|tests?|numbers?|levels?)$/i, '');
    const longer = lead && short !== mention.text ? terminology.byName(`${lead[1]} ${short}`) : [];
    if (lead && longer.length > 0) {
      const [start, end] = [lead.index, mention.start + short.length];
      return [{ ...mention, start, end, text: text.slice(start, end), concepts: longer.map(({ id }) => id) }];
    }
    const number = /\s*\d+(?:\.\d+)?$/.exec(mention.text);
    if (!number || !/^(?:\.\d|,\d|\d)/.test(text.slice(mention.end))) return [mention];
    const shorter = mention.text.slice(0, number.index);
    return terminology.mentions(shorter).map((inner) => ({ ...inner, start: mention.start + inner.start, end: mention.start + inner.end }));
  });
}

const GIVEN = /vaccin|immuni[sz]|inoculat|\b(?:shots?|jabs?|doses?|boosters?)\b/i;

/** "hepatitis A dose", "tetanus booster": of a disease there are no doses. */
const DOSES_AFTER = /^\s*:\s*\d[\d/.-]*,\s*\d|^[\s-]*(?:series|(?:initial|catch-up) series|[x×] ?\d|#\s?\d)\b/i;

const DOSES_BEFORE = /\b(?:series)(?: (?:of|for|against))?(?: the)?\s+$/i;

/** Things that are commonly called by the name of another: "microalbumin 64 mg/g" is the ratio (its unit tells), a "sore throat" pharyngitis. */
const SAID_FOR: Readonly<Record<string, readonly string[]>> = {
  'lab/urine-albumin': ['lab/urine-albumin-creatinine'],
  'condition/sore-throat': ['condition/pharyngitis'],
};

/** What a mention can mean here: "vaccinated against influenza" is the vaccine, not the disease. */
export function meanings(mention: Mention, text: string, terminology: Terminology, facts: readonly Fact[]): readonly Concept[] {
  const concepts = mention.concepts
    .flatMap((id) => [id, ...(SAID_FOR[id] ?? [])])
    .map((id) => terminology.get(id))
    .filter((concept) => concept !== undefined);
  const own = new Set(concepts.map(({ id }) => id));
  for (const id of examinationsOf(mention, concepts, text, facts)) {
    const concept = terminology.get(id) ?? placeholder(id, mention.text, 'procedure');
    if (!own.has(id)) concepts.push(concept);
  }
  if (concepts.every((concept) => concept.kind !== 'condition')) return concepts;
  const given =
    GIVEN.test(text) ||
    DOSES_AFTER.test(text.slice(mention.end)) ||
    DOSES_BEFORE.test(text.slice(Math.max(0, mention.start - 30), mention.start));
  // A disease that was vaccinated against is no disease that was had.
  if (!given) return concepts.filter((concept) => concept.kind !== 'vaccine');
  return [...terminology.byName(`${mention.text} vaccine`).filter((concept) => concept.kind === 'vaccine'), ...concepts];
}

const KIND_OF_FACT: Readonly<Partial<Record<Fact['kind'], Concept['kind']>>> = {
  medication: 'drug',
  allergy: 'allergen',
  result: 'observation',
  vital: 'observation',
  survey: 'observation',
  social: 'social',
  immunization: 'vaccine',
  procedure: 'procedure',
  imaging: 'procedure',
  order: 'procedure',
};

export const placeholder = (id: string, name: string, kind: Fact['kind']): Concept => ({
  id,
  kind: KIND_OF_FACT[kind] ?? 'condition',
  name,
  synonyms: [],
  codes: [],
  parents: [],
});
