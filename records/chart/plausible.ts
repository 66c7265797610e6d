import { convert } from '../../language/units.ts';
import type { Fact } from '../contract.ts';

/**
 * The ends of what has been measured in living people, far beyond any reference range: a value outside of them is a slip of the pen or of the device.
 * Weight and height: Guinness World Records (635 kg; 272 cm), the least of newborns who lived (0.2 kg; 22 cm). Temperature: accidental hypothermia
 * 13.7 °C (Gilbert, Lancet 2000;355:375), heat stroke 46.5 °C (Slovis, Ann Emerg Med 1982;11:269). Blood pressure in heavy lifting 480/350 mmHg (MacDougall,
 * J Appl Physiol 1985;58:785). Heart rate 600/min (Chhabra, Indian Pacing Electrophysiol J 2012;12:32). Saturation by definition. Each with some room.
 */
const LIMITS: Readonly<Record<string, { readonly ucum: string; readonly least: number; readonly most: number }>> = {
  'vital/weight': { ucum: 'kg', least: 0.15, most: 650 },
  'vital/height': { ucum: 'cm', least: 18, most: 280 },
  'vital/temperature': { ucum: 'Cel', least: 12, most: 47.5 },
  'vital/systolic': { ucum: 'mm[Hg]', least: 10, most: 500 },
  'vital/diastolic': { ucum: 'mm[Hg]', least: 0, most: 370 },
  'vital/heart-rate': { ucum: '/min', least: 0, most: 650 },
  'vital/respiratory-rate': { ucum: '/min', least: 0, most: 150 },
  'vital/spo2': { ucum: '%', least: 0, most: 100 },
};

/** True where a fact's value cannot be one of a living person. False where its unit is unknown or nothing is known of its limits. */
export function isImplausible({ value, concepts }: Fact): boolean {
  if (value?.type !== 'quantity' || value.comparator !== undefined || value.ucum === undefined) return false;
  const limits = concepts.map((concept) => LIMITS[concept]).find((found) => found !== undefined);
  if (limits === undefined) return false;
  const amount = convert(value.value, value.ucum, limits.ucum);
  return amount !== undefined && (amount < limits.least || amount > limits.most);
}

/** The facts, those with an impossible value marked as unconfirmed: they are shown as recorded, and nothing is concluded from them. */
export const withImplausible = (facts: readonly Fact[]): readonly Fact[] =>
  facts.map((fact) => (isImplausible(fact) ? { ...fact, status: 'unconfirmed' as const, recordedStatus: 'implausible value' } : fact));
