import type { Fact } from '../contract.ts';
import type { Note, Question } from './contract.ts';

/** What a drug is given as: by the words of a question, and by the product's name or the route of the order. */
const FORMS: readonly (readonly [name: string, asked: RegExp, recorded: RegExp])[] = [
  ['tablets or capsules', /\b(?:tablets?|tabs?|pills?|capsules?|caps|caplets?)\b/, /\b(?:tablet|capsule|caplet)s?\b/],
  [
    'an injection or infusion',
    /\b(?:injections?|injectables?|infusions?|shots?|jabs?|drips?|iv|intravenous)\b/,
    /\b(?:injections?|injectable|pen injector|prefilled syringe|cartridge|intravenous\w*|subcutaneous\w*|intramuscular\w*|under the skin|into the muscle)\b/,
  ],
  [
    'an inhaler',
    /\b(?:inhalers?|puffers?|nebuli[sz]ers?|nebs?)\b/,
    /\b(?:inhal\w+|inhaler|dry powder|actuat\w*|puffs?|nebuli[sz]\w+|respiratory tract)\b/,
  ],
  [
    'a skin cream',
    /\b(?:creams?|ointments?|lotions?|gels?)\b/,
    /\b(?:topical|cream|ointment|lotion|on the skin)\b(?!.*\b(?:patch|transdermal)\b)/,
  ],
  ['a patch', /\bpatch(?:es)?\b/, /\b(?:patch|transdermal)\b/],
];

const asRecorded = (fact: Fact): string =>
  [fact.name, ...fact.names, fact.dosage?.text ?? '', fact.dosage?.route ?? ''].join(' ; ').toLowerCase();
const formOf = (fact: Fact): string | undefined => FORMS.find(([, , recorded]) => recorded.test(asRecorded(fact)))?.[0];

/**
 * "His iron tablets" where he had tablets and infusions: the tablets. Orders whose form no word tells stay. Where the record has the drug only as
 * something else, that is answered, with a note.
 */
export function inForm(
  { text, kinds, concepts }: Question,
  facts: readonly Fact[],
): { readonly facts: readonly Fact[]; readonly notes: readonly Note[] } {
  const asked = FORMS.filter(([, words]) => words.test(text.toLowerCase()));
  // "What pills is she on" means all her drugs: a form counts beside a drug's name.
  const named = concepts.some((id) => !id.startsWith('section/'));
  if (asked.length !== 1 || facts.length === 0 || !named || !kinds.includes('medication')) return { facts, notes: [] };
  const [wanted] = asked[0]!;
  const forms = new Map(facts.map((fact) => [fact, fact.kind === 'medication' ? formOf(fact) : wanted]));
  const fit = facts.filter((fact) => forms.get(fact) === wanted && fact.kind === 'medication');
  if (fit.length > 0) return { facts: facts.filter((fact) => forms.get(fact) === wanted || forms.get(fact) === undefined), notes: [] };
  const said = [...new Set(forms.values())];
  if (said.includes(undefined) || said.includes(wanted)) return { facts, notes: [] };
  return { facts, notes: [{ kind: 'qualifier', text: `the record has it as ${said.join(' and ')}, not as ${wanted}`, facts }] };
}
