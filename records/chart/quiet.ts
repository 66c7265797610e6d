import { formatDate } from '../../language/dates.ts';
import type { Chart } from '../contract.ts';
import { AGE_DAYS, age, ago, drugName, enumerate, isActive, isDead, type MatterItem, since } from './concern.ts';
import { isClinical } from './concerns.ts';
import { valueText } from './lines.ts';
import { upperFirst } from './names.ts';
import { isOneOf } from './thresholds.ts';
import { readingText, telling, topicOf } from './topics.ts';

/** What stands where nothing stands out. All of it scores below 30. */

/** Over after weeks, whatever the problem list says. */
const PASSING =
  /\b(?:acute|viral|history of|miscarriage|fracture|sprain|strain|laceration|contusion|concussion|burn|wound|bite|injury|appendi\w+|rupture\w*|whiplash|otitis|pharyngitis|tonsillitis|cystitis|pneumonia|influenza|covid|sars-cov-2|gingivitis|normal pregnancy)\b/i;

/** Active problems that are only that: 15 where a drug in force or a care plan names it, 12 else, 5.9 where it would be over by now. */
export function fromProblemList(chart: Chart): MatterItem[] {
  return chart.facts
    .filter((fact) => fact.kind === 'problem' && isActive(fact) && isClinical(fact, chart))
    .map((fact, index): MatterItem => {
      const treated = chart.facts.filter(
        (other) =>
          (other.kind === 'medication' || other.kind === 'care-plan') &&
          isActive(other) &&
          other.reasons.some((reason) => reason.ref === fact.id),
      );
      const drugs = [...new Set(treated.filter((other) => other.kind === 'medication').map((other) => drugName(other, chart)))];
      const topic = topicOf(fact, chart);
      const told = telling(topic, chart);
      const passing = PASSING.test(fact.name) && fact.date !== undefined && age(fact, chart) > AGE_DAYS.year;
      const from = fact.date ? `On the problem list since ${formatDate(fact.date)}` : 'On the problem list, without a date';
      return {
        concern: 'problem',
        title: `${upperFirst(fact.name)} is listed as an active problem`,
        why: `${from}${drugs.length > 0 ? `; the reason for ${enumerate(drugs)}` : treated.length > 0 ? `; addressed by ${treated[0]!.name}` : ''}.${told ? ` Newest ${readingText(told)}.` : ''}`,
        facts: told ? [fact, told] : [fact],
        score: (passing ? 5.9 : treated.length > 0 ? 15 : 12) - Math.min(index, 20) * 0.01,
        topic,
      };
    });
}

/** No visit for two years: 23. Else the newest visit: 11. Certificates of a death are no visit. */
export function fromVisits(chart: Chart): MatterItem[] {
  const visit = chart.facts.find(
    (fact) =>
      fact.kind === 'visit' &&
      (fact.status === 'completed' || fact.status === 'active') &&
      fact.date !== undefined &&
      !/\bdeath\b/i.test(fact.name),
  );
  if (!visit) return [];
  const days = age(visit, chart);
  const reason = visit.reasons.length > 0 ? `, for ${visit.reasons.map((item) => item.text).join(', ')}` : '';
  const long = !isDead(chart) && days > 2 * AGE_DAYS.year;
  return [
    {
      concern: 'visit',
      title: long ? `No visit is recorded since ${formatDate(visit.date!)}` : `Last visit${since(visit)}: ${visit.name}${reason}`,
      why: `${long ? `The last one, ${ago(days, chart)}: ${visit.name}${reason}` : upperFirst(ago(days, chart))}.`,
      facts: [visit],
      score: long ? 23 : 11,
      topic: visit.details?.class === 'inpatient' || visit.details?.class === 'emergency' ? 'hospital' : 'visit',
    },
  ];
}

