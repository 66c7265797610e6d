/** Which came first: both things must be dated, and every date of the one must stand to every date of the other as said. */
import { formatDate } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';
import type { Check } from '../contract.ts';
import { dayOf, lengthOf, sameLength } from '../matching/dates.ts';
import { candidatesOf, type World } from '../matching/world.ts';
import type { Assertion, Head } from '../reading/assertions.ts';
import type { SaidSequence } from '../reading/sequence.ts';
import { fail, pass, unknown } from './contract.ts';
import { testValue } from './number.ts';
import { atEnd } from './order.ts';
import { testTime } from './said-time.ts';

interface Placed {
  readonly name: string;
  readonly facts: readonly Fact[];
  /** Several drugs go by the name ("the antibiotic"): which of them is meant is not said. */
  readonly others: readonly Fact[];
}

/** The entries that a name stands for: those of the dates, values and order that are said with it. */
function placed(start: number, assertions: readonly Assertion[], world: World, place?: string): Placed | undefined {
  for (const assertion of assertions) {
    const head = assertion.heads.find((other) => other.start === start);
    if (head && place)
      return { name: head.text, facts: meant(head, { ...assertion, times: [], quantities: [] }, world, place), others: [] };
    if (head) return { name: head.text, facts: meant(head, assertion, world), others: othersOf(head, assertion, world) };
  }
  return undefined;
}

/** So many in the order of their days. */
function nthOf(facts: readonly Fact[], place: number): readonly Fact[] {
  const days = [...new Set(facts.map(({ date }) => dayOf(date!)))].sort();
  return facts.filter(({ date }) => dayOf(date!) === days[place - 1]);
}

/** The orders of a class of drugs, where no order or time says which is meant. */
function othersOf(head: Head, assertion: Assertion, world: World): readonly Fact[] {
  if (assertion.times.length > 0 || assertion.cues.some(({ type }) => type === 'order')) return [];
  const facts = candidatesOf(head, assertion, world).facts.filter(
    ({ kind, date, negated, status }) =>
      kind === 'medication' && date !== undefined && !negated && !['cancelled', 'planned'].includes(status),
  );
  return new Set(facts.map(({ concepts }) => concepts[0])).size > 1 ? facts : [];
}

const isStopped = ({ type, sense, negated }: Assertion['cues'][number]): boolean =>
  type === 'status' && !negated && (sense === 'stopped' || sense === 'ended');

/** `place`: by its place in the order instead of the one that is said with it. */
function meant(head: Head, assertion: Assertion, world: World, place?: string): readonly Fact[] {
  const whole = candidatesOf(head, assertion, world).facts.filter(
    (fact) =>
      fact.date !== undefined &&
      !fact.negated &&
      fact.part === undefined &&
      !['cancelled', 'missed', 'refuted', 'planned'].includes(fact.status),
  );
  const values = assertion.quantities.filter((said) => said.role === 'value');
  let facts: readonly Fact[] = whole.filter(
    (fact) =>
      assertion.times.every((said) => testTime(said, fact, assertion, world).outcome === 'pass') &&
      (fact.kind === 'medication' || values.every((said) => testValue(said, fact, world).outcome === 'pass')),
  );
  const order = place
    ? { sense: place }
    : assertion.cues.find((cue) => cue.type === 'order' && /^(?:first|latest|previous|nth-\d)$/.test(cue.sense));
  if (order && /^nth-/.test(order.sense)) facts = nthOf(facts, Number(order.sense.slice(4)));
  else if (order)
    facts = atEnd(
      facts.map((fact) => ({ fact, ids: [fact.id] })),
      order.sense,
    ).map(({ fact }) => fact);
  // "When metoprolol was stopped": the end of its last order, and none where it goes on.
  if (facts[0]?.kind === 'medication' && !order && assertion.cues.some(isStopped)) {
    if (facts.some(({ status }) => status === 'active')) return [];
    const ended = facts.filter(({ end }) => end !== undefined).map((fact) => ({ ...fact, date: fact.end! }));
    return atEnd(
      ended.map((fact) => ({ fact, ids: [fact.id] })),
      'latest',
    ).map(({ fact }) => fact);
  }
  // A drug that is prescribed again and again began with its first order.
  if (facts[0]?.kind === 'medication' && assertion.times.length === 0 && !order)
    facts = atEnd(
      facts.map((fact) => ({ fact, ids: [fact.id] })),
      'first',
    ).map(({ fact }) => fact);
  return facts;
}

