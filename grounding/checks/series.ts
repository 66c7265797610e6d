/** What is said of several facts together: counts, "never above", averages, ranges. All of it needs a complete search. */

import { substanceOf } from '../../language/analytes.ts';
import { compareFhirDates, formatDate } from '../../language/dates.ts';
import type { Fact } from '../../records/contract.ts';
import { amountOf, compares, concluding, inSeveralUnits, inUnitOf, readQuantity, sameNumber, showAmount } from '../matching/quantities.ts';
import { type Candidate, said, type World } from '../matching/world.ts';
import type { Assertion, SaidQuantity } from '../reading/assertions.ts';
import { sameValue } from '../reading/values.ts';
import { type CheckPart, fail, type Pool, pass, type SeriesResult, unknown } from './contract.ts';
import { looselyCounted } from './counted-entries.ts';
import { countedValues } from './counted-values.ts';
import { testFlag, testLimit, testValue } from './number.ts';
import { reasonMatches } from './overlap.ts';
import { testTime } from './said-time.ts';
import { failedSo } from './status.ts';

const NOT_HAD = new Set<Fact['status']>(['cancelled', 'missed', 'refuted']);

/** Candidates inside the time, state and reason that the sentence speaks of; `undefined` where that cannot be told for one of them. */
export function within(assertion: Assertion, pool: Pool, world: World): readonly Candidate[] | undefined {
  const found: Candidate[] = [];
  for (const candidate of concluding(pool.candidates)) {
    const { fact } = candidate;
    let inside = true;
    for (const saidTime of assertion.times) {
      const relation = saidTime.time.relation;
      const open = { ...saidTime, role: 'window' as const };
      const tested = relation === 'since' || relation === 'until' ? testOpen(open, fact) : testTime(open, fact, assertion, world).outcome;
      if (tested === 'unknown') return undefined;
      if (tested !== 'pass') inside = false;
    }
    for (const cue of assertion.cues) {
      if (cue.type !== 'status') continue;
      if (
        ['current', 'has', 'takes'].includes(cue.sense) &&
        ['problem', 'medication', 'allergy', 'care-plan'].includes(fact.kind) &&
        fact.status !== 'active'
      )
        inside = false;
      if (['ended', 'resolved', 'stopped'].includes(cue.sense) && !['inactive', 'resolved', 'stopped', 'completed'].includes(fact.status))
        inside = false;
      if (cue.sense === 'planned' && fact.status !== 'planned') inside = false;
      // "Missed six appointments": those that were kept are not counted.
      if (cue.sense === 'cancelled' && !cue.negated && !(fact.negated || NOT_HAD.has(fact.status)) && fact.kind === 'appointment')
        inside = false;
      if (cue.sense === 'cancelled' && !cue.negated && !failedSo(cue.text, fact)) inside = false;
    }
    if (fact.negated || fact.status === 'cancelled' || fact.status === 'missed' || fact.status === 'refuted')
      inside = inside && said(assertion, 'status', 'cancelled');
    for (const mention of assertion.reasons) if (!reasonMatches(mention, fact.reasons, world.terminology)) inside = false;
    if (inside) found.push(candidate);
  }
  return found;
}

function testOpen(saidTime: Assertion['times'][number], fact: Fact): 'pass' | 'fail' | 'unknown' {
  const { time } = saidTime;
  if (!fact.date) return 'unknown';
  const day = fact.date.slice(0, 10);
  if (time.from && day < time.from.slice(0, Math.max(4, day.length))) return 'fail';
  if (time.to && day > time.to.slice(0, 10)) return 'fail';
  return 'pass';
}

const distinctIds = (candidates: readonly Candidate[]): readonly string[] => [...new Set(candidates.flatMap((candidate) => candidate.ids))];

function counted(saidQuantity: SaidQuantity, count: number): boolean {
  const { quantity, op } = saidQuantity;
  if (op) return compares(count, op, quantity.value);
  return quantity.comparator === '~' ? Math.abs(count - quantity.value) <= Math.max(1, count * 0.1) : count === quantity.value;
}

