import { formatDate, wholeYears } from '../../language/dates.ts';
import type { FhirResource, PatientSummary } from '../contract.ts';
import { recordNumberOf } from '../record-number.ts';
import { codeables, date, type Json, list, obj, str, strings, words } from './fhir.ts';
import { lowerCase } from './names.ts';
import { type Draft, details, draft, present, type Reader } from './reader.ts';

/** A person's name as spoken: official before usual before others; a period that ended does not count. */
export function humanName(resource: FhirResource | Json): string | undefined {
  const names = list(resource.name).filter((name) => name.use !== 'old' && name.use !== 'maiden');
  const name =
    names.find((item) => item.use === 'official') ?? names.find((item) => item.use === 'usual') ?? names[0] ?? list(resource.name)[0];
  if (!name) return str(resource.name);
  const spoken = [...strings(name.given), ...strings(name.family), ...strings(name.suffix)].join(' ');
  return spoken !== '' ? spoken : str(name.text);
}

function otherNamesOf(resource: FhirResource): readonly string[] | undefined {
  const own = humanName(resource);
  const all = list(resource.name).map((name) => [...strings(name.given), ...strings(name.family)].join(' ') || (str(name.text) ?? ''));
  const others = [...new Set(all)].filter((name) => name !== '' && name !== own);
  return others.length > 0 ? others : undefined;
}

export function patientSummary(resource: FhirResource, id: string): PatientSummary {
  const deceased = date(resource.deceasedDateTime) ?? (resource.deceasedBoolean === true ? true : undefined);
  return present<PatientSummary>({
    id,
    name: humanName(resource) ?? id,
    otherNames: otherNamesOf(resource),
    birthDate: date(resource.birthDate),
    gender: str(resource.gender),
    recordNumber: recordNumberOf(resource),
    deceased,
  } as PatientSummary);
}

/** Age in whole years: as of the chart's time, for the dead at death. */
export function ageOf(patient: PatientSummary, asOf: string): number | undefined {
  const until = typeof patient.deceased === 'string' ? patient.deceased : asOf;
  return patient.birthDate && patient.deceased !== true ? wholeYears(patient.birthDate, until) : undefined;
}

const extension = (resource: FhirResource | Json, ending: string): Json | undefined =>
  list(resource.extension).find((item) => str(item.url)?.endsWith(ending));

function demographic(resource: FhirResource, ending: string): string | undefined {
  const found = extension(resource, ending);
  if (!found) return undefined;
  const parts = list(found.extension);
  const text = str(parts.find((part) => part.url === 'text')?.valueString);
  const displays = parts.filter((part) => part.url !== 'text').flatMap((part) => words(part.valueCoding) ?? []);
  return (
    text ??
    (displays.length > 0 ? displays.join(', ') : (str(found.valueCode) ?? words(found.valueCodeableConcept) ?? str(found.valueString)))
  );
}

export function addressText(value: unknown): string | undefined {
  const addresses = list(value).filter((item) => item.use !== 'old');
  const address = addresses.find((item) => item.use === 'home') ?? addresses[0];
  if (!address) return undefined;
  const written = [
    ...strings(address.line),
    str(address.city),
    [str(address.state), str(address.postalCode)].filter(Boolean).join(' '),
    str(address.country),
  ];
  return str(address.text) ?? (written.filter(Boolean).join(', ') || undefined);
}

const telecom = (resource: FhirResource | Json, systems: readonly string[]): string | undefined =>
  list(resource.telecom)
    .filter((item) => systems.includes(str(item.system) ?? '') && item.use !== 'old')
    .flatMap((item) => (str(item.value) ? [`${str(item.value)}${str(item.use) ? ` (${str(item.use)})` : ''}`] : []))
    .join(', ') || undefined;

/** A record that was merged into the patient's: what it said of the person, which may differ. */
function readMerged(resource: FhirResource): readonly Draft[] {
  const summary = patientSummary(resource, resource.id ?? '');
  return [
    draft({
      kind: 'patient',
      name: `merged record of ${summary.name}`,
      code: { names: [summary.name], codes: [] },
      concepts: ['section/demographics'],
      status: 'inactive',
      date: summary.birthDate,
      details: details({
        merged: 'merged into this record',
        ...whoItIs(resource, summary),
        recordNumber: summary.recordNumber,
      }),
    }),
  ];
}

