import { displayUnit, sameUnit, toUcum } from '../../language/units.ts';
import type { Fact, FactValue, FhirResource, QuantityValue, RangeValue } from '../contract.ts';
import { bool, codeable, date, type Json, list, num, obj, periodOf, str, token } from './fhir.ts';
import { lowerCase, withoutTag } from './names.ts';
import { present } from './reader.ts';

/**
 * A number as a person reads it. Recorded precision is kept up to four decimals and seven digits in all; past that the number is an artefact of
 * binary arithmetic or simulation (78.69694555647291) and is rounded for reading: one decimal from 10 on, two from 1 on, three significant digits below;
 * a last zero stays, for it tells how far was rounded.
 */
export function readableNumber(value: number): string {
  const plain = String(value);
  if (Number.isInteger(value)) return plain;
  if (!plain.includes('e')) {
    const decimals = plain.length - plain.indexOf('.') - 1;
    if (decimals <= 4 && plain.replace(/[-.]/g, '').length <= 7) return plain;
  }
  const size = Math.abs(value);
  const rounded = size >= 10 ? value.toFixed(1) : size >= 1 ? value.toFixed(2) : value.toPrecision(3);
  return rounded;
}

const COMPARATORS = new Set(['<', '<=', '>', '>=']);

export interface ReadUnit {
  readonly unit?: string;
  readonly ucum?: string;
  /** Set where the written unit and the coded unit disagree; then neither is trusted as UCUM. */
  readonly conflict?: string;
}

/** Unit of a Quantity: a valid UCUM code or none, and how people write it. A unit is never assumed. */
export function readUnit(quantity: Json): ReadUnit {
  const written = str(quantity.unit);
  const code = str(quantity.code);
  const system = str(quantity.system);
  const coded = code && (system === undefined || /unitsofmeasure/.test(system)) ? toUcum(code) : undefined;
  const spoken = written ? toUcum(written) : undefined;
  if (coded && spoken && coded !== spoken && !sameUnit(coded, spoken)) {
    return { unit: written!, conflict: `unit written as "${written}" but coded as "${code}"` };
  }
  const ucum = coded ?? spoken;
  // What UCUM writes as an annotation ({score}) counts something: it has no unit to show.
  const unit = ucum ? displayUnit(ucum) : (written ?? code)?.replace(/^\((.+)\)$/, '$1');
  return { ...(unit ? { unit } : {}), ...(ucum ? { ucum } : {}) };
}

/** Quantity (also SimpleQuantity, Age, Duration, Money without its currency). A Quantity without a number gives nothing. */
export function readQuantity(value: unknown): (QuantityValue & { readonly conflict?: string }) | undefined {
  const quantity = obj(value);
  const amount = num(quantity?.value);
  if (!quantity || amount === undefined) return undefined;
  const comparator = str(quantity.comparator);
  return present<QuantityValue & { readonly conflict?: string }>({
    type: 'quantity',
    value: amount,
    text: readableNumber(amount),
    comparator: comparator && COMPARATORS.has(comparator) ? (comparator as '<') : undefined,
    ...readUnit(quantity),
  } as QuantityValue);
}

/** "6.5 %", "< 5 mg/dL", "-2.1". */
export function quantityText(value: QuantityValue): string {
  const number = value.comparator ? `${value.comparator} ${value.text}` : value.text;
  return value.unit ? `${number} ${value.unit}` : number;
}

/** "4-6 mg", "from 4", "up to 6". */
export function rangeOf(value: unknown): RangeValue | undefined {
  const range = obj(value);
  const low = readQuantity(range?.low);
  const high = readQuantity(range?.high);
  if (!low && !high) return undefined;
  const unit = high?.unit ?? low?.unit;
  const ucum = high?.ucum ?? low?.ucum;
  const numbers = low && high ? `${low.text}-${high.text}` : low ? `from ${low.text}` : `up to ${high!.text}`;
  return present<RangeValue>({
    type: 'range',
    low: low?.value,
    high: high?.value,
    unit,
    ucum,
    text: unit ? `${numbers} ${unit}` : numbers,
  } as RangeValue);
}

