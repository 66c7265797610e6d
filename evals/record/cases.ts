import type { RawPatient } from '../contract.ts';
import { type Ask, type Context, callIt, type Source } from './ask.ts';
import { conversations, pairs, person, premises, refusals, unmeasured } from './dialogue.ts';
import { allergies, drugs } from './drugs.ts';
import { procedures, vaccines, visits } from './events.ts';
import type { RecordCase } from './expectation.ts';
import { CONDITIONS, DRUGS, PROCEDURES, TESTS, VACCINES } from './names.ts';
import { createChoices, phrase } from './phrasing.ts';
import { problems } from './problems.ts';
import { type Item, instantOf, type PatientRecord, readPatient } from './reading.ts';
import { fold } from './reading-answers.ts';
import { results } from './results.ts';
import { group, productName, type Subject, seriesOf } from './subjects.ts';

/** Every case that this patient's record permits, at most so many a kind; the same data, seed and clock give the same cases. */
export function casesOf(raw: RawPatient, options: { readonly seed: number; readonly now: string }): readonly RecordCase[] {
  const record = readPatient(raw);
  const context = describe(record, options.now);
  const kinds = new Map<string, { quota: number; asks: Ask[] }>();
  const offer = (quota: number, asks: readonly Ask[]) => {
    for (const ask of asks) {
      const held = kinds.get(ask.kind) ?? { quota, asks: [] };
      held.asks.push(ask);
      kinds.set(ask.kind, held);
    }
  };
  for (const source of SOURCES) source(context, offer);

  const cases: RecordCase[] = [];
  for (const [kind, { quota, asks }] of kinds) {
    const draw = createChoices(`${options.seed}/${record.id}/${kind}`);
    for (const [index, ask] of draw.some(asks, quota).entries()) {
      const choices = createChoices(`${options.seed}/${record.id}/${kind}/${index}`);
      const turns: string[] = [];
      if (ask.before !== undefined) {
        turns.push(phrase(ask.before.wordings, { x: callIt(ask.before.x, choices, context, true) }, record, choices).question);
      }
      const { question, set } = phrase(
        ask.wordings,
        { ...(ask.x === undefined ? {} : { x: callIt(ask.x, choices, context, false) }), ...ask.fill?.(choices) },
        record,
        choices,
      );
      turns.push(question);
      cases.push({ id: `${record.id}/${kind}/${index + 1}`, patient: record.id, kind, set, turns, expected: ask.expected });
    }
  }
  return cases;
}

function describe(record: PatientRecord, now: string): Context {
  const series = seriesOf(record, TESTS).filter((s) => s.points.every((p) => instantOf(p.date) <= Date.parse(now)));
  const problems = group(record.problems, CONDITIONS);
  const drugs = group(record.medications, DRUGS, productName);
  const vaccines = group(record.vaccines, VACCINES);
  const procedures = group(record.procedures, PROCEDURES);
  const seen = new Map<string, Set<string>>();
  for (const subject of [...series, ...problems, ...drugs, ...vaccines, ...procedures] as readonly Subject<Item>[]) {
    for (const name of subject.said) {
      const keys = seen.get(fold(name)) ?? new Set();
      keys.add(subject.key);
      seen.set(fold(name), keys);
    }
  }
  const shared = new Set([...seen].filter(([, keys]) => keys.size > 1).map(([name]) => name));
  return { record, now, series, problems, drugs, vaccines, procedures, shared };
}

const SOURCES: readonly Source[] = [
  results,
  problems,
  drugs,
  allergies,
  vaccines,
  procedures,
  visits,
  person,
  unmeasured,
  refusals,
  conversations,
  premises,
  pairs,
];
