import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commensurable, convert, displayUnit, sameUnit, toUcum } from './units.ts';

const WRITTEN: readonly (readonly [string, string])[] = [
  ['mg/dl', 'mg/dL'],
  ['mg/dL', 'mg/dL'],
  ['MG/DL', 'mg/dL'],
  ['mg per dL', 'mg/dL'],
  ['mg%', 'mg/dL'],
  ['mm Hg', 'mm[Hg]'],
  ['mmHg', 'mm[Hg]'],
  ['mm[Hg]', 'mm[Hg]'],
  ['MMHG', 'mm[Hg]'],
  ['beats/min', '{beats}/min'],
  ['beats per minute', '{beats}/min'],
  ['bpm', '/min'],
  ['/min', '/min'],
  ['per minute', '/min'],
  ['breaths/min', '{breaths}/min'],
  ['K/uL', '10*3/uL'],
  ['K/µL', '10*3/uL'],
  ['k/ul', '10*3/uL'],
  ['10*3/uL', '10*3/uL'],
  ['10^3/uL', '10*3/uL'],
  ['10E3/uL', '10*3/uL'],
  ['x10E3/uL', '10*3/uL'],
  ['x10^9/L', '10*9/L'],
  ['x 10^9/L', '10*9/L'],
  ['×10⁹/L', '10*9/L'],
  ['10(9)/L', '10*9/L'],
  ['thousand/uL', '10*3/uL'],
  ['K/mm3', '10*3/uL'],
  ['M/uL', '10*6/uL'],
  ['million/uL', '10*6/uL'],
  ['cells/mm3', '{cells}/uL'],
  ['mcg', 'ug'],
  ['µg', 'ug'],
  ['μg', 'ug'],
  ['ug', 'ug'],
  ['micrograms', 'ug'],
  ['MCG', 'ug'],
  ['MG', 'mg'],
  ['MG/ML', 'mg/mL'],
  ['UNT/ML', 'U/mL'],
  ['IU/L', '[IU]/L'],
  ['U/L', 'U/L'],
  ['Units/L', 'U/L'],
  ['units', 'U'],
  ['uIU/mL', 'u[IU]/mL'],
  ['µIU/mL', 'u[IU]/mL'],
  ['mIU/L', 'm[IU]/L'],
  ['degrees F', '[degF]'],
  ['°F', '[degF]'],
  ['F', '[degF]'],
  ['°C', 'Cel'],
  ['C', 'Cel'],
  ['deg C', 'Cel'],
  ['lbs', '[lb_av]'],
  ['pounds', '[lb_av]'],
  ['kg', 'kg'],
  ['kilos', 'kg'],
  ['ft', '[ft_i]'],
  ['in', '[in_i]'],
  ['inches', '[in_i]'],
  ['percent', '%'],
  ['%', '%'],
  ['mEq/L', 'meq/L'],
  ['meq/l', 'meq/L'],
  ['mL/min/1.73m2', 'mL/min/{1.73_m2}'],
  ['mL/min/1.73 m²', 'mL/min/{1.73_m2}'],
  ['mL/min/{1.73_m2}', 'mL/min/{1.73_m2}'],
  ['ml/min/1.73m^2', 'mL/min/{1.73_m2}'],
  ['mL/min/1.73', 'mL/min/{1.73_m2}'],
  ['mL/min per 1.73 m2', 'mL/min/{1.73_m2}'],
  ['ng/mL', 'ng/mL'],
  ['pg/mL', 'pg/mL'],
  ['kg/m2', 'kg/m2'],
  ['kg/m²', 'kg/m2'],
  ['kg/m^2', 'kg/m2'],
  ['score', '{score}'],
  ['{score}', '{score}'],
  ['(score)', '{score}'],
  ['points', '{score}'],
  ['tablets', '{tablet}'],
  ['puffs', '{puff}'],
  ['tabs', '{tablet}'],
  ['mm/hr', 'mm/h'],
  ['mOsm/kg', 'mosm/kg'],
  ['mg/g creatinine', 'mg/g{creat}'],
  ['mg/g{creat}', 'mg/g{creat}'],
  ['mg/24h', 'mg/(24.h)'],
  ['mcg/hr', 'ug/h'],
  ['/hpf', '/[HPF]'],
  ['cc', 'mL'],
  ['years', 'a'],
  ['mmol/mol', 'mmol/mol'],
];

describe('toUcum', () => {
  it.each(WRITTEN)('reads %s as %s', (written, code) => expect(toUcum(written)).toBe(code));
  it.each(['', 'foo', 'blorps/dL', 'visits per whatever', 'mg of'])('does not guess %j', (written) =>
    expect(toUcum(written)).toBeUndefined(),
  );
  it('keeps what it wrote', () => {
    for (const [, code] of WRITTEN) expect(toUcum(code), code).toBe(code);
  });
  it('never throws', () => fc.assert(fc.property(fc.string(), (text) => void toUcum(text))));
});

