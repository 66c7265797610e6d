import type { Observation } from '@medplum/fhirtypes';
import { type Draft, referenceTo } from './draft.ts';
import { category, type Measured } from './observations.ts';
import { profile, socialNeeds } from './person.ts';
import { LOINC } from './tables.ts';

type Code = readonly [code: string, display: string];
interface Question {
  readonly code: Code;
  readonly label: string;
  readonly answers: Readonly<Record<string, Code>>;
}
const YES_NO = { yes: ['LA33-6', 'Yes'], no: ['LA32-8', 'No'] } as const;
const HOW_TRUE = {
  often: ['LA28397-0', 'Often true'],
  sometimes: ['LA6729-3', 'Sometimes true'],
  never: ['LA28398-8', 'Never true'],
} as const;

/** Questions and answers of PRAPARE and the Hunger Vital Sign. Codes and names: US Core 6.1.0 and its questionnaires; public LOINC tables. */
const QUESTIONS = {
  housing: {
    code: ['71802-3', 'Housing status'],
    label: 'Housing',
    answers: {
      housed: ['LA30189-7', 'I have housing'],
      homeless: [
        'LA30190-5',
        'I do not have housing (staying with others, in a hotel, in a shelter, living outside on the street, on a beach, in a car, or in a park)',
      ],
    },
  },
  'housing-worry': {
    code: ['93033-9', 'Are you worried about losing your housing [PRAPARE]'],
    label: 'Worried about losing housing',
    answers: YES_NO,
  },
  employment: {
    code: ['67875-5', 'Employment status - current'],
    label: 'Employment',
    answers: {
      unemployed: ['LA17956-6', 'Unemployed'],
      'part-time': ['LA30138-4', 'Part-time or temporary work'],
      'full-time': ['LA30136-8', 'Full-time work'],
    },
  },
  insurance: {
    code: ['76437-3', 'Primary insurance'],
    label: 'Main insurance',
    answers: { none: ['LA30194-7', 'None/uninsured'], medicaid: ['LA17849-3', 'Medicaid'] },
  },
  unmet: {
    code: [
      '93031-3',
      'Have you or any family members you live with been unable to get any of the following when it was really needed in past 1 year [PRAPARE]',
    ],
    label: 'Could not get in the past year',
    answers: {
      food: ['LA30125-1', 'Food'],
      clothing: ['LA30126-9', 'Clothing'],
      utilities: ['LA30124-4', 'Utilities'],
      'child care': ['LA30127-7', 'Child care'],
      care: ['LA30128-5', 'Medicine or Any Health Care (Medical, Dental, Mental Health, Vision)'],
      phone: ['LA30129-3', 'Phone'],
    },
  },
  transport: {
    code: [
      '93030-5',
      'Has lack of transportation kept you from medical appointments, meetings, work, or from getting things needed for daily living',
    ],
    label: 'Kept away by lack of transportation',
    answers: {
      medical: ['LA30133-5', 'Yes, it has kept me from medical appointments or from getting my medications'],
      other: ['LA30134-3', 'Yes, it has kept me from non-medical meetings, appointments, work, or from getting things that I need'],
      no: ['LA32-8', 'No'],
    },
  },
  contact: {
    code: ['93029-7', 'How often do you see or talk to people that you care about and feel close to [PRAPARE]'],
    label: 'Sees or talks to people close to the patient',
    answers: {
      seldom: ['LA30130-1', '1 or 2 times a week'],
      sometimes: ['LA30131-9', '3 to 5 times a week'],
      often: ['LA30132-7', '5 or more times a week'],
    },
  },
  stress: {
    code: ['93038-8', 'Stress level'],
    label: 'Stress',
    answers: { somewhat: ['LA13909-9', 'Somewhat'], 'quite a bit': ['LA13902-4', 'Quite a bit'], 'very much': ['LA13914-9', 'Very much'] },
  },
  'food-worry': {
    code: ['88122-7', '(I/We) worried whether (my/our) food would run out before (I/we) got money to buy more.'],
    label: 'Worried that food would run out',
    answers: HOW_TRUE,
  },
  'food-lasts': {
    code: ['88123-5', "The food that (I/we) bought just didn't last, and (I/we) didn't have money to get more."],
    label: 'Food did not last',
    answers: HOW_TRUE,
  },
  'food-risk': {
    code: ['88124-3', 'Food insecurity risk [HVS]'],
    label: 'Food insecurity risk',
    answers: { 'at risk': ['LA19952-3', 'At risk'], 'no risk': ['LA19983-8', 'No risk'] },
  },
} as const satisfies Readonly<Record<string, Question>>;
export type SocialQuestion = keyof typeof QUESTIONS;

const PANELS = {
  prapare: {
    code: ['93025-5', "Protocol for Responding to and Assessing Patients' Assets, Risks, and Experiences [PRAPARE]"],
    label: 'PRAPARE',
  },
  hunger: { code: ['88121-9', 'Hunger Vital Sign [HVS]'], label: 'Hunger Vital Sign' },
} as const;
export type SocialPanel = keyof typeof PANELS;

/** Answers by question; where several hold (`unmet`), each is an observation of its own. */
export type SocialAnswers = {
  readonly [Q in SocialQuestion]?: keyof (typeof QUESTIONS)[Q]['answers'] | readonly (keyof (typeof QUESTIONS)[Q]['answers'])[];
};

export interface SocialAnswer {
  readonly question: SocialQuestion;
  readonly label: string;
  readonly words: string;
  readonly reference: string;
}

/** A social screening as US Core structures it: a panel without a value, which holds one observation for each answer. */
export function addSocialScreening(
  draft: Draft,
  panel: SocialPanel,
  answers: SocialAnswers,
  measured: (slug: string) => Measured,
): readonly SocialAnswer[] {
  const base = (slug: string, [code, display]: Code, label: string): Observation => {
    const { id, patient, at, encounter, performer } = measured(slug);
    return {
      resourceType: 'Observation',
      id,
      meta: profile('observation-screening-assessment'),
      status: 'final',
      category: [category('survey'), socialNeeds()],
      code: { coding: [{ system: LOINC, code, display }], text: label },
      subject: { reference: `Patient/${patient}` },
      ...(encounter ? { encounter: { reference: encounter } } : {}),
      effectiveDateTime: at,
      performer: [performer],
    };
  };
  const given = (Object.entries(answers) as [SocialQuestion, string | readonly string[]][]).flatMap(([question, chosen]) =>
    (typeof chosen === 'string' ? [chosen] : chosen).map((answer): SocialAnswer => {
      const row: Question = QUESTIONS[question];
      const [code, display] = row.answers[answer]!;
      const slug = `${panel}-${question}${typeof chosen === 'string' ? '' : `-${answer.replaceAll(' ', '-')}`}`;
      const observation = draft.add<Observation>({
        ...base(slug, row.code, row.label),
        valueCodeableConcept: { coding: [{ system: LOINC, code, display }], text: display },
      });
      return { question, label: row.label, words: display, reference: referenceTo(observation) };
    }),
  );
  draft.add<Observation>({
    ...base(panel, PANELS[panel].code, PANELS[panel].label),
    hasMember: given.map(({ reference }) => ({ reference })),
  });
  return given;
}
