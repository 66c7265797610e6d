/**
 * Numbers with their units in text. A number that is part of a name ("COVID-19", "B12", "type 2"), an identifier, an ordinal, a calendar
 * date, a clock time or a time expression ("2 years ago", "for 3 years": see dates.ts) is no quantity. Every number is reported once.
 */

import type { TextQuantity } from './contract.ts';
import { timeSpans } from './dates.ts';
import { isQuantity, NUMBER, VULGAR, worded } from './number-tokens.ts';
import { AGE, attachUnit, POWER, type Token, UNIT, UNIT_BARE_TIME } from './quantity-units.ts';

const COMPARATORS: readonly (readonly [RegExp, NonNullable<TextQuantity['comparator']>])[] = [
  [
    /(?:<=|≤|=<|\b(?:no|not) (?:more|greater|higher|over)(?: than)?|\bat most|\bat or below|\bup to|\bmaximum(?: of)?|\bmax(?: of)?|\bless than or equal to|\bno higher than|\bnot exceeding|\bdoes not exceed) ?$/i,
    '<=',
  ],
  [
    /(?:>=|≥|=>|\b(?:no|not) (?:less|fewer|lower|under)(?: than)?|\bat least|\bat or above|\bminimum(?: of)?|\bgreater than or equal to|\bnot below) ?$/i,
    '>=',
  ],
  [/(?:<|\b(?:less|fewer|lower|smaller|younger) than|\bunder|\bbelow|\bshort of|\bjust under) ?$/i, '<'],
  [
    /(?:(?<![-=])>|\b(?:more|greater|higher|larger|older) than|\bover|\babove|\bexceed(?:s|ed|ing)?|\bin excess of|\bupwards of|\bjust over) ?$/i,
    '>',
  ],
  [
    /(?:~|≈|\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|circa|close to|near|some|an estimated|somewhere around|in the region of|ca\.)) ?$/i,
    '~',
  ],
];
const TRAILING: readonly (readonly [RegExp, NonNullable<TextQuantity['comparator']>])[] = [
  [
    /^(?:\+(?![\dA-Za-z]| ?(?:pitting|edema|oedema|reflex|pulse|dtr|tender|bilateral|lower))| or (?:more|higher|greater|above|over|older)\b| and (?:above|over|up)\b| (?:at|as a) minimum\b)/i,
    '>=',
  ],
  [/^(?: or (?:less|fewer|lower|below|under|younger)\b| and (?:below|under)\b| (?:at most|maximum|max)\b)/i, '<='],
  [/^(?:-ish\b| or so\b| or thereabouts\b| give or take\b)/i, '~'],
];
const CHANGE =
  /\b(?:rose|risen|rise|rising|fell|fallen|fall|falling|increas\w+|decreas\w+|dropp?\w*|went|gone|improv\w+|worsen\w+|climb\w+|declin\w+|titrat\w+|chang\w+|up|down|reduc\w+|rais\w+|lower\w+|grew|grow\w*|progress\w+|move[ds]?|moving|trend\w*|gain\w*|lost)\b[^.;]*$/i;
const RANGING = /\b(?:rang\w+|var(?:y|ied|ying|ies)|fluctuat\w+|between|anywhere|target|goal|normal|reference)\b[^.;]*$/i;

/** Every quantity of the text, in order, not overlapping. */
export function quantities(text: string): readonly TextQuantity[] {
  if (
    !/\d|[½¼¾⅓⅔]/.test(text) &&
    !/\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|hundred|thousand|dozen|couple|half|once|twice|thrice)\b/i.test(
      text,
    )
  )
    return [];
  const spans = timeSpans(text);
  const tokens: Token[] = worded(text, spans);
  NUMBER.lastIndex = 0;
  for (let m = NUMBER.exec(text); m; m = NUMBER.exec(text)) {
    const start = m.index;
    const end = start + m[0].length;
    if (!isQuantity(text, start, end, spans)) continue;
    const plain = m[0].replace(/,/g, '');
    tokens.push({
      start,
      end,
      value: Number(plain),
      decimals: plain.includes('.') ? plain.length - plain.indexOf('.') - 1 : 0,
      unitEnd: end,
    });
  }
  for (const m of text.matchAll(/[½¼¾⅓⅔]/g)) {
    const last = tokens.find((t) => !t.worded && (t.end === m.index || (t.end === m.index - 1 && text[t.end] === ' ')));
    if (last) {
      last.value += VULGAR[m[0]]!;
      last.decimals = 1;
      last.end = m.index + 1;
      last.unitEnd = last.end;
    } else tokens.push({ start: m.index, end: m.index + 1, value: VULGAR[m[0]]!, decimals: m[0] === '½' ? 1 : 2, unitEnd: m.index + 1 });
  }
  tokens.sort((a, b) => a.start - b.start);
  const joined = powers(text, fractions(text, signs(text, tokens)));
  for (const token of joined) attachUnit(text, token);
  return combine(text, joined);
}

