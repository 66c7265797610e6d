import { describe, expect, it } from 'vitest';
import { coded, factsIn, loinc, of, onlyFact } from './chart.fixture.ts';
import { factLabel, factLine } from './lines.ts';

const lab = {
  category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory', 'Laboratory')],
  status: 'final',
};
const quantity = (value: number, unit: string, code = unit) => ({ value, unit, system: 'http://unitsofmeasure.org', code });

describe('observations', () => {
  it('reads a result with unit, flag and reference range', () => {
    const fact = onlyFact(
      of('Observation', {
        ...lab,
        code: loinc('4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood'),
        effectiveDateTime: '2020-03-12T09:30:00-05:00',
        valueQuantity: quantity(6.5, '%'),
        interpretation: [{ coding: [{ code: 'H' }] }],
        referenceRange: [{ low: quantity(4, '%'), high: quantity(5.6, '%') }],
      }),
    );
    expect(fact).toMatchObject({ kind: 'result', name: 'hemoglobin A1c', status: 'completed', flag: 'H', flagSource: 'recorded' });
    expect(fact.concepts).toContain('lab/hba1c');
    expect(fact.value).toMatchObject({ type: 'quantity', value: 6.5, text: '6.5', ucum: '%' });
    expect(factLine(fact)).toBe('Hemoglobin A1c 6.5 % on 12-Mar-2020 (reference range 4-5.6 %; high)');
    expect(factLabel(fact)).toBe('Hemoglobin A1c, 12-Mar-2020');
  });

  it('grades by the reference range where the record gives no flag, and says so', () => {
    const fact = onlyFact(
      of('Observation', {
        ...lab,
        code: loinc('6298-4', 'Potassium'),
        effectiveDateTime: '2026-01-02',
        valueQuantity: quantity(5.9, 'mmol/L'),
        referenceRange: [{ text: '3.5 - 5.1 mmol/L' }],
      }),
    );
    expect(fact).toMatchObject({ flag: 'H', flagSource: 'reference-range' });
    expect(factLine(fact)).toContain('high by that range');
  });

  it('does not grade what a comparator, another unit or several ranges leave open', () => {
    const base = { ...lab, code: loinc('6298-4', 'Potassium'), effectiveDateTime: '2026-01-02' };
    const range = [{ low: { value: 3.5, unit: 'mmol/L' }, high: { value: 5.1, unit: 'mmol/L' } }];
    expect(
      onlyFact(of('Observation', { ...base, valueQuantity: { ...quantity(5, 'mmol/L'), comparator: '<' }, referenceRange: range })).flag,
    ).toBeUndefined();
    expect(onlyFact(of('Observation', { ...base, valueQuantity: quantity(5.9, 'mg/dL'), referenceRange: range })).flag).toBeUndefined();
    expect(
      onlyFact(
        of('Observation', {
          ...base,
          valueQuantity: quantity(5.9, 'mmol/L'),
          referenceRange: [...range, { low: { value: 3 }, high: { value: 6 } }],
        }),
      ).flag,
    ).toBeUndefined();
  });

  it('takes the range of the patient’s sex and age', () => {
    const range = (low: number, sex: string) => ({ low: quantity(low, 'g/dL'), high: quantity(17, 'g/dL'), appliesTo: [{ text: sex }] });
    const fact = onlyFact(
      of('Observation', {
        ...lab,
        code: loinc('718-7', 'Hemoglobin [Mass/volume] in Blood'),
        effectiveDateTime: '2026-01-02',
        valueQuantity: quantity(12.4, 'g/dL'),
        referenceRange: [range(13.5, 'male'), range(12, 'female')],
      }),
    );
    expect(fact).toMatchObject({ name: 'hemoglobin in blood', flag: 'N', referenceRange: { low: 12 } });
  });

  it('shows fifteen digits rounded and keeps the number', () => {
    const fact = onlyFact(
      of('Observation', {
        status: 'final',
        code: loinc('29463-7', 'Body Weight'),
        effectiveDateTime: '2021-01-01',
        valueQuantity: quantity(78.69694555647291, 'kg'),
      }),
    );
    expect(fact).toMatchObject({
      kind: 'vital',
      value: { value: 78.69694555647291, text: '78.7' },
      details: { rounded: 'rounded for reading' },
    });
  });

  it('gives blood pressure whole and by part', () => {
    const facts = factsIn(
      of('Observation', {
        status: 'final',
        code: loinc('85354-9', 'Blood pressure panel'),
        effectiveDateTime: '2021-01-01',
        component: [
          { code: loinc('8480-6', 'Systolic'), valueQuantity: quantity(128, 'mmHg', 'mm[Hg]') },
          { code: loinc('8462-4', 'Diastolic'), valueQuantity: quantity(82, 'mmHg', 'mm[Hg]') },
        ],
      }),
    );
    expect(facts.map((fact) => [fact.part, fact.value?.text])).toEqual([
      [undefined, '128/82 mmHg'],
      ['vital/systolic', '128'],
      ['vital/diastolic', '82'],
    ]);
    expect(new Set(facts.map((fact) => fact.id)).size).toBe(1);
    expect(factLine(facts[0]!)).toBe('Blood pressure 128/82 mmHg on 01-Jan-2021');
  });

  it('says why nothing was measured', () => {
    const fact = onlyFact(
      of('Observation', {
        ...lab,
        code: loinc('6298-4', 'Potassium'),
        effectiveDateTime: '2026-02-03',
        dataAbsentReason: coded('x', 'unsatisfactory', 'Specimen hemolyzed'),
      }),
    );
    expect(fact.value).toBeUndefined();
    expect(factLine(fact)).toBe('Potassium on 03-Feb-2026: not measured: specimen hemolyzed');
  });

  it.each([
    [
      'coded',
      { valueCodeableConcept: coded('http://snomed.info/sct', '266919005', 'Never smoker (finding)') },
      'Tobacco use: Never smoker on 05-May-2019',
    ],
    ['text', { valueString: 'quit  in 2001' }, 'Tobacco use: quit in 2001 on 05-May-2019'],
    ['boolean', { valueBoolean: false }, 'Tobacco use: no on 05-May-2019'],
  ])('reads a %s value', (_, value, line) => {
    const fact = onlyFact(
      of('Observation', {
        status: 'final',
        code: loinc('72166-2', 'Tobacco smoking status NHIS'),
        effectiveDateTime: '2019-05-05',
        ...value,
      }),
    );
    expect(fact.kind).toBe('social');
    expect(factLine(fact)).toBe(line);
  });

  it('keeps comparators, ratios, ranges and integers', () => {
    const value = (fields: Record<string, unknown>) => onlyFact(of('Observation', { ...lab, code: { text: 'Titer' }, ...fields })).value;
    expect(value({ valueQuantity: { value: 5, comparator: '<', unit: 'IU/mL' } })).toMatchObject({ value: 5, comparator: '<' });
    expect(value({ valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } })).toMatchObject({ text: '1:128' });
    expect(value({ valueRange: { low: { value: 2, unit: '/[HPF]' }, high: { value: 5, unit: '/[HPF]' } } })).toMatchObject({
      type: 'range',
      low: 2,
      high: 5,
    });
    expect(value({ valueInteger: 7 })).toMatchObject({ type: 'quantity', value: 7, text: '7' });
    expect(value({ valueSampledData: { data: '1 2 3' } })).toMatchObject({ type: 'text', text: 'series of 3 samples' });
  });

  it('trusts neither unit where the written and the coded one disagree', () => {
    const fact = onlyFact(
      of('Observation', { ...lab, code: loinc('6298-4', 'Potassium'), valueQuantity: quantity(4.2, 'mmol/L', 'mg/dL') }),
    );
    expect(fact.value).toMatchObject({ unit: 'mmol/L' });
    expect(fact.value).not.toHaveProperty('ucum');
    expect(factLine(fact)).toContain('coded as "mg/dL"');
  });

  it('gives nothing for errors and marks what is preliminary or cancelled', () => {
    const base = { ...lab, code: loinc('6298-4', 'Potassium'), valueQuantity: quantity(4.2, 'mmol/L') };
    expect(factsIn(of('Observation', { ...base, status: 'entered-in-error' }))).toEqual([]);
    expect(onlyFact(of('Observation', { ...base, status: 'preliminary' })).status).toBe('unconfirmed');
    expect(onlyFact(of('Observation', { ...base, status: 'corrected' })).status).toBe('completed');
    expect(onlyFact(of('Observation', { ...base, status: 'cancelled' })).status).toBe('cancelled');
  });

  it('names a genotype by its gene and reads the phenotype with the drug', () => {
    const [genotype] = factsIn(
      of('Observation', {
        status: 'final',
        code: loinc('84413-4', 'Genotype display name'),
        valueCodeableConcept: { text: '*2/*2' },
        component: [
          { code: loinc('48018-6', 'Gene studied [ID]'), valueCodeableConcept: coded('http://www.genenames.org', 'HGNC:2621', 'CYP2C19') },
        ],
      }),
    );
    expect(genotype).toMatchObject({ kind: 'genotype', name: 'CYP2C19 genotype', value: { text: '*2/*2' }, details: { gene: 'CYP2C19' } });
    expect(genotype!.concepts).toContain('gene/CYP2C19');
    const phenotype = onlyFact(
      of('Observation', { status: 'final', code: { text: 'CYP2D6 metabolizer phenotype' }, valueString: 'poor metabolizer' }),
    );
    expect(phenotype).toMatchObject({ kind: 'genotype', name: 'CYP2D6 metabolizer phenotype', value: { text: 'poor metabolizer' } });
  });

  it('does not take an item of a questionnaire for its score', () => {
    const item = { status: 'final', category: [{ text: 'survey' }], code: loinc('44261-6', 'Feeling down, depressed, or hopeless') };
    expect(onlyFact(of('Observation', { ...item, valueCodeableConcept: { text: 'Several days' } }))).toMatchObject({
      name: 'feeling down, depressed, or hopeless',
      concepts: ['code/http://loinc.org|44261-6'],
    });
    expect(onlyFact(of('Observation', { ...item, valueQuantity: { value: 12, unit: '{score}' } })).concepts).toContain('score/phq9');
  });

  it('survives what no system should write', () => {
    for (const odd of [
      { code: 'A1c', valueQuantity: '6.5' },
      { code: { coding: 'x', text: 5 }, valueQuantity: { value: Number.NaN } },
      {
        code: { text: 'x' },
        effectiveDateTime: 'yesterday',
        valueQuantity: { value: '6.5', unit: 7 },
        component: 'none',
        referenceRange: 'low',
      },
      { code: { coding: [null, 3, { code: 'c' }] }, category: 'lab', status: ['final'], performer: null, hasMember: { display: 'x' } },
    ]) {
      expect(() => factsIn(of('Observation', odd as Record<string, unknown>)).map(factLine)).not.toThrow();
    }
    expect(onlyFact(of('Observation', { code: { text: 'x' }, effectiveDateTime: 'yesterday' })).date).toBeUndefined();
  });

  it('counts a questionnaire whose total is a member of it once', () => {
    const at = { status: 'final', effectiveDateTime: '2024-05-06T10:00:00Z', category: [{ text: 'Survey' }] };
    const score = { resourceType: 'Observation', id: 'total', subject: { reference: 'Patient/p' }, ...at };
    const facts = factsIn(
      { ...score, code: { ...loinc('44261-6', 'PHQ-9 total score'), text: 'PHQ-9 score' }, valueQuantity: quantity(11, '{score}') },
      {
        ...score,
        id: 'panel',
        code: { ...loinc('44249-1', 'PHQ-9 quick depression assessment panel'), text: 'PHQ-9' },
        hasMember: [{ reference: 'Observation/total' }],
      },
    );
    expect(facts.filter(({ concepts }) => concepts.includes('score/phq9')).map(({ id }) => id)).toEqual(['Observation/total']);
    expect(facts.map(factLine).join('\n')).toMatch(/^PHQ-9 on 06-May-2024: panel of PHQ-9 score$/m);
  });

  it('takes a panel that came without its total for the score', () => {
    const code = { ...loinc('44249-1', 'PHQ-9 quick depression assessment panel'), text: 'PHQ-9' };
    expect(onlyFact(of('Observation', { status: 'final', code, hasMember: [{ reference: 'Observation/elsewhere' }] })).concepts).toContain(
      'score/phq9',
    );
  });
});
