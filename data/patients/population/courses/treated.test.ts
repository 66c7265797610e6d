import type { Bundle, Condition, DocumentReference, MedicationRequest, Observation, Resource } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { generate } from '../../generate.ts';
import { panels, tests } from '../../generator/tables.ts';

const of = <T extends Resource>({ entry }: Bundle, type: T['resourceType']): readonly T[] =>
  (entry ?? []).map(({ resource }) => resource as Resource).filter((one): one is T => one.resourceType === type);
const nameOf = ({ medicationCodeableConcept }: MedicationRequest): string => medicationCodeableConcept!.text!;
const taken = ({ dosageInstruction }: MedicationRequest): readonly [from: string, to: string] => {
  const { start, end = '9999' } = dosageInstruction![0]!.timing!.repeat!.boundsPeriod!;
  return [start!, end];
};

/** Somebody's results, notes by day, and what was known and taken then. */
function read(bundle: Bundle) {
  const orders = of<MedicationRequest>(bundle, 'MedicationRequest');
  const notes = new Map<string, string>();
  for (const { date, content } of of<DocumentReference>(bundle, 'DocumentReference')) {
    const day = date!.slice(0, 10);
    notes.set(day, `${notes.get(day) ?? ''}\n${Buffer.from(content[0]!.attachment.data!, 'base64').toString('utf8')}`);
  }
  return {
    id: bundle.id!,
    orders,
    notes,
    takes: (drugs: RegExp, day: string) => orders.some((one) => drugs.test(nameOf(one)) && taken(one)[0] <= day && day <= taken(one)[1]),
    begins: (day: string) => orders.some(({ authoredOn, encounter }) => authoredOn === day && encounter),
    knows: (problem: RegExp, day: string) =>
      of<Condition>(bundle, 'Condition').some(
        ({ code, recordedDate, abatementDateTime }) =>
          problem.test(code!.text!) && recordedDate! <= day && (abatementDateTime ?? '9999') > day,
      ),
    /** In the order of their days; those of visits, of which a note is told, and where `all`, those from before. */
    results: (test: string, all = false) => {
      const { loinc } = test === 'blood-pressure' ? panels.of(test) : tests.of(test);
      return of<Observation>(bundle, 'Observation')
        .filter(({ code, encounter }) => (all || encounter) && code.coding?.[0]?.code === loinc)
        .map(({ effectiveDateTime, valueQuantity, component = [] }) => ({
          day: effectiveDateTime!.slice(0, 10),
          values: valueQuantity ? [valueQuantity.value!] : component.map((part) => part.valueQuantity!.value!),
        }))
        .sort((a, b) => (a.day < b.day ? -1 : 1));
    },
  };
}
type Read = ReturnType<typeof read>;
/** Pairs of results, one after the other, that are both far out. */
const twice = (person: Read, test: string, far: (...values: number[]) => boolean) =>
  person
    .results(test, true)
    .filter(
      ({ day, values }, i, all) => person.notes.has(day) && i > 0 && far(...values) && far(...all[i - 1]!.values) && all[i - 1]!.day < day,
    );

const RAAS = /\b(?:lisinopril|losartan|sacubitril)\b/;
const NSAID = /^(?:ibuprofen|naproxen)/;
const HARMED =
  /\b(?:lisinopril|losartan|sacubitril|hydrochlorothiazide|chlorthalidone|furosemide|spironolactone|apixaban|rivaroxaban|warfarin)\b/;

