/** First, last, previous, second: a place in the order of all entries. */
import { compareFhirDates, formatDate, mayBeLater } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';
import { MEASURED } from '../../records/questions/sections.ts';
import { dayOf } from '../matching/dates.ts';
import { type Candidate, type Constraint, said, type World } from '../matching/world.ts';
import type { Assertion, SaidTime } from '../reading/assertions.ts';
import type { Pool } from './contract.ts';
import { testTime } from './said-time.ts';

/** The candidates that stand at one end of the series, or next to it. */
export function atEnd(candidates: readonly Candidate[], sense: string): readonly Candidate[] {
  const dated = candidates.filter((candidate) => candidate.fact.date !== undefined);
  const dates = [...new Set(dated.map((candidate) => candidate.fact.date!))].sort(compareFhirDates);
  const wanted = sense === 'first' ? dates[0] : sense === 'previous' ? dates.at(-2) : dates.at(-1);
  return dated.filter((candidate) => candidate.fact.date === wanted);
}

/** Values of the same test that have no date, or one so coarse that they may be later than the latest. */
const maybeLater = (latest: readonly Candidate[], candidates: readonly Candidate[]): readonly Fact[] =>
  latest.some(({ fact }) => MEASURED.has(fact.kind))
    ? candidates
        .map(({ fact }) => fact)
        .filter(
          (fact) =>
            fact.value !== undefined &&
            !latest.some((one) => one.fact === fact) &&
            latest.some(
              (one) =>
                one.fact.id !== fact.id &&
                one.fact.concepts[0] === fact.concepts[0] &&
                one.fact.part === fact.part &&
                mayBeLater(fact.date, one.fact.date!),
            ),
        )
    : [];

const VERB =
  /\b(?:is|was|were|are|came|stood|showed|shows|gave|read|measured|reads?|has been|had|went|happened|took place|occurred|fell|dates?|:|=)\b|[:=]/i;

/**
 * Times that limit what is looked at ("the latest in 2018 was 130"), not what is said of it ("the latest was in 2018"): something else must be
 * said of it after them. A time that opens the sentence limits a value; without a value it is itself what is said.
 */
