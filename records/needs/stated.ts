/** What the entries of a record say of a person's social needs, and how they stand now. */
import type { Fact } from '../contract.ts';
import { domainOf, followsFrom, type Need, needsSaid, type Standing } from './words.ts';

const HELD: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>(['social', 'survey', 'problem']);
const NOT_SO: ReadonlySet<string> = new Set(['refuted', 'unconfirmed', 'planned', 'cancelled', 'missed', 'entered-in-error']);

const ENDED: ReadonlySet<string> = new Set(['resolved', 'inactive', 'remission']);

/** Questions of which the answers name what could not be got. */
const UNMET_LIST = /\b(?:unable to get|could not get)\b/i;
const LISTED: readonly (readonly [RegExp, Need])[] = [
  [/^food\b/i, 'food-security'],
  [/^clothing\b/i, 'clothing-enough'],
  [/^utilit(?:y|ies)\b/i, 'utilities-enough'],
  [/^child ?care\b/i, 'childcare-enough'],
  [/^(?:medicine|health ?care)\b/i, 'care-enough'],
  [/^phone\b/i, 'phone-enough'],
];
const YES = /^(?:yes|true|y|often true|sometimes true|at risk|already shut off)(?![\p{L}\p{N}])/iu;
const NO = /^(?:no|false|n|never|never true|no risk|none|not at risk)(?![\p{L}\p{N}])(?!\/)/iu;
/** "No" to having been kept away by a lack of it: there was no trouble for want of it, which does not say that the person has it. */
const ENOUGH: Partial<Record<Need, Need>> = { transport: 'transport-need' };
const NOT_OWN = /^(?:family |past |personal )?history\b|\bfamily history\b/i;

const unique = (said: readonly Standing[]): readonly Standing[] =>
  said.filter(({ need, met }, at) => said.findIndex((other) => other.need === need && other.met === met) === at);

/** What an entry says by its own words, whatever its state: an ended one said it of its time. */
export function needsStated(fact: Fact): readonly Standing[] {
  const there = known.get(fact);
  if (there) return there;
  const read = readNeeds(fact);
  known.set(fact, read);
  return read;
}

const known = new WeakMap<Fact, readonly Standing[]>();

function readNeeds(fact: Fact): readonly Standing[] {
  if (!HELD.has(fact.kind) || fact.negated || NOT_SO.has(fact.status) || fact.part !== undefined) return [];
  const names = [fact.name, ...fact.names];
  if (fact.kind === 'problem') return names.some((name) => NOT_OWN.test(name)) ? [] : unique(names.flatMap((name) => needsSaid(name)));
  if (fact.value === undefined || fact.value.type === 'quantity' || fact.value.type === 'range') return [];
  const value = fact.value.type === 'boolean' ? (fact.value.value ? 'yes' : 'no') : fact.value.text.trim();
  if (names.some((name) => UNMET_LIST.test(name)))
    return LISTED.flatMap(([words, need]) => (words.test(value) ? [{ need, met: false }] : []));
  const [yes, no] = [YES.test(value), NO.test(value)];
  if (!yes && !no) return unique(needsSaid(value.replace(/\([^)]*\)/g, ' ')));
  // As it was asked, before the name that the tables give it.
  const asked = [...fact.names, fact.name].map((name) => needsSaid(name)).find((said) => said.length > 0)?.[0];
  if (!asked) return [];
  if (yes) return [{ need: asked.need, met: asked.met }];
  return [{ need: (asked.met ? undefined : ENOUGH[asked.need]) ?? asked.need, met: !asked.met }];
}

/** Whether the entry speaks of the need's domain at all. */
export const speaksOf = (fact: Fact, need: Need): boolean =>
  HELD.has(fact.kind) &&
  (fact.concepts.includes(domainOf(need)) || needsStated(fact).some((stated) => domainOf(stated.need) === domainOf(need)));

/** What the entry says of this very need: that it is met, that it is not, or nothing that decides it. */
export function saysOf(fact: Fact, need: Need): boolean | undefined {
  const said = new Set(
    needsStated(fact)
      .flatMap(followsFrom)
      .filter((one) => one.need === need)
      .map(({ met }) => met),
  );
  return said.size === 1 ? [...said][0] : undefined;
}

export interface StandingNow {
  /** Undefined: the record does not decide it. */
  readonly met: boolean | undefined;
  /** The entries that say so, newest first; undecided: those that speak of it. */
  readonly facts: readonly Fact[];
}

/** Those that say it of this very need, where there are any, before those from which it follows. */
function outright(facts: readonly Fact[], need: Need): readonly Fact[] {
  const own = facts.filter((fact) => needsStated(fact).some((stated) => stated.need === need));
  return own.length > 0 ? own : facts;
}

const newest = (a: Fact, b: Fact): number => (b.date ?? '').localeCompare(a.date ?? '');

/**
 * How the need stands by these entries. Problems that are active say how it is, unless an answer after they were recorded says otherwise; else the
 * newest answers do. A lack that has ended says that it is no more, where nothing newer does.
 */
export function standingOf(facts: readonly Fact[], need: Need): StandingNow {
  const spoken = facts.filter((fact) => speaksOf(fact, need)).sort(newest);
  const sides = (list: readonly Fact[], met: boolean): readonly Fact[] => list.filter((fact) => saysOf(fact, need) === met);
  const active = spoken.filter((fact) => fact.kind === 'problem' && fact.status === 'active' && saysOf(fact, need) !== undefined);
  const answers = spoken.filter((fact) => fact.kind !== 'problem' && saysOf(fact, need) !== undefined);
  const day = answers[0]?.date?.slice(0, 10);
  const latest = answers.filter(({ date }) => date?.slice(0, 10) === day);
  const open: StandingNow = { met: undefined, facts: spoken };
  if (active.length > 0) {
    const met = saysOf(active[0]!, need)!;
    const since = active.map((fact) => fact.recorded ?? fact.date ?? '').sort()[0]!;
    const against = [...sides(active, !met), ...sides(latest, !met).filter(({ date }) => (date ?? '') >= since)];
    return against.length > 0 ? open : { met, facts: outright([...sides(active, met), ...sides(latest, met)], need) };
  }
  const over = spoken.filter((fact) => fact.kind === 'problem' && ENDED.has(fact.status) && saysOf(fact, need) === false);
  if (latest.length > 0) {
    const met = saysOf(latest[0]!, need)!;
    if (sides(latest, !met).length > 0) return open;
    return !met && over.some(({ end }) => end === undefined || end >= (day ?? ''))
      ? open
      : { met, facts: outright(sides(latest, met), need) };
  }
  return over.length > 0 ? { met: true, facts: over } : open;
}
