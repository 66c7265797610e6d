/** What to show where the thing itself is not recorded: its near relatives in meaning. */
import type { Chart, Fact } from '../contract.ts';
import type { Answer, Note, Question } from './contract.ts';
import { broaderEntries } from './elsewhere.ts';
import { namedNearby, nearAsAsked, relativesOf } from './nearby.ts';
import { type Scope, scopeOf } from './scope.ts';
import { KIND_NAMES } from './sections.ts';
import { isActive, isOfClass, isVoid, matching, newestFirst, newestOf, place } from './select.ts';

/** The newest of each answer that was given, what was seldom said first. */
function newestOfEach(facts: readonly Fact[]): readonly Fact[] {
  const said = (fact: Fact): string => fact.value?.text ?? '';
  const times = (fact: Fact): number => facts.filter((other) => said(other) === said(fact)).length;
  return facts
    .filter((fact, index) => facts.findIndex((other) => said(other) === said(fact)) === index)
    .sort((a, b) => times(a) - times(b));
}

/** What the record has that is near in meaning: the thing without the qualifying word, or a broader entry. */
export function related({ question, kinds, window }: Scope, chart: Chart): Partial<Answer> {
  if (question.words?.length && question.concepts.length > 0) {
    const { words: _, ...without } = question;
    const found = [...matching({ ...without, kinds }, chart)].sort(newestFirst);
    if (found.length > 0) {
      // Answers that differ: the newest would hide what another said.
      const differ = new Set(found.map(({ value }) => (value?.type === 'coded' || value?.type === 'text' ? value.text : ''))).size > 1;
      const facts = differ ? newestOfEach(found) : newestOf(found);
      return {
        instead: facts,
        notes: [
          {
            kind: 'qualifier',
            text: `recorded without “${question.words.join(' ')}”: ${differ ? 'such entries are' : 'the newest such entry is'} shown`,
            facts,
          },
        ],
      };
    }
  }
  if (question.reasons && !kinds.includes('medication')) {
    const { reasons: _, ...without } = question;
    const found = matching({ ...without, kinds }, chart).filter(
      (fact) =>
        !isVoid(fact) &&
        (question.status !== 'active' || isActive(fact, chart.asOf)) &&
        (!question.visitClass || isOfClass(fact, question.visitClass)) &&
        place(fact, window, false, chart.asOf) === 'in',
    );
    if (found.length > 0) return otherReasons(question, found);
  } else if (question.reasons) {
    const { reasons: _, ...without } = question;
    const found = matching({ ...without, kinds }, chart).filter(
      (fact) => !isVoid(fact) && (question.status !== 'active' || isActive(fact, chart.asOf)),
    );
    // "For her heart attack": a drug that the record gives for coronary disease is told as what it is.
    const wider = found.filter((fact) => fact.reasons.some((reason) => isParentOf(reason.concepts, question.reasons!.concepts, chart)));
    if (wider.length > 0)
      return {
        instead: wider,
        notes: [
          {
            kind: 'broader',
            text: `none names ${question.reasons.name} as its reason; shown instead: what is given for a wider problem that takes it in`,
            facts: wider,
          },
        ],
      };
    const silent = new Set(found.filter((fact) => fact.reasons.length === 0).map((fact) => fact.id)).size;
    if (found.length > 0 && silent === 0) return otherReasons(question, found);
    if (silent > 0)
      return {
        notes: [
          {
            kind: 'limited',
            text: `${silent} of the ${question.name} ${silent === 1 ? 'carries' : 'carry'} no reason in the record, so what ${silent === 1 ? 'it is' : 'they are'} for cannot be told`,
            facts: [],
          },
        ],
      };
  }
  const wider = kinds.includes('allergy') ? widerAllergies(question.concepts, chart) : [];
  if (wider.length > 0)
    return {
      instead: wider,
      notes: [
        { kind: 'broader', text: `the record has a broader entry, which takes in ${question.name.replace(/ allergy$/, '')}`, facts: wider },
      ],
    };
  const instead = kinds.includes('allergy')
    ? chart.facts.filter((fact) => fact.kind === 'allergy' && isActive(fact, chart.asOf)).slice(0, 5)
    : [];
  if (instead.length > 0)
    return {
      instead,
      ...(question.category
        ? { notes: [{ kind: 'qualifier' as const, text: `none of the recorded allergies is among ${question.name}`, facts: instead }] }
        : {}),
    };
  const broader = broaderEntries(question.concepts, kinds, chart);
  if (broader.length > 0) {
    const facts = [...broader].sort(newestFirst).slice(0, 3);
    return { instead: facts, notes: [{ kind: 'broader', text: 'the record has a broader entry', facts }] };
  }
  const siblings = kinds.includes('immunization') ? otherVaccines(question.concepts, chart) : [];
  if (siblings.length > 0)
    return {
      instead: siblings,
      notes: [
        {
          kind: 'elsewhere',
          text: `the record has another vaccine of the same group; whether it was ${question.name}, no entry says`,
          facts: siblings,
        },
      ],
    };
  const relatives = relativesOf({ ...question, kinds: [...kinds] }, chart).map((fact) =>
    nearAsAsked(scopeOf({ ...question, kinds: [...kinds], concepts: [fact.concepts[0]!] }, chart)),
  );
  if (relatives.length > 0) {
    const facts = relatives.flatMap((relative) => relative.facts);
    const text = 'shown instead: the nearest relative that is recorded';
    return { instead: facts, notes: [{ kind: 'elsewhere', text, facts }, ...relatives.flatMap(({ notes }) => notes)] };
  }
  const elsewhere = namedNearby({ ...question, kinds: [...kinds] }, chart).slice(0, 3);
  if (elsewhere.length > 0)
    return {
      instead: elsewhere,
      notes: [
        {
          kind: 'elsewhere',
          text: `not among the ${kinds.map((kind) => KIND_NAMES[kind]).join(', ')}; named elsewhere in the record`,
          facts: elsewhere,
        },
      ],
    };
  return {};
}

