import { describe, expect, it } from 'vitest';
import { chartOf, coded, factsIn, loinc, of, onlyFact, snomed, status } from './chart.fixture.ts';
import { factLine } from './lines.ts';

describe('problems', () => {
  const sinusitis = { code: snomed('444814009', 'Viral sinusitis (disorder)') };
  it.each([
    [{ clinicalStatus: status('active') }, 'active', false],
    [{ clinicalStatus: status('recurrence') }, 'active', false],
    [{ clinicalStatus: status('remission') }, 'inactive', false],
    [{ clinicalStatus: status('resolved'), abatementDateTime: '2011-05-18' }, 'resolved', false],
    [{ abatementDateTime: '2011-05-18' }, 'resolved', false],
    [{}, 'unknown', false],
    [{ clinicalStatus: status('active'), verificationStatus: status('refuted') }, 'refuted', true],
    [{ clinicalStatus: status('active'), verificationStatus: status('differential') }, 'unconfirmed', false],
  ])('reads the state of %j', (fields, expected, negated) => {
    expect(onlyFact(of('Condition', { ...sinusitis, ...fields }))).toMatchObject({ name: 'viral sinusitis', status: expected, negated });
  });

  it('says onset, end, severity, side and what does not fit', () => {
    const fact = onlyFact(
      of('Condition', {
        code: snomed('239872002', 'Osteoarthritis of hip'),
        clinicalStatus: status('active'),
        severity: { text: 'Severe' },
        bodySite: [{ text: 'Left hip' }],
        onsetDateTime: '2019-03',
        abatementDateTime: '2021-01-01',
      }),
    );
    expect(fact).toMatchObject({ laterality: 'left', site: 'left hip', severity: 'severe', end: '2021-01-01' });
    expect(factLine(fact)).toBe(
      'Osteoarthritis of hip: active; severe; site: left hip; since Mar-2019; end 01-Jan-2021; listed as active, yet its end is recorded as 01-Jan-2021',
    );
    expect(
      factLine(
        onlyFact(
          of('Condition', {
            code: { text: 'Asthma' },
            clinicalStatus: status('active'),
            onsetAge: { value: 12, unit: 'years', code: 'a', system: 'http://unitsofmeasure.org' },
          }),
        ),
      ),
    ).toMatch(/^Asthma: active; onset at age 12/);
  });

  it('keeps an ICD-10 subcode as its own concept below the family', () => {
    const fact = onlyFact(
      of('Condition', {
        code: coded('http://hl7.org/fhir/sid/icd-10-cm', 'E11.22', 'Type 2 diabetes mellitus with diabetic chronic kidney disease'),
        clinicalStatus: status('active'),
      }),
    );
    expect(fact.concepts).toEqual(['code/http://hl7.org/fhir/sid/icd-10-cm|E11.22', 'condition/type-2-diabetes']);
    const { terminology } = chartOf(
      of('Condition', {
        code: coded('http://hl7.org/fhir/sid/icd-10-cm', 'E11.22', 'Type 2 diabetes mellitus with diabetic chronic kidney disease'),
      }),
    );
    expect(terminology.isA(fact.concepts[0]!, 'condition/diabetes')).toBe(true);
  });
});

describe('allergies', () => {
  it('reads substance, reaction, criticality', () => {
    const fact = onlyFact(
      of('AllergyIntolerance', {
        clinicalStatus: status('active'),
        verificationStatus: status('confirmed'),
        type: 'allergy',
        category: ['food'],
        criticality: 'high',
        code: snomed('91935009', 'Allergy to peanut'),
        recordedDate: '2020-01-05',
        reaction: [{ manifestation: [snomed('271807003', 'Eruption of skin (disorder)')], severity: 'severe' }],
      }),
    );
    expect(fact).toMatchObject({ name: 'peanut', severity: 'severe', reactions: ['eruption of skin (severe)'], negated: false });
    expect(fact.concepts).toContain('allergen/peanut');
    expect(factLine(fact)).toBe('Allergy to peanut: active; high criticality; reaction: eruption of skin (severe); recorded 05-Jan-2020');
  });

  it.each([
    ['716186003', 'No known allergy (situation)', 'any', 'no known allergies'],
    ['409137002', 'No known drug allergy (situation)', 'drug', 'no known drug allergies'],
    ['429625007', 'No known food allergy', 'food', 'no known food allergies'],
    ['x', 'NKDA', 'drug', 'no known drug allergies'],
    ['x', 'No Known Allergies', 'any', 'no known allergies'],
  ])('reads %s %s as recorded absence', (code, display, absence, name) => {
    expect(onlyFact(of('AllergyIntolerance', { clinicalStatus: status('active'), code: snomed(code, display) }))).toMatchObject({
      negated: true,
      name,
      details: { absence },
    });
  });

  it('finds a class, an intolerance, and a refuted one', () => {
    expect(
      onlyFact(of('AllergyIntolerance', { clinicalStatus: status('active'), code: { text: 'Penicillin allergy' } })).concepts,
    ).toContain('class/penicillin');
    expect(
      factLine(
        onlyFact(of('AllergyIntolerance', { clinicalStatus: status('active'), type: 'intolerance', code: { text: 'Simvastatin' } })),
      ),
    ).toMatch(/^Intolerance of simvastatin: active/);
    expect(onlyFact(of('AllergyIntolerance', { verificationStatus: status('refuted'), code: { text: 'Peanut' } }))).toMatchObject({
      status: 'refuted',
      negated: true,
    });
  });
});

