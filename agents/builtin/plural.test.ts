import { expect, test } from 'vitest';
import { KIND_NAMES, SECTIONS } from '../../records/questions/sections.ts';
import { plural, singular } from './plural.ts';

test('one of each part of a record', () => {
  const names = [...new Set([...Object.values(SECTIONS).map(({ name }) => name), ...Object.values(KIND_NAMES)])].sort();
  expect(Object.fromEntries(names.map((name) => [name, singular(name)]))).toEqual({
    allergies: 'allergy',
    appointments: 'appointment',
    'care plans': 'care plan',
    'care team': 'care team',
    coverage: 'coverage',
    devices: 'device',
    'diagnostic reports': 'diagnostic report',
    documents: 'document',
    'emergency visits': 'emergency visit',
    'family history': 'family history',
    'genetic results': 'genetic result',
    goals: 'goal',
    'hospital admissions': 'hospital admission',
    'imaging studies': 'imaging study',
    immunizations: 'immunization',
    'insurance coverage': 'insurance coverage',
    medications: 'medication',
    orders: 'order',
    'personal details': 'personal detail',
    problems: 'problem',
    procedures: 'procedure',
    reports: 'report',
    results: 'result',
    scores: 'score',
    'scores and questionnaires': 'score or questionnaire',
    'social history': 'social history',
    surgeries: 'surgery',
    'upcoming visits': 'upcoming visit',
    visits: 'visit',
    'vital signs': 'vital sign',
  });
});

test.each([
  ['active allergies', 'active allergy'],
  ['benzodiazepines', 'benzodiazepine'],
  ['tests for diabetes', 'tests for diabetes'],
  ['type 2 diabetes', 'type 2 diabetes'],
  ['arthritis', 'arthritis'],
  ['AIDS', 'AIDS'],
  ['NSAIDs', 'NSAID'],
  ['hearing aids', 'hearing aid'],
  ['influenza virus', 'influenza virus'],
  ['rashes', 'rash'],
  ['biopsies', 'biopsy'],
  ['potassium', 'potassium'],
  ['hepatitis B and C tests', 'hepatitis B and C test'],
])('%s: one %s', (many, single) => expect(singular(many)).toBe(single));

test.each(['colonoscopy', 'heart drug', 'imaging study'])('%s, many and one again', (name) => expect(singular(plural(name))).toBe(name));
