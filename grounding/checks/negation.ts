/** What is denied. "Not recorded" needs a complete search; "does not have" needs the record's own statement. */

import type { Concept } from '../../language/contract.ts';
import { formatDate } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';
import { anchorEnd, dayOf } from '../matching/dates.ts';
import { type Candidate, completeSearch, isAllergic, kindsOfSection, limitedSearches, said, type World } from '../matching/world.ts';
import type { Assertion, Head } from '../reading/assertions.ts';
import { stem, tokens } from '../reading/lexicon.ts';
import { fail, type Pool, pass, type SeriesResult, unknown } from './contract.ts';
import { reasonMatches, statedWords } from './overlap.ts';
import { within } from './series.ts';
import { deniesIt, saysNo } from './stated.ts';

const LASTING = new Set<Fact['kind']>(['problem', 'medication', 'allergy', 'care-plan', 'coverage', 'goal', 'device', 'care-team']);
const OVER = new Set<Fact['status']>(['inactive', 'resolved', 'stopped', 'completed']);
const NOT = new Set<Fact['status']>(['cancelled', 'missed', 'refuted']);
const SERIES = new Set<Fact['kind']>(['result', 'vital', 'survey', 'visit']);

const describe = (fact: Fact): string =>
  `${fact.name}${fact.value ? ` ${fact.value.text}` : ''}, ${fact.status}${fact.date ? `, ${formatDate(fact.date)}` : ''}`;

/** The name of an event that is over tells what came with it: "with loss of consciousness", not "with no ...". */
function accompanied(fact: Fact, head: Head): boolean {
  const at = fact.name.toLowerCase().indexOf(` with ${head.text.toLowerCase()}`);
  return fact.kind === 'problem' && at > 0;
}

const EARLIER =
  /\b(?:previous|prior|past|earlier|former|ever|before|in (?:his|her|their|the) (?:\w+ )?history|hitherto)\b(?! (?:to|than|\d))/i;

/** "Hepatitis A: none recorded" may be said of the disease or of the vaccine against it. */
const alsoVaccine = (head: Head, { text }: Assertion, { terminology }: World): boolean =>
  head.concepts.every(({ kind }) => kind === 'condition') &&
  !/\b(?:infections?|disease|diagnos\w+|history|episodes?|virus|illness|active|chronic)\b/i.test(text) &&
  terminology.byName(`${head.text} vaccine`).some(({ kind }) => kind === 'vaccine');

/** An event of the very day, month or year since when there was no other. */
const isAnchor = (fact: Fact, { times }: Assertion): boolean =>
  !LASTING.has(fact.kind) &&
  fact.date !== undefined &&
  times.some(
    ({ time }) => time.relation === 'since' && time.from !== undefined && dayOf(fact.date!) <= anchorEnd(time.from, time.precision),
  );

/** The sentence speaks of the record, not of the patient: "no record of", "has not been measured". */
export function speaksOfRecord(assertion: Assertion): boolean {
  return said(assertion, 'record');
}

/** "No drug allergies": an allergy to a food or to pollen does not speak against it. */
function ofAnotherKind(fact: Fact, { text }: Assertion): boolean {
  if (fact.kind !== 'allergy') return false;
  const drugs = /\b(?:drug|medication|medicine|nkda)\w*\s+(?:allerg|intoleran|hypersens|sensitiv|reaction)/i.test(text);
  if (!drugs || /\bfood\b/i.test(text)) return false;
  const category = fact.details?.['category'] ?? '';
  return !/medic/i.test(category) && fact.concepts.length > 0 && fact.concepts.every((id) => id.startsWith('allergen/'));
}

/** Whether the sentence speaks of the family as a whole: a search of the family history decides what it denies. */
export const ofFamily = (assertion: Assertion): boolean =>
  assertion.cues.some(({ type, text }) => type === 'other-person' && /^(?:family|fh)/i.test(text));

