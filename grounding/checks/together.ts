/** "On the same day", "together", "and so was", "too": what is said of several things at once, or of one as of another. */
import type { Check } from '../contract.ts';
import { dayOf } from '../matching/dates.ts';
import { candidatesOf, type World } from '../matching/world.ts';
import type { Assertion, Head } from '../reading/assertions.ts';
import { fail, pass, unknown } from './contract.ts';

const SAME =
  /\b(?:(?:on|at|in|during) )?(?:the|one and the) (?:very )?same (day|date|time|moment|visit|week|month|year)\b|\b(?:together(?! with)|simultaneously|concurrently|in parallel|at once)\b/i;
/** "Lisinopril was started in May 2019, and so was apixaban", "heart disease likewise", "Metformin was too". */
const ELLIPSIS =
  /\b(?:so|as) (?:was|were|is|are|did|does|do|has|have|had)\b|\b(?:likewise|similarly|ditto)\b|\b(?:too|as well)\s*(?=[.,;)]|$)|\bas well as\b/i;
const BARE_ELLIPSIS = /\b(?:was|were|is|are|did|does|has|have|had) (?:too|also|as well|likewise)\s*[.!]?\s*$/i;
/** "a year after it was started". */
const INTERVAL =
  /\b(?:days?|weeks?|months?|years?|decades?) (?:after|before) (?:(?:it|they)\b|(?:that|its \w+)\s*[.,;]?\s*$|(?:start|stopp)ing it\b)/i;

/** The days, months or years of what a name means; for a beginning, that of the first only. */
function datesOf(head: Head, assertion: Assertion, length: number, world: World): ReadonlySet<string> | undefined {
  const begun = assertion.cues.some(({ type, sense }) => type === 'status' && ['started', 'onset', 'prescribed'].includes(sense));
  // A dose that is said picks one of several orders.
  if (assertion.quantities.length > 0) return undefined;
  const facts = candidatesOf(head, assertion, world).facts.filter((fact) => !fact.negated && fact.date !== undefined);
  if (facts.length === 0 || facts.some((fact) => fact.date!.length < length)) return undefined;
  const dates = facts.map((fact) => dayOf(fact.date!)).sort();
  return new Set((begun ? dates.slice(0, 1) : dates).map((date) => date.slice(0, length)));
}

function atSameTime(named: readonly { head: Head; assertion: Assertion }[], text: string, world: World): readonly Check[] {
  const same = SAME.exec(text);
  if (!same) return [];
  const open = [unknown('date', `what "${same[0]}" means here is not decided`)];
  const unit = same[1]?.toLowerCase();
  if (named.length < 2 || unit === 'week' || /\b(?:always|every|each|all|both|never|not)\b/i.test(text)) return open;
  const length = unit === 'year' ? 4 : unit === 'month' ? 7 : 10;
  const dates = named.map(({ head, assertion }) => datesOf(head, assertion, length, world));
  if (dates.some((days) => days === undefined)) return open;
  const [first, ...rest] = dates as ReadonlySet<string>[];
  return [...first!].some((day) => rest.every((days) => days.has(day)))
    ? [pass('date', `the record has them ${same[0]}`)]
    : [fail('date', `the record does not have them ${same[0]} (${dates.map((days) => [...days!][0]).join(', ')})`)];
}

export function checkTogether(assertions: readonly Assertion[], text: string, world: World): readonly Check[] {
  const headed = assertions.filter(({ heads }) => heads.length > 0);
  const named = headed.flatMap((assertion) =>
    assertion.heads.filter(({ concepts }) => concepts.some(({ kind }) => kind !== 'section')).map((head) => ({ head, assertion })),
  );
  const found: Check[] = [...atSameTime(named, text, world)];
  if (INTERVAL.test(text)) found.push(unknown('date', 'how long one was after the other is not decided'));
  if (named.length > 0 && BARE_ELLIPSIS.test(text)) found.push(unknown('overlap', 'what is said of it as of another is not decided'));
  else if (headed.length > 1 && ELLIPSIS.test(text)) {
    const says = ({ times, quantities, reasons, cues }: Assertion) =>
      times.length +
        quantities.length +
        reasons.length +
        cues.filter(({ type, sense }) => type === 'reason' || sense === 'stopped').length >
      0;
    const bare = headed.find((assertion) => assertion.times.length + assertion.quantities.length + assertion.reasons.length === 0);
    if (bare && headed.some((assertion) => assertion !== bare && says(assertion)))
      found.push(unknown('overlap', `what is said of ${bare.heads[0]!.text} as of the other is not decided`));
  }
  return found;
}
