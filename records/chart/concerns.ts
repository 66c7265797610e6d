import { formatDate } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import { COMORBIDITY_SOURCE, comorbidityWeight } from './comorbidities.ts';
import { AGE_DAYS, age, ago, drugName, isActive, isDead, isOfAcuteVisit, type MatterItem, recency, since, UNMET } from './concern.ts';
import { findConflicts } from './conflicts.ts';
import { instantOf } from './fhir.ts';
import { valueText } from './lines.ts';
import { upperFirst } from './names.ts';
import { isHigh, isOneOf, reached } from './thresholds.ts';
import { readingText, telling, topicOf } from './topics.ts';
import { trend, turned } from './trend.ts';

/** 95 an active drug against a recorded allergy (70 where its order is old), 75 an allergy beside "no known allergies", 60 two doses of one drug, 40 the rest. */
export function fromConflicts(chart: Chart): MatterItem[] {
  return findConflicts(chart.facts, chart.terminology).flatMap((conflict): MatterItem[] => {
    const [first, second] = conflict.facts;
    const title = upperFirst(conflict.text);
    const facts = [first, second];
    switch (conflict.kind) {
      case 'active-drug-with-allergy': {
        const grave = second.criticality === 'high' || second.severity === 'severe';
        const score = (first.stale ? 70 : 95) + (grave ? 4 : 0) - (second.allergyType === 'intolerance' ? 15 : 0);
        const more = [
          second.reactions && `Recorded reaction: ${second.reactions.join(', ')}.`,
          second.criticality === 'high' && 'Recorded as high criticality.',
          first.date && `The drug was ordered${since(first)}.`,
        ].filter(Boolean);
        return [
          {
            concern: 'safety',
            title,
            why: more.length > 0 ? more.join(' ') : 'The drug list and the allergy list disagree.',
            facts,
            score,
            topic: `allergy ${second.id}`,
          },
        ];
      }
      case 'allergy-and-none':
        return [{ concern: 'safety', title, why: 'The allergy list contradicts itself.', facts, score: 75, topic: 'allergy list' }];
      case 'dose':
        return [
          {
            concern: 'safety',
            title: `${upperFirst(drugName(first, chart))} is listed as active twice, with different strengths or doses`,
            why: `${[first, second].map((fact) => `${upperFirst(fact.name)}${fact.dosage ? `, ${fact.dosage.text}` : ''}${fact.date ? ` (${fact.details?.source ?? 'ordered'}${since(fact)})` : ''}`).join('; ')}.`,
            facts,
            score: first.stale && second.stale ? 36 : 60,
            topic: `drug ${topicOf(first, chart)}`,
          },
        ];
      case 'values-at-one-time':
        return age(first, chart) > AGE_DAYS.year
          ? []
          : [
              {
                concern: 'conflict',
                title,
                why: 'The record holds two values for one moment.',
                facts,
                score: 35,
                topic: topicOf(first, chart),
              },
            ];
      default:
        return [{ concern: 'conflict', title, why: 'The record contradicts itself.', facts, score: 40, topic: topicOf(first, chart) }];
    }
  });
}

/** Series of one measured thing, newest first. */
function seriesOf(chart: Chart): readonly (readonly Fact[])[] {
  const series = new Map<string, Fact[]>();
  for (const fact of chart.facts) {
    if (!['result', 'vital', 'survey'].includes(fact.kind) || fact.value === undefined || fact.date === undefined) continue;
    if (fact.status === 'cancelled') continue;
    const key = fact.concepts.find((id) => !id.startsWith('code/')) ?? fact.concepts[0]!;
    series.set(key, [...(series.get(key) ?? []), fact]);
  }
  return [...series.values()].map((facts) => facts.sort((one, other) => instantOf(other.date) - instantOf(one.date)));
}

const FLAGGED: Readonly<Record<'LL' | 'L' | 'H' | 'HH' | 'A', string>> = {
  LL: 'critically low',
  L: 'low',
  H: 'high',
  HH: 'critically high',
  A: 'abnormal',
};

/** A component is shown as the whole reading: "Blood pressure 157/105 mmHg". */
function reading(fact: Fact, chart: Chart): Fact {
  if (fact.part === undefined) return fact;
  return chart.facts.find((other) => other.id === fact.id && other.part === undefined && other.value !== undefined) ?? fact;
}

/** The newest active problem that the value is about: a blood pressure and hypertension. */
const problemOf = (topic: string, chart: Chart): Fact | undefined =>
  chart.facts.find((fact) => fact.kind === 'problem' && isActive(fact) && topicOf(fact, chart) === topic);

