/** Two patients of the same questions: one whose needs are unmet, one whose are met. */
import { baseTerminology } from '../../language/terminology.ts';
import { buildChart } from '../chart/chart.ts';
import type { Chart, FhirResource } from '../contract.ts';

const subject = { reference: 'Patient/p' };
const sdoh = [{ coding: [{ system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-category', code: 'sdoh', display: 'SDOH' }] }];

export const asked = (id: string, code: string, question: string, answer: string, date = '2026-05-04'): FhirResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  category: sdoh,
  subject,
  code: { coding: [{ system: 'http://loinc.org', code, display: question }], text: question },
  effectiveDateTime: date,
  valueCodeableConcept: { text: answer },
});

export const problem = (id: string, name: string, more: object = {}): FhirResource => ({
  resourceType: 'Condition',
  id,
  category: sdoh,
  subject,
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text: name },
  onsetDateTime: '2026-03-01',
  recordedDate: '2026-03-01',
  ...more,
});

export const chartOf = (...resources: readonly FhirResource[]): Chart =>
  buildChart(
    [
      { resourceType: 'Patient', id: 'p', name: [{ family: 'Ruiz', given: ['Ana'] }], gender: 'female', birthDate: '1971-02-03' },
      ...resources,
    ],
    {
      patientId: 'p',
      asOf: '2026-11-20T10:00:00Z',
      terminology: baseTerminology(),
    },
  );

const KEPT =
  'Has lack of transportation kept you from medical appointments, meetings, work, or from getting things needed for daily living';
const UNABLE =
  'Have you or any family members you live with been unable to get any of the following when it was really needed in past 1 year [PRAPARE]';
const LASTED = "The food that (I/we) bought just didn't last, and (I/we) didn't have money to get more.";
const SAFE = 'Do you feel physically and emotionally safe where you currently live [PRAPARE]';
const SHUT_OFF = 'In the past 12 months has the electric, gas, oil, or water company threatened to shut off services in your home';

export const lacking: Chart = chartOf(
  problem('homeless', 'Homeless'),
  problem('no-ride', 'Lack of access to transportation'),
  problem('no-job', 'Unemployed'),
  problem('alone', 'Social isolation (finding)'),
  problem('poor', 'Financial insecurity'),
  asked('housing', '71802-3', 'Housing status', 'I do not have housing (staying with others, in a hotel, in a shelter)'),
  asked('food', '88123-5', LASTED, 'Often true'),
  asked('safe', '93026-3', SAFE, 'No'),
  asked('phone', '93031-3', UNABLE, 'Phone'),
  asked('shut-off', '96779-4', SHUT_OFF, 'Already shut off'),
);

export const having: Chart = chartOf(
  asked('housing', '71802-3', 'Housing status', 'I have housing'),
  asked('worry', '93033-9', 'Are you worried about losing your housing [PRAPARE]', 'No'),
  asked('ride', '93030-5', KEPT, 'No'),
  asked('job', '67875-5', 'Employment status - current', 'Part-time or temporary work'),
  asked('food-2024', '88123-5', LASTED, 'Often true', '2024-05-04'),
  asked('food', '88123-5', LASTED, 'Never true'),
  asked('safe', '93026-3', SAFE, 'Yes'),
  problem('hungry', 'Food insecurity', {
    clinicalStatus: { coding: [{ code: 'resolved' }] },
    onsetDateTime: '2024-05-04',
    recordedDate: '2024-05-04',
    abatementDateTime: '2026-05-04',
  }),
);
