import { compareFhirDates, daysBetween, formatDate, timeExpressions } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import { DAY, isActive } from './concern.ts';
import { instantOf } from './fhir.ts';
import { upperFirst } from './names.ts';

/** Something that the record itself dates, and whose date has passed. No guideline's schedule is consulted. */
export interface Overdue {
  readonly fact: Fact;
  /** FHIR date. */
  readonly due: string;
  /** What is due, where it is not the entry itself. */
  readonly of?: readonly string[];
  /** A sentence that says what was due when, by which entry. */
  readonly text: string;
}

const ACHIEVED = /^(achieved|sustaining)/i;
/** How long a missed appointment that nothing replaced stays worth saying, in days. */
const MISSED_DAYS = 183;
const AGAIN =
  /\b(?:repeat\w*|re-?check\w*|re-?test\w*|re-?assess\w*|re-?evaluat\w*|review|return|follow[- ]?up|surveillance|next|again)\b/i;
const EVERY = /\b(?:every|after|at|within)\s+(?=(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b)/i;

/** "01-Mar-2026" as charts write dates, back as a FHIR date. */
function written(date: string): string | undefined {
  const at = Date.parse(date.replace(/-/g, ' '));
  return Number.isNaN(at) ? undefined : new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

const isPast = (due: string, chart: Chart): boolean => instantOf(chart.asOf) - instantOf(due) > DAY;

const sentences = (text: string): readonly string[] => text.split(/(?<=[.;!])\s+/);

/** What a sentence names that is done or measured. */
const namedIn = (said: string, { terminology }: Chart): readonly string[] =>
  terminology
    .mentions(said)
    .flatMap(({ concepts }) => concepts)
    .filter((id) => /^(?:procedure|observation|vaccine)$/.test(terminology.get(id)?.kind ?? ''));

const isOneOf = (fact: Fact, concepts: readonly string[], { terminology }: Chart): boolean =>
  fact.concepts.some((own) => concepts.some((id) => terminology.isA(own, id)));

const COMES_ABOUT: ReadonlySet<Fact['kind']> = new Set(['procedure', 'imaging', 'report', 'result', 'vital', 'survey', 'immunization']);

const doneSince = (date: string, concepts: readonly string[], chart: Chart): boolean =>
  chart.facts.some(
    (other) =>
      COMES_ABOUT.has(other.kind) &&
      !other.negated &&
      other.status !== 'cancelled' &&
      other.date !== undefined &&
      compareFhirDates(other.date.slice(0, 10), date.slice(0, 10)) > 0 &&
      isOneOf(other, concepts, chart),
  );

const againSince = (fact: Fact, chart: Chart): boolean =>
  chart.facts.some(
    (other) =>
      other.id !== fact.id &&
      other.kind === fact.kind &&
      other.date !== undefined &&
      !other.negated &&
      compareFhirDates(other.date, fact.date!) > 0 &&
      other.concepts[0] === fact.concepts[0],
  );

/** The day that an interval in a sentence ends, counted from the day of what it is said of. */
function dayOf(said: string, since: string): string | undefined {
  const at = timeExpressions(said.replace(EVERY, 'in '), `${since.slice(0, 10).padEnd(10, '-01')}T12:00:00Z`).find(
    ({ from, relation, relative }) => relation === 'after' && relative && from !== undefined,
  );
  return at?.from && compareFhirDates(at.from, since) > 0 ? at.from : undefined;
}

/** "Repeat in five years", "colonoscopy in three years", said of something done in 2018: due then, unless it was done since. */
function repeatDue(fact: Fact, chart: Chart): Overdue | undefined {
  if (fact.status !== 'completed' || fact.negated || !fact.date) return undefined;
  const { followUp, conclusion, note } = fact.details ?? {};
  const again = [followUp, conclusion, note].find((text) => text !== undefined && AGAIN.test(text));
  const said = again ?? (followUp !== undefined && namedIn(followUp, chart).length > 0 ? followUp : undefined);
  if (!said) return undefined;
  const due = dayOf(again ? said.slice(AGAIN.exec(said)!.index) : said, fact.date);
  if (!due || !isPast(due, chart)) return undefined;
  const others = again ? [] : namedIn(said, chart).filter((id) => !isOneOf(fact, [id], chart));
  if (others.length > 0 ? doneSince(fact.date, others, chart) : againSince(fact, chart)) return undefined;
  const whole = fact.date.length >= 10 ? due : due.slice(0, fact.date.length);
  return {
    fact,
    due,
    of: others.length > 0 ? others : fact.concepts,
    text: `${upperFirst(fact.name)} of ${formatDate(fact.date)}: “${said}” was due by ${formatDate(whole)}, and no later one is recorded`,
  };
}

/** "Surveillance colonoscopy due after three years", noted with a problem. */
function notedDue(fact: Fact, chart: Chart): Overdue | undefined {
  const { date } = fact;
  if (!date || fact.negated || !isActive(fact)) return undefined;
  return sentences(fact.details?.note ?? '').flatMap((said): Overdue[] => {
    if (!AGAIN.test(said) && !/\bdue\b/i.test(said)) return [];
    const of = namedIn(said, chart);
    const due = of.length > 0 ? dayOf(said, date) : undefined;
    if (!due || !isPast(due, chart) || doneSince(date, of, chart)) return [];
    const text = `${upperFirst(fact.name)} of ${formatDate(date)}: “${said}” was due by ${formatDate(due.slice(0, Math.max(date.length, 4)))}, and none since is recorded`;
    return [{ fact, due, of, text }];
  })[0];
}

const LATE = /\b(?:over-?due|past due|due since)\b/i;

/** An open order that says itself that it is late. */
function calledLate(fact: Fact, chart: Chart): Overdue | undefined {
  if (!fact.date || !(isActive(fact) || fact.status === 'planned')) return undefined;
  const said = sentences(fact.details?.note ?? '').find((sentence) => LATE.test(sentence) && !/\bnot\b/i.test(sentence));
  if (!said || doneSince(fact.date, fact.concepts, chart)) return undefined;
  return { fact, due: fact.date, text: `${upperFirst(fact.name)} was ordered on ${formatDate(fact.date)} and is still open: “${said}”` };
}

function overdue(fact: Fact, chart: Chart): Overdue | undefined {
  const named = upperFirst(fact.name);
  const due = fact.details?.due === undefined ? undefined : written(fact.details.due);
  switch (fact.kind) {
    case 'goal':
      return due && isActive(fact) && isPast(due, chart) && !ACHIEVED.test(fact.details?.achievement ?? '')
        ? { fact, due, text: `Goal “${fact.name}” was due on ${fact.details!.due} and is not recorded as achieved` }
        : undefined;
    case 'order':
      return due && (isActive(fact) || fact.status === 'planned') && isPast(due, chart)
        ? { fact, due, text: `${named} was ordered for ${fact.details!.due} and is still open` }
        : due
          ? undefined
          : calledLate(fact, chart);
    case 'problem':
      return notedDue(fact, chart);
    case 'immunization':
      return fact.details?.recommendation && fact.date && daysBetween(fact.date, chart.asOf) > 0
        ? { fact, due: fact.date, text: `${named} was recommended for ${formatDate(fact.date)}` }
        : undefined;
    case 'appointment': {
      if (fact.status !== 'missed' || !fact.date || daysBetween(fact.date, chart.asOf) > MISSED_DAYS || !isPast(fact.date, chart))
        return undefined;
      return { fact, due: fact.date, text: `${named} on ${formatDate(fact.date)} was missed` };
    }
    case 'procedure':
    case 'imaging':
    case 'report':
      return repeatDue(fact, chart);
    default:
      return undefined;
  }
}

/** What is overdue by the record's own dates, the longest overdue first. */
export function overdueItems(chart: Chart): readonly Overdue[] {
  const found = chart.facts.flatMap((fact) => (fact.part === undefined ? (overdue(fact, chart) ?? []) : []));
  // What a procedure or an order says itself needs no note of a problem beside it.
  const said = (item: Overdue): boolean =>
    item.fact.kind === 'problem' && found.some((other) => other.fact.kind !== 'problem' && isOneOf(other.fact, item.of ?? [], chart));
  return found.filter((item) => !said(item)).sort((a, b) => compareFhirDates(a.due, b.due));
}
