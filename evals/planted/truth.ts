import type { Choices } from '../record/phrasing.ts';

/** Words for the places of a wording: {x}, {ond} ... */
export type Fill = Readonly<Record<string, string>>;

/** What is done to a true sentence. */
export interface Change {
  /** error: number, unit, date, drug, dose ...; rewording: synonym, abbreviation, unit-conversion, rounding, date-format ... */
  readonly kind: string;
  readonly fill?: Fill;
  /** Other wordings than the truth's own: a denial, another status. */
  readonly wordings?: readonly string[];
}

/** Something that the record states, as many people would write it, what would make it false, and what would not. */
export interface Truth {
  /** Stable within the patient: family and resource ids. */
  readonly id: string;
  readonly family: string;
  readonly wordings: readonly string[];
  readonly fill: Fill;
  /** Resources that prove it by themselves. Absent: it takes a look over the whole record ("latest", "never", "three"). */
  readonly cites?: readonly string[];
  readonly errors: readonly Change[];
  readonly rewordings: readonly Change[];
}

/** Of what a patient is only reported to take, nobody is said to have prescribed or ordered it. */
export const asReported = (truth: Truth): Truth =>
  truth.cites?.some((id) => id.startsWith('MedicationStatement/'))
    ? { ...truth, wordings: truth.wordings.filter((wording) => !/\bprescri|\border/i.test(wording)) }
    : truth;

/** A place that this change has no word for: wordings with it are not used. */
export const NOWHERE = '\0';

/** The sentence, or `undefined` where a place has no word. {X} is {x} at the start of a sentence, {ax} has its article, {was} its number. */
export function fillIn(wording: string, fill: Fill): string | undefined {
  let missing = false;
  const text = wording.replace(/\{(\w+)\}/g, (_, key: string) => {
    const own = fill[key];
    if (own !== undefined && own !== NOWHERE) return own;
    if (key === 'ax' || key === 'Ax') return key === 'ax' ? withArticle(fill.x ?? '') : upperFirst(withArticle(fill.x ?? ''));
    if (key === 'was' || key === 'is' || key === 'has') return isPlural(fill.x ?? '') ? { was: 'were', is: 'are', has: 'have' }[key] : key;
    const lower = fill[key.charAt(0).toLowerCase() + key.slice(1)];
    if (lower !== undefined && lower !== NOWHERE) return upperFirst(lower);
    missing = true;
    return '';
  });
  return missing
    ? undefined
    : text
        .replace(/\s+/g, ' ')
        .replace(/ ([.,;:])/g, '$1')
        .trim();
}

