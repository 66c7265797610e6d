import type { Fact } from '../../records/contract.ts';
import type { NumberAt, Numbers } from '../../records/questions/contract.ts';

export { onDate as on } from '../../language/dates.ts';

/** The value as it is recorded, with its unit. */
export function valueText(fact: Fact): string {
  const { value } = fact;
  if (!value) return '';
  if (value.type !== 'quantity') return value.text;
  const comparator = value.comparator ?? '';
  return withUnit(`${comparator}${value.text}`, value.unit);
}

export function withUnit(text: string, unit: string | undefined): string {
  return unit === undefined || unit === '' || unit === '1' ? text : `${text} ${unit}`;
}

export const numberAt = (at: NumberAt, numbers: Numbers): string => withUnit(at.text, numbers.unit);

/** At most two digits more than the numbers it was computed from carry; never an exponent. */
export function rounded(value: number, like: readonly string[]): string {
  const digits = Math.max(0, ...like.map((text) => /\.(\d+)/.exec(text)?.[1]?.length ?? 0));
  const text = value.toFixed(Math.min(digits + 1, 4));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** "eGFR" and "pH" keep their own capitals. */
export const capital = (text: string): string => (/^.\p{Lu}/u.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1));

/** "7 days", "5 months", "3 years": the largest unit that says it without pretending to more. */
export function lengthOf(days: number): string {
  const [count, unit] =
    days < 60 ? [days, 'day'] : days < 730 ? [Math.floor(days / 30.4375), 'month'] : [Math.floor(days / 365.25), 'year'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const FLAG_WORDS = { LL: 'critically low', L: 'low', N: 'normal', H: 'high', HH: 'critically high', A: 'abnormal' } as const;

export const flagWord = (fact: Fact): string | undefined => (fact.flag ? FLAG_WORDS[fact.flag] : undefined);

/** What came with the value: "(high, reference range 4.0-5.6 %)". */
export function flagNote(fact: Fact): string {
  const parts = [
    fact.flag === 'N' ? undefined : flagWord(fact),
    fact.referenceRange ? `reference range ${fact.referenceRange.text}` : undefined,
  ];
  const said = parts.filter((part) => part !== undefined);
  return said.length > 0 ? ` (${said.join(', ')})` : '';
}

export const isMeasured = (fact: Fact): boolean => fact.value !== undefined;

/** "triglycerides are", "eGFR is", "mucus is". */
export const be = (name: string): string => (/[^siu]s$/i.test(name) ? 'are' : 'is');