/** Against the same disease, and not the product that was asked for: a live zoster vaccine beside the recombinant one. */
function otherVaccines(wanted: readonly string[], { facts, terminology }: Chart): readonly Fact[] {
  const groups = wanted.flatMap((id) => (terminology.get(id)?.kind === 'vaccine' ? (terminology.get(id)?.parents ?? []) : []));
  const wider = [...new Set([...groups, ...groups.flatMap((id) => terminology.get(id)?.parents ?? [])])];
  // An entry without a code that the tables know is of the group that its own words name.
  const called = wider.flatMap((id) => [terminology.get(id)?.name ?? '', ...(terminology.get(id)?.synonyms ?? [])]);
  const words = called.map((name) => name.toLowerCase()).filter((name) => name.length >= 5);
  const given = facts.filter(
    (fact) =>
      fact.kind === 'immunization' &&
      !isVoid(fact) &&
      (fact.concepts.some((own) => wider.some((group) => terminology.isA(own, group))) ||
        fact.names.some((name) => words.some((word) => name.toLowerCase().includes(word)))),
  );
  return [...given].sort(newestFirst).slice(0, 3);
}

/** An allergy to animal dander is one to that of cats, as far as the record tells. */
const widerAllergies = (wanted: readonly string[], chart: Chart): readonly Fact[] =>
  chart.facts.filter(
    (fact) =>
      fact.kind === 'allergy' &&
      !isVoid(fact) &&
      fact.concepts.some(
        (own) =>
          /^(?:allergen|drug|class)\//.test(own) &&
          !/^allergen\/(?:food|environmental|drug|medication|insect|animal)$/.test(own) &&
          wanted.some((id) => id !== own && chart.terminology.isA(id, own)),
      ),
  );

/** Whether what a reason means, not what it is in general, is the next wider problem of one that was asked for. */
function isParentOf(own: readonly string[], wanted: readonly string[], { terminology }: Chart): boolean {
  const meant = own.filter((id) => !own.some((other) => other !== id && terminology.isA(other, id)));
  return wanted.some((id) => (terminology.get(id)?.parents ?? []).some((parent) => meant.includes(parent)));
}

/** Entries of the kind, none of them for what was asked: told as a number, and shown only where they may be meant (goals, plans). */
function otherReasons(question: Question, found: readonly Fact[]): Partial<Answer> {
  const kind = question.visitClass ? question.name : KIND_NAMES[found[0]!.kind];
  const many = new Set(found.map((fact) => fact.id)).size;
  const note: Note = {
    kind: 'limited',
    text: `${question.status === 'active' ? 'active ' : ''}${kind} recorded: ${many}; none of them ${found[0]!.kind === 'goal' ? 'is for' : 'names'} ${question.reasons!.name}${found[0]!.kind === 'goal' ? '' : ' as its reason'}`,
    facts: [],
  };
  const standing = found[0]!.kind === 'goal' || found[0]!.kind === 'care-plan';
  return { notes: [note], ...(standing ? { instead: [...found].sort(newestFirst) } : {}) };
}
