import { describe, expect, it } from 'vitest';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import type { FhirResource } from '../records/contract.ts';
import { verifyText } from './verify.ts';

const terminology = createTerminology(loadConcepts());
const subject = { reference: 'Patient/p1' };
const of = (resourceType: string, fields: object): FhirResource => ({ resourceType, subject, patient: subject, ...fields }) as FhirResource;
const problem = (id: string, text: string, more: object = {}) =>
  of('Condition', { id, code: { text }, clinicalStatus: { coding: [{ code: 'active' }] }, ...more });
const drug = (id: string, text: string, more: object = {}) =>
  of('MedicationRequest', {
    id,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text },
    authoredOn: '2025-01-01',
    ...more,
  });
const observed = (id: string, code: object, more: object) =>
  of('Observation', { id, status: 'final', code, effectiveDateTime: '2026-05-01', ...more });
const quantity = (value: number, unit: string) => ({ valueQuantity: { value, unit } });
const done = (id: string, text: string, more: object = {}) =>
  of('Procedure', { id, status: 'completed', code: { text }, performedDateTime: '2020-02-02', ...more });

const chartOf = (resources: readonly FhirResource[]) =>
  buildChart([{ resourceType: 'Patient', id: 'p1', name: [{ family: 'Doe' }], gender: 'male' }, ...resources], {
    patientId: 'p1',
    asOf: '2026-11-21T12:00:00Z',
    terminology,
  });
const verdictOf = (resources: readonly FhirResource[]) => {
  const chart = chartOf(resources);
  return (text: string) => verifyText(text, chart)[0]!;
};

describe('a denial while the record speaks of the thing', () => {
  const verdict = verdictOf([
    problem('dermatitis', 'Perioral dermatitis'),
    problem('splenectomy', 'History of splenectomy'),
    problem('allergy', 'Allergy to shellfish'),
    drug('dabigatran', 'dabigatran 110 MG Oral Capsule', { reasonCode: [{ text: 'Persistent atrial flutter' }] }),
    drug('stopped', 'ramipril 5 MG Oral Capsule', { status: 'stopped', statusReason: { text: 'Tickly cough' } }),
    observed('calcium', { text: 'Calcium, 24 hour urine' }, quantity(5.1, 'mmol/d')),
    observed('culture', { text: 'Urine culture, clean catch' }, { valueString: 'No growth' }),
    observed('cyclosporine', { text: 'Ciclosporin level' }, quantity(110, 'ug/L')),
    observed(
      'ferritin',
      { coding: [{ system: 'http://snomed.info/sct', code: '999' }], text: 'Plasma ferritin estimation' },
      quantity(9, 'ug/L'),
    ),
    of('Encounter', {
      id: 'seen',
      status: 'finished',
      class: { code: 'AMB' },
      type: [{ text: 'Encounter for problem' }],
      reasonCode: [{ text: 'Iron deficiency anemia' }],
      period: { start: '1999-01-01' },
    }),
    done('ward', 'Admission to cardiology department'),
    done('coil', 'Removal of subcutaneous contraceptive implant'),
    of('DocumentReference', {
      id: 'note',
      status: 'current',
      type: { text: 'Letter' },
      description: 'Sleeps well. No chest pain. Some dizziness on standing.',
    }),
    observed('family', { text: 'Family history: colon cancer before 50' }, { valueBoolean: true }),
  ]);
  it.each([
    'No dermatitis is recorded.',
    'There is no record of dermatitis.',
    'No surgery is recorded.',
    'No splenectomy is recorded.',
    'No atrial flutter is on record.',
    'No cough is documented.',
    'No urine cultures on file.',
    'No ciclosporin was recorded.',
    'Ferritin has not been recorded.',
    'No anemia is recorded.',
    'No hospital admissions are recorded.',
    'No dizziness is recorded.',
    'No family history of colon cancer is recorded.',
  ])('is not supported: %s', (text) => {
    const { verdict: found, checks } = verdict(text);
    expect(found).not.toBe('supported');
    expect(checks.some(({ outcome }) => outcome !== 'pass')).toBe(true);
  });

  it.each([
    'No psoriasis is recorded.',
    'No chest pain is recorded.',
    'No hernia repair is recorded.',
    'No metoprolol is recorded.',
    'No sodium is recorded.',
    'No allergy to latex is recorded.',
    'There is no record of a stroke.',
    'No family history of glaucoma is recorded.',
  ])('stands where nothing speaks of it: %s', (text) => expect(verdict(text).verdict).toBe('supported'));

  it('names the entry', () =>
    expect(
      verdict('No dermatitis is recorded.')
        .checks.map(({ reason }) => reason)
        .join(),
    ).toContain('erioral dermatitis'));
});

