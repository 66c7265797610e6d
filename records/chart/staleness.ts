import type { Fact, FactKind } from '../contract.ts';
import { latestInstantOf } from './fhir.ts';

const YEAR = 365.25 * 86_400_000;

/**
 * Years after which a fact of a kind no longer tells how things are now. Conventions of this project for showing age, from no guideline:
 * results, vital signs, surveys, social needs and coverage a year, care teams, plans, goals and orders two.
 * Immunizations, procedures, visits, devices, genotypes, allergies and family history do not age.
 */
export const USEFUL_YEARS: Readonly<Partial<Record<FactKind, number>>> = {
  result: 1,
  vital: 1,
  survey: 1,
  social: 1,
  coverage: 1,
  'care-team': 2,
  'care-plan': 2,
  goal: 2,
  order: 2,
};

/** An order still listed as active that nobody renewed for this long is named with its age. A convention, too. */
export const UNRENEWED_YEARS = 2;

/** Facts marked `stale`; old active orders say so in `details.age`. `now` in milliseconds. */
export function withStaleness(facts: readonly Fact[], now: number): Fact[] {
  return facts.map((fact) => {
    const at = fact.date ?? fact.recorded;
    if (at === undefined) return fact;
    const years = (now - latestInstantOf(at)) / YEAR;
    if (fact.kind === 'medication') {
      if (fact.status !== 'active' || fact.negated) return fact;
      const lapsed = fact.details?.lapsed !== undefined;
      if (!lapsed && years < UNRENEWED_YEARS) return fact;
      const age =
        years >= UNRENEWED_YEARS
          ? { age: `${fact.details?.source === 'reported' ? 'reported' : 'order'} from ${at.slice(0, 4)}, still listed as active` }
          : {};
      return { ...fact, stale: true, details: { ...fact.details, ...age } };
    }
    const useful = USEFUL_YEARS[fact.kind];
    return useful !== undefined && years > useful ? { ...fact, stale: true } : fact;
  });
}
