import type { RawPatient } from '../contract.ts';
import { createChoices } from '../record/phrasing.ts';
import { readPatient } from '../record/reading.ts';
import { compoundTruths } from './compounds.ts';
import { drugTruths } from './drugs.ts';
import { eventTruths } from './events.ts';
import { extraTruths, inFamily } from './extras.ts';
import { personTruths, toPerson } from './person.ts';
import { problemTruths } from './problems.ts';
import { resultTruths } from './results.ts';
import { type Change, fillIn, type Truth } from './truth.ts';

export interface PlantedCase {
  /** `<patient>/<truth>/<true | error:kind | reworded:kind>/<n>` */
  readonly id: string;
  readonly patient: string;
  readonly what: 'true' | 'error' | 'reworded';
  readonly kind: string;
  readonly text: string;
  /** The sentence that it was made from. */
  readonly original: string;
  readonly cites?: readonly string[];
  /** Of a text of several sentences: the one with the error. All others are true. */
  readonly target?: string;
}

/** How many of each; fewer where the records hold no more. */
export interface Quota {
  readonly errors: number;
  readonly reworded: number;
  readonly trues: number;
  /** Notes of several sentences: as many with one error as without. */
  readonly notes: number;
}

/** True sentences from the records, with errors planted in them and reworded; a balanced, seeded draw over kinds and patients. */
export function plantedCases(patients: readonly RawPatient[], now: string, seed: number, quota: Quota): readonly PlantedCase[] {
  const records = patients.map((raw) => ({ raw, record: readPatient(raw) }));
  const people = records.map(({ record }) => record);
  const sources = records.map(({ raw, record }) => {
    const choices = createChoices(`${seed}/${record.id}`);
    const person = toPerson(record, people, now, choices);
    const simple = [
      ...resultTruths(record, person, now, choices),
      ...drugTruths(record, person, now, choices),
      ...problemTruths(record, person, now, choices, inFamily(raw)),
      ...eventTruths(record, person, now, choices),
      ...personTruths(record, person, now, choices),
      ...extraTruths(raw, record, person, choices),
    ];
    return { patient: record.id, truths: [...simple, ...compoundTruths(simple, choices)] };
  });
  const rounds = (what: PlantedCase['what'], wanted: number): readonly PlantedCase[] => {
    const pool = new Map<string, PlantedCase[]>();
    const seen = new Set<string>();
    let size = 0;
    // One more wording of every change a round, until there is enough to draw from.
    for (let round = 0; round < 14 && size < wanted * 1.5; round++) {
      for (const { patient, truths } of sources) {
        for (const truth of truths) {
          for (const c of casesOf(patient, truth, what, round, seed)) {
            if (seen.has(`${patient}|${c.text}`)) continue;
            seen.add(`${patient}|${c.text}`);
            const bucket = pool.get(c.kind) ?? [];
            pool.set(c.kind, bucket);
            bucket.push(c);
            size++;
          }
        }
      }
    }
    return draw(pool, wanted, seed);
  };
  const errors = rounds('error', quota.errors);
  const reworded = rounds('reworded', quota.reworded);
  const trues = rounds('true', quota.trues);
  return [...errors, ...reworded, ...trues, ...notes(errors, [...trues, ...reworded], quota.notes, seed)];
}

const LAYOUTS: readonly ((sentences: readonly string[]) => string)[] = [
  (sentences) => sentences.join(' '),
  (sentences) => sentences.map((s) => `- ${s}`).join('\n'),
  (sentences) => `Assessment:\n${sentences.map((s, i) => `${i + 1}. ${s}`).join('\n')}`,
  (sentences) => `Dear colleague,\n\n${sentences.join(' ')}\n\nWith kind regards`,
  (sentences) => sentences.join('\n'),
];

