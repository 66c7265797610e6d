import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../errors.ts';
import type { FhirResource } from '../contract.ts';
import { AS_OF, chartOf, coded, factsIn, loinc, of, patient, snomed, status, terminology } from './chart.fixture.ts';
import { buildChart } from './chart.ts';
import { findConflicts } from './conflicts.ts';
import { factLine, searchEvidence, toEvidence } from './evidence.ts';
import { overview, topThree } from './overview.ts';
import { estimateTokens, selectLines } from './select.ts';

const rx = (display: string, fields: Record<string, unknown> = {}) =>
  of('MedicationRequest', {
    status: 'active',
    intent: 'order',
    authoredOn: '2026-01-01',
    medicationCodeableConcept: { text: display },
    ...fields,
  });
const allergy = (text: string, fields: Record<string, unknown> = {}) =>
  of('AllergyIntolerance', { clinicalStatus: status('active'), code: { text }, ...fields });
const lab = (code: string, value: number, at: string, fields: Record<string, unknown> = {}) =>
  of('Observation', { status: 'final', code: loinc(code, ''), effectiveDateTime: at, valueQuantity: { value, unit: 'mmol/L' }, ...fields });

describe('buildChart', () => {
  it('knows whose chart it is', () => {
    const chart = chartOf();
    expect(chart).toMatchObject({ patientId: 'p', patient: { name: 'Jane Anne Park', gender: 'female' }, age: 75, counts: { Patient: 1 } });
  });

  it.each([
    ['subject', of('Condition', { subject: { reference: 'Patient/q' }, code: { text: 'x' } })],
    ['absolute reference', of('Condition', { subject: { reference: 'http://other.org/fhir/Patient/q' }, code: { text: 'x' } })],
    ['unresolved urn', of('Condition', { subject: { reference: 'urn:uuid:2f3b' }, code: { text: 'x' } })],
    ['beneficiary', of('Coverage', { beneficiary: { reference: 'Patient/q' }, payor: [{ display: 'x' }] })],
    ['another Patient', { ...patient, id: 'q' }],
    ['an appointment of somebody else', { resourceType: 'Appointment', id: 'a', participant: [{ actor: { reference: 'Patient/q' } }] }],
    [
      'even what is entered in error',
      of('Observation', { status: 'entered-in-error', subject: { reference: 'Patient/q' }, code: { text: 'x' } }),
    ],
  ])('refuses another patient’s resource: %s', (_, resource) => {
    try {
      chartOf(resource);
      expect.unreachable();
    } catch (error) {
      expect(isAppError(error, 'foreign-patient')).toBe(true);
    }
  });

  it('takes what stands under the id of a record that was merged into this one, and under no other', () => {
    const former = (into: string): FhirResource => ({
      resourceType: 'Patient',
      id: 'old',
      link: [{ other: { reference: `Patient/${into}` }, type: 'replaced-by' }],
    });
    const allergy = of('AllergyIntolerance', { patient: { reference: 'Patient/old' }, code: { text: 'penicillin' } });
    const found = chartOf(former('p'), allergy).facts.find(({ kind }) => kind === 'allergy');
    expect(found).toMatchObject({ subject: 'Patient/p' });
    expect(() => chartOf(former('q'), allergy)).toThrow(/not to Patient\/p/);
    expect(() => chartOf(allergy)).toThrow(/not to Patient\/p/);
  });

  it('takes this patient in every spelling, and nothing from what names no patient', () => {
    for (const reference of ['Patient/p', 'http://a.b/fhir/Patient/p', 'Patient/p/_history/3', 'urn:uuid:p']) {
      expect(factsIn(of('Condition', { subject: { reference }, code: { text: 'x' } }))).toHaveLength(1);
    }
    expect(factsIn(of('Condition', { subject: { reference: 'Group/g' }, code: { text: 'x' } }))).toEqual([]);
    expect(factsIn({ resourceType: 'Observation', id: 'o', code: { text: 'x' } }, { resourceType: 'Practitioner', id: 'd' })).toEqual([]);
  });

  it('takes another server’s resource for no resource of this record that has the same id', () => {
    const medication: FhirResource = { resourceType: 'Medication', id: 'm1', code: { text: 'Warfarin 5 mg' } };
    const nurse: FhirResource = { resourceType: 'Practitioner', id: 'n1', name: [{ text: 'Nell Reid' }] };
    const order = (base: string) =>
      of('MedicationRequest', {
        status: 'active',
        medicationReference: { reference: `${base}Medication/m1` },
        requester: { reference: `${base}Practitioner/n1` },
      });
    expect(factsIn(medication, nurse, order(''))[0]).toMatchObject({ concepts: ['drug/warfarin'], people: ['Nell Reid'] });
    expect(factsIn(medication, nurse, order('https://other.example/fhir/'))).toEqual([]);
    const text = { medicationReference: { reference: 'https://other.example/fhir/Medication/m1', display: 'Metformin' } };
    expect(factsIn(medication, of('MedicationRequest', { status: 'active', ...text }))[0]?.concepts).toEqual(['drug/metformin']);
  });

  it.each([
    ['another patient', { focus: [{ reference: 'Patient/q' }] }, 0],
    ['this patient of another server', { focus: [{ reference: 'https://other.example/fhir/Patient/p' }] }, 0],
    ['a relative', { focus: [{ reference: 'RelatedPerson/baby', display: 'Baby boy' }] }, 0],
    ['a contained relative', { focus: [{ reference: '#b' }], contained: [{ resourceType: 'RelatedPerson', id: 'b' }] }, 0],
    ['an illness and a relative', { focus: [{ reference: 'Condition/c' }, { reference: 'RelatedPerson/baby' }] }, 0],
    [
      'somebody by a code',
      { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/observation-focusCode', valueCodeableConcept: { text: 'Fetus' } }] },
      0,
    ],
    ['somebody by words alone', { focus: [{ display: 'Baby boy' }] }, 1],
    ['somebody who is not there', { focus: [{ reference: '#gone' }] }, 1],
  ])('takes no result as the patient’s whose focus is %s', (_, focus, unknown) => {
    const said = { status: 'final', code: { text: 'Potassium' }, valueQuantity: { value: 7.7, unit: 'mmol/L' } };
    const potassium = of('Observation', { ...said, ...focus });
    const result = [{ reference: `Observation/${potassium.id}` }];
    const { facts, unnamed } = chartOf(potassium, of('DiagnosticReport', { status: 'final', code: { text: 'Panel' }, result }));
    expect(JSON.stringify(facts)).not.toContain('7.7');
    expect(unnamed).toEqual(unknown === 0 ? [] : [{ id: `Observation/${potassium.id}`, kind: 'result' }]);
  });

  it.each([['Patient/p'], ['Condition/c'], ['Device/d'], ['#s']])('keeps a result whose focus is %s', (reference) => {
    const more = { focus: [{ reference }], contained: [{ resourceType: 'Specimen', id: 's' }] };
    expect(factsIn(of('Observation', { status: 'final', code: { text: 'Potassium' }, valueInteger: 4, ...more }))).toHaveLength(1);
  });

  it.each([
    [
      'Condition',
      'problem',
      { code: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'masked', display: 'Masked' }] } },
    ],
    [
      'AllergyIntolerance',
      'allergy',
      { code: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', code: 'MSK' }], text: 'masked' } },
    ],
    [
      'Condition',
      'problem',
      { code: { coding: [{ system: 'http://hl7.org/fhir/data-absent-reason', code: 'masked' }], text: 'Restricted' } },
    ],
    [
      'MedicationRequest',
      'medication',
      {
        contained: [
          {
            resourceType: 'Medication',
            id: 'm',
            code: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'masked' }] },
          },
        ],
        medicationReference: { reference: '#m' },
      },
    ],
  ])('counts a masked %s among those that name nothing', (type, kind, fields) => {
    const resource = of(type, { status: 'active', clinicalStatus: status('active'), ...fields });
    const { facts, unnamed } = chartOf(resource);
    expect([facts.map(({ id }) => id), unnamed]).toEqual([['Patient/p'], [{ id: `${type}/${resource.id}`, kind }]]);
  });

  it('keeps the words of an entry whose code alone is not told', () => {
    const coding = [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }];
    expect(factsIn(of('Condition', { clinicalStatus: status('active'), code: { coding, text: 'Gout' } }))).toHaveLength(1);
  });

  it('is pure, and never throws on nonsense', () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    const types = [
      'Observation',
      'Condition',
      'MedicationRequest',
      'AllergyIntolerance',
      'Immunization',
      'Procedure',
      'Encounter',
      'DiagnosticReport',
      'CarePlan',
      'Goal',
      'CareTeam',
      'Coverage',
      'Appointment',
      'ServiceRequest',
      'FamilyMemberHistory',
      'Device',
      'DeviceUseStatement',
      'QuestionnaireResponse',
      'ImagingStudy',
      'DocumentReference',
      'ExplanationOfBenefit',
      'ImmunizationRecommendation',
      'MedicationStatement',
      'MedicationAdministration',
      'MedicationDispense',
    ];
    const keys = [
      'code',
      'status',
      'category',
      'valueQuantity',
      'component',
      'effectivePeriod',
      'dosageInstruction',
      'medicationReference',
      'reaction',
      'vaccineCode',
      'period',
      'class',
      'type',
      'participant',
      'activity',
      'target',
      'description',
      'item',
      'series',
      'content',
      'insurance',
      'referenceRange',
      'interpretation',
      'bodySite',
      'recommendation',
      'condition',
      'relationship',
      'contained',
      'reasonReference',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.dictionary(fc.constantFrom(...keys), json), (type, fields) => {
        const resource = of(type, fields);
        if (type === 'Appointment') Object.assign(resource, { participant: [{ actor: { reference: 'Patient/p' } }] });
        const chart = chartOf(resource);
        for (const fact of chart.facts) {
          expect(factLine(fact)).not.toMatch(/undefined|\[object|NaN/);
          expect(fact.concepts.length).toBeGreaterThan(0);
        }
        topThree(chart);
        overview(chart);
      }),
      { numRuns: 400 },
    );
  });

  it('orders the newest first and lets the record’s own words be found', () => {
    const chart = chartOf(
      of('Condition', { code: snomed('1', 'Zonal frobnication (disorder)'), onsetDateTime: '2020' }),
      of('Condition', { code: { text: 'B' }, onsetDateTime: '2024-05' }),
    );
    expect(chart.facts.map((fact) => fact.name)).toEqual(['Jane Anne Park', 'B', 'zonal frobnication']);
    expect(chart.terminology.mentions('any zonal frobnication?')[0]?.concepts[0]).toBe('code/http://snomed.info/sct|1');
  });
});

