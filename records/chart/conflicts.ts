import type { Terminology } from '../../language/contract.ts';
import { convert, sameUnit } from '../../language/units.ts';
import type { Fact, QuantityValue } from '../contract.ts';
import { instantOf, latestInstantOf } from './fhir.ts';
import { disagreements } from './person-statements.ts';

export interface Conflict {
  readonly kind:
    | 'allergy-and-none'
    | 'active-drug-with-allergy'
    | 'dose'
    | 'two-drugs'
    | 'stopped-later'
    | 'problem-status'
    | 'values-at-one-time'
    | 'person';
  /** What a person reads: "amoxicillin is active, yet an allergy to penicillin is recorded". */
  readonly text: string;
  readonly facts: readonly [Fact, Fact];
}

const curated = (fact: Fact): readonly string[] => {
  const known = fact.concepts.filter((id) => !id.startsWith('code/') && !id.startsWith('text/') && !id.startsWith('section/'));
  return known.length > 0 ? known : fact.concepts.filter((id) => !id.startsWith('section/'));
};

const isActive = (fact: Fact) => fact.status === 'active' && !fact.negated;

function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((first, index) => items.slice(index + 1).map((second) => [first, second] as const));
}

/** What kind of allergy "no known drug allergies" speaks of. Undefined where the terminology does not place the substance. */
function allergyScope(fact: Fact, terminology: Terminology): string | undefined {
  const kinds = fact.concepts.map((id) => terminology.get(id)?.kind);
  const category = fact.details?.category ?? '';
  if (kinds.includes('drug') || kinds.includes('drug-class') || /medication|biologic/.test(category)) return 'drug';
  if (/food/.test(category)) return 'food';
  return /environment/.test(category) ? 'environment' : undefined;
}

function allergyConflicts(facts: readonly Fact[], terminology: Terminology): Conflict[] {
  const allergies = facts.filter((fact) => fact.kind === 'allergy');
  const none = allergies.filter((fact) => fact.details?.absence !== undefined && fact.status === 'active');
  const stated = allergies.filter((fact) => !fact.negated && fact.status === 'active');
  const drugs = facts.filter((fact) => fact.kind === 'medication' && isActive(fact));
  const suspected = allergies.filter((fact) => !fact.negated && fact.status === 'unconfirmed');
  const contradicted = none.flatMap((absent) =>
    [...stated, ...suspected]
      .filter((fact) => absent.details!.absence === 'any' || absent.details!.absence === allergyScope(fact, terminology))
      .map(
        (fact): Conflict => ({
          kind: 'allergy-and-none',
          text: `"${absent.name}" is recorded, and so is an allergy to ${fact.name}`,
          facts: [absent, fact],
        }),
      ),
  );
  const given = stated.flatMap((allergy) =>
    drugs
      .filter((drug) => drug.concepts.some((id) => curated(allergy).some((substance) => terminology.isA(id, substance))))
      .map(
        (drug): Conflict => ({
          kind: 'active-drug-with-allergy',
          text: `${drug.name} is listed as active, and an ${allergy.allergyType === 'intolerance' ? `intolerance of ${allergy.name}` : `allergy to ${allergy.name}`} is recorded`,
          facts: [drug, allergy],
        }),
      ),
  );
  return [...contradicted, ...given];
}

const strengthKey = (fact: Fact) =>
  (fact.strengths ?? [])
    .map((strength) => `${strength.concept} ${strength.value} ${strength.ucum ?? strength.unit} ${strength.per ?? ''}`)
    .sort()
    .join('; ');

/** How much and how often, where both are structured; wording and route do not make a difference. */
function doseKey(fact: Fact): string | undefined {
  const dosage = fact.dosage;
  if (dosage?.value === undefined || dosage.timesPerDay === undefined) return undefined;
  return `${dosage.value} ${dosage.ucum ?? dosage.unit ?? ''} ${dosage.timesPerDay}`;
}

/** Ingredients without the combination's own concept: what two orders have in common. */
const ingredients = (fact: Fact) =>
  curated(fact)
    .filter((id) => !id.includes('+'))
    .sort()
    .join(' ');

function drugConflicts(facts: readonly Fact[]): Conflict[] {
  const byDrug = new Map<string, Fact[]>();
  for (const fact of facts) {
    if (fact.kind !== 'medication' || fact.negated || fact.part !== undefined) continue;
    if (fact.details?.source === 'given' || fact.details?.source === 'dispensed') continue;
    const key = ingredients(fact);
    byDrug.set(key, [...(byDrug.get(key) ?? []), fact]);
  }
  return [...byDrug.values()].flatMap((group) => {
    const active = group.filter(isActive);
    const doses = pairs(active).flatMap(([first, second]): Conflict[] => {
      const strength = strengthKey(first) !== strengthKey(second) && strengthKey(first) !== '' && strengthKey(second) !== '';
      const dose = doseKey(first) !== undefined && doseKey(second) !== undefined && doseKey(first) !== doseKey(second);
      if (!strength && !dose) return [];
      const said = (fact: Fact) => `${fact.name}${fact.dosage ? `, ${fact.dosage.text}` : ''}`;
      return [{ kind: 'dose', text: `two active entries of one drug differ: ${said(first)}; and ${said(second)}`, facts: [first, second] }];
    });
    const ended = active.flatMap((fact) =>
      group
        .filter((other) => other.status === 'stopped' && (strengthKey(other) === strengthKey(fact) || strengthKey(other) === ''))
        .filter((other) => [other.date, other.end, other.recorded].some((at) => instantOf(at) > instantOf(fact.date)))
        .slice(0, 1)
        .map(
          (other): Conflict => ({
            kind: 'stopped-later',
            text: `${fact.name} is listed as active, yet it is recorded as stopped later`,
            facts: [fact, other],
          }),
        ),
    );
    return [...doses, ...ended];
  });
}

