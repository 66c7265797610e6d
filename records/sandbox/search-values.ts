/** How the values of one element compare with what a search asks for, by type of search parameter (http://hl7.org/fhir/R4/search.html). */

const PREFIXES = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'] as const;
type Prefix = (typeof PREFIXES)[number];

/** From `low` (inclusive) to `high` (exclusive), in milliseconds or plain numbers. */
interface Span {
  readonly low: number;
  readonly high: number;
}
type Fields = Readonly<Record<string, unknown>>;

/** @returns undefined where the wanted text is not of this type */
export function dateTest(wanted: string): ((value: unknown) => boolean) | undefined {
  const [prefix, text] = splitPrefix(wanted);
  const span = spanOfDate(text);
  return span && ((value) => spansOfDates(value).some((own) => compares(prefix, own, span)));
}

export function numberTest(wanted: string): ((value: unknown) => boolean) | undefined {
  const [prefix, text] = splitPrefix(wanted);
  const span = spanOfNumber(text, prefix);
  return span && ((value) => typeof value === 'number' && compares(prefix, { low: value, high: value }, span));
}

/** `5.4`, `5.4|http://unitsofmeasure.org|mg/dL`, `5.4||mg`. Units are compared as written, never converted. */
export function quantityTest(wanted: string): ((value: unknown) => boolean) | undefined {
  const [amount = '', system = '', code = ''] = splitBars(wanted);
  const [prefix, text] = splitPrefix(amount);
  const span = spanOfNumber(text, prefix);
  return (
    span &&
    ((value) => {
      const { value: number, system: ownSystem, code: ownCode, unit } = fieldsOf(value);
      if (typeof number !== 'number' || !compares(prefix, { low: number, high: number }, span)) return false;
      if (system !== '' && ownSystem !== system) return false;
      return code === '' || ownCode === code || (system === '' && unit === code);
    })
  );
}

/** `code`, `system|code`, `|code` (no system), `system|`. */
export function tokenTest(wanted: string): (value: unknown) => boolean {
  const bars = splitBars(wanted);
  const [system, code] = bars.length > 1 ? [bars[0] as string, bars[1] as string] : [undefined, bars[0] as string];
  return (value) =>
    tokensOf(value).some((token) => {
      if (code !== '' && token.code?.toLowerCase() !== code.toLowerCase()) return false;
      if (system === undefined || token.implied) return true;
      return system === '' ? token.system === undefined : token.system === system;
    });
}

export function textTest(wanted: string): (value: unknown) => boolean {
  const text = fold(wanted);
  return (value) => [...displaysOf(value)].some((own) => fold(own).startsWith(text));
}

export function stringTest(wanted: string, how: '' | 'exact' | 'contains'): (value: unknown) => boolean {
  const text = fold(wanted);
  return (value) =>
    [...stringsOf(value)].some((own) => {
      if (how === 'exact') return own === wanted;
      if (how === 'contains') return fold(own).includes(text);
      return (
        fold(own).startsWith(text) ||
        fold(own)
          .split(' ')
          .some((word) => word.startsWith(text))
      );
    });
}

/** `Type/id`, `id`, a URL; with `resourceType` from `subject:Patient=id`. */
export function referenceTest(wanted: string, resourceType?: string): (value: unknown) => boolean {
  const whole = resourceType !== undefined && !wanted.includes('/') ? `${resourceType}/${wanted}` : wanted;
  return (value) => {
    const own = typeof value === 'string' ? value : fieldsOf(value).reference;
    if (typeof own !== 'string') return false;
    const plain = own.replace(/\/_history\/[^/]+$/, '');
    if (plain === whole) return true;
    return whole.includes('/') ? false : /^[A-Z][A-Za-z]+\/([^/]+)$/.exec(plain)?.[1] === whole;
  };
}

/** Sorts like the first value of an element; `undefined` where there is none. */
export function sortKey(type: string, values: readonly unknown[], descending: boolean): number | string | undefined {
  if (type === 'date') {
    const spans = values.flatMap(spansOfDates);
    return spans.length === 0
      ? undefined
      : descending
        ? Math.max(...spans.map((span) => span.low))
        : Math.min(...spans.map((span) => span.low));
  }
  if (type === 'number' || type === 'quantity') {
    const numbers = values
      .map((value) => (typeof value === 'number' ? value : fieldsOf(value).value))
      .filter((value) => typeof value === 'number');
    return numbers[0];
  }
  const texts = values.flatMap((value) => (type === 'token' ? tokensOf(value).map((token) => token.code) : [...stringsOf(value)]));
  return texts.find((text) => text !== undefined && text !== '');
}

