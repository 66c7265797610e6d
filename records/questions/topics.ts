import type { ConceptKind } from '../../language/contract.ts';
import type { Chart, FactKind } from '../contract.ts';
import { ALTERS } from './altered.ts';
import { visitClassOf } from './anchors.ts';
import { directionAsked } from './cues.ts';
import type { Item, Named, Reading, Unknown } from './items.ts';
import type { Topic } from './parsed.ts';
import { itemIndex } from './reading.ts';
import { sectionOf } from './sections.ts';
import { hasWords, isOf } from './select.ts';
import { isEveryday } from './vocabulary.ts';
import { tokens } from './wording.ts';

const LETTERS: Readonly<Record<ConceptKind, string>> = {
  observation: 'o',
  condition: 'c',
  drug: 'd',
  'drug-class': 'd',
  vaccine: 'v',
  procedure: 'p',
  allergen: 'a',
  social: 's',
  section: 'x',
};

const CONCEPT_FACTS: Readonly<Record<Exclude<ConceptKind, 'section'>, readonly FactKind[]>> = {
  observation: ['result', 'vital', 'survey', 'social', 'genotype'],
  condition: ['problem'],
  drug: ['medication'],
  'drug-class': ['medication'],
  vaccine: ['immunization'],
  procedure: ['procedure', 'imaging', 'report'],
  allergen: ['allergy'],
  social: ['social', 'survey', 'problem'],
};

export function itemsIn(mask: string, reading: Reading): (Named | Unknown)[] {
  return [...mask.matchAll(/‹[^›]+›/g)].flatMap((match) => {
    const item = reading.items[itemIndex(match[0])];
    return item && (item.type === 'named' || item.type === 'unknown') ? [item] : [];
  });
}