const SAME: Readonly<Partial<Record<SaidSequence['order'], number>>> = { day: 10, month: 7, year: 4 };
/** What is given within so many days of a diagnosis was given at it; after a year it surely is not. */
const WITH_IT = 3;
const APART = 366;

type Found = 'yes' | 'no' | 'open';

function compare(said: SaidSequence, left: Fact, right: Fact, now: string): Found {
  const [a, b] = [dayOf(left.date!), dayOf(right.date!)];
  if (said.order === 'during') {
    const end = right.end ? dayOf(right.end) : right.status === 'active' ? now : undefined;
    if (a < b) return left.end === undefined && left.status !== 'active' ? 'no' : (left.end ? dayOf(left.end) : now) < b ? 'no' : 'open';
    if (a === b) return 'yes';
    return end === undefined ? 'open' : a <= end ? 'yes' : 'no';
  }
  const length = Math.min(a.length, b.length);
  const same = SAME[said.order];
  if (same !== undefined) {
    const shared = Math.min(length, same);
    return a.slice(0, shared) !== b.slice(0, shared) ? 'no' : shared === same ? 'yes' : 'open';
  }
  if (said.order === 'found') {
    const gap = length === 10 ? lengthOf(b, a) : undefined;
    return gap !== undefined && Math.abs(gap) <= WITH_IT
      ? 'yes'
      : a.slice(0, 4) !== b.slice(0, 4) && Math.abs(lengthOf(a, b)) > APART
        ? 'no'
        : 'open';
  }
  // What is done about a problem on the day that it is found follows it.
  const [first, then] = said.order === 'after' ? [right, left] : [left, right];
  const acts = then.kind === 'medication' || then.kind === 'procedure';
  if (a === b && said.days === undefined && first.kind === 'problem' && acts) return 'yes';
  if (a.slice(0, length) === b.slice(0, length)) return said.days !== undefined && length === 10 ? 'no' : 'open';
  if (a < b !== (said.order === 'before')) return 'no';
  if (said.days === undefined || said.unitDays === undefined) return 'yes';
  const apart = Math.abs(lengthOf(a, b));
  if (said.bound === 'over') return apart >= said.days - said.unitDays * 0.1 ? 'yes' : 'no';
  if (said.bound === 'under') return apart > said.days + said.unitDays * 0.1 ? 'no' : apart >= said.days * 0.5 ? 'yes' : 'open';
  return sameLength(said.days, said.unitDays, apart) ? 'yes' : 'no';
}

export function checkSequence(sequences: readonly SaidSequence[], assertions: readonly Assertion[], world: World): readonly Check[] {
  return sequences.flatMap((said): Check[] => {
    if (said.left === undefined || said.right === undefined) return [unknown('date', `it is not clear what "${said.text}" puts in order`)];
    const [left, right] = [
      placed(said.left, assertions, world),
      said.rightOrder ? placed(said.left, assertions, world, said.rightOrder) : placed(said.right, assertions, world),
    ];
    // A number of a test beside another says nothing of the one being before the other.
    if (said.order === 'during' && right?.facts.every((fact) => ['result', 'vital', 'survey', 'social'].includes(fact.kind))) return [];
    if (!left || !right || left.facts.length === 0 || right.facts.length === 0)
      return said.order === 'during' ? [] : [unknown('date', `the record does not date both things that "${said.text}" puts in order`)];
    const found = left.facts.flatMap((a) => right.facts.map((b) => compare(said, a, b, world.context.now.slice(0, 10))));
    const wider = [left, right].some(({ others }) => others.length > 0)
      ? (left.others.length > 0 ? left.others : left.facts).flatMap((a) =>
          (right.others.length > 0 ? right.others : right.facts).map((b) => compare(said, a, b, world.context.now.slice(0, 10))),
        )
      : found;
    const shown = `${left.facts[0]!.name} ${formatDate(left.facts[0]!.date!)}, ${right.facts[0]!.name} ${formatDate(right.facts[0]!.date!)}`;
    if (found.every((one) => one === 'yes')) return [pass('date', `the record says ${shown}`)];
    return [
      wider.every((one) => one === 'no')
        ? fail('date', `the sentence says "${said.text}", the record says ${shown}`)
        : unknown('date', `whether it was "${said.text}" is not decided by the record (${shown})`),
    ];
  });
}
