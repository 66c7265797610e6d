/** "Her statin is simvastatin", "the treatment of A is B", "A as a B": what is said to be the same, or to belong together, must be so in the record. */
import type { Concept } from '../../language/contract.ts';
import { formatDate } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';
import type { Check } from '../contract.ts';
import { dayOf } from '../matching/dates.ts';
import { candidatesOf, type World } from '../matching/world.ts';
import { type Assertion, type Head, isCue } from '../reading/assertions.ts';
import type { Item } from '../reading/items.ts';
import { fail, pass, unknown } from './contract.ts';
import { type Ends, endsOf } from './ends.ts';
import { reasonMatches } from './overlap.ts';
import { testTime } from './said-time.ts';

interface Named {
  readonly head: Head;
  readonly assertion: Assertion;
}

const BE = /^(?:is|are|was|were|'s|'re|be|been|being|as|became|called|namely)$/i;
const THINGS = new Set<Concept['kind']>(['drug', 'drug-class', 'condition', 'procedure', 'vaccine', 'allergen', 'section']);
const TREATMENT =
  /\b(?:treatments?|therap(?:y|ies)|drugs?|medications?|medicines?|pills?|tablets?|remed(?:y|ies)|management|rx)\s+(?:of|for)\s+(?:(?:his|her|their|the)\s+)?$/i;