/** Allergies in force as one thing: 29 where one is grave, 13 else. */
export function fromAllergies(chart: Chart): MatterItem[] {
  const allergies = chart.facts.filter((fact) => fact.kind === 'allergy' && isActive(fact) && !fact.details?.absence);
  if (allergies.length === 0) return [];
  const grave = allergies.filter(
    (fact) =>
      fact.criticality === 'high' || /severe/i.test(fact.severity ?? '') || fact.reactions?.some((reaction) => /anaphyla/i.test(reaction)),
  );
  const first = [...grave, ...allergies.filter((fact) => !grave.includes(fact))];
  const intolerances = first.filter((fact) => fact.allergyType === 'intolerance').length;
  const kind =
    first.length === 1
      ? intolerances > 0
        ? 'Intolerance of'
        : 'Allergy to'
      : intolerances === 0
        ? 'allergies'
        : intolerances === first.length
          ? 'intolerances'
          : 'allergies and intolerances';
  const reactions = [...new Set((grave[0] ?? first[0]!).reactions ?? [])];
  return [
    {
      concern: 'allergy',
      title:
        first.length === 1
          ? `${kind} ${first[0]!.name} is recorded`
          : `${first.length} ${kind} are recorded: ${enumerate(first.map((fact) => fact.name))}`,
      why:
        grave.length > 0
          ? `${upperFirst(grave[0]!.name)} is recorded as ${grave[0]!.criticality === 'high' ? 'high criticality' : 'severe'}${reactions.length > 0 ? `; reaction: ${reactions.join(', ')}` : ''}.`
          : `On the allergy list${reactions.length > 0 ? `; reaction: ${reactions.join(', ')}` : ''}.`,
      facts: first,
      score: grave.length > 0 ? 29 : 13,
      topic: 'allergies',
    },
  ];
}

/** Drugs in force whose entries are not old, as one thing: 13. */
export function fromDrugs(chart: Chart): MatterItem[] {
  const drugs = chart.facts.filter((fact) => fact.kind === 'medication' && isActive(fact) && !fact.stale && fact.part === undefined);
  const names = [...new Set(drugs.map((fact) => drugName(fact, chart)))];
  if (names.length === 0) return [];
  return [
    {
      concern: 'medication-list',
      title: `Takes ${enumerate(names)}`,
      why: `${names.length === 1 ? 'The drug' : `The ${names.length} drugs`} in force on the list.`,
      facts: drugs,
      score: 13,
      topic: 'medication list',
    },
  ];
}

/** What a clinician looks at where nothing else is recorded, in this order. */
const LOOKED_AT = [
  'blood pressure',
  'body mass index',
  'BMI percentile',
  'body weight',
  'hemoglobin',
  'hemoglobin A1c',
  'eGFR',
  'body temperature',
];

/** The newest readings that nothing calls abnormal: 6 down to 4. Immunizations 3. */
export function fromReadings(chart: Chart): MatterItem[] {
  const readings = LOOKED_AT.flatMap((name, index): MatterItem[] => {
    const fact = chart.facts.find(
      (item) =>
        (item.kind === 'vital' || item.kind === 'result') &&
        item.part === undefined &&
        valueText(item) !== undefined &&
        item.date !== undefined &&
        isOneOf(item, chart.terminology, [name], ['observation']),
    );
    if (!fact) return [];
    return [
      {
        concern: 'reading',
        title: `${upperFirst(fact.name)} ${valueText(fact)}${since(fact)}`,
        why: `The newest reading, ${ago(age(fact, chart), chart)}${fact.flag === 'N' ? '; normal as recorded' : ''}.`,
        facts: [fact],
        score: 6 - index * 0.2,
        topic: topicOf(fact, chart),
      },
    ];
  });
  const vaccine = chart.facts.find(
    (fact) => fact.kind === 'immunization' && fact.status === 'completed' && !fact.negated && fact.date !== undefined,
  );
  return [
    ...readings,
    ...(vaccine
      ? [
          {
            concern: 'reading' as const,
            title: `Last immunization${since(vaccine)}: ${vaccine.name}`,
            why: `${upperFirst(ago(age(vaccine, chart), chart))}.`,
            facts: [vaccine],
            score: 3,
            topic: 'immunizations',
          },
        ]
      : []),
  ];
}
