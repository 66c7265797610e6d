import type { Chart, Fact } from '../contract.ts';
import type { Question } from './contract.ts';
import type { Clause } from './parsed.ts';
import { describedInstead, type Found, type Scope } from './scope.ts';
import { isActive, isOf, isVoid, newestFirst } from './select.ts';

const DELIVERY_DATE = 'vital/delivery-date';
const PREGNANCY = 'condition/pregnancy';
const OF_PREGNANCY = /^condition\/pregnancy$|^(?:procedure|vital)\/[\w-]*(?:delivery|birth)\b(?!-weight)/;

/** Of a birth by itself. */
const OF_BIRTH =
  /\bdue date\b(?! (?:for|of) (?!(?:the |her |this )?(?:baby|birth|child|delivery|pregnancy)\b))|\b(?:edd|edc)\b|\b(?:baby|babies|birth|child|delivery|confinement|twins|pregnancy)\b(?:'s)?(?: \w+){0,2} due\b(?! (?:for|to)\b)|\bdue to (?:deliver|give (?:child)?birth)\b|\b(?:expected|estimated|likely) (?:date|day) (?:of|for) (?:the |her )?(?:birth|delivery|confinement)\b|\bwhen (?:is|will) (?:the |her )?(?:baby|birth|delivery|child) (?:expected|be born|come)\b/;
/** Of a birth in the record of somebody who is pregnant; else of whatever is due. */
const WHEN_DUE = /\bwhen (?:is|are) (?:she|they|the patient|‹n\d+›) (?:due|expecting)\W*$/;

const isPregnant = (chart: Chart): boolean =>
  chart.facts.some((fact) => fact.kind === 'problem' && isOf(fact, [PREGNANCY], chart) && isActive(fact, chart.asOf));

/** "What is her due date", "when is the baby due": of a pregnancy, where nothing else is named. */
export function deliveryAsked({ topics, mask, text }: Clause, chart: Chart): Question | undefined {
  const other = topics.some(({ concepts }) => concepts.length === 0 || concepts.some((id) => !OF_PREGNANCY.test(id)));
  if (other || !(OF_BIRTH.test(mask) || OF_BIRTH.test(text.toLowerCase()) || (WHEN_DUE.test(mask) && isPregnant(chart)))) return undefined;
  const name = chart.terminology.get(DELIVERY_DATE)?.name ?? 'estimated date of delivery';
  return { aspect: 'latest', kinds: ['result', 'vital', 'survey'], concepts: [DELIVERY_DATE], name, text };
}

export const asksDelivery = ({ concepts }: Question): boolean => concepts.includes(DELIVERY_DATE);

/** How notes of a pregnancy tell the day: "birth due on 31 December", "EDD 12/31". */
const TOLD =
  /\b(?:birth|baby|delivery|confinement)\b[^.;]{0,30}\b(?:due|expected)\b|\b(?:due|expected)\b[^.;]{0,20}\b(?:birth|delivery|confinement)\b|\bdue date\b|\bEDD\b|\bEDC\b|\b(?:estimated|expected) (?:date of )?(?:delivery|confinement)\b/i;

/** No date of its own is recorded: what the problem, a scan or a letter says of it. */
export function deliveryTold({ question, chart }: Scope): Found | undefined {
  if (!asksDelivery(question)) return undefined;
  const says = (fact: Fact): boolean => [...Object.values(fact.details ?? {}), fact.name].some((text) => TOLD.test(text));
  const told = chart.facts.filter((fact) => fact.part === undefined && !isVoid(fact) && fact.kind !== 'family-history' && says(fact));
  const current = told.filter((fact) => fact.kind === 'problem' && isActive(fact, chart.asOf));
  const others = told.filter((fact) => !current.includes(fact) && fact.kind !== 'problem').sort(newestFirst);
  const facts = [...current, ...others].slice(0, 3);
  if (facts.length === 0) return undefined;
  return {
    ...describedInstead(question, facts, 'no estimated date of delivery is recorded as such; these entries speak of it'),
    considered: facts,
  };
}
