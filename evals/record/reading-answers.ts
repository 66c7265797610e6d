/** Reads what a sentence states: dates, numbers with units, names. Made for grading alone. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';

/** A date in a text: `2015`, `2015-03` or `2015-03-12`. */
export interface StatedDate {
  readonly start: number;
  readonly end: number;
  readonly date: string;
}

export function datesIn(text: string): readonly StatedDate[] {
  const found: StatedDate[] = [];
  const take = (pattern: RegExp, read: (groups: readonly string[]) => string | undefined) => {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((f) => start < f.end && f.start < end)) continue;
      const date = read(match.slice(1).map((group) => group ?? ''));
      if (date !== undefined) found.push({ start, end, date });
    }
  };
  const ymd = (y: string, m: string | number, d: string) => `${y}-${String(m).padStart(2, '0')}-${d.padStart(2, '0')}`;
  const month = (name: string) => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  take(/\b((?:19|20)\d\d)-(\d\d)-(\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?/g, ([y = '', m = '', d = '']) => ymd(y, m, d));
  take(new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?[-\\s]+(?:of )?${MONTH}[-\\s,]+((?:19|20)\\d\\d)`, 'gi'), ([d = '', m = '', y = '']) =>
    ymd(y, month(m), d),
  );
  take(new RegExp(`\\b${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+((?:19|20)\\d\\d)`, 'gi'), ([m = '', d = '', y = '']) =>
    ymd(y, month(m), d),
  );
  take(/\b(\d{1,2})\/(\d{1,2})\/((?:19|20)\d\d)\b/g, ([m = '', d = '', y = '']) => ymd(y, m, d));
  take(new RegExp(`\\b${MONTH}[-\\s]+((?:19|20)\\d\\d)`, 'gi'), ([m = '', y = '']) => `${y}-${String(month(m)).padStart(2, '0')}`);
  take(/(?<![\d.,/:-])((?:19|20)\d\d)(?![\d:/-]|[.,]\d|\s?(?:mg|ml|mcg|%|kg|g)\b)/g, ([y]) => y);
  return found.sort((a, b) => a.start - b.start);
}

export interface StatedNumber {
  readonly value: number;
  readonly decimals: number;
  /** The number after the slash in "128/82". */
  readonly second?: { readonly value: number; readonly decimals: number };
  /** What follows, folded by `foldUnit`. */
  readonly after: string;
}

const WORDS: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  once: 1,
  two: 2,
  twice: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
};

/** Numbers outside dates. Digits inside names (A1c, B12, H1N1, PCV13, COVID-19) are none. */
export function numbersIn(text: string): readonly StatedNumber[] {
  let rest = text;
  for (const { start, end } of datesIn(text)) rest = rest.slice(0, start) + '¦'.repeat(end - start) + rest.slice(end);
  const numbers: StatedNumber[] = [];
  const pattern =
    /(?<![A-Za-z0-9.,/]|[A-Za-z]-)([-\u2212]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-\u2212]?\d+(?:\.\d+)?)(?:\s?\/\s?(\d{2,3}(?:\.\d+)?)(?!\d))?(?![\d]|[.,]\d)/g;
  for (const match of rest.matchAll(pattern)) {
    const written = (match[1] ?? '').replaceAll(',', '').replace('\u2212', '-');
    const after = foldUnit(rest.slice(match.index + match[0].length, match.index + match[0].length + 40));
    numbers.push({
      value: Number(written),
      decimals: written.split('.')[1]?.length ?? 0,
      after,
      ...(match[2] === undefined ? {} : { second: { value: Number(match[2]), decimals: match[2].split('.')[1]?.length ?? 0 } }),
    });
  }
  for (const match of rest.matchAll(/\b([a-z]+)\b/gi)) {
    const value = WORDS[(match[1] ?? '').toLowerCase()];
    if (value !== undefined)
      numbers.push({ value, decimals: 0, after: foldUnit(rest.slice(match.index + match[0].length, match.index + 40)) });
  }
  return numbers;
}

/** Rounding as the number itself shows it; nothing coarser than 1.5 %. */
export function sameNumber(stated: { readonly value: number; readonly decimals: number }, value: number): boolean {
  const error = Math.abs(stated.value - value);
  if (error <= 1e-9 * Math.max(1, Math.abs(value))) return true;
  return error <= 0.5 * 10 ** -stated.decimals * (1 + 1e-9) && error <= 0.015 * Math.abs(value);
}

// Ways of writing one unit, folded. The first is how the others are looked up.
const UNITS: readonly (readonly string[])[] = [
  ['mmhg', 'millimetersofmercury'],
  ['cel', 'c', 'degc', 'degreesc', 'degreescelsius'],
  ['[degf]', 'degf', 'f', 'degreesf', 'degreesfahrenheit'],
  ['%', 'percent'],
  ['/min', 'bpm', 'beats/min', 'beats/minute', 'breaths/min', 'breaths/minute', 'perminute', 'min-1', '{beats}/min'],
  [
    '10*3/ul',
    'k/ul',
    'x10*3/ul',
    '10^3/ul',
    'x10^3/ul',
    '10*9/l',
    'x10^9/l',
    '10^9/l',
    'thousand/ul',
    '×10^3/ul',
    '×10*3/ul',
    '×10³/ul',
    '10³/ul',
    'k/mcl',
    '10*3/mcl',
    'x10*3/mcl',
    '10^3/mcl',
    'x10^3/mcl',
    '×10³/mcl',
    '10³/mcl',
    '×10^3/mcl',
  ],
  [
    '10*6/ul',
    'm/ul',
    'x10*6/ul',
    '10^6/ul',
    'x10^6/ul',
    '10*12/l',
    'x10^12/l',
    'million/ul',
    '×10^6/ul',
    '×10*6/ul',
    '×10⁶/ul',
    '10⁶/ul',
    '10*6/mcl',
    'x10*6/mcl',
    '10^6/mcl',
    'x10^6/mcl',
    '×10⁶/mcl',
    '10⁶/mcl',
    '×10^6/mcl',
  ],
  ['ml/min/1.73m2', 'ml/min/1.73sqm', 'ml/min/1.73m^2', 'ml/minper1.73m2'],
  ['ml/min', 'ml/min/1.73m2'],
  ['kg/m2', 'kg/m^2', 'kg/(m2)'],
  ['lb', 'lb_av', 'lbs', 'pounds', 'lbav'],
  ['in', 'in_i', 'inches', 'inch', 'ini'],
  ['ug', 'mcg', 'μg'],
  ['ug/dl', 'mcg/dl'],
  ['ug/l', 'mcg/l', 'ng/ml'],
  ['ku/l', 'kiu/l'],
  ['u/l', 'iu/l', 'units/l'],
  ['mu/l', 'miu/l', 'uiu/ml', 'uu/ml'],
  ['mg', 'milligrams', 'milligram'],
  ['tablet', 'tablets', 'tab', 'tabs'],
  ['unt', 'unit', 'units', 'iu', 'u'],
];

/** Lower case without spaces, brackets and braces; superscripts as digits; the micro sign as u. */
export function foldUnit(unit: string): string {
  return unit
    .toLowerCase()
    .replace(/[\s[\]{}_°¦]/g, '')
    .replaceAll('²', '2')
    .replace(/[µμ]/g, 'u');
}

/** Whether the text after a number begins with the unit. Units that are only annotations ({score}, 1) need not be written. */
export function unitFollows(after: string, unit: string | undefined): boolean {
  if (unit === undefined || unit === '1' || /^[({].*[)}]$/.test(unit.trim())) return true;
  const folded = foldUnit(unit);
  const group = UNITS.find(([first]) => first === folded) ?? UNITS.find((g) => g.includes(folded));
  const forms = [folded, ...(group ?? [])].map(foldUnit);
  const text = after.replace(/^[-(]/, '');
  return forms.some(
    (form) => text.startsWith(form) && !/^[a-z]{3}/.test(/[a-z]$/.test(form) && form.length === 1 ? text.slice(form.length) : ''),
  );
}

/** Whole words, whatever the case; a plural counts as its singular. */
export function names(text: string, name: string): boolean {
  const escaped = fold(name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (escaped === '') return false;
  const base = escaped.length > 3 ? escaped.replace(/(ies|y|s)$/, '') : escaped;
  const ending = base === escaped ? '(?:s|es)?' : '(?:ies|y|s|es)?';
  return new RegExp(`(?<![a-z0-9])${base}${ending}(?![a-z0-9])`, 'i').test(fold(text));
}

export function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u200b-\u200f]/g, '')
    .replace(/[‐-―]/g, '-')
    .replace(/[’`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}
