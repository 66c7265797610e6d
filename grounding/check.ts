/**
 * The checker: may this sentence be shown as fact? It reads the sentence and the evidence and trusts nobody. Every part of the sentence (names,
 * numbers, units, dates, denials, sides, states, trends, reasons, persons, and every other word) must be stated by the evidence, what belongs
 * together by the same fact. What the evidence contradicts is `contradicted`; what it does not decide is `unverified`.
 */
import type { Concept, Terminology } from '../language/contract.ts';
import type { Fact } from '../records/contract.ts';
import { absentDetail, checkAbsent } from './checks/absent.ts';
import { checkActs } from './checks/acts.ts';
import { checkHalves, clausesOf } from './checks/apart.ts';
import { checkBaseline } from './checks/baseline.ts';
import { unreadBetween } from './checks/between.ts';
import { checkCategory } from './checks/category.ts';
import { checkComponents } from './checks/component.ts';
import { type Checked, fail, pass, unknown } from './checks/contract.ts';
import { checkEffect } from './checks/effect.ts';
import { checkFinding } from './checks/finding.ts';
import { checkGoal } from './checks/goal.ts';
import { checkNeeds, ofNeeds } from './checks/need.ts';
import { testNoKnownAllergy } from './checks/negation.ts';
import { checkOnly } from './checks/only.ts';
import { readPersonal } from './checks/person.ts';
import { checkPregnancy } from './checks/pregnancy.ts';
import { withoutQuotes } from './checks/quoted.ts';
import { quotedFrom } from './checks/quoted-note.ts';
import { checkRelation } from './checks/relation.ts';
import { checkRow } from './checks/row.ts';
import { checkSequence } from './checks/sequence.ts';
import { checkSince } from './checks/since-event.ts';
import { checkSpecialty } from './checks/specialty.ts';
import { readSubject } from './checks/subject.ts';
import { openCheck, surely } from './checks/surely.ts';
import { checkTogether } from './checks/together.ts';
import type { Check, CheckContext, Claim, Evidence, Verdict } from './contract.ts';
import { headless, impliedHeads, ofPatient } from './heads.ts';
import { evaluate } from './matching/evaluate.ts';
import type { World } from './matching/world.ts';
import { withMissing } from './missing.ts';
import { type Assertion, isCue } from './reading/assertions.ts';
import { carryOver } from './reading/carry.ts';
import { interpret } from './reading/interpret.ts';
import { readItems } from './reading/items.ts';
import { adviceIn, talkIn, withoutMarkup } from './reading/manner.ts';
import { inPlainOrder } from './reading/order.ts';
import { segment } from './reading/segment.ts';
import { readSequence, type SaidSequence } from './reading/sequence.ts';

export interface CheckOptions {
  /** Support must come from these evidence ids. */
  readonly cited?: ReadonlySet<string>;
}

function verdictOf(checks: readonly Check[], asserted: boolean): Verdict {
  if (checks.some((check) => check.outcome === 'fail')) return 'contradicted';
  if (!asserted || checks.some((check) => check.outcome === 'unknown')) return 'unverified';
  return 'supported';
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '')
    .trim();

/** The sentence is the evidence's own line, word for word. */
function verbatim(text: string, evidence: readonly Evidence[]): Evidence | undefined {
  const wanted = plain(text.replace(/^(?:yes|no)\s*[:,]\s*/i, ''));
  const polar = /^no\b/i.test(text);
  if (polar || wanted.length < 8) return undefined;
  return evidence.find(
    ({ text: line, scope, kind }) =>
      kind === 'record' && scope === undefined && (plain(line) === wanted || line.split(' | ').some((part) => plain(part) === wanted)),
  );
}

const distinctFacts = (evidence: readonly Evidence[]): readonly Fact[] => {
  const found = new Map<string, Fact>();
  for (const { facts } of evidence) for (const fact of facts) found.set(`${fact.id}#${fact.part ?? ''}#${fact.name}`, fact);
  return [...found.values()];
};

