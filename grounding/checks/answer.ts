/**
 * The answer that an entry records in words ("Housing status: homeless", "HIV status: not HIV positive"): a sentence that says an answer is true
 * only where it is that one; a sentence that only names what was asked says none.
 */
import type { Fact } from '../../records/contract.ts';
import type { Assertion, Head } from '../reading/assertions.ts';
import { stem, tokens } from '../reading/lexicon.ts';
import type { CheckPart } from './contract.ts';
import { isExamined } from './stated.ts';

const ANSWERED = new Set<Fact['kind']>(['result', 'vital', 'survey', 'social']);
const DENIES = /^(?:no|not|non|never|none|without|negative|absent)$/;
const FILLER =
  /^(?:the|an?|is|are|was|has|have|had|patient|person|finding|i|he|she|it|of|in|on|to|at|and|or|with|status|disorder|situation)$/;

const wordsIn = (text: string): readonly string[] =>
  tokens(text)
    .flatMap(({ word }) => [word, ...word.split(/[-'’/]/)])
    .filter((word) => /\p{L}/u.test(word));

const answerOf = (fact: Fact): string | undefined =>
  ANSWERED.has(fact.kind) && (fact.value?.type === 'coded' || fact.value?.type === 'text') && !/\d/.test(fact.value.text)
    ? fact.value.text
    : undefined;

/** The words of the name of what was asked. */
const asked = (fact: Fact, head: Head): ReadonlySet<string> =>
  new Set([fact.name, ...fact.names, ...head.concepts.map(({ name }) => name)].flatMap(wordsIn));

function spoken(assertion: Assertion, head: Head): readonly string[] {
  return [...wordsIn(head.text), ...assertion.words.filter(({ denied }) => !denied).flatMap(({ word }) => wordsIn(word))];
}

type Found = 'same' | 'denied' | 'other' | 'none';

/** How the sentence stands to the recorded answer: says it, says it without its "not", says another, or says none. */
function compare(answer: string, fact: Fact, assertion: Assertion, head: Head): Found {
  const name = asked(fact, head);
  const said = spoken(assertion, head);
  const stems = new Set(said.map(stem));
  const own = wordsIn(answer).filter((word) => !FILLER.test(word));
  const content = own.filter((word) => !DENIES.test(word));
  const denies = own.some((word) => DENIES.test(word));
  const told = content.filter((word) => !name.has(word));
  const covered = content.length > 0 && content.every((word) => stems.has(stem(word)) || name.has(word));
  if (covered && told.length > 0)
    return denies === (said.some((word) => DENIES.test(word)) || /\b(?:not|no|never)\b|n't/i.test(assertion.text)) ? 'same' : 'denied';
  // "Housed" beside "housing", "homosexual" for "sexual orientation": no name of the question, so it is an answer to it.
  const other = said.filter((word) => !name.has(word) && !FILLER.test(word));
  const hinted = wordsIn(head.text).some((word) => other.includes(word)) || other.some((word) => stemsOf(name).has(stem(word)));
  return hinted || told.some((word) => stems.has(stem(word))) ? 'other' : 'none';
}

const stemsOf = (words: ReadonlySet<string>): ReadonlySet<string> => new Set([...words].map(stem));

export const answer: CheckPart = {
  constraints(assertion, { head }) {
    if (assertion.negated || assertion.noLonger || assertion.literals.length > 0 || assertion.quantities.length > 0) return [];
    return [
      {
        check: 'entity',
        weight: 3,
        test: ({ fact }) => {
          const recorded = answerOf(fact);
          if (recorded === undefined) return { outcome: 'pass', reason: '' };
          const shown = `the record says ${fact.name}: ${recorded}`;
          const found = compare(recorded, fact, assertion, head);
          if (found === 'same') return { outcome: 'pass', reason: shown };
          if (found === 'denied') return { outcome: 'fail', reason: shown };
          if (found === 'none' && (assertion.assessed || isExamined([head], assertion))) return { outcome: 'pass', reason: '' };
          return found === 'none' && fact.kind !== 'social' ? { outcome: 'pass', reason: '' } : { outcome: 'unknown', reason: shown };
        },
      },
    ];
  },
};