describe('convert', () => {
  it.each([
    [98.6, '[degF]', 'Cel', 37],
    [37, 'Cel', '[degF]', 98.6],
    [180, '[lb_av]', 'kg', 81.6466266],
    [5.2, '10*3/uL', '10*9/L', 5.2],
    [4.5, 'g/dL', 'g/L', 45],
    [0.5, 'mg', 'ug', 500],
    [45, '%', '1', 0.45],
    [40, 'U/L', '[IU]/L', 40],
    [2, 'u[IU]/mL', 'm[IU]/L', 2],
    [72, '{beats}/min', '/min', 72],
    [10, 'mg/(5.mL)', 'mg/mL', 2],
  ])('%d %s in %s is %d', (value, from, to, expected) => expect(convert(value, from, to)).toBeCloseTo(expected, 6));

  it('converts mass and amount only with a molar mass', () => {
    expect(convert(100, 'mg/dL', 'mmol/L')).toBeUndefined();
    expect(convert(100, 'mg/dL', 'mmol/L', 180.156)).toBeCloseTo(5.551, 3);
    expect(convert(1, 'mg/dL', 'umol/L', { molarMass: 113.12 })).toBeCloseTo(88.4, 1);
  });
  it('converts equivalents only with a valence', () => {
    expect(convert(4.2, 'meq/L', 'mmol/L')).toBeUndefined();
    expect(convert(4.2, 'meq/L', 'mmol/L', { charge: 1 })).toBeCloseTo(4.2, 6);
    expect(convert(4, 'meq/L', 'mmol/L', { charge: 2 })).toBeCloseTo(2, 6);
  });
  it('reads HbA1c by the master equation and only when told that it is HbA1c', () => {
    expect(convert(48, 'mmol/mol', '%')).toBeUndefined();
    expect(convert(48, 'mmol/mol', '%', { hba1c: true })).toBeCloseTo(6.54, 2);
    expect(convert(7, '%', 'mmol/mol', { hba1c: true })).toBeCloseTo(53, 0);
  });
  it.each([
    ['mg/dL', 'kg'],
    ['{tablet}', '{puff}'],
    ['{score}', '%'],
    ['mg', 'mL'],
    ['{tablet}', 'mg'],
    ['mm[Hg]', '/min'],
    ['{tablet}/d', '/d'],
    ['U', 'mg'],
  ])('keeps %s and %s apart', (a, b) => expect(commensurable(a, b)).toBe(false));

  it('there and back again', () => {
    const pairs = [
      ['[degF]', 'Cel'],
      ['[lb_av]', 'kg'],
      ['g/L', 'mg/dL'],
      ['[in_i]', 'cm'],
      ['kPa', 'mm[Hg]'],
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...pairs), fc.double({ min: -1000, max: 1e6, noNaN: true }), ([a, b], value) => {
        expect(convert(convert(value, a, b)!, b, a)!).toBeCloseTo(value, 4);
      }),
    );
  });
});

describe('sameUnit and displayUnit', () => {
  it('knows one unit in other letters', () => {
    for (const [a, b] of [
      ['10*3/uL', '10*9/L'],
      ['{beats}/min', '/min'],
      ['U/L', '[IU]/L'],
      ['mg/L', 'ug/mL'],
      ['{score}', '1'],
    ] as const)
      expect(sameUnit(a, b), `${a} ${b}`).toBe(true);
    for (const [a, b] of [
      ['mg', 'ug'],
      ['mmol/L', 'meq/L'],
      ['Cel', 'K'],
      ['{tablet}', '{capsule}'],
      ['%', '1'],
      ['mL/min', 'mL/min/{1.73_m2}'],
    ] as const)
      expect(sameUnit(a, b), `${a} ${b}`).toBe(false);
  });
  it.each([
    ['mm[Hg]', 'mmHg'],
    ['Cel', '°C'],
    ['[degF]', '°F'],
    ['ug', 'mcg'],
    ['ug/mL', 'mcg/mL'],
    ['[lb_av]', 'lb'],
    ['mL/min/{1.73_m2}', 'mL/min/1.73 m²'],
    ['{score}', ''],
    ['{beats}/min', 'beats/min'],
    ['kg/m2', 'kg/m²'],
    ['10*3/uL', '10^3/uL'],
    ['{tablet}', 'tablet'],
    ['mg/g{creat}', 'mg/g'],
    ['m[IU]/L', 'mIU/L'],
    ['mg/dL', 'mg/dL'],
  ])('shows %s as %s', (code, shown) => expect(displayUnit(code)).toBe(shown));
  it('shows what it can read again', () => {
    for (const [, code] of WRITTEN) {
      const shown = displayUnit(code);
      if (shown !== '') expect(sameUnit(toUcum(shown) ?? 'nothing', code), `${code} -> ${shown} -> ${toUcum(shown)}`).toBe(true);
    }
  });
});
