/**
 * What a note names without telling that it was so or was done: why somebody came, what is planned, what hangs on a condition. The comment of an
 * appointment and of an order tells what is to be.
 */
import type { Terminology } from '../../language/contract.ts';
import { isLeftOpen, LEFT_OPEN } from '../../language/left-open.ts';
import { sentences } from '../../language/sentences.ts';
import type { Fact } from '../../records/contract.ts';
import { stem, tokens } from '../reading/lexicon.ts';

const REASON =
  /^\W*(?:reasons?(?: for (?:the )?(?:visit|encounter|consultation|appointment|admission|referral))?|chief complaint|presenting complaint|cc|rfv|indications?|purpose(?: of (?:the )?visit)?)\s*[:\-–—]/i;
const ASKS_REASON =
  /\b(?:reasons?|indication|purpose|complain\w*|came|comes|seen|attended|presented|presents|consult\w*|visit\w*|appointments?|encounters?)\b/i;
/** What is done to a patient or with one; that it was the reason for a visit does not say that it was. */
const DEED =
  /\b(?:tests?|testing|labs?|panel|counts?|scans?|screen\w*|check\w*|exam\w*|injections?|shots?|vaccin\w*|surgery|operations?|procedures?|removal|biops\w*|induction|induced|deliver\w*|lab(?:o|ou)r|therapy|treatment|infusions?|transfusions?|dialysis|fast(?:ing|ed)|refills?|repeat|reviews?|counsel\w*|teaching|training|forms?|referrals?|start\w*|chang\w*|\w+(?:oscopy|ectomy|ostomy|otomy|plasty|graphy|gram|centesis))\b/i;

const PLAN = /^\W*(?:[\w ]*\bplans?|recommendations?|to do|next steps?|follow[- ]?up|disposition|goals?|orders?)\s*:\s*/i;
const LABEL = /^\s*[A-Z][\w ,/&-]{1,40}:\s*/;
/** A verb that tells of something: "gave", "is", "stopped". A bare name in a plan is a plan. */
const TOLD =
  /\b(?:is|are|was|were|has|have|had|does|did|gave|given|began|begun|goes|went|gone|took|taken|takes|done|made|shown|shows?|felt|fell|rose|came|ate|drank|slept|woke|saw|seen|held|kept|left|lost|met|put|ran|read|said|sent|set|told|wrote|written|diagnos[ie]s|[a-z]{2,}ed|[a-z]{3,}(?:es|s) (?:a|an|the|his|her|no|well|now|at|in|on))\b/i;

const AHEAD: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>(['appointment', 'order', 'care-plan', 'goal']);
const NOT_CAME_ABOUT: ReadonlySet<Fact['status']> = new Set<Fact['status']>(['planned', 'cancelled', 'missed']);
const SPEAKS_AHEAD =
  /\b(?:appointments?|appt|booked|booking|scheduled|planned|due|will|next|upcoming|to be|(?:is|are|was|were) to|arranged|slot|ordered|orders?|referral|referred|requested|goals?|care plan)\b/i;
const DEEDS: ReadonlySet<string> = new Set(['procedure', 'drug', 'drug-class', 'vaccine', 'observation']);

const stemsOf = (text: string): readonly string[] => tokens(text).map(({ word }) => stem(word));

/** The sentence leaves open what the text leaves open: with the same words. */
function leavesOpenToo(line: string, said: ReadonlySet<string>): boolean {
  return [...line.matchAll(LEFT_OPEN)].every((match) => stemsOf(match[0]).every((word) => said.has(word)));
}

/** It names something that is done, given or measured, not only how the patient is. */
function isDeed(line: string, { mentions, get }: Terminology): boolean {
  return DEED.test(line) || mentions(line).some(({ concepts }) => concepts.some((id) => DEEDS.has(get(id)?.kind ?? '')));
}

/**
 * The text without what it does not tell as so; empty where it tells of nothing but what is to be. What the sentence itself calls a reason, a plan or a
 * condition may be taken from there.
 */
export function toldAsSo(text: string, fact: Fact, sentence: string, terminology: Terminology): string {
  const said = new Set(stemsOf(sentence));
  if (AHEAD.has(fact.kind) || NOT_CAME_ABOUT.has(fact.status)) {
    const open = isLeftOpen(text) && leavesOpenToo(text, said);
    return open || SPEAKS_AHEAD.test(sentence) ? text : '';
  }
  let planned = false;
  return text
    .split('\n')
    .map((line) => {
      const reason = REASON.exec(line)?.[0];
      if (reason !== undefined) {
        planned = false;
        return ASKS_REASON.test(sentence) || !isDeed(line.slice(reason.length), terminology) ? line : '';
      }
      if (PLAN.test(line)) planned = true;
      else if (LABEL.test(line)) planned = false;
      const left = sentences(line).filter(({ text: one }) => {
        const body = one.replace(PLAN, '');
        return leavesOpenToo(body, said) && !(planned && isDeed(body, terminology) && !TOLD.test(body) && !SPEAKS_AHEAD.test(sentence));
      });
      return left.map(({ text: one }) => one).join(' ');
    })
    .filter((line) => line !== '')
    .join('\n');
}