/** One entry under the names of two drugs: which of them it is for, it does not tell. */
function nameConflicts(facts: readonly Fact[]): Conflict[] {
  const called = facts.filter((fact) => fact.kind === 'medication' && fact.details?.contradiction !== undefined);
  return pairs(called)
    .filter(([first, second]) => first.id === second.id)
    .map((pair): Conflict => ({ kind: 'two-drugs', text: `one entry is called both ${pair[0].name} and ${pair[1].name}`, facts: pair }));
}

/** Active and resolved entries of one problem whose times overlap, and confirmed beside refuted ones. Recurrences after an end are no conflict. */
function problemConflicts(facts: readonly Fact[]): Conflict[] {
  const byConcept = new Map<string, Fact[]>();
  for (const fact of facts) {
    if (fact.kind !== 'problem' || fact.details?.absence) continue;
    const key = `${fact.concepts[0]} ${fact.laterality ?? ''}`;
    byConcept.set(key, [...(byConcept.get(key) ?? []), fact]);
  }
  return [...byConcept.values()].flatMap((group) => {
    const active = group.filter(isActive);
    const over = group.filter((fact) => fact.status === 'resolved' && fact.end !== undefined);
    const refuted = group.filter((fact) => fact.status === 'refuted');
    const overlapping = active.flatMap((fact) =>
      over
        // One concept can hold several states ("full-time employment", "part-time employment"): only the same words contradict each other.
        .filter((other) => other.name.toLowerCase() === fact.name.toLowerCase())
        .filter((other) => fact.date !== undefined && latestInstantOf(fact.date) < instantOf(other.end))
        .map(
          (other): Conflict => ({
            kind: 'problem-status',
            text: `${fact.name} is listed both as active and as resolved`,
            facts: [fact, other],
          }),
        ),
    );
    const denied = active.flatMap((fact) =>
      refuted.map(
        (other): Conflict => ({
          kind: 'problem-status',
          text: `${fact.name} is listed as active and has been refuted`,
          facts: [fact, other],
        }),
      ),
    );
    return [...overlapping, ...denied];
  });
}

/** Two numbers agree where they are equal after conversion, to the rounding of four significant digits. */
function agree(first: QuantityValue, second: QuantityValue): boolean {
  if (first.ucum && second.ucum && first.ucum !== second.ucum && !sameUnit(first.ucum, second.ucum)) {
    const converted = convert(second.value, second.ucum, first.ucum);
    return converted === undefined || Math.abs(converted - first.value) <= Math.abs(first.value) * 5e-3;
  }
  return first.value === second.value;
}

/** Different values of one test at one instant (not merely on one day). */
function valueConflicts(facts: readonly Fact[]): Conflict[] {
  const byMoment = new Map<string, Fact[]>();
  for (const fact of facts) {
    if (fact.kind !== 'result' && fact.kind !== 'vital') continue;
    if (
      fact.value?.type !== 'quantity' ||
      fact.date === undefined ||
      fact.date.length <= 10 ||
      fact.details?.specimen ||
      fact.details?.method
    )
      continue;
    const key = `${fact.date} ${fact.concepts[0]} ${fact.part ?? ''} ${fact.site ?? ''} ${fact.laterality ?? ''}`;
    const group = byMoment.get(key);
    if (group) group.push(fact);
    else byMoment.set(key, [fact]);
  }
  return [...byMoment.values()].flatMap((group) =>
    pairs(group.slice(0, 6)).flatMap(([first, second]): Conflict[] =>
      first.id === second.id || agree(first.value as QuantityValue, second.value as QuantityValue)
        ? []
        : [
            {
              kind: 'values-at-one-time',
              text: `two values of ${first.name} at one time: ${first.value!.text} and ${second.value!.text}`,
              facts: [first, second],
            },
          ],
    ),
  );
}

/** Born, sex, gender and death cannot be two things; an address or a telephone number may merely have changed. */
const ONE_OF = ['birth-date', 'gender', 'deceased'];

/** A record that was merged into this one says otherwise of the person. */
function personConflicts(facts: readonly Fact[]): Conflict[] {
  const own = facts.find((fact) => fact.kind === 'patient' && fact.details?.relationship === undefined && !fact.details?.merged);
  if (own === undefined) return [];
  return ONE_OF.flatMap((field) =>
    disagreements({ facts }, field)
      .filter(({ given }) => given || field === 'deceased')
      .map(({ fact, text }): Conflict => ({ kind: 'person', text, facts: [own, fact] })),
  );
}

/** Everything in the record that contradicts itself. */
export function findConflicts(facts: readonly Fact[], terminology: Terminology): readonly Conflict[] {
  return [
    ...allergyConflicts(facts, terminology),
    ...drugConflicts(facts),
    ...nameConflicts(facts),
    ...problemConflicts(facts),
    ...valueConflicts(facts),
    ...personConflicts(facts),
  ];
}

/** The facts, each with the ids of those that it conflicts with. */
export function withConflicts(facts: readonly Fact[], terminology: Terminology): readonly Fact[] {
  const against = new Map<Fact, Set<string>>();
  for (const { facts: pair } of findConflicts(facts, terminology)) {
    for (const [fact, other] of [pair, [pair[1], pair[0]] as const]) {
      if (fact.id !== other.id) against.set(fact, (against.get(fact) ?? new Set()).add(other.id));
    }
  }
  return against.size === 0 ? facts : facts.map((fact) => (against.has(fact) ? { ...fact, conflicts: [...against.get(fact)!] } : fact));
}
