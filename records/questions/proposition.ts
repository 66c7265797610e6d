import type { Chart, Fact } from '../contract.ts';
import { buildQuestion } from './build.ts';
import type { Answer, Note, Question } from './contract.ts';
import { contrasted } from './contrast.ts';
import type { Clause, Topic } from './parsed.ts';
import { hasWords } from './select.ts';

const CAUSE_OF_DEATH = 'lab/cause-of-death';

const DIED_OF =
  /\b(?:die[sd]?|dying|death|dead|passed away) (?:from|of|because of|due to|with|by|caused by)\b|\b(?:was|were|is) ‹[^›]+› (?:the |her |his |their )?cause of (?:her |his |the |their )?death\b|\bkill(?:ed|s)? (?:her|him|them|the patient|‹n\d+›)\b|\bcause[ds]? (?:of )?(?:her|his|the|their) death\b|\bkilled by\b|\b(?:from|of) what\b.*\b(?:die[sd]?|dead|death)\b|\bwhat\b.*\b(?:die[sd]?|dead) (?:of|from)\b|\bwhy\b.*\b(?:die[sd]?|dead|passed away)\b|\b(?:reasons?|causes?) (?:of|for|why|that)\b.*\b(?:die[sd]?|dead|death|dying)\b/;

/** "Did she die of a burn", "did heart failure kill her": the recorded cause of death, whatever else she had. */
export function causeOfDeath(clause: Clause, chart: Chart): Question | undefined {
  if (!DIED_OF.test(clause.mask) || clause.topics.some(({ kinds }) => kinds.includes('family-history'))) return undefined;
  const concept = chart.terminology.get(CAUSE_OF_DEATH);
  if (!concept) return undefined;
  const topic: Topic = { letter: 'o', name: concept.name, kinds: ['result', 'survey', 'social'], concepts: [concept.id] };
  const { polar: _, expects: __, reasons: ___, threshold: ____, ...question } = buildQuestion(clause, topic, chart, 'latest');
  return question;
}

export const asksCauseOfDeath = ({ concepts }: Question): boolean => concepts.includes(CAUSE_OF_DEATH);

/** "Which vaccines has she not had", "what is she not allergic to": the contrary list, which the record does not hold. */
const CONTRARY =
  /\b(?:not|never|n['’]?t|hasn['’]?t|haven['’]?t|isn['’]?t|aren['’]?t|doesn['’]?t|didn['’]?t)\b(?: (?:yet|been|be|had|have|got|received?|given|taken|had|allergic|immune|vaccinated|protected|done))+/i;

/** A list that is asked for by what is not on it. */
export function asksContrary(clause: Clause, questions: readonly Question[]): string | undefined {
  if (!/^\W*(?:and |so |please |tell me |list |show )*(?:which|what)\b/.test(clause.mask)) return undefined;
  if (!questions.some((one) => !one.polar && /^(?:list|exists|latest|describe)$/.test(one.aspect) && one.status !== 'not-done'))
    return undefined;
  if (!questions.some(({ kinds }) => kinds.some((kind) => kind === 'immunization' || kind === 'allergy' || kind === 'procedure')))
    return undefined;
  return CONTRARY.exec(clause.text)?.[0];
}

/** The place in a series, "her second hepatitis A shot", which is no degree, trimester or line. */
export const ORDINAL =
  /\b(?:second|third|fourth|fifth|2nd|3rd|4th|5th)\b(?! (?:degree|trimester|line|stage|hand|opinion|to last|most|last|latest|newest|[- ]?hand))/;

const PLACES: Readonly<Record<string, number>> = { second: 2, '2nd': 2, third: 3, '3rd': 3, fourth: 4, '4th': 4, fifth: 5, '5th': 5 };
const COUNTS_ONE_BY_ONE: ReadonlySet<string> = new Set(['immunization', 'procedure', 'imaging', 'result', 'vital', 'survey']);

/** "Date of her second hepatitis A": counted from the oldest. */
export function inPlace(clause: Clause, question: Question): Question {
  const place = PLACES[ORDINAL.exec(clause.left)?.[0] ?? ''];
  const named = question.concepts.some((id) => !id.startsWith('section/')) || question.words?.length;
  if (!place || !named || question.polar || question.offset || question.limit || question.time || question.field) return question;
  if (/\b(?:first|1st|last|latest|newest|and|or)\b/.test(clause.left)) return question;
  if (!question.kinds.some((kind) => COUNTS_ONE_BY_ONE.has(kind)) || !/^(?:date|list|latest|describe|onset|first)$/.test(question.aspect))
    return question;
  return { ...question, aspect: 'first', offset: place - 1 };
}

/** Days after an event within which what came next may be taken for what was done about it. */
const SOON = 92;

/** Notes of what keeps an entry from being a yes to the very thing that was asked. */
export function withheld(question: Question, found: Pick<Answer, 'facts' | 'polarity'>, event: Fact | undefined): readonly Note[] {
  const { facts, polarity } = found;
  const contrast = question.laterality === undefined ? contrasted(question, facts) : undefined;
  if (contrast) return [contrast];
  if (polarity !== 'yes') return [];
  // "Is Dr Adeyemi his pulmonologist": the person and the role must be one member's.
  if (question.person && question.words?.length && facts.every(({ kind }) => kind === 'care-team')) {
    const held = facts.some((fact) => rolesOf(fact, question.person!).some((role) => question.words!.every((word) => role.includes(word))));
    if (!held) return [{ kind: 'qualifier', text: `the record gives ${question.person} another role or none`, facts }];
  }
  // Words that stand only in another code's wording of an entry, not in what is read out, are no yes.
  if (
    question.concepts.length === 0 &&
    question.words?.length &&
    !question.person &&
    facts.every((fact) => !isShownWith(fact, question.words!))
  )
    return [{ kind: 'qualifier', text: `the entry does not itself say “${question.words.join(' ')}”`, facts }];
  const { time } = question;
  if (time?.relation === 'after' && time.anchor?.edge !== 'recorded' && event?.date && facts.every(({ date }) => date !== undefined)) {
    const first = Math.min(...facts.map(({ date }) => Date.parse(date!.slice(0, 10))));
    if ((first - Date.parse(event.date.slice(0, 10))) / 86_400_000 > SOON)
      return [{ kind: 'qualifier', text: `long after ${event.name}: whether it was because of that the record does not say`, facts }];
  }
  return [];
}

function rolesOf(fact: Fact, person: string): readonly string[] {
  const told = Object.values(fact.details ?? {})
    .join('; ')
    .toLowerCase();
  return told
    .split(';')
    .filter((member) =>
      person
        .toLowerCase()
        .split(/\s+/)
        .every((word) => member.includes(word)),
    )
    .map((member) => /\(([^)]*)\)/.exec(member)?.[1] ?? '');
}

const isShownWith = (fact: Fact, words: readonly string[]): boolean =>
  hasWords({ ...fact, names: [fact.name] }, words) ||
  (fact.value?.type === 'text' || fact.value?.type === 'coded'
    ? hasWords({ ...fact, name: fact.value.text, names: [fact.name] }, words)
    : false) ||
  fact.reasons.some(({ text }) => hasWords({ ...fact, name: text, names: [fact.name] }, words));
