import { formatDate } from '../../language/dates.ts';
import { trend, turned } from '../../records/chart/trend.ts';
import type { Fact } from '../../records/contract.ts';
import type { NumberAt } from '../../records/questions/contract.ts';
import type { DraftClaim } from '../contract.ts';
import { claim, entries, line, listed, SERIES_LISTED, valueOn, type Writing } from './claims.ts';
import { be, capital, isMeasured, numberAt, on, rounded, valueText, withUnit } from './phrases.ts';
import { factSentence } from './sentences.ts';

/** "The latest potassium is 4.1 mmol/L on 12-Mar-2020." For what is done rather than measured, its date. */
export function newest(fact: Fact, which: string, search: readonly string[]): DraftClaim {
  if (fact.details?.unitConflict) return line(fact);
  if (isMeasured(fact)) return claim(`The ${which} ${fact.name} ${be(fact.name)} ${valueOn(fact)}.`, fact.id, search);
  if (fact.kind === 'visit') return claim(`The ${which} visit was${on(fact.date)}: ${factSentence(fact)}`, fact.id, search);
  return fact.date && (fact.kind === 'procedure' || fact.kind === 'immunization' || fact.kind === 'imaging' || fact.kind === 'report')
    ? claim(`The ${which} ${fact.name} was${on(fact.date)}.`, fact.id, search)
    : line(fact);
}

/** "<5": no number, but where one lies. */
const isBound = ({ text }: NumberAt): boolean => /^[<>]/.test(text);

export function writeTrend(writing: Writing): readonly DraftClaim[] {
  const { answer, name, search, within } = writing;
  const { numbers } = answer;
  if (!numbers?.first || !numbers.last || numbers.count < 2) return listed(answer.facts, SERIES_LISTED);
  const { first, last, direction } = numbers;
  const worded = answer.facts.some(({ value }) => value?.type !== 'quantity');
  if (worded || isBound(first) || isBound(last)) return writeBounded(writing, first, last, worded);
  // Values in units that do not compare stand apart: the count would not be that of the whole series.
  const mixed = answer.notes.some((note) => note.kind === 'other-unit');
  // Two values that differ a little show no course to be called stable.
  if (direction === 'stable' && numbers.count < FEWEST && numbers.change && first.value !== last.value)
    return [...writeChange(writing), ...listed(answer.facts, SERIES_LISTED)];
  if (direction && numbers.turn)
    return [
      ...thenBack(name, [first, numbers.turn, last], (at) => `${numberAt(at, numbers)}${on(at.date)}`, search),
      ...listed(answer.facts, SERIES_LISTED),
    ];
  const movement = direction ? `${capital(name)} ${be(name)} ${direction}: from` : `${capital(name)} went from`;
  return [
    claim(
      `${movement} ${numberAt(first, numbers)}${on(first.date)} to ${numberAt(last, numbers)}${on(last.date)}${mixed ? '' : `, over ${numbers.count} values`}${within}.`,
      first.fact.id,
      last.fact.id,
      search,
    ),
    ...listed(answer.facts, SERIES_LISTED),
  ];
}

interface At {
  readonly value: number;
  readonly fact: Fact;
}

/** A course that has turned is neither rising nor falling: how far it went, and back. */
function thenBack<T extends At>(
  name: string,
  [first, turn, last]: readonly [T, T, T],
  told: (at: T) => string,
  search: readonly string[],
): readonly DraftClaim[] {
  const step = (from: T, to: T): string => `${to.value > from.value ? 'rose' : 'fell'} from ${told(from)} to ${told(to)}`;
  return [
    claim(`${capital(name)} ${step(first, turn)}.`, first.fact.id, turn.fact.id, search),
    claim(`${capital(name)} then ${step(turn, last)}.`, turn.fact.id, last.fact.id, search),
  ];
}

/** Between which numbers a value lies: "<20" below 20, ">35000" above it. */
const between = ({ value, text }: NumberAt): readonly [number, number] =>
  text.startsWith('<') ? [Number.NEGATIVE_INFINITY, value] : text.startsWith('>') ? [value, Number.POSITIVE_INFINITY] : [value, value];

/** A course of which some values are only limits ("<20") or words ("not detected"): what is sure of its ends, and how many are so. */
function writeBounded({ answer, name, search, within }: Writing, first: NumberAt, last: NumberAt, worded: boolean): readonly DraftClaim[] {
  const all = entries(answer.facts);
  const rows = listed(answer.facts, SERIES_LISTED);
  if (answer.notes.some((note) => note.kind === 'other-unit') || all.some(({ date }) => date === undefined)) return rows;
  const [from, to] = [between(first), between(last)];
  const moved = isBound(first) && isBound(last) ? undefined : to[1] <= from[0] ? 'fell' : from[1] <= to[0] ? 'rose' : undefined;
  const ends =
    moved && !worded && first.value !== last.value
      ? [
          claim(
            `${capital(name)} ${moved} from ${numberAt(first, answer.numbers!)}${on(first.date)} to ${numberAt(last, answer.numbers!)}${on(last.date)}${within}.`,
            first.fact.id,
            last.fact.id,
            search,
          ),
        ]
      : within === ''
        ? [newest(all.at(-1)!, 'first', search), newest(all[0]!, 'latest', search)]
        : [];
  // How many of a part of the time are so, the whole record does not tell.
  const texts = within === '' ? [...new Set(all.filter((fact) => !isPlain(fact)).map(valueText))] : [];
  const counts = texts.flatMap((text) => {
    const those = all.filter((fact) => valueText(fact) === text);
    if (those.length < 2) return [];
    return [
      claim(
        `${capital(name)} was ${text} in ${those.length} of ${all.length} values.`,
        those.map(({ id }) => id),
        search,
      ),
    ];
  });
  return [...ends, ...counts, ...rows];
}

