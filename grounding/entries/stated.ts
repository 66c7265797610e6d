/**
 * What single entries of the record state of their own kind, in the words that people have for it: a booked or missed appointment, a vaccine that was
 * declined, a referral, why a drug was stopped. Only ever a support: what no entry states wholly is left to the other checks.
 */
import type { Chart, Fact } from '../../records/contract.ts';
import { tokens } from '../reading/lexicon.ts';
import { type Covered, cover, type Stated, spansOf, statedOf } from './cover.ts';
import type { Entry } from './restated.ts';
import { NOT, wordStem } from './words.ts';

interface Shape {
  readonly of: (fact: Fact) => boolean;
  /** What must stand in the sentence: it says what became of the thing. */
  readonly verb: RegExp;
  /** What may stand in it besides, and says no more. */
  readonly also?: RegExp;
  readonly stated?: (fact: Fact, chart: Chart) => Stated;
  readonly holds?: (fact: Fact, chart: Chart, sentence: string, found: Covered) => boolean;
}

const REFUSED = /declin|refus|object|reject|unwilling|patient (?:choice|decision|wish)/i;

/** "Dr. Ravi Menon (cardiologist)": what the care team's entry says of the people of another entry. */
function rolesOf(people: readonly string[], chart: Chart): readonly string[] {
  return chart.facts
    .filter((fact) => fact.kind === 'care-team')
    .flatMap((fact) => (fact.details?.['members'] ?? '').split(';'))
    .filter((member) => people.some((name) => member.includes(name)));
}

const specialty = (texts: readonly string[]): readonly string[] =>
  texts
    .flatMap((text) => [...text.matchAll(/\b(\w+olog)ist\b/gi)].map((match) => `${match[1]}y`))
    .concat(texts.flatMap((text) => [...text.matchAll(/\b(\w+olog)y\b/gi)].map((match) => `${match[1]}ist`)));

const ofAppointment = (fact: Fact, chart: Chart): Stated => {
  const own = statedOf(fact);
  const texts = [...own.texts, ...rolesOf(fact.people ?? [], chart)];
  return { ...own, texts: [...texts, ...specialty(texts)] };
};

const same = (a: Fact, b: Fact): boolean =>
  a.kind === b.kind && a.concepts.some((id) => !id.startsWith('section/') && b.concepts.includes(id));

const withinTimes = (fact: Fact, { times }: Covered): boolean =>
  times.length === 0 ||
  times.some(
    ({ from, to }) =>
      !!fact.date && (!from || fact.date.slice(0, 10) >= from.slice(0, 10)) && (!to || fact.date.slice(0, 10) <= to.slice(0, 10)),
  );

const APPOINTMENT = /\b(?:next|appointments?|appt|visit|slot|an?|the|her|his)\b/;

