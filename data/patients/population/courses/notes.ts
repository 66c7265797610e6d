import type { AllergyIntolerance, Appointment, Condition, Encounter, FamilyMemberHistory, Observation, Resource } from '@medplum/fhirtypes';
import type { Day } from '../../generator/calendar.ts';
import { dateWords } from '../../generator/note.ts';
import type { Problem } from '../../generator/problems.ts';
import { panels, tests } from '../../generator/tables.ts';
import type { Treatment } from '../../generator/treatments.ts';
import type { Visit } from '../../generator/visit.ts';
import { type Care, reading, type Told } from './told.ts';

// What the note of a visit tells beside what is done in it. All of it is read from the record as it stands on that day.

const of = <T extends Resource>({ record }: Told, type: T['resourceType']): readonly T[] =>
  record.resources().filter((one): one is T => one.resourceType === type);
const small = (words: string): string => (/^[A-Z][a-z]/.test(words) ? `${words[0]!.toLowerCase()}${words.slice(1)}` : words);

/** Drugs taken on a day; those of problems that are yet to come are left out, and courses that have ended. */
const taken = ({ drugs, courses }: Told, day: Day) =>
  [...drugs.values(), ...courses].filter(({ order, dosage }) => {
    const last = dosage.days === undefined ? undefined : order.dosageInstruction![0]!.timing!.repeat!.boundsPeriod!.end!;
    return order.authoredOn! <= day && (last === undefined || day <= last);
  });

/** Entries of the problem list that are active on a day. */
const known = (told: Told, day: Day): readonly Condition[] =>
  of<Condition>(told, 'Condition').filter(
    ({ category, recordedDate, abatementDateTime }) =>
      category?.[0]?.coding?.[0]?.code === 'problem-list-item' &&
      category.length === 1 &&
      recordedDate! <= day &&
      !(abatementDateTime && abatementDateTime <= day),
  );

/** What happened since the last visit that looked at everything, or since the visits that are told began. */
function interval(told: Told, visit: Visit): readonly string[] {
  const day = visit.day();
  const before = of<Encounter>(told, 'Encounter')
    .filter(({ period }) => period!.start!.slice(0, 10) < day)
    .sort((a, b) => (a.period!.start! < b.period!.start! ? -1 : 1));
  const last = before.at(-1);
  if (last === undefined) return [];
  const since = last.period!.start!.slice(0, 10);
  const lost = of<Appointment>(told, 'Appointment').filter(
    ({ status, start }) => (status === 'noshow' || status === 'cancelled') && start!.slice(0, 10) > since && start!.slice(0, 10) < day,
  );
  return [
    `${last.type![0]!.text} on ${dateWords(since)}${last.reasonCode![0]!.text === last.type![0]!.text ? '' : ` for ${small(last.reasonCode![0]!.text!)}`}`,
    ...of<Condition>(told, 'Condition')
      .filter(({ encounter, abatementDateTime }) => encounter?.reference === `Encounter/${last.id}` && abatementDateTime)
      .map(
        ({ code, onsetDateTime, abatementDateTime }) =>
          `${code!.text} ${abatementDateTime! <= day ? `from ${dateWords(onsetDateTime!)} to ${dateWords(abatementDateTime!)}` : `since ${dateWords(onsetDateTime!)}`}`,
      ),
    ...taken(told, day)
      .filter(({ order }) => order.authoredOn! >= since && order.encounter !== undefined)
      .map(({ label, order }) => `Takes ${label} since ${dateWords(order.authoredOn!)}`),
    ...lost.map(({ status, start }) => `The appointment on ${dateWords(start!)} was ${status === 'noshow' ? 'missed' : 'cancelled'}`),
  ];
}

const SMOKING = { never: 'Never smoked', former: 'Former smoker', daily: 'Smokes daily', some: 'Smokes on some days' } as const;

