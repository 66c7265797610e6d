import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantities } from './quantities.ts';
import { displayUnit, sameUnit } from './units.ts';

/** text -> "comparator value[,second] form ucum" of each quantity */
function read(text: string): string[] {
  return quantities(text).map(
    (q) =>
      `${q.comparator ?? ''}${q.value}${q.second === undefined ? '' : `,${q.second}`}${q.form === 'single' ? '' : ` ${q.form}`}${q.ucum ? ` ${q.ucum}` : ''}`,
  );
}

describe('quantities', () => {
  it.each<[string, string[]]>([
    ['HbA1c was 7.0%', ['7 %']],
    ['less than 5', ['<5']],
    ['1950 fL', ['1950 fL']],
    ['1800 10^3/uL', ['1800 10*3/uL']],
    ['Pain at best: 2/10.', ['2 {score}']],
    ['Grade 3/6 systolic murmur', []],
    ['C5-6 disc', []],
    ['1+ pitting edema', ['1']],
    ['She is 1.61 m. tall', ['1.61 m']],
    ['gave 10 U. Then', ['10 U']],
    ['5 a.m.', []],
    ['<5 ng/mL', ['<5 ng/mL']],
    ['at least 3', ['>=3']],
    ['about 6', ['~6']],
    ['≥ 60 mL/min/1.73m2', ['>=60 mL/min/{1.73_m2}']],
    ['BP 128/82 mmHg', ['128,82 pair mm[Hg]']],
    ['blood pressure 128 over 82', ['128,82 pair']],
    ['4-6 mg', ['4,6 range mg']],
    ['reference range 150-400 10^3/uL', ['150,400 range 10*3/uL']],
    ['target 110-130', ['110,130 range']],
    ['drinks 900-1200 mL', ['900,1200 range mL']],
    ['call 207-555-1142 or 555-1142', []],
    ['between 4 and 6', ['4,6 range']],
    ['5 x 10^9/L', ['5 10*9/L']],
    ['1,200 mL', ['1200 mL']],
    ['half a tablet', ['0.5']],
    ['1/2 tablet', ['0.5 {tablet}']],
    ['1 1/2 tabs', ['1.5 {tablet}']],
    ['three visits', ['3']],
    ['twenty-one', ['21']],
    ['once daily', ['1']],
    ['a dozen', ['12']],
    ['10mg', ['10 mg']],
    ['a 64-year-old man', ['64 a']],
    ['aged 64', ['64 a']],
    ['64 yo F', ['64 a']],
    ['5 ft 4 in tall', ['64 [in_i]']],
    [`5'4"`, ['64 [in_i]']],
    ['pain 5/10', ['5 {score}']],
    ['rose from 6.1 to 7.4%', ['6.1', '7.4 %']],
    ['ranged from 6.1 to 7.4', ['6.1,7.4 range']],
    ['dropped 6.1 -> 7.4', ['6.1', '7.4']],
    ['5/325 mg', ['5,325 pair mg']],
    ['T-score of -2.5', ['-2.5']],
    ['six point five percent', ['6.5 %']],
    ['up to 4 g per day', ['<=4 g/d']],
    ['creatinine 1.2 mg/dL (106 µmol/L)', ['1.2 mg/dL', '106 umol/L']],
    ['temp 98.6 F', ['98.6 [degF]']],
    ['on 3/12/2020 she weighed 80 kg', ['80 kg']],
    ['5 or more', ['>=5']],
    ['vitamin B12 350 pg/mL', ['350 pg/mL']],
    ['10 mg/5 mL', ['10 mg/(5.mL)']],
    ['24 HR Metformin hydrochloride 500 MG', ['500 mg']],
    ['SpO2 98% on 2 L', ['98 %', '2 L']],
  ])('reads %j', (text, expected) => expect(read(text)).toEqual(expected));

  it.each([
    'no fever',
    'the third visit',
    '2nd dose',
    'COVID-19',
    'vitamin D3',
    'H1N1',
    'type 2 diabetes',
    'CKD stage 3',
    'stage 3a',
    '24/7',
    'at 10:30',
    '10 am',
    'MRN 1234567',
    '555-123-4567',
    '[1] and [2, 3]',
    'Observation/123',
    'no one came',
    'one of the visits',
    '12-lead ECG',
    '5-ASA',
    'U-100',
    '12-Mar-2020',
    'two years ago',
    'for 3 years',
    'since 2018',
    'NYHA class 3',
    'at once',
    'in her 60s',
  ])('finds no quantity in %j', (text) => expect(read(text)).toEqual([]));

  it('keeps the decimals as written', () => {
    expect(quantities('7.0%')[0]!.decimals).toBe(1);
    expect(quantities('7%')[0]!.decimals).toBe(0);
    expect(quantities('5.10 mmol/L')[0]!.decimals).toBe(2);
  });

  it('reads any number with any shown unit', () => {
    const units = [
      'mg/dL',
      'mmol/L',
      '%',
      'mm[Hg]',
      'kg',
      '[lb_av]',
      'cm',
      'kg/m2',
      '10*3/uL',
      'g/dL',
      'U/L',
      'mL/min/{1.73_m2}',
      'pg/mL',
      'Cel',
      '[degF]',
      '/min',
      'ug',
      'meq/L',
      '[IU]/L',
      'fL',
      'pg',
      'mmol/mol',
      'mg/g',
      'ng/mL',
      'mm/h',
      'umol/L',
      '{tablet}',
      'mg',
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999 }),
        fc.integer({ min: 0, max: 2 }),
        fc.constantFrom(...units),
        fc.constantFrom('The value was ', 'result: ', '', 'It is now '),
        (n, decimals, ucum, lead) => {
          const value = (n / 10 ** decimals).toFixed(decimals);
          const found = quantities(`${lead}${value} ${displayUnit(ucum)} today.`);
          expect(found, `${lead}${value} ${displayUnit(ucum)}`).toHaveLength(1);
          expect(found[0]!.value).toBe(Number(value));
          expect(found[0]!.decimals).toBe(decimals);
          expect(sameUnit(found[0]!.ucum ?? '', ucum), `${displayUnit(ucum)} read as ${found[0]!.ucum}`).toBe(true);
        },
      ),
    );
  });

  it('gives spans of the text, in order, not overlapping', () => {
    const pieces = [
      '5',
      '6.1',
      'mg',
      '-',
      '/',
      ' ',
      'between',
      'and',
      '2020',
      'two',
      'to',
      'over',
      '%',
      'year',
      'old',
      '<',
      'x 10^9/L',
      '\n',
      'from',
      "'",
      '"',
      'ft',
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })), { maxLength: 20 }), (words) => {
        const text = words.join(' ');
        let last = 0;
        for (const q of quantities(text)) {
          expect(q.start).toBeGreaterThanOrEqual(last);
          expect(q.end).toBeGreaterThan(q.start);
          expect(q.text).toBe(text.slice(q.start, q.end));
          expect(Number.isFinite(q.value)).toBe(true);
          last = q.end;
        }
      }),
    );
  });
});
