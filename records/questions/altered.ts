import type { Fact } from '../contract.ts';
import type { Premise } from './contract.ts';
import type { Found, Scope } from './scope.ts';
import { isActive, isPast } from './select.ts';

/** What was done to a drug's dose, and words that people use for it. */
const REDUCED =
  /\b(?:reduc\w*|cut(?: back| down)?|lower\w*|halv\w*|decreas\w*|taper\w*|weaned?|dropped|step(?:ped)? down|chang\w*|switch\w*|adjust\w*)\b/;
const RAISED = /\b(?:increas\w*|rais\w*|doubl\w*|upped|step(?:ped)? up|uptitrat\w*|titrat\w*)\b/;
const STOPPED =
  /\b(?:stop(?:ped|s)?|discontinued?|quit|taken off|come off|came off|off|withdrawn|ceased|held|(?:put |placed |is |was )?on hold|paused?|suspended)\b/;

/** Words that stand beside a drug for what became of it, and qualify nothing. */
export const ALTERS =
  /^(?:cut|halv(?:e|ed)|held|paus(?:e|ed)|taper(?:ed)?|wean(?:ed)?|upp(?:ed)?|bump(?:ed)?|dropp?(?:ed)?|titrat(?:e|ed)?|suspend(?:ed)?)$/;

/** What the words take to have become of a drug; a pause is no stop. */
export function becameOf(words: string): Premise['state'] | undefined {
  if (/\b(?:held|hold|paused?|suspended)\b/.test(words)) return 'reduced';
  return STOPPED.test(words) ? 'stopped' : RAISED.test(words) ? 'increased' : REDUCED.test(words) ? 'reduced' : undefined;
}

/**
 * "Why was her metformin reduced", "when was it stopped": answered by the orders that ended or pause, with the reason that they give, and by the
 * order that came after; not by what the drug is for.
 */
export function askedAltered({ question, facts, chart }: Scope): Found | undefined {
  if (!question.kinds.includes('medication') || !question.premise?.some(({ state }) => /^(?:stopped|reduced|increased)$/.test(state)))
    return undefined;
  const over = facts.filter((fact) => isPast(fact, chart.asOf));
  if (question.aspect === 'reason') {
    const told = over.filter((fact) => fact.statusReason);
    return told.length > 0 ? { outcome: 'found', facts: told, considered: facts } : undefined;
  }
  if (!/^(?:date|onset|end)$/.test(question.aspect)) return undefined;
  const ended = over.filter((fact) => fact.end);
  const next = facts.filter((fact) => isActive(fact, chart.asOf) && ended.some((old) => follows(fact, old)));
  return ended.length > 0 ? { outcome: 'found', facts: [...ended, ...next], considered: facts } : undefined;
}

const follows = (fact: Fact, old: Fact): boolean => fact.date !== undefined && fact.date.slice(0, 10) >= (old.end ?? '').slice(0, 10);
