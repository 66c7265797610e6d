import type { Observation } from '@medplum/fhirtypes';
import { type Draft, referenceTo } from './draft.ts';
import { category, type Measured } from './observations.ts';
import { profile } from './person.ts';
import { LOINC } from './tables.ts';

type Code = readonly [code: string, display: string];
/** A questionnaire whose items are answered on one scale and added up. */
interface Questionnaire {
  readonly slug: string;
  readonly panel: Code;
  readonly label: string;
  readonly items: readonly Code[];
  /** Key of the total score in tests.tsv. */
  readonly total: string;
}
/** Answers from 0 to 3 (LOINC answer list LL358-3, of PHQ-9 and GAD-7). */
const HOW_OFTEN: readonly Code[] = [
  ['LA6568-5', 'Not at all'],
  ['LA6569-3', 'Several days'],
  ['LA6570-1', 'More than half the days'],
  ['LA6571-9', 'Nearly every day'],
];
export const QUESTIONNAIRES = {
  phq9: {
    slug: 'phq9',
    panel: ['44249-1', 'PHQ-9 quick depression assessment panel [Reported.PHQ]'],
    label: 'PHQ-9',
    items: [
      ['44250-9', 'Little interest or pleasure in doing things in last 2 weeks [Reported.PHQ]'],
      ['44255-8', 'Feeling down, depressed, or hopeless in last 2 weeks [Reported.PHQ]'],
      ['44259-0', 'Trouble falling or staying asleep, or sleeping too much in last 2 weeks [Reported.PHQ]'],
      ['44254-1', 'Feeling tired or having little energy in last 2 weeks [Reported.PHQ]'],
      ['44251-7', 'Poor appetite or overeating in last 2 weeks [Reported.PHQ]'],
      [
        '44258-2',
        'Feeling bad about yourself - or that you are a failure or have let yourself or your family down in last 2 weeks [Reported.PHQ]',
      ],
      ['44252-5', 'Trouble concentrating on things, such as reading the newspaper or watching television in last 2 weeks [Reported.PHQ]'],
      [
        '44253-3',
        'Moving or speaking so slowly that other people could have noticed. Or the opposite - being so fidgety or restless that you have been moving around a lot more than usual in last 2 weeks [Reported.PHQ]',
      ],
      ['44260-8', 'Thoughts that you would be better off dead, or of hurting yourself in some way in last 2 weeks [Reported.PHQ]'],
    ],
    total: 'phq9',
  },
} as const satisfies Readonly<Record<string, Questionnaire>>;

/**
 * The items of a questionnaire and the panel that holds them; the total is for the caller to record.
 * @param answers 0 (not at all) to 3 (nearly every day), one for each item
 * @returns the sum of the answers, and the panel, whose `hasMember` the total may join
 */
export function addQuestionnaire(
  draft: Draft,
  questionnaire: Questionnaire,
  answers: readonly number[],
  measured: (slug: string) => Measured,
): { readonly total: number; readonly panel: Observation } {
  if (answers.length !== questionnaire.items.length)
    throw new RangeError(`${questionnaire.label} has ${questionnaire.items.length} items, not ${answers.length}`);
  const survey = (slug: string) => {
    const { id, patient, at, encounter, performer } = measured(slug);
    return {
      resourceType: 'Observation' as const,
      id,
      meta: profile('observation-screening-assessment'),
      status: 'final' as const,
      category: [category('survey')],
      subject: { reference: `Patient/${patient}` },
      ...(encounter ? { encounter: { reference: encounter } } : {}),
      effectiveDateTime: at,
      performer: [performer],
    };
  };
  const members = questionnaire.items.map(([code, display], index) => {
    const answer = HOW_OFTEN[answers[index]!];
    if (answer === undefined) throw new RangeError(`${questionnaire.label} has no answer ${answers[index]}`);
    return draft.add<Observation>({
      ...survey(`${questionnaire.slug}-${index + 1}`),
      code: { coding: [{ system: LOINC, code, display }], text: display.replace(/ in last 2 weeks \[.*$/, '') },
      valueCodeableConcept: { coding: [{ system: LOINC, code: answer[0], display: answer[1] }], text: answer[1] },
    });
  });
  const [code, display] = questionnaire.panel;
  const panel = draft.add<Observation>({
    ...survey(`${questionnaire.slug}-panel`),
    code: { coding: [{ system: LOINC, code, display }], text: questionnaire.label },
    hasMember: members.map((member) => ({ reference: referenceTo(member) })),
  });
  return { total: answers.reduce((sum, answer) => sum + answer, 0), panel };
}