const SHAPES: readonly Shape[] = [
  {
    of: ({ kind, status }) => kind === 'appointment' && status === 'planned',
    verb: /\b(?:(?:is|was|has been|are|'s) )?(?:booked|scheduled|due|arranged|lined up)\b(?: in)?(?: to (?:see|be seen by|attend|have|go to)| with)?|\b(?:next|upcoming|future|forthcoming) (?:appointment|appt|visit|clinic|review)\b|\b(?:sees|will see|is seeing|is to see|going to see|will be seen by|will attend|will have)\b|\bhas an? (?:upcoming |booked )?(?=[\w ]*\b(?:appointment|appt)\b)|^next\b/,
    also: APPOINTMENT,
    stated: ofAppointment,
    holds: (fact, chart, sentence) => {
      const planned = chart.facts.filter((other) => other.kind === 'appointment' && other.status === 'planned');
      return !/\bnext\b(?! (?:week|month|year))/i.test(sentence) || planned.every((other) => (other.date ?? '') >= (fact.date ?? ''));
    },
  },
  {
    of: ({ kind, status }) => kind === 'appointment' && status === 'missed',
    verb: /\b(?:missed|failed to attend|no[- ]show(?:ed)?(?: (?:for|at|to))?|dna'?d?|never (?:attended|went to|came to|turned up (?:for|to|at))|(?:did not|didn'?t|has not|hasn'?t) (?:attend(?:ed)?|turn(?:ed)? up|show(?:ed)?(?: up)?|come|came|go|make it)(?: (?:for|to|at))?|was not attended|wasn'?t attended|not attended)\b/,
    also: APPOINTMENT,
    stated: ofAppointment,
  },
  {
    of: ({ kind, status }) => kind === 'appointment' && status === 'cancelled',
    verb: /\b(?:(?:was|were|has been|got|is) )?(?:cancell?ed|called off)\b/,
    also: APPOINTMENT,
    stated: ofAppointment,
    holds: (fact, _, sentence) =>
      !/\b(?:she|he|patient|hospital|clinic|practice|provider) (?:has |had )?(?:cancell?ed|called)|\bby (?!phone)\w/i.test(sentence) ||
      (/^(?:patient|she|he)$/i.test(fact.statusReason ?? '') &&
        /\b(?:she|he|patient) (?:has |had )?(?:cancell?ed|called)|by the patient/i.test(sentence)),
  },
  {
    of: ({ kind, status, negated, reactions }) => kind === 'allergy' && status === 'active' && !negated && (reactions ?? []).length > 0,
    verb: /\b(?:gets?|develops?|(?:comes|breaks) out in|reacts?|goes into|suffers|causes?|gives? (?:him|her|them)|brings? on|triggers?|sets? off)\b/,
    also: /\b(?:from|to|after|with|by|in|when (?:she|he) (?:eats|takes|has)|eating|taking|having|touching|contact with|exposure to)\b/,
    stated: ofReaction,
    holds: thingAndReaction,
  },
  {
    of: ({ kind, status, negated, statusReason }) =>
      negated && status === 'missed' && kind !== 'appointment' && REFUSED.test(statusReason ?? ''),
    verb: /\b(?:(?:was|were) (?:offered|advised) (?:and|but) )?(?:declined|refused|turned down|said no to|objected to|rejected|did not want|didn'?t want|would not have|wouldn'?t have|refusal)\b/,
    also: /\b(?:(?:was|were) )?offered\b|\b(?:she|he|it|patient)\b|\bto (?:have|do|take|attend|go to|take part in)\b|\bbut\b|\bjab\b|\bshot\b|\bat that visit\b|\bnever (?:did|had|went to|attended)\b|\b(?:did not|didn'?t) (?:do|have|attend|go to|get)\b/,
    holds: noneGiven,
  },
  {
    of: ({ kind, status, negated }) => negated && status === 'missed' && kind !== 'appointment',
    verb: /\b(?:(?:did not|didn'?t) (?:get|have|receive|take|undergo|do|attend|go to)|(?:was|were) not (?:given|done|performed|administered|attended)|(?:wasn'?t|weren'?t) (?:given|done|performed|administered)|never (?:got|had|did|received|took|underwent|attended|done|given)|has(?: not|n'?t) (?:had|got|received|been given|done)|not (?:given|done|performed|administered))\b/,
    also: /\bjab\b|\bshot\b/,
    holds: noneGiven,
  },
  {
    of: ({ kind, status, name }) => kind === 'order' && status !== 'cancelled' && /referral/i.test(name),
    verb: /\b(?:(?:was|has been|is|been) )?referred\b(?: (?:on|over))?|\breferral\b(?: (?:was )?(?:made|sent|placed))?/,
    holds: ({ people }, _, sentence) =>
      [...sentence.matchAll(/\b(?:by|from)\s+(?:dr\.?\s+)?(\w+)/gi)].every((match) =>
        (people ?? []).some((name) => name.toLowerCase().split(/\s+/).includes(match[1]!.toLowerCase())),
      ),
    also: /\bto\b|\bmade\b|\bsent\b/,
    stated: (fact) => {
      const own = statedOf(fact);
      return { ...own, texts: [...own.texts, ...specialty(own.texts)] };
    },
  },
  {
    of: ({ kind, status }) => kind === 'coverage' && status !== 'cancelled' && status !== 'inactive',
    verb: /\b(?:has|have|is on|on|covered by|coverage|insured (?:by|with|through)|insurance|insurer|payer|payor|plan)\b/,
    also: /\b(?:insurance|insurer|insured|coverage|covered|cover|payer|health|current|currently|active|is|plan|with|through|under)\b/,
  },
];

/** "Hives (severe)" without how bad it is. */
const plainly = (reaction: string): string => reaction.replace(/\s*\([^)]*\)$/, '');

/** "Anaphylaxis from peanuts": the allergy and what it does, not its notes, which may speak of other things. */
function ofReaction(fact: Fact, { terminology }: Chart): Stated {
  const reactions = fact.reactions ?? [];
  return {
    texts: [fact.name, ...fact.names, ...reactions],
    concepts: [...fact.concepts, ...reactions.flatMap((reaction) => terminology.byName(plainly(reaction)).map(({ id }) => id))],
    date: fact.date,
  };
}

/** Both the thing and what it does are named. */
function thingAndReaction(fact: Fact, { terminology }: Chart, sentence: string, { named, times }: Covered): boolean {
  // Hazelnuts and cashew nuts may be one group of allergens: the thing must go by the entry's own words.
  const own = new Set([fact.name, ...fact.names].flatMap((name) => tokens(name).map(({ word }) => wordStem(word))));
  const thing = named.find(
    (name) =>
      terminology.byName(name).some(({ id }) => fact.concepts.includes(id)) && tokens(name).some(({ word }) => own.has(wordStem(word))),
  );
  if (thing === undefined) return false;
  const brought = /\b(?:causes?|gives?|brings? on|triggers?|sets? off)\b/i.exec(sentence);
  if (brought && sentence.toLowerCase().indexOf(thing) > brought.index) return false;
  const means = (name: string, ids: readonly string[]) =>
    terminology.byName(name).some(({ id }) => ids.some((held) => held === id || terminology.isA(held, id)));
  const reactions = (fact.reactions ?? []).flatMap((reaction) => terminology.byName(plainly(reaction)).map(({ id }) => id));
  const told = (fact.reactions ?? []).map((reaction) => plainly(reaction).toLowerCase());
  return times.length === 0 && named.some((name) => means(name, reactions) || told.includes(name));
}

/** What is said not to have been given was not given by another entry either: never at all, or not at that time. */
function noneGiven(fact: Fact, chart: Chart, sentence: string, found: Covered): boolean {
  const given = chart.facts.filter((other) => same(other, fact) && !other.negated && other.status === 'completed');
  return given.every(
    (other) => !/\bnever\b|n[o']t (?:had|got|received|been)/i.test(sentence) && found.times.length > 0 && !withinTimes(other, found),
  );
}

/** A name in the sentence: more than the verb and a date. */
const isNamed = (found: Covered, fact: Fact): boolean => {
  const said = found.named.filter((word) => !NOT.test(word));
  return said.length > 0 && fact.subject.length > 0;
};

export function statedEntry(sentence: string, chart: Chart): Entry | undefined {
  for (const shape of SHAPES) {
    const verbs = spansOf(sentence, shape.verb);
    if (verbs.length === 0) continue;
    const spent = shape.also ? [...verbs, ...spansOf(sentence, shape.also)] : verbs;
    for (const fact of chart.facts) {
      if (fact.part !== undefined || !shape.of(fact)) continue;
      const found = cover(sentence, spent, (shape.stated ?? statedOf)(fact, chart), chart.terminology, chart.asOf);
      if (!found || !isNamed(found, fact)) continue;
      if (shape.holds && !shape.holds(fact, chart, sentence, found)) continue;
      return {
        fact,
        reason: `the record says ${fact.name}, ${fact.status}${fact.date ? `, ${fact.date.slice(0, 10)}` : ''}${fact.statusReason ? ` (${fact.statusReason})` : ''}`,
      };
    }
  }
  return undefined;
}