/** History, medicines with their doses, and allergies; at a check-up the family and tobacco too. */
export function takeHistory(told: Told, visit: Visit, { checkup = false } = {}): void {
  const day = visit.day();
  visit.says(...interval(told, visit));
  const problems = known(told, day).map(({ code }) => code!.text!);
  if (problems.length > 0) visit.says(`Known problems: ${problems.join('; ')}`);
  if (checkup) {
    for (const { relationship, condition } of of<FamilyMemberHistory>(told, 'FamilyMemberHistory'))
      for (const { code, onsetAge } of condition ?? [])
        visit.says(`${relationship.text}: ${small(code.text!)}${onsetAge ? ` at age ${onsetAge.value}` : ''}`);
    const asked = of(told, 'Observation').some(
      (one) => one.resourceType === 'Observation' && one.code.coding?.[0]?.code === '72166-2' && one.effectiveDateTime! <= day,
    );
    if (asked && told.health.smoking) visit.says(SMOKING[told.health.smoking]);
  }
  // As they are when the visit ends.
  visit.takes(() => taken(told, day).map(({ label }) => label));
  visit.allergicTo(
    ...of<AllergyIntolerance>(told, 'AllergyIntolerance')
      .filter(({ recordedDate }) => recordedDate! <= day)
      .map(({ code, reaction }) => {
        const shown = reaction?.[0]?.manifestation[0]?.text;
        return shown ? `${code!.text} (${small(shown)})` : code!.text!;
      }),
  );
}

/** What a visit measured of a problem and how that lies to its goal. */
function measured(
  told: Told,
  visit: Visit,
  { measures = [], goal }: Care,
): { readonly words: readonly string[]; readonly missed: boolean } {
  let missed = false;
  const words = measures.flatMap((test) => {
    const result = visit.told.get(test)?.words;
    if (result === undefined) return [];
    const limit = goal?.(test);
    const earlier = test === measures[0] ? before(told, visit, test) : [];
    if (limit === undefined) return [result, ...earlier];
    missed = limit.tests.some(([key, below]) => reading(told, visit, key) >= below);
    return [result, ...earlier, `Goal below ${limit.words}: ${missed ? 'not reached' : 'reached'}`];
  });
  return { words, missed };
}
/** The result before this visit's. */
function before(told: Told, visit: Visit, test: string): readonly string[] {
  const code = test === 'blood-pressure' ? panels.of(test).loinc : tests.of(test).loinc;
  const last = of<Observation>(told, 'Observation')
    .filter((one) => one.code.coding?.[0]?.code === code && one.effectiveDateTime!.slice(0, 10) < visit.day())
    .sort((a, b) => (a.effectiveDateTime! < b.effectiveDateTime! ? -1 : 1))
    .at(-1);
  if (last === undefined) return [];
  const [systolic, diastolic] = (last.component ?? []).map(({ valueQuantity }) => valueQuantity!.value);
  const { value, unit } = last.valueQuantity ?? { value: `${systolic}/${diastolic}`, unit: 'mmHg' };
  const units = !unit || unit.startsWith('{') ? '' : unit.startsWith('%') ? unit : ` ${unit}`;
  return [`${last.code.text} ${value}${units} on ${dateWords(last.effectiveDateTime!)}`];
}
const isOf = ({ details }: Treatment, { reference }: Problem): boolean => details.reasons.includes(reference);
const isToday = ({ order }: Treatment, visit: Visit): boolean => order.encounter?.reference === visit.reference;
const continued = (told: Told, visit: Visit, problem: Problem): readonly string[] =>
  taken(told, visit.day())
    .filter((one) => isOf(one, problem) && !isToday(one, visit))
    .map(({ label }) => `Still takes ${label}`);

/** A problem's line of assessment and plan, and what is done for it. */
export function assess(told: Told, visit: Visit, care: Care): void {
  let begun = 0;
  visit.assess(
    () => {
      begun = of(told, 'MedicationRequest').length;
      care.review?.(visit);
      begun = of(told, 'MedicationRequest').length - begun;
    },
    () => {
      const { words, missed } = measured(told, visit, care);
      const changed = begun > 0 || taken(told, visit.day()).some((one) => isOf(one, care.problem) && isToday(one, visit));
      const plan = [...continued(told, visit, care.problem), ...(missed && !changed ? ['Nothing is changed today'] : [])];
      return line(care.problem, words, plan);
    },
  );
}
function line({ label }: Problem, words: readonly string[], plan: readonly string[]): string | undefined {
  if (words.length + plan.length === 0) return undefined;
  return `${label}: ${[...words, ...plan].join('. ')}`;
}

