import { isNegated, negations } from '../../language/negation.ts';
import { sentences } from '../../language/sentences.ts';
import type { Chart, Fact } from '../contract.ts';
import { bearOn } from './allergens.ts';
import { isVoid } from './select.ts';

/** What a note or report says of an allergy of the patient, in its own words. */
export interface AllergyTold {
  readonly fact: Fact;
  /** The sentence or line, letter by letter. */
  readonly sentence: string;
  /** What it is said to be to, as far as the tables know it: drugs, classes, allergens. */
  readonly to: readonly string[];
}

const WORD = 'allerg(?:y|ies|ic)|intoleran(?:t|ces?)|hypersensitiv\\w+|anaphyla\\w+|adverse (?:drug )?reactions?';
const SAID = new RegExp(`\\b(?:${WORD})\\b`, 'gi');
/** "Allergies:", "Drug allergies / intolerances -": what follows is what the patient reacts to. */
const HEADING =
  /^\W*(?:known |drug |medication |medicine |food |environmental )*(?:allerg(?:y|ies)|intolerances?|adverse (?:drug )?reactions?)(?: (?:list|history|status))?(?: ?(?:\/|&|and) ?(?:intolerances?|adverse (?:drug )?reactions?|sensitivities))?\s*(?::|=|\s[-–])\s*/i;
const NONE =
  /^(?:no\b|none|nil|nka|nkda|nkfa|not\b|den(?:y|ies|ied)|unknown|unremarkable|negative|reviewed|see\b|as (?:above|listed|before)|unchanged|n\/a|[-–—.]*$)/i;
/** Diseases and states that have the word in their name and are no allergy to anything that is given or eaten. */
const DISEASE =
  /\ballerg(?:ic|y) (?:rhin\w+|conjunctiv\w+|asthma|dermatitis|sinusitis|salute|shiners?|clinic|specialist|immunotherapy|test\w*|shots?|symptoms?|season|medic\w*|pills?|drops?)|\b(?:glucose|gluten|fat|exercise|activity|heat|cold|orthostatic|exertional|effort) intoleran\w+|\bintoleran\w+ (?:of|to) (?:exercise|activity|heat|cold|exertion)/gi;
/** "Hives after Bactrim" */
const REACTED =
  /\b(?:hives|urticaria|rash|angio-?edema|swelling of (?:the |his |her |their )?(?:face|lips?|tongue|throat)|bronchospasm|reaction|reacted|reacts)\b[^.;:]{0,30}?\b(?:to|after|from|following|due to|caused by|secondary to)\b/i;
const OF_OTHERS = /\b(?:mother|father|brother|sister|son|daughter|aunt|uncle|grand\w+|sibling|family|wife|husband|partner)\b/i;

const known = new WeakMap<Chart, readonly AllergyTold[]>();

/**
 * Allergies and intolerances that notes and reports tell of, whether or not an entry of the record is one: what is denied, asked, told of a relative, or
 * is the name of a disease ("allergic rhinitis") is left out. Where one is told, it cannot be said that none is recorded.
 */
export function allergiesTold(chart: Chart): readonly AllergyTold[] {
  let told = known.get(chart);
  if (!told) {
    told = chart.facts
      .filter((fact) => (fact.kind === 'document' || fact.kind === 'report') && fact.part === undefined && !isVoid(fact))
      .flatMap((fact) => ['text', 'conclusion'].flatMap((key) => toldIn(fact.details?.[key] ?? '', fact, chart)));
    known.set(chart, told);
  }
  return told;
}

/** Those that bear on a drug, class or allergen: told to be to it, to its class, or to another of its class. */
export const allergiesToldTo = (id: string, chart: Chart): readonly AllergyTold[] =>
  allergiesTold(chart).filter(({ to }) => to.some((own) => bearOn(own, id, chart)));

