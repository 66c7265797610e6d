/** A sentence or line of a note or report, letter by letter and whole: what stands before it in its own sentence cannot turn it round. */
import { onDate } from '../../language/dates.ts';
import { sentences } from '../../language/sentences.ts';
import type { Fact } from '../../records/contract.ts';

const QUOTED = /^(?<source>[^"“]{3,120}) says: ["“](?<words>.{3,600})["”]\.?$/su;

const BULLET = /^\s*[*•·–-]\s+/;

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');

/** `Progress note on 01-Feb-2025 says: "Allergies: sulfa - rash".`: the note that says it; undefined where none does, or it is no such sentence. */
export function quotedFrom(text: string, facts: readonly Fact[]): Fact | undefined {
  const { source = '', words = '' } = QUOTED.exec(text.trim())?.groups ?? {};
  if (words === '') return undefined;
  const wanted = plain(words);
  const isSource = ({ name, date }: Fact): boolean => plain(source).toLowerCase() === `${name}${onDate(date)}`.toLowerCase();
  return facts.find(
    (fact) =>
      (fact.kind === 'document' || fact.kind === 'report') &&
      isSource(fact) &&
      [fact.details?.text, fact.details?.conclusion].some((said) =>
        (said ?? '')
          .split('\n')
          .some(
            (line) =>
              plain(line) === wanted ||
              sentences(line).some((one) => [one.text, one.text.replace(BULLET, '')].some((own) => plain(own) === wanted)),
          ),
      ),
  );
}
