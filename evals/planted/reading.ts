/** What the planted suite reads beyond the shared raw reader of the evals. */
import { type CodedResult, dayOf, instantOf, type PatientRecord } from '../record/reading.ts';

export { dayOf, instantOf, type PatientRecord };

const SMOKING_CODES = new Set(['72166-2']);

/** The newest smoking status, where the record has one of the plain answers. */
export function newestSmoking(record: PatientRecord): { readonly id: string; readonly status: 'never' | 'former' | 'current' } | undefined {
  const all = record.coded.filter((c) => c.codes.some((code) => SMOKING_CODES.has(code)));
  const newest = all.reduce<CodedResult | undefined>(
    (best, c) => (best === undefined || instantOf(c.date) >= instantOf(best.date) ? c : best),
    undefined,
  );
  if (newest === undefined) return undefined;
  const text = newest.text.toLowerCase();
  const status = /never|non-?smoker/.test(text)
    ? 'never'
    : /former|ex-?smoker|quit/.test(text)
      ? 'former'
      : /every ?day|daily|current|smokes|heavy|light/.test(text)
        ? 'current'
        : undefined;
  return status === undefined ? undefined : { id: newest.id, status };
}