const INSTEAD = /\b(?:instead of|rather than|in place of|in lieu of)\b/i;
/** What stands between a problem and a drug that is set beside it. */
const BESIDE = /^\s*(?:[:=→(–—-]|->)\s*(?:(?:now|currently|still) )?(?:on )?$|^\s*(?:(?:now|currently|still)\s+)*on\s+$/i;
/** After a comma only in a bare note: "Hypertension, on lisinopril". */
const BESIDE_NOTE = /^\s*,\s*(?:(?:now|currently|still)\s+)*on\s+$/i;
const AIM = /^\s*(?:is |was )?(?:used )?(?:to|for)\s+(?:control|manag|treat|lower|reduc|prevent)/i;
const APPOSED = /^\s*[,(–—-]\s*(?:which (?:is|was) )?(?:an?|the|his|her|their)\s+$/i;

const isOf = (head: Head, kinds: readonly Concept['kind'][]): boolean => head.concepts.every(({ kind }) => kinds.includes(kind));
const isThing = (head: Head): boolean => head.concepts.length > 0 && head.concepts.every(({ kind }) => THINGS.has(kind));
const isDrug = (head: Head): boolean => isOf(head, ['drug', 'drug-class']);
const isVisit = (head: Head): boolean =>
  head.concepts.some(({ id }) => /^section\/(?:visits|hospitalizations|er-visits|appointments)$/.test(id));

const happened = (fact: Fact): boolean => !fact.negated && !['planned', 'cancelled', 'missed', 'refuted'].includes(fact.status);
const factsOf = ({ head, assertion }: Named, world: World): readonly Fact[] =>
  candidatesOf(head, assertion, world).facts.filter(
    (fact) =>
      happened(fact) &&
      fact.part === undefined &&
      assertion.times.every((said) => testTime(said, fact, assertion, world).outcome === 'pass'),
  );

const orderOf = ({ head, assertion }: Named): { readonly sense: string; readonly text: string } | undefined =>
  assertion.cues.find(
    (cue) =>
      cue.type === 'order' &&
      (/^(?:latest|first|previous)$/.test(cue.sense) || /^nth-/.test(cue.sense)) &&
      cue.start < head.start &&
      head.start - cue.start < 40,
  );

/** Is the one the other: by the tables, or as the same entry of the record? */
function sameThing(a: Named, b: Named, world: World): Check {
  const { terminology } = world;
  const open = unknown('entity', `that ${b.head.text} is ${a.head.text} is not stated by the record`);
  const order = orderOf(a);
  const [own, others] = [factsOf(a, world), factsOf(b, world)];
  if (order) {
    const ends: Ends | undefined = /^nth-/.test(order.sense) ? undefined : endsOf(own, order.sense);
    if (!ends || others.length === 0) return open;
    const there = others.filter((fact) => ends.surely.some((end) => end.id === fact.id));
    if (there.length > 0) return pass('date', `${there[0]!.name} is the ${order.text.toLowerCase()} ${a.head.text}`);
    const [first] = ends.possibly;
    return others.some((fact) => own.some(({ id }) => id === fact.id)) &&
      first &&
      !others.some((fact) => ends.possibly.some((end) => end.id === fact.id))
      ? fail('date', `the ${order.text.toLowerCase()} ${a.head.text} is ${first.name}${first.date ? `, ${formatDate(first.date)}` : ''}`)
      : open;
  }
  const kin = a.head.concepts.some((one) =>
    b.head.concepts.some((other) => one.id === other.id || terminology.isA(other.id, one.id) || terminology.isA(one.id, other.id)),
  );
  return kin || others.some((fact) => own.some(({ id }) => id === fact.id)) ? pass('entity', '') : open;
}

/** "the drug for her hypertension is lisinopril": the problem must be the recorded reason. */
function treats(problem: Named, drug: Named, world: World): Check {
  const facts = factsOf(drug, world);
  const mention = { text: problem.head.text, concepts: problem.head.concepts };
  const fitting = facts.find((fact) => reasonMatches(mention, fact.reasons, world.terminology));
  if (fitting) return pass('entity', `the recorded reason is ${fitting.reasons.map(({ text }) => text).join(', ')}`);
  return unknown('entity', `that ${drug.head.text} is for ${problem.head.text} is not stated by the record`);
}

/** "HTN - lisinopril", "Diabetes, on metformin": set beside a problem, a drug is for it: by its recorded reason, else by its class. */
function besideProblem(problem: Named, drug: Named, on: boolean, world: World): Check | undefined {
  const facts = factsOf(drug, world);
  const { terminology } = world;
  const mention = { text: problem.head.text, concepts: problem.head.concepts };
  if (facts.length === 0 || facts.some((fact) => reasonMatches(mention, fact.reasons, terminology))) return undefined;
  const open = unknown('entity', `that ${drug.head.text} is for ${problem.head.text} is not stated by the record`);
  if (facts.every(({ reasons }) => reasons.length > 0)) return open;
  const classes = classesFor(problem.head, terminology);
  // "RA on methotrexate": no more than both, where the tables know no drugs by that problem.
  if (classes.length === 0 && on) return undefined;
  return drug.head.concepts.some(({ id }) => classes.some((kind) => id === kind || terminology.isA(id, kind))) ? undefined : open;
}

/** Classes of drugs that are called by the problem or a broader one: "diabetes drug" for type 2 diabetes. */
function classesFor({ text, concepts }: Head, terminology: World['terminology']): readonly string[] {
  const names = new Set<string>([text]);
  const add = (concept: Concept | undefined, depth: number): void => {
    if (!concept || depth > 3) return;
    for (const name of [concept.name, ...concept.synonyms]) names.add(name);
    for (const parent of concept.parents) add(terminology.get(parent), depth + 1);
  };
  for (const concept of concepts) add(concept, 0);
  return [...names].flatMap((name) =>
    ['drug', 'medication', 'treatment'].flatMap((word) =>
      terminology
        .byName(`${name} ${word}`)
        .filter(({ kind }) => kind === 'drug-class')
        .map(({ id }) => id),
    ),
  );
}

/** Two things that a date is said of once are of that date both. */
function ofOneDay(a: Named, b: Named, world: World, own: readonly Fact[]): Check | undefined {
  const days = new Set(own.flatMap(({ date }) => (date ? [dayOf(date)] : [])));
  const others = factsOf(b, world);
  if (days.size === 0 || others.length === 0) return undefined;
  return others.some(({ date, visit }) => (date && days.has(dayOf(date))) || (visit && own.some((fact) => fact.visit === visit)))
    ? pass('date', `${b.head.text} is of the same day`)
    : unknown('date', `that ${b.head.text} belongs to that ${a.head.text} is not stated by the record`);
}

/** Joined by nothing but plain words: no mark, no reason, no word of order. */
const PLAIN_CUES = new Set(['gender', 'order', 'record', 'birth', 'route']);
const isPlain = (item: Item): boolean =>
  item.type === 'neutral' || (item.type === 'cue' && item.cues.every((cue) => PLAIN_CUES.has(cue.type) || cue.type === 'status'));

export function checkRelation(items: readonly Item[], assertions: readonly Assertion[], text: string, world: World): readonly Check[] {
  const named: readonly Named[] = assertions
    .filter(({ negated, noLonger }) => !negated && !noLonger)
    .flatMap((assertion) => assertion.heads.filter(({ item }) => item !== undefined).map((head) => ({ head, assertion })))
    .sort((a, b) => a.head.start - b.head.start)
    .filter(({ head }, i, all) => i === 0 || all[i - 1]!.head.start !== head.start);
  return named.slice(1).flatMap((b, i): readonly Check[] => {
    const a = named[i]!;
    const end = a.head.start + a.head.text.length;
    const gap = text.slice(end, b.head.start);
    if (INSTEAD.test(gap)) return [unknown('overlap', `what is said of ${b.head.text} beside ${a.head.text} is not decided`)];
    if (isDrug(a.head) && !isDrug(b.head) && AIM.test(gap + b.head.text))
      return [unknown('entity', `that ${a.head.text} is for ${b.head.text.replace(/^\w+ /, '')} is not stated by the record`)];
    if (!isThing(a.head) || !isThing(b.head) || isVisit(a.head) || isVisit(b.head)) return [];
    const between = items.filter((item) => item.start >= end && item.end <= b.head.start);
    const plain = between.every(isPlain);
    const be = between.some((item) => item.type === 'neutral' && BE.test(item.text));
    const colon = /^\s*(?::|=|[-–—])\s*$/.test(gap);
    const order = orderOf(a);
    // "the reason for her arthritis is lisinopril": a drug that is said to be a cause.
    const prior = between.findLast((item) => item.type !== 'neutral' && !isCue(item, 'gender'));
    if (isDrug(b.head) && !isDrug(a.head) && prior !== undefined && isCue(prior, 'reason'))
      return [unknown('entity', `that ${a.head.text} has to do with ${b.head.text} is not stated by the record`)];
    if (
      (plain && be) ||
      (colon && (order || (isOf(a.head, ['drug-class']) && isOf(b.head, ['drug'])))) ||
      (APPOSED.test(gap) && isDrug(a.head) && isOf(b.head, ['drug-class']))
    ) {
      if (isDrug(a.head) !== isDrug(b.head)) {
        if (!order && isOf(a.head, ['condition']) && isDrug(b.head) && TREATMENT.test(text.slice(0, a.head.start)))
          return [treats(a, b, world)];
        if (isOf(a.head, ['section']) || isOf(b.head, ['section'])) return [sameThing(a, b, world)];
        return [unknown('entity', `what ${a.head.text} has to do with ${b.head.text} is not stated by the record`)];
      }
      // "Lisinopril is her antihypertensive": the class stands behind.
      return [sameThing(a, b, world)];
    }
    // "She is anticoagulated with lisinopril."
    if (isOf(a.head, ['drug-class']) && isOf(b.head, ['drug']) && /ed$/i.test(a.head.text) && /^\s*(?:with|on|by|using)\s*$/i.test(gap))
      return [sameThing(a, b, world)];
    const bare = /^[\s\d.)(*•-]*$/.test(text.slice(0, a.head.start));
    const set = BESIDE.test(gap.replace(/^\s+[a-z]+(?=\s*[:=(–—-])/i, '')) || (bare && BESIDE_NOTE.test(gap));
    if (isOf(a.head, ['condition']) && isDrug(b.head) && set) {
      const all = named.filter(({ assertion, head }) => assertion === b.assertion && head.start >= b.head.start && isDrug(head));
      return all
        .map((drug) => besideProblem(a, drug, /^\s*(?:(?:now|currently|still)\s+)*on\s+$/i.test(gap), world))
        .filter((found) => found !== undefined);
    }
    const linked = between.some((item) => isCue(item, 'link'));
    if (
      linked &&
      isDrug(b.head) &&
      !isDrug(a.head) &&
      !isOf(a.head, ['section']) &&
      b.assertion.reasons.every(({ start }) => start !== a.head.start)
    )
      return [treats(a, b, world)];
    const withs = between.length > 0 && between.some((item) => item.type === 'mark' && /^with$/i.test(item.text));
    const dated = a.assertion.times.filter((said) => said.start > a.head.start && said.start < b.head.start);
    if (withs && dated.length > 0 && isOf(a.head, ['procedure']) && isOf(b.head, ['procedure']))
      return [
        ofOneDay(
          a,
          b,
          world,
          factsOf(a, world).filter(
            ({ date }) => date && dated.every(({ time }) => (time.from ?? '') <= date && date.slice(0, 10) <= (time.to ?? '9')),
          ),
        ),
      ].filter((found) => found !== undefined);
    // "Her last delivery was by caesarean section", "the first pregnancy ended in miscarriage"
    const joined = between.every((item) => isPlain(item) || (item.type === 'mark' && /^with$/i.test(item.text)));
    if (joined && order && !isDrug(a.head) && !isDrug(b.head) && a.assertion !== b.assertion && b.assertion.times.length === 0) {
      const ends = /^nth-/.test(order.sense) ? [] : endsOf(factsOf(a, world), order.sense).surely;
      return [
        ofOneDay(a, b, world, ends) ??
          unknown('date', `that ${b.head.text} belongs to the ${order.text} ${a.head.text} is not stated by the record`),
      ];
    }
    return [];
  });
}
