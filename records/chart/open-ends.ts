import { daysBetween, formatDate } from '../../language/dates.ts';
import type { Chart } from '../contract.ts';
import { AGE_DAYS, age, ago, DAY, drugName, enumerate, isActive, type MatterItem, recency, since } from './concern.ts';
import { instantOf } from './fhir.ts';
import { valueText } from './lines.ts';
import { upperFirst } from './names.ts';
import { unmetNeed } from './social-needs.ts';
import { isOneOf } from './thresholds.ts';
import { topicOf } from './topics.ts';

const UNMET = /^(not[- ]achieved|not[- ]attainable|worsening|no[- ]progress|not progressing)/i;

/** Directives of care (no CPR) 58; goals not met 52; goals and orders past their due date 50; recommended vaccines past theirs 42; missed appointments within half a year 44. */
export function fromPlans(chart: Chart): MatterItem[] {
  return chart.facts.flatMap((fact): MatterItem[] => {
    const due = fact.details?.due;
    if (fact.kind === 'goal' && isActive(fact)) {
      const unmet = UNMET.test(fact.details?.achievement ?? '');
      const overdue = due !== undefined && isPast(due, chart) && !/^(achieved|sustaining)/i.test(fact.details?.achievement ?? '');
      if (!unmet && !overdue) return [];
      const why = [
        unmet ? `recorded as ${fact.details!.achievement!.replace(/-/g, ' ')}` : undefined,
        overdue ? `due on ${due}` : undefined,
      ]
        .filter(Boolean)
        .join('; ');
      return [
        {
          concern: 'goal',
          title: `Goal ${unmet ? 'not met' : 'past its date'}: ${fact.name}`,
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
    const days = fact.date ? age(fact, chart) : 0;
    const value = valueText(fact);
    return [
      {
        concern: 'social',
        title: fact.kind === 'social' && value ? `${upperFirst(fact.name)}: ${lowerStart(value)}` : upperFirst(fact.name),
        why: `An unmet social need${fact.date ? `, recorded${since(fact)}` : ''}${days > AGE_DAYS.year ? `, ${ago(days, chart)}; nothing newer is recorded` : ''}.`,
        facts: [fact],
        score: 47 * recency(days),
        topic: topicOf(fact, chart),
      },
    ];
  });
}

const lowerStart = (text: string) => (/^[A-Z][a-z]+ [a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text);

const SMOKES =
  /\b(?:current\w*|every ?day|some ?days?|daily|heavy|light|occasional)\b.*\b(?:smok\w*|tobacco|cigarette\w*)|^smok(?:er|es|ing)\b|^(?:current|daily)$/i;
const SMOKES_NOT = /\b(?:never|former\w*|ex|not|non|no|quit|stopped|past|unknown)\b/i;

/** Present smoking, by the newest entry on tobacco: 44, times recency. */
export function fromTobacco(chart: Chart): MatterItem[] {
  const fact = chart.facts.find(
    (item) =>
      (item.kind === 'social' || item.kind === 'survey') &&
      item.value !== undefined &&
      item.value.type !== 'quantity' &&
      isOneOf(item, chart.terminology, ['tobacco use', 'smoking status'], ['social', 'observation']),
  );
  const value = fact && valueText(fact);
  if (!fact || !value || !SMOKES.test(value) || SMOKES_NOT.test(value)) return [];
  return [
    {
      concern: 'social',
      title: `Smokes: ${lowerStart(value)}`,
      why: `The newest entry on tobacco${fact.date ? `, ${formatDate(fact.date)}` : ''}.`,
      facts: [fact],
      score: 44 * recency(fact.date ? age(fact, chart) : 0),
      topic: 'tobacco',
    },
  ];
}

/** Entries still listed as active that nobody renewed: 20, 24 from three on. They are one thing: the list needs a review. */
export function fromMedicationList(chart: Chart): MatterItem[] {
  const old = chart.facts.filter((fact) => fact.kind === 'medication' && isActive(fact) && fact.stale && fact.part === undefined);
  if (old.length === 0) return [];
  const names = old.map((fact) => `${drugName(fact, chart)}${fact.date ? ` (${fact.date.slice(0, 4)})` : ''}`);
  const one = old.length === 1;
  return [
    {
      concern: 'medication-list',
      title: one
        ? `${upperFirst(drugName(old[0]!, chart))} is still listed as active on an old entry${old[0]!.date ? ` of ${old[0]!.date.slice(0, 4)}` : ''}`
        : `${old.length} drugs are still listed as active on old entries: ${enumerate(names)}`,
      why: `Not renewed for two years or past ${one ? 'its' : 'their'} period; whether ${one ? 'it is' : 'they are'} still taken is not recorded.`,
      facts: old,
      score: old.length >= 3 ? 24 : 20,
      topic: 'medication list',
    },
  ];
}