/** "-2.5": a sign where no range or hyphen can be meant. */
function signs(text: string, tokens: Token[]): Token[] {
  for (const token of tokens) {
    const before = text.slice(0, token.start);
    if (
      !token.worded &&
      /[-−–]$/.test(before) &&
      /(?:^|[\s(:=])[-−–]$/.test(before) &&
      !/[\d%] *[-−–]$/.test(before) &&
      (token.decimals > 0 || /(?:score|of|is|was|:|=|excess|deficit)\s*[-−]$/i.test(before))
    ) {
      token.value = -token.value;
      token.start -= 1;
    } else if (/\b(?:minus|negative) $/i.test(before) && token.decimals > 0) {
      token.value = -token.value;
      token.start -= /minus $/i.test(before) ? 6 : 9;
    }
  }
  return tokens;
}

/** "1/2 tablet", "1 1/2 tabs" */
function fractions(text: string, tokens: Token[]): Token[] {
  const result: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const a = tokens[i]!;
    const b = tokens[i + 1];
    if (
      b &&
      text.slice(a.end, b.start) === '/' &&
      [2, 3, 4].includes(b.value) &&
      a.value < b.value &&
      a.decimals === 0 &&
      /^ ?-?(?:of an? )?(?:an? )?(?:tab|pill|cap|dose|teaspoon|tsp|cup|pack|mg|inch|hour|litre|liter|bottle)/i.test(text.slice(b.end))
    ) {
      const whole = result.at(-1);
      if (whole && !whole.worded && /^[ -]$/.test(text.slice(whole.end, a.start))) {
        whole.value += a.value / b.value;
        whole.decimals = 1;
        whole.end = whole.unitEnd = b.end;
      } else result.push({ start: a.start, end: b.end, value: a.value / b.value, decimals: b.value === 4 ? 2 : 1, unitEnd: b.end });
      i++;
    } else result.push(a);
  }
  return result;
}

/** "5 x 10^9" without a volume behind it is a number. With one it is part of the unit (attachUnit reads it), and the "10" is no quantity. */
function powers(text: string, tokens: Token[]): Token[] {
  const result: Token[] = [];
  let covered = -1;
  for (const token of tokens) {
    if (token.start < covered) continue;
    const power = new RegExp(`^ ?${POWER}`).exec(text.slice(token.end, token.end + 20));
    if (power && /^ ?[x×*]/.test(power[0])) {
      covered = token.end + power[0].length;
      if (!UNIT.test(text.slice(token.end, token.end + 60))) {
        const exponent = Number(/(\d{1,2})\)?$/.exec(power[0].normalize('NFKC').replace(/10(?=\d{1,2}$)/, '10^'))?.[1] ?? 0);
        token.value *= 10 ** exponent;
        token.end = token.unitEnd = covered;
      } else {
        covered = token.end + UNIT.exec(text.slice(token.end, token.end + 60))![0].length;
      }
    }
    result.push(token);
  }
  return result;
}

