/** "That day", "for this": what a sentence says by pointing at the one before it must be so of what that one tells. */
import { formatDate, timeExpressions } from '../language/dates.ts';
import { factsOf } from '../records/chart/evidence.ts';
import type { Chart, Fact } from '../records/contract.ts';
import { unknown } from './checks/contract.ts';
import type { Check } from './contract.ts';
import { dayOf } from './matching/dates.ts';

const THAT_DAY =
  /\b(?:(?:on|from) )?(?:that(?: very| same)?|the (?:very )?same) (?:day|date|morning|afternoon|evening|night)\b(?! (?:as|that|when|of|after|before)\b)/i;
const THAT_TIME =
  /\b(?:(?:at|around|about) (?:that|the|this|the same) (?:time|point|stage|juncture|visit|encounter|consultation|appointment|check-?up|admission)|(?:in|during) that (?:year|month|week|visit|stay|admission|encounter)|on (?:that|the same) (?:occasion|visit)|that (?:month|year|week|spring|summer|autumn|fall|winter)|there and then|then and there|(?<!\b(?:since|by|until|till|from|now and|back|even|every now and) )then(?=[.\s]*$))\b(?! (?:as|that|when|of)\b)/i;
const FOR_THIS =
  /^(?:(?:and|so|also|then)\b,? )?((?:for|because of|on account of|due to|owing to|as a result of|in view of) (?:this|that|these|those|it|which)(?= (?:\w+ )?(?:(?:she|he|they|we|the patient|mrs?|ms|dr)\b)|[,:])|(?:for|because of|on account of|due to) (?:this|that|the same) (?:problem|reason|condition|illness|complaint|indication|episode|diagnosis|infection)|(?:that is|that's|this is|which is) why|hence|therefore|consequently|as a (?:consequence|result)|accordingly|(?:(?:for|to (?:treat|relieve|control|manage|ease)) which)|to (?:treat|relieve|control|manage|ease) (?:it|this|that|them|these)|(?:it|this|that|they|these|which|the (?:episode|infection|illness|attack|condition|problem|injury)) (?:was|were|is|are|has been|had been|being)(?: \w+ly)? (?:treated|managed|relieved|controlled|eased|handled)|(?:the|her|his|their) (?:treatment|therapy|management)(?: given)? (?:was|were|consisted|included|comprised)|during (?:it|this|that)(?= (?:she|he|they|we|the patient)\b)|(?:it|this|that) (?:led to|prompted|required|called for))\b/i;

/** What a sentence leaves behind for the next to point at. */
export interface Told {
  /** Its one day, or as much of a date as it has. */
  readonly at?: string;
  readonly problems: readonly Fact[];
}

const happened = (fact: Fact): boolean => fact.kind !== 'patient' && fact.part === undefined && fact.date !== undefined;

/** The entries of a sentence that is told. */
function entriesOf(ids: readonly string[], chart: Chart): readonly Fact[] {
  return ids.flatMap((id) => factsOf(chart, id)).filter(happened);
}

export function toldBy(read: string, verdict: string, ids: readonly string[], before: Told | undefined, chart: Chart): Told {
  const entries = entriesOf(ids, chart);
  const said = timeExpressions(read, chart.asOf).filter(({ from, to }) => from !== undefined || to !== undefined);
  const [time] = said;
  const inside = entries.filter(({ date }) => {
    const day = dayOf(date!);
    return !time || (day >= (time.from ?? '').slice(0, day.length) && day <= (time.to ?? '9').slice(0, day.length));
  });
  const days = new Set(inside.map(({ date }) => dayOf(date!)));
  const exact = said.length === 1 && time!.precision === 'day' && (time!.relation === 'on' || time!.relation === 'in');
  const own = said.length <= 1 && days.size === 1 && (verdict === 'supported' || (verdict === 'unverified' && said.length === 1));
  // "An echo on 22 January. Her ejection fraction was low. That day ...": what has no time of its own changes nothing.
  const at = exact ? time!.from!.slice(0, 10) : said.length === 0 && before?.at ? before.at : own ? [...days][0] : undefined;
  return { ...(at ? { at } : {}), problems: entries.filter(({ kind }) => kind === 'problem') };
}

/** The phrase stands behind a date of its own, or behind a name that it may point at. */
const inItself = (read: string, at: number, asOf: string): boolean =>
  timeExpressions(read.slice(0, at), asOf).some(({ from }) => from !== undefined);

/** What keeps a sentence that points back from being shown as fact; nothing where what it points at bears it out. */
export function pointedAt(read: string, ids: readonly string[], before: Told | undefined, chart: Chart): Check | undefined {
  const entries = entriesOf(ids, chart);
  const reason = FOR_THIS.exec(read.trim());
  if (reason) {
    const open = unknown('entity', `that it was "${reason[0]}" is not stated by the record`);
    const problems = before?.problems ?? [];
    const treated = entries.filter(({ kind }) => kind !== 'problem' && kind !== 'visit');
    const names = new Set(problems.map(({ name }) => name));
    const [problem] = problems;
    if (!problem?.date || names.size !== 1 || treated.length === 0) return open;
    const borne = treated.every((fact) =>
      fact.reasons.some(
        (told) =>
          problems.some((one) => one.id === told.ref) ||
          (problems.some((one) => one.concepts.some((id) => told.concepts.includes(id))) && dayOf(fact.date!) >= dayOf(problem.date!)),
      ),
    );
    if (!borne) return open;
  }
  for (const pattern of [THAT_DAY, THAT_TIME]) {
    const said = pattern.exec(read);
    if (!said) continue;
    // "The scan and the biopsy were on the same day": of one another.
    const own = new Set(entries.map(({ date }) => dayOf(date!)));
    const together =
      /^(?:on |at |from )?the (?:very )?same/i.test(said[0]) && said.index > 0 && / (?:and|as well as|both|with|together)\b/i.test(read);
    if (together && own.size === 1 && new Set(entries.map(({ id }) => id)).size > 1) continue;
    const open = (reason: string): Check => unknown('date', `"${said[0]}": ${reason}`);
    const length = /year$/i.test(said[0]) ? 4 : /(?:month|week|spring|summer|autumn|fall|winter)$/i.test(said[0]) ? 7 : 10;
    // "A fall on 3 May, and an X-ray that day": all of it must be of one day.
    if (inItself(read, said.index, chart.asOf)) {
      const times = new Set(entries.map(({ date }) => dayOf(date!).slice(0, length)));
      if (times.size > 1) return open(`the record has ${[...times].sort().map(formatDate).join(', ')}`);
      continue;
    }
    if (!before?.at) return open('which time is meant is not said');
    const day = before.at.slice(0, length);
    const strange = entries.find(({ date }) => !dayOf(date!).startsWith(day) && !day.startsWith(dayOf(date!)));
    if (entries.length === 0 || strange)
      return open(
        strange ? `the record has ${strange.name} on ${formatDate(strange.date!)}, not ${formatDate(day)}` : 'not dated by the record',
      );
  }
  return undefined;
}
