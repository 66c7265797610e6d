import { describe, expect, it } from 'vitest';
import type { FhirResource } from '../records/contract.ts';
import { closeAge } from '../records/questions/age.ts';
import { active, asked, coded, entry, loinc, measured } from './foreign-records.fixture.ts';

const snomed = (code: string, text?: string) => ({ ...coded('http://snomed.info/sct', code), ...(text ? { text } : {}) });
const allergy = (code: object) => entry('AllergyIntolerance', { clinicalStatus: active, code });
const problem = (code: object) => entry('Condition', { clinicalStatus: active, code });
const order = (text: string, fields: object = {}) =>
  entry('MedicationRequest', {
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text },
    authoredOn: '2025-11-02',
    ...fields,
  });
const result = (code: object, value: number, unit: string, at: string, comparator?: string) =>
  entry('Observation', {
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code,
    effectiveDateTime: at,
    valueQuantity: { ...measured(value, unit), ...(comparator ? { comparator } : {}) },
  });
const pressure = (code: string, display: string, value: number, at: string) =>
  entry('Observation', {
    status: 'final',
    code: coded('http://snomed.info/sct', code, display),
    effectiveDateTime: at,
    valueQuantity: measured(value, 'mm[Hg]'),
  });
const GP_PRESSURES = [
  pressure('72313002', 'Systolic arterial pressure', 162, '2025-04-01'),
  pressure('1091811000000102', 'Diastolic arterial pressure', 71, '2025-04-01'),
  pressure('72313002', 'Systolic arterial pressure', 138, '2025-10-01'),
  pressure('1091811000000102', 'Diastolic arterial pressure', 64, '2025-10-01'),
];
const apgar = (code: string, display: string, value: number) =>
  entry('Observation', { status: 'final', code: loinc(code, display), effectiveDateTime: '2026-02-20', valueInteger: value });
const sensor = (value: number, at: string, comparator?: string) =>
  result({ ...coded('urn:sensor', 'isf'), text: 'Glucose, interstitial fluid' }, value, 'mg/dL', at, comparator);
const SENSOR = [sensor(61, '2026-03-01T02:00:00Z'), sensor(148, '2026-03-01T09:00:00Z'), sensor(112, '2026-03-02T09:00:00Z')];
const crp = (value: number, at: string, comparator?: string) => result(loinc('1988-5', 'CRP'), value, 'mg/L', at, comparator);

type Row = [question: string, entries: readonly FhirResource[], says: RegExp, never?: RegExp];

const allergies: Row[] = [
  ['is she allergic to aspirin', [allergy(snomed('293586001', 'Ácido acetilsalicílico'))], /Yes: Allergy to Ácido/, /\bNo\b/],
  ['amoxicillin allergy?', [allergy(snomed('294505008'))], /Allergy to amoxycillin is active/i, /\bNo\b/],
  ['any sulfa allergy?', [allergy(snomed('91939003', 'sulfamidas'))], /Allergy to sulfamidas/, /\bNo\b/],
  [
    'is she allergic to morphine',
    [allergy({ ...coded('http://hl7.org/fhir/sid/icd-10', 'Z88.5'), text: 'Stupéfiants' })],
    /Allergy to Stupéfiants/i,
    /\bNo\b/,
  ],
  ['penicillin allergy', [problem(snomed('294499007', 'Bensylpenicillin'))], /Allergy to/i, /\bNo\b/],
  ['allergic to latex?', [problem({ text: 'Latex allergy' })], /Allergy to latex is active/i, /\bNo\b/],
  ['what are her allergies', [problem(coded('http://hl7.org/fhir/sid/icd-10-cm', 'Z88.0'))], /penicillin/i, /\bNo\b/],
];

const drugs: Row[] = [
  ['is she on dihydrocodeine', [order('Co-dydramol 10mg/500mg tablets')], /Yes: Co-dydramol/, /\bNo\b/],
  ['levodopa?', [order('Co-beneldopa 25mg/100mg capsules')], /Co-beneldopa/, /\bNo\b/],
  ['is she on a diuretic', [order('Co-amilofruse 5mg/40mg tablets')], /Yes: Co-amilofruse/, /\bNo\b/],
  ['is she anticoagulated', [order('Phenprocoumon 3 mg')], /Phenprocoumon/, /\bNo\b/],
  ['is she taking codeine', [order('Zaldovec 20 mg'), allergy({ text: 'codeine' })], /Zaldovec/i, /No codeine is recorded/],
  ['any statin?', [order('Simvastatin 20mg tablets', { intent: 'plan', authoredOn: '2017-05-01' })], /active \(plan\)/, /day to come/],
  ['is she on dapagliflozin', [order('Dapagliflozin 10 mg', { intent: 'proposal' })], /planned \(proposal\)/, /\bYes\b|day to come/],
  [
    'current meds',
    [order('Dapagliflozin 10 mg', { intent: 'proposal', authoredOn: '2026-02-01' }), order('Ramipril 5 mg')],
    /Ramipril/,
    /Dapagliflozin/,
  ],
];

