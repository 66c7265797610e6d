/** "Allergy saw him", "seen by a specialist": the visit itself must be one of theirs; a visit to somebody else on that day is not. */
import type { Check } from '../contract.ts';
import type { World } from '../matching/world.ts';
import { stem, tokens } from '../reading/lexicon.ts';
import { unknown } from './contract.ts';
import { statedWords } from './overlap.ts';

/** Names of services that the sentence's other readings take for something else: a cue, a section, a procedure, a plain word. */
const SERVICE =
  '(?:allerg(?:y|ists?)|allergology|immunolog(?:y|ists?)|surg(?:ery|eons?)|imaging|radiolog(?:y|ists?)|dialysis|rehab(?:ilitation)?|pharmac(?:y|ists?)|hospice|palliative care|nutrition|specialists?|obstetrics|maternity|immuni[sz]ation|genetics)';
const UNIT = '(?: (?:clinic|team|service|department|unit|specialists?|doctors?|consultants?|nurses?))?';
const MET = '(?:saw|sees|reviewed|evaluated|examined|assessed|consulted|followed|treated|met)';
const SEES = new RegExp(`^(?:the |an? )?(${SERVICE})${UNIT} (?:has |have |had )?(?:seen|${MET})\\b`, 'i');
const SEEN_BY = new RegExp(
  `\\b(?:seen|reviewed|evaluated|examined|assessed|consulted|followed|treated|visit(?:ed)?|appointment|consultation|went|attended|saw)(?: \\w+)? (?:(?:by|in|at|with|to) )?(?:the |an? |his |her )?(${SERVICE})${UNIT}(?=$|[.,;]| (?:on|in|at|for|again|today|last|clinic)\\b)`,
  'i',
);

/** `support`: what the rest of the sentence was found in. */
export function checkSpecialty(text: string, support: readonly string[], { facts }: World): readonly Check[] {
  const said = SEES.exec(text)?.[1] ?? SEEN_BY.exec(text)?.[1];
  if (said === undefined) return [];
  const visits = facts.filter(({ kind, id }) => (kind === 'visit' || kind === 'appointment') && support.includes(id));
  const names = tokens(said).map(({ word }) => rootOf(word));
  const theirs = visits.some((visit) => names.every((name) => [...statedWords(visit)].some((word) => word.startsWith(name))));
  return visits.length === 0 || theirs
    ? []
    : [unknown('entity', `the record does not say that it was a visit to ${said}: ${visits[0]!.name}`)];
}

/** "allergist" and "allergy", "surgeon" and "surgery" */
const rootOf = (word: string): string => stem(word).replace(/(?:olog(?:ist|y)?|ist|eon|er|s|y)$/i, '') || word;
