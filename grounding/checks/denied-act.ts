/** "The result was reviewed", where the note of its entry says "not yet reviewed": what an entry says was not done was not. */
import type { Fact } from '../../records/contract.ts';
import { isNeutral, stem, tokens } from '../reading/lexicon.ts';
import { proseOf, toldOf } from '../reading/told-in-prose.ts';
import type { CheckPart } from './contract.ts';
import { affirmedWords } from './overlap.ts';

/** That something was looked for and not seen says nothing against its entry. */
const SHOWN = /^(?:seen|observed|identified|detected|noted|recorded|documented|reported|demonstrated|revealed|listed|stated|mentioned)$/;
const DENIES = /^(?:no|not|never|without|un\w+ed|nor|neither|nobody|none|declined|refused|missed)$|n't$/;
const ACT = /ed$|^(?:taken|given|kept|begun|done)$/;

function deniedAct(text: string, fact: Fact): string | undefined {
  const { denied } = toldOf(fact);
  if (denied.length === 0) return undefined;
  const said = tokens(text).map(({ word }) => word);
  if (said.some((word) => DENIES.test(word))) return undefined;
  const so = affirmedWords(fact);
  return said.find(
    (word) =>
      ACT.test(word) &&
      isNeutral(word) &&
      !SHOWN.test(word) &&
      !so.has(stem(word)) &&
      denied.some((phrase) => tokens(phrase).some((own) => stem(own.word) === stem(word))),
  );
}

export const deniedActs: CheckPart = {
  constraints: ({ text, negated, noLonger }, { candidates }) =>
    negated || noLonger
      ? []
      : [
          {
            check: 'negation',
            weight: 2,
            test: ({ fact }) => {
              // One result may stand in several entries of one day: what one of them says of the act holds for all.
              const telling = [
                fact,
                ...candidates.map((other) => other.fact).filter(({ date }) => date !== undefined && date === fact.date),
              ];
              const denying = telling.find((other) => deniedAct(text, other) !== undefined);
              return denying === undefined
                ? { outcome: 'pass', reason: '' }
                : {
                    outcome: 'unknown',
                    reason: `that it was ${deniedAct(text, denying)} is denied by the record: “${proseOf(denying).join(' ').slice(0, 160)}”`,
                  };
            },
          },
        ],
};