/** Notes of four sentences of one patient, one of them planted, and the same without. */
function notes(errors: readonly PlantedCase[], trues: readonly PlantedCase[], wanted: number, seed: number): readonly PlantedCase[] {
  const choices = createChoices(`${seed}/notes`);
  // A sentence about someone else would lend its subject to the next; "you" and "she" do not mix in one note.
  const fits = (c: PlantedCase): boolean => c.kind !== 'patient' && !/\byour?\b/i.test(c.text);
  const byPatient = new Map<string, PlantedCase[]>();
  for (const c of trues.filter(fits)) byPatient.set(c.patient, [...(byPatient.get(c.patient) ?? []), c]);
  return choices.some(errors.filter(fits), wanted).flatMap((error): PlantedCase[] => {
    const pool = byPatient.get(error.patient) ?? [];
    const others = choices.some(pool, 4).map((c) => ended(c.text));
    if (others.length < 4) return [];
    const target = ended(error.text);
    const layout = choices.pick(LAYOUTS);
    const at = Math.floor(choices.next() * 4);
    const planted = others.map((s, i) => (i === at ? target : s));
    const common = { patient: error.patient, kind: 'note' };
    return [
      { ...common, id: `${error.id}/note`, what: 'error', text: layout(planted), original: error.original, target },
      { ...common, id: `${error.id}/note-true`, what: 'true', text: layout(others), original: others.join(' ') },
    ];
  });
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function casesOf(patient: string, truth: Truth, what: PlantedCase['what'], round: number, seed: number): PlantedCase[] {
  const own = createChoices(`${seed}/${patient}/${truth.id}`);
  const order = own.some(truth.wordings, truth.wordings.length);
  const original = order.map((w) => fillIn(w, truth.fill)).find((t) => t !== undefined);
  if (original === undefined) return [];
  const common = { patient, ...(truth.cites === undefined ? {} : { cites: truth.cites }) };
  const make = (kind: string, text: string | undefined, n: string): PlantedCase[] =>
    text === undefined || (what !== 'true' && text === original)
      ? []
      : [{ id: `${patient}/${truth.id}/${what}:${kind}/${n}`, what, kind, text, original, ...common }];
  if (what === 'true') return make(truth.family, fillIn(order[round % order.length]!, truth.fill), String(round));
  const changes: readonly Change[] = what === 'error' ? truth.errors : [...truth.rewordings, { kind: 'word-order' }];
  return changes.flatMap((change, i) => {
    const choices = createChoices(`${seed}/${patient}/${truth.id}/${what}/${i}`);
    const fill = { ...truth.fill, ...change.fill };
    const changed = Object.keys(change.fill ?? {});
    // The wording must show what was changed.
    const fits = (change.wordings ?? truth.wordings).filter(
      (w) => change.wordings !== undefined || change.fill === undefined || changed.some((key) => shows(w, key)),
    );
    const texts = choices.some(fits, fits.length).flatMap((w) => {
      const text = fillIn(w, fill);
      return text === undefined || (changed.length > 0 && text === fillIn(w, truth.fill)) ? [] : [text];
    });
    return make(change.kind, texts[round], `${i}.${round}`);
  });
}

function shows(wording: string, key: string): boolean {
  return (
    wording.includes(`{${key}}`) ||
    wording.includes(`{${key.charAt(0).toUpperCase()}${key.slice(1)}}`) ||
    (key === 'x' && /\{ax\}|\{Ax\}/.test(wording))
  );
}

/** Kinds take turns, so that rare ones are there in full; within a kind the draw is by chance. */
function draw(pool: ReadonlyMap<string, readonly PlantedCase[]>, wanted: number, seed: number): readonly PlantedCase[] {
  const kinds = [...pool.keys()].sort();
  const queues = kinds.map((kind) => {
    const all = pool.get(kind)!;
    return createChoices(`${seed}/${kind}`).some(all, Math.min(all.length, wanted));
  });
  const drawn: PlantedCase[] = [];
  for (let i = 0; drawn.length < wanted; i++) {
    const before = drawn.length;
    for (const queue of queues) if (i < queue.length && drawn.length < wanted) drawn.push(queue[i]!);
    if (drawn.length === before) break;
  }
  return drawn;
}
