import type { Dosage } from '../contract.ts';
import { codeables, type Json, list, num, obj, periodOf, str, strings, words } from './fhir.ts';
import { lowerCase, withoutTag } from './names.ts';
import { present } from './reader.ts';
import { quantityText, rangeOf, readableNumber, readQuantity } from './values.ts';

const PERIOD_DAYS: Readonly<Record<string, number>> = { s: 1 / 86_400, min: 1 / 1440, h: 1 / 24, d: 1, wk: 7, mo: 30.4375, a: 365.25 };
const PERIOD_WORD: Readonly<Record<string, string>> = {
  s: 'second',
  min: 'minute',
  h: 'hour',
  d: 'day',
  wk: 'week',
  mo: 'month',
  a: 'year',
};
const TIMES = ['', 'once', 'twice', 'three times', 'four times'];

/** Event timing codes, http://hl7.org/fhir/event-timing and v3-TimingEvent. */
const WHEN: Readonly<Record<string, string>> = {
  MORN: 'in the morning',
  'MORN.early': 'in the early morning',
  'MORN.late': 'in the late morning',
  NOON: 'at noon',
  AFT: 'in the afternoon',
  EVE: 'in the evening',
  NIGHT: 'at night',
  PHS: 'after sleep',
  HS: 'at bedtime',
  WAKE: 'on waking',
  C: 'with meals',
  CM: 'with breakfast',
  CD: 'with lunch',
  CV: 'with dinner',
  AC: 'before meals',
  ACM: 'before breakfast',
  ACD: 'before lunch',
  ACV: 'before dinner',
  PC: 'after meals',
  PCM: 'after breakfast',
  PCD: 'after lunch',
  PCV: 'after dinner',
  IMD: 'immediately',
};
/** Timing abbreviations, http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation: words and times a day. */
const ABBREVIATION: Readonly<Record<string, readonly [string, number | undefined]>> = {
  bid: ['twice daily', 2],
  tid: ['three times daily', 3],
  qid: ['four times daily', 4],
  qd: ['once daily', 1],
  od: ['once daily', 1],
  am: ['every morning', 1],
  pm: ['every afternoon', 1],
  bed: ['at bedtime', 1],
  qod: ['every other day', 0.5],
  wk: ['once weekly', 1 / 7],
  mo: ['once monthly', undefined],
  q1h: ['every hour', 24],
  q2h: ['every 2 hours', 12],
  q3h: ['every 3 hours', 8],
  q4h: ['every 4 hours', 6],
  q6h: ['every 6 hours', 4],
  q8h: ['every 8 hours', 3],
  q12h: ['every 12 hours', 2],
  hs: ['at bedtime', 1],
  qhs: ['at bedtime', 1],
  qam: ['every morning', 1],
};

const times = (count: number, most?: number): string =>
  most !== undefined && most !== count
    ? `${readableNumber(count)} to ${readableNumber(most)} times`
    : (TIMES[count] ?? `${readableNumber(count)} times`);

interface Frequency {
  readonly text?: string;
  readonly timesPerDay?: number;
}

