/** Entries are not always what is counted: one event under two codes, a drug that was stopped, a code that its own display does not name. */
import type { Terminology } from '../../language/contract.ts';
import { drugsOf } from '../../records/chart/drugs-of.ts';
import type { Fact } from '../../records/contract.ts';
import type { Check } from '../contract.ts';
import type { Candidate } from '../matching/world.ts';
import type { Assertion, SaidQuantity } from '../reading/assertions.ts';
import { stem, tokens } from '../reading/lexicon.ts';
import { fail, type Pool, pass, unknown } from './contract.ts';

type Counts = (said: SaidQuantity, count: number) => boolean;

const OVER = new Set<Fact['status']>(['inactive', 'resolved', 'stopped', 'completed']);
const EVER =
  /\b(?:ever|record(?:ed|s)?|on file|documented|chart|listed|history|so far|over the years|in all|altogether|total|previous(?:ly)?|past|prior|prescri\w+|orders?|ordered|courses?|entr(?:y|ies)|was|were|had|took|tried|been|received|given|times?|episodes?)\b/i;

const dayOf = ({ fact }: Candidate): string => fact.date?.slice(0, 10) ?? fact.id;
const idsOf = (candidates: readonly Candidate[]): number => new Set(candidates.map(({ fact }) => fact.id)).size;
const namesOf = (candidates: readonly Candidate[]): number => new Set(candidates.map(({ fact }) => fact.concepts[0])).size;

/** "Fetus with unknown complication" under a code that stands for a miscarriage: the reader of the record sees no miscarriage. */
function namedOtherwise({ fact }: Candidate, { head }: Pool): boolean {
  const names = head.concepts.flatMap(({ name, synonyms }) => [name, ...synonyms, head.text]);
  const stems = (text: string): readonly string[] => tokens(text).flatMap(({ word }) => (word.length > 3 ? [stem(word)] : []));
  const wanted = new Set(names.flatMap(stems));
  const shown = stems(fact.name);
  return fact.kind === 'problem' && shown.length > 0 && !shown.some((word) => wanted.has(word));
}

/** What counts the orders of a drug, or how often it was given, and not the drugs. */
const OF_ORDERS =
  /\b(?:orders?|prescriptions?|scripts?|refills?|renewals?|courses?|entr(?:y|ies)|times?|occasions?|once|twice|thrice|doses?|shots?|injections?|infusions?|jabs?|cycles?|tablets?|pills?|capsules?)\b/i;
/** "Was prescribed nine opioids": nine drugs, or one drug nine times. */
const ORDERED = /\b(?:prescrib\w+|order(?:ed|ing)|dispensed|issued|refilled|renewed)\b/i;

/** Some of them alone are counted: "two opioids before this one", "two at a time". */
const SOME_OF =
  /\b(?:before|after|until|since|while|during|other|another|more|besides|except|at (?:once|a time|(?:the|one|any) (?:same )?time)|together|simultaneous\w*|concurrent\w*|both|in a row|alongside|without|because|due)\b/i;

/** "Nine opioids": so many different drugs of the class, however often each was ordered. None where something else is counted. */
function drugsCounted(
  assertion: Assertion,
  { head, name }: Pool,
  meeting: readonly Candidate[],
  counted: Counts,
  terminology: Terminology,
): ((said: SaidQuantity) => Check) | undefined {
  if (meeting.length === 0 || !meeting.every(({ fact }) => fact.kind === 'medication')) return undefined;
  if (!head.concepts.every(({ kind }) => kind === 'drug-class') || OF_ORDERS.test(assertion.text)) return undefined;
  const asked = head.concepts.map(({ id }) => id);
  const numbers = (candidates: readonly Candidate[]) => {
    const drugs = candidates.map(({ fact }) => drugsOf(fact, asked, terminology));
    // Two in one tablet are two drugs, or one.
    return {
      known: drugs.every((each) => each.length > 0),
      single: new Set(drugs.flat()).size,
      together: new Set(drugs.map((each) => each.join(' '))).size,
    };
  };
  const states = assertion.times.length > 0 || EVER.test(assertion.text) || assertion.cues.some(({ type }) => type === 'status');
  const active = states ? meeting : meeting.filter(({ fact }) => !OVER.has(fact.status));
  const all = numbers(meeting);
  const now = numbers(active);
  const narrowed =
    SOME_OF.test(assertion.text) ||
    assertion.words.some(({ type }) => type === 'word') ||
    assertion.at.length + assertion.reactions.length > 0;
  const open = (entries: number) => unknown('number', `the record holds ${entries} orders of ${name}`);
  return (said) => {
    if ([now.single, now.together].some((count) => counted(said, count)))
      return pass('number', `the record holds ${now.single} of ${name}`);
    if (active.length < meeting.length && [all.single, all.together].some((count) => counted(said, count)))
      return unknown('number', `the record holds ${all.single} of ${name}, ${now.single} in force`);
    if (!all.known || narrowed) return open(idsOf(meeting));
    const current = active.length < meeting.length || active.every(({ fact }) => !OVER.has(fact.status));
    if (counted(said, idsOf(active)) && (current || ORDERED.test(assertion.text))) return open(idsOf(active));
    return fail('number', `the sentence says ${said.quantity.text}, the record holds ${now.single} of ${name}`);
  };
}

