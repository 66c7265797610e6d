import type { DiagnosticReport, Observation } from '@medplum/fhirtypes';
import { type Day, later } from './calendar.ts';
import { type StaffId, staffReference } from './clinic.ts';
import { type Draft, referenceTo, slugOf } from './draft.ts';
import { addDrugScreen, type Sought } from './drug-screen.ts';
import type { Note } from './note.ts';
import { category, laboratory, type Measured } from './observations.ts';
import { profile, socialNeeds } from './person.ts';
import { addQuestionnaire, QUESTIONNAIRES } from './questionnaires.ts';
import { addSocialScreening, type SocialAnswer, type SocialAnswers, type SocialPanel } from './social-screening.ts';
import { LOINC, tests } from './tables.ts';

/** What a visit's parts share while it goes on. */
export interface Ongoing {
  readonly draft: Draft;
  readonly note: Note;
  readonly staff: StaffId;
  /** Of its encounter. */
  readonly reference: string;
  readonly now: () => string;
  readonly day: () => Day;
  readonly measured: (slug: string) => Measured;
  /** Records a result, of the body where none is given. */
  readonly record: (test: string, given?: number) => Observation;
}

const ANSWERS = ['not at all', 'several days', 'more than half the days', 'nearly every day'] as const;

export interface AnswerOptions {
  readonly slug?: string;
  readonly label?: string;
  readonly profile?: string;
  readonly category?: string;
  readonly social?: boolean;
  readonly code?: { readonly system: string; readonly code: string; readonly display: string };
}

/** What a visit finds by asking and by looking: answers, scores, reports in words. */
export function findings({ draft, note, staff, reference, now, day, measured, record }: Ongoing) {
  return {
    /** A report in words: imaging, pathology, electrocardiogram. */
    report: (
      name: string,
      kindOf: 'Radiology' | 'Cardiology' | 'Pathology',
      code: readonly [string, string],
      conclusion: string,
    ): DiagnosticReport => {
      const categories = { Radiology: 'LP29684-5', Cardiology: 'LP29708-2', Pathology: 'LP7839-6' } as const;
      const made = draft.add<DiagnosticReport>({
        resourceType: 'DiagnosticReport',
        id: draft.idFor('DiagnosticReport', slugOf(name), day()),
        meta: profile('diagnosticreport-note'),
        status: 'final',
        category: [{ coding: [{ system: LOINC, code: categories[kindOf], display: kindOf }], text: kindOf }],
        code: { coding: [{ system: LOINC, code: code[0], display: code[1] }], text: name },
        subject: draft.patient,
        encounter: { reference },
        effectiveDateTime: now(),
        issued: later(now(), 60),
        performer: [staffReference(staff)],
        conclusion,
      });
      note.findings.push(`${name}: ${conclusion}`);
      return made;
    },

    /** The nine answers of a PHQ-9, each 0 to 3, with their sum; the note tells the sum and the ninth answer. */
    phq9: (...answers: number[]): Observation => {
      const { total, panel } = addQuestionnaire(draft, QUESTIONNAIRES.phq9, answers, measured);
      const made = record('phq9', total);
      panel.hasMember = [...panel.hasMember!, { reference: referenceTo(made) }];
      note.findings.push(`Ninth item of the PHQ-9: ${ANSWERS[answers[8]!]}`);
      return made;
    },
    /** A urine drug test, in which only what is named is found. */
    drugScreen: (...found: Sought[]): void => {
      const screened = addDrugScreen(draft, found, (slug) => ({ ...measured(slug), performer: laboratory }));
      note.results.push(...screened.map(({ label, positive }) => `${label} ${positive ? 'positive' : 'negative'}`));
    },

    /** Answers to a social screening; a problem that follows names them as its evidence. */
    screenSocial: (panel: SocialPanel, answers: SocialAnswers): readonly SocialAnswer[] => {
      const given = addSocialScreening(draft, panel, answers, measured);
      note.findings.push(
        ...given.map(({ label, words }) => `${label}: ${/^(?:No|Yes)$/.test(words) ? `answered “${words.toLowerCase()}”` : words}`),
      );
      return given;
    },

    /** A score of a questionnaire. */
    score: (test: string, points: number, words?: string): Observation => {
      const made = record(test, points);
      if (words) {
        made.interpretation = [{ text: words }];
        note.findings.push(`${tests.of(test).label}: ${words}.`);
      }
      return made;
    },
    /** An answer in words to a coded question. */
    answer: (question: readonly [code: string, display: string], words: string, options: AnswerOptions = {}): Observation => {
      const made = draft.add<Observation>({
        resourceType: 'Observation',
        id: draft.idFor('Observation', options.slug ?? `answer-${question[0]}`, day()),
        meta: profile(options.profile ?? 'observation-screening-assessment'),
        status: 'final',
        category: [category(options.category ?? 'survey'), ...(options.social ? [socialNeeds()] : [])],
        code: { coding: [{ system: LOINC, code: question[0], display: question[1] }], text: options.label ?? question[1] },
        subject: draft.patient,
        encounter: { reference },
        effectiveDateTime: now(),
        performer: [staffReference(staff)],
        valueCodeableConcept: { ...(options.code ? { coding: [options.code] } : {}), text: words },
      });
      note.findings.push(`${options.label ?? question[1]}: ${words}.`);
      return made;
    },
  };
}
