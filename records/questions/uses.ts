/** "Has he used glucagon?", "when was epinephrine last given?", "did a doctor prescribe it?": what was done with a drug, of which an order tells nothing. */
import { type DrugUse, isAsNeeded, isBoughtFreely, isReported, tellsUse } from '../chart/use-told.ts';
import type { Fact } from '../contract.ts';
import type { Note, Question } from './contract.ts';
import type { Found, Scope } from './scope.ts';
import { newestOf, place } from './select.ts';
import { isSpokenOf, type UseTold, usesToldOf } from './uses-told.ts';

const GIVEN = /\b(?:given|gave|give|receive[ds]?|administ\w+|injected|gotten|got|get)\b/i;
const ADMINISTERED = /\b(?:administ\w+|injected)\b/i;
const TAKEN = /\b(?:used|use|took|taken|take|needed|need|required|require|doses?)\b/i;
/** Asked of what has happened; "does he use", "what is he given" ask for the list of drugs. */
const HAPPENED =
  /^\W*(?:(?:and|so|but|has|have|had|did|was|were|when|how (?:often|many)|ever|last)\b)|\b(?:ever|last|times)\b|\b(?:given|used|administered|needed)\s*\??\s*$/i;
const PRESENT = /^\W*(?:(?:and|so|but) )?(?:does|do|is|are|what|which|list|show)\b/i;
const ORDERED = /\b(?:prescri\w+|order(?:ed|s)?|start\w*|stopp?\w*|begin|begun|began|refill\w*|supposed|used to|put on|handed)\b/i;

const ASPECTS: ReadonlySet<Question['aspect']> = new Set([
  'latest',
  'first',
  'list',
  'count',
  'exists',
  'ever',
  'date',
  'onset',
  'status',
  'describe',
  'duration',
]);

const HOW_OFTEN = /^\W*how (?:often|many times) (?:was|were|has|have|had|did)\b/i;

function useAsked({ text, aspect, time }: Question): DrugUse | undefined {
  if (!(ASPECTS.has(aspect) || HOW_OFTEN.test(text)) || PRESENT.test(text) || ORDERED.test(text) || !HAPPENED.test(text)) return undefined;
  if (!GIVEN.test(text) && !TAKEN.test(text)) return undefined;
  const moment = time?.from !== undefined && time.from.slice(0, 10) === time.to?.slice(0, 10);
  return {
    act: GIVEN.test(text) ? 'given' : 'taken',
    ...(ADMINISTERED.test(text) ? { administered: true } : {}),
    ...(moment ? { moment } : {}),
  };
}

const isOfDrugs = ({ question, kinds, chart }: Scope): boolean =>
  kinds.length === 1 &&
  kinds[0] === 'medication' &&
  question.concepts.length > 0 &&
  question.concepts.every((id) => /^drug/.test(chart.terminology.get(id)?.kind ?? ''));

/** How many sentences of notes are read out. */
const QUOTED = 4;

function orderedNote({ question, chart }: Scope, ordered: readonly Fact[]): Note {
  const asNeeded = ordered.every(isAsNeeded) ? ' as needed' : '';
  const use = isSpokenOf(question.concepts, chart) ? 'the order tells no use of it' : 'no use of it is recorded';
  return { kind: 'qualifier', text: `${question.name} is on record as ordered${asNeeded}; ${use}`, facts: ordered };
}

/** Orders that tell no use leave the answer to what was administered and to what notes tell. */
export function askedUse(scope: Scope): Found | undefined {
  const { question, chart, window, facts } = scope;
  if (question.threshold || question.compare || question.person || question.field || !isOfDrugs(scope)) return undefined;
  const use = useAsked(question);
  if (!use) return undefined;
  const told = facts.filter((fact) => tellsUse(fact, use));
  const ordered = facts.filter((fact) => !told.includes(fact));
  if (ordered.length === 0) return undefined;
  const quoted = usesToldOf(question.concepts, chart).filter(({ fact }) => place(fact, window, false, chart.asOf) !== 'out');
  const polarity = question.polar ? { polarity: told.length > 0 ? ('yes' as const) : ('unknown' as const) } : {};
  if (told.length === 0 && quoted.length === 0)
    return {
      outcome: 'not-recorded',
      facts: [],
      instead: newestOf(ordered, 1),
      ...polarity,
      notes: [orderedNote(scope, ordered)],
    };
  const shown = chosen(question, told, quoted);
  return {
    outcome: 'found',
    question: { ...question, aspect: question.polar ? 'ever' : 'list' },
    facts: shown.told,
    considered: facts,
    quoted: shown.quoted,
    ...polarity,
    notes: [{ kind: 'limited', text: `orders of ${question.name} that do not tell a use of it are left out`, facts: [] }],
  };
}

const dayOf = (fact: Fact): string => fact.date?.slice(0, 10) ?? '';

/** Of the last and the first use only that one, whether an entry or a note tells it. */
function chosen({ aspect }: Question, told: readonly Fact[], quoted: readonly UseTold[]) {
  if (aspect !== 'latest' && aspect !== 'first') return { told, quoted: quoted.slice(0, QUOTED) };
  const days = [...told, ...quoted.map(({ fact }) => fact)]
    .map(dayOf)
    .filter((day) => day !== '')
    .toSorted();
  const day = aspect === 'latest' ? days.at(-1) : days[0];
  return { told: told.filter((fact) => dayOf(fact) === day), quoted: quoted.filter(({ fact }) => dayOf(fact) === day).slice(0, QUOTED) };
}

const PRESCRIBED = /\bprescri(?:be[ds]?|ption)\b/i;

/** What a patient is only said to take was prescribed by nobody that the record names; what was bought was not. */
export function askedPrescribed(scope: Scope): Found | undefined {
  const { question, facts } = scope;
  if (!question.polar || question.reasons || facts.length === 0 || !PRESCRIBED.test(question.text) || !isOfDrugs(scope)) return undefined;
  if (!facts.every(isReported)) return undefined;
  const free = facts.every(isBoughtFreely);
  const text = `on record as reported${free ? ', taken without a prescription' : '; that it was prescribed is not recorded'}`;
  return { outcome: 'found', facts, polarity: free ? 'no' : 'unknown', notes: [{ kind: 'qualifier', text, facts }] };
}
