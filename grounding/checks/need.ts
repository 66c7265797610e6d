/**
 * "He has no housing", "she is food insecure", "he is employed": whether a social need is met. Records name a lack by the thing that is lacked
 * ("lack of access to transportation", "housing: I do not have housing"), so the thing's name alone says neither.
 */
import { formatDate, timeExpressions } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';
import { needsStated, saysOf, speaksOf, standingOf } from '../../records/needs/stated.ts';
import { domainOf, followsFrom, needsSaid, type SaidNeed, type Standing } from '../../records/needs/words.ts';
import type { Check, CheckContext } from '../contract.ts';
import type { World } from '../matching/world.ts';
import { personsIn } from '../reading/lexicon.ts';
import { type Checked, fail, pass, unknown } from './contract.ts';

/** Of another time than now, or of no time. */
const NOT_NOW =
  /\b(?:was|were|had|been|used to|once|ever|never|formerly|former|previously|prior|past|resolved|ended|inactive|before|history|until|since|will|would|may|might|could|if|when|while|lived|stayed|slept|worked|possibl[ey]|probabl[ey]|likely|suspected)\b|\?/i;
const DATED = /\d|\b(?:yesterday|last|ago)\b/i;
const NOW = '(?:(?:currently|now|still|presently|today|also|reportedly) )?';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function subjectOf({ patient }: CheckContext): string {
  const names = (patient?.name ?? '')
    .split(/\s+/)
    .filter((word) => word.length > 1)
    .map(escaped);
  const named = names.length > 0 ? `|(?:(?:mr|mrs|ms|mx)\\.? )?(?:${names.join('|')})(?: (?:${names.join('|')}))*` : '';
  return `(?:(?:he|she|they|(?:the |this )?(?:patient|pt)${named}) )`;
}

const shown = (facts: readonly Fact[]): string =>
  facts
    .slice(0, 2)
    .map(({ name, value, date }) => `${name}${value ? `: ${value.text}` : ''}${date ? `, ${formatDate(date)}` : ''}`)
    .join('; ');

/** The sentence says nothing but how the patient's needs stand now. */
function sayOnly(text: string, said: readonly SaidNeed[], context: CheckContext): boolean {
  let rest = text;
  for (const { start, end } of [...said].reverse()) rest = `${rest.slice(0, start)}§${rest.slice(end)}`;
  const who = subjectOf(context);
  const is = `(?:(?:is|are|remains?|feels?|reports?(?: being)?|experiences?|experiencing|suffers? from|has|have) )?`;
  return new RegExp(
    `^${who}?${is}${NOW}(?:an? |any )?${is}§(?:,?(?: (?:and|but|or|nor))? ${who}?${is}${NOW}(?:an? )?§|, §)*(?: (?:currently|now|still|at present|at this time|at the moment|presently|today|right now|any ?more))?\\s*[.!]?$`,
    'i',
  ).test(rest.trim());
}

export interface NeedsChecked {
  readonly checks: readonly Check[];
  readonly ids: readonly string[];
}

