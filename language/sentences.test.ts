import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentences } from './sentences.ts';

const split = (text: string): string[] => sentences(text).map((s) => s.text);

describe('sentences', () => {
  it.each<[string, string[]]>([
    ['Her A1c was 6.5 %. She takes metformin.', ['Her A1c was 6.5 %.', 'She takes metformin.']],
    ['Seen by Dr. Smith on 12.03.2020. No fever.', ['Seen by Dr. Smith on 12.03.2020.', 'No fever.']],
    ['Metformin 500 mg b.i.d. with meals. Lisinopril 10 mg q.d.', ['Metformin 500 mg b.i.d. with meals.', 'Lisinopril 10 mg q.d.']],
    ['Metformin 500 mg b.i.d. She tolerates it.', ['Metformin 500 mg b.i.d.', 'She tolerates it.']],
    ['She takes 10 mg. Her pressure is fine.', ['She takes 10 mg.', 'Her pressure is fine.']],
    ['Avoid NSAIDs, e.g. ibuprofen, vs. acetaminophen.', ['Avoid NSAIDs, e.g. ibuprofen, vs. acetaminophen.']],
    [
      'Plan:\n- stop aspirin\n- recheck in approx. 3 months\n\nThank you!',
      ['Plan:', '- stop aspirin', '- recheck in approx. 3 months', 'Thank you!'],
    ],
    ['1. Diabetes\n2. Asthma. Stable.', ['1. Diabetes', '2. Asthma.', 'Stable.']],
    ['Medications: metformin 500 mg; lisinopril 10 mg; aspirin', ['Medications: metformin 500 mg; lisinopril 10 mg; aspirin']],
    ['Assessment: stable\nPlan: continue', ['Assessment: stable', 'Plan: continue']],
    ['The patient was seen and\nexamined today.', ['The patient was seen and examined today.'.replace(' examined', '\nexamined')]],
    ['Is she on it? Yes! Good.', ['Is she on it?', 'Yes!', 'Good.']],
    ['John A. Smith came. Fine.', ['John A. Smith came.', 'Fine.']],
    ['pH 7.35. BP 120/80.', ['pH 7.35.', 'BP 120/80.']],
    ['He said "it hurts." Then he left.', ['He said "it hurts."', 'Then he left.']],
    ['BP stable\nHR 72', ['BP stable', 'HR 72']],
    ['No. 5 tube was used.', ['No. 5 tube was used.']],
    ['Ramipril 2.5 mg. Atrial flutter since May.', ['Ramipril 2.5 mg.', 'Atrial flutter since May.']],
    ['Metformin b.i.d. Ramipril q.d. eGFR 60.', ['Metformin b.i.d.', 'Ramipril q.d.', 'eGFR 60.']],
    ['Immune to hepatitis B. Mumps in 1999.', ['Immune to hepatitis B.', 'Mumps in 1999.']],
    ['Seen by A. Smith and J. R. Doe. Well.', ['Seen by A. Smith and J. R. Doe.', 'Well.']],
    ['Ramipril 10 mg. PO BID. Eats well.', ['Ramipril 10 mg. PO BID.', 'Eats well.']],
    ['BMI: 31. Known asthma.', ['BMI: 31.', 'Known asthma.']],
    ['Plan: 1. Stop aspirin', ['Plan: 1. Stop aspirin']],
    ['Urea | 1.1 | 2021\neGFR | 60 | 2021', ['Urea | 1.1 | 2021', 'eGFR | 60 | 2021']],
    ['', []],
    ['   \n ', []],
  ])('splits %j', (text, expected) => expect(split(text)).toEqual(expected));

  const ends = [
    '25 mg',
    '81 mcg',
    '1.5 L',
    '70 kg',
    '172 cm',
    '3 tabs',
    '5 mL',
    '6 hrs',
    '2 wks',
    'twice p.r.n',
    'b.i.d',
    'vitamin K',
    'hepatitis C',
  ];
  const begins = [
    'Gout was found',
    'Warfarin 5 mg',
    'Naproxen since 1989',
    'Hypertensive',
    'eGFR was 60',
    'HPV in 2019',
    'Nausea',
    'LDL 90',
  ];
  const whole = [
    'approx. 25 mg. daily',
    'Dr. Miller',
    'J. R. Miller',
    'e.g. aspirin',
    'q.d. for pressure',
    'St. Anna',
    '5 mg. by mouth',
    'vs. aspirin',
  ];
  it('parts two sentences where a unit, an instruction or a letter ends the first', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ends), fc.constantFrom(...begins), (end, begin) => {
        expect(split(`He had ${end}. ${begin} in May.`)).toEqual([`He had ${end}.`, `${begin} in May.`]);
      }),
    );
  });
  it('keeps abbreviations inside a sentence whole', () => {
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.constantFrom(...whole), (one, other) => {
        const text = `He said ${one} and ${other} in May.`;
        expect(split(text)).toEqual([text]);
      }),
    );
  });

  it('loses nothing', () => {
    const words = [
      'Dr.',
      'A1c',
      '6.5',
      '%.',
      '\n',
      '- ',
      '1. ',
      'Plan:',
      'b.i.d.',
      'She',
      'no',
      '!',
      '?',
      '...',
      ' ',
      '(',
      ')',
      '"',
      '***',
      'mg.',
      '\r\n',
      '•',
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 5 })), { maxLength: 30 }), (parts) => {
        const text = parts.join(' ');
        const found = sentences(text);
        let covered = 0;
        for (const s of found) {
          expect(s.text).toBe(text.slice(s.start, s.end));
          expect(text.slice(covered, s.start).trim()).toBe('');
          covered = s.end;
        }
        expect(text.slice(covered).trim()).toBe('');
      }),
    );
  });
});