/** "Twice a month" is how often, not how many. */
const HOW_OFTEN =
  /^\s*(?:times?\s+)?(?:an?|per|each|every|\/)\s*(?:day|night|week|fortnight|month|quarter|year|hour)s?\b|^\s*(?:times?\s+)?(?:daily|weekly|monthly|yearly|annually)\b/i;

/** Findings of which one entry may mean several. */
const LESIONS =
  /\b(?:polyps?|nodules?|stones?|calcul(?:us|i)|lesions?|cysts?|ulcers?|moles?|nevi|warts?|fibroids?|tumou?rs?|metastas[ei]s|plaques?|adenomas?|nodes?|wounds?|abscess(?:es)?|blisters?|aneurysms?|papules?|keratos[ei]s|burns?)\b/i;

/** How often a drug was given, which one order does not tell. */
const GIVEN_TIMES = /\b(?:given|administered|received|injected|infused|had|got|shots?|injections?|jabs?|infusions?|doses?|cycles?)\b/i;
const FINISHED = /\b(?:finish|complet)(?:ed|es|ing)?\b/i;
const EPISODES =
  /\b(?:episodes?|bouts?|attacks?|flare-?ups?|exacerbations?|times?|occasions?|occurrences?|instances?|once|twice|thrice|entr(?:y|ies)|orders?|prescriptions?|courses?)\b/i;

/** "Two antihypertensives", "three diagnoses": different ones, however often each is entered. Of one thing its episodes are counted. */
function byName(assertion: Assertion, pool: Pool, meeting: readonly Candidate[]): boolean {
  if (EPISODES.test(assertion.text)) return false;
  const kind = meeting[0]?.fact.kind;
  if (kind === 'medication') return true;
  return (
    kind === 'problem' &&
    (pool.head.concepts.every((concept) => concept.kind === 'section') || new Set(meeting.map(({ fact }) => fact.concepts[0])).size > 1)
  );
}

