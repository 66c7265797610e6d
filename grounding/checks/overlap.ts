/** Every content word must be in the evidence or be plain reporting English; reasons and reactions must be the recorded ones. */
import type { Terminology } from '../../language/contract.ts';
import type { Fact } from '../../records/contract.ts';
import { isForeignText } from '../../records/questions/unreadable.ts';
import type { Candidate, Constraint, Tested, World } from '../matching/world.ts';
import type { Assertion } from '../reading/assertions.ts';
import type { MentionItem, WordItem } from '../reading/items.ts';
import { stem, tokens } from '../reading/lexicon.ts';
import { isDenied, isProse, proseOf, toldOf } from '../reading/told-in-prose.ts';
import { sameValue } from '../reading/values.ts';
import type { CheckPart } from './contract.ts';
import { isQualifier, namesOf } from './qualifier.ts';

const stems = new WeakMap<Fact, ReadonlySet<string>>();

const wordsOf = (text: string): readonly string[] =>
  tokens(text)
    .flatMap(({ word }) => [word, ...word.split(/[-'’/]/)])
    .filter((word) => word.length > 0);

/** Stems of all that a fact states, in its own words. */
export function statedWords(fact: Fact): ReadonlySet<string> {
  const known = stems.get(fact);
  if (known) return known;
  const texts = [
    fact.name,
    ...fact.names,
    ...fact.codes.map((code) => code.display ?? ''),
    fact.status,
    fact.recordedStatus ?? '',
    fact.value?.type === 'quantity' ? '' : (fact.value?.text ?? ''),
    fact.value?.type === 'quantity' ? (fact.value.unit ?? '') : '',
    fact.dosage?.text ?? '',
    fact.dosage?.route ?? '',
    fact.dosage?.frequency ?? '',
    ...fact.reasons.map((reason) => reason.text),
    fact.statusReason ?? '',
    fact.severity ?? '',
    fact.criticality ?? '',
    ...(fact.reactions ?? []),
    fact.allergyType ?? '',
    fact.site ?? '',
    ...(fact.people ?? []),
    fact.organization ?? '',
    ...Object.values(fact.details ?? {}),
    ...(fact.kind === 'patient' ? Object.keys(fact.details ?? {}).map((key) => key.replace(/([A-Z])/g, ' $1')) : []),
  ];
  const found = new Set(texts.flatMap((text) => wordsOf(text).map(stem)));
  stems.set(fact, found);
  return found;
}

const affirmed = new WeakMap<Fact, ReadonlySet<string>>();

/** Of all that a fact states what it says is so: not what its conclusion, outcome or note denies or leaves open. */
export function affirmedWords(fact: Fact): ReadonlySet<string> {
  if (proseOf(fact).length === 0) return statedWords(fact);
  const known = affirmed.get(fact);
  if (known) return known;
  const details = Object.fromEntries(Object.entries(fact.details ?? {}).filter(([key]) => !isProse(key)));
  const found = new Set([
    ...statedWords({ ...fact, details, statusReason: '' }),
    ...toldOf(fact).affirmed.flatMap((text) => wordsOf(text).map(stem)),
  ]);
  affirmed.set(fact, found);
  return found;
}

/** The same without its state, which is no part of what it is. */
const wordsOfEntry = (fact: Fact): ReadonlySet<string> => {
  const states = new Set([fact.status, fact.recordedStatus ?? ''].flatMap((text) => wordsOf(text).map(stem)));
  return new Set([...affirmedWords(fact)].filter((word) => !states.has(word)));
};

/** What the entry leaves open is said by a sentence that leaves it open as well: "possible", "family history of". */
const leftOpen = (fact: Fact, word: string, text: string): boolean =>
  toldOf(fact).open.some(({ cue, words }) => words.has(word) && text.toLowerCase().includes(cue));

/** Somebody whom the record names beside the patient. */
export const OF_CONTACT =
  /\b(?:contacts?|next of kin|nok|daughter|son|wife|husband|spouse|partner|mother|father|parents?|sister|brother|friend|neighbou?r|guardian|carer|caregiver|aunt|uncle|niece|nephew|cousin|grand\w+)\b/i;
const OF_DOCTOR =
  /\b(?:primary care|pcp|gp|general practitioner|doctor|dr|physician|provider|practice|family medicine|under the care|registered)\b/i;

/** What the patient's own entry states of the patient: not the names and numbers of others, unless the sentence speaks of them. */
export function wordsOfPatient(patient: Fact, text: string): ReadonlySet<string> {
  const { contact, primaryCare, ...own } = patient.details ?? {};
  return statedWords({
    ...patient,
    people: OF_DOCTOR.test(text) ? (patient.people ?? []) : [],
    organization: OF_DOCTOR.test(text) ? patient.organization : undefined,
    details: {
      ...own,
      ...(contact !== undefined && OF_CONTACT.test(text) ? { contact } : {}),
      ...(primaryCare !== undefined && OF_DOCTOR.test(text) ? { primaryCare } : {}),
    },
  } as Fact);
}

/** Names of the concepts that a fact is an instance of: synonyms and brand names are the record's words too. */
function conceptWords(fact: Fact, terminology: Terminology): ReadonlySet<string> {
  const found = new Set<string>();
  for (const id of fact.concepts) {
    const concept = terminology.get(id);
    if (!concept) continue;
    for (const name of [concept.name, ...concept.synonyms]) for (const word of wordsOf(name)) found.add(stem(word));
  }
  return found;
}

/** Release forms are told apart: "metformin XR" is not plain metformin, whatever its synonyms. */
const RELEASE = /^(?:xr|er|sr|xl|la|cr|extended-release|sustained-release|slow-release|controlled-release|modified-release)$/;
const RELEASED = /extended|sustained|controlled|modified|slow|24 ?hr|12 ?hr|\b(?:xr|er|sr|xl|la|cr)\b/i;

function testRelease(fact: Fact): Tested {
  return RELEASED.test([fact.name, ...fact.names].join(' '))
    ? { outcome: 'pass', reason: '' }
    : { outcome: 'unknown', reason: `the record does not say extended release (${fact.name})` };
}

/** "not intractable": only where the record's own name denies it as well. */
function testDeniedWord(word: string, fact: Fact): Tested {
  const { stated, denied } = namesOf(fact);
  const wanted = stem(FORMS[word] ?? word);
  if (denied.has(wanted)) return { outcome: 'pass', reason: '' };
  return stated.has(wanted)
    ? { outcome: 'fail', reason: `the record says ${fact.name}` }
    : { outcome: 'unknown', reason: `that it is not "${word}" is not stated by the record` };
}

/** Dose forms in short. */
const FORMS: Readonly<Record<string, string>> = {
  tab: 'tablet',
  tabs: 'tablet',
  cap: 'capsule',
  caps: 'capsule',
  inj: 'injection',
  soln: 'solution',
};

/** How bad it is: only ever the record's own word, even where a synonym has it. */
const SEVERITY = /^(?:mild|moderate|severe|profound|massive|minor|serious)(?:ly)?$/;

/** "for sleep": what something is for is stated by its entry, never by what the thing is called elsewhere ("sleep aid"). */
const isAim = ({ start }: WordItem, { text }: Assertion): boolean =>
  /\b(?:for|against|to (?:treat|help|aid|prevent|control|ease|relieve))\s+(?:(?:an?|the|his|her|their|some|any|better)\s+)*$/i.test(
    text.slice(0, start),
  );

/** `own`: only what the entry itself says. */
function testWord(word: string, { fact, ids }: Candidate, world: World, text: string, own = false): Tested {
  if (fact.kind === 'medication' && RELEASE.test(word)) return testRelease(fact);
  const wanted = stem(FORMS[word] ?? word);
  const { stated: named, denied } = namesOf(fact);
  if (denied.has(wanted) && !named.has(wanted)) return { outcome: 'fail', reason: `the record says ${fact.name}` };
  const parts = word
    .split(/[-/]/)
    .filter((part) => part.length > 0)
    .map(stem);
  const has = (set: ReadonlySet<string>) => set.has(wanted) || (parts.length > 1 && parts.every((part) => set.has(part)));
  const lent = !own && !SEVERITY.test(word) && !isQualifier(word);
  if (has(own ? wordsOfEntry(fact) : affirmedWords(fact)) || (lent && has(conceptWords(fact, world.terminology))))
    return { outcome: 'pass', reason: '' };
  if (ids.some((id) => world.facts.some((other) => other.id === id && has(affirmedWords(other))))) return { outcome: 'pass', reason: '' };
  if (leftOpen(fact, wanted, text)) return { outcome: 'pass', reason: '' };
  const visit = fact.visit && world.facts.find((other) => other.id === fact.visit);
  if (visit && [...(visit.people ?? []), visit.organization ?? ''].some((text) => wordsOf(text).map(stem).includes(wanted)))
    return { outcome: 'pass', reason: '' };
  if (has(statedWords(fact)))
    return {
      outcome: isDenied([wanted], statedWords({ ...fact, details: {} } as Fact), toldOf(fact)) === 'denied' ? 'fail' : 'unknown',
      reason: `the record does not say that it is so: “${inShort(proseOf(fact).join(' '))}”`,
    };
  return { outcome: 'unknown', reason: `"${word}" is not stated by the record` };
}

const inShort = (text: string): string => (text.length > 160 ? `${text.slice(0, 160)}…` : text);

export function reasonMatches(
  mention: Pick<MentionItem, 'text' | 'concepts'>,
  texts: readonly { text: string; concepts: readonly string[] }[],
  terminology: Terminology,
): boolean {
  // As it is said, or as its name in full: "CKD" stands in "anemia in chronic kidney disease".
  const wanted = [mention.text, ...mention.concepts.map(({ name }) => name)].map((words) => wordsOf(words).map(stem));
  return texts.some(({ text, concepts }) => {
    const stated = new Set(wordsOf(text).map(stem));
    return (
      concepts.some((id) => mention.concepts.some((concept) => id === concept.id || terminology.isA(id, concept.id))) ||
      wanted.some((words) => words.length > 0 && words.every((word) => stated.has(word)))
    );
  });
}

/** What an order is taken for only when it is there: "as needed for itching or sneezing". */
function whenNeeded({ dosage, details }: Fact): readonly string[] {
  const words = /\bas needed for ([^;.]+)/i.exec(`${dosage?.text ?? ''}; ${details?.['written'] ?? ''}`)?.[1];
  return words ? [words] : [];
}

/** What is done for a problem; a result is measured and not given for one. */
const FOR_PROBLEMS: ReadonlySet<Fact['kind']> = new Set(['visit', 'medication', 'procedure', 'order', 'care-plan']);

/** Where no reason is recorded: the problem was diagnosed at that very visit; for a drug, as the only one. */
function ofSameVisit(mention: MentionItem, fact: Fact, world: World): Tested | undefined {
  if (!FOR_PROBLEMS.has(fact.kind)) return undefined;
  const visit = fact.kind === 'visit' ? fact.id : fact.visit;
  if (visit === undefined) return undefined;
  const problems = world.facts.filter((other) => other.kind === 'problem' && other.visit === visit && !other.negated);
  const meant = problems.filter((other) => reasonMatches(mention, [{ text: other.name, concepts: other.concepts }], world.terminology));
  if (meant.length === 0 || (fact.kind !== 'visit' && new Set(problems.map(({ name }) => name)).size > 1)) return undefined;
  return { outcome: 'pass', reason: `${meant[0]!.name} was diagnosed at that visit` };
}

const COMPLAINT =
  /\b(?:pains?|aches?|soreness|discomfort|swelling|stiffness|itch(?:ing)?|cough|wheez\w*|breathlessness|fatigue|symptoms?|nausea|fever)\b/i;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** "Knee pain" and "osteoarthritis of the knee". */
function sharesWord(text: string, reasons: Fact['reasons']): boolean {
  const stated = new Set(
    reasons.flatMap((reason) =>
      wordsOf(reason.text)
        .filter((word) => word.length > 3)
        .map(stem),
    ),
  );
  return wordsOf(text).some((word) => stated.has(stem(word)));
}

/** The reason that is called by what is measured: "high blood pressure" by "blood pressure". */
export const calledBy = (
  mention: Pick<MentionItem, 'text' | 'concepts'>,
  reasons: Fact['reasons'],
  terminology: Terminology,
): Fact['reasons'][number] | undefined =>
  mention.concepts.every(({ kind }) => kind === 'observation')
    ? reasons.find(({ concepts }) =>
        concepts.some((id) => {
          const known = terminology.get(id);
          return (
            known?.kind === 'condition' &&
            [known.name, ...known.synonyms].some((name) =>
              new RegExp(`^(?:high|raised|elevated) ${escaped(mention.text)}$`, 'i').test(name),
            )
          );
        }),
      )
    : undefined;

function testReason(mention: MentionItem, fact: Fact, world: World, assertion: Assertion): Tested {
  const { reasons } = fact;
  if (
    reasonMatches(
      mention,
      whenNeeded(fact).map((text) => ({ text, concepts: [] })),
      world.terminology,
    )
  )
    return { outcome: 'pass', reason: `the record says as needed for ${whenNeeded(fact)[0]}` };
  // "Stopped for cough": why it was stopped is another reason than what it was given for.
  if (
    fact.statusReason &&
    assertion.cues.some(({ type, sense }) => type === 'status' && ['stopped', 'ended', 'cancelled'].includes(sense))
  ) {
    const known = { text: fact.statusReason, concepts: world.terminology.byName(fact.statusReason).map(({ id }) => id) };
    if (reasonMatches(mention, [known], world.terminology)) return { outcome: 'pass', reason: `the record says ${fact.statusReason}` };
    const begun = assertion.cues.some(({ type, sense }) => type === 'status' && ['prescribed', 'started', 'completed'].includes(sense));
    if (!begun) return { outcome: 'fail', reason: `the recorded reason for stopping it is ${fact.statusReason}` };
  }
  if (reasons.length === 0) {
    if (mention.weak) return { outcome: 'pass', reason: '' };
    const causal = assertion.cues.some((cue) => cue.type === 'reason' && !/^for$|presented with|presenting/i.test(cue.text));
    return (
      (causal ? undefined : ofSameVisit(mention, fact, world)) ?? { outcome: 'unknown', reason: `no reason is recorded for ${fact.name}` }
    );
  }
  if (reasonMatches(mention, reasons, world.terminology))
    return { outcome: 'pass', reason: `the recorded reason is ${reasons.map((reason) => reason.text).join(', ')}` };
  // "For blood pressure": what is measured stands for the problem that is called by it.
  if (mention.concepts.every(({ kind }) => kind === 'observation')) {
    const called = calledBy(mention, reasons, world.terminology);
    return called
      ? { outcome: 'pass', reason: `the recorded reason is ${called.text}` }
      : { outcome: 'unknown', reason: `the recorded reason is ${reasons.map((reason) => reason.text).join(', ')}` };
  }
  const narrower = reasons.some(({ concepts }) =>
    concepts.some((id) => mention.concepts.some((concept) => world.terminology.isA(concept.id, id))),
  );
  if (narrower) return { outcome: 'unknown', reason: `the recorded reason is only ${reasons.map((reason) => reason.text).join(', ')}` };
  return {
    // A complaint may be what the recorded problem makes itself felt by.
    outcome: COMPLAINT.test(mention.text) && sharesWord(mention.text, reasons) ? 'unknown' : 'fail',
    reason: `the sentence says ${mention.text}, the recorded reason is ${reasons.map((reason) => reason.text).join(', ')}`,
  };
}

function testReaction(mention: MentionItem, fact: Fact, world: World): Tested {
  const reactions = fact.reactions ?? [];
  if (reactions.length === 0) return { outcome: 'unknown', reason: `no reaction is recorded for ${fact.name}` };
  const ok = reasonMatches(
    mention,
    reactions.map((text) => ({ text, concepts: world.terminology.byName(text).map((concept) => concept.id) })),
    world.terminology,
  );
  const open = reactions.some((reaction) => isForeignText(reaction));
  return { outcome: ok ? 'pass' : open ? 'unknown' : 'fail', reason: `the recorded reaction is ${reactions.join(', ')}` };
}

export const overlap: CheckPart = {
  constraints(assertion: Assertion, { head }, world: World) {
    const found: Constraint[] = [];
    for (const said of assertion.words) {
      const { word, denied } = said;
      found.push(
        denied
          ? { check: 'negation', weight: 2, test: ({ fact }) => testDeniedWord(word, fact) }
          : {
              check: 'overlap',
              weight: 2,
              test: (candidate) => testWord(word, candidate, world, assertion.text, said.own || isAim(said, assertion)),
            },
      );
    }
    for (const { word } of tokens(head.text).filter((token) => SEVERITY.test(token.word)))
      found.push({
        check: 'overlap',
        weight: 2,
        test: ({ fact }) =>
          statedWords(fact).has(stem(FORMS[word] ?? word))
            ? { outcome: 'pass', reason: '' }
            : { outcome: 'unknown', reason: `"${word}" is not stated by the record` },
      });
    if (head.concepts.some((concept) => concept.kind === 'drug') && tokens(head.text).some((token) => RELEASE.test(token.word)))
      found.push({
        check: 'drug-and-dose',
        weight: 2,
        test: ({ fact }) => (fact.kind === 'medication' ? testRelease(fact) : { outcome: 'pass', reason: '' }),
      });
    for (const literal of assertion.literals)
      found.push({
        check: 'number',
        weight: 4,
        test: ({ fact }) => {
          const text = fact.value && fact.value.type !== 'quantity' ? fact.value.text : undefined;
          if (assertion.cues.some((cue) => cue.type === 'negated-literal'))
            return text !== undefined && sameValue(literal.value, text)
              ? { outcome: 'fail', reason: `the record says ${text}` }
              : { outcome: 'unknown', reason: `that it is not "${literal.text}" is not stated by the record` };
          // When a habit was given up is not when its end was written down.
          if (/\b(?:quit|stopped|gave up|given up|ceased)\b/i.test(literal.text) && assertion.times.length > 0)
            return { outcome: 'unknown', reason: `the record does not say when (${fact.name}: ${text ?? 'no value'})` };
          if (text !== undefined && sameValue(literal.value, text)) return { outcome: 'pass', reason: `the record says ${text}` };
          if (text === undefined && statedWords(fact).has(stem(literal.text.split(/\s+/)[0]!))) return { outcome: 'pass', reason: '' };
          return text === undefined
            ? { outcome: 'unknown', reason: `"${literal.text}" is not the recorded value of ${fact.name}` }
            : { outcome: 'fail', reason: `the sentence says ${literal.text}, the record says ${text}` };
        },
      });
    if (
      assertion.literals.length === 0 &&
      assertion.heads.some((head) => head.concepts.some((concept) => concept.kind === 'social')) &&
      !assertion.assessed
    )
      found.push({
        check: 'entity',
        weight: 1,
        test: ({ fact }) =>
          fact.kind === 'social' && fact.value?.type === 'coded'
            ? { outcome: 'unknown', reason: `the record says ${fact.name}: ${fact.value.text}` }
            : { outcome: 'pass', reason: '' },
      });
    // A denial that falls on a word that no check reads as denied.
    for (const cue of assertion.cues)
      if (cue.negated && !['status', 'flag', 'trend', 'compare', 'frequency'].includes(cue.type))
        found.push({
          check: 'negation',
          weight: 1,
          test: () => ({ outcome: 'unknown', reason: `that it is not "${cue.text}" is not stated by the record` }),
        });
    for (const mention of assertion.reasons)
      found.push({ check: 'entity', weight: 3, test: ({ fact }) => testReason(mention, fact, world, assertion) });
    for (const mention of assertion.reactions)
      found.push({ check: 'entity', weight: 3, test: ({ fact }) => testReaction(mention, fact, world) });
    const accounted = new Set([
      'status',
      'order',
      'flag',
      'frequency',
      'route',
      'side',
      'gender',
      'record',
      'negation',
      'negated-value',
      'trend',
      'compare',
      'visit',
      'allergy',
      'age',
      'reaction',
      'link',
      'reference',
      'action',
      'birth',
      'manner',
      'negated-literal',
      'than',
    ]);
    for (const cue of assertion.cues) {
      if (cue.type === 'advice')
        found.push({
          check: 'overlap',
          weight: 1,
          test: () => ({ outcome: 'unknown', reason: `"${cue.text}": advice, opinion or expectation, which the record does not decide` }),
        });
      else if (cue.type === 'order' && cue.sense === 'usual')
        found.push({
          check: 'overlap',
          weight: 1,
          test: () => ({ outcome: 'unknown', reason: `"${cue.text}" is too vague to be decided` }),
        });
      else if (cue.type === 'reason' && assertion.reasons.length === 0 && assertion.reactions.length === 0)
        found.push({ check: 'overlap', weight: 1, test: ({ fact }) => reasonWord(cue.text, assertion, fact) });
      else if (!accounted.has(cue.type) && cue.type !== 'reason' && cue.type !== 'other-person')
        found.push({
          check: 'overlap',
          weight: 1,
          test: ({ fact }) =>
            statedWords(fact).has(stem(cue.text))
              ? { outcome: 'pass', reason: '' }
              : { outcome: 'unknown', reason: `"${cue.text}" is not stated by the record` },
        });
    }
    return found;
  },
};

/** A reason in words that name nothing known: the words themselves must be the recorded reason's. "for" alone is grammar. */
function reasonWord(text: string, assertion: Assertion, fact: Fact): Tested {
  if (/\bfor (?:it|this|that|them|which)\b(?!\s+\w)/i.test(assertion.text) && fact.kind !== 'problem')
    return { outcome: 'unknown', reason: 'it is not clear what it is for' };
  if (/^for$/i.test(text)) return { outcome: 'pass', reason: '' };
  if (assertion.words.length > 0 && fact.reasons.length > 0) return { outcome: 'pass', reason: '' };
  return { outcome: 'unknown', reason: `"${text}" gives a cause that the record does not state` };
}