/**
 * The newest value of each test: 90 flagged critical by the record, 55 flagged high, low or abnormal; by the table of thresholds 50, 62 or 82
 * by level. Plus 8 where the values move further that way, and 8 where a recorded goal is not met; 0.6 of it where a recorded goal is on course. Times recency. Half for the dead.
 */
export function fromMeasurements(chart: Chart): MatterItem[] {
  return seriesOf(chart).flatMap((all): MatterItem[] => {
    const facts = all.filter((fact) => !isOfAcuteVisit(fact, chart));
    const newest = facts[0];
    if (!newest) return [];
    const threshold = reached(newest, chart)[0];
    const flag = newest.flag && newest.flag !== 'N' ? newest.flag : undefined;
    const byFlag = flag === undefined ? 0 : flag === 'HH' || flag === 'LL' ? 90 : 55;
    const byTable = threshold === undefined ? 0 : [0, 50, 62, 82][threshold.level]!;
    if (byFlag === 0 && byTable === 0) return [];
    const figures = trend(facts.slice(0, 12));
    const high = flag === 'H' || flag === 'HH' || (flag === undefined && threshold !== undefined && isHigh(threshold));
    const low = flag === 'L' || flag === 'LL' || (flag === undefined && threshold !== undefined && !isHigh(threshold));
    const direction = figures && !turned(figures) ? figures.direction : undefined;
    const worse = (high && direction === 'rising') || (low && direction === 'falling');
    const start = worse && figures?.first.fact.value && figures.first.fact.id !== newest.id ? figures.first.fact : undefined;
    const whole = reading(newest, chart);
    const topic = topicOf(newest, chart);
    const problem = problemOf(topic, chart);
    const range = newest.referenceRange?.text;
    const level = [
      flag &&
        (newest.flagSource === 'recorded'
          ? `flagged ${FLAGGED[flag]} in the record`
          : `${FLAGGED[flag]} by its reference range${range ? ` (${range})` : ''}`),
      threshold && `${threshold.meaning} (${threshold.source})`,
      start && `${whole === newest ? '' : `${newest.name} `}${direction} from ${valueText(start)}${since(start)}`,
    ].filter((part) => part !== undefined);
    const goal = chart.facts.find(
      (fact) =>
        fact.kind === 'goal' &&
        isActive(fact) &&
        fact.concepts.some((id) => !id.startsWith('section/') && (newest.concepts.includes(id) || whole.concepts.includes(id))),
    );
    const missed = goal !== undefined && UNMET.test(goal.details?.achievement ?? '');
    const onCourse = goal !== undefined && /^(?:achieved|improving|sustaining|in[- ]progress)/i.test(goal.details?.achievement ?? '');
    const known =
      problem && `${upperFirst(problem.name)} is on the problem list${problem.date ? ` since ${formatDate(problem.date)}` : ''}.`;
    return [
      {
        concern: 'result',
        title: `${upperFirst(whole.name)} ${valueText(whole)}${since(whole)}`,
        why: [
          `${upperFirst(level.join('; '))}.`,
          known,
          goal && `Goal on record: ${goal.name}${goal.details?.achievement ? ` (${goal.details.achievement.replace(/-/g, ' ')})` : ''}.`,
        ]
          .filter(Boolean)
          .join(' '),
        facts: [newest, ...(start ? [start] : []), ...(problem ? [problem] : []), ...(goal ? [goal] : [])],
        score:
          (Math.max(byFlag, byTable) * (onCourse ? 0.6 : 1) + (worse ? 8 : 0) + (missed ? 8 : 0)) *
          recency(age(newest, chart)) *
          (isDead(chart) ? 0.5 : 1),
        topic,
      },
    ];
  });
}

/** 65 discharged within 30 days, 48 within a quarter, 30 within a year, 22 within three; emergency visits 60, 44, 26, 16; still in hospital 85. */
export function fromHospital(chart: Chart): MatterItem[] {
  const visits = chart.facts.filter(
    (fact) =>
      fact.kind === 'visit' &&
      (fact.details?.class === 'inpatient' || fact.details?.class === 'emergency' || fact.details?.class === 'observation'),
  );
  return visits.slice(0, 4).flatMap((fact): MatterItem[] => {
    if (fact.status === 'cancelled' || fact.status === 'planned' || fact.date === undefined) return [];
    const stay = fact.details!.class !== 'emergency';
    const open = fact.status === 'active' && fact.end === undefined && age(fact, chart) <= AGE_DAYS.quarter;
    const days = open ? 0 : age({ ...fact, date: fact.end ?? fact.date }, chart);
    const step = [AGE_DAYS.month, AGE_DAYS.quarter, AGE_DAYS.year, 3 * AGE_DAYS.year].findIndex((limit) => days <= limit);
    const points = open ? 85 : step < 0 ? 0 : (stay ? [65, 48, 30, 22] : [60, 44, 26, 16])[step]!;
    if (points === 0) return [];
    const reason = fact.reasons.length > 0 ? ` for ${fact.reasons.map((item) => item.text).join(', ')}` : '';
    const lasted =
      stay && fact.end && fact.end.slice(0, 10) !== fact.date.slice(0, 10) ? `Discharged${since({ ...fact, date: fact.end })}, ` : '';
    const when = ago(days, chart);
    return [
      {
        concern: 'hospital',
        title: `${stay ? 'Hospital stay' : 'Emergency visit'}${since(fact)}${reason}`,
        why: open ? 'The stay has no recorded end.' : `${lasted ? `${lasted}${when}` : upperFirst(when)}.`,
        facts: [fact],
        score: points,
        topic: 'hospital',
      },
    ];
  });
}

