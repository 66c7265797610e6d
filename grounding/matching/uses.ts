/** That a drug was given or used, against entries that tell no more than that it was ordered. */
import { formatDate } from '../../language/dates.ts';
import { isAsNeeded, tellsUse } from '../../records/chart/use-told.ts';
import type { Fact } from '../../records/contract.ts';
import { unknown } from '../checks/contract.ts';
import type { Check } from '../contract.ts';
import type { Assertion } from '../reading/assertions.ts';
import type { SaidUse } from '../reading/use.ts';
import type { Evaluated } from './evaluate.ts';
import { said } from './world.ts';

export const usesOnly = (facts: readonly Fact[], use: SaidUse): { readonly told: readonly Fact[]; readonly ordered: readonly Fact[] } => ({
  told: facts.filter((fact) => tellsUse(fact, use)),
  ordered: facts.filter((fact) => !tellsUse(fact, use)),
});

const reasonOf = (name: string, { text }: SaidUse, ordered: readonly Fact[]): Check => {
  const [fact] = ordered.toSorted((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
  const how = `${fact!.details?.['source'] === 'reported' ? 'reported' : 'ordered'}${isAsNeeded(fact!) ? ' as needed' : ''}`;
  return unknown(
    'status',
    `the record has ${name} ${how}${fact!.date ? ` on ${formatDate(fact!.date)}` : ''}, which does not tell a use of it ("${text}")`,
  );
};

/** Nothing but orders: neither that it was used nor that it was not. */
export const orderedOnly = (name: string, use: SaidUse, ordered: readonly Fact[]): Evaluated => ({
  checks: [reasonOf(name, use, ordered)],
  ids: [...new Set(ordered.map(({ id }) => id))].slice(0, 3),
});

const ABOUT_ALL = ['latest', 'first', 'previous', 'only', 'never', 'always', 'all', 'none'];

/**
 * Where some entries tell a use and others only an order, what happened at other times is not known: a date that does not fit is not wrong, and how
 * often it was used, or when for the last time, is not decided.
 */
export function besideOrders(found: Evaluated, name: string, use: SaidUse, ordered: readonly Fact[], assertion: Assertion): Evaluated {
  const ofAll =
    assertion.negated ||
    ABOUT_ALL.some((sense) => said(assertion, 'order', sense)) ||
    assertion.quantities.some(({ role }) => role === 'count');
  const checks = found.checks.map(
    (check): Check =>
      check.outcome === 'fail' &&
      (check.name === 'date' || check.name === 'entity' || check.name === 'number' || (ofAll && check.name === 'negation'))
        ? { ...check, outcome: 'unknown' }
        : check,
  );
  const opened = checks.some((check, at) => check !== found.checks[at]) || (ofAll && checks.every(({ outcome }) => outcome === 'pass'));
  return { ...found, checks: opened ? [...checks, reasonOf(name, use, ordered)] : checks };
}