function countSeries(assertion: Assertion, pool: Pool, world: World, counts: readonly SaidQuantity[]): SeriesResult {
  const scoped = within(assertion, pool, world);
  const none = { ids: [], candidates: [] };
  if (!pool.search)
    return { checks: [unknown('number', `the evidence is no complete search for ${pool.name}, so it cannot be counted`)], ...none };
  if (!scoped) return { checks: [unknown('date', `not every ${pool.name} is dated well enough to be counted`)], ...none };
  const limits = assertion.quantities.filter((other) => other.role === 'threshold');
  const flags = assertion.cues.filter((cue) => cue.type === 'flag');
  const whole = scoped.filter(
    ({ fact }) =>
      fact.part === undefined || !scoped.some((other) => other.fact.id === fact.id && other.fact.part === undefined) || limits.length > 0,
  );
  const meeting = whole.filter(
    ({ fact }) =>
      limits.every((limit) => testLimit(limit, fact).outcome === 'pass') &&
      flags.every((flag) => testFlag(flag, fact).outcome === 'pass') &&
      assertion.literals.every((literal) => fact.value && sameValue(literal.value, fact.value.text)),
  );
  if (flags.length > 0 && whole.some(({ fact }) => fact.flag === undefined))
    return { checks: [unknown('number', `not every ${pool.name} has a flag or reference range in the record`)], ...none };
  const resources = distinctIds(meeting).length;
  const names = new Set(meeting.map(({ fact }) => fact.concepts[0])).size;
  const days = new Set(meeting.map(({ fact }) => fact.date?.slice(0, 10) ?? fact.id)).size;
  const total = distinctIds(whole).length;
  // Several entries of one thing and day may be told as one; two drugs or vaccines of a day are two.
  const repeated = names === 1 && !/^(?:visit|medication|problem|allergy)$/.test(meeting[0]?.fact.kind ?? 'visit');
  const loose = looselyCounted(assertion, pool, meeting, counted, world.terminology);
  const checks = counts.map((saidQuantity) => {
    const open = saidQuantity.role === 'of' ? undefined : loose(saidQuantity);
    if (open) return open;
    if (HOW_OFTEN.test(assertion.text.slice(saidQuantity.quantity.end)) && meeting.every(({ fact }) => fact.kind !== 'medication'))
      return unknown('number', `how often ("${saidQuantity.quantity.text}") is not stated by the record`);
    if (saidQuantity.role === 'of')
      return counted(saidQuantity, total)
        ? pass('number', `${total} in all`)
        : fail('number', `the sentence says ${saidQuantity.quantity.text} in all, the record holds ${total}`);
    const ok =
      counted(saidQuantity, resources) ||
      (limits.length === 0 && byName(assertion, pool, meeting) && counted(saidQuantity, names)) ||
      (repeated && days < resources && counted(saidQuantity, days) && total === resources);
    // "Finished HPV x3 in January": the last of three was given then.
    const inAll =
      FINISHED.test(assertion.text) &&
      pool.candidates[0]?.fact.kind === 'immunization' &&
      resources > 0 &&
      counted(saidQuantity, distinctIds(pool.candidates.filter(({ fact }) => !fact.negated)).length);
    if (!ok && inAll) return unknown('number', `the record holds ${resources} there, ${saidQuantity.quantity.value} in all`);
    const many = pool.head.concepts.some(({ name }) => LESIONS.test(name)) || LESIONS.test(pool.head.text);
    if (!ok && many && resources > 0 && saidQuantity.quantity.value > resources && meeting.every(({ fact }) => fact.kind === 'problem'))
      return unknown('number', `the record holds ${resources} of ${pool.name}, which may tell of several`);
    if (!ok && GIVEN_TIMES.test(assertion.text) && meeting.length > 0 && meeting.every(({ fact }) => fact.kind === 'medication'))
      return unknown('number', `the record holds ${resources} of ${pool.name}, which may each have been given several times`);
    return ok
      ? pass('number', `the record holds ${resources}`)
      : fail('number', `the sentence says ${saidQuantity.quantity.text}, the record holds ${resources} of ${pool.name}`);
  });
  const dates = assertion.dates ?? [];
  const fitting = meeting.filter(({ fact }) => dates.some((said) => testTime(said, fact, assertion, world).outcome === 'pass'));
  // "Two colonoscopies, in 2014 and 2015" may count those of these years alone.
  const among = dates.length > 0 && counts.every((said) => said.role === 'count' && counted(said, distinctIds(fitting).length));
  return {
    checks: [
      ...(among ? checks.map((check) => (check.outcome === 'fail' ? unknown('number', check.reason) : check)) : checks),
      ...listChecks(dates, counts, assertion, meeting, pool, world),
      ...countedValues(assertion, pool, meeting, world),
    ],
    ids: distinctIds(meeting),
    candidates: meeting,
  };
}

/** Each date of the row is that of one of them; as many dates as things: each of another one. */
function listChecks(
  dates: Assertion['times'],
  counts: readonly SaidQuantity[],
  assertion: Assertion,
  meeting: readonly Candidate[],
  pool: Pool,
  world: World,
): SeriesResult['checks'] {
  const left = [...meeting];
  const each = counts.some((said) => said.quantity.value === dates.length);
  return dates.map((said) => {
    const tests = left.map((candidate) => ({ candidate, tested: testTime(said, candidate.fact, assertion, world) }));
    const hit = tests.find(({ tested }) => tested.outcome === 'pass');
    if (hit) {
      if (each) for (const other of [...left]) if (other.fact.id === hit.candidate.fact.id) left.splice(left.indexOf(other), 1);
      return pass('date', `the date ${said.time.text} is as said`);
    }
    const open = tests.find(({ tested }) => tested.outcome === 'unknown');
    if (open) return unknown('date', open.tested.reason);
    const recorded = [...new Set(meeting.map(({ fact }) => fact.date).filter((date) => date !== undefined))].sort(compareFhirDates);
    return fail(
      'date',
      `the sentence says "${said.time.text}", the record holds ${pool.name} on ${recorded.map(formatDate).slice(-6).join(', ') || 'no date'}`,
    );
  });
}

