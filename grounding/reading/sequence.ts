/** Which of two things the sentence puts first: "X before Y", "X, then Y", "Y two years after X", "Y while on X". */
import { smallNumbers } from '../../language/number-words.ts';
import type { Item, MarkItem } from './items.ts';

/** `day`, `month`, `year`: of the same one. `found`: when it was diagnosed, or soon after. */
export type Order = 'before' | 'after' | 'during' | 'day' | 'month' | 'year' | 'found';

export interface SaidSequence {
  /** Of the thing at `left`, seen from the thing at `right`. */
  readonly order: Order;
  readonly text: string;
  /** Starts of the two names; absent where the sentence leaves open what is meant. */
  readonly left?: number;
  readonly right?: number;
  /** How far apart, where it is said. */
  readonly days?: number;
  readonly unitDays?: number;
  /** "more than five years after", "barely a month before". */
  readonly bound?: 'over' | 'under';
  /** "five years after the first": another of the thing at `left`, by its place in the order. */
  readonly rightOrder?: string;
}

export interface Sequenced {
  readonly items: readonly Item[];
  readonly sequences: readonly SaidSequence[];
}

interface Word {
  readonly pattern: RegExp;
  readonly order: Order;
  /** `next`: stands right before what it refers to; `between`: joins what comes before and after it, or closes the sentence. */
  readonly place: 'next' | 'between';
}

/** "the day that her gout was found", "on the same day as the scan"; not "the day after". */
function sameAs(unit: string): RegExp {
  return new RegExp(
    `^(?:(?:on|in|from|since) )?(?:the|that) (?:very |same |exact )?${unit}(?: (?:that|when|on which|of|as))?(?= )(?! (?:after|before|following|prior|later|earlier|previous|preceding|by|and|or|in|to)\\b)`,
    'i',
  );
}

const WORDS: readonly Word[] = [
  { pattern: /^(?:preceded by)\b/i, order: 'after', place: 'next' },
  { pattern: /^(?:followed by|succeeded by)\b/i, order: 'before', place: 'next' },
  {
    pattern: /^(?:before|prior to|ahead of|preceding|preced(?:ed|es)|predat(?:ed|es|ing)|antedat(?:ed|es|ing)|earlier than|until)\b/i,
    order: 'before',
    place: 'next',
  },
  {
    pattern: /^(?:after|subsequent to|postdat(?:ed|es|ing)|later than|since|following|follow(?:ed|s)|in the wake of|on the heels of)\b/i,
    order: 'after',
    place: 'next',
  },
  ...(['day', 'month', 'year'] as const).map((order) => ({ pattern: sameAs(order), order, place: 'next' as const })),
  {
    pattern:
      /^(?:(?:from|at|upon|on)(?: the| her| his| their)? )?(?:time of )?(?:(?:the|her|his|their) )?(?:initial |first )?diagnosis of\b/i,
    order: 'found',
    place: 'next',
  },
  { pattern: /^(?:during|while|whilst|when|at the time of|at the same time as)\b/i, order: 'during', place: 'next' },
  { pattern: /^(?:then|later|subsequently|thereafter|afterwards?|next)\b/i, order: 'before', place: 'between' },
  { pattern: /^(?:earlier|beforehand)\b/i, order: 'after', place: 'between' },
];

const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30.4375, year: 365.25, decade: 3652.5 };
const SMALL = smallNumbers(12);
const LENGTH = `(?:\\b(well over|just over|more than|over|at least|upwards of|a good|less than|under|just under|not quite|almost|nearly|within|barely) )?(?:(\\d+(?:\\.\\d+)?)|\\b(${Object.keys(SMALL).join('|')}|an?)) (day|week|month|year|decade)s?`;
const APART = new RegExp(`${LENGTH}\\s*$`, 'i');
/** "preceded the gout by ten years" */
const APART_BEHIND = new RegExp(`^\\s*,?\\s*by (?:about |around |roughly |some |approximately )?${LENGTH}\\b`, 'i');

function lengthIn(apart: RegExpExecArray): Pick<SaidSequence, 'days' | 'unitDays' | 'bound'> {
  const [, hedge, digits, word, unit] = apart;
  const unitDays = DAYS[unit!.toLowerCase()]!;
  const bound = hedge === undefined ? undefined : /over|more|least|upwards|good/i.test(hedge) ? 'over' : 'under';
  return { days: (digits ? Number(digits) : (SMALL[word!.toLowerCase()] ?? 1)) * unitDays, unitDays, ...(bound ? { bound } : {}) };
}
const SOON = /\b(?:shortly|soon|immediately|right|just|directly|long|well|months|years|weeks|days|decades)\s*$/i;

const names = (item: Item): boolean => item.type === 'mention' || (item.type === 'cue' && item.cues.some((cue) => cue.type === 'visit'));
/** What may stand between such a word and the name that it refers to. */
const passes = (item: Item): boolean =>
  item.type === 'neutral' ||
  (item.type === 'cue' &&
    item.cues.every((cue) => ['gender', 'status', 'order', 'record', 'side', 'trend'].includes(cue.type) || cue.sense === 'visit'));

