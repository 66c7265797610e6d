import type { Terminology } from '../../language/contract.ts';
import { drugProduct } from '../../language/drug-names.ts';
import { toUcum } from '../../language/units.ts';
import type { Fact, FhirResource } from '../contract.ts';
import { type Codeable, codeable, type Json, list, obj, words } from './fhir.ts';
import { lowerCase, withoutTag } from './names.ts';
import { distinct, type Reader } from './reader.ts';
import { quantityText, readQuantity } from './values.ts';

type Strengths = NonNullable<Fact['strengths']>;
const isLocal = (id: string) => id.startsWith('code/') || id.startsWith('text/');

export interface Product {
  readonly code: Codeable;
  readonly name: string;
  readonly concepts: readonly string[];
  readonly strengths: Strengths;
  /** Name with dose form, for reading a bare dose. */
  readonly form: string;
  readonly ingredients?: string;
}

/** "Simvastatin 10 MG Oral Tablet" -> "simvastatin 10 mg oral tablet"; brand names in brackets keep their capital. */
export function drugName(display: string): string {
  return withoutTag(display)
    .replace(/\b(?:NDA|BLA|ANDA)\d{5,6}\s+/g, '')
    .replace(/(\d)\s*(MG|MCG|UG|GM|ML|UNT|MEQ|HR|ACTUAT)\b/g, '$1 $2')
    .split(/(\[[^\]]*\])/)
    .map((part) => (part.startsWith('[') ? part : unitCase(part)))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

const UNIT_WORDS: Readonly<Record<string, string>> = {
  MG: 'mg',
  MCG: 'mcg',
  UG: 'mcg',
  GM: 'g',
  G: 'g',
  ML: 'mL',
  UNT: 'units',
  MEQ: 'mEq',
  HR: 'hr',
  ACTUAT: 'actuation',
};

const unitCase = (text: string) =>
  text
    .replace(/(?<=[\d\s/])(MG|MCG|UG|GM|G|ML|UNT|MEQ|HR|ACTUAT)(?![A-Za-z])/g, (unit) => UNIT_WORDS[unit] ?? unit)
    .split(' ')
    .map((word) => (/^[A-Z][a-z]+$/.test(word) || /^[a-z]+[A-Z]{2,}[a-z]*$/.test(word) ? word.toLowerCase() : word))
    .join(' ');

export function productOf(code: Codeable, medication: FhirResource | undefined, holder: FhirResource, reader: Reader): Product {
  const displays = code.names.length > 0 ? code.names : [];
  const known = reader.terminology.byCode(code.codes).filter((concept) => concept.kind === 'drug' || concept.kind === 'drug-class');
  const read = displays.map((name) => productNamed(name, reader.terminology)).sort((a, b) => weight(b) - weight(a))[0];
  const listed = ingredientsOfResource(medication, holder, reader);
  const ids = distinct([...(read?.concepts ?? []), ...listed.map((item) => item.concept), ...known.map((concept) => concept.id)]);
  const named = ids.filter((id) => !isLocal(id));
  const concepts = named.length > 0 ? named : ids.length > 0 ? ids : reader.link(code, ['drug', 'drug-class']);
  const byName = (read?.ingredients ?? []).flatMap((item) => (item.strength ? [withUcum(item.concept, item.strength)] : []));
  const form = words(medication?.form) ?? words(medication?.doseForm) ?? '';
  const label = displays[0] ?? listed.map((item) => item.name).join(' / ');
  const name = label !== '' ? drugName(label) : (reader.terminology.get(concepts[0]!)?.name ?? code.codes[0]?.code ?? 'unnamed medication');
  return {
    code,
    name,
    concepts,
    strengths: byName.length > 0 ? byName : listed.flatMap((item) => item.strength ?? []),
    form: `${displays.join(' ')} ${form}`,
    ...(listed.length > 0 ? { ingredients: listed.map((item) => item.name).join(', ') } : {}),
  };
}

const products = new WeakMap<Terminology, Map<string, ReturnType<typeof drugProduct>>>();

/** `drugProduct`, once a display: renewals repeat the same name for decades. */
function productNamed(display: string, terminology: Terminology): ReturnType<typeof drugProduct> {
  const known = products.get(terminology) ?? new Map<string, ReturnType<typeof drugProduct>>();
  products.set(terminology, known);
  let product = known.get(display);
  if (!product) {
    product = drugProduct(display, terminology);
    if (known.size >= 2_000) known.clear();
    known.set(display, product);
  }
  return product;
}

const weight = (product: ReturnType<typeof drugProduct>) =>
  product.ingredients.length * 2 + product.ingredients.filter((item) => item.strength).length;

function withUcum(concept: string, strength: { readonly value: number; readonly unit: string; readonly per?: string }): Strengths[number] {
  const ucum = toUcum(strength.unit);
  return { concept, value: strength.value, unit: strength.unit, ...(ucum ? { ucum } : {}), ...(strength.per ? { per: strength.per } : {}) };
}

/** Medication.ingredient with its strengths. */
function ingredientsOfResource(medication: FhirResource | undefined, holder: FhirResource, reader: Reader) {
  return list(medication?.ingredient).flatMap((item: Json) => {
    const target = reader.resolve(item.itemReference, medication ?? holder);
    const code = codeable(item.itemCodeableConcept ?? target?.code ?? obj(item.item)?.concept);
    if (!code.label && code.codes.length === 0) return [];
    const concept = reader.link(code, ['drug', 'drug-class']).find((id) => !isLocal(id)) ?? reader.link(code, ['drug'])[0]!;
    const top = readQuantity(obj(item.strength)?.numerator ?? item.strengthQuantity);
    const bottom = readQuantity(obj(item.strength)?.denominator);
    const per = bottom && !(bottom.value === 1 && !bottom.unit) ? (bottom.value === 1 ? bottom.unit! : quantityText(bottom)) : undefined;
    const strength = top?.unit
      ? [{ concept, value: top.value, unit: top.unit, ...(top.ucum ? { ucum: top.ucum } : {}), ...(per ? { per } : {}) }]
      : undefined;
    return [{ concept, name: lowerCase(code.label ?? code.codes[0]!.code), ...(strength ? { strength } : {}) }];
  });
}
