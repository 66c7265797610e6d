import type { Chart, Fact } from '../contract.ts';
import { listMissing, missingOf, missingParts, missingWords } from '../missing.ts';
import { isOfAcuteVisit } from './concern.ts';
import { findConflicts } from './conflicts.ts';
import { instantOf } from './fhir.ts';
import { factLine } from './lines.ts';
import { upperFirst } from './names.ts';
import { unmetNeed } from './social-needs.ts';
import { isOneOf, reached } from './thresholds.ts';
import { tellingRank, topicOf } from './topics.ts';

export type OverviewKey =
  | 'identity'
  | 'allergies'
  | 'problems'
  | 'medications'
  | 'conflicts'
  | 'abnormal-results'
  | 'vitals'
  | 'recent-results'
  | 'hospital'
  | 'last-visit'
  | 'social'
  | 'genotypes'
  | 'goals'
  | 'care-plans'
  | 'upcoming'
  | 'past-problems'
  | 'procedures'
  | 'immunizations'
  | 'devices'
  | 'family-history'
  | 'care-team'
  | 'coverage';

export interface OverviewSection {
  readonly key: OverviewKey;
  /** "Active problems" */
  readonly title: string;
  /** Shown, the most telling first; bounded. */
  readonly facts: readonly Fact[];
  /** How many there are in all. */
  readonly total: number;
  /** One line for each fact shown. */
  readonly lines: readonly string[];
  /** Set where the record holds nothing of it and a reader must know: "no allergies are recorded". */
  readonly empty?: string;
}

const LIMIT = 8;

/** The order in which vital signs are read. */
const VITAL_ORDER = [
  'blood pressure',
  'heart rate',
  'oxygen saturation',
  'respiratory rate',
  'body temperature',
  'body mass index',
  'BMI percentile',
  'body weight',
  'body height',
];

function vitalRank(fact: Fact, chart: Chart): number {
  const at = VITAL_ORDER.findIndex((name) => isOneOf(fact, chart.terminology, [name], ['observation']));
  return at < 0 ? VITAL_ORDER.length : at;
}

const whole = (fact: Fact) => fact.part === undefined;
const isActive = (fact: Fact) => fact.status === 'active' && !fact.negated;

