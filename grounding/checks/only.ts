/** "Apixaban is the only medicine she takes", "her only diagnosis is hypertension": nothing else of that part of the record. */
import type { Concept } from '../../language/contract.ts';
import type { Fact } from '../../records/contract.ts';
import type { Check } from '../contract.ts';
import { completeSearch, kindsOfSection, matchesHead, type World } from '../matching/world.ts';
import type { Assertion } from '../reading/assertions.ts';
import { isCue } from '../reading/assertions.ts';
import type { Item } from '../reading/items.ts';
import { fail, pass, unknown } from './contract.ts';

const COUNTED = new Set<Fact['kind']>(['medication', 'problem', 'allergy', 'immunization', 'procedure', 'device']);
const ENDING = new Set<Fact['kind']>(['medication', 'problem', 'allergy', 'device']);
const NEVER_WAS = new Set<Fact['status']>(['cancelled', 'missed', 'refuted', 'planned']);

interface Part {
  readonly text: string;
  readonly id: string;
}

const WHOLE = /^(?:complete|entire|full|whole)$/i;
const JUST_TAKES =
  /\ball (?:that )?(?:she|he|the patient|they) (?:takes?|is on|uses?|is taking)\b|\b(?:just|only|solely|exclusively) (?:on|takes?|taking|prescribed|uses?|using)\b|\b(?:on|takes?|taking|uses?|using) (?:just|only|solely|exclusively)\b/i;

const NOUNS: readonly (readonly [RegExp, string])[] = [
  [/^(?:drugs?|medicines?|medications?|meds|tablets?|pills?)$/i, 'section/medications'],
  [/^(?:problems?|diagnos[ei]s|conditions?|illness(?:es)?|diseases?|comorbidit(?:y|ies))$/i, 'section/problems'],
  [/^allerg(?:y|ies)$/i, 'section/allergies'],
  [/^(?:vaccines?|vaccinations?|immuni[sz]ations?)$/i, 'section/immunizations'],
  [/^(?:procedures?|operations?|surger(?:y|ies))$/i, 'section/procedures'],
];

/** A part of the record named by a plain word right after: "the one drug", "full list of diagnoses". */
function nounAfter(items: readonly Item[], at: number): Part | undefined {
  for (const item of items.slice(at + 1)) {
    if (item.type === 'neutral') {
      const id = NOUNS.find(([words]) => words.test(item.text))?.[1];
      if (id) return { text: item.text, id };
    } else if (item.type !== 'quantity' && !isCue(item, 'gender') && !isCue(item, 'status') && !isCue(item, 'record')) return undefined;
  }
  return undefined;
}

/** The part of the record of which what is named is said to be all: "only medicine", "the one drug", "complete list of problems", "just on". */
function partsNamed(items: readonly Item[], text: string): readonly Part[] {
  const allergic = items.some((item) => isCue(item, 'allergy'));
  const parts = items.flatMap((item, at): readonly Part[] => {
    const only = isCue(item, 'order', 'only');
    const whole = isCue(item, 'order', 'all') && WHOLE.test(item.text);
    const one = item.type !== 'mention' && /^one$/i.test(item.text) && /\b(?:the|his|her|their) $/i.test(text.slice(0, item.start));
    if (!only && !whole && !one) return [];
    // "Only a provisional diagnosis" is no more than that, not the only one.
    if (only && /^\s+an?\b/i.test(text.slice(item.end))) return [];
    const noun = nounAfter(items, at);
    if (noun) return [{ text: noun.text, id: allergic ? 'section/allergies' : noun.id }];
    const next = items
      .slice(at + 1)
      .find(
        (other) =>
          other.type !== 'neutral' &&
          other.type !== 'quantity' &&
          !isCue(other, 'gender') &&
          !isCue(other, 'status') &&
          !isCue(other, 'record'),
      );
    if (next?.type === 'mention')
      return next.concepts.every(({ kind }) => kind === 'section')
        ? [{ text: next.text, id: allergic ? 'section/allergies' : next.concepts[0]!.id }]
        : [];
    return (only || one) && (isCue(next, 'allergy') || (allergic && /\ballergic $/i.test(text.slice(0, item.start))))
      ? [{ text: 'allergies', id: 'section/allergies' }]
      : [];
  });
  if (allergic && /\ballergic (?:only|just|solely) to\b/i.test(text)) return [{ text: 'allergies', id: 'section/allergies' }];
  const takes = JUST_TAKES.exec(text);
  const after = takes && items.find(({ start, type }) => start >= takes.index + takes[0].length && type !== 'neutral');
  if (takes && /^all\b/i.test(takes[0]) && parts.length === 0) return [{ text: 'medication', id: 'section/medications' }];
  const drug = after?.type === 'mention' && after.concepts.some(({ kind }) => kind === 'drug' || kind === 'drug-class');
  return drug && parts.length === 0 ? [{ text: 'medication', id: 'section/medications' }] : parts;
}

const PART_OF: readonly (readonly [Concept['kind'], Part])[] = [
  ['drug', { text: 'medication', id: 'section/medications' }],
  ['drug-class', { text: 'medication', id: 'section/medications' }],
  ['condition', { text: 'problem', id: 'section/problems' }],
  ['allergen', { text: 'allergy', id: 'section/allergies' }],
  ['vaccine', { text: 'vaccine', id: 'section/immunizations' }],
];