/** Checks one sentence. Pure and synchronous. `evidence`: what is cited, and complete searches of the record. */
export function check(
  sentence: string,
  evidence: readonly Evidence[],
  context: CheckContext,
  terminology: Terminology,
  options: CheckOptions = {},
): Checked {
  const facts = distinctFacts(evidence);
  const whole = ofNeeds(ofParts(told(checkWords(sentence, evidence, context, terminology, options)), facts), facts);
  const read = whole.verdict === 'contradicted' ? byClause(whole, evidence, context, terminology, options) : whole;
  if (read.verdict === 'supported' || sentence.length > LONGEST_QUOTING) return read;
  for (const fact of facts) {
    if (fact.part !== undefined || (options.cited && !options.cited.has(fact.id))) continue;
    const rest = withoutQuotes(sentence, fact);
    if (rest === undefined) continue;
    // What is left must be stated by the resource that is quoted.
    const own = evidence.filter(({ id, scope }) => id === fact.id || id === context.subject || scope !== undefined);
    const found = checkWords(rest, own, context, terminology, { ...options, cited: new Set([fact.id]) });
    if (found.verdict === 'supported')
      return { ...found, text: sentence, checks: [...found.checks, pass('overlap', "the rest is the record's own words")] };
  }
  return read;
}

/** Two clauses that are not false one by one are not surely false together: the one may have been given the date, the visit or the denial of the other. */
function byClause(
  whole: Checked,
  evidence: readonly Evidence[],
  context: CheckContext,
  terminology: Terminology,
  options: CheckOptions,
): Checked {
  const text = inPlainOrder(withoutMarkup(whole.text));
  const topic = terminology.mentions(text).find(({ concepts }) => concepts.some((id) => !id.startsWith('section/')));
  const clauses = clausesOf(text, topic && text.slice(topic.start, topic.end));
  if (!clauses || clauses.some((clause) => checkWords(clause, evidence, context, terminology, options).verdict === 'contradicted'))
    return whole;
  const checks = whole.checks.map((found) => (found.outcome === 'fail' ? { ...found, outcome: 'unknown' as const } : found));
  return { ...whole, verdict: 'unverified', checks };
}

/** What is stated by a result of several parts must be said of the right one. */
export function ofParts(read: Checked, facts: readonly Fact[]): Checked {
  const wrong = read.verdict === 'supported' ? checkComponents(read.text, read.support, facts) : undefined;
  return wrong ? { ...read, verdict: 'contradicted', checks: [...read.checks, wrong] } : read;
}

/** Advice, opinion and small talk say so before anything else that is not stated. */
export function told(read: Checked): Checked {
  const talk = read.verdict === 'unverified' ? talkIn(read.text) : undefined;
  if (!talk || read.checks.some(({ reason }) => reason.includes('advice') || reason.includes('an instruction'))) {
    const first = read.checks.filter(({ reason }) => reason.includes('advice, opinion'));
    return read.verdict === 'unverified' && first.length > 0
      ? { ...read, checks: [...first, ...read.checks.filter((each) => !first.includes(each))] }
      : read;
  }
  return { ...read, checks: [unknown('overlap', talk), ...read.checks] };
}

const LONGEST_QUOTING = 1_000;
/** What is longer is no sentence: it is not read, unless it stands in the record word for word. */
const LONGEST_SENTENCE = 4_000;

