/** "Three glucose values: 99, 97 and 105", "ten readings, the highest 168": the count is one statement, each value beside it another. */
import { compareFhirDates } from '../../language/dates.ts';
import type { Check } from '../contract.ts';
import { amountOf, inSeveralUnits, showAmount, valueLike } from '../matching/quantities.ts';
import type { Candidate, World } from '../matching/world.ts';
import type { Assertion, SaidQuantity } from '../reading/assertions.ts';
import { fail, type Pool, pass, unknown } from './contract.ts';
import { testValue } from './number.ts';
import { atEnd } from './order.ts';

const ENDS = new Set(['highest', 'lowest', 'latest', 'first', 'previous']);

function atExtreme(candidates: readonly Candidate[], sense: string): readonly Candidate[] {
  const [one] = candidates;
  if (!one) return [];
  const values = candidates.map(({ fact }) => valueLike(fact, one.fact));
  if (values.some((value) => value === undefined)) return [];
  const numbers = values as readonly number[];
  const wanted = sense === 'highest' ? Math.max(...numbers) : Math.min(...numbers);
  return candidates.filter((_, i) => numbers[i] === wanted);
}

/** Is there another one for each of the values? */
export function assigned(values: readonly SaidQuantity[], candidates: readonly Candidate[], world: World): boolean {
  const [value, ...others] = values;
  if (!value) return true;
  return candidates.some(
    (candidate, i) =>
      testValue(value, candidate.fact, world).outcome === 'pass' &&
      assigned(
        others,
        candidates.filter((_, at) => at !== i),
        world,
      ),
  );
}

const shownOf = (candidates: readonly Candidate[]): string =>
  [...candidates]
    .sort((a, b) => compareFhirDates(a.fact.date ?? '', b.fact.date ?? ''))
    .map(({ fact }) => {
      const amount = amountOf(fact);
      return amount ? showAmount(amount) : (fact.value?.text ?? '');
    })
    .slice(-8)
    .join(', ');

/** What is said of the counted entries beside their number: each value, at its end of the row where one is said, or of every one. */
export function countedValues(assertion: Assertion, pool: Pool, meeting: readonly Candidate[], world: World): readonly Check[] {
  if (meeting.every(({ fact }) => fact.kind === 'medication')) return [];
  const more = assertion.quantities.filter(({ role }) => ['from', 'to', 'change', 'range', 'reference'].includes(role));
  const open = more.map(({ quantity }) => unknown('number', `"${quantity.text}" beside a count of ${pool.name} is not decided`));
  const values = assertion.quantities.filter(({ role }) => role === 'value');
  const orders = assertion.cues.filter((cue) => cue.type === 'order' && ENDS.has(cue.sense));
  if (values.length === 0) return open;
  const measured = meeting.filter(({ fact }) => fact.value !== undefined && (amountOf(fact) !== undefined || fact.part === undefined));
  if (values.some(({ quantity }) => quantity.unit === undefined) && inSeveralUnits(measured.map(({ fact }) => fact)))
    return [...open, unknown('unit', `${pool.name} is recorded in several units`)];
  const every = assertion.cues.some((cue) => cue.type === 'order' && (cue.sense === 'all' || cue.sense === 'always'));
  const tests = (value: SaidQuantity, candidates: readonly Candidate[]) => candidates.map(({ fact }) => testValue(value, fact, world));
  if (orders.length > 0) {
    const said = [...orders].sort((a, b) => a.start - b.start);
    if (said.length !== values.length)
      return [...open, unknown('number', `which of ${pool.name} "${said.map(({ text }) => text).join('", "')}" means is not clear`)];
    return [
      ...open,
      ...values.map((value, i): Check => {
        const { sense, text } = said[i]!;
        const meant = sense === 'highest' || sense === 'lowest' ? extremeOf(value, sense, measured, world) : atEnd(measured, sense);
        if (meant.length === 0) return unknown('number', `the record does not tell the ${text} ${pool.name}`);
        const tested = tests(value, meant);
        return (
          (tested.some(({ outcome }) => outcome === 'pass') && pass('number', `the ${text} is ${value.quantity.text} in the record`)) ||
          (tested.some(({ outcome }) => outcome === 'unknown')
            ? unknown('number', tested.find(({ outcome }) => outcome === 'unknown')!.reason)
            : fail('number', `the sentence says ${value.quantity.text}, the ${text} of the record is ${shownOf(meant)}`))
        );
      }),
    ];
  }
  if (every) {
    const wrong = values.flatMap((value) => tests(value, measured)).find(({ outcome }) => outcome !== 'pass');
    if (!wrong) return [...open, pass('number', `true of all ${measured.length} recorded`)];
    return [...open, wrong.outcome === 'fail' ? fail('number', `not so of every one: ${wrong.reason}`) : unknown('number', wrong.reason)];
  }
  if (values.length <= 8 && assigned(values, measured, world)) return [...open, pass('number', 'each value is recorded')];
  const missing = values.find((value) => tests(value, measured).every(({ outcome }) => outcome !== 'pass'));
  const decided = missing && tests(missing, measured).every(({ outcome }) => outcome === 'fail');
  return [
    ...open,
    decided
      ? fail('number', `the sentence says ${missing.quantity.text}, the record holds ${shownOf(measured)}`)
      : unknown('number', `not each of the values is another one of ${pool.name} (${shownOf(measured)})`),
  ];
}

/** The one with the highest number; of pairs (blood pressures) those with the highest upper or lower one. */
function extremeOf(value: SaidQuantity, sense: string, measured: readonly Candidate[], world: World): readonly Candidate[] {
  if (value.quantity.form !== 'pair')
    return atExtreme(
      measured.filter(({ fact }) => amountOf(fact)),
      sense,
    );
  return ['systolic', 'diastolic'].flatMap((part) => {
    const parts = world.facts.filter(
      (fact) => fact.part?.includes(part) && amountOf(fact) && measured.some((candidate) => candidate.fact.id === fact.id),
    );
    const ids = new Set(
      atExtreme(
        parts.map((fact) => ({ fact, ids: [fact.id] })),
        sense,
      ).map(({ fact }) => fact.id),
    );
    return measured.filter(({ fact }) => ids.has(fact.id) && fact.part === undefined);
  });
}
