/** One assertion against the evidence: the fact that states all of it, or what the evidence says instead. */

import type { Concept } from '../../language/contract.ts';
import { compareFhirDates } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';
import { courseOfDisease } from '../checks/beginning.ts';
import { fail, type Pool, pass, unknown } from '../checks/contract.ts';
import { dailyTotals, withOpenTotal } from '../checks/daily-dose.ts';
import { CHECKS } from '../checks/index.ts';
import { ofFamily, testDenied, testNoKnownAllergy } from '../checks/negation.ts';
import { isUnitFault } from '../checks/number.ts';
import { statedWords } from '../checks/overlap.ts';
import { countCheck } from '../checks/series.ts';
import type { Check } from '../contract.ts';
import type { Assertion, Head } from '../reading/assertions.ts';
import { stem } from '../reading/lexicon.ts';
import { useSaid } from '../reading/use.ts';
import { everyOne } from './universal.ts';
import { besideOrders, orderedOnly, usesOnly } from './uses.ts';
import {
  type Candidate,
  type Constraint,
  candidatesOf,
  completeSearch,
  isAllergic,
  limitedSearches,
  matchesHead,
  said,
  type Tested,
  type World,
} from './world.ts';

export interface Evaluated {
  readonly checks: readonly Check[];
  /** Evidence ids of the facts that state it, or that say otherwise. */
  readonly ids: readonly string[];
}

const nameOf = (head: Head): string => head.concepts[0]?.name ?? head.text;

/** Orders of one drug over time also read as one course: begun with the first, in force while one is active. */
function courses(facts: readonly Fact[], assertion: Assertion): readonly Candidate[] {
  const drugs = facts.filter((fact) => fact.kind === 'medication' && !fact.negated && fact.date !== undefined);
  if (drugs.length < 2) return [];
  // A strength or form that is said is that of the product, from its own first order.
  const particular = assertion.words.length + assertion.quantities.length > 0;
  const sorted = [...drugs].sort((a, b) => compareFhirDates(a.date!, b.date!));
  const first = sorted[0]!;
  const active = sorted.filter((fact) => fact.status === 'active');
  const found: Candidate[] = [];
  for (const fact of active) {
    // The same product all the way: a course does not lend an old start to a new dose.
    const same = sorted.filter((other) => other.name === fact.name && (!particular || other.dosage?.text === fact.dosage?.text));
    for (const start of new Set(particular ? [same[0]!] : [first, same[0]!]))
      if (start !== fact) found.push({ fact: { ...fact, date: start.date! }, ids: [fact.id, start.id] });
  }
  const last = sorted.at(-1)!;
  if (active.length === 0 && last !== first && (!particular || last.name === first.name) && last.status !== 'active')
    found.push({ fact: { ...last, date: first.date!, ...(last.end ? { end: last.end } : {}) }, ids: [last.id, first.id] });
  return found;
}

function pick(
  constraints: readonly Constraint[],
  candidates: readonly Candidate[],
  world: World,
  paired: boolean,
): { candidate: Candidate; results: readonly (readonly [Constraint, Tested])[]; ok: boolean } | undefined {
  let best: { candidate: Candidate; results: readonly (readonly [Constraint, Tested])[]; ok: boolean; score: number } | undefined;
  for (const candidate of candidates) {
    const results = constraints.map((constraint) => [constraint, constraint.test(candidate)] as const);
    const ok = results.every(([, tested]) => tested.outcome === 'pass');
    const cited = world.cited === undefined || candidate.ids.some((id) => world.cited!.has(id));
    const score =
      results.reduce(
        (sum, [constraint, tested]) =>
          sum +
          (tested.outcome === 'pass' ? constraint.weight : tested.outcome === 'unknown' ? -constraint.weight * 0.4 : -constraint.weight),
        0,
      ) +
      (ok ? 1000 : 0) +
      (cited ? 100 : 0) -
      (candidate.fact.part !== undefined ? (paired ? 20 : 1.5) : 0);
    if (!best || score > best.score) best = { candidate, results, ok, score };
    if (ok && cited) break;
  }
  return best;
}

/** Words, sides, persons and reasons said of a whole series must be stated of one of its facts. */
const ABOUT_SERIES = new Set(['overlap', 'laterality', 'subject', 'entity', 'drug-and-dose']);

/** Entries speak of it without being it by their code: that there are none is not certain. */
const isSpokenOf = (head: Head, { evidence }: World): boolean =>
  evidence.some(
    ({ scope }) =>
      (scope?.named || scope?.unread || scope?.unnamed) && scope.concepts.some((id) => head.concepts.some((one) => one.id === id)),
  );

const SEEN_BY =
  /\b(?:seen|reviewed|evaluated|examined|assessed|consulted|followed)\s+(?:by|in|at)\s+(?:the |an? )?(?!any|some|no\b|us\b|me\b|doctors?\b)([a-z]{4,})/i;

