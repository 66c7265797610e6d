import type { Chart, FactKind } from '../contract.ts';
import { buildQuestion, implied } from './build.ts';
import type { Question, QuestionContext } from './contract.ts';
import { readAspect } from './cues.ts';
import type { Clause, Topic } from './parsed.ts';
import { MEASURED } from './sections.ts';
import { hasReason, isOfClass, isVoid, newestFirst } from './select.ts';
import { asVaccine } from './topics.ts';

const FOR_IT = /\b(?:for|against|because of|due to|about|regarding) (?:it|that|this|them|those|these)\b/;
const TREATED =
  /\b(?:treat\w*|medicat\w*|medicines?|meds?|drugs?|therap\w+|managed|management|d(?:o|id|oing|one) about|taking anything|takes? anything|anything for)\b/;
const TRIED = /\b(?:what|anything|which|have|has|did) .*\b(?:tried|try)\b/;
const FLARE = /\b(?:attacks?|flares?(?:-?ups?)?|exacerbations?|episodes?|relapses?)\b/;
/** Words of giving a vaccine, and of having the disease. */
const GIVEN =
  /\b(?:get|gets|got|gotten|give|gave|given|receiv\w+|due|needs?|up[- ]to[- ]date|refus\w+|declin\w+|offered|missed|jab\w*|done)\b|\b(?:had|have|has|having) (?:s?he |they )?(?:had )?the\b/;
const ILL = /\b(?:diagnos\w*|infect\w*|disease|ill|sick|caught|catch|positive|suffer\w*|symptoms?|admitted|active|currently|treated)\b/;
const ONES = /\bones?\b|‹q\d+›/;

/** What the earlier question was about, where it was a problem or a measurement, or what drugs or visits were for. */
function subjectOf(question: Question): NonNullable<Question['reasons']> | undefined {
  if (question.reasons) return question.reasons;
  const [kind] = question.kinds;
  const named = question.concepts.some((id) => !id.startsWith('section/')) || (question.words?.length ?? 0) > 0;
  if (!named || !kind || (kind !== 'problem' && !MEASURED.has(kind))) return undefined;
  return {
    kinds: question.kinds,
    concepts: question.concepts,
    ...(question.words ? { words: question.words } : {}),
    name: question.name,
  };
}

/** "What is she on for it", "how often was he seen for that", "any treatment?": drugs or visits for what was asked about before. */
function drugsFor(clause: Clause, last: Question, chart: Chart): Question | undefined {
  const subject = subjectOf(last);
  if (!subject) return undefined;
  const { rest } = clause;
  const alone = clause.topics.every(({ letter, item }) => letter === 'u' && FLARE.test(item?.text.toLowerCase() ?? ''));
  const flare = subject.kinds[0] === 'problem' && alone ? FLARE.exec(clause.text.toLowerCase())?.[0] : undefined;
  if (flare && !clause.times.time) return attacksOf(clause, subject, flare, chart);
  const asks = FOR_IT.test(rest);
  const treated = TREATED.test(rest);
  const [own] = clause.topics;
  const meant = own?.section ? own : clause.topics.length === 0 ? implied(clause) : undefined;
  const kind = meant?.kinds[0];
  if (asks && meant && kind && CARE.has(kind)) return { ...buildQuestion(clause, meant, chart), reasons: subject };
  if (own && own.sectionId !== 'section/medications') return undefined;
  // "What have we tried?": for what was asked about, whatever has become of it.
  if (clause.topics.length === 0 && TRIED.test(rest) && !/\b(?:when|where|who)\b/.test(rest))
    return {
      aspect: 'list',
      kinds: ['medication'],
      concepts: [],
      name: 'medications',
      text: clause.text,
      reasons: subject,
      ...(clause.times.time ? { time: clause.times.time } : {}),
    };
  // "How is it managed?": without a subject of its own.
  const managed = treated && clause.topics.length === 0 && (/\b(?:it|that|this)\b/.test(rest) || !implied(clause));
  if (!asks && !(managed && subject.kinds[0] === 'problem')) return undefined;
  if (/\b(?:who|whom|when|where|why)\b/.test(rest) || (!treated && !ON.test(rest))) return undefined;
  return {
    ...buildQuestion(clause, implied({ ...clause, rest: `${rest} taking` })!, chart),
    kinds: ['medication'],
    reasons: subject,
    aspect: 'list',
  };
}

const ACUTE = /\b(?:exacerbat\w*|attack|flare|acute|relapse|crisis|decompensat\w*)\b/i;

/** "Last attack": no entry of its own, yet a visit because of it: to hospital, or one that names it. */
function attacksOf(clause: Clause, subject: NonNullable<Question['reasons']>, flare: string, chart: Chart): Question | undefined {
  const visits = chart.facts
    .filter((fact) => fact.kind === 'visit' && fact.part === undefined && !isVoid(fact) && hasReason(fact, subject, chart))
    .filter(
      (fact) =>
        isOfClass(fact, 'emergency') ||
        isOfClass(fact, 'inpatient') ||
        [...fact.names, ...fact.reasons.map(({ text }) => text)].some((text) => ACUTE.test(text)),
    )
    .sort(newestFirst);
  if (visits.length === 0) return undefined;
  const entries = (/\b(?:last|latest|most recent)\b/.test(clause.rest) ? visits.slice(0, 1) : visits).map(({ id }) => id);
  return { aspect: 'list', kinds: ['visit'], concepts: [], name: `visits for ${flare}`, text: clause.text, entries };
}