/** "never above 130", "always normal", "all above 100": every one of them, or none. */
function everySeries(said: Assertion, pool: Pool, world: World, never: boolean): SeriesResult | undefined {
  // "Never above 130, the latest 118": the limit is said of all of them, the value of one.
  const ends = said.cues.some((cue) => cue.type === 'order' && /^(?:latest|first|previous|highest|lowest)$/.test(cue.sense));
  const limited = said.quantities.some(({ role }) => role === 'threshold') || said.cues.some((cue) => cue.type === 'flag');
  const apart = limited && (never || ends) && said.quantities.some(({ role }) => role === 'value');
  const assertion = apart ? { ...said, quantities: said.quantities.filter(({ role }) => role !== 'value') } : said;
  const found = everyOne(assertion, pool, world, never);
  if (!found || !apart) return found;
  return { ...found, checks: [...found.checks, ...countedValues(said, pool, found.candidates, world)] };
}

function everyOne(assertion: Assertion, pool: Pool, world: World, never: boolean): SeriesResult | undefined {
  const limits = assertion.quantities.filter((other) => other.role === 'threshold');
  const flags = assertion.cues.filter((cue) => cue.type === 'flag');
  const values = assertion.quantities.filter((other) => other.role === 'value');
  if (limits.length + flags.length + values.length + assertion.literals.length === 0) return undefined;
  if (!never && pool.candidates.every(({ fact }) => fact.kind === 'medication')) return undefined;
  if (!pool.search)
    return { checks: [unknown('negation', `the evidence is no complete search for ${pool.name}`)], ids: [], candidates: [] };
  const scoped = within(assertion, pool, world)?.filter(
    ({ fact }) => fact.value !== undefined && (amountOf(fact) || assertion.literals.length > 0),
  );
  if (!scoped || scoped.length === 0)
    return { checks: [unknown('number', `the record holds no numbers of ${pool.name} for that`)], ids: [], candidates: [] };
  if ([...limits, ...values].some(({ quantity }) => quantity.unit === undefined) && inSeveralUnits(scoped.map(({ fact }) => fact)))
    return { checks: [unknown('unit', `${pool.name} is recorded in several units`)], ids: [], candidates: [] };
  for (const candidate of scoped) {
    const tests = [
      ...limits.map((limit) => testLimit(limit, candidate.fact)),
      ...flags.map((flag) => testFlag({ ...flag, negated: false }, candidate.fact)),
      ...values.map((value) => testValue(value, candidate.fact, world)),
      ...assertion.literals.map((literal) => ({
        outcome: sameValue(literal.value, candidate.fact.value?.text ?? '') ? ('pass' as const) : ('fail' as const),
        reason: `the record says ${candidate.fact.value?.text}`,
      })),
    ];
    const undecided = tests.find((tested) => tested.outcome === 'unknown');
    if (undecided) return { checks: [unknown('number', undecided.reason)], ids: [], candidates: [] };
    const holds = tests.every((tested) => tested.outcome === 'pass');
    if (holds === never)
      return {
        checks: [
          fail(
            never ? 'negation' : 'number',
            `not so: ${candidate.fact.value?.text}${candidate.fact.date ? ` on ${candidate.fact.date.slice(0, 10)}` : ''}`,
          ),
        ],
        ids: candidate.ids,
        candidates: [candidate],
      };
  }
  return { checks: [pass('number', `true of all ${scoped.length} recorded`)], ids: distinctIds(scoped), candidates: scoped };
}

/** "All results are between 5.8 and 6.2": two limits that each of them keeps, as far as they are written out. */
function boundsOf(assertion: Assertion): Assertion | undefined {
  const range = assertion.quantities.find((other) => other.role === 'range' && other.quantity.second !== undefined);
  if (!range || !/between|within|from/i.test(assertion.text)) return undefined;
  const half = 0.5 * 10 ** -range.quantity.decimals;
  const limit = (value: number, op: '>=' | '<='): SaidQuantity => ({
    ...range,
    role: 'threshold',
    op,
    quantity: { ...range.quantity, form: 'single', value },
  });
  return {
    ...assertion,
    cues: assertion.cues.filter((cue) => !(cue.type === 'order' && cue.sense === 'range')),
    quantities: [
      ...assertion.quantities.filter((other) => other !== range),
      limit(range.quantity.value - half, '>='),
      limit(range.quantity.second! + half, '<='),
    ],
  };
}

