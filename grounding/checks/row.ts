/** "Creatinine 1.1, 1.0, 1.3 in 2017 to 2020": values told in a row are told in the order of their dates. */
import { compareFhirDates } from '../../language/dates.ts';
import type { Check } from '../contract.ts';
import { candidatesOf, type World } from '../matching/world.ts';
import type { Assertion, SaidQuantity } from '../reading/assertions.ts';
import { pass, unknown } from './contract.ts';
import { assigned } from './counted-values.ts';
import { testValue } from './number.ts';

interface Row {
  readonly assertion: Assertion;
  readonly values: readonly SaidQuantity[];
}

const ORDERED = new Set(['highest', 'lowest', 'latest', 'first', 'previous']);

/** Three values or more of one name, of which none but the last has a date of its own. */
function rowsIn(assertions: readonly Assertion[]): readonly Row[] {
  const rows: { assertion: Assertion; values: SaidQuantity[]; closed: boolean }[] = [];
  for (const assertion of assertions) {
    const value = assertion.quantities.find(({ role }) => role === 'value');
    const single = assertion.quantities.every((said) => said === value || said.role === 'count') && assertion.heads.length === 1;
    if (!value || !single || assertion.negated || assertion.cues.some(({ type, sense }) => type === 'order' && ORDERED.has(sense)))
      continue;
    const last = rows.at(-1);
    if (last && !last.closed && last.assertion.heads[0]!.start === assertion.heads[0]!.start) last.values.push(value);
    else rows.push({ assertion, values: [value], closed: false });
    rows.at(-1)!.closed = assertion.times.some(({ time }) => time.relation !== 'between');
  }
  return rows.filter(({ values }) => values.length > 2);
}

function inOrder(values: readonly SaidQuantity[], days: readonly (readonly boolean[])[]): boolean {
  let at = -1;
  for (const [i] of values.entries()) {
    at = days.findIndex((fits, day) => day > at && fits[i]);
    if (at < 0) return false;
  }
  return true;
}

export function checkRow(assertions: readonly Assertion[], world: World): readonly Check[] {
  return rowsIn(assertions).flatMap(({ assertion, values }): readonly Check[] => {
    const head = assertion.heads[0]!;
    const facts = candidatesOf(head, assertion, world)
      .facts.filter((fact) => fact.date !== undefined && fact.value !== undefined)
      .sort((a, b) => compareFhirDates(a.date!, b.date!));
    if (facts.length === 0 || facts.every(({ kind }) => kind === 'medication')) return [];
    // "Three values: 99, 99 and 105": as many as there are, in whatever order.
    if (assertion.quantities.some(({ role }) => role === 'count'))
      return values.length > 8 ||
        assigned(
          values,
          facts.map((fact) => ({ fact, ids: [fact.id] })),
          world,
        )
        ? []
        : [unknown('number', `the record does not hold each of ${values.map(({ quantity }) => quantity.text).join(', ')} of ${head.text}`)];
    const fits = facts.map((fact) => values.map((value) => testValue(value, fact, world).outcome === 'pass'));
    if (inOrder(values, fits) || inOrder(values, [...fits].reverse()))
      return [pass('date', 'the values stand in the order of their dates')];
    // Values of one day, or of no order: not told by this.
    return [
      unknown('date', `the record does not have ${values.map(({ quantity }) => quantity.text).join(', ')} of ${head.text} in that order`),
    ];
  });
}
