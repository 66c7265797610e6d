import { formatDate } from '../../language/dates.ts';
import type { Chart } from '../contract.ts';
import { AGE_DAYS, age, ago, DAY, drugName, enumerate, isActive, type MatterItem, recency, since, UNMET } from './concern.ts';
import { instantOf } from './fhir.ts';
import { valueText } from './lines.ts';
import { upperFirst } from './names.ts';
import { overdueItems } from './overdue.ts';
import { unmetNeed } from './social-needs.ts';
import { isOneOf } from './thresholds.ts';
import { topicOf } from './topics.ts';

/** Goals not met 52; goals and orders past their due date 50, a repeat past its date 50, times recency; recommended vaccines past theirs 42; missed appointments within half a year 44. */
export function fromPlans(chart: Chart): MatterItem[] {
  const unmet = chart.facts.flatMap((fact): MatterItem[] => {
    if (fact.kind !== 'goal' || !isActive(fact) || !UNMET.test(fact.details?.achievement ?? '')) return [];
    const due = fact.details?.due ? `; due on ${fact.details.due}` : '';
    return [
      {
        concern: 'goal',
        title: `Goal not met: ${fact.name}`,
        why: `Recorded as ${fact.details!.achievement!.replace(/-/g, ' ')}${due}.`,
        facts: [fact],
        score: 52,
        topic: topicOf(fact, chart),
      },
    ];
  });
  const late = overdueItems(chart).flatMap(({ fact, due, text }): MatterItem[] => {
    if (unmet.some((item) => item.facts[0] === fact)) return [];
    const fixed = fact.kind === 'immunization' ? 42 : fact.kind === 'appointment' ? 44 : undefined;
    return [
      {
        concern: fact.kind === 'goal' ? 'goal' : 'overdue',
        title: text,
        why: 'The record itself gives the date, and it has passed.',
        facts: [fact],
        score: fixed ?? 50 * recency((instantOf(chart.asOf) - instantOf(due)) / DAY),
      },
    ];
  });
  const coming = chart.facts.flatMap((fact): MatterItem[] => {
    if ((fact.kind !== 'appointment' && fact.kind !== 'visit') || fact.status !== 'planned' || fact.date === undefined) return [];
    const days = -age(fact, chart);
    if (days < 0 || days > 14) return [];
    return [
      {
        concern: 'upcoming',
        title: `${upperFirst(fact.name)}${since(fact)}`,
        why: `Planned, ${Math.round(days) === 0 ? 'today' : `in ${Math.round(days)} days`}.`,
        facts: [fact],
        score: 24,
      },
    ];
  });
  return [...unmet, ...late, ...coming];
}

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
