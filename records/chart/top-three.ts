import { formatDate } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import { isActive, type MatterItem, since } from './concern.ts';
import { fromConflicts, fromHospital, fromMeasurements, fromProblems } from './concerns.ts';
import { instantOf } from './fhir.ts';
import { upperFirst } from './names.ts';
import { fromMedicationList, fromPlans, fromSocial } from './open-ends.ts';

export type { Concern, MatterItem } from './concern.ts';

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
