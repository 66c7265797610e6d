import { OTHER_PEOPLE } from '../record/names.ts';
import type { Choices } from '../record/phrasing.ts';
import { dayOf, newestSmoking, type PatientRecord } from './reading.ts';
import { type Change, dateForms, type Fill, type Truth } from './truth.ts';

/** The patient as sentences name them, and someone who is not the patient. */
export interface Person {
  readonly fill: Fill;
}

export function toPerson(
  record: PatientRecord,
  others: readonly { readonly given: string; readonly family: string }[],
  now: string,
  choices: Choices,
): Person {
  const child = record.birthDate !== undefined && Number(now.slice(0, 4)) - Number(record.birthDate.slice(0, 4)) < 17;
  const full = `${record.given} ${record.family}`.trim();
  const strangers = [
    ...OTHER_PEOPLE,
    ...others
      .filter((o) => o.family !== record.family && o.given !== record.given && o.family !== '')
      .map((o) => `${o.given} ${o.family}`.trim()),
  ].filter((name) => !name.includes(record.family) || record.family === '');
  const title = child ? '' : record.gender === 'female' ? 'Ms.' : record.gender === 'male' ? 'Mr.' : '';
  const named =
    record.family === ''
      ? 'the patient'
      : title === ''
        ? choices.pick(child ? [full, record.given || full] : [full])
        : choices.pick([`${title} ${record.family}`, full]);
  const words: Fill =
    record.gender === 'female'
      ? {
          s: 'she',
          S: 'She',
          o: 'her',
          p: 'her',
          P: 'Her',
          woman: child ? 'girl' : 'woman',
          man: child ? 'boy' : 'man',
          female: 'female',
          male: 'male',
          spouse: 'husband',
        }
      : record.gender === 'male'
        ? {
            s: 'he',
            S: 'He',
            o: 'him',
            p: 'his',
            P: 'His',
            woman: child ? 'boy' : 'man',
            man: child ? 'girl' : 'woman',
            female: 'male',
            male: 'female',
            spouse: 'wife',
          }
        : { s: 'the patient', S: 'The patient', o: 'the patient', p: "the patient's", P: "The patient's", spouse: 'partner' };
  return { fill: { ...words, N: named, n0: full, other: choices.pick(strangers) } };
}

const AGE = [
  '{S} is {age} years old.',
  '{N} is a {age}-year-old {woman}.',
  'This is a {age} y/o {female}.',
  'A {age}-year-old {female}.',
  '{age} yo {woman}.',
  'Age: {age}',
  'The patient is aged {age}.',
  '{N} is {age}.',
  'You are {age} years old.',
  '{S} is a {age} year old {woman}.',
  '{N}, {age} years of age.',
  'The patient is a {age}-year-old {woman}.',
];
const BORN = [
  '{S} was born on {d}.',
  'DOB {d}',
  'Date of birth: {d}',
  '{N} was born {ond}.',
  'Born {ond}.',
  "The patient's date of birth is {d}.",
  '{N} (born {d})',
  'You were born on {d}.',
  '{P} birth date is {d}.',
  '{P} birthday is {d}.',
  '{N}, DOB {d}.',
  'Patient born {d}.',
];
const SEX = [
  '{N} is a {woman}.',
  'The patient is {female}.',
  'Sex: {female}',
  'Gender: {female}',
  'The patient is a {woman}.',
  '{N} is {female}.',
];

const SMOKING: Readonly<Record<'never' | 'former' | 'current', readonly string[]>> = {
  never: [
    '{S} has never smoked.',
    '{S} is a never smoker.',
    'Never smoker.',
    'Tobacco: never smoker',
    '{N} has never been a smoker.',
    'Lifelong non-smoker.',
    'Smoking status: never smoked.',
    '{S} does not smoke and never has.',
    'You have never smoked.',
    'No history of smoking.',
    'The patient is a lifelong nonsmoker.',
    'SH: never smoked.',
  ],
  former: [
    '{S} is a former smoker.',
    '{S} used to smoke.',
    'Ex-smoker.',
    'Tobacco: former smoker',
    '{N} has quit smoking.',
    'Smoking status: former smoker.',
    '{S} smoked in the past but no longer does.',
    '{S} is an ex-smoker.',
    'You used to smoke.',
    'The patient no longer smokes.',
    'SH: former smoker.',
    '{N} previously smoked.',
  ],
  current: [
    '{S} smokes.',
    '{S} is a current smoker.',
    'Current smoker.',
    'Tobacco: current smoker',
    '{N} still smokes.',
    'Smoking status: current smoker.',
    '{S} continues to smoke.',
    'Active smoker.',
    'You currently smoke.',
    'The patient is a smoker.',
    'SH: current smoker.',
    '{N} smokes cigarettes.',
  ],
};

/** Age, sex, birth date and smoking status. */
export function personTruths(record: PatientRecord, person: Person, now: string, choices: Choices): readonly Truth[] {
  const truths: Truth[] = [];
  const fill = person.fill;
  const known = fill.woman !== undefined;
  const birth = record.birthDate;
  if (birth !== undefined && birth.length === 10) {
    const day = dayOf(birth);
    const wrong = new Date(Date.parse(day) + choices.pick([1, -30, 365, -3653, 31]) * 86_400_000).toISOString().slice(0, 10);
    truths.push({
      id: 'person/birth',
      family: 'person',
      wordings: BORN,
      fill: { ...fill, d: dateForms(day)[1]!, ond: `on ${dateForms(day)[1]}` },
      errors: [{ kind: 'date', fill: { d: dateForms(wrong)[1]!, ond: `on ${dateForms(wrong)[1]}` } }],
      rewordings: choices.some(dateForms(day), 3).map((d) => ({ kind: 'date-format', fill: { d, ond: `on ${d}` } })),
    });
    if (!record.deceased && known) {
      const age = Number(now.slice(0, 4)) - Number(day.slice(0, 4)) - (now.slice(5, 10) < day.slice(5) ? 1 : 0);
      const near = now.slice(5, 10) === day.slice(5);
      if (age >= 3 && !near)
        truths.push({
          id: 'person/age',
          family: 'person',
          wordings: AGE,
          fill: { ...fill, age: String(age) },
          errors: [
            ...choices
              .some([age + 1, age - 1, age + 10, age - 2, age + 5], 3)
              .map((a): Change => ({ kind: 'number', fill: { age: String(a) } })),
            { kind: 'sex', fill: { woman: fill.man!, female: fill.male! }, wordings: AGE.filter((w) => /woman|female/.test(w)) },
          ],
          rewordings: [],
        });
    }
  }
  if (known)
    truths.push({
      id: 'person/sex',
      family: 'person',
      wordings: SEX,
      fill,
      errors: [{ kind: 'sex', fill: { woman: fill.man!, female: fill.male! } }],
      rewordings: [],
    });
  const smoking = newestSmoking(record);
  if (smoking !== undefined) {
    const wrong = (['never', 'former', 'current'] as const).filter((s) => s !== smoking.status);
    truths.push({
      id: `person/smoking/${smoking.id}`,
      family: 'social',
      wordings: SMOKING[smoking.status],
      fill,
      errors: wrong.map((s): Change => ({ kind: 'social', wordings: SMOKING[s] })),
      rewordings: [],
    });
  }
  return truths;
}
