import type { Observation } from '@medplum/fhirtypes';
import type { Draft } from './draft.ts';
import { category, type Measured } from './observations.ts';
import { profile } from './person.ts';
import { LOINC, SNOMED } from './tables.ts';

/** What a urine drug test looks for. LOINC names as in the MIMIC mapping (see catalogue/tests.tsv). Opiates do not find oxycodone. */
const SOUGHT = {
  opiates: ['19295-5', 'Opiates [Presence] in Urine by Screen method', 'Urine opiates'],
  oxycodone: ['10998-3', 'oxyCODONE [Presence] in Urine', 'Urine oxycodone'],
  benzodiazepines: ['14316-4', 'Benzodiazepines [Presence] in Urine by Screen method', 'Urine benzodiazepines'],
  fentanyl: ['11235-9', 'fentaNYL [Presence] in Urine', 'Urine fentanyl'],
} as const;
export type Sought = keyof typeof SOUGHT;

/** A urine drug test: what of it was found is positive, the rest negative. */
export function addDrugScreen(
  draft: Draft,
  found: readonly Sought[],
  measured: (slug: string) => Measured,
): readonly { readonly label: string; readonly positive: boolean; readonly resource: Observation }[] {
  return (Object.keys(SOUGHT) as Sought[]).map((key) => {
    const [code, display, label] = SOUGHT[key];
    const positive = found.includes(key);
    const { id, patient, at, encounter, performer } = measured(`urine-${key}`);
    const resource = draft.add<Observation>({
      resourceType: 'Observation',
      id,
      meta: profile('observation-lab'),
      status: 'final',
      category: [category('laboratory')],
      code: { coding: [{ system: LOINC, code, display }], text: label },
      subject: { reference: `Patient/${patient}` },
      ...(encounter ? { encounter: { reference: encounter } } : {}),
      effectiveDateTime: at,
      performer: [performer],
      valueCodeableConcept: {
        coding: [{ system: SNOMED, code: positive ? '10828004' : '260385009', display: positive ? 'Positive' : 'Negative' }],
        text: positive ? 'Positive' : 'Negative',
      },
    });
    return { label, positive, resource };
  });
}
