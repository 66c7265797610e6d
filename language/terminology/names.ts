import type { Concept, Mention } from '../contract.ts';
import { FILLERS, isFiller, type Token, tokenize } from './fold.ts';

/** One concept that a name can stand for. */
export interface Sense {
  readonly id: string;
  readonly via: Mention['via'];
  /** The name as the table writes it. */
  readonly name: string;
  /** Set where only this writing counts ("MS", "Na"): the folded form is also an English word or a unit. */
  readonly exact: boolean;
  /**
   * Set for names such as "history of appendectomy" and "suspected lung cancer": they are the name of a recorded item, but in a sentence
   * the words before the disease say something about it.
   */
  readonly whole: boolean;
}

/** Names of one layer (the tables, or one patient's record) under their folded forms. */
export interface NameIndex {
  /** "type 2 diabete" -> senses */
  readonly names: ReadonlyMap<string, readonly Sense[]>;
  /** Written together or apart: "betablocker" -> "beta blocker" */
  readonly joined: ReadonlyMap<string, string>;
  /** Content words in alphabetical order: "2 diabete type" -> keys in `names` */
  readonly bags: ReadonlyMap<string, readonly string[]>;
  /** Every folded word of every name. */
  readonly words: ReadonlySet<string>;
  readonly longest: number;
}

/**
 * Short names that are also English words, units or fillers of notes: they count only as the table writes them
 * (in capitals, "Na"), so that "as", "he" or "mg" in a sentence names nothing.
 */
const WORD_LIKE = new Set(
  (
    'a i k p c d e f g h l m n o q r s t u v w x y z na ca mg cl fe zn cu hg co am an and are as at be but by can did do for go had has he her him his how if in is it its ' +
    'la let may me men ms my nd nil no not nor now of off ok on or our out own pm pt re see she so than the then this to too up us use was we who why will with yes yet you ' +
    'al all ad al aid aids arm ash bag ban bar bat bed big bit car cat cold cup cut day den dim dip dr eat ear end era etc eye fat few fit fix gas gap get got gum gut hay hand hat hip hit hot id ie ii iv ice ill jar jaw kid ' +
    'lab lap leg lid lip lot low mad man map mat max met mid mil min mix mm ml mo mom mr mrs nap new nod oh oil old one pad pan par pat pay pen per pet pi pie pin pop pot pub put ran rap rat raw ray red rep rib rid rip rod row rub run sad sat ' +
    'saw say set sex sip sit ski spa spot stop sub sum tab tap tar tea ten tap tie tin tip toe top try two van var vary via vs war way web wet win won wt yr cc cm ft kg lb oz hr sec wk hs mcg meq iu l dl ' +
    'act art cap caps mat peg care cope care cards chop chest clear case core cat cast dash dare dial fast fall fare face farm fort gate gave grade hard has help hope icd last lad lead less lift list live long mac made main mask mass met mild mind miss most ' +
    'name need nice note past pace page pain peak peep pet plan plus poor post race rain rash rate rest rose safe same sars sent ship sign sir site size slap some soap sort spin star stat steps such swan tag tall tame tea team test time tips trap true ' +
    'used vast vent walk warm wake wall watch well wide wild word work yard bad gave'
  ).split(/\s+/),
);

const QUALIFIED =
  /^(?:(?:personal |family |past )?(?:history|hx) of|h\/o|suspected|possible|at risk|no|negative|absence of|status post|allergy to|allergic to|risk of|screening for|encounter for)\s+\S/i;

export function buildNames(concepts: readonly Concept[], via?: Mention['via']): NameIndex {
  const names = new Map<string, Sense[]>();
  const joined = new Map<string, string>();
  const bags = new Map<string, string[]>();
  const words = new Set<string>();
  let longest = 1;
  for (const concept of concepts) {
    add(concept.name, concept.id, via ?? 'name');
    for (const synonym of concept.synonyms) add(synonym, concept.id, via ?? 'synonym');
  }
  for (const senses of names.values()) if (senses.length > 1) senses.sort((a, b) => preferred(a) - preferred(b));
  return { names, joined, bags, words, longest };

  function add(name: string, id: string, sense: Mention['via']): void {
    const tokens = tokenize(name);
    if (tokens.length === 0) return;
    let key = '';
    let content = 0;
    for (const token of tokens) {
      key = key === '' ? token.key : `${key} ${token.key}`;
      words.add(token.key);
      if (!FILLERS.has(token.key)) content++;
    }
    const senses = names.get(key);
    const entry: Sense = { id, via: sense, name, exact: tokens.length === 1 && isWordLike(name, key), whole: QUALIFIED.test(name) };
    if (!senses) names.set(key, [entry]);
    else if (!senses.some((s) => s.id === id)) senses.push(entry);
    if (tokens.length > longest) longest = tokens.length;
    if (tokens.length > 1) {
      if (tokens.length <= 4) {
        const run = key.replaceAll(' ', '');
        if (run.length >= 4 && !joined.has(run)) joined.set(run, key);
      }
      if (content > 1 && content <= 6 && !key.includes('ratio') && !key.includes(' to ')) {
        const bag = bagOf(tokens);
        const keys = bags.get(bag);
        if (!keys) bags.set(bag, [key]);
        else if (!keys.includes(key)) keys.push(key);
      }
    } else if (key.length >= 5 && !joined.has(key)) joined.set(key, key);
  }
}

function preferred(sense: Sense): number {
  return sense.via === 'name' ? 0 : 1;
}

/** A lower-case name that is an English word is meant as one ("cold"); only names with capitals are held to their writing. */
function isWordLike(name: string, key: string): boolean {
  return /[A-Z]/.test(name) && (key.length === 1 || WORD_LIKE.has(key)) && (name.length <= 3 || name === name.toUpperCase());
}

/** Content words in alphabetical order. */
export const bagOf = (tokens: readonly Token[]): string => bagOfKeys(tokens.map(({ key }) => key));
export const bagOfKeys = (keys: readonly string[]): string =>
  keys
    .filter((key, i) => !isFiller(key, keys[i - 1]))
    .sort()
    .join(' ');
