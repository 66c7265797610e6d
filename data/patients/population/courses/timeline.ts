import { type Day, daysFrom, minus, openDay, openDayBefore, plus } from '../../generator/calendar.ts';
import type { PatientRecord } from '../../generator/record.ts';
import type { Visit } from '../../generator/visit.ts';
import type { VisitKind } from '../../generator/visit-kinds.ts';
import { setAdultBody, setChildBody } from '../body.ts';
import type { Health } from '../health.ts';
import type { Sampled } from '../person.ts';
import { treated } from '../tables.ts';
import { acuteVisit } from './acute.ts';
import { allergies, family, immunizations, insurance, screenings, socialNeeds } from './background.ts';
import { begin } from './chronic.ts';
import { knownKidneyDisease } from './circulation.ts';
import { FINDINGS, findAt } from './finding.ts';
import { assess, carryOn, takeHistory, unexplained } from './notes.ts';
import { spareNsaid } from './nsaid.ts';
import { mayBePregnant, pregnancy } from './pregnancy.ts';
import { snoring } from './sleep.ts';
import { lowMood, takeUp } from './take-up.ts';
import type { Told } from './told.ts';
import { treatKnown } from './untreated.ts';
import { childhood } from './young.ts';

/** Something that happens on a day. */
export interface Event {
  readonly day: Day;
  /** It had an appointment, which may have been missed or cancelled before. */
  readonly booked: boolean;
  readonly reason: string;
  /** Told on its day, or the next one that the clinic is open and the patient has no other visit. */
  readonly run: (day: Day) => void;
}

/** Tells somebody's last years: what was there before them, and then day by day. */
export function tell(record: PatientRecord, sampled: Sampled, health: Health): void {
  const chance = record.random.of('course');
  const conditions = health.onset.size;
  const years = health.age < 18 ? 3.2 : conditions >= 8 ? 1.6 : conditions >= 5 ? 1.9 : conditions >= 2 ? 2.6 : 3.8;
  const began = minus(record.asOf, { days: Math.round((years + chance.of('from').between(-0.2, 0.4)) * 365) });
  const from = began < sampled.person.birthDate ? sampled.person.birthDate : began;
  const told: Told = {
    record,
    health,
    sampled,
    from,
    chance,
    problems: new Map(),
    allergies: new Set(),
    care: [],
    drugs: new Map(),
    courses: [],
    again: new Set(),
  };
  if (health.age < 18) setChildBody(record, health);
  else setAdultBody(record, health, from);
  insurance(told);
  allergies(told);
  family(told);
  if (health.smoking) record.smoking(health.smoking, plus(from, { days: Math.min(120, Math.max(0, daysFrom(from, record.asOf) - 1)) }));
  const events = health.age < 18 ? childhood(told) : adulthood(told);
  happen(told, [...events]);
  immunizations(told);
  if (health.age >= 18) screenings(told);
  plan(told);
}

/** Runs what happens in the order of its days, with the appointments that came to nothing before it. */
function happen({ record, chance, from, sampled }: Told, events: Event[]): void {
  events.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  // Each has an own chance of missing; who has missed one is likelier to miss the next (as no-show studies find throughout).
  const person = Math.min(2.6, Math.max(0.15, chance.of('missing').between(0, 1) ** 2.2 * 3.1 + (sampled.needs.length > 0 ? 0.6 : 0)));
  let before = 0;
  const taken = new Set<Day>();
  let last: Day | undefined;
  for (const [index, { day: planned, booked, reason, run }] of events.entries()) {
    const day = openDay(last !== undefined && last >= planned ? plus(last, { days: 1 }) : planned);
    if (day > record.asOf) continue;
    last = day;
    taken.add(day);
    const draw = chance.of(`kept/${index}`);
    const odds = (treated('missed') + treated('cancelled')) / (1 - treated('missed') - treated('cancelled'));
    if (booked && draw.chance(Math.min(0.8, odds * person * (1 + 0.3 * Math.min(2, before))))) {
      const missed = openDayBefore(minus(day, { days: draw.whole(9, 34) }));
      if (missed > from && !taken.has(missed)) {
        taken.add(missed);
        const noshow = draw.chance(treated('missed') / (treated('missed') + treated('cancelled')));
        record.missed({
          day: missed,
          with: sampled.person.primaryCare,
          reason,
          outcome: noshow ? 'noshow' : 'cancelled',
          why: noshow
            ? draw.pick(
                sampled.needs.includes('transport-insecurity') ? ['No ride'] : ['Forgot', 'Could not leave work', 'No reason given'],
              )
            : draw.pick(['Feels better', 'Another appointment at that time', 'Ill that day', 'Work']),
          ...(noshow ? {} : { by: 'patient' as const }),
        });
        before += 1;
      }
    }
    run(day);
  }
}

