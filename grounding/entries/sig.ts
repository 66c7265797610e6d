/** How a drug is to be taken, as its order is written: "1-2 tablets q6h prn for knee pain, max 3 g a day". */
import { smallNumbers } from '../../language/number-words.ts';
import type { Chart, Fact } from '../../records/contract.ts';
import { cuesAt, type Token, tokens } from '../reading/lexicon.ts';
import { cover, spansOf } from './cover.ts';
import type { Entry } from './restated.ts';

interface Part {
  readonly start: number;
  readonly end: number;
  /** The same however it is written: "freq 2", "max 3 g". */
  readonly key: string;
}

const UNIT = '(?:mg|g|mcg|micrograms?|grams?|ml|tab(?:let)?s?|cap(?:sule)?s?|puffs?|units?|iu)';
const PER_DAY = '(?:\\s*(?:(?:a|per|each|in (?:a|any)) day|\\/ ?(?:day|d|24 ?h)|daily|in 24 ?h(?:ours)?|in any 24 hours))?';
const singular = (unit: string): string =>
  unit
    .toLowerCase()
    .replace(/^tab(?:let)?s?$/, 'tablet')
    .replace(/^cap(?:sule)?s?$/, 'capsule')
    .replace(/^grams?$/, 'g')
    .replace(/s$/, '');

/** Each pattern with the key that it stands for. */
const PARTS: readonly (readonly [RegExp, (match: RegExpMatchArray) => string])[] = [
  [
    new RegExp(
      `\\b(?:max(?:imum)?(?: dose)?(?: of)?:?|no more than|not more than|at most|up to|not (?:to )?exceed(?:ing)?)\\s+(\\d+(?:\\.\\d+)?)\\s*(${UNIT})\\b${PER_DAY}`,
      'gi',
    ),
    (match) => `max ${Number(match[1])} ${singular(match[2]!)}`,
  ],
  [
    new RegExp(`\\b(\\d+|one|two)\\s*(?:-|–|to|or)\\s*(\\d+|two|three|four)\\s*(${UNIT})\\b`, 'gi'),
    (match) => `dose ${digit(match[1]!)}-${digit(match[2]!)} ${singular(match[3]!)}`,
  ],
  [
    /\b(?:every (\d+) ?(?:to|-|–) ?(\d+) h(?:ou)?rs?|q ?(\d+) ?(?:to|-|–) ?(\d+) ?h)\b/gi,
    (match) => `every ${match[1] ?? match[3]}-${match[2] ?? match[4]} hours`,
  ],
  [
    /\b(with|before|after|between|without)\s+(?:(?:a|the|her|his|each)\s+)?(?:meals?|food|eating|breakfast|lunch|dinner|supper)\b/gi,
    (match) => `${match[1]!.toLowerCase()} food`,
  ],
];

const NUMBERS = smallNumbers(4);
const digit = (text: string): number => NUMBERS[text.toLowerCase()] ?? Number(text);

function partsOf(text: string): readonly Part[] {
  const found: Part[] = [];
  const free = (start: number, end: number) => !found.some((part) => part.start < end && part.end > start);
  for (const [pattern, key] of PARTS)
    for (const match of text.matchAll(pattern))
      if (free(match.index, match.index + match[0].length))
        found.push({ start: match.index, end: match.index + match[0].length, key: key(match) });
  const row: readonly Token[] = tokens(text);
  for (let at = 0; at < row.length; at += 1) {
    const cue = cuesAt(row, at).find(({ type }) => type === 'frequency');
    if (!cue) continue;
    const span = { start: row[at]!.start, end: row[at + cue.words.length - 1]!.end };
    if (!free(span.start, span.end)) continue;
    const words = cue.words.join(' ');
    const time = /night|bed|nocte|hs/.test(words)
      ? ' night'
      : /evening|qpm/.test(words)
        ? ' evening'
        : /morning|qam|mane|^o\.?m/.test(words)
          ? ' morning'
          : '';
    found.push({ ...span, key: cue.sense === 'prn' ? 'as needed' : `freq ${cue.sense}${time}` });
  }
  return found;
}

