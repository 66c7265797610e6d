import { dateSpan, dayNumber, isoDay } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import type { Question, QuestionTime } from './contract.ts';
import type { QuantityItem, Reading } from './items.ts';
import type { Clause, Topic } from './parsed.ts';
import { cue, itemIndex } from './reading.ts';
import type { Found, Scope } from './scope.ts';
import { isActive, isVoid, matching, newestFirst, newestOf } from './select.ts';

/** The order of a drug before the one in force: "previous furosemide dose", "what was her warfarin dose before". */
const EARLIER_DOSE = cue(
  '\\b(?:previous|prior|earlier|old|former|preceding) (?:{D} )?(?:dos(?:e|es|age|ing)|strength|order|prescription|{D})\\b|\\b(?:dos(?:e|age)|strength)\\b.*\\b(?:before(?=\\W*$| (?:that|this|it|then|the (?:current|present|last|latest|change))\\b)|previously|formerly|earlier on|used to)|^\\W*(?:what|how much)\\b.*{D}.*\\b(?:before|previously)\\W*$',
);

export const asksEarlierDose = (clause: Clause, { letter }: Topic): boolean =>
  letter === 'd' && !clause.asked.polar && !clause.times.time && !clause.offset && EARLIER_DOSE.test(clause.mask);

/** What was ordered before what is ordered now. Orders that are in force beside each other are none before the other. */
export function earlierDose({ question, facts, chart }: Scope): Found {
  const sorted = [...facts].sort(newestFirst);
  const active = sorted.filter((fact) => isActive(fact, chart.asOf));
  const current = active.length > 0 ? active : newestOf(sorted);
  const first = current.map(({ date }) => date?.slice(0, 10) ?? '').sort()[0] ?? '';
  const before = sorted.filter((fact) => !current.includes(fact) && fact.date !== undefined && fact.date.slice(0, 10) < first);
  if (before.length > 0) return { outcome: 'found', facts: newestOf(before), considered: sorted };
  return {
    outcome: 'not-recorded',
    facts: [],
    considered: sorted,
    instead: current,
    notes: [
      {
        kind: 'qualifier',
        text: `no order of ${question.name} before ${current.length > 1 ? 'these' : 'this one'} is recorded`,
        facts: current,
      },
    ],
  };
}

const BACK = cue(
  '(?<n>{Q}) (?:before|prior to|earlier than|back from|ahead of) (?:the |her |his |their )?(?:very )?(?:last|latest|most recent|newest|current)(?: (?:one|value|result|reading|test|measurement|check|level|{Q}|{O}))?',
);

const LENGTH: Readonly<Record<string, { readonly days: number; readonly slack: number }>> = {
  a: { days: 365.2425, slack: 60 },
  mo: { days: 30.436875, slack: 15 },
  wk: { days: 7, slack: 3 },
  d: { days: 1, slack: 0 },
};

export interface Back {
  readonly text: string;
  readonly count: number;
  readonly ucum: string;
}

/** "Cholesterol two years before the last": so long before the newest value, which is not the one before it. */
export function backIn(rest: string, reading: Reading): { readonly rest: string; readonly back: Back } | undefined {
  const match = BACK.exec(rest);
  const item = match ? reading.items[itemIndex(match.groups?.n ?? '')] : undefined;
  const isLength = (one: typeof item): one is QuantityItem => one?.type === 'quantity' && one.ucum !== undefined && one.ucum in LENGTH;
  if (!match || !isLength(item)) return undefined;
  return {
    rest: rest.replace(match[0], ' ').replace(/\s+/g, ' ').trim(),
    back: { text: `${item.text} before the newest`, count: item.value, ucum: item.ucum! },
  };
}

/** The days that such a time means in this record; none where nothing of it has a date. */
export function timeBack(
  { text, count, ucum }: Back,
  asked: Pick<Question, 'kinds' | 'concepts' | 'words'>,
  chart: Chart,
): QuestionTime | undefined {
  const dated = (fact: Fact): boolean => !isVoid(fact) && fact.date !== undefined && fact.date.slice(0, 10) <= chart.asOf.slice(0, 10);
  const newest = [...matching(asked, chart)].filter(dated).sort(newestFirst)[0]?.date;
  const day = newest ? dateSpan(newest)?.from : undefined;
  const length = LENGTH[ucum];
  if (!day || !length) return undefined;
  const middle = dayNumber(day) - Math.round(count * length.days);
  return { text, relation: 'in', from: isoDay(middle - length.slack), to: isoDay(middle + length.slack) };
}
