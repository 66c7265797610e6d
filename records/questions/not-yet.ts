import { placeInRange } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import type { Note } from './contract.ts';

const isAhead = (fact: Fact, { asOf }: Chart): boolean =>
  fact.date !== undefined && placeInRange(fact.date, undefined, asOf.slice(0, 10)) === 'out';

const isProposal = ({ details }: Fact): boolean => details?.intent === 'proposal' || details?.intent === 'option';

/** What is only meant to come about, told as what it is: ordered for a later day, proposed, planned. */
export function notYet(planned: readonly Fact[], chart: Chart): Pick<Note, 'kind' | 'text'> {
  if (!planned.every((fact) => fact.kind === 'medication')) return { kind: 'planned-only', text: 'planned, not recorded as done' };
  if (planned.some((fact) => isAhead(fact, chart))) return { kind: 'future', text: 'ordered for a day to come: not taken yet' };
  return { kind: 'planned-only', text: `${planned.every(isProposal) ? 'proposed' : 'planned'} only: not recorded as taken` };
}