const isPlain = ({ value }: Fact): boolean => value?.type === 'quantity' && !value.comparator;

/** "How is her kidney function?", "how's his pressure been": where it stands, and where it is going. */
export const COURSE =
  /^(?:and |so |ok |well,? )*how(?:'s|’s| is| are| has| have| was| were)\b(?! (?:old|high|low|long|many|much|often|far))/i;

/** Fewer values show no course. */
const FEWEST = 3;

export function course({ answer, name, search }: Writing): readonly DraftClaim[] {
  const values = answer.considered.filter((fact) => fact.part === answer.facts[0]?.part);
  const figures = answer.scope.from || answer.scope.to ? undefined : trend(values);
  if (!figures || figures.points.length < FEWEST || figures.excluded.length > 0) return [];
  const { first, last, direction } = figures;
  if (direction !== 'rising' && direction !== 'falling') return [];
  const back = turned(figures);
  if (back) return thenBack(name, [first, back, last], (at) => `${valueText(at.fact)}${on(at.date)}`, search);
  return [
    claim(
      `${capital(name)} ${be(name)} ${direction}: from ${valueText(first.fact)}${on(first.date)} to ${valueText(last.fact)}${on(last.date)}.`,
      first.fact.id,
      last.fact.id,
      search,
    ),
  ];
}

export function writeChange({ answer, name, search }: Writing): readonly DraftClaim[] {
  const { numbers } = answer;
  const change = numbers?.change;
  if (!numbers || !change) return listed(answer.facts, SERIES_LISTED);
  // "Higher in 2014 than in 2015": told in the order of time, whichever was asked of the other.
  const back = change.from.date !== undefined && change.to.date !== undefined && change.from.date > change.to.date;
  const [from, to] = back ? [change.to, change.from] : [change.from, change.to];
  const difference = back ? -change.difference : change.difference;
  const none = Number(rounded(Math.abs(difference), [from.text, to.text])) === 0;
  const moved = none ? 'did not change' : difference > 0 ? 'rose' : 'fell';
  // From ">35000" nobody knows by how much.
  const bound = isBound(from) || isBound(to);
  const by =
    none || bound
      ? ''
      : ` by ${withUnit(rounded(Math.abs(difference), [from.text, to.text]), numbers.unit === '%' ? 'points' : numbers.unit)}`;
  return [
    claim(
      `${capital(name)} ${moved}${by}, from ${numberAt(from, numbers)}${on(from.date)} to ${numberAt(to, numbers)}${on(to.date)}.`,
      from.fact.id,
      to.fact.id,
      search,
    ),
  ];
}

export function writeExtreme(which: 'highest' | 'lowest', { answer, name, search, within }: Writing): readonly DraftClaim[] {
  const at = which === 'highest' ? answer.numbers?.max : answer.numbers?.min;
  if (!answer.numbers || !at) return listed(answer.facts);
  if (answer.scope.from && answer.scope.from.slice(0, 10) === answer.scope.to?.slice(0, 10)) return [line(at.fact)];
  return [claim(`The ${which} ${name}${within} ${be(name)} ${numberAt(at, answer.numbers)}${on(at.date)}.`, at.fact.id, search)];
}

export function writeRange(writing: Writing): readonly DraftClaim[] {
  const { answer, name, search, within } = writing;
  const { numbers } = answer;
  if (!numbers?.min || !numbers.max) return listed(answer.facts);
  // "<3" is an end that is not known: each end is told by itself.
  if (isBound(numbers.min) || isBound(numbers.max)) return [...writeExtreme('lowest', writing), ...writeExtreme('highest', writing)];
  // Two dates of values and two of a time in one sentence would not say which are which.
  if (within !== '')
    return [
      claim(
        `${capital(name)} ranged from ${numberAt(numbers.min, numbers)} to ${numberAt(numbers.max, numbers)}${within}.`,
        numbers.min.fact.id,
        numbers.max.fact.id,
        search,
      ),
      ...listed(numbers.min.fact === numbers.max.fact ? [numbers.min.fact] : [numbers.min.fact, numbers.max.fact]),
    ];
  return [
    claim(
      `${capital(name)} ranged from ${numberAt(numbers.min, numbers)}${on(numbers.min.date)} to ${numberAt(numbers.max, numbers)}${on(numbers.max.date)}, over ${numbers.count} values${within}.`,
      numbers.min.fact.id,
      numbers.max.fact.id,
      search,
    ),
  ];
}

export function writeAverage({ answer, name, search, within }: Writing): readonly DraftClaim[] {
  const { numbers } = answer;
  if (numbers?.mean === undefined) return listed(answer.facts);
  const like = [numbers.min?.text ?? '', numbers.max?.text ?? ''];
  const mean = withUnit(rounded(numbers.mean, like), numbers.unit);
  const from = answer.question.limit ? numbers.first?.date : undefined;
  return [claim(`The average ${name} is ${mean} over ${numbers.count} values${from ? ` since ${formatDate(from)}` : within}.`, search)];
}
