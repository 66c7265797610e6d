import { isLeftOpen } from '../../language/left-open.ts';
import { isNegated, negations } from '../../language/negation.ts';
import { sentences } from '../../language/sentences.ts';
import type { Chart, Fact } from '../contract.ts';
import { isVoid } from './select.ts';

/** What a note or report tells of a drug that was given or taken, in its own words. */
export interface UseTold {
  readonly fact: Fact;
  /** The sentence, letter by letter. */
  readonly sentence: string;
  /** The drugs. */
  readonly of: readonly string[];
}

const WORD = "[\\p{L}\\p{N}][\\p{L}\\p{N}'’.,%/-]*";
/** "Gave epinephrine", "took six units of lispro" */
const BEFORE = new RegExp(
  `(?<![\\p{L}])(gave|given|administered|received|injected|took|taken|used|needed)(?! (?:to|for|as)\\b)\\s+((?:${WORD}\\s+){0,4})$`,
  'iu',
);
/** "Naloxone 0.4 mg was given" */
const AFTER = new RegExp(
  `^\\s+(?:${WORD}\\s+){0,5}?(?:(?:was|were|has been|had been)\\s+)?(?:given|administered|injected|used|taken|needed)(?![\\p{L}])(?! (?:to|for) )`,
  'iu',
);
/** Handed out, not used. */
const HANDED =
  /\b(?:prescriptions?|scripts?|refills?|suppl(?:y|ies)|kit|samples?|new|spare|education|instructions?|training|leaflet|his|her|their|the (?:fact|history)|that|age)\b/i;
/** What a relative took; what a relative gave was given to the patient. */
const OF_OTHERS =
  /\b(?:mother|father|brother|sister|son|daughter|aunt|uncle|grand\w+|sibling|wife|husband|partner|roommate|friend)s?\b[^.;:]{0,40}\b(?:took|taken|used|received|needed|was given)\b/i;

const known = new WeakMap<Chart, readonly UseTold[]>();

/** Newest first. What is denied, planned, hangs on a condition, was handed out or is told of somebody else is left out. */
export function usesTold(chart: Chart): readonly UseTold[] {
  let told = known.get(chart);
  if (!told) {
    told = chart.facts
      .filter((fact) => (fact.kind === 'document' || fact.kind === 'report') && fact.part === undefined && !isVoid(fact))
      .flatMap((fact) => ['text', 'conclusion'].flatMap((key) => toldIn(fact.details?.[key] ?? '', fact, chart)))
      .toSorted((a, b) => (b.fact.date ?? '').localeCompare(a.fact.date ?? ''));
    known.set(chart, told);
  }
  return told;
}

/** Those of a drug or of one of a class of drugs. */
export const usesToldOf = (ids: readonly string[], chart: Chart): readonly UseTold[] =>
  usesTold(chart).filter(({ of }) => of.some((own) => ids.some((id) => own === id || chart.terminology.isA(own, id))));

const isDrug = (id: string, { terminology }: Chart): boolean => /^(?:drug|drug-class)$/.test(terminology.get(id)?.kind ?? '');

const LABEL = /^(?:[A-Z][\w ]{1,20})\s*:\s+/;

function toldIn(text: string, fact: Fact, chart: Chart): readonly UseTold[] {
  if (!/\b(?:gave|given|administered|received|injected|took|taken|used|needed)\b/i.test(text)) return [];
  return text.split('\n').flatMap((line) =>
    sentences(line).flatMap(({ text: one }): readonly UseTold[] => {
      const sentence = one.trim().replace(/^[*•·–-]\s+/, '');
      const read = sentence.replace(LABEL, '');
      if (/\?\s*$/.test(read) || isLeftOpen(read) || OF_OTHERS.test(read)) return [];
      const of = chart.terminology
        .mentions(read)
        .filter(({ start, end }) => isUsed(read, start, end))
        .flatMap(({ concepts }) => concepts.filter((id) => isDrug(id, chart)));
      return of.length > 0 ? [{ fact, sentence, of: [...new Set(of)] }] : [];
    }),
  );
}

function isUsed(sentence: string, start: number, end: number): boolean {
  const before = BEFORE.exec(sentence.slice(0, start));
  // "Could not wake her and gave glucagon": what is denied before is another thing.
  const from = before
    ? Math.max(0, ...[...sentence.slice(0, before.index).matchAll(/[,;:]|\b(?:and|but|then|so)\b/gi)].map(({ index }) => index))
    : 0;
  if (isNegated(negations(sentence.slice(from)), start - from, end - from)) return false;
  if (before) return !HANDED.test(before[2]!) && !APART.test(before[2]!) && !NOT.test(sentence.slice(from, before.index));
  const after = AFTER.exec(sentence.slice(end));
  return after !== null && !NOT.test(after[0]) && !TO_BE.test(after[0]) && !NOT.test(sentence.slice(0, start));
}

/** What stands behind these is not what was taken: "taken before the antibiotic". */
const APART = /\b(?:before|after|with|without|from|for|by|during|into|in|on|at|than|because|since|off|over|out|together|place|care)\b/i;
/** How it is to be taken. */
const TO_BE = /\b(?:is|are|be)\b|\b(?:as|if|when|where|until) needed$|\btaken$(?<! (?:was|were|been) taken)/i;
const NOT = /\b(?:not|never|nor|no|without)\b|n['’]t\b/i;

const ORDERING = /^\W*(?:start|stop|chang|continu|prescri|order|diagnos|increas|decreas|reduc|switch|refill)\w*/i;

/** Some note speaks of the drug otherwise than of its order, so that a use of it may stand there. */
export const isSpokenOf = (ids: readonly string[], chart: Chart): boolean =>
  chart.facts
    .filter((fact) => (fact.kind === 'document' || fact.kind === 'report') && !isVoid(fact))
    .flatMap(({ details }) => [details?.['text'] ?? '', details?.['conclusion'] ?? ''])
    .flatMap((text) => text.split('\n').flatMap((line) => sentences(line).map(({ text: one }) => one)))
    .some(
      (one) =>
        !ORDERING.test(one) &&
        chart.terminology
          .mentions(one)
          .some(({ concepts }) => concepts.some((own) => ids.some((id) => own === id || chart.terminology.isA(own, id)))),
    );