function combine(text: string, tokens: readonly Token[]): readonly TextQuantity[] {
  const result: TextQuantity[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const a = tokens[i]!;
    const floor = result.at(-1)?.end ?? 0;
    if (a.start < floor) continue;
    const b = tokens[i + 1];
    const feet =
      b && a.ucum === '[ft_i]' && b.start - a.unitEnd <= 5 && /^[ ,]*(?:and )?$/.test(text.slice(a.unitEnd, b.start)) && b.value < 12;
    const pounds = b && a.ucum === '[lb_av]' && b.ucum === '[oz_av]' && /^[ ,]*(?:and )?$/.test(text.slice(a.unitEnd, b.start));
    if (b && (feet || pounds)) {
      const end = b.ucum === '[in_i]' || pounds ? b.unitEnd : b.end;
      const value = feet ? a.value * 12 + b.value : a.value * 16 + b.value;
      result.push(
        quantity(text, a.start, end, { ...b, value, unit: text.slice(a.end, end).trim(), ucum: feet ? '[in_i]' : '[oz_av]' }, 'single'),
      );
      i++;
      continue;
    }
    if (b && !a.score) {
      const between = text.slice(a.unitEnd, b.start);
      const before = text.slice(floor, a.start);
      const form = link(before, between, a, b);
      if (form === 'pair' || form === 'range') {
        const unit = b.unit === undefined ? a : b;
        const lead = form === 'range' ? (/\b(?:between|from|anywhere (?:between|from)) $/i.exec(before)?.[0].length ?? 0) : 0;
        const start = a.start - (/from /i.test(before.slice(-lead || before.length)) && form === 'range' ? lead : lead);
        result.push(
          quantity(
            text,
            start,
            b.unitEnd,
            { ...unit, value: a.value, decimals: Math.max(a.decimals, b.decimals) },
            form,
            b.value,
            a.worded || b.worded,
          ),
        );
        i++;
        continue;
      }
    }
    const before = text.slice(floor, a.start);
    const after = text.slice(a.unitEnd);
    const lead = COMPARATORS.map(([re, c]) => ({ m: re.exec(before), c })).find(({ m }) => m);
    const overTime = lead?.c === '>' && /over ?$/i.test(before) && UNIT_BARE_TIME.test(text.slice(a.end)) && !AGE.test(text.slice(a.end));
    const trail = TRAILING.map(([re, c]) => ({ m: re.exec(after), c })).find(({ m }) => m);
    const start = lead && !overTime ? a.start - lead.m![0].length : a.start;
    const end = trail ? a.unitEnd + trail.m![0].length : a.unitEnd;
    const comparator = lead && !overTime ? lead.c : trail?.c;
    result.push({ ...quantity(text, start, end, a, 'single'), ...(comparator ? { comparator } : {}) });
  }
  return result;
}

function link(before: string, between: string, a: Token, b: Token): TextQuantity['form'] | undefined {
  const unitsFit = a.ucum === undefined || b.ucum === undefined || a.ucum === b.ucum;
  if (!unitsFit || b.score) return undefined;
  if (/^ ?\/ ?$/.test(between) && a.unit === undefined) return 'pair';
  if (/^ over $/i.test(between) && a.unit === undefined && a.value >= 50 && b.value >= 20 && a.value > b.value) return 'pair';
  if (/\b(?:between|anywhere between) $/i.test(before) && /^ and $/i.test(between)) return 'range';
  const from = /\bfrom $/i.test(before);
  if (from && /^ (?:to|up to|through) $/i.test(between)) return RANGING.test(before) ? 'range' : undefined;
  if (/^ ?[-–—] ?$/.test(between) && (a.worded ?? false) === (b.worded ?? false)) {
    if (a.value < b.value && (b.value < a.value * 10 || a.value === 0)) return 'range';
    return a.unit === undefined && b.unit !== undefined && !between.includes(' ') ? 'pair' : undefined;
  }
  if (/^ (?:to|or) $/i.test(between) && a.value < b.value && !/^ to $/i.test(between))
    return a.unit === undefined && b.unit !== undefined && b.value <= a.value * 2.5 ? 'range' : undefined;
  if (/^ to $/i.test(between) && a.value < b.value && !(CHANGE.test(before.slice(-60)) && !RANGING.test(before.slice(-60)))) return 'range';
  return undefined;
}

function quantity(
  text: string,
  start: number,
  end: number,
  token: Token,
  form: TextQuantity['form'],
  second?: number,
  anyWorded?: boolean,
): TextQuantity {
  return {
    start,
    end,
    text: text.slice(start, end),
    value: token.value,
    ...(second === undefined ? {} : { second }),
    form,
    decimals: token.decimals,
    ...(token.unit === undefined ? {} : { unit: token.unit }),
    ...(token.ucum === undefined ? {} : { ucum: token.ucum }),
    ...((anyWorded ?? token.worded) ? { worded: true } : {}),
  };
}
