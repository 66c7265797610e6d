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
    ['', []],
    ['   \n ', []],
  ])('splits %j', (text, expected) => expect(split(text)).toEqual(expected));

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
