import type { Observation } from '@medplum/fhirtypes';
import type { Day } from '../../generator/calendar.ts';
import { panels, tests } from '../../generator/tables.ts';
import type { Visit } from '../../generator/visit.ts';
import type { Told } from './told.ts';

/** Results of a test, or of both numbers of a blood pressure. */
export interface Result {
  readonly day: Day;
  readonly values: readonly number[];
}

/** Results of a test before a visit, the latest last. */
export function earlier(told: Told, visit: Visit, test: string): readonly Result[] {
  const keys = test === 'egfr' ? ['egfr', 'egfr-2009'] : [test];
  const codes = keys.map((key) => (key === 'blood-pressure' ? panels.of(key).loinc : tests.of(key).loinc));
  return told.record
    .resources()
    .filter((one): one is Observation => one.resourceType === 'Observation' && codes.includes(one.code.coding?.[0]?.code ?? ''))
    .map(({ effectiveDateTime, valueQuantity, component = [] }) => ({
      day: effectiveDateTime!.slice(0, 10),
      values: valueQuantity ? [valueQuantity.value!] : component.map((part) => part.valueQuantity!.value!),
    }))
    .filter(({ day }) => day < visit.day())
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** The result before a visit, where it was as far out. */
export function before(told: Told, visit: Visit, test: string, shows: (...values: readonly number[]) => boolean): Result | undefined {
  const last = earlier(told, visit, test).at(-1);
  return last && shows(...last.values) ? last : undefined;
}
