import type { ConceptKind, Mention } from '../../language/contract.ts';
import type { Chart } from '../contract.ts';
import type { Named } from './items.ts';
import { isFrameWord } from './lexicon.ts';
import { presence } from './presence.ts';
import { editDistance, tokens } from './wording.ts';

const VACCINE = /\b(vaccin\w*|immuni[sz]\w*|shots?|jabs?|boosters?|inoculat\w*)\b/i;

const ALLERGY = /\b(allerg\w*|anaphyla\w*|intoleran\w*|sensitiv\w*|hypersensitiv\w*)\b/i;

const AFFINITY: readonly (readonly [RegExp, Partial<Record<ConceptKind, number>>])[] = [
  [
    /\b(takes?|taking|prescri\w+|dos(?:e|es|age|ing)|pills?|tablets?|capsules?|meds?|medic\w+|drugs?|refill\w*|supplement\w*|mg|mcg|start(?:ed)? on|stopped taking|put on|therapy)\b/i,
    { drug: 2, 'drug-class': 2 },
  ],
  [/\bon (?:an? |any )?(?:\w+ )?(?:right now|currently|now|still)?\b/i, { drug: 0.6, 'drug-class': 0.6 }],
  [
    /\b(levels?|values?|results?|readings?|tests?|labs?|elevated|normal|abnormal|trend\w*|numbers?|check(?:ed)?|measure\w*|drawn|counts?|ranges?|latest|highest|lowest|average|over|above|below|under|high|low)\b|\d/i,
    { observation: 1.5 },
  ],
  [VACCINE, { vaccine: 4 }],
  [ALLERGY, { allergen: 2, drug: 1 }],
  [
    /\b(have|has|had|having|diagnos\w+|suffer\w*|history|condition|disease|problem|develop\w*|onset|resolved|active|get over|ever)\b/i,
    { condition: 1 },
  ],
  [/\b(done|perform\w*|underw\w+|undergo\w*|procedure|surger\w+|operation|scans?|had an?|have an?)\b/i, { procedure: 1.2 }],
  [/\b(gene|genotype|variant|allele|metaboli[sz]er)\b/i, { observation: 1 }],
];

const MEASURED_WORD =
  /\b(?:levels?|values?|results?|high|low|elevated|normal|abnormal|trend|latest|last|highest|lowest|checked|measured|mg\/dl)\b/i;

const TAKEN = /\b(?:on|takes?|taking|took|taken|prescri\w+|dos(?:e|age)\w*|pills?|tablets?|meds?|medic\w+|drugs?|start\w*|stop\w*)\b/i;

const HAVING =
  /\b(?:have|has|had|having) (?:(?:s?he|they|the patient|\p{Lu}\p{L}+) )?(?:ever )?(?:(?:had|have|been) )?(?!(?:got|gotten|given|due|received)\b)|\b(?:diagnosed|caught|catch|contract\w*|infected|suffer\w*|ill|sick|down with|come down|(?:bouts?|attacks?|episodes?|outbreaks?|flare-?ups?) of)\b/u;

/** Ends what is asked of a name: a sentence's end, or another question that begins with its own verb ("…, and does he take", "… and whether she takes"). */
const ANOTHER_QUESTION =
  /[?!;]|\.\s|\b(?:and|but|also|plus) (?=(?:also |then )?(?:(?:is|are|was|were|does|do|did|has|have|had|what|when|which|how|who|why|where|whether)\b|(?:if )?(?:s?he|they|there|the patient)\b|(?:her|his|their|the (?:last|latest)) ))|, ?(?=whether\b)/i;

interface Candidate {
  readonly kind: ConceptKind;
  readonly concepts: string[];
  name: string;
  score: number;
}

