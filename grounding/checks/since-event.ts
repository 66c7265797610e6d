/** "On metformin since her diabetes was diagnosed": what is said to last since an event began with it. */
import type { Check } from '../contract.ts';
import { dayOf, lengthOf } from '../matching/dates.ts';
import { candidatesOf, type World } from '../matching/world.ts';
import type { Assertion } from '../reading/assertions.ts';
import { fail, pass, unknown } from './contract.ts';
import { testTime } from './said-time.ts';

const SINCE = /\b(?:ever )?since\b[^.;,\d]*$/i;
/** "Begun when her diabetes was diagnosed", "started at the time of the diagnosis of diabetes". */
const WHEN = /\b(?:when|as soon as|at the time of|upon|at (?:the |his |her )?diagnosis)\b[^.;,\d]*$/i;
const BEGUN = new Set(['started', 'prescribed']);
const BEGINS = new Set(['medication', 'problem', 'device', 'care-plan']);
/** What begins within so many days of an event begins with it; after a year it surely does not. */
const WITH_IT = 45;
const APART = 366;

const startOf = (assertion: Assertion): number => Math.min(...assertion.heads.map(({ start }) => start));

/** The dates of what the assertion names, those that fit the times said of it. */
function datesOf(assertion: Assertion, world: World): readonly string[] {
  return assertion.heads.flatMap((head) =>
    candidatesOf(head, assertion, world)
      .facts.filter((fact) => !fact.negated && assertion.times.every((said) => testTime(said, fact, assertion, world).outcome === 'pass'))
      .flatMap(({ date }) => (date === undefined ? [] : [dayOf(date)])),
  );
}

export function checkSince(assertions: readonly Assertion[], text: string, world: World): readonly Check[] {
  const named = assertions.filter(({ heads }) => heads.length > 0);
  return named.flatMap((event, at): readonly Check[] => {
    const before = named[at - 1];
    const lead = text.slice(before ? startOf(before) : 0, startOf(event));
    const begun = before?.cues.some(({ type, sense }) => type === 'status' && BEGUN.has(sense)) && WHEN.test(lead);
    if (!begun && !SINCE.test(text.slice(0, startOf(event)))) return [];
    const opens = /^\s*(?:ever )?since\b/i.test(text);
    const lasting = opens ? named[at + 1] : before;
    if (!lasting || lasting.negated || lasting.noLonger) return [];
    if (!opens && SINCE.test(text.slice(0, startOf(lasting)))) return [];
    const facts = lasting.heads.flatMap((head) => candidatesOf(head, lasting, world).facts);
    if (facts.length === 0 || !facts.every(({ kind }) => BEGINS.has(kind))) return [];
    if (lasting.cues.some(({ type }) => type === 'trend')) return [];
    const starts = facts.flatMap(({ date }) => (date === undefined ? [] : [dayOf(date)])).sort();
    const events = datesOf(event, world);
    if (starts.length === 0 || events.length === 0)
      return [unknown('date', `whether it began with ${event.heads[0]!.text} is not recorded`)];
    const gap = Math.min(...events.flatMap((day) => starts.map((start) => Math.abs(lengthOf(day, start)))));
    if (gap <= WITH_IT) return [pass('date', `it began with ${event.heads[0]!.text}`)];
    const reason = `the record has ${lasting.heads[0]!.text} from ${starts[0]}, ${event.heads[0]!.text} from ${events[0]}`;
    return [gap > APART ? fail('date', reason) : unknown('date', reason)];
  });
}
