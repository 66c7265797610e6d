import type { CodeableConcept, DiagnosticReport, Observation, Quantity } from '@medplum/fhirtypes';
import { organizationReference } from './clinic.ts';
import { profile } from './person.ts';
import { LOINC, type Panel, type Sex, SNOMED, type Test, tests, UCUM } from './tables.ts';

const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
const CATEGORY_NAMES: Readonly<Record<string, string>> = {
  laboratory: 'Laboratory',
  'vital-signs': 'Vital Signs',
  survey: 'Survey',
  'social-history': 'Social History',
  exam: 'Exam',
  imaging: 'Imaging',
  procedure: 'Procedure',
  therapy: 'Therapy',
  activity: 'Activity',
};
export const category = (code: string): CodeableConcept => ({
  coding: [{ system: CATEGORY, code, display: CATEGORY_NAMES[code] ?? code }],
  text: CATEGORY_NAMES[code] ?? code,
});

export const quantity = (test: Test, value: number): Quantity => ({ value, unit: test.unit, system: UCUM, code: test.ucum });

const VITAL_PROFILES: Readonly<Record<string, string>> = {
  'heart-rate': 'heart-rate',
  'respiratory-rate': 'respiratory-rate',
  temperature: 'body-temperature',
  weight: 'body-weight',
  height: 'body-height',
  bmi: 'bmi',
  spo2: 'pulse-oximetry',
  'head-circumference': 'head-circumference',
};
function profileOf(test: Test): ReturnType<typeof profile> | undefined {
  const vital = VITAL_PROFILES[test.key];
  if (vital) return profile(vital);
  if (test.category === 'laboratory') return profile('observation-lab');
  if (test.category === 'survey') return profile('observation-screening-assessment');
  if (test.category === 'social-history') return profile('simple-observation');
  return test.category === 'vital-signs' ? undefined : profile('observation-clinical-result');
}

export function testCode(test: Test): CodeableConcept {
  const own = { system: test.loinc.includes('-') ? LOINC : SNOMED, code: test.loinc, display: test.display };
  // US Core asks for both codes of pulse oximetry.
  return {
    coding: test.key === 'spo2' ? [own, { system: LOINC, code: '2708-6', display: 'Oxygen saturation in Arterial blood' }] : [own],
    text: test.label,
  };
}

type Limits = readonly [low: number | undefined, high: number | undefined];
/** Hemoglobin below which girls and boys under an age are anemic, g/dL (WHO, WHO/NMH/NHD/MNM/11.1, 2011). */
const CHILD_HEMOGLOBIN: readonly (readonly [below: number, low: number])[] = [
  [5, 11],
  [12, 11.5],
  [15, 12],
];
function limitsOf(test: Test, { sex, years }: Measured): Limits {
  const child = test.key === 'hemoglobin' && years !== undefined ? CHILD_HEMOGLOBIN.find(([below]) => years < below) : undefined;
  return [child?.[1] ?? test.low[sex], test.high[sex]];
}

/** Where a value lies to the limits of its test: H, L or N; nothing where it has no limits. */
function flagOf(value: number, [low, high]: Limits): 'H' | 'L' | 'N' | undefined {
  if (low === undefined && high === undefined) return undefined;
  return high !== undefined && value > high ? 'H' : low !== undefined && value < low ? 'L' : 'N';
}
const FLAG_NAMES = { H: 'High', L: 'Low', N: 'Normal' } as const;

export interface Measured {
  readonly id: string;
  readonly patient: string;
  readonly sex: Sex;
  /** Full years of age, where limits go by them. */
  readonly years?: number;
  readonly at: string;
  readonly encounter?: string | undefined;
  readonly performer: { readonly reference: string; readonly display?: string };
  readonly device?: string | undefined;
  readonly note?: string | undefined;
  readonly issued?: string | undefined;
}

const common = ({ id, patient, at, encounter, performer, device, note }: Measured) => ({
  id,
  status: 'final' as const,
  subject: { reference: `Patient/${patient}` },
  ...(encounter ? { encounter: { reference: encounter } } : {}),
  effectiveDateTime: at,
  performer: [performer],
  ...(device ? { device: { reference: device } } : {}),
  ...(note ? { note: [{ text: note }] } : {}),
});

/** One result with its flag and limits, as the profile of its kind wants it. */
export function observation(test: Test, value: number, measured: Measured): Observation {
  const [low, high] = test.category === 'laboratory' ? limitsOf(test, measured) : [];
  const flag = flagOf(value, [low, high]);
  const limits = low !== undefined || high !== undefined;
  const meta = profileOf(test);
  return {
    resourceType: 'Observation',
    ...(meta ? { meta } : {}),
    ...common(measured),
    category: [category(test.category)],
    code: testCode(test),
    ...(measured.issued ? { issued: measured.issued } : {}),
    valueQuantity: quantity(test, value),
    ...(flag
      ? {
          interpretation: [
            {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
                  code: flag,
                  display: FLAG_NAMES[flag],
                },
              ],
            },
          ],
        }
      : {}),
    ...(limits
      ? {
          referenceRange: [
            {
              ...(low === undefined ? {} : { low: quantity(test, low) }),
              ...(high === undefined ? {} : { high: quantity(test, high) }),
            },
          ],
        }
      : {}),
  };
}

export function bloodPressure(panel: Panel, systolic: number, diastolic: number, measured: Measured): Observation {
  const part = (key: string, value: number) => ({ code: testCode(tests.of(key)), valueQuantity: quantity(tests.of(key), value) });
  return {
    resourceType: 'Observation',
    meta: profile('blood-pressure'),
    ...common(measured),
    category: [category('vital-signs')],
    code: { coding: [{ system: LOINC, code: panel.loinc, display: panel.display }], text: panel.label },
    component: [part('systolic', systolic), part('diastolic', diastolic)],
  };
}

/** The report that a panel's results come in. */
export function panelReport(panel: Panel, results: readonly string[], issued: string, measured: Measured): DiagnosticReport {
  const { performer: _, ...rest } = common(measured);
  return {
    resourceType: 'DiagnosticReport',
    meta: profile('diagnosticreport-lab'),
    ...rest,
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB', display: 'Laboratory' }], text: 'Laboratory' },
    ],
    code: { coding: [{ system: LOINC, code: panel.loinc, display: panel.display }], text: panel.label },
    issued,
    performer: [organizationReference('hospital')],
    result: results.map((reference) => ({ reference })),
  };
}

export const laboratory = organizationReference('hospital');
