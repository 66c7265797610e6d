import type { Fact } from '../contract.ts';
import type { Note, Question } from './contract.ts';

/** Words of which a thing can only be one: asked for one of them, an entry that is another of them is no answer. */
const CONTRASTS: readonly (readonly RegExp[])[] = [
  [/\bparoxysmal\b/, /(?<!(?:mild|moderate|severe) )\bpersistent\b(?! (?:asthma|cough))/, /\bpermanent\b/],
  [/\bintermittent\b/, /\bpersistent\b/],
  [/\bmild\b/, /\bmoderate\b/, /\bsevere\b/],
  [/\bacute\b/, /\bchronic\b/],
  [/\btype (?:1|i|one)\b/, /\btype (?:2|ii|two)\b/],
  [/\b(?:first|1st)[- ]degree\b/, /\b(?:second|2nd)[- ]degree\b/, /\b(?:third|3rd)[- ]degree\b/],
  [/\bstage (?:1|i)\b/, /\bstage (?:2|ii)\b/, /\bstage (?:3|iii)[ab]?\b/, /\bstage (?:4|iv)\b/, /\bstage (?:5|v)\b/],
  [/\bbenign\b/, /\bmalignant\b/],
  [/\bopen\b(?= \S*\s?fracture)/, /\bclosed\b(?= \S*\s?fracture)/],
  [/\breduced ejection fraction\b|\bhfref\b/, /\bpreserved ejection fraction\b|\bhfpef\b/],
  [/\bpcv[- ]?13\b/, /\bpcv[- ]?15\b/, /\bpcv[- ]?20\b/, /\bpcv[- ]?21\b/, /\bpcv[- ]?7\b/, /\bppsv[- ]?23\b|\bpneumovax\b/],
  [/\bhpv[- ]?9\b|\b9[- ]?valent\b|\bnonavalent\b|\bgardasil 9\b/, /\bquadrivalent\b|\bhpv[- ]?4\b/, /\bbivalent\b|\bcervarix\b/],
  [/\btartrate\b|\blopressor\b/, /\bsuccinate\b|\btoprol\b/],
  [/\binactivated\b/, /\blive\b/],
  [/\bwith aura\b/, /\bwithout aura\b/],
  [/\bbacterial\b/, /\bviral\b/],
  [/\bsystolic\b/, /\bdiastolic\b/],
];

const namesOf = (fact: Fact): string => [fact.name, ...fact.names, fact.severity ?? ''].join(' ; ').toLowerCase();

/** "Persistent AF" of a record that says paroxysmal: what stands there, instead of what was asked. */
export function contrasted({ text, kinds }: Question, facts: readonly Fact[]): Note | undefined {
  if (facts.length === 0 || kinds.includes('visit')) return undefined;
  const asked = text.toLowerCase();
  for (const rivals of CONTRASTS) {
    const [wanted, second] = rivals.filter((one) => one.test(asked));
    if (!wanted || second) continue;
    const told = facts.map((fact) => {
      const name = namesOf(fact);
      return wanted.test(name) ? 'same' : rivals.flatMap((one) => one.exec(name)?.[0] ?? [])[0];
    });
    if (told.every((one) => one !== undefined && one !== 'same')) {
      const said = [...new Set(told)].map((one) => `“${one}”`).join(', ');
      return { kind: 'qualifier', text: `the record says ${said}, not “${wanted.exec(asked)![0]}”`, facts };
    }
  }
  return undefined;
}
