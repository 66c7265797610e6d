/** A small record for the tests of generator and grader: R4 resources with ties, an error, a doubtful diagnosis and a withheld value. */
const subject = { reference: 'urn:uuid:pat' };
const loinc = (code: string, text: string) => ({ coding: [{ system: 'http://loinc.org', code, display: text }], text });
const observation = (id: string, code: object, date: string, value: number, unit: string, more: object = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code,
  effectiveDateTime: date,
  valueQuantity: { value, unit },
  ...more,
});
const potassium = loinc('2823-3', 'Potassium [Moles/volume] in Serum or Plasma');
const condition = (id: string, text: string, clinical: string, onset: string, more: object = {}) => ({
  resourceType: 'Condition',
  id,
  subject,
  code: { text },
  clinicalStatus: { coding: [{ code: clinical }] },
  verificationStatus: { coding: [{ code: 'confirmed' }] },
  onsetDateTime: onset,
  ...more,
});
const order = (id: string, text: string, status: string, more: object = {}) => ({
  resourceType: 'MedicationRequest',
  id,
  status,
  intent: 'order',
  subject,
  medicationCodeableConcept: { text },
  authoredOn: '2020-02-03T10:00:00-05:00',
  ...more,
});
const pressure = (id: string, date: string, systolic: number, diastolic: number) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: loinc('85354-9', 'Blood pressure panel'),
  effectiveDateTime: date,
  component: [
    { code: loinc('8480-6', 'Systolic blood pressure'), valueQuantity: { value: systolic, unit: 'mm[Hg]' } },
    { code: loinc('8462-4', 'Diastolic blood pressure'), valueQuantity: { value: diastolic, unit: 'mm[Hg]' } },
  ],
});
const shot = (id: string, code: string, text: string, date: string) => ({
  resourceType: 'Immunization',
  id,
  status: 'completed',
  patient: subject,
  vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code, display: text }] },
  occurrenceDateTime: date,
});
const visit = (id: string, status: string, kind: string, start: string, more: object = {}) => ({
  resourceType: 'Encounter',
  id,
  status,
  class: { code: kind },
  subject,
  period: { start },
  ...more,
});

export const SAMPLE_RECORD = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    { resourceType: 'Patient', id: 'pat', gender: 'female', birthDate: '1950-07-09', name: [{ given: ['Ada12'], family: 'Okafor7' }] },
    observation('k1', potassium, '2019-01-05T08:00:00-05:00', 4.1, 'mmol/L'),
    observation('k2', potassium, '2021-01-05T08:00:00-05:00', 5.25, 'mmol/L'),
    observation('k3', potassium, '2023-01-05T08:00:00-05:00', 4.6, 'mmol/L'),
    observation('k4', potassium, '2025-01-05T23:30:00-05:00', 4.9, 'mmol/L'),
    observation('k5', potassium, '2025-01-05T23:30:00-05:00', 5, 'mmol/L'),
    observation('k9', potassium, '2026-01-05T08:00:00-05:00', 9.9, 'mmol/L', { status: 'entered-in-error' }),
    observation('w1', loinc('29463-7', 'Body weight'), '2020-01-05', 60, 'kg'),
    observation('w2', loinc('29463-7', 'Body weight'), '2022-01-05', 66, 'kg'),
    observation('w3', loinc('29463-7', 'Body weight'), '2024-01-05', 73, 'kg'),
    observation('t1', loinc('3016-3', 'Thyrotropin'), '2022-01-05', 2, 'mU/L'),
    {
      resourceType: 'Observation',
      id: 't2',
      status: 'final',
      subject,
      code: loinc('3016-3', 'Thyrotropin'),
      effectiveDateTime: '2024-01-05',
      dataAbsentReason: { text: 'lost' },
    },
    pressure('bp1', '2022-01-05', 138, 84),
    pressure('bp2', '2024-01-05', 126.4449, 77.81),
    condition('h', 'Essential hypertension', 'active', '2012-06-04'),
    condition('b', 'Acute bronchitis (disorder)', 'resolved', '2015-03-01', { abatementDateTime: '2015-03-15' }),
    condition('g', 'Gout', 'active', '2016-03-01', { verificationStatus: { coding: [{ code: 'provisional' }] } }),
    order('m1', 'lisinopril 10 MG Oral Tablet', 'active', { reasonReference: [{ reference: 'Condition/h' }] }),
    order('m2', 'Naproxen 220 MG Oral Tablet', 'stopped'),
    shot('i1', '140', 'Influenza, seasonal, injectable, preservative free', '2021-10-03'),
    shot('i2', '140', 'Influenza, seasonal, injectable, preservative free', '2024-10-03'),
    shot('i3', '121', 'zoster', '2015-08-01'),
    { resourceType: 'Procedure', id: 'p1', status: 'completed', subject, code: { text: 'Colonoscopy' }, performedDateTime: '2016-05-05' },
    visit('e1', 'finished', 'AMB', '2025-01-05T22:00:00-05:00', { reasonCode: [{ text: 'Essential hypertension' }] }),
    visit('e2', 'finished', 'EMER', '2015-03-01T02:00:00-05:00', { reasonCode: [{ text: 'Acute bronchitis' }] }),
    visit('e3', 'planned', 'AMB', '2026-12-05T22:00:00-05:00'),
  ].map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource })),
};