function limits(assertion: Assertion): readonly SaidTime[] {
  const { text } = assertion;
  const value = Math.min(
    ...assertion.quantities.filter((q) => q.role === 'value').map((q) => q.start),
    ...assertion.literals.map((literal) => literal.start),
    Number.POSITIVE_INFINITY,
  );
  const head = Math.min(...assertion.heads.map(({ start }) => start));
  return assertion.times.filter((saidTime) => {
    if (saidTime.time.precision === 'day' && saidTime.time.relation === 'on') return false;
    const later = Math.min(value, ...assertion.times.filter((other) => other.start > saidTime.start).map((other) => other.start));
    if (!Number.isFinite(later)) return false;
    // "her last LDL, in March 2018, was 162": set apart, it says when that was.
    if (saidTime.start > head && /[,(–—-]\s*$/.test(text.slice(0, saidTime.start))) return false;
    if (saidTime.start < head) return value < Number.POSITIVE_INFINITY || later > head;
    return (
      !VERB.test(text.slice(head, saidTime.start)) &&
      /\b(?:in|of|for|from|during|before|until|since|between|after|by|up to|prior to|within|over)\b/i.test(saidTime.time.text) &&
      VERB.test(text.slice(saidTime.time.end, later))
    );
  });
}

/** A date that is no beginning and no length: when the last one was. */
const pointed = ({ times }: Assertion): boolean => times.some(({ time }) => !['since', 'for', 'until'].includes(time.relation));

export function orderConstraint(sense: string, soft: boolean, assertion: Assertion, pool: Pool, world: World): Constraint {
  const limiting = limits(assertion);
  const happened = pool.candidates.filter(
    ({ fact }) => sense === 'first' || fact.status !== 'planned' || said(assertion, 'status', 'planned'),
  );
  const whole = atEnd(happened, sense);
  const windowed =
    limiting.length > 0
      ? atEnd(
          happened.filter(({ fact }) => limiting.every((saidTime) => testTime(saidTime, fact, assertion, world).outcome === 'pass')),
          sense,
        )
      : [];
  const ids = new Set([...whole, ...windowed].map((candidate) => candidate.fact));
  const later = sense === 'latest' ? maybeLater(whole, happened) : [];
  const word = sense === 'first' ? 'first' : sense === 'previous' ? 'one before the latest' : 'latest';
  return {
    check: 'date',
    weight: soft ? 1 : 3,
    test: ({ fact }) => {
      if (!soft && !pool.search)
        return { outcome: 'unknown', reason: `the evidence is no complete search, so it does not tell the ${word}` };
      if (ids.size === 0) return { outcome: 'unknown', reason: `the record gives no dates for ${pool.name}` };
      const isLater = later.some((other) => other.id === fact.id && other.part === fact.part);
      if (isLater || (!soft && later.length > 0 && ids.has(fact)))
        return {
          outcome: 'unknown',
          reason: `the record gives no day for ${later[0]!.value?.text ?? later[0]!.name}: it may be the ${word}`,
        };
      const end = ids.has(fact) ? fact : [...ids].find((other) => other.id === fact.id);
      // The last order is of its own date, also where several are told as one course from the first on.
      const moved = end !== undefined && end.date !== fact.date && sense !== 'first' && pointed(assertion);
      if (end && !moved) return { outcome: 'pass', reason: soft ? `no later ${pool.name} is known` : `it is the ${word} recorded` };
      const [other] = whole;
      return {
        outcome: 'fail',
        reason: `the ${word} ${pool.name} is of ${other?.fact.date ? formatDate(other.fact.date) : 'another date'}${other?.fact.value ? ` (${other.fact.value.text}${other.fact.value.type === 'quantity' && other.fact.value.unit ? ` ${other.fact.value.unit}` : ''})` : ''}`,
      };
    },
  };
}

/** "His second hepatitis A shot and a Td booster": of a list, the first after the word is counted. */
export function isCounted(start: number, { head }: Pool, { heads }: Assertion): boolean {
  const meant = heads.find((one) => one.start > start) ?? heads.at(-1);
  return heads.length < 2 || meant === undefined || meant.start === head.start;
}

/** "The second ended in miscarriage": what is counted is named before, not after the verb. */
const VERB_BETWEEN =
  /^\s*(?:one\s+)?(?:had |has |have )?(?:ended|ends|was|were|is|resulted|delivered|finished|led|came|went|brought|gave)\b/i;

export const countsAnother = (cue: { readonly start: number; readonly text: string }, { head }: Pool, { text }: Assertion): boolean =>
  cue.start < head.start && VERB_BETWEEN.test(text.slice(cue.start + cue.text.length, head.start));

/** "the second dose": so many in the order of their dates. */
export function nth(place: number, text: string, pool: Pool, verb: boolean): Constraint {
  const happened = pool.candidates.filter(
    ({ fact }) => fact.date !== undefined && !fact.negated && !['planned', 'cancelled', 'missed', 'refuted'].includes(fact.status),
  );
  const dates = [...new Set(happened.map(({ fact }) => dayOf(fact.date!)))].sort(compareFhirDates);
  const wanted = dates[place - 1];
  return {
    check: 'date',
    weight: 3,
    test: ({ fact }) => {
      if (!pool.search) return { outcome: 'unknown', reason: `the evidence is no complete search, so it does not tell the ${text}` };
      if (verb) return { outcome: 'unknown', reason: `it is not clear what "${text}" counts` };
      if (wanted === undefined)
        return { outcome: 'fail', reason: `the sentence says ${text}, the record holds ${dates.length} of ${pool.name}` };
      return fact.date !== undefined && dayOf(fact.date) === wanted
        ? { outcome: 'pass', reason: `it is the ${text} recorded` }
        : { outcome: 'fail', reason: `the ${text} ${pool.name} is of ${formatDate(wanted)}` };
    },
  };
}
