import { formatDate } from '../../language/dates.ts';
import { factLine } from '../../records/chart/evidence.ts';
import { clip } from '../../records/chart/lines.ts';
import type { Fact } from '../../records/contract.ts';
import { be, capital, flagNote, on, valueText } from './phrases.ts';

/** Details that a sentence may leave to the evidence below the answer: they repeat what it says, or are administrative. */
const LEFT_OUT = new Set(['written', 'source', 'age', 'rounded', 'payer', 'class', 'time', 'description', 'category']);

const onlyKnown = (fact: Fact, said: readonly string[]): boolean =>
  Object.keys(fact.details ?? {}).every((key) => said.includes(key) || LEFT_OUT.has(key));

const listed = (parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(', ');

const bracketed = (parts: readonly (string | undefined)[]): string => {
  const text = parts.filter(Boolean).join('; ');
  return text === '' ? '' : ` (${text})`;
};

const reason = (fact: Fact): string => (fact.reasons.length > 0 ? ` for ${fact.reasons.map(({ text }) => text).join(', ')}` : '');

const noted = (fact: Fact): string | undefined => (fact.details?.note ? `note: ${clip(fact.details.note).replace(/\.$/, '')}` : undefined);

/** "since 12-Mar-2020", "since Jun-2009". */
const since = (date: string | undefined): string | undefined => (date ? `since ${formatDate(date)}` : undefined);

function measured(fact: Fact): string | undefined {
  if (fact.value?.type !== 'quantity' || fact.status === 'unconfirmed' || fact.status === 'cancelled' || fact.site) return undefined;
  return onlyKnown(fact, [])
    ? `${capital(fact.name)} ${be(fact.name) === 'are' ? 'were' : 'was'} ${valueText(fact)}${on(fact.date)}${flagNote(fact)}.`
    : undefined;
}

const amounts = (text: string): ReadonlySet<string> => new Set(text.match(/\d+(?:[.,]\d+)?/g) ?? []);
const CONDITION =
  /\b(?:until|then|if|unless|when|while|max(?:imum)?|not (?:more|exceed)|no more|every other|alternat\w*|except|before|after|increase|decrease|reduce|taper\w*|week(?:end|day)s?|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|every|hours?|hourly|q\d+h)\b/gi;

/** The order's own words state a number, step or condition of the dose that its structure leaves out. */
function saysMore(written: string | undefined, structured: string): boolean {
  if (!written) return false;
  const known = structured.toLowerCase();
  return (
    [...amounts(written)].some((amount) => !amounts(structured).has(amount)) ||
    [...new Set(written.toLowerCase().match(CONDITION) ?? [])].some((word) => !known.includes(word))
  );
}

/** As a medication list is written: what, how much, what for; then the state of the order. */
function medication(fact: Fact): string | undefined {
  const { details } = fact;
  const source = details?.source ?? 'ordered';
  if (fact.negated || (source !== 'ordered' && source !== 'reported')) return undefined;
  if (!['active', 'stopped', 'completed', 'on-hold'].includes(fact.status)) return undefined;
  if (!onlyKnown(fact, ['note', 'instructions', 'lapsed', 'start'])) return undefined;
  const dose = fact.dosage?.text ?? details?.written;
  const parts = [
    `${capital(fact.name)}${dose ? `: ${dose}` : ''}${reason(fact)}`,
    listed([
      `${fact.status}${fact.statusReason ? ` because of ${fact.statusReason}` : ''}`,
      fact.date && `${source === 'reported' ? 'reported since' : 'ordered'} ${formatDate(fact.date)}`,
      details?.start && `to start ${details.start}`,
      fact.end && `${fact.status === 'active' ? 'until' : 'ended'} ${formatDate(fact.end)}`,
    ]),
    dose ? undefined : 'dose not recorded',
    fact.dosage?.text && saysMore(details?.written, fact.dosage.text) ? `as written: ${details!.written!.replace(/\.$/, '')}` : undefined,
    details?.lapsed,
    details?.age,
    details?.instructions && `instructions: ${details.instructions.replace(/\.$/, '')}`,
    noted(fact),
  ];
  return `${parts.filter(Boolean).join('; ')}.`;
}

function problem(fact: Fact): string | undefined {
  if (fact.negated || !onlyKnown(fact, ['note', 'stage', 'onset', 'abatement'])) return undefined;
  const { details } = fact;
  const name = capital(fact.name);
  const more = bracketed([
    fact.severity,
    fact.site && !fact.name.toLowerCase().includes(fact.site.toLowerCase()) ? `site: ${fact.site}` : undefined,
    details?.stage && `stage ${details.stage}`,
    noted(fact),
  ]);
  const onset = fact.date ? formatDate(fact.date) : details?.onset;
  if (fact.status === 'active') {
    const known = fact.date
      ? ` ${since(fact.date)}`
      : onset
        ? `, onset ${onset}`
        : fact.recorded
          ? `, recorded ${formatDate(fact.recorded)}`
          : '';
    return `${name} is active${known}${more}.`;
  }
  if (fact.status !== 'resolved' && fact.status !== 'inactive') return undefined;
  const end = fact.end ? formatDate(fact.end) : details?.abatement;
  const period = onset && end ? `, from ${onset} to ${end}` : onset ? `, onset ${onset}` : end ? `, until ${end}` : '';
  return `${name} is ${fact.status}${period}${more}.`;
}

function allergy(fact: Fact): string | undefined {
  if (fact.status !== 'active' || fact.negated || fact.details?.absence || !onlyKnown(fact, ['note', 'reactionDescription', 'onset']))
    return undefined;
  const dated = fact.date
    ? `${fact.recorded ? 'since' : 'recorded'} ${formatDate(fact.date)}`
    : fact.details?.onset && `onset ${fact.details.onset}`;
  const body = listed([
    fact.reactions && `reaction ${fact.reactions.join(', ')}`,
    fact.criticality && `${fact.criticality.replace('unable-to-assess', 'unassessed')} criticality`,
    dated,
  ]);
  const kind = fact.allergyType === 'intolerance' ? 'Intolerance of' : 'Allergy to';
  return `${kind} ${fact.name} is active${body ? `: ${body}` : ''}${bracketed([fact.details?.reactionDescription?.replace(/\.$/, ''), noted(fact)])}.`;
}

function immunization(fact: Fact): string | undefined {
  if (fact.status !== 'completed' || fact.negated || !fact.date || !onlyKnown(fact, ['doseNumber', 'note'])) return undefined;
  const name = /vaccine/i.test(fact.name) ? capital(fact.name) : `${capital(fact.name)} vaccine`;
  return `${name} was given${on(fact.date)}${bracketed([fact.details?.doseNumber && `dose ${fact.details.doseNumber}`, noted(fact)])}.`;
}

function procedure(fact: Fact): string | undefined {
  if (fact.status !== 'completed' || fact.negated || !fact.date || !onlyKnown(fact, ['note', 'outcome', 'followUp'])) return undefined;
  const site = fact.site && !fact.name.toLowerCase().includes(fact.site.toLowerCase()) ? `site: ${fact.site}` : undefined;
  return `${capital(fact.name)} was done${on(fact.date)}${reason(fact)}${bracketed([site, fact.details?.outcome && `outcome: ${fact.details.outcome}`, fact.details?.followUp && `follow-up: ${fact.details.followUp}`, noted(fact)])}.`;
}

function visit(fact: Fact): string | undefined {
  // Home is where a visit ends; any other discharge is said.
  if (fact.status !== 'completed' || !fact.date || (fact.details?.discharge && !/\bhome\b/i.test(fact.details.discharge))) return undefined;
  const over = fact.end && fact.end.slice(0, 10) !== fact.date.slice(0, 10);
  const when = over ? ` from ${formatDate(fact.date)} to ${formatDate(fact.end!)}` : on(fact.date);
  const who = fact.people?.length ? `, with ${fact.people.join(', ')}` : '';
  const where = fact.organization ? `, at ${fact.organization}` : '';
  return `${capital(fact.name)}${when}${reason(fact)}${who}${where}.`;
}

const SENTENCE: Partial<Record<Fact['kind'], (fact: Fact) => string | undefined>> = {
  result: measured,
  vital: measured,
  survey: measured,
  social: measured,
  medication,
  problem,
  allergy,
  immunization,
  procedure,
  visit,
};

/** What a fact says, as a person would say it; where no sentence holds all that matters of it, the record's own line. */
export const factSentence = (fact: Fact): string => SENTENCE[fact.kind]?.(fact) ?? factLine(fact);
