/**
 * "Naproxen caused her hypertension", "simvastatin lowered her LDL", "her weight is treated with metformin": that one thing acted on another is
 * more than that both are on record. It holds only where an entry says so; where an entry names another cause, the record speaks against it.
 */
import type { Fact } from '../../records/contract.ts';
import type { Check } from '../contract.ts';
import { candidatesOf, type World } from '../matching/world.ts';
import type { Assertion, Head } from '../reading/assertions.ts';
import { isCue } from '../reading/assertions.ts';
import type { Item } from '../reading/items.ts';
import { fail, pass, unknown } from './contract.ts';
import { calledBy, reasonMatches } from './overlap.ts';

interface Named {
  readonly head: Head;
  readonly assertion: Assertion;
}

/** What a name may be followed by and still be that thing. */
const NOUN =
  '(?:\\s*(?:allerg(?:y|ies)|intolerance|levels?|counts?|readings?|values?|results?|numbers?|figures?|disease|problems?|symptoms|profile|panel|control|use|therapy|treatment|tablets?|pills?|dose|infection|infusions?|shots?|injections?)\\b)?';
const LEAD = `${NOUN}(?:\\s*[,–—-]+)?\\s*(?:(?:which|that|this|and|it|also|then|soon|later|probably|likely|possibly|has|have|had|may|might|must|could|can|all|both|not|did|does|never|in turn|in time|eventually|\\w+ly)\\s+)*`;
const DETERMINED =
  '\\s*(?:(?:an?|the|his|her|their|this|that|these|those|any|all|some|further|more|new|acute|chronic|bout|bouts|episode|attack|case|of|recurrent|severe|mild|first|second|third|latest|last)\\s+)*';
