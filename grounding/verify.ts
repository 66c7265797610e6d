/**
 * Checks any text against a patient's record, whoever wrote it: sentence by sentence, with evidence found by itself or cited by the text.
 * The text is only text: what it asks for is not done.
 */
import { tellFault } from '../errors.ts';
import { formatDate } from '../language/dates.ts';
import { sentences } from '../language/sentences.ts';
import { factsOf, toEvidence } from '../records/chart/evidence.ts';
import type { Charts } from '../records/charts.ts';
import type { Chart, Fact, PatientSummary, ReadOptions, RecordReading, RecordStore } from '../records/contract.ts';
import { findPatient } from '../records/find-patient.ts';
import { missingParts, readingOf, tellMissing, tellStale } from '../records/missing.ts';
import { pointedAt, type Told, toldBy } from './antecedent.ts';
import { check, ofParts } from './check.ts';
import { type Checked, pass, unknown } from './checks/contract.ts';
import { ofNeeds } from './checks/need.ts';
import { statedWords } from './checks/overlap.ts';
import type { Claim, Evidence } from './contract.ts';
import { withAllergiesTold, withElsewhere } from './elsewhere.ts';
import { atVisit, factsOfVisit, tellsValue } from './entries/at-visit.ts';
import { entryFor } from './entries/index.ts';
import { findEvidence } from './evidence.ts';
import { withMissing } from './missing.ts';
import { personsIn, stem } from './reading/lexicon.ts';
import { CITATION, CITATION_MARKS, withoutMarkup } from './reading/manner.ts';
import { inPlainOrder } from './reading/order.ts';
import { statements, withCitations } from './reading/statements.ts';

export interface VerifyOptions {
  /** Evidence ids that the text as a whole cites; a sentence may cite its own in square brackets. */
  readonly citations?: readonly string[];
}

/** Ids in square brackets or parentheses: "[Observation/8f2]". */
function citedIn(text: string): readonly string[] {
  return [...text.matchAll(CITATION_MARKS)].flatMap((match) => [...match[0].matchAll(CITATION)].map((id) => id[0]));
}

/** What the checks leave open may be what one entry of the record states wholly. */
function byEntry(checked: Checked, read: string, chart: Chart, cited: readonly string[]): Checked {
  if (checked.verdict === 'supported') return ofThatVisit(checked, read, chart, cited);
  if (/\?/.test(read)) return checked;
  if (checked.checks.some(({ name, outcome }) => (name === 'subject' || name === 'drug-and-dose') && outcome === 'fail')) return checked;
  const sentence = withoutMarkup(read);
  const entry = entryFor(
    sentence,
    chart,
    checked.checks.some(({ name, outcome }) => name === 'drug-and-dose' && outcome === 'fail'),
    checked.verdict === 'contradicted',
  );
  const support = entry ? [entry.fact, ...(entry.more ?? [])].map(({ id }) => id) : [];
  if (ofAnother(checked) && (!entry || !tellsOfOthers(entry.fact, sentence))) return checked;
  if (entry && (cited.length === 0 || support.every((id) => cited.includes(id))))
    return { text: checked.text, verdict: 'supported', checks: [pass('entity', entry.reason)], support };
  return byVisit(checked, sentence, chart, cited) ?? checked;
}

/** What the sentence says is said of somebody else than the patient. */
const ofAnother = ({ checks }: Checked): boolean =>
  checks.some(({ name, outcome, reason }) => name === 'subject' && outcome === 'unknown' && /another person/.test(reason));

/** Who the family and the helpers are, and what an entry's own words say of a person by that very word. */
const tellsOfOthers = (fact: Fact, sentence: string): boolean =>
  fact.kind === 'family-history' ||
  fact.kind === 'patient' ||
  fact.kind === 'care-team' ||
  personsIn(sentence).every((word) => statedWords(fact).has(stem(word)));

/** A value told of one visit is not stated by another's, though both the visit and the value are on record. */
function ofThatVisit(checked: Checked, read: string, chart: Chart, cited: readonly string[]): Checked {
  const sentence = withoutMarkup(read);
  const at = cited.length === 0 ? atVisit(sentence, chart) : undefined;
  if (!at || !tellsValue(at, chart) || byVisit(checked, sentence, chart, cited)) return checked;
  const open = unknown('date', `the record does not state it of the ${at.visit.name} of ${formatDate(at.visit.date ?? '')}`);
  return { ...checked, verdict: 'unverified', checks: [...checked.checks, open] };
}

/** What is told of one visit is checked against what was measured, given and found there, and nothing else. */
function byVisit(checked: Checked, sentence: string, chart: Chart, cited: readonly string[]): Checked | undefined {
  const at = cited.length === 0 ? atVisit(sentence, chart) : undefined;
  if (!at) return undefined;
  const subject = `Patient/${chart.patientId}`;
  const ids = [...new Set([subject, ...factsOfVisit(at.visit, chart).map(({ id }) => id)])];
  const evidence = ids.filter((id) => factsOf(chart, id).length > 0).map((id) => toEvidence(chart, id));
  const found = check(at.rest, evidence, { subject, now: chart.asOf, patient: chart.patient }, chart.terminology);
  if (found.verdict !== 'supported' || found.support.every((id) => id === subject)) return undefined;
  return { ...found, text: checked.text, support: [...found.support, at.visit.id] };
}

