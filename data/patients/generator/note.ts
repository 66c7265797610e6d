import type { DocumentReference } from '@medplum/fhirtypes';
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

export function writeNote(
  draft: Draft,
  visit: { readonly reference: string; readonly staff: StaffId; readonly spec: { readonly reason: string; readonly day: string } },
  words: string,
  [code, display]: readonly [string, string],
  note: Note,
  at: string,
): DocumentReference {
  const { given, family } = draft.person;
  const text = [
    `${words}, ${dateWords(visit.spec.day)}, ${staffName(visit.staff)}`,
    `Patient: ${given.join(' ')} ${family}, ${ageWords(draft.person.birthDate, visit.spec.day)}`,
    '',
    `Reason for visit: ${sentence(visit.spec.reason)}`,
    ...section('History', note.history),
    ...section('Medicines', note.medicines),
    ...section('Allergies', note.allergies),
    ...section('Vital signs', note.vitals),
    ...section('Findings', note.findings),
    ...section('Results', note.results),
    ...(note.plan.length === 0 ? [] : ['Assessment and plan:', ...note.plan.map((line) => `- ${sentence(line)}`)]),
    '',
    `Signed by ${staffName(visit.staff)}`,
  ].join('\n');
  return {
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
    content: [
      {
        attachment: {
          contentType: 'text/plain; charset=utf-8',
          data: Buffer.from(text, 'utf8').toString('base64'),
          title: `${words}, ${dateWords(dayOf(at))}`,
          creation: at,
        },
      },
    ],
    context: { encounter: [{ reference: visit.reference }], period: { start: at, end: at } },
  };
}

const SIGNED = '\n\nSigned by ';
/** Adds a line to the plan of a note that is written already: what was given at the visit by a standing order. */
export function addToPlan(note: DocumentReference, line: string): void {
  const [{ attachment }] = note.content as [DocumentReference['content'][number]];
  const text = Buffer.from(attachment.data ?? '', 'base64').toString('utf8');
  const end = text.lastIndexOf(SIGNED);
  const heading = text.includes('\nAssessment and plan:\n') ? '' : '\nAssessment and plan:';
  attachment.data = Buffer.from(`${text.slice(0, end)}${heading}\n- ${sentence(line)}${text.slice(end)}`, 'utf8').toString('base64');
}
