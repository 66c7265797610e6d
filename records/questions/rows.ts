import { compareFhirDates } from '../../language/dates.ts';
import type { Chart, Fact, FactKind } from '../contract.ts';
import type { Aspect, Question, QuestionContext } from './contract.ts';
import { readAspect, worst } from './cues.ts';
import type { Clause } from './parsed.ts';
import { MEASURED } from './sections.ts';

const PLACES: readonly (readonly [RegExp, number])[] = [
  [/^(?:first|1st|former|top|number (?:one|1))$/, 0],
  [/^(?:second|2nd|latter|number (?:two|2))$/, 1],
  [/^(?:third|3rd|number (?:three|3))$/, 2],
  [/^(?:fourth|4th|number (?:four|4))$/, 3],
  [/^(?:fifth|5th|number (?:five|5))$/, 4],
  [/^(?:last|bottom)$/, -1],
];
const ORDINAL = '(first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th|last|other|former|latter|top|bottom)';
const POINTS = new RegExp(
  `\\b(?:the|that|this) ${ORDINAL} (?:one|of (?:them|those|these|the (?:two|three|four)))\\b|\\b(?:the|that) ${ORDINAL}(?=\\W*$)|\\bthe (former|latter)\\b|\\b(number (?:one|two|three|four|five|[1-5]))(?=\\W*$)`,
);
/** "What was the first one she tried": by time, not by place in the list. */
const BY_TIME = /\b(?:first|last|second) (?:one )?(?:that )?(?:s?he|they|to be|tried|used|given|diagnosed|prescribed|ever)\b/;
/** Entries that happen at a time: "the first" of them is the earliest. */
const DATED: ReadonlySet<FactKind> = new Set<FactKind>([
  ...MEASURED,
  'procedure',
  'visit',
  'imaging',
  'report',
  'immunization',
  'appointment',
  'document',
]);

const COMPARED =
  /\bwhich (?:one |of (?:them|those|these|the two) )?(?:was|is|were|are|came|had) (?:the )?(?<more>higher|lower|greater|smaller|bigger|heavier|lighter|worse|better|newer|older|later|earlier|more recent)\b(?! than)/;
const PART_OF_BODY =
  /^\W*(?:and |so |but )?(?:(?:on|in|of) )?(?:which|what) (?:arm|leg|eye|ear|knee|hip|foot|hand|shoulder|elbow|wrist|ankle|breast|kidney|lung|side|thigh|finger|toe|calf|forearm)(?: (?:is|was) (?:it|that|this))?(?: (?:on|in))?\W*$/;
const WHY_NOT =
  /^\W*(?:and |but |so |ok )?(?:why (?:not|wasn['’]?t (?:it|that)|didn['’]?t (?:s?he|they)|was (?:it|that) (?:not|refused|declined))(?: (?:given|done|have|get|take|want)(?: (?:it|that))?)?|what was the reason)\W*$/;

const ASPECTS: ReadonlySet<Aspect> = new Set<Aspect>(['dose', 'reason', 'onset', 'end', 'duration', 'date', 'reaction', 'who', 'where']);

/** Entries by their evidence ids, in that order, each as a whole. */
export const wholes = (ids: readonly string[], chart: Chart): readonly Fact[] =>
  ids.flatMap((id) => chart.facts.find((fact) => fact.id === id && fact.part === undefined) ?? []);

const LETTERS: Partial<Record<FactKind, string>> = {
  problem: 'c',
  medication: 'd',
  allergy: 'a',
  immunization: 'v',
  procedure: 'p',
  imaging: 'p',
  report: 'p',
};

/** A question about entries that were shown, told as they stand. */
function about(facts: readonly Fact[], clause: Clause, aspect: Aspect = 'list'): Question {
  const [first] = facts;
  return {
    aspect,
    kinds: [...new Set(facts.map(({ kind }) => kind))],
    concepts: facts.length === 1 ? first!.concepts.slice(0, 1) : [],
    name: facts.length === 1 ? first!.name : 'entries shown',
    text: clause.text,
    entries: facts.map(({ id }) => id),
  };
}

