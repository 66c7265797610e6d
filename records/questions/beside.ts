import type { Clause } from './parsed.ts';

const BARE =
  /^[\s,;:.?!-]*(?:(?:or|and|plus|also|any|what about|how about|to|esp|especially|specifically|including|like|his|her|their|the) )*‹[^›]+›[\s.?!]*$/;
const OF_ALLERGY: ReadonlySet<string> = new Set(['d', 'a', 'u']);

const isAllergies = ({ topics, asked, mask }: Clause): boolean =>
  (topics.length > 0 ? topics.every((topic) => topic.kinds.length === 1 && topic.kinds[0] === 'allergy') : /\ballerg\w*/.test(mask)) &&
  asked.aspect !== 'count' &&
  !/\b(?:when|who|where)\b/.test(mask);

/**
 * A bare name beside another question is asked in its light: "any allergies? sulfa?" asks for an allergy, "migraine since when, meds?" for
 * the drugs for it. Read alone it would be answered as something else.
 */
export function besideBefore(clause: Clause, before: Clause | undefined): Clause | undefined {
  if (!before || clause.topics.length !== 1 || clause.field || clause.whole || !BARE.test(clause.mask)) return undefined;
  const topic = clause.topics[0]!;
  if (isAllergies(before) && OF_ALLERGY.has(topic.letter))
    return {
      ...clause,
      asked: { ...clause.asked, aspect: 'exists', polar: true, expects: 'yes' },
      topics: [{ ...topic, letter: 'a', kinds: ['allergy'], name: /allergy$/.test(topic.name) ? topic.name : `${topic.name} allergy` }],
    };
  const problem = before.topics.length === 1 && before.topics[0]!.letter === 'c' ? before.topics[0] : undefined;
  if (problem && topic.sectionId === 'section/medications' && !clause.reasons)
    return { ...clause, reasons: problem, asked: { ...clause.asked, aspect: 'list' } };
  return undefined;
}

const VACCINES = /\b(?:vaccin\w*|immuni[sz]\w*|shots?|jabs?|boosters?)\b|:immunizations›/;
const NAME_ONLY = /^[\s,;:.?!-]*(?:(?:or|and|any|the|his|her|latest|last) )*‹[^›]+›(?: (?:dates?|status|vaccines?|shots?|jabs?))?[\s.?!]*$/;

/** "Flu, covid and pneumonia vaccines": the word that stands with one of a row of names is meant of each. */
export function sharedVaccine(
  clauses: readonly Clause[],
  index: number,
  texts: readonly string[],
  asVaccine: (clause: Clause) => Clause,
): Clause {
  const clause = clauses[index]!;
  if (!NAME_ONLY.test(clause.mask) || clause.topics.length !== 1 || !/^[cuo]$/.test(clause.topics[0]!.letter)) return clause;
  const inRow = (at: number): boolean => clauses[at] !== undefined && (NAME_ONLY.test(clauses[at].mask) || VACCINES.test(texts[at] ?? ''));
  for (const step of [-1, 1])
    for (let at = index + step; inRow(at); at += step)
      if (VACCINES.test(texts[at] ?? '') || VACCINES.test(clauses[at]!.mask)) {
        const meant = asVaccine(clause);
        return meant.topics.every(({ concepts }) => concepts.length > 0) ? meant : clause;
      }
  return clause;
}
