/**
 * "Back to baseline", "at her usual level": compares the value of now with one that was usual before something happened. Which value that is no entry
 * says, and the first that was ever measured need not be it: never supported by values alone, only by the record's own words.
 */
import type { Check } from '../contract.ts';
import { unknown } from './contract.ts';

const BASE = '(?:base-?line|(?:usual|previous|prior|former|old|original|starting) (?:levels?|values?|base-?line))';
const BEFORE = `(?:${BASE}|normal|(?:what|where) (?:it|they) (?:was|were|had been)(?: before)?|as before)`;
const OWN = "(?:(?:his|her|their|its|the|a|about|around|near|close to|almost|nearly|practically|patient's|known|new) )*";
const PATTERNS = [
  `(?:(?:back|return\\w*|revert\\w*|restor\\w*|recover\\w*)(?: again)?|(?:went|gone|came|come) back)(?: (?:at|to|toward|towards|into))? ${OWN}${BEFORE}`,
  `(?:above|below|over|under|near|close to|around|than|exceeds?|exceeded|equals?|matches|approach\\w*|reach\\w*|regain\\w*|to|towards?|from|off|into|away from|not far from|within) ${OWN}${BASE}(?!(?: (?:of|at|level of|value of))? \\d)`,
].map((pattern) => new RegExp(`\\b${pattern}\\b`, 'i'));
/** "0.83 at baseline" names the first value; "1.48, at baseline" and "is at baseline" compare. */
const AT = new RegExp(`\\b(?:at|now|still|is|remains?|stays?|stayed) ${OWN}base-?line\\b`, 'i');

export function checkBaseline(text: string): readonly Check[] {
  const valued = /\d/.test(text.replace(/\b(?:19|20)\d\d\b/g, ''));
  const compared =
    PATTERNS.map((pattern) => pattern.exec(text)).find((found) => found !== null) ??
    (valued && /\bwas\b/i.test(text) && !/,/.test(text) ? null : AT.exec(text));
  if (!compared) return [];
  return [unknown('trend', `what "${compared[0].trim()}" is compared with is not stated by the record`)];
}