/** "The second one", "the other one": the row of the last list that is meant, and what is asked of it. */
function pointed(clause: Clause, context: QuestionContext, rows: readonly Fact[]): Question | undefined {
  const match = POINTS.exec(clause.text.toLowerCase());
  const word = match?.slice(1).find((group) => group !== undefined);
  if (!match || !word || rows.length < 2 || BY_TIME.test(clause.text.toLowerCase())) return undefined;
  const dated = rows.every(({ kind }) => DATED.has(kind));
  const all = new Set(context.facts).size <= rows.length;
  if (dated && (!all || rows.some(({ date }) => !date) || /^(?:first|last|1st)$/.test(word))) return undefined;
  const again = !dated && isRecurrent(rows);
  if (again && !all) return undefined;
  const ordered = dated || again ? [...rows].sort((a, b) => compareFhirDates(a.date!, b.date!)) : rows;
  const before = context.questions.at(-1)?.entries;
  const place = PLACES.find(([pattern]) => pattern.test(word))?.[1];
  const fact =
    place === undefined
      ? rows.length === 2 && before?.length === 1
        ? rows.find(({ id }) => id !== before[0])
        : undefined
      : ordered.at(place);
  if (!fact) return undefined;
  const letter = LETTERS[fact.kind] ?? (MEASURED.has(fact.kind) ? 'o' : 'x');
  const asked = readAspect(clause.rest.replace(/\b(?:first|last|second|third)\b/g, ' '), letter);
  const aspect =
    asked.strength >= 2 && !asked.polar && ASPECTS.has(asked.aspect) ? asked.aspect : MEASURED.has(fact.kind) ? 'list' : 'describe';
  return about([fact], clause, aspect);
}

/** Attacks of one disease, courses of one drug: "the last one" of them is the latest, wherever it stands. */
const isRecurrent = (rows: readonly Fact[]): boolean =>
  rows.every(({ date }) => date !== undefined) && rows[0]!.concepts.some((id) => rows.every(({ concepts }) => concepts.includes(id)));

/** Values of a row that can be set side by side: one, or both of a pair. */
function valuesOf({ id, value }: Fact, chart: Chart): readonly { readonly of: string; readonly value: number }[] {
  if (value?.type === 'quantity') return [{ of: value.ucum ?? value.unit ?? '', value: value.value }];
  return chart.facts.flatMap((fact) =>
    fact.id === id && fact.part !== undefined && fact.value?.type === 'quantity' ? [{ of: fact.part, value: fact.value.value }] : [],
  );
}

/** "Which was higher?": the one of the rows shown; all of them where their values do not say. */
function compared(clause: Clause, rows: readonly Fact[], chart: Chart): Question | undefined {
  const more = COMPARED.exec(clause.text.toLowerCase())?.groups?.more;
  if (!more || rows.length < 2) return undefined;
  if (/newer|older|later|earlier|recent/.test(more)) {
    if (rows.some(({ date }) => !date)) return undefined;
    const byDate = [...rows].sort((a, b) => compareFhirDates(a.date!, b.date!));
    const fact = /older|earlier/.test(more) ? byDate[0]! : byDate.at(-1)!;
    return about([fact], clause);
  }
  if (!rows.every(({ kind, name }) => MEASURED.has(kind) && name === rows[0]!.name)) return undefined;
  const extreme = worst(more === 'better' ? 'best' : more === 'worse' ? 'worst' : '', rows[0]!.concepts);
  const up = extreme ? extreme === 'highest' : !/lower|smaller|lighter/.test(more);
  if (/worse|better/.test(more) && extreme !== 'highest' && extreme !== 'lowest') return undefined;
  const read = rows.map((fact) => ({ fact, values: valuesOf(fact, chart) }));
  const [one] = read;
  const comparable = read.every(
    ({ values }) => values.length > 0 && values.map(({ of }) => of).join() === one!.values.map(({ of }) => of).join(),
  );
  if (!comparable) return undefined;
  const tops = one!.values.map((_, at) => {
    const end = Math[up ? 'max' : 'min'](...read.map(({ values }) => values[at]!.value));
    return read.filter(({ values }) => values[at]!.value === end).map(({ fact }) => fact);
  });
  // A pair that is higher on one side and lower on the other: both are shown.
  const both = tops.reduce((left, right) => left.filter((fact) => right.includes(fact)));
  return about(both.length > 0 ? both : rows, clause);
}

/** What a follow-up says of the very entries that the last answer read out: one of them, the higher of them, which arm, why not. */
export function ofRows(clause: Clause, context: QuestionContext | undefined, chart: Chart): Question | undefined {
  if (!context?.rows || clause.times.time || clause.field || clause.whole) return undefined;
  const rows = wholes(context.rows, chart);
  if (rows.length === 0) return undefined;
  if (PART_OF_BODY.test(clause.text.toLowerCase())) {
    const shown = wholes(context.questions.at(-1)?.entries ?? context.rows, chart);
    return { ...about(shown, clause, 'describe'), side: true };
  }
  if (clause.topics.some(({ letter }) => letter !== 'x')) return undefined;
  if (WHY_NOT.test(clause.text.toLowerCase())) {
    const undone = rows.filter(
      ({ negated, status, statusReason }) => negated || statusReason || /^(?:missed|cancelled|stopped|refuted)$/.test(status),
    );
    return undone.length > 0 ? about(undone, clause, 'describe') : undefined;
  }
  return compared(clause, rows, chart) ?? pointed(clause, context, rows);
}
