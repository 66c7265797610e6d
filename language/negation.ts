/**
 * What a sentence denies, doubts, places in the past, in the family or in the future: cues and the words they govern.
 * After NegEx (Chapman et al., J Biomed Inform 2001;34:301-310) and ConText (Harkema et al., J Biomed Inform 2009;42:839-851), with
 * cue lists and scope rules of our own: a cue governs what follows it (or, for some, what stands before it) up to a conjunction of
 * contrast, a change of subject or the end of the clause; a pseudo-cue ("no change", "not only") governs nothing.
 */

import { CUES, type Cue, type NegationKind } from './negation-cues.ts';

export type { NegationKind };

export interface Negation {
  /** The cue itself. */
  readonly start: number;
  readonly end: number;
  readonly cue: string;
  /** What it governs: [start, end) in the text. */
  readonly scope: readonly [number, number];
  readonly kind: NegationKind;
}

/** A clause ends here: contrast, a new subject, an end mark. Commas and "and" do not end it ("no fever, cough or chills"). */
const CLAUSE_END =
  /(?:[;.!?](?=\s|$)|[:](?=\s)|\n\s*\n|\n\s*[-*•]|\bbut\b|\bhowever\b|\bexcept(?: for| that)?\b|\balthough\b|\bthough\b|\byet\b|\bstill (?=has|takes|on)|\baside from\b|\bapart from\b|\bother than\b|\bwhereas\b|\bwhile\b|\bwhich\b|\bbecause\b|\bsecondary to\b|\bdue to\b|\bnevertheless\b|\bsince (?=she|he|they|it)|,? and (?:(?:she|he|they|the patient|it|pt|patient) |(?:is|was|has|does|takes|had|continues|remains|reports|presents|currently|now) )|,? (?:she|he|they|pt|the patient|patient) (?:is|was|has|does|takes|had|continues|remains|reports|presents|currently|now|denies)\b|, (?:but|with|on|has|had|takes|currently|now|presents|reports|positive for)\b|\bpositive for\b|\bpresents with\b|\bcomplains? of\b|\breports\b(?! of)|\badmits to\b)/gi;

interface ClauseEnd {
  readonly start: number;
  readonly end: number;
}

/** A text with what is looked for at every one of its cues, found once: looking anew from each would take the square of its length. */
interface Clauses {
  readonly text: string;
  readonly ends: readonly ClauseEnd[];
  /** Where "any more" and "any longer" stand. */
  readonly anyMore: readonly number[];
}

function clausesOf(text: string): Clauses {
  const ends: ClauseEnd[] = [];
  CLAUSE_END.lastIndex = 0;
  for (const match of text.matchAll(CLAUSE_END))
    if (match[0] !== '.' || realEnd(text, match.index)) ends.push({ start: match.index, end: match.index + match[0].length });
  return { text, ends, anyMore: [...text.matchAll(/\b(?:any ?more|any longer)\b/gi)].map(({ index }) => index) };
}

