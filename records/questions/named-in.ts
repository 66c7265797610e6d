/** Entries that name a thing of which there is no entry of its own. */
import type { Chart, Fact } from '../contract.ts';
import type { Answer, Question } from './contract.ts';
import { namedElsewhere, saidElsewhere } from './elsewhere.ts';
import { describedInstead, type Found, type Scope } from './scope.ts';
import { MEASURED } from './sections.ts';
import { isOf, isPlanned, isVoid, newestFirst, place } from './select.ts';

/** How many entries are read out that name a thing which has no entry of its own. */
const NAMING = 5;

/** Somebody wrote it down in another place: those entries answer, and nothing is denied. Counts and numbers cannot be taken from them. */
export function inOtherEntries({ question, kinds, chart, window }: Scope): Partial<Answer> {
  if (question.threshold || question.words?.length || question.person || question.laterality) return {};
  // A drug that was taken is no allergy to it, and a care plan of the patient no family history.
  if (kinds.includes('allergy') || kinds.includes('family-history')) return {};
  const named = namedElsewhere(question.concepts, kinds, chart);
  // What is planned has not come about: it is no last time.
  const past = /^(?:date|latest|first|ever|onset|end)$/.test(question.aspect);
  const stated = named.stated.filter((fact) => !past || !isPlanned(fact));
  const beside = [...named.beside, ...named.stated.filter((fact) => !stated.includes(fact))];
  const inTime = (fact: Fact): boolean => ['in', 'maybe'].includes(place(fact, window, false, chart.asOf));
  // Its early stage is told before what only names it.
  const early = chart.facts.filter((fact) => fact.kind === 'problem' && !isVoid(fact) && isOf(fact, earlyStagesOf(question, chart), chart));
  const facts = [...early, ...stated.filter((fact) => !early.includes(fact)).sort(newestFirst)].filter(inTime).slice(0, NAMING);
  if (facts.length > 0) {
    const text = `there is no entry of its own for ${question.name}; it is named in ${facts.length === 1 ? 'this one' : 'these'}`;
    return { ...describedInstead(question, facts, text), instead: [], ...(question.polar ? { polarity: 'unknown' } : {}) };
  }
  const against = beside.filter(inTime).sort(newestFirst).slice(0, NAMING);
  // A drug of which the record has the level alone: the level answers, and nothing is denied.
  if (
    against.length > 0 &&
    !question.polar &&
    (question.status ?? 'active') === 'active' &&
    against.every(({ kind }) => MEASURED.has(kind))
  ) {
    const text = `no order of ${question.name} is found; it is named in ${against.length === 1 ? 'this one' : 'these'}`;
    return { ...describedInstead(question, against, text), instead: [] };
  }
  return against.length > 0 ? { instead: against } : {};
}

/** What may become the disease and is not the disease. */
const EARLY_STAGES: readonly (readonly [early: string, disease: string])[] = [
  ['condition/prediabetes', 'condition/diabetes-mellitus'],
  ['condition/elevated-blood-pressure-reading', 'condition/hypertension'],
];

const earlyStagesOf = ({ concepts }: Question, { terminology }: Chart): readonly string[] =>
  EARLY_STAGES.filter(([, disease]) => concepts.some((id) => id === disease || terminology.isA(id, disease))).map(([early]) => early);

/** Words that no entry is named by, and that entries say in a reason, an outcome or an answer: those are told, and nothing is concluded. */
export function inTheirWords({ question, kinds, chart, window }: Scope): Found | undefined {
  if (question.concepts.length > 0 || !question.words?.length || question.threshold || question.person) return undefined;
  const facts = saidElsewhere(question.words, kinds, chart)
    .filter((fact) => ['in', 'maybe'].includes(place(fact, window, false, chart.asOf)))
    .sort(newestFirst)
    .slice(0, NAMING);
  if (facts.length === 0) return undefined;
  const text = `there is no entry of its own for ${question.name}; it is named in ${facts.length === 1 ? 'this one' : 'these'}`;
  return { ...describedInstead(question, facts, text), instead: [] };
}

/** Shorter ones stand in too many names. */
const TELLING_WORD = 4;

/** No entry is called by the word, and names hold it ("PIK3" in "PIK3CA variant"): they are told, and it is not said that no entry has it. */
export function withinNames({ question, kinds, chart, window }: Scope): Found | undefined {
  const { words } = question;
  if (question.concepts.length > 0 || !words?.length || question.threshold || question.person) return undefined;
  const sought = words.map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  if (sought.some((word) => word.length < TELLING_WORD)) return undefined;
  const facts = chart.facts
    .filter((fact) => fact.part === undefined && !isVoid(fact) && (kinds.length === 0 || kinds.includes(fact.kind)))
    .filter(({ name, names }) => {
      const own = [name, ...names]
        .join(' ')
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u);
      return sought.every((word) => own.some((one) => one.startsWith(word)));
    })
    .filter((fact) => ['in', 'maybe'].includes(place(fact, window, false, chart.asOf)))
    .sort(newestFirst)
    .slice(0, NAMING);
  if (facts.length === 0) return undefined;
  const text = `no entry is called ${question.name} alone; it stands in the name of ${facts.length === 1 ? 'this one' : 'these'}`;
  return { ...describedInstead(question, facts, text), instead: [] };
}