/**
 * Finds what is said of the order of things. Its words become marks, so that they part two statements; lengths of time that belong to them
 * ("a year after") are taken out, they are no durations of the things themselves.
 */
export function readSequence(text: string, items: readonly Item[]): Sequenced {
  const sequences: SaidSequence[] = [];
  const spent: { start: number; end: number; mark: boolean }[] = [];
  items.forEach((item, at) => {
    if (item.type === 'time' || item.type === 'mention' || item.type === 'literal' || item.type === 'quantity') return;
    if (spent.some((span) => item.start < span.end && item.end > span.start)) return;
    const rest = text.slice(item.start);
    const word = WORDS.find(({ pattern }) => pattern.test(rest));
    if (!word) return;
    const shown = word.pattern.exec(rest)![0];
    // "since then", "by then"
    if (
      /\b(?:since|by|until|till|from|even|back|just|only|now and|every now and)\s$/i.test(text.slice(0, item.start)) ||
      /^(?:since|until) then\b/i.test(rest)
    )
      return;
    const end = item.start + shown.length;
    const onward = items.slice(at + 1).filter((other) => other.start >= end);
    const stop = onward.findIndex((other) => !passes(other) || names(other));
    const next = stop >= 0 ? onward[stop]! : undefined;
    const right = next && names(next) ? next : undefined;
    const earlier = items.slice(0, at).filter(names);
    const apart = APART.exec(text.slice(0, item.start));
    const behind = apart || !right ? null : APART_BEHIND.exec(text.slice(right.end));
    const length = apart ? lengthIn(apart) : behind ? lengthIn(behind) : {};
    const vague = apart ? undefined : SOON.exec(text.slice(0, item.start));
    const take = (): void => {
      spent.push({ start: item.start, end, mark: true });
      const before = apart ?? vague;
      if (before) spent.push({ start: before.index, end: item.start, mark: false });
      if (behind && right) spent.push({ start: right.end, end: right.end + behind[0].length, mark: false });
    };
    if (word.place === 'next') {
      const place = right ? undefined : placeIn(onward);
      if (place && earlier.length > 0) {
        sequences.push({
          order: word.order,
          text: shown,
          left: earlier.at(-1)!.start,
          right: place.item.start,
          rightOrder: place.sense,
          ...length,
        });
        take();
        spent.push({ start: place.item.start, end: place.item.end, mark: false });
        return;
      }
      if (!right) {
        // "since 2015" and "before 2015" are times; "during the visit" and "when seen" say nothing of two things.
        if (/^(?:before|after|prior to|ahead of|following|followed by|preceded by)$/i.test(shown) && !harmless(shown, next, text, end))
          sequences.push({ order: word.order, text: shown });
        return;
      }
      const left = earlier.at(-1) ?? items.slice(items.indexOf(right) + 1).find(names);
      if (!left) {
        if (/^(?:before|after|prior to|ahead of)$/i.test(shown)) sequences.push({ order: word.order, text: shown });
        return;
      }
      if (word.order === 'during' && !/^at the/i.test(shown) && right.type !== 'mention') return;
      // "On the day of the stroke his pressure was ...": measured then, or a time that is said with it, is told elsewhere.
      if (word.order === 'found' && !/^(?:from|at|upon|on)\b/i.test(shown)) return;
      sequences.push({ order: word.order, text: shown, left: left.start, right: right.start, ...length });
      take();
      return;
    }
    // "X and, a year later, Y"; "X first and Y a month later"
    const following = onward.find(names);
    const [left, other] = following ? [earlier.at(-1), following] : [earlier.at(-2), earlier.at(-1)];
    if (!left || !other) return;
    sequences.push({ order: word.order, text: shown, left: left.start, right: other.start, ...length });
    take();
  });
  if (spent.length === 0) return { items, sequences };
  const found: Item[] = [];
  for (const item of items) {
    const span = spent.find((other) => item.start < other.end && item.end > other.start);
    if (!span) found.push(item);
    else if (span.mark && item.start === span.start) {
      const mark: MarkItem = { type: 'mark', start: span.start, end: span.end, text: text.slice(span.start, span.end), strong: true };
      found.push(mark);
    }
  }
  return { items: found, sequences };
}

/** "after the first", "before the second one": a place in an order, with nothing named. */
function placeIn(onward: readonly Item[]): { readonly item: Item; readonly sense: string } | undefined {
  const [item, next] = onward.filter((other) => other.type !== 'neutral');
  const sense = item?.type === 'cue' ? item.cues.find(({ type }) => type === 'order')?.sense : undefined;
  if (!item || !sense || !/^(?:first|latest|previous|nth-\d)$/.test(sense)) return undefined;
  return next === undefined || next.type === 'mark' ? { item, sense } : undefined;
}

/** "after all", "the following were recorded", "followed by Dr Chen" put nothing in order. */
function harmless(shown: string, next: Item | undefined, text: string, end: number): boolean {
  if (/^following$/i.test(shown)) return true;
  if (next?.type === 'time' || next?.type === 'quantity' || next?.type === 'mark') return true;
  return (
    next === undefined ||
    /^\s*(?:all|that|this|which|then|hours|meals?|food|bed(?:time)?|breakfast|lunch|dinner|noon)\b/i.test(text.slice(end))
  );
}
