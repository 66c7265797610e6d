/** Is it in force, over, planned? A stopped drug is not taken; a resolved problem is not had; a booked visit did not take place. */
import { daysBetween, formatDate } from '../../language/dates.ts';
import { isBoughtFreely, isReported } from '../../records/chart/use-told.ts';
import type { Fact } from '../../records/contract.ts';
import { type Constraint, said, type Tested, type World } from '../matching/world.ts';
import type { Assertion, SaidCue } from '../reading/assertions.ts';
import type { CheckPart, Pool } from './contract.ts';
import { replacement } from './course.ts';

const LISTED = new Set<Fact['kind']>(['problem', 'medication', 'allergy', 'care-plan', 'coverage', 'goal', 'care-team', 'device']);
const OVER = new Set<Fact['status']>(['inactive', 'resolved', 'stopped', 'completed']);
const PLANNED = new Set<Fact['kind']>(['appointment', 'order', 'care-plan', 'goal']);
const NEVER_WAS = new Set<Fact['status']>(['cancelled', 'missed', 'refuted']);

const say = (fact: Fact): string => `the record says ${fact.name} is ${fact.status}${fact.end ? ` (ended ${formatDate(fact.end)})` : ''}`;
const is = (ok: boolean, fact: Fact): Tested => ({ outcome: ok ? 'pass' : 'fail', reason: say(fact) });

const notHad = (fact: Fact): string => {
  const why = fact.statusReason ? ` (${fact.statusReason})` : '';
  if (fact.status === 'missed') return `the record says that ${fact.name} was missed${why}`;
  if (fact.kind === 'immunization' || fact.kind === 'procedure') return `the record says that ${fact.name} was not given or done${why}`;
  return `the record says that there is no ${fact.name}${why}`;
};

function happened(fact: Fact): Tested {
  if (fact.negated && fact.kind === 'medication')
    return {
      outcome: fact.end ? 'unknown' : 'fail',
      reason: `the record says that ${fact.name} is not taken${fact.end ? ` (until ${formatDate(fact.end)})` : ''}`,
    };
  if (fact.negated) return { outcome: 'fail', reason: notHad(fact) };
  if (NEVER_WAS.has(fact.status)) return { outcome: 'fail', reason: say(fact) };
  if (fact.status === 'planned') return { outcome: 'fail', reason: `the record says that ${fact.name} is planned, not done` };
  if (fact.status === 'unconfirmed') return { outcome: 'unknown', reason: `the record has ${fact.name} only as unconfirmed` };
  return { outcome: 'pass', reason: say(fact) };
}

/** Words anywhere in the sentence that tell of an end. */
const OVER_BY_NOW =
  /\b(?:stopp\w+|discontinu\w+|ended|resolved|settled|removed|finished|withdrawn|in the past|previous(?:ly)?|former(?:ly)?|long since|was found|were found|at the time|intoleran\w+|allerg\w+|side[- ]effects?|reacti\w+|reacted)\b/i;

/** What is given for a problem that is over is told of that time. */
function ofThatTime(fact: Fact, assertion: Assertion, world: World): boolean {
  if (OVER_BY_NOW.test(assertion.text)) return true;
  return assertion.reasons.some((mention) =>
    world.facts.some(
      (problem) =>
        problem.kind === 'problem' &&
        OVER.has(problem.status) &&
        problem.concepts.some((id) => mention.concepts.some((concept) => concept.id === id || world.terminology.isA(id, concept.id))) &&
        fact.kind === 'medication',
    ),
  );
}

function inForce(fact: Fact): Tested {
  const was = happened(fact);
  if (was.outcome !== 'pass' || !LISTED.has(fact.kind)) return was;
  if (fact.status === 'unknown') return { outcome: 'unknown', reason: `the record does not say whether ${fact.name} is active` };
  return is(fact.status === 'active', fact);
}

function inForceOr(fact: Fact, past: boolean): Tested {
  const tested = inForce(fact);
  return past && tested.outcome === 'fail' ? { ...tested, outcome: 'unknown' } : tested;
}

