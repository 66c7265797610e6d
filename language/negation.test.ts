import fc from 'fast-check';
import { describe, expect, it, test, vi } from 'vitest';
import { isNegated, negations, negationsOf } from './negation.ts';

const negated = (text: string, word: string): boolean => {
  const at = text.indexOf(word);
  return isNegated(negations(text), at, at + word.length);
};
const kinds = (text: string, word: string): string[] => {
  const at = text.indexOf(word);
  return [...new Set(negationsOf(negations(text), at, at + word.length).map((n) => n.kind))].sort();
};

describe('negations', () => {
  it.each([
    ['She has no asthma.', 'asthma'],
    ['No history of asthma.', 'asthma'],
    ['He denies chest pain.', 'chest pain'],
    ['There is no evidence of asthma.', 'asthma'],
    ['without fever', 'fever'],
    ['never had asthma', 'asthma'],
    ['He has never been diagnosed with asthma.', 'asthma'],
    ['negative for influenza', 'influenza'],
    ['free of pain', 'pain'],
    ['Asthma was ruled out.', 'Asthma'],
    ['absence of edema', 'edema'],
    ["She isn't taking metformin.", 'metformin'],
    ['She is not on metformin.', 'metformin'],
    ["He doesn't have asthma.", 'asthma'],
    ["She didn't get the flu shot.", 'flu shot'],
    ['He has not been given aspirin.', 'aspirin'],
    ['She no longer takes metformin.', 'metformin'],
    ['Metformin is no longer taken.', 'Metformin'],
    ['Neither asthma nor diabetes is recorded.', 'asthma'],
    ['Neither asthma nor diabetes is recorded.', 'diabetes'],
    ['Her albumin has never been measured.', 'albumin'],
    ['Hemoglobin was not checked in 2011.', 'Hemoglobin'],
    ['Diazepam was never prescribed.', 'Diazepam'],
    ['Asthma and diabetes were not found.', 'Asthma'],
    ['She has never been diagnosed with asthma.', 'asthma'],
    ['No fever, cough or chills.', 'chills'],
    ['No fever, cough, or chills but nausea.', 'cough'],
    ['Asthma: no', 'Asthma'],
    ['Influenza test came back negative.', 'Influenza'],
    ['No known allergies', 'allergies'],
    ['Asthma is not present.', 'Asthma'],
    ['denies any pain, but has fever', 'pain'],
    ['w/o edema', 'edema'],
    ['No allergy to penicillin is recorded.', 'penicillin'],
    ['The patient cannot take aspirin.', 'aspirin'],
    ['He isnt on insulin', 'insulin'],
  ])('denies in %j: %s', (text, word) => expect(negated(text, word)).toBe(true));

  it.each([
    ['No change in asthma.', 'asthma'],
    ['She takes metformin and was not given aspirin.', 'metformin'],
    ['She takes metformin, and aspirin was not given.', 'metformin'],
    ['not only asthma but diabetes', 'asthma'],
    ['No increase in pain.', 'pain'],
    ['She walks without difficulty and has asthma.', 'asthma'],
    ['not necessarily asthma', 'asthma'],
    ['No fever but has cough.', 'cough'],
    ['Denies fever; has asthma.', 'asthma'],
    ['No fever. Asthma is stable.', 'Asthma'],
    ['No fever, however asthma persists', 'asthma'],
    ['no allergies except penicillin', 'penicillin'],
    ['She has asthma and no fever.', 'asthma'],
    ['She does not deny pain.', 'pain'],
    ['A1c of no more than 7', '7'],
    ['Gram negative sepsis', 'sepsis'],
    ['She takes metformin, not insulin.', 'metformin'],
    ['He denies fever and he has asthma', 'asthma'],
    ['Asthma is not well controlled.', 'Asthma'],
    ['She is not without pain.', 'pain'],
    ['cancer has not been ruled out', 'cancer'],
  ])('does not deny in %j: %s', (text, word) => expect(negated(text, word)).toBe(false));

  it.each<[string, string, string[]]>([
    ['possible asthma', 'asthma', ['uncertain']],
    ['Asthma is suspected.', 'Asthma', ['uncertain']],
    ['rule out pneumonia', 'pneumonia', ['uncertain']],
    ['may have asthma', 'asthma', ['uncertain']],
    ['history of asthma', 'asthma', ['historical']],
    ['her previous asthma', 'asthma', ['historical']],
    ['Her mother had asthma.', 'asthma', ['family', 'historical']],
    ['family history of breast cancer', 'breast cancer', ['family']],
    ['no history of asthma', 'asthma', ['historical', 'negated']],
    ['Return if fever develops.', 'fever', ['hypothetical']],
    ['at risk for stroke', 'stroke', ['hypothetical']],
    ['She has asthma.', 'asthma', []],
    ['He fell in the past year.', 'fell', []],
    ["She hasn't had a colonoscopy.", 'colonoscopy', ['negated']],
    ['pneumonia cannot be excluded', 'pneumonia', ['uncertain']],
  ])('reads %j: %s as %j', (text, word, expected) => expect(kinds(text, word)).toEqual(expected));

  it('names the change of status', () => {
    expect(negations('She no longer takes metformin.')[0]!.cue).toBe('no longer');
  });

  it('gives spans within the text', () => {
    const pieces = [
      'no',
      'not',
      'asthma',
      'but',
      ',',
      '.',
      ';',
      'denies',
      'history of',
      'neither',
      'nor',
      'and',
      'she',
      'has',
      'ruled out',
      '?',
      ': ',
      'possible',
      "isn't",
      '\n',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 15 }), (parts) => {
        const text = parts.join(' ');
        for (const n of negations(text)) {
          expect(n.start).toBeLessThan(n.end);
          expect(n.scope[0]).toBeLessThanOrEqual(n.scope[1]);
          expect(n.scope[0]).toBeGreaterThanOrEqual(0);
          expect(n.scope[1]).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});

test('the work grows with the length of a text, not with its square', () => {
  const searches = (times: number): number => {
    const exec = vi.spyOn(RegExp.prototype, 'exec');
    try {
      isNegated(negations('asthma was not found; she has no pain and denies a cough. '.repeat(times)), 0, 6);
      return exec.mock.calls.length;
    } finally {
      exec.mockRestore();
    }
  };
  expect(searches(80)).toBeLessThan(2.5 * searches(40));
});

test('many denials of one text are counted as few are', () => {
  const text = 'no asthma '.repeat(500);
  const found = negations(text);
  for (const at of [3, 13, 23, 3_003, 3_013]) {
    const slow = found.filter(({ kind, scope }) => kind === 'negated' && scope[0] <= at && at + 6 <= scope[1]).length % 2 === 1;
    expect(isNegated(found, at, at + 6)).toBe(slow);
  }
});
