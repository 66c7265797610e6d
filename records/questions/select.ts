import { compareFhirDates, dateSpan, dayNumber, placeInRange } from '../../language/dates.ts';
import type { Chart, Fact, FactKind } from '../contract.ts';
import type { Note, Question, VisitClass } from './contract.ts';
import { KINDS_OF, LASTING } from './sections.ts';
import { fold, stem } from './wording.ts';

/** Did not come about, or is said not to be so: kept apart from what answers. */
export function isVoid(fact: Fact): boolean {
  return fact.negated || fact.status === 'refuted' || fact.status === 'cancelled' || fact.status === 'missed';
}
/** Still to come: planned, or an appointment that waits to be confirmed. */
export const isPlanned = (fact: Fact): boolean =>
  fact.status === 'planned' || (fact.kind === 'appointment' && fact.status === 'unconfirmed');

/** In force as of the chart's time: "takes", "has". What the record leaves open counts unless it has an end. */
export function isActive(fact: Fact, asOf: string): boolean {
  if (isVoid(fact) || isPlanned(fact)) return false;
  const ended = fact.end !== undefined && placeInRange(fact.end, undefined, asOf.slice(0, 10)) === 'in';
  if (fact.status === 'active') return !(fact.kind === 'visit' && ended);
  if (fact.status === 'unknown' || fact.status === 'unconfirmed') return !ended && LASTING.has(fact.kind);
  return false;
}

/** Was so and is not any more. */
export function isPast(fact: Fact, asOf: string): boolean {
  return !isVoid(fact) && !isPlanned(fact) && fact.status !== 'unconfirmed' && !isActive(fact, asOf);
}

const CLASS_WORDS: Readonly<Record<VisitClass, RegExp>> = {
  inpatient: /inpatient|hospital admission|hospitali[sz]ation|admission to|inpatient stay/i,
  emergency: /emergency|\bER\b|\bED\b|casualty/i,
  ambulatory: /ambulatory|outpatient|office|clinic/i,
  virtual: /virtual|tele|video|phone/i,
  home: /home|domiciliary/i,
  'urgent-care': /urgent care|urgent/i,
  wellness: /check-?\s?up|wellness|well (?:child|visit|woman|man)|annual|physical|preventive|general examination|screening/i,
};

export function isOfClass(fact: Fact, wanted: VisitClass): boolean {
  const recorded = fact.details?.class ?? '';
  if (wanted === 'inpatient')
    return /inpatient|observation|short stay/i.test(recorded) || (!recorded && CLASS_WORDS.inpatient.test(fact.name));
  if (wanted === 'emergency')
    return /emergency/i.test(recorded) || (!/inpatient/i.test(recorded) && CLASS_WORDS.emergency.test(fact.names.join(' ')));
  if (wanted === 'ambulatory') return /ambulatory/i.test(recorded) || (!recorded && CLASS_WORDS.ambulatory.test(fact.name));
  return CLASS_WORDS[wanted].test(`${recorded} ${fact.name} ${fact.names.join(' ')} ${Object.values(fact.details ?? {}).join(' ')}`);
}

/** A stay that is recorded to have ended on the day it began had no night in it. */
export const isOverNight = ({ date, end }: Fact): boolean =>
  date === undefined || end === undefined || date.slice(0, 10) !== end.slice(0, 10);