function checkWords(
  sentence: string,
  evidence: readonly Evidence[],
  context: CheckContext,
  terminology: Terminology,
  options: CheckOptions = {},
): Checked {
  const text = inPlainOrder(withoutMarkup(sentence));
  const facts = distinctFacts(evidence);
  const world: World = {
    context: withPatient(context, facts),
    terminology,
    evidence,
    facts,
    ...(options.cited ? { cited: options.cited } : {}),
  };
  const result = (
    checks: readonly Check[],
    asserted: boolean,
    support: readonly string[],
    verdict = verdictOf(checks, asserted),
  ): Checked => ({ text: sentence, verdict, checks, support: [...new Set(support)] });

  const foreign = facts.find((fact) => fact.subject !== context.subject);
  if (foreign) return result([fail('subject', `the evidence ${foreign.id} is of another patient`)], false, [foreign.id]);
  const own = verbatim(sentence.trim(), evidence) ?? verbatim(text, evidence);
  if (own && (!options.cited || options.cited.has(own.id)))
    return result([pass('entity', "the evidence's own line, word for word")], true, [own.id]);
  const quoted = quotedFrom(sentence, facts);
  if (quoted && (!options.cited || options.cited.has(quoted.id)))
    return result([pass('entity', 'a sentence of the note, word for word')], true, [quoted.id]);
  if (text.length > LONGEST_SENTENCE)
    return result([unknown('overlap', `longer than ${LONGEST_SENTENCE} characters: it was not checked`)], false, []);
  const absent = absentDetail(text);
  if (absent) return checkAbsent(absent, sentence, world, (read) => check(read, evidence, context, terminology, options));
  const halves = checkHalves(text, sentence, world, (read) => check(read, evidence, context, terminology, options));
  if (halves) return halves;
  const goal = checkGoal(text, world);
  if (goal) return result([goal.check], true, goal.ids);
  const advice = adviceIn(text);
  if (advice) return result([unknown('overlap', advice)], false, []);

  const { items, sequences } = readSequence(text, readItems(text, terminology, facts, context.now));
  const who = readSubject(text, items, world);
  const personal = readPersonal(
    text,
    items,
    facts.find((fact) => fact.kind === 'patient' && fact.id === context.subject),
  );
  const pregnancy = checkPregnancy(text, world);
  if (pregnancy?.whole) return result([...who.checks, ...personal.checks, ...pregnancy.checks], true, pregnancy.ids);
  const needs = checkNeeds(text, world);
  if (needs) return result([...who.checks, ...personal.checks, ...needs.checks], true, needs.ids);
  const finding = checkFinding(text, world);
  if (finding) return result([...who.checks, ...personal.checks, ...finding.checks], true, finding.ids);
  const rest = items.filter((item) => (!who.spent.has(item) && !personal.spent.includes(item)) || isCue(item, 'gender'));
  const implied = (id: string): Concept | undefined =>
    terminology.get(id) ?? { id, kind: 'section', name: id.slice(id.indexOf('/') + 1), synonyms: [], codes: [], parents: [] };
  const segments = segment(rest, implied);
  const carried = carryOver(segments.flatMap((part) => (part.heads.length > 0 || part.items.length > 0 ? interpret(part, text) : [])));
  const read = datedWithin(datedApart(carried, sequences), sequences, text);
  // What is told in the order of time is told as past: "before her sinusitis" does not say that she has it now. So is what "was treated".
  const treated = /\b(?:was|were|had been) (?:\w+ly )?(?:treated|managed|relieved)\b/i.exec(text)?.index;
  const assertions = read.map((assertion) =>
    (treated !== undefined && !assertion.tense.present && assertion.heads.some(({ start }) => start < treated)) ||
    sequences.some(({ left, right }) => assertion.heads.some(({ start }) => start === left || start === right))
      ? { ...assertion, tense: { ...assertion.tense, past: true } }
      : assertion,
  );
  const checks: Check[] = [...who.checks, ...personal.checks];
  const stated = who.supported || personal.checks.some((found) => found.outcome === 'pass');
  const support: string[] = stated ? [context.subject] : [];
  let asserted = stated;
  let aside = who.checks.some((found) => found.outcome === 'fail' && /speaks of/.test(found.reason));

  for (const assertion of assertions) {
    if (assertion.heads.length === 0 && assertion.cues.some((cue) => cue.type === 'negation' && cue.sense === 'no-known')) {
      const found = testNoKnownAllergy(assertion, world);
      checks.push(...found.checks);
      support.push(...found.ids);
      if (found.checks.some((one) => one.outcome === 'pass')) asserted = true;
      continue;
    }
    const headed =
      assertion.header &&
      assertion.times.length + assertion.quantities.length > 0 &&
      /^section\/(?:visits|hospitalizations|er-visits|appointments)$/.test(assertion.header.id);
    const heads: Assertion['heads'] =
      assertion.heads.length > 0
        ? assertion.heads
        : headed && assertion.header
          ? [{ text: assertion.header.name, concepts: [assertion.header], start: 0, implied: true }]
          : impliedHeads(assertion, world);
    if (heads.length === 0) {
      const found = headless(assertion, rest, world);
      checks.push(...found.checks);
      if (found.asserted) {
        asserted = true;
        support.push(context.subject);
      }
      continue;
    }
    if (heads.every((head) => head.implied) && saysNothing(assertion)) {
      checks.push(unknown('entity', 'nothing in it can be checked against the record'));
      continue;
    }
    const withHeads: Assertion = { ...assertion, heads };
    checks.push(...unreadBetween(withHeads, assertions, text, world));
    for (const head of heads) {
      const own = ofPatient(head, withHeads, world);
      if (own) {
        checks.push(own);
        support.push(context.subject);
        asserted = true;
        continue;
      }
      const found = evaluate(head, withHeads, world);
      checks.push(...surely(found.checks, withHeads, assertions, text));
      support.push(...found.ids);
      if (found.checks.some((one) => one.outcome === 'pass')) asserted = true;
    }
  }
  checks.push(
    ...checkSequence(sequences, assertions, world),
    ...checkRow(assertions, world),
    ...checkOnly(rest, assertions, text, world),
    ...checkCategory(rest, assertions, text, world),
    ...checkRelation(rest, assertions, text, world),
    ...checkActs(rest, assertions, text, world),
    ...checkEffect(rest, assertions, text, world),
    ...checkSince(assertions, text, world),
    ...checkTogether(assertions, text, world),
    ...checkBaseline(text),
    ...checkSpecialty(text, support, world),
    ...(pregnancy?.checks.filter(({ outcome }) => outcome !== 'pass') ?? []),
  );
  // What is said of somebody else, or as advice, is not contradicted by this record: it is not decided.
  if (
    checks.some((found) => found.name === 'subject' && found.outcome === 'unknown' && /another person/.test(found.reason)) ||
    checks.some((found) => /advice, opinion/.test(found.reason))
  )
    aside = true;
  const kept = distinct(checks.some(({ reason }) => /gives a cause that/.test(reason)) ? checks.map(openCheck) : checks);
  if (kept.length === 0) return result([unknown('entity', 'nothing in it can be checked against the record')], false, support);
  return result(
    kept,
    asserted,
    support,
    aside && verdictOf(kept, asserted) === 'contradicted'
      ? who.checks.some((found) => found.outcome === 'fail')
        ? 'contradicted'
        : 'unverified'
      : undefined,
  );
}

