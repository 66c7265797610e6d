import { formatDate } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import type { Premise, PremiseResult } from './contract.ts';
import { namedElsewhere } from './elsewhere.ts';
import { isActive, isPast, isVoid, matching, newestFirst, visitsFor } from './select.ts';
import { isToldOf } from './windows.ts';

const dated = (fact: Fact): string => (fact.date ? ` since ${formatDate(fact.date)}` : '');

/** Holds what a question takes for granted against the record: "since she stopped metformin", when she has not. */
export function checkPremises(premises: readonly Premise[], chart: Chart): readonly PremiseResult[] {
  return premises.map((premise): PremiseResult => {
    const own = matching(premise, chart);
    const all = [...(own.length > 0 || premise.state !== 'present' ? own : visitsFor(premise, chart))].sort(newestFirst);
    const facts = all.filter((fact) => !isVoid(fact));
    const active = facts.filter((fact) => isActive(fact, chart.asOf));
    const past = facts.filter((fact) => isPast(fact, chart.asOf));
    const result = (ok: boolean, text: string, about: readonly Fact[]): PremiseResult => ({ ok, premise, text, facts: about.slice(0, 3) });
    const { name } = premise;
    const told =
      facts.length === 0 && premise.state === 'present'
        ? namedElsewhere(premise.concepts, premise.kinds, chart).stated.filter(isToldOf)
        : [];
    if (told.length > 0) return result(true, `${capital(name)} is named elsewhere`, told);
    if (facts.length === 0) return result(false, `${capital(name)} is not recorded`, all);
    switch (premise.state) {
      case 'stopped':
      case 'resolved':
        return active.length > 0
          ? // Where other orders of it did end, the active ones do not tell since when.
            result(false, `${capital(name)} is recorded as active${past.length > 0 ? '' : dated(active.at(-1)!)}`, active)
          : result(true, `${capital(name)} is not active any more`, past);
      case 'active':
        return active.length > 0
          ? result(true, `${capital(name)} is active`, active)
          : result(false, `${capital(name)} is recorded as no longer active`, past);
      case 'reduced':
      case 'increased':
        return result(true, `${capital(name)} is recorded`, facts);
      default:
        return result(true, `${capital(name)} is recorded`, facts);
    }
  });
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
