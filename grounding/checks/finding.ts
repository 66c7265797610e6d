/** "The CT showed no bleeding", "nodules were seen on the X-ray": what an examination is said to have found must stand in its conclusion or outcome. */
import type { Mention } from '../../language/contract.ts';
import { compareFhirDates, formatDate, timeExpressions } from '../../language/dates.ts';
import { quantities } from '../../language/quantities.ts';
import type { Fact } from '../../records/contract.ts';
import type { Check } from '../contract.ts';
import { compareDate } from '../matching/dates.ts';
import type { World } from '../matching/world.ts';
import { personsIn, stem, tokens } from '../reading/lexicon.ts';
import { withRelativeTimes } from '../reading/relative-times.ts';
import { contentOf, isDenied, proseOf, toldOf } from '../reading/told-in-prose.ts';
import { fail, pass, unknown } from './contract.ts';
import { statedWords } from './overlap.ts';

const NOT = "(?:(?:did|does|do|has|have|had)(?: not|n['’]t) |failed to |never )";
const VERB =
  '(?:show(?:s|ed|n)?|reveal(?:s|ed)?|demonstrate[sd]?|found|find(?:s)?|detect(?:s|ed)?|identif(?:y|ies|ied)|indicate[sd]?|disclose[sd]?|confirm(?:s|ed)?|picked up|note[sd]?)';
const BE = '(?:(?:is|was|are|were|came back|has been|had been) )?';
const SHOWED = new RegExp(
  `^(.{2,90}?)(?:\\s+(${NOT})?${VERB}(?: that there (?:is|was|are|were))?|\\s+${BE}(positive|negative|free|clear|unremarkable) (?:for|of)|\\s+(ruled out|rules out|excluded|excludes)|\\s*:)\\s+(.{3,160})$`,
  'i',
);
const SEEN =
  /^(?:(there (?:is|was|were|are)) )?(.{3,120}?)(?: (?:(?:is|was|were|are|has been|have been) )?(not )?(seen|found|noted|identified|visible|detected|present|evident|visualized|shown|demonstrated|revealed))? (?:on|in|at|by|during) ((?:the |her |his |an? )?.{2,90})$/i;
const NONE = /^(?:no|not|without|neither|nor|absence of|none)\b/i;
const SEVERAL =
  /\b(?:all|every|each|both|previous|prior|earlier|second|third|fourth|no|any|neither|only|serial|other|another|next|planned|booked)\b/i;