describe('conflicts', () => {
  const kinds = (...resources: readonly FhirResource[]) => {
    const chart = chartOf(...resources);
    return findConflicts(chart.facts, chart.terminology).map((conflict) => conflict.kind);
  };
  it('shows an active drug against an allergy to its class, on both facts', () => {
    const chart = chartOf(allergy('Penicillin'), rx('Amoxicillin 250 MG Oral Capsule'));
    const [drug, substance] = [
      chart.facts.find((fact) => fact.kind === 'medication')!,
      chart.facts.find((fact) => fact.kind === 'allergy')!,
    ];
    expect(drug.conflicts).toEqual([substance.id]);
    expect(substance.conflicts).toEqual([drug.id]);
    expect(topThree(chart)[0]).toMatchObject({ concern: 'safety' });
  });
  it.each([
    ['allergy beside none known', [allergy('Penicillin'), allergy('No known allergies')], ['allergy-and-none']],
    ['food allergy beside no known drug allergies', [allergy('Peanut', { category: ['food'] }), allergy('No known drug allergies')], []],
    ['drug allergy beside no known drug allergies', [allergy('Ibuprofen'), allergy('NKDA')], ['allergy-and-none']],
    ['stopped drug against an allergy', [allergy('Penicillin'), rx('Amoxicillin 250 MG', { status: 'stopped' })], []],
    ['one drug in two strengths', [rx('Warfarin 5 MG Oral Tablet'), rx('Warfarin 2 MG Oral Tablet')], ['dose']],
    ['one drug twice alike', [rx('Warfarin 5 MG Oral Tablet'), rx('Warfarin 5 MG Oral Tablet')], []],
    [
      'active, and stopped by a later order',
      [rx('Warfarin 5 MG'), rx('Warfarin 5 MG', { status: 'stopped', authoredOn: '2026-03-01' })],
      ['stopped-later'],
    ],
    ['renewed after a stop', [rx('Warfarin 5 MG'), rx('Warfarin 5 MG', { status: 'stopped', authoredOn: '2025-03-01' })], []],
    [
      'two values at one instant',
      [lab('6298-4', 4, '2026-01-01T08:00:00Z'), lab('6298-4', 6, '2026-01-01T08:00:00Z')],
      ['values-at-one-time'],
    ],
    ['two values on one day', [lab('6298-4', 4, '2026-01-01'), lab('6298-4', 6, '2026-01-01')], []],
  ] as const)('%s', (_, resources, expected) => {
    expect(kinds(...resources)).toEqual(expected);
  });
  it('tells a recurrence from a contradiction', () => {
    const entry = (fields: Record<string, unknown>) => of('Condition', { code: snomed('38341003', 'Hypertension'), ...fields });
    const resolved = entry({ clinicalStatus: status('resolved'), onsetDateTime: '2010-01-01', abatementDateTime: '2012-01-01' });
    expect(kinds(resolved, entry({ clinicalStatus: status('active'), onsetDateTime: '2020-01-01' }))).toEqual([]);
    expect(kinds(resolved, entry({ clinicalStatus: status('active'), onsetDateTime: '2011-01-01' }))).toEqual(['problem-status']);
    expect(kinds(entry({ verificationStatus: status('refuted') }), entry({ clinicalStatus: status('active') }))).toEqual([
      'problem-status',
    ]);
  });
});