/** What stands first brought about what stands behind it. */
const CAUSES = new RegExp(
  `^${LEAD}(?:caus(?:es?|ed|ing)|induc(?:es?|ed|ing)|provok(?:es?|ed|ing)|trigger(?:s|ed|ing)?|precipitat(?:es?|ed|ing)|produc(?:es?|ed|ing)|generat(?:es?|ed|ing)|creat(?:es?|ed|ing)|(?:led|leads?|leading) (?:up )?to|result(?:s|ed|ing)? in|br(?:ought|ings?|inging) (?:about|on)|g(?:a|i)ves? rise to|gave (?:her|him|them)|giving rise to|contribut(?:es?|ed|ing) to|account(?:s|ed|ing) for|set(?:s|ting)? off|made (?:her|him) (?:develop|get)|(?:is|was|were|are) (?:the (?:\\w+ )?(?:cause|source|root|origin|trigger) of|behind|responsible for|to blame for))${DETERMINED}$`,
  'i',
);
/** What stands first came of what stands behind it. */
const COMES_OF = new RegExp(
  `^${LEAD}(?:(?:is|was|were|are) )?(?:(?:(?:a|the) )?result(?:s|ed|ing)? (?:from|of)|follow(?:s|ed|ing)? from|(?:came|comes?|coming|ar(?:ose|ises?|ising)|stem(?:s|med|ming)?|deriv(?:es?|ed|ing)|develop(?:s|ed)|originat(?:es?|ed)|emerg(?:es?|ed)|sprang|grew) (?:from|out of|of|because of|as a result of|through)|(?:a |the )?(?:consequence|complication|effect|side[- ]effect|sequela|product|outcome) of|brought (?:on|about) by|down to|thanks to|rooted in)${DETERMINED}$`,
  'i',
);
/** What is done to something by a drug. */
const TREATED = new RegExp(
  `^${NOUN}\\s*(?:(?:is|was|are|were|'s|being|been|has|have|had|kept|now|still|currently|well|best|only|\\w+ly)\\s+)*(?:treated|managed|controlled|lowered|reduced|raised|held|kept|maintained|stabili[sz]ed|normali[sz]ed|regulated|brought|corrected|improved|helped|supported|addressed|suppressed|targeted|eased|relieved|taken care of|looked after|handled|tackled|worsened|elevated|increased|decreased)\\s+(?:(?:down|up|low|normal|stable|steady|in check|at bay|in range|under control|to target|medically|daily|effectively)\\s+)*(?:with|by|on|using|through|via|thanks to)\\s+(?:(?:his|her|their|the|an?|daily|oral)\\s+)*$`,
  'i',
);
const DUE_TO = /\b(?:due to|secondary to|caused by|because of|as a result of|resulting from|following|induced by|from|after)\s+(.+)$/i;
const OF_IT =
  /^(?:it|this|that|these|those|they)(?:'s| (?:is|was|are|were)(?: (?:taken|given|used|prescribed|meant|intended|there|indicated))?) (?:for|to treat|to control|to manage|against)\b/i;

const isDrug = ({ concepts }: Head): boolean => concepts[0]?.kind === 'drug' || concepts[0]?.kind === 'drug-class';
const isAct = (head: Head): boolean => isDrug(head) || head.concepts.every(({ kind }) => kind === 'procedure' || kind === 'vaccine');
const isPart = ({ concepts }: Head): boolean => concepts.every(({ kind }) => kind === 'section');
const factsOf = ({ head, assertion }: Named, world: World): readonly Fact[] =>
  candidatesOf(head, assertion, world).facts.filter(({ negated }) => !negated);
const shown = (texts: readonly string[]): string => [...new Set(texts)].slice(0, 3).join(', ');

/** Is the cause what an entry of the effect, or of an allergy to the cause, says it is? */
function causes(cause: Named, effect: Named, world: World): Check {
  const { terminology } = world;
  const mention = (head: Head) => ({ text: head.text, concepts: head.concepts });
  // "Anaphylaxis from peanuts": of an allergy to a thing the thing is the cause.
  const bare = cause.head.text.replace(/\s*\b(?:allerg(?:y|ies)|intolerance)$/i, '');
  const things = bare === cause.head.text ? [] : terminology.byName(bare);
  const because = { text: bare, concepts: [...cause.head.concepts, ...things] };
  const read = (text: string) => ({ text, concepts: terminology.byName(text).map(({ id }) => id) });
  const reactions = world.facts.filter(
    (fact) =>
      fact.kind === 'allergy' &&
      fact.concepts.some((id) => because.concepts.some((one) => one.id === id || terminology.isA(id, one.id))) &&
      reasonMatches(mention(effect.head), (fact.reactions ?? []).map(read), terminology),
  );
  if (reactions[0]) return pass('entity', `the recorded reaction to ${reactions[0].name} is ${(reactions[0].reactions ?? []).join(', ')}`);
  const told = factsOf(effect, world).map((fact) => ({
    fact,
    because: [
      ...fact.names.concat(fact.name).flatMap((name) => {
        const found = DUE_TO.exec(name)?.[1];
        return found ? [read(found)] : [];
      }),
      ...(fact.kind === 'problem' ? fact.reasons : []),
    ],
  }));
  const fitting = told.find((one) => reasonMatches(because, one.because, terminology));
  if (fitting) return pass('entity', `the record says ${fitting.fact.name}, due to ${shown(fitting.because.map(({ text }) => text))}`);
  const reason = `that ${cause.head.text} brought about ${effect.head.text} is not stated by the record`;
  return told.length > 0 && told.every(({ because }) => because.length > 0)
    ? fail('entity', `${reason}: it says due to ${shown(told.flatMap(({ because }) => because.map(({ text }) => text)))}`)
    : unknown('entity', reason);
}

/** A problem, a result or an allergy that is said to be treated with a drug: its recorded reason. */
function treatedWith(thing: Named, drug: Named, world: World): Check | undefined {
  if (drug.assertion.reasons.some(({ start }) => start === thing.head.start)) return undefined;
  const facts = factsOf(drug, world);
  const mention = { text: thing.head.text, concepts: thing.head.concepts };
  const fitting = facts.find(
    ({ reasons }) => reasonMatches(mention, reasons, world.terminology) || calledBy(mention, reasons, world.terminology) !== undefined,
  );
  if (fitting) return pass('entity', `the recorded reason is ${shown(fitting.reasons.map(({ text }) => text))}`);
  const recorded = shown(facts.flatMap(({ reasons }) => reasons.map(({ text }) => text)));
  return unknown(
    'entity',
    `that ${drug.head.text} is for ${thing.head.text} is not stated by the record${recorded ? `: its reason is ${recorded}` : ''}`,
  );
}

const BE = /^(?:is|are|was|were|'s|'re|be|been|being)$/i;
const OUTCOMES = new Set(['resolved', 'stopped', 'started', 'ended', 'held', 'cancelled']);

/** "The antibiotic cleared the sinusitis", "amlodipine lowered her blood pressure": a verb right between, and no auxiliary that turns it round. */
function actsOn(a: Head, b: Head, items: readonly Item[], end: number): boolean {
  if (!isAct(a) || isAct(b) || isPart(b)) return false;
  const between = items.filter((item) => item.start >= end && item.end <= b.start);
  const verb = between.findIndex(
    (item) =>
      item.type === 'cue' &&
      item.cues.some(({ type, sense }) => type === 'trend' || type === 'reaction' || (type === 'status' && OUTCOMES.has(sense))),
  );
  if (verb < 0) return false;
  const plain = (item: Item): boolean => item.type === 'neutral' || isCue(item, 'gender') || isCue(item, 'order') || isCue(item, 'side');
  return (
    between
      .slice(0, verb)
      .every((item) => item.type === 'neutral' && !BE.test(item.text) && !/^(?:in|on|at|by|with|for|to)$/i.test(item.text)) &&
    between.slice(verb + 1).every((item) => plain(item) && !/^(?:by|with|on|for|since|to|as|at)$/i.test(item.text))
  );
}

export function checkEffect(items: readonly Item[], assertions: readonly Assertion[], text: string, world: World): readonly Check[] {
  const named: readonly Named[] = assertions
    .flatMap((assertion) => assertion.heads.filter(({ item }) => item !== undefined).map((head) => ({ head, assertion })))
    .sort((a, b) => a.head.start - b.head.start)
    .filter(({ head }, i, all) => i === 0 || all[i - 1]!.head.start !== head.start);
  const found = named.slice(1).flatMap((b, i): readonly Check[] => {
    const a = named[i]!;
    if (isPart(a.head) || isPart(b.head)) return [];
    const end = a.head.start + a.head.text.length;
    const gap = text.slice(end, b.head.start);
    const problem = a.head.concepts.every(({ kind }) => kind === 'condition');
    if (problem && /^\s*\(?from\s+(?:(?:his|her|the|an?|their|long-term|too much)\s+)*$/i.test(gap)) return [causes(b, a, world)];
    // "naproxen hypertension": a drug that is made a part of the problem's name.
    if (/^[ -]$/.test(gap) && isDrug(a.head) && b.head.concepts.every(({ kind }) => kind === 'condition'))
      return [unknown('entity', `what ${a.head.text} has to do with ${b.head.text} is not stated by the record`)];
    if (CAUSES.test(gap)) return [causes(a, b, world)];
    if (COMES_OF.test(gap)) return [causes(b, a, world)];
    const allergy = /^\s*(?:allerg|intoleran|sensitiv)/i.test(gap);
    if (isDrug(b.head) && (allergy || !isDrug(a.head)) && TREATED.test(gap))
      return [treatedWith(a, b, world)].filter((check) => check !== undefined);
    return actsOn(a.head, b.head, items, end)
      ? [unknown('entity', `what ${a.head.text} did to ${b.head.text} is not stated by the record`)]
      : [];
  });
  // "It is for her blood pressure": of what, the sentence does not say.
  const open = OF_IT.test(text.trim()) && named.every(({ head }) => !isAct(head));
  return open ? [...found, unknown('entity', 'it is not clear what is for that')] : found;
}