describe('immunizations, procedures, visits', () => {
  it('reads a vaccine given, refused and recommended', () => {
    const vaccineCode = coded('http://hl7.org/fhir/sid/cvx', '140', 'Influenza, seasonal, injectable, preservative free');
    const given = onlyFact(
      of('Immunization', {
        status: 'completed',
        vaccineCode,
        occurrenceDateTime: '2025-10-12',
        protocolApplied: [{ doseNumberPositiveInt: 1, seriesDosesPositiveInt: 2 }],
      }),
    );
    expect(factLine(given)).toBe('Influenza, seasonal, injectable, preservative free vaccine given on 12-Oct-2025 (dose 1 of 2)');
    const refused = onlyFact(
      of('Immunization', {
        status: 'not-done',
        vaccineCode,
        occurrenceDateTime: '2024-10-12',
        statusReason: { text: 'patient objection' },
      }),
    );
    expect(refused).toMatchObject({ status: 'missed', negated: true });
    expect(factLine(refused)).toContain('not given on 12-Oct-2024: patient objection');
    const due = onlyFact(
      of('ImmunizationRecommendation', {
        date: '2026-01-01',
        recommendation: [
          {
            vaccineCode: [vaccineCode],
            forecastStatus: { text: 'Overdue' },
            dateCriterion: [{ code: loinc('30980-7', 'Date vaccine due'), value: '2026-09-01' }],
          },
        ],
      }),
    );
    expect(due).toMatchObject({ status: 'planned', date: '2026-09-01' });
    expect(factLine(due)).toContain('overdue, due 01-Sep-2026');
  });

  it('reads a procedure with side, reason, outcome; and one not done', () => {
    const done = onlyFact(
      of('Procedure', {
        status: 'completed',
        code: snomed('1', 'Total replacement of right knee joint (procedure)'),
        performedPeriod: { start: '2023-02-03T08:00:00Z', end: '2023-02-03T10:00:00Z' },
        reasonCode: [{ text: 'Osteoarthritis of knee' }],
        outcome: { text: 'Successful' },
      }),
    );
    expect(done).toMatchObject({ laterality: 'right', end: '2023-02-03T10:00:00Z' });
    expect(factLine(done)).toBe(
      'Total replacement of right knee joint on 03-Feb-2023: completed; for osteoarthritis of knee; outcome: successful',
    );
    expect(
      onlyFact(of('Procedure', { status: 'not-done', code: { text: 'Colonoscopy' }, statusReason: { text: 'declined' } })),
    ).toMatchObject({ status: 'missed', negated: true, statusReason: 'declined' });
  });

  it.each([
    [{ code: 'EMER' }, 'emergency', 'section/er-visits'],
    [{ code: 'IMP' }, 'inpatient', 'section/hospitalizations'],
    [{ code: 'AMB' }, 'ambulatory', undefined],
    [{ code: 'VR' }, 'virtual', undefined],
    ['inpatient', 'inpatient', 'section/hospitalizations'],
  ])('reads the class %j', (kind, word, section) => {
    const fact = onlyFact(of('Encounter', { status: 'finished', class: kind, period: { start: '2026-01-01' } }));
    expect(fact.details?.class).toBe(word);
    if (section) expect(fact.concepts).toContain(section);
  });

  it('reads a stay with reason, people, place and discharge', () => {
    const fact = onlyFact(
      of('Encounter', {
        status: 'finished',
        class: { code: 'IMP' },
        type: [snomed('1', 'Hospital admission (procedure)')],
        period: { start: '2026-01-01T10:00:00Z', end: '2026-01-04T10:00:00Z' },
        reasonCode: [snomed('84114007', 'Heart failure (disorder)')],
        participant: [{ individual: { display: 'Dr. Kim' } }, { individual: { reference: 'Patient/p', display: 'Jane Park' } }],
        serviceProvider: { display: 'City Hospital' },
        hospitalization: { dischargeDisposition: { text: 'Home' } },
      }),
    );
    expect(fact.reasons).toEqual([{ text: 'heart failure', concepts: ['condition/heart-failure'] }]);
    expect(factLine(fact)).toBe(
      'Hospital admission on 01-Jan-2026 (inpatient): completed; until 04-Jan-2026; for heart failure; with Dr. Kim; at City Hospital; discharge: home',
    );
  });
});

