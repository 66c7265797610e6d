import { expect, test } from 'vitest';
import type { FhirResource } from '../contract.ts';
import { TEXT_LIMIT } from './attachments.ts';
import { boundedTexts, NAME_LIMIT } from './bounded.ts';
import { chartOf } from './chart.fixture.ts';

const subject = { reference: 'Patient/p' };
const asthma = { coding: [{ system: 'http://snomed.info/sct', code: '195967001', display: 'Asthma' }] };
const problem = (fields: Record<string, unknown>): FhirResource => ({
  resourceType: 'Condition',
  id: 'c',
  subject,
  code: asthma,
  ...fields,
});
const prose = 'She has a cough at night. '.repeat(4_000);
const MARGIN = 2;

test.each<[string, FhirResource, (text: string) => boolean]>([
  ['a note', problem({ note: [{ text: prose }] }), (text) => text.startsWith('She has a cough')],
  [
    'many notes of one entry',
    problem({ note: Array.from({ length: 40 }, () => ({ text: prose.slice(0, 4_000) })) }),
    (text) => text.includes('cough'),
  ],
  [
    'a conclusion',
    { resourceType: 'DiagnosticReport', id: 'r', subject, code: { text: 'Spirometry' }, conclusion: prose },
    (text) => text.includes('cough'),
  ],
  [
    'a value in words',
    { resourceType: 'Observation', id: 'o', subject, code: { text: 'Cough' }, valueString: prose },
    (text) => text.includes('cough'),
  ],
])('no more of %s is read than of a document, and what is not read is told', (_, resource, isIt) => {
  const chart = chartOf(resource);
  const texts = chart.facts.flatMap((fact) => [...Object.values(fact.details ?? {}), fact.value?.type === 'text' ? fact.value.text : '']);
  expect(texts.some(isIt)).toBe(true);
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(TEXT_LIMIT + 100);
  expect(chart.gaps).toEqual([{ type: 'Element.text', why: expect.stringContaining('longer than 20000 characters'), count: 1 }]);
});

test('forty thousand characters are no name: what the code is called stands for them, or their beginning', () => {
  const coded = chartOf(problem({ code: { ...asthma, text: prose } }));
  expect(coded.facts.find(({ kind }) => kind === 'problem')).toMatchObject({ name: 'asthma', names: ['Asthma'] });
  expect(coded.gaps).toHaveLength(1);
  const [named] = chartOf(problem({ code: { text: prose } })).facts.filter(({ kind }) => kind === 'problem');
  expect(named!.name.length).toBeLessThanOrEqual(NAME_LIMIT + MARGIN);
  const [displayed] = chartOf(problem({ code: { coding: [{ ...asthma.coding[0], display: prose }] } })).facts.filter(
    ({ kind }) => kind === 'problem',
  );
  expect(displayed!.names.every((name) => name.length <= NAME_LIMIT + MARGIN)).toBe(true);
});

test('what is not too long is read as it was given, and no character is cut in two', () => {
  const whole = [problem({ note: [{ text: prose.slice(0, TEXT_LIMIT) }] }), problem({ note: [{ text: 'Short.' }] })];
  const read = boundedTexts(whole);
  expect(read.gaps).toEqual([]);
  expect(read.resources[0]).toBe(whole[0]);
  const [cut] = boundedTexts([problem({ code: { text: `a${'😀'.repeat(600)}` } })]).resources;
  expect((cut!.code as { text: string }).text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
});

test('elements within elements without end are not followed', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 'end' : { extension: [deep(levels - 1)] });
  expect(() => boundedTexts([problem({ extension: [deep(2_000)], note: [{ text: prose }] })])).not.toThrow();
});
