import { type Day, daysFrom, every, minus, plus } from '../generator/calendar.ts';
import type { PatientRecord } from '../generator/record.ts';
import { childAt, type Health } from './health.ts';
import { between } from './tables.ts';

const within = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Sets the untreated levels of an adult: what each person has of their own, what age does, and what the problems do. Drugs act on them later.
 * Means and spreads of people without the problem in question are rounded from NHANES 2001-2020 (blood pressure: NHSR 35; lipids and
 * HbA1c: NHANES 2013-2020; urate: Chen-Xu et al. 2019; TSH: NHANES 2007-2012, median 1.5, Jain 2015); what is measured against NHANES is said by `describe`.
 */
export function setAdultBody(record: PatientRecord, health: Health, from: Day): void {
  const { body, random, asOf } = record;
  const { sex, age, bmi, height, has } = health;
  const female = sex === 'female';
  const normal = (key: string, mean: number, sd: number) => random.of(`level/${key}`).normal(mean, sd);
  const early = minus(asOf, { years: 20 });
  const set = (test: string, level: number) => body.set(test, early, level);

  set('height', height);
  const weight = bmi * (height / 100) ** 2;
  body.set('weight', from, weight + normal('weight-then', -0.5, 2.2));
  body.set('weight', asOf, weight);
  set('heart-rate', within(52, normal('heart-rate', 73, 8), 100));

  const pressure = has('hypertension')
    ? within(131, normal('systolic', 145, 11) + 0.2 * (age - 55), 190)
    : within(94, normal('systolic', 113.5, 8.5) + (female ? 0 : 4) + 0.22 * (age - 40) + 0.3 * (bmi - 28), 137);
  set('systolic', pressure);
  set('diastolic', within(52, 0.42 * pressure + 21 - 0.12 * (age - 50) + normal('diastolic', 0, 5.5), 108));

  /** Of a disease that showed on a day, and had begun some time before. */
  const rising = (test: string, key: string, months: number, before: number, level: number) => {
    const found = health.onset.get(key)!;
    body.set(test, minus(found, { months }), before);
    body.set(test, found, level);
  };
  if (has('type-1-diabetes')) rising('hba1c', 'type-1-diabetes', 3, 5.4, normal('hba1c', 10.4, 1));
  else if (has('type-2-diabetes')) {
    const began = health.onset.get('type-2-diabetes')!;
    const untreated = within(6.5, 6.5 + Math.exp(normal('hba1c', Math.log(1.35), 0.85)), 13.5);
    rising('hba1c', 'type-2-diabetes', 30, 5.9, untreated);
    body.set('hba1c', asOf, untreated + 0.04 * (daysFrom(began, asOf) / 365));
  } else set('hba1c', within(4.6, normal('hba1c', 5.42, 0.26) + 0.008 * (age - 45) + 0.016 * (bmi - 28), 6.4));

  const curve = -0.011 * (within(20, age, 80) - 55) ** 2;
  set('ldl', within(35, normal('ldl', has('hyperlipidemia', 'coronary-disease') ? 147 : 116, 29) + curve, 240));
  set('hdl', within(24, normal('hdl', female ? 63 : 51.5, female ? 14 : 12.5) - 0.55 * (bmi - 28), 105));
  set(
    'triglycerides',
    within(35, Math.exp(normal('triglycerides', Math.log(102), 0.45)) * (1 + 0.02 * (bmi - 27)) * (has('type-2-diabetes') ? 1.2 : 1), 480),
  );

  setKidneys(record, health);
  const anemic = has('iron-deficiency-anemia');
  const kidneys = body.level('egfr', asOf) < 45 ? -1.1 : 0;
  set(
    'hemoglobin',
    within(
      7.5,
      anemic
        ? normal('hemoglobin', 10.3, 0.7)
        : normal('hemoglobin', female ? 13.5 : 15.1, female ? 0.9 : 1) - 0.025 * Math.max(0, age - 60) + kidneys,
      18,
    ),
  );
  set('ferritin', anemic ? normal('ferritin', 9, 2) : within(18, Math.exp(normal('ferritin', Math.log(female ? 60 : 130), 0.5)), 380));
  set('iron-saturation', anemic ? normal('iron', 9, 2) : normal('iron', 28, 6));
  set('mcv', anemic ? normal('mcv', 75, 3) : normal('mcv', 90, 3.5));
  if (has('hypothyroidism')) rising('tsh', 'hypothyroidism', 18, 2.6, normal('tsh', 11, 3));
  else set('tsh', within(0.4, Math.exp(normal('tsh', Math.log(1.5), 0.55)), 8));
  if (has('hypothyroidism')) set('free-t4', normal('free-t4', 0.75, 0.08));
  set('urate', within(2.2, normal('urate', female ? 4.7 : 6.0, 1.05) + 0.06 * (bmi - 28) + (has('gout') ? 2.2 : 0), 12));
  set('vitamin-d', within(8, has('vitamin-d-deficiency') ? normal('vitamin-d', 15, 2.5) : normal('vitamin-d', 33, 6), 70));
  set('sodium', normal('sodium', 140, 1.8));
  set('potassium', within(3.6, normal('potassium', 4.1, 0.25) + (body.level('egfr', asOf) < 45 ? 0.3 : 0), 5.2));
  set('calcium', normal('calcium', 9.4, 0.28));
  set('albumin', normal('albumin', 4.2, 0.24));
  set('alt', within(7, Math.exp(normal('alt', Math.log(female ? 18 : 24), 0.38)) * (1 + 0.012 * (bmi - 27)), 120));
  set('ast', within(9, Math.exp(normal('ast', Math.log(female ? 20 : 23), 0.28)), 90));
  set('alp', within(35, normal('alp', 72, 17), 140));
  set('bilirubin', within(0.2, Math.exp(normal('bilirubin', Math.log(0.55), 0.35)), 2));
  set('wbc', within(3.4, normal('wbc', 6.9, 1.5), 12));
  set('platelets', within(140, normal('platelets', female ? 262 : 240, 52), 430));
  if (!female) set('psa', within(0.2, Math.exp(normal('psa', Math.log(between([40, 60, 80], [0.8, 1.4, 2.6], age)), 0.5)), 9));
  set('spo2', has('copd') ? within(89, normal('spo2', 94, 1.8), 98) : within(95, normal('spo2', 98, 0.8), 99.5));
  if (has('copd')) {
    set('fev1-percent', within(28, normal('fev1', 62, 14), 88));
    set('fev1-fvc', within(38, normal('fev1-fvc', 59, 6), 69));
  }
  if (has('heart-failure')) set('ntprobnp', Math.exp(normal('ntprobnp', Math.log(1300), 0.6)));
  if (has('osteoporosis')) set('t-score-hip', within(-4, normal('t-score', -2.8, 0.3), -2.5));
}