/** A problem that a visit has found: what speaks for it, and that nothing is begun where nothing is. */
export function assessNew(told: Told, visit: Visit, work: () => void): void {
  const [before, follow] = [new Set(told.problems.values()), told.care.length];
  visit.assess(work, () => {
    const found = [...told.problems.values()].filter((problem) => !before.has(problem));
    const treated = taken(told, visit.day()).some(({ order }) => order.encounter?.reference === visit.reference);
    if (!treated) visit.plans('No medicine is begun today');
    const [care] = told.care.slice(follow);
    return care && found.includes(care.problem) ? line(care.problem, measured(told, visit, care).words, []) : undefined;
  });
}

/** The drugs of what else is known, at a check-up. */
export function carryOn(told: Told, visit: Visit, seen: readonly Care[]): void {
  for (const problem of new Set(told.problems.values())) {
    if (seen.some((care) => care.problem === problem) || problem.resource.encounter?.reference === visit.reference) continue;
    const words = line(problem, [], continued(told, visit, problem));
    if (words) visit.plans(words);
  }
}

/** Tests whose results a problem explains, by the beginnings of the problems' keys. */
const EXPLAINED: readonly (readonly [problems: RegExp, tests: readonly string[]])[] = [
  [/^type-[12]-diabetes/, ['hba1c', 'glucose', 'glucose-fasting', 'uacr']],
  [/^(?:ckd|diabetic-nephropathy)/, ['egfr', 'creatinine', 'bun', 'potassium', 'uacr', 'hemoglobin', 'hematocrit']],
  [/^(?:hyperlipidemia|coronary|old-mi|stroke|peripheral)/, ['ldl', 'cholesterol', 'triglycerides', 'hdl']],
  [/^prediabetes/, ['hba1c', 'glucose', 'glucose-fasting']],
  [/^anemia/, ['hemoglobin', 'hematocrit']],
  [/^iron-deficiency/, ['hemoglobin', 'hematocrit', 'mcv', 'ferritin', 'iron-saturation']],
  [/^hypothyroidism/, ['tsh', 'free-t4']],
  [/^gout/, ['urate']],
  [/^hf/, ['ntprobnp']],
  [/^prostate-cancer/, ['psa']],
  [/^vitamin-d/, ['vitamin-d']],
  [/^pregnancy/, ['hemoglobin', 'hematocrit']],
];

/** Results outside of their limits that no known problem explains. */
export function unexplained(told: Told, visit: Visit): void {
  const keys = [...told.problems].filter(([, { resource }]) => resource.recordedDate! <= visit.day()).map(([key]) => key);
  const explained = new Set(EXPLAINED.flatMap(([problems, tests]) => (keys.some((key) => problems.test(key)) ? tests : [])));
  const high =
    told.health.age >= 18 &&
    visit.told.has('blood-pressure') &&
    !told.problems.has('hypertension') &&
    (reading(told, visit, 'systolic') >= 140 || reading(told, visit, 'diastolic') >= 90);
  const results = [...visit.told].filter(([test, { flagged, words }]) =>
    test === 'blood-pressure' ? high : flagged && !explained.has(test) && !(NEVER_TOO_LOW.has(test) && words.endsWith('(low)')),
  );
  const fats = results.filter(([test]) => FATS.has(test));
  const others = results.filter(([test]) => !FATS.has(test));
  const listed = (some: typeof results) => some.map(([, { words }]) => words).join('. ');
  if (fats.length > 0) visit.plans(`${listed(fats)}. Food and movement were talked about`);
  if (others.length > 0) visit.plans(`${listed(others)}. To be measured again`);
  for (const [test] of others) for (const lab of AGAIN[test] ?? []) told.again.add(lab);
}
/** Tests of which a low result means nothing. */
const NEVER_TOO_LOW: ReadonlySet<string> = new Set(['creatinine', 'bun', 'alt', 'ast', 'bilirubin', 'urate']);
const FATS: ReadonlySet<string> = new Set(['cholesterol', 'ldl', 'hdl', 'triglycerides']);
/** What is done at the next visit where a result is to be measured again. */
const AGAIN: Readonly<Record<string, readonly string[]>> = {
  glucose: ['hba1c'],
  'glucose-fasting': ['hba1c'],
  hba1c: ['hba1c'],
  tsh: ['tsh', 'free-t4'],
  hemoglobin: ['cbc'],
  wbc: ['cbc'],
  platelets: ['cbc'],
  alt: ['cmp'],
  ast: ['cmp'],
  ...Object.fromEntries(['creatinine', 'egfr', 'potassium', 'sodium', 'calcium'].map((test) => [test, ['bmp']])),
};
