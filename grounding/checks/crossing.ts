/** "Rose above 6", "fell below 90 in May", "exceeded 180": one recorded value beyond the limit makes it so, whatever came after. */
import type { Fact } from '../../records/contract.ts';
import { amountOf } from '../matching/quantities.ts';
import type { Candidate, Tested, World } from '../matching/world.ts';
import type { Assertion, SaidQuantity } from '../reading/assertions.ts';
import { fail, type Pool, pass, type SeriesResult, unknown } from './contract.ts';
import { partsOf, testLimit } from './number.ts';
import { within } from './series.ts';
import { byDate, show } from './steps.ts';

const COMPARED = /(?:\b(?:above|over|below|under|past|beyond|(?:more|less|higher|lower|greater) than)|[<>≥≤]=?)\s*$/i;
/** A movement that is told as past, right before the limit that it passed. */
const PASSED =
  /(?:\b(has|have|is|'s)(?:\s+\w+)?\s+)?\b(?:rose|risen|fell|fallen|dropped|climbed|went|gone|got|gotten|came|come|dipped|sank|sunk|slid|slipped|jumped|increased|decreased|declined|spiked|shot|soared|plunged|plummeted|crept|drifted)(?:\s+(?:to|up|down|back|well|far|just|even|again|once|\w+ly))*\s*$/i;
const EXCEEDED = /^(?:exceeded|surpassed)\b/i;
const PERFECT = /\b(?:has|have|'s)(?:\s+\w+)?\s*$/i;

/** What it passed, and whether it is told as having lasted until now ("has fallen below 10"). */
function limitOf({ quantities, text }: Assertion): { said: SaidQuantity; lasting: boolean } | undefined {
  const [said, ...more] = quantities.filter(({ role }) => role !== 'count');
  if (said?.role !== 'threshold' || more.length > 0) return undefined;
  const before = text.slice(0, said.start);
  if (EXCEEDED.test(said.quantity.text)) return { said, lasting: PERFECT.test(before) };
  const moved = PASSED.exec(before.replace(COMPARED, '').replace(/\s+$/, ''));
  return moved ? { said, lasting: moved[1] !== undefined } : undefined;
}

/** Of a pair both numbers must be beyond theirs; where one is, it is a question of what is meant. */
function beyond(said: SaidQuantity, fact: Fact, world: World): Tested {
  if (said.quantity.form !== 'pair') return testLimit(said, fact);
  const half = (part: RegExp, value: number | undefined): Tested | undefined => {
    const found = partsOf(fact, world).find((one) => part.test(one.part ?? ''));
    return found && value !== undefined ? testLimit({ ...said, quantity: { ...said.quantity, form: 'single', value } }, found) : undefined;
  };
  const halves = [half(/systolic/, said.quantity.value), half(/diastolic/, said.quantity.second)];
  const outcomes = halves.map((one) => one?.outcome ?? 'unknown');
  const outcome = outcomes.every((one) => one === 'pass') ? 'pass' : outcomes.every((one) => one === 'fail') ? 'fail' : 'unknown';
  return { outcome, reason: fact.value?.text ?? halves.map((one) => one?.reason ?? '').join(', ') };
}

export function crossing(assertion: Assertion, pool: Pool, world: World): SeriesResult | undefined {
  const limit = limitOf(assertion);
  if (!limit || assertion.factor || assertion.cues.filter(({ type }) => type === 'trend').length > 1) return undefined;
  if (assertion.cues.some(({ type, sense, negated }) => (type === 'trend' && negated) || (type === 'order' && sense !== 'highest')))
    return undefined;
  const { said, lasting } = limit;
  const pair = said.quantity.form === 'pair';
  const measured = pool.candidates.filter(
    ({ fact }) =>
      fact.kind !== 'medication' && (pair ? fact.part === undefined && partsOf(fact, world).length > 1 : amountOf(fact) !== undefined),
  );
  if (measured.length === 0) return undefined;
  const open = (reason: string): SeriesResult => ({ checks: [unknown('trend', reason)], ids: [], candidates: [] });
  if (assertion.at.length > 0 || assertion.times.some(({ time }) => time.relation === 'for'))
    return open(`for how long, or at which visit, ${pool.name} was beyond ${said.quantity.text} is not decided`);
  const inside = within(assertion, { ...pool, candidates: measured }, world);
  if (!inside) return open(`not every ${pool.name} is dated well enough to tell whether it is of that time`);
  const tested = byDate(inside).map((candidate) => ({ candidate, ...beyond(said, candidate.fact, world) }));
  const result = (check: SeriesResult['checks'][number], candidate: Candidate | undefined): SeriesResult => ({
    checks: [check],
    ids: candidate?.ids ?? [],
    candidates: candidate ? [candidate] : [],
    used: [said],
  });
  const limited = `${said.op?.startsWith('<') ? 'below' : 'above'} ${said.quantity.text.replace(/^\D+/, '')}`;
  const shown = (one: (typeof tested)[number]): string => (pair ? one.reason : show(one.candidate.fact));
  const hit = (lasting ? [...tested].reverse() : tested).find(({ outcome }) => outcome === 'pass');
  if (hit) {
    if (lasting && hit !== tested.at(-1))
      return result(unknown('trend', `it was so (${shown(hit)}), and the latest is ${shown(tested.at(-1)!)}`), hit.candidate);
    // Of a blood pressure with one number the upper one is meant, unless the sentence names the lower.
    const { part } = hit.candidate.fact;
    if (part !== undefined && /diastolic/.test(part) && !pool.head.concepts.some(({ id }) => id === part))
      return result(unknown('number', `of which of its numbers that is said is not clear (${shown(hit)})`), hit.candidate);
    const other = measured.some(({ fact }) => beyond(said, fact, world).outcome === 'fail');
    return result(
      other || measured.length === 1
        ? pass('number', `the record says ${shown(hit)}`)
        : unknown('trend', `no ${pool.name} on the other side of that limit is recorded`),
      hit.candidate,
    );
  }
  const undecided = tested.find(({ outcome }) => outcome === 'unknown');
  if (undecided) return result(unknown('number', undecided.reason), undecided.candidate);
  if (tested.length === 0) return open(`no ${pool.name} of that time is recorded`);
  if (!pool.search) return open(`the evidence is no complete search for ${pool.name}`);
  const nearest = tested.at(-1)!;
  return result(fail('number', `none of the ${tested.length} recorded is ${limited} (the latest is ${shown(nearest)})`), nearest.candidate);
}
