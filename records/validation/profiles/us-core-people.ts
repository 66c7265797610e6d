/**
 * Profiles of US Core 6.1.0 on those who give, share and pay for care (HL7, CC0-1.0; github.com/HL7/US-Core, tag 6.1.0, 2023-06-30;
 * hl7.org/fhir/us/core/STU6.1), restated. Elements that base R4 requires already are left to the package's own definitions.
 */
import type { Resource } from '@medplum/fhirtypes';
import type { Invariant, ProfileTable } from '../rules.ts';
import { HL7 } from './systems.ts';

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition';
const NPI = 'http://hl7.org/fhir/sid/us-npi';
const AUTHORS = ['Practitioner', 'Organization', 'Patient', 'PractitionerRole', 'RelatedPerson'];

/** Ten digits whose Luhn sum, with the prefix 80840, ends in 0. */
export function isNpi(value: string): boolean {
  if (!/^\d{10}$/.test(value)) return false;
  const sum = [...value].reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 24);
  return sum % 10 === 0;
}
function identifiers(system: string, good: (value: string) => boolean) {
  return (resource: Resource): boolean => {
    const list = 'identifier' in resource && Array.isArray(resource.identifier) ? resource.identifier : [];
    return list.every((item) => item.system !== system || item.value === undefined || good(item.value));
  };
}
const NPI_RULES: readonly Invariant[] = [
  { key: 'us-core-16', says: 'an NPI has ten digits', holds: identifiers(NPI, (value) => /^\d{10}$/.test(value)) },
  { key: 'us-core-17', says: 'the check digit of the NPI is wrong', holds: identifiers(NPI, isNpi) },
];
export const PEOPLE_PROFILES: readonly ProfileTable[] = [
  {
    url: `${US_CORE}/us-core-careteam`,
    type: 'CareTeam',
    required: ['subject', 'participant', 'participant.role', 'participant.member'],
    atMost: { 'participant.role': 1 },
    targets: {
      subject: ['Patient'],
      'participant.member': ['Practitioner', 'Organization', 'Patient', 'PractitionerRole', 'CareTeam', 'RelatedPerson'],
    },
  },
  {
    url: `${US_CORE}/us-core-coverage`,
    type: 'Coverage',
    required: ['status', 'beneficiary', 'relationship', 'payor'],
    atMost: { payor: 1 },
    targets: { beneficiary: ['Patient'], payor: ['Organization', 'Patient', 'RelatedPerson'] },
    slices: [
      { at: 'identifier', name: 'memberid', on: 'type', among: [`${HL7}/v2-0203|MB`], max: 1 },
      { at: 'class', name: 'group', on: 'type', among: [`${HL7}/coverage-class|group`], max: 1 },
      { at: 'class', name: 'plan', on: 'type', among: [`${HL7}/coverage-class|plan`], max: 1 },
    ],
    invariants: [
      {
        key: 'us-core-15',
        says: "a member's number is in subscriberId, or in an identifier of type MB",
        fhirPath: `identifier.type.coding.where(system='${HL7}/v2-0203' and code='MB').exists() or subscriberId.exists()`,
      },
    ],
  },
  { url: `${US_CORE}/us-core-location`, type: 'Location', required: ['name'], targets: { managingOrganization: ['Organization'] } },
  {
    url: `${US_CORE}/us-core-organization`,
    type: 'Organization',
    required: ['active', 'name'],
    atMost: { 'address.line': 4 },
    invariants: [
      ...NPI_RULES,
      {
        key: 'us-core-18',
        says: 'a CLIA number is two digits, a D and seven digits',
        holds: identifiers('urn:oid:2.16.840.1.113883.4.7', (value) => /^\d{2}D\d{7}$/.test(value)),
      },
      {
        key: 'us-core-19',
        says: 'a NAIC number has five digits',
        holds: identifiers('urn:oid:2.16.840.1.113883.6.300', (value) => /^\d{5}$/.test(value)),
      },
    ],
  },
  {
    url: `${US_CORE}/us-core-practitioner`,
    type: 'Practitioner',
    required: ['identifier', 'identifier.system', 'identifier.value', 'name', 'name.family'],
    atMost: { 'address.line': 4 },
    invariants: NPI_RULES,
  },
  {
    url: `${US_CORE}/us-core-practitionerrole`,
    type: 'PractitionerRole',
    required: ['telecom.system', 'telecom.value'],
    targets: { practitioner: ['Practitioner'], organization: ['Organization'] },
    invariants: [
      { key: 'pd-1', says: 'a role has telecom or an endpoint', fhirPath: 'telecom.exists() or endpoint.exists()' },
      {
        key: 'us-core-13',
        says: 'a role has a practitioner, an organization, a healthcare service or a location',
        fhirPath: 'practitioner.exists() or organization.exists() or healthcareService.exists() or location.exists()',
      },
    ],
  },
  {
    url: `${US_CORE}/us-core-provenance`,
    type: 'Provenance',
    required: ['target', 'target.reference', 'recorded', 'agent', 'agent.who'],
    targets: { 'agent.who': [...AUTHORS, 'Device'], 'agent.onBehalfOf': ['Organization'] },
    slices: [
      {
        at: 'agent',
        name: 'ProvenanceTransmitter',
        on: 'type',
        among: ['http://hl7.org/fhir/us/core/CodeSystem/us-core-provenance-participant-type|transmitter'],
        max: 1,
      },
    ],
    invariants: [
      {
        key: 'provenance-1',
        says: 'a practitioner or device acts on behalf of someone',
        holds: (resource, resolve) =>
          resource.resourceType !== 'Provenance' ||
          (resource.agent ?? []).every(({ who, onBehalfOf }) => {
            const named = who?.reference ?? '';
            const type = resolve(named)?.resourceType ?? named.split('/').at(-2);
            return !['Practitioner', 'Device'].includes(type ?? '') || onBehalfOf !== undefined;
          }),
      },
    ],
  },
  {
    url: `${US_CORE}/us-core-relatedperson`,
    type: 'RelatedPerson',
    required: ['active', 'patient'],
    targets: { patient: ['Patient'] },
    invariants: [{ key: 'us-core-14', says: 'a name or a relationship is given', fhirPath: 'name.exists() or relationship.exists()' }],
  },
];
