/** What a sentence is about where it names nothing that a search could be made by. */
import type { Terminology } from '../language/contract.ts';
import type { Fact } from '../records/contract.ts';
import { pass, unknown } from './checks/contract.ts';
import { wordsOfPatient } from './checks/overlap.ts';
import type { Check } from './contract.ts';
import { candidatesOf, type World } from './matching/world.ts';
import type { Assertion } from './reading/assertions.ts';
import type { Item } from './reading/items.ts';
import { stem, tokens } from './reading/lexicon.ts';

/** "It was 6.9 in 2018": where all the evidence is about one thing, that is meant. */
export function impliedHeads(assertion: Assertion, { evidence, facts, terminology }: World): Assertion['heads'] {
  if (assertion.cues.some((cue) => cue.type === 'allergy')) {
    const concept = terminology.get('section/allergies') ?? {
      id: 'section/allergies',
      kind: 'section' as const,
      name: 'allergies',
      synonyms: [],
      codes: [],
      parents: [],
    };
    return [{ text: 'allergies', concepts: [concept], start: 0, implied: true }];
  }
  if (assertion.cues.some((cue) => cue.type === 'status' && cue.sense === 'planned') && assertion.words.length === 0) {
    const concept = terminology.get('section/appointments');
    if (concept) return [{ text: 'appointment', concepts: [concept], start: 0, implied: true }];
  }
  const named = namedByWords(assertion, facts, terminology);
  if (named) return [named];
  if (assertion.quantities.length + assertion.times.length + assertion.cues.filter((cue) => cue.type !== 'gender').length === 0) return [];
  const told = evidence
    .filter(({ scope, kind }) => scope === undefined && kind === 'record')
    .flatMap(({ facts }) => facts)
    .filter((fact) => fact.kind !== 'patient' && fact.part === undefined);
  const ids = new Set(told.map((fact) => fact.concepts[0]));
  const id = [...ids][0];
  if (ids.size !== 1 || id === undefined) return [];
  const concept = terminology.get(id) ?? { id, kind: 'observation' as const, name: told[0]!.name, synonyms: [], codes: [], parents: [] };
  return [{ text: told[0]!.name, concepts: [concept], start: 0, implied: true }];
}

const FILLER = /^(?:of|the|a|an|in|to|for|due|on|at|by|with|and|or|no)$/;

/** "She sprained her wrist": all the words of a recorded name are there, in another form. */
function namedByWords(assertion: Assertion, facts: readonly Fact[], terminology: Terminology): Assertion['heads'][number] | undefined {
  const said = new Set(assertion.words.map(({ word }) => stem(word)));
  if (said.size === 0) return undefined;
  let best: { fact: Fact; size: number } | undefined;
  for (const fact of facts) {
    if (fact.kind === 'patient') continue;
    for (const name of [fact.name, ...fact.names]) {
      const wanted = tokens(name.replace(/\s\([^)]*\)$/, ''))
        .map(({ word }) => word)
        .filter((word) => /\w/.test(word) && !FILLER.test(word))
        .map(stem);
      if (wanted.length > 0 && wanted.every((word) => said.has(word)) && wanted.length > (best?.size ?? 0))
        best = { fact, size: wanted.length };
    }
  }
  const concept = best?.fact.concepts.map((id) => terminology.get(id)).find((known) => known !== undefined);
  return best && concept ? { text: best.fact.name, concepts: [concept], start: assertion.words[0]!.start, implied: true } : undefined;
}

/** "is married", "lives in ...": a name whose words are the patient's own details, where nothing else is recorded under it. */
export function ofPatient(head: Assertion['heads'][number], assertion: Assertion, world: World): Check | undefined {
  const more = assertion.cues.some(
    (cue) => !['gender', 'record', 'negation'].includes(cue.type) && !(cue.type === 'status' && cue.sense === 'has'),
  );
  if (
    more ||
    assertion.negated ||
    assertion.noLonger ||
    assertion.quantities.length > 0 ||
    candidatesOf(head, assertion, world).facts.length > 0
  )
    return undefined;
  const patient = world.facts.find((fact) => fact.kind === 'patient' && fact.id === world.context.subject);
  if (!patient) return undefined;
  const stated = wordsOfPatient(patient, assertion.text);
  const words = [...tokens(head.text).map(({ word }) => word), ...assertion.words.map(({ word }) => word)];
  return words.every((word) => stated.has(stem(word))) && assertion.times.length === 0
    ? pass('entity', `stated of the patient: ${head.text}`)
    : undefined;
}

/** A stretch that names nothing of the record: about the patient as a person, or nothing that can be checked. */
export function headless(
  assertion: Assertion,
  items: readonly Item[],
  { facts, context }: World,
): { checks: readonly Check[]; asserted: boolean } {
  const patient = facts.find((fact) => fact.kind === 'patient' && fact.id === context.subject);
  const stated = patient ? wordsOfPatient(patient, assertion.text) : new Set<string>();
  const words = assertion.words.map(({ word }) => word);
  const unstated = words.filter((word) => !stated.has(stem(word)));
  const left = [
    ...assertion.quantities.map((said) => said.quantity.text),
    ...assertion.times.map((said) => said.time.text),
    ...assertion.literals.map((literal) => literal.text),
    ...assertion.cues
      .filter(
        (cue) =>
          !['gender', 'record', 'negation', 'birth', 'age'].includes(cue.type) &&
          !(cue.type === 'status' && ['has', 'current', 'past'].includes(cue.sense)),
      )
      .map((cue) => cue.text),
  ].filter(
    (text) =>
      !text
        .toLowerCase()
        .split(/\s+/)
        .every((word) => stated.has(stem(word))),
  );
  if (unstated.length > 0)
    return { checks: [unknown('overlap', `the record does not state ${unstated.map((word) => `"${word}"`).join(', ')}`)], asserted: false };
  if (left.length > 0) return { checks: [unknown('entity', `it is not clear what "${left[0]}" is said of`)], asserted: false };
  if (assertion.negated || assertion.cues.some((cue) => cue.type === 'negation'))
    return { checks: [unknown('negation', 'it is not clear what is denied')], asserted: false };
  if (words.length > 0) return { checks: [pass('entity', `stated of the patient: ${words.join(' ')}`)], asserted: true };
  return { checks: items.some((item) => item.type === 'mention') ? [] : [], asserted: false };
}
