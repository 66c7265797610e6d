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

const inADay = (amount: Amount | undefined, fact: Fact): number => (amount?.value ?? 1) * (fact.dosage?.timesPerDay ?? 1);

/** "is being increased", "has been reduced": as the doses go now. */
const OF_NOW = /\b(?:is|are|has|have|'s|'re|keeps?)\b(?:\s+(?!was\b|were\b|had\b)[\w-]+){0,4}\s*$/i;
const UNDER_WAY = /\b(?:being|keeps?|still)\b|\w{3,}ing\b/i;
/** What changed longer ago is not under way. */
const LATELY = 366;

const sayNow = ({ cues, text }: Assertion): { readonly underWay: boolean } | undefined => {
  const moved = cues.find(({ type }) => type === 'trend');
  const before = moved && OF_NOW.exec(text.slice(0, moved.start));
  const has = moved && /^(?:has|have|been|is|are)\b/i.test(moved.text);
  return before || has ? { underWay: UNDER_WAY.test(`${before?.[0] ?? ''} ${moved!.text}`) } : undefined;
};

/** The step by which each drug came to its current dose; a drug that is over has none. */
function latestSteps(orders: readonly Fact[]): readonly { before: Fact; after: Fact; ratio: number }[] {
  return [...new Set(orders.filter(({ status }) => status === 'active').map(({ concepts }) => concepts[0]))].flatMap((drug) => {
    const own = orders.filter((fact) => fact.concepts[0] === drug);
    for (let i = own.length - 1; i > 0; i -= 1) {
      const [before, after] = [own[i - 1]!, own[i]!];
      const [x, y] = [amountOf(before), amountOf(after)];
      if (!x || !y || x.ucum !== y.ucum || !follows(before, after)) return [];
      const ratio = inADay(y, after) / inADay(x, before);
      if (Math.abs(ratio - 1) > 1e-6) return [{ before, after, ratio }];
    }
    return [];
  });
}

/** What is said of now holds where the latest change of each current order went that way. */
function goesNow(orders: readonly Fact[], direction: string, underWay: boolean, now: string): SeriesResult | undefined {
  const steps = latestSteps(orders);
  const fits =
    steps.length > 0 &&
    steps.every(({ ratio }) => STEPS[direction]!(ratio)) &&
    (!underWay || steps.some(({ after }) => daysBetween(after.date!, now) <= LATELY));
  if (fits) return undefined;
  const told = steps.map(({ before, after }) => `${show(before)}, then ${show(after)}`).join('; ');
  return {
    checks: [unknown('drug-and-dose', `the latest change of what is taken now is ${told || 'not recorded'}`)],
    ids: steps.flatMap(({ before, after }) => [before.id, after.id]),
    candidates: [],
  };
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
  const now = step && assertion.times.length === 0 ? sayNow(assertion) : undefined;
  const other = now && goesNow(orders, direction!, now.underWay, world.context.now);
  if (other) return other;
  const latest = now && latestSteps(orders);
  for (const [i, before] of orders.entries())
    for (const after of orders.slice(i + 1)) {
      if (compareFhirDates(before.date!, after.date!) >= 0) continue;
      if (latest && !latest.some((one) => one.before === before && one.after === after)) continue;
      if (from && to && !(isDose(from, before) && isDose(to, after))) continue;
      if (!taken(before, often.length === 2 ? often[0] : undefined) || !taken(after, often.at(-1))) continue;
      if (!assertion.times.every((said) => testTime({ ...said, role: 'any' }, after, assertion, world).outcome === 'pass')) continue;
      if (step && ![to, ...doses].every((said) => said === undefined || isDose(said, after))) continue;
      const [x, y] = [amountOf(before), amountOf(after)];
      if (step && (!x || !y || (!latest && orders.indexOf(after) !== i + 1) || !follows(before, after))) continue;
      if (x && y && x.ucum !== y.ucum) continue;
      const ratio = inADay(y, after) / inADay(x, before);
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
