import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../../language/terminology/load.ts';
import { createTerminology } from '../../language/terminology.ts';
import { buildChart } from '../../records/chart/chart.ts';
import { verifyText } from '../verify.ts';

const patient = { reference: 'Patient/p1' };
const text = (words: string) => ({ text: words });
const by = (name: string) => [{ actor: { display: name }, status: 'accepted' }];

const chart = buildChart(
  [
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Quist', given: ['Ada'] }], gender: 'female', birthDate: '1950-01-01' },
    {
      resourceType: 'Immunization',
      id: 'i1',
      patient,
      status: 'not-done',
      statusReason: text('Patient refused'),
      vaccineCode: text('Hepatitis B vaccine'),
      occurrenceDateTime: '2024-03-04',
    },
    {
      resourceType: 'Immunization',
      id: 'i2',
      patient,
      status: 'completed',
      vaccineCode: text('Influenza vaccine'),
      occurrenceDateTime: '2023-10-09',
    },
    {
      resourceType: 'Procedure',
      id: 'pr1',
      subject: patient,
      status: 'not-done',
      statusReason: text('Patient declined'),
      code: text('Cardiac rehabilitation'),
      performedDateTime: '2024-02-12',
    },
    {
      resourceType: 'Appointment',
      id: 'a1',
      status: 'booked',
      description: 'Dermatology clinic',
      start: '2024-08-14T10:00:00Z',
      participant: [{ actor: patient, status: 'accepted' }, ...by('Dr. Lena Falk')],
    },
    {
      resourceType: 'Appointment',
      id: 'a2',
      status: 'noshow',
      description: 'Spirometry',
      start: '2024-05-06T10:00:00Z',
      participant: [{ actor: patient, status: 'accepted' }],
    },
    {
      resourceType: 'ServiceRequest',
      id: 's1',
      subject: patient,
      status: 'active',
      intent: 'order',
      code: text('Referral to rheumatology'),
      authoredOn: '2024-05-20',
      requester: { display: 'Dr. Omar Haddad' },
    },
    {
      resourceType: 'FamilyMemberHistory',
      id: 'f1',
      patient,
      status: 'completed',
      relationship: text('sister'),
      condition: [{ code: text('Breast cancer'), onsetAge: { value: 44, unit: 'years' } }],
    },
    {
      resourceType: 'CareTeam',
      id: 'c1',
      subject: patient,
      status: 'active',
      participant: [
        { role: [text('rheumatologist')], member: { display: 'Dr. Lena Falk' } },
        { role: [text('dietitian')], member: { display: 'Pia Lund' } },
      ],
    },
    {
      resourceType: 'Observation',
      id: 'o1',
      status: 'final',
      subject: patient,
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'social-history' }] }],
      code: text('Housing'),
      valueCodeableConcept: text('Shares a flat with two friends'),
      effectiveDateTime: '2024-05-20',
    },
    {
      resourceType: 'DiagnosticReport',
      id: 'd1',
      subject: patient,
      status: 'final',
      code: text('Ultrasound of the abdomen'),
      effectiveDateTime: '2024-01-15',
      conclusion: 'No gallstones. Small cyst of the left kidney.',
    },
  ],
  { patientId: 'p1', asOf: '2024-07-01T09:00:00Z', terminology: createTerminology(loadConcepts()) },
);
const verdicts = (sentence: string) => verifyText(sentence, chart).map(({ verdict }) => verdict);

describe('what one entry of the record states wholly', () => {
  it.each([
    'She turned down the hepatitis B vaccine in March 2024.',
    'Cardiac rehab was offered in February 2024 and she declined.',
    'She never did cardiac rehabilitation.',
    'She is due to see Dr Falk in dermatology on 14 August.',
    'Her next appointment is with Dr. Lena Falk on 14 August 2024.',
    'She did not show up for spirometry in May 2024.',
    'Referred to rheumatology in May 2024 by Dr Haddad.',
    'Her sister had breast cancer at the age of 44.',
    'Her rheumatologist is Dr Lena Falk.',
    'She shares a flat with two friends.',
    'The abdominal ultrasound of January 2024 showed no gallstones and a small cyst of the left kidney.',
    'Ultrasound of the abdomen: no gallstones.',
  ])('is supported: %s', (sentence) => expect(verdicts(sentence)).toEqual(['supported']));

  it.each([
    ['another vaccine', 'She turned down the influenza vaccine in March 2024.'],
    ['another date', 'She turned down the hepatitis B vaccine in March 2023.'],
    ['the refusal denied', 'She did not decline the hepatitis B vaccine.'],
    ['another reason', 'The hepatitis B vaccine was not given because of a fever.'],
    ['another programme', 'Pulmonary rehab was offered in February 2024 and she declined.'],
    ['another person', 'She is due to see Dr Haddad in dermatology on 14 August.'],
    ['another day', 'She is due to see Dr Falk in dermatology on 24 August.'],
    ['attended', 'She did not miss her spirometry in May 2024.'],
    ['not what was missed', 'She did not show up for dermatology in May 2024.'],
    ['missed and not cancelled', 'Spirometry was cancelled in May 2024.'],
    ['from where', 'Referred by rheumatology in May 2024.'],
    ['another department', 'Referred to nephrology in May 2024.'],
    ['another age', 'Her sister had breast cancer at the age of 54.'],
    ['another relative', 'Her mother had breast cancer at the age of 44.'],
    ['a relative by marriage', 'Her sister-in-law had breast cancer at the age of 44.'],
    ['a death', 'Her sister died of breast cancer at the age of 44.'],
    ['denied', 'Her sister did not have breast cancer.'],
    ['another role', 'Her dietitian is Dr Lena Falk.'],
    ['another number', 'She shares a flat with three friends.'],
    ['alone', 'She does not share a flat with two friends.'],
    ['the finding denied', 'The abdominal ultrasound showed no cyst of the left kidney.'],
    ['the denial moved', 'The abdominal ultrasound showed gallstones, no small cyst of the left kidney.'],
    ['the other side', 'The abdominal ultrasound showed a small cyst of the right kidney.'],
    ['another size', 'The abdominal ultrasound showed a large cyst of the left kidney.'],
    ['another time', 'The abdominal ultrasound of January 2023 showed no gallstones.'],
  ])('is not supported: %s', (_, sentence) => expect(verdicts(sentence)).not.toContain('supported'));
});
