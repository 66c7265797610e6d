import { daysBetween, formatDate } from '../../language/dates.ts';
import type { Chart } from '../contract.ts';
import { AGE_DAYS, age, DAY, isActive, type MatterItem, recency, since } from './concern.ts';
import { instantOf } from './fhir.ts';
import { valueText } from './lines.ts';
import { upperFirst } from './names.ts';
import { unmetNeed } from './social-needs.ts';

const UNMET = /^(not[- ]achieved|not[- ]attainable|worsening|no[- ]progress|not progressing)/i;

/** Directives of care (no CPR) 58; goals not met 52; goals and orders past their due date 50; recommended vaccines past theirs 42; missed appointments within half a year 44. */
export function fromPlans(chart: Chart): MatterItem[] {
  return chart.facts.flatMap((fact): MatterItem[] => {
    const due = fact.details?.due;
    if (fact.kind === 'goal' && isActive(fact)) {
      const unmet = UNMET.test(fact.details?.achievement ?? '');
      const overdue = due !== undefined && isPast(due, chart) && !/^(achieved|sustaining)/i.test(fact.details?.achievement ?? '');
      if (!unmet && !overdue) return [];
      const why = [unmet ? `recorded as ${fact.details!.achievement}` : undefined, overdue ? `was due on ${due}` : undefined]
        .filter(Boolean)
        .join('; ');
      return [
        {
          concern: 'goal',
          title: `Goal not met: ${fact.name}`,
          why: `${upperFirst(why)}.`,
          facts: [fact],
          score: unmet ? 52 : 50 * recency(daysPast(due!, chart)),
        },
      ];
    }
    if (
      fact.kind === 'order' &&
      isActive(fact) &&
      fact.details?.due !== undefined &&
      fact.date !== undefined &&
      isPast(fact.details.due, chart)
    ) {
      return [
        {
          concern: 'overdue',
          title: `${upperFirst(fact.name)} was ordered for ${fact.details.due} and is still open`,
          why: 'The order is active and its date has passed.',
          facts: [fact],
          score: 50 * recency(daysPast(fact.details.due, chart)),
        },
      ];
    }
    if (fact.kind === 'immunization' && fact.details?.recommendation && fact.date !== undefined && daysBetween(fact.date, chart.asOf) > 0) {
      return [
        {
          concern: 'overdue',
          title: `${upperFirst(fact.name)} vaccine was due on ${formatDate(fact.date)}`,
          why: 'The record itself recommends it; the date has passed.',
          facts: [fact],
          score: 42,
        },
      ];
    }
    if (fact.kind === 'appointment' && fact.status === 'missed' && age(fact, chart) <= AGE_DAYS.year / 2) {
      return [
        {
          concern: 'overdue',
          title: `${upperFirst(fact.name)}${since(fact)} was missed`,
          why: 'Recorded as a no-show.',
          facts: [fact],
          score: 44,
        },
      ];
    }
    if ((fact.kind === 'appointment' || fact.kind === 'visit') && fact.status === 'planned' && fact.date !== undefined) {
      const days = -age(fact, chart);
      if (days < 0 || days > 14) return [];
      return [
        {
          concern: 'upcoming',
          title: `${upperFirst(fact.name)}${since(fact)}`,
          why: `Planned, ${Math.round(days) === 0 ? 'today' : `in ${Math.round(days)} days`}.`,
          facts: [fact],
          score: 34,
        },
      ];
    }
    return [];
  });
}

/** Days from a formatted date to the chart's time; NaN where it is no date. */
const daysPast = (due: string, chart: Chart) => (instantOf(chart.asOf) - Date.parse(due.replace(/-/g, ' '))) / DAY;
const isPast = (due: string, chart: Chart) => daysPast(due, chart) > 1;

/** An unmet social need that nothing newer contradicts: 47, times recency. */
export function fromSocial(chart: Chart): MatterItem[] {
  const seen = new Set<string>();
  return chart.facts.flatMap((fact): MatterItem[] => {
    if (fact.kind !== 'social' && fact.kind !== 'problem') return [];
    const key = fact.concepts[0]!;
    if (seen.has(key)) return [];
    seen.add(key);
    const need = unmetNeed(fact);
    if (!need || (fact.kind === 'problem' && !isActive(fact))) return [];
    const said = fact.kind === 'social' ? `${upperFirst(fact.name)}: ${valueText(fact)}` : upperFirst(fact.name);
    return [
      {
        concern: 'social',
        title: `${said}${since(fact)}`,
        why: 'An unmet social need is recorded.',
        facts: [fact],
        score: 47 * recency(fact.date ? age(fact, chart) : 0),
      },
    ];
  });
}

/** Orders still listed as active that nobody renewed: 32, 38 from three on. They are one thing: the list needs a review. */
export function fromMedicationList(chart: Chart): MatterItem[] {
  const old = chart.facts.filter((fact) => fact.kind === 'medication' && isActive(fact) && fact.stale);
  if (old.length === 0) return [];
  const names = old.slice(0, 3).map((fact) => `${fact.name}${fact.date ? ` (${fact.date.slice(0, 4)})` : ''}`);
  const rest = old.length - names.length;
  return [
    {
      concern: 'medication-list',
      title: `${old.length === 1 ? 'An active drug entry is' : `${old.length} active drug entries are`} old: ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
      why: 'Listed as active without renewal or past their period: whether they are still taken, the record does not show.',
      facts: old,
      score: old.length >= 3 ? 38 : 32,
    },
  ];
}
