import type { Chart, Fact, FactKind } from '../contract.ts';
import type { Question } from './contract.ts';
import type { Clause, Topic } from './parsed.ts';
import { hasWords, isOf, matching } from './select.ts';

const KEPT =
  /\b(?:attend\w*|turn(?:ed)? up|show(?:ed|n)? up|no[- ]?show\w*|happen(?:ed)?|take place|took place|go(?:ne)? (?:to|for)|went (?:to|for)|keep|kept|miss(?:ed)?|cancel\w*|call(?:ed)? off|resched\w*|make it to|come (?:to|for)|came (?:to|for)|due to see)\b/;
const PLANNED = /\b(?:booked|arranged|set up|scheduled|planned|referr\w*|sent to|in the diary)\b/;
const APPOINTMENT = /\b(?:appointments?|visits?|clinic|review|booking)\b|‹x\d+:(?:appointments|visits)›/;

/** The appointments and orders that the record holds under the name of a test, a clinic or a specialty, whatever became of them. */
function bookedAs(topic: Topic, kinds: readonly FactKind[], chart: Chart): readonly Fact[] {
  const named = topic.concepts.filter((id) => !id.startsWith('section/'));
  const words = topic.words ?? [];
  if (named.length === 0 && words.length === 0) return [];
  return chart.facts.filter(
    (fact) =>
      kinds.includes(fact.kind) && (named.length === 0 || isOf(fact, named, chart)) && (words.length === 0 || hasWords(fact, words)),
  );
}

/** "Did he attend his lung function test", "was the dietitian visit cancelled": what became of that appointment. */
export function keptAppointment(clause: Clause, chart: Chart): Question | undefined {
  const { mask, text, asked } = clause;
  const planned = PLANNED.test(mask);
  if (!planned && !KEPT.test(mask) && !(APPOINTMENT.test(mask) && asked.polar)) return undefined;
  if (/\bnext\b/.test(mask) || asked.aspect === 'count' || asked.aspect === 'reaction') return undefined;
  const kinds: readonly FactKind[] = planned ? ['appointment', 'order'] : ['appointment'];
  const thing =
    clause.reasons ??
    clause.topics.find(({ letter }) => letter !== 'x') ??
    clause.topics.find(({ about }) => about)?.about ??
    byWords(clause);
  if (!thing) return undefined;
  const called = thing.item ? thing.item.text : thing.name;
  const byName: Topic = {
    ...thing,
    concepts: [],
    words: called
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => !/^(?:appointments?|visits?)$/.test(word)),
  };
  const [topic] = [thing, byName].filter((one) => bookedAs(one, kinds, chart).length > 0);
  if (!topic) return undefined;
  // Done as well: the visits and tests themselves answer, beside what was planned.
  const done = matching({ kinds: [...thing.kinds], concepts: [...thing.concepts], words: thing.words }, chart).some(
    (fact) => fact.kind !== 'appointment' && fact.status === 'completed' && thing.kinds.includes(fact.kind),
  );
  if (done && !planned && !APPOINTMENT.test(mask)) return undefined;
  return {
    aspect: 'list',
    kinds: [...kinds],
    concepts: [...topic.concepts],
    ...(topic.words?.length ? { words: [...topic.words] } : {}),
    name: `appointments for ${thing.name}`,
    text,
    status: 'any',
    ...(clause.times.time ? { time: clause.times.time } : {}),
    ...(clause.person ? { person: clause.person } : {}),
  };
}

/** "The dietitian appointment": told from the others by a word that no table knows. */
function byWords({ topics }: Clause): Topic | undefined {
  const { words } = topics.find(({ letter, words }) => letter === 'x' && words?.length) ?? {};
  return words ? { letter: 'u', name: words.join(' '), kinds: [], concepts: [], words } : undefined;
}
