import { compareFhirDates, daysBetween, formatDate } from '../../language/dates.ts';
import type { Fact } from '../contract.ts';
import type { Note, Question } from './contract.ts';
import type { Clause } from './parsed.ts';
import type { Found, Scope } from './scope.ts';

const AGE_THEN = /\bhow (?:many years )?old (?:was|were)\b|\b(?:what|which) age\b|\bage (?:at|when|of onset|on|during|in)\b|\baged\b/;
const DEATH = /\b(?:di(?:ed|e)|death|passed away|deceased)\b/;

/** "How old was she when she broke her hip", "age at diagnosis of diabetes": the age at an event, not today's. */
export function ageThen(clause: Clause): Question | undefined {
  if (!AGE_THEN.test(clause.mask)) return undefined;
  const base = { kinds: ['patient' as const], concepts: [], name: 'age', text: clause.text };
  const { time } = clause.times;
  const topic = clause.topics.find(({ letter }) => /^[cpdv]$/.test(letter));
  if (DEATH.test(clause.mask) && !topic) return { ...base, aspect: 'describe', field: 'deceased' };
  if (time?.anchor && !topic)
    return { ...base, aspect: 'describe', field: 'age', time: { ...time, anchor: { ...time.anchor, edge: 'start' } } };
  if (topic) {
    const last = /\b(?:last|latest|most recent)\b/.test(clause.rest);
    return {
      ...base,
      aspect: 'describe',
      field: 'age',
      time: {
        text: clause.text,
        relation: 'in',
        anchor: {
          kinds: [...topic.kinds],
          concepts: [...topic.concepts],
          ...(topic.words?.length ? { words: [...topic.words] } : {}),
          which: last ? 'last' : 'first',
          edge: 'start',
          text: topic.name,
        },
      },
    };
  }
  return time ? { ...base, aspect: 'describe', field: 'age', time } : undefined;
}

/** Whole years between two days; undefined where either is only known by its month or year. */
export function yearsBetween(birth: string, then: string): number | undefined {
  if (birth.length < 10 || then.length < 10) return undefined;
  const years = Number(then.slice(0, 4)) - Number(birth.slice(0, 4));
  return then.slice(5, 10) < birth.slice(5, 10) ? years - 1 : years;
}

/** What years alone do not say: one of two ages where only the year or month of birth is known, the days or months of a small child. */
export function closeAge(birth: string, then: string): Note | undefined {
  const note = (text: string): Note => ({ kind: 'limited', text: `that makes ${text}`, facts: [] });
  if (birth.length < 10) {
    const years = Number(then.slice(0, 4)) - Number(birth.slice(0, 4));
    const months = birth.length < 7 || then.length < 7 ? undefined : Number(then.slice(5, 7)) - Number(birth.slice(5, 7));
    if (months !== undefined && months !== 0) return note(`${months < 0 ? years - 1 : years} years of age`);
    return years > 0 ? note(`${years - 1} or ${years} years of age`) : undefined;
  }
  if (then.length < 10) return undefined;
  const days = daysBetween(birth.slice(0, 10), then.slice(0, 10));
  if (days < 0 || days >= 730) return undefined;
  return note(days < 60 ? `${days} ${days === 1 ? 'day' : 'days'} of age` : `${Math.floor(days / 30.4375)} months of age`);
}

/** The age at the event that the time refers to, or in a year. */
export function askedAgeThen({ chart, window }: Scope, about: readonly Fact[]): Found {
  const birth = chart.patient.birthDate;
  const event = window.anchor?.find((fact) => fact.date);
  const years = birth && event?.date ? yearsBetween(birth, event.date) : undefined;
  if (event && years !== undefined && compareFhirDates(event.date!, birth!) >= 0)
    return { outcome: 'found', facts: [event, ...about], considered: [event, ...about], field: { label: 'age then', text: `${years}` } };
  const first = birth && window.from ? yearsBetween(birth, window.from) : undefined;
  const last = birth && window.to ? yearsBetween(birth, window.to) : undefined;
  if (!event && first !== undefined && last !== undefined && first >= 0)
    return {
      outcome: 'found',
      facts: about,
      considered: about,
      field: { label: 'date of birth', text: formatDate(birth!) },
      notes: [
        {
          kind: 'limited',
          text: `that makes ${first === last ? `${first}` : `${first} to ${last}`} years of age ${window.from === window.to ? `on ${formatDate(window.from!)}` : `between ${formatDate(window.from!)} and ${formatDate(window.to!)}`}`,
          facts: [],
        },
      ],
    };
  return {
    outcome: 'not-recorded',
    facts: [],
    considered: about,
    instead: event ? [event, ...about] : about,
    searched: 'age at that time',
    notes: [{ kind: 'limited', text: 'the record does not give both days exactly, so no age is computed', facts: [] }],
  };
}
