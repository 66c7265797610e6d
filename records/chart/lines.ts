import { formatDate, onDate } from '../../language/dates.ts';
import type { Fact, FactKind } from '../contract.ts';
import { upperFirst } from './names.ts';
import { quantityText } from './values.ts';

const FLAG_WORD: Readonly<Record<NonNullable<Fact['flag']>, string>> = {
  LL: 'critically low',
  L: 'low',
  N: 'normal',
  H: 'high',
  HH: 'critically high',
  A: 'abnormal',
};

/** "6.5 %", "128/82 mmHg", "never smoker"; undefined where nothing was measured. */
export function valueText(fact: Fact): string | undefined {
  if (!fact.value) return undefined;
  return fact.value.type === 'quantity' ? quantityText(fact.value) : fact.value.text;
}

export const flagText = (fact: Fact): string | undefined => (fact.flag ? FLAG_WORD[fact.flag] : undefined);

/** How long a quoted note may be in a line, in characters. */
const NOTE_LIMIT = 400;
/** How long a narrative value may be. */
const VALUE_LIMIT = 900;
export const clip = (whole: string, limit: number = NOTE_LIMIT): string => {
  const text = whole.replace(/(?:\s|\\n)+/g, ' ').trim();
  if (text.length <= limit) return text;
  // Not between the halves of one character.
  const cut = text.slice(0, limit).replace(/\p{Surrogate}/gu, '');
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), limit - 40))} … (${text.length} characters in all)`;
};

const join = (parts: readonly (string | undefined)[], separator = '; ') =>
  parts.filter((part) => part !== undefined && part !== '').join(separator);

const on = ({ date }: Fact): string => onDate(date);

function reasons(fact: Fact): string | undefined {
  return fact.reasons.length > 0 ? `for ${fact.reasons.map((reason) => reason.text).join(', ')}` : undefined;
}

const people = (fact: Fact, word: string) => (fact.people && fact.people.length > 0 ? `${word} ${fact.people.join(', ')}` : undefined);

/** Site, unless the name already says it. */
function site(fact: Fact): string | undefined {
  if (!fact.site) return undefined;
  return fact.name.toLowerCase().includes(fact.site.toLowerCase()) ? undefined : `site: ${fact.site}`;
}

const labelled = (fact: Fact, key: string, label: string) => (fact.details?.[key] ? `${label}: ${clip(fact.details[key]!)}` : undefined);

function measurement(fact: Fact): string {
  const own = valueText(fact);
  const value = own === undefined ? undefined : fact.value!.type === 'quantity' ? own : clip(own, VALUE_LIMIT);
  const name = upperFirst(fact.name);
  const range = fact.referenceRange ? `reference range ${fact.referenceRange.text}` : undefined;
  const flag = flagText(fact);
  const notes = join([
    range,
    flag && fact.flagSource === 'reference-range' && flag !== 'normal' ? `${flag} by that range` : flag,
    fact.details?.interpretation,
    fact.details?.rangeReading,
    fact.details?.unitConflict,
    fact.status === 'unconfirmed' ? (fact.recordedStatus ?? 'preliminary') : fact.status === 'cancelled' ? 'cancelled' : undefined,
    site(fact),
    labelled(fact, 'method', 'method'),
    labelled(fact, 'specimen', 'specimen'),
    labelled(fact, 'findings', 'findings'),
    labelled(fact, 'note', 'note'),
  ]);
  const tail = notes === '' ? '' : ` (${notes})`;
  if (value === undefined) {
    const why = fact.statusReason ?? (fact.details?.members ? `panel of ${fact.details.members}` : 'no value recorded');
    return `${name}${on(fact)}: ${why}${tail}`;
  }
  return fact.value!.type === 'quantity' || /^\d/.test(value)
    ? `${name} ${value}${on(fact)}${tail}`
    : `${name}: ${value}${on(fact)}${tail}`;
}

const ORDER_WORD: Readonly<Record<string, string>> = {
  ordered: 'ordered',
  reported: 'reported since',
  given: 'given',
  dispensed: 'dispensed',
};

/** A drug not taken or not given is so as of its date. */
const NOT_DONE_WORD: Readonly<Record<string, string>> = { reported: 'reported', given: 'on', dispensed: 'on' };

/** No dosage at all, in structure or in words; or only "as needed". */
const doseMissing = (fact: Fact): boolean =>
  !fact.negated &&
  fact.details?.contradiction === undefined &&
  fact.details?.instructions === undefined &&
  fact.details?.written === undefined &&
  (fact.dosage === undefined || (fact.dosage.value === undefined && /^as needed$/i.test(fact.dosage.text)));

function medication(fact: Fact): string {
  const source = fact.details?.source ?? 'ordered';
  const state = fact.negated
    ? (fact.details?.doNotPerform ?? 'not given')
    : fact.details?.intent
      ? `${fact.status} (${fact.details.intent})`
      : fact.status === 'inactive' && /^on-hold$|^suspended$/.test(fact.recordedStatus ?? '')
        ? 'inactive (on hold)'
        : fact.status;
  const event = source === 'given' || source === 'dispensed';
  const by = source === 'ordered' ? people(fact, 'by') : source === 'reported' ? people(fact, 'as told by') : people(fact, 'by');
  return `${upperFirst(fact.name)}: ${join([
    event && fact.status === 'completed' ? undefined : state,
    fact.dosage?.text,
    doseMissing(fact) ? 'dose not recorded' : undefined,
    fact.details?.ingredients ? `contains ${fact.details.ingredients}` : undefined,
    fact.date
      ? join([`${fact.negated ? (NOT_DONE_WORD[source] ?? ORDER_WORD[source]) : ORDER_WORD[source]} ${formatDate(fact.date)}`, by], ' ')
      : by && `ordered ${by}`,
    fact.details?.start ? `to start ${fact.details.start}` : undefined,
    fact.end ? `${fact.status === 'active' ? 'until' : 'ended'} ${formatDate(fact.end)}` : undefined,
    fact.details?.lapsed,
    fact.details?.contradiction,
    reasons(fact),
    fact.statusReason ? `because of ${fact.statusReason}` : undefined,
    fact.details?.age,
    labelled(fact, 'instructions', 'instructions'),
    labelled(fact, 'written', 'as written'),
    labelled(fact, 'note', 'note'),
  ])}`;
}

/** "provisional", "differential": how sure it is, where the status does not say it by the same word. */
const verificationText = ({ status, details }: Fact): string | undefined =>
  status === 'unconfirmed' && details?.verification !== 'unconfirmed' ? details?.verification : undefined;

function problem(fact: Fact): string {
  const onset = fact.date ? `since ${formatDate(fact.date)}` : fact.details?.onset ? `onset ${fact.details.onset}` : undefined;
  const past = fact.status === 'resolved' || fact.status === 'inactive';
  return `${upperFirst(fact.name)}: ${join([
    fact.status === 'refuted' ? 'refuted, recorded as not present' : fact.status === 'unknown' ? 'status not stated' : fact.status,
    verificationText(fact),
    fact.details?.clinical,
    fact.severity,
    site(fact),
    labelled(fact, 'stage', 'stage'),
    // "Inactive, from 2019" would read as the day on which it ended.
    past && onset ? onset.replace('since', fact.end ? 'from' : 'onset') : onset,
    fact.end ? `${past ? 'until' : 'end'} ${formatDate(fact.end)}` : labelled(fact, 'abatement', 'ended'),
    fact.date === undefined && fact.recorded ? `recorded ${formatDate(fact.recorded)}` : undefined,
    fact.details?.contradiction,
    labelled(fact, 'evidence', 'with'),
    labelled(fact, 'note', 'note'),
  ])}`;
}

function allergy(fact: Fact): string {
  const what = fact.details?.absence
    ? fact.name
    : fact.allergyType === 'intolerance'
      ? `intolerance of ${fact.name}`
      : `allergy to ${fact.name}`;
  return `${upperFirst(what)}: ${join([
    fact.details?.absence ? 'recorded as such' : fact.status === 'refuted' ? 'refuted, recorded as not present' : fact.status,
    verificationText(fact),
    fact.criticality ? `${fact.criticality.replace('unable-to-assess', 'unassessed')} criticality` : undefined,
    fact.reactions ? `reaction: ${fact.reactions.join(', ')}` : undefined,
    labelled(fact, 'reactionDescription', 'described as'),
    fact.date ? `${fact.recorded ? 'since' : 'recorded'} ${formatDate(fact.date)}` : labelled(fact, 'onset', 'onset'),
    fact.details?.lastReaction ? `last reaction ${formatDate(fact.details.lastReaction)}` : undefined,
    labelled(fact, 'note', 'note'),
  ])}`;
}

function immunization(fact: Fact): string {
  const name = `${upperFirst(fact.name)} vaccine`.replace(/vaccine vaccine$/i, 'vaccine').replace(/(vaccine.*) vaccine$/i, '$1');
  const dose = fact.details?.doseNumber ? `dose ${fact.details.doseNumber}` : undefined;
  const more = join([
    dose,
    fact.details?.series,
    site(fact),
    reasons(fact),
    fact.reactions && `reaction: ${fact.reactions.join(', ')}`,
    fact.details?.subpotent,
    fact.details?.source,
    labelled(fact, 'note', 'note'),
  ]);
  if (fact.details?.recommendation)
    return `${name}: ${fact.details.recommendation}${fact.date ? `, due ${formatDate(fact.date)}` : ''}${more ? ` (${more})` : ''}`;
  const at = on(fact) || (fact.details?.occurrence ? ` (${fact.details.occurrence})` : '');
  if (fact.negated) return `${name} not given${at}${fact.statusReason ? `: ${fact.statusReason}` : ''}${more ? ` (${more})` : ''}`;
  return `${name} ${fact.status === 'completed' ? 'given' : fact.status}${at || ', date not recorded'}${more ? ` (${more})` : ''}`;
}

function event(fact: Fact): string {
  const happened = fact.status === 'completed' || fact.status === 'active';
  return `${upperFirst(fact.name)}${on(fact) || (fact.details?.performed ? ` (${fact.details.performed})` : '')}: ${join([
    fact.negated ? 'not done' : happened && fact.status === 'completed' ? 'completed' : fact.status,
    fact.statusReason ? `because of ${fact.statusReason}` : undefined,
    reasons(fact),
    site(fact),
    labelled(fact, 'outcome', 'outcome'),
    labelled(fact, 'complication', 'complication'),
    labelled(fact, 'followUp', 'follow-up'),
    labelled(fact, 'used', 'device'),
    labelled(fact, 'results', 'results'),
    labelled(fact, 'conclusion', 'conclusion'),
    labelled(fact, 'description', 'description'),
    labelled(fact, 'text', 'text'),
    people(fact, 'by'),
    fact.organization ? `at ${fact.organization}` : undefined,
    labelled(fact, 'note', 'note'),
  ])}`;
}

function visit(fact: Fact): string {
  const ended = fact.end && fact.end.slice(0, 10) !== fact.date?.slice(0, 10) ? `until ${formatDate(fact.end)}` : undefined;
  return `${upperFirst(fact.name)}${on(fact)}${fact.details?.class ? ` (${fact.details.class})` : ''}: ${join([
    fact.status,
    ended,
    reasons(fact),
    people(fact, 'with'),
    fact.organization ? `at ${fact.organization}` : undefined,
    fact.details?.location === fact.organization ? undefined : labelled(fact, 'location', 'location'),
    labelled(fact, 'admittedFrom', 'admitted from'),
    labelled(fact, 'discharge', 'discharge'),
  ])}`;
}

/** Everything else: name, status, dates and each detail by its name. */
function general(fact: Fact, labels: Readonly<Record<string, string>> = {}): string {
  const period =
    fact.date && fact.end && fact.end.slice(0, 10) !== fact.date.slice(0, 10)
      ? `${formatDate(fact.date)} to ${formatDate(fact.end)}`
      : fact.date
        ? `${fact.status === 'active' ? 'since ' : ''}${formatDate(fact.date)}`
        : fact.end && `until ${formatDate(fact.end)}`;
  const value = valueText(fact);
  return `${upperFirst(fact.name)}: ${join([
    fact.negated && !(fact.kind === 'appointment' && OFF.has(fact.status))
      ? 'not done'
      : fact.status === 'unknown'
        ? undefined
        : fact.status,
    value,
    period,
    reasons(fact),
    fact.statusReason ? `because of ${fact.statusReason}` : undefined,
    site(fact),
    ...Object.entries(fact.details ?? {})
      .filter(([key]) => !HIDDEN.has(key) && !(key === 'due' && fact.kind === 'goal' && fact.details?.target))
      .map(([key, text]) => `${labels[key] ?? spaced(key)}: ${clip(text)}`),
    fact.details?.members ? undefined : people(fact, 'with'),
    fact.organization ? `at ${fact.organization}` : undefined,
    fact.stale && fact.status === 'active' && fact.date ? `recorded ${fact.date.slice(0, 4)}, still listed as active` : undefined,
  ])}`;
}

/** What became of an appointment says itself. */
const OFF: ReadonlySet<Fact['status']> = new Set(['missed', 'cancelled']);
const HIDDEN = new Set(['rounded', 'payer']);
const spaced = (key: string) => key.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

function patient(fact: Fact): string {
  if (fact.details?.relationship) return general(fact);
  const d = fact.details ?? {};
  return `${fact.name}: ${join([
    d.birthDate ? `born ${d.birthDate}` : undefined,
    d.deceased ? `died ${d.deceased}` : undefined,
    d.age ? (d.deceased ? `at age ${d.age}` : `age ${d.age}`) : undefined,
    d.gender,
    ...Object.entries(d)
      .filter(([key]) => !['birthDate', 'deceased', 'age', 'gender'].includes(key))
      .map(([key, text]) => `${spaced(key)}: ${text}`),
  ])}`;
}

/** "Family history: breast cancer in mother; onset at age 48". */
function family(fact: Fact): string {
  return `Family history: ${join([
    fact.details?.conditions ? `${fact.details.relationship}: ${fact.details.conditions}` : fact.name,
    fact.negated ? 'recorded as negative' : undefined,
    labelled(fact, 'onset', 'onset'),
    labelled(fact, 'deceased', 'deceased'),
    fact.details?.death,
    labelled(fact, 'outcome', 'outcome'),
    fact.date ? `recorded ${formatDate(fact.date)}` : undefined,
    labelled(fact, 'note', 'note'),
  ])}`;
}

const LINE: Readonly<Record<FactKind, (fact: Fact) => string>> = {
  patient,
  problem,
  medication,
  allergy,
  result: measurement,
  vital: measurement,
  survey: measurement,
  social: measurement,
  genotype: measurement,
  immunization,
  procedure: event,
  visit,
  appointment: general,
  report: event,
  imaging: event,
  device: general,
  document: event,
  order: general,
  'care-team': general,
  coverage: (fact) => general({ ...fact, name: `Coverage by ${fact.name}` }),
  'care-plan': general,
  goal: general,
  'family-history': family,
};

/** One line that states everything a fact says: "Hemoglobin A1c 6.5 % on 12-Mar-2020 (reference range 4.0-5.6 %; high)". */
export const factLine = (fact: Fact): string =>
  fact.details?.absence && fact.kind !== 'allergy' ? recordedAbsence(fact) : LINE[fact.kind](fact);

/** "No known medications". */
const recordedAbsence = (fact: Fact): string => `No known ${fact.name}`;

/** Short: "Hemoglobin A1c, 12-Mar-2020". */
export function factLabel(fact: Fact): string {
  const name = fact.details?.absence
    ? fact.kind === 'allergy'
      ? fact.name
      : recordedAbsence(fact)
    : fact.kind === 'allergy'
      ? `allergy to ${fact.name}`
      : fact.name;
  const at = fact.kind === 'patient' ? undefined : (fact.date ?? fact.recorded);
  return at ? `${upperFirst(name)}, ${formatDate(at)}` : upperFirst(name);
}
