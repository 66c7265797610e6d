import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buildChart } from '../records/chart/chart.ts';
import { type Chart, FACT_KINDS, type FactKind } from '../records/contract.ts';
import { missingParts } from '../records/missing.ts';
import { createChecker } from './check.ts';
import type { Verdict } from './contract.ts';
import { findEvidence } from './evidence.ts';
import { fixtureChart, fixtureResources } from './park.fixture.ts';
import { verifyText } from './verify.ts';

const whole = fixtureChart();
const resources = fixtureResources();
const WHY = '403 not permitted';

/** The record without what one type holds, and its gap; `part`: only every other one of them is lost, as where a server stops in the middle. */
function without(type: string, part?: 0 | 1): Chart {
  let at = 0;
  const kept = resources.filter(({ resourceType }) => resourceType !== type || (part !== undefined && at++ % 2 === part));
  const chart = buildChart(kept, { patientId: whole.patientId, asOf: whole.asOf, terminology: whole.terminology });
  return { ...chart, gaps: [{ type, why: WHY }] };
}

const verdicts = (text: string, chart: Chart): readonly Verdict[] => verifyText(text, chart).map(({ verdict }) => verdict);

/** Denials, and what is said of all there is, of each kind of fact. */
const CLOSED: Readonly<Record<FactKind, readonly [type: string, ...sentences: readonly string[]]>> = {
  patient: ['RelatedPerson', 'No emergency contact is recorded.', 'She has no next of kin.'],
  problem: [
    'Condition',
    'No stroke is recorded.',
    'She has never had a stroke.',
    'Her only problem is gout.',
    'No other diagnoses are recorded.',
    'She has no diabetes.',
    'PMH: none.',
  ],
  medication: [
    'MedicationStatement',
    'She does not take warfarin.',
    'No warfarin is recorded.',
    'She is not on any anticoagulant.',
    'Meds: none.',
    'She takes only simvastatin.',
    'Those are all her medications.',
    'She no longer takes ibuprofen.',
    'She takes no medicine for gout.',
  ],
  allergy: [
    'AllergyIntolerance',
    'No allergy is recorded.',
    'NKDA.',
    'She has no known drug allergies.',
    'Not allergic to latex.',
    'No known allergy to penicillin.',
    'Her only allergy is penicillin.',
    'Allergies: none.',
    'She denies any allergies.',
    'She tolerates everything and has no intolerances.',
  ],
  result: [
    'Observation',
    'No troponin is recorded.',
    'Troponin was never measured.',
    'She had no HIV test.',
    'No abnormal results.',
    'No INR on file.',
  ],
  vital: ['Observation', 'No temperature is recorded.', 'Her blood pressure was never measured.', 'Oxygen saturation was not recorded.'],
  survey: ['QuestionnaireResponse', 'No PHQ-9 is recorded.', 'She never had a GAD-7.'],
  social: ['Observation', 'No tobacco use is recorded.', 'Her housing status is not documented.', 'She does not smoke.'],
  genotype: ['Observation', 'No genotype is recorded.', 'No CYP2D6 result is on file.'],
  immunization: [
    'Immunization',
    'No influenza vaccine is recorded.',
    'She was never vaccinated against tetanus.',
    'Her only vaccine is influenza.',
    'She had no immunizations.',
  ],
  procedure: [
    'Procedure',
    'No colonoscopy is recorded.',
    'She never had an appendectomy.',
    'She had no surgery.',
    'No procedures on file.',
  ],
  visit: [
    'Encounter',
    'She was never admitted.',
    'No emergency visits are recorded.',
    'She was not seen in 2015.',
    'Her last visit was in March.',
    'She had one visit in all.',
  ],
  appointment: ['Appointment', 'No appointment is scheduled.', 'She has no upcoming visits.'],
  report: ['DiagnosticReport', 'No diagnostic report is recorded.', 'No reports on file.'],
  imaging: ['ImagingStudy', 'No chest X-ray is recorded.', 'She never had an MRI.', 'No ultrasound of the liver is on file.'],
  device: ['Device', 'No pacemaker is recorded.', 'She has no devices.', 'She has no implanted defibrillator.'],
  document: ['DocumentReference', 'No documents are recorded.', 'No advance directive is on file.'],
  order: ['ServiceRequest', 'No orders are open.', 'No referral was made.'],
  'care-team': ['CareTeam', 'No care team is recorded.', 'Nobody is on her care team.'],
  coverage: ['Coverage', 'No insurance is recorded.', 'She has no Medicare.', 'She is uninsured.'],
  'care-plan': ['CarePlan', 'No care plan is recorded.', 'She has no care plans.'],
  goal: ['Goal', 'No goals are recorded.', 'She has no goal for weight.'],
  'family-history': [
    'FamilyMemberHistory',
    'No family history of stroke is recorded.',
    'Her mother never had diabetes.',
    'Family history: none.',
  ],
};

