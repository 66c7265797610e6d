/** Where a visit took place: an emergency is no check-up, an outpatient was not admitted. */
import type { Fact } from '../../records/contract.ts';
import { dayOf, lengthOf } from '../matching/dates.ts';
import type { Constraint, Tested, World } from '../matching/world.ts';
import type { CheckPart } from './contract.ts';

type Setting = 'inpatient' | 'emergency' | 'urgent' | 'wellness' | 'ambulatory';

const CLASSES: readonly (readonly [Setting, RegExp])[] = [
  ['emergency', /emergency|\bemer\b/i],
  ['inpatient', /inpatient|\bacute\b|hospital admission|\bimp\b|hospitali[sz]ation/i],
  ['urgent', /urgent/i],
  ['wellness', /check.?up|wellness|well (?:child|visit|woman)|preventi|general exam|physical exam|annual|screening visit/i],
];

function settingsOf(visit: Fact): ReadonlySet<Setting> {
  const text = `${visit.details?.['class'] ?? ''} ${visit.name} ${visit.names.join(' ')}`;
  const found = new Set<Setting>(CLASSES.filter(([, words]) => words.test(text)).map(([setting]) => setting));
  if (!found.has('inpatient') && !found.has('emergency')) found.add('ambulatory');
  return found;
}

export const isCheckUp = (visit: Fact): boolean => settingsOf(visit).has('wellness');

const WORDS: Readonly<Record<Setting, string>> = {
  inpatient: 'an inpatient stay',
  emergency: 'an emergency visit',
  urgent: 'an urgent care visit',
  wellness: 'a check-up',
  ambulatory: 'an outpatient visit',
};

function test(said: Setting, text: string, fact: Fact, world: World): Tested {
  const visits = world.facts.filter((other) => other.kind === 'visit' && other.status !== 'cancelled' && other.status !== 'missed');
  const own =
    fact.kind === 'visit'
      ? [fact]
      : visits.filter((visit) =>
          fact.visit ? visit.id === fact.visit : visit.date && fact.date && dayOf(visit.date) === dayOf(fact.date),
        );
  if (own.length === 0) return { outcome: 'unknown', reason: `the record does not say at what kind of visit (${text})` };
  const found = own.find((visit) => settingsOf(visit).has(said));
  if (found) return { outcome: 'pass', reason: `the record says ${found.name}` };
  const [first] = own;
  return {
    outcome: 'fail',
    reason: `the sentence says ${text}, the record says ${first!.name} (${WORDS[[...settingsOf(first!)][0] ?? 'ambulatory']})`,
  };
}

/** "Admitted via the emergency department": the stay had an emergency visit before it, which is another entry of that day. */
const VIA = /\b(?:via|through|from|by way of|out of)\s+(?:the\s+|our\s+|an?\s+)?$/i;

function cameThrough(text: string, fact: Fact, world: World): Tested {
  const found = world.facts.find(
    (visit) =>
      visit.kind === 'visit' &&
      visit.status !== 'cancelled' &&
      visit.status !== 'missed' &&
      settingsOf(visit).has('emergency') &&
      visit.date !== undefined &&
      fact.date !== undefined &&
      Math.abs(lengthOf(dayOf(visit.date), dayOf(fact.date))) <= 1,
  );
  return found
    ? { outcome: 'pass', reason: `the record says ${found.name}` }
    : { outcome: 'unknown', reason: `the record does not say that it was by way of "${text}"` };
}

export const setting: CheckPart = {
  constraints(assertion, _pool, world) {
    const cues = assertion.cues.filter((cue) => cue.type === 'visit' && cue.sense !== 'visit' && !cue.negated);
    // "admitted to the emergency department"
    const emergency = cues.some((cue) => cue.sense === 'emergency');
    return cues
      .filter((cue) => !(emergency && cue.sense === 'inpatient' && /admitted/i.test(cue.text)))
      .map(
        (cue): Constraint => ({
          check: 'entity',
          weight: 2,
          test: ({ fact }) =>
            cue.sense === 'emergency' && VIA.test(assertion.text.slice(0, cue.start))
              ? cameThrough(cue.text, fact, world)
              : test(cue.sense as Setting, cue.text, fact, world),
        }),
      );
  },
};
