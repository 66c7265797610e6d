/** True sentences that an entry beside the point does not refute. */
import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { code, dosage, medication, problem } from './park.fixture.ts';
import { verifyText } from './verify.ts';

const SCT = 'http://snomed.info/sct';
const subject = { reference: 'Patient/p1' };
const order = (rx: string, name: string, mg: number, start: string, end?: string) =>
  medication(rx, name, start, {
    ...dosage(mg, 'mg', 1, 1, 'd', {
      timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd', boundsPeriod: { start, ...(end ? { end } : {}) } } },
    }),
    ...(end ? { status: 'stopped' } : {}),
  });
const appointment = (id: string, status: string, start: string) => ({
  resourceType: 'Appointment',
  id,
  status,
  start,
  serviceType: [{ text: 'family medicine' }],
  participant: [{ actor: subject, status: 'accepted' }],
});
const done = (sct: string, name: string, date: string) => ({
  resourceType: 'Procedure',
  id: `p-${sct}-${date}`,
  status: 'completed',
  subject,
  code: code(SCT, sct, name),
  performedDateTime: date,
});

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Okafor', given: ['Ruth'] }], gender: 'female', birthDate: '1961-03-09' },
    appointment('a1', 'noshow', '2025-01-21T15:00:00Z'),
    appointment('a2', 'noshow', '2025-06-23T15:00:00Z'),
    appointment('a3', 'fulfilled', '2025-11-21T15:00:00Z'),
    appointment('a4', 'cancelled', '2026-02-23T15:00:00Z'),
    appointment('a5', 'fulfilled', '2026-08-21T15:00:00Z'),
    {
      resourceType: 'Encounter',
      id: 'v1',
      status: 'finished',
      class: { code: 'AMB' },
      type: [{ text: 'family medicine visit' }],
      subject,
      period: { start: '2026-08-21T15:00:00Z', end: '2026-08-21T15:30:00Z' },
    },
    done('73761001', 'Colonoscopy', '2019-11-22'),
    done('71651007', 'Mammography', '2026-08-21'),
    problem('68496003', 'Polyp of colon', '2019-11-22'),
    order('866427', '24 HR metoprolol succinate 25 MG Extended Release Oral Tablet', 25, '2022-11-21', '2025-09-22'),
    order('866436', '24 HR metoprolol succinate 50 MG Extended Release Oral Tablet', 50, '2025-09-22', '2025-11-21'),
    order('830845', '24 HR diltiazem hydrochloride 120 MG Extended Release Oral Capsule', 120, '2025-11-21'),
    order('308460', 'azithromycin 250 MG Oral Tablet', 250, '2024-02-01', '2024-02-06'),
    order('308191', 'amoxicillin 500 MG Oral Capsule', 500, '2026-08-25', '2026-09-01'),
  ],
  { patientId: 'p1', asOf: '2026-11-22T12:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdictOf = (text: string) => verifyText(text, chart).map(({ verdict }) => verdict);

describe('what was missed', () => {
  it('is counted apart from what was kept or called off', () => {
    expect(verdictOf('She missed two appointments.')).toEqual(['supported']);
    expect(verdictOf('She missed five appointments.')).toEqual(['contradicted']);
    expect(verdictOf('One appointment was cancelled.')).toEqual(['supported']);
  });
});

describe('what is denied', () => {
  it.each([
    'She has not been seen by psychiatry.',
    'She has had no mammogram since August 2026.',
    'She has had no colonoscopy since 2019.',
  ])('%s', (text) => {
    expect(verdictOf(text)).toEqual(['unverified']);
  });

  it('is refuted by one that came later', () => {
    expect(verdictOf('She has had no mammogram since August 2025.')).toEqual(['contradicted']);
    expect(verdictOf('She has had no colonoscopy since 2018.')).toEqual(['contradicted']);
  });
});

describe('what was put in order', () => {
  it('counts a drug that was stopped from its end', () => {
    expect(verdictOf('Diltiazem was started on the day metoprolol was stopped.')).toEqual(['supported']);
    expect(verdictOf('Diltiazem was started a year after metoprolol was stopped.')).toEqual(['contradicted']);
  });

  it('does not take an old drug of a class for the one that is meant', () => {
    expect(verdictOf('The mammogram was done before the antibiotic.')).not.toEqual(['contradicted']);
  });
});

describe('what an entry does not tell', () => {
  it.each(['Her colonoscopy was due in November 2022.', 'She had two colon polyps.', 'She took 10 mg/kg of amoxicillin.'])('%s', (text) => {
    expect(verdictOf(text)).toEqual(['unverified']);
  });
});