/** Newest first; undated entries last; one order for equal dates. */
export function newestFirst(a: Fact, b: Fact): number {
  if (!a.date || !b.date) return a.date ? -1 : b.date ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  return compareFhirDates(b.date, a.date) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Words of the same meaning in names of visits and in what is asked. */
const SAME: Readonly<Record<string, string>> = {
  prenatal: 'antenatal',
  antenatal: 'prenatal',
  postnatal: 'postpartum',
  postpartum: 'postnatal',
  pediatric: 'paediatric',
  paediatric: 'pediatric',
};

/** Every word stands in one of the names that the record uses, or in its site or reasons. */
export function hasWords(fact: Fact, words: readonly string[]): boolean {
  const text = [fact.name, ...fact.names, fact.site ?? '', fact.allergyType ?? '', ...Object.values(fact.details ?? {})]
    .join(' ')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  const known = new Set(
    text
      .replace(/\bwith all children optional\b/g, ' ')
      .split(/[^\p{L}\p{N}]+/u)
      .flatMap((word) => [word, fold(word), stem(word), ...(SAME[word] ? [SAME[word]] : [])]),
  );
  return words.every((word) =>
    word.split(/[^\p{L}\p{N}]+/u).every((part) => part === '' || known.has(part) || known.has(fold(part)) || known.has(stem(part))),
  );
}

export interface Wanted {
  readonly kinds: readonly FactKind[];
  readonly concepts: readonly string[];
  readonly words?: readonly string[] | undefined;
}

/** Kinds of fact that the concepts can be, where the question names none. */
export function kindsFor(concepts: readonly string[], chart: Chart): readonly FactKind[] {
  const kinds = concepts.flatMap((id) => {
    const kind = chart.terminology.get(id)?.kind;
    return kind && kind !== 'section' ? KINDS_OF[kind] : [];
  });
  return [...new Set(kinds)];
}

/** Family of operations in the tables. */
export const SURGICAL = 'procedure/surgical-procedure';
const SURGERY_WORDS =
  /(?:ectomy|[a-z]otomy|ostomy|plasty|pexy|rrhaphy|desis|surg\w*|operation|operative|transplant\w*|graft\w*|resection|excision|amputation|bypass|laparoscop\w*|(?:hip|knee|joint|valve) replacement|internal fixation|cesarean|caesarean)\b/i;

/** An operation that no table knows, by its name. */
const isSurgicalByName = (fact: Fact): boolean =>
  fact.kind === 'procedure' &&
  fact.concepts.every((id) => id.startsWith('code/') || id.startsWith('text/')) &&
  SURGERY_WORDS.test(fact.name);

/** Class of what is inhaled. The tables know drugs, not their forms: a steroid or bronchodilator is an inhaler by its product's name. */
const INHALED = 'class/inhaler-drug';
const INHALED_WORDS = /\b(?:inhal\w*|nebuli\w*|metered dose|dry powder)\b/i;
const isInhaledByName = (fact: Fact): boolean => fact.kind === 'medication' && fact.names.some((name) => INHALED_WORDS.test(name));

export const IMAGING = 'procedure/imaging-procedure';
const isImaging = (fact: Fact): boolean => fact.kind === 'imaging' || /radiolog|imaging/i.test(fact.details?.category ?? '');

const isSection = (id: string): boolean => id.startsWith('section/');

/** Whether a fact is of one of the concepts (or below it). */
export function isOf(fact: Fact, concepts: readonly string[], chart: Chart): boolean {
  return fact.concepts.some((own) => concepts.some((concept) => chart.terminology.isA(own, concept)));
}

/** Whether a drug is of one of the classes: by the tables, or inhaled by its product's name. */
export const isOfDrugClass = (fact: Fact, classes: readonly string[], chart: Chart): boolean =>
  isOf(fact, classes, chart) || (classes.includes(INHALED) && isInhaledByName(fact));

/** An allergy to penicillin is one to amoxicillin: what it names most narrowly is a class of the substance asked for. */
function coversAllergen({ kind, concepts, name }: Fact, asked: readonly string[], { terminology }: Chart): boolean {
  if (kind !== 'allergy') return false;
  const known = concepts.filter((id) => !/^(?:code|text)\//.test(id));
  const classes = known.filter(
    (own) => terminology.get(own)?.kind === 'drug-class' && !known.some((other) => other !== own && terminology.isA(other, own)),
  );
  if (classes.some((own) => asked.some((id) => terminology.isA(id, own)))) return true;
  // "Statins (simvastatin, rosuvastatin)": the class that it is called by, whatever its members it lists.
  const [lead, more] = name.split(/\s*[(:]\s*/);
  return (
    more !== undefined &&
    terminology
      .mentions(lead!)
      .flatMap((mention) => (mention.start === 0 ? mention.concepts : []))
      .some((own) => terminology.get(own)?.kind === 'drug-class' && asked.some((id) => terminology.isA(id, own)))
  );
}

/** All facts of the kinds, concepts and words, whatever their state and time. A whole stands for its parts where both match. */
export function matching(wanted: Wanted, chart: Chart): readonly Fact[] {
  const concepts = wanted.concepts.filter((id) => !isSection(id) || wanted.kinds.length === 0);
  const kinds = new Set(wanted.kinds.length > 0 ? wanted.kinds : kindsFor(concepts, chart));
  const surgical = concepts.includes(SURGICAL);
  const imaging = concepts.includes(IMAGING);
  const inhaled = concepts.includes(INHALED);
  const found = chart.facts.filter(
    (fact) =>
      (kinds.size === 0 || kinds.has(fact.kind)) &&
      (concepts.length === 0 ||
        isOf(fact, concepts, chart) ||
        coversAllergen(fact, concepts, chart) ||
        (surgical && isSurgicalByName(fact)) ||
        (imaging && isImaging(fact)) ||
        (inhaled && isInhaledByName(fact))) &&
      (!wanted.words?.length || hasWords(fact, wanted.words)),
  );
  const whole = new Set(found.filter((fact) => fact.part === undefined).map((fact) => fact.id));
  return found.filter((fact) => fact.part === undefined || !whole.has(fact.id));
}

export interface Window {
  readonly from?: string;
  readonly to?: string;
  /** Evidence id of the visit that the time means. */
  readonly visit?: string;
  readonly anchor?: readonly Fact[];
  /** The event that the time refers to is not in the record, or has no date. */
  readonly missing?: string;
  readonly notes: readonly Note[];
}

export const day = (date: string): string => dateSpan(date)?.from ?? date.slice(0, 10);
export const lastDay = (date: string): string => dateSpan(date)?.to ?? date.slice(0, 10);

/** A flare or an attack that has no entry of its own: the visits because of it. */
export function visitsFor({ kinds, concepts, words }: Wanted, chart: Chart): readonly Fact[] {
  const illness = concepts.length > 0 ? kinds.includes('problem') : kinds.length === 0 && words?.some((word) => word.length >= 5);
  if (!illness) return [];
  const wanted = { kinds: [...kinds], concepts: [...concepts], ...(words ? { words: [...words] } : {}), name: '' };
  return chart.facts.filter((fact) => fact.kind === 'visit' && !isVoid(fact) && hasReason(fact, wanted, chart));
}

/** How a fact lies to a window. `overlap`: what was in force then, rather than what began then. */
export function place(fact: Fact, window: Window, overlap: boolean, asOf: string): 'in' | 'out' | 'maybe' | 'undated' {
  if (!window.from && !window.to && !window.visit) return 'in';
  if (window.visit && fact.visit === window.visit) return 'in';
  // A stay may be recorded as several encounters; visits of one day are visits of their own.
  if (window.visit && fact.visit && (!window.to || !window.from || window.from >= window.to)) return 'out';
  if (window.visit && fact.id === window.visit) return 'in';
  if (!fact.date) return 'undated';
  if (!overlap) return placeInRange(fact.date, window.from, window.to);
  const open = !fact.end && isActive(fact, asOf);
  const began = placeInRange(fact.date, undefined, window.to);
  if (began === 'out') return 'out';
  if (open) return began;
  const over = placeInRange(fact.end ?? fact.date, window.from, undefined);
  return over === 'out' ? 'out' : began === 'in' && over === 'in' ? 'in' : 'maybe';
}

/** Names of a problem that are long enough to be it wherever they stand: "fluid retention in heart failure". */
function namesIn(id: string, { terminology }: Chart): readonly string[] {
  const concept = terminology.get(id);
  if (concept?.kind !== 'condition') return [];
  return [concept.name, ...concept.synonyms].map((name) => name.toLowerCase()).filter((name) => name.length > 8 && name.includes(' '));
}

/** Without them a name of a kind of visit is the problem that it is about. */
const VISIT_WORDS = /\b(?:clinic|visit|review|follow[- ]?up|appointment|consultation|check(?:[- ]?up)?)\b/gi;

const inNames = new WeakMap<Chart, Map<string, readonly string[]>>();

/** The name of a visit names the problem. */
function namesProblem(fact: Fact, wanted: readonly string[], chart: Chart): boolean {
  const known = inNames.get(chart) ?? new Map<string, readonly string[]>();
  inNames.set(chart, known);
  const written = wanted.flatMap((id) => namesIn(id, chart));
  return fact.names.some((name) => {
    if (written.some((problem) => name.toLowerCase().includes(problem))) return true;
    const held = known.get(name) ?? chart.terminology.mentions(name.replace(VISIT_WORDS, ';')).flatMap(({ concepts }) => concepts);
    known.set(name, held);
    return held.some((own) => chart.terminology.get(own)?.kind === 'condition' && wanted.some((id) => chart.terminology.isA(own, id)));
  });
}

/** About something: a drug ordered for it, a visit because of it, or an entry that names it. */
export function hasReason(fact: Fact, wanted: NonNullable<Question['reasons']>, chart: Chart): boolean {
  const { isA } = chart.terminology;
  if (wanted.concepts.length > 0 && isOf(fact, wanted.concepts, chart)) return true;
  if (wanted.words?.length && hasWords(fact, wanted.words)) return true;
  // "Heart failure clinic with echocardiogram": booked visits seldom give a reason; their names do.
  if ((fact.kind === 'appointment' || fact.kind === 'visit') && wanted.concepts.length > 0 && namesProblem(fact, wanted.concepts, chart))
    return true;
  const names = wanted.concepts.flatMap((id) => namesIn(id, chart));
  return fact.reasons.some(
    (reason) =>
      names.some(
        (name) =>
          reason.text.toLowerCase().includes(name) && !/\b(?:no|not|without|rule out|family|risk of|prevent\w*)\b/i.test(reason.text),
      ) ||
      (wanted.concepts.length > 0 && reason.concepts.some((own) => wanted.concepts.some((concept) => isA(own, concept)))) ||
      (wanted.words?.length ? wanted.words.every((word) => reason.text.toLowerCase().includes(word.toLowerCase())) : false),
  );
}

/** The facts of the newest moment. Several entries of one moment all count. */
export function newestOf(facts: readonly Fact[], many = 1, skip = 0): readonly Fact[] {
  const moments: Fact[][] = [];
  for (const fact of facts) {
    const open = moments.at(-1);
    const before = open?.[0];
    if (before?.date && fact.date && compareFhirDates(before.date, fact.date) === 0) open!.push(fact);
    else moments.push([fact]);
  }
  return moments.slice(skip, skip + many).flat();
}

/** Entries nearest in time to a window: the newest before it and the oldest after it, whichever is closer. */
export function nearest(facts: readonly Fact[], window: Window): readonly Fact[] {
  const dated = facts.filter((fact) => fact.date !== undefined);
  const distance = (fact: Fact): number => {
    const span = dateSpan(fact.date!);
    if (!span) return Number.POSITIVE_INFINITY;
    if (window.to && span.from > window.to) return dayNumber(span.from) - dayNumber(window.to);
    if (window.from && span.to < window.from) return dayNumber(window.from) - dayNumber(span.to);
    return 0;
  };
  const least = Math.min(...dated.map(distance));
  return dated.filter((fact) => distance(fact) === least).slice(0, 3);
}
