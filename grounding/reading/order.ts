/**
 * Sentences that give the reason before the thing, put into the order that the rest of the reading knows: "Hypertension is the reason she
 * takes lisinopril" -> "takes lisinopril for hypertension". Nothing is added that the sentence does not say.
 */
import { inNouns } from './lay.ts';

const REASON = '(?:(?:stated|main|primary|recorded|documented|given|listed|underlying|chief) )?(?:reason|indication|cause|purpose)';
const BE = '(?:is|was|are|were|being)';
const BROUGHT =
  "(?:brought (?:her|him|them|you|the patient|[A-Z][\\w.]+ [A-Z][\\w'-]+|[A-Z][\\w'-]+) (?:in|here|to (?:the |our )?(?:clinic|office|hospital|doctor|practice|surgery))|(?:prompted|led to|occasioned) (?:the|her|his|this|that|a) (?:visit|encounter|appointment|consultation))";

const BUT = '(?:but|except(?: for)?|apart from|aside from|other than|save(?: for)?|besides|bar|excluding)';
const LISTED =
  '(?:allerg(?:y|ies)|drugs?|medicines?|medications?|problems?|diagnoses|conditions?|illness(?:es)?|diseases?|vaccines?|vaccinations?|procedures?|operations?)';
const PERSON = "(?:she|he|they|the patient|patient|pt|you|(?:mr|mrs|ms)\\.? [\\w'-]+)";