/** "twice daily", "every 8 hours", "3 times a week" of a Timing; the number of doses a day where it is exact. */
export function readFrequency(timing: unknown): Frequency {
  const source = obj(timing);
  if (!source) return {};
  const repeat = obj(source.repeat);
  const code = codeables(source.code)[0];
  const abbreviation = [...(code?.codes.map((item) => item.code) ?? []), ...(code?.names ?? [])]
    .map((item) => ABBREVIATION[item.toLowerCase().replace(/[.\s]/g, '')])
    .find((item) => item !== undefined);
  const extra = [
    ...strings(repeat?.when).map((item) => WHEN[item] ?? item),
    strings(repeat?.dayOfWeek).length > 0 ? `on ${strings(repeat?.dayOfWeek).join(', ')}` : undefined,
    strings(repeat?.timeOfDay).length > 0
      ? `at ${strings(repeat?.timeOfDay)
          .map((item) => item.slice(0, 5))
          .join(', ')}`
      : undefined,
  ].filter((item) => item !== undefined);
  const period = num(repeat?.period);
  const unit = str(repeat?.periodUnit);
  const frequency = num(repeat?.frequency) ?? (period !== undefined && unit ? 1 : undefined);
  const most = num(repeat?.frequencyMax);
  let text: string | undefined;
  let perDay: number | undefined;
  if (frequency !== undefined && period !== undefined && unit && PERIOD_WORD[unit]) {
    const word = PERIOD_WORD[unit];
    const longest = num(repeat?.periodMax);
    const span =
      longest === undefined || longest === period ? readableNumber(period) : `${readableNumber(period)} to ${readableNumber(longest)}`;
    if (period === 1 && unit === 'd') text = `${times(frequency, most)} daily`;
    else if (period === 1 && unit !== 'h') text = `${times(frequency, most)} a ${word}`;
    else if (frequency === 1 && most === undefined)
      text = span === '1' ? `every ${word}` : span === '2' && unit === 'd' ? 'every other day' : `every ${span} ${word}s`;
    else text = `${times(frequency, most)} every ${span === '1' ? word : `${span} ${word}s`}`;
    if (most === undefined && longest === undefined) perDay = frequency / (period * PERIOD_DAYS[unit]!);
  } else if (abbreviation) [text, perDay] = abbreviation;
  else if (code?.label) text = lowerCase(code.label);
  else if (frequency !== undefined && extra.length === 0) text = times(frequency, most);
  else if (extra.length > 0 && strings(repeat?.when).length > 0 && strings(repeat?.dayOfWeek).length === 0)
    perDay = strings(repeat?.when).length;
  const doses = num(repeat?.countMax) ?? num(repeat?.count) ?? (strings(source.event).length || undefined);
  // One dose and no more: a period beside it does not say that it comes again.
  if (doses === 1) [text, perDay] = ['once', undefined];
  else if (doses !== undefined) text = text ? `${text} for ${readableNumber(doses)} doses` : `${readableNumber(doses)} doses`;
  const whole = [text, ...extra].filter((item) => item !== undefined).join(' ');
  return present<Frequency>({
    text: whole === '' ? undefined : whole,
    timesPerDay: perDay === undefined ? undefined : Number(perDay.toPrecision(6)),
  } as Frequency);
}

