import type { DeclineReason } from '../../records/questions/contract.ts';

/** Why Rounds does not answer, in its own words: about itself, never about the patient. */
export const DECLINED: Record<DeclineReason, (declined: { readonly text: string; readonly other?: string }) => string> = {
  'other-patient': ({ other }) =>
    `I answer about the patient whose record is open${other ? `, not about ${other}` : ''}. Open that person's record to ask about them.`,
  'not-clinical': () => 'I answer questions about this patient’s record; this is not one.',
  advice: () => 'I state what the record holds; what should be done is your decision. Ask for the results, drugs or problems it rests on.',
  write: () => 'I can only read here: nothing was ordered, changed or written.',
  knowledge: () => 'I answer from this patient’s record; general medical knowledge is not part of it.',
  greeting: () => 'Hello. Ask about this patient’s results, drugs, problems, allergies, visits or anything else in the record.',
  closing: () => 'You are welcome.',
  instruction: () => 'I say only what this patient’s record holds; I cannot be told what to say.',
  empty: () => 'There is no question here. Ask about this patient’s record.',
};