export function choose(mention: Mention, text: string, chart: Chart): Named | undefined {
  // The sentence or question before is about something else: "Is she on lisinopril? And the last potassium?"
  const before = text
    .slice(Math.max(0, mention.start - 60), mention.start)
    .split(ANOTHER_QUESTION)
    .at(-1);
  const after = text.slice(mention.end, mention.end + 40).split(ANOTHER_QUESTION)[0];
  const around = `${before} ${after}`;
  const here = presence(chart);
  // "Has she had shingles": the disease; "has she had her shingles", "did she get the flu": the vaccine.
  const ill = HAVING.test(text) && !VACCINE.test(text) && !/\b(?:her|his|their)\s*$/i.test(before ?? '');
  const byKind = new Map<ConceptKind, Candidate>();
  mention.concepts.forEach((id, order) => {
    const concept = chart.terminology.get(id);
    if (!concept) return;
    let score = -0.3 * order + (here(id) > 0 ? 1.5 : 0) + (concept.kind === 'section' ? 0.8 : 0);
    if (concept.kind === 'vaccine' && ill && mention.concepts.some((other) => chart.terminology.get(other)?.kind === 'condition'))
      score -= 4;
    if (concept.kind === 'allergen' && !ALLERGY.test(text)) score -= 1.5;
    for (const [pattern, weights] of AFFINITY) if (weights[concept.kind] && pattern.test(around)) score += weights[concept.kind]!;
    const known = byKind.get(concept.kind);
    if (!known) byKind.set(concept.kind, { kind: concept.kind, concepts: [id], name: concept.name, score });
    else {
      if (score > known.score) {
        known.concepts.unshift(id);
        known.name = concept.name;
        known.score = score;
      } else known.concepts.push(id);
    }
  });
  const ranked = [...byKind.values()].sort((a, b) => b.score - a.score);
  let widened = false;
  let best = ranked[0];
  if (!best) return undefined;
  const unknownDrug = best.kind === 'drug' && !best.concepts.some((id) => here(id) > 0) && !TAKEN.test(around);
  // "Heb b", "creatine high": a brand of three letters that nothing speaks for, a drug beside words of measuring.
  if (unknownDrug && mention.text.length <= 3 && mention.text === mention.text.toLowerCase()) return undefined;
  if (unknownDrug && MEASURED_WORD.test(around)) {
    const word = mention.text.toLowerCase();
    const near = [...new Set(chart.facts.flatMap((fact) => (fact.kind === 'result' ? fact.concepts : [])))]
      .flatMap((id) => chart.terminology.get(id) ?? [])
      .filter(
        (concept) =>
          concept.kind === 'observation' &&
          editDistance(word, concept.name.toLowerCase(), word.length >= 8 ? 2 : 1) <= (word.length >= 8 ? 2 : 1),
      );
    const meant = near[0];
    if (meant)
      return {
        type: 'named',
        start: mention.start,
        end: mention.end,
        text: mention.text,
        kind: 'observation',
        concepts: [meant.id],
        name: meant.name,
        others: [],
        readAs: meant.name,
      };
  }
  // "Thyroid?": the organ's tests rather than the extract of it.
  if (best.kind === 'drug' && ranked.length === 1 && !best.concepts.some((id) => here(id) > 0) && !TAKEN.test(around)) {
    const tests = chart.terminology.byName(`${mention.text} function`).filter((concept) => concept.kind === 'observation');
    if (tests[0]) best = { kind: 'observation', concepts: [tests[0].id], name: tests[0].name, score: 0 };
  }
  // "History of cancer": the disease itself as well as the entry that records its history.
  if (best.kind === 'social' && !best.concepts.some((id) => here(id) > 0)) {
    // "Former smoker": what the record says of smoking.
    const wider = best.concepts
      .flatMap((id) => chart.terminology.get(id)?.parents ?? [])
      .filter((id) => chart.terminology.get(id)?.kind === 'social' && here(id) > 0);
    if (wider[0]) widened = true;
    if (wider[0]) best = { ...best, concepts: [wider[0]], name: chart.terminology.get(wider[0])?.name ?? best.name };
  }
  const allergic = best.kind === 'condition' ? allergyNamed(mention, best.concepts, chart) : undefined;
  if (allergic) return allergic;
  const past = /^(?:personal )?history of (.+)$/i.exec(mention.text)?.[1];
  if (past && best.kind === 'condition')
    for (const concept of chart.terminology.byName(past))
      if (concept.kind === 'condition' && !best.concepts.includes(concept.id)) best.concepts.unshift(concept.id);
  // One sense with entries in the record settles a name with several senses.
  const present = best.concepts.filter((id) => here(id) > 0);
  const kept = present.length === 1 && !past ? present : best.concepts;
  return {
    type: 'named',
    start: mention.start,
    end: mention.end,
    text: mention.text,
    kind: best.kind,
    concepts: kept,
    name: chart.terminology.get(kept[0]!)?.name ?? best.name,
    others: ranked.slice(1).map(({ kind, concepts, name }) => ({ kind, concepts, name })),
    ...(mention.readAs ? { readAs: mention.readAs } : {}),
    ...(widened ? { widened } : {}),
  };
}

const ALLERGY_TO = /^(?:known )?(?:allergy to (?<to>.+)|(?<of>.+?) allergy)$/i;

/** "Peanut allergy", which the record has among the problems: its entry among the allergies answers as well. */
function allergyNamed(mention: Mention, conditions: readonly string[], chart: Chart): Named | undefined {
  const groups = ALLERGY_TO.exec(mention.text.trim())?.groups;
  const here = presence(chart);
  const substances = chart.terminology.byName(groups?.to ?? groups?.of ?? '').filter(({ id, kind }) => kind === 'allergen' && here(id) > 0);
  const [substance] = substances;
  if (!substance) return undefined;
  return {
    type: 'named',
    start: mention.start,
    end: mention.end,
    text: mention.text,
    kind: 'allergen',
    kinds: ['allergy', 'problem'],
    concepts: [...substances.map(({ id }) => id), ...conditions.filter((id) => here(id) > 0)],
    name: substance.name,
    others: [],
  };
}

/** Single words that are English first; a table may know them as a name too. */
const TAKEN_THINGS =
  /\b(?:what|which|any|other|all|her|his|their|list|the) (?:\w+ )?(?:pills|tablets|capsules)\b(?! (?:a|per|each|every))/i;

const FALLS =
  /\b(?:after|since|before|following) (?:the|her|his|a) fall\b|\b(?:any|had|have|has|history of|recent|of|from|many|no) (?:recent )?falls?\b/i;

/** Parts of the record whose name is an everyday word, and still is meant when typed. */
const MEANT =
  /^(?:allergies|goals?|diagnoses|referrals?|documents?|family history|specialists|doctors|providers|clinicians|physicians|surger(?:y|ies))$/i;

export function isOnlyFrame(mention: Mention, text: string): boolean {
  const words = tokens(mention.text);
  if (!words.every(({ word }) => isFrameWord(word))) return false;
  if (words.length > 1) return mention.via === 'misspelling';
  if (MEANT.test(mention.text)) return false;
  // "What pills is she on"; "how many pills a day" asks for a dose.
  if (/^(?:pills|tablets|capsules)$/i.test(mention.text) && TAKEN_THINGS.test(text)) return false;
  if (/^falls?$/i.test(mention.text)) return !FALLS.test(text);
  // A short name in capitals ("LEAD", "ALT") is meant as one.
  return !(
    mention.text.length >= 2 &&
    mention.text === mention.text.toUpperCase() &&
    (text !== text.toUpperCase() || tokens(text).length < 3)
  );
}