export function topicOf(item: Named | Unknown, qualifiers: readonly string[] = []): Topic {
  if (item.type === 'unknown')
    return { letter: 'u', name: item.text.replace(/'s?$/, ''), kinds: [], concepts: [], words: [...qualifiers, ...item.words], item };
  if (item.kind === 'section') {
    const section = sectionOf(item.concepts[0]);
    return {
      letter: 'x',
      name: item.words ? `${item.words.join(' ')} visits` : (section?.name ?? item.name),
      kinds: section?.kinds ?? [],
      concepts: section?.concepts ?? [],
      ...(qualifiers.length > 0 || item.words ? { words: [...qualifiers, ...(item.words ?? [])] } : {}),
      ...(section ? { section } : {}),
      ...(item.concepts[0] ? { sectionId: item.concepts[0] } : {}),
      ...(section?.visitClass ? { visitClass: section.visitClass } : {}),
      item,
    };
  }
  return {
    letter: LETTERS[item.kind],
    name: `${[...qualifiers, item.name].join(' ')}${item.kind === 'allergen' ? ' allergy' : ''}`,
    kinds: item.kinds ?? CONCEPT_FACTS[item.kind],
    concepts: item.concepts,
    ...(qualifiers.length > 0 ? { words: qualifiers } : {}),
    item,
  };
}

const SOMEBODY =
  /^(?:any|some|no|every)(?:body|one)$|^(?:family|famil(?:y|ies|ial)|relatives?|relations?|kin|kinfolk|kinsfolk|folks|household|bloodline|ancest\w+|forebears?|else|hereditary|inherit\w*)$/;

/** Beside them a word that nothing explains tells how, not of what. */
const DIED = /\b(?:die|died|dies|dead|alive|living|deceased|passed away)\b/;

export function familyTopics(items: readonly (Named | Unknown)[], mask: string): Topic[] {
  const named = items.filter((item) =>
    item.type === 'unknown'
      ? !DIED.test(mask) && !item.words.every((word) => SOMEBODY.test(word))
      : item.kind === 'condition' || item.kind === 'allergen',
  );
  if (named.length === 0)
    return [
      {
        letter: 'x',
        name: 'family history',
        kinds: ['family-history'],
        concepts: [],
        sectionId: 'section/family-history',
        section: sectionOf('section/family-history')!,
      },
    ];
  return named.map((item) => ({
    ...topicOf(item),
    letter: 'c',
    kinds: ['family-history'],
    name: `family history of ${item.type === 'named' ? item.name : item.text}`,
  }));
}

/** "What controller inhaler": a word right before a class of drugs says which of them, however common it is. */
const isNarrowing = (item: Named): boolean => item.kind === 'drug-class' || item.kind === 'allergen';

/** What the items of a clause ask about, with adjacent unexplained words kept as qualifiers of the name. */
export function topicsOf(items: readonly (Named | Unknown)[], mask: string, reading: Reading, chart: Chart, unread: string[]): Topic[] {
  const topics: Topic[] = [];
  const near = (a: Item, b: Item): boolean => /^[\s-]*$/.test(reading.text.slice(a.end, b.start));
  const used = new Set<Item>();
  items.forEach((item, index) => {
    if (item.type !== 'named' || used.has(item)) return;
    const before = items[index - 1];
    const after = items[index + 1];
    const qualifiers: string[] = [];
    if (before?.type === 'unknown' && near(before, item) && !used.has(before)) {
      qualifiers.push(...before.words);
      used.add(before);
    }
    // "Laceration of the foot".
    const of =
      after !== undefined &&
      (item.kind === 'condition' || item.kind === 'procedure') &&
      /^\s+(?:of|in|to|on) (?:the |her |his |their )?(?:left |right )?$/.test(reading.text.slice(item.end, after.start));
    if (after?.type === 'unknown' && (near(item, after) || of) && !used.has(after)) {
      qualifiers.push(...after.words);
      used.add(after);
    }
    used.add(item);
    // An everyday word beside a name qualifies nothing; any other may change what is meant.
    const drug = item.kind === 'drug' || item.kind === 'drug-class';
    if (drug) for (let at = qualifiers.length - 1; at >= 0; at -= 1) if (ALTERS.test(qualifiers[at]!)) qualifiers.splice(at, 1);
    const meant =
      item.kind === 'section' || (isNarrowing(item) && before?.type === 'unknown' && qualifiers.length === before.words.length)
        ? qualifiers
        : qualifiers.filter((word) => !isEveryday(word, chart));
    unread.push(...qualifiers.filter((word) => !meant.includes(word)));
    topics.push(phraseOf(item, qualifiers, reading, chart) ?? topicOf(item, meant));
  });
  for (const item of items) {
    if (item.type !== 'unknown' || used.has(item)) continue;
    // "Why was it cut?": what became of a drug is no thing that is asked for.
    if (item.words.every((word) => ALTERS.test(word)) && (topics.length === 0 || topics.some(({ letter }) => letter === 'd'))) continue;
    if (topics.some((topic) => topic.letter !== 'x' || !topic.section?.weak)) unread.push(...item.words);
    else topics.push(topicOf(item));
  }
  const refined = refine(topics, mask, chart);
  // "How many asthma visits", "last COPD review": visits for it, though the word for them is an everyday one.
  const [only] = refined;
  const visits = sectionOf('section/visits');
  if (refined.length === 1 && only?.letter === 'c' && visits && CARE_FOR.test(mask))
    return [
      {
        letter: 'x',
        name: visits.name,
        kinds: visits.kinds,
        concepts: visits.concepts ?? [],
        section: visits,
        sectionId: 'section/visits',
        about: only,
      },
    ];
  // "Her flu clinic", "the spirometry appointment": the visit of that name, where one is recorded or booked.
  if (refined.length === 1 && visits && only && /^[vpc]$/.test(only.letter) && CLINIC_OF.test(mask)) {
    const kinds: readonly FactKind[] = ['appointment', 'visit'];
    const others = only.item?.type === 'named' ? only.item.others.flatMap(({ concepts }) => concepts) : [];
    const concepts = [...only.concepts, ...others];
    const booked = chart.facts.filter((fact) => kinds.includes(fact.kind));
    const visitsOf = { letter: 'x', name: `${only.name} visits`, kinds, section: visits, sectionId: 'section/visits' };
    if (booked.some((fact) => isOf(fact, concepts, chart))) return [{ ...only, ...visitsOf, concepts }];
    const words = tokens(only.name).map(({ word }) => word);
    if (booked.some((fact) => hasWords({ ...fact, details: {} }, words))) return [{ ...only, ...visitsOf, concepts: [], words }];
  }
  return refined;
}

const CLINIC_OF = /‹[vpc]\d+› (?:clinics?|appointments?|bookings?|slots?)\b/;

const CARE_FOR = /‹c\d+› (?:visits?|reviews?|appointments?|follow[- ]?ups?|check-?ups?|encounters?|consultations?)\b/;

const ALLERGY =
  /\bwhat happen(?:s|ed) (?:when|if)\b|\breact(?:s|ed|ion|ions)?\b|\b(?:allerg\w*|anaphyla\w*|intoleran\w*|hypersensitiv\w*)\b|‹x\d+:allergies›/;

/** "Which drugs did she not tolerate": an intolerance, not her drugs. */
const NOT_TOLERATED = /(?:\b(?:not|never|cannot|unable to|poorly|badly|failed to)|n['’]?t) (?:\S+ )?tolerat\w*|\bintoleran\w*/;

const VACCINE =
  /\b(?:doses? of(?= ‹c)|(?<=‹c\d+› (?:(?:first|second|third|fourth|last|next|1st|2nd|3rd|4th) )?)doses?|vaccin\w*|immuni[sz]\w*|shots?|jabs?|boosters?|inoculat\w*)\b|‹x\d+:immunizations›/;

/** "Any issues with her bones": the family of diseases of a part of the body, where the tables name one; "how are her kidneys": its tests. */
function asOrgan(topic: Topic, mask: string, chart: Chart): Topic {
  if (topic.letter !== 'u' || topic.words?.length !== 1) return topic;
  const organ = topic.words[0]!;
  const named = (frames: readonly string[], kind: ConceptKind) =>
    frames.flatMap((frame) => chart.terminology.byName(`${organ} ${frame}`)).find((concept) => concept.kind === kind);
  const tests =
    /^\W*(?:(?:and|so|what about|how about|now|ok|also) )*(?:the |her |his |their )?‹u\d+›\W*$|\bhow (?:is|are)\b|\b(?:numbers?|tests?|labs?|doing|working|worse|worsen\w*|better|improv\w*|declin\w*|deteriorat\w*)\b/.test(
      mask,
    )
      ? named(['function', 'tests', 'labs'], 'observation')
      : undefined;
  if (tests) return { ...topic, letter: 'o', kinds: CONCEPT_FACTS.observation, concepts: [tests.id], name: tests.name, words: [] };
  const disease =
    /\b(?:issues?|problems?|troubles?|wrong|going on|diseases?|conditions?|disorders?|complaints?|happening)\b|:problems›/.test(mask)
      ? named(['problem', 'disease', 'condition', 'disorder'], 'condition')
      : undefined;
  return disease ? { ...topic, letter: 'c', kinds: CONCEPT_FACTS.condition, concepts: [disease.id], name: disease.name, words: [] } : topic;
}

/** "Drugs for her kidneys": for their diseases. */
export function organDisease(topic: Topic, chart: Chart): Topic {
  const [organ, more] = topic.words ?? [];
  if (topic.letter !== 'u' || !organ || more) return topic;
  const disease = ['disease', 'problem', 'condition', 'disorder']
    .flatMap((frame) => chart.terminology.byName(`${organ} ${frame}`))
    .find((concept) => concept.kind === 'condition');
  return disease ? { ...topic, letter: 'c', kinds: CONCEPT_FACTS.condition, concepts: [disease.id], name: disease.name, words: [] } : topic;
}

/** "Wound suturing", "depression screen": where the words as a whole name entries of the record, those are meant. */
function phraseOf(item: Named, qualifiers: readonly string[], reading: Reading, chart: Chart): Topic | undefined {
  if (qualifiers.length === 0 || item.kind === 'section') return undefined;
  const own = tokens(item.text).map((token) => token.word);
  const words = [...own, ...qualifiers];
  const found = chart.facts.filter((fact) => fact.part === undefined && fact.kind !== 'visit' && hasWords({ ...fact, details: {} }, words));
  if (found.length === 0 || found.some((fact) => isOf(fact, item.concepts, chart))) return undefined;
  const kinds = [...new Set(found.map((fact) => fact.kind))];
  const name = reading.text.slice(item.start, item.end);
  const letter = kinds.every((kind) => kind === 'procedure' || kind === 'imaging' || kind === 'report')
    ? 'p'
    : kinds[0] === 'problem'
      ? 'c'
      : kinds[0] === 'medication'
        ? 'd'
        : kinds[0] === 'immunization'
          ? 'v'
          : 'o';
  return { letter, name: `${qualifiers.join(' ')} ${name}`, kinds, concepts: [], words, item };
}

/** Sections and names together: "thyroid labs", "nut allergy", "tetanus shot", "diabetes visits". */
function refine(topics: readonly Topic[], mask: string, chart: Chart): Topic[] {
  const sections = topics.filter((topic) => topic.letter === 'x');
  const read = topics.map((topic) => asVisits(topic, mask, chart));
  const visits = read.filter((topic, index) => topic !== topics[index]);
  if (visits.length > 0 && read.every((topic) => topic.letter === 'x')) return visits;
  let things = topics.filter((topic) => topic.letter !== 'x').map((topic) => asOrgan(topic, mask, chart));
  if (things.length === 0) {
    const allergies = sectionOf('section/allergies');
    if (allergies && NOT_TOLERATED.test(mask) && sections.some((topic) => topic.sectionId === 'section/medications'))
      return [
        { letter: 'x', name: allergies.name, kinds: allergies.kinds, concepts: [], section: allergies, sectionId: 'section/allergies' },
      ];
    // "ER visits", "lab test results": the more telling one.
    const named = sections.filter((topic) => !topic.section?.weak);
    // "Allergic to any drug": the drugs are what the allergy is to.
    const ofAllergy =
      named.some(({ sectionId }) => sectionId === 'section/allergies') && /‹x\d+:allergies›[^,;?]*‹x\d+:medications›/.test(mask);
    const strong =
      ofAllergy && /\b(?:to|or|any)\b/.test(mask) && !/\band\b/.test(mask)
        ? named.filter(({ sectionId }) => sectionId !== 'section/medications')
        : named;
    return strong.length > 0 ? distinct(strong) : sections.slice(0, 1);
  }
  if (ALLERGY.test(mask)) {
    things = things.map((topic) =>
      topic.letter === 'd' || topic.letter === 'a' || topic.letter === 'u'
        ? { ...topic, letter: 'a', kinds: ['allergy'], name: allergyName(topic.name) }
        : topic,
    );
    const own = things.filter((topic) => topic.letter === 'a');
    if (own.length > 0) return own;
    if (sections.some((topic) => topic.sectionId === 'section/allergies') || /\ballergic to\b/.test(mask))
      return things.map((topic) => ({ ...topic, letter: 'a', kinds: ['allergy'], name: allergyName(topic.name) }));
  }
  if (VACCINE.test(mask)) {
    things = things.map((topic) =>
      topic.letter === 'c' || topic.letter === 'u' || topic.letter === 'o' ? asVaccine(topic, chart) : topic,
    );
    const own = things.filter((topic) => topic.letter === 'v');
    if (own.length > 0) return own;
  }
  const section = sections.find((topic) => !topic.section?.weak) ?? sections[0];
  if (section?.section) {
    const { sectionId } = section;
    if (/visits|hospitalizations|er-visits/.test(sectionId ?? '')) {
      const about = things.filter((topic) => topic.letter === 'c' || topic.letter === 'p' || topic.letter === 'u');
      const other = things.filter((topic) => !about.includes(topic));
      return other.length > 0 ? other : about.map((topic) => ({ ...section, about: topic }));
    }
    if (/medications/.test(sectionId ?? ''))
      return things.map((topic) => (topic.letter === 'u' ? { ...topic, letter: 'd', kinds: ['medication'] } : topic));
    if (/procedures|surgeries|imaging/.test(sectionId ?? ''))
      return things.map((topic) =>
        topic.letter === 'c'
          ? { ...section, about: topic }
          : topic.letter === 'u'
            ? { ...topic, letter: 'p', kinds: section.kinds }
            : topic,
      );
    if (/results/.test(sectionId ?? ''))
      return things.map((topic) =>
        topic.letter === 'u' ? { ...topic, letter: 'o', kinds: ['result', 'vital', 'survey', 'report'] } : topic,
      );
    if (/problems/.test(sectionId ?? ''))
      return things.map((topic) => (topic.letter === 'u' ? { ...topic, letter: 'c', kinds: ['problem'] } : topic));
    if (/family-history/.test(sectionId ?? ''))
      return things.map((topic) => ({ ...topic, letter: 'c', kinds: ['family-history'], name: `family history of ${topic.name}` }));
    if (
      /genotypes|devices|care-plans|goals|coverage|care-team|documents|orders|reports|appointments/.test(sectionId ?? '') &&
      things.every(
        (topic) =>
          topic.letter === 'u' ||
          topic.letter === 'c' ||
          topic.letter === 'p' ||
          (topic.letter === 'o' &&
            sectionId === 'section/goals' &&
            !/\b(?:at|to|met|meets?|reach\w*|hit|within|above|below) (?:the |her |his |their )?‹x\d+:goals›/.test(mask)),
      )
    )
      return things.map((topic) => ({ ...section, about: topic }));
  }
  return distinct(things);
}

/** "Prenatal visits", where the record's own visits bear that name: visits, whatever else the word could be. */
function asVisits(topic: Topic, mask: string, chart: Chart): Topic {
  const written = topic.item?.text.toLowerCase() ?? '';
  const section = sectionOf('section/visits')!;
  const local = topic.letter === 'p' && topic.concepts.length > 0 && topic.concepts.every((id) => id.startsWith('code/'));
  const beside = topic.letter === 'u' && /‹u\d+› (?:visits?|appointments?|encounters?|checks?|check-?ups?)\b/.test(mask);
  if (!local && !beside) return topic;
  const words = written.split(/[^\p{L}\p{N}]+/u).filter((word) => word && !/^(?:visits?|encounters?|appointments?)$/.test(word));
  if (words.length === 0) return topic;
  if (!/\bvisits?\b/.test(written) && !beside) return topic;
  if (!chart.facts.some((fact) => fact.kind === 'visit' && hasWords({ ...fact, details: {} }, words))) return topic;
  return {
    letter: 'x',
    name: `${words.join(' ')} visits`,
    kinds: section.kinds,
    concepts: [],
    words,
    section,
    sectionId: 'section/visits',
    ...(topic.item ? { item: topic.item } : {}),
  };
}

const allergyName = (name: string): string => (/allergy$/.test(name) ? name : `${name} allergy`);

/** "Hepatitis B shot": the vaccine, where the tables have one; else vaccines with that word. */
export function asVaccine(topic: Topic, chart: Chart): Topic {
  const written = topic.item?.text ?? topic.name;
  const found = [`${written} vaccine`, `${topic.name} vaccine`, written]
    .flatMap((name) => chart.terminology.byName(name))
    .filter((concept) => concept.kind === 'vaccine');
  if (found.length > 0) return { ...topic, letter: 'v', kinds: ['immunization'], concepts: [found[0]!.id], name: found[0]!.name };
  return {
    ...topic,
    letter: 'v',
    kinds: ['immunization'],
    concepts: [],
    words: topic.words ?? written.toLowerCase().split(/\s+/),
    name: `${written} vaccine`,
  };
}

function distinct(topics: readonly Topic[]): Topic[] {
  return topics.filter(
    (topic, index) =>
      topics.findIndex((other) => other.name === topic.name && other.letter === topic.letter && other.about?.name === topic.about?.name) ===
      index,
  );
}

export { directionAsked, visitClassOf };
