import type { Question } from './contract.ts';
import type { Item, Named, Reading } from './items.ts';
import type { Clause } from './parsed.ts';
import { itemIndex } from './reading.ts';

/** A relative as people say it, and as records name the relationship. */
const RELATIONS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:grandmother|grandma|granny|nan)\b/, 'grandmother'],
  [/\b(?:grandfather|grandpa|grandad|granddad)\b/, 'grandfather'],
  [/\b(?:mother|mom|mum|mummy|mam)\b/, 'mother'],
  [/\b(?:father|dad|daddy)\b/, 'father'],
  [/\b(?:brother|sister|aunt|uncle|cousin|nephew|niece|son|daughter)\b/, ''],
  [/\bsiblings?\b/, 'sibling'],
  [/\bparents?\b/, 'parent'],
  [/\b(?:child|children|kids)\b/, 'child'],
  [/\b(?:husband|wife|spouse|partner)\b/, ''],
];

const ONE_OF: Readonly<Record<string, RegExp>> = {
  parent: /\b(?:mother|father|parent)\b/,
  sibling: /\b(?:brother|sister|sibling)\b/,
  child: /\b(?:son|daughter|child)\b/,
  husband: /\b(?:husband|spouse)\b/,
  wife: /\b(?:wife|spouse)\b/,
  spouse: /\b(?:husband|wife|spouse)\b/,
  partner: /\b(?:husband|wife|spouse|partner)\b/,
};

const OWNED =
  /(?:^\W*(?:(?:did|does|has|had|is|was|any|and|so|what|how old was|at what age did) )*|\b(?:his|her|their|the|patient's) |‹n\d+›(?:'s)? )(?:own |late |older |younger |other |oldest |youngest |maternal |paternal )*(?:grand(?:mother|father|ma|pa|ad|dad)|granny|mother|mom|mum|mummy|mam|father|dad|daddy|brother|sister|siblings?|parents?|aunt|uncle|cousin|nephew|niece|son|daughter|husband|wife|spouse|partner)(?:'?s'?)?\b/;

/** What is asked of a relative that only a family history holds. */
const HISTORY =
  /\b(?:have|has|had|get|got|suffer\w*|develop\w*|diagnosed|history|conditions?|problems?|illness\w*|diseases?|ill|sick|alive|dead|deceased|living|die|died|dies|death|age|old|aged|allerg\w*|medical|family)\b|‹[cax]\d+(?::[\w-]+)?›/;

/** Who a relative is and how to reach them: a contact of the patient. */
const WHO = /\b(?:who|names?|called|phone|telephone|number|contact|reach|call|address|email)\b/;

export function relativeIn(mask: string): string | undefined {
  if (!OWNED.test(mask)) return undefined;
  const found = RELATIONS.find(([pattern]) => pattern.test(mask));
  return found && (found[1] || found[0].exec(mask)![0]);
}

/** "Her mother's name", "who is her mum": asks for somebody whom the record may name as a contact. */
export function asksContact(mask: string): boolean {
  if (/\b(?:next[- ]of[- ]kin|emergency contact)\b/.test(mask)) return true;
  return relativeIn(mask) !== undefined && WHO.test(mask) && !/‹[ocdkvpas]\d+›|\b(?:die|died|age|old)\b/.test(mask);
}

/** "How old was his father at his heart attack", "her brother's allergies": asks what the family history says of one relative. */
export function asksKin(mask: string): boolean {
  return (
    relativeIn(mask) !== undefined &&
    !asksContact(mask) &&
    HISTORY.test(mask) &&
    !/‹[odkvps]\d+›|‹x\d+:(?!problems|allergies|family-history|social)/.test(mask)
  );
}

const isCondition = (item: Item): item is Named => item.type === 'named' && item.kind === 'condition';

/** What is asked about a relative, from the family history or the contacts of the record. */
export function aboutKin(clause: Clause, reading: Reading): Question | undefined {
  const { mask, text, asked } = clause;
  const who = relativeIn(mask);
  if (asksContact(mask))
    return {
      aspect: 'describe',
      kinds: ['patient'],
      concepts: [],
      name: 'contact',
      text,
      field: 'contact',
      ...(who ? { relative: who } : {}),
    };
  const relative = asksKin(mask) ? who : undefined;
  if (!relative) return undefined;
  const named = [...mask.matchAll(/‹c\d+›/g)].flatMap((match) => reading.items[itemIndex(match[0])] ?? []).filter(isCondition);
  const polar = asked.polar && named.length > 0;
  return {
    aspect: polar ? 'ever' : 'describe',
    kinds: ['family-history'],
    concepts: named.flatMap((item) => item.concepts),
    name: `family history of ${named.length > 0 ? `${named.map((item) => item.name).join(' or ')} in ` : ''}the ${relative}`,
    text,
    relative,
    ...(polar ? { polar: true, expects: 'yes' as const } : {}),
  };
}

export function isRelative(recorded: string | undefined, wanted: string): boolean {
  const words = (recorded ?? '').toLowerCase();
  return (ONE_OF[wanted] ?? new RegExp(`\\b${wanted}\\b`)).test(words);
}
