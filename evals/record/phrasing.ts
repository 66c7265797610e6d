import type { PatientRecord } from './reading.ts';
import { OPENINGS, type Wordings } from './wordings.ts';

/** A seeded source of choices: the same text gives the same sequence on every machine (xmur3 hash, mulberry32 generator). */
export interface Choices {
  /** 0 <= n < 1 */
  next(): number;
  pick<T>(list: readonly T[]): T;
  /** `count` of them, in a drawn order. */
  some<T>(list: readonly T[], count: number): readonly T[];
}

export function createChoices(seed: string): Choices {
  let h = 1779033703 ^ seed.length;
  for (let i = 0; i < seed.length; i++) {
    h = Math.imul(h ^ seed.charCodeAt(i), 3432918353);
    h = (h << 13) | (h >>> 19);
  }
  const next = () => {
    h = (h + 0x6d2b79f5) | 0;
    let t = Math.imul(h ^ (h >>> 15), 1 | h);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const some = <T>(list: readonly T[], count: number): readonly T[] => {
    const left = [...list];
    const drawn: T[] = [];
    while (left.length > 0 && drawn.length < count) drawn.push(left.splice(Math.floor(next() * left.length), 1)[0] as T);
    return drawn;
  };
  return { next, pick, some };
}

export interface Phrased {
  readonly question: string;
  readonly set: 'first' | 'second';
}

/** Words a question as one of many people would: a wording of either set, then the habits of typing. */
export function phrase(wordings: Wordings, fill: Readonly<Record<string, string>>, record: PatientRecord, choices: Choices): Phrased {
  const set = choices.next() < 0.5 ? 'first' : 'second';
  const template = choices.pick(wordings[set]);
  const filled = fillIn(template, { ...pronouns(record), ...fill });
  return { question: typed(filled, choices), set };
}

export function fillIn(template: string, fill: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, key: string) => {
    const value = key === 'ax' ? withArticle(fill.x ?? '') : fill[key];
    return value ?? whole;
  });
}

function pronouns({ gender, given, family }: PatientRecord): Readonly<Record<string, string>> {
  const n = `${given} ${family}`.trim() || 'the patient';
  if (gender === 'female') return { s: 'she', o: 'her', p: 'her', S: 'She', P: 'Her', n };
  if (gender === 'male') return { s: 'he', o: 'him', p: 'his', S: 'He', P: 'His', n };
  return { s: 'the patient', o: 'the patient', p: "the patient's", S: 'The patient', P: "The patient's", n };
}

function withArticle(name: string): string {
  if (/(?<!s)s$/i.test(name) && !/(sis|itis|us)$/i.test(name)) return name;
  const letters = /^[A-Z]{2,}/.test(name) || /^[A-Z]\d/.test(name);
  const vowel = letters ? /^[AEFHILMNORSX]/.test(name) : /^[aeiou]/i.test(name);
  return `${vowel ? 'an' : 'a'} ${name}`;
}

/** No capitals, no question mark, a way in, a slip of the finger in a word of no weight: each now and then. */
function typed(text: string, choices: Choices): string {
  const roll = choices.next();
  if (roll < 0.18) return text.toLowerCase();
  if (roll < 0.28) return text.replace(/[?.]$/, '');
  if (roll < 0.34 && text.length > 12) return `${choices.pick(OPENINGS)}${text}`;
  if (roll < 0.4) return slip(text, choices);
  return text;
}

const SLIPS: Readonly<Record<string, string>> = {
  what: 'waht',
  latest: 'lastest',
  recent: 'recnt',
  recorded: 'recroded',
  current: 'curent',
  currently: 'currenty',
  medications: 'medicatons',
  taking: 'takng',
  when: 'wehn',
  patient: 'pateint',
  history: 'histroy',
  diagnosed: 'diagnosd',
  measured: 'mesured',
  highest: 'higest',
  lowest: 'lowset',
  please: 'plese',
  reason: 'reson',
  active: 'actve',
};
function slip(text: string, choices: Choices): string {
  const words = Object.keys(SLIPS).filter((word) => new RegExp(`\\b${word}\\b`, 'i').test(text));
  if (words.length === 0) return text;
  const word = choices.pick(words);
  return text.replace(new RegExp(`\\b${word}\\b`, 'i'), SLIPS[word] ?? word);
}

const LONG = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** A day as one of several people would write it (US order where all are numbers). */
export function writeDate(day: string, choices: Choices): string {
  const [y = '', m = '', d = ''] = day.slice(0, 10).split('-');
  const month = LONG[Number(m) - 1] ?? '';
  return choices.pick([
    `${Number(d)} ${month} ${y}`,
    `${month} ${Number(d)}, ${y}`,
    `${y}-${m}-${d}`,
    `${Number(m)}/${Number(d)}/${y}`,
    `${d}-${month.slice(0, 3)}-${y}`,
    `${month.slice(0, 3)} ${Number(d)} ${y}`,
  ]);
}

/** A unit as typed, or nothing where people leave it out. */
export function writeUnit(unit: string | undefined): string {
  if (unit === undefined || /[{(*^]|1\.73/.test(unit)) return '';
  if (unit === 'mm[Hg]') return ' mmHg';
  if (unit === 'Cel') return ' C';
  return unit === '%' ? '%' : ` ${unit}`;
}
