/** What the words of an uncoded problem say of the thing that they name. */
export type Told =
  | { readonly manner: 'negated' | 'doubtful' | 'past' | 'remission' | 'resolved'; readonly thing: string }
  | { readonly manner: 'family'; readonly thing: string; readonly relative: string }
  /** It is named and not stated: "vaccinated against hepatitis B", "low risk of bleeding". */
  | { readonly manner: 'beside' };

const RELATIVE =
  'mother|father|mum|mom|dad|parents?|brothers?|sisters?|siblings?|sons?|daughters?|child(?:ren)?|(?:maternal |paternal )?(?:grand(?:mother|father|parent)|uncle|aunt|cousin)s?|wife|husband|spouse|partner';

/** Adjectives that people use for having a thing, with the thing. */
const HAVING: Readonly<Record<string, string>> = {
  diabetic: 'diabetes mellitus',
  asthmatic: 'asthma',
  hypertensive: 'hypertension',
  smoker: 'tobacco use',
  drinker: 'alcohol use',
  alcoholic: 'alcohol use disorder',
};

const FAMILY = new RegExp(
  `^(?:fh|fhx|fam(?:ily)? (?:history|hx)|(?<relative>${RELATIVE}))(?:'s)?\\s*(?:of|has|had|have|with|:|-)\\s*(?<thing>.+)$`,
  'i',
);
const NEGATED =
  /^(?:(?:no|not|denies|denied|without|absence of|absent|negative for|free of|never had|excluded|ruled out)(?: (?:a|an|any|known|current|active|evidence of|signs? of|symptoms? of|(?:prior |past )?history of|hx of|h\/o))*)\s*:?\s+(?<thing>.+)$/i;
const NEGATED_AFTER = /^(?<thing>.+?)[\s,:-]+(?:excluded|ruled out|absent|not present|not found|denied|negative)$/i;
const NON = /^non[- ]?(?<having>\w+)$/i;
const DOUBTFUL =
  /^(?:\?+\s*|(?:query|queried|possible|possibly|probable|probably|suspected|suspicion of|suspect|likely|unlikely|presumed|presumptive|questionable|rule out|r\/o|to exclude|exclude|differential:?)\s+)(?<thing>.+)$/i;
const DOUBTFUL_AFTER =
  /^(?<thing>.+?)\s*(?:\?+|\((?:possible|probable|suspected|query|\?)\)|,? (?:possible|probable|suspected|not excluded|unlikely))$/i;
const PAST =
  /^(?:h\/o|hx(?: of)?|pmhx?(?: of)?|past (?:medical )?(?:history|hx)(?: of)?|(?:personal )?history of|previous|prior|old|s\/p|status post)\s*:?\s+(?<thing>.+)$/i;
const RESOLVED = /^(?:resolved|healed|cured)\s+(?<thing>.+)$|^(?<after>.+?)[\s,:-]+\(?(?:resolved|healed|cured)\)?$/i;
const REMISSION = /^(?<thing>.+?)[\s,:-]+\(?in (?:complete |partial |full |sustained )*remission\)?$/i;
const BESIDE =
  /^(?:(?:at |low |high |moderate |increased )*risk (?:of|for)|(?:screen(?:ing|ed)?|vaccinat\w+|immuni[sz]\w+|immune|immunity|prophyla\w+|expos(?:ure|ed)|contact|concern\w*|worr\w+|fear|counsel\w*|education|advice|test(?:ing|ed)?|carrier|donor|trial|insurance) (?:for|against|to|about|of|with|on|regarding))\b/i;

/**
 * Uncoded problems as people write them ("Denies chest pain", "PE?", "FH: prostate cancer", "H/o MI", "leukaemia in remission"). Undefined
 * where the words name a problem and no more. Only for text without a code: a code says by itself what it means.
 */
export function toldIn(label: string): Told | undefined {
  const text = label.trim().replace(/\.$/, '');
  const groups = (pattern: RegExp): Record<string, string | undefined> | undefined => pattern.exec(text)?.groups;
  const family = groups(FAMILY);
  if (family?.thing) return { manner: 'family', thing: family.thing.trim(), relative: (family.relative ?? 'relative').toLowerCase() };
  const having = HAVING[(groups(NON)?.having ?? '').toLowerCase()];
  if (having) return { manner: 'negated', thing: having };
  if (BESIDE.test(text)) return { manner: 'beside' };
  for (const [manner, pattern] of [
    ['negated', NEGATED],
    ['negated', NEGATED_AFTER],
    ['doubtful', DOUBTFUL],
    ['doubtful', DOUBTFUL_AFTER],
    ['past', PAST],
    ['remission', REMISSION],
    ['resolved', RESOLVED],
  ] as const) {
    const found = groups(pattern);
    const thing = found?.thing ?? found?.after;
    if (thing) return { manner, thing: thing.trim() };
  }
  return undefined;
}
