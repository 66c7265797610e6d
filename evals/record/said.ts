import type { AskResult } from '../../agents/contract.ts';
import type { Claim } from '../../grounding/contract.ts';
import type { Point, Thing } from './expectation.ts';
import { datesIn, fold, names, numbersIn, type StatedNumber, sameNumber, unitFollows } from './reading-answers.ts';

export function danglingCitation(result: AskResult): string | undefined {
  const held = new Set(result.evidence.map(({ id }) => id));
  return result.claims.flatMap((claim) => (claim.verdict === 'supported' ? claim.citations : [])).find((id) => !held.has(id));
}

export function cites(claim: Claim, ids: readonly string[]): boolean {
  return claim.citations.some((id) => ids.includes(id));
}

export function mentions(text: string, thing: Thing): boolean {
  const rest = (thing.unless ?? []).reduce((left, name) => left.replaceAll(fold(name), ' '), fold(text));
  return thing.names.some((name) => names(rest, name));
}

/** Named in it, or cited by it. */
export function about(claim: Claim, thing: Thing, claims: readonly Claim[]): boolean {
  return mentions(claim.text, thing) || cites(claim, thing.ids) || claims.length === 1;
}

/** By an accepted name, or cited together with a telling word of one. */
export function namesThing(claim: Claim, thing: Thing): boolean {
  if (mentions(claim.text, thing)) return true;
  if (!cites(claim, thing.ids)) return false;
  const words = thing.names.flatMap((name) => fold(name).split(/[^a-z0-9]+/)).filter((word) => word.length >= 5 && !GENERIC.has(word));
  return words.some((word) => names(claim.text, word));
}

const GENERIC = new Set([
  'vaccine',
  'tablet',
  'disease',
  'disorder',
  'chronic',
  'acute',
  'injection',
  'solution',
  'adult',
  'patient',
  'procedure',
  'blood',
  'history',
  'injury',
  'first',
  'degree',
  'normal',
]);

export function states(text: string, point: Point, unitMayBeShared = false): boolean {
  // "104/66" states the diastolic too.
  const pressure = /blood pressure|\bbp\b/i.test(text);
  return numbersIn(text).some(
    (n) =>
      (sameNumber(n, point.value) ||
        (point.second === undefined && pressure && n.second !== undefined && sameNumber(n.second, point.value))) &&
      (point.second === undefined || (n.second !== undefined && sameNumber(n.second, point.second))) &&
      (unitFollows(n.after, point.unit) || (unitMayBeShared && /^(-|–|—|to|and|through|up)/.test(n.after))),
  );
}

export function statesDate(text: string, date: string): boolean {
  return datesIn(text).some((stated) => stated.date === date.slice(0, 10));
}

/** A date as stated, at its own precision, holds the recorded one. */
export function within(stated: string, recorded: string): boolean {
  return recorded.startsWith(stated);
}

