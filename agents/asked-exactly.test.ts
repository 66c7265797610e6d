import { describe, expect, it } from 'vitest';
import type { FhirResource } from '../records/contract.ts';
import { conversations, drug, person } from './builtin/conversation.fixture.ts';

const subject = { reference: 'Patient/p1' };
const text = (display: string) => ({ text: display });
const order = (id: string, display: string, more: Record<string, unknown> = {}): FhirResource => drug(id, display, '2024-03-05', more);
const value = (
  id: string,
  code: string,
  display: string,
  number: number,
  unit: string,
  date: string,
  encounter?: string,
): FhirResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: { coding: [{ system: 'http://loinc.org', code, display }], text: display },
  effectiveDateTime: date,
  valueQuantity: { value: number, unit, system: 'http://unitsofmeasure.org', code: unit },
  ...(encounter ? { encounter: { reference: `Encounter/${encounter}` } } : {}),
});
const visit = (id: string, kind: string, start: string, end: string): FhirResource => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  subject,
  class: { code: kind },
  type: [text(kind === 'IMP' ? 'Hospital admission' : 'Emergency room admission')],
  period: { start, end },
});
const problem = (id: string, display: string): FhirResource => ({
  resourceType: 'Condition',
  id,
  subject,
  code: text(display),
  clinicalStatus: { coding: [{ code: 'active' }] },
  onsetDateTime: '2012-06-01',
});
const resources: readonly FhirResource[] = [
  person,
  order('rosuvastatin', 'Rosuvastatin 10 MG Oral Tablet'),
  order('torsemide', 'Torsemide 20 MG Oral Tablet', {
    dosageInstruction: [
      {
        text: '20 mg by mouth twice a day until the swelling is gone, then once a day',
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
        route: text('Oral route'),
        doseAndRate: [{ doseQuantity: { value: 20, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } }],
      },
    ],
  }),
  order('losartan', 'Losartan 50 MG Oral Tablet', { status: 'stopped', statusReason: text('Dizziness') }),
  order('warfarin', 'Warfarin 5 MG Oral Tablet', { status: 'on-hold' }),
  problem('gout', 'Gout'),
  problem('sprain', 'Injury of head without skull fracture'),
  problem('wrist', 'Fracture of left wrist'),
  {
    resourceType: 'AllergyIntolerance',
    id: 'mold',
    patient: subject,
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: text('Mold'),
  },
  visit('er', 'EMER', '2025-02-03T02:00:00Z', '2025-02-03T09:00:00Z'),
  visit('stay', 'IMP', '2025-02-03T09:00:00Z', '2025-02-06T09:00:00Z'),
  value('k1', '2823-3', 'Potassium', 4.9, 'mmol/L', '2024-02-01'),
  value('k2', '2823-3', 'Potassium', 4.2, 'mmol/L', '2025-02-03T03:00:00Z', 'er'),
  value('k3', '2823-3', 'Potassium', 4.4, 'mmol/L', '2026-02-01'),
  value('w', '29463-7', 'Body Weight', 70.2, 'kg', '2026-02-01'),
  value('hr', '8867-4', 'Heart rate', 71, '/min', '2026-02-01'),
  {
    resourceType: 'Immunization',
    id: 'flu',
    status: 'completed',
    patient: subject,
    vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '141', display: 'Influenza, seasonal, injectable' }] },
    occurrenceDateTime: '2025-10-10',
  },
];
const converse = conversations(resources);

async function _asked(question: string): Promise<string> {
  const { status, claims, notes } = await converse(question);
  const said = claims.filter(({ verdict }) => verdict === 'supported').map((claim) => claim.text);
  return [
    status,
    ...said,
    ...notes
      .split('\n')
      .filter(Boolean)
      .map((note) => `(${note})`),
  ].join(' | ');
}

describe('what is asked, and not what stands near it', () => {
  it.each<[question: string, says: RegExp, never?: RegExp]>([
    // Strengths
    ['rosuvastatin 20?', /No: Rosuvastatin 10 mg oral tablet.*active/, /Yes:/],
    ['rosuvastatin 10?', /Yes: Rosuvastatin 10 mg oral tablet/, /No:/],
    // An order's own words that say more than its structure
    ['torsemide dose', /until the swelling is gone, then once a day/],
    ['is she on warfarin', /on hold/],
    // Why it was stopped is not what it was for
    ['was losartan stopped because of hyperkalemia?', /stopped because of Dizziness/, /No losartan|Yes:/],
    // A name that denies what is asked
    ['was there a fracture of the skull - head injury?', /without skull fracture/, /Yes:/],
    // One phrase in two parts
    ['potassium above 4.3 - how many times', /2 potassium results are above 4.3/, /Yes:|No:|3 potassium/],
    // A bare name beside another question
    ['is she allergic to anything, penicillin?', /No allergy to penicillin/, /No penicillin/],
    ['any allergies? sulfa?', /No allergy to sulfonamide/],
    ['gout since when, meds?', /Gout is active since Jun-2012|Gout is active since 01-Jun-2012/, /Rosuvastatin|Torsemide/],
    // Against the one before
    ['was the last potassium lower than the one before', /rose by 0\.2/, /Yes:/],
    ['is the newest potassium higher than the previous one', /rose by 0\.2/],
    // Times
    ['flu shot this season?', /No influenza vaccine from 01-Jul-2026.*10-Oct-2025/, /Yes:/],
    ['flu vaccine last season', /10-Oct-2025/, /No influenza/],
    ['potassium in feb 24', /4\.9 mmol\/L on 01-Feb-2024/, /4\.4/],
    ['potassium range over the last two years', /ranged from 4\.2 mmol\/L to 4\.4 mmol\/L/, /4\.9/],
    // One stay in two encounters
    ['potassium during her last hospital stay', /4\.2 mmol\/L/, /No potassium/],
    ['potassium over 4.3 ever - when?', /4\.9 mmol\/L on 01-Feb-2024.*|4\.4/, /4\.2 mmol/],
    ['did her potassium fall more than 0.4 since 2025', /more than 0\.4|rose by 0\.2/, /Yes:|results are above/],
    // How often
    ['is torsemide weekly?', /No: Torsemide/, /Yes:/],
    ['torsemide twice a day?', /Yes: Torsemide/, /No:/],
    // Since when, and how much of the list
    ['is her gout since 2019', /Gout is active since/, /Yes:|No:/],
    ['does she take more than 5 drugs', /Not taken into account/, /Yes:/],
    // Stopped or not
    ['did she stop rosuvastatin', /No: Rosuvastatin 10 mg oral tablet.*active/, /Yes:/],
    ['is she off losartan', /Yes: Losartan 50 mg oral tablet.*stopped|No: Losartan.*stopped/, /active/],
    // Goals are not judged, and allergens not taken for drugs
    ['has her potassium reached target', /4\.4 mmol\/L/, /Yes:|No:/],
    ['is she taking anything she is allergic to', /mold|mould/, /Yes:/],
    // The other side, and one word for a row of names
    ['did she fracture her right wrist', /No: .*left wrist|left wrist/, /Yes:/],
    ['flu, covid and pneumonia vaccines', /10-Oct-2025.*No COVID-19 vaccine.*No pneumococcal vaccine/, /No COVID-19 is|No pneumonia/],
    // How a value was taken
    ['dry weight', /without “dry”|does not say “dry”/, /latest body weight/],
    ['standing heart rate', /71.*does not say “standing”/],
  ])('%s', async (question, says, never) => {
    const told = await _asked(question);
    expect(told).toMatch(says);
    if (never) expect(told).not.toMatch(never);
  });
});
