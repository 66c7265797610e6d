/** Tablet, capsule, injection, inhaler: the form of a drug that is said must be that of the product recorded. */
import type { Fact } from '../../records/contract.ts';
import type { Tested } from '../matching/world.ts';
import type { Assertion, Head } from '../reading/assertions.ts';
import type { CheckPart } from './contract.ts';

/** What each form is called in a sentence, and in the record. */
const FORMS: readonly { readonly said: RegExp; readonly recorded: RegExp }[] = [
  { said: /\b(?:tablets?|tabs?|caplets?)\b/i, recorded: /\btab(?:let)?s?\b|\bcaplets?\b|\bpacks?\b/i },
  { said: /\b(?:capsules?|caps)\b/i, recorded: /\bcap(?:sule)?s?\b/i },
  { said: /\bpills?\b/i, recorded: /\btab(?:let)?s?\b|\bcap(?:sule|let)?s?\b|\bpills?\b|\bpacks?\b/i },
  {
    said: /\b(?:injections?|injectables?|inj|shots?|jabs?|syringes?|vials?|infusions?|drip)\b/i,
    recorded:
      /\binject\w*|\binj\b|\bsyringes?\b|\bvials?\b|\bpens?\b|\binfusions?\b|intravenous|intramuscular|subcutaneous|\b(?:iv|im|sc|sq)\b|mg\/ml|unt\/ml/i,
  },
  { said: /\b(?:inhalers?|puffers?|nebuli[sz]ers?)\b/i, recorded: /inhal|nebuli|puff|actuat/i },
  { said: /\b(?:creams?|ointments?|gels?|lotions?)\b/i, recorded: /\b(?:creams?|ointments?|gels?|lotions?)\b|topical/i },
  { said: /\bpatch(?:es)?\b/i, recorded: /\bpatch|transdermal/i },
  { said: /\bsuppositor(?:y|ies)\b/i, recorded: /suppositor|rectal/i },
  { said: /\b(?:syrups?|elixirs?|suspensions?|liquid)\b/i, recorded: /syrup|elixir|suspension|solution|liquid|mg\/ml/i },
  { said: /\b(?:nasal sprays?)\b/i, recorded: /nasal|spray|actuat/i },
  { said: /\b(?:(?:eye|ear) ?drops?)\b/i, recorded: /ophthalm|otic|drops?|\beye\b|\bear\b/i },
  { said: /\bimplants?\b/i, recorded: /implant/i },
];

/** The words right after the drug's name, up to the next thing that is told; or "tablets of" right before it. */
function around(head: Head, text: string): string {
  const after = /^[^,;:()]*?(?=[,;:()]|\.\s|\.$|\b(?:and|then|plus|with|but|after|before|instead|until|when)\b|$)/i.exec(
    text.slice(head.start + head.text.length),
  );
  const before = /\b(\w+) of(?: \w+)?\s*$/i.exec(text.slice(0, head.start));
  return `${head.text} ${after?.[0] ?? ''} ${before?.[1] ?? ''}`;
}

function testForm(said: (typeof FORMS)[number], word: string, fact: Fact): Tested {
  const own = [fact.name, ...fact.names, ...fact.codes.map(({ display }) => display ?? '')].join(' ');
  const stated = [own, fact.dosage?.text ?? '', fact.dosage?.route ?? '', fact.dosage?.unit ?? ''].join(' ');
  if (said.recorded.test(stated)) return { outcome: 'pass', reason: '' };
  const other = FORMS.some(({ recorded }) => recorded.test(own));
  return other
    ? { outcome: 'fail', reason: `the sentence says ${word}, the record says ${fact.name}` }
    : { outcome: 'unknown', reason: `the record does not say "${word}" (${fact.name})` };
}

export const form: CheckPart = {
  constraints(assertion: Assertion, { head }) {
    if (head.implied || !head.concepts.some(({ kind }) => kind === 'drug' || kind === 'drug-class')) return [];
    const text = around(head, assertion.text);
    return FORMS.flatMap((said) => {
      const word = said.said.exec(text)?.[0];
      return word === undefined
        ? []
        : [
            {
              check: 'drug-and-dose' as const,
              weight: 3,
              test: ({ fact }: { fact: Fact }): Tested =>
                fact.kind === 'medication' ? testForm(said, word, fact) : { outcome: 'pass', reason: '' },
            },
          ];
    });
  },
};