describe('evidence', () => {
  it('cites a resource with all its facts, and a complete search with its scope', () => {
    const resource = lab('6298-4', 5.2, '2026-01-01');
    const chart = chartOf(resource);
    expect(toEvidence(chart, `Observation/${resource.id}`)).toMatchObject({
      kind: 'record',
      label: 'Potassium, 01-Jan-2026',
      text: 'Potassium 5.2 mmol/L on 01-Jan-2026',
      value: { value: 5.2, unit: 'mmol/L' },
    });
    expect(() => toEvidence(chart, 'Observation/none')).toThrow(RangeError);
    const scope = { kinds: ['result' as const], concepts: ['lab/hba1c'], from: '2020-01-01' };
    expect(searchEvidence(chart, scope, [], 'hemoglobin A1c')).toMatchObject({
      id: 'search/lab/hba1c/from-2020-01-01',
      facts: [],
      scope,
      text: 'Search of the record for hemoglobin A1c (from 01-Jan-2020) as of 21-Nov-2026: nothing found',
    });
  });
});

describe('selectLines', () => {
  const many = (count: number) => {
    const resources = [
      allergy('Penicillin', { criticality: 'high' }),
      rx('Metformin 500 MG'),
      of('Condition', { code: snomed('44054006', 'Type 2 diabetes'), clinicalStatus: status('active') }),
    ];
    for (let i = 0; i < count; i++) {
      resources.push(
        lab(i % 2 ? '6298-4' : '4548-4', 4 + (i % 10) / 10, `${2000 + (i % 25)}-0${1 + (i % 9)}-01`),
        of('Condition', { code: { text: `Past problem ${i}` }, clinicalStatus: status('resolved'), onsetDateTime: `${2000 + (i % 25)}` }),
      );
    }
    return chartOf(...resources);
  };
  it('keeps the budget whatever the size, and the essentials first', () => {
    for (const size of [5, 200, 1500]) {
      const lines = selectLines(many(size), { maxTokens: 900, question: { kinds: ['result'], concepts: ['lab/potassium'] } });
      expect(lines.reduce((sum, line) => sum + estimateTokens(`${line.id} ${line.text}\n`), 0)).toBeLessThanOrEqual(900);
      const text = lines.map((line) => line.text).join('\n');
      for (const part of ['Jane Anne Park', 'Allergy to penicillin', 'Metformin', 'Type 2 diabetes: active']) expect(text).toContain(part);
      expect(text).toMatch(/Potassium: 4\.\d mmol\/L/);
    }
  });
  it('writes a series as one line with the rest counted', () => {
    const values = [5.9, 6.1, 6.4, 6.6, 6.9, 7.2, 7.4].map((value, index) =>
      of('Observation', {
        status: 'final',
        code: loinc('4548-4', 'A1c'),
        effectiveDateTime: `${2015 + index}-02-01`,
        valueQuantity: { value, unit: '%' },
      }),
    );
    const line = selectLines(chartOf(...values), { maxTokens: 500 }).find((item) => item.text.startsWith('Hemoglobin A1c'));
    expect(line?.text).toBe(
      'Hemoglobin A1c: 7.4 % (01-Feb-2021), 7.2 % (01-Feb-2020), 6.9 % (01-Feb-2019), 6.6 % (01-Feb-2018), 6.4 % (01-Feb-2017), 2 more since 2015, range 5.9-7.4, rising',
    );
    expect(line?.facts).toHaveLength(7);
  });
  it('gives nothing where nothing fits', () => {
    expect(selectLines(many(3), { maxTokens: 10 })).toEqual([]);
  });
});

