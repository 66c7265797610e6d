import { z } from 'zod';
import type { SearchScope } from '../../grounding/contract.ts';
import { FACT_KINDS, type Fact } from '../contract.ts';
import { NEEDS } from '../needs/words.ts';

/** What is asked about the thing. One executor answers each of them from the facts of a chart. */
export const ASPECTS = [
  'latest', // the newest value or entry
  'first', // the oldest
  'list', // all of them
  'trend', // direction over time
  'change', // difference between two moments ("since 2017", "since the last visit")
  'range', // lowest to highest
  'highest',
  'lowest',
  'average',
  'count',
  'exists', // now: has, takes, is it
  'ever', // at any time in the record
  'reason', // why
  'status', // active, resolved, stopped ...
  'onset', // since when, diagnosed when, started when
  'end', // stopped, resolved, discharged when
  'duration', // how long
  'date', // when
  'dose', // dose, strength, how often
  'reference-range',
  'flag', // is it normal, high, low
  'next', // upcoming
  'who', // prescriber, performer, attending
  'where', // place, organisation
  'reaction', // what an allergy does, how severe
  'describe', // everything the record says about one thing
  'summary', // the whole record
  'top-three', // what matters most today
  'due', // due or overdue
] as const;
export type Aspect = (typeof ASPECTS)[number];

export const VISIT_CLASSES = ['inpatient', 'emergency', 'ambulatory', 'virtual', 'home', 'urgent-care', 'wellness'] as const;
export type VisitClass = (typeof VISIT_CLASSES)[number];

const factKind = z.enum(FACT_KINDS);
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}/, 'an ISO date, YYYY-MM-DD');

/** Something named: by concepts (with all that is below them), else by words as they stand in the record's own displays. */
const namedThing = {
  kinds: z.array(factKind).describe('Parts of the record to search; empty: all'),
  concepts: z.array(z.string()).describe('Concept ids, any of them, with their descendants; empty: everything of the kinds'),
  words: z.array(z.string()).optional().describe('Words that no table knows: every one must stand in the name that the record uses'),
};

/** An event of the record that a time refers to: "at her last visit", "since his hip fracture", "since she stopped metformin". */
const anchorSchema = z.object({
  ...namedThing,
  visitClass: z.enum(VISIT_CLASSES).optional(),
  which: z.enum(['last', 'first', 'previous', 'next']).default('last'),
  edge: z
    .enum(['start', 'end', 'span', 'recorded'])
    .default('span')
    .describe('Which moment of it counts: its start, its end, all of it, or when it was written down'),
  from: isoDate.optional(),
  to: isoDate.optional(),
  text: z.string(),
});
export type Anchor = z.infer<typeof anchorSchema>;

const timeSchema = z.object({
  text: z.string().describe('As it was said'),
  relation: z.enum(['on', 'in', 'since', 'before', 'after', 'until', 'between', 'ago', 'within', 'for', 'as-of']),
  from: isoDate.optional().describe('Inclusive; absent: open'),
  to: isoDate.optional().describe('Inclusive; absent: open'),
  fuzzyDays: z.number().optional(),
  anchor: anchorSchema.optional().describe('Takes the place of from and to: found in the record when the question is answered'),
});
export type QuestionTime = z.infer<typeof timeSchema>;

const thresholdSchema = z.object({
  op: z.enum(['>', '>=', '<', '<=', '=', 'between']),
  value: z.number(),
  either: z.array(z.number()).optional().describe('"0.15 or 0.3 mg": one of these, and nothing between them'),
  second: z.number().optional().describe('Upper end for between; the diastolic number for a pair'),
  unit: z.string().optional(),
  ucum: z.string().optional(),
  text: z.string(),
});
export type Threshold = z.infer<typeof thresholdSchema>;

/** What the question takes for granted about this patient. */
const premiseSchema = z.object({
  ...namedThing,
  state: z.enum(['active', 'stopped', 'started', 'present', 'happened', 'resolved', 'reduced', 'increased']),
  text: z.string(),
  name: z.string(),
});
export type Premise = z.infer<typeof premiseSchema>;