/** A dose that was changed is no end of the drug: another order took the place of the one that ended. */
function wentOn(fact: Fact, assertion: Assertion, pool: Pool): Tested | undefined {
  if (!OVER.has(fact.status)) return undefined;
  const particular = assertion.quantities.some(({ role }) => role === 'value') || assertion.words.length > 0;
  const next = replacement(fact, pool, particular);
  if (!next) return undefined;
  const same = next.concepts[0] !== undefined && next.concepts[0] === fact.concepts[0];
  return {
    outcome: same && !particular ? 'fail' : 'unknown',
    reason: `the record has it going on as ${next.name}${next.date ? ` from ${formatDate(next.date)}` : ''}`,
  };
}

const TOOK_PLACE =
  /\b(?:attended|kept|went|gone|came|took place|taken place|happened|showed up|shown up|turned up|seen|saw|done|carried out|held)\b/i;

/** An appointment that is only named: one that was called off is not simply had; one that is said to have been kept must have been. */
function booked(fact: Fact, assertion: Assertion): Tested {
  if (
    TOOK_PLACE.test(assertion.text) &&
    !(assertion.cues.some((cue) => cue.type === 'negation') || /\b(?:not|n't|never)\b/i.test(assertion.text))
  )
    return happened(fact);
  return NEVER_WAS.has(fact.status) ? { outcome: 'unknown', reason: say(fact) } : { outcome: 'pass', reason: say(fact) };
}

/** What a word of status demands of a fact. */
/** What is measured, and nobody prescribes. */
const MEASURED: ReadonlySet<Fact['kind']> = new Set(['result', 'vital', 'survey', 'genotype', 'report', 'imaging']);

function test(cue: SaidCue, fact: Fact, assertion: Assertion, pool: Pool, world: World): Tested {
  const listed = LISTED.has(fact.kind);
  if (cue.negated) {
    if (['current', 'takes', 'has'].includes(cue.sense))
      return listed
        ? (OVER.has(fact.status) && !pool.candidates.some((other) => other.fact.kind === fact.kind && other.fact.status === 'active')) ||
          fact.negated
          ? { outcome: 'pass', reason: say(fact) }
          : { outcome: 'fail', reason: say(fact) }
        : { outcome: 'unknown', reason: say(fact) };
    if (['resolved', 'stopped', 'ended'].includes(cue.sense)) return inForce(fact);
    // "Without a prescription"
    if (cue.sense === 'prescribed' && isReported(fact))
      return { outcome: isBoughtFreely(fact) ? 'pass' : 'unknown', reason: reportedOnly(fact).reason };
    if (['completed', 'started', 'prescribed', 'onset', 'past'].includes(cue.sense))
      return fact.negated || NEVER_WAS.has(fact.status) ? { outcome: 'pass', reason: say(fact) } : { outcome: 'fail', reason: say(fact) };
    return { outcome: 'unknown', reason: `"not ${cue.text}" is not decided` };
  }
  switch (cue.sense) {
    case 'has':
      return fact.kind === 'appointment' && fact.status === 'planned' ? { outcome: 'pass', reason: say(fact) } : inForce(fact);
    case 'current':
      // "Colonoscopy is current": whether something that was done is still recent enough is not recorded.
      if (fact.kind === 'procedure' || fact.kind === 'immunization')
        return { outcome: 'unknown', reason: `whether ${fact.name} is ${cue.text} is not decided by the record` };
      return inForce(fact);
    case 'takes':
      if (/prescri/i.test(cue.text) && isReported(fact)) return reportedOnly(fact);
      return fact.kind === 'medication' ? inForce(fact) : listed ? inForce(fact) : happened(fact);
    case 'took':
      if (fact.kind === 'medication' && fact.status === 'active' && assertion.times.length === 0 && !world.context.patient?.deceased)
        return { outcome: 'fail', reason: `${say(fact)}, not past` };
      return happened(fact);
    case 'past':
      return happened(fact);
    case 'ended':
    case 'resolved':
    case 'stopped': {
      // A treatment that was broken off says so itself.
      if (fact.kind === 'procedure' && fact.status === 'stopped') return { outcome: 'pass', reason: say(fact) };
      if (!listed || fact.kind === 'allergy')
        return { outcome: 'unknown', reason: `the record does not say that ${fact.name} ${cue.text}` };
      const was = happened(fact);
      if (was.outcome !== 'pass') return was;
      // Said without a date, it is over altogether: no entry of the same thing may still be in force.
      const going =
        assertion.times.length === 0 &&
        assertion.quantities.length === 0 &&
        pool.candidates.find((other) => other.fact.kind === fact.kind && other.fact.status === 'active');
      // "Urinary tract infection, resolved", and an infection of the kidney goes on: another one, of a narrower name.
      if (going && OVER.has(fact.status) && fact.concepts[0] !== undefined && !going.fact.concepts.includes(fact.concepts[0]))
        return { outcome: 'unknown', reason: `${say(going.fact)}${going.fact.date ? ` since ${formatDate(going.fact.date)}` : ''}` };
      if (going && OVER.has(fact.status))
        return { outcome: 'fail', reason: `${say(going.fact)}${going.fact.date ? ` since ${formatDate(going.fact.date)}` : ''}` };
      return wentOn(fact, assertion, pool) ?? is(OVER.has(fact.status), fact);
    }
    case 'started':
    case 'onset':
    case 'prescribed':
      if (cue.sense === 'prescribed' && MEASURED.has(fact.kind))
        return { outcome: 'unknown', reason: `"${cue.text}" is not stated of ${fact.name}` };
      if (cue.sense === 'prescribed' && isReported(fact)) return reportedOnly(fact);
      if (cue.sense === 'onset' && fact.kind === 'medication' && !/^beg[au]n|began/.test(cue.text.toLowerCase()))
        return { outcome: 'unknown', reason: `${fact.name} is a drug in the record` };
      return happened(fact);
    case 'completed':
      // An order proves no more than that it was ordered.
      if (fact.kind === 'order' && fact.status !== 'completed') return { outcome: 'unknown', reason: say(fact) };
      if (fact.kind === 'medication' && !/given|receiv|got|gotten|administered/i.test(cue.text))
        return wentOn(fact, assertion, pool) ?? is(OVER.has(fact.status) && fact.status !== 'inactive', fact);
      if (fact.kind === 'problem' && /^(?:completed|finished|done)$/i.test(cue.text)) return is(OVER.has(fact.status), fact);
      if (COMPLETED.test(cue.text)) {
        const broken = brokenOff(fact, pool);
        if (broken) return { outcome: 'fail', reason: say(broken) };
        if (goesOn(fact, pool, world)) return { outcome: 'unknown', reason: `the record does not say that ${fact.name} came to its end` };
      }
      return happened(fact);
    case 'planned':
      if (fact.kind === 'appointment' && fact.status === 'active') return { outcome: 'pass', reason: say(fact) };
      // What was done does not speak against a plan to do it again.
      return fact.status === 'planned' || NEVER_WAS.has(fact.status) || (PLANNED.has(fact.kind) && OVER.has(fact.status))
        ? is(fact.status === 'planned', fact)
        : { outcome: 'unknown', reason: `the record does not say that ${fact.name} is planned` };
    case 'cancelled':
      if (fact.negated)
        return failedSo(cue.text, fact) ? { outcome: 'pass', reason: say(fact) } : { outcome: 'unknown', reason: say(fact) };
      // What took place another time does not speak against one that was missed.
      return NEVER_WAS.has(fact.status) || assertion.times.length === 0
        ? is(fact.status === 'cancelled' || fact.status === 'missed', fact)
        : { outcome: 'unknown', reason: `the record does not say that ${fact.name} was ${cue.text}` };
    case 'held':
      if (fact.kind !== 'medication') return happened(fact);
      return is(fact.status === 'inactive', fact);
    case 'unconfirmed':
      return is(fact.status === 'unconfirmed', fact);
    case 'refuted':
      return is(fact.status === 'refuted', fact);
    default:
      return { outcome: 'unknown', reason: `"${cue.text}" is not decided by the record` };
  }
}

/** What the patient is said to take was not prescribed by that; where it was bought, it was not. */
const reportedOnly = (fact: Fact): Tested => ({
  outcome: isBoughtFreely(fact) ? 'fail' : 'unknown',
  reason: `the record has ${fact.name} as reported${isBoughtFreely(fact) ? ', taken without a prescription' : ', not as prescribed'}`,
});

const COMPLETED = /\b(?:complet|finish)/i;
const DONE_TO_THE_END = new Set<Fact['kind']>(['procedure', 'care-plan', 'immunization', 'order', 'visit']);

/** What was stopped before its end, or goes on, is not completed: the thing itself, or the last of a series of sessions. */
function brokenOff(fact: Fact, pool: Pool): Fact | undefined {
  const open = ({ status }: Fact): boolean => status === 'stopped' || status === 'active' || status === 'inactive';
  if (!DONE_TO_THE_END.has(fact.kind)) return undefined;
  if (open(fact)) return fact;
  return pool.candidates
    .map((candidate) => candidate.fact)
    .find(
      (other) =>
        other.kind === fact.kind && other.concepts[0] === fact.concepts[0] && open(other) && (other.date ?? '') >= (fact.date ?? ''),
    );
}

const SESSIONS = 3;
const LATELY = 45;

/** A row of sessions, the last of them not long ago: each is done, the whole need not be. */
function goesOn(fact: Fact, pool: Pool, { context }: World): boolean {
  const sessions = pool.candidates.filter((other) => other.fact.kind === 'procedure' && other.fact.date !== undefined);
  return (
    fact.kind === 'procedure' &&
    sessions.length >= SESSIONS &&
    sessions.some((other) => daysBetween(other.fact.end ?? other.fact.date!, context.now) <= LATELY)
  );
}

/** Missed, called off and declined are told apart where the record does. */
export function failedSo(text: string, { kind, status, statusReason }: Fact): boolean {
  if (/missed|no-show|attend/i.test(text)) return !(kind === 'appointment' && status === 'cancelled');
  if (/cancel|called off/i.test(text)) return !(kind === 'appointment' && status === 'missed');
  if (/declin|refus/i.test(text)) return statusReason === undefined || /declin|refus|object|reject|unwilling|patient/i.test(statusReason);
  return true;
}

const KNOWN_HEADERS = new Set(['section/medications', 'section/problems', 'section/allergies']);

/** A bare name in the present reads as in force: "HTN, metformin 500 mg". Not where a date, a past tense or a heading of history says otherwise. */
function bare(assertion: Assertion): boolean {
  const cues = assertion.cues.some((cue) => cue.type === 'status' && !(cue.sense === 'prescribed' && assertion.tense.present));
  return (
    !cues &&
    assertion.times.length === 0 &&
    !assertion.tense.past &&
    !said(assertion, 'order') &&
    !said(assertion, 'visit') &&
    !said(assertion, 'link') &&
    !assertion.quantities.some((quantity) => quantity.role === 'duration')
  );
}

export const status: CheckPart = {
  constraints(assertion, pool, world) {
    const found: Constraint[] = [];
    const cues = assertion.cues.filter((cue) => cue.type === 'status');
    const strongest = cues.some((cue) => ['past', 'ended', 'stopped', 'resolved', 'completed', 'took'].includes(cue.sense));
    for (const cue of cues) {
      // "has resolved", "has been stopped", "had" with a more exact word: the exact word decides.
      if (cue.sense === 'current' && strongest && /^(?:now|currently|presently|at present|as of now|at this time)$/i.test(cue.text))
        continue;
      if (
        cue.sense === 'has' &&
        (strongest ||
          cues.some((other) => other !== cue && ['onset', 'started', 'prescribed', 'cancelled', 'planned'].includes(other.sense)))
      )
        continue;
      // "Refused the flu jab": what was refused was not given.
      if (cue.sense === 'completed' && cues.some((other) => other.sense === 'cancelled' && !other.negated)) continue;
      found.push({
        check: 'status',
        weight: 3,
        test: ({ fact }) =>
          assertion.negated || assertion.noLonger ? { outcome: 'pass', reason: '' } : test(cue, fact, assertion, pool, world),
      });
    }
    if (assertion.negated || assertion.noLonger) return found;
    const header = assertion.header && KNOWN_HEADERS.has(assertion.header.id) && !/history/i.test(assertion.header.name);
    if (bare(assertion))
      found.push({
        check: 'status',
        weight: 2,
        test: ({ fact }) =>
          LISTED.has(fact.kind) && (header || fact.kind === 'medication' || fact.kind === 'problem' || fact.kind === 'allergy')
            ? inForceOr(fact, OVER.has(fact.status) && ((!header && !assertion.tense.present) || ofThatTime(fact, assertion, world)))
            : fact.kind === 'appointment'
              ? booked(fact, assertion)
              : happened(fact),
      });
    else if (cues.length === 0)
      found.push({
        check: 'status',
        weight: 1,
        test: ({ fact }) => (fact.kind === 'appointment' ? booked(fact, assertion) : happened(fact)),
      });
    return found;
  },
};
