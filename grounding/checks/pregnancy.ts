/** "This is her first pregnancy": how many there were is told by gravida, or by the entry's own words, not by what happens to be recorded. */
import { compareFhirDates, formatDate } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';
import type { Check } from '../contract.ts';
import type { World } from '../matching/world.ts';
import { proseOf } from '../reading/told-in-prose.ts';
import { fail, pass, unknown } from './contract.ts';

const ORDINALS: Readonly<Record<string, number>> = Object.fromEntries(
  'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ').map((word, i) => [word, i + 1]),
);
const PLACE = `(?:${Object.keys(ORDINALS).join('|')}|\\d{1,2}(?:st|nd|rd|th))`;
const NTH = new RegExp(
  `\\b(${PLACE})(?:[- ](?:ever|known|recorded|time))? (?:pregnan\\w+|gestation)|\\bpregnant for the (${PLACE}) time`,
  'i',
);
const ONLY =
  /\bonly (?:ever )?pregnancy\b|\bprimi(?:gravid\w*|gravida)\b|\bnever (?:been |was )?pregnant before\b|\bno (?:previous|prior|earlier|other) pregnanc\w+/i;
const GRAVIDA = /\b(?:gravida|G) ?(\d{1,2})\b(?! ?(?:mg|g|%))/i;
/** "Her second pregnancy ended in 2021": one of the past, in the order of the entries. */
const OF_NOW = /\b(?:is|now|current(?:ly)?|present|this|pregnant|in her|expecting)\b/i;
const OF_THE_PAST = /\b(?:was|were|had|ended|during|after|before|followed|resulted|delivered|lost|(?:19|20)\d\d)\b/i;

const isCount = ({ kind, name, value }: Fact): boolean =>
  (kind === 'result' || kind === 'vital' || kind === 'survey' || kind === 'social') &&
  /\bgravid(?:a|ity)\b|\bnumber of pregnancies\b|^pregnancies$/i.test(name) &&
  value?.type === 'quantity';

const amount = ({ value }: Fact): number | undefined => (value?.type === 'quantity' ? value.value : undefined);

const placeOf = (word: string): number => ORDINALS[word.toLowerCase()] ?? Number.parseInt(word, 10);

function saidPlace(text: string): number | undefined {
  const nth = NTH.exec(text);
  if (nth) return placeOf(nth[1] ?? nth[2]!);
  if (ONLY.test(text)) return 1;
  const gravida = /\b(?:gravida|para|pregnan\w+|G\d+ ?P\d+)\b/i.test(text) ? GRAVIDA.exec(text)?.[1] : undefined;
  return gravida === undefined ? undefined : Number(gravida);
}

export interface Counted {
  readonly checks: readonly Check[];
  readonly ids: readonly string[];
  /** It decides the whole sentence. */
  readonly whole: boolean;
}

/** Undefined where the sentence does not say which pregnancy in order it is. */
export function checkPregnancy(text: string, world: World): Counted | undefined {
  const place = saidPlace(text);
  if (place === undefined || !Number.isFinite(place)) return undefined;
  const { facts } = world;
  const counts = facts.filter((fact) => isCount(fact) && fact.date !== undefined).sort((a, b) => compareFhirDates(a.date!, b.date!));
  const gravida = counts.at(-1);
  const number = gravida && amount(gravida);
  const told = facts.flatMap((fact) => {
    const words = fact.kind === 'problem' && fact.status === 'active' ? NTH.exec(proseOf(fact).join(' ')) : null;
    return words ? [{ fact, place: placeOf(words[1] ?? words[2]!) }] : [];
  });
  const now = COUNT_ALONE.test(text) || (OF_NOW.test(text) && !OF_THE_PAST.test(text));
  if (!now) {
    if (number === undefined) return undefined;
    if (place > number)
      return {
        checks: [fail('number', `the record says gravida ${number}, ${formatDate(gravida!.date!)}`)],
        ids: [gravida!.id],
        whole: false,
      };
    const recorded = new Set(
      facts.filter(({ kind, concepts }) => kind === 'problem' && concepts.includes('condition/pregnancy')).map(({ date }) => date),
    );
    return recorded.size < number
      ? { checks: [unknown('number', `the record says gravida ${number} and holds ${recorded.size} of them`)], ids: [], whole: false }
      : undefined;
  }
  const known = told[0]?.place ?? number;
  const ids = [...(told[0] ? [told[0].fact.id] : []), ...(gravida && number === known ? [gravida.id] : [])];
  const words = told[0] ? `the record says “${proseOf(told[0].fact).join(' ').slice(0, 120)}”` : `the record says gravida ${number}`;
  if (known === undefined)
    return { checks: [unknown('number', 'how many pregnancies there were is not stated by the record')], ids: [], whole: false };
  // Only the entry of the count itself, and a sentence that says no more than the count.
  const bare = /^(?:this|it|she|the patient|patient|mrs?|ms|her)\b[^,;]*$/i.test(text) && !/\d{2}/.test(text);
  if (known !== place) return { checks: [fail('number', words)], ids, whole: false };
  return { checks: [pass('number', words)], ids, whole: COUNT_ALONE.test(text) || (bare && SAYS_NO_MORE.test(text)) };
}

/** "Gravida 3." */
const COUNT_ALONE = /^(?:she is (?:now )?(?:a )?)?(?:gravida|g) ?\d{1,2}[.\s]*$/i;

const SAYS_NO_MORE =
  /^(?:(?:this|it) is|she is (?:now |currently )?(?:in|pregnant)?|(?:the|her) (?:current|present) pregnancy is)\b[\s\w-]{0,30}?(?:pregnan\w+|time)(?: of hers)?[.\s]*$/i;
