import { type Day, minus, plus } from '../../generator/calendar.ts';
import { dateWords } from '../../generator/note.ts';
import type { Visit } from '../../generator/visit.ts';
import { takeHistory } from './notes.ts';
import { againstCystitis, againstOtitis, againstStreptococci, allergic, course, painkiller } from './remedies.ts';
import { ageOn, type Told } from './told.ts';

/** Something that comes and goes. */
interface Episode {
  readonly key: string;
  readonly reason: string;
  /** How often, beside the others, at an age. */
  readonly weight: (told: Told, age: number) => number;
  /** Tests that prove it, where somebody sees the patient. */
  readonly proof?: readonly string[];
  readonly days: number;
  /** Days from its beginning to the visit, at least and at most; a few where not given. */
  readonly since?: readonly [least: number, most: number];
  readonly act?: (told: Told, visit: Visit, why: string) => void;
}
const adult = (weight: number) => (_: Told, age: number) => (age >= 18 ? weight : 0);
const child = (weight: number) => (_: Told, age: number) => (age < 18 ? weight : 0);
const all = (weight: number) => () => weight;

const EPISODES: readonly Episode[] = [
  {
    key: 'uri',
    reason: 'Cold and cough',
    weight: all(26),
    days: 9,
    act: (_, visit) => visit.plans('Rest and fluids; no antibiotic is needed'),
  },
  {
    key: 'sinusitis',
    since: [6, 11],
    reason: 'Facial pressure and a blocked nose',
    weight: adult(9),
    days: 12,
    act: (told, visit, why) =>
      told.chance.of(`sinus/${visit.day()}`).chance(0.5) && !allergic(told, 'penicillin', 'amoxicillin')
        ? course(told, visit, 'amox-clav-875', { times: 2, days: 7 }, why)
        : visit.plans('Saline rinses'),
  },
  {
    key: 'bronchitis',
    since: [12, 16],
    reason: 'Cough for two weeks',
    weight: adult(8),
    days: 20,
    act: (_, visit) => visit.plans('The cough ends by itself within three weeks'),
  },
  {
    key: 'pharyngitis-strep',
    reason: 'Sore throat',
    weight: (_, age) => (age >= 4 && age < 40 ? 8 : 0),
    proof: ['strep-antigen'],
    days: 8,
    act: againstStreptococci,
  },
  { key: 'otitis-media', reason: 'Earache', weight: (_, age) => (age < 8 ? 22 : 0), days: 10, act: againstOtitis },
  {
    key: 'influenza',
    since: [1, 2],
    reason: 'Fever and aches',
    proof: ['influenza-a-antigen'],
    weight: all(5),
    days: 8,
    act: (told, visit, why) =>
      ageOn(told, visit.day()) >= 18 && told.record.body.level('egfr', visit.day()) >= 60
        ? course(told, visit, 'oseltamivir-75', { times: 2, days: 5 }, why)
        : visit.plans('Rest and fluids'),
  },
  {
    key: 'covid',
    reason: 'Cough and fever',
    proof: ['covid-antigen'],
    weight: all(6),
    days: 10,
    act: (_, visit) => visit.plans('Rest and fluids; to come back if short of breath'),
  },
  {
    key: 'uti',
    reason: 'Burning on passing urine',
    weight: (told, age) => (age < 18 ? 0 : told.health.sex === 'female' ? 13 : 2),
    proof: ['urine-leukocyte-esterase', 'urine-nitrite'],
    days: 6,
    act: againstCystitis,
  },
  {
    key: 'cellulitis',
    reason: 'Red and swollen leg',
    weight: (told, age) => (age >= 18 ? (told.health.bmi >= 35 ? 5 : 2) : 0),
    days: 9,
    act: (told, visit, why) =>
      allergic(told, 'cephalexin', 'penicillin')
        ? course(told, visit, 'doxycycline-100', { times: 2, days: 7 }, why)
        : course(told, visit, 'cephalexin-500', { times: told.record.body.level('egfr', visit.day()) < 30 ? 2 : 4, days: 7 }, why),
  },
  {
    key: 'ankle-sprain',
    since: [0, 2],
    reason: 'Twisted ankle',
    weight: (_, age) => (age >= 8 && age < 65 ? 7 : 1),
    days: 24,
    act: painkiller,
  },
  {
    key: 'laceration-hand',
    since: [0, 0],
    reason: 'Cut on the hand',
    weight: all(3),
    days: 12,
    act: (_, visit) => void visit.perform('wound-care'),
  },
  {
    key: 'concussion',
    since: [0, 1],
    reason: 'Knocked head in sport',
    weight: (_, age) => (age >= 10 && age < 25 ? 4 : 0),
    days: 14,
    act: (_, visit) => visit.plans('Rest from sport until there are no complaints'),
  },
  { key: 'sciatica', since: [5, 20], reason: 'Pain from the back into the leg', weight: adult(6), days: 40, act: painkiller },
  { key: 'contusion-head', since: [0, 1], reason: 'Bump on the head', weight: child(4), days: 5 },
];

/** A visit for something that comes and goes; none where the same is going on. */
export function acuteVisit(told: Told, day: Day, index: number): void {
  const age = ageOn(told, day);
  const episode = told.chance.of(`acute/${index}`).weighted(EPISODES.map((one) => [one, one.weight(told, age)] as const));
  const kind = told.chance.of(`acute/kind/${index}`).pick(['urgent', 'urgent', 'office', 'video'] as const);
  told.record.visit(
    {
      day,
      kind: kind === 'video' && /sprain|laceration|contusion|otitis|strep|influenza|cellulitis/.test(episode.key) ? 'urgent' : kind,
      reason: episode.reason,
      booked: 1,
    },
    (visit) => {
      takeHistory(told, visit);
      if (visit.spec.kind !== 'video') {
        if (/uri|sinusitis|bronchitis|strep|otitis|influenza|covid/.test(episode.key)) {
          told.record.body.fix(
            'temperature',
            visit.now(),
            /influenza|covid|strep|otitis/.test(episode.key) ? told.chance.of(`fever/${index}`).whole(378, 391) / 10 : 36.9,
          );
          visit.vitals('temperature', 'heart-rate');
        } else visit.vitals(...(age < 3 ? ['heart-rate'] : ['blood-pressure', 'heart-rate']));
        // What children are given goes by their weight.
        if (age < 18) visit.vitals('weight');
        for (const test of episode.proof ?? []) visit.presence(test, 'positive');
      }
      const sick = told.chance.of(`since/${index}`).whole(...(episode.since ?? [1, 4]));
      const onset = minus(visit.day(), { days: sick });
      visit.says(`${episode.reason} since ${dateWords(onset)}`);
      if (visit.spec.kind === 'video' && episode.key === 'covid') visit.says('A rapid test at home was positive.');
      const over = plus(visit.day(), { days: episode.days });
      const problem = visit.diagnose(episode.key, {
        onset: onset < told.sampled.person.birthDate ? told.sampled.person.birthDate : onset,
        category: 'encounter-diagnosis',
        ...(over <= told.record.asOf ? { until: over } : {}),
      });
      episode.act?.(told, visit, problem.label.toLowerCase());
    },
  );
}
