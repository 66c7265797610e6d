import type { Bundle, Condition, MedicationRequest, Observation, Patient, Resource } from '@medplum/fhirtypes';
import { type Day, yearsFrom } from '../generator/calendar.ts';
import { conditions, drugs, tests } from '../generator/tables.ts';

/** What a record says of one patient that a population is described by: read from the resources alone. */
export interface PatientFacts {
  readonly age: number;
  readonly sex: 'female' | 'male' | undefined;
  /** Keys of conditions.tsv: everything that is or was on the problem list and was not refuted. */
  readonly problems: ReadonlySet<string>;
  /** Ingredients of the orders that are active. */
  readonly drugs: ReadonlySet<string>;
  /** The latest result of each test, by key of tests.tsv. */
  readonly latest: ReadonlyMap<string, number>;
  readonly smoking: string | undefined;
  readonly appointments: { readonly kept: number; readonly missed: number; readonly cancelled: number };
  readonly resources: number;
}

const keyed = <Row>(rows: ReadonlyMap<string, Row>, codesOf: (row: Row) => readonly string[]): ReadonlyMap<string, string> =>
  new Map([...rows].flatMap(([key, row]) => codesOf(row).map((code) => [code, key] as const)));
let tables:
  | {
      readonly problems: ReadonlyMap<string, string>;
      readonly drugs: ReadonlyMap<string, string>;
      readonly tests: ReadonlyMap<string, string>;
    }
  | undefined;
function codeTables() {
  tables ??= {
    // The first code of a row is the clinical one; a later row with the same code does not take it over.
    problems: new Map([...keyed(conditions.all(), ({ code }) => (code.coding ?? []).map((coding) => coding.code ?? ''))].reverse()),
    drugs: new Map([...drugs.all().values()].map(({ rxcui, ingredient }) => [rxcui, ingredient])),
    tests: keyed(tests.all(), ({ loinc }) => [loinc]),
  };
  return tables;
}

const problemOf = (condition: Condition): string | undefined => {
  const listed = condition.category?.some(({ coding }) => coding?.some(({ code }) => code === 'problem-list-item')) ?? false;
  const verified = condition.verificationStatus?.coding?.[0]?.code;
  if (!listed || verified === 'refuted' || verified === 'entered-in-error') return undefined;
  for (const { code } of condition.code?.coding ?? []) {
    const key = codeTables().problems.get(code ?? '');
    if (key) return key;
  }
  return undefined;
};

/** @param asOf the day on which the patient has the age */
export function factsOf(bundle: Bundle, asOf: Day): PatientFacts | undefined {
  const resources = (bundle.entry ?? []).flatMap(({ resource }) => (resource ? [resource as Resource] : []));
  const patient = resources.find((resource): resource is Patient => resource.resourceType === 'Patient');
  if (patient?.birthDate === undefined) return undefined;
  const problems = new Set<string>();
  const taken = new Set<string>();
  const latest = new Map<string, { readonly at: string; readonly value: number }>();
  const appointments = { kept: 0, missed: 0, cancelled: 0 };
  let smoking: { readonly at: string; readonly words: string } | undefined;

  const measure = (code: string | undefined, value: number | undefined, at: string) => {
    const key = codeTables().tests.get(code ?? '');
    if (key !== undefined && value !== undefined && at >= (latest.get(key)?.at ?? '')) latest.set(key, { at, value });
  };
  const observe = (observation: Observation) => {
    const at = observation.effectiveDateTime ?? '';
    const [coding] = observation.code.coding ?? [];
    measure(coding?.code, observation.valueQuantity?.value, at);
    for (const part of observation.component ?? []) measure(part.code.coding?.[0]?.code, part.valueQuantity?.value, at);
    if (coding?.code === '72166-2' && at >= (smoking?.at ?? ''))
      smoking = { at, words: observation.valueCodeableConcept?.coding?.[0]?.code ?? '' };
  };
  const order = (request: MedicationRequest) => {
    const ingredient = codeTables().drugs.get(request.medicationCodeableConcept?.coding?.[0]?.code ?? '');
    if (ingredient !== undefined && request.status === 'active') taken.add(ingredient);
  };
  for (const resource of resources) {
    if (resource.resourceType === 'Condition') {
      const problem = problemOf(resource);
      if (problem) problems.add(problem);
    } else if (resource.resourceType === 'Observation') observe(resource);
    else if (resource.resourceType === 'MedicationRequest') order(resource);
    else if (resource.resourceType === 'Appointment') {
      if (resource.status === 'fulfilled') appointments.kept += 1;
      else if (resource.status === 'noshow') appointments.missed += 1;
      else if (resource.status === 'cancelled') appointments.cancelled += 1;
    }
  }
  const birthSex = patient.extension?.find(({ url }) => url.endsWith('us-core-birthsex'))?.valueCode;
  return {
    age: yearsFrom(patient.birthDate, asOf),
    sex:
      birthSex === 'F'
        ? 'female'
        : birthSex === 'M'
          ? 'male'
          : patient.gender === 'female' || patient.gender === 'male'
            ? patient.gender
            : undefined,
    problems,
    drugs: taken,
    latest: new Map([...latest].map(([key, { value }]) => [key, value])),
    smoking: smoking?.words,
    appointments,
    resources: resources.length,
  };
}
