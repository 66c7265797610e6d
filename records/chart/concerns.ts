import { formatDate } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import { COMORBIDITY_SOURCE, comorbidityWeight } from './comorbidities.ts';
import { AGE_DAYS, age, isActive, type MatterItem, recency, since } from './concern.ts';
import { findConflicts } from './conflicts.ts';
import { flagText, valueText } from './lines.ts';
import { upperFirst } from './names.ts';
import { reached } from './thresholds.ts';
import { trend } from './trend.ts';

/** 95 an active drug against a recorded allergy (70 where its order is old), 75 an allergy beside "no known allergies", 60 two doses of one drug, 40 the rest. */
export function fromConflicts(chart: Chart): MatterItem[] {
  return findConflicts(chart.facts, chart.terminology).flatMap((conflict): MatterItem[] => {
    const [first, second] = conflict.facts;
    const title = upperFirst(conflict.text);
    switch (conflict.kind) {
      case 'active-drug-with-allergy': {
        const grave = second.criticality === 'high' || second.severity === 'severe';
        const score = (first.stale ? 70 : 95) + (grave ? 4 : 0) - (second.allergyType === 'intolerance' ? 15 : 0);
        const more = [
          second.criticality && `${second.criticality} criticality`,
          second.reactions && `reaction: ${second.reactions.join(', ')}`,
        ]
          .filter(Boolean)
          .join('; ');
        return [
          {
            concern: 'safety',
            title,
            why: `An active drug against a recorded allergy${more ? ` (${more})` : ''}${first.date ? `; the drug was ordered${since(first)}` : ''}.`,
            facts: [first, second],
            score,
          },
        ];
      }
      case 'allergy-and-none':
        return [{ concern: 'safety', title, why: 'The allergy list contradicts itself.', facts: [first, second], score: 75 }];
      case 'dose':
        return [
          {
            concern: 'safety',
            title,
            why: 'Two entries of one drug are active with different strength or dosage.',
            facts: [first, second],
            score: first.stale && second.stale ? 36 : 60,
          },
        ];
      case 'values-at-one-time':
        return age(first, chart) > AGE_DAYS.year
          ? []
          : [{ concern: 'conflict', title, why: 'The record holds two values for one moment.', facts: [first, second], score: 35 }];
      default:
        return [{ concern: 'conflict', title, why: 'The record contradicts itself.', facts: [first, second], score: 40 }];
    }
  });
}

/** Series of one measured thing, newest first. */
function seriesOf(chart: Chart): readonly (readonly Fact[])[] {
  const series = new Map<string, Fact[]>();
  for (const fact of chart.facts) {
    if (!['result', 'vital', 'survey'].includes(fact.kind) || fact.value === undefined || fact.date === undefined) continue;
    const key = fact.concepts.find((id) => !id.startsWith('code/')) ?? fact.concepts[0]!;
    series.set(key, [...(series.get(key) ?? []), fact]);
  }
  return [...series.values()];
}

/**
 * The newest value of each test: 90 flagged critical by the record, 55 flagged high, low or abnormal; by the table of thresholds 50, 62 or 82
 * by level. Plus 8 where the last change goes further that way. Times recency.
 */