/** Undefined where the sentence says more than that, or where the evidence speaks of no such need. */
export function checkNeeds(text: string, world: World): NeedsChecked | undefined {
  const said = needsSaid(text);
  if (said.length === 0 || NOT_NOW.test(text) || personsIn(text).length > 0) return undefined;
  if (timeExpressions(text, world.context.now).some(({ text: time }) => !/^(?:today|now|currently)$/i.test(time.trim()))) return undefined;
  // One of the two, not both.
  if (/\bor\b/i.test(text) && !/\b(?:no|not|without|lacks?|nor|neither)\b|n['’]t\b/i.test(text)) return undefined;
  if (!sayOnly(text, said, world.context)) return undefined;
  if (said.some(({ need }) => !world.facts.some((fact) => speaksOf(fact, need)))) return undefined;
  const checks: Check[] = [];
  const ids = new Set<string>();
  for (const { need, met } of said) {
    const standing = standingOf(world.facts, need);
    const cited = standing.facts.filter(({ id }) => world.cited === undefined || world.cited.has(id));
    const reason = `the record says ${shown(cited.length > 0 ? cited : standing.facts)}`;
    for (const { id } of cited.slice(0, 3)) ids.add(id);
    if (standing.met === undefined) checks.push(unknown('entity', `${reason}; that does not decide it`));
    else if (standing.met !== met) checks.push(fail('negation', reason));
    else checks.push(cited.length > 0 ? pass('entity', reason) : unknown('entity', 'what is cited does not state it'));
  }
  return { checks, ids: [...ids] };
}

const LACKING =
  /\b(?:no|not|non|never|none|lack\w*|without|need\w*|problem\w*|un\w+|insecur\w*|insuff\w*|inadequa\w*|homeless\w*|jobless|retired|barrier\w*|trouble|kept|keeps|shut|risk|worr\w+|isolat\w+|lonel\w+|limited|victim|abus\w+|violence|afraid|poverty|poor|low|strain\w*|difficult\w*|hardship|hung\w+|short\w*|lost|loss|issues?|concern\w*)\b|n['’]t\b/i;

const DENIES = /\b(?:no|not|never|none|without|lacks?|den(?:y|ies|ied))\b|n['’]t\b/i;
const ofOther = ({ name, outcome }: Check): boolean => outcome === 'fail' && name !== 'negation';

/** A lack is told in words for a lack, or in the entry's own: "transportation is available" is not told by "lack of transportation". */
function toldAsLack(text: string, said: readonly SaidNeed[], fact: Fact): boolean {
  const stated = needsStated(fact);
  if (stated.length === 0 || stated.some(({ met }) => met) || LACKING.test(text)) return true;
  if (said.some(({ need }) => speaksOf(fact, need))) return true;
  const lower = text.toLowerCase();
  return [...fact.names, fact.name, fact.value?.text ?? ''].some((name) => name.length > 3 && lower.includes(name.toLowerCase()));
}

const TOLD: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>(['document', 'appointment', 'visit', 'order', 'care-plan', 'goal']);

/** The entry's own words say it of the need, and do not only name it: "Reason for visit: Housing, food". */
const saidInProse = ({ name, names, details, reasons }: Fact, { need, met }: Standing): boolean =>
  [name, ...names, ...Object.values(details ?? {}), ...reasons.map(({ text }) => text)]
    .flatMap((text) => needsSaid(text))
    .flatMap(followsFrom)
    .some((one) => one.need === need && one.met === met);

/**
 * What was found for a sentence of any shape, looked at again: entries that name the need do not support that it is met where they say that it is
 * lacked, nor the reverse; and what the record says is so is not contradicted by its own words for it.
 */
export function ofNeeds(read: Checked, facts: readonly Fact[]): Checked {
  if (read.verdict === 'unverified') return read;
  const said = needsSaid(read.text);
  const cited = facts.filter(({ id }) => read.support.includes(id));
  const passed = read.verdict === 'supported' ? cited.find((fact) => !toldAsLack(read.text, said, fact)) : undefined;
  if (passed) return { ...read, verdict: 'unverified', checks: [...read.checks, unknown('entity', `the record says ${shown([passed])}`)] };
  const told = cited.filter(({ kind }) => kind !== 'patient');
  const lacks = told.length > 0 && told.every((fact) => needsStated(fact).length > 0 && needsStated(fact).every(({ met }) => !met));
  if (read.verdict === 'contradicted' && said.length === 0 && lacks && DENIES.test(read.text) && !read.checks.some(ofOther)) {
    // A denial of what the record names a lack by may be of the thing or of the lack.
    const checks = read.checks.map((check) => (check.outcome === 'fail' ? { ...check, outcome: 'unknown' as const } : check));
    return { ...read, verdict: 'unverified', checks };
  }
  for (const { need, met } of said) {
    const own = cited.filter((fact) => speaksOf(fact, need));
    if (own.length === 0) {
      const named = cited.find((fact) => TOLD.has(fact.kind) && !saidInProse(fact, { need, met }));
      if (read.verdict !== 'supported' || !named) continue;
      return { ...read, verdict: 'unverified', checks: [...read.checks, unknown('entity', `${named.name} names it, and does not say so`)] };
    }
    const held = own.map((fact) => saysOf(fact, need));
    const now = !NOT_NOW.test(read.text) && !DATED.test(read.text) && personsIn(read.text).length === 0;
    const standing = standingOf(facts, need).met;
    if (read.verdict === 'supported' && held.includes(met) && now && standing === undefined)
      return { ...read, verdict: 'unverified', checks: [...read.checks, unknown('entity', 'other entries say otherwise')] };
    if (read.verdict === 'supported' && !held.includes(met)) {
      const against = now && standing === !met && held.includes(!met);
      const found = (against ? fail : unknown)(against ? 'negation' : 'entity', `the record says ${shown(own)}`);
      return { ...read, verdict: against ? 'contradicted' : 'unverified', checks: [...read.checks, found] };
    }
    const others = cited.some((fact) => fact.kind !== 'patient' && !speaksOf(fact, need));
    if (read.verdict === 'contradicted' && !others && held.includes(met)) {
      const checks = read.checks.map((check) =>
        check.outcome === 'fail' && check.name !== 'subject' ? { ...check, outcome: 'unknown' as const } : check,
      );
      if (checks.some(({ outcome }) => outcome === 'fail')) continue;
      return { ...read, verdict: 'unverified', checks: [...checks, unknown('entity', `the record says ${shown(own)}`)] };
    }
  }
  return read;
}

/** Concepts of the needs that a sentence speaks of: what a search for evidence must look at as well. */
export const needConcepts = (text: string): readonly string[] => [
  ...new Set(needsSaid(text).flatMap(({ need }) => [domainOf(need), 'social/needs'])),
];

/** Entries that speak of those needs, whatever they are coded as. */
export function needEntries(text: string, facts: readonly Fact[]): readonly string[] {
  const said = needsSaid(text);
  if (said.length === 0) return [];
  return [...new Set(facts.filter((fact) => said.some(({ need }) => speaksOf(fact, need))).map(({ id }) => id))];
}
