import type { Bundle, DocumentReference, MedicationRequest, Observation, Resource } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { generate } from '../../generate.ts';
import { dateWords } from '../../generator/note.ts';
import { drugs, tests } from '../../generator/tables.ts';
import { personas } from '../../personas/index.ts';

const asOf = '2026-11-21';
const bundles = [...generate({ seed: 4, asOf, count: personas.length + 70 })].slice(personas.length, -1);
const of = <T extends Resource>(bundle: Bundle, type: T['resourceType']): readonly T[] =>
  (bundle.entry ?? []).map(({ resource }) => resource as Resource).filter((one): one is T => one.resourceType === type);
const notesOf = (bundle: Bundle) =>
  of<DocumentReference>(bundle, 'DocumentReference').map((note) => ({
    id: note.id!,
    day: note.date!.slice(0, 10),
    text: Buffer.from(note.content[0]!.attachment.data!, 'base64').toString('utf8'),
  }));
const notes = bundles.flatMap((bundle) => notesOf(bundle).map((note) => ({ bundle, ...note })));
const partOf = (text: string, title: string): string | undefined => new RegExp(`^${title}: (.*)$`, 'm').exec(text)?.[1];
const ingredients = new Map([...drugs.all().values()].map(({ rxcui, ingredient }) => [rxcui, ingredient]));
const ingredientOf = (order: MedicationRequest): string => ingredients.get(order.medicationCodeableConcept!.coding![0]!.code!)!;

describe('the notes of sampled people', () => {
  test('have a reason, medicines and allergies, and say something of each problem that is followed', () => {
    expect(notes.length).toBeGreaterThan(250);
    for (const part of ['Reason for visit', 'Medicines', 'Allergies'])
      expect(notes.filter(({ text }) => partOf(text, part) === undefined).map(({ id }) => id)).toEqual([]);
    const followed = notes.filter(({ text }) => /^Reason for visit: .*\b(?:type [12] diabetes|blood pressure)\b/m.test(text));
    expect(followed.length).toBeGreaterThan(20);
    const silent = followed.filter(({ text }) => !/^- (?:Essential hypertension|Type [12] diabetes mellitus): /m.test(text));
    // Nobody measures the pressure of those who are on a screen.
    expect(silent.filter(({ text }) => !text.startsWith('Video visit')).map(({ id }) => id)).toEqual([]);
  });

  test('list the medicines whose orders stand when the visit ends, and no others', () => {
    let listed = 0;
    for (const { bundle, id, day, text } of notes) {
      const standing = of<MedicationRequest>(bundle, 'MedicationRequest').filter((order) => {
        const end = order.dosageInstruction?.[0]?.timing?.repeat?.boundsPeriod?.end;
        const course = end !== undefined && order.statusReason === undefined;
        return order.authoredOn! <= day && (end === undefined || end > day || (course && end === day));
      });
      const told = partOf(text, 'Medicines')!.toLowerCase();
      const missing = standing.map(ingredientOf).filter((name) => !told.includes(name.toLowerCase()));
      expect([id, missing]).toEqual([id, []]);
      const count = told === 'takes no medicines.' ? 0 : told.split(/\. (?=[a-z])/).length;
      expect([id, count]).toEqual([id, standing.length]);
      listed += count;
    }
    expect(listed).toBeGreaterThan(400);
  });

  test('tell earlier results as they were', () => {
    const labels = new Map([...tests.all().values()].map((row) => [row.label, row]));
    let checked = 0;
    for (const { bundle, id, text } of notes)
      for (const [, label, value, date] of text.matchAll(
        /(?:: |\. )([A-Z][\w ,/-]*?) (\d+(?:\.\d+)?)(?:%| [^\s]+)? on (\d+ [A-Z][a-z]+ \d{4})\./g,
      )) {
        if (!labels.has(label!)) continue;
        const measured = of<Observation>(bundle, 'Observation').filter(
          (one) => one.code.text === label && dateWords(one.effectiveDateTime!) === date,
        );
        expect([id, label, measured.map(({ valueQuantity }) => valueQuantity!.value)]).toEqual([id, label, [Number(value)]]);
        checked += 1;
      }
    expect(checked).toBeGreaterThan(40);
  });

  test('follow no problem before the day on which it was found', () => {
    for (const { bundle, id, day, text } of notes)
      for (const problem of of(bundle, 'Condition'))
        if (
          problem.resourceType === 'Condition' &&
          problem.recordedDate! > day &&
          problem.category![0]!.coding![0]!.code === 'problem-list-item'
        )
          expect([id, text.includes(`- ${problem.code!.text}: `)]).toEqual([id, false]);
  });

  test('no diabetes shows in a result years before it is found', () => {
    let checked = 0;
    for (const bundle of bundles) {
      const found = of(bundle, 'Condition').find(
        (one) => one.resourceType === 'Condition' && /^Type [12] diabetes/.test(one.code?.text ?? ''),
      );
      if (found?.resourceType !== 'Condition') continue;
      const limit = Date.parse(found.recordedDate!) - 31 * 30.44 * 86_400_000;
      for (const one of of<Observation>(bundle, 'Observation').filter(({ code }) => code.coding?.[0]?.code === '4548-4')) {
        checked += 1;
        if (Date.parse(one.effectiveDateTime!) < limit) expect(one.valueQuantity!.value).toBeLessThan(6.9);
      }
    }
    expect(checked).toBeGreaterThan(10);
  });
});