const TURNS = /\b(?:until|then|unless|if|except|increase|decrease|taper|reduce|alternat\w+)\b/i;
const SAYS = /\b(?:says?|said|reports?|reported|states?|stated|told|tells|by (?:her|his) own account|herself|himself)\b/;
const TAKES =
  /\b(?:is |was )?(?:on|takes?|taking|uses?|using|currently|still|now|prescribed|given|dose|sig|course of|had|got|took|received)\b/;
const STOPPED = /\b(?:(?:was|has been|is) )?(?:stopped|discontinued)\b/i;
const PAST = /\b(?:was|had|got|took|received|given|course|completed)\b/i;

/** An amount a day that flows, as by a pump: how often it is given is not said. */
const isRate = ({ dosage }: Fact): boolean =>
  dosage?.timesPerDay === undefined && dosage?.value === undefined && /\d\S* \S+ (?:a|per|each) (?:day|hour)\b/i.test(dosage?.text ?? '');
const AT_ONCE =
  /\b(?:once|twice|thrice|\w+ times|single|one (?:dose|injection|shot)|bolus|injects?|injections?|[qo]d|bid|tid|qid|every (?:morning|evening|night)|at (?:bedtime|night))\b/i;

export function sigEntry(sentence: string, chart: Chart): Entry | undefined {
  const parts = partsOf(sentence);
  if (parts.length === 0) return undefined;
  for (const fact of chart.facts) {
    if (fact.kind !== 'medication' || fact.negated || fact.part !== undefined || !fact.dosage) continue;
    const found = statedBy(fact, sentence, parts, chart);
    if (found) return found;
  }
  return undefined;
}

function statedBy(fact: Fact, sentence: string, parts: readonly Part[], chart: Chart): Entry | undefined {
  const sigs = [fact.dosage!.text, fact.details?.['written']].filter((text) => text !== undefined);
  if (sigs.some((text) => TURNS.test(text))) return undefined;
  if (isRate(fact) && AT_ONCE.test(sentence)) return undefined;
  const reported = fact.details?.['source'] === 'reported';
  const says = spansOf(sentence, SAYS);
  if (reported !== says.length > 0) return undefined;
  const own = sigs.map((text) => ({ text, parts: partsOf(text) }));
  const keys = new Set(own.flatMap((sig) => sig.parts.map(({ key }) => key)));
  const holds = (key: string) =>
    keys.has(key) || (key.startsWith('freq 1') && key === 'freq 1' && [...keys].some((one) => one.startsWith('freq 1 ')));
  if (!parts.every(({ key }) => holds(key))) return undefined;
  // What is only taken when needed is not taken every so often.
  const often = parts.some(({ key }) => /^(?:freq|every)/.test(key));
  if (often && keys.has('as needed') && !parts.some(({ key }) => key === 'as needed')) return undefined;
  const rest = own.map(({ text, parts: taken }) =>
    taken
      .filter(({ key }) => /^(?:max|dose)/.test(key))
      .reduce((left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end), text),
  );
  // Where the dose is written in milligrams, the product's strength is not the dose.
  const inMass = rest.some((text) => /\d\s*(?:mg|mcg|g|micrograms?)\b/i.test(text));
  const covered = cover(
    sentence,
    [...parts, ...says, ...spansOf(sentence, TAKES), ...(fact.status === 'stopped' ? spansOf(sentence, STOPPED) : [])],
    {
      texts: [
        ...(inMass ? [fact.name, ...fact.names].map((name) => name.replace(/\d[\d.,/]*/g, ' ')) : [fact.name, ...fact.names]),
        ...rest,
      ],
      concepts: fact.concepts,
      date: fact.date,
    },
    chart.terminology,
    chart.asOf,
  );
  if (!covered || covered.named.length === 0) return undefined;
  if (
    !covered.named.some((name) =>
      chart.terminology.byName(name).some(({ id }) => fact.concepts.some((held) => held === id || chart.terminology.isA(held, id))),
    )
  )
    return undefined;
  if (fact.status !== 'active' && covered.times.length === 0 && !PAST.test(sentence) && !STOPPED.test(sentence)) return undefined;
  return { fact, reason: `the record says ${fact.name}: ${sigs.join('; ')}` };
}