const REWRITES: readonly (readonly [RegExp, string])[] = [
  // "No allergies except latex", "Apart from latex she has no allergies": that one is the only one.
  [
    new RegExp(
      `^(?:${PERSON} (?:has|takes|is on|had) |there (?:are|is) )?no (?:other |known |further )?(?:(active|current) )?(${LISTED}) (?:are (?:recorded|known) )?${BUT} (?:an? |the )?(.+)$`,
      'i',
    ),
    'The only $1 $2 is $3',
  ],
  [
    new RegExp(
      `^${BUT} (?:an? |the |her |his )?([\\w -]+?),? ${PERSON} (?:has|takes|is on|had) no (?:other )?(?:(active|current) )?(${LISTED})$`,
      'i',
    ),
    'The only $2 $3 is $1',
  ],
  [new RegExp(`^(.*?)\\b(?:nothing|none|no-?one|nil)(?: else)? ${BUT} (.+)$`, 'i'), '$1only $2'],
  // "The reason for the visit on 12 March was diabetes."
  [new RegExp(`^(?:the |her |his )?(?:visit )?${REASON} (?:for|of|behind|given for) (.+?) ${BE} (.+)$`, 'i'), '$1 for $2'],
  [new RegExp(`^(?:the |her |his )?visit ${REASON}\\b(.*?)(?: ${BE}|\\s*:) (.+)$`, 'i'), 'Visit$1 for $2'],
  // "Reason for visit (12 March): diabetes", "Indication for metformin: diabetes"
  [new RegExp(`^${REASON} (?:for|of) (?=visit|encounter|appointment|admission)(.+?)\\s*:\\s*(.+)$`, 'i'), '$1 for $2'],
  [new RegExp(`^${REASON} (?:for|of) (.+?)\\s*:\\s*(.+)$`, 'i'), '$1 was prescribed for $2'],
  // "Hypertension is the reason she takes lisinopril."
  [
    new RegExp(
      `^((?:(?!\\b(?:and|was|were|is|are|which|who|that)\\b).)+?|(?:(?!\\b(?:was|were|is|are|has|have|had|takes?|took|gets?|got|on|with|she|he|they|patient|which|who|that)\\b)[^;:])+?) ${BE} (?:the |her |his )?${REASON} (?:for|behind|why|that|of)? ?(.+)$`,
      'i',
    ),
    '$2 for $1',
  ],
  // "Diabetes brought her in on 12 March."
  [new RegExp(`^what ${BROUGHT}\\s*(.*?) ${BE} (.+)$`, 'i'), 'Seen $1 for $2'],
  [new RegExp(`^(?!what )(.+?) ${BROUGHT}\\s*(.*)$`, 'i'), 'Seen $2 for $1'],
  [
    /^(?!what )(.+?) brought (?:her|him|the patient) to (?:the )?(?:er|ed|a&e|emergency (?:room|department))\b\s*(.*)$/i,
    'Seen in the emergency department $2 for $1',
  ],
  // "She presented with dysuria on 3 May."
  [
    /^(.*?)\b(?:presented|presents|presenting|turned up|showed up|attended)( (?:again )?(?:to|at|in) [^,;]*?)? (?:with|complaining of|c\/o) (.+)$/i,
    '$1seen$2 for $3',
  ],
  // "Her reaction to penicillin is anaphylaxis."
  [
    /^(?:the |her |his )?(?:(?:recorded|documented|known|listed) )?(?:allergic )?reaction to (.+?)(?: (?:is|was|has been)(?: (?:recorded|documented|listed) as)?|\s*[:=]) (.+)$/i,
    '$1 allergy causes $2',
  ],
  // "Codeine gives her nausea."
  [/^(?:the )?([\w-]+(?: [\w-]+)?) (?:gives|gave|made) (?:her|him|the patient|you|me) (?:an? )?(.+)$/i, '$1 allergy causes $2'],
  // "She gets hives from penicillin."
  [
    /^(?:she|he|the patient|patient|pt|you|(?:mr|mrs|ms)\.? [\w'-]+) (?:gets?|got|develops?|developed|breaks? out in|broke out in|comes? out in) (.+?) (?:from|with|after(?: taking)?|to|on) (.+)$/i,
    '$2 allergy causes $1',
  ],
];

/** Headings of notes in their abbreviations, and what they stand for. */
const HEADINGS: readonly (readonly [RegExp, string])[] = [
  // The parts of a note: what the patient says, what is found, what it is taken for.
  [/^(?:s|o|a|subj|obj)\s*:\s*(?=[A-Za-z])/i, ''],
  [/^p\s*:\s*(?=[A-Za-z])/i, 'Plan: '],
  [/^all(?:erg)?\s*:\s*/i, 'Allergies: '],
  [/^(?:sh|shx|soc(?:ial)? ?hx)\s*:\s*/i, 'Social history: '],
  [/^(?:pmhx?|phx|med(?:ical)? ?hx)\s*:\s*/i, 'Past medical history: '],
  [/^(?:psh|pshx|surg(?:ical)? ?hx)\s*:\s*/i, 'Past surgical history: '],
  [/^(?:imm|vax|vacc)\s*:\s*/i, 'Immunizations: '],
  [/^(?:vs|obs)\s*:\s*/i, 'Vitals: '],
];

const ABOUT = '(?:(?:about|almost|nearly|around|some|roughly|over|under|more than|less than|at least|~) ?)?';

type Rewriting = string | ((whole: string, ...parts: readonly (string | undefined)[]) => string);

/** The marks and abbreviations of notes, written out. */
const SHORTHAND: readonly (readonly [RegExp, Rewriting])[] = [
  [/(?<![\w/])w\/o(?![\w/])/gi, 'without'],
  [/(?<![\w/])d\/c['’]?d(?![\w/])/gi, 'discontinued'],
  [/(?<=\d[^()]{0,14}) ?\(H\)/g, ' (high)'],
  [/(?<=\d[^()]{0,14}) ?\(L\)/g, ' (low)'],
  [/(?<![\w/])[x×] ?(\d{1,2})\/7(?![\d/])/gi, 'for $1 days'],
  [/(?<![\w/])[x×] ?(\d{1,2})\/52(?![\d/])/gi, 'for $1 weeks'],
  [/(?<![\w/])[x×] ?(\d{1,2})\/12(?![\d/])/gi, 'for $1 months'],
  // The electrolytes by their symbols, before a number.
  [/(?<![\w/*])Na\+?(?=\s*[:=]?\s*1\d\d(?:\.\d+)?(?![\d/]))/g, 'sodium'],
  [/(?<![\w/*]|[Vv]itamin |[Vv]it )K\+?(?=\s*[:=]?\s*[2-9](?:\.\d+)?(?![\d/]))/g, 'potassium'],
  [/(?<![\w/*])Cl-?(?=\s*[:=]?\s*1?\d\d(?:\.\d+)?(?![\d/]))/g, 'chloride'],
  [/(?<![\w/*])Glu(?:c)?(?=\s*[:=]?\s*\d{2,3}(?:\.\d+)?(?![\d/]))/g, 'glucose'],
  [/\bICD\b(?![ -]?(?:9|10|11)(?!\d*\/)|[ -]?code)/g, 'implantable cardioverter defibrillator'],
  [/\bDES\b/g, 'drug-eluting stent'],
  [/\b(reduced|preserved) EF\b/g, '$1 ejection fraction'],
  [/(?<![\w/])c\/w(?![\w/])/gi, 'consistent with'],
  [/(?<![\w/])b\/c(?![\w/])/gi, 'because of'],
  [/(?<![\w/])d\/t(?![\w/])/gi, 'due to'],
  [/(?<![\w/])r\/t(?![\w/])/gi, 'related to'],
  [/(?<![\w/])p\/w(?![\w/])/gi, 'presented with'],
  [/(?<![\w/])w\/(?=\s|[a-z])/gi, 'with '],
  // "grew 5.6 cm", "put on 3 kg", "weighed more than": what has changed, by its name.
  [
    new RegExp(`\\b(?:(?:has|had|have) )?(?:grew|grown)(?: by)? (?=${ABOUT}\\d+(?:\\.\\d+)? ?(?:cm|centimet\\w+|in|inch\\w*)\\b)`, 'gi'),
    'height increased by ',
  ],
  [
    new RegExp(`\\b(?:(?:has|had|have) )?put on (?=${ABOUT}\\d+(?:\\.\\d+)? ?(?:kg|kilo\\w*|lbs?|pounds?|stone)\\b)`, 'gi'),
    'weight increased by ',
  ],
  [
    /^(?:she|he|they|the patient|patient)(?: has| had)? never (?:yet )?(?:reached|hit|attained) an? ([\w -]{2,40}?) of (?=\d)/i,
    '$1 has never been at least ',
  ],
  // "never reached 6.5", "no A1c was above 7": none of them was there.
  [
    /\b((?:never|none of|no|not once|has not|have not|hasn't|haven't)\b[^,;.]*?)\b(?:reach(?:ed|es)?|hit|attained|touched|made it to|got to|gotten to|got as high as|been as high as) (?=\d)/gi,
    '$1been at least ',
  ],
  [
    /^no (?:single )?(?=[\w -]{2,40}? (?:(?:has|have|had|was|were|is|are) )?(?:ever )?(?:been |was |were )?(?:at least|at most|above|over|below|under|more than|less than|higher than|lower than|[<>≥≤]) ?\d)/i,
    'None of the ',
  ],
  // "the lowest in ten years"
  [
    /\b((?:high|low|great|small|heavi|light|long|short|larg)est|best|worst|peak|maximum|minimum)((?: (?:it|she|he) has been| value| reading| level| recorded| on record)?) (?:in|for) (?=(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) (?:years|months|weeks)\b)/gi,
    '$1$2 in the last ',
  ],
  // "LDL: 2014/2017/2020 87/71/93": each in its year.
  [
    /\b((?:19|20)\d\d)\s?\/\s?((?:19|20)\d\d)(?:\s?\/\s?((?:19|20)\d\d))?\s*[:=]\s*(\d+(?:\.\d+)?)\s?\/\s?(\d+(?:\.\d+)?)(?:\s?\/\s?(\d+(?:\.\d+)?))?(?![\d/])/g,
    (whole, a, b, c, x, y, z) =>
      (c === undefined) !== (z === undefined) ? whole : `${x} in ${a}, ${y} in ${b}${c === undefined ? '' : `, ${z} in ${c}`}`,
  ],
  // "rose despite simvastatin, from 83 to 102": the numbers are those of what rose.
  [/^([^,;]+?) ((?:despite|in spite of|notwithstanding|since) [^,;]+), (from \d[^;]*)$/i, '$1, $3, $2'],
  [/(?<=\d) ?deg(?:ree)?s?\.? ?(?:c|celsius|centigrade)\b/gi, ' °C'],
  [/(?<=\d) ?deg(?:ree)?s?\.? ?(?:f|fahrenheit)\b/gi, ' °F'],
  // "fell by half, 16.7 to 8.7": from the one to the other.
  [
    /(?<=\b(?:rose|fell|dropped|climbed|increased|decreased|declined|doubled|halved|half|up|down)\b[^.;\d]*[,(:] ?)(\d+(?:\.\d+)?) to (?=\d)/gi,
    'from $1 to ',
  ],
  [/\b(?:weighed more|was heavier)\b/gi, 'weight was higher'],
  [/\b(?:weighed less|was lighter)\b/gi, 'weight was lower'],
];

export function inPlainOrder(text: string): string {
  const end = /[.\s]+$/.exec(text)?.[0] ?? '';
  let body = text.slice(0, text.length - end.length);
  for (const [pattern, full] of HEADINGS) body = body.replace(pattern, full);
  for (const [pattern, full] of SHORTHAND) body = typeof full === 'string' ? body.replace(pattern, full) : body.replace(pattern, full);
  body = inNouns(body);
  for (const [pattern, order] of REWRITES) {
    if (pattern.test(body)) {
      body = body.replace(pattern, order).replace(/\s+/g, ' ').trim();
      break;
    }
  }
  // "..., reason: diabetes"; "consulted Dr Chen about her diabetes"
  body = body.replace(new RegExp(`\\s*[,;(–-]\\s*(?:visit )?${REASON}(?: for (?:the )?visit)?\\s*[:=]\\s*`, 'i'), ' for ');
  if (/\b(?:consulted|seen|saw|visit(?:ed)?|attended|came in|evaluated|encounter|appointment)\b/i.test(body))
    body = body.replace(
      / (?:about|regarding|concerning|in relation to|in connection with) (?!\d+ ?(?:hours?|days?|weeks?|months?|years?)\b|[^,;.]{0,20}\bago\b)/i,
      ' for ',
    );
  return body + end.trimEnd();
}
