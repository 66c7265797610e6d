/**
 * Words inside a name that make it another thing: "without aura", "late onset", "dual", "tartrate". A synonym of the concept is not enough
 * for them, the record's own words must have them, and what the record denies is not had.
 */
import type { Fact } from '../../records/contract.ts';
import { type Constraint, said, type Tested } from '../matching/world.ts';
import { stem, tokens } from '../reading/lexicon.ts';
import type { CheckPart } from './contract.ts';

const NEGATORS = /^(?:no|not|without|w\/o|non|absent|never)$/;
const STOPS = /^(?:[,;:()[\]/]|and|with|but|in|of|due|type)$/;

/** Stems that a name states, and those that it denies ("with no loss of consciousness"). */
export function statedAndDenied(text: string): { readonly stated: ReadonlySet<string>; readonly denied: ReadonlySet<string> } {
  const stated = new Set<string>();
  const denied = new Set<string>();
  let off = 0;
  for (const { word } of tokens(text.replace(/\bw\/o\b/gi, 'without'))) {
    if (NEGATORS.test(word)) {
      off = 4;
      continue;
    }
    if (off > 0 && STOPS.test(word) && word !== 'of') off = 0;
    if (!/[a-z]/.test(word)) continue;
    (off > 0 ? denied : stated).add(stem(word));
    if (off > 0) off -= 1;
  }
  return { stated, denied };
}

const own = new WeakMap<Fact, ReturnType<typeof statedAndDenied>>();

/** What all the names of a fact state and deny. */
export function namesOf(fact: Fact): ReturnType<typeof statedAndDenied> {
  const known = own.get(fact);
  if (known) return known;
  const parts = [fact.name, ...fact.names, ...fact.codes.map(({ display }) => display ?? '')].map(statedAndDenied);
  const found = {
    stated: new Set(parts.flatMap(({ stated }) => [...stated])),
    denied: new Set(parts.flatMap(({ denied }) => [...denied])),
  };
  own.set(fact, found);
  return found;
}

const OTHER =
  /^(?:early|late|juvenile|congenital|acquired|intractable|refractory|dual|double|triple|stable|unstable|malignant|benign|recurrent|persistent|paroxysmal|permanent|intermittent|chronic|acute|subacute|systolic|diastolic|proliferative|nonproliferative|non-proliferative|primary|secondary|metastatic|open|closed|displaced|compound|complete|incomplete|partial|total|gestational|postpartum|post-traumatic|upper|lower|left|right|bilateral|first|second|third|anterior|posterior|vaginal|abdominal)$/;
/** What it came from: of another cause it is another disease. */
const CAUSE =
  /^(?:viral|bacterial|fungal|parasitic|allergic|infectious|infective|traumatic|autoimmune|idiopathic|hereditary|familial|genetic|inherited|iatrogenic|occupational|toxic|chemical|alcoholic|septic|aseptic|purulent|seasonal|nosocomial|nonallergic|non-allergic|[a-z]+-(?:induced|related|associated|acquired|resistant))$/;

/** A word that tells kinds of one thing apart. */
export const isQualifier = (word: string): boolean => OTHER.test(word) || CAUSE.test(word);

const SALTS =
  /^(?:tartrate|succinate|besylate|maleate|mesylate|fumarate|citrate|acetate|propionate|furoate|hyclate|monohydrate|phosphate|sulfate|sulphate|carbonate|gluconate|bitartrate|nitrate|mononitrate|dinitrate)$/;

function testWord(word: string, fact: Fact): Tested {
  const { stated, denied } = namesOf(fact);
  const wanted = stem(word);
  if (stated.has(wanted) || `${fact.severity ?? ''} ${fact.site ?? ''} ${fact.laterality ?? ''}`.toLowerCase().includes(word))
    return { outcome: 'pass', reason: '' };
  return denied.has(wanted)
    ? { outcome: 'fail', reason: `the record says ${fact.name}` }
    : { outcome: 'unknown', reason: `"${word}" is not stated by the record (${fact.name})` };
}

function testSalt(word: string, fact: Fact): Tested {
  if (fact.kind !== 'medication') return { outcome: 'pass', reason: '' };
  const recorded = tokens([fact.name, ...fact.names].join(' ')).map((token) => token.word.replace('sulph', 'sulf'));
  if (recorded.includes(word.replace('sulph', 'sulf'))) return { outcome: 'pass', reason: '' };
  const other = recorded.find((one) => SALTS.test(one));
  return other
    ? { outcome: 'fail', reason: `the sentence says ${word}, the record says ${fact.name}` }
    : { outcome: 'unknown', reason: `"${word}" is not stated by the record (${fact.name})` };
}

/** "with loss of consciousness" where the record says "with no loss of consciousness", and the other way round. */
function testPolarity(text: string, fact: Fact): Tested {
  const said = statedAndDenied(text);
  const { stated, denied } = namesOf(fact);
  const against =
    [...said.stated].find((word) => denied.has(word) && !stated.has(word)) ??
    [...said.denied].find((word) => stated.has(word) && !denied.has(word));
  if (against === undefined) return { outcome: 'pass', reason: '' };
  return { outcome: 'fail', reason: `the sentence says ${text}, the record says ${fact.name}` };
}

export const qualifier: CheckPart = {
  constraints(assertion, { head }) {
    const found: Constraint[] = [];
    // What is denied altogether is denied of every kind.
    const denied = assertion.negated || assertion.noLonger || said(assertion, 'order', 'never');
    if (denied || head.implied || head.concepts.every((concept) => concept.kind === 'section' || concept.kind === 'observation'))
      return found;
    const named = (fact: Fact): boolean => head.concepts.some((concept) => fact.concepts.includes(concept.id));
    const literally = (fact: Fact): boolean =>
      [fact.name, ...fact.names].some((name) => name.toLowerCase().includes(head.text.toLowerCase()));
    const polar = /\b(?:with|without|w\/o|no|not|non)\b/i.test(head.text);
    if (polar)
      found.push({
        check: 'negation',
        weight: 3,
        test: ({ fact }) => (literally(fact) ? { outcome: 'pass', reason: '' } : testPolarity(head.text, fact)),
      });
    for (const { word } of tokens(head.text)) {
      // The table's own name of exactly this entry says no more than the entry ("essential hypertension").
      const spoken = head.concepts.some((concept) => tokens(concept.name).some((token) => token.word === word));
      if (SALTS.test(word)) found.push({ check: 'drug-and-dose', weight: 3, test: ({ fact }) => testSalt(word, fact) });
      else if (isQualifier(word))
        found.push({
          check: 'overlap',
          weight: 2,
          test: ({ fact }) => (spoken && named(fact) ? { outcome: 'pass', reason: '' } : testWord(word, fact)),
        });
    }
    return found;
  },
};
