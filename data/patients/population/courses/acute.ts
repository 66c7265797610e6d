import { type Day, minus, plus } from '../../generator/calendar.ts';
import { dateWords } from '../../generator/note.ts';
import type { Dosage } from '../../generator/orders.ts';
import type { Visit } from '../../generator/visit.ts';
import { mayTakeNsaid } from './chronic.ts';
import { takeHistory } from './notes.ts';
import type { Told } from './told.ts';

/** Something that comes and goes. */
interface Episode {
  readonly key: string;
  readonly reason: string;
  /** How often, beside the others, at an age. */
  readonly weight: (told: Told) => number;
  readonly days: number;
  /** Days from its beginning to the visit, at least and at most; a few where not given. */
  readonly since?: readonly [least: number, most: number];
  readonly act?: (told: Told, visit: Visit, why: string) => void;
}
const age = (told: Told): number => told.health.age;
const adult = (weight: number) => (told: Told) => (age(told) >= 18 ? weight : 0);
const child = (weight: number) => (told: Told) => (age(told) < 18 ? weight : 0);
const all = (weight: number) => () => weight;

const course = (told: Told, visit: Visit, drug: string, dosage: Dosage, why: string): void =>
  void told.courses.push(visit.start(drug, dosage, { because: why }));
const allergic = (told: Told, ...to: string[]): boolean => to.some((key) => told.allergies.has(key));

function painkiller(told: Told, visit: Visit, why: string): void {
  if (age(told) >= 18 && mayTakeNsaid(told, visit.day()) && !allergic(told, 'ibuprofen', 'naproxen', 'aspirin') && !told.drugs.has('pain'))
    course(told, visit, 'ibuprofen-600', { times: 3, when: 'meals', days: 5 }, why);
  else if (age(told) >= 12 && !told.drugs.has('pain'))
    course(told, visit, 'acetaminophen-500', { amount: age(told) >= 18 ? 2 : 1, times: 3, days: 5 }, why);
}
/** Amoxicillin by weight for a child: 90 mg/kg a day in two doses, at most 2 g each (AAP guideline for otitis media 2013). */
function amoxicillin(told: Told, visit: Visit, why: string): void {
  if (allergic(told, 'penicillin', 'amoxicillin')) {
    if (age(told) >= 18) course(told, visit, 'azithromycin-250', { days: 5 }, why);
    return;
  }
  if (age(told) >= 12) course(told, visit, 'amoxicillin-500', { times: 2, days: 10 }, why);
  else
    course(
      told,
      visit,
      'amoxicillin-susp',
      { amount: Math.round(Math.min(2000, told.record.body.level('weight', visit.day()) * 45) / 20) * 20, times: 2, days: 10 },
      why,
    );
}

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
    weight: (told) => (age(told) >= 4 && age(told) < 40 ? 8 : 0),
    days: 8,
    act: amoxicillin,
  },
  { key: 'otitis-media', reason: 'Earache', weight: (told) => (age(told) < 8 ? 22 : 0), days: 10, act: amoxicillin },
  {
    key: 'influenza',
    since: [1, 2],
    reason: 'Fever and aches',
    weight: all(5),
    days: 8,
    act: (told, visit, why) =>
      age(told) >= 18 && told.record.body.level('egfr', visit.day()) >= 60
        ? course(told, visit, 'oseltamivir-75', { times: 2, days: 5 }, why)
        : visit.plans('Rest and fluids'),
  },
  {
    key: 'covid',
    reason: 'Cough and fever',
    weight: all(6),
    days: 10,
    act: (_, visit) => visit.plans('Rest and fluids; to come back if short of breath'),
  },
  {
    key: 'uti',
    reason: 'Burning on passing urine',
    weight: (told) => (age(told) < 18 ? 0 : told.health.sex === 'female' ? 13 : 2),
    days: 6,
    act: (told, visit, why) => {
      if (!told.problems.has('pregnancy') && told.record.body.level('egfr', visit.day()) >= 45 && !allergic(told, 'nitrofurantoin'))
        course(told, visit, 'nitrofurantoin-100', { times: 2, days: 5 }, why);
      else if (!allergic(told, 'cephalexin'))
        course(told, visit, 'cephalexin-500', { times: told.record.body.level('egfr', visit.day()) < 30 ? 1 : 2, days: 7 }, why);
    },
  },
  {
    key: 'cellulitis',
    reason: 'Red and swollen leg',
    weight: (told) => (age(told) >= 18 ? (told.health.bmi >= 35 ? 5 : 2) : 0),
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
    weight: (told) => (age(told) >= 8 && age(told) < 65 ? 7 : 1),
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
    weight: (told) => (age(told) >= 10 && age(told) < 25 ? 4 : 0),
    days: 14,
    act: (_, visit) => visit.plans('Rest from sport until there are no complaints'),
  },
  { key: 'sciatica', since: [5, 20], reason: 'Pain from the back into the leg', weight: adult(6), days: 40, act: painkiller },
  { key: 'contusion-head', since: [0, 1], reason: 'Bump on the head', weight: child(4), days: 5 },
];

/** A visit for something that comes and goes; none where the same is going on. */
export function acuteVisit(told: Told, day: Day, index: number): void {
  const episode = told.chance.of(`acute/${index}`).weighted(EPISODES.map((one) => [one, one.weight(told)] as const));
  const kind = told.chance.of(`acute/kind/${index}`).pick(['urgent', 'urgent', 'office', 'video'] as const);
  told.record.visit(
    {
      day,
      kind: kind === 'video' && /sprain|laceration|contusion|otitis|strep|cellulitis/.test(episode.key) ? 'urgent' : kind,
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
        } else visit.vitals(...(age(told) < 3 ? ['heart-rate', 'weight'] : ['blood-pressure', 'heart-rate']));
      }
      const sick = told.chance.of(`since/${index}`).whole(...(episode.since ?? [1, 4]));
      const onset = minus(visit.day(), { days: sick });
      visit.says(`${episode.reason} since ${dateWords(onset)}`);
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
