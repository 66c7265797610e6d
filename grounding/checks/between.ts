/** What one part of a sentence says of another: comparisons of two things, causes of death, denials that fall on what is done. */
import type { Check } from '../contract.ts';
import { dayOf, lengthOf } from '../matching/dates.ts';
import { candidatesOf, type World } from '../matching/world.ts';
import type { Assertion, Head } from '../reading/assertions.ts';
import { fail, pass, unknown } from './contract.ts';
import { reasonMatches } from './overlap.ts';
import { testTime } from './said-time.ts';

const COMPARED =
  /(?:\b(?:than|exceeds?|exceeding|exceeded|above|below|over|under|beyond|twice|double|half|outweighs?|(?:as|so) (?:high|low|much|many|often|long|old) as|equals?|matches|same as)|[<>≤≥=])\s+(?:(?:his|her|their|the|your|its|an?|most recent|latest|last|first|previous|own)\s+)*$/i;
const DIED =
  /\b(?:die[ds]?|dying|passed away|succumbed|killed|death was|death)\b(?:\s+[\w,]+){0,6}?\s*(?:of|for|from|due to|because of|caused by|secondary to|as a result of|to|after|with|by)\s+(?:(?:a|an|the|his|her|acute|sudden)\s+)*$|\bcause of death\b[^.;]*$|\b(?:fatal|lethal)\s+$/i;

/** "Epilepsy caused his death", "the stroke killed her". */
const KILLED =
  /^\s*(?:,? ?(?:which|and|then|finally|eventually) )?(?:has |had |is |was )?(?:(?:\w+ly )?(?:caused|causing|led to|leading to|brought about|resulted in|resulting in|contributed to|ended in|the cause of|responsible for|behind) (?:to )?(?:his|her|their|the|a)?\s*(?:patient's )?(?:\w+ )?(?:death|demise|passing|end)\b|(?:killed|finished|carried off) (?:him|her|them|the patient)\b|(?:proved|turned out|was) (?:fatal|lethal)\b)/i;
/** What is done about a disease that may never have been had: "screened for", "vaccinated against", "at risk of", "worried about". */
const AIMED =
  /\b(?:screen|test|monitor|check|assess|investigat|evaluat|refer|concern|worr|vaccinat|immuni[sz]|inoculat|protect|counsel|educat|prophyla|prevent|risk|watch|work(?:ed)?[ -]?up|swab|anxious|anxiety|fear|afraid|information|clinic|negative|looked|looking)\w*\s+(?:for|against|about|of|from|over|regarding|concerning)\s+(?:(?:a|an|the|his|her|possible|any)\s+)*$/i;

/** "The sinusitis of 2017 was treated with ...": a drug of another year was not for that episode. */
function treatedInTime(episode: Assertion, reason: { readonly start: number }, drug: Assertion, world: World): Check | undefined {
  if (episode.times.length === 0 || drug.times.length > 0) return undefined;
  const problem = episode.heads.find((head) => head.start === reason.start)!;
  const meant = candidatesOf(problem, episode, world).facts.filter((fact) =>
    episode.times.every((said) => testTime(said, fact, episode, world).outcome === 'pass'),
  );
  if (meant.length === 0 || meant.some((fact) => fact.status === 'active' || !fact.date)) return undefined;
  const drugs = drug.heads.flatMap((head) => candidatesOf(head, drug, world).facts);
  const near = drugs.some((fact) =>
    meant.some(
      (one) =>
        fact.date !== undefined &&
        lengthOf(dayOf(one.date!), dayOf(fact.date)) >= -3 &&
        lengthOf(dayOf(fact.date), dayOf(one.end ?? one.date!)) >= -14,
    ),
  );
  return near ? undefined : fail('date', `the record has no such treatment at the time of ${meant[0]!.name}`);
}

/** The recorded cause of death, where there is one. */
function causeOfDeath(head: Head, { facts, terminology }: World): Check {
  const recorded = facts.filter((fact) => /cause of death/i.test(fact.name) && fact.value !== undefined);
  if (recorded.length === 0) return unknown('entity', `the record gives no cause of death`);
  const says = recorded.some(({ value }) =>
    reasonMatches(head, [{ text: value!.text, concepts: terminology.byName(value!.text).map(({ id }) => id) }], terminology),
  );
  const shown = recorded.map(({ value }) => value!.text).join(', ');
  return says ? pass('entity', `the recorded cause of death is ${shown}`) : fail('entity', `the recorded cause of death is ${shown}`);
}

export function unreadBetween(assertion: Assertion, all: readonly Assertion[], text: string, world: World): readonly Check[] {
  const found: Check[] = [];
  for (const head of assertion.heads) {
    if (head.implied && !head.item) continue;
    const before = text.slice(0, head.start);
    const named = all.some((other) => other.heads.some((one) => one.start < head.start && one.concepts[0]?.id !== head.concepts[0]?.id));
    if (named && COMPARED.test(before)) found.push(unknown('trend', `what is compared with ${head.text} is not decided`));
    else if (/[<>≤≥]\s+$/.test(before)) found.push(unknown('trend', `what is compared with ${head.text} is not decided`));
    const aimed = AIMED.exec(before);
    if (aimed && candidatesOf(head, assertion, world).facts.every(({ kind }) => kind === 'problem'))
      found.push(unknown('overlap', `"${aimed[0].trim()}" does not say that ${head.text} is had, and the record states no such thing`));
    const killed = KILLED.test(text.slice(head.start + head.text.length));
    if ((DIED.test(before) || killed) && !head.concepts.every((concept) => concept.kind === 'section'))
      found.push(causeOfDeath(head, world));
    if (/\bassociated with\s+(?:(?:his|her|the|a|an)\s+)*$/i.test(before) && named)
      found.push(unknown('entity', `what ${head.text} is associated with is not decided`));
  }
  // "Neither episode was treated with ...": what is denied is the treatment, not the episode.
  for (const reason of assertion.reasons) {
    const treated = all.find(
      (other) => other !== assertion && (other.negated || other.noLonger) && other.heads.some((head) => head.start === reason.start),
    );
    const every = all.find(
      (other) =>
        other !== assertion &&
        other.heads.some((head) => head.start === reason.start) &&
        other.cues.some((cue) => cue.type === 'order' && cue.sense === 'all'),
    );
    const episode = all.find((other) => other !== assertion && other.heads.some((head) => head.start === reason.start));
    const course = episode && treatedInTime(episode, reason, assertion, world);
    if (course) found.push(course);
    if (treated) found.push(unknown('negation', `that ${reason.text} was not treated so is not decided`));
    else if (every) found.push(unknown('number', `whether every ${reason.text} was treated so is not decided`));
  }
  // "exceeds", "below" without a number to compare with.
  const limits = assertion.quantities.filter((said) => said.role === 'threshold').length;
  const loose = assertion.cues.find((cue) => cue.type === 'compare' && !/than$/i.test(cue.text));
  if (loose && limits === 0 && !assertion.quantities.some((said) => said.role === 'count' || said.role === 'duration'))
    found.push(unknown('number', `it is not clear what "${loose.text}" compares`));
  return found;
}
