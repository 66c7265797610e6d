import type { Terminology } from '../../language/contract.ts';

const FRAMES = ['medicine', 'medication', 'drug', 'pill', 'meds', 'treatment'];

/**
 * Drug classes that people name after what they are for: "blood pressure medicine", "diabetes drug", "something for pain". Found by the names
 * that the tables give the classes, so that a table row is all that a new one needs.
 */
export function classesFor(concepts: readonly string[], terminology: Terminology): readonly string[] {
  const found = new Set<string>();
  for (const id of concepts) {
    const concept = terminology.get(id);
    if (!concept) continue;
    const names = [concept.name, ...concept.synonyms].flatMap((name) => [
      name,
      name.replace(/^(?:high|low|chronic|acute|essential|elevated) /i, ''),
      name.replace(/ (?:disorder|disease|mellitus)$/i, ''),
    ]);
    for (const name of new Set(names)) {
      for (const phrase of [...FRAMES.map((frame) => `${name} ${frame}`), `something for ${name}`])
        for (const match of terminology.byName(phrase)) if (match.kind === 'drug-class') found.add(match.id);
    }
    if (found.size === 0) for (const parent of classesFor(concept.parents, terminology)) found.add(parent);
  }
  return [...found];
}
