/** "Doubled", "fell by a third", "up by half", "three times as high": how many times the later value is the earlier one. */
import { smallNumbers } from '../../language/number-words.ts';

export interface SaidFactor {
  readonly factor: number;
  /** "more than doubled", "nearly halved". */
  readonly bound?: 'over' | 'under' | 'about';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const NUMBERS: Readonly<Record<string, number>> = { ...smallNumbers(10), twice: 2, double: 2, thrice: 3, triple: 3 };
const PARTS: Readonly<Record<string, number>> = {
  half: 1 / 2,
  third: 1 / 3,
  quarter: 1 / 4,
  fourth: 1 / 4,
  fifth: 1 / 5,
  sixth: 1 / 6,
  eighth: 1 / 8,
  tenth: 1 / 10,
};
const VERBS: Readonly<Record<string, number>> = { doubl: 2, trebl: 3, tripl: 3, quadrupl: 4, quintupl: 5, halv: 1 / 2 };

const COUNT = '\\d+(?:\\.\\d+)?|two|three|four|five|six|seven|eight|nine|ten';
const HEDGE =
  '(?:(more than|over|at least|well over|less than|under|not quite|nearly|almost|about|around|roughly|approximately|some|practically|virtually|just over|just under)\\s+)?';
const UP = 'up|rose|risen|rises?|rising|increas\\w+|climb\\w*|gr[eo]w\\w*|gain\\w*|higher|went up|gone up|jump\\w*|put on';
const DOWN = 'down|fell|fall(?:en|s|ing)?|decreas\\w+|drop\\w*|declin\\w+|reduc\\w+|los[et]\\w*|lower|shrank|shrunk|cut';

const verb = new RegExp(`\\b${HEDGE}(doubl|trebl|tripl|quadrupl|quintupl|halv)(?:ed|es|ing)\\b`, 'i');
const cutInHalf = new RegExp(`\\b${HEDGE}(?:cut|fell|dropped|went down|came down|reduced) (?:in|to) half\\b`, 'i');
const fold = new RegExp(`\\b${HEDGE}(${COUNT})[- ]?fold\\b`, 'i');
const byFactor = new RegExp(`\\bby (?:a )?factor (?:of )?${HEDGE}(${COUNT})\\b`, 'i');
const timesAs = new RegExp(
  `\\b${HEDGE}(twice|double|thrice|triple|(?:${COUNT}) times) (?:as (?:high|low|much|great|big|large|heavy)|(?:the|what|its|his|her) )`,
  'i',
);
const part = `${HEDGE}(?:(?:an?|one|(two|three|four))[- ])?(half|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?)`;
const moved = new RegExp(
  `\\b(${UP}|${DOWN})\\b[^,;.]{0,12}?\\b(?:by )?${part}\\b(?! (?:dose|time|visit|of the (?:year|month)|year|month|week))`,
  'i',
);
const before = new RegExp(`\\b${part} (${UP}|${DOWN})\\b`, 'i');

const boundOf = (hedge: string | undefined): Pick<SaidFactor, 'bound'> =>
  hedge === undefined
    ? {}
    : /^(?:more than|over|at least|well over|just over)$/i.test(hedge)
      ? { bound: 'over' }
      : /^(?:less than|under|not quite|nearly|almost|just under)$/i.test(hedge)
        ? { bound: 'under' }
        : { bound: 'about' };
const numberOf = (word: string): number => NUMBERS[word.toLowerCase().replace(/ times$/, '')] ?? Number.parseFloat(word);
const fraction = (count: string | undefined, name: string): number =>
  (count ? (NUMBERS[count.toLowerCase()] ?? 1) : 1) * (PARTS[name.toLowerCase().replace(/s$/, '')] ?? Number.NaN);
const goesDown = (text: string): boolean => new RegExp(`\\b(?:${DOWN})\\b`, 'i').test(text);

/** The first factor that the text says. */
export function factorIn(text: string): SaidFactor | undefined {
  const at = (match: RegExpExecArray, factor: number, hedge: string | undefined): SaidFactor => ({
    factor,
    ...boundOf(hedge),
    text: match[0].trim(),
    start: match.index,
    end: match.index + match[0].length,
  });
  const down = goesDown(text);
  const turned = (times: number): number => (down ? 1 / times : times);
  const found = [
    ((m) => m && at(m, VERBS[m[2]!.toLowerCase()]!, m[1]))(verb.exec(text)),
    ((m) => m && at(m, 0.5, m[1]))(cutInHalf.exec(text)),
    ((m) => m && at(m, turned(numberOf(m[2]!)), m[1]))(fold.exec(text)),
    ((m) => m && at(m, turned(numberOf(m[2]!)), m[1]))(byFactor.exec(text)),
    ((m) => m && at(m, numberOf(m[2]!), m[1]))(timesAs.exec(text)),
    ((m) => m && at(m, 1 + (goesDown(m[1]!) ? -1 : 1) * fraction(m[3], m[4]!), m[2]))(moved.exec(text)),
    ((m) => m && at(m, 1 + (goesDown(m[4]!) ? -1 : 1) * fraction(m[2], m[3]!), m[1]))(before.exec(text)),
  ].filter((one) => one !== null && Number.isFinite(one.factor) && one.factor > 0);
  return found.sort((a, b) => a!.start - b!.start)[0] ?? undefined;
}

/** Is the step from one value to the other the one that is said? `undefined`: not decided. */
export function fitsFactor({ factor, bound }: SaidFactor, from: number, to: number): boolean | undefined {
  if (from <= 0 || to <= 0) return undefined;
  const ratio = to / from;
  // The change that is said, and the recorded one, in the same direction.
  const [wanted, real] = factor >= 1 ? [factor, ratio] : [1 / factor, 1 / ratio];
  if (real < 1) return false;
  const near = Math.abs(real / wanted - 1);
  if (bound === 'over') return real >= wanted * 0.995 ? (real < wanted * 1.5 ? true : undefined) : false;
  if (bound === 'under')
    return real <= wanted * 1.005 ? (real > wanted * 0.8 ? true : near < 0.35 ? undefined : false) : near < 0.07 ? undefined : false;
  if (factor >= 1.5 || factor <= 0.5) {
    if (near <= (bound === 'about' ? 0.15 : 0.07)) return true;
    return near <= 0.15 ? undefined : false;
  }
  // "By a third", "by a quarter": the share of the change.
  const [change, said] = [Math.abs(ratio - 1), Math.abs(factor - 1)];
  const off = Math.abs(change - said) / said;
  if (off <= (bound === 'about' ? 0.2 : 0.1)) return true;
  return off <= 0.25 ? undefined : false;
}