/** "Seen on 19 February, a week after bronchitis": what lies apart from it has not its date. */
function datedApart(assertions: readonly Assertion[], sequences: readonly SaidSequence[]): readonly Assertion[] {
  return assertions.map((assertion) => {
    const apart = sequences.find(
      ({ order, left, right }) =>
        (order === 'before' || order === 'after') &&
        left !== undefined &&
        right !== undefined &&
        left < right &&
        assertion.heads.some(({ start }) => start === right),
    );
    const told = apart && assertions.find(({ heads }) => heads.some(({ start }) => start === apart.left));
    if (!told || told === assertion || !assertion.times.some((said) => said.start < apart.right!)) return assertion;
    return { ...assertion, times: assertion.times.filter((said) => said.start > apart.right!), at: [] };
  });
}

/** "Bronchitis during her third pregnancy, October 2020": a date set apart is that of what is told, not of the time that it fell into. */
function datedWithin(assertions: readonly Assertion[], sequences: readonly SaidSequence[], text: string): readonly Assertion[] {
  const within = sequences.find(({ order, left }) => order === 'during' && left !== undefined);
  const told = within && assertions.find(({ heads }) => heads.some(({ start }) => start === within.left));
  const frame = within && assertions.find(({ heads }) => heads.some(({ start }) => start === within.right));
  if (!told || !frame || told === frame || told.times.length > 0 || frame.times.length !== 1) return assertions;
  if (!/,\s*$/.test(text.slice(0, frame.times[0]!.start))) return assertions;
  return assertions.map((assertion) =>
    assertion === told ? { ...told, times: frame.times } : assertion === frame ? { ...frame, times: [] } : assertion,
  );
}

