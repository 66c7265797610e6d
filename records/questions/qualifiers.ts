import type { Chart } from '../contract.ts';
import { unmask } from './anchors.ts';
import type { Aspect, Question } from './contract.ts';
import type { Named, Reading } from './items.ts';
import type { Topic } from './parsed.ts';
import { cue, itemIndex } from './reading.ts';
import { peopleIn } from './respell.ts';
import { itemsIn, organDisease, topicOf } from './topics.ts';

const EXCEPT = cue(
  '(?:(?<=\\b(?:an)?other {ANY}(?: \\w+){0,2} )than|\\b(?:except(?:ing)?(?: for)?|excluding|other than|besides|apart from|aside from|but not|not including|not counting|without|minus|leaving out|outside of)) (?:the |her |his |any |a |an )?(?<things>{M}(?:(?:,| and| or|, and) (?:the |her |his )?{M})*)(?: ones?| shots?| vaccines?| visits?)?',
);

const NOT_FOR = cue(
  '(?:\\b(?:that |which )?(?:(?:is|are|was|were) )?(?:not|never) (?:(?:being )?(?:taken|prescribed|used|given|ordered|meant|indicated) )?(?:for|against|because of|due to|related to|to (?:treat|do with)|about|linked to) (?:the |her |his |any |a |an )?(?<thing>{C}|{O}|{U})(?: (?:problems?|disease|control|reasons?))?|\\b(?:that |which )?(?:(?:is|are) )?not (?<related>{C}|{O}|{U})(?:[- ]related| ones?)\\b|\\bnon[- ]?(?<non>{C}|{O}|{U}))',
);

/** "Drugs that are not for diabetes": what is left out is told by what the entries are for. */
function notFor(rest: string, reading: Reading, chart: Chart): { readonly rest: string; readonly topic: Topic } | undefined {
  const match = NOT_FOR.exec(rest);
  const item = match ? reading.items[itemIndex(match.groups?.thing ?? match.groups?.related ?? match.groups?.non ?? '')] : undefined;
  if (!match || (item?.type !== 'named' && item?.type !== 'unknown')) return undefined;
  const around = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
  if (!cue('{X:medications|problems|visits|procedures|appointments}|{D}').test(around)) return undefined;
  const topic = organDisease(topicOf(item), chart);
  const words = item.type === 'unknown' ? { words: item.words } : {};
  return topic.concepts.length > 0 ? { rest: around.replace(/\s+/g, ' '), topic: { ...topic, ...words } } : undefined;
}

/** "Vaccines except flu", "drugs other than statins": what is left out. Only beside something that it is left out of. */
export function exceptIn(rest: string, reading: Reading, chart: Chart): { readonly rest: string; readonly topic: Topic } | undefined {
  const match = EXCEPT.exec(rest);
  if (!match?.groups?.things) return notFor(rest, reading, chart);
  const before = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
  const items = itemsIn(match.groups.things, reading).filter((item): item is Named => item.type === 'named');
  if (items.length === 0 || !/‹[ocdkvpasux]\d/.test(before)) return undefined;
  const [first] = items;
  const topic = topicOf(first!);
  return {
    rest: before.replace(/\s+/g, ' '),
    topic: { ...topic, concepts: items.flatMap((item) => item.concepts), name: items.map((item) => item.name).join(' and ') },
  };
}