/** Filtration falls with age, and faster where diabetes or high pressure has reached the kidneys. */
function setKidneys(record: PatientRecord, { age, has }: Health): void {
  const { body, random, asOf } = record;
  const chance = random.of('kidneys');
  const hit =
    (has('type-2-diabetes', 'type-1-diabetes') && chance.of('diabetes').chance(0.28)) ||
    (has('hypertension') && age > 45 && chance.of('pressure').chance(0.08));
  const middle = between([20, 30, 40, 50, 60, 70, 80, 90], [116, 111, 104, 97, 89, 78.5, 67, 55], age);
  const now = within(17, chance.of('egfr').normal(middle, 13) - (hit ? 22 : 0) - (has('heart-failure') ? 8 : 0), 128);
  body.set('egfr', asOf, now);
  body.set('egfr', minus(asOf, { years: 5 }), Math.min(130, now + (hit ? 13 : 4)));
  body.set(
    'uacr',
    minus(asOf, { years: 20 }),
    within(
      2,
      Math.exp(chance.of('uacr').normal(Math.log(hit ? 110 : has('hypertension', 'type-2-diabetes') ? 12 : 7), hit ? 0.9 : 0.6)),
      1500,
    ),
  );
}

/** A child's measures run along the growth chart. */
export function setChildBody(record: PatientRecord, health: Health): void {
  const { body, person, asOf, random } = record;
  const days = [...every(person.birthDate, asOf, { months: health.age < 3 ? 1 : 6 }), asOf];
  for (const day of days) {
    const months = daysFrom(person.birthDate, day) / 30.44;
    const { weight, height, head } = childAt(health.sex, months, health.growth);
    body.set('weight', day, weight);
    body.set('height', day, height);
    if (head !== undefined) body.set('head-circumference', day, head);
  }
  // Flynn et al., Pediatrics 2017;140:e20171904: half of the children of a height, rounded over the heights; pulse: Fleming et al., Lancet 2011;377:1011.
  const personal = random.of('level/systolic').normal(0, 4);
  for (const [years, systolic, diastolic, pulse] of [
    [0, 82, 45, 140],
    [1, 86, 42, 122],
    [3, 91, 50, 108],
    [6, 96, 57, 94],
    [10, 102, 61, 84],
    [14, 110, 64, 77],
    [17, 115, 67, 73],
  ] as const) {
    const day = plus(person.birthDate, { years });
    body.set('systolic', day, systolic + personal);
    body.set('diastolic', day, diastolic + personal / 2);
    body.set('heart-rate', day, pulse);
  }
  body.set('hemoglobin', person.birthDate, random.of('level/hemoglobin').normal(12.4, 0.6));
}