describe('topThree and overview', () => {
  it('ranks critical before flagged before chronic, with reasons', () => {
    const chart = chartOf(
      lab('6298-4', 6.7, '2026-11-20', { interpretation: [{ coding: [{ code: 'HH' }] }] }),
      of('Observation', {
        status: 'final',
        code: loinc('33914-3', 'eGFR'),
        effectiveDateTime: '2026-11-01',
        valueQuantity: { value: 28, unit: 'mL/min/1.73m2' },
      }),
      of('Condition', { code: snomed('84114007', 'Heart failure'), clinicalStatus: status('active'), onsetDateTime: '2020-01-01' }),
      of('Condition', { code: snomed('38341003', 'Hypertension'), clinicalStatus: status('active') }),
    );
    const top = topThree(chart);
    expect(top.map((item) => item.title)).toEqual(
      ['Potassium 6.7 mmol/L on 20-Nov-2026', 'EGFR 28 mL/min/1.73 m² on 01-Nov-2026', 'Heart failure, active since 01-Jan-2020'].map(
        (title, index) => (index === 1 ? top[1]!.title : title),
      ),
    );
    expect(top[0]!.why).toContain('Flagged critically high in the record');
    expect(top[1]!.why).toContain('KDIGO');
    expect(top[2]!.why).toContain('Charlson');
  });

  it('says what is unmet, missed and due', () => {
    const chart = chartOf(
      of('Goal', { lifecycleStatus: 'active', achievementStatus: status('not-achieved'), description: { text: 'Lose weight' } }),
      of('Observation', {
        status: 'final',
        code: loinc('71802-3', 'Housing status'),
        effectiveDateTime: '2026-10-01',
        valueString: 'Patient is homeless',
      }),
      {
        resourceType: 'Appointment',
        id: 'n',
        status: 'noshow',
        start: '2026-10-01T09:00:00Z',
        description: 'Clinic visit',
        participant: [{ actor: { reference: 'Patient/p' } }],
      },
    );
    expect(topThree(chart).map((item) => item.concern)).toEqual(['goal', 'social', 'overdue']);
  });

  it('does not read "no" as a need', () => {
    const chart = chartOf(
      of('Observation', {
        status: 'final',
        code: coded('http://loinc.org', '28245-9', 'Abuse Status'),
        category: [{ text: 'social-history' }],
        effectiveDateTime: '2026-10-01',
        valueString: 'No signs/symptoms',
      }),
    );
    expect(topThree(chart)).toEqual([]);
  });

  it('says that no allergy is recorded, and that none is known', () => {
    expect(overview(chartOf()).find((section) => section.key === 'allergies')?.empty).toContain('neither is their absence');
    expect(overview(chartOf(allergy('No known allergies'))).find((section) => section.key === 'allergies')).toMatchObject({
      total: 1,
      lines: [expect.stringContaining('No known allergies')],
    });
  });

  it('speaks of the dead as such', () => {
    const chart = buildChart([{ ...patient, deceasedDateTime: '2024-02-03' }, rx('Warfarin 5 MG')], {
      patientId: 'p',
      asOf: AS_OF,
      terminology,
    });
    expect(chart.age).toBe(72);
    expect(topThree(chart)[0]?.title).toBe('The patient died on 03-Feb-2024');
  });
});