/** "No family history of diabetes is recorded": what the patient has does not speak against it, an entry of a relative does. */
function testFamilyDenied(head: Head, assertion: Assertion, pool: Pool, world: World): SeriesResult {
  const entries = pool.candidates.filter(({ fact }) => fact.kind === 'family-history');
  const there = entries.filter(({ fact }) => !fact.negated && !NOT.has(fact.status));
  const result = (check: ReturnType<typeof pass>, list: readonly Candidate[]): SeriesResult => ({
    checks: [check],
    ids: list.flatMap((candidate) => candidate.ids),
    candidates: list,
  });
  if (there.length > 0) return result(fail('negation', `the record says otherwise: ${there[0]!.fact.name}`), there);
  const words = tokens(head.text).map(({ word }) => stem(word));
  // A problem list may hold "family history of stroke" as an entry of its own.
  const spoken = world.evidence.flatMap(({ scope }) => (scope?.concepts.includes('section/family-history') ? (scope.named ?? []) : []));
  const isTold = (fact: Fact): boolean =>
    fact.kind === 'family-history'
      ? !fact.negated && !NOT.has(fact.status) && words.every((word) => statedWords(fact).has(word))
      : fact.names.some((name) => /\b(?:family history|fhx?)\b/i.test(name)) && words.some((word) => statedWords(fact).has(word));
  const told = [...spoken, ...world.facts].find(isTold);
  if (told) return result(unknown('negation', `the record says ${told.name}`), []);
  if (entries.length > 0) return result(pass('negation', `the record states it: ${entries[0]!.fact.name}`), entries);
  const searched = head.concepts[0] && completeSearch(head.concepts[0], ['family-history'], world)?.id;
  if (!searched || assertion.times.length > 0)
    return result(unknown('negation', 'the evidence is no complete search of the family history'), []);
  return speaksOfRecord(assertion)
    ? { checks: [pass('negation', `a complete search of the family history finds no ${pool.name}`)], ids: [searched], candidates: [] }
    : result(unknown('negation', `no relative is recorded with ${pool.name}; that there is none is not stated`), []);
}

const isPartOf = (kinds: readonly Fact['kind'][], { id }: Concept): boolean => {
  const part = kindsOfSection(id);
  return part.length > 0 && part.every((kind) => kinds.includes(kind));
};

/** Entries that may be what is denied, because what they name is not known, or because they name nothing. */
function notKnown({ concepts }: Head, assertion: Assertion, { evidence }: World): readonly string[] {
  const allergic = isAllergic(assertion);
  const [concept] = concepts;
  return evidence.flatMap(({ scope }) => {
    const covers =
      scope && (scope.concepts.some((id) => concepts.some((one) => one.id === id)) || (concept && isPartOf(scope.kinds, concept)));
    if (!covers) return [];
    const unnamed = (scope.unnamed ?? []).filter(({ kind }) => allergic === (kind === 'allergy'));
    return [...(scope.unread ?? []), ...unnamed.map(({ id }) => `${id} (it does not say what it is about)`)];
  });
}

const ALLERGY_NAMED =
  /\ballerg|intoleran|hypersensitiv|anaphyla|adverse|\bhives\b|urticaria|\brash|angio-?edema|swelling|bronchospasm|\breact/i;

/**
 * Entries that speak of what is denied without being it by their code: "Perennial allergic rhinitis" for rhinitis, a drug's reason, a note. While one
 * stands, it is not true that the record has none.
 */
function speakingOf(head: Head, assertion: Assertion, world: World): readonly Fact[] {
  const ids = head.concepts.map(({ id }) => id);
  const allergic = isAllergic(assertion);
  const named = world.evidence.flatMap(({ scope }) =>
    scope?.named &&
    scope.concepts.some((id) => ids.includes(id) || (id === 'procedure/surgical-procedure' && ids.includes('section/surgeries')))
      ? scope.named
      : [],
  );
  return named
    .filter((fact) => (allergic ? fact.kind === 'allergy' || ALLERGY_NAMED.test(statedText(fact)) : fact.kind !== 'allergy'))
    .filter((fact) => !ofAnotherKind(fact, assertion));
}

const statedText = ({ name, names, details }: Fact): string => [name, ...names, ...Object.values(details ?? {})].join(' ; ');

const speaksOf = (name: string, [fact]: readonly Fact[]): string =>
  `no entry is ${name} by its code, yet the record speaks of it: ${describe(fact!)}${fact!.reasons[0] ? ` (for ${fact!.reasons[0].text})` : ''}`;