export function upperFirst(text: string): string {
  return /^[a-z][a-z ]/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

function isPlural(name: string): boolean {
  return /(?:ides|lets|sats|cytes|trigs|cells|plts|pills|shots|tablets|eggs|nuts|mites|stings|clots|migraines|polyps|allergies|colonoscopies)$/i.test(
    name,
  );
}

function withArticle(name: string): string {
  if (isPlural(name) || /^(?:the|a|an|his|her|any) /i.test(name)) return name;
  const letters = /^[A-Z][A-Z0-9]/.test(name) || /^[A-Z]$/.test(name) || /^[A-Z]\d/.test(name);
  const vowel = letters ? /^[AEFHILMNORSX]/.test(name) : /^(?:[aeio]|u(?!r|ni))|^e?GFR/i.test(name) && !/^GFR/.test(name);
  return `${vowel ? 'an' : 'a'} ${name}`;
}

const LONG = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAY_MS = 86_400_000;

/** A day as people write it. The first is the one that a true sentence starts from. */
export function dateForms(day: string): readonly string[] {
  const [y = '', m = '', d = ''] = day.slice(0, 10).split('-');
  const month = LONG[Number(m) - 1] ?? '';
  const short = month.slice(0, 3);
  const n = Number(d);
  const th = n % 10 === 1 && n !== 11 ? 'st' : n % 10 === 2 && n !== 12 ? 'nd' : n % 10 === 3 && n !== 13 ? 'rd' : 'th';
  return [
    `${y}-${m}-${d}`,
    `${n} ${month} ${y}`,
    `${month} ${n}, ${y}`,
    `${Number(m)}/${n}/${y}`,
    `${d}-${short}-${y}`,
    `${short} ${n}, ${y}`,
    `${m}/${d}/${y}`,
    `the ${n}${th} of ${month} ${y}`,
    `${month} ${n}${th}, ${y}`,
    `${n} ${short} ${y}`,
  ];
}

/** {d} and {ond} of a day in one of its forms. */
export function dated(day: string, choices: Choices): Fill {
  const form = choices.pick(dateForms(day).slice(0, 7));
  return { d: form, ond: `on ${form}` };
}

/** Harmless: other forms, coarser statements, and "about n years ago" where that is what it is. `keep` names the places. */
export function dateRewordings(
  day: string,
  now: string,
  choices: Choices,
  names: { readonly d: string; readonly ond: string } = { d: 'd', ond: 'ond' },
): Change[] {
  const forms = choices.some(dateForms(day), 3);
  const [y = '', m = ''] = day.split('-');
  const month = `${LONG[Number(m) - 1] ?? ''} ${y}`;
  const changes: Change[] = forms.map((form) => ({ kind: 'date-format', fill: { [names.d]: form, [names.ond]: `on ${form}` } }));
  changes.push({
    kind: 'date-coarser',
    fill: { [names.d]: month, [names.ond]: choices.pick([`in ${month}`, `back in ${month}`, `in ${y}`, `during ${y}`]) },
  });
  const years = (Date.parse(now) - Date.parse(day)) / (365.25 * DAY_MS);
  if (years >= 1.8 && Math.abs(years - Math.round(years)) < 0.2) {
    changes.push({
      kind: 'date-relative',
      fill: {
        [names.ond]: choices.pick([
          `about ${Math.round(years)} years ago`,
          `around ${Math.round(years)} years ago`,
          `roughly ${Math.round(years)} years ago`,
        ]),
        [names.d]: NOWHERE,
      },
    });
  }
  return changes;
}

/** Another day: another of the record's (what stood there was something else) or one that is clearly off. Never one of `taken`. */
export function wrongDay(
  day: string,
  others: readonly string[],
  taken: ReadonlySet<string>,
  now: string,
  choices: Choices,
): string | undefined {
  const near = others.map((o) => o.slice(0, 10)).filter((o) => o !== day.slice(0, 10) && !taken.has(o));
  if (near.length > 0 && choices.next() < 0.5) return choices.pick(near);
  const base = Date.parse(day.slice(0, 10));
  for (let i = 0; i < 12; i++) {
    const shift = choices.pick([1, -1, 3, -7, 10, -30, 31, 62, -92, 365, -365, 366, 730, -1461]);
    const at = new Date(base + shift * DAY_MS).toISOString().slice(0, 10);
    if (!taken.has(at) && at !== day.slice(0, 10) && at < now.slice(0, 10)) return at;
  }
  return undefined;
}

/** An error of the date in {d} and {ond}. */
export function dateError(day: string | undefined, choices: Choices): Change[] {
  return day === undefined ? [] : [{ kind: 'date', fill: dated(day, choices) }];
}

/** The names of a thing that may stand in a sentence about it, without changing what it says. */
export function sentenceNames(said: readonly string[], displays: readonly string[]): readonly string[] {
  const recorded = displays.join(' ').toLowerCase();
  return said.filter((name) => {
    if (/over \d|top number|shots?$.*\bor\b|infection of unknown/i.test(name)) return false;
    const narrow = NARROWER.find(([pattern]) => pattern.test(name));
    return narrow === undefined || narrow[1].test(recorded);
  });
}
/** Names that say more than some displays of their entry do. */
const NARROWER: readonly (readonly [RegExp, RegExp])[] = [
  [/emphysema/i, /emphysema/],
  [/chronic obstructive|^copd$/i, /obstructive|copd|emphysema/],
  [/baby aspirin/i, /\b81 ?mg/],
  [/spray/i, /spray/],
  [/tablets|pills/i, /tablet|pill/],
  [/rescue inhaler|inhaler/i, /inhal|actuat/],
  [/epi ?pen/i, /epipen|auto-injector|injector/i],
  [/implant|nexplanon/i, /implant|nexplanon/],
  [
    /shots?$|depo/i,
    /inject|vaccine|preservative|suspension|influenza|booster|td|depo|dose|mmr|dtap|hep|ipv|varicella|hib|zoster|polio|mening|hpv|tdap|covid|pneumo/,
  ],
  [/thin bones/i, /osteoporosis/],
  [/coronary heart disease|^chd$/i, /heart disease/],
  [/coronary artery disease|^cad$/i, /coronary/],
  [/stroke|cva/i, /stroke|cerebrovascular/],
  [/congestive|^chf$/i, /congestive/],
  [/type 2|t2dm|dm2|type ii/i, /type (?:2|ii)|diabetes/],
  [/colon polyps$/i, /polyps/],
  [/serum/i, /serum|plasma/],
  [/prevnar|pcv13/i, /13/],
  [/gardasil/i, /hpv/],
  [/major depression/i, /major/],
  [/^sleep apnea$/i, /apnea/],
  [/obstructive sleep apnea/i, /obstructive/],
  [/^closed /i, /closed/],
  [/rectal/i, /rectal/],
  [/fasting/i, /fasting/],
  [/^concussion with/i, /concussion with/],
  [/OxyContin/i, /extended release|oxycontin/],
  [/toprol/i, /succinate|toprol/],
  [/lopressor/i, /tartrate|lopressor/],
  [/flovent/i, /inhal|actuat|flovent/],
  [/ventolin/i, /inhal|actuat|ventolin/],
  [/penicillin v|pen vk/i, /penicillin v/],
  [/b12 shots/i, /inject/],
];

export function nameRewordings(names: readonly string[], kind: string | undefined, choices: Choices): Change[] {
  return choices
    .some(names.slice(1), 4)
    .map((name) => ({ kind: kind ?? (isAbbreviation(name) ? 'abbreviation' : 'synonym'), fill: { x: name } }));
}
function isAbbreviation(name: string): boolean {
  return /^[A-Za-z0-9+-]{1,4}$/.test(name) || /^[A-Z0-9-]{2,7}s?$/.test(name) || /^[A-Za-z]*[A-Z][A-Za-z]*[A-Z]\w*$/.test(name);
}

const COUNTS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
/** {n} as a word or digits, {times} as people say it. */
export function counted(n: number, choices: Choices): Fill {
  const word = COUNTS[n];
  const shown = word !== undefined && choices.next() < 0.6 ? word : String(n);
  return { n: shown, times: n === 1 ? 'once' : n === 2 && choices.next() < 0.5 ? 'twice' : `${shown} times` };
}
export function countErrors(n: number, choices: Choices): Change[] {
  const wrong = [n + 1, n + 2, n - 1, n * 2, n + 10].filter((w) => w > 1 && w !== n);
  return choices.some(wrong, 2).map((w) => ({ kind: 'count', fill: counted(w, choices) }));
}
