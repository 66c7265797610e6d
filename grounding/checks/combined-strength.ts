import { commensurable, convert, toUcum } from '../../language/units.ts';
import type { Fact } from '../../records/contract.ts';
import { sameNumber } from '../matching/quantities.ts';
import type { Tested } from '../matching/world.ts';

const UNIT = '(?:mg|mcg|µg|μg|ug|g|units?|iu|meq|mmol)';
const NUMBER = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?';
const COMBINED = new RegExp(
  `(?<![\\d./])(?:${NUMBER})(?:\\s*${UNIT})?(?:\\s*/\\s*(?:${NUMBER})(?:\\s*${UNIT})?)+(?![\\d/.]*\\d|\\s*(?:/|mmhg|ml\\b))`,
  'gi',
);

/** The strengths of a combination as one expression: "24/26 mg", "100/62.5/25 mcg", "1250 mg/200 units"; a bare "49/51" where it follows the drug's name. */
export interface CombinedStrength {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly parts: readonly { readonly value: number; readonly unit?: string }[];
}

export function combinedStrengths(text: string, drug: string): readonly CombinedStrength[] {
  return [...text.matchAll(COMBINED)].flatMap((match) => {
    const said = match[0].split('/').map((part) => new RegExp(`^\\s*(${NUMBER})\\s*(${UNIT})?\\s*$`, 'i').exec(part)!);
    const last = said.at(-1)![2];
    const before = text.slice(0, match.index).trimEnd().toLowerCase();
    if (!last && !before.endsWith(drug.toLowerCase())) return [];
    const parts = said.map(([, number, unit]) => ({
      value: Number(number!.replaceAll(',', '')),
      ...((unit ?? last) ? { unit: (unit ?? last)! } : {}),
    }));
    return [{ start: match.index, end: match.index + match[0].length, text: match[0], parts }];
  });
}

/** Each part is another strength of the product, and none is left out. */
export function testCombined({ text, parts }: CombinedStrength, fact: Fact): Tested {
  const open = [...(fact.strengths ?? [])];
  if (fact.kind !== 'medication' || open.length < 2) return { outcome: 'unknown', reason: `${fact.name} is not recorded as a combination` };
  const whole = parts.length === open.length;
  for (const { value, unit } of parts) {
    const ucum = unit === undefined ? undefined : toUcum(unit);
    const at = open.findIndex((stated) => {
      if (ucum === undefined || stated.ucum === undefined) return Math.abs(stated.value - value) < 1e-9;
      const converted = commensurable(stated.ucum, ucum) ? convert(stated.value, stated.ucum, ucum) : undefined;
      return converted !== undefined && sameNumber(value, 9, converted, false, 1e-6);
    });
    if (at < 0) return { outcome: 'fail', reason: `the sentence says ${text}, the record says ${fact.name}` };
    open.splice(at, 1);
  }
  return whole
    ? { outcome: 'pass', reason: `the record says ${fact.name}` }
    : { outcome: 'unknown', reason: `the record names more strengths than ${text}: ${fact.name}` };
}
