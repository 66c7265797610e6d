/** A test is recorded as a result or as a procedure: "throat swab", "HIV screening" may stand there as "Throat culture", "HIV antigen test". */
import type { Concept, Mention } from '../../language/contract.ts';
import type { Fact } from '../../records/contract.ts';
import { stem, tokens } from '../reading/lexicon.ts';

/** Words that say that something was examined, not what. */
const MANNER =
  /^(?:measurement|test|tests|testing|screening|screen|screens|antigen|antibody|antibodies|surface|procedure|infection|scan|study|studies|determination|level|of|for|the|a|an|with|and|virus|swab|culture|cultures|serology|blood|skin|assay|check)$/;
const EXAMINED =
  /\b(?:screen\w*|test\w*|swab\w*|cultur\w*|serolog\w*|measured|measurement|done|performed|taken|checked|studies|carried out|underwent|had)\b/i;

const topic = (name: string): string =>
  tokens(name.replace(/\s\([^)]*\)/g, ''))
    .map(({ word }) => word)
    .filter((word) => /\w/.test(word) && !MANNER.test(word))
    .map(stem)
    .sort()
    .join(' ');

const topics = new WeakMap<Fact, ReadonlySet<string>>();

function topicsOf(fact: Fact): ReadonlySet<string> {
  const known = topics.get(fact);
  if (known) return known;
  const found = new Set([fact.name, ...fact.names].map(topic).filter((text) => text !== ''));
  topics.set(fact, found);
  return found;
}

/** Concept ids of recorded procedures that examine what the mention names. */
export function examinationsOf(mention: Mention, concepts: readonly Concept[], text: string, facts: readonly Fact[]): readonly string[] {
  if (!EXAMINED.test(text) && !concepts.some((concept) => concept.kind === 'observation')) return [];
  if (!concepts.some((concept) => ['observation', 'condition', 'vaccine'].includes(concept.kind))) return [];
  const wanted = new Set(
    [mention.text, ...concepts.flatMap((concept) => [concept.name, ...concept.synonyms])].map(topic).filter((name) => name !== ''),
  );
  const found = new Set<string>();
  for (const fact of facts) {
    if (fact.kind !== 'procedure' || fact.concepts[0] === undefined) continue;
    if ([...topicsOf(fact)].some((name) => wanted.has(name))) found.add(fact.concepts[0]);
  }
  return [...found];
}
