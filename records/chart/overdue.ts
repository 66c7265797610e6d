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

/** "repeat in five years", said of something done in 2018: due in 2023, unless it was done again since. */
function repeatDue(fact: Fact, chart: Chart): Overdue | undefined {
  if (fact.status !== 'completed' || fact.negated || !fact.date) return undefined;
  const said = [fact.details?.followUp, fact.details?.conclusion, fact.details?.note].find(
    (text) => text !== undefined && AGAIN.test(text),
  );
  if (!said) return undefined;
  const clause = said.slice(AGAIN.exec(said)!.index).replace(EVERY, 'in ');
  const at = timeExpressions(clause, `${fact.date.slice(0, 10).padEnd(10, '-01')}T12:00:00Z`).find(
    ({ from, relation, relative }) => relation === 'after' && relative && from !== undefined,
  );
  const due = at?.from;
  if (!due || !isPast(due, chart) || compareFhirDates(due, fact.date) <= 0) return undefined;
  const again = chart.facts.some(
    (other) =>
      other.id !== fact.id &&
      other.kind === fact.kind &&
      other.date !== undefined &&
      !other.negated &&
      compareFhirDates(other.date, fact.date!) > 0 &&
      other.concepts[0] === fact.concepts[0],
  );
  if (again) return undefined;
  const whole = fact.date.length >= 10 ? due : due.slice(0, fact.date.length);
  return {
    fact,
    due,
    text: `${upperFirst(fact.name)} of ${formatDate(fact.date)}: “${said}” was due by ${formatDate(whole)}, and no later one is recorded`,
  };
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
        : undefined;
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
  return chart.facts
    .flatMap((fact) => (fact.part === undefined ? (overdue(fact, chart) ?? []) : []))
    .sort((a, b) => compareFhirDates(a.due, b.due));
}