function aggregate(assertion: Assertion, pool: Pool, world: World, kind: 'mean' | 'median' | 'range'): SeriesResult | undefined {
  const wanted = assertion.quantities.filter(
    (other) => other.role === 'value' || other.role === 'range' || other.role === 'to' || other.role === 'from',
  );
  if (wanted.length === 0) return undefined;
  if (!pool.search) return { checks: [unknown('number', `the evidence is no complete search for ${pool.name}`)], ids: [], candidates: [] };
  const spans =
    assertion.times.length > 0 &&
    kind === 'range' &&
    (assertion.times.every((said) => said.time.precision === 'day' && said.time.relation === 'on') || wanted.length > 1);
  const scoped = (spans ? concluding(pool.candidates) : within(assertion, pool, world))?.filter(({ fact }) => amountOf(fact));
  if (!scoped || scoped.length === 0)
    return { checks: [unknown('number', `the record holds no numbers of ${pool.name} for that`)], ids: [], candidates: [] };
  if (wanted.some(({ quantity }) => quantity.unit === undefined) && inSeveralUnits(scoped.map(({ fact }) => fact)))
    return { checks: [unknown('unit', `${pool.name} is recorded in several units`)], ids: [], candidates: [] };
  const checks = [];
  for (const { quantity: written, role } of wanted) {
    const quantity = readQuantity(written);
    const values: number[] = [];
    let digits = 0;
    for (const { fact } of scoped) {
      const placed = inUnitOf(quantity, amountOf(fact)!, substanceOf(fact.concepts));
      if (typeof placed !== 'object')
        return {
          checks: [
            placed === 'differs'
              ? fail('unit', `the record gives ${showAmount(amountOf(fact)!)}`)
              : unknown('unit', `the record gives ${showAmount(amountOf(fact)!)}`),
          ],
          ids: [],
          candidates: [],
        };
      values.push(placed.value);
      digits = Math.max(digits, quantity.decimals);
    }
    const sorted = [...values].sort((a, b) => a - b);
    const [low, high] = [sorted[0]!, sorted.at(-1)!];
    const hedged = quantity.comparator === '~';
    const numbersWritten = quantity.text.match(/\d[\d,]*(?:\.\d+)?/g) ?? [];
    const decimalsOf = (i: number) =>
      quantity.form === 'range' ? (/\.(\d+)$/.exec(numbersWritten[i] ?? '')?.[1]?.length ?? 0) : quantity.decimals;
    const near = (value: number, recorded: number, i = 0) => sameNumber(value, decimalsOf(i), recorded, hedged, 0.0005);
    if (kind === 'range') {
      const ok =
        quantity.form === 'range'
          ? near(quantity.value, low) && near(quantity.second ?? Number.NaN, high, 1)
          : role === 'from'
            ? near(quantity.value, low)
            : near(quantity.value, high) || near(quantity.value, low);
      checks.push(
        ok
          ? pass('number', `${low} to ${high} in the record`)
          : fail('number', `the sentence says ${quantity.text}, the record ranges from ${round(low)} to ${round(high)}`),
      );
    } else {
      const middle = kind === 'mean' ? values.reduce((sum, value) => sum + value, 0) / values.length : median(sorted);
      checks.push(
        near(quantity.value, middle)
          ? pass('number', `the ${kind} is ${round(middle)}`)
          : fail('number', `the sentence says ${quantity.text}, the ${kind} of the ${values.length} recorded is ${round(middle)}`),
      );
    }
  }
  return { checks, ids: distinctIds(scoped), candidates: scoped };
}

const median = (sorted: readonly number[]): number =>
  sorted.length % 2 ? sorted[(sorted.length - 1) / 2]! : (sorted[sorted.length / 2 - 1]! + sorted[sorted.length / 2]!) / 2;
const round = (value: number): string => String(Number(value.toPrecision(4)));