/** What two statements about one person can say differently. */
function whoItIs(resource: FhirResource, summary: PatientSummary) {
  return {
    birthDate: summary.birthDate && formatDate(summary.birthDate),
    gender: summary.gender,
    deceased: typeof summary.deceased === 'string' ? formatDate(summary.deceased) : summary.deceased ? 'yes, date not recorded' : undefined,
    race: demographic(resource, '/us-core-race'),
    ethnicity: demographic(resource, '/us-core-ethnicity'),
    birthSex: demographic(resource, '/us-core-birthsex'),
    genderIdentity: demographic(resource, '/us-core-genderIdentity') ?? demographic(resource, '/patient-genderIdentity'),
    language: words(preferredLanguage(resource)?.language),
    maritalStatus: maritalStatus(resource.maritalStatus),
    address: addressText(resource.address),
    phone: telecom(resource, ['phone', 'sms']),
    email: telecom(resource, ['email']),
    birthPlace: addressText(extension(resource, '/patient-birthPlace')?.valueAddress),
  };
}

const preferredLanguage = (resource: FhirResource): Json | undefined => {
  const communication = list(resource.communication);
  return communication.find((item) => item.preferred === true) ?? communication[0];
};

/** Patient: who it is. National identifiers are left out: no answer needs them. */
export function readPatient(resource: FhirResource, reader: Reader): readonly Draft[] {
  if (resource.id !== reader.patientId) return readMerged(resource);
  const summary = patientSummary(resource, reader.patientId);
  const age = ageOf(summary, reader.asOf);
  const contacts = list(resource.contact).flatMap((contact) => {
    const name = humanName({ name: contact.name });
    const relationship = codeables(contact.relationship)
      .map((item) => lowerCase(item.label ?? item.codes[0]!.code))
      .join(', ');
    const phone = telecom(contact, ['phone', 'sms']);
    return name ? [[name, relationship ? `(${relationship})` : undefined, phone].filter(Boolean).join(' ')] : [];
  });
  const communication = list(resource.communication);
  const { birthDate, gender, deceased, ...more } = whoItIs(resource, summary);
  return [
    draft({
      kind: 'patient',
      name: summary.name,
      code: { names: [summary.name], codes: [] },
      concepts: ['section/demographics'],
      status: 'active',
      date: summary.birthDate,
      end: typeof summary.deceased === 'string' ? summary.deceased : undefined,
      people: list(resource.generalPractitioner).flatMap((item) => reader.nameOf(item, resource) ?? []),
      organization: reader.nameOf(resource.managingOrganization, resource),
      details: details({
        birthDate,
        age: age === undefined ? undefined : String(age),
        gender,
        deceased,
        recordNumber: summary.recordNumber,
        ...more,
        languages: communication.length > 1 ? communication.flatMap((item) => words(item.language) ?? []).join(', ') : undefined,
        contact: contacts.length > 0 ? contacts.join('; ') : undefined,
        primaryCare:
          list(resource.generalPractitioner)
            .flatMap((item) => reader.nameOf(item, resource) ?? [])
            .join(', ') || undefined,
        multipleBirth:
          resource.multipleBirthBoolean === true || typeof resource.multipleBirthInteger === 'number'
            ? `yes${typeof resource.multipleBirthInteger === 'number' ? `, number ${resource.multipleBirthInteger}` : ''}`
            : undefined,
        active: resource.active === false ? 'record not in active use' : undefined,
        linked:
          list(resource.link).length > 0
            ? list(resource.link)
                .flatMap((item) => str(obj(item.other)?.reference) ?? [])
                .join(', ')
            : undefined,
      }),
    }),
  ];
}

/** v3-MaritalStatus codes, for records that give the bare code; displays stand as they are. */
const MARITAL: Readonly<Record<string, string>> = {
  S: 'never married',
  M: 'married',
  D: 'divorced',
  W: 'widowed',
  L: 'legally separated',
  T: 'domestic partner',
  U: 'unmarried',
  A: 'annulled',
  P: 'polygamous',
  I: 'interlocutory',
  C: 'common law',
  UNK: 'unknown',
};

function maritalStatus(value: unknown): string | undefined {
  const written = words(value);
  return written && (MARITAL[written.toUpperCase()] ?? lowerCase(written));
}

/** RelatedPerson: family and other contacts, beside the patient. */
export function readRelatedPerson(resource: FhirResource): readonly Draft[] {
  const name = humanName(resource);
  const relationship = codeables(resource.relationship)
    .map((item) => lowerCase(item.label ?? item.codes[0]!.code))
    .join(', ');
  if (!name && !relationship) return [];
  return [
    draft({
      kind: 'patient',
      name: [relationship, name].filter(Boolean).join(': '),
      code: { names: name ? [name] : [], codes: [] },
      concepts: ['section/demographics'],
      status: resource.active === false ? 'inactive' : 'active',
      details: details({
        relationship: relationship || undefined,
        phone: telecom(resource, ['phone', 'sms']),
        address: addressText(resource.address),
      }),
    }),
  ];
}