const measurements: Row[] = [
  ['latest blood pressure', GP_PRESSURES, /138 mm\[?Hg.*64 mm\[?Hg/],
  ['blood pressure trend', GP_PRESSURES, /Systolic blood pressure is falling: from 162.*Diastolic blood pressure/, /from 162 [^|]* to 64/],
  ['average blood pressure', GP_PRESSURES, /systolic blood pressure is 150 .*diastolic blood pressure is 67\.5/],
  [
    'what were the apgars',
    [apgar('9272-6', '1 minute Apgar Score', 4), apgar('9274-2', '5 minute Apgar Score', 9)],
    /^(?=.*5 minute Apgar score is 9)(?=.*1 minute Apgar score is 4)/,
  ],
  [
    'glucose',
    [
      result(loinc('14749-6', 'Glucose fasting'), 5.1, 'mmol/L', '2026-01-10'),
      result(loinc('15074-8', 'Glucose 2 hours post meal'), 9.7, 'mmol/L', '2026-01-10'),
    ],
    /fasting|post meal/i,
    /latest glucose is/,
  ],
  ['lowest glucose', SENSOR, /lowest glucose, interstitial fluid is 61/],
  ['how many glucose readings since 1 march 2026', SENSOR, /\b3 glucose/],
  ['average glucose', SENSOR, /average glucose, interstitial fluid is 107/],
  ['crp range', [crp(6, '2025-02-01', '<'), crp(31, '2025-06-01'), crp(4, '2025-09-01', '<')], /lowest .* <4 .*highest .* 31/],
  ['average crp', [crp(6, '2025-02-01', '<'), crp(31, '2025-06-01')], /only a limit/, /average C/],
];

const observed = (fields: object) => entry('Observation', { status: 'final', effectiveDateTime: '2025-08-20', ...fields });
const unnamed: Row[] = [
  [
    'any family history of diabetes?',
    [observed({ code: coded('http://snomed.info/sct', '160303001', 'Family history: diabetes mellitus') })],
    /diabetes mellitus/i,
    /\bNo\b/,
  ],
  [
    'does she smoke',
    [observed({ category: [{ text: 'social-history' }], code: { text: 'Tabaquismo' }, valueString: 'Exfumadora' })],
    /Exfumadora/,
    /\bNo\b/,
  ],
  [
    'is she a smoker',
    [observed({ category: [{ text: 'social-history' }], code: { text: 'Xquv zzerb' }, valueString: 'ja' })],
    /./,
    /No tobacco/,
  ],
  [
    'does she have psoriasis',
    [entry('Condition', { clinicalStatus: active, text: { status: 'generated', div: '<div>Psoriasis</div>' } })],
    /Yes: Psoriasis/,
  ],
  [
    'ciclosporin',
    [result({ text: 'Ciclosporin level' }, 121, 'ng/mL', '2025-08-20')],
    /Ciclosporin level.*121 ng\/mL/i,
    /\| No cyclosporine/,
  ],
  [
    'white cells in urine',
    [observed({ code: { text: 'Urinalysis' }, component: [{ code: { text: 'WBC/HPF' }, valueString: '20-30' }] })],
    /20-30/,
    /\bNo\b/,
  ],
  [
    'how many pregnancies has she had?',
    [observed({ code: loinc('11996-6', 'Gravida'), valueInteger: 4 }), problem({ text: 'Pregnancy' })],
    /4/,
    /recorded once/,
  ],
  [
    'is her last INR in range',
    [result(loinc('6301-6', 'INR'), 2.4, '{INR}', '2025-06-01'), result(loinc('6301-6', 'INR'), 3.9, '{INR}', '2025-08-01')],
    /3\.9/,
    /ranged/,
  ],
];

const births: readonly (readonly [born: string, says: RegExp])[] = [
  ['1961', /64 or 65 years/],
  ['1961-03', /64 or 65 years/],
  ['1961-07', /64 years/],
  ['2026-02-19', /12 days/],
  ['2025-06-01', /9 months/],
];

describe('records of other systems', () => {
  it.each(unnamed)('%s (filed otherwise)', async (question, entries, says, never) => {
    const said = await asked(question, ...entries);
    expect(said).toMatch(says);
    if (never) expect(said).not.toMatch(never);
  });

  it.each(births)('tells the age of one born %s as closely as it is known', (born, says) => {
    expect(closeAge(born, '2026-03-03T12:00:00Z')?.text).toMatch(says);
  });

  it.each(allergies)('%s (an allergy by its code)', async (question, entries, says, never) => {
    const said = await asked(question, ...entries);
    expect(said).toMatch(says);
    if (never) expect(said).not.toMatch(never);
  });

  it.each(drugs)('%s (a drug as it is called elsewhere)', async (question, entries, says, never) => {
    const said = await asked(question, ...entries);
    expect(said).toMatch(says);
    if (never) expect(said).not.toMatch(never);
  });

  it.each(measurements)('%s (measured elsewhere)', async (question, entries, says, never) => {
    const said = await asked(question, ...entries);
    expect(said).toMatch(says);
    if (never) expect(said).not.toMatch(never);
  });

  it('denies an allergy that nothing in the record names', async () => {
    expect(await asked('is she allergic to latex', allergy(snomed('293586001', 'Aspirine')))).toMatch(/No allergy to latex is recorded/);
  });
});
