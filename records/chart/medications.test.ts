import { describe, expect, it } from 'vitest';
import { chartOf, coded, factsIn, of, onlyFact, snomed, status } from './chart.fixture.ts';
import { readDosage, readFrequency } from './dosage.ts';
import { factLine } from './lines.ts';
import { drugName } from './products.ts';

const rx = (display: string) => ({ medicationCodeableConcept: coded('http://www.nlm.nih.gov/research/umls/rxnorm', '1', display) });

describe('dosage', () => {
  const tablet = 'Metformin 500 MG Oral Tablet';
  const daily = { repeat: { frequency: 1, period: 1, periodUnit: 'd' } };
  it.each([
    ['1 tablet once daily', tablet, { timing: daily, doseAndRate: [{ doseQuantity: { value: 1 } }] }],
    ['1 (unit not recorded) once daily', 'Simvistatin 10 MG', { timing: daily, doseAndRate: [{ doseQuantity: { value: 1 } }] }],
    [
      '500 mg by mouth twice daily with meals',
      tablet,
      {
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd', when: ['C'] } },
        route: coded('x', '26643006', 'Oral route'),
        doseAndRate: [{ doseQuantity: { value: 500, unit: 'mg', code: 'mg' } }],
      },
    ],
    [
      '2 puffs by inhalation every 4 to 6 hours as needed for wheezing',
      'Albuterol inhaler',
      {
        timing: { repeat: { frequency: 1, period: 4, periodMax: 6, periodUnit: 'h' } },
        route: { text: 'Inhalation' },
        asNeededCodeableConcept: { text: 'Wheezing' },
        doseAndRate: [{ doseQuantity: { value: 2, unit: 'puff' } }],
      },
    ],
    [
      '5-10 mg at bedtime',
      'x',
      {
        timing: { repeat: { when: ['HS'] } },
        doseAndRate: [{ doseRange: { low: { value: 5, unit: 'mg' }, high: { value: 10, unit: 'mg' } } }],
      },
    ],
    [
      '24.5 units a day subcutaneously',
      'Insulin aspart 100 UNT/ML Injectable Solution',
      {
        text: '24.5 units by pump, about half of it basal',
        route: { text: 'Subcutaneous' },
        doseAndRate: [{ rateRatio: { numerator: { value: 24.5, unit: 'units' }, denominator: { value: 1, unit: 'day', code: 'd' } } }],
      },
    ],
    [
      '0.8 mg a day',
      'x',
      {
        timing: daily,
        doseAndRate: [{ rateRatio: { numerator: { value: 0.8, unit: 'mg' }, denominator: { value: 24, unit: 'h', code: 'h' } } }],
      },
    ],
    [
      '60 mg a day',
      'x',
      { doseAndRate: [{ rateQuantity: { value: 60, unit: 'mg/day', system: 'http://unitsofmeasure.org', code: 'mg/d' } }] },
    ],
    [
      'at 125 mL/h',
      'x',
      { doseAndRate: [{ rateQuantity: { value: 125, unit: 'mL/h', system: 'http://unitsofmeasure.org', code: 'mL/h' } }] },
    ],
    [
      '1000 mL at 80 mL per hour',
      'x',
      {
        doseAndRate: [
          {
            doseQuantity: { value: 1000, unit: 'mL' },
            rateRatio: { numerator: { value: 80, unit: 'mL' }, denominator: { value: 1, unit: 'h', code: 'h' } },
          },
        ],
      },
    ],
    ['take as directed, taper over 6 days', 'x', { text: 'take as directed, taper over 6 days', route: { text: 'oral' } }],
    ['as needed', 'x', { asNeededBoolean: true }],
    [
      '1 g intravenously every 8 hours for 7 days at most 3 g per day',
      'x',
      {
        timing: { repeat: { frequency: 1, period: 8, periodUnit: 'h', boundsDuration: { value: 7, unit: 'd', code: 'd' } } },
        route: { text: 'IV' },
        doseAndRate: [{ doseQuantity: { value: 1, unit: 'g' } }],
        maxDosePerPeriod: { numerator: { value: 3, unit: 'g' }, denominator: { value: 1, code: 'd', system: 'http://unitsofmeasure.org' } },
      },
    ],
  ])('reads %s', (text, product, step) => {
    expect(readDosage([step], product)?.dosage.text).toBe(text);
  });

  it('gives an amount a day no number of doses', () => {
    const rateRatio = { numerator: { value: 24.5, unit: 'units' }, denominator: { value: 1, unit: 'day', code: 'd' } };
    expect(readDosage([{ timing: daily, doseAndRate: [{ rateRatio }] }], 'x')?.dosage).toEqual({ text: '24.5 units a day' });
  });

  it('keeps the steps of a taper in order', () => {
    const step = (sequence: number, value: number) => ({ sequence, timing: daily, doseAndRate: [{ doseQuantity: { value, unit: 'mg' } }] });
    expect(readDosage([step(2, 20), step(1, 40)], 'x')?.dosage).toEqual({ text: '40 mg once daily, then 20 mg once daily' });
  });

  it.each([
    [{ repeat: { frequency: 1, period: 1, periodUnit: 'wk' } }, 'once a week', 1 / 7],
    [{ repeat: { frequency: 1, period: 2, periodUnit: 'd' } }, 'every other day', 0.5],
    [{ repeat: { frequency: 3, period: 1, periodUnit: 'd' } }, 'three times daily', 3],
    [{ code: { coding: [{ code: 'BID' }] } }, 'twice daily', 2],
    [{ code: { text: 'Q8H' } }, 'every 8 hours', 3],
    [{ repeat: { frequency: 1, frequencyMax: 2, period: 1, periodUnit: 'd' } }, '1 to 2 times daily', undefined],
    [{ repeat: { count: 1 } }, 'once', undefined],
    [{ repeat: { count: 1, frequency: 1, period: 1, periodUnit: 'd' } }, 'once', undefined],
    [{ repeat: { count: 1, when: ['HS'] } }, 'once at bedtime', undefined],
    [{ event: ['2026-03-14T09:20:00-04:00'] }, 'once', undefined],
    [{ repeat: { count: 3, frequency: 1, period: 8, periodUnit: 'h' } }, 'every 8 hours for 3 doses', 3],
    [{ repeat: { count: 4 } }, '4 doses', undefined],
  ])('reads the timing %j', (timing, text, perDay) => {
    const found = readFrequency(timing);
    expect(found.text).toBe(text);
    if (perDay === undefined) expect(found.timesPerDay).toBeUndefined();
    else expect(found.timesPerDay).toBeCloseTo(perDay, 4);
  });
});