function verifySentence(text: string, read: string, chart: Chart, citations: readonly string[]): Claim {
  const own = citedIn(text);
  const wanted = own.length > 0 ? own : citations;
  const existing = wanted.filter((id) => factsOf(chart, id).length > 0);
  const missing = own.filter((id) => !existing.includes(id));
  const bad = missing.length > 0 ? missing : wanted.length > 0 && existing.length === 0 ? wanted : [];
  const cited: readonly Evidence[] = existing.map((id) => toEvidence(chart, id));
  const evidence = [...cited, ...findEvidence(inPlainOrder(read), chart)];
  const unread = missingParts(chart);
  const context = {
    subject: `Patient/${chart.patientId}`,
    now: chart.asOf,
    patient: chart.patient,
    ...(unread.length > 0 ? { missing: unread } : {}),
  };
  const options =
    existing.length > 0
      ? { cited: new Set([...existing, context.subject, ...evidence.filter(({ scope }) => scope).map(({ id }) => id)]) }
      : {};
  const checked = check(read, evidence, context, chart.terminology, options);
  const entered = bad.length > 0 ? checked : ofNeeds(ofParts(byEntry(checked, read, chart, existing), chart.facts), chart.facts);
  const stated = unread.length > 0 ? entered.support.filter((id) => factsOf(chart, id).length > 0).map((id) => toEvidence(chart, id)) : [];
  const decided = withMissing(entered, [...evidence, ...stated], context, chart.terminology);
  const weighed = withAllergiesTold(decided, chart);
  const found = { ...weighed, checks: withElsewhere(weighed.checks, chart) };
  if (bad.length > 0) {
    const checks = [
      { name: 'citation-exists' as const, outcome: 'unknown' as const, reason: `this record holds no ${bad.join(', ')}` },
      ...found.checks,
    ];
    return { text, citations: found.support, verdict: found.verdict === 'contradicted' ? 'contradicted' : 'unverified', checks };
  }
  const checks =
    existing.length > 0
      ? [{ name: 'citation-exists' as const, outcome: 'pass' as const, reason: 'what is cited is in the record' }, ...found.checks]
      : found.checks;
  return { text, citations: found.support, verdict: found.verdict, checks };
}

/** One claim a sentence, in order; headings and empty lines give none. */
export function verifyText(text: string, chart: Chart, options: VerifyOptions = {}): readonly Claim[] {
  let before: Told | undefined;
  return statements(withCitations(sentences(text), text), chart.terminology).map(({ text: written, read }) => {
    const claim = verifySentence(written, read, chart, options.citations ?? []);
    const open = claim.verdict === 'supported' ? pointedAt(written, claim.citations, before, chart) : undefined;
    before = toldBy(read, claim.verdict, claim.citations, before, chart);
    return open ? { ...claim, verdict: 'unverified' as const, checks: [...claim.checks, open] } : claim;
  });
}

export interface VerifyRequest extends VerifyOptions {
  /** Id, record number or name. */
  readonly patient: string;
  readonly text: string;
  readonly id?: string;
}

export interface VerifyResult {
  readonly id: string;
  readonly claims: readonly Claim[];
  readonly patient?: PatientSummary;
  readonly ms: number;
  /** What Rounds says about the record: the parts that could not be read, and how old it is where it is an older copy. */
  readonly notes?: readonly string[];
  readonly reading?: RecordReading;
  /** Named fault: "no patient is named Bob Nobody". Then there are no claims. */
  readonly error?: string;
}

export interface VerifierDeps {
  readonly charts: Charts;
  readonly store: RecordStore;
  readonly clock: () => Date;
  readonly ids: () => string;
}

/** Notes on what the record lacks; none where it was read whole and anew. */
function toldOfReading(chart: Chart): Pick<VerifyResult, 'notes' | 'reading'> {
  const notes = [...tellMissing(missingParts(chart)), ...tellStale(chart)];
  const reading = readingOf(chart);
  return { ...(notes.length > 0 ? { notes } : {}), ...(reading ? { reading } : {}) };
}

/** Verifies texts against the record. Never throws for a text: a fault, or a caller who has gone, is a result with a named error. */
export function createVerifier({ charts, store, clock, ids }: VerifierDeps) {
  return async function verify(
    { patient: wanted, text, citations, id }: VerifyRequest,
    { signal }: ReadOptions = {},
  ): Promise<VerifyResult> {
    const waiting = signal ? { signal } : {};
    const started = performance.now();
    const elapsed = () => Math.round((performance.now() - started) * 10) / 10;
    const resultId = id ?? ids();
    try {
      const patient = findPatient(await store.patients({ named: wanted, ...waiting }), wanted);
      const chart = await charts.open(patient.id, clock().toISOString(), waiting);
      const claims = verifyText(text, chart, citations ? { citations } : {});
      return { id: resultId, claims, patient, ms: elapsed(), ...toldOfReading(chart) };
    } catch (error) {
      return { id: resultId, claims: [], ms: elapsed(), error: signal?.aborted ? 'The text was given up.' : tellFault(error, 'this text') };
    }
  };
}