const SCHEME = /^\s*(\d+(?:[.,]\d+)?)-(\d+(?:[.,]\d+)?)-(\d+(?:[.,]\d+)?)(?:-(\d+(?:[.,]\d+)?))?(?=$|[\s;,(])/;

/** "1-0-1" (morning, noon, evening, and night where there is a fourth), as German orders are written: how often, where each dose is the same. */
function readScheme(text: string | undefined): Frequency | undefined {
  const amounts = SCHEME.exec(text ?? '')
    ?.slice(1)
    .flatMap((amount) => (amount === undefined ? [] : [Number(amount.replace(',', '.'))]))
    .filter((amount) => amount > 0);
  if (!amounts || amounts.length === 0 || new Set(amounts).size > 1) return undefined;
  return { text: `${times(amounts.length)} daily`, timesPerDay: amounts.length };
}

/** Solid forms that are taken whole, one by one: only for these a bare dose of "1" is one of the product. */
const SOLID = /\b(tablet|capsule|caplet|lozenge|suppository|patch|troche|wafer)s?\b/i;
const WORD_UNIT =
  /^(tablet|capsule|puff|drop|spray|patch|unit|application|spoonful|lozenge|suppository|caplet|actuation|dose|sachet|ampoule|vial)$/i;

const plural = (amount: number, unit: string) =>
  amount === 1 || !WORD_UNIT.test(unit)
    ? unit
    : unit
        .replace(/([^s])$/, '$1s')
        .replace(/patchs$/, 'patches')
        .replace(/suppositorys$/, 'suppositories');

interface Dose {
  readonly text: string;
  readonly value?: number;
  readonly unit?: string;
  readonly ucum?: string;
}

function readDose(source: Json, product: string): Dose | undefined {
  const rates = list(source.doseAndRate);
  const holder = rates.find((item) => item.doseQuantity !== undefined || item.doseRange !== undefined) ?? rates[0] ?? source;
  const quantity = readQuantity(holder.doseQuantity);
  const range = rangeOf(holder.doseRange);
  if (quantity) {
    const solid = SOLID.exec(product)?.[1]?.toLowerCase();
    const unit = quantity.unit?.replace(/^\{(.+)\}$/, '$1');
    if (unit)
      return present<Dose>({
        text: `${quantity.text} ${plural(quantity.value, unit)}`,
        value: quantity.value,
        unit,
        ucum: quantity.ucum,
      } as Dose);
    if (solid) return { text: `${quantity.text} ${plural(quantity.value, solid)}`, value: quantity.value, unit: solid };
    return { text: `${quantity.text} (unit not recorded)`, value: quantity.value };
  }
  if (range)
    return present<Dose>({
      text: range.unit ? range.text : `${range.text} (unit not recorded)`,
      unit: range.unit,
      ucum: range.ucum,
    } as Dose);
  return undefined;
}

interface Rate {
  readonly text: string;
  /** Says how much is given in a day: an amount by itself ("38 units a day" of a pump), not how fast something runs. */
  readonly daily: boolean;
}

const PER_DAY = /^(.+)\/(?:d|24\.?h)$/;

function readRate(source: Json): Rate | undefined {
  const rates = list(source.doseAndRate);
  const holder = rates.find((item) => item.rateQuantity ?? item.rateRange ?? item.rateRatio) ?? source;
  const quantity = readQuantity(holder.rateQuantity ?? holder.rateSimpleQuantity);
  if (quantity) {
    const top = PER_DAY.exec(quantity.ucum ?? '')?.[1];
    if (!top) return { text: quantityText(quantity), daily: false };
    const unit = /^(.+?)(?: ?\/ ?|(?: a| per) )(?:d|day|24 ?h)$/i.exec(quantity.unit ?? '')?.[1] ?? top;
    return { text: `${quantity.text} ${plural(quantity.value, unit)} a day`, daily: true };
  }
  const range = rangeOf(holder.rateRange);
  if (range) return { text: range.text, daily: false };
  const ratio = obj(holder.rateRatio);
  const top = readQuantity(ratio?.numerator);
  const bottom = readQuantity(ratio?.denominator);
  if (!top || !bottom) return undefined;
  const days = PERIOD_DAYS[bottom.ucum ?? bottom.unit ?? ''];
  const whole = days !== undefined && Math.abs(bottom.value * days - 1) < 1e-9;
  if (whole || (bottom.value === 1 && /^days?$/i.test(bottom.unit ?? '')))
    return { text: `${top.unit ? `${top.text} ${plural(top.value, top.unit)}` : `${top.text} (unit not recorded)`} a day`, daily: true };
  const word = PERIOD_WORD[bottom.ucum ?? ''] ?? bottom.unit;
  return { text: `${quantityText(top)} per ${bottom.value === 1 && word ? word : quantityText(bottom)}`, daily: false };
}

function readMaximum(source: Json): string | undefined {
  const ratio = list(source.maxDosePerPeriod)[0];
  const top = readQuantity(ratio?.numerator);
  const bottom = readQuantity(ratio?.denominator);
  if (!top || !bottom) return undefined;
  const per = bottom.value === 1 && bottom.ucum && PERIOD_WORD[bottom.ucum] ? PERIOD_WORD[bottom.ucum]! : quantityText(bottom);
  return `at most ${quantityText(top)} per ${per}`;
}

const ROUTE: readonly (readonly [RegExp, string])[] = [
  [/^(oral|per oral|po|oral route|by mouth)( route| use)?$/i, 'by mouth'],
  [/^subcutaneous( route| use)?$|^sc$|^sq$/i, 'subcutaneously'],
  [/^intravenous( route| use)?$|^iv$/i, 'intravenously'],
  [/^intramuscular( route| use)?$|^im$/i, 'intramuscularly'],
  [/^(inhalation|respiratory tract|respiratory|inhaled)( route| use)?$/i, 'by inhalation'],
  [/^sublingual( route| use)?$/i, 'under the tongue'],
  [/^(topical|cutaneous|transdermal|rectal|vaginal|nasal|ophthalmic|otic|buccal)( route| use)?$/i, '$1'],
];

function routeText(written: string): string {
  const text = withoutTag(written);
  for (const [pattern, reading] of ROUTE) if (pattern.test(text)) return reading === '$1' ? pattern.exec(text)![1]!.toLowerCase() : reading;
  return lowerCase(text);
}

function boundsText(repeat: Json | undefined): string | undefined {
  const duration = readQuantity(repeat?.boundsDuration);
  const range = rangeOf(repeat?.boundsRange);
  if (duration) {
    const word = PERIOD_WORD[duration.ucum ?? ''];
    return `for ${duration.text} ${word ? `${word}${duration.value === 1 ? '' : 's'}` : (duration.unit ?? '')}`.trim();
  }
  return range ? `for ${range.text}` : undefined;
}

export interface ReadDosage {
  readonly dosage: Dosage;
  /** The prescriber's own words, where the structure is shown instead. */
  readonly written?: string;
  readonly end?: string;
  readonly start?: string;
  readonly instructions?: string;
}

/**
 * Dosage[] as one reading. The structure is read where it says how much and how often; else the record's own text, word for word.
 * `product` is the drug's name and form, which alone lets "1" be read as "1 tablet". Steps of one order are joined by "then" or "and".
 */
export function readDosage(value: unknown, product: string): ReadDosage | undefined {
  const steps = [...list(value)].sort((a, b) => (num(a.sequence) ?? 0) - (num(b.sequence) ?? 0));
  const read = steps.flatMap((step) => {
    const dose = readDose(step, product);
    const timing = obj(step.timing);
    const structured = readFrequency(timing);
    const frequency = structured.text ? structured : (readScheme(str(step.text)) ?? structured);
    const route = words(step.route);
    const reason = codeables(step.asNeededCodeableConcept ?? step.asNeededFor)[0]?.label;
    const asNeeded = step.asNeededBoolean === true || reason !== undefined || obj(step.asNeededCodeableConcept) !== undefined;
    const written = str(step.text);
    const repeat = obj(timing?.repeat);
    const rate = readRate(step);
    // An amount a day stands for itself: a timing of once a day beside it does not say that it is given at once.
    const daily = !dose && rate?.daily === true ? rate : undefined;
    const often = daily && structured.timesPerDay === 1 ? undefined : structured.text;
    const extras = [
      rate && (daily ? rate.text : `at ${rate.text}`),
      route ? routeText(route) : undefined,
      often,
      asNeeded ? `as needed${reason ? ` for ${lowerCase(withoutTag(reason))}` : ''}` : undefined,
      boundsText(repeat),
      readMaximum(step),
    ];
    const built = [dose?.text, ...extras].filter((item) => item !== undefined).join(' ');
    const complete = (dose !== undefined && (structured.text !== undefined || asNeeded)) || daily !== undefined;
    const text = complete || !written ? built : written;
    const bounds = periodOf(repeat?.boundsPeriod);
    const instructions = [...codeables(step.additionalInstruction).map((item) => item.label), str(step.patientInstruction)].filter(
      (item) => item !== undefined,
    );
    if (text === '' && instructions.length === 0) return [];
    return [
      {
        step,
        dose,
        frequency: daily && often === undefined ? {} : frequency,
        route,
        asNeeded,
        text,
        written: complete ? written : undefined,
        bounds,
        instructions,
      },
    ];
  });
  if (read.length === 0) return undefined;
  const single = read.length === 1 ? read[0]! : undefined;
  const sequential = new Set(read.map((item) => num(item.step.sequence))).size === read.length;
  const texts = [...new Set(read.map((item) => item.text).filter((text) => text !== ''))];
  const route = single?.route ?? (new Set(read.map((item) => item.route)).size === 1 ? read[0]!.route : undefined);
  return present<ReadDosage>({
    dosage: present<Dosage>({
      text: sequential ? [texts[0], ...texts.slice(1).map((text) => text.replace(/^then\s+/i, ''))].join(', then ') : texts.join(' and '),
      value: single?.dose?.value,
      unit: single?.dose?.unit,
      ucum: single?.dose?.ucum,
      route: route ? routeText(route) : undefined,
      frequency: single?.frequency.text,
      timesPerDay: single?.frequency.timesPerDay,
      asNeeded: read.some((item) => item.asNeeded) ? true : undefined,
    } as Dosage),
    written: [...new Set(read.flatMap((item) => item.written ?? []))].join('; ') || undefined,
    start: read.map((item) => item.bounds.date).find((item) => item !== undefined),
    end: read.every((item) => item.bounds.end)
      ? read
          .map((item) => item.bounds.end!)
          .sort()
          .at(-1)
      : undefined,
    instructions: [...new Set(read.flatMap((item) => item.instructions))].join('; ') || undefined,
  } as ReadDosage);
}
