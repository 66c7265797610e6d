/** What contradicts must be sure: a check that fails on a reading that is not certain is left open. */
import type { Check } from '../contract.ts';
import type { Assertion } from '../reading/assertions.ts';

/** What may be said of another word than the check took it for. */
export const openCheck = (check: Check): Check =>
  check.outcome === 'fail' && ['status', 'negation', 'date'].includes(check.name) ? { ...check, outcome: 'unknown' } : check;

/** Words that name nothing of which something else could be said. */
const PLAIN_VERBS = /^"(?:receiv\w*|clear\w*|prior|get|gets|undergo\w*|attend\w*|take|start|begin|stop|last|continue)"/i;

/** What is excepted from a denial is not denied. */
const EXCEPT = /\b(?:other than|except(?:ing)?(?: for)?|apart from|aside from|besides|excluding|save for|bar)\b/i;
/** A value that is said to have been put right is not the one on record. */
const CORRECTED =
  /\b(?:corrected|amended|first reported|initially reported|originally reported|erroneous(?:ly)?|h(?:a)?emoly[sz]\w+|mislabel\w+|misprint\w*)\b/i;

/** "the highest of the last ...": what it is compared with. */
const AMONG =
  /\b(?:highest|lowest|best|worst|largest|smallest|first|latest|peak|lowest|heaviest|lightest|third|second|one) (?:one |value |reading )?(?:of|among|in) (?:(?:the|her|his|their|all|these) )*(?:last|past|previous|most recent|latest|recorded|preceding)? ?$/i;
/** A number with a name of its own and what belongs to it behind a colon. */
const COUNTED_NEXT =
  /^ (?:(?:\w+ )?(?!times|episodes?|occasions?|values?|readings?|results?|measurements?|entries|attacks?|doses?|shots?|visits?|prescriptions?|orders?)[a-z]{4,})\s*(?::|\(|–|—)/i;

/** A reading of another place is none of those on record. */
const ELSEWHERE =
  /\b(?:at home|home (?:readings?|bp|monitor\w*|measurements?|checks?)|at (?:the|a) (?:pharmacy|chemist|gym)|self-measured|wearable|smartwatch)\b/i;

/**
 * What contradicts must be sure. Where a word of the stretch is not understood, a denial, a state, a date or a count may belong to that word;
 * a count right before a later name, or a number in a unit of another kind beside one that holds, is of something else.
 */
export function surely(checks: readonly Check[], assertion: Assertion, all: readonly Assertion[], text: string): readonly Check[] {
  const unread = checks.some(
    (check) =>
      check.name === 'overlap' &&
      check.outcome === 'unknown' &&
      /is not stated by the record/.test(check.reason) &&
      !PLAIN_VERBS.test(check.reason),
  );
  const own = Math.max(...assertion.heads.map(({ start }) => start));
  const ofAnother = assertion.quantities.some(
    (said) =>
      said.role === 'count' &&
      said.start > own &&
      all.some((other) =>
        other.heads.some(
          ({ start }) => start > said.start && /^[^,;:.()]{0,24}$/.test(text.slice(said.start + said.quantity.text.length, start)),
        ),
      ),
  );
  // "On two drugs, A and B": the two are counted, not each of them.
  const first = Math.min(...assertion.heads.map(({ start }) => start));
  const ofList = assertion.quantities.some(
    (said) =>
      said.role === 'count' &&
      said.start < first &&
      (/[,(–—]/.test(text.slice(said.start, first)) || assertion.words.some(({ start }) => start > said.start && start < first)),
  );
  // "... and four listed allergies: mould, ...", "the highest of the last five": no count of what was named before.
  const ofOthers = assertion.quantities.some(
    ({ role, start, quantity }) =>
      role === 'count' &&
      (AMONG.test(text.slice(0, start)) || (start > own && COUNTED_NEXT.test(text.slice(start + quantity.text.length)))),
  );
  const counted = (check: Check) => check.name === 'number' && /^the sentence says .* the record holds \d+ of /.test(check.reason);
  const measured = assertion.quantities.filter(({ role }) => role === 'value').length;
  const beside =
    measured > 0 &&
    all.some(
      (other) =>
        other.quantities.every((said) => !assertion.quantities.includes(said)) &&
        other.heads.some(({ start }) => assertion.heads.some((head) => head.start === start)) &&
        other.quantities.some(({ role }) => role === 'value'),
    );
  const excepted = EXCEPT.test(text) && (assertion.negated || all.some((other) => other.negated));
  const corrected = CORRECTED.test(text);
  return checks.map((check): Check => {
    if (check.outcome !== 'fail') return check;
    if (
      (excepted && check.name === 'negation') ||
      ((corrected || (unread && ELSEWHERE.test(text))) && check.name === 'number') ||
      (unread && check.name === 'trend') ||
      (unread && (openCheck(check) !== check || counted(check))) ||
      ((ofAnother || ofList || ofOthers) && counted(check)) ||
      (beside && check.name === 'unit')
    )
      return { ...check, outcome: 'unknown' };
    return check;
  });
}
