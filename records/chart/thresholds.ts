import type { ConceptKind, Terminology } from '../../language/contract.ts';
import { daysBetween, wholeYears } from '../../language/dates.ts';
import { convert, sameUnit } from '../../language/units.ts';
import type { Chart, Fact, QuantityValue } from '../contract.ts';
import { type Bound, THRESHOLDS, type Threshold } from './threshold-table.ts';

export { THRESHOLDS, type Threshold } from './threshold-table.ts';

export const ADULT_YEARS = 18;

const namedConcepts = new WeakMap<Terminology, Map<string, readonly string[]>>();

/** Concept ids of names, as far as the terminology has them. */
export function conceptsNamed(terminology: Terminology, names: readonly string[], kinds: readonly ConceptKind[]): readonly string[] {
  const known = namedConcepts.get(terminology) ?? new Map<string, readonly string[]>();
  namedConcepts.set(terminology, known);
  const key = `${kinds.join()}|${names.join('|')}`;
  let ids = known.get(key);
  if (!ids) {
    ids = [
      ...new Set(
        names.flatMap((name) =>
          terminology
            .byName(name)
            .filter((concept) => kinds.includes(concept.kind))
            .map((concept) => concept.id),
        ),
      ),
    ];
    known.set(key, ids);
  }
  return ids;
}

/** Whether the fact is about one of the named concepts or a kind of one. */
export function isOneOf(fact: Fact, terminology: Terminology, names: readonly string[], kinds: readonly ConceptKind[]): boolean {
  const ids = conceptsNamed(terminology, names, kinds);
  return ids.some((id) => fact.concepts.some((own) => own === id || terminology.isA(own, id)));
}

/** A pregnancy that nobody closed counts for its length. */
const PREGNANCY_DAYS = 300;

/** Whether the record has the condition at the time of the value. An undated one counts. */
function hasCondition(chart: Chart, name: string, at: string | undefined): boolean {
  return chart.facts.some((fact) => {
    if (fact.kind !== 'problem' || fact.negated || fact.status === 'refuted' || fact.status === 'cancelled') return false;
    if (!isOneOf(fact, chart.terminology, [name], ['condition'])) return false;
    if (fact.date === undefined || at === undefined) return fact.status !== 'resolved';
    if (fact.end !== undefined && daysBetween(fact.end, at) > 0) return false;
    if (name === 'pregnancy' && daysBetween(fact.date, at) > PREGNANCY_DAYS) return false;
    return daysBetween(fact.date, at) >= 0;
  });
}

/** "{score}", "points", "1": what systems write where a score has no unit. */
const NO_UNIT = /^(?:\{.*\}|1|points?|score|count)$/i;

/** The value in the unit of one of the bounds, with that bound. A value that is shown rounded is judged as shown. */
function placed(value: QuantityValue, bounds: readonly Bound[]): { readonly amount: number; readonly bound: number } | undefined {
  const measured = Number.isFinite(Number(value.text)) ? Number(value.text) : value.value;
  const unit = value.ucum ?? value.unit;
  const scored = bounds.find(({ ucum }) => ucum === undefined);
  if (scored && (unit === undefined || NO_UNIT.test(unit))) return { amount: measured, bound: scored.bound };
  const own = value.ucum;
  if (own === undefined) return undefined;
  // A bound in the value's own unit first: % and mmol/mol are commensurable numbers, yet an HbA1c does not convert that way.
  const same = bounds.find(({ ucum }) => ucum !== undefined && sameUnit(own, ucum));
  if (same) return { amount: measured, bound: same.bound };
  for (const { bound, ucum } of bounds) {
    const amount = ucum === undefined ? undefined : convert(measured, own, ucum);
    if (amount !== undefined) return { amount, bound };
  }
  return undefined;
}

function reaches(value: QuantityValue, threshold: Threshold): boolean {
  const found = placed(value, threshold.bounds);
  if (!found) return false;
  const { amount, bound } = found;
  const sign = value.comparator?.[0];
  switch (threshold.side) {
    case 'at-least':
      return amount >= bound && sign !== '<';
    case 'over':
      return (amount > bound || (amount === bound && value.comparator === '>')) && sign !== '<';
    case 'at-most':
      return amount <= bound && sign !== '>';
    case 'under':
      return (amount < bound || (amount === bound && value.comparator === '<')) && sign !== '>';
  }
}

/** The thresholds that a fact's value reaches, the gravest first. A value without a unit that fits reaches none. */
export function reached(fact: Fact, chart: Chart): readonly Threshold[] {
  const value = fact.value;
  if (value?.type !== 'quantity' || fact.status === 'cancelled') return [];
  const years = chart.patient.birthDate && fact.date ? wholeYears(chart.patient.birthDate, fact.date) : undefined;
  return THRESHOLDS.filter((threshold) => {
    const [from, before] = threshold.ages ?? [ADULT_YEARS, Number.POSITIVE_INFINITY];
    const everyAge = from === 0;
    if (years === undefined ? !everyAge : years < from || years >= before) return false;
    if (threshold.sex && threshold.sex !== chart.patient.gender) return false;
    if (!isOneOf(fact, chart.terminology, threshold.measure, ['observation'])) return false;
    if (!reaches(value, threshold)) return false;
    return !threshold.unless?.some((name) => hasCondition(chart, name, fact.date));
  }).sort((a, b) => b.level - a.level || THRESHOLDS.indexOf(b) - THRESHOLDS.indexOf(a));
}

/** Whether a threshold is about too much rather than too little. */
export const isHigh = (threshold: Threshold): boolean => threshold.side === 'at-least' || threshold.side === 'over';
