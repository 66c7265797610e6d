import type { FactKind, FhirResource } from '../contract.ts';
import { type Codeable, codeable, date, obj, str, when } from './fhir.ts';
import { type Draft, details, draft } from './reader.ts';

/** HL7 IPS, "Absent and Unknown Data" (http://hl7.org/fhir/uv/ips/CodeSystem-absent-unknown-uv-ips.html). */
const IPS_SYSTEM = /absent-unknown-uv-ips$/;
/** SNOMED CT: no current problems or disability, with the older code. */
const NO_PROBLEMS = new Set(['160245001', '160243008']);

interface Part {
  readonly kind: FactKind;
  readonly section: string;
  readonly name: string;
  /** How people write that there is none of it. */
  readonly words: RegExp;
  readonly code: (resource: FhirResource) => Codeable;
}

const NONE = `^(?:no|nil|denies(?: any)?)(?: (?:known|current|active|regular|ongoing|chronic|prior|previous|past))*`;
const noneOf = (things: string) =>
  new RegExp(`${NONE} (?:${things})(?: (?:known|in use|given|performed|taken|recorded|or disability))*\\.?$`, 'i');
const named = (value: unknown): Codeable => {
  const display = str(obj(value)?.display);
  return display ? { label: display, names: [display], codes: [] } : codeable(obj(value)?.concept);
};
const drugOf = (resource: FhirResource): Codeable => {
  const code = codeable(resource.medicationCodeableConcept ?? obj(resource.medication)?.concept);
  return code.label || code.codes.length > 0 ? code : named(resource.medicationReference);
};

const MEDICATIONS: Part = {
  kind: 'medication',
  section: 'section/medications',
  name: 'medications',
  words: noneOf('medications?|medicines?|drugs?|medication use|drug therapy'),
  code: drugOf,
};
const DEVICES: Part = {
  kind: 'device',
  section: 'section/devices',
  name: 'medical devices',
  words: noneOf('(?:medical |implanted )?devices?|implants?'),
  code: (resource) => codeable(resource.type ?? resource.deviceName),
};
const PARTS: Readonly<Record<string, Part>> = {
  Condition: {
    kind: 'problem',
    section: 'section/problems',
    name: 'problems',
    words: noneOf('(?:health |medical )?(?:problems?|conditions?|diagnos[ei]s|illness(?:es)?)'),
    code: (resource) => codeable(resource.code),
  },
  MedicationStatement: MEDICATIONS,
  MedicationRequest: MEDICATIONS,
  MedicationAdministration: MEDICATIONS,
  MedicationDispense: MEDICATIONS,
  Procedure: {
    kind: 'procedure',
    section: 'section/procedures',
    name: 'procedures',
    words: noneOf('procedures?|surger(?:y|ies)|operations?|surgical history'),
    code: (resource) => codeable(resource.code),
  },
  Immunization: {
    kind: 'immunization',
    section: 'section/immunizations',
    name: 'immunizations',
    words: noneOf('immuni[sz]ations?|vaccin(?:e|ation)s?'),
    code: (resource) => codeable(resource.vaccineCode),
  },
  Device: DEVICES,
  DeviceUseStatement: { ...DEVICES, code: (resource) => named(resource.device) },
  AllergyIntolerance: {
    kind: 'allergy',
    section: 'section/allergies',
    name: 'allergies',
    // What is absent of allergies (drug, food, any) is read with them.
    words: /(?!)/,
    code: (resource) => codeable(resource.code),
  },
};

/** "No information about allergies", "not asked": nobody knows, which is neither a thing nor its absence. */
const NOBODY_KNOWS = /^(?:no (?:information|info|data)\b|(?:not asked|unknown|information not available|no record)$)/i;

/**
 * What a resource says of its whole section instead of one thing. `[]`: nobody knows, so it states nothing; a draft: there is none, recorded as
 * such; undefined: it is about a thing like any other.
 */
export function readAbsence(resource: FhirResource): readonly Draft[] | undefined {
  const part = PARTS[resource.resourceType];
  if (!part) return undefined;
  const code = part.code(resource);
  const ips = code.codes.find((item) => IPS_SYSTEM.test(item.system))?.code;
  if (ips ? ips.endsWith('-info') : code.names.some((name) => NOBODY_KNOWS.test(name.trim()))) return [];
  const none = ips
    ? ips.startsWith('no-known-')
    : (part.kind === 'problem' && code.codes.some((item) => NO_PROBLEMS.has(item.code))) ||
      code.names.some((name) => part.words.test(name.trim().replace(/\s*\([^)]*\)$/, '')));
  if (!none || part.kind === 'allergy') return undefined;
  const at = ['effective', 'performed', 'occurrence', 'timing', 'onset']
    .map((prefix) => when(resource, prefix).date)
    .find((found) => found !== undefined);
  return [
    draft({
      kind: part.kind,
      name: part.name,
      code,
      concepts: [part.section],
      status: 'active',
      negated: true,
      date: at ?? date(resource.recordedDate) ?? date(resource.dateAsserted) ?? date(resource.recordedOn) ?? date(resource.authoredOn),
      details: details({ absence: 'any' }),
    }),
  ];
}
