import type { Chart, Fact, FactKind } from '../contract.ts';
import type { Question } from './contract.ts';
import { describedInstead, type Found, type Scope } from './scope.ts';
import { MEASURED } from './sections.ts';
import { isVoid, newestFirst, place } from './select.ts';
import { stem, tokens } from './wording.ts';

const SIZE = /\b(?:how (?:big|large|wide)|sizes?|diameters?|dimensions?)\b/i;
const MORE = /\b(?:how|big|large|wide|sizes?|diameters?|dimensions?|measured?|greatest|maximum|max)\b/gi;
const LENGTH = /\b\d+(?:[.,]\d+)?(?:\s?(?:x|by|to|-|–)\s?\d+(?:[.,]\d+)?)*\s?(?:mm|cm|millimet\w+|centimet\w+)\b/i;
/** Words for one and the same growth. */
const GROWTH = ['tumor', 'tumour', 'cancer', 'carcinoma', 'neoplasm', 'mass', 'malignancy'].map(stem);
/** Words of a question that name nothing. */
const PLAIN =
  /^(?:what|which|was|were|is|are|the|her|his|their|has|had|have|did|does|know|find|found|last|latest|current|left|right|of|in|on|at|removed|that|this|with|and)$/;

/** Where somebody wrote what was seen or removed; letters hold everything, so they come last. */
const TELLING: readonly FactKind[] = ['procedure', 'imaging', 'report', 'result', 'problem'];

const prosesOf = ({ details = {}, value, name, names }: Fact): readonly string[] =>
  [name, ...names, ...Object.values(details), value?.type === 'text' || value?.type === 'coded' ? value.text : '']
    .flatMap((text) => text.split(/(?<=[.;!?])\s+|\n+/))
    .filter((text) => LENGTH.test(text));

/** Entries whose words give the size of the thing: "Tumor of 16 mm removed". Newest first, letters only where nothing else does. */
export function sizesTold(thing: readonly string[], chart: Chart): readonly Fact[] {
  const sought = thing.map(stem);
  if (sought.length === 0) return [];
  const isSame = (word: string, own: string): boolean => own === word || (GROWTH.includes(word) && GROWTH.includes(own));
  const tells = (fact: Fact): boolean =>
    prosesOf(fact).some((text) => {
      const words = tokens(text.toLowerCase()).map(({ word }) => stem(word));
      return sought.every((word) => words.some((own) => isSame(word, own)));
    });
  const found = chart.facts
    .filter((fact) => fact.part === undefined && !isVoid(fact) && (TELLING.includes(fact.kind) || fact.kind === 'document') && tells(fact))
    .sort(newestFirst);
  const own = found.filter(({ kind }) => kind !== 'document');
  return own.length > 0 ? own : found;
}

const MOST = 3;

/** "What was the size of the tumor", "how big was the polyp": no measurement of it is recorded, and an outcome or a report tells it. */
export function sizeAsked(scope: Scope): Found | undefined {
  const { question, facts, window, chart } = scope;
  if (!SIZE.test(question.text) || question.threshold || question.person) return undefined;
  if (facts.some(({ kind, value }) => MEASURED.has(kind) && value !== undefined)) return undefined;
  const told = sizesTold(thingIn(question), chart)
    .filter((fact) => ['in', 'maybe'].includes(place(fact, window, false, chart.asOf)))
    .slice(0, MOST);
  if (told.length === 0) return undefined;
  return describedInstead(question, told, `there is no measurement of its own for ${question.name}; what is written of its size is shown`);
}

const thingIn = ({ text, time }: Question): readonly string[] =>
  tokens(
    text
      .toLowerCase()
      .replace(time?.text.toLowerCase() ?? '', ' ')
      .replace(MORE, ' '),
  )
    .map(({ word }) => word)
    .filter((word) => word.length > 2 && !PLAIN.test(word));

/** What is written of the size of a thing whose size is a measurement of the tables: "tumor size". */
export function sizesOf(concept: string, chart: Chart): readonly Fact[] {
  const known = chart.terminology.get(concept);
  const thing = known?.kind === 'observation' ? /^(.+) size$/.exec(known.name)?.[1] : undefined;
  return thing ? sizesTold(thing.split(' '), chart) : [];
}
