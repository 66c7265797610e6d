import { daysBetween, formatDate } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import { findConflicts } from './conflicts.ts';
import { instantOf } from './fhir.ts';
import { flagText, valueText } from './lines.ts';
import { upperFirst } from './names.ts';
import { unmetNeed } from './social-needs.ts';
import { COMORBIDITY_SOURCE, comorbidityWeight, reached } from './thresholds.ts';
import { trend } from './trend.ts';

export type Concern =
  | 'death'
  | 'safety'
  | 'result'
  | 'hospital'
  | 'directive'
  | 'problem'
  | 'goal'
  | 'overdue'
  | 'social'
  | 'medication-list'
  | 'upcoming'
  | 'conflict'
  | 'visit';

/** One thing that matters, with the reason for its rank. `title` and `why` state only what the facts say, and name the source of any threshold. */
export interface MatterItem {
  readonly concern: Concern;
  readonly title: string;
  readonly why: string;
  readonly facts: readonly Fact[];
  /** 0 to 100; how it came about is the table in `rank`'s comments. */
  readonly score: number;
}

const DAY = 86_400_000;
const AGE_DAYS = { month: 30, quarter: 92, year: 366 } as const;

const age = (fact: Fact, chart: Chart) => (instantOf(chart.asOf) - instantOf(fact.date)) / DAY;

/** Old news weigh less: all of it within a quarter, 0.85 within a year, 0.6 within three, 0.4 before. */
function recency(days: number): number {
  return days <= AGE_DAYS.quarter ? 1 : days <= AGE_DAYS.year ? 0.85 : days <= 3 * AGE_DAYS.year ? 0.6 : 0.4;
}

const since = (fact: Fact) => (fact.date ? ` on ${formatDate(fact.date)}` : '');
const isActive = (fact: Fact) => fact.status === 'active' && !fact.negated;

/** 95 an active drug against a recorded allergy (70 where its order is old), 75 an allergy beside "no known allergies", 60 two doses of one drug, 40 the rest. */
function fromConflicts(chart: Chart): MatterItem[] {
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
function fromMeasurements(chart: Chart): MatterItem[] {
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
function fromHospital(chart: Chart): MatterItem[] {
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
function fromProblems(chart: Chart): MatterItem[] {
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

const UNMET = /^(not[- ]achieved|not[- ]attainable|worsening|no[- ]progress|not progressing)/i;

/** Directives of care (no CPR) 58; goals not met 52; goals and orders past their due date 50; recommended vaccines past theirs 42; missed appointments within half a year 44. */
function fromPlans(chart: Chart): MatterItem[] {
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
function fromSocial(chart: Chart): MatterItem[] {
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
function fromMedicationList(chart: Chart): MatterItem[] {
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

/** What stands where nothing stands out: active problems by date (20 down), then the newest visit (5). */
function fallback(chart: Chart): MatterItem[] {
  // Records file employment and education under problems, too: they are no medical problem.
  const clinical = (fact: Fact) => {
    const kinds = fact.concepts.flatMap((id) =>
      id.startsWith('code/') || id.startsWith('text/') ? [] : (chart.terminology.get(id)?.kind ?? []),
    );
    return kinds.length === 0 || kinds.some((kind) => kind !== 'social');
  };
  const problems = chart.facts.filter((fact) => fact.kind === 'problem' && isActive(fact) && clinical(fact)).slice(0, 5);
  const visit = chart.facts.find((fact) => fact.kind === 'visit' && fact.status === 'completed');
  return [
    ...problems.map(
      (fact, index): MatterItem => ({
        concern: 'problem',
        title: `${upperFirst(fact.name)}${fact.date ? `, since ${formatDate(fact.date)}` : ''}`,
        why: 'Listed as an active problem.',
        facts: [fact],
        score: 20 - index,
      }),
    ),
    ...(visit
      ? [
          {
            concern: 'visit' as const,
            title: `Last visit: ${visit.name}${since(visit)}`,
            why:
              visit.reasons.length > 0
                ? `For ${visit.reasons.map((reason) => reason.text).join(', ')}.`
                : 'The newest visit in the record.',
            facts: [visit],
            score: 5,
          },
        ]
      : []),
  ];
}

/** Everything that may matter, the weightiest first. Deterministic: equal scores by date, then id. */
export function rank(chart: Chart): readonly MatterItem[] {
  const dead = chart.facts.find((fact) => fact.kind === 'patient' && fact.details?.deceased);
  const items = [
    ...(dead
      ? [
          {
            concern: 'death' as const,
            title: `The patient died${chart.patient.deceased === true ? '' : ` on ${dead.details!.deceased}`}`,
            why: 'Recorded in the patient’s details.',
            facts: [dead],
            score: 100,
          },
        ]
      : []),
    ...fromConflicts(chart),
    ...fromMeasurements(chart),
    ...fromHospital(chart),
    ...fromProblems(chart),
    ...(dead ? [] : [...fromPlans(chart), ...fromSocial(chart), ...fromMedicationList(chart)]),
    ...fallback(chart),
  ];
  return items.sort(
    (a, b) => b.score - a.score || instantOf(b.facts[0]!.date) - instantOf(a.facts[0]!.date) || (a.facts[0]!.id < b.facts[0]!.id ? -1 : 1),
  );
}

/**
 * The three things that matter most today, and why; fewer where the record holds less. At most two of one concern (three abnormal results
 * would hide the drug list), and no resource twice.
 */
export function topThree(chart: Chart): readonly MatterItem[] {
  const chosen: MatterItem[] = [];
  const used = new Set<string>();
  const ranked = rank(chart);
  for (const limit of [2, Number.POSITIVE_INFINITY]) {
    for (const item of ranked) {
      if (chosen.length === 3) return chosen;
      if (chosen.includes(item) || item.facts.some((fact) => used.has(fact.id))) continue;
      if (chosen.filter((other) => other.concern === item.concern).length >= limit) continue;
      chosen.push(item);
      for (const fact of item.facts) used.add(fact.id);
    }
  }
  return chosen;
}
