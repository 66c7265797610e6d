import type { Chart, Fact } from '../contract.ts';
import type { MatterItem } from './concern.ts';
import { fromConflicts, fromHospital, fromMeasurements, fromProblems } from './concerns.ts';
import { instantOf } from './fhir.ts';
import { valueText } from './lines.ts';
import { sentenceName } from './names.ts';
import { fromMedicationList, fromPlans, fromSocial, fromTobacco } from './open-ends.ts';
import { fromAllergies, fromDrugs, fromProblemList, fromReadings, fromVisits } from './quiet.ts';
import { isOneOf } from './thresholds.ts';

export type { Concern, MatterItem } from './concern.ts';

/** 100: nothing matters more. With the cause where the record states one. */
function fromDeath(chart: Chart): MatterItem[] {
  const dead = chart.facts.find((fact) => fact.kind === 'patient' && fact.details?.deceased);
  if (!dead) return [];
  const cause = chart.facts.find(
    (fact) => fact.value !== undefined && fact.kind !== 'patient' && isOneOf(fact, chart.terminology, ['cause of death'], ['observation']),
  );
  return [
    {
      concern: 'death',
      title: `The patient died${chart.patient.deceased === true ? '' : ` on ${dead.details!.deceased}`}`,
      why: cause ? `Recorded cause: ${sentenceName(valueText(cause)!)}.` : 'Recorded in the patient’s details; no cause is recorded.',
      facts: cause ? [dead, cause] : [dead],
      score: 100,
      topic: 'death',
    },
  ];
}

/** Everything that may matter, the weightiest first. Deterministic: equal scores by date, then id. */
export function rank(chart: Chart): readonly MatterItem[] {
  const death = fromDeath(chart);
  const items = [
    ...death,
    ...fromMeasurements(chart),
    ...fromHospital(chart),
    ...fromProblems(chart),
    ...fromProblemList(chart),
    ...fromVisits(chart),
    ...fromReadings(chart),
    // What only the living need.
    ...(death.length > 0
      ? []
      : [
          ...fromConflicts(chart),
          ...fromPlans(chart),
          ...fromSocial(chart),
          ...fromTobacco(chart),
          ...fromMedicationList(chart),
          ...fromAllergies(chart),
          ...fromDrugs(chart),
        ]),
  ];
  return items.sort(
    (a, b) => b.score - a.score || instantOf(b.facts[0]!.date) - instantOf(a.facts[0]!.date) || (a.facts[0]!.id < b.facts[0]!.id ? -1 : 1),
  );
}

/** Whether one of the facts is a kind of the other's thing: epilepsy and seizure disorder, appendicitis and its rupture. */
const related = (a: Fact, b: Fact, chart: Chart): boolean =>
  a.kind === b.kind &&
  a.concepts.some((one) =>
    b.concepts.some(
      (other) => !one.startsWith('section/') && (one === other || chart.terminology.isA(one, other) || chart.terminology.isA(other, one)),
    ),
  );

const sameThing = (a: MatterItem, b: MatterItem, chart: Chart): boolean =>
  (a.topic !== undefined && a.topic === b.topic) ||
  (a.facts[0]!.id === b.facts[0]!.id && a.concern !== 'medication-list' && b.concern !== 'medication-list') ||
  (a.concern === 'problem' && b.concern === 'problem' && related(a.facts[0]!, b.facts[0]!, chart));

/**
 * The three things that matter most today, and why; fewer where the record holds less. At most two of one concern while there are others (three
 * abnormal results would hide the drug list), and no thing twice: a blood pressure and hypertension are one.
 */
export function topThree(chart: Chart): readonly MatterItem[] {
  const chosen: MatterItem[] = [];
  const ranked = rank(chart);
  for (const limit of [2, Number.POSITIVE_INFINITY]) {
    for (const item of ranked) {
      if (chosen.length === 3) break;
      if (chosen.some((other) => other === item || sameThing(other, item, chart))) continue;
      if (chosen.filter((other) => other.concern === item.concern).length >= limit) continue;
      chosen.push(item);
    }
  }
  return chosen.sort((a, b) => b.score - a.score);
}
