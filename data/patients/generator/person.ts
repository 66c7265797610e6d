import type { Address, Coverage, Extension, HumanName, Patient, RelatedPerson } from '@medplum/fhirtypes';
import type { Day } from './calendar.ts';
import { INVENTED, organizationReference, type StaffId, staffReference } from './clinic.ts';
import { type Sex, SNOMED } from './tables.ts';

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-';
export const profile = (name: string) => ({ profile: [`${US_CORE}${name}`] });
/** US Core's category of what concerns somebody's social needs. */
export const socialNeeds = () => ({
  coding: [{ system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-category', code: 'sdoh', display: 'SDOH' }],
});
export const mcode = (name: string) => `http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-${name}`;

/** OMB categories of race and ethnicity (CDC Race & Ethnicity code system, as US Core binds them). */
const RACES = {
  'american-indian': ['1002-5', 'American Indian or Alaska Native'],
  asian: ['2028-9', 'Asian'],
  black: ['2054-5', 'Black or African American'],
  'pacific-islander': ['2076-8', 'Native Hawaiian or Other Pacific Islander'],
  white: ['2106-3', 'White'],
} as const;
export type Race = keyof typeof RACES;
const CDC = 'urn:oid:2.16.840.1.113883.6.238';
const NULL_FLAVOR = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';

/** US Core 6.1 gender identity value set. */
export const IDENTITIES = {
  woman: { system: SNOMED, code: '446141000124107', display: 'Identifies as female gender' },
  man: { system: SNOMED, code: '446151000124109', display: 'Identifies as male gender' },
  'trans woman': { system: SNOMED, code: '407376001', display: 'Male-to-female transsexual' },
  'trans man': { system: SNOMED, code: '407377005', display: 'Female-to-male transsexual' },
  'non-binary': { system: NULL_FLAVOR, code: 'OTH', display: 'other' },
  'not asked': { system: NULL_FLAVOR, code: 'ASKU', display: 'asked but unknown' },
} as const;
export type GenderIdentity = keyof typeof IDENTITIES;

const LANGUAGES = {
  en: 'English',
  es: 'Spanish',
  pt: 'Portuguese',
  zh: 'Chinese',
  vi: 'Vietnamese',
  ar: 'Arabic',
  ru: 'Russian',
  ht: 'Haitian Creole',
  fr: 'French',
  hi: 'Hindi',
  ko: 'Korean',
  ja: 'Japanese',
  pl: 'Polish',
  so: 'Somali',
  uk: 'Ukrainian',
  th: 'Thai',
  am: 'Amharic',
  tl: 'Tagalog',
  el: 'Greek',
  nv: 'Navajo',
} as const;
export type Language = keyof typeof LANGUAGES;
export const languageName = (language: Language): string => LANGUAGES[language];

export interface Person {
  readonly given: readonly string[];
  readonly family: string;
  readonly prefix?: string;
  /** The name in its own script, where that is not Latin. */
  readonly ownScript?: { readonly given: string; readonly family: string };
  /** What the patient wants to be called. */
  readonly preferred?: string;
  /** A former name, of birth or marriage. */
  readonly former?: { readonly use: 'maiden' | 'old'; readonly given: readonly string[]; readonly family: string };
  /** Sex assigned at birth, by which laboratory limits and formulas go. */
  readonly sex: Sex;
  /** Administrative gender, where it is not the sex assigned at birth. */
  readonly gender?: Patient['gender'];
  readonly identity?: GenderIdentity;
  readonly birthDate: Day;
  readonly deceased?: Day;
  /** Empty: asked and not answered. */
  readonly races: readonly Race[];
  readonly hispanic?: boolean;
  readonly language: Language;
  readonly interpreter?: boolean;
  readonly marital?: 'married' | 'never married' | 'divorced' | 'widowed' | 'domestic partner';
  /** `undefined` address: no home. */
  readonly address?: { readonly line: string; readonly city: string; readonly state?: string; readonly postalCode: string };
  /** Where the patient lived before, each until a day. */
  readonly formerAddresses?: readonly { readonly line: string; readonly city: string; readonly postalCode: string; readonly until: Day }[];
  readonly phone?: string;
  /** Wants text messages to the telephone rather than calls. */
  readonly texts?: boolean;
  /** A number that no longer reaches the patient. */
  readonly formerPhone?: { readonly number: string; readonly until: Day };
  readonly email?: string;
  readonly contact?: { readonly name: string; readonly relation: Relation; readonly phone?: string };
  readonly primaryCare: StaffId;
}

const RELATIONS = {
  mother: ['MTH', 'mother'],
  father: ['FTH', 'father'],
  daughter: ['DAU', 'natural daughter'],
  son: ['SON', 'natural son'],
  wife: ['WIFE', 'wife'],
  husband: ['HUSB', 'husband'],
  sister: ['SIS', 'sister'],
  brother: ['BRO', 'brother'],
  friend: ['FRND', 'unrelated friend'],
  partner: ['DOMPART', 'domestic partner'],
  grandmother: ['GRMTH', 'grandmother'],
  grandfather: ['GRFTH', 'grandfather'],
  aunt: ['AUNT', 'aunt'],
  uncle: ['UNCLE', 'uncle'],
  niece: ['NIECE', 'niece'],
  guardian: ['GUARD', 'guardian'],
} as const;
export type Relation = keyof typeof RELATIONS;
const ROLE = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';
export const relationship = (relation: Relation) => ({
  coding: [{ system: ROLE, code: RELATIONS[relation][0], display: RELATIONS[relation][1] }],
  text: relation,
});

const MARITAL = {
  married: ['M', 'Married'],
  'never married': ['S', 'Never Married'],
  divorced: ['D', 'Divorced'],
  widowed: ['W', 'Widowed'],
  'domestic partner': ['T', 'Domestic partner'],
} as const;

function demographics(person: Person): Extension[] {
  const races = person.races.map((race) => {
    const [code, display] = RACES[race];
    return { url: 'ombCategory', valueCoding: { system: CDC, code, display } };
  });
  const asked = [{ url: 'ombCategory', valueCoding: { system: NULL_FLAVOR, code: 'ASKU', display: 'asked but unknown' } }];
  const ethnicity =
    person.hispanic === undefined
      ? { omb: asked, text: 'Asked but unknown' }
      : {
          omb: [
            {
              url: 'ombCategory',
              valueCoding: {
                system: CDC,
                code: person.hispanic ? '2135-2' : '2186-5',
                display: person.hispanic ? 'Hispanic or Latino' : 'Not Hispanic or Latino',
              },
            },
          ],
          text: person.hispanic ? 'Hispanic or Latino' : 'Not Hispanic or Latino',
        };
  return [
    {
      url: `${US_CORE}race`,
      extension: [
        ...(races.length > 0 ? races : asked),
        { url: 'text', valueString: person.races.map((race) => RACES[race][1]).join(', ') || 'Asked but unknown' },
      ],
    },
    { url: `${US_CORE}ethnicity`, extension: [...ethnicity.omb, { url: 'text', valueString: ethnicity.text }] },
    { url: `${US_CORE}birthsex`, valueCode: person.sex === 'female' ? 'F' : 'M' },
    ...(person.identity
      ? [
          {
            url: `${US_CORE}genderIdentity`,
            valueCodeableConcept: { coding: [IDENTITIES[person.identity]], text: person.identity },
          },
        ]
      : []),
  ];
}

/** A name as its script writes it: Chinese, Japanese and Korean put the family first and no space. */
export const nameText = ({ given, family }: { readonly given: string; readonly family: string }): string =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(family) ? `${family}${given}` : `${given} ${family}`;

function names(person: Person): HumanName[] {
  return [
    {
      use: 'official',
      family: person.family,
      given: [...person.given],
      ...(person.prefix ? { prefix: [person.prefix] } : {}),
    },
    ...(person.ownScript
      ? [
          {
            use: 'usual' as const,
            text: nameText(person.ownScript),
            family: person.ownScript.family,
            given: [person.ownScript.given],
          },
        ]
      : []),
    ...(person.preferred ? [{ use: 'nickname' as const, given: [person.preferred] }] : []),
    ...(person.former ? [{ use: person.former.use, family: person.former.family, given: [...person.former.given] }] : []),
  ];
}

function addresses({ address, formerAddresses = [] }: Person): Address[] {
  return [
    ...(address
      ? [
          {
            use: 'home' as const,
            line: [address.line],
            city: address.city,
            state: address.state ?? 'MA',
            postalCode: address.postalCode,
            country: 'US',
          },
        ]
      : []),
    ...formerAddresses.map(({ line, city, postalCode, until }) => ({
      use: 'old' as const,
      line: [line],
      city,
      state: 'MA',
      postalCode,
      country: 'US',
      period: { end: until },
    })),
  ];
}

export function patientResource(id: string, recordNumber: string, person: Person): Patient {
  const spoken = LANGUAGES[person.language];
  return {
    resourceType: 'Patient',
    id,
    meta: profile('patient'),
    extension: demographics(person),
    identifier: [
      {
        use: 'usual',
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR', display: 'Medical record number' }] },
        system: `${INVENTED}:mrn`,
        value: recordNumber,
      },
    ],
    active: true,
    name: names(person),
    ...(person.phone || person.email || person.formerPhone
      ? {
          telecom: [
            ...(person.phone && person.texts ? [{ system: 'sms' as const, value: person.phone, use: 'mobile' as const, rank: 1 }] : []),
            ...(person.phone
              ? [{ system: 'phone' as const, value: person.phone, use: 'mobile' as const, ...(person.texts ? { rank: 2 } : {}) }]
              : []),
            ...(person.formerPhone
              ? [
                  {
                    system: 'phone' as const,
                    value: person.formerPhone.number,
                    use: 'old' as const,
                    period: { end: person.formerPhone.until },
                  },
                ]
              : []),
            ...(person.email ? [{ system: 'email' as const, value: person.email }] : []),
          ],
        }
      : {}),
    gender: person.gender ?? person.sex,
    birthDate: person.birthDate,
    ...(person.deceased ? { deceasedDateTime: person.deceased } : {}),
    ...(person.address || person.formerAddresses ? { address: addresses(person) } : {}),
    ...(person.marital
      ? {
          maritalStatus: {
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus',
                code: MARITAL[person.marital][0],
                display: MARITAL[person.marital][1],
              },
            ],
          },
        }
      : {}),
    communication: [
      {
        ...(person.interpreter
          ? { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired', valueBoolean: true }] }
          : {}),
        language: { coding: [{ system: 'urn:ietf:bcp:47', code: person.language, display: spoken }], text: spoken },
        preferred: true,
      },
    ],
    ...(person.contact
      ? {
          contact: [
            {
              relationship: [relationship(person.contact.relation)],
              name: { text: person.contact.name },
              ...(person.contact.phone ? { telecom: [{ system: 'phone', value: person.contact.phone }] } : {}),
            },
          ],
        }
      : {}),
    generalPractitioner: [staffReference(person.primaryCare)],
    managingOrganization: organizationReference('clinic'),
  };
}

export function relatedPerson(id: string, patient: string, contact: NonNullable<Person['contact']>): RelatedPerson {
  return {
    resourceType: 'RelatedPerson',
    id,
    meta: profile('relatedperson'),
    active: true,
    patient: { reference: `Patient/${patient}` },
    relationship: [relationship(contact.relation)],
    name: [{ text: contact.name }],
    ...(contact.phone ? { telecom: [{ system: 'phone', value: contact.phone }] } : {}),
  };
}

/** Kinds of insurance with an invented or public payer. */
export const PAYERS = {
  medicare: ['Medicare', 'Medicare'],
  medicaid: ['Medicaid', 'MassHealth'],
  commercial: ['Commercial insurance', 'Pioneer Valley Health Plan'],
  'commercial, other': ['Commercial insurance', 'Quabbin Employers Health Plan'],
  'medicare advantage': ['Medicare Advantage', 'Pioneer Valley Senior Plan'],
  'self pay': ['Self pay', 'Self'],
  'veterans affairs': ['Veterans Affairs', 'Veterans Health Administration'],
  'health connector': ['Subsidized marketplace plan', 'Commonwealth Connector Plan'],
} as const;
export type Payer = keyof typeof PAYERS;

/** The payers' own entries; nobody's insurer is a real company, but for the public programmes. */
export function payerOrganization(payer: Exclude<Payer, 'self pay'>) {
  return {
    resourceType: 'Organization' as const,
    id: `mr-payer-${payer.replaceAll(/[^a-z]+/g, '-')}`,
    meta: profile('organization'),
    identifier: [{ system: `${INVENTED}:payer`, value: payer }],
    active: true,
    name: PAYERS[payer][1],
  };
}

export function coverage(
  id: string,
  patient: string,
  { payer, member, from, until, cancelled }: { payer: Payer; member: string; from: Day; until?: Day | undefined; cancelled?: boolean },
): Coverage {
  return {
    resourceType: 'Coverage',
    id,
    meta: profile('coverage'),
    status: cancelled ? 'cancelled' : 'active',
    type: { text: PAYERS[payer][0] },
    subscriberId: member,
    beneficiary: { reference: `Patient/${patient}` },
    relationship: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/subscriber-relationship', code: 'self', display: 'Self' }],
    },
    period: { start: from, ...(until ? { end: until } : {}) },
    payor: [
      payer === 'self pay'
        ? { reference: `Patient/${patient}` }
        : { reference: `Organization/${payerOrganization(payer).id}`, display: PAYERS[payer][1] },
    ],
  };
}
