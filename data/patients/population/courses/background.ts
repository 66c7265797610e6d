import { every, minus, openDay, plus } from '../../generator/calendar.ts';
import { routineImmunizations } from '../../generator/immunization-schedule.ts';
import type { Relation } from '../../generator/person.ts';
import type { Visit } from '../../generator/visit.ts';
import { birthday } from '../person.ts';
import { treated } from '../tables.ts';
import type { Told } from './told.ts';

/** Insurance; Medicare from 65 on, what came before it ended then. */
export function insurance({ record, sampled, chance }: Told): void {
  const { payer, person, age } = sampled;
  const senior = birthday(person, 65);
  const since = payer.startsWith('medicare')
    ? senior
    : minus(record.asOf, { months: chance.of('insured').whole(8, Math.min(120, Math.max(9, age * 12))) });
  record.coverage(payer, since < person.birthDate ? person.birthDate : since);
}

/** What people say that they are allergic to (Zhou et al., Allergy 2016;71:1305: drug allergies in 35.5 % of records, penicillins in 12.8 %; rounded down). */
const ALLERGIES: readonly (readonly [key: string, share: number, reactions: readonly string[], adults: boolean])[] = [
  ['penicillin', 0.085, ['rash', 'hives', 'rash'], false],
  ['sulfamethoxazole', 0.055, ['rash', 'hives'], true],
  ['codeine', 0.03, ['nausea'], true],
  ['ibuprofen', 0.015, ['hives', 'wheezing'], true],
  ['latex', 0.012, ['rash'], true],
  ['shellfish', 0.02, ['hives', 'angioedema'], true],
  ['peanut', 0.016, ['hives', 'anaphylaxis'], false],
  ['egg', 0.008, ['hives'], false],
  ['bee-venom', 0.01, ['hives', 'anaphylaxis'], false],
];
export function allergies(told: Told): void {
  const { record, chance, health, sampled } = told;
  for (const [key, share, reactions, adults] of ALLERGIES) {
    if (
      (adults && health.age < 18) ||
      health.age < 2 ||
      !chance.of(`allergy/${key}`).chance(share * (health.sex === 'female' && adults ? 1.3 : 1))
    )
      continue;
    const reaction = chance.of(`allergy/${key}/reaction`).pick(reactions);
    const onset = birthday(sampled.person, chance.of(`allergy/${key}/age`).whole(1, Math.max(1, health.age - 1)));
    record.allergy(key, {
      reaction,
      severity: reaction === 'anaphylaxis' ? 'severe' : reaction === 'nausea' || reaction === 'rash' ? 'mild' : 'moderate',
      recorded: told.from > onset ? told.from : onset,
      onset: onset.slice(0, 4),
      ...(reaction === 'nausea' ? { type: 'intolerance' as const } : {}),
    });
    told.allergies.add(key);
  }
  if (told.allergies.size === 0) record.noKnownAllergies(told.from);
}

/** Parents: what runs in families is likelier where the patient has it. */
const INHERITED: readonly (readonly [key: string, plain: number, shared: number, age: number])[] = [
  ['type-2-diabetes', 0.16, 0.45, 55],
  ['hypertension', 0.3, 0.5, 50],
  ['coronary-disease', 0.12, 0.32, 62],
  ['stroke', 0.07, 0.14, 70],
  ['depression', 0.08, 0.25, 35],
  ['asthma', 0.06, 0.22, 12],
  ['breast-cancer', 0.05, 0.15, 60],
  ['colon-cancer', 0.04, 0.1, 66],
];
export function family({ record, chance, health, from }: Told): void {
  for (const relation of ['mother', 'father'] as const satisfies readonly Relation[]) {
    const draw = chance.of(`family/${relation}`);
    const had = INHERITED.filter(
      ([key, plain, shared]) =>
        !(key === 'breast-cancer' && relation === 'father') && draw.of(key).chance(health.has(key) ? shared : plain),
    ).map(([key, , , age]) => [key, age + draw.of(`${key}/age`).whole(-6, 8)] as const);
    if (had.length > 0) record.family({ relation, conditions: had, recorded: from });
  }
}

/** Immunizations by schedule, with gaps. */
export function immunizations({ record, health, sampled, from }: Told): void {
  const child = health.age < 18;
  routineImmunizations(record, child ? sampled.person.birthDate : from, treated(child ? 'vaccinated-child' : 'vaccinated'));
}

/** Colonoscopy at 45 to 75 every ten years, mammography at 40 to 74 every two (USPSTF 2021, 2024): done by some, and not by others. */
export function screenings({ record, chance, health, sampled, from }: Told): void {
  const { age, sex, has } = health;
  if (age >= 46 && chance.of('colonoscopy').chance(treated('colonoscopy'))) {
    const day = openDay(minus(record.asOf, { days: chance.of('colonoscopy/day').whole(60, Math.min(3600, (age - 45) * 365)) }));
    const polyp = chance.of('colonoscopy/polyp').chance(0.28);
    record.procedure('colonoscopy', day, {
      outcome: polyp ? 'One polyp removed' : 'No polyp',
      followUp: polyp ? 'Next colonoscopy in five to seven years' : 'Next colonoscopy in ten years',
    });
    if (polyp) record.problem('colon-adenoma', day, { until: day });
  }
  if (sex === 'female' && age >= 42 && age < 76 && !has('breast-cancer') && chance.of('mammogram').chance(treated('mammogram'))) {
    const first = plus(from, { days: chance.of('mammogram/day').whole(10, 700) });
    for (const day of every(first, record.asOf, { years: 2 }))
      if (day <= record.asOf && birthday(sampled.person, 40) <= day) record.procedure('mammogram', day, { outcome: 'No sign of cancer' });
  }
}

/** Asked at a check-up, and written down as what helps the care team: never a reason for or against a drug. */
export function socialNeeds({ sampled, problems, chance }: Told, visit: Visit): void {
  const { needs } = sampled;
  // Most clinics ask some of those who come; who has a need and is asked is found.
  if (needs.some((need) => problems.has(need)) || (needs.length === 0 && !chance.of(`asked/${visit.day()}`).chance(0.15))) return;
  const hungry = needs.includes('food-insecurity');
  const answers = [
    ...visit.screenSocial('prapare', {
      housing: 'housed',
      'housing-worry': needs.includes('housing-instability') ? 'yes' : 'no',
      transport: needs.includes('transport-insecurity') ? 'medical' : 'no',
      contact: needs.includes('social-isolation') ? 'seldom' : 'often',
    }),
    ...visit.screenSocial(
      'hunger',
      hungry ? { 'food-worry': 'sometimes', 'food-risk': 'at risk' } : { 'food-worry': 'never', 'food-risk': 'no risk' },
    ),
  ];
  for (const need of needs) {
    const evidence = answers.filter(({ question }) => question === EVIDENCE[need]).map(({ reference }) => reference);
    problems.set(need, visit.diagnose(need, { social: true, evidence }));
  }
  const [first] = needs;
  if (first) visit.request('Referral to social work', { to: 'whitehorse', for: problems.get(first)!, social: true });
}
const EVIDENCE: Readonly<Record<string, string>> = {
  'food-insecurity': 'food-risk',
  'transport-insecurity': 'transport',
  'housing-instability': 'housing-worry',
  'social-isolation': 'contact',
};
