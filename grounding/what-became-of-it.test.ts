/** Stopped or only changed, begun or only done again, completed or broken off: what became of a treatment. */
import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { code, dosage, lab, medication, problem } from './park.fixture.ts';
import { verifyText } from './verify.ts';

const SCT = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';
const subject = { reference: 'Patient/p1' };
const order = (rx: string, name: string, mg: number, start: string, end?: string, reason?: string) =>
  medication(rx, name, start, {
    ...dosage(mg, 'mg', 2, 1, 'd', {
      timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd', boundsPeriod: { start, ...(end ? { end } : {}) } } },
    }),
    ...(end ? { status: 'stopped' } : {}),
    ...(reason ? { statusReason: { text: reason } } : {}),
  });
const session = (sct: string, name: string, date: string, status = 'completed', end?: string) => ({
  resourceType: 'Procedure',
  id: `s-${sct}-${date}`,
  status,
  subject,
  code: code(SCT, sct, name),
  ...(end ? { performedPeriod: { start: date, end } } : { performedDateTime: date }),
});
const count = (id: string, loinc: string, name: string, value: number) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  category: [{ coding: [{ code: 'exam' }] }],
  code: code(LOINC, loinc, name),
  effectiveDateTime: '2026-05-22',
  valueQuantity: { value },
});

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Okafor', given: ['Ruth'] }], gender: 'female', birthDate: '1991-03-09' },
    order('861004', 'metformin hydrochloride 1000 MG Oral Tablet', 1000, '2013-04-22', '2025-02-06', 'eGFR below 45'),
    order('861007', 'metformin hydrochloride 500 MG Oral Tablet', 500, '2025-02-06'),
    order('617312', 'atorvastatin 20 MG Oral Tablet', 20, '2016-05-04', '2020-03-10'),
    order('617310', 'atorvastatin 40 MG Oral Tablet', 40, '2022-06-01'),
    order('314076', 'lisinopril 10 MG Oral Tablet', 10, '2016-05-04', '2021-03-10', 'Cough'),
    session('302497006', 'Hemodialysis', '2022-06-02'),
    session('302497006', 'Hemodialysis', '2022-06-05'),
    session('302497006', 'Hemodialysis', '2022-08-30'),
    session('302497006', 'Hemodialysis', '2022-11-20'),
    session('302497006', 'Hemodialysis', '2023-01-20'),
    session('91251008', 'Physical therapy procedure', '2025-03-01'),
    session('91251008', 'Physical therapy procedure', '2025-03-08'),
    session('91251008', 'Physical therapy procedure', '2025-04-05', 'completed'),
    session('395123002', 'Pulmonary rehabilitation', '2025-10-21', 'stopped', '2025-11-18'),
    session('225323000', 'Smoking cessation education', '2024-10-21'),
    ...lab({
      loinc: '2160-0',
      name: 'Creatinine',
      unit: 'mg/dL',
      ucum: 'mg/dL',
      range: [0.5, 1.1],
      values: [
        ['2020-11-23', 0.83],
        ['2026-10-01', 0.96],
        ['2026-11-19', 1.86],
        ['2026-11-21', 1.48],
      ],
    }),
    count('gravida', '11996-6', '[#] Pregnancies', 3),
    problem('77386006', 'Pregnancy', '2026-03-26', { note: [{ text: 'Third pregnancy. Birth due on 2026-12-31.' }] }),
    problem('237238006', 'Obesity complicating pregnancy', '2026-03-26'),
    {
      resourceType: 'Encounter',
      id: 'well',
      status: 'finished',
      class: { code: 'AMB' },
      type: [{ text: 'well-child visit' }],
      subject,
      period: { start: '2020-10-05T09:00:00Z', end: '2020-10-05T09:30:00Z' },
      participant: [{ individual: { display: 'Dr. Ngozi Okoye' } }],
    },
    {
      resourceType: 'Encounter',
      id: 'allergy',
      status: 'finished',
      class: { code: 'AMB' },
      type: [{ text: 'allergy clinic visit' }],
      subject,
      period: { start: '2021-10-05T09:00:00Z', end: '2021-10-05T09:30:00Z' },
    },
    {
      resourceType: 'DocumentReference',
      id: 'note',
      status: 'current',
      subject,
      type: { text: 'progress note' },
      date: '2026-09-21T09:00:00Z',
      content: [
        {
          attachment: {
            contentType: 'text/plain',
            data: Buffer.from(
              'Reason for visit: yearly review.\nHistory: She is well.\nOne more year of the same.\n- Ultrasound of the kidneys and their arteries ordered.\n- Review at dialysis.',
            ).toString('base64'),
          },
        },
      ],
    },
  ],
  { patientId: 'p1', asOf: '2026-11-22T10:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdict = (text: string) => verifyText(text, chart).map((claim) => claim.verdict)[0];

const supported = (texts: readonly string[]) =>
  it.each(texts)('is supported: %s', (text) => {
    expect(verdict(text)).toBe('supported');
  });
const notSupported = (texts: readonly string[]) =>
  it.each(texts)('is not supported: %s', (text) => {
    expect(verdict(text)).not.toBe('supported');
  });

describe('a dose that was changed is no end of the drug', () => {
  it('is contradicted', () => {
    expect(verdict('Metformin was stopped in February 2025.')).toBe('contradicted');
    expect(verdict('Metformin was discontinued on 6 February 2025.')).toBe('contradicted');
  });
  notSupported([
    'She came off metformin in February 2025.',
    'Metformin was stopped.',
    'Metformin was stopped because of her eGFR.',
    'She used to take metformin.',
    'She no longer takes metformin.',
  ]);
  supported([
    'Metformin 1,000 mg was stopped in February 2025.',
    'She takes metformin 500 mg twice daily.',
    'Lisinopril was stopped in March 2021.',
    'Lisinopril was stopped because of cough.',
    // Begun again two years later.
    'Atorvastatin was stopped in March 2020.',
  ]);
});

describe('the first value is not the baseline that a later one is back to', () => {
  notSupported([
    'Her creatinine has returned to baseline.',
    'Her creatinine is back to baseline.',
    'Her creatinine is at baseline.',
    'Her creatinine is near her baseline.',
    'Her creatinine is above baseline.',
    'Her creatinine is 1.48, back to baseline.',
    'Creatinine is now at her baseline of 1.48.',
    'Her creatinine has come back to normal.',
    'Her creatinine is back to what it was.',
  ]);
  supported(['Her creatinine was 0.83 at baseline.', 'Baseline creatinine was 0.83 mg/dL.', 'Her creatinine is above normal.']);
});

describe('which pregnancy it is', () => {
  notSupported([
    'This is her first pregnancy.',
    'This is her second pregnancy.',
    'She is in her first pregnancy.',
    'She is pregnant for the first time.',
    'She is primigravida.',
    'Her first pregnancy was in 2026.',
    'Gravida 1.',
  ]);
  supported(['This is her third pregnancy.', 'She is in her third pregnancy.', 'Gravida 3.']);
});

describe('what is done again and again', () => {
  it('begins with the first of a row', () => {
    expect(verdict('Hemodialysis began in August 2022.')).toBe('contradicted');
    expect(verdict('She started dialysis in November 2022.')).toBe('contradicted');
  });
  notSupported([
    'She started dialysis in 2023.',
    'She went on dialysis in August 2022.',
    'She has been on dialysis since 2023.',
    'Physical therapy started in April 2025.',
  ]);
  supported([
    'She has been on dialysis since June 2022.',
    'She started dialysis in June 2022.',
    'Hemodialysis began in 2022.',
    'Physical therapy started in March 2025.',
  ]);
});

describe('what was broken off is not completed', () => {
  notSupported(['She completed pulmonary rehabilitation.', 'She finished pulmonary rehabilitation in November 2025.']);
  supported(['Pulmonary rehabilitation was stopped.', 'She completed smoking cessation education.']);
});

describe('who saw the patient', () => {
  notSupported([
    'Allergy saw her on 5 October 2020.',
    'She was seen by an allergist on 5 October 2020.',
    'She was seen in allergy clinic in October 2020.',
    'A specialist saw her on 5 October 2020.',
    'Surgery saw her on 5 October 2020.',
  ]);
  supported([
    'She was seen on 5 October 2020.',
    'Allergy saw her on 5 October 2021.',
    'She was seen in the allergy clinic in October 2021.',
  ]);
});

describe('what a note names or plans', () => {
  notSupported(['Ultrasound of the kidneys was done in September 2026.', 'She completed dialysis in September 2026.']);
});

describe('work that no entry speaks of', () => {
  notSupported(['She works full time.', 'She works part time.', 'She works from home.', 'She is employed full time.']);
});