function ratioText(value: unknown): string | undefined {
  const numerator = readQuantity(obj(value)?.numerator);
  const denominator = readQuantity(obj(value)?.denominator);
  if (!numerator || !denominator) return undefined;
  return numerator.unit || denominator.unit
    ? `${quantityText(numerator)} per ${quantityText(denominator)}`
    : `${quantityText(numerator)}:${quantityText(denominator)}`;
}

/** value[x] of an Observation, a component or a questionnaire's answer. `conflict` tells of a unit that contradicts itself. */
export function readValue(source: Json): { readonly value?: FactValue; readonly conflict?: string } {
  if (source.valueQuantity !== undefined || source.valueAge !== undefined || source.valueDuration !== undefined) {
    const quantity = readQuantity(source.valueQuantity ?? source.valueAge ?? source.valueDuration);
    if (!quantity) return {};
    const { conflict, ...value } = quantity;
    return { value, ...(conflict ? { conflict } : {}) };
  }
  if (source.valueCodeableConcept !== undefined || source.valueCoding !== undefined) {
    const code = codeable(source.valueCodeableConcept ?? source.valueCoding);
    const text = code.label ?? code.codes[0]?.code;
    return text ? { value: { type: 'coded', text: withoutTag(text), codes: code.codes } } : {};
  }
  const number = num(source.valueInteger ?? source.valueDecimal ?? source.valuePositiveInt);
  if (number !== undefined) return { value: { type: 'quantity', value: number, text: readableNumber(number) } };
  const flag = bool(source.valueBoolean);
  if (flag !== undefined) return { value: { type: 'boolean', value: flag, text: flag ? 'yes' : 'no' } };
  if (source.valueRange !== undefined) {
    const range = rangeOf(source.valueRange);
    return range ? { value: range } : {};
  }
  const sampled = obj(source.valueSampledData);
  const period = source.valuePeriod === undefined ? undefined : periodOf(source.valuePeriod);
  const text =
    str(source.valueString) ??
    ratioText(source.valueRatio) ??
    str(source.valueTime) ??
    date(source.valueDateTime ?? source.valueDate) ??
    (period?.date ? [period.date, period.end].filter(Boolean).join(' to ') : undefined) ??
    (sampled ? `series of ${str(sampled.data)?.split(' ').length ?? 0} samples` : undefined);
  return text ? { value: { type: 'text', text } } : {};
}

const FLAGS: Readonly<Record<string, NonNullable<Fact['flag']>>> = {
  ll: 'LL',
  lu: 'LL',
  lx: 'LL',
  'critical low': 'LL',
  'critically low': 'LL',
  'low critical': 'LL',
  'panic low': 'LL',
  l: 'L',
  lo: 'L',
  low: 'L',
  'below normal': 'L',
  'below low normal': 'L',
  n: 'N',
  normal: 'N',
  'within normal limits': 'N',
  'within reference range': 'N',
  wnl: 'N',
  h: 'H',
  hi: 'H',
  high: 'H',
  'above normal': 'H',
  'above high normal': 'H',
  hh: 'HH',
  hu: 'HH',
  hx: 'HH',
  'critical high': 'HH',
  'critically high': 'HH',
  'high critical': 'HH',
  'panic high': 'HH',
  a: 'A',
  aa: 'A',
  abnormal: 'A',
  'critical abnormal': 'A',
  'critically abnormal': 'A',
};

/** The record's own interpretation: a flag where it grades against normal, words otherwise ("positive", "resistant"). */
export function readInterpretation(value: unknown): { readonly flag?: NonNullable<Fact['flag']>; readonly words?: string } {
  for (const item of Array.isArray(value) ? value : [value]) {
    const code = codeable(item);
    for (const candidate of [...code.codes.map((entry) => entry.code), ...code.names]) {
      const flag = FLAGS[candidate.toLowerCase()];
      if (flag) return { flag };
    }
    if (code.label || code.codes[0]) return { words: lowerCase(code.label ?? code.codes[0]!.code) };
  }
  return {};
}

