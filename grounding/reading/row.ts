/** Which numbers of a stretch are values of one thing told in a row, and whether they are said to be its last ones. */
import type { Assertion, SaidQuantity, SaidTime } from './assertions.ts';

export interface Row {
  readonly values: readonly SaidQuantity[];
  /** "The last two": the row is the end of the series. */
  readonly lastOf: boolean;
  readonly rest: readonly SaidQuantity[];
}

const JOIN = /^\s*(?:,|;|\/|→|->|,? ?and|,? ?then|,? and then|, then|,? ?followed by)\s*$/i;

/** The values stand side by side with nothing but commas and the like between. */
const joined = (values: readonly SaidQuantity[], text: string): boolean =>
  values.slice(1).every((value, i) => JOIN.test(text.slice(values[i]!.quantity.end, value.quantity.start)));

export function rowOf(
  base: Omit<Assertion, 'quantities' | 'times'>,
  quantities: readonly SaidQuantity[],
  times: readonly SaidTime[],
): Row | undefined {
  const values = quantities.filter(({ role }) => role === 'value');
  const rest = quantities.filter(({ role }) => role !== 'value');
  if (base.heads.length !== 1 || values.length < 2 || times.length > 0 || !joined(values, base.text)) return undefined;
  if (!base.heads[0]!.concepts.some(({ kind }) => kind === 'observation')) return undefined;
  const orders = base.cues.filter((cue) => cue.type === 'order');
  const trends = base.cues.filter((cue) => cue.type === 'trend');
  const [count] = rest;
  const latest = orders.find(({ sense }) => sense === 'latest');
  // "the last two potassiums were 4.7 and 4.39"
  if (
    latest &&
    orders.length === 1 &&
    trends.length === 0 &&
    count?.role === 'count' &&
    rest.length === 1 &&
    count.op === undefined &&
    count.quantity.value === values.length &&
    /^\s*$/.test(base.text.slice(latest.start + latest.text.length, count.start))
  )
    return { values, lastOf: true, rest: [] };
  if (orders.length > 0 || rest.length > 0) return undefined;
  const [trend] = trends;
  // "climbing: 73, 85, 89"
  if (trends.length === 1 && !trend!.negated && /^(?:up|down)$/.test(trend!.sense) && values.length > 2)
    return { values, lastOf: false, rest: [] };
  return undefined;
}
