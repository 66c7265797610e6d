/** What a right answer must say. The grader reads answers by these alone: it knows neither the record nor the product's wording. */
export interface Point {
  readonly value: number;
  /** The lower number of a pair: 82 of 128/82. */
  readonly second?: number;
  readonly unit?: string;
  /** As recorded. */
  readonly date: string;
  readonly ids: readonly string[];
}

/** A thing that an answer may name: by any of the names, or by citing it with a word of its own display. */
export interface Thing {
  readonly names: readonly string[];
  /** Names of other things that hold one of these: "HDL cholesterol" does not name cholesterol. */
  readonly unless?: readonly string[];
  readonly ids: readonly string[];
}

export type Expectation =
  | {
      readonly type: 'value';
      readonly thing: Thing;
      /** Any of these is right (ties). */
      readonly accepted: readonly Point[];
      readonly withDate: boolean;
      /** One part of a resource that has several, as systolic of blood pressure. */
      readonly part: boolean;
      readonly series: readonly Point[];
      /** Reference ranges, thresholds: numbers that may stand beside the value. */
      readonly beside: readonly number[];
    }
  | {
      readonly type: 'range';
      readonly thing: Thing;
      readonly low: readonly Point[];
      readonly high: readonly Point[];
      readonly series: readonly Point[];
      readonly beside: readonly number[];
    }
  | {
      readonly type: 'direction';
      readonly thing: Thing;
      /** `unclear`: any wording that does not go against first and last. */
      readonly direction: 'up' | 'down' | 'flat' | 'unclear';
      readonly earlier: readonly Point[];
      readonly later: readonly Point[];
      /** How many of the two ends have to be shown. */
      readonly shown: 0 | 1 | 2;
      /** `up`: a plain "yes" means up. */
      readonly asked?: 'up';
    }
  | { readonly type: 'count'; readonly thing: Thing; readonly accepted: readonly number[]; readonly searchWillDo: boolean }
  | {
      readonly type: 'polarity';
      readonly thing: Thing;
      readonly yes: boolean;
      /** Now: "was", "stopped", "resolved" mean no. */
      readonly now: boolean;
      /** Nothing in the record: `not-recorded` is right as well. */
      readonly absent: boolean;
      /** Against a threshold: a value alone says neither yes nor no. */
      readonly compared?: boolean;
      readonly forbidden?: RegExp;
    }
  | { readonly type: 'date'; readonly thing: Thing; readonly accepted: readonly string[]; readonly alsoTrue: readonly string[] }
  | {
      readonly type: 'list';
      readonly items: readonly Thing[];
      /** Right to say, right to leave out. */
      readonly neutral: readonly Thing[];
      /** Wrong to say, unless said to be past. */
      readonly foreign: readonly Thing[];
      /** How many entries there may be said to be. */
      readonly counts: readonly [number, number];
    }
  | { readonly type: 'reason'; readonly accepted: readonly Thing[]; readonly others: readonly Thing[] }
  | { readonly type: 'no-reason'; readonly thing: Thing; readonly others: readonly Thing[] }
  | { readonly type: 'state'; readonly thing: Thing; readonly over: boolean }
  | { readonly type: 'dose'; readonly thing: Thing; readonly accepted: readonly { readonly value: number; readonly unit?: string }[] }
  | { readonly type: 'words'; readonly thing: Thing; readonly right: RegExp; readonly wrong: RegExp }
  | { readonly type: 'not-recorded'; readonly thing: Thing; readonly forbidden?: RegExp }
  /** The premise must be corrected: said to be still active, or not recorded; never taken over. */
  | { readonly type: 'premise'; readonly thing: Thing; readonly truth: 'active' | 'absent' }
  | { readonly type: 'status'; readonly accepted: readonly string[] }
  | { readonly type: 'both'; readonly parts: readonly Expectation[] };

export interface RecordCase {
  readonly id: string;
  readonly patient: string;
  readonly kind: string;
  /** Which set the wording is from. */
  readonly set: 'first' | 'second';
  /** The last one is graded; those before it are the conversation so far. */
  readonly turns: readonly string[];
  readonly expected: Expectation;
}

/** For a person reading a failure. */
export function describeExpectation(e: Expectation): string {
  const name = (t: Thing) => t.names[0] ?? '';
  const point = (p: Point) =>
    `${p.value}${p.second === undefined ? '' : `/${p.second}`}${p.unit === undefined ? '' : ` ${p.unit}`} (${p.date.slice(0, 10)}, ${p.ids[0]})`;
  const points = (list: readonly Point[]) => list.slice(0, 3).map(point).join(' or ');
  switch (e.type) {
    case 'value':
      return `${name(e.thing)} ${points(e.accepted)}${e.withDate ? ', with its date' : ''}`;
    case 'range':
      return `${name(e.thing)} from ${points(e.low)} to ${points(e.high)}`;
    case 'direction':
      return `${name(e.thing)} ${e.direction}: ${points(e.earlier)} to ${points(e.later)}`;
    case 'count':
      return `${e.accepted.join(' or ')} (${name(e.thing)})`;
    case 'polarity':
      return `${e.yes ? 'yes' : 'no'}${e.absent ? ' / not recorded' : ''}: ${name(e.thing)}${e.thing.ids[0] === undefined ? '' : ` (${e.thing.ids[0]})`}`;
    case 'date':
      return `${e.accepted.map((d) => d.slice(0, 10)).join(' or ')} (${name(e.thing)}, ${e.thing.ids[0] ?? ''})`;
    case 'list':
      return `all of: ${e.items.map(name).join('; ') || '(nothing)'}`;
    case 'reason':
      return `because of ${e.accepted.map(name).join(' or ')}`;
    case 'no-reason':
      return `no reason is recorded for ${name(e.thing)}`;
    case 'state':
      return `${name(e.thing)} is ${e.over ? 'resolved' : 'active'}`;
    case 'dose':
      return `${name(e.thing)} ${e.accepted.map((d) => `${d.value} ${d.unit ?? ''}`).join(' or ')}`;
    case 'words':
      return `${name(e.thing)}: ${e.right.source}`;
    case 'not-recorded':
      return `not recorded: ${name(e.thing)}`;
    case 'premise':
      return e.truth === 'active' ? `corrected: ${name(e.thing)} is active` : `corrected: ${name(e.thing)} is not recorded`;
    case 'status':
      return `status ${e.accepted.join(' or ')}`;
    case 'both':
      return e.parts.map(describeExpectation).join(' AND ');
  }
}