/** Numbers of a sentence that carry the unit of the series, or, where the series has no written unit, that could be its values. */
export function measured(text: string, series: readonly Point[]): readonly StatedNumber[] {
  const unit = series[0]?.unit;
  const bare = unit === undefined || unit === '1' || /^[({]/.test(unit);
  return numbersIn(text).filter((n) => (bare ? false : unitFollows(n.after, unit)));
}

/** "rose from 118.5 to 99.7" to a question for one value. */
export function otherFirst(text: string, point: Point, series: readonly Point[]): boolean {
  const first = measured(text, series)[0];
  return first !== undefined && !sameNumber(first, point.value) && series.some((p) => sameNumber(first, p.value));
}

export function explained(n: StatedNumber, series: readonly Point[], beside: readonly number[]): boolean {
  const second = n.second;
  const pairs = series.filter((p) => p.second !== undefined);
  if (second !== undefined && pairs.length > 0)
    return pairs.some((p) => sameNumber(n, p.value) && p.second !== undefined && sameNumber(second, p.second));
  if (second !== undefined) return series.some((p) => sameNumber(n, p.value) || sameNumber(second, p.value));
  const values = series.flatMap((p) => (p.second === undefined ? [p.value] : [p.value, p.second]));
  if ([...values, ...beside].some((value) => sameNumber(n, value))) return true;
  // Differences, as in "up 3.2 kg", and the mean.
  const half = 0.5 * 10 ** -n.decimals * 2.2;
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return Math.abs(n.value - mean) <= half || values.some((a) => values.some((b) => Math.abs(Math.abs(a - b) - Math.abs(n.value)) <= half));
}

const NEGATION =
  /\b(no|not|never|none|nothing|neither|nor|denies|cannot|isn't|doesn't|hasn't|wasn't|didn't|aren't|haven't|don't|no longer|negative for)\b/i;

export const PAST =
  /\b(stopped|discontinued|ended|past|previous(ly)?|former(ly)?|completed|resolved|inactive|no longer|history of|was on|used to)\b/i;

export function negates(text: string): boolean {
  // "Concussion with no loss of consciousness" is a name.
  return NEGATION.test(
    fold(text).replace(/\b(no|not) (only|change|more than|less than|exceed\w*)\b|\bwith no\b|\bnot otherwise specified\b/g, ''),
  );
}

export function polarityOf(
  claims: readonly Claim[],
  thing: Thing,
  now: boolean,
  compared: boolean,
): { readonly yes: boolean; readonly claim: Claim } | undefined {
  const opening = claims[0];
  if (
    opening !== undefined &&
    /^(yes|no)\b[,.:;–—-]?\s/i.test(`${opening.text} `) &&
    !/^no ([a-z]+ (of|is|was|are)|active|current|ongoing)\b/i.test(opening.text)
  ) {
    return { yes: /^yes/i.test(opening.text), claim: opening };
  }
  for (const claim of claims) {
    if (!mentions(claim.text, thing) && !cites(claim, thing.ids) && !(claims.length === 1 && negates(claim.text))) continue;
    // The clause that names it decides: "hypertension is active; no end is recorded" is a yes.
    const clauses = claim.text.split(/;|\.\s|, (?:but|and|although)\b|\bhowever\b|\(|\)/);
    const clause = clauses.find((part) => mentions(part, thing)) ?? clauses[0] ?? '';
    // "No active bronchitis is recorded" leaves open whether there ever was one.
    if (!now && /^no (active|current|ongoing)\b/i.test(clause.trim()) && claims.length > 1) continue;
    if (negates(clause)) return { yes: false, claim };
    if (now && PAST.test(claim.text) && !/\b(active|current(ly)?|still|is (on|taking))\b/i.test(claim.text)) return { yes: false, claim };
    if (compared && !/\b(above|over|exceed\w*|higher than|more than|greater than|below|under|lower than|less than)\b|[<>]/i.test(clause))
      continue;
    return { yes: true, claim };
  }
  return undefined;
}

export function directionOf(claims: readonly Claim[], asked: 'up' | undefined): 'up' | 'down' | 'flat' | 'fluctuating' | undefined {
  for (const claim of claims) {
    const text = fold(claim.text).replace(
      /\b(not|no longer|isn't|hasn't|neither)( been| gone| become)? (higher|lower|up|down|risen|rising|increas\w*|fallen|falling|decreas\w*)\b/g,
      '',
    );
    if (/\bfluctuat|\bvaried|\bvaries|\bvariable|\bno (clear|consistent|steady) (trend|direction)|\bup and down\b/.test(text))
      return 'fluctuating';
    if (/\b(stable|unchanged|steady|flat|the same|no (real |overall |significant )?change|(did|has|have) not changed?)\b/.test(text))
      return 'flat';
    const up = text.search(
      /\b(higher|rose|risen|rising|rises|increas\w+|gone up|going up|went up|up (by|from)|is up|gained|grew|grown|growing|upward|climb\w+)\b/,
    );
    const down = text.search(
      /\b(lower|fell|fallen|falling|falls|decreas\w+|gone down|going down|went down|down (by|from)|is down|lost|declin\w+|dropp\w+|downward)\b/,
    );
    if (up >= 0 && (down < 0 || up < down)) return 'up';
    if (down >= 0) return 'down';
    if (asked !== undefined && /^yes\b/.test(text)) return 'up';
    if (asked !== undefined && /^no\b/.test(text)) return 'down';
  }
  return undefined;
}

export function stateOf(text: string): 'active' | 'over' | undefined {
  const t = fold(text);
  if (/\b(not|never|hasn't|isn't|no)( yet| been| marked| recorded as| currently)* (resolved|over|ended|inactive|resolution)/.test(t))
    return 'active';
  if (/\bno (current(ly)?|active|ongoing)\b/.test(t)) return 'over';
  if (/\b(not|no longer|isn't)( currently| still| an?)* (active|current|ongoing)/.test(t)) return 'over';
  if (/\b(resolved|inactive|ended|over|abated|cleared|recovered|past|until|remission)\b/.test(t)) return 'over';
  if (/\b(active|ongoing|current|currently|still|continues|present)\b/.test(t)) return 'active';
  return undefined;
}

export function isPlainCount(n: StatedNumber): boolean {
  return n.decimals === 0 && n.second === undefined && !/^(mg|ml|kg|cm|mmhg|%|g\/|u\/|mmol|mcg)/.test(n.after);
}

export function shownOf(text: string): { readonly shown: number; readonly of: number } | undefined {
  const ratio = /\b(\d+) of (?:the |all )?(\d+)\b/i.exec(text);
  if (ratio !== null) return { shown: Number(ratio[1]), of: Number(ratio[2]) };
  return undefined;
}
