import { describe, expect, it } from 'vitest';
import type { FhirResource } from '../records/contract.ts';
import { active, asked, coded, entry, loinc, measured } from './foreign-records.fixture.ts';

const appointment = (status: string, start: string, description: string) =>
  entry('Appointment', { status, start, description, participant: [{ actor: { reference: 'Patient/p' }, status: 'accepted' }] });
const ips = (code: string) => coded('http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code);
const sodium = (effectiveDateTime: string, value: number) =>
  entry('Observation', { status: 'final', code: loinc('2951-2', 'Sodium'), effectiveDateTime, valueQuantity: measured(value, 'mmol/L') });

type Row = [question: string, entries: readonly FhirResource[], says: RegExp, never?: RegExp];

const named: Row[] = [
  [
    'any evidence of hepatitis C?',
    [
      entry('Observation', {
        status: 'final',
        code: loinc('99999-9', 'Hepatitis C virus Ab [Presence] in Serum'),
        valueString: 'Reactive',
      }),
    ],
    /Reactive/,
    /No hepatitis C/,
  ],
  [
    'head CT?',
    [entry('DiagnosticReport', { status: 'final', code: { text: 'CT head without contrast' }, conclusion: 'No bleed.' })],
    /CT head/,
    /No .* recorded/,
  ],
  [
    'does she have a defibrillator?',
    [entry('Device', { status: 'active', type: { text: 'Implantable defibrillator' } })],
    /defibrillator: active/,
    /No .* recorded/,
  ],
  [
    'was a colonoscopy ordered',
    [entry('ServiceRequest', { status: 'active', intent: 'order', code: { text: 'Colonoscopy' }, authoredOn: '2026-02-01' })],
    /Colonoscopy: active/,
    /No colonoscopy/,
  ],
  [
    'is she DNR?',
    [entry('DocumentReference', { status: 'current', type: { text: 'Care preferences' }, description: 'DNR form on file', content: [] })],
    /DNR form on file/,
    /No .* recorded/,
  ],
  [
    'does she have a BRCA mutation',
    [
      entry('Observation', {
        status: 'final',
        code: loinc('69548-6', 'Genetic variant assessment'),
        valueCodeableConcept: { text: 'Present' },
        component: [{ code: loinc('48018-6', 'Gene studied'), valueCodeableConcept: { text: 'BRCA1' } }],
      }),
    ],
    /BRCA1 variant: Present/,
    /No .* recorded/,
  ],
  [
    'has she got a diet order',
    [entry('NutritionOrder', { status: 'active', intent: 'order', dateTime: '2026-02-02', oralDiet: { type: [{ text: 'Renal diet' }] } })],
    /Renal diet: active/,
    /No .* recorded/,
  ],
];

describe('what another kind of entry says is not denied', () => {
  it.each<Row>(named)('%s', async (question, entries, says, never) => {
    const answer = await asked(question, ...entries);
    expect(answer).toMatch(/^answered/);
    expect(answer).toMatch(says);
    if (never) expect(answer).not.toMatch(never);
  });

  it.each<Row>([
    [
      'does she have a pleural effusion',
      [entry('DiagnosticReport', { status: 'final', code: { text: 'Chest film' }, conclusion: 'Clear lungs, no pleural effusion.' })],
      /No pleural effusion is recorded.*Clear lungs/,
    ],
    [
      'does she take abacavir',
      [
        entry('Observation', {
          status: 'final',
          code: { text: 'HLA-B*57:01 genotype' },
          valueString: 'Negative',
          note: [{ text: 'Relevant for abacavir.' }],
        }),
      ],
      /No abacavir is recorded/,
    ],
    [
      'is she depressed',
      [entry('Procedure', { status: 'completed', code: { text: 'Depression screening' }, performedDateTime: '2026-01-01' })],
      /No depression is recorded/,
    ],
    [
      'is she allergic to penicillins?',
      [
        entry('MedicationRequest', {
          status: 'stopped',
          intent: 'order',
          medicationCodeableConcept: { text: 'Amoxicillin 500 mg capsule' },
        }),
      ],
      /No allergy to [^|]*is recorded/,
      /Amoxicillin/,
    ],
    [
      'is she on potassium supplements?',
      [entry('DiagnosticReport', { status: 'final', code: { text: 'Basic metabolic panel' }, result: [{ display: 'Potassium' }] })],
      /No potassium/,
    ],
  ])('yet a denial stays a denial: %s', async (question, entries, says, never) => {
    const answer = await asked(question, ...entries);
    expect(answer).toMatch(says);
    if (never) expect(answer).not.toMatch(never);
  });
});

describe('what cannot be, and what contradicts itself', () => {
  it('keeps a result from the future out of the latest', async () => {
    const answer = await asked('current sodium', sodium('2027-01-09', 118), sodium('2026-02-09', 139));
    expect(answer).toMatch(/139 mmol\/L/);
    expect(answer).toMatch(/in the future/);
    expect(answer).not.toMatch(/118/);
  });

  it('shows that the two units of one weight disagree', async () => {
    const weight = entry('Observation', {
      status: 'final',
      code: loinc('29463-7'),
      effectiveDateTime: '2026-01-01',
      valueQuantity: measured(150, 'kg', '[lb_av]'),
    });
    expect(await asked('how much does she weigh', weight)).toMatch(/written as "kg" but coded as "\[lb_av\]"/);
  });

  it('tells of "none known" beside an allergy, and of a problem that is over elsewhere', async () => {
    const allergy = (text: string) => entry('AllergyIntolerance', { clinicalStatus: active, code: { text } });
    expect(await asked('what is she allergic to', allergy('Morphine'), allergy('NKDA'))).toMatch(
      /Allergy to morphine.*No known drug allergies.*contradicts/,
    );
    const gout = (state: string) =>
      entry('Condition', {
        clinicalStatus: { coding: [{ code: state }] },
        onsetDateTime: '2019',
        ...(state === 'resolved' ? { abatementDateTime: '2020' } : {}),
        code: coded('http://snomed.info/sct', '90560007', 'Gout'),
      });
    expect(await asked('does she have gout', gout('active'), gout('resolved'))).toMatch(/Yes: Gout.*active.*Gout.*resolved/);
  });

  it('does not take an ended entry for the end of what goes on', async () => {
    const sinusitis = (state: string, text: string) =>
      entry('Condition', { clinicalStatus: { coding: [{ code: state }] }, code: { text } });
    const answer = await asked(
      'has the sinusitis cleared up?',
      sinusitis('resolved', 'Acute sinusitis'),
      sinusitis('active', 'Chronic sinusitis'),
    );
    expect(answer).toMatch(/^answered \| [^|]*Chronic sinusitis[^|]*active/);
    expect(answer).not.toMatch(/\| Yes/);
  });

  it('takes an interpretation alone for the result', async () => {
    const test = entry('Observation', {
      status: 'final',
      code: { text: 'Influenza A antigen' },
      effectiveDateTime: '2026-02-01',
      interpretation: [{ text: 'Detected' }],
    });
    expect(await asked('influenza A antigen?', test)).toMatch(/detected/i);
  });
});

describe('sections recorded as empty, and appointments that did not take place', () => {
  it('tells "none" from "nobody knows"', async () => {
    const drug = (code: string) => entry('MedicationStatement', { status: 'unknown', medicationCodeableConcept: ips(code) });
    expect(await asked('is she taking any medicines?', drug('no-known-medications'))).toMatch(/^answered \| (?:No: )?No known medications/);
    expect(await asked('is she taking any medicines?', drug('no-medication-info'))).toMatch(/^not-recorded/);
    const allergy = entry('AllergyIntolerance', { clinicalStatus: active, code: ips('no-allergy-info') });
    expect(await asked('does she have allergies?', allergy)).not.toMatch(/no known/i);
  });

  it.each(['did she miss an appointment?', 'has she missed any visits', 'which visits did she not attend?'])('%s', async (question) => {
    const answer = await asked(
      question,
      appointment('noshow', '2026-01-20T09:00:00Z', 'Diabetic foot clinic'),
      appointment('booked', '2026-04-20T09:00:00Z', 'Eye clinic'),
    );
    expect(answer).toMatch(/Diabetic foot clinic: missed/);
    expect(answer).not.toMatch(/Eye clinic/);
  });

  it('says of a planned visit that it was cancelled', async () => {
    const answer = await asked('dermatology appointment?', appointment('cancelled', '2026-04-02T09:00:00Z', 'Dermatology'));
    expect(answer).toMatch(/Dermatology appointment: cancelled/);
  });
});