/** Those that no entry of the record is: to something of its own, or to anything where the record lists none at all. */
export function allergiesUnlisted(chart: Chart): readonly AllergyTold[] {
  const entries = chart.facts.filter((fact) => fact.kind === 'allergy' && !isVoid(fact) && !fact.details?.absence);
  const listed = entries.flatMap(({ concepts, name, names }) => [
    ...concepts,
    ...[name, ...names].flatMap((one) => chart.terminology.byName(one).map(({ id }) => id)),
  ]);
  const isListed = (id: string): boolean => listed.some((own) => chart.terminology.isA(own, id) || chart.terminology.isA(id, own));
  return allergiesTold(chart).filter(({ to }) => (to.length > 0 ? !to.every(isListed) : entries.length === 0));
}

function toldIn(text: string, fact: Fact, chart: Chart): readonly AllergyTold[] {
  if (!/allerg|intoleran|hypersens|anaphyl|adverse|react|hives|urticaria|rash|swelling|oedema|edema|bronchospasm/i.test(text)) return [];
  let listed = false;
  return text.split('\n').flatMap((line) => {
    const below = listed && line.trim() !== '' && !/:\s*$|^\s*[A-Z][\w /&-]{2,40}:/.test(line);
    listed = below;
    return sentences(line).flatMap((one) => {
      const sentence = one.text.trim();
      const heading = HEADING.exec(sentence)?.[0] ?? (below ? '' : undefined);
      if (heading === undefined) return said(sentence, fact, chart);
      const rest = sentence.slice(heading.length).replace(/^[\s*•·–-]+/, '');
      listed = listed || rest === '';
      return rest === '' || NONE.test(rest) ? [] : [{ fact, sentence, to: substancesIn(rest, chart) }];
    });
  });
}

function said(sentence: string, fact: Fact, chart: Chart): readonly AllergyTold[] {
  if (OF_OTHERS.test(sentence) || /\?\s*$/.test(sentence)) return [];
  const plain = sentence.replace(DISEASE, (disease) => ' '.repeat(disease.length));
  const cues = negations(sentence);
  const holds = (at: number, length: number): boolean => !isNegated(cues, at, at + length);
  const named = [...plain.matchAll(SAID)].find(({ 0: word, index }) => holds(index, word.length));
  if (named) return [{ fact, sentence, to: reactedTo(plain, named.index, chart) }];
  const reacted = REACTED.exec(plain);
  if (!reacted || !holds(reacted.index, reacted[0].split(' ')[0]!.length)) return [];
  const to = reactedTo(plain, reacted.index, chart);
  return to.length > 0 ? [{ fact, sentence, to }] : [];
}

const BREAK = /[;:]|\b(?:because|since|so|hence|therefore|instead|but)\b/gi;
/**
 * What the word at this place is said of: what follows "to"; else what stands nearest before it, with what is joined to that ("penicillin and latex
 * allergies"); else its clause. "Started doxycycline: she is allergic to penicillin"
 */
function reactedTo(sentence: string, at: number, chart: Chart): readonly string[] {
  const breaks = [...sentence.matchAll(BREAK)].map(({ index }) => index);
  const from = breaks.findLast((index) => index < at) ?? 0;
  const until = breaks.find((index) => index > at);
  const after = /\b(?:to|after|from|with|following|due to|caused by|of)\b(.+)/i.exec(sentence.slice(at, until))?.[1];
  const named = after === undefined ? [] : substancesIn(after, chart);
  if (named.length > 0) return named;
  const before = sentence.slice(from, at);
  const near = chart.terminology.mentions(before).filter(({ concepts }) => concepts.some((id) => isSubstance(id, chart)));
  const apart = near.findLastIndex(({ end }, i) => !/^\s*(?:,|\/|&|and|or|, and)?\s*$/.test(before.slice(end, near[i + 1]?.start ?? end)));
  const joined = near.slice(apart + 1);
  return joined.length > 0
    ? joined.flatMap(({ concepts }) => concepts.filter((id) => isSubstance(id, chart)))
    : substancesIn(sentence.slice(from, until), chart);
}

const isSubstance = (id: string, { terminology }: Chart): boolean => /^(?:drug|drug-class|allergen)$/.test(terminology.get(id)?.kind ?? '');

const substancesIn = (text: string, chart: Chart): readonly string[] =>
  chart.terminology.mentions(text).flatMap(({ concepts }) => concepts.filter((id) => isSubstance(id, chart)));