/** "Patient seen and examined": no date, reason, person or number to look for. */
const saysNothing = ({ times, quantities, reasons, literals, words, cues, at, negated, noLonger }: Assertion): boolean =>
  !negated &&
  !noLonger &&
  times.length + quantities.length + reasons.length + literals.length + words.length + at.length === 0 &&
  !cues.some((cue) => cue.type === 'order' || cue.type === 'trend' || cue.type === 'flag');

function distinct(checks: readonly Check[]): readonly Check[] {
  const seen = new Set<string>();
  return checks.filter(({ name, outcome, reason }) => {
    const key = `${name}|${outcome}|${reason}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function withPatient(context: CheckContext, facts: readonly Fact[]): CheckContext {
  if (context.patient) return context;
  const fact = facts.find(({ kind, id }) => kind === 'patient' && id === context.subject);
  if (!fact) return context;
  return {
    ...context,
    patient: {
      id: context.subject.replace(/^Patient\//, ''),
      name: fact.name,
      ...(fact.date ? { birthDate: fact.date } : {}),
      ...(fact.details?.['gender'] ? { gender: fact.details['gender'] } : {}),
    },
  };
}

/** A draft sentence with the ids that its writer cites. */
export type Checker = (
  draft: { readonly text: string; readonly citations: readonly string[] },
  evidence: ReadonlyMap<string, Evidence>,
  context: CheckContext,
  terminology: Terminology,
) => Claim;

/**
 * The checker for written claims: every citation must exist among the evidence, and what is cited must state the sentence. Complete searches
 * among the evidence may decide "latest", "no" and "three" as well.
 */
export function createChecker(): Checker {
  return (draft, evidence, context, terminology) => {
    const missing = draft.citations.filter((id) => !evidence.has(id) && id !== context.subject);
    if (missing.length > 0)
      return {
        text: draft.text,
        citations: draft.citations.filter((id) => evidence.has(id)),
        verdict: 'unverified',
        checks: [{ name: 'citation-exists', outcome: 'unknown', reason: `no evidence has the id ${missing.join(', ')}` }],
      };
    if (draft.citations.length === 0)
      return {
        text: draft.text,
        citations: [],
        verdict: 'unverified',
        checks: [{ name: 'citation-exists', outcome: 'unknown', reason: 'nothing is cited' }],
      };
    const cited = draft.citations.map((id) => evidence.get(id)).filter((found) => found !== undefined);
    const patient = evidence.get(context.subject);
    const given = patient && !cited.includes(patient) ? [...cited, patient] : cited;
    const { verdict, checks } = withMissing(check(draft.text, given, context, terminology), given, context, terminology);
    return {
      text: draft.text,
      citations: draft.citations,
      verdict,
      checks: [{ name: 'citation-exists', outcome: 'pass', reason: 'every citation is evidence of this turn' }, ...checks],
    };
  };
}
