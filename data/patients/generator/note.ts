import type { Attachment, DocumentReference } from '@medplum/fhirtypes';
import { type Day, dayOf, daysFrom, monthsFrom, yearsFrom } from './calendar.ts';
import { organizationReference, placeOf, type StaffId, staffName, staffReference } from './clinic.ts';
import type { Draft } from './draft.ts';
import { profile } from './person.ts';
import { LOINC } from './tables.ts';

/** What a visit's note will tell, gathered while the visit goes on. */
export interface Note {
  readonly history: string[];
  readonly medicines: string[];
  readonly allergies: string[];
  readonly vitals: string[];
  readonly results: string[];
  readonly findings: string[];
  readonly plan: string[];
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
export const dateWords = (at: string): string => `${Number(at.slice(8, 10))} ${MONTHS[Number(at.slice(5, 7)) - 1]} ${at.slice(0, 4)}`;

/** With a capital, but for names that begin with a small letter (eGFR, pH), and a full stop. */
const sentence = (text: string): string => {
  const begun = /^[a-z][^A-Z]/.test(text) ? `${text[0]!.toUpperCase()}${text.slice(1)}` : text;
  return /[.?!]$/.test(begun) ? begun : `${begun}.`;
};

/** Weeks in the first two months of life, months until the second birthday, then years. */
function ageWords(birth: Day, day: Day): string {
  const weeks = Math.floor(daysFrom(birth, day) / 7);
  const months = monthsFrom(birth, day);
  const [count, unit] =
    weeks < 1
      ? [daysFrom(birth, day), 'day']
      : weeks < 9
        ? [weeks, 'week']
        : months < 24
          ? [months, 'month']
          : [yearsFrom(birth, day), 'year'];
  return `${count} ${unit}${count === 1 ? '' : 's'} old`;
}
const section = (title: string, parts: readonly string[]): string[] =>
  parts.length === 0 ? [] : [`${title}: ${parts.map(sentence).join(' ')}`];

/** A note that is written, to which a line may still be added: what was given at the visit by a standing order. */
export interface WrittenNote {
  readonly resource: DocumentReference;
  readonly addToPlan: (line: string) => void;
}

export function writeNote(
  draft: Draft,
  visit: { readonly reference: string; readonly staff: StaffId; readonly spec: { readonly reason: string; readonly day: string } },
  words: string,
  [code, display]: readonly [string, string],
  parts: Note,
  at: string,
): WrittenNote {
  const { given, family } = draft.person;
  const plan = [...parts.plan];
  const before = [
    `${words}, ${dateWords(visit.spec.day)}, ${staffName(visit.staff)}`,
    `Patient: ${given.join(' ')} ${family}, ${ageWords(draft.person.birthDate, visit.spec.day)}`,
    '',
    `Reason for visit: ${sentence(visit.spec.reason)}`,
    ...section('History', parts.history),
    ...section('Medicines', parts.medicines),
    ...section('Allergies', parts.allergies),
    ...section('Vital signs', parts.vitals),
    ...section('Findings', parts.findings),
    ...section('Results', parts.results),
  ];
  const data = (): string => {
    const last = plan.length === 0 ? [] : ['Assessment and plan:', ...plan.map((line) => `- ${sentence(line)}`)];
    return Buffer.from([...before, ...last, '', `Signed by ${staffName(visit.staff)}`].join('\n'), 'utf8').toString('base64');
  };
  const attachment: Attachment = {
    contentType: 'text/plain; charset=utf-8',
    data: data(),
    title: `${words}, ${dateWords(dayOf(at))}`,
    creation: at,
  };
  const resource: DocumentReference = {
    resourceType: 'DocumentReference',
    id: draft.idFor('DocumentReference', 'note', visit.spec.day),
    meta: profile('documentreference'),
    status: 'current',
    docStatus: 'final',
    type: { coding: [{ system: LOINC, code, display }], text: display },
    category: [
      {
        coding: [
          {
            system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
            code: 'clinical-note',
            display: 'Clinical Note',
          },
        ],
      },
    ],
    subject: draft.patient,
    date: at,
    author: [staffReference(visit.staff)],
    custodian: organizationReference(placeOf(visit.staff)),
    description: `${words}: ${visit.spec.reason}`,
    content: [{ attachment }],
    context: { encounter: [{ reference: visit.reference }], period: { start: at, end: at } },
  };
  return {
    resource,
    addToPlan: (line) => {
      plan.push(line);
      attachment.data = data();
    },
  };
}
