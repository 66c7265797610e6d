/** "All of them", "both", "every year", "each visit": said of every entry of a thing, so every entry must state it. */
import { fail, type Pool, pass, type SeriesResult, unknown } from '../checks/contract.ts';
import { within } from '../checks/series.ts';
import type { Assertion } from '../reading/assertions.ts';
import type { Candidate, Constraint, World } from './world.ts';

const EVERY =
  /^(?:all|every|each|all of|all of the|every single|both|both of|always|consistently|every time|each time|without exception|invariably)$/i;
const YEARLY = /\b(?:every|each)\s+(?:single\s+)?(?:calendar\s+)?(?:year|winter|fall|autumn|spring|season)\b/i;
const EACH_TIME =
  /\b(?:every|each|all(?: of)?(?: the| her| his| these)?)\s+(?:single\s+)?(?:follow-?up\s+)?(?:visits?|check-?ups?|appointments?|encounters?|months?|weeks?|times?|occasions?|tests?|measurements?)\b/i;

const LASTING = new Set(['problem', 'medication', 'allergy', 'coverage', 'care-plan', 'care-team', 'device', 'goal']);

const severalNamed = (assertion: Assertion, cueAt: number): boolean =>
  (assertion.text.match(/\b(?:19|20)\d\d\b/g) ?? []).length > 1 || / and | & |\+/.test(assertion.text.slice(0, cueAt));

const happened = ({ fact }: Candidate): boolean => !fact.negated && !['cancelled', 'missed', 'refuted', 'planned'].includes(fact.status);

/** What is said of all of them, where it is; a search must show that these are all. */
export function everyOne(assertion: Assertion, pool: Pool, constraints: readonly Constraint[], world: World): SeriesResult | undefined {
  const cue = assertion.cues.find((one) => one.type === 'order' && (one.sense === 'all' || one.sense === 'always') && EVERY.test(one.text));
  if (!cue || assertion.heads.length !== 1 || assertion.quantities.some((said) => said.role === 'count' || said.role === 'of'))
    return undefined;
  // "A and B, both as needed", "both given, in 2013 and 2014": the two are named one by one.
  if (/^both/i.test(cue.text) && severalNamed(assertion, cue.start)) return undefined;
  const visits = pool.head.concepts.some((concept) => /^section\/visits/.test(concept.id));
  if (visits && /(?:^|\s)(?:at|on|during|in)(?:\s|$)/.test(pool.head.lead ?? '')) return undefined;
  const ids = new Set<string>();
  const whole = pool.candidates.filter((candidate) => {
    if (!happened(candidate) || ids.has(candidate.fact.id)) return false;
    ids.add(candidate.fact.id);
    return true;
  });
  const open = (reason: string): SeriesResult => ({ checks: [unknown('number', reason)], ids: [], candidates: [] });
  if (!pool.search) return open(`the evidence is no complete search for ${pool.name}, so it does not tell of "${cue.text}"`);
  if (YEARLY.test(assertion.text)) return everyYear(assertion, pool, whole, world);
  if (EACH_TIME.test(assertion.text) && !visits)
    return open(`whether it was so "${/(?:\b(?:every|each|all).*)/i.exec(assertion.text)?.[0] ?? cue.text}" is not decided`);
  if (
    /\b(?:every|each)\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|winter|\d|two|three|four|five|six|eight|ten|twelve|other|few)/i.test(
      assertion.text,
    )
  )
    return open(`whether it was so "${cue.text}" time is not decided`);
  // "Has always had insurance" is said of all the time between the entries, not of each of them.
  if (cue.sense === 'always' && whole.some(({ fact }) => LASTING.has(fact.kind)))
    return open(`whether it was so "${cue.text}" is not told by the entries`);
  const says =
    assertion.times.length +
      assertion.quantities.length +
      assertion.reasons.length +
      assertion.reactions.length +
      assertion.literals.length +
      assertion.words.length +
      assertion.at.length >
      0 ||
    assertion.cues.some((one) => one.type === 'status' && one.sense !== 'has') ||
    assertion.cues.some((one) => ['flag', 'visit', 'side', 'route', 'frequency'].includes(one.type));
  if (!says || pool.head.implied) return open(`what is said of "${cue.text}" is not decided`);
  if (/^both/i.test(cue.text) && whole.length !== 2) return open(`the record holds ${whole.length} of ${pool.name}, not two`);
  for (const candidate of whole) {
    for (const constraint of constraints) {
      const tested = constraint.test(candidate);
      if (tested.outcome === 'pass') continue;
      // "In 2013, 2014 and 2017, all viral": each of the dates is that of one of them.
      const ofOne = constraint.check === 'date' && (assertion.text.slice(0, cue.start).match(/\b(?:19|20)\d\d\b/g) ?? []).length > 1;
      return {
        checks: [
          tested.outcome === 'fail' && !ofOne
            ? fail(constraint.check, `not so of every one: ${tested.reason}`)
            : unknown(constraint.check, tested.reason),
        ],
        ids: candidate.ids,
        candidates: [candidate],
      };
    }
  }
  return {
    checks: [pass('number', `true of all ${whole.length} recorded`)],
    ids: whole.flatMap((candidate) => candidate.ids).slice(0, 6),
    candidates: whole,
  };
}

/** A year without an entry, from the first year meant to the last, makes "every year" untrue. The present year may still be empty. */
function everyYear(assertion: Assertion, pool: Pool, whole: readonly Candidate[], world: World): SeriesResult | undefined {
  const years = new Set(whole.flatMap(({ fact }) => (fact.date ? [Number(fact.date.slice(0, 4))] : [])));
  const open = (reason: string): SeriesResult => ({ checks: [unknown('date', reason)], ids: [], candidates: [] });
  if (years.size === 0) return open(`the record gives no dates for ${pool.name}`);
  if (assertion.times.length > 1 || assertion.words.length > 0) return open('what is said of every year is not decided');
  const [said] = assertion.times;
  if (said && !['since', 'between', 'after', 'within', 'for', 'until'].includes(said.time.relation))
    return open(`"${said.time.text}" names no span of years`);
  const patient = world.context.patient;
  const now = Number((typeof patient?.deceased === 'string' ? patient.deceased : world.context.now).slice(0, 4));
  const from = said?.time.from ? Number(said.time.from.slice(0, 4)) : Math.min(...years);
  const to = said?.time.to ? Math.min(now, Number(said.time.to.slice(0, 4))) : now - 1;
  const inside = said ? within({ ...assertion, times: [], cues: [] }, { ...pool, candidates: whole }, world) : whole;
  if (said?.time.relation === 'for' || !inside) return open(`"${said?.time.text}" names no span of years`);
  for (let year = from; year <= to; year += 1)
    if (!years.has(year))
      return {
        checks: [fail('date', `the record holds no ${pool.name} of ${year}`)],
        ids: pool.search ? [pool.search] : [],
        candidates: [],
      };
  return { checks: [pass('date', `one in every year from ${from} to ${to}`)], ids: pool.search ? [pool.search] : [], candidates: whole };
}