function compares(prefix: Prefix, own: Span, wanted: Span): boolean {
  const within =
    own.low >= wanted.low &&
    (own.high < wanted.high || (own.high === wanted.high && own.high > own.low) || (own.high === own.low && own.high < wanted.high));
  const exact = own.low === own.high && wanted.low === wanted.high && own.low === wanted.low;
  switch (prefix) {
    case 'eq':
      return within || exact;
    case 'ne':
      return !(within || exact);
    case 'gt':
      return own.high > wanted.high;
    case 'lt':
      return own.low < wanted.low;
    case 'ge':
      return own.high > wanted.high || within || exact;
    case 'le':
      return own.low < wanted.low || within || exact;
    case 'sa':
      return own.low >= wanted.high && !exact;
    case 'eb':
      return own.high <= wanted.low && !exact;
    case 'ap':
      return (own.low < wanted.high && own.high > wanted.low) || within || exact;
  }
}

function splitPrefix(wanted: string): [Prefix, string] {
  const prefix = PREFIXES.find((one) => wanted.startsWith(one));
  return prefix === undefined ? ['eq', wanted] : [prefix, wanted.slice(2)];
}

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** A date without a zone is taken in UTC. */
function spanOfDate(text: string): Span | undefined {
  const [, year, month, day, hour, minute, second, fraction, zone = 'Z'] = DATE.exec(text) ?? [];
  if (year === undefined) return undefined;
  const padded = `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}${fraction ?? ''}${zone}`;
  const low = Date.parse(padded);
  if (Number.isNaN(low)) return undefined;
  if (fraction !== undefined) return { low, high: low + 1 };
  if (second !== undefined) return { low, high: low + 1_000 };
  if (hour !== undefined) return { low, high: low + 60_000 };
  if (day !== undefined) return { low, high: low + 86_400_000 };
  const [y, m] = [Number(year), Number(month ?? 1)];
  return { low, high: month === undefined ? Date.UTC(y + 1, 0, 1) : Date.UTC(y, m, 1) };
}

function spansOfDates(value: unknown): readonly Span[] {
  if (typeof value === 'string') return [spanOfDate(value) ?? []].flat();
  const { start, end, event, repeat } = fieldsOf(value);
  if (Array.isArray(event)) return event.flatMap(spansOfDates);
  if (repeat !== undefined) return spansOfDates(fieldsOf(repeat).boundsPeriod);
  const from = typeof start === 'string' ? spanOfDate(start)?.low : Number.NEGATIVE_INFINITY;
  const to = typeof end === 'string' ? spanOfDate(end)?.high : Number.POSITIVE_INFINITY;
  return (start === undefined && end === undefined) || from === undefined || to === undefined ? [] : [{ low: from, high: to }];
}

/** For equality a number stands for what rounds to it: `5.4` is 5.35 to 5.45. For the others it is exact. */
function spanOfNumber(text: string, prefix: Prefix): Span | undefined {
  if (!/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  if (prefix === 'ap') return { low: number - Math.abs(number) * 0.1, high: number + Math.abs(number) * 0.1 };
  if (prefix !== 'eq' && prefix !== 'ne') return { low: number, high: number };
  const [, decimals = '', exponent = '0'] = /^[+-]?\d+(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const half = 0.5 * 10 ** (Number(exponent) - decimals.length);
  return { low: number - half, high: number + half };
}

interface Token {
  readonly system?: string;
  readonly code?: string;
  readonly display?: string;
  /** A plain code, whose system the element's definition implies. */
  readonly implied?: boolean;
}

function tokensOf(value: unknown): readonly Token[] {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return [{ code: String(value), implied: true }];
  const fields = fieldsOf(value);
  if (Array.isArray(fields.coding)) return fields.coding.flatMap(tokensOf);
  const code = fields.code ?? fields.value;
  return typeof code === 'string' ? [{ code, ...(typeof fields.system === 'string' ? { system: fields.system } : {}) }] : [];
}

function* displaysOf(value: unknown): Generator<string> {
  const { text, display, coding, type } = fieldsOf(value);
  for (const one of [text, display, fieldsOf(type).text]) if (typeof one === 'string') yield one;
  if (Array.isArray(coding)) for (const one of coding) yield* displaysOf(one);
}

/** A text itself, or the parts of a name or an address. */
function* stringsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* stringsOf(item);
  else {
    for (const [field, inner] of Object.entries(fieldsOf(value))) {
      if (field !== 'use' && field !== 'type' && field !== 'period' && field !== 'extension' && field !== 'id') yield* stringsOf(inner);
    }
  }
}

/** At commas or bars that no backslash escapes. */
export function splitCommas(text: string): readonly string[] {
  return split(text, /(?<!\\),/);
}
const splitBars = (text: string): readonly string[] => split(text, /(?<!\\)\|/);
const split = (text: string, at: RegExp): readonly string[] => text.split(at).map((part) => part.replace(/\\([,|$\\])/g, '$1'));

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