function adulthood(told: Told): readonly Event[] {
  const { record, health, chance, from } = told;
  const expecting = mayBePregnant(told) && chance.of('pregnancy').chance(0.08);
  const onsets = [...health.onset].sort(([, a], [, b]) => (a < b ? -1 : 1));
  const events: Event[] = [];
  for (const [key, onset] of onsets) {
    const known = FINDINGS[key] === undefined || onset < from;
    if (known) begin(told, key, { day: onset });
    else {
      if (key === 'sleep-apnea' && minus(onset, { days: 35 }) > from) events.push(snoring(told, onset));
      events.push({
        day: onset,
        booked: true,
        reason: FINDINGS[key]!.reason,
        run: (day) => {
          // Results of an earlier visit may have shown it.
          if (told.problems.has(key)) return;
          record.visit({ day, kind: 'office', reason: FINDINGS[key]!.reason }, (visit) => findAt(told, key, visit));
        },
      });
    }
  }
  if (health.bmi >= 30 && chance.of('obesity').chance(treated('obesity-recorded')))
    told.problems.set('obesity', record.problem(health.bmi >= 40 ? 'severe-obesity' : 'obesity', from));
  knownKidneyDisease(told);

  const span = daysFrom(from, record.asOf);
  const load = told.care.reduce((sum, { weight }) => sum + weight, 0) + events.length * 0.5;
  const perYear = load >= 6 ? 2.7 : load >= 3 ? 2.3 : load >= 1 ? 1.6 : health.age >= 50 ? 0.85 : 0.6;
  const visits = Math.max(1, Math.round((span / 365) * perYear));
  for (let i = 0; i < visits; i++) {
    const day = plus(from, { days: Math.min(span - 6, Math.round(((i + chance.of(`visit/${i}`).between(0.15, 0.85)) * span) / visits)) });
    events.push({ day, booked: true, reason: i % 3 === 0 ? 'Yearly check-up' : 'Follow-up', run: (on) => followUp(told, on, i) });
  }
  const episodes = Math.round((span / 365) * chance.of('episodes').between(0, 0.9));
  for (let i = 0; i < episodes; i++) {
    const day = plus(from, { days: chance.of(`episode/${i}`).whole(20, span - 6) });
    events.push({ day, booked: false, reason: 'acute', run: (on) => acuteVisit(told, on, i) });
  }
  if (expecting) events.push(...pregnancy(told));
  return events;
}

