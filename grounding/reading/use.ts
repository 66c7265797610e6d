/** What a sentence says was done with a drug: "was given", "received", "used", "needed", "a dose of". */
import type { DrugUse } from '../../records/chart/use-told.ts';
import type { Assertion, Head, SaidCue } from './assertions.ts';

export interface SaidUse extends DrugUse {
  /** The word for it, as the sentence has it. */
  readonly text: string;
}

const GIVEN = /\b(?:given|gave|receiv\w*|got|gotten|gets?|administered)\b/i;
const TAKEN = /\b(?:took|taken|taking|used|using|had)\b/i;
const HAD = /^(?:had|has had|have had|did have)$/i;

/** Words for it that are no cue, right before the drug: "needed nitroglycerin", "a dose of naloxone". */
const BEFORE =
  /\b(?:(gave|administered|administration of|injected|(?:an?|one|two|three|four|\d+|single|repeat(?:ed)?|several|more|another) (?:doses?|shots?|injections?|puffs?|sprays?|bolus|infusions?) of)|(needed|required|use of|swallowed|inhaled|applied))\s+(?:(?:an?|the|his|her|their|some|any|of|rescue|emergency)\s+)*(?:\S+\s+)?$/i;
/** Right behind it. */
const AFTER =
  /^\s+(?:[\w-]+\s+){0,2}?(?:(?:was|were|is|are|has been|had been)\s+)?(?:\w+ly\s+|not\s+|never\s+)?(?:(injected|administered|infused)|(needed|required|inhaled|swallowed|applied|used))\b(?!\s+(?:for|to))/i;

function ofCue({ type, sense, text }: SaidCue): DrugUse | undefined {
  if (type !== 'status') return undefined;
  if (sense === 'completed' && GIVEN.test(text)) return /administ/i.test(text) ? { act: 'given', administered: true } : { act: 'given' };
  if (sense === 'takes') return /\bgiven\b|receiv/i.test(text) ? { act: 'given', present: true } : undefined;
  if (sense === 'took') return /\breceiving\b/i.test(text) ? { act: 'given' } : TAKEN.test(text) ? { act: 'taken' } : undefined;
  if (sense === 'past') return GIVEN.test(text) ? { act: 'given' } : TAKEN.test(text) ? { act: 'taken' } : undefined;
  return undefined;
}

/** Undefined where the sentence says no more than that the drug was ordered, begun, stopped or is on the list. */
export function useSaid(head: Head, { cues, text, times, at }: Assertion): SaidUse | undefined {
  if (!head.concepts.some(({ kind }) => kind === 'drug' || kind === 'drug-class')) return undefined;
  // "Has used albuterol since 2017", "as needed": how it is taken, not one use of it.
  if (times.some(({ time }) => time.relation === 'since' || time.relation === 'for')) return undefined;
  const ordered = cues.some(
    ({ type, sense }) => type === 'status' && ['prescribed', 'started', 'stopped', 'held', 'planned'].includes(sense),
  );
  const asNeeded = cues.some(({ type, sense }) => type === 'frequency' && sense === 'prn');
  const before = BEFORE.exec(text.slice(Math.max(0, head.start - 60), head.start));
  const after = AFTER.exec(text.slice(head.start + head.text.length));
  const near = before ?? after;
  const said: SaidUse | undefined = near
    ? { ...(near[1] ? { act: 'given', administered: true } : { act: 'taken' }), text: (near[1] ?? near[2])! }
    : cues
        .filter((cue) => !(ordered && HAD.test(cue.text)))
        .flatMap((cue) => {
          const use = ofCue(cue);
          return use ? [{ ...use, text: cue.text }] : [];
        })[0];
  if (!said || (asNeeded && (said.act === 'taken' || said.present))) return undefined;
  const moment =
    times.some(({ time }) => time.precision === 'day' || time.precision === 'minute') ||
    at.length > 0 ||
    cues.some(({ type, sense }) => type === 'visit' && sense !== 'visit' && sense !== 'ambulatory');
  return moment ? { ...said, moment } : said;
}