/** How many of the ordered items are `below`, which holds for the first ones alone. */
function countWhile<T>(items: readonly T[], below: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (below(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function clauseAfter({ text, ends }: Clauses, at: number): number {
  let next = countWhile(ends, ({ start }) => start < at);
  // One that began earlier may hide another: "and she" of ", and she has".
  if (next > 0 && ends[next - 1]!.end > at) {
    CLAUSE_END.lastIndex = at;
    for (let m = CLAUSE_END.exec(text); m && m.index < (ends[next]?.start ?? text.length); m = CLAUSE_END.exec(text))
      if (!(m.index === at && m[0].startsWith(':')) && (m[0] !== '.' || realEnd(text, m.index))) return m.index;
  }
  if (ends[next]?.start === at && text[at] === ':') next++;
  return ends[next]?.start ?? text.length;
}

function clauseBefore({ ends }: Clauses, at: number): number {
  for (let last = countWhile(ends, ({ start }) => start < at) - 1; last >= 0; last--) if (ends[last]!.end <= at) return ends[last]!.end;
  return 0;
}

/** So far before a cue its subject is looked for, in characters: a clause is no longer than that, a list without any mark may be. */
const SUBJECT_REACH = 1_000;

/**
 * Where the subject of a cue begins: "she takes metformin, and asthma was not found" denies asthma alone, "she takes metformin and was
 * not given aspirin" nothing before the cue.
 */
function subjectStart(clauses: Clauses, at: number): number {
  const { text } = clauses;
  const clause = Math.max(clauseBefore(clauses, at), at - SUBJECT_REACH);
  const before = text.slice(clause, at);
  if (/(?:\b(?:and|or|but)|,) *$/i.test(before)) return at;
  const found = [...before.matchAll(/, (?:and |or |but )|\band (?=(?:(?:her|his|their|the|a|an) )?[\w-]+(?: [\w-]+)? *$)/gi)].at(-1);
  const verb = found && /\b(?:is|was|are|were|has|have|had|takes?|took|shows?|showed|reports?)\b/i.test(before.slice(0, found.index));
  return found && verb ? clause + found.index + found[0].length : clause;
}

function realEnd(text: string, at: number): boolean {
  return !/\b(?:Dr|Mr|Mrs|Ms|vs|approx|e\.g|i\.e|No|St|b\.i\.d|t\.i\.d|q\.d|p\.o)$/i.test(text.slice(Math.max(0, at - 8), at));
}

interface Hit {
  readonly start: number;
  readonly end: number;
  readonly cue: Cue;
}

/** Cues of the text in order with what they govern. The longest cue wins where several start together; pseudo-cues only block. */
export function negations(text: string): readonly Negation[] {
  const hits: Hit[] = [];
  for (const c of CUES) {
    c.re.lastIndex = 0;
    for (let m = c.re.exec(text); m; m = c.re.exec(text)) {
      if (m[0] === '') c.re.lastIndex++;
      else hits.push({ start: m.index, end: m.index + m[0].trimEnd().length, cue: c });
    }
  }
  const priority = (hit: Hit): number => (hit.cue.kind === 'uncertain' ? 0 : 1);
  // A cue inside a longer one of its own group says the same; one of another group ("no history of": denial and past) stands beside it.
  const group = (kind: Cue['kind']): string => (kind === 'pseudo' || kind === 'negated' || kind === 'uncertain' ? 'polarity' : kind);
  hits.sort(
    (a, b) =>
      b.end - b.start - (a.end - a.start) || priority(a) - priority(b) || a.start - b.start || CUES.indexOf(a.cue) - CUES.indexOf(b.cue),
  );
  const kept: Hit[] = [];
  // The kept ones of a group stand apart from each other: each character belongs to one at most.
  const holders = new Map<string, (Hit | undefined)[]>();
  const holding = ({ start, end }: Hit, held: readonly (Hit | undefined)[]): boolean => (held[start]?.end ?? -1) >= end;
  for (const hit of hits) {
    if (hit.end <= hit.start) continue;
    const own = holders.get(group(hit.cue.kind)) ?? [];
    if (overlaps(own, hit)) continue;
    if (hit.cue.kind === 'historical') {
      if (/^had$/i.test(text.slice(hit.start, hit.end)) && [...holders.values()].some((held) => holding(hit, held))) continue;
      if (holding(hit, holders.get('family') ?? [])) continue;
    }
    for (let at = hit.start; at < hit.end; at++) own[at] = hit;
    holders.set(group(hit.cue.kind), own);
    kept.push(hit);
  }
  kept.sort((a, b) => a.start - b.start);
  const clauses = clausesOf(text);
  const result: Negation[] = [];
  for (const hit of kept) {
    if (hit.cue.kind === 'pseudo') continue;
    result.push({
      start: hit.start,
      end: hit.end,
      cue:
        hit.cue.kind === 'negated' && saysAnyMore(clauses, hit.end)
          ? 'no longer'
          : (hit.cue.name ?? text.slice(hit.start, hit.end).replace(/^: ?/, '').toLowerCase()),
      scope: scopeOf(clauses, hit),
      kind: hit.cue.kind,
    });
  }
  return neitherNor(text, result);
}

function overlaps(held: readonly unknown[], { start, end }: Hit): boolean {
  for (let at = start; at < end; at++) if (held[at] !== undefined) return true;
  return false;
}

/** "Not taking aspirin any more": from a cue to the end of its clause. */
function saysAnyMore(clauses: Clauses, from: number): boolean {
  const at = clauses.anyMore[countWhile(clauses.anyMore, (start) => start < from)];
  return at !== undefined && at < clauseAfter(clauses, from);
}

function scopeOf(clauses: Clauses, hit: Hit): readonly [number, number] {
  const { text } = clauses;
  // "Diabetes: no", "cough - denies": the cue closes its line and speaks of what stands before it.
  const closing = hit.cue.side === 'after' && hit.cue.kind === 'negated' && CLOSED.test(text.slice(hit.end));
  if (hit.cue.side === 'before' || closing) return [subjectStart(clauses, hit.start), hit.start];
  const end = clauseAfter(clauses, hit.end);
  if (hit.cue.side === 'both') return [subjectStart(clauses, hit.start), end];
  return [hit.end, end];
}

const CLOSED = /^\s*(?:[.;,)]|$|\n)/;

/** "Neither A nor B": the first cue ends where the second begins, both deny. */
function neitherNor(text: string, found: readonly Negation[]): readonly Negation[] {
  const nors = found.filter(({ cue }) => cue === 'nor');
  if (nors.length === 0) return found;
  const stops = [...text.matchAll(/[.;]\s/g)].map(({ index }) => index);
  return found.map((n) => {
    if (n.cue !== 'neither') return n;
    const nor = nors[countWhile(nors, ({ start }) => start <= n.end)];
    const stop = stops[countWhile(stops, (at) => at < n.end)];
    return nor && !(stop !== undefined && stop + 1 < nor.start) ? { ...n, scope: [n.end, nor.start] as const } : n;
  });
}

/** The cues that govern a span of the text (a mention). */
export function negationsOf(found: readonly Negation[], start: number, end: number): readonly Negation[] {
  return found.filter((n) => n.scope[0] <= start && end <= n.scope[1]);
}

/** The ends of all denials' scopes, each in order. */
interface Denials {
  readonly scopes: readonly (readonly [number, number])[];
  readonly ends: readonly number[];
}
const denialsIn = new WeakMap<readonly Negation[], Denials>();

function denialsOf(found: readonly Negation[]): Denials {
  const known = denialsIn.get(found);
  if (known) return known;
  const scopes = found.filter(({ kind }) => kind === 'negated').map(({ scope }) => scope);
  const denials = { scopes: scopes.toSorted((a, b) => a[0] - b[0]), ends: scopes.map(([, end]) => end).sort((a, b) => a - b) };
  denialsIn.set(found, denials);
  return denials;
}

/** Whether a span is denied: an odd number of denials ("denies no pain" asserts it). */
export function isNegated(found: readonly Negation[], start: number, end: number): boolean {
  const { scopes, ends } = denialsOf(found);
  const begun = countWhile(scopes, ([from]) => from <= start);
  let over = countWhile(ends, (to) => to < end);
  // Those that lie within the span had not begun before it.
  for (let at = begun; at < scopes.length && scopes[at]![0] < end; at++) if (scopes[at]![1] < end) over--;
  return (begun - over) % 2 === 1;
}