/** A count that is right only of the entries, or only of some of them, is left open. */
export function looselyCounted(
  assertion: Assertion,
  pool: Pool,
  meeting: readonly Candidate[],
  counted: Counts,
  terminology: Terminology,
): (said: SaidQuantity) => Check | undefined {
  const drugs = drugsCounted(assertion, pool, meeting, counted, terminology);
  if (drugs) return drugs;
  const [first] = meeting;
  const section = pool.head.concepts.every(({ kind }) => kind === 'section');
  const entries = idsOf(meeting);
  if (first?.fact.kind === 'medication' && assertion.times.length === 0 && !EVER.test(assertion.text)) {
    const active = meeting.filter(({ fact }) => !OVER.has(fact.status));
    if (active.length === meeting.length || assertion.cues.some(({ type }) => type === 'status')) return () => undefined;
    return (said) =>
      [idsOf(active), namesOf(active)].some((count) => counted(said, count))
        ? pass('number', `the record holds ${idsOf(active)} in force`)
        : [entries, namesOf(meeting)].some((count) => counted(said, count))
          ? unknown('number', `the record holds ${entries} of ${pool.name}, ${idsOf(active)} in force`)
          : undefined;
  }
  /** Several entries that tell of fewer things: the things are what is counted. */
  const toldTwice = (things: number) => (said: SaidQuantity) =>
    counted(said, things)
      ? pass('number', `the record holds ${things} of ${pool.name}, told in ${entries} entries`)
      : counted(said, entries)
        ? unknown('number', `the record holds ${entries} entries of ${pool.name} that tell of ${things}`)
        : undefined;
  if (first?.fact.kind === 'immunization') {
    // The clinic's entry and the registry's of one day are one dose.
    const doses = new Set(meeting.map((candidate) => `${candidate.fact.concepts[0]} ${dayOf(candidate)}`)).size;
    return doses === entries ? () => undefined : toldTwice(doses);
  }
  // One allergy that stands among the problems as well.
  if (first?.fact.kind === 'allergy') return namesOf(meeting) === entries ? () => undefined : toldTwice(namesOf(meeting));
  if (first?.fact.kind === 'survey' && !section) {
    // The panel, its items and its score of one moment are one questionnaire.
    const moments = new Set(meeting.map(({ fact }) => fact.date ?? fact.id)).size;
    return namesOf(meeting) > 1 && moments < entries ? toldTwice(moments) : () => undefined;
  }
  if (first?.fact.kind !== 'problem' || section) return () => undefined;
  const events = new Set(meeting.map(dayOf)).size;
  const several = namesOf(meeting) > 1 && events < entries;
  const otherwise = meeting.filter((candidate) => namesOf(meeting) > 1 && namedOtherwise(candidate, pool));
  return (said) => {
    if (several && counted(said, entries) !== counted(said, events))
      return unknown('number', `the record holds ${entries} entries of ${pool.name} on ${events} days, which may be one event`);
    if (otherwise.length > 0 && counted(said, entries))
      return unknown('number', `one of the ${entries} is called ${otherwise[0]!.fact.name} in the record`);
    return undefined;
  };
}
