import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { verifyText } from './verify.ts';

const subject = { reference: 'Patient/p1' };
const text = (words: string) => ({ text: words });
const survey = (id: string, date: string, code: string, display: string, value: object) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  category: [{ coding: [{ code: 'survey' }] }],
  subject,
  code: { coding: [{ system: 'http://loinc.org', code, display }], text: display },
  effectiveDateTime: date,
  ...value,
});
const questionnaire = (date: string, score: number) => [
  survey(`p-${date}`, date, '44249-1', 'PHQ-9 quick depression assessment panel [Reported.PHQ]', { hasMember: [] }),
  survey(`i-${date}`, date, '44255-8', 'Feeling down, depressed, or hopeless in last 2 weeks [Reported.PHQ]', {
    valueCodeableConcept: text('Several days'),
  }),
  survey(`s-${date}`, date, '44261-6', 'Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]', {
    valueQuantity: { value: score, unit: '{score}', system: 'http://unitsofmeasure.org', code: '{score}' },
  }),
];
const ended = (id: string, name: string, from: string, to: string) => ({
  resourceType: 'Condition',
  id,
  subject,
  clinicalStatus: { coding: [{ code: 'resolved' }] },
  code: text(name),
  onsetDateTime: from,
  abatementDateTime: to,
});

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Ruiz', given: ['Ines'] }], gender: 'female', birthDate: '1960-01-01' },
    ...questionnaire('2025-03-01', 12),
    ...questionnaire('2025-09-01', 8),
    ...questionnaire('2026-03-01', 5),
    {
      resourceType: 'Observation',
      id: 'smoke',
      status: 'final',
      category: [{ coding: [{ code: 'social-history' }] }],
      subject,
      code: {
        coding: [{ system: 'http://loinc.org', code: '72166-2', display: 'Tobacco smoking status' }],
        text: 'Tobacco smoking status',
      },
      effectiveDateTime: '2026-02-21',
      valueCodeableConcept: text('Never smoked'),
    },
    {
      resourceType: 'FamilyMemberHistory',
      id: 'f1',
      status: 'completed',
      patient: subject,
      relationship: text('Mother'),
      condition: [{ code: text('Osteoporosis') }],
    },
    {
      resourceType: 'AllergyIntolerance',
      id: 'a1',
      patient: subject,
      clinicalStatus: { coding: [{ code: 'active' }] },
      verificationStatus: { coding: [{ code: 'confirmed' }] },
      code: text('Cashew nut'),
      reaction: [{ manifestation: [text('Anaphylaxis')], severity: 'severe' }],
      note: [text('Vomiting after a cake. Eats almond and hazelnut.')],
    },
    ended('c1', 'Anaphylaxis', '2019-04-03', '2019-04-03'),
    ended('c2', 'Acute bronchitis', '2024-05-10', '2024-05-13'),
    {
      resourceType: 'MedicationRequest',
      id: 'm1',
      status: 'active',
      intent: 'order',
      subject,
      medicationCodeableConcept: text('alendronic acid 70 MG Oral Tablet'),
      authoredOn: '2024-01-05',
      dosageInstruction: [
        {
          text: '1 tablet (70 mg) by mouth once a week in the morning',
          timing: { repeat: { frequency: 1, period: 1, periodUnit: 'wk', when: ['MORN'] } },
          doseAndRate: [{ doseQuantity: { value: 70, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } }],
        },
      ],
    },
  ],
  { patientId: 'p1', asOf: '2026-11-20T09:00:00Z', terminology: createTerminology(loadConcepts()) },
);

describe('what the record tells in other words', () => {
  it.each([
    ['Her PHQ-9 score was taken three times.', 'supported'],
    ['The PHQ-9 was measured 3 times.', 'supported'],
    ['The PHQ-9 was measured 4 times.', 'contradicted'],
    ['The PHQ-9 was measured 9 times.', 'contradicted'],
    ['She is a lifelong nonsmoker.', 'supported'],
    ['A non-smoker all her life who has never smoked.', 'not contradicted'],
    ['The family history is notable for osteoporosis in her mother.', 'supported'],
    ['The family history is notable for gout in her mother.', 'unverified'],
    ['She gets anaphylaxis from cashew nuts.', 'supported'],
    ['She gets anaphylaxis from hazelnuts.', 'not supported'],
    ['She is allergic to hazelnuts.', 'not supported'],
    ['She is allergic to cashew nuts.', 'supported'],
    ['She has a tree nut allergy.', 'not contradicted'],
    ['She is allergic to nuts.', 'not contradicted'],
    ['She gets vomiting from cashew nuts.', 'not supported'],
    ['She never gets anaphylaxis from cashew nuts.', 'not supported'],
    ['Her sister gets anaphylaxis from cashew nuts.', 'not supported'],
    ['She takes alendronic acid 70 mg once a week in the morning.', 'supported'],
    ['Alendronic acid 70 mg once weekly at night.', 'not supported'],
    ['Alendronic acid 70 mg every morning.', 'contradicted'],
    ['Alendronic acid 70 mg in the morning.', 'not supported'],
    ['Anaphylaxis causes cashew nuts.', 'not supported'],
    ['She had acute bronchitis for 3 days in May 2024.', 'supported'],
    ['She had acute bronchitis for 4 days in May 2024.', 'supported'],
    ['She had acute bronchitis for 6 days in May 2024.', 'contradicted'],
  ])('%s is %s', (sentence, wanted) => {
    const verdicts = verifyText(sentence, chart).map(({ verdict }) => verdict);
    expect(verdicts).toHaveLength(1);
    if (wanted.startsWith('not ')) expect(verdicts[0]).not.toBe(wanted.slice(4));
    else expect(verdicts[0]).toBe(wanted);
  });
});
