/** "Since 2015": what has lasted from then until now, which an entry of that time alone does not say. */
import type { Fact } from '../../records/contract.ts';
import { dayOf } from '../matching/dates.ts';
import type { Constraint, Tested } from '../matching/world.ts';
import type { Assertion, SaidTime } from '../reading/assertions.ts';
import type { Pool } from './contract.ts';

const MEASURED = new Set<Fact['kind']>(['result', 'vital', 'survey', 'social']);
const OVER = new Set<Fact['status']>(['inactive', 'resolved', 'stopped', 'completed']);
const PASSED = new Set(['past', 'took', 'ended', 'resolved', 'stopped', 'completed', 'prescribed', 'started', 'onset']);

const shown = ({ value }: Fact): string => (value ? `${value.text}` : '');

/** A value that is said to stand since a time: each one since then must be that, and the one before another. */
function standing(fact: Fact, from: string, pool: Pool): Tested {
  const series = pool.candidates
    .map((candidate) => candidate.fact)
    .filter((other) => other.value !== undefined && other.part === fact.part);
  const later = series.filter(({ date }) => date !== undefined && dayOf(date) >= from);
  const earlier = series.filter(({ date }) => date !== undefined && dayOf(date) < from);
  const last = earlier.sort((a, b) => (a.date! < b.date! ? 1 : -1))[0];
  if (last && later.length > 0 && later.every((other) => shown(other) === shown(fact)) && shown(last) !== shown(fact))
    return { outcome: 'pass', reason: '' };
  return { outcome: 'unknown', reason: `since when ${fact.name} is ${shown(fact)} is not stated by the record` };
}

/** One of the same name that is in force decides since when, not a narrower one, nor one that is over. */
function going(fact: Fact, assertion: Assertion, pool: Pool): Tested {
  const passed =
    assertion.tense.past || assertion.times.length > 1 || assertion.cues.some((cue) => cue.type === 'status' && PASSED.has(cue.sense));
  if (OVER.has(fact.status) && !passed)
    return { outcome: 'unknown', reason: `the record says ${fact.name} is ${fact.status}, not that it lasts since then` };
  const id = pool.head.concepts[0]?.id;
  const exact = pool.candidates.find(
    (other) => other.fact.kind === fact.kind && other.fact.status === 'active' && other.fact.concepts[0] === id,
  );
  return exact && fact.kind === 'problem' && fact.concepts[0] !== id
    ? { outcome: 'unknown', reason: `the record has ${exact.fact.name} beside ${fact.name}` }
    : { outcome: 'pass', reason: '' };
}

export function lasting(saidTime: SaidTime, assertion: Assertion, pool: Pool): readonly Constraint[] {
  const from = saidTime.time.from;
  if (saidTime.time.relation !== 'since' || from === undefined || saidTime.role === 'end') return [];
  // "The infarction dates from May": its beginning is told, not that it lasts.
  if (/^(?:dat|go)(?:es|ing|ed)(?: back)? (?:to|from)\b/i.test(saidTime.time.text)) return [];
  const stands = assertion.literals.length > 0 || assertion.quantities.some(({ role }) => role === 'value');
  return [
    {
      check: 'date',
      weight: 3,
      test: ({ fact }) =>
        MEASURED.has(fact.kind)
          ? stands
            ? standing(fact, from.slice(0, 10), pool)
            : { outcome: 'pass', reason: '' }
          : ['problem', 'medication', 'allergy', 'device'].includes(fact.kind)
            ? going(fact, assertion, pool)
            : { outcome: 'pass', reason: '' },
    },
  ];
}
