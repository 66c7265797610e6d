import { timeExpressions } from '../../language/dates.ts';
import type { TimeItem } from './items.ts';

const MONTH =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec';
const BROUGHT =
  '(?:visit|appointment|check(?:[- ]?up)?|review|clinic|consult(?:ation)?|encounter|follow[- ]?up|physical|exam|labs?|bloods?|blood ?work|result|reading|value|level|measurement|number|test|draw|one|admission|stay|hospitali[sz]ation)s?';

/** A month by its bare name before what it brought: "the April visit", "at her may appointment", "June's labs". */
const MONTH_OF = new RegExp(
  `(?:(?<=\\b(?:the|her|his|their|that|this|last|my|our|patient's) )|(?<!\\w)(?!may|march|mar|jan))(?:${MONTH})(?:'s|s')?(?= (?:(?:office|clinic|phone|telephone|video|follow[- ]?up|wellness|annual|routine|hospital) )?${BROUGHT}\\b)`,
  'gi',
);

const BARE_MONTH = new RegExp(`^(?:${MONTH})$`, 'i');
const COMPARED = /\b(?:than|vs\.?|versus|compared? (?:to|with)|and|or) (?:in |it was in |last )?$/i;

const asTime = (month: string, start: number, text: string, now: string): TimeItem[] => {
  const [time] = timeExpressions(`in ${month.replace(/'s$|s'$/i, '')}`, now);
  return time ? [{ ...time, type: 'time', start, end: start + text.length, text }] : [];
};

/** Months that say when a visit or result was, though no preposition marks them as times. */
export const monthsOf = (text: string, now: string): readonly TimeItem[] =>
  [...text.matchAll(MONTH_OF)].flatMap(({ 0: said, index }) => asTime(said, index, said, now));

/** "Lower than April", "now vs February", "April potassium": a month by its bare name, compared with or before a measurement. */
export function bareMonth(
  word: { readonly text: string; readonly start: number },
  text: string,
  measured: boolean,
  now: string,
): TimeItem | undefined {
  if (!BARE_MONTH.test(word.text) || !(measured || COMPARED.test(text.slice(0, word.start)))) return undefined;
  return asTime(word.text, word.start, word.text, now)[0];
}