describe('reports, plans and the rest', () => {
  it('reads a report with its results and conclusion, and decodes text only', () => {
    const result = of('Observation', {
      status: 'final',
      code: loinc('6298-4', 'Potassium'),
      valueQuantity: { value: 4.4, unit: 'mmol/L' },
    });
    const report = of('DiagnosticReport', {
      status: 'final',
      code: loinc('1', 'Basic metabolic panel'),
      effectiveDateTime: '2026-01-05',
      conclusion: 'Normal kidney function.',
      result: [{ reference: `Observation/${result.id}` }],
      presentedForm: [
        { contentType: 'application/pdf', data: 'JVBERi0=' },
        { contentType: 'text/plain; charset=utf-8', data: Buffer.from('Fühlt sich wohl.').toString('base64') },
      ],
    });
    const fact = factsIn(result, report).find((item) => item.kind === 'report')!;
    expect(fact.details).toMatchObject({
      results: 'potassium 4.4 mmol/L',
      conclusion: 'Normal kidney function.',
      text: 'Fühlt sich wohl.',
      attachments: 'application/pdf',
    });
  });

  it('bounds the line of a long document', () => {
    const text = 'word '.repeat(4000);
    const fact = onlyFact(
      of('DocumentReference', {
        status: 'current',
        type: { text: 'Discharge summary' },
        date: '2026-01-01',
        content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
      }),
    );
    expect(factLine(fact).length).toBeLessThan(700);
    expect(fact.details!.text!.length).toBeGreaterThan(10_000);
  });

  it('reads imaging by modality and site, with its side', () => {
    const fact = onlyFact(
      of('ImagingStudy', {
        status: 'available',
        started: '2020-01-01',
        series: [
          { modality: { code: 'DX', display: 'Digital Radiography' }, bodySite: { display: 'Forearm' }, laterality: { display: 'Left' } },
        ],
      }),
    );
    expect(fact).toMatchObject({ name: 'digital radiography of forearm', laterality: 'left', site: 'forearm' });
  });

  it('reads plans with activities and goals with targets', () => {
    const goal = of('Goal', {
      lifecycleStatus: 'active',
      achievementStatus: status('not-achieved'),
      description: { text: 'Hemoglobin A1c below 7 %' },
      target: [
        { measure: loinc('4548-4', 'Hemoglobin A1c'), detailQuantity: { value: 7, comparator: '<', unit: '%' }, dueDate: '2026-06-01' },
      ],
    });
    const plan = of('CarePlan', {
      status: 'active',
      intent: 'plan',
      category: [{ coding: [{ code: 'assess-plan' }] }, { text: 'Diabetes self management plan' }],
      period: { start: '2025-01-01' },
      goal: [{ reference: `Goal/${goal.id}` }],
      activity: [{ detail: { code: { text: 'Diabetic diet' }, status: 'in-progress' } }],
    });
    const facts = factsIn(goal, plan);
    expect(facts.find((fact) => fact.kind === 'goal')).toMatchObject({
      details: { achievement: 'not-achieved', target: 'Hemoglobin A1c < 7 % by 01-Jun-2026' },
    });
    expect(facts.find((fact) => fact.kind === 'goal')!.concepts).toContain('lab/hba1c');
    expect(factLine(facts.find((fact) => fact.kind === 'care-plan')!)).toBe(
      'Diabetes self management plan: active; since 01-Jan-2025; activities: diabetic diet; goals: Hemoglobin A1c below 7 %',
    );
  });

  it('takes what has ended out of force', () => {
    expect(
      onlyFact(of('Coverage', { status: 'active', payor: [{ display: 'Medicare' }], period: { start: '2020-01-01', end: '2021-01-01' } })),
    ).toMatchObject({ name: 'Medicare', status: 'inactive', recordedStatus: 'active' });
    expect(
      onlyFact(
        of('CareTeam', {
          status: 'active',
          period: { end: '2021' },
          participant: [{ member: { display: 'Dr. Ito' }, role: [{ text: 'Cardiologist' }] }],
        }),
      ),
    ).toMatchObject({ status: 'inactive', details: { members: 'Dr. Ito (cardiologist)' } });
  });

  it.each([
    ['booked', '2026-12-24T09:00:00Z', 'planned'],
    ['booked', '2026-01-24T09:00:00Z', 'unknown'],
    ['fulfilled', '2026-01-24T09:00:00Z', 'completed'],
    ['noshow', '2026-01-24T09:00:00Z', 'missed'],
    ['cancelled', '2026-12-24T09:00:00Z', 'cancelled'],
    ['proposed', '2026-12-24T09:00:00Z', 'unconfirmed'],
  ])('reads an appointment %s for %s', (recorded, start, expected) => {
    const resource = {
      resourceType: 'Appointment',
      id: 'a',
      status: recorded,
      start,
      description: 'Kidney clinic',
      participant: [{ actor: { reference: 'Patient/p' } }, { actor: { reference: 'Practitioner/x', display: 'Dr. Roy' } }],
    };
    expect(onlyFact(resource)).toMatchObject({ kind: 'appointment', status: expected, people: ['Dr. Roy'] });
  });

  it('keeps family history apart, one fact a condition', () => {
    const facts = factsIn(
      of('FamilyMemberHistory', {
        status: 'completed',
        relationship: { text: 'Mother' },
        condition: [{ code: { text: 'Breast cancer' }, onsetAge: { value: 48, unit: 'a' } }, { code: { text: 'Hypertension' } }],
      }),
    );
    expect(facts.map((fact) => [fact.kind, fact.part, fact.name])).toEqual([
      ['family-history', undefined, 'mother: breast cancer, hypertension'],
      ['family-history', 'condition/breast-cancer', 'breast cancer in mother'],
      ['family-history', 'condition/hypertension', 'hypertension in mother'],
    ]);
  });

  it('reads scores and needs out of a questionnaire', () => {
    const facts = factsIn(
      of('QuestionnaireResponse', {
        status: 'completed',
        authored: '2026-02-01',
        item: [
          { linkId: '/1', text: 'Group', item: [{ linkId: '/44261-6', text: 'PHQ-9 total score', answer: [{ valueInteger: 14 }] }] },
          { linkId: '71802-3', text: 'What is your housing situation?', answer: [{ valueCoding: { display: 'I do not have housing' } }] },
          { linkId: 'x', text: 'Favourite colour', answer: [{ valueString: 'blue' }] },
        ],
      }),
    );
    expect(facts.map((fact) => [fact.kind, fact.part !== undefined])).toEqual([
      ['survey', false],
      ['survey', true],
      ['social', true],
    ]);
    expect(facts[2]).toMatchObject({ value: { text: 'I do not have housing' } });
    expect(facts[2]!.concepts).toContain('social/housing');
  });

  it('reads orders, devices and coverage inside claims', () => {
    expect(
      onlyFact(
        of('ServiceRequest', {
          status: 'active',
          intent: 'order',
          code: { text: 'MRI of left knee' },
          occurrenceDateTime: '2026-03-01',
          authoredOn: '2026-01-01',
        }),
      ),
    ).toMatchObject({ kind: 'order', laterality: 'left', details: { due: '01-Mar-2026' } });
    expect(
      onlyFact(
        of('Device', { status: 'active', type: snomed('1', 'Implantable defibrillator, device (physical object)'), manufacturer: 'Acme' }),
      ),
    ).toMatchObject({ kind: 'device', status: 'active' });
    const claim = (id: string, created: string) => ({
      resourceType: 'ExplanationOfBenefit',
      id,
      status: 'active',
      patient: { reference: 'Patient/p' },
      created,
      contained: [{ resourceType: 'Coverage', id: 'c', payor: [{ display: 'Humana' }] }],
      insurance: [{ coverage: { reference: '#c' } }],
    });
    expect(factsIn(claim('e1', '2019-01-01'), claim('e2', '2020-01-01'))).toMatchObject([
      { id: 'ExplanationOfBenefit/e2', kind: 'coverage', name: 'Humana', status: 'unknown', date: '2020-01-01' },
    ]);
  });
});
