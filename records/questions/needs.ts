/** "Is he homeless", "does she have transportation", "is she food secure": whether a social need is met, by what the record says of it. */
import type { Chart, Fact } from '../contract.ts';
import { needsStated, saysOf, speaksOf, standingOf } from '../needs/stated.ts';
import { domainOf, needsSaid, type SaidNeed } from '../needs/words.ts';
import type { Answer, Question } from './contract.ts';
import type { Found, Scope } from './scope.ts';
import { isVoid, newestFirst } from './select.ts';

const LEAD = /^(?:(?:and|so|but|ok|okay|also|then|please|now)[\s,]+)+/i;
const TRAIL = /[\s,]+(?:please|currently|now|still|at present|at the moment|at this time|presently|today|right now|these days)$/i;
const EVER = /\b(?:ever|before|previously|in the past|at any time)\b/gi;
const NEGATED = /\b(?:not|never)\b|n['’]t\b/i;
const AUX = '(?:is|are|does|do|has|have|did|was|were)';
const PAST = /^(?:did|was|were)$/i;
const BARE = /^(?:is there |are there |does (?:he|she) have )?(?:any |an? )?/i;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

interface Asked {
  readonly said: readonly SaidNeed[];
  readonly ever: boolean;
}

/** The question as the sentence that it asks the truth of. Undefined where it asks anything beside needs. */
function proposition(raw: string, { patient }: Chart): Asked | undefined {
  let text = raw
    .normalize('NFKC')
    .replace(/[‘’`´]/g, "'")
    .replace(/[\s?!.]+$/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(LEAD, '');
  while (TRAIL.test(text)) text = text.replace(TRAIL, '');
  if (NEGATED.test(text) || text.length > 120) return undefined;
  const ever = EVER.test(text);
  text = text.replace(EVER, ' ').replace(/\s+/g, ' ').trim();
  const names = patient.name.split(/\s+/).filter((word) => word.length > 1);
  const who = `(?:he|she|they|(?:the |this )?(?:patient|pt)${names.length > 0 ? `|(?:${names.map(escaped).join('|')})(?: (?:${names.map(escaped).join('|')}))*` : ''})`;
  const asked = new RegExp(`^(${AUX}) ${who} (?:(?:currently|now|still|really|also) )?(.+)$`, 'i').exec(text);
  const past = asked !== null && (PAST.test(asked[1]!) || (/^(?:has|have)$/i.test(asked[1]!) && !/^got\b/i.test(asked[2]!)));
  const rest = asked
    ? asked[2]!.replace(/^work\b/i, 'works').replace(/^(?:been|had) /i, (word) => (/had/i.test(word) ? 'has ' : ''))
    : text.replace(BARE, '');
  const had = asked && /^(?:has|have)$/i.test(asked[1]!) && /^got\b/i.test(rest) ? `has ${rest}` : rest;
  const said = needsSaid(had);
  if (said.length === 0) return undefined;
  let left = had;
  for (const { start, end } of [...said].reverse()) left = `${left.slice(0, start)}§${left.slice(end)}`;
  const filler = asked ? '(?:(?:have|has|any|an?|being|experiencing|suffering from|considered) )*' : '';
  if (!new RegExp(`^${filler}§(?:,? (?:and|or) ${filler}§)*$`, 'i').test(left.trim())) return undefined;
  // Without a verb only a state is a question: "homeless?", not "housing?".
  return { said, ever: ever || past };
}

/** Undefined where the words ask anything else. */
export function needsAsked(raw: string, chart: Chart): readonly Question[] | undefined {
  const asked = proposition(raw, chart);
  return asked?.said.map(({ need, met }): Question => {
    const concept = domainOf(need);
    return {
      aspect: asked.ever ? 'ever' : 'exists',
      kinds: ['social', 'survey', 'problem'],
      concepts: [concept],
      name: chart.terminology.get(concept)?.name ?? concept,
      text: raw,
      polar: true,
      expects: 'yes',
      need: { need, met },
    };
  });
}

/** The answer to whether a need is met: yes or no only where the entries say so themselves. */
export function askedNeed({ question, chart }: Scope): Found | undefined {
  if (!question.need) return undefined;
  const { need, met } = question.need;
  const own = chart.facts.filter((fact) => !isVoid(fact) && speaksOf(fact, need)).sort(newestFirst);
  if (own.length === 0) return { outcome: 'not-recorded', facts: [], considered: [], instead: [], polarity: 'unknown' };
  if (question.aspect === 'ever') {
    const once = own.filter((fact) => saysOf(fact, need) === met);
    if (once.length > 0) return { outcome: 'found', facts: once, considered: own, polarity: 'yes' };
    // Answers of some days do not say that it was never so.
    return { outcome: 'found', facts: newestOfEach(own), considered: own, polarity: 'unknown' };
  }
  const standing = standingOf(own, need);
  return {
    outcome: 'found',
    facts: standing.met === undefined ? newestOfEach(own) : standing.facts,
    considered: own,
    polarity: standing.met === undefined ? 'unknown' : standing.met === met ? 'yes' : 'no',
  };
}

/** What is going on, and the newest answer to each question. */
function newestOfEach(facts: readonly Fact[]): readonly Fact[] {
  const found = facts.filter((fact, at) => {
    if (fact.kind === 'problem') return fact.status === 'active';
    return fact.value !== undefined && !facts.slice(0, at).some((newer) => newer.names[0] === fact.names[0] && newer.date !== fact.date);
  });
  return found.length > 0 ? found : facts.slice(0, 1);
}

/**
 * An entry that is named after a need says by its own words whether it is met: that there is one is no yes to any question with that name in it.
 */
export function ownPolarity(question: Question, { polarity, facts }: Pick<Answer, 'polarity' | 'facts'>): Answer['polarity'] {
  if (question.need || !question.polar || (polarity !== 'yes' && polarity !== 'no')) return polarity;
  if (!facts.some((fact) => needsStated(fact).length > 0)) return polarity;
  const said = NEGATED.test(question.text) ? [] : needsSaid(question.text);
  const [only] = said;
  if (!only || said.length > 1) return 'unknown';
  const told = facts.map((fact) => saysOf(fact, only.need));
  return told.every((one) => one === (polarity === 'yes' ? only.met : !only.met)) ? polarity : 'unknown';
}
