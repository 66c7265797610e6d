/** What people say in verbs and notes in shorthand, in the nouns that records use: "broke his collarbone" -> "fracture of collarbone". */

const PLACE = '(?:his|her|their|your|my|a|an|the) ((?:left |right |upper |lower )?[a-z]+(?: bone)?)';
const CLAUSE_END = '(?=\\s*(?:[,.;:(–—-]|$|\\b(?:in|on|at|during|after|before|when|while|and|was|were|by|back|last|this|as|due|from)\\b))';

const NOUNS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`\\b(?:broke|fractured|has broken|had broken) ${PLACE}${CLAUSE_END}`, 'gi'), 'had a fracture of $1'],
  [/\bfracture of collar bone\b/gi, 'fracture of collarbone'],
  [
    new RegExp(`(?<=^|\\b(?:he|she|they|you|i|who|[A-Z][a-z]+) )(?:cut|lacerated|gashed) ${PLACE}${CLAUSE_END}`, 'gi'),
    'had a laceration of $1',
  ],
  // "An implant was inserted in 2013 and removed in 2016."
  [
    /^((?:she|he|they|you|i|the patient|patient|pt) )?(?:had )?(?:an? |the |his |her |your |my )?([a-z][\w-]*(?: (?!(?:was|were|had|has|have)\b)[\w-]+){0,3}) (?:was |were )?inserted (.+?)(?:,| and|, and) (?:was |then )?removed\b/i,
    '$1had insertion of $2 $3 and removal of $2',
  ],
  // "IUD removed 1/2/2012", "had her gallbladder removed in 2010"
  [
    /^((?:she|he|they|you|i|the patient|patient|pt) )?(?:had |has had |having )?(?:an? |the |his |her |your |my )?((?!(?:was|were|had|has|have|since|which|that)\b)[a-z][\w-]*(?: (?!(?:was|were|had|has|have|and|found|in|on|since|which|that)\b)[\w-]+){0,3}) (?:was |were |has been |had been |been )?(removed|inserted)\b/i,
    '$1had $3 of $2',
  ],
  [/\b(?:has |had )?miscarried\b/gi, 'had a miscarriage'],
  [/\bhad removed of\b/gi, 'had removal of'],
  [/\bhad inserted of\b/gi, 'had insertion of'],
  // "He didn't lose consciousness", "was knocked unconscious"
  [
    /\b(?:(?:did not|didn['’]t|never|had not|hadn['’]t|has not|hasn['’]t) (?:ever )?(?:lose|lost)|(?:was|were) (?:not|never) (?:knocked|rendered)) (?:consciousness|unconscious|out)\b/gi,
    'had no loss of consciousness',
  ],
  [
    /\b(?:(?:had |has )?lost consciousness|(?:had )?(?:briefly )?blacked out|(?:was|were|had been|got) (?:knocked|rendered) (?:unconscious|out))\b/gi,
    'had loss of consciousness',
  ],
  [/\bwithout losing consciousness\b/gi, 'with no loss of consciousness'],
  // Loss of consciousness belongs to the concussion that it is said of.
  [/\bLOC\b/g, 'loss of consciousness'],
  [/\bconcussion\b([^.;]*?)\s*[,(]?\s*\b(?:without|with no|no) loss of consciousness\)?/gi, 'concussion with no loss of consciousness$1'],
  [/\bconcussion\b([^.;]*?[^.;\s])\s*[,(]?\s*\bwith loss of consciousness\)?/gi, 'concussion with loss of consciousness$1'],
  [/\bloss of consciousness with (?:a )?concussion\b/gi, 'concussion with loss of consciousness'],
];

/** "There's nothing active on his problem list." */
const NOTHING: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:there(?:'s| is)|he has|she has) nothing (active|current|ongoing)(?: listed| noted)? (?:on|in) (?:his|her|the|their) problem list/i,
    'no $1 problems are recorded',
  ],
  [
    /^(?:there(?:'s| is)|he has|she has) nothing (?:listed |noted )?(?:on|in) (?:his|her|the|their) (problem|medication|allergy) list/i,
    'no $1s are recorded',
  ],
];

/** "1) CHF (2005) 2) Obesity (1967)" on one line is a list. */
function withoutNumbers(text: string): string {
  if (!/(?:^|[\s:])\(?1[.)] .+?\s\(?2[.)] /.test(text)) return text;
  return text.replace(/(^|[\s:])\(?(\d{1,2})[.)] (?=[A-Za-z])/g, (_, before: string, number: string) =>
    number === '1' ? `${before} ` : '; ',
  );
}

/** Whom a letter is addressed to, or what it thanks for: nothing of the record stands in it. */
const WHOM =
  "(?:(?:dr|doctor|prof(?:essor)?)\\.?(?: [A-Z][\\w\\u00c0-\\u024f'-]+)?|(?:(?:my |our )?(?:esteemed |respected )?)?(?:colleagues?|doctors?)|sirs?(?: (?:or|and|\\/) madam)?|madam|coach|teacher|team|all|both|everyone|everybody|there|again|folks|friends?|gp|nurse)";
const GREETING = new RegExp(
  `^(?:dear|hello|hi|hey|good (?:morning|afternoon|evening|day)|greetings)(?: ${WHOM})?\\s*[,:!–—-]\\s*(?=\\S)`,
  'i',
);
const THANKS =
  /^(?:(?:many )?thanks|thank you)(?: (?:very|so) (?:much|kindly))? for (?:(?:kindly )?(?:asking|inviting) (?:me|us) to (?:see|review|assess|examine|evaluate)|(?:kindly )?(?:referring|sending|(?:the |your )?(?:kind )?referral of))(?: (?:us|me|to me|to us))? (.+?),? who (is|has|had|was|takes|took|underwent|received)\b/i;

/** "Dear Mr Ferry, your cholesterol was ...": the greeting names who is meant, and asks or advises nothing. */
export const withoutGreeting = (text: string): string =>
  text
    .replace(GREETING, '')
    .replace(THANKS, '$1 $2')
    .replace(/^(?:[Dd]ear|[Hh]ello|[Hh]i) [A-Z][a-z'-]+,\s+(?=\S)/, '')
    .replace(
      /^(?:many thanks|thanks|thank you)(?: (?:very|so) much)? for (?:seeing|referring|reviewing|sending|the referral of) (?=.*(?:\d|\b(?:with|who|whose)\b))/i,
      '',
    )
    .replace(/^(?:dear|hello|hi|good (?:morning|afternoon|evening))\s+((?:Mrs?|Ms|Miss|Dr)\.?\s+[A-Z][\w'-]+),\s+(?=\S)/i, '$1: ');

export function inNouns(text: string): string {
  let body = withoutNumbers(withoutGreeting(text));
  for (const [pattern, noun] of [...NOUNS, ...NOTHING])
    body = body.replace(pattern, (...groups: string[]) => noun.replace(/\$(\d)/g, (_, i: string) => groups[Number(i)] ?? ''));
  return body.replace(/\s+/g, ' ').trim();
}