export function personIn(rest: string, reading: Reading, chart: Chart): { readonly match: string; readonly name: string } | undefined {
  const titled = personTitled(rest, reading);
  if (titled) return titled;
  // "Her last visit with Menon": a clinician of the record by name alone.
  for (const match of rest.matchAll(cue("\\b(?:by|with|from|under|see|sees|seeing|saw|did) (?<who>{U})(?:'s)?", 'g'))) {
    const name = unmask(match.groups?.who ?? '', reading).replace(/'s?$/, '');
    if (
      name
        .toLowerCase()
        .split(/\s+/)
        .every((word) => peopleIn(chart).has(word))
    )
      return { match: match[0].replace(/^(?:did|see|sees|seeing|saw) /, ''), name };
  }
  return undefined;
}

function personTitled(rest: string, reading: Reading): { readonly match: string; readonly name: string } | undefined {
  const match = cue("\\b(?:by |from |with |under |did )?(?:dr|doctor|prof|professor|nurse)\\.? (?<who>{ANY}(?: {U})?)(?:'s)?").exec(rest);
  const who = match?.groups?.who;
  return match && who ? { match: match[0].replace(/^did /, ''), name: unmask(who, reading).replace(/'s?$/, '') } : undefined;
}

export function flagIn(rest: string, aspect: Aspect): { readonly flag?: NonNullable<Question['flag']> } {
  if (
    /\b(?:out of (?:range|whack|bounds)|outside (?:the )?(?:normal|reference|range)|abnormal\w*|not normal|off|flagged|concerning|worrisome|bad)\b/.test(
      rest,
    )
  )
    return { flag: 'abnormal' };
  if (/\b(?:critical(?:ly)?|panic|dangerous(?:ly)?)\b/.test(rest)) return { flag: 'critical' };
  if (
    /\b(?:too high|elevated|raised|high)\b/.test(rest) &&
    (aspect === 'flag' || aspect === 'ever' || /\b(?:any\w*|which|what|all|something)\b.*\b(?:high|elevated|raised)\b/.test(rest))
  )
    return { flag: 'high' };
  if (
    /\b(?:too low|low)\b/.test(rest) &&
    (aspect === 'flag' || aspect === 'ever' || /\b(?:any\w*|which|what|all|something)\b.*\blow\b/.test(rest))
  )
    return { flag: 'low' };
  if (
    /\b(?:normal|in range|within|okay|ok|fine|alright|all right|good|acceptable|healthy|at goal)\b/.test(rest) &&
    (aspect === 'flag' || aspect === 'ever')
  )
    return { flag: 'normal' };
  return {};
}

/** Nouns of care that stand behind a name and only say what sort of thing it is. */
const DRUG_WORDS =
  /\b(?:takes?|taking|took|taken|given|gave|(?:they|we|you) give|prescribed|treated|treatments?|therap(?:y|ies)|on anything|anything|something|using|uses?|medicated|manag(?:ed|ing|ement))\b|\b(?:she|he|they|patient|‹n\d+›)(?: (?:still|now|currently|already))? on\b/;

/** "Asthma meds", "diabetes pills": a class by name, and every drug that the record gives for that problem. */
export function namedAfter(rest: string, reading: Reading, chart: Chart): { readonly rest: string; readonly topic: Topic } | undefined {
  const found = cue('(?<thing>{D})').exec(rest)?.groups?.thing;
  const item = found ? reading.items[itemIndex(found)] : undefined;
  if (item?.type !== 'named' || item.kind !== 'drug-class') return undefined;
  const of = /^(.+?) (?:meds?|medicines?|medications?|drugs?|pills?|tablets?|treatments?)$/i.exec(item.text)?.[1];
  const named = of ?? /^(?:meds?|medicines?|medications?|drugs?|pills?|tablets?|treatments?) (?:for|against) (.+)$/i.exec(item.text)?.[1];
  const problem = named ? chart.terminology.byName(named).find((concept) => concept.kind === 'condition') : undefined;
  if (!problem || !found) return undefined;
  const topic = topicOf({ ...item, kind: 'condition', concepts: [problem.id, ...item.concepts], name: problem.name });
  return { rest: rest.replace(found, ' ').replace(/\s+/g, ' '), topic };
}

/** "for her diabetes": what a drug, visit or procedure is about. */
export function reasonsIn(rest: string, reading: Reading): { readonly rest: string; readonly topic: Topic } | undefined {
  const match = cue(
    "\\b(?:for|against|because of|due to|to (?:treat|manage|control|help(?: with)?)|about|regarding) (?:the |her |his |their |a |an |any |my |‹n\\d+›'s )?(?:chronic |recent |acute |left |right )?(?<thing>{C}|{O}|{P}|{S}|{U})(?: (?:control|management|treatment|relief|prevention|symptoms|issues|problems?|condition))?",
  ).exec(rest);
  const before = match ? rest.slice(0, match.index) : '';
  // "Anything in the chart about depression" asks for the entries themselves.
  const told = match !== null && /^(?:about|regarding)/.test(match[0]);
  const head = cue('{D}|{X:medications|visits|hospitalizations|er-visits|procedures|surgeries|care-plans|orders|appointments|imaging}');
  const treated = cue(
    "\\b(?:treat(?:ed|ing|ment)?|manag(?:ed|ing|ement)|medicat(?:ed|ion)s?|therapy|drugs?) (?:of|for) (?:the |her |his |their )?(?<thing>{C}|{O})|(?<other>{C}|{O})(?:'s)? (?:(?:being|ever|currently|been|previously|also|still|now|well|already) )*(?:treat(?:ed|ment)|managed|management|therapy|medicated)",
  ).exec(rest);
  if (
    match &&
    ((head.test(before) && !told) ||
      (DRUG_WORDS.test(before) && !told) ||
      /\b(?:seen|saw|admitted|admissions?|stays?|hospital|encounters?|consultations?|follow-?ups?|visit(?:ed|s)?|came in|come in|hospitali[sz]ed|been in|referred|evaluated|surgery|operated|operation)\b/.test(
        before,
      ))
  ) {
    const item = reading.items[itemIndex(match.groups?.thing ?? '')];
    if (!item || (item.type !== 'named' && item.type !== 'unknown')) return undefined;
    const topic = topicOf(item);
    // "For pain": as it is said, not as the score that measures it is called.
    const name = topic.letter === 'o' ? item.text.toLowerCase() : topic.name;
    return { rest: `${before} ${rest.slice(match.index + match[0].length)}`, topic: { ...topic, name } };
  }
  const beside =
    cue('(?<thing>{C}|{O}) (?<head>{X:medications})').exec(rest) ??
    cue('(?<head>{X:medications}) (?<thing>{C})').exec(rest) ??
    cue('(?<thing>{C}|{O}) (?:tablets?|pills?|capsules?|meds?|medicines?|medications?|drugs?|inhalers?)\\b').exec(rest);
  const found = treated ?? beside;
  const placeholder = found?.groups?.thing ?? found?.groups?.other;
  const item = placeholder ? reading.items[itemIndex(placeholder)] : undefined;
  if (!found || !placeholder || (item?.type !== 'named' && item?.type !== 'unknown')) return undefined;
  return { rest: rest.replace(placeholder, ' ').replace(/\s+/g, ' '), topic: topicOf(item) };
}

/** "Which of her inhalers is the preventer": those that are both, told by the second name. */
export const WHICH_IS = cue(
  '\\bwhich (?:one )?(?:of )?(?:her |his |the |their )?{D} (?:is|are|acts as|would be) (?:the |a |an |her |his |their )?{D}',
);
