/**
 * For every dated value, problem and drug of the fixture, said in many manners: true and reworded it stays supported; with a number, unit, date,
 * drug, dose, denial, side, state, direction or person altered it never is.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayUnit } from '../language/units.ts';
import type { Fact, QuantityValue } from '../records/contract.ts';
import { check } from './check.ts';
import { findEvidence } from './evidence.ts';
import { fixtureChart } from './park.fixture.ts';

const chart = fixtureChart();
const context = { subject: 'Patient/p1', now: chart.asOf, patient: chart.patient };
const checked = (text: string) => check(text, findEvidence(text, chart), context, chart.terminology);
const supported = (text: string): boolean => checked(text).verdict === 'supported';
const because = (text: string): string =>
  `${text}\n${checked(text)
    .checks.filter((found) => found.outcome !== 'pass')
    .map((found) => `${found.name}: ${found.reason}`)
    .join('\n')}`;

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const dateForms: readonly ((iso: string) => string)[] = [
  (iso) => iso.slice(0, 10),
  (iso) => `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`,
  (iso) => `${MONTHS[Number(iso.slice(5, 7)) - 1]} ${Number(iso.slice(8, 10))}, ${iso.slice(0, 4)}`,
  (iso) => `${iso.slice(8, 10)}-${MONTHS[Number(iso.slice(5, 7)) - 1]!.slice(0, 3)}-${iso.slice(0, 4)}`,
  (iso) => `${Number(iso.slice(5, 7))}/${Number(iso.slice(8, 10))}/${iso.slice(0, 4)}`,
];
const later = (iso: string, days: number): string => new Date(Date.parse(iso.slice(0, 10)) + days * 86_400_000).toISOString().slice(0, 10);

type Measured = Fact & { readonly value: QuantityValue; readonly date: string };
const measured = chart.facts.filter(
  (fact): fact is Measured =>
    fact.value?.type === 'quantity' && fact.date !== undefined && (fact.kind === 'result' || fact.kind === 'vital'),
);
const unitOf = (fact: Measured): string => (fact.value.ucum ? displayUnit(fact.value.ucum) : '');

const said: readonly ((name: string, value: string, on: string) => string)[] = [
  (name, value, on) => `Her ${name} was ${value} on ${on}.`,
  (name, value, on) => `On ${on} the ${name} came back at ${value}.`,
  (name, value, on) => `${name} ${value} (${on})`,
  (name, value, on) => `A ${name} of ${value} was recorded on ${on}.`,
  (name, value, on) => `${on}: ${name} ${value}`,
  (name, value, on) => `${name} measured ${on}, result ${value}.`,
  (name, value, on) => `According to the record, her ${name} stood at ${value} on ${on}.`,
  (name, value, on) => `Your ${name} on ${on} was ${value}.`,
];
const anyFact = fc.constantFrom(...measured);
const anyWay = fc.constantFrom(...said);
const anyDate = fc.constantFrom(...dateForms);

describe('values', () => {
  it('stay supported however they are said', () => {
    fc.assert(
      fc.property(anyFact, anyWay, anyDate, (fact, way, on) => {
        const text = way(fact.name, `${fact.value.text} ${unitOf(fact)}`.trim(), on(fact.date));
        expect(supported(text), because(text)).toBe(true);
      }),
      { numRuns: 120 },
    );
  });
  it('are never supported with another number', () => {
    fc.assert(
      fc.property(anyFact, anyWay, anyDate, fc.double({ min: 0.3, max: 3, noNaN: true }), (fact, way, on, factor) => {
        const digits = fact.value.text.split('.')[1]?.length ?? 0;
        const altered = (fact.value.value * factor).toFixed(digits);
        fc.pre(Math.abs(Number(altered) - fact.value.value) > 0.5 * 10 ** -digits && Number(altered) > 0);
        const text = way(fact.name, `${altered} ${unitOf(fact)}`.trim(), on(fact.date));
        expect(supported(text), text).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
  it('are never supported with another date', () => {
    fc.assert(
      fc.property(anyFact, anyWay, anyDate, fc.integer({ min: -900, max: 900 }), (fact, way, on, days) => {
        const moved = later(fact.date, days);
        fc.pre(days !== 0 && !measured.some((other) => other.name === fact.name && other.date.slice(0, 10) === moved));
        const text = way(fact.name, `${fact.value.text} ${unitOf(fact)}`.trim(), on(moved));
        expect(supported(text), text).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
  it('are never supported with another unit', () => {
    fc.assert(
      fc.property(
        anyFact,
        anyWay,
        anyDate,
        fc.constantFrom('mmol/L', 'g/dL', 'mg/L', 'kg', 'lb', 'mmHg', '%', 'ng/mL', 'IU/L', 'µmol/L'),
        (fact, way, on, unit) => {
          fc.pre(unit !== unitOf(fact));
          expect(supported(way(fact.name, `${fact.value.text} ${unit}`, on(fact.date)))).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });
  it('are never supported of another person or another test', () => {
    fc.assert(
      fc.property(anyFact, anyFact, anyDate, (fact, other, on) => {
        const value = `${fact.value.text} ${unitOf(fact)}`.trim();
        for (const who of ["Mr. Kowalski's", "Her brother's", 'His', "Anna Novak's"])
          expect(supported(`${who} ${fact.name} was ${value} on ${on(fact.date)}.`)).toBe(false);
        fc.pre(other.name !== fact.name && !measured.some((third) => third.name === other.name && third.value.text === fact.value.text));
        expect(supported(`Her ${other.name} was ${value} on ${on(fact.date)}.`)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

const problems = chart.facts.filter(
  (fact): fact is Fact & { readonly date: string } => fact.kind === 'problem' && !fact.negated && fact.date !== undefined,
);

describe('problems', () => {
  it.each(problems.map((fact) => [fact.name, fact] as const))('%s', (name, fact) => {
    const [now, past] = fact.status === 'active' ? [true, false] : [false, true];
    const year = Number(fact.date.slice(0, 4));
    for (const text of [
      `She was diagnosed with ${name} in ${year}.`,
      `${name}, onset ${dateForms[1]!(fact.date)}`,
      `Diagnosis of ${name} made on ${dateForms[4]!(fact.date)}.`,
    ])
      expect(supported(text), because(text)).toBe(true);
    for (const text of [`She has ${name}.`, `${name} is active.`, `${name} is ongoing.`]) expect(supported(text), because(text)).toBe(now);
    for (const text of [`${name} has resolved.`, `She no longer has ${name}.`, `${name} is no longer active.`])
      expect(supported(text), because(text)).toBe(past);
    for (const text of [
      `She was diagnosed with ${name} in ${year - 2}.`,
      `${name}, onset ${dateForms[1]!(later(fact.date, 45))}`,
      `She has no history of ${name}.`,
      `${name} was never diagnosed.`,
      `There is no record of ${name}.`,
      `She may have ${name}.`,
      `Her mother has ${name}.`,
      `Severe ${name} was diagnosed in ${year}.`,
      `${name} of the right side was diagnosed in ${year}.`,
      `${name} due to smoking was diagnosed in ${year}.`,
    ])
      expect(supported(text), text).toBe(false);
  });
});

describe('drugs', () => {
  it('keep dose, frequency, drug and state apart', () => {
    const ways = [
      (drug: string, dose: string, often: string) => `She takes ${drug} ${dose} ${often}.`,
      (drug: string, dose: string, often: string) => `Current medication: ${drug} ${dose} ${often}`,
      (drug: string, dose: string, often: string) => `${drug} ${dose} ${often} is on her medication list.`,
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...ways),
        fc.constantFrom('metformin', 'lisinopril'),
        fc.constantFrom(1, 2.5, 5, 10, 20, 250, 500, 850, 1000),
        fc.constantFrom('once daily', 'twice daily', 'three times a day', 'weekly', 'as needed'),
        (way, drug, dose, often) => {
          const right = drug === 'metformin' ? dose === 500 && often === 'twice daily' : dose === 10 && often === 'once daily';
          const text = way(drug, `${dose} mg`, often);
          expect(supported(text), because(text)).toBe(right);
        },
      ),
      { numRuns: 150 },
    );
    for (const drug of ['atorvastatin', 'warfarin', 'insulin glargine', 'amlodipine', 'metoprolol'])
      for (const way of ways) expect(supported(way(drug, '5 mg', 'once daily'))).toBe(false);
    for (const text of [
      'Metformin was stopped.',
      'She no longer takes lisinopril.',
      'She used to take metformin.',
      'She is not on lisinopril.',
      'She still takes amlodipine.',
    ])
      expect(supported(text), text).toBe(false);
  });
});

describe('what cannot be true by its form', () => {
  it('never supports a question, an order or a wish, whatever true statement it holds', () => {
    for (const text of [
      'Is her HbA1c 6.5%?',
      'Repeat HbA1c of 6.5%.',
      'Her HbA1c should be 6.5%.',
      'I hope her HbA1c is 6.5%.',
      'If her HbA1c is 6.5%, continue metformin.',
    ])
      expect(supported(text), text).toBe(false);
  });
  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => typeof checked(text).verdict === 'string'),
      { numRuns: 300 },
    );
  });
  it('refuses evidence of another patient', () => {
    const text = 'Her HbA1c was 6.5% on 12 March 2020.';
    const stranger = findEvidence(text, chart);
    expect(check(text, stranger, { ...context, subject: 'Patient/other' }, chart.terminology).verdict).toBe('contradicted');
  });
});
