import { describe, expect, it } from 'vitest';
import type { FhirResource } from '../contract.ts';
import { chartOf, of } from './chart.fixture.ts';
import { toldIn } from './told.ts';

describe('what the words of an uncoded problem say', () => {
  it.each([
    ['Denies chest pain', 'negated', 'chest pain'],
    ['Negative for HIV', 'negated', 'HIV'],
    ['No history of stroke', 'negated', 'stroke'],
    ['DVT ruled out', 'negated', 'DVT'],
    ['Non-smoker', 'negated', 'tobacco use'],
    ['PE?', 'doubtful', 'PE'],
    ['?gout', 'doubtful', 'gout'],
    ['Query stroke', 'doubtful', 'stroke'],
    ['Rule out DVT', 'doubtful', 'DVT'],
    ['COPD unlikely', 'doubtful', 'COPD'],
    ['H/o myocardial infarction', 'past', 'myocardial infarction'],
    ['Leukaemia in remission', 'remission', 'Leukaemia'],
    ['Resolved hyponatraemia', 'resolved', 'hyponatraemia'],
  ])('%s', (label, manner, thing) => expect(toldIn(label)).toEqual({ manner, thing }));

  it.each([
    ['FH: prostate cancer', 'relative', 'prostate cancer'],
    ['Wife has breast cancer', 'wife', 'breast cancer'],
    ['Family history of glaucoma', 'relative', 'glaucoma'],
  ])('%s is a relative’s', (label, relative, thing) => expect(toldIn(label)).toEqual({ manner: 'family', relative, thing }));

  it.each(['Low risk of bleeding', 'Vaccinated against hepatitis B', 'Screening for diabetes', 'Contact with tuberculosis'])(
    '%s names a thing and does not state it',
    (label) => expect(toldIn(label)).toEqual({ manner: 'beside' }),
  );

  it.each([
    'Nonischemic cardiomyopathy',
    'Hypertension',
    'Non-small cell lung cancer',
    'Fatherhood problems',
    'Normal pregnancy',
    'Brother in law conflict',
  ])('%s is what it says', (label) => expect(toldIn(label)).toBeUndefined());
});

describe('in the chart', () => {
  const condition = (code: object) => of('Condition', { clinicalStatus: { coding: [{ code: 'active' }] }, code });
  const [fact] = chartOf(condition({ text: 'Denies chest pain' })).facts.filter(({ kind }) => kind === 'problem');
  it('a denial is a refuted entry of the thing', () =>
    expect(fact).toMatchObject({ name: 'chest pain', status: 'refuted', negated: true, details: { written: 'Denies chest pain' } }));
  it('a relative’s disease is no problem', () =>
    expect(chartOf(condition({ text: 'FH: prostate cancer' })).facts.map(({ kind, name }) => `${kind}: ${name}`)).toContain(
      'family-history: prostate cancer in relative',
    ));
  it('a code says by itself what it means', () => {
    const coded = condition({
      coding: [{ system: 'http://snomed.info/sct', code: '840544004', display: 'Suspected COVID-19' }],
      text: 'Suspected COVID-19',
    });
    expect(chartOf(coded).facts.find(({ kind }) => kind === 'problem')).toMatchObject({ status: 'active' });
  });
  it.each([
    ['No allergy to penicillin', { name: 'penicillin', status: 'refuted' }],
    ['No latex allergy', { name: 'latex', status: 'refuted' }],
    ['No known drug allergies', { details: { absence: 'drug' } }],
    ['No allergies', { details: { absence: 'any' } }],
  ])('%s', (text, expected) =>
    expect(chartOf(of('AllergyIntolerance', { code: { text } })).facts.find(({ kind }) => kind === 'allergy')).toMatchObject(expected),
  );
});

describe('orders that are not taken, and contradictions', () => {
  const order = (fields: object) => of('MedicationRequest', { intent: 'order', status: 'active', ...fields });
  const statusOf = (resource: FhirResource) => chartOf(resource).facts.find(({ kind }) => kind === 'medication');
  it('an order of the future is planned', () =>
    expect(statusOf(order({ authoredOn: '2031-01-01', medicationCodeableConcept: { text: 'Semaglutide' } }))).toMatchObject({
      status: 'planned',
    }));
  it('a value called normal outside its own range is neither', () => {
    const odd = of('Observation', {
      status: 'final',
      code: { text: 'Magnesium' },
      effectiveDateTime: '2026-10-01',
      valueQuantity: { value: 0.45, unit: 'mmol/L' },
      referenceRange: [{ low: { value: 0.7, unit: 'mmol/L' }, high: { value: 1, unit: 'mmol/L' } }],
      interpretation: [{ coding: [{ code: 'N' }] }],
    });
    const fact = chartOf(odd).facts.find(({ kind }) => kind === 'result');
    expect(fact?.flag).toBeUndefined();
    expect(fact?.details?.rangeReading).toBe('recorded as normal, yet below its reference range');
  });
});