describe('medications', () => {
  it.each([
    ['Simvastatin 10 MG Oral Tablet', 'simvastatin 10 mg oral tablet'],
    [
      '24 HR metoprolol succinate 100 MG Extended Release Oral Tablet [Toprol]',
      '24 hr metoprolol succinate 100 mg extended release oral tablet [Toprol]',
    ],
    ['NDA020800 0.3 ML Epinephrine 1 MG/ML Auto-Injector', '0.3 mL epinephrine 1 mg/mL Auto-Injector'],
    ['Lasix 40mg', 'lasix 40mg'],
  ])('names %s', (display, name) => expect(drugName(display)).toBe(name));

  it('reads an order with dose, reason, prescriber and strengths', () => {
    const condition = of('Condition', {
      code: snomed('44054006', 'Diabetes mellitus type 2 (disorder)'),
      clinicalStatus: status('active'),
    });
    const order = of('MedicationRequest', {
      status: 'active',
      intent: 'order',
      ...rx('Metformin 500 MG Oral Tablet'),
      authoredOn: '2026-01-03',
      requester: { display: 'Dr. Ada Moss' },
      reasonReference: [{ reference: `Condition/${condition.id}` }],
      dosageInstruction: [
        { timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } }, doseAndRate: [{ doseQuantity: { value: 1 } }] },
      ],
    });
    const fact = factsIn(condition, order).find((item) => item.kind === 'medication')!;
    expect(fact).toMatchObject({
      status: 'active',
      concepts: ['drug/metformin'],
      strengths: [{ concept: 'drug/metformin', value: 500, unit: 'mg', ucum: 'mg' }],
      dosage: { text: '1 tablet twice daily', value: 1, unit: 'tablet', timesPerDay: 2 },
      reasons: [{ ref: `Condition/${condition.id}` }],
    });
    expect(factLine(fact)).toBe(
      'Metformin 500 mg oral tablet: active; 1 tablet twice daily; ordered 03-Jan-2026 by Dr. Ada Moss; for diabetes mellitus type 2',
    );
  });

  it.each([
    [{ status: 'on-hold' }, 'inactive', false],
    [{ status: 'stopped', statusReason: { text: 'cough' } }, 'stopped', false],
    [{ status: 'active', intent: 'proposal' }, 'planned', false],
    [{ status: 'active', intent: 'plan' }, 'active', false],
    [{ status: 'active', intent: 'plan', reportedBoolean: true }, 'active', false],
    [{ status: 'active', doNotPerform: true }, 'refuted', true],
    [{ status: 'draft' }, 'unconfirmed', false],
    [{}, 'unknown', false],
  ])('reads the state of %j', (fields, expected, negated) => {
    expect(onlyFact(of('MedicationRequest', { ...rx('Warfarin 5 MG Oral Tablet'), ...fields }))).toMatchObject({
      status: expected,
      negated,
    });
  });

  it('finds the drug by reference, contained, or by name alone', () => {
    const medication = { resourceType: 'Medication', id: 'm', code: { text: 'Warfarin 5 mg tablet' } };
    const byReference = chartOf(
      { ...medication },
      of('MedicationRequest', { status: 'active', medicationReference: { reference: 'Medication/m' } }),
    );
    const inside = chartOf(
      of('MedicationRequest', { status: 'active', contained: [medication], medicationReference: { reference: '#m' } }),
    );
    const named = chartOf(of('MedicationStatement', { status: 'active', medicationReference: { display: 'warfarin' } }));
    for (const chart of [byReference, inside, named])
      expect(chart.facts.find((fact) => fact.kind === 'medication')?.concepts).toEqual(['drug/warfarin']);
  });

  it('reads ingredients and strengths of a Medication without a name that tells', () => {
    const medication = {
      resourceType: 'Medication',
      id: 'm',
      form: { text: 'capsule' },
      ingredient: [
        {
          itemCodeableConcept: { text: 'Amoxicillin' },
          strength: { numerator: { value: 250, unit: 'mg' }, denominator: { value: 1, unit: 'capsule' } },
        },
      ],
    };
    const fact = onlyFact(
      of('MedicationRequest', {
        status: 'active',
        contained: [medication],
        medicationReference: { reference: '#m' },
        dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 2 } }] }],
      }),
    );
    expect(fact).toMatchObject({
      name: 'amoxicillin',
      concepts: ['drug/amoxicillin'],
      strengths: [{ value: 250, unit: 'mg', per: 'capsule' }],
      dosage: { text: '2 capsules' },
    });
  });

  it('says that an active order is old, or that its period ended', () => {
    expect(factLine(onlyFact(of('MedicationRequest', { status: 'active', ...rx('Warfarin'), authoredOn: '2012-05-01' })))).toContain(
      'order from 2012, still listed as active',
    );
    const lapsed = onlyFact(
      of('MedicationRequest', {
        status: 'active',
        ...rx('Warfarin'),
        authoredOn: '2026-05-01',
        dosageInstruction: [{ text: 'one daily', timing: { repeat: { boundsPeriod: { start: '2026-05-01', end: '2026-05-10' } } } }],
      }),
    );
    expect(lapsed).toMatchObject({ status: 'active', stale: true });
    expect(factLine(lapsed)).toContain('yet its period ended on 10-May-2026');
  });

  it('tells reported, given, dispensed and not given apart', () => {
    const reported = onlyFact(
      of('MedicationStatement', { status: 'active', ...rx('Ibuprofen 200 MG'), effectivePeriod: { start: '2025-01' } }),
    );
    expect(factLine(reported)).toBe('Ibuprofen 200 mg: active; dose not recorded; reported since Jan-2025');
    const given = onlyFact(
      of('MedicationAdministration', {
        status: 'completed',
        ...rx('Ibuprofen'),
        effectiveDateTime: '2026-01-01',
        dosage: { dose: { value: 400, unit: 'mg' } },
      }),
    );
    expect(factLine(given)).toBe('Ibuprofen: 400 mg; given 01-Jan-2026');
    const refused = onlyFact(
      of('MedicationAdministration', { status: 'not-done', ...rx('Ibuprofen'), statusReason: [{ text: 'patient refused' }] }),
    );
    expect(refused).toMatchObject({ status: 'missed', negated: true });
    const notTaken = onlyFact(of('MedicationStatement', { status: 'not-taken', ...rx('Ibuprofen') }));
    expect(notTaken).toMatchObject({ status: 'refuted', negated: true });
    expect(onlyFact(of('MedicationDispense', { status: 'completed', ...rx('Ibuprofen'), whenHandedOver: '2026-02-02' }))).toMatchObject({
      status: 'completed',
      details: { source: 'dispensed' },
    });
  });
});
