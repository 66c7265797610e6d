/** "Metformin was reduced from 1000 mg BID to 500 mg BID in September": two orders of one drug, one after the other. */
import { compareFhirDates, daysBetween, formatDate } from '../../language/dates.ts';
import { commensurable, convert } from '../../language/units.ts';
import type { Fact } from '../../records/contract.ts';
import type { World } from '../matching/world.ts';
import type { Assertion, SaidQuantity } from '../reading/assertions.ts';
import { type Pool, pass, type SeriesResult, unknown } from './contract.ts';
import { testTime } from './said-time.ts';

interface Amount {
  readonly value: number;
  readonly ucum?: string | undefined;
}

/** What is taken at a time: the dose, else the product's only strength. */
function amountOf(fact: Fact): Amount | undefined {
  const { dosage, strengths } = fact;
  if (dosage?.value !== undefined && dosage.ucum !== undefined && !dosage.ucum.startsWith('{'))
    return { value: dosage.value, ucum: dosage.ucum };
  return strengths?.length === 1 ? { value: strengths[0]!.value, ucum: strengths[0]!.ucum } : undefined;
}

function isDose({ quantity }: SaidQuantity, fact: Fact): boolean {
  const amount = amountOf(fact);
  if (!amount) return false;
  if (quantity.unit === undefined || quantity.ucum === amount.ucum) return Math.abs(quantity.value - amount.value) < 1e-9;
  if (quantity.ucum === undefined || amount.ucum === undefined || !commensurable(amount.ucum, quantity.ucum)) return false;
  const value = convert(amount.value, amount.ucum, quantity.ucum);
  return value !== undefined && Math.abs(quantity.value - value) < 1e-6 * Math.max(1, value);
}

const show = (fact: Fact): string => `${fact.dosage?.text ?? fact.name}${fact.date ? ` from ${formatDate(fact.date)}` : ''}`;

/** What a word says of the daily dose after, as a multiple of that before. */
const STEPS: Readonly<Record<string, (ratio: number) => boolean>> = {
  up: (ratio) => ratio > 1,
  down: (ratio) => ratio < 1,
  half: (ratio) => Math.abs(ratio - 0.5) < 1e-6,
  double: (ratio) => Math.abs(ratio - 2) < 1e-6,
  triple: (ratio) => Math.abs(ratio - 3) < 1e-6,
};

/** One course that went on, rather than two of them years apart. */
function follows(before: Fact, after: Fact): boolean {
  if (before.end === undefined) return after.status === 'active';
  return Math.abs(daysBetween(before.end, after.date!)) <= 60;
}

/** Present where the sentence says from what to what; never contradicts, since a record may lack an order. */
export function doseChange(assertion: Assertion, pool: Pool, world: World, direction: string | undefined): SeriesResult | undefined {
  const from = assertion.quantities.find((said) => said.role === 'from');
  const to = assertion.quantities.find((said) => said.role === 'to');
  const often = assertion.cues.filter((cue) => cue.type === 'frequency' && cue.sense !== 'prn').sort((a, b) => a.start - b.start);
  const told = (from && to) || (often.length === 2 && !from && !to);
  // "halved", "increased to twice daily": the step itself, with at most the dose that it led to.
  const step = !told && !from && often.length < 2 && direction !== undefined && direction in STEPS;
  if (!told && !step) return undefined;
  const doses = assertion.quantities.filter((said) => said !== from && said !== to);
  if (doses.length > (step ? 1 : 0) || doses.some(({ role }) => role !== 'value')) return undefined;
  const orders = pool.candidates
    .map(({ fact }) => fact)
    .filter((fact) => fact.kind === 'medication' && fact.date !== undefined && !fact.negated && fact.details?.['source'] !== 'reported')
    .sort((a, b) => compareFhirDates(a.date!, b.date!));
  const taken = (fact: Fact, cue: (typeof often)[number] | undefined) =>
    cue === undefined || (fact.dosage?.timesPerDay !== undefined && Math.abs(fact.dosage.timesPerDay - Number(cue.sense)) < 0.02);
  for (const [i, before] of orders.entries())
    for (const after of orders.slice(i + 1)) {
      if (compareFhirDates(before.date!, after.date!) >= 0) continue;
      if (from && to && !(isDose(from, before) && isDose(to, after))) continue;
      if (!taken(before, often.length === 2 ? often[0] : undefined) || !taken(after, often.at(-1))) continue;
      if (!assertion.times.every((said) => testTime({ ...said, role: 'any' }, after, assertion, world).outcome === 'pass')) continue;
      if (step && ![to, ...doses].every((said) => said === undefined || isDose(said, after))) continue;
      const [x, y] = [amountOf(before), amountOf(after)];
      if (step && (!x || !y || orders.indexOf(after) !== i + 1 || !follows(before, after))) continue;
      const daily = (amount: Amount | undefined, fact: Fact) => (amount?.value ?? 1) * (fact.dosage?.timesPerDay ?? 1);
      if (x && y && x.ucum !== y.ucum) continue;
      const ratio = daily(y, after) / daily(x, before);
      if (direction !== undefined && !(STEPS[direction]?.(ratio) ?? false)) continue;
      return {
        checks: [pass('drug-and-dose', `${show(before)}, then ${show(after)}`)],
        ids: [before.id, after.id],
        candidates: [before, after].map((fact) => ({ fact, ids: [fact.id] })),
      };
    }
  return {
    checks: [
      unknown(
        'drug-and-dose',
        `the record does not state that change (it says ${orders.slice(-2).map(show).join('; ') || 'nothing dated'})`,
      ),
    ],
    ids: orders.slice(-2).map(({ id }) => id),
    candidates: [],
  };
}
