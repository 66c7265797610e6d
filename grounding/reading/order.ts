/**
 * Sentences that give the reason before the thing, put into the order that the rest of the reading knows: "Hypertension is the reason she
 * takes lisinopril" -> "takes lisinopril for hypertension". Nothing is added that the sentence does not say.
 */

const REASON = '(?:(?:stated|main|primary|recorded|documented|given|listed|underlying|chief) )?(?:reason|indication|cause|purpose)';
const BE = '(?:is|was|are|were|being)';
const BROUGHT =
  "(?:brought (?:her|him|them|you|the patient|[A-Z][\\w.]+ [A-Z][\\w'-]+|[A-Z][\\w'-]+) (?:in|here|to (?:the |our )?(?:clinic|office|hospital|doctor|practice|surgery))|(?:prompted|led to|occasioned) (?:the|her|his|this|that|a) (?:visit|encounter|appointment|consultation))";

const REWRITES: readonly (readonly [RegExp, string])[] = [
  // "The reason for the visit on 12 March was diabetes."
  [new RegExp(`^(?:the |her |his )?(?:visit )?${REASON} (?:for|of|behind|given for) (.+?) ${BE} (.+)$`, 'i'), '$1 for $2'],
  [new RegExp(`^(?:the |her |his )?visit ${REASON}\\b(.*?)(?: ${BE}|\\s*:) (.+)$`, 'i'), 'Visit$1 for $2'],
  // "Reason for visit (12 March): diabetes", "Indication for metformin: diabetes"
  [new RegExp(`^${REASON} (?:for|of) (.+?)\\s*:\\s*(.+)$`, 'i'), '$1 for $2'],
  // "Hypertension is the reason she takes lisinopril."
  [new RegExp(`^(.+?) ${BE} (?:the |her |his )?${REASON} (?:for|behind|why|that|of)? ?(.+)$`, 'i'), '$2 for $1'],
  // "Diabetes brought her in on 12 March."
  [new RegExp(`^what ${BROUGHT}\\s*(.*?) ${BE} (.+)$`, 'i'), 'Seen $1 for $2'],
  [new RegExp(`^(?!what )(.+?) ${BROUGHT}\\s*(.*)$`, 'i'), 'Seen $2 for $1'],
  [
    /^(?!what )(.+?) brought (?:her|him|the patient) to (?:the )?(?:er|ed|a&e|emergency (?:room|department))\b\s*(.*)$/i,
    'Seen in the emergency department $2 for $1',
  ],
  // "She gets hives from penicillin."
  [
    /^(?:she|he|the patient|patient|pt|you|(?:mr|mrs|ms)\.? [\w'-]+) (?:gets?|got|develops?|developed|breaks? out in|broke out in|comes? out in) (.+?) (?:from|with|after(?: taking)?|to|on) (.+)$/i,
    '$2 allergy causes $1',
  ],
];

export function inPlainOrder(text: string): string {
  const end = /[.\s]+$/.exec(text)?.[0] ?? '';
  let body = text.slice(0, text.length - end.length);
  for (const [pattern, order] of REWRITES) {
    if (pattern.test(body)) {
      body = body.replace(pattern, order).replace(/\s+/g, ' ').trim();
      break;
    }
  }
  // "..., reason: diabetes"; "consulted Dr Chen about her diabetes"
  body = body.replace(new RegExp(`\\s*[,;(–-]\\s*(?:visit )?${REASON}(?: for (?:the )?visit)?\\s*[:=]\\s*`, 'i'), ' for ');
  if (/\b(?:consulted|seen|saw|visit(?:ed)?|attended|came in|evaluated|encounter|appointment)\b/i.test(body))
    body = body.replace(/ (?:about|regarding|concerning|in relation to|in connection with) /i, ' for ');
  return body + end.trimEnd();
}
