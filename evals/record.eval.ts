import type { AskResult } from '../agents/contract.ts';
import { defineSuite, type Share, type SuiteContext, type SuiteFailure, type SuiteOutcome } from './contract.ts';
import { casesOf } from './record/cases.ts';
import { describeExpectation, type RecordCase } from './record/expectation.ts';
import { type Grade, grade } from './record/grader.ts';

export default defineSuite({
  name: 'record',
  description: 'questions with known answers, made from the raw bundles, asked of the shipped agent',
  thresholds: { correct: { min: 0.98 }, wrongAsFact: { max: 0 } },
  run,
});

async function run({ rounds, patients, now, seed, limit, progress }: SuiteContext): Promise<SuiteOutcome> {
  const all = patients.flatMap((patient) => casesOf(patient, { seed, now }));
  const cases = evenly(all, limit);
  const done: Graded[] = [];
  for (const [index, item] of cases.entries()) {
    progress(index, cases.length, item.id);
    let thread: string | undefined;
    let result: AskResult | undefined;
    for (const question of item.turns) {
      result = await rounds.ask({ patient: item.patient, question, ...(thread === undefined ? {} : { thread }) });
      thread = result.thread;
    }
    if (result === undefined) continue;
    done.push({ item, result, grade: grade(item.expected, result, item.turns.at(-1)) });
  }
  progress(cases.length, cases.length);
  return summarize(done);
}

interface Graded {
  readonly item: RecordCase;
  readonly result: AskResult;
  readonly grade: Grade;
}

function summarize(done: readonly Graded[]): SuiteOutcome {
  const share = (list: readonly Graded[], hit: (graded: Graded) => boolean): Share => ({ hits: list.filter(hit).length, of: list.length });
  const right = ({ grade: { correct } }: Graded) => correct;
  const answerable = done.filter(({ item: { expected } }) => !['status', 'not-recorded', 'premise', 'no-reason'].includes(expected.type));
  const times = done.map(({ result }) => result.ms).sort((a, b) => a - b);
  const kinds = [...new Set(done.map(({ item }) => item.kind))].sort();
  return {
    cases: done.length,
    metrics: {
      correct: share(done, right),
      wrongAsFact: done.reduce((sum, graded) => sum + (graded.grade.wrong.length > 0 ? 1 : 0), 0),
      answered: share(answerable, ({ result }) => result.status === 'answered'),
      patients: new Set(done.map(({ item }) => item.patient)).size,
      msP50: quantile(times, 0.5),
      msP95: quantile(times, 0.95),
      'correct/wordings-first': share(
        done.filter(({ item }) => item.set === 'first'),
        right,
      ),
      'correct/wordings-second': share(
        done.filter(({ item }) => item.set === 'second'),
        right,
      ),
      ...Object.fromEntries(
        kinds.map((kind) => [
          `correct/${kind}`,
          share(
            done.filter(({ item }) => item.kind === kind),
            right,
          ),
        ]),
      ),
    },
    failures: done
      .filter((graded) => !graded.grade.correct)
      .sort((a, b) => b.grade.wrong.length - a.grade.wrong.length || a.item.id.localeCompare(b.item.id))
      .map(toFailure),
  };
}

function toFailure({ item, result, grade: { wrong, why } }: Graded): SuiteFailure {
  const answer = result.claims.map(({ text, verdict, citations }) => `[${verdict}] ${text} <${citations.slice(0, 4).join(' ')}>`);
  return {
    id: item.id,
    why: [
      `${wrong.length > 0 ? 'WRONG AS FACT: ' : ''}${why}`,
      `asked (${item.set}): ${item.turns.join(' | ')}`,
      `expected: ${describeExpectation(item.expected)}`,
      `got: ${result.status} ${answer.slice(0, 6).join(' ')}`,
    ].join('\n'),
  };
}

/** At most so many, spread over the whole list. */
function evenly<T>(list: readonly T[], limit: number | undefined): readonly T[] {
  if (limit === undefined || limit >= list.length) return list;
  return Array.from({ length: limit }, (_, i) => list[Math.floor((i * list.length) / limit)] as T);
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}
