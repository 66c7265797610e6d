/** What is said to have been done with a drug, or to hold but for one time: more than that the drug or the series is on record. */
import type { Check } from '../contract.ts';
import { candidatesOf, type World } from '../matching/world.ts';
import type { Assertion } from '../reading/assertions.ts';
import { isCue } from '../reading/assertions.ts';
import type { Item } from '../reading/items.ts';
import { unknown } from './contract.ts';

const SUBJECT = "(?:she|he|they|you|i|(?:the |this |our )?(?:patient|pt)|(?:mr|mrs|ms|miss)\\.?\\s+[\\w'-]+)";
/** A person, a verb and the drug. */
const DOES = new RegExp(
  `\\b${SUBJECT}\\s+(?:(?:also|then|still|just|\\w+ly)\\s+)*([a-z]+)\\s+(?:(?:his|her|their|the|an?|some|any|this|that|daily|oral)\\s+)*$`,
  'i',
);
/** To be, to have or to name a drug says that it is there; what else may be done with it the record does not tell by holding it. */
const HAVING =
  /^(?:is|are|was|were|be|been|am|has|have|had|do|does|did|gets?|got|getting|reports?|reported|mentions?|mentioned|states?|stated|lists?|listed|describes?|described|confirms?|confirmed|verif(?:y|ies|ied)|includes?|included|shows?|showed|keeps?|kept|bears?|with|in|on|at|of|by|for|and|or|as|to|via|per)$/i;
/** What is done with samples, things and offers, said of a drug. */
const NOT_TAKEN =
  /^(?:return(?:s|ed)?|yield(?:s|ed)?|shar(?:es?|ed)|offer(?:s|ed)?|test(?:s|ed)?|result(?:s|ed)?|sampled?|assayed|measur(?:es?|ed)|screen(?:s|ed)?|weigh(?:s|ed)?|examin(?:es?|ed)|collect(?:s|ed)?|attend(?:s|ed)?|visit(?:s|ed)?|book(?:s|ed)?|observ(?:es?|ed)|detect(?:s|ed)?|lands?|landed)$/i;
const AFTER = /^\s+(?:(?:was|were|is|are|has been|have been|had been|got)\s+)?(?:\w+ly\s+)?([a-z]+)\b/i;
const EXCEPT = /^(?:except|apart from|aside from|other than|rather than)$/i;

export function checkActs(items: readonly Item[], assertions: readonly Assertion[], text: string, world: World): readonly Check[] {
  // "Carbon dioxide measured 27": a drug by name that is a test in this record.
  const drugs = assertions.flatMap((assertion) =>
    assertion.heads.filter(
      (head) =>
        head.item !== undefined &&
        ['drug', 'drug-class'].includes(head.concepts[0]?.kind ?? '') &&
        candidatesOf(head, assertion, world).facts.some(({ kind }) => kind === 'medication'),
    ),
  );
  const done = drugs.flatMap(({ start, text: name }) => {
    const before = text.slice(0, start);
    const item = (at: number): Item | undefined => items.find((other) => other.start <= at && other.end > at);
    const [word] = /[a-z]+(?=\s+(?:(?:an?|the|his|her|some)\s+)?$)/i.exec(before) ?? [];
    const after = AFTER.exec(text.slice(start + name.length))?.[1];
    const odd = [word, after].find((verb) => verb !== undefined && NOT_TAKEN.test(verb));
    if (odd) return [unknown('overlap', `"${odd}" does not say that ${name} was taken or prescribed`)];
    const found = DOES.exec(before);
    if (!found || HAVING.test(found[1]!)) return [];
    const at = found.index + found[0].lastIndexOf(found[1]!);
    const verb = item(at);
    const plain = verb?.type === 'neutral' || isCue(verb, 'action') || isCue(verb, 'visit') || isCue(verb, 'record');
    return plain
      ? [unknown('overlap', `that ${world.context.patient?.name ?? 'the patient'} ${found[1]} ${name} is not stated by the record`)]
      : [];
  });
  const excepted = items.flatMap((item, at) => {
    const next = items.slice(at + 1).find((other) => other.type !== 'neutral' && other.type !== 'mark');
    return item.type === 'cue' && EXCEPT.test(item.text) && next?.type === 'time' && !assertions.some(({ negated }) => negated)
      ? [unknown('date', `what was otherwise ${next.text} is not decided`)]
      : [];
  });
  return [...done, ...excepted];
}
