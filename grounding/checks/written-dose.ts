/** A dose that stands only in the order's own text: "Take 2 tablets by mouth 2 (two) times daily with meals", "15 mg ONCE WEEKLY". */
import type { TextQuantity } from '../../language/contract.ts';
import { quantities } from '../../language/quantities.ts';
import type { Fact } from '../../records/contract.ts';
import { cuesAt, tokens } from '../reading/lexicon.ts';

/** A number said again in words, and what a pharmacy adds of amounts and repeats. */
const plain = (text: string): string =>
  text
    .replace(/\s*\((?:one|two|three|four|five|six|seven|eight|nine|ten|half|\d+)\)/gi, '')
    .replace(/\b(?:disp(?:ense)?|qty|quantity|refills?|r|repeats?|supply)\s*[-:#]?\s*\d+[^,;.]*/gi, '')
    .replace(/\b(?:max(?:imum)?|up to|no more than|not (?:to )?exceed(?:ing)?|do not exceed)\b[^,;.]*/gi, '');

const MASS = /^(?:k|m|u|n|p)?g$|^\[iU\]$|^m?eq$|^m?mol$/;
const PIECE = /^(?:tab(?:let)?s?|cap(?:sule)?s?|caplets?|pills?|pieces?|sachets?|suppositor(?:y|ies)|patch(?:es)?|puffs?|drops?|sprays?)$/i;

export interface Written {
  /** Amounts with a unit that are taken at a time. */
  readonly amounts: readonly TextQuantity[];
  /** How many tablets or the like, where the text says so once. */
  readonly pieces?: number;
  /** Times a day, where the text says so once; absent where it says nothing that is understood. */
  readonly timesPerDay?: number;
}

const known = new WeakMap<Fact, Written>();

export const isPiece = (unit: string | undefined): boolean => unit !== undefined && PIECE.test(unit);

export function writtenDose(fact: Fact): Written {
  const there = known.get(fact);
  if (there) return there;
  const text = plain(fact.dosage?.text ?? '');
  const numbers = quantities(text).filter(({ form, comparator }) => form === 'single' && (comparator === undefined || comparator === '~'));
  const amounts = numbers.filter(({ ucum, unit }) => (ucum !== undefined && MASS.test(ucum)) || (unit !== undefined && /\//.test(unit)));
  const pieces = numbers.filter(({ unit }) => isPiece(unit));
  const often = new Set<number>();
  const row = tokens(text);
  for (let at = 0; at < row.length; at += 1) {
    const cue = cuesAt(row, at).find(({ type, sense }) => type === 'frequency' && sense !== 'prn');
    if (!cue) continue;
    often.add(Number(cue.sense));
    at += cue.words.length - 1;
  }
  const found: Written = {
    amounts,
    ...(pieces.length === 1 ? { pieces: pieces[0]!.value } : {}),
    ...(often.size === 1 ? { timesPerDay: [...often][0]! } : {}),
  };
  known.set(fact, found);
  return found;
}