describe.each([41, 7])('treatment in the sampled population, seed %d', (seed) => {
  const people = [...generate({ seed, asOf: '2026-11-22', count: seed === 41 ? 422 : 260 })]
    .filter(({ id }) => /^p\d+$/.test(id!))
    .map(read);

  test('metformin is begun low, and raised from there', () => {
    let [begun, raised] = [0, 0];
    for (const { id, orders } of people) {
      const metformin = orders
        .filter((one) => /^(?:24 HR )?metformin/.test(nameOf(one)))
        .sort((a, b) => (a.authoredOn! < b.authoredOn! ? -1 : 1));
      const [first, ...later] = metformin;
      if (first === undefined) continue;
      begun += 1;
      const dose = first.dosageInstruction![0]!.doseAndRate![0]!.doseQuantity!.value!;
      expect([id, dose, first.dosageInstruction![0]!.timing!.repeat!.frequency]).toEqual([id, 500, 2]);
      for (const one of later) {
        raised += 1;
        const before = metformin.find(({ id: prior }) => one.priorPrescription?.reference === `MedicationRequest/${prior}`);
        expect([id, before?.status, taken(before!)[1] <= one.authoredOn!]).toEqual([id, 'stopped', true]);
        expect(before!.statusReason?.text).toBeTruthy();
      }
    }
    expect([begun > 8, raised > 5]).toEqual([true, true]);
  });

  test('no anti-inflammatory drug by mouth beside what it harms, and the note says why not', () => {
    let [given, spared] = [0, 0];
    for (const { id, orders, notes, takes, knows } of people) {
      for (const nsaid of orders.filter((one) => NSAID.test(nameOf(one)))) {
        given += 1;
        const [from, to] = taken(nsaid);
        for (const other of orders.filter((one) => HARMED.test(nameOf(one))))
          expect([id, nameOf(nsaid), nameOf(other), taken(other)[0] <= to && from <= taken(other)[1]]).toEqual([
            id,
            nameOf(nsaid),
            nameOf(other),
            false,
          ]);
        expect([id, knows(/kidney disease|heart failure|coronary|stroke/i, from)]).toEqual([id, false]);
      }
      for (const [day, note] of notes) {
        const [, why] = /No anti-inflammatory drug by mouth \((.+)\): acetaminophen/.exec(note) ?? [];
        if (why === undefined) continue;
        spared += 1;
        expect([id, takes(/^acetaminophen/, day), takes(NSAID, day)]).toEqual([id, true, false]);
        const drug = /^takes (\S+)$/.exec(why)?.[1];
        if (drug) expect([id, drug, takes(new RegExp(`\\b${drug}\\b`), day)]).toEqual([id, drug, true]);
        if (why === 'kidney disease') expect([id, knows(/kidney disease/i, day)]).toEqual([id, true]);
      }
    }
    expect([given > 3, spared > 3]).toEqual([true, true]);
  });

  /** What a result asks for: a drug that is taken at the end of the day, or words in the note of that day. */
  const asked: readonly (readonly [
    name: string,
    on: (person: Read) => readonly { readonly day: string }[],
    drug: RegExp | undefined,
    words: RegExp,
  ])[] = [
    [
      'a known hypothyroidism with a TSH from 10 mIU/L on',
      (person) => person.results('tsh').filter(({ day, values }) => values[0]! >= 10 && person.knows(/^Hypothyroidism/, day)),
      /^levothyroxine/,
      /Levothyroxine is advised for a TSH of [\d.]+ mIU\/L; not wanted/,
    ],
    [
      'diabetic kidney disease with high blood pressure',
      (person) =>
        person
          .results('creatinine')
          .filter(({ day }) => person.knows(/^Diabetic kidney disease/, day) && person.knows(/^Essential hypertension/, day)),
      RAAS,
      /ACE inhibitor or ARB is advised .*; not wanted|No ACE inhibitor or ARB /,
    ],
    [
      'LDL cholesterol from 190 mg/dL on twice',
      (person) => twice(person, 'ldl', (ldl = 0) => ldl >= 190),
      /statin/,
      /LDL cholesterol .* (?:is advised; not wanted|no statin)/,
    ],
    [
      'albumin in the urine from 300 mg/g on twice in diabetes',
      (person) => twice(person, 'uacr', (uacr = 0) => uacr >= 300).filter(({ day }) => person.knows(/^Diabetic kidney disease/, day)),
      /gliflozin/,
      /Albumin in the urine .*(?:not wanted|nephrologist)/,
    ],
    [
      'ferritin below 30 ng/mL in iron deficiency',
      (person) => person.results('ferritin').filter(({ day, values }) => values[0]! < 30 && person.knows(/^Iron deficiency/, day)),
      /^ferrous/,
      /Iron is advised .*not wanted/,
    ],
  ];
  test.each(asked)('%s is treated, or the note says why not', (_, on, drug, words) => {
    let counted = 0;
    for (const person of people)
      for (const { day } of on(person)) {
        counted += 1;
        expect([person.id, day, person.takes(drug!, day) || words.test(person.notes.get(day) ?? '')]).toEqual([person.id, day, true]);
      }
    if (seed === 41) expect(counted).toBeGreaterThan(0);
  });

  test('what is far out twice changes something, or the note says why not', () => {
    let counted = 0;
    for (const person of people)
      for (const [test, far] of [
        ['hba1c', (value = 0) => value >= 9],
        ['blood-pressure', (systolic = 0, diastolic = 0) => systolic >= 160 || diastolic >= 100],
      ] as const)
        for (const { day } of twice(person, test, far)) {
          const note = person.notes.get(day) ?? '';
          // A visit for a cold looks at the cold.
          if (!/^Reason for visit: (?:Prevention|Follow-up)/m.test(note)) continue;
          counted += 1;
          expect([person.id, test, day, person.begins(day) || /not wanted for now|at their full dose/.test(note)]).toEqual([
            person.id,
            test,
            day,
            true,
          ]);
        }
    if (seed === 41) expect(counted).toBeGreaterThan(5);
  });
});
