import type { Chart, Fact } from '../contract.ts';
import type { Note, Question } from './contract.ts';
import { RELATIVES } from './lexicon.ts';
import type { Topic } from './parsed.ts';
import { cue } from './reading.ts';

const ONE = cue(`\\b(?:${RELATIVES})\\b`);

/** The family as a whole, and who lives with the patient; not the family's doctor, and not the next of kin to be called. */
const ALL = cue(
  [
    '(?<!{D} |\\b(?:drug|same|gene|antibiotic|statin|report(?:ed)? by|according to) )\\bfamily\\b(?! (?:doctors?|physicians?|practi\\w+|medicine|planning|gp|names?|support\\w*|contacts?|meetings?|nurse|therap\\w+|conference|status|income|violence|present|aware|says?|said|told|reports?|reported|notes?|noted|concern\\w*|of (?:drugs|medicines|antibiotics)))',
    '\\b(?:famil(?:ies|ial)(?= )|relatives?(?! risk\\b)|relations(?=\\W*$| (?:have|had|has|ever|with|suffer\\w*))|kinfolk|kinsfolk|forebears?|ancestors?|ancestry|bloodline|(?<!next[- ]of[- ])kin|(?:her|his|their|the) folks)\\b',
    '\\b(?:hereditary|inherit(?:ed|able)) {X:problems}',
    '\\b(?:anybody|anyone|somebody|someone|who|others?|people|everybody|everyone|nobody|no one) (?:else )?(?:(?:living |that lives |who lives )?(?:at|in) (?:the |her |his |their )?(?:home|house|household|same house|{S})|(?:s?he|they) (?:lives?|shares? \\w+) with|(?:is |was )?related to (?:her|him|them|{N}|the patient))',
    '\\bhousehold\\b',
  ].join('|'),
);

/** What of them a family history tells. */
const TOLD =
  /‹[ca]\d+›|\b(?:in (?:the |her |his |their )?family|history|die|died|dead|alive|living|deceased|passed away|have(?=\W*$)|illness|disease|cancer|conditions?|problems?|trouble|run|runs)\b|‹x\d+:(?:family-history|problems|allergies)›/;

/** Words that ask after whoever it is that has an illness: "who has diabetes". */
const WHO_ELSE = /^\W*who (?:else )?(?:has|had|have|got) (?:the |an? )?‹[ca]/;

/** Whether words name a relative: what they ask is never told from the patient's own details. */
export const namesRelative = (mask: string): boolean => ONE.test(mask) || ALL.test(mask);

/** Whether words ask of the family as a whole, or of whoever in it. */
export const namesFamily = (mask: string): boolean => ALL.test(mask);

/** How many were born is no illness of theirs. */
const OFFSPRING =
  /\b(?:how many|number of) (?:\w+ )?(?:kids?|child(?:ren)?|babies)\b(?!.*\b(?:with|have ‹c|had ‹c|has ‹c|diagnosed|died)\b)/;

/** Whether words ask about somebody in the family: a family history, not the patient. */
export const asksFamily = (mask: string): boolean =>
  (namesRelative(mask) || WHO_ELSE.test(mask)) && !OFFSPRING.test(mask) && TOLD.test(mask) && !/‹[odkv]\d+›/.test(mask);

/** "Family cardiac history": an adjective of an organ stands for its diseases. */
export function familialDisease(topic: Topic, chart: Chart): Topic {
  if (topic.letter !== 'c' || topic.concepts.length > 0 || topic.words?.length !== 1) return topic;
  const [word] = topic.words;
  const disease = ['disease', 'problem', 'condition', 'disorder']
    .flatMap((frame) => chart.terminology.byName(`${word} ${frame}`))
    .find(({ kind }) => kind === 'condition');
  return disease ? { ...topic, concepts: [disease.id], words: [], name: `family history of ${disease.name}` } : topic;
}

/** "Is her mother alive": an illness of a relative does not say it; that one died the record may. */
export function lifeUnsaid({ kinds, text }: Question, facts: readonly Fact[]): readonly Note[] {
  if (!kinds.includes('family-history') || !/\b(?:alive|living)\b(?! with\b)/i.test(text)) return [];
  const silent = facts.filter(({ kind, details }) => kind === 'family-history' && !details?.deceased);
  return silent.length > 0
    ? [{ kind: 'limited', text: 'whether a relative is alive the record does not say, unless a death is told', facts: silent }]
    : [];
}
