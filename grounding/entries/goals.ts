/** Recorded goals: what is aimed at, whether it was reached, and how the latest value stands to it. */
import { quantities } from '../../language/quantities.ts';
import type { Chart, Fact } from '../../records/contract.ts';
import { amountOf } from '../matching/quantities.ts';
import { cover, spansOf, statedOf } from './cover.ts';
import type { Entry } from './restated.ts';

const GOAL = /\b(?:goals?|targets?|aim)\b/i;
const FRAME = /\b(?:goals?|targets?|aims?|is|was|to be|has|have|been|set|of|for|at|the|score|recorded|current|currently|value)\b/;
const MISSED =
  /\b(?:(?:has |have |had |is |was |were )?(?:not|n't|never)(?: yet)?(?: been)?|(?:hasn|haven|wasn|isn)'?t(?: yet)?(?: been)?) (?:been )?(?:met|reached|achieved|attained|hit)\b|\b(?:un|not )(?:met|achieved|reached)\b|\bmissed\b/;
const MET = /\b(?:(?:has|have|was|is) )?(?:been )?(?:met|reached|achieved|attained|hit)\b/;
const BETTER = /\b(?:improving|is being approached|getting closer|in progress|in-progress|being worked on)\b/;
const BELOW = /\b(?:below|under|less than|lower than|at most|no more than|or less)\b|[<≤]/;
const ABOVE = /\b(?:above|over|more than|greater than|higher than|at least|or more|or above|or higher|exceed\w*)\b|[>≥]/;

const numbersOf = (text: string): readonly number[] =>
  quantities(text).flatMap((q) => [q.value, ...(q.second === undefined ? [] : [q.second])]);
const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => Math.abs(value - b[i]!) < 1e-9);
const within = (value: number, goal: Fact, limit: number): boolean =>
  BELOW.test(goal.name) ? value < limit : ABOVE.test(goal.name) ? value >= limit : false;

/** The latest value of what the goal is about, its numbers in order. */
function latest(goal: Fact, chart: Chart): { fact: Fact; numbers: readonly number[] } | undefined {
  const facts = chart.facts
    .filter(
      (fact) =>
        ['result', 'vital', 'survey'].includes(fact.kind) &&
        !fact.negated &&
        fact.date &&
        fact.concepts.some((id) => goal.concepts.includes(id)),
    )
    .sort((a, b) => (a.date! < b.date! ? 1 : -1));
  const newest = facts.find((fact) => fact.part === undefined);
  if (!newest) return undefined;
  const parts = chart.facts.filter((fact) => fact.id === newest.id && fact.part !== undefined);
  const ordered =
    parts.length === 2 ? [...parts].sort((a) => (/systolic/.test(a.part ?? '') && !/diastolic/.test(a.part ?? '') ? -1 : 1)) : [newest];
  const numbers = ordered.map((fact) => amountOf(fact)?.value).filter((value) => value !== undefined);
  return numbers.length === ordered.length ? { fact: newest, numbers } : undefined;
}

export function goalEntry(sentence: string, chart: Chart): Entry | undefined {
  if (!GOAL.test(sentence)) return undefined;
  for (const goal of chart.facts) {
    if (goal.kind !== 'goal' || goal.status !== 'active') continue;
    const wanted = numbersOf(goal.name);
    const achievement = goal.details?.['achievement'] ?? '';
    const missed = spansOf(sentence, MISSED);
    const met = missed.length > 0 ? [] : spansOf(sentence, MET);
    const better = spansOf(sentence, BETTER);
    if (missed.length > 0 && achievement !== 'not-achieved') continue;
    if (met.length > 0 && achievement !== 'achieved') continue;
    if (better.length > 0 && !/^(?:improving|in-progress)$/.test(achievement)) continue;
    const [first, ...more] = quantities(sentence);
    const all = quantities(sentence);
    const ofGoal = all.filter((q) => sameNumbers([q.value, ...(q.second === undefined ? [] : [q.second])], wanted));
    const others = all.filter((q) => !ofGoal.includes(q));
    const newest = latest(goal, chart);
    // How it stands: only of the latest value, which must be said, and whose place must be as said.
    const placed =
      /\b(above|over|higher than|below|under|lower than|at|on|within)\s+(?:the |her |his |its |their )?(?:goal|target)\b/i.exec(sentence);
    const spent = [...missed, ...met, ...better, ...spansOf(sentence, FRAME)];
    if (placed) {
      if (!newest || others.length !== 1 || missed.length + met.length > 0 || /\b(?:not|n't|never|no)\b/i.test(sentence)) continue;
      const value = [others[0]!.value, ...(others[0]!.second === undefined ? [] : [others[0]!.second])];
      if (!sameNumbers(value, newest.numbers) || value.length !== wanted.length) continue;
      const good = value.every((one, i) => within(one, goal, wanted[i]!));
      const said = placed[1]!.toLowerCase();
      const holds = /^(?:at|on|within)$/.test(said)
        ? good
        : /^(?:above|over|higher)/.test(said)
          ? BELOW.test(goal.name)
            ? !good && value.some((one, i) => one > wanted[i]!)
            : value.every((one, i) => one > wanted[i]!)
          : BELOW.test(goal.name)
            ? good
            : value.some((one, i) => one < wanted[i]!);
      if (!holds) continue;
      spent.push(others[0]!, { start: placed.index, end: placed.index + placed[0].length });
    } else {
      if (others.length > 0 || (wanted.length > 0 && missed.length + met.length + better.length === 0)) continue;
      // "A goal above 130/80" is not one below it.
      if (ofGoal.length > 0 && ((BELOW.test(sentence) && ABOVE.test(goal.name)) || (ABOVE.test(sentence) && BELOW.test(goal.name))))
        continue;
    }
    if (first === undefined && more.length > 0) continue;
    const own = statedOf(goal);
    const found = cover(
      sentence,
      [...spent, ...ofGoal, ...spansOf(sentence, BELOW), ...spansOf(sentence, ABOVE)],
      { texts: [goal.name, ...goal.names], concepts: own.concepts, date: placed ? newest?.fact.date : goal.date },
      chart.terminology,
      chart.asOf,
    );
    if (!found || found.named.length === 0) continue;
    return { fact: placed ? newest!.fact : goal, reason: `the recorded goal is: ${goal.name}${achievement ? ` (${achievement})` : ''}` };
  }
  return undefined;
}