/** A check-up or a follow-up: what is known is looked at, and what the results ask for is done. */
function followUp(told: Told, day: Day, number: number): void {
  const { record, health, care, chance } = told;
  const checkup = number % 3 === 0;
  // What began on a later day is not known yet.
  const followed = care.filter(({ problem }) => problem.resource.recordedDate! <= day);
  const seen = [...followed].sort((a, b) => b.weight - a.weight).slice(0, 4);
  const kind: VisitKind = checkup ? 'checkup' : seen.length > 0 && chance.of(`kind/${number}`).chance(0.12) ? 'video' : 'office';
  const words = seen.map((one) => one.words);
  const reason = checkup
    ? words.length === 0
      ? 'Prevention'
      : `Prevention, and ${list(words.slice(0, 3))}`
    : words.length === 0
      ? 'Questions about health'
      : `Follow-up of ${list(words.slice(0, 3))}`;
  record.visit({ day, kind, reason, for: seen.map(({ problem }) => problem) }, (visit: Visit) => {
    takeHistory(told, visit, { checkup });
    if (kind !== 'video')
      visit.vitals('blood-pressure', 'heart-rate', 'weight', ...(number === 0 ? ['height', 'bmi'] : checkup ? ['bmi'] : []));
    const labs = new Set(followed.flatMap(({ labs: of }) => of?.(number) ?? []));
    if (checkup && number === 0) for (const key of screeningLabs(told)) labs.add(key);
    for (const key of told.again) if (key !== 'phq9' && told.again.delete(key)) labs.add(key);
    if (labs.has('bmp') && labs.has('cmp')) labs.delete('bmp');
    if (kind !== 'video' || labs.size > 0) visit.labs(...labs);
    takeUp(told, visit);
    treatKnown(told, visit);
    if (!health.has('depression')) {
      const points = chance.of(`phq2/${number}`).weighted([
        [0, 70],
        [1, 17],
        [2, 9],
        [3, 4],
      ] as const);
      if (checkup) visit.score('phq2', points);
      lowMood(told, visit, checkup ? points : undefined);
    }
    if (checkup) socialNeeds(told, visit);
    for (const one of followed) if (kind !== 'video' || !/blood pressure/.test(one.words)) assess(told, visit, one);
    spareNsaid(told, visit);
    if (checkup) carryOn(told, visit, followed);
    unexplained(told, visit);
    if (health.smoking === 'daily' || health.smoking === 'some') {
      if (checkup) visit.perform('smoking-cessation');
    }
  });
}

/** Blood tests of the first check-up: lipids and glucose where age or weight asks for them (USPSTF 2021: prediabetes and diabetes at 35 to 70 with overweight). */
function screeningLabs({ health, chance }: Told): readonly string[] {
  const { age, sex, bmi } = health;
  return [
    ...(age >= 25 || bmi >= 30 ? ['cmp', 'lipids'] : []),
    ...(age >= 35 && bmi >= 25 ? ['hba1c'] : chance.of('screening/hba1c').chance(0.2) ? ['hba1c'] : []),
    ...(chance.of('screening/cbc').chance(age >= 60 || (sex === 'female' && age < 50) ? 0.6 : 0.35) ? ['cbc'] : []),
    ...(chance.of('screening/tsh').chance(sex === 'female' ? 0.3 : 0.12) ? ['tsh'] : []),
    ...(chance.of('screening/urate').chance(0.1) ? ['urate'] : []),
    ...(sex === 'male' && age >= 55 && age < 70 && chance.of('screening/psa').chance(0.4) ? ['psa'] : []),
  ];
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** Who cares, what is aimed at, and what comes next. */
function plan(told: Told): void {
  const { record, care, chance, health, from, problems } = told;
  const { primaryCare } = record.person;
  const serious = care.filter(({ weight }) => weight >= 1);
  if (serious.length >= 2) {
    record.careTeam(
      [primaryCare, 'mbeki', ...(health.has('heart-failure', 'coronary-disease', 'atrial-fibrillation') ? (['iyer'] as const) : [])],
      from,
    );
    const diabetes = problems.get('type-2-diabetes') ?? problems.get('type-1-diabetes');
    const hypertension = problems.get('hypertension');
    const goals = [
      ...(diabetes
        ? [
            record.goal(`Hemoglobin A1c below ${health.age >= 75 ? 8 : 7} %`, {
              start: from,
              target: { test: 'hba1c', below: health.age >= 75 ? 8 : 7 },
              for: diabetes,
            }),
          ]
        : []),
      ...(hypertension
        ? [record.goal('Blood pressure below 130/80 mmHg', { start: from, target: { test: 'systolic', below: 130 }, for: hypertension })]
        : []),
    ];
    if (goals.length > 0)
      record.carePlan(`Care plan: ${list(serious.slice(0, 3).map(({ words }) => words))}`, {
        start: from,
        for: serious.map(({ problem }) => problem),
        goals,
        activities: ['Take the medicines as agreed', 'Walk on most days', 'Bring all medicines to each visit'],
      });
  }
  if (chance.of('booked').chance(treated('booked')))
    record.book({
      after: record.ahead({ days: chance.of('booked/day').whole(2, 30) }),
      with: primaryCare,
      reason: health.age < 18 ? 'Well-child visit' : care.length > 0 ? `Follow-up of ${care[0]!.words}` : 'Yearly check-up',
    });
}
