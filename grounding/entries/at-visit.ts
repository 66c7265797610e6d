/** "In ED on 8 February her sats were 91 %": what was measured or given at one visit, told with the visit's date. */
import type { TimeExpression } from '../../language/contract.ts';
import { timeExpressions } from '../../language/dates.ts';
import { quantities } from '../../language/quantities.ts';
import type { Chart, Fact } from '../../records/contract.ts';
import { compareDate } from '../matching/dates.ts';
import { withRelativeTimes } from '../reading/relative-times.ts';

const PLACES: readonly (readonly [RegExp, (visit: Fact) => boolean])[] = [
  [
    /^(?:ed|er|a&e|emergency(?: department| room)?)(?: visit| attendance)?$/i,
    (visit) => /emergency/i.test(`${visit.details?.['class'] ?? ''} ${visit.name}`),
  ],
  [/^(?:hospital )?(?:admission|stay)$/i, (visit) => /inpatient|admission/i.test(`${visit.details?.['class'] ?? ''} ${visit.name}`)],
  [/^(?:office |clinic |gp |follow-up |routine )?(?:visit|appointment|clinic|review|check-?up|consultation)$/i, () => true],
];

const KIND =
  '((?:ED|ER|A&E|emergency(?: department| room)?|hospital|office|clinic|GP|follow-up|routine)?\\s*(?:visit|attendance|admission|stay|appointment|clinic|review|check-?up|consultation)|ED|ER|A&E|emergency(?: department| room)?)';

export interface AtVisit {
  readonly rest: string;
  readonly visit: Fact;
}

/** The one visit that the sentence names by kind and date, and the sentence without it. */
export function atVisit(sentence: string, chart: Chart): AtVisit | undefined {
  const times = withRelativeTimes(sentence, timeExpressions(sentence, chart.asOf));
  if (times.length !== 1) return undefined;
  const time = times[0]!;
  const before = sentence.slice(0, time.start);
  const after = sentence.slice(time.end);
  // "in ED on 8 Feb", "at her visit in April 2026"
  const kindFirst = new RegExp(
    `(?:^|\\s)(?:in|at|during|on|from)\\s+(?:the |her |his |their )?${KIND}\\s*(?:on|of|in|dated|,)?\\s*$`,
    'i',
  ).exec(before);
  // "at the April 2026 visit"
  const lead = /(?:^|\s)(?:in|at|during|on|from)\s+(?:the |her |his |their )?$/i.exec(
    `${before}${/^(?:in|on|at)\s/i.test(time.text) ? `${/^(?:in|on|at)/i.exec(time.text)![0]} ` : ''}`,
  );
  const kindLast = lead && new RegExp(`^\\s+${KIND}\\b`, 'i').exec(after);
  const kind = kindFirst?.[1] ?? kindLast?.[1];
  if (kind === undefined) return undefined;
  const place = PLACES.find(([words]) => words.test(kind.replace(/\s+/g, ' ').trim()));
  if (!place) return undefined;
  const start = kindFirst
    ? before.length - kindFirst[0].length
    : Math.min(before.length, before.length - (lead && before.endsWith(lead[0]) ? lead[0].length : 0));
  const end = kindFirst ? time.end : time.end + kindLast![0].length;
  const rest = `${sentence.slice(0, start)} ${sentence.slice(end)}`
    .replace(/^\s*,\s*/, '')
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.])/g, '$1')
    .trim();
  const visits = chart.facts.filter(
    (fact) => fact.kind === 'visit' && fact.part === undefined && fact.status === 'completed' && onTime(fact, time) && place[1](fact),
  );
  return visits.length === 1 && /\p{L}{2}/u.test(rest) ? { rest, visit: visits[0]! } : undefined;
}

const onTime = (fact: Fact, time: TimeExpression): boolean => compareDate(fact.date, time, true).outcome === 'pass';

const day = (iso: string): string => iso.slice(0, 10);

const duringVisit = (fact: Fact, visit: Fact): boolean =>
  !!fact.date && !!visit.date && day(fact.date) >= day(visit.date) && day(fact.date) <= day(visit.end ?? visit.date);

/** What was measured, given or found at the visit. */
export const factsOfVisit = (visit: Fact, chart: Chart): readonly Fact[] =>
  chart.facts.filter(
    (fact) =>
      ['result', 'vital', 'survey', 'medication', 'report', 'problem'].includes(fact.kind) &&
      (fact.visit === visit.id || (MEASURED.has(fact.kind) && fact.visit === undefined && duringVisit(fact, visit))),
  );

const MEASURED: ReadonlySet<Fact['kind']> = new Set(['result', 'vital', 'survey']);

/** What is told of the visit is a measured value. */
export function tellsValue({ rest }: AtVisit, chart: Chart): boolean {
  return (
    quantities(rest).length > 0 &&
    chart.terminology
      .mentions(rest)
      .some(({ concepts }) =>
        chart.facts.some(
          (fact) =>
            MEASURED.has(fact.kind) && fact.concepts.some((id) => concepts.some((said) => id === said || chart.terminology.isA(id, said))),
        ),
      )
  );
}
