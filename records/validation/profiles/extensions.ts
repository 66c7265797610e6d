/**
 * Extensions of US Core 6.1.0 and mCODE 4.0.0 (HL7, CC0-1.0; see the neighbouring files), restated. The package's definitions of the extensions
 * are not followed inside by the library's validator.
 */
import type { ExtensionTable, Slice } from '../rules.ts';
import { HL7, NULL_FLAVOR, RACE_AND_ETHNICITY, SNOMED, tokens, UCUM } from './systems.ts';

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition';
const MCODE = 'http://hl7.org/fhir/us/mcode/StructureDefinition';

function part(name: string, type: string, rest: Partial<Slice> = {}): Slice {
  return { at: 'extension', name, is: ['url', name], required: [`value${type}`], types: { 'value[x]': [type] }, ...rest };
}
function raceOrEthnicity(name: string, omb: string, most: number): ExtensionTable {
  const categories = [...tokens(RACE_AND_ETHNICITY, omb), ...tokens(NULL_FLAVOR, 'UNK ASKU')];
  return {
    url: `${US_CORE}/us-core-${name}`,
    absent: ['value[x]'],
    required: ['extension'],
    slices: [
      part('ombCategory', 'Coding', { max: most, codes: { valueCoding: categories } }),
      part('detailed', 'Coding', { systems: { valueCoding: [RACE_AND_ETHNICITY] } }),
      part('text', 'String', { min: 1, max: 1 }),
    ],
  };
}
function simple(base: string, name: string, type: string, rest: Partial<ExtensionTable> = {}): ExtensionTable {
  return { url: `${base}/${name}`, required: [`value${type}`], types: { 'value[x]': [type] }, ...rest };
}
const MODALITIES = tokens(
  SNOMED,
  '10611004 45643008 80347004 1156505006 1156506007 1156708005 169359004 1156384006 394902000 438629002 440252007',
);

export const EXTENSIONS: readonly ExtensionTable[] = [
  raceOrEthnicity('race', '1002-5 2028-9 2054-5 2076-8 2106-3', 5),
  raceOrEthnicity('ethnicity', '2135-2 2186-5', 1),
  simple(US_CORE, 'us-core-birthsex', 'Code', { codes: { valueCode: ['|F', '|M', '|ASKU', '|OTH', '|UNK'] } }),
  simple(US_CORE, 'us-core-sex', 'Code', {
    codes: { valueCode: ['|248152002', '|248153007', '|UNK', '|ASKU', '|OTH', '|asked-declined', '|unknown'] },
  }),
  simple(US_CORE, 'us-core-genderIdentity', 'CodeableConcept', { systems: { valueCodeableConcept: [SNOMED, NULL_FLAVOR] } }),
  simple(US_CORE, 'us-core-direct', 'Boolean'),
  simple(US_CORE, 'us-core-jurisdiction', 'CodeableConcept'),
  simple(US_CORE, 'us-core-extension-questionnaire-uri', 'Uri'),
  {
    url: `${US_CORE}/us-core-tribal-affiliation`,
    absent: ['value[x]'],
    slices: [
      part('tribalAffiliation', 'CodeableConcept', {
        min: 1,
        max: 1,
        systems: { valueCodeableConcept: [`${HL7}/v3-TribalEntityUS`] },
      }),
      part('isEnrolled', 'Boolean', { max: 1 }),
    ],
  },
  simple(MCODE, 'mcode-histology-morphology-behavior', 'CodeableConcept'),
  simple(MCODE, 'mcode-laterality-qualifier', 'CodeableConcept', {
    codes: { valueCodeableConcept: tokens(SNOMED, '51440002 399488007 24028007 7771000') },
  }),
  simple(MCODE, 'mcode-body-location-qualifier', 'CodeableConcept'),
  simple(MCODE, 'mcode-procedure-intent', 'CodeableConcept', { systems: { valueCodeableConcept: [SNOMED] } }),
  {
    url: `${MCODE}/mcode-related-condition`,
    required: ['value[x]'],
    types: { 'value[x]': ['CodeableConcept', 'Reference'] },
    targets: { valueReference: ['Condition'] },
  },
  simple(MCODE, 'mcode-radiotherapy-sessions', 'UnsignedInt'),
  {
    url: `${MCODE}/mcode-radiotherapy-modality-and-technique`,
    absent: ['value[x]'],
    slices: [
      { at: 'extension', name: 'modality', is: ['url', `${MCODE}/mcode-radiotherapy-modality`], min: 1, max: 1 },
      { at: 'extension', name: 'technique', is: ['url', `${MCODE}/mcode-radiotherapy-technique`] },
    ],
  },
  simple(MCODE, 'mcode-radiotherapy-modality', 'CodeableConcept', {
    codes: { valueCodeableConcept: [...MODALITIES, `${NULL_FLAVOR}|UNC`] },
  }),
  simple(MCODE, 'mcode-radiotherapy-technique', 'CodeableConcept', { systems: { valueCodeableConcept: [SNOMED, NULL_FLAVOR] } }),
  {
    url: `${MCODE}/mcode-radiotherapy-dose-delivered-to-volume`,
    absent: ['value[x]'],
    slices: [
      part('volume', 'Reference', { min: 1, max: 1, targets: { valueReference: ['BodyStructure'] } }),
      part('totalDoseDelivered', 'Quantity', { max: 1, fixed: { 'valueQuantity.code': 'cGy', 'valueQuantity.system': UCUM } }),
      part('fractionsDelivered', 'UnsignedInt', { max: 1 }),
    ],
  },
];