/**
 * Long-term or dangerous conditions outside the Charlson index that bear on nearly every decision. Our own list, for ranking only: it says
 * nothing about the patient beyond that the problem is active.
 */
const SERIOUS = [
  'coronary artery disease',
  'atrial fibrillation',
  'valvular heart disease',
  'pulmonary hypertension',
  'pulmonary embolism',
  'deep vein thrombosis',
  'epilepsy',
  'multiple sclerosis',
  'Parkinson disease',
  'HIV infection',
  'cystic fibrosis',
  'sickle cell disease',
  'schizophrenia',
  'bipolar disorder',
  'major depressive disorder',
  'opioid use disorder',
  'alcohol use disorder',
  'sepsis',
  'suicidal ideation',
  'suicide attempt',
  'drug overdose',
];
/** The same, yet over after a while, whatever the problem list says: counted for a year. */
const PASSING = ['pulmonary embolism', 'deep vein thrombosis', 'sepsis', 'suicide attempt', 'drug overdose'];
/** How long a pregnancy that nobody closed is taken for one, in days. */
const PREGNANCY_DAYS = 300;

/** Active problems: 30 plus 6 for each Charlson point; 46 where recorded as severe; 45 a pregnancy; 42 where new within a quarter; 33 otherwise serious. */
export function fromProblems(chart: Chart): MatterItem[] {
  const seen = new Set<string>();
  return chart.facts.flatMap((fact): MatterItem[] => {
    if (fact.kind !== 'problem' || !isActive(fact) || seen.has(fact.concepts[0]!)) return [];
    seen.add(fact.concepts[0]!);
    const days = fact.date === undefined ? Number.POSITIVE_INFINITY : age(fact, chart);
    const named = (names: readonly string[]) => isOneOf(fact, chart.terminology, names, ['condition']);
    const weight = comorbidityWeight(fact, chart.terminology);
    const severe = /severe|critical/i.test(fact.severity ?? '');
    const fresh = days >= 0 && days <= AGE_DAYS.quarter && isClinical(fact, chart);
    const pregnant = days <= PREGNANCY_DAYS && named(['pregnancy']);
    const serious = weight === 0 && !/^history/i.test(fact.name) && named(SERIOUS) && (days <= AGE_DAYS.year || !named(PASSING));
    const score = Math.max(weight > 0 ? 30 + weight * 6 : 0, severe ? 46 : 0, pregnant ? 45 : 0, fresh ? 42 : 0, serious ? 33 : 0);
    if (score === 0) return [];
    const topic = topicOf(fact, chart);
    const told = telling(topic, chart);
    const why = [
      severe && `Recorded as ${fact.severity}.`,
      fresh && 'New within three months.',
      pregnant && 'It bears on every drug and test.',
      weight > 0 && `It weighs on survival (weight ${weight} in the ${COMORBIDITY_SOURCE}).`,
      serious && !severe && !fresh && 'A serious condition that bears on most decisions.',
    ].filter(Boolean);
    return [
      {
        concern: 'problem',
        title: `${upperFirst(fact.name)}, active${fact.date ? ` since ${formatDate(fact.date)}` : ''}`,
        why: [...why, ...(told ? [`Newest ${readingText(told)}.`] : [])].join(' '),
        facts: told ? [fact, told] : [fact],
        score,
        topic,
      },
    ];
  });
}

/** Records file employment and education under problems, too: they are no medical problem. */
export function isClinical(fact: Fact, chart: Chart): boolean {
  const kinds = fact.concepts.flatMap((id) =>
    id.startsWith('code/') || id.startsWith('text/') ? [] : (chart.terminology.get(id)?.kind ?? []),
  );
  return kinds.length === 0 || kinds.some((kind) => kind !== 'social');
}
