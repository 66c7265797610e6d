import { smallNumbers } from '../../language/number-words.ts';
import type { Found, Scope } from './scope.ts';
import { isActive } from './select.ts';

const TIMES: Readonly<Record<string, number>> = { ...smallNumbers(6), once: 1, twice: 2, thrice: 3 };
const PER: Readonly<Record<string, number>> = { day: 1, daily: 1, night: 1, week: 7, weekly: 7, month: 30, monthly: 30 };
const COUNT = '(once|twice|thrice|one|two|three|four|five|six|\\d+)';

const FORMS: readonly (readonly [RegExp, (match: RegExpExecArray) => number])[] = [
  [
    new RegExp(`\\b${COUNT}(?: times?| x|x)?(?: (?:a|per|every|each))? (day|daily|night|week|weekly|month|monthly)\\b`, 'i'),
    (match) => numberOf(match[1]!) / PER[match[2]!.toLowerCase()]!,
  ],
  [new RegExp(`\\b(?:every|each|q) ?${COUNT} ?(?:hours?|hrs?|h)\\b`, 'i'), (match) => 24 / numberOf(match[1]!)],
  [/\b(?:every other|alternate) days?\b|\bqod\b/i, () => 0.5],
  [/\b(?:bid|b\.i\.d\.|bd)\b/i, () => 2],
  [/\b(?:tid|t\.i\.d\.|tds)\b/i, () => 3],
  [/\b(?:qid|q\.i\.d\.|qds)\b/i, () => 4],
  [/\b(?:weekly|(?:every|each) week)\b/i, () => 1 / 7],
  [/\b(?:monthly|(?:every|each) month)\b/i, () => 1 / 30],
  [/\b(?:daily|nightly|qd|qhs|(?:every|each) (?:day|night|morning|evening)|at bedtime)\b/i, () => 1],
];

const numberOf = (word: string): number => TIMES[word.toLowerCase()] ?? Number(word);

/** "Twice a day", "q8h", "weekly": how many times a day. */
export function frequencyIn(text: string): { readonly text: string; readonly timesPerDay: number } | undefined {
  for (const [pattern, read] of FORMS) {
    const match = pattern.exec(text);
    const timesPerDay = match ? read(match) : Number.NaN;
    if (match && timesPerDay > 0 && Number.isFinite(timesPerDay)) return { text: match[0], timesPerDay };
  }
  return undefined;
}

/** "Is furosemide once a day?": against how often the order says, which an order of the drug alone does not answer. */
export function askedFrequency({ question, facts, chart }: Scope): Found | undefined {
  const { frequency } = question;
  if (!frequency || facts.length === 0) return undefined;
  const active = facts.filter((fact) => isActive(fact, chart.asOf));
  const asked = active.length > 0 && question.aspect !== 'ever' ? active : facts;
  const same = asked.map(({ dosage }) =>
    dosage?.timesPerDay === undefined ? undefined : Math.abs(dosage.timesPerDay - frequency.timesPerDay) < 0.03 * frequency.timesPerDay,
  );
  const polarity = same.every((one) => one === true) ? 'yes' : same.every((one) => one === false) ? 'no' : 'unknown';
  return {
    outcome: 'found',
    facts: asked,
    polarity,
    notes:
      polarity === 'yes'
        ? []
        : [
            {
              kind: 'qualifier',
              text:
                polarity === 'no'
                  ? `the record does not say ${frequency.text}`
                  : `whether it is ${frequency.text} cannot be told from the structured order`,
              facts: asked,
            },
          ],
  };
}