export type ReferenceRange = NonNullable<Fact['referenceRange']>;

interface Person {
  readonly ageYears?: number;
  readonly gender?: string;
}

function appliesTo(range: Json, person: Person): boolean {
  const type = token(range.type);
  if (type && !['normal', 'recommended'].includes(type)) return false;
  const sexes = list(range.appliesTo).flatMap((item) => {
    const text = [...codeable(item).names, ...codeable(item).codes.map((code) => code.code)].join(' ').toLowerCase();
    return /\bfemale\b|\bf\b|248152002/.test(text) ? 'female' : /\bmale\b|\bm\b|248153007/.test(text) ? 'male' : [];
  });
  if (sexes.length > 0 && person.gender && !sexes.includes(person.gender as 'male')) return false;
  const age = rangeOf(range.age);
  if (age && (age.ucum === 'a' || age.ucum === undefined) && person.ageYears !== undefined) {
    if (age.low !== undefined && person.ageYears < age.low) return false;
    if (age.high !== undefined && person.ageYears > age.high) return false;
  }
  return true;
}

/** The reference range that applies to this person. Several that fit give none: which one holds is not ours to choose. */
export function readReferenceRange(value: unknown, person: Person): ReferenceRange | undefined {
  const fitting = list(value).filter((range) => appliesTo(range, person));
  if (fitting.length !== 1) return undefined;
  const range = fitting[0]!;
  const low = readQuantity(range.low);
  const high = readQuantity(range.high);
  const unit = high?.ucum ?? low?.ucum ?? high?.unit ?? low?.unit;
  const written = str(range.text);
  // Limits the wrong way round grade nothing: which of them is meant is not ours to choose.
  if (low && high && low.value > high.value) return { text: `${low.text}-${high.text}${high.unit ? ` ${high.unit}` : ''}` };
  if (!low && !high) return written ? (parseRangeText(written) ?? { text: written }) : undefined;
  const text = low && high ? `${low.text}-${high.text}` : low ? `>= ${low.text}` : `<= ${high!.text}`;
  const shown = high?.unit ?? low?.unit;
  return present<ReferenceRange>({ low: low?.value, high: high?.value, unit, text: shown ? `${text} ${shown}` : text });
}

/** "4.0 - 5.6", "<200 mg/dL", "> 60": a range that stands only as text. */
function parseRangeText(text: string): ReferenceRange | undefined {
  const both = /^(-?\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(-?\d+(?:\.\d+)?)\s*(.*)$/i.exec(text);
  const one = /^(<=?|>=?|≤|≥)\s*(-?\d+(?:\.\d+)?)\s*(.*)$/.exec(text);
  const rest = (both?.[3] ?? one?.[3] ?? '').trim();
  const unit = rest === '' ? undefined : toUcum(rest);
  if (rest !== '' && !unit) return undefined;
  if (both && Number(both[1]) <= Number(both[2]))
    return present<ReferenceRange>({ low: Number(both[1]), high: Number(both[2]), unit, text });
  if (one) return present<ReferenceRange>({ [/[<≤]/.test(one[1]!) ? 'high' : 'low']: Number(one[2]), unit, text } as ReferenceRange);
  return undefined;
}

/** onset[x] or abatement[x] that is no date: "at age 45", "in childhood". */
export function looseTime(resource: FhirResource, prefix: string): string | undefined {
  const age = readQuantity(resource[`${prefix}Age`]);
  const range = rangeOf(resource[`${prefix}Range`]);
  const flag = resource[`${prefix}Boolean`];
  if (age) return `at age ${quantityText(age)}`;
  if (range) return `at age ${range.text}`;
  return str(resource[`${prefix}String`]) ?? (flag === true ? 'yes, no date given' : undefined);
}