describe('entries that do not say what they are', () => {
  const nameless = [
    of('AllergyIntolerance', { id: 'a', clinicalStatus: { coding: [{ code: 'active' }] } }),
    of('Condition', { id: 'c', clinicalStatus: { coding: [{ code: 'active' }] } }),
  ];
  it.each([
    'No allergies are recorded.',
    'No allergy to penicillin is recorded.',
    'No active problems are recorded.',
    'No asthma is recorded.',
  ])('let nothing of their kind be denied: %s', (text) => {
    expect(verdictOf(nameless)(text).verdict).toBe('unverified');
    expect(verdictOf([])(text).verdict).toBe('supported');
  });
  it('leave the other kinds alone', () => expect(verdictOf(nameless)('No metformin is recorded.').verdict).toBe('supported'));
});

describe('an allergy by its name alone', () => {
  const verdict = verdictOf([
    of('AllergyIntolerance', {
      id: 'a',
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { coding: [{ system: 'http://snomed.info/sct', code: '0', display: 'Allergy to cephalosporin' }], text: 'Céphalosporines' },
    }),
    of('AllergyIntolerance', { id: 'b', clinicalStatus: { coding: [{ code: 'active' }] }, code: { text: 'Morphine' } }),
    drug('tablets', 'Zarvolexin 10mg tablets'),
  ]);
  it.each(['No cephalosporin allergy is recorded.', 'No allergy to cefalexin is recorded.'])('%s', (text) =>
    expect(verdict(text).verdict).not.toBe('supported'),
  );
  // A drug whose name is not known may be it, whatever allergy is known.
  it('does not hide a drug that is not known', () => expect(verdict('No morphine is recorded.').verdict).toBe('unverified'));
});

describe('a denial of allergies', () => {
  const allergy = (id: string, text: string, verification: string, more: object = {}) =>
    of('AllergyIntolerance', { id, code: { text }, verificationStatus: { coding: [{ code: verification }] }, ...more });
  const said = ['No allergies.', 'No known allergies.', 'Denies allergies.', 'No allergies are recorded.', 'Allergies: none.'];
  const verdictsOf = (text: string, resources: readonly FhirResource[]) =>
    verifyText(text, chartOf(resources)).map(({ verdict }) => verdict);

  it.each(said)('is not stated by the "never" of a note of the allergy itself, or of its referral: %s', (text) => {
    const penicillin = allergy('a1', 'Penicillin', 'unconfirmed', { note: [{ text: 'His mother told of a rash. Never tested.' }] });
    const referral = of('ServiceRequest', {
      id: 's1',
      status: 'active',
      intent: 'order',
      code: { text: 'Referral to allergy' },
      note: [{ text: 'With an interpreter; he has never been seen there' }],
    });
    expect(verdictsOf(text, [penicillin])).not.toContain('supported');
    expect(
      verdictsOf(text, [referral, allergy('a1', 'Peanut', 'confirmed', { clinicalStatus: { coding: [{ code: 'active' }] } })]),
    ).toEqual(['contradicted']);
  });

  it('is open where the record states that none is known beside one that was never confirmed', () => {
    const none = allergy('a2', 'No known allergies', 'confirmed', {
      code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'No known allergy' }] },
      clinicalStatus: { coding: [{ code: 'active' }] },
    });
    expect(verdictsOf('No known allergies.', [none])).toEqual(['supported']);
    expect(verdictsOf('No known allergies.', [none, allergy('a1', 'Penicillin', 'unconfirmed')])).toEqual(['unverified']);
  });
});

describe('kinds of cancer drugs', () => {
  it('hormone therapy is a cancer drug and no chemotherapy', () => {
    const chart = chartOf([drug('m1', 'Letrozole 2.5 mg tablet')]);
    const verdict = (text: string) => verifyText(text, chart)[0]!.verdict;
    expect(verdict('He takes a cancer drug.')).toBe('supported');
    expect(verdict('He is on chemotherapy.')).not.toBe('supported');
    expect(verdict('No chemotherapy is recorded.')).toBe('supported');
  });
});