export const questionSchema = z.object({
  aspect: z.enum(ASPECTS),
  ...namedThing,
  name: z.string().describe('How a sentence names what is asked for: "hemoglobin A1c", "active medications"'),
  text: z.string().describe('The part of the user’s words that asks this'),
  status: z
    .enum(['active', 'past', 'planned', 'not-done', 'any'])
    .optional()
    .describe('Only facts in this state; absent: what came about; any: also what was missed, cancelled or is planned'),
  time: timeSchema.optional(),
  threshold: thresholdSchema.optional(),
  /** "is it higher than in 2018", "A1c versus glucose": the other side. */
  compare: z
    .object({
      direction: z.enum(['higher', 'lower', 'same', 'different']).optional().describe('What the question supposes'),
      time: timeSchema.optional(),
      other: z.object({ ...namedThing, name: z.string() }).optional(),
    })
    .optional(),
  premise: z.array(premiseSchema).optional(),
  /** What a drug, visit or procedure is for: "anything for blood pressure", "seen for chest pain". */
  reasons: z.object({ ...namedThing, name: z.string() }).optional(),
  /** "Vaccines except flu": what is left out. */
  except: z.object({ ...namedThing, name: z.string() }).optional(),
  stated: z
    .enum(['on-hold', 'refuted', 'unconfirmed', 'confirmed', 'as-needed'])
    .optional()
    .describe('Only entries that the record states so: on hold, ruled out, suspected, taken as needed'),
  entries: z.array(z.string()).optional().describe('Only these entries, by evidence id: those of an answer before that are pointed at'),
  course: z.boolean().optional().describe('Only what was given for a time and then ended: "the last course of steroids"'),
  lacking: z.enum(['reason', 'dose', 'date']).optional().describe('Only entries of which the record does not state this'),
  category: z.enum(['food', 'medication', 'environment', 'biologic']).optional().describe('Only allergies of this category'),
  visitClass: z.enum(VISIT_CLASSES).optional(),
  frequency: z.object({ text: z.string(), timesPerDay: z.number() }).optional().describe('How often a drug is supposed to be taken'),
  manner: z.array(z.string()).optional().describe('How a value was taken, as it was said: standing, fasting, at home'),
  laterality: z.enum(['left', 'right', 'bilateral']).optional(),
  side: z.boolean().optional().describe('Which side is asked: a record that does not say is told to be silent'),
  placed: z
    .enum(['start', 'any'])
    .optional()
    .describe('With a time: `start` takes what began in it, `any` what was in force then; absent: by the kind and aspect'),
  flag: z.enum(['abnormal', 'high', 'low', 'normal', 'critical']).optional().describe('Only results so flagged by the record'),
  criticality: z.enum(['high', 'low']).optional(),
  relative: z.string().optional().describe('Only the family history of this relative: "father"'),
  person: z.string().optional().describe('Only what this clinician did, ordered or prescribed'),
  device: z.string().optional().describe('A device, implant or dressing that is asked for as being in place now: "intrauterine device"'),
  /** "Above 140 at every visit": all values must meet the threshold, not one of them. */
  every: z.boolean().optional(),
  /** True for a yes/no question; `expects` is what it supposes: "is she not on a statin?" -> 'no'. */
  polar: z.boolean().optional(),
  expects: z.enum(['yes', 'no']).optional(),
  unread: z
    .array(z.string())
    .optional()
    .describe('What the words ask that this reading leaves out and that may change the answer: another time, number, name, an exception'),
  /** "Weight in pounds": the unit to tell it in as well, as UCUM. */
  inUnit: z.string().optional(),
  kinOf: z.string().optional().describe('Drugs that are asked about because they are of the class of this allergen, and not it'),
  /** "Is her hypertension controlled": whether the record judges it is asked; the newest measurements answer. */
  judged: z.boolean().optional(),
  /** "Is he homeless": whether this social need is met, or (`met` false) is not. */
  need: z.object({ need: z.enum(NEEDS), met: z.boolean() }).optional(),
  /** "the last three", "top 5" */
  limit: z.number().int().positive().optional(),
  /** 1 = the one before the latest, 2 = the one before that. With `first`: counted from the oldest. */
  offset: z.number().int().min(0).optional(),
  /** Details of the person, for kinds ['patient']. */
  field: z
    .enum([
      'name',
      'age',
      'birth-date',
      'gender',
      'address',
      'phone',
      'email',
      'language',
      'marital-status',
      'race',
      'ethnicity',
      'birth-place',
      'record-number',
      'deceased',
      'contact',
      'primary-care',
      'all',
    ])
    .optional(),
});
export type Question = z.infer<typeof questionSchema>;

export type DeclineReason =
  | 'other-patient' // names somebody else
  | 'not-clinical' // weather, jokes, code ...
  | 'advice' // what should be done, prescribed, diagnosed: Rounds states what the record holds
  | 'write' // asks to order, prescribe, delete, change
  | 'knowledge' // general medical knowledge, not this patient
  | 'greeting'
  | 'closing' // thanks, goodbye
  | 'instruction' // tells what to say, whatever the record holds
  | 'empty';

export interface Choice {
  /** What the user would pick: "blood pressure", "lisinopril". */
  readonly label: string;
  readonly question: Question;
}

/** What a follow-up may refer to. Plain data: it is kept with the thread. */
export interface QuestionContext {
  readonly questions: readonly Question[];
  /** Evidence ids of the facts that answered, newest answer first. */
  readonly facts: readonly string[];
  /** Evidence ids of the entries that were read out with a line of their own, in that order: "the second one". */
  readonly rows?: readonly string[];
  /** Evidence ids of what was shown because the thing itself is not recorded. */
  readonly instead?: readonly string[];
  /** The question that was put to the user, and what can be picked. */
  readonly pending?: { readonly choices: readonly Choice[] };
}

