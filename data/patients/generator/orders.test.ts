import { expect, test } from 'vitest';
import { dosageInstruction, regimen } from './orders.ts';
import { drugs } from './tables.ts';

const bounds = { start: '2026-01-05' };

test('what is taken only when needed has no times a day unless they are given', () => {
  const spray = dosageInstruction(drugs.of('naloxone-nasal'), { asNeeded: 'opioid overdose' }, bounds);
  expect(spray.text).toBe('1 spray (4 mg) into the nose as needed for opioid overdose');
  expect(spray.timing?.repeat).toEqual({ boundsPeriod: bounds });
  const tablet = dosageInstruction(drugs.of('oxycodone-5'), { times: 3, asNeeded: 'pain' }, bounds);
  expect(tablet.text).toBe('1 tablet (5 mg) by mouth three times daily as needed for pain');
  expect(tablet.timing?.repeat).toMatchObject({ frequency: 3, period: 1, periodUnit: 'd' });
});

test('a plain dose is once daily', () => {
  expect(regimen(drugs.of('amlodipine-5'), {})).toBe('5 mg once daily');
});

test('one dose is given once, and a tablet under the tongue every few minutes', () => {
  expect(regimen(drugs.of('penicillin-g-benzathine'), { days: 1 })).toBe('2,400,000 units into the muscle once');
  const shot = dosageInstruction(drugs.of('penicillin-g-benzathine'), { days: 1 }, { ...bounds, end: bounds.start });
  expect(shot.timing?.repeat).toEqual({ boundsPeriod: { ...bounds, end: bounds.start }, count: 1 });
  // A course of one day with several doses has its rhythm.
  const thrice = dosageInstruction(drugs.of('ibuprofen-600'), { times: 3, days: 1 }, bounds);
  expect(thrice.timing?.repeat).toMatchObject({ frequency: 3, period: 1, periodUnit: 'd' });
  expect(thrice.timing?.repeat?.count).toBeUndefined();
  expect(regimen(drugs.of('nitroglycerin-0.4'), { per: { minutes: 5 }, asNeeded: 'chest pain' })).toBe(
    '0.4 mg under the tongue every 5 minutes as needed for chest pain',
  );
});

test('the parts of a combination keep their own units', () => {
  expect(regimen(drugs.of('calcium-vit-d'), { times: 2 })).toBe('1250 mg/200 units, 1 tablet twice daily');
  expect(regimen(drugs.of('sacubitril-valsartan-24'), { times: 2 })).toBe('24/26 mg, 1 tablet twice daily');
  expect(regimen(drugs.of('trelegy'), {})).toBe('100/62.5/25 mcg, 1 puff once daily');
});

test('the strengths of a combination stand in the order of its name, and two salts of one drug are one strength', () => {
  expect(drugs.of('hydrocodone-apap').ingredient).toBe('hydrocodone/acetaminophen');
  expect(regimen(drugs.of('hydrocodone-apap'), { times: 3 })).toBe('5/325 mg, 1 tablet three times daily');
  expect(regimen(drugs.of('nitrofurantoin-100'), { times: 2, days: 5 })).toBe('100 mg twice daily for 5 days');
});

test('one of a span has no number, and what is given for years says so', () => {
  expect(regimen(drugs.of('albuterol-neb'), { amount: 2.5, per: { hours: 1 } })).toBe('2.5 mg every hour');
  expect(regimen(drugs.of('levonorgestrel-iud'), { per: { months: 96 } })).toBe('52 mg intrauterine device, for up to 8 years');
  expect(regimen(drugs.of('lispro-vial'), { amount: 36, pump: true })).toBe('36 units a day by pump');
  const pump = dosageInstruction(drugs.of('lispro-vial'), { amount: 36, pump: true }, bounds);
  expect(pump.timing?.repeat).toEqual({ boundsPeriod: bounds });
  expect(pump.doseAndRate?.[0]).toMatchObject({ rateRatio: { numerator: { value: 36 }, denominator: { code: 'd' } } });
});