/** "How was that treated?": the drugs for it, and what was done for it. */
export function forShown(clause: Clause, last: Question, chart: Chart): readonly Question[] | undefined {
  const drugs = drugsFor(clause, last, chart);
  if (!drugs) return undefined;
  const done = drugs.reasons && TREATMENT.test(clause.rest) && !ONLY_DRUGS.test(clause.rest) ? proceduresFor(drugs, chart) : undefined;
  return done ? [drugs, done] : [drugs];
}

const TREATMENT = /\b(?:treat\w*|manag\w+|therap\w+|done about|dealt with)\b/;
const ONLY_DRUGS = /\b(?:medic\w+|meds?|drugs?|tak(?:e|es|ing)|pills?|tablets?|prescri\w+)\b/;

/** What was done for a problem, where the record has any of it. */
export function proceduresFor(asked: Question, chart: Chart): Question | undefined {
  const { reasons, text, time } = asked;
  if (!reasons) return undefined;
  const had = chart.facts.some(
    (fact) => fact.kind === 'procedure' && !isVoid(fact) && fact.reasons.length > 0 && hasReason(fact, reasons, chart),
  );
  return had
    ? { aspect: 'list', kinds: ['procedure'], concepts: [], name: 'procedures', text, reasons, ...(time ? { time } : {}) }
    : undefined;
}

const ON = /\b(?:on|takes?|taking|took|taken|given|gives?|prescri\w+|using|uses?|tried|start\w*|put)\b/;
const CARE: ReadonlySet<FactKind> = new Set(['medication', 'visit', 'procedure', 'appointment', 'imaging', 'order']);

/** "And the covid one", "what about the penicillin one": of the kind that was asked about. */
export function inKind(clause: Clause, last: Question | undefined, leans: boolean, chart: Chart): Clause {
  const kind = last?.kinds[0];
  const given = kind === 'immunization' && GIVEN.test(clause.rest) && !ILL.test(clause.rest);
  if ((kind !== 'immunization' && kind !== 'allergy') || (!leans && !given && !ONES.test(clause.rest))) return clause;
  const move = (topic: Topic): Topic => {
    if (topic.section) return topic;
    if (kind === 'immunization') return /^[couda]$/.test(topic.letter) ? asVaccine(topic, chart) : topic;
    return /^[dcu]$/.test(topic.letter)
      ? { ...topic, letter: 'a', kinds: ['allergy'], name: /allergy$/.test(topic.name) ? topic.name : `${topic.name} allergy` }
      : topic;
  };
  const topics = clause.topics.map(move);
  if (topics.every((topic, at) => topic === clause.topics[at])) return clause;
  return { ...clause, topics, asked: readAspect(clause.left, topics[0]!.letter) };
}

/** "Has she had shingles?" after vaccines: the vaccine or the disease, so both are told. */
export function eitherKind(clause: Clause, last: Question | undefined, chart: Chart): Clause | undefined {
  const [topic, other] = clause.topics;
  if (last?.kinds[0] !== 'immunization' || !topic || other || topic.letter !== 'c' || clause.times.time) return undefined;
  if (ILL.test(clause.rest) || !/\b(?:had|have|has|having|any)\b|^\W*‹[^›]+›\W*$/.test(clause.rest)) return undefined;
  const vaccine = asVaccine(topic, chart);
  return vaccine.concepts.length > 0 ? { ...clause, topics: [vaccine], asked: readAspect(clause.left, 'v') } : undefined;
}

/** A verb that only drugs have: "still taking it", "what was he given". */
const OF_DRUGS = /\b(?:takes?|taking|took|taken|given|prescri\w+|dos(?:e|age)|pills?|tablets?)\b|\bon (?:it|that|them|those)\b/;

/** "Is he still taking it?" after a list of several kinds: the drugs that were shown, each with its state. */
export function drugsShown(clause: Clause, context: QuestionContext | undefined, chart: Chart): Question | undefined {
  const last = context?.questions.at(-1);
  if (!context || !last || clause.topics.length > 0 || !OF_DRUGS.test(clause.rest)) return undefined;
  const named = last.concepts.some((id) => !id.startsWith('section/')) || (last.words?.length ?? 0) > 0;
  if (named || last.kinds.length === 0 || !last.kinds.includes('medication')) return undefined;
  const shown = chart.facts.filter((fact) => fact.kind === 'medication' && context.facts.includes(fact.id));
  if (!/\b(?:it|that|this|them|those|these|ones?)\b|‹q\d+›/.test(clause.rest)) {
    if (last.kinds.length < 2 || !last.time || clause.times.time) return undefined;
    const { limit: _limit, status: _status, polar: _polar, expects: _expects, ...kept } = last;
    return { ...kept, kinds: ['medication', 'immunization'], name: 'medications and immunizations', aspect: 'list', text: clause.text };
  }
  const concepts = [...new Set(shown.flatMap((fact) => fact.concepts.slice(0, 1)))];
  if (concepts.length === 0) return undefined;
  const one = concepts.length === 1;
  const asked = readAspect(clause.rest, 'd');
  const aspect = asked.aspect === 'exists' || asked.aspect === 'ever' || asked.aspect === 'status' ? 'status' : asked.aspect;
  return {
    aspect,
    kinds: ['medication'],
    concepts,
    name: one ? shown[0]!.name : 'medications shown',
    text: clause.text,
    ...(clause.times.time ? { time: clause.times.time } : {}),
  };
}