export interface ParseResult {
  readonly questions: readonly Question[];
  readonly declined?: { readonly reason: DeclineReason; readonly text: string; readonly other?: string };
  readonly ambiguous?: { readonly question: string; readonly choices: readonly Choice[] };
  /** Words of the text that were not understood and may matter. */
  readonly unread: readonly string[];
  /** What misspelled words were read as. */
  readonly readAs: readonly { readonly text: string; readonly as: string }[];
}

export type Outcome =
  | 'found' // `facts` answer (for yes/no: `polarity` says which way)
  | 'absent' // recorded as absent, or recorded and no longer so: `facts` are those entries
  | 'not-recorded' // nothing in scope; `searched` says what was looked for, `instead` what the record has
  | 'ambiguous' // `choices`
  | 'invalid'; // a question that cannot be asked of this thing (average of a procedure); `notes` says why

export interface PremiseResult {
  readonly ok: boolean;
  /** The premise as said, and what the record says: "metformin is active since 03-Jan-2015". */
  readonly premise: Premise;
  readonly text: string;
  readonly facts: readonly Fact[];
}

export interface NumberAt {
  readonly value: number;
  /** As recorded, in `Numbers.unit` (converted values are marked). */
  readonly text: string;
  readonly converted: boolean;
  readonly date?: string;
  readonly fact: Fact;
}

/** Derived from `considered`, all in one unit. Values in a unit that cannot be converted are left out and noted. */
export interface Numbers {
  /** Facts counted (for `count`), or values in the series. */
  readonly count: number;
  /** `count` of drugs: the different ones, by name. */
  readonly drugs?: readonly string[];
  /** `duration` of a treatment by sessions: how many there were in the course. */
  readonly sessions?: number;
  readonly unit?: string;
  readonly ucum?: string;
  readonly first?: NumberAt;
  readonly last?: NumberAt;
  readonly min?: NumberAt;
  readonly max?: NumberAt;
  readonly mean?: number;
  /** Of the whole series. */
  readonly direction?: 'rising' | 'falling' | 'stable' | 'fluctuating';
  /** Where the newest values went back against `direction`: it is not rising (falling) any more. */
  readonly turn?: NumberAt;
  /** `change`, `compare`: to - from. */
  readonly change?: { readonly from: NumberAt; readonly to: NumberAt; readonly difference: number; readonly percent?: number };
  /** Values that meet the threshold. */
  readonly meeting?: number;
  /** Length in days between `from` and `to` (absent `to`: still going on, counted to the chart's time or the day of death). */
  readonly duration?: { readonly days: number; readonly from: string; readonly to?: string; readonly toDeath?: boolean };
}

/** What an honest sentence must add. `facts` are those it is about. */
export interface Note {
  readonly kind:
    | 'nearest' // nothing at the asked time: these are the nearest
    | 'no-longer' // was, and is not any more
    | 'planned-only' // ordered or planned, not done
    | 'not-done' // recorded as not done
    | 'refuted'
    | 'unconfirmed'
    | 'stale'
    | 'conflict'
    | 'same-time' // several entries at the same moment
    | 'undated' // entries without a date cannot be placed in the asked time
    | 'other-unit' // values in a unit that cannot be compared
    | 'no-value' // entries without a value
    | 'no-unit' // the threshold or the record has no unit
    | 'qualifier' // the record has the thing, but not with this word
    | 'record-only' // due dates: guideline schedules are not consulted
    | 'anchor' // the event that the time refers to
    | 'broader' // the record has a related entry, not this one
    | 'future' // dated after today: left out
    | 'elsewhere' // no entry of its own: another part of the record names it, or a near relative is recorded
    | 'not-applicable'
    | 'limited';
  readonly text: string;
  readonly facts: readonly Fact[];
}

export interface Answer {
  readonly outcome: Outcome;
  readonly question: Question;
  /** Yes/no questions: what the record says to the proposition itself (whatever `expects` is). `unknown`: it does not say. */
  readonly polarity?: 'yes' | 'no' | 'unknown';
  /** The facts that answer, in the order to be read. */
  readonly facts: readonly Fact[];
  /** All facts in scope, newest first: the complete set that "latest", "three", "never" are judged against. */
  readonly considered: readonly Fact[];
  /** Not recorded: what the record has of the same kind (bounded). */
  readonly instead: readonly Fact[];
  readonly numbers?: Numbers;
  readonly scope: SearchScope;
  readonly premise: readonly PremiseResult[];
  readonly choices: readonly Choice[];
  readonly notes: readonly Note[];
  /** Panels and pairs: one answer a member ("kidney function": eGFR, creatinine, BUN; blood pressure by trend: systolic, diastolic). */
  readonly parts?: readonly Answer[];
  /** Sentences of notes that answer, letter by letter. */
  readonly quoted?: readonly { readonly fact: Fact; readonly sentence: string }[];
  /** What was looked for, for a sentence: "hemoglobin A1c since 01-Jan-2019". */
  readonly searched: string;
  /** Questions about the person (`question.field`): what the record states. */
  readonly field?: { readonly label: string; readonly text: string };
}