/** "Allergic to latex only", "only lisinopril is taken": without "the" or "her" before it, the word is said of all of that part, not of the thing. */
function soleNamed(items: readonly Item[], text: string): readonly Part[] {
  const allergic = items.some((item) => isCue(item, 'allergy'));
  return items.flatMap((item, at): readonly Part[] => {
    if (!isCue(item, 'order', 'only') || /^single$/i.test(item.text)) return [];
    if (/\b(?:the|his|her|their|its|an?|one|my|your|'s)\s+$/i.test(text.slice(0, item.start))) return [];
    const plain = (other: Item): boolean =>
      other.type === 'neutral' || isCue(other, 'gender') || isCue(other, 'status', 'has') || isCue(other, 'status', 'takes');
    const next = items.slice(at + 1).find((other) => !plain(other));
    const before = items.slice(0, at).findLast((other) => other.type !== 'quantity' && !plain(other));
    const closes = items.slice(at + 1).every((other) => plain(other) || other.type === 'mark' || isCue(other, 'status', 'current'));
    // "Only a provisional diagnosis", "only her LDL": no more than that one.
    const named =
      next?.type === 'mention' && !/^\s*(?:an?|the|his|her|one)\b/i.test(text.slice(item.end, next.start))
        ? next
        : closes
          ? before
          : undefined;
    if (named?.type !== 'mention' || named.concepts.length === 0) return [];
    const part = PART_OF.find(([kind]) => named.concepts[0]!.kind === kind)?.[1];
    if (allergic) return [{ text: 'allergy', id: 'section/allergies' }];
    return part ? [part] : [];
  });
}

/** "Her only hospital contact was ...": what it is the only one of must be understood. */
function unreadOnly(items: readonly Item[]): readonly Check[] {
  return items.flatMap((item, at) => {
    if (!isCue(item, 'order', 'only')) return [];
    const rest = items.slice(at + 1);
    const verb = rest.findIndex((other) => other.type === 'neutral' && /^(?:is|was|are|were)$/i.test(other.text));
    const between = verb > 0 ? rest.slice(0, verb) : [];
    const noun = between.some((other) => other.type === 'word' || (other.type === 'neutral' && !/^(?:the|one|of|to|a)$/i.test(other.text)));
    return noun && between.every(({ type }) => type === 'neutral' || type === 'word')
      ? [unknown('number', `it is not clear what is the only "${between.map(({ text }) => text).join(' ')}"`)]
      : [];
  });
}

/** "She takes two medicines: A and B": the listed ones are said to be all. */
function countedList(items: readonly Item[]): readonly Part[] {
  const at = items.findIndex((item) => item.type === 'mention' && item.concepts.every(({ kind }) => kind === 'section'));
  const part = items[at];
  if (part?.type !== 'mention') return [];
  const counted = items.slice(0, at).some((item) => item.type === 'quantity' && item.quantity.unit === undefined);
  const opens = items[at + 1]?.type === 'mark' && /^[:(–—-]$/.test(items[at + 1]!.text);
  return counted && opens ? [{ text: part.text, id: part.concepts[0]!.id }] : [];
}

/** Whether what is named beside it is all that the record holds of that part. */
export function checkOnly(items: readonly Item[], assertions: readonly Assertion[], text: string, world: World): readonly Check[] {
  const named = partsNamed(items, text);
  const sole = named.length > 0 ? named : soleNamed(items, text);
  const parts = sole.length > 0 ? sole : countedList(items);
  const found = parts.flatMap((part): readonly Check[] => {
    const concept: Concept = world.terminology.get(part.id) ?? {
      id: part.id,
      kind: 'section',
      name: part.text,
      synonyms: [],
      codes: [],
      parents: [],
    };
    const kinds = kindsOfSection(concept.id).filter((kind) => COUNTED.has(kind));
    if (kinds.length === 0) return [];
    const named = assertions.flatMap((assertion) =>
      assertion.heads.filter(({ concepts }) => concepts.some(({ kind }) => kind !== 'section')).map((head) => ({ head, assertion })),
    );
    if (named.length === 0) return [];
    if (!completeSearch(concept, kinds, world))
      return [unknown('number', `the evidence is no complete search, so it does not tell the only ${part.text}`)];
    if (
      assertions.some(({ times, reasons }) => times.length + reasons.length > 0) &&
      (sole.length === 0 || !/^section\/(?:medications|problems|allergies)$/.test(part.id))
    )
      return [unknown('number', `whether it is the only ${part.text} of that time is not decided`)];
    // "Her only recorded illness", "only gout on file": of all that is recorded, also what is over.
    const ever =
      /\b(?:only|sole|single|just)\b.*\b(?:record(?:ed)?|on file|documented|known|listed|ever)\b/i.test(text) ||
      assertions.some(
        ({ tense, cues }) => tense.past || cues.some(({ type, sense }) => type === 'status' && ['past', 'took', 'ended'].includes(sense)),
      );
    const others = world.facts.filter(
      (fact) =>
        fact.part === undefined &&
        !fact.negated &&
        !NEVER_WAS.has(fact.status) &&
        (ever || !ENDING.has(fact.kind) || fact.status === 'active') &&
        kinds.includes(fact.kind) &&
        !named.some(({ head, assertion }) => head.concepts.some((one) => matchesHead(fact, one, assertion, world.terminology))),
    );
    return others.length === 0
      ? [pass('number', `the record holds no other ${part.text}`)]
      : [
          (sole.length > 0 ? fail : unknown)(
            'number',
            `the record also holds ${[...new Set(others.map(({ name }) => name))].slice(0, 3).join(', ')}`,
          ),
        ];
  });
  return parts.length > 0 ? found : unreadOnly(items);
}