/** The newest fact of each thing, in the order given. */
function newestOf(
  facts: readonly Fact[],
  key: (fact: Fact) => string = (fact) =>
    fact.concepts.find((id) => !id.startsWith('code/') && !id.startsWith('section/')) ?? fact.concepts[0]!,
): readonly Fact[] {
  const seen = new Set<string>();
  return facts.filter((fact) => {
    const name = key(fact);
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

/** The most telling result of each topic first, of these the ones that follow an active problem; the newest first among equals. */
function mostTelling(results: readonly Fact[], problems: readonly Fact[], chart: Chart): readonly Fact[] {
  const followed = new Set(problems.map((fact) => topicOf(fact, chart)));
  return results
    .map((fact) => ({ fact, own: followed.has(topicOf(fact, chart)) ? 0 : 1, rank: tellingRank(fact, chart) }))
    .sort((a, b) => (a.rank === b.rank ? a.own - b.own : a.rank - b.rank))
    .map(({ fact }) => fact);
}

/** What the record holds, in the order in which a clinician reads it. Sections without facts are left out, except those whose absence must be said. */
export function overview(chart: Chart): readonly OverviewSection[] {
  const of = (...kinds: readonly Fact['kind'][]) => chart.facts.filter((fact) => whole(fact) && kinds.includes(fact.kind));
  const now = instantOf(chart.asOf);
  const results = newestOf(of('result').filter((fact) => fact.value !== undefined));
  const readings = of('vital').filter((fact) => fact.value !== undefined);
  const ordinary = readings.filter((fact) => !isOfAcuteVisit(fact, chart));
  const vitals = newestOf(ordinary.length > 0 ? ordinary : readings)
    .map((fact) => ({ fact, rank: vitalRank(fact, chart) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ fact }) => fact);
  const abnormal = [...results, ...vitals, ...newestOf(of('survey').filter((fact) => fact.value !== undefined))].filter(
    (fact) => (fact.flag !== undefined && fact.flag !== 'N') || reached(fact, chart).length > 0,
  );
  const visits = of('visit').filter((fact) => fact.status === 'completed' || fact.status === 'active');
  const hospital = visits.filter((fact) => fact.details?.class === 'inpatient' || fact.details?.class === 'emergency');
  const upcoming = of('appointment', 'visit', 'order', 'immunization').filter(
    (fact) => fact.status === 'planned' && fact.date !== undefined && instantOf(fact.date) >= now,
  );
  const needs = newestOf(of('social', 'problem').filter((fact) => fact.kind === 'social' || unmetNeed(fact)));
  const conflicts = findConflicts(chart.facts, chart.terminology).filter((conflict) => conflict.kind !== 'values-at-one-time');
  const byName = (fact: Fact) => `${fact.name} ${fact.dosage?.text ?? ''}`;
  const sections: readonly (readonly [OverviewKey, string, readonly Fact[], string?])[] = [
    ['identity', 'Patient', of('patient').slice(0, 1)],
    [
      'allergies',
      'Allergies',
      of('allergy').filter((fact) => fact.status === 'active' || fact.status === 'unconfirmed'),
      'No allergies are recorded, and neither is their absence.',
    ],
    ['problems', 'Active problems', newestOf(of('problem').filter(isActive), (fact) => fact.name), 'No active problem is recorded.'],
    ['medications', 'Active medications', newestOf(of('medication').filter(isActive), byName), 'No active medication is recorded.'],
    ['conflicts', 'Contradictions in the record', [...new Set(conflicts.flatMap((conflict) => conflict.facts))]],
    ['abnormal-results', 'Results outside their range', abnormal],
    ['vitals', 'Latest vital signs', vitals],
    [
      'recent-results',
      'Latest results',
      mostTelling(
        results.filter((fact) => !abnormal.includes(fact)),
        of('problem').filter(isActive),
        chart,
      ),
    ],
    ['hospital', 'Hospital and emergency visits', hospital],
    ['last-visit', 'Last visit', visits.slice(0, 1)],
    ['social', 'Social history and needs', needs],
    ['genotypes', 'Genotypes', newestOf(of('genotype'))],
    ['goals', 'Goals', newestOf(of('goal').filter(isActive), (fact) => fact.name)],
    ['care-plans', 'Care plans', newestOf(of('care-plan').filter(isActive), (fact) => fact.name)],
    ['upcoming', 'To come', [...upcoming].reverse()],
    [
      'past-problems',
      'Past problems',
      newestOf(
        of('problem').filter((fact) => fact.status === 'resolved' || fact.status === 'inactive'),
        (fact) => fact.name,
      ),
    ],
    [
      'procedures',
      'Procedures',
      newestOf(
        of('procedure').filter((fact) => fact.status === 'completed'),
        (fact) => fact.name,
      ),
    ],
    ['immunizations', 'Immunizations', newestOf(of('immunization').filter((fact) => fact.status === 'completed'))],
    ['devices', 'Devices', of('device').filter((fact) => fact.status !== 'inactive')],
    ['family-history', 'Family history', of('family-history')],
    ['care-team', 'Care team', of('care-team').filter(isActive)],
    ['coverage', 'Coverage', newestOf(of('coverage'), (fact) => fact.name)],
  ];
  const told: Partial<Record<OverviewKey, Fact['kind']>> = { allergies: 'allergy', problems: 'problem', medications: 'medication' };
  return sections.flatMap(([key, title, facts, none]): OverviewSection[] => {
    const kind = told[key];
    const parts = missingParts(chart);
    const unread = kind ? [...missingOf(parts, [kind]), ...missingWords(parts, [kind])] : [];
    const empty = none !== undefined && unread.length > 0 ? `${upperFirst(listMissing(unread))}.` : none;
    if (facts.length === 0 && empty === undefined) return [];
    const shown = facts.slice(0, LIMIT);
    return [
      { key, title, facts: shown, total: facts.length, lines: shown.map(factLine), ...(facts.length === 0 && empty ? { empty } : {}) },
    ];
  });
}

export { topThree } from './top-three.ts';