describe('with the type of a kind in a gap, no sentence that denies anything of that kind is supported', () => {
  test.each(FACT_KINDS.flatMap((kind) => CLOSED[kind].slice(1).map((sentence) => [kind, CLOSED[kind][0], sentence] as const)))(
    '%s (%s): %s',
    (_, type, sentence) => {
      const [claim] = verifyText(sentence, without(type));
      expect(claim!.verdict).toBe('unverified');
      expect(claim!.checks.map(({ reason }) => reason).join('\n')).toContain(`(${WHY})`);
    },
  );

  test('many of them are supported, or contradicted, where the record was read whole', () => {
    const decided = FACT_KINDS.filter((kind) =>
      CLOSED[kind].slice(1).some((sentence) => verdicts(sentence, whole).some((verdict) => verdict !== 'unverified')),
    );
    expect(decided.length).toBeGreaterThan(15);
  });
});

describe('what was read stands', () => {
  test.each([
    ['AllergyIntolerance', 'No stroke is recorded.'],
    ['AllergyIntolerance', 'Her most recent HbA1c was 6.5% on 12 March 2020.'],
    ['ImagingStudy', 'Her most recent HbA1c was 6.5% on 12 March 2020.'],
    ['MedicationStatement', 'Creatinine is high at 1.4 mg/dL.'],
    ['Encounter', 'LDL fell from 162 mg/dL to 98 mg/dL between 2018 and 2020.'],
    ['Practitioner', 'No stroke is recorded.'],
    ['MedicationStatement', 'No allergy to sulfonamide is recorded.'],
    ['MedicationStatement', 'No latex allergy is on file.'],
  ])('without %s: %s', (type, sentence) => {
    expect([verdicts(sentence, whole), verdicts(sentence, without(type))]).toEqual([['supported'], ['supported']]);
  });

  test.each(['403 not permitted', 'the server fails with 500'])(
    'what may stand in notes alone is not denied where these could not be read (%s)',
    (why) => {
      const lacking = { ...whole, gaps: [{ type: 'DocumentReference', why }] };
      expect(verdicts('No latex allergy is on file.', lacking)).toEqual(['unverified']);
      expect(verdicts('Her most recent HbA1c was 6.5% on 12 March 2020.', lacking)).toEqual(['supported']);
    },
  );

  test('but where a server keeps no documents it is', () => {
    const lacking = { ...whole, gaps: [{ type: 'DocumentReference', why: 'not offered' }] };
    expect(verdicts('No latex allergy is on file.', lacking)).toEqual(['supported']);
  });

  test('of two denials, the one that lies in what was not read is enough', () => {
    expect(verdicts('No latex allergy is recorded.', without('MedicationStatement'))).toEqual(['supported']);
    expect(verdicts('No latex allergy and no warfarin is recorded.', without('MedicationStatement'))).toEqual(['unverified']);
  });

  test.each([
    ['Observation', 'Creatinine is below 1.2.'],
    ['MedicationRequest', 'Simvastatin was stopped.'],
    ['Observation', 'HbA1c 6.5 in March 2020, down from 7.4 the year before.'],
  ])('where only some of them were read (%s), the present is not known: %s', (type, sentence) => {
    for (const part of [0, 1] as const) expect(verdicts(sentence, without(type, part))).not.toContain('supported');
  });

  test('a count is neither supported nor contradicted by the rest', () => {
    const [claim] = verifyText('She takes twelve drugs.', without('MedicationStatement'));
    expect([verdicts('She takes twelve drugs.', whole), claim!.verdict]).toEqual([['contradicted'], 'unverified']);
  });

  test('and an entry that speaks against it contradicts it', () => {
    expect(verdicts('She has no diabetes.', without('MedicationStatement'))).toEqual(verdicts('She has no diabetes.', whole));
    const half = without('AllergyIntolerance', 0);
    expect(verdicts('She has no known allergies.', half)).toEqual(['contradicted']);
  });
});

/** Sentences as different people write them, true ones and false ones. */
const SENTENCES = readFileSync(new URL('./park-sentences.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => /^[+x?-] /.test(line))
  .map((line) => line.slice(2));

describe('nothing that is false of the whole record is supported by the rest of it', () => {
  const types = [...new Set(resources.map(({ resourceType }) => resourceType))].filter((type) => type !== 'Patient');
  test.each(types.flatMap((type, i) => [[type, 'all', i] as const, [type, 'every other', i] as const]))(
    'without %s (%s of them)',
    (type, lost, i) => {
      const chart = without(type, lost === 'all' ? undefined : 0);
      const supported = SENTENCES.filter((_, at) => at % 8 === i % 8).filter((text) => verdicts(text, chart).includes('supported'));
      expect(supported.length).toBeGreaterThan(8);
      expect(supported.filter((text) => verdicts(text, whole).includes('contradicted'))).toEqual([]);
    },
    60_000,
  );
});

test('a writer cannot leave out that a part is missing', () => {
  const chart = without('MedicationStatement');
  const evidence = new Map(findEvidence('No warfarin is recorded.', chart).map((one) => [one.id, one]));
  const context = { subject: `Patient/${chart.patientId}`, now: chart.asOf, patient: chart.patient };
  const draft = { text: 'No warfarin is recorded.', citations: [...evidence.keys()] };
  const check = createChecker();
  expect(check(draft, evidence, context, chart.terminology).verdict).toBe('supported');
  const [found] = [check(draft, evidence, { ...context, missing: missingParts(chart) }, chart.terminology)];
  expect([found.verdict, found.checks.find(({ outcome }) => outcome === 'unknown')?.reason]).toEqual([
    'unverified',
    'not read from the FHIR server: reported medications (403 not permitted)',
  ]);
});
