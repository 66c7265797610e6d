import type { Condition, DocumentReference, MedicationRequest, Observation, Resource } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { generate } from './generate.ts';
import { dateWords } from './generator/note.ts';

const bundles = [...generate({ seed: 1, asOf: '2026-11-21' })].filter(({ id }) => id !== 'clinic');

const textOf = (note: DocumentReference): string => Buffer.from(note.content[0]!.attachment.data ?? '', 'base64').toString('utf8');
describe.each(bundles.map((bundle) => [bundle.id as string, bundle] as const))('the notes of %s', (_, bundle) => {
  const resources = (bundle.entry ?? []).map(({ resource }) => resource as Resource);
  const of = <T extends Resource>(type: T['resourceType']) => resources.filter((one): one is T => one.resourceType === type);
  const notes = of<DocumentReference>('DocumentReference').filter(({ context }) => context?.encounter?.[0]);
  const during = <T extends { encounter?: { reference?: string } }>(all: readonly T[], note: DocumentReference) =>
    all.filter(({ encounter }) => encounter?.reference === note.context!.encounter![0]!.reference);

  test('tell the results and vital signs of their visit, those of the day in their heading', () => {
    const wrong = notes.flatMap((note) => {
      const text = textOf(note);
      const measured = new Map<string, number[]>();
      const [heading] = text.split('\n');
      for (const { code, valueQuantity, effectiveDateTime } of during(of<Observation>('Observation'), note))
        if (valueQuantity?.value !== undefined && heading!.includes(`, ${dateWords(effectiveDateTime ?? note.date!)},`))
          measured.set(code.text ?? '', [...(measured.get(code.text ?? '') ?? []), valueQuantity.value]);
      // A reading of a bedside chart is not told; every number that is told was measured.
      return [...measured].flatMap(([label, values]) =>
        [...text.matchAll(new RegExp(`(?:: |\\. )${label.replaceAll(/[^\w ]/g, '.')} (-?[\\d,]+(?:\\.\\d+)?)(?![\\d-])`, 'g'))]
          .map(([, number]) => Number(number!.replaceAll(',', '')))
          .filter((number) => !values.includes(number))
          .map((number) => `${note.id}: ${label} ${number}`),
      );
    });
    expect(wrong).toEqual([]);
  });

  test('tell every drug that was begun and every diagnosis that was made in their visit', () => {
    // A long stay has several notes, which tell it together.
    const missing = notes.flatMap((note) => {
      const stay = note.context!.encounter![0]!.reference;
      const text = notes
        .filter(({ context }) => context!.encounter![0]!.reference === stay)
        .map(textOf)
        .join('\n');
      const ordered = during(of<MedicationRequest>('MedicationRequest'), note).filter(({ intent }) => intent === 'order');
      const found = during(of<Condition>('Condition'), note).map(({ code }) => code?.text ?? '');
      const begun = (text.match(/^- (?:Started|Continued|Changed|Gave|Placed) /gm) ?? []).length;
      return [
        ...found.filter((name) => !text.includes(name)).map((name) => `${note.id}: ${name} is not told`),
        ...(begun < ordered.length ? [`${note.id}: ${ordered.length} drugs begun, ${begun} told`] : []),
      ];
    });
    expect(missing).toEqual([]);
  });
});