const HEDGED =
  /\b(?:possibl[ey]|probabl[ey]|likely|unlikely|may|might|could|suspect\w*|suggest\w*|suspicious|questionable|consistent|compatible|cannot|can['’]t|\?)/i;
const EXAMINED: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>(['report', 'imaging', 'procedure']);

interface Part {
  readonly text: string;
  readonly denied: boolean;
}

interface Said {
  readonly examination: string;
  readonly parts: readonly Part[];
  /** Only a mark stands between the two: "CT of the head: done at the hospital". */
  readonly bare?: boolean;
}

/** "emphysema, but no mass or effusion": one by one. Undefined where it is not clear what the denial falls on. */
function partsOf(finding: string, denied: boolean): readonly Part[] | undefined {
  const found: Part[] = [];
  let off = denied;
  let joined = '';
  for (const piece of finding.split(/(\s*,\s*(?:and |but |or |nor )?|\s+(?:and|but|or|nor)\s+)/i)) {
    if (/^\s*,|^\s+(?:and|but|or|nor)\s+$/i.test(piece)) {
      joined = piece.trim().toLowerCase();
      continue;
    }
    const own = NONE.test(piece.trim());
    if (joined !== '' && !own) {
      if (/but/.test(joined)) off = false;
      else if (off && !/\b(?:or|nor)\b/i.test(finding)) return undefined;
    }
    off = off || own;
    found.push({ text: piece.trim().replace(/^(?:no|not|without|neither|nor|absence of|none)\b(?: (?:any|a|an|the))?/i, ''), denied: off });
  }
  return found;
}

function readFinding(text: string): readonly Said[] {
  const found: Said[] = [];
  const shown = SHOWED.exec(text);
  if (shown && !/^(?:for|in|at|on|by|as|to|that)\b/i.test(shown[5]!) && !/\b(?:is|was|are|were|been)$/i.test(shown[1]!)) {
    const [, examination, not, state, out, finding] = shown;
    const denied = not !== undefined || out !== undefined || (state !== undefined && !/positive/i.test(state));
    const parts = partsOf(finding!, denied);
    const bare = /^\s*:/.test(text.slice(examination!.length));
    if (parts) found.push({ examination: examination!, parts, ...(bare ? { bare } : {}) });
  }
  const seen = SEEN.exec(text);
  if (!seen) return found;
  const [, there, finding, not, participle, examination] = seen;
  if (!there && !participle && !NONE.test(finding!)) return found;
  const parts = partsOf(finding!, not !== undefined);
  return parts ? [...found, { examination: examination!, parts }] : found;
}

const without = (text: string, spans: readonly { start: number; end: number }[]): string =>
  spans.reduce((left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end), text);

const ORDER = /\b(?:(latest|last|newest|most recent|current)|(first|initial|earliest))\b/i;

/** The examinations that are meant, oldest first. `told`: the sentence says which. */
function examinations(said: string, times: ReturnType<typeof timeExpressions>, world: World) {
  if (SEVERAL.test(said)) return undefined;
  const mentions = world.terminology.mentions(said).filter(({ concepts }) => concepts.some((id) => !id.startsWith('section/')));
  const order = ORDER.exec(said);
  const left = contentOf(without(said, mentions).replace(ORDER, ' '));
  const all = world.facts.filter(
    (fact) =>
      EXAMINED.has(fact.kind) &&
      fact.part === undefined &&
      !fact.negated &&
      !['planned', 'cancelled', 'missed', 'refuted'].includes(fact.status) &&
      (world.cited === undefined || world.cited.has(fact.id)) &&
      mentions.length > 0 &&
      mentions.every(({ concepts, text }) => isIt(fact, concepts, text, world)) &&
      left.every((word) => statedWords(fact).has(word)),
  );
  const timed = all
    .filter((fact) => fact.date !== undefined && times.every((time) => compareDate(fact.date, time, true).outcome === 'pass'))
    .sort((a, b) => compareFhirDates(a.date!, b.date!));
  const meant = order?.[1] ? timed.slice(-1) : order?.[2] ? timed.slice(0, 1) : timed;
  return { all, meant, told: order !== null || times.length > 0 };
}

const isIt = (fact: Fact, concepts: readonly string[], text: string, { terminology }: World): boolean =>
  concepts.some((id) => fact.concepts.some((own) => own === id || terminology.isA(own, id))) ||
  contentOf(text).every((word) => [fact.name, ...fact.names].some((name) => contentOf(name).includes(word)));

/** What the examination's own words say of it. */
function saysOf(fact: Fact, words: readonly string[], mentions: readonly Mention[], { terminology, context }: World) {
  const told = toldOf(fact);
  const name = new Set([fact.name, ...fact.names].flatMap(contentOf));
  const named = (text: string): boolean =>
    mentions.length > 0 &&
    words.every((word) => mentions.some((mention) => contentOf(mention.text).includes(word)) || contentOf(text).includes(word)) &&
    mentions.every((mention) =>
      terminology
        .mentions(text)
        .some(({ concepts }) => concepts.some((own) => mention.concepts.some((id) => own === id || terminology.isA(own, id)))),
    );
  const states = (text: string): boolean => {
    const own = new Set([...tokens(text).map(({ word }) => stem(word)), ...name]);
    return (words.every((word) => own.has(word)) && words.some((word) => !name.has(word))) || named(text);
  };
  const value = fact.value && fact.value.type !== 'quantity' ? fact.value.text : '';
  const denied = isDenied(words, name, told) ?? (told.denied.some(named) ? 'partly' : undefined);
  // What one clause says: "tumor removed, margins clear" tells of no tumor at the margins. A clause with a date of its own tells of that day.
  const clauses = told.affirmed
    .flatMap((text) => text.split(/[,;]\s/))
    .filter((text) =>
      timeExpressions(text, context.now).every(
        (time) => time.precision !== 'day' || time.relation !== 'on' || compareDate(fact.date, time, true).outcome === 'pass',
      ),
    );
  const affirmed = clauses.some(states) || (value !== '' && states(value)) || words.every((word) => name.has(word));
  return { affirmed: affirmed && denied === undefined, denied: denied === 'denied', partly: denied === 'partly' };
}

/** A problem that was diagnosed at the examination's visit or on its day may have been found by it. */
const ofThatDay = (mentions: readonly Mention[], exams: readonly Fact[], world: World): boolean =>
  world.facts.some(
    (problem) =>
      problem.kind === 'problem' &&
      mentions.some(({ concepts }) => concepts.includes(problem.concepts[0] ?? '')) &&
      exams.some(
        ({ date, visit }) =>
          (visit !== undefined && problem.visit === visit) ||
          (date !== undefined && problem.date !== undefined && problem.date.slice(0, 10) === date.slice(0, 10)),
      ),
  );

export interface Finding {
  readonly checks: readonly Check[];
  readonly ids: readonly string[];
}

/** Undefined where the sentence is of another kind, or where nothing but its words can decide it. */
export function checkFinding(sentence: string, world: World): Finding | undefined {
  const text = sentence.replace(/[.\s]+$/, '');
  if (HEDGED.test(text) || /[;?]/.test(text) || personsIn(text).length > 0) return undefined;
  const times = withRelativeTimes(text, timeExpressions(text, world.context.now));
  if (times.some(({ relation }) => ['since', 'for', 'until'].includes(relation))) return undefined;
  for (const said of readFinding(without(text, times).replace(/\s+/g, ' ').trim())) {
    const found = testFinding(said, times, world);
    if (found) return found;
  }
  return undefined;
}

function testFinding(said: Said, times: ReturnType<typeof timeExpressions>, world: World): Finding | undefined {
  if (said.parts.some((part) => quantities(part.text).length > 0)) return undefined;
  const exams = examinations(said.examination, times, world);
  if (!exams || exams.meant.length === 0 || exams.all.every((fact) => proseOf(fact).length === 0 && fact.value === undefined))
    return undefined;
  const newest = exams.meant.at(-1)!;
  const checks: Check[] = [];
  const ids = new Set<string>();
  for (const part of said.parts) {
    const words = contentOf(part.text);
    if (words.length === 0) return undefined;
    const mentions = world.terminology.mentions(part.text).filter(({ concepts }) => concepts.some((id) => id.startsWith('condition/')));
    const read = exams.meant.map((fact) => ({ fact, ...saysOf(fact, words, mentions, world) }));
    const wanted = read.filter(({ affirmed, denied }) => (part.denied ? denied : affirmed));
    const against = read.filter(({ affirmed, denied }) => (part.denied ? affirmed : denied));
    const of = (list: typeof read): string => {
      const { fact } = list.at(-1)!;
      return `${fact.name} of ${formatDate(fact.date!)} says “${proseOf(fact).join(' ').slice(0, 160)}”`;
    };
    const last = (list: typeof read): string => list.at(-1)?.fact.date ?? '';
    if (wanted.length > 0 && (against.length === 0 || last(wanted) > last(against))) {
      checks.push(pass('overlap', of(wanted)));
      ids.add(wanted.at(-1)!.fact.id);
    } else if (wanted.length > 0) checks.push(unknown('overlap', `it is not clear which is meant: ${of(against)}`));
    else if (against.length > 0) {
      const surely = exams.told || against.at(-1)!.fact === newest;
      checks.push((surely ? fail : unknown)(part.denied ? 'negation' : 'overlap', of(against)));
      ids.add(against.at(-1)!.fact.id);
    } else if (!part.denied && (said.bare || ofThatDay(mentions, exams.meant, world))) return undefined;
    else
      checks.push(
        unknown(
          part.denied ? 'negation' : 'overlap',
          `that ${newest.name} showed ${part.denied ? 'no ' : ''}${part.text.trim()} is not stated by the record`,
        ),
      );
  }
  return { checks, ids: [...ids] };
}
