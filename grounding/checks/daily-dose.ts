/** "400 mg a day": what the current orders of a drug come to in a day, a dose times as often as it is taken. */
import { commensurable, convert } from '../../language/units.ts';
import type { Fact } from '../../records/contract.ts';
import type { Check } from '../contract.ts';
import type { Candidate } from '../matching/world.ts';
import type { Assertion } from '../reading/assertions.ts';
import { type Pool, unknown } from './contract.ts';
import { isPiece, writtenDose } from './written-dose.ts';

const A_DAY = /^(?:(?:a|per|each|every) day|\/ ?day|daily)$/i;
const MASS = /^(?:k|m|u|n|p)?g$|^\[iU\]$|^m?eq$|^m?mol$/;
/** A text that says more than one dose. */
const SEVERAL = /;|\b(?:then|or|until|taper\w*|alternat\w*|except|sliding|scale|adjust\w*)\b|\d\s*(?:-|–|to)\s*\d/i;
const PAST = new Set(['past', 'took', 'ended', 'stopped', 'resolved', 'completed', 'started', 'prescribed']);

interface Amount {
  readonly value: number;
  readonly unit: string;
  readonly ucum: string;
}

/** An amount is said "a day", not so many times a day, nor at a time of the day. */
function isDaily(assertion: Assertion): boolean {
  const often = assertion.cues.filter(({ type }) => type === 'frequency');
  const amounts = assertion.quantities.filter(({ role }) => role === 'value');
  return (
    often.length === 1 &&
    A_DAY.test(often[0]!.text.trim()) &&
    amounts.length === 1 &&
    amounts[0]!.quantity.form === 'single' &&
    MASS.test(amounts[0]!.quantity.ucum ?? '')
  );
}

const isAsNeeded = ({ dosage }: Fact): boolean => dosage?.asNeeded === true || /\bas needed|\bprn\b|\bif needed/i.test(dosage?.text ?? '');

/** What is taken at a time, as an amount of the drug. */
function single(fact: Fact): Amount | undefined {
  const { dosage, strengths } = fact;
  const { value, unit, ucum } = dosage ?? {};
  if (value !== undefined && ucum !== undefined && MASS.test(ucum)) return { value, unit: unit ?? ucum, ucum };
  const strength = strengths?.length === 1 ? strengths[0]! : undefined;
  const written = dosage && value === undefined ? writtenDose(fact) : undefined;
  const [amount, ...more] = written?.amounts ?? [];
  if (amount && more.length === 0 && amount.ucum !== undefined && MASS.test(amount.ucum))
    return { value: amount.value, unit: amount.unit ?? amount.ucum, ucum: amount.ucum };
  const pieces = value !== undefined && isPiece(unit) ? value : amount ? undefined : written?.pieces;
  if (pieces === undefined || strength?.ucum === undefined || strength.per !== undefined || !MASS.test(strength.ucum)) return undefined;
  return { value: strength.value * pieces, unit: strength.unit, ucum: strength.ucum };
}

/** What an order comes to in a day; undefined where its words leave that open. */
function dailyOf(fact: Fact): Amount | undefined {
  const amount = single(fact);
  const times = fact.dosage?.timesPerDay ?? (fact.dosage ? writtenDose(fact).timesPerDay : undefined);
  if (!amount || times === undefined || isAsNeeded(fact) || SEVERAL.test(fact.dosage?.text ?? '')) return undefined;
  return { ...amount, value: Number((amount.value * times).toPrecision(12)) };
}

function total(fact: Fact, { value, unit, ucum }: Amount, ids: readonly string[]): Candidate {
  const { frequency, ...dosage } = fact.dosage!;
  return {
    fact: { ...fact, dosage: { ...dosage, value, unit, ucum, timesPerDay: 1, text: `${value} ${unit} a day (${dosage.text})` } },
    ids,
  };
}

/** All current orders of one drug together. */
function sum(orders: readonly Fact[]): Candidate | undefined {
  const amounts = orders.map(dailyOf);
  const [first] = amounts;
  if (orders.length < 2 || !first || new Set(orders.map(({ concepts }) => concepts[0])).size > 1) return undefined;
  let value = 0;
  for (const amount of amounts) {
    const part = amount && commensurable(amount.ucum, first.ucum) ? convert(amount.value, amount.ucum, first.ucum) : undefined;
    if (part === undefined) return undefined;
    value += part;
  }
  const ids = orders.map(({ id }) => id);
  const text = orders.map(({ dosage }) => dosage!.text).join(' and ');
  const last = orders.at(-1)!;
  return total({ ...last, dosage: { ...last.dosage!, text } }, { ...first, value: Number(value.toPrecision(12)) }, ids);
}

export interface DailyTotals {
  /** What may be meant: where something current is ordered and no other time is told, nothing that is over. */
  readonly candidates: readonly Candidate[];
  /** Present where an order does not tell how much comes together in a day: then nothing is refuted. */
  readonly open?: string;
}

const sameOrder = (a: Fact, b: Fact): boolean => a.name === b.name && a.dosage?.text === b.dosage?.text;

/** Undefined where the sentence says no amount a day, or nothing of it is ordered. */
export function dailyTotals(assertion: Assertion, pool: Pool): DailyTotals | undefined {
  if (!isDaily(assertion)) return undefined;
  const orders = pool.candidates
    .map(({ fact }) => fact)
    .filter((fact) => fact.kind === 'medication' && fact.part === undefined && !fact.negated && fact.dosage !== undefined);
  if (orders.length === 0) return undefined;
  const active = orders.filter(({ status }) => status === 'active');
  const now =
    active.length > 0 &&
    !assertion.tense.past &&
    assertion.times.length === 0 &&
    !assertion.cues.some(({ type, sense }) => type === 'status' && PAST.has(sense));
  const meant = now ? active : orders;
  const unclear = meant.find((fact) => !(fact.dosage?.timesPerDay !== undefined && fact.dosage.timesPerDay < 1) && !dailyOf(fact));
  // The same order twice is one that was renewed.
  const distinct = active.filter((fact, i) => active.findIndex((other) => sameOrder(other, fact)) === i);
  const several = now && new Set(distinct.map(({ concepts }) => concepts[0])).size < distinct.length;
  const together = several ? sum(distinct) : undefined;
  return {
    candidates: [
      ...(together ? [together] : []),
      ...meant.flatMap((fact) => {
        const amount = several ? undefined : dailyOf(fact);
        return amount && (fact.dosage!.timesPerDay ?? 1) >= 1 ? [total(fact, amount, [fact.id])] : [];
      }),
      ...(now ? pool.candidates.filter(({ fact }) => active.includes(fact)) : pool.candidates),
    ],
    ...(unclear ? { open: `how much of ${unclear.name} comes together in a day is not told by its order (${unclear.dosage!.text})` } : {}),
  };
}

/** What fails only against orders that do not tell the amount of a day is left open. */
export const withOpenTotal = (checks: readonly Check[], totals: DailyTotals | undefined): readonly Check[] =>
  totals?.open === undefined || checks.every(({ name, outcome }) => outcome !== 'fail' || name !== 'drug-and-dose')
    ? checks
    : checks.map((check) => (check.outcome === 'fail' && check.name === 'drug-and-dose' ? unknown(check.name, totals.open!) : check));
