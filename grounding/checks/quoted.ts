/** The record's own words inside a sentence: a sig or a note, letter by letter, is stated whatever its words mean elsewhere. */
import type { Fact } from '../../records/contract.ts';

/** Shorter texts are words like others. */
const SHORTEST = 10;

const LABEL = '(?:(?:as written|note|notes|instructions?|sig|comment|described as|stage|site|outcome|follow-up)\\s*:?\\s*)?';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');

/** What of a resource is free text of its author. */
const ownWords = ({ dosage, details, site }: Fact): readonly string[] =>
  [
    dosage?.text,
    details?.written,
    details?.note,
    details?.instructions,
    details?.reactionDescription,
    details?.outcome,
    details?.followUp,
    site,
  ]
    .filter((text) => text !== undefined)
    .map((text) => text.trim().replace(/\.$/, ''))
    .filter((text) => text.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);

const ENDED =
  /\b(?:stop|discontinu|d\/c|ceas|halt|withdr|taken off|came off|is off|was off|off\b|end|held|hold|paus|suspend|cancel|not (?:done|given|performed|taken|attended)|declin|refus|miss|no-show|no longer|switch|replac|changed)/i;

/** The sentence without what it quotes of this fact, between marks or after "because of"; undefined where it quotes nothing. */
export function withoutQuotes(text: string, fact: Fact): string | undefined {
  const end = '(?=\\s*(?:[;,.)]|for\\b|$))';
  const quotes = [
    ...ownWords(fact).map((words) => `\\s*[,;:(]\\s*${LABEL}["“]?${escaped(words)}["”]?\\.?\\)?${end}`),
    // Why it was stopped or not done is no reason for having begun it.
    ...(fact.statusReason && ENDED.test(text)
      ? [`,?\\s+(?:because of|due to|because)\\s*:?\\s+["“]?${escaped(fact.statusReason)}["”]?${end}`]
      : []),
    ...(fact.kind === 'immunization' && fact.details?.doseNumber
      ? [`\\s*[,;:(]\\s*dose\\s+${escaped(fact.details.doseNumber)}\\)?${end}`]
      : []),
  ];
  const rest = quotes.reduce((left, quote) => left.replace(new RegExp(quote, 'i'), ''), text);
  return rest === text || !/\p{L}{3}/u.test(rest) ? undefined : rest;
}
