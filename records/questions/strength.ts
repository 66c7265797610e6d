import { convert, toUcum } from '../../language/units.ts';
import type { Fact } from '../contract.ts';
import type { Threshold } from './contract.ts';
import type { Found, Scope } from './scope.ts';
import { isActive } from './select.ts';
import { meets } from './series.ts';

interface Amount {
  readonly value: number;
  readonly ucum?: string;
}

/** Strength of the product and amount of a dose: either may be what a number beside a drug means. */
function amountsOf(fact: Fact, concepts: readonly string[], isA: (id: string, ancestor: string) => boolean): readonly Amount[] {
  const strengths = (fact.strengths ?? []).filter(({ concept }) => concepts.length === 0 || concepts.some((id) => isA(concept, id)));
  const { dosage } = fact;
  const given = volumeOf(fact);
  return [
    // So much in each millilitre is no amount by itself: with the volume it is.
    ...strengths.flatMap(({ value, ucum, per }) =>
      per && VOLUME.test(per)
        ? given
          ? [{ value: Number((value * given).toPrecision(10)), ...withUcum(ucum) }]
          : []
        : [{ value, ...withUcum(ucum) }],
    ),
    ...(dosage?.value !== undefined && dosage.unit ? [{ value: dosage.value, ...withUcum(dosage.ucum ?? toUcum(dosage.unit)) }] : []),
  ];
}

const VOLUME = /^m[lL]$/;

/** Millilitres of one dose: as the product is filled, or as it is to be taken. */
function volumeOf({ name, names, dosage }: Fact): number | undefined {
  if (dosage?.value !== undefined && VOLUME.test(dosage.unit ?? '')) return dosage.value;
  const filled = [name, ...names]
    .map((one) => /(?:^|\s)(\d+(?:\.\d+)?) ?mL\b(?!\s*(?:\/|per))/i.exec(one)?.[1])
    .find((one) => one !== undefined);
  return filled === undefined ? undefined : Number(filled);
}

const withUcum = (ucum: string | undefined): { readonly ucum?: string } => (ucum ? { ucum } : {});

const without = ({ either: _, ...threshold }: Threshold): Threshold => threshold;

function isMet({ value, ucum }: Amount, threshold: Threshold): boolean | undefined {
  if (threshold.either) return threshold.either.some((one) => isMet({ value, ...withUcum(ucum) }, { ...without(threshold), value: one }));
  if (!threshold.ucum) return meets(value, String(value), threshold);
  const converted = ucum ? (ucum === threshold.ucum ? value : convert(value, ucum, threshold.ucum)) : undefined;
  return converted === undefined ? undefined : meets(Number(converted.toPrecision(10)), String(value), threshold);
}

/** "Is she on simvastatin 40?": the number against the strength and the dose that the record gives. */
export function askedStrength({ question, facts, chart }: Scope): Found | undefined {
  const { threshold } = question;
  if (!threshold || !question.kinds.includes('medication') || question.aspect === 'count') return undefined;
  // "0.15 or 0.3 mg": one of two is asked for, and the entry says which.
  const either = threshold.op === 'between' && /\d\s*(?:[a-z]+\s*)?or\s*\d/i.test(question.text);
  // "More than five drugs": a count.
  if (!threshold.unit && question.concepts.every((id) => id.startsWith('section/')) && !question.words?.length) return undefined;
  const active = facts.filter((fact) => isActive(fact, chart.asOf));
  const asked = active.length > 0 && question.aspect !== 'ever' ? active : facts;
  const judged = asked.map((fact) => ({
    fact,
    verdicts: amountsOf(fact, question.concepts, chart.terminology.isA).map((amount) => isMet(amount, threshold)),
  }));
  if (either) return { outcome: 'found', facts: asked, ...(question.polar ? { polarity: 'unknown' as const } : {}) };
  const meeting = judged.filter(({ verdicts }) => verdicts.includes(true)).map(({ fact }) => fact);
  // "3 or 6 mg" asks which: the entry says it, and a yes would not.
  if (meeting.length > 0) return { outcome: 'found', facts: meeting, polarity: threshold.either ? 'unknown' : 'yes' };
  const decided = judged.every(({ verdicts }) => verdicts.length > 0 && verdicts.every((one) => one === false));
  return {
    outcome: 'found',
    facts: asked,
    polarity: decided ? 'no' : 'unknown',
    notes: [
      {
        kind: 'qualifier',
        text: decided
          ? `the record gives another strength or dose than ${threshold.text.replace(/^equal to /, '')}`
          : 'the record does not give a strength or dose to compare',
        facts: asked,
      },
    ],
  };
}
