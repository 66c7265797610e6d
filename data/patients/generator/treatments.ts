import type { MedicationRequest } from '@medplum/fhirtypes';
import type { Day } from './calendar.ts';
import type { Draft } from './draft.ts';
import { type Dosage, dailyDose, endOrder, medicationRequest, type OrderDetails, regimen } from './orders.ts';
import { type Effect, effectsOf } from './physiology.ts';
import type { Problem } from './problems.ts';
import { drugs } from './tables.ts';

/** A drug that somebody takes, or took: the order of the moment, which a change of dose replaces by the next one. */
export interface Treatment {
  drug: string;
  dosage: Dosage;
  /** "metformin 500 mg twice daily with meals" */
  label: string;
  order: MedicationRequest;
  effects: readonly Effect[];
  readonly details: Omit<OrderDetails, 'id' | 'drug' | 'dosage' | 'start'>;
}
export interface OrderOptions {
  readonly for?: Problem | readonly Problem[];
  readonly because?: string;
  /** Taken since that day on the order of others: what it does began then, and the note says that it is continued. */
  readonly since?: Day;
  readonly setting?: OrderDetails['setting'];
  readonly supply?: number;
  readonly refills?: number;
}

/** What an order says besides who, whom and when. */
export const orderDetails = ({ for: problems, because, setting = 'outpatient', supply, refills }: OrderOptions) => ({
  reasons: list(problems).map(({ reference }) => reference),
  because,
  setting,
  ...(supply === undefined ? {} : { supply }),
  ...(refills === undefined ? {} : { refills }),
});

export const list = <T>(given: T | readonly T[] | undefined): readonly T[] =>
  given === undefined ? [] : Array.isArray(given) ? given : [given as T];

/** Orders a drug and lets it act from that day, or since it was begun elsewhere. */
export function startTreatment(
  draft: Draft,
  key: string,
  dosage: Dosage,
  day: Day,
  details: Treatment['details'],
  since: Day = day,
): Treatment {
  const drug = drugs.of(key);
  const order = draft.add(medicationRequest({ ...details, id: draft.idFor('MedicationRequest', key, day), drug, dosage, start: day }));
  const dose = dailyDose(drug, dosage);
  const effects = (dose === 0 ? [] : effectsOf(drug.ingredient, dose)).map(({ test, ...effect }) => {
    const acting: Effect = { ...effect, from: since };
    draft.body.effect(test, acting);
    return acting;
  });
  const last = dosage.days === undefined ? undefined : order.dosageInstruction![0]!.timing!.repeat!.boundsPeriod!.end!;
  if (last !== undefined) {
    for (const effect of effects) effect.until = last;
    if (last < draft.asOf) order.status = 'completed';
  }
  return { drug: key, dosage, label: `${drug.ingredient} ${regimen(drug, dosage)}`, order, effects, details };
}

export function stopTreatment(
  { order, effects }: Treatment,
  day: Day,
  why: string | undefined,
  status: 'stopped' | 'completed' = 'stopped',
): void {
  endOrder(order, day, status, why);
  for (const effect of effects) effect.until = day;
}
