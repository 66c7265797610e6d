/** "Mother had a stroke aged 71": a relative, what is recorded of that relative, and the age at which it began. */
import { quantities } from '../../language/quantities.ts';
import type { Chart, Fact } from '../../records/contract.ts';
import { cover, spansOf } from './cover.ts';
import type { Entry } from './restated.ts';

const RELATIVES: readonly (readonly [RegExp, RegExp])[] = [
  [/\b(?:mother|mum|mom|mummy)\b(?:'s)?/i, /^(?:natural )?mother$/i],
  [/\b(?:father|dad|daddy)\b(?:'s)?/i, /^(?:natural )?father$/i],
  [/\bbrother\b(?:'s)?/i, /^(?:natural )?brother$/i],
  [/\bsister\b(?:'s)?/i, /^(?:natural )?sister$/i],
  [/\bson\b(?:'s)?/i, /^(?:natural )?son$/i],
  [/\bdaughter\b(?:'s)?/i, /^(?:natural )?daughter$/i],
  [/\bgrandmother\b|\bgran(?:ny)?\b/i, /^(?:maternal |paternal )?grandmother$/i],
  [/\bgrandfather\b|\bgrandad\b/i, /^(?:maternal |paternal )?grandfather$/i],
  [/\buncle\b/i, /^(?:maternal |paternal )?uncle$/i],
  [/\baunt\b/i, /^(?:maternal |paternal )?aunt$/i],
];
const ANY_RELATIVE =
  /\b(?:mother|mum|mom|father|dad|brother|sister|son|daughter|grand\w+|gran|uncle|aunt|cousin|niece|nephew|husband|wife|partner|spouse|parents?|siblings?)s?\b/gi;

const AGE =
  /\b(?:at |when )?(?:(?:the )?age(?:d)?(?: of)?|aged|(?:she|he) was)\s*\(?(\d{1,3})\)?(?: years?(?: old)?)?|\bat (\d{1,3})\b(?: years?(?: of age)?)?|\((?:age(?:d)? )?(\d{1,3})\)/i;
const DIED = /\b(?:died (?:of|from)|death (?:from|due to)|killed by)\b/;
const ALSO =
  /\b(?:family history(?: of)?|fhx?|history of|has|had|have|suffered|was diagnosed with|diagnosed with|developed|got|with|is|was|which (?:she|he) had|(?:is |was )?allergic to|allergy to|a|an|the|also|by|on)\b|:/;

const ageIn = (text: string | undefined): number | undefined => {
  const [only, ...rest] = quantities(text ?? '').filter((q) => q.form === 'single');
  return only && rest.length === 0 ? only.value : undefined;
};

export function familyEntry(sentence: string, chart: Chart): Entry | undefined {
  const named = [...new Set([...sentence.matchAll(ANY_RELATIVE)].map((match) => match[0].toLowerCase()))];
  const relative = RELATIVES.find(([words]) => words.test(sentence));
  if (named.length !== 1 || !relative || /in-law|\bstep|\bfoster|\bhalf|\badopti|\bmaternal|\bpaternal|\bboth\b/i.test(sentence))
    return undefined;
  const [words, recorded] = relative;
  const age = AGE.exec(sentence);
  const died = spansOf(sentence, DIED);
  const spent = [
    ...spansOf(sentence, words),
    ...spansOf(sentence, ALSO),
    ...died,
    ...(age ? [{ start: age.index, end: age.index + age[0].length }] : []),
  ];
  const facts = chart.facts.filter(
    (fact) => fact.kind === 'family-history' && !fact.negated && recorded.test(fact.details?.['relationship'] ?? ''),
  );
  for (const fact of facts) {
    if (fact.part === undefined) continue;
    if (age && ageIn(fact.details?.['onset']) !== Number(age[1] ?? age[2] ?? age[3])) continue;
    // An age beside a death is that of the death, unless the sentence tells them apart.
    if (died.length > 0 && (!fact.details?.['death'] || (age && !/\bwhich (?:she|he) had\b/i.test(sentence)))) continue;
    if (/\bdie[ds]?\b|\bdeath\b|\bdead\b/i.test(sentence) && died.length === 0) continue;
    const exact = (held: Fact) => [held.part!, held.concepts[0]!];
    const found = cover(
      sentence,
      spent,
      { texts: [...(fact.names ?? []), fact.name].map((name) => name.replace(/\s+in \w+$/, '')), concepts: exact(fact) },
      { ...chart.terminology, isA: (id, other) => id === other } as typeof chart.terminology,
      chart.asOf,
    );
    if (!found || found.named.length === 0) continue;
    return { fact, reason: `the record says ${fact.name}${fact.details?.['onset'] ? `, ${fact.details['onset']}` : ''}` };
  }
  return undefined;
}