/** "Not seen by psychiatry": open while no visit is one of theirs. */
function seenByOther({ text }: Assertion, visits: readonly Candidate[]): Check | undefined {
  const who = SEEN_BY.exec(text)?.[1];
  if (who === undefined || visits.length === 0 || visits.some(({ fact }) => fact.kind !== 'visit')) return undefined;
  const word = stem(who.toLowerCase());
  return visits.some(({ fact }) => statedWords(fact).has(word))
    ? undefined
    : unknown('overlap', `no visit of the record is said to be with ${who}`);
}

/** An ambiguous name ("PCV") is read in each way that has facts; the way in which the statement holds is meant. */
export function evaluate(head: Head, assertion: Assertion, world: World): Evaluated {
  if (head.concepts.length < 2 || assertion.negated || assertion.noLonger) return evaluateReading(head, assertion, world);
  let first: Evaluated | undefined;
  for (const concept of head.concepts) {
    if (!world.facts.some((fact) => matchesHead(fact, concept, assertion, world.terminology))) continue;
    const found = evaluateReading({ ...head, concepts: [concept] }, assertion, world);
    if (found.checks.every((check) => check.outcome === 'pass')) return found;
    first ??= found;
  }
  return first ?? evaluateReading(head, assertion, world);
}

function evaluateReading(head: Head, assertion: Assertion, world: World): Evaluated {
  if (assertion.cues.some((cue) => cue.type === 'negation' && cue.sense === 'no-known')) return testNoKnownAllergy(assertion, world);
  const { concept, facts } = candidatesOf(head, assertion, world);
  const use = useSaid(head, assertion);
  const { told, ordered } = use ? usesOnly(facts, use) : { told: facts, ordered: [] };
  if (!use || ordered.length === 0) return evaluateFacts(head, assertion, world, concept, facts);
  if (told.length === 0) return orderedOnly(nameOf(head), use, ordered);
  return besideOrders(evaluateFacts(head, assertion, world, concept, told), nameOf(head), use, ordered, assertion);
}