export function fromMeasurements(chart: Chart): MatterItem[] {
  const items = seriesOf(chart).flatMap((facts): MatterItem[] => {
    const newest = facts[0]!;
    const threshold = reached(newest, chart)[0];
    const flag = newest.flag && newest.flag !== 'N' ? newest.flag : undefined;
    const byFlag = flag === undefined ? 0 : flag === 'HH' || flag === 'LL' ? 90 : 55;
    const byTable = threshold === undefined ? 0 : [0, 50, 62, 82][threshold.level]!;
    if (byFlag === 0 && byTable === 0) return [];
    const figures = trend(facts.slice(0, 12));
    const high = flag === 'H' || flag === 'HH' || (flag === undefined && threshold?.side === 'above');
    const low = flag === 'L' || flag === 'LL' || (flag === undefined && threshold?.side === 'below');
    const worse = (high && figures?.direction === 'rising') || (low && figures?.direction === 'falling');
    const reasons = [
      flag
        ? `${flagText(newest)} ${newest.flagSource === 'recorded' ? 'as flagged in the record' : `by its reference range ${newest.referenceRange?.text ?? ''}`.trim()}`
        : undefined,
      threshold ? `${threshold.meaning} (${threshold.source})` : undefined,
      worse && figures?.first.fact.value
        ? `${figures.direction} from ${valueText(figures.first.fact)} on ${formatDate(figures.first.date)}`
        : undefined,
    ].filter((reason) => reason !== undefined);
    return [
      {
        concern: 'result',
        title: `${upperFirst(newest.name)} ${valueText(newest)}${since(newest)}`,
        why: `${upperFirst(reasons.join('; '))}.`,
        facts: worse && figures && figures.first.fact.id !== newest.id ? [newest, figures.first.fact] : [newest],
        score: (Math.max(byFlag, byTable) + (worse ? 8 : 0)) * recency(age(newest, chart)),
      },
    ];
  });
  // One reading is one thing: of systolic, diastolic and the whole the gravest stands for all.
  const best = new Map<string, MatterItem>();
  for (const item of items) {
    const id = item.facts[0]!.id;
    const known = best.get(id);
    if (!known || item.score > known.score) best.set(id, item);
  }
  return [...best.values()];
}

/** 65 discharged within 30 days, 48 within a quarter, 30 within a year; emergency visits 60, 44, 26; still in hospital 85. */
export function fromHospital(chart: Chart): MatterItem[] {
  const visits = chart.facts.filter(
    (fact) =>
      fact.kind === 'visit' &&
      (fact.details?.class === 'inpatient' || fact.details?.class === 'emergency' || fact.details?.class === 'observation'),
  );
  return visits.slice(0, 3).flatMap((fact): MatterItem[] => {
    if (fact.status === 'cancelled' || fact.status === 'planned' || fact.date === undefined) return [];
    const stay = fact.details!.class !== 'emergency';
    const open = fact.status === 'active' && fact.end === undefined && age(fact, chart) <= AGE_DAYS.quarter;
    const days = open ? 0 : age({ ...fact, date: fact.end ?? fact.date }, chart);
    const points = open
      ? 85
      : days <= AGE_DAYS.month
        ? stay
          ? 65
          : 60
        : days <= AGE_DAYS.quarter
          ? stay
            ? 48
            : 44
          : days <= AGE_DAYS.year
            ? stay
              ? 30
              : 26
            : 0;
    if (points === 0) return [];
    const reason = fact.reasons.length > 0 ? ` for ${fact.reasons.map((item) => item.text).join(', ')}` : '';
    return [
      {
        concern: 'hospital',
        title: `${stay ? 'Hospital stay' : 'Emergency visit'}${since(fact)}${reason}`,
        why: open ? 'The stay has no recorded end.' : `${Math.round(days)} days ago.`,
        facts: [fact],
        score: points,
      },
    ];
  });
}

/** Active problems: 30 plus 6 for each Charlson point; 46 where recorded as severe; 42 where new within a quarter. */
export function fromProblems(chart: Chart): MatterItem[] {
  const seen = new Set<string>();
  return chart.facts.flatMap((fact): MatterItem[] => {
    if (fact.kind !== 'problem' || !isActive(fact) || seen.has(fact.concepts[0]!)) return [];
    seen.add(fact.concepts[0]!);
    const weight = comorbidityWeight(fact, chart.terminology);
    const severe = /severe|critical/i.test(fact.severity ?? '');
    const fresh = fact.date !== undefined && age(fact, chart) <= AGE_DAYS.quarter;
    const score = Math.max(weight > 0 ? 30 + weight * 6 : 0, severe ? 46 : 0, fresh ? 42 : 0);
    if (score === 0) return [];
    const why = [
      'active problem',
      severe ? `recorded as ${fact.severity}` : undefined,
      fresh ? 'new within three months' : undefined,
      weight > 0 ? `counts ${weight} in the ${COMORBIDITY_SOURCE}` : undefined,
    ].filter((item) => item !== undefined);
    return [
      {
        concern: 'problem',
        title: `${upperFirst(fact.name)}${fact.date ? `, since ${formatDate(fact.date)}` : ''}`,
        why: `${upperFirst(why.join('; '))}.`,
        facts: [fact],
        score,
      },
    ];
  });
}