export const series: CheckPart = {
  counts: true,
  series(assertion, pool, world) {
    if (assertion.negated || assertion.noLonger || assertion.cues.some((cue) => cue.type === 'negated-literal')) return undefined;
    const trending = assertion.cues.some((cue) => cue.type === 'trend');
    const counts = assertion.quantities.filter(
      (other) =>
        (other.role === 'count' || other.role === 'of') &&
        (other.quantity.unit === undefined || other.quantity.ucum === '{times}' || other.quantity.ucum === '{dose}'),
    );
    const never = said(assertion, 'order', 'never') || assertion.cues.some((cue) => cue.type === 'order' && cue.sense === 'none');
    // "does not smoke and never has": the one denial does not undo the other.
    const denial =
      assertion.literals.length > 0 &&
      assertion.literals.every(
        (literal) => /^(?:tobacco\/(?:never|not-now))$/.test(literal.value) || /\b(?:non|not|never|no)\b|n't/i.test(literal.text),
      );
    if (never && denial)
      return everySeries(
        {
          ...assertion,
          literals: assertion.literals.map((literal) =>
            literal.value.startsWith('tobacco/') ? { ...literal, value: 'tobacco/never' } : literal,
          ),
        },
        pool,
        world,
        false,
      );
    if (never) return everySeries(assertion, pool, world, true);
    const extreme = said(assertion, 'order', 'highest') || said(assertion, 'order', 'lowest');
    const all = !extreme && (said(assertion, 'order', 'always') || (said(assertion, 'order', 'all') && assertion.heads.length === 1));
    const stays = /\b(?:stay|remain|ke(?:ep|pt)|held)(?:s|ed|ing)?\b[^.;,]*$/i;
    // "has been over 100 since 2018" is said of all that time as well.
    const since = assertion.times.some(({ time }) => time.relation === 'since' || time.relation === 'for');
    const throughout = assertion.quantities.some(
      (other) => other.role === 'threshold' && (since || stays.test(assertion.text.slice(0, other.start))),
    );
    if ((all || throughout) && counts.length === 0) {
      const every = everySeries(assertion, pool, world, false);
      if (every) return every;
    }
    if (trending) return undefined;
    if (said(assertion, 'order', 'mean')) return withCounts(aggregate(assertion, pool, world, 'mean'), assertion, pool, world, counts);
    if (said(assertion, 'order', 'median')) return withCounts(aggregate(assertion, pool, world, 'median'), assertion, pool, world, counts);
    const bounds = all && !trending && counts.length === 0 ? boundsOf(assertion) : undefined;
    if (bounds) return everySeries(bounds, pool, world, false);
    if (
      pool.candidates.some(({ fact }) => fact.kind !== 'medication') &&
      (said(assertion, 'order', 'range') || assertion.quantities.some((other) => other.role === 'range')) &&
      !assertion.cues.some((cue) => cue.type === 'reference')
    )
      return withCounts(aggregate(assertion, pool, world, 'range'), assertion, pool, world, counts);
    // "once, in June 2019": once in all.
    if (
      counts.length > 0 &&
      assertion.times.length > 0 &&
      /\b(?:(?:once|twice|(?:one|two|three|four|a single) (?:times?|doses?|shots?))\s*|(?:just|only) (?:the )?(?:one|two|three|a single)\b[^,;:(]*)[,(:–—]/i.test(
        assertion.text,
      )
    ) {
      const inAll = countSeries({ ...assertion, times: [] }, pool, world, counts);
      if (inAll.checks.some((check) => check.outcome !== 'pass')) return inAll;
    }
    if (counts.length > 0) return countSeries(assertion, pool, world, counts);
    return undefined;
  },
};

function withCounts(
  result: SeriesResult | undefined,
  assertion: Assertion,
  pool: Pool,
  world: World,
  counts: readonly SaidQuantity[],
): SeriesResult | undefined {
  if (!result || counts.length === 0) return result;
  return { ...result, checks: [...result.checks, ...countCheck(assertion, pool, world)] };
}

/** The count that goes with a trend: "over 8 results". */
export function countCheck(assertion: Assertion, pool: Pool, world: World): SeriesResult['checks'] {
  const counts = assertion.quantities
    .filter((other) => other.role === 'count' && other.quantity.unit === undefined)
    .map((other) => (other.op === '>' ? { ...other, op: undefined } : other)) as readonly SaidQuantity[];
  if (counts.length === 0) return [];
  const counting: Assertion = {
    ...assertion,
    quantities: assertion.quantities.filter(({ role }) => role === 'count' || role === 'of' || role === 'threshold'),
    times: assertion.times.filter((said) => said.time.relation !== 'on'),
  };
  return countSeries(counting, pool, world, counts).checks;
}
