/** Units behind a number in text. */
import { toUcum } from './units.ts';

export const TIME_UNITS = 'seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|mos|years?|yrs?';
/** Units that letters alone make sure of. */
export const ATOMS = [
  'millimet(?:er|re)s? of mercury|mm ?\\[?Hg\\]?|cm ?\\[?H2O\\]?|kPa|torr',
  'degrees? (?:fahrenheit|celsius|centigrade|[FC])|deg\\.? ?[FC]|° ?[FC]|℃|℉|fahrenheit|celsius|degrees',
  'international units?|I\\.?U\\.?s?|\\[?[mu]?IU\\]?|units?|unt',
  'milligrams?|micrograms?|kilograms?|nanograms?|picograms?|grams?|mcg|[µμu]g|mgs?|kgs?|kilos?|ng|pg|gm|g',
  'pounds?|lbs?|ounces?|oz|stones?|st',
  'millilit(?:er|re)s?|microlit(?:er|re)s?|decilit(?:er|re)s?|lit(?:er|re)s?|mls?|mcL|[µμu]L|dL|fL|cc|L',
  'millimoles?|micromoles?|nanomoles?|picomoles?|mmols?|[µμu]mol|nmol|pmol|mol',
  'milliequivalents?|m?Eqs?|mOsm(?:ol)?',
  'centimet(?:er|re)s?|millimet(?:er|re)s?|kilomet(?:er|re)s?|met(?:er|re)s?|cm|mm3|mm|km|m(?:2|²|\\^2)|sq\\.? m',
  'inch(?:es)?|feet|foot|ft|miles?',
  'percent|per cent|pct|%',
  'tablespoons?|teaspoons?|tbsp|tsp',
  'tablets?|tabs?|capsules?|caps?|pills?|puffs?|inhalations?|actuations?|actuat|sprays?|drops?|gtts?|patch(?:es)?|suppositor(?:y|ies)|lozenges?|vials?|ampoules?|doses?',
  'pack[- ]years?|cigarettes?|packs?|drinks?',
  'beats?|breaths?|bpm|resp(?:irations)?|cells?|copies|points?|pts|score|times?|steps?|calories|kcal|METs?|diopters?',
  TIME_UNITS,
  '[mkμµu]?U(?= ?/)|HPF|LPF|kat|thousand|million|billion|K|M|ratio',
];
export const ATOM = `(?:${ATOMS.join('|')})`;
export const DENOMINATOR = `(?:\\(\\d+ ?(?:h|hr|mL)\\)|\\{?1\\.73 ?_?m(?:2|²|\\^2|\\*2)?\\}?|\\d* ?(?:${ATOMS.join('|')}|h|d|day|hr|wk|min|s|creat(?:inine)?|g creat(?:inine)?))`;
export const POWER = '(?:[x×*]? ?10 ?(?:\\^|\\*\\*?|[eE]) ?\\(?\\d{1,2}\\)?|[x×] ?10\\(\\d{1,2}\\)|[x×] ?10[⁰¹²³⁴⁵⁶⁷⁸⁹]+)';
export const PER = '(?: ?\\/ ?|\\bper | per | an? (?=day|week|month|year|minute|hour|night))';
export const UNIT = new RegExp(
  `^(?: ?-?(?:${POWER}) ?\\/ ?${ATOM}|[ -]?${ATOM}(?:${PER}${DENOMINATOR}){0,3}|(?: ?\\/ ?| per )(?:min(?:ute)?|sec(?:ond)?|hours?|hr|day|week|month|year|[µμu]L|mcL|mm3|HPF|LPF|mL|L)|["″](?! ?\\w))(?![A-Za-z0-9])|^ ?['′](?= ?\\d)`,
  'i',
);
export const UNIT_BARE_TIME = new RegExp(`^[ -]?(?:${TIME_UNITS})\\b`, 'i');
/** One letter only counts as written: "5 L", "10 U", "37.2 C", "5 h", "1.7 m". */
export const LETTER_UNIT = /^ ?(L|U|C|F|h|g|m|d)(?![A-Za-z0-9'’-]|\.[\dA-Za-z])/;
export const AGE =
  /^[ -]?(?:(?:years?|yrs?|y)[ -]?(?:old|of age|o\b\.?)|y\.? ?\/? ?o\.?(?![a-z])|years? young|-?year-?olds?)|^(?: ?(?:M|F))(?= (?:with|who|presents|presenting|here|seen|s\/p|p\/w|w\/|h\/o|hx|admitted)\b|,)/i;
export const MONTHS_OLD = /^[ -](?:months?|mos?|weeks?|wks?|days?)[ -](?:old|of age)/i;

export interface Token {
  start: number;
  end: number;
  value: number;
  decimals: number;
  worded?: boolean;
  unit?: string;
  ucum?: string;
  /** End of number and unit. */
  unitEnd: number;
  score?: boolean;
}

export function attachUnit(text: string, token: Token): void {
  const after = text.slice(token.end, token.end + 60);
  const age = AGE.exec(after);
  const preceding = text.slice(Math.max(0, token.start - 14), token.start);
  if (age) {
    set(token, age[0], 'a');
    return;
  }
  const old = MONTHS_OLD.exec(after);
  if (old) {
    const unit = /^[ -]([a-z]+)/i.exec(old[0])![1]!;
    set(token, old[0], toUcum(unit));
    return;
  }
  const outOf = /^ ?(?:\/|out of|over) ?(\d{1,3}|ten)(?!\d|\/|\.\d|,\d| ?(?:mm|mg|tab|pill|min|kg|days?|weeks?|months?))/i.exec(after);
  if (outOf && Number.isInteger(token.value) && /^ ?(?:\/|out)/i.test(outOf[0])) {
    const top = outOf[1] === 'ten' ? 10 : Number(outOf[1]);
    if (SCALES.has(top) && token.value <= top && !(token.value === 20 && top >= 15)) {
      set(token, outOf[0], '{score}');
      token.score = true;
      return;
    }
  }
  const found = UNIT.exec(after);
  if (found) {
    const shown = found[0].replace(/^[ -]+/, '').trimEnd();
    const letters = /^(?:K|M|m|l|g|st|c|f|cap|caps|mol|pts|time|l|s)$/.test(shown);
    if (/^in$/i.test(shown)) return;
    if (!letters || (shown === 'g' && /^ ?g/.test(found[0]))) {
      const code = toUcum(unitText(shown));
      if (code !== undefined || /^degrees?$/i.test(shown)) {
        set(token, found[0].trimEnd(), code);
        return;
      }
      // The longest part that is a unit: "5 mg / visit" is 5 mg.
      const head = /^[ -]?[^/ ]+/.exec(found[0]);
      const headCode = head ? toUcum(unitText(head[0].replace(/^[ -]+/, ''))) : undefined;
      if (head && headCode !== undefined) {
        set(token, head[0], headCode);
        return;
      }
    }
  }
  const letter = LETTER_UNIT.exec(after);
  if (letter) {
    const unit = letter[1]!;
    const plausible =
      unit === 'C' || unit === 'F'
        ? token.value >= 25 && token.value <= 115
        : unit === 'm'
          ? !token.worded
          : unit === 'd'
            ? !letter[0].startsWith(' ')
            : true;
    if (plausible) {
      // "162 m" may be metres or months: a unit it is, but not one that is known.
      set(token, letter[0], unit === 'm' ? (token.decimals > 0 ? 'm' : undefined) : toUcum(unit));
      return;
    }
  }
  const inches =
    /^ in(?:\.|ch(?:es)?)?(?= ?(?:tall|high|in height|long|$|[,;.)(]| ?(?:on|in|at|as|when|during|and|with|vs|versus)\b))/i.exec(after);
  if (inches) {
    set(token, inches[0], '[in_i]');
    return;
  }
  const multiple = /^ ?x\b(?= ?(?:daily|a day|per|\/|weekly|a week|week|day))/i.exec(after);
  if (multiple) {
    set(token, multiple[0], '{times}');
    return;
  }
  if (/\b(?:aged?|age(?: of|:)?|ages) (?:of )?$/i.test(preceding) && token.value <= 125 && token.decimals === 0) token.ucum = 'a';
}
const SCALES = new Set([
  4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 20, 21, 24, 25, 26, 27, 28, 29, 30, 33, 40, 42, 50, 56, 60, 63, 70, 75, 84, 96, 100,
]);

function unitText(shown: string): string {
  return shown
    .replace(/ an? (?=day|week|month|year|minute|hour|night)/i, '/')
    .replace(/\/night/i, '/d')
    .replace(/\bresp(?:irations)?\b/i, 'breaths');
}

function set(token: Token, shown: string, code: string | undefined): void {
  token.unit = shown.replace(/^[ -]+/, '');
  token.unitEnd = token.end + shown.length;
  if (code !== undefined) token.ucum = code;
}
