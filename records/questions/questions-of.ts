/** The questions that one clause of a text asks. */
import type { Chart } from '../contract.ts';
import { ageThen } from './age.ts';
import { buildQuestion, fieldQuestion, implied, wholeQuestion } from './build.ts';
import type { Question } from './contract.ts';
import { controlledBy, goalsOf, levelOf } from './control.ts';
import { deliveryAsked } from './delivery.ts';
import { deviceAsked } from './in-place.ts';
import { insuranceSaid } from './insurance.ts';
import { keptAppointment } from './kept.ts';
import type { Clause, Topic } from './parsed.ts';
import { causeOfDeath } from './proposition.ts';
import { WHICH_IS } from './qualifiers.ts';
import { specialtyVisits } from './specialty.ts';

export const isLong = (words: number): boolean => words >= 3;

const ON_WHAT =
  /\bwhat(?: is| are| was| were|s|'s| s) (?:s?he|they|‹n\d+›|the patient) (?:on|taking|given|using)\b|\bon what\b(?! (?:date|day|dates|days|grounds|basis|occasions?|visits?)\b)/;

const VISIT_ABOUT =
  /\b(?:problem|condition|diagnosis|complaint|issue|concern|reason)s?\b.*\b(?:address\w*|treat\w*|seen|discuss\w*|deal|dealt|for|about|evaluat\w*|handl\w*|manag\w*|brought)\b|\b(?:chief complaint|reason)\b/;

/** Questions that a clause asks by itself; none where it only refers to something said before. */
export function questionsOf(clause: Clause, chart: Chart, due: boolean): readonly Question[] {
  if (clause.whole) return [wholeQuestion(clause.whole, clause.text)];
  const death = causeOfDeath(clause, chart);
  if (death) return [death];
  const specialty = specialtyVisits(clause, chart);
  if (specialty) return [specialty];
  const kept = keptAppointment(clause, chart);
  if (kept) return [kept];
  const device = deviceAsked(clause, chart);
  if (device) return [device];
  const insured = insuranceSaid(clause, chart);
  if (insured) return [insured];
  const aged = ageThen(clause);
  if (aged) return [aged];
  if (clause.field) return [fieldQuestion(clause.field, clause)];
  let topics: readonly Topic[] = clause.topics;
  // "What problem was addressed at the visit of ...": the reason of that visit.
  if (
    clause.times.time?.anchor?.kinds.includes('visit') &&
    clause.times.time.relation === 'in' &&
    VISIT_ABOUT.test(clause.rest) &&
    topics.every((topic) => topic.sectionId === 'section/problems')
  ) {
    const visits = implied({ ...clause, rest: 'visit' });
    if (visits)
      return [
        {
          ...buildQuestion(clause, visits, chart, 'reason'),
          ...(clause.times.time.anchor.visitClass ? { visitClass: clause.times.time.anchor.visitClass } : {}),
        },
      ];
  }
  // "Asthma - what is she on?": the drugs for it.
  const [problem] = topics;
  if (topics.length === 1 && problem?.letter === 'c' && !clause.reasons && ON_WHAT.test(clause.rest)) {
    const drugs = implied({ ...clause, rest: 'taking' })!;
    return [
      buildQuestion(
        { ...clause, topics: [], reasons: problem, asked: { ...clause.asked, aspect: 'list', polar: false } },
        drugs,
        chart,
        'list',
      ),
    ];
  }
  const born = deliveryAsked(clause, chart);
  if (born) return [born];
  if (topics.length === 0 && clause.reasons) {
    const drug = /\b(?:treat\w*|manag\w*|medicat\w*|tak\w+|prescri\w+|drugs?|therapy|on anything|anything|something|on)\b/.test(
      clause.rest,
    );
    const seen = implied(clause);
    topics = [drug ? implied({ ...clause, rest: 'taking' })! : (seen ?? implied({ ...clause, rest: 'taking' })!)];
  }
  if (topics.length === 0) {
    const verb = implied(clause);
    if (verb) topics = [verb];
    else if (clause.asked.aspect === 'next') topics = [implied({ ...clause, mask: 'next visit' })!];
    else if (clause.asked.aspect === 'due')
      return [
        {
          aspect: 'due',
          kinds: [],
          concepts: [],
          name: 'due items',
          text: clause.text,
          ...(clause.asked.polar ? { polar: true, expects: 'yes' } : {}),
        },
      ];
    else if (clause.person) topics = [implied({ ...clause, rest: 'seen' })!];
    else return [];
  }
  if (clause.versus && topics.length >= 2) {
    const [a, b] = topics;
    const question = buildQuestion(clause, a!, chart, 'latest');
    return [{ ...question, compare: { other: { kinds: [...b!.kinds], concepts: [...b!.concepts], name: b!.name } } }];
  }
  const aspect = due ? ('due' as const) : undefined;
  if (
    clause.anyOf &&
    !WHICH_IS.test(clause.left) &&
    topics.length > 1 &&
    topics.every((topic) => topic.kinds.join() === topics[0]!.kinds.join())
  ) {
    // "Gout, asthma or psoriasis?": each is said to be there or not; a yes to one says nothing of the others.
    const asks = topics.map((topic) => ({
      ...buildQuestion(clause, topic, chart, aspect),
      text: alone(clause.text, topic, topics),
    }));
    if (topics.every((topic) => EACH.has(topic.letter)) && asks.every((one) => one.aspect === 'exists' || one.aspect === 'ever'))
      return asks;
    const joined: Topic = {
      ...topics[0]!,
      concepts: topics.flatMap((topic) => topic.concepts),
      name: topics.map((topic) => topic.name).join(' or '),
    };
    if (joined.concepts.length === 0 || topics.every((topic) => topic.concepts.length > 0))
      return [buildQuestion(clause, joined, chart, aspect)];
  }
  const named =
    WHICH_IS.test(clause.left) && topics.length === 2 && topics.every(({ letter }) => letter === 'd') ? topics.slice(1) : undefined;
  const chosen = named ?? mains(topics);
  return chosen.flatMap((topic) => {
    const first = buildQuestion(clause, topic, chart, aspect);
    // The line of the latest visit says when it was and with whom.
    const whole = first.aspect === 'latest' && first.kinds.length === 1 && first.kinds[0] === 'visit';
    const also = first.aspect === 'change' || whole ? [] : clause.asked.also.filter((one) => one !== first.aspect);
    // "Above 4.5 ever, when": the values above it.
    const limited = first.threshold !== undefined && topic.letter === 'o';
    const more = [...new Set(also.map((one) => (limited && /^(?:date|onset|first|latest)$/.test(one) ? 'list' : one)))].map((one) =>
      buildQuestion(clause, topic, chart, one),
    );
    const readings = controlledBy(clause, topic, chart.terminology);
    if (readings) return [{ ...first, judged: true }, readings];
    const goals = goalsOf(clause, topic, chart);
    if (goals) return goals.recorded ? [first, ...more, goals.question] : [{ ...first, judged: true }, ...more];
    const level = levelOf(clause, topic, chart);
    if (level) return [first, ...more, level];
    // A list of drugs with dates, doses or reasons says them with each.
    return [first, ...more];
  });
}

/** Problems, drugs, allergies, vaccines and what was done. */
const EACH: ReadonlySet<string> = new Set(['c', 'd', 'a', 'v', 'p']);

/** The words of a clause without the names of the other things that it asks about. */
export function alone(text: string, topic: Topic, all: readonly Topic[]): string {
  const others = all.flatMap(({ item }) => (item && item !== topic.item ? [item.text] : []));
  return others
    .reduce((rest, name) => rest.replace(name, ' '), text)
    .replace(/\s+/g, ' ')
    .trim();
}

/** Of several names in one clause those that are asked about: a measurement before what it is measured in. */
function mains(topics: readonly Topic[]): readonly Topic[] {
  const order = ['o', 'd', 'v', 'p', 'a', 'c', 's', 'u', 'x'];
  const letter = order.find((one) => topics.some((topic) => topic.letter === one));
  return topics.filter((topic) => topic.letter === letter);
}