function evaluateFacts(head: Head, assertion: Assertion, world: World, concept: Concept | undefined, facts: readonly Fact[]): Evaluated {
  const name = nameOf(head);
  const kinds = [...new Set(facts.map((fact) => fact.kind))];
  const search = concept && completeSearch(concept, kinds, world, kinds.length === 0 && isAllergic(assertion) ? ['allergy'] : kinds)?.id;
  const pool: Pool = { candidates: facts.map((fact) => ({ fact, ids: [fact.id] })), name, head, ...(search ? { search } : {}) };

  const never =
    said(assertion, 'order', 'never') &&
    !assertion.quantities.some((q) => q.role === 'threshold') &&
    !assertion.cues.some((cue) => cue.type === 'flag') &&
    assertion.literals.length === 0;
  const noned = assertion.cues.filter((cue) => cue.type === 'order' && cue.sense === 'none');
  // "Meds: none, aspirin stopped": said of what stands before the comma, not of the name behind it.
  const elsewhere = noned.find((cue) => cue.start < head.start && /[,;:.]/.test(assertion.text.slice(cue.start, head.start)));
  if (elsewhere) return { checks: [unknown('negation', `it is not clear what "${elsewhere.text}" is said of`)], ids: [] };
  const none =
    noned.length > 0 && !assertion.quantities.some((q) => q.role === 'threshold') && !assertion.cues.some((cue) => cue.type === 'flag');
  if (assertion.negated || assertion.noLonger || never || none) {
    const denied = testDenied(head, assertion, pool, world);
    const constraints = CHECKS.flatMap((part) => part.constraints?.(assertion, pool, world) ?? []);
    const left = constraints.filter(
      ({ check }) =>
        check === 'overlap' ||
        check === 'laterality' ||
        check === 'drug-and-dose' ||
        (check === 'subject' && !ofFamily(assertion)) ||
        (check === 'number' && !said(assertion, 'order')),
    );
    const rest = left.map((constraint): Check | undefined => {
      const tested =
        denied.candidates.length > 0
          ? (denied.candidates.map((candidate) => constraint.test(candidate)).find((t) => t.outcome === 'pass') ??
            constraint.test(denied.candidates[0]!))
          : { outcome: 'unknown' as const, reason: 'a denial with such detail is not decided by the record' };
      return tested.outcome === 'pass' ? undefined : { name: constraint.check, outcome: 'unknown', reason: tested.reason };
    });
    // "Not seen by psychiatry": a visit to somebody else does not refute it.
    const lacking = seenByOther(assertion, denied.candidates);
    const open = lacking
      ? denied.checks.map((check) => (check.outcome === 'fail' ? unknown(check.name, lacking.reason) : check))
      : denied.checks;
    return { checks: [...open, ...rest.filter((check) => check !== undefined)], ids: denied.ids };
  }

  if (facts.length === 0) {
    const zero = assertion.quantities.find((q) => q.role === 'count' && q.quantity.value === 0);
    if (zero && search && !isSpokenOf(head, world))
      return { checks: [pass('number', `a complete search finds no ${name}`)], ids: [search] };
    const looked = search ?? (concept && limitedSearches(concept, world)[0]?.id);
    return {
      checks: [unknown('entity', looked ? `no entry of the record is named ${name}` : `no evidence speaks of ${name}`)],
      ids: looked ? [looked] : [],
    };
  }

  const constraints = CHECKS.flatMap((part) => part.constraints?.(assertion, pool, world) ?? []);
  for (const part of CHECKS) {
    const series = part.series?.(assertion, pool, world);
    if (!series) continue;
    const about = constraints.filter(({ check }) => ABOUT_SERIES.has(check));
    const rest = about.map((constraint): Check | undefined => {
      const tested = series.candidates.map((candidate) => constraint.test(candidate));
      const worst = tested.find((t) => t.outcome === 'pass') ??
        tested[0] ?? { outcome: 'unknown' as const, reason: `nothing in the evidence states it of ${name}` };
      return worst.outcome === 'pass' ? undefined : { name: constraint.check, outcome: worst.outcome, reason: worst.reason };
    });
    const counts = part.counts ? [] : countCheck(assertion, pool, world);
    const ids =
      search && series.checks.every((check) => check.outcome === 'pass') && series.ids.length > 6
        ? [search, ...series.ids.slice(0, 6)]
        : [...series.ids, ...(search ? [search] : [])];
    return { checks: [...series.checks, ...counts, ...rest.filter((check) => check !== undefined)], ids };
  }

  const every = said(assertion, 'advice') ? undefined : everyOne(assertion, pool, constraints, world);
  if (every) return { checks: every.checks, ids: [...every.ids, ...(search ? [search] : [])] };

  const only = said(assertion, 'order', 'only');
  const totals = dailyTotals(assertion, pool);
  const chosen = pick(
    constraints,
    [
      ...(totals?.candidates ?? pool.candidates),
      ...courses(facts, assertion),
      ...courseOfDisease(facts, head, assertion, world.terminology),
    ],
    world,
    assertion.quantities.some(({ quantity }) => quantity.form === 'pair'),
  )!;
  const checks: Check[] = [pass('entity', `${name}: ${chosen.candidate.fact.name}`)];
  for (const [constraint, tested] of chosen.results) {
    if (tested.outcome === 'pass' && tested.reason === '') continue;
    const check =
      constraint.check === 'number' && isUnitFault(assertion, chosen.candidate, world) && tested.outcome !== 'pass'
        ? 'unit'
        : constraint.check;
    const last = checks.find((other) => other.name === check && other.outcome === tested.outcome && other.reason === tested.reason);
    if (!last) checks.push({ name: check, outcome: tested.outcome, reason: tested.reason });
  }
  if (only) checks.push(onlyCheck(assertion, pool));
  if (
    world.cited &&
    chosen.ok &&
    !chosen.candidate.ids.every((id) => world.cited!.has(id)) &&
    !namedByCited(chosen.candidate, assertion, world)
  )
    checks.push(fail('citation-exists', `what is cited does not state it; ${chosen.candidate.ids.join(', ')} does`));
  const needsSearch = chosen.ok && search && assertion.cues.some((cue) => cue.type === 'order');
  return { checks: withOpenTotal(checks, totals), ids: [...chosen.candidate.ids, ...(needsSearch ? [search] : [])] };
}

/** What is cited names it as its reason, so that it states it as well: the drug of "her hypertension is treated with ...". */
function namedByCited({ fact }: Candidate, { times, quantities, words }: Assertion, world: World): boolean {
  if (times.length + quantities.length + words.length > 0) return false;
  return world.facts.some(
    (other) =>
      world.cited!.has(other.id) &&
      other.reasons.some((reason) => reason.ref === fact.id || reason.concepts.some((id) => fact.concepts.includes(id))),
  );
}

const GENERIC =
  /^(?:medications?|drugs?|medicines?|allerg(?:y|ies|en)|conditions?|problems?|diagnos[ei]s|procedures?|vaccines?|vaccinations?|results?|visits?|issues?)$/i;

function onlyCheck(assertion: Assertion, pool: Pool): Check {
  if (!pool.search) return unknown('number', 'the evidence is no complete search, so it does not tell that there is only one');
  const generic = assertion.words.some((word) => GENERIC.test(word.word)) || assertion.generic;
  if (generic) return unknown('number', 'whether it is the only one of its kind is not decided');
  const ids = new Set(pool.candidates.filter(({ fact }) => !fact.negated && fact.status !== 'cancelled').map(({ fact }) => fact.id));
  return ids.size === assertion.heads.length || ids.size === 1
    ? pass('number', 'the record holds one')
    : fail('number', `the record holds ${ids.size} of ${pool.name}`);
}
