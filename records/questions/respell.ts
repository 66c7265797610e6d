import { isCommonWord } from '../../language/terminology/spelling.ts';
import type { Chart } from '../contract.ts';
import { clash } from './items.ts';
import { ALIASES, isFrameWord, SPELLABLE } from './lexicon.ts';
import { MEASURED } from './sections.ts';
import { slipsOf } from './vocabulary.ts';
import { editDistance, tokens } from './wording.ts';

/** Two neighbouring letters changed about. */
const swaps = (word: string): string[] =>
  Array.from({ length: word.length - 1 }, (_, i) => word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2)).filter(
    (one) => one !== word,
  );

/** Misspelled words of the frame, written as they are meant: "lastest", "diagnosd". */
export function respell(text: string, chart: Chart): { text: string; readAs: { text: string; as: string }[] } {
  const exact = chart.terminology.mentions(text);
  const own = ownNames(chart);
  const named = peopleIn(chart);
  const readAs: { text: string; as: string }[] = [];
  let out = '';
  let at = 0;
  for (const token of tokens(text)) {
    const word = token.word;
    if (word.length < 4 || !/^[a-z]+$/.test(word) || isFrameWord(word) || own.has(word) || named.has(word) || ALIASES[word]) continue;
    if (exact.some((mention) => clash(mention, token))) continue;
    if (token.start > 0 && /^\p{Lu}/u.test(token.text)) continue;
    if (word.length === 4 && isCommonWord(word)) continue;
    const limit = word.length >= 8 ? 2 : 1;
    let best: string | undefined;
    let least = limit + 1;
    if (word.length === 4) {
      const swapped = swaps(word).filter((one) => SPELLABLE.includes(one) || chart.terminology.byName(one).length > 0);
      if (swapped.length === 1) {
        out += text.slice(at, token.start) + swapped[0];
        at = token.start + word.length;
        readAs.push({ text: word, as: swapped[0]! });
        continue;
      }
    }
    for (const candidate of SPELLABLE) {
      if (candidate[0] !== word[0]) continue;
      const distance = editDistance(word, candidate, limit);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    if (!best) continue;
    // A slip may also be one in a clinical name; the nearer reading wins, the clinical one at a tie.
    const clinical = chart.terminology.mentions(token.text, { fuzzy: true })[0]?.readAs;
    if (clinical && editDistance(word, clinical.toLowerCase(), least) <= least) continue;
    out += text.slice(at, token.start) + best;
    at = token.start + word.length;
    readAs.push({ text: word, as: best });
  }
  return { text: out + text.slice(at), readAs };
}

/** A short slip inside a name of several words: "red blod cells", "body mas index". Only where the whole name comes out. */
export function respellInside(text: string, chart: Chart): { text: string; readAs: { text: string; as: string }[] } {
  const readAs: { text: string; as: string }[] = [];
  let out = text;
  for (const token of [...tokens(text)].reverse()) {
    const { word } = token;
    if (word.length < 3 || word.length > 4 || !/^[a-z]+$/.test(word) || isFrameWord(word) || ALIASES[word]) continue;
    if (chart.terminology.byName(token.text).length > 0) continue;
    if (chart.terminology.mentions(text).some((mention) => clash(mention, token))) continue;
    for (const candidate of slipsOf(word)) {
      const tried = out.slice(0, token.start) + candidate + out.slice(token.start + word.length);
      const hit = chart.terminology
        .mentions(tried)
        .find(
          (mention) => mention.start <= token.start && mention.end >= token.start + candidate.length && mention.text.trim().includes(' '),
        );
      if (!hit) continue;
      out = tried;
      readAs.push({ text: word, as: candidate });
      break;
    }
  }
  return { text: out, readAs };
}

const OF_ANOTHER = /^\s*(?:of|for|against)\b/i;

/** "Viral load" where the record has one test of that name, the "HIV viral load": the name in full. Told, as every reading of what was not said. */
export function inFull(text: string, chart: Chart): { text: string; readAs: { text: string; as: string }[] } {
  const found = tokens(text);
  const mentions = chart.terminology.mentions(text);
  for (const { head, tail, name } of shortNames(chart)) {
    const hit = new RegExp(`\\b${tail.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}s?\\b`, 'i').exec(text);
    if (!hit || mentions.some(({ start, end }) => start < hit.index + hit[0].length && hit.index < end)) continue;
    const before = found.filter(({ end }) => end <= hit.index).at(-1);
    const own = before === undefined || isFrameWord(before.word) || before.possessive === true;
    if (!own || OF_ANOTHER.test(text.slice(hit.index + hit[0].length))) continue;
    return {
      text: `${text.slice(0, hit.index)}${head} ${tail}${text.slice(hit.index + hit[0].length)}`,
      readAs: [{ text: hit[0], as: name }],
    };
  }
  return { text, readAs: [] };
}

interface ShortName {
  readonly head: string;
  /** Two words or more that only this test of the record's ends with. */
  readonly tail: string;
  readonly name: string;
}

const short = new WeakMap<Chart, readonly ShortName[]>();

function shortNames(chart: Chart): readonly ShortName[] {
  const known = short.get(chart);
  if (known) return known;
  const ids = new Set(chart.facts.flatMap(({ kind, concepts }) => (MEASURED.has(kind) ? (concepts[0] ?? []) : [])));
  const all = [...ids].flatMap((id) => {
    const concept = chart.terminology.get(id);
    const words = concept?.kind === 'observation' ? concept.name.split(' ') : [];
    return words.slice(1, -1).flatMap((_, index) => {
      const [head, tail] = [words.slice(0, index + 1), words.slice(index + 1)];
      return tail.some(isFrameWord) ? [] : [{ head: head.join(' '), tail: tail.join(' '), name: concept!.name }];
    });
  });
  const alone = all.filter(
    ({ tail, name }) =>
      all.every(({ tail: other, name: its }) => its === name || other !== tail) && chart.terminology.byName(tail).length === 0,
  );
  short.set(chart, alone);
  return alone;
}

const people = new WeakMap<Chart, ReadonlySet<string>>();

/** Name parts of the clinicians whom the record names: written right, whatever else they look like. */
export function peopleIn(chart: Chart): ReadonlySet<string> {
  let known = people.get(chart);
  if (!known) {
    known = new Set(
      chart.facts
        .flatMap((fact) => fact.people ?? [])
        .flatMap((name) =>
          name
            .toLowerCase()
            .normalize('NFKD')
            .replace(/\p{M}/gu, '')
            .split(/[^\p{L}']+/u),
        )
        .filter((part) => part.length > 2 && !isFrameWord(part)),
    );
    people.set(chart, known);
  }
  return known;
}

/** Name parts of the patient: "Amiee221 Jo Buckridge" is asked for as Amiee, Buckridge, Ms. Buckridge. */
export function ownNames(chart: Chart): ReadonlySet<string> {
  return new Set(
    [chart.patient.name, ...(chart.patient.otherNames ?? [])]
      .join(' ')
      .replace(/[’ʼ`]/g, "'")
      .toLowerCase()
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .split(/[^\p{L}\p{N}']+/u)
      .flatMap((part) => [part, part.replace(/\d+$/, ''), part.replaceAll("'", ''), ...part.split("'")])
      .filter((part) => part.length > 1 && !/^(?:mr|mrs|ms|miss|dr|jr|sr|ii|iii|phd|md|mx|prof)$/.test(part)),
  );
}