export function testDenied(head: Head, assertion: Assertion, pool: Pool, world: World): SeriesResult {
  if (ofFamily(assertion)) return testFamilyDenied(head, assertion, pool, world);
  // "No medication for migraine": those for something else do not speak against it.
  const there = pool.candidates
    .filter(({ fact }) => !fact.negated && !NOT.has(fact.status) && !saysNo(fact) && !ofAnotherKind(fact, assertion))
    .filter(
      ({ fact }) =>
        fact.kind !== 'medication' || assertion.reasons.every((mention) => reasonMatches(mention, fact.reasons, world.terminology)),
    );
  const denied = pool.candidates.filter(({ fact }) => fact.negated || NOT.has(fact.status) || deniesIt(fact));
  const ids = (list: readonly Candidate[]) => [...new Set(list.flatMap((candidate) => candidate.ids))].slice(0, 5);
  const result = (check: ReturnType<typeof pass>, list: readonly Candidate[]): SeriesResult => ({
    checks: [check],
    ids: ids(list),
    candidates: list,
  });
  const near = assertion.text.slice(Math.max(0, head.start - 30), head.start + head.text.length + 30);
  const history =
    said(assertion, 'status', 'past') ||
    said(assertion, 'order', 'never') ||
    (!said(assertion, 'status', 'current') && !said(assertion, 'status', 'takes') && EARLIER.test(near));

  const speaking = speakingOf(head, assertion, world);
  // "did not decline", "has not missed": what is denied is that it failed to happen.
  if (assertion.cues.some(({ type, sense, text }) => (type === 'status' && sense === 'cancelled') || /^(?:declin|refus)/i.test(text)))
    return denied.length > 0
      ? result(fail('negation', `the record says ${describe(denied[0]!.fact)}`), denied)
      : result(unknown('negation', `whether ${pool.name} took place is not stated`), []);
  if (assertion.noLonger) {
    const active = there.filter(({ fact }) => fact.status === 'active');
    if (active.length > 0) return result(fail('status', `the record says otherwise: ${describe(active[0]!.fact)}`), active);
    const over = there.filter(({ fact }) => LASTING.has(fact.kind) && OVER.has(fact.status));
    return over.length > 0
      ? result(pass('status', `the record says ${describe(over[0]!.fact)}`), over)
      : result(unknown('status', `the record does not say that ${pool.name} ever was`), []);
  }
  if (assertion.times.length > 0) {
    const inside = within(assertion, { ...pool, candidates: there }, world);
    if (!inside) return result(unknown('date', `not every ${pool.name} is dated well enough`), there);
    // "None since May 2025": the one of that May is what it is counted from.
    const after = inside.filter(({ fact }) => !isAnchor(fact, assertion));
    if (after.length > 0) return result(fail('negation', `the record holds ${describe(after[0]!.fact)}`), after);
    if (inside.length > 0)
      return result(unknown('negation', `the record does not state that there was none after ${describe(inside[0]!.fact)}`), inside);
    const series = there.length > 0 && there.every(({ fact }) => SERIES.has(fact.kind));
    const spoken = within(assertion, { ...pool, candidates: speaking.map((fact) => ({ fact, ids: [fact.id] })) }, world);
    if (speaking.length > 0 && (spoken === undefined || spoken.length > 0))
      return result(unknown('negation', speaksOf(pool.name, spoken?.map(({ fact }) => fact) ?? speaking)), []);
    return pool.search && (speaksOfRecord(assertion) || series)
      ? result(pass('negation', `a complete search finds no ${pool.name} there`), [])
      : result(unknown('negation', `the record does not state the absence of ${pool.name}`), []);
  }
  // "No chronic conditions documented": what is over does not speak against it.
  const lasting =
    assertion.words.some(({ word }) => /^(?:chronic|long-term|longterm|ongoing|long-standing|lasting)$/.test(word)) ||
    /\b(?:chronic|active|current|ongoing)\b/i.test(head.text);
  const present = there.filter(
    ({ fact }) =>
      (lasting && !(LASTING.has(fact.kind) && OVER.has(fact.status))) ||
      (!lasting && history) ||
      (!lasting && speaksOfRecord(assertion)) ||
      !(LASTING.has(fact.kind) && OVER.has(fact.status)) ||
      fact.kind === 'procedure' ||
      fact.kind === 'immunization' ||
      SERIES.has(fact.kind),
  );
  const scoped = history
    ? there
    : said(assertion, 'status', 'current') || said(assertion, 'status', 'has') || said(assertion, 'status', 'takes')
      ? there.filter(({ fact }) => !(LASTING.has(fact.kind) && OVER.has(fact.status)))
      : present;
  if (scoped.length > 0) return result(fail('negation', `the record says otherwise: ${describe(scoped[0]!.fact)}`), scoped);
  if (denied.length > 0) return result(pass('negation', `the record states it: ${denied[0]!.fact.name}`), denied);
  const over = there.filter(({ fact }) => LASTING.has(fact.kind) && OVER.has(fact.status));
  // "No fractures." may mean now, or ever.
  const now =
    lasting ||
    assertion.tense.present ||
    assertion.cues.some((cue) => cue.type === 'status') ||
    /\b(?:does|do)(?: not|n['’]t)\b/i.test(assertion.text);
  // "No loss of consciousness", against a concussion with it: what an event had does not pass.
  const had = over.find(({ fact }) => accompanied(fact, head));
  if (had && over.every(({ fact }) => accompanied(fact, head)) && !lasting && !said(assertion, 'status', 'current'))
    return result(fail('negation', `the record says ${describe(had.fact)}`), [had]);
  if (over.length > 0 && !now && over.some(({ fact }) => fact.kind === 'problem'))
    return result(unknown('negation', `the record says ${describe(over[0]!.fact)}`), over);
  if (over.length > 0) return result(pass('negation', `the record says ${describe(over[0]!.fact)}`), over);
  const concept = head.concepts[0];
  // What some name is not known cannot be excluded, whatever other search was made.
  const unread = notKnown(head, assertion, world);
  const complete =
    pool.search ??
    (concept &&
      (completeSearch(concept, [], world, isAllergic(assertion) ? ['allergy'] : [])?.id ??
        (said(assertion, 'status', 'current') || said(assertion, 'status', 'takes')
          ? limitedSearches(concept, world).find(({ scope }) => scope?.status === 'active')?.id
          : undefined)));
  const searched = unread.length === 0 ? complete : undefined;
  if (!searched) {
    const why =
      unread.length > 0
        ? `no entry is known to be ${pool.name}, but what some name is not known: ${[...new Set(unread)].slice(0, 4).join(', ')}`
        : `the evidence is no complete search for ${pool.name}`;
    return result(unknown('negation', why), []);
  }
  if (speaking.length > 0)
    return {
      checks: [unknown('negation', speaksOf(pool.name, speaking))],
      ids: speaking.slice(0, 3).map(({ id }) => id),
      candidates: speaking.map((fact) => ({ fact, ids: [fact.id] })),
    };
  if (speaksOfRecord(assertion) && alsoVaccine(head, assertion, world))
    return result(unknown('negation', `whether ${head.text} is the disease or its vaccine is not clear`), []);
  if (speaksOfRecord(assertion))
    return { checks: [pass('negation', `a complete search of the record finds no ${pool.name}`)], ids: [searched], candidates: [] };
  return result(unknown('negation', `no entry of the record is named ${pool.name}; that there is none is not stated`), []);
}

/** "NKDA": needs the record's own statement that no allergy is known. */
const OPEN = /^(?:unconfirmed|provisional|presumed|inactive|suspected)$/;

export function testNoKnownAllergy(assertion: Assertion, world: World): SeriesResult {
  const allergies = world.facts.filter((fact) => fact.kind === 'allergy');
  const real = allergies.filter((fact) => !fact.negated && fact.status === 'active' && !ofAnotherKind(fact, assertion));
  const drug = /drug|nkda|medication/i.test(assertion.heads.map((head) => head.text).join(' '));
  const stated = allergies.filter(
    (fact) =>
      fact.negated &&
      (/^no known (?:allerg|drug|medic)|no known allergy|nka\b|nkda/i.test([fact.name, ...fact.names].join(' ')) ||
        fact.concepts.some((id) => /allerg/.test(id))),
  );
  const fits = stated.filter((fact) => !/food|environment|latex/i.test(fact.name) && (drug || !/drug|medic/i.test(fact.name)));
  const as = (list: readonly Fact[]) => list.map((fact) => ({ fact, ids: [fact.id] }));
  if (/\b(?:wrong|incorrect|error|erroneous|mistaken?|untrue|not right)\b/i.test(assertion.text))
    return { checks: [unknown('negation', 'what is said to be wrong is not decided')], ids: [], candidates: [] };
  if (real.length > 0)
    return {
      checks: [fail('negation', `the record holds an allergy: ${real.map((fact) => fact.name).join(', ')}`)],
      ids: real.map((fact) => fact.id),
      candidates: as(real),
    };
  // Told and never confirmed: the record holds both, and neither outweighs the other.
  const open = allergies.find((fact) => !fact.negated && OPEN.test(fact.status ?? '') && !ofAnotherKind(fact, assertion));
  if (fits.length > 0 && open)
    return {
      checks: [unknown('negation', `the record states: ${fits[0]!.name}, and beside it ${open.name}, ${open.status}`)],
      ids: [],
      candidates: [],
    };
  if (fits.length > 0)
    return { checks: [pass('negation', `the record states: ${fits[0]!.name}`)], ids: fits.map((fact) => fact.id), candidates: as(fits) };
  return {
    checks: [unknown('negation', 'no entry of the record is an allergy; that none is known is not stated')],
    ids: [],
    candidates: [],
  };
}
