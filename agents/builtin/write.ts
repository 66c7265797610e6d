import { formatDate } from '../../language/dates.ts';
import { factLine } from '../../records/chart/evidence.ts';
import type { Chart, Fact } from '../../records/contract.ts';
import type { Answer, Numbers, Question } from '../../records/questions/contract.ts';
import type { DraftClaim } from '../contract.ts';
import { capital, flagNote, flagWord, isDrug, isMeasured, joined, lengthOf, numberAt, on, rounded, valueText, withUnit } from './phrases.ts';

export interface Written {
  readonly claims: readonly DraftClaim[];
  readonly notes: readonly string[];
}

/** Lists are read to the end up to here; longer ones show their newest and say how many there are. */
const LISTED = 40;
const SERIES_LISTED = 12;

interface Writing {
  readonly answer: Answer;
  readonly question: Question;
  readonly name: string;
  /** Evidence id of the search. */
  readonly search: string;
  readonly chart: Chart;
}

const claim = (text: string, ...citations: readonly (string | undefined)[]): DraftClaim => ({
  text,
  citations: [...new Set(citations.filter((id): id is string => id !== undefined && id !== ''))],
});

/** The record's own line, which states everything that it holds of the fact. */
const line = (fact: Fact, prefix = ''): DraftClaim => claim(`${prefix}${factLine(fact)}`, fact.id);

/** One entry a resource: a blood pressure is not listed a second and third time by its parts. */
function entries(facts: readonly Fact[]): readonly Fact[] {
  const whole = new Set(facts.filter((fact) => fact.part === undefined).map((fact) => fact.id));
  return facts.filter((fact) => fact.part === undefined || !whole.has(fact.id));
}

function listed(facts: readonly Fact[], search: string, most = LISTED): readonly DraftClaim[] {
  const all = entries(facts);
  const shown = all.slice(0, most).map((fact) => line(fact));
  return all.length > shown.length ? [...shown, claim(`Showing ${shown.length} of ${all.length}.`, search)] : shown;
}

const valueOn = (fact: Fact): string => `${valueText(fact)}${on(fact.date)}${flagNote(fact)}`;

/** "The latest potassium is 4.1 mmol/L on 12-Mar-2020." For what is done rather than measured, its date. */
function newest(fact: Fact, which: string, search: string): DraftClaim {
  if (isMeasured(fact)) return claim(`The ${which} ${fact.name} is ${valueOn(fact)}.`, fact.id, search);
  if (fact.kind === 'visit') return claim(`The ${which} visit was${on(fact.date)}: ${factLine(fact)}`, fact.id, search);
  return fact.date && (fact.kind === 'procedure' || fact.kind === 'immunization' || fact.kind === 'imaging' || fact.kind === 'report')
    ? claim(`The ${which} ${fact.name} was${on(fact.date)}.`, fact.id, search)
    : line(fact);
}

const span = ({ first, last }: Numbers): string =>
  first?.date && last?.date && first.date !== last.date ? ` from ${formatDate(first.date)} to ${formatDate(last.date)}` : '';

function writeTrend({ answer, name, search }: Writing): readonly DraftClaim[] {
  const { numbers } = answer;
  if (!numbers?.first || !numbers.last || numbers.count < 2) return listed(answer.facts, search, SERIES_LISTED);
  const { first, last, direction } = numbers;
  const movement = direction ? `${capital(name)} is ${direction}: from` : `${capital(name)} went from`;
  return [
    claim(
      `${movement} ${numberAt(first, numbers)}${on(first.date)} to ${numberAt(last, numbers)}${on(last.date)}, over ${numbers.count} results.`,
      first.fact.id,
      last.fact.id,
      search,
    ),
    ...listed([...answer.facts].reverse().slice(0, SERIES_LISTED), search, SERIES_LISTED),
  ];
}

function writeChange({ answer, name, search }: Writing): readonly DraftClaim[] {
  const { numbers } = answer;
  const change = numbers?.change;
  if (!numbers || !change) return listed(answer.facts, search, SERIES_LISTED);
  const { from, to, difference } = change;
  const moved = difference === 0 ? 'did not change' : difference > 0 ? 'rose' : 'fell';
  const by = difference === 0 ? '' : ` by ${withUnit(rounded(Math.abs(difference), [from.text, to.text]), numbers.unit)}`;
  return [
    claim(
      `${capital(name)} ${moved}${by}, from ${numberAt(from, numbers)}${on(from.date)} to ${numberAt(to, numbers)}${on(to.date)}.`,
      from.fact.id,
      to.fact.id,
      search,
    ),
  ];
}

function writeExtreme(which: 'highest' | 'lowest', { answer, name, search }: Writing): readonly DraftClaim[] {
  const at = which === 'highest' ? answer.numbers?.max : answer.numbers?.min;
  if (!answer.numbers || !at) return listed(answer.facts, search);
  return [claim(`The ${which} ${name} is ${numberAt(at, answer.numbers)}${on(at.date)}.`, at.fact.id, search)];
}

function writeRange({ answer, name, search }: Writing): readonly DraftClaim[] {
  const { numbers } = answer;
  if (!numbers?.min || !numbers.max) return listed(answer.facts, search);
  return [
    claim(
      `${capital(name)} ranged from ${numberAt(numbers.min, numbers)}${on(numbers.min.date)} to ${numberAt(numbers.max, numbers)}${on(numbers.max.date)}, over ${numbers.count} results.`,
      numbers.min.fact.id,
      numbers.max.fact.id,
      search,
    ),
  ];
}

function writeAverage({ answer, name, search }: Writing): readonly DraftClaim[] {
  const { numbers } = answer;
  if (numbers?.mean === undefined) return listed(answer.facts, search);
  const like = [numbers.min?.text ?? '', numbers.max?.text ?? ''];
  return [
    claim(
      `The average ${name} is ${withUnit(rounded(numbers.mean, like), numbers.unit)} over ${numbers.count} results${span(numbers)}.`,
      search,
    ),
  ];
}

function writeCount({ answer, name, search }: Writing): readonly DraftClaim[] {
  const count = answer.numbers?.meeting ?? answer.numbers?.count ?? entries(answer.facts).length;
  const threshold = answer.question.threshold ? ` ${answer.question.threshold.text}` : '';
  return [
    claim(`${capital(name)}${threshold}: ${count} recorded.`, search),
    ...listed(answer.facts, search, SERIES_LISTED),
  ];
}

function writePolar(writing: Writing): readonly DraftClaim[] {
  const { answer, question, name, search } = writing;
  const said = answer.polarity === 'yes' ? 'Yes: ' : answer.polarity === 'no' ? 'No: ' : '';
  const { numbers } = answer;
  if (question.compare && numbers?.change) {
    const [change] = writeChange(writing);
    return change ? [{ ...change, text: `${said}${change.text}` }] : [];
  }
  if (question.threshold && numbers) {
    const meeting = numbers.meeting ?? 0;
    const head = `${said}${meeting} of ${numbers.count} ${name} results ${meeting === 1 ? 'is' : 'are'} ${question.threshold.text}.`;
    const at = question.threshold.op.startsWith('<') ? numbers.min : numbers.max;
    const extreme = question.threshold.op.startsWith('<') ? 'lowest' : 'highest';
    return [
      claim(head, search),
      ...(at ? [claim(`The ${extreme} ${name} is ${numberAt(at, numbers)}${on(at.date)}.`, at.fact.id, search)] : []),
    ];
  }
  const [first, ...rest] = entries(answer.facts);
  if (!first) return [claim(`${said}no ${name} is recorded.`, search)];
  return [line(first, said), ...listed(rest, search, SERIES_LISTED)];
}

function writeReason({ answer, search }: Writing): readonly DraftClaim[] {
  return entries(answer.facts).map((fact) => {
    const what = fact.kind === 'visit' ? `The visit${on(fact.date)}` : capital(fact.name);
    if (fact.reasons.length === 0) return claim(`No reason is recorded for ${fact.kind === 'visit' ? `the visit${on(fact.date)}` : fact.name}.`, fact.id, search);
    const why = joined([...new Set(fact.reasons.map((reason) => reason.text))]);
    return claim(`${what} ${isDrug(fact) ? 'is recorded' : 'was'} for ${why}.`, fact.id, ...fact.reasons.map((reason) => reason.ref));
  });
}

function writeStatus({ answer }: Writing): readonly DraftClaim[] {
  return entries(answer.facts).map((fact) => line(fact));
}

function writeWhen(which: 'onset' | 'end' | 'date', { answer, search }: Writing): readonly DraftClaim[] {
  return entries(answer.facts)
    .slice(0, SERIES_LISTED)
    .map((fact) => {
      const date = which === 'end' ? fact.end : fact.date;
      if (!date) return claim(`No ${which === 'onset' ? 'start' : which} date is recorded for ${fact.name}.`, fact.id, search);
      if (isMeasured(fact)) return newest(fact, fact === answer.considered[0] ? 'latest' : '', search);
      if (which === 'end') return claim(`${capital(fact.name)} ended${on(date)}.`, fact.id);
      if (isDrug(fact)) return claim(`${capital(fact.name)} was ordered${on(date)} (${fact.status}).`, fact.id);
      if (fact.kind === 'problem') return claim(`${capital(fact.name)} started${on(date)} (${fact.status}).`, fact.id);
      return line(fact);
    });
}

function writeDuration({ answer, search }: Writing): readonly DraftClaim[] {
  const duration = answer.numbers?.duration;
  const [fact] = answer.facts;
  if (!duration || !fact) return listed(answer.facts, search);
  return duration.to
    ? [
        claim(
          `${capital(fact.name)} lasted ${lengthOf(duration.days)}, from ${formatDate(duration.from)} to ${formatDate(duration.to)}.`,
          fact.id,
        ),
      ]
    : [claim(`${capital(fact.name)} has been recorded for ${lengthOf(duration.days)}, since ${formatDate(duration.from)}.`, fact.id)];
}

function writeDose({ answer, search }: Writing): readonly DraftClaim[] {
  return entries(answer.facts).map((fact) => {
    if (fact.dosage?.text) return claim(`${capital(fact.name)}: ${fact.dosage.text} (${fact.status}, ordered${on(fact.date)}).`, fact.id);
    return claim(`No dosage instruction is recorded for ${fact.name} (${fact.status}, ordered${on(fact.date)}).`, fact.id, search);
  });
}

function writeReferenceRange({ answer, search }: Writing): readonly DraftClaim[] {
  return entries(answer.facts).map((fact) =>
    fact.referenceRange
      ? claim(`The reference range of ${fact.name} is ${fact.referenceRange.text}${on(fact.date)}.`, fact.id)
      : claim(`No reference range is recorded for ${fact.name}.`, fact.id, search),
  );
}

function writeFlag({ answer, search }: Writing): readonly DraftClaim[] {
  return entries(answer.facts)
    .slice(0, SERIES_LISTED)
    .flatMap((fact) => {
      const word = flagWord(fact);
      const value = claim(`The latest ${fact.name} is ${valueOn(fact)}.`, fact.id, search);
      if (fact !== answer.considered[0]) return [line(fact)];
      return word
        ? [claim(`The latest ${fact.name} is ${word}: ${valueText(fact)}${on(fact.date)}.`, fact.id, search)]
        : [value, claim(`No reference range or flag is recorded with ${fact.name}${on(fact.date)}.`, fact.id, search)];
    });
}

function writeField({ answer }: Writing): readonly DraftClaim[] {
  const { field } = answer;
  const id = answer.facts[0]?.id;
  return field ? [claim(`${capital(field.label)}: ${field.text}.`, id)] : answer.facts.map((fact) => line(fact));
}

function writeWho({ answer, search }: Writing): readonly DraftClaim[] {
  return entries(answer.facts)
    .slice(0, SERIES_LISTED)
    .map((fact) => {
      const people = fact.people?.length ? joined(fact.people) : fact.organization;
      if (!people) return claim(`Nobody is named in the record for ${fact.name}${on(fact.date)}.`, fact.id, search);
      return fact.kind === 'care-team' ? line(fact) : claim(`${capital(fact.name)}${on(fact.date)}: ${people}.`, fact.id);
    });
}

function notRecorded({ answer, search, name }: Writing): readonly DraftClaim[] {
  const what = answer.searched || name;
  return [claim(`No ${what} is recorded.`, search), ...entries(answer.instead).slice(0, 3).map((fact) => line(fact))];
}

/** Sentences for one answer: what was asked first, then what an honest reader must know with it. */
export function writeAnswer(answer: Answer, search: string, chart: Chart): Written {
  const writing: Writing = { answer, question: answer.question, name: answer.question.name, search, chart };
  const premises = answer.premise.filter((premise) => !premise.ok).map((premise) => claim(premise.text, ...premise.facts.map((f) => f.id), search));
  const aside = answer.notes.filter((note) => note.facts.length > 0).map((note) => claim(note.text, ...note.facts.slice(0, 5).map((f) => f.id), search));
  const notes = answer.notes.filter((note) => note.facts.length === 0).map((note) => note.text);
  return { claims: [...premises, ...body(writing), ...aside], notes };
}

function body(writing: Writing): readonly DraftClaim[] {
  const { answer, question, search } = writing;
  if (answer.outcome === 'ambiguous' || answer.outcome === 'invalid') return [];
  if (answer.field) return writeField(writing);
  if (answer.outcome === 'not-recorded') return notRecorded(writing);
  if (question.polar && answer.polarity !== undefined) return writePolar(writing);
  switch (question.aspect) {
    case 'latest':
      return entries(answer.facts).map((fact) => newest(fact, question.offset ? '' : 'latest', search));
    case 'first':
      return entries(answer.facts).map((fact) => newest(fact, 'first', search));
    case 'trend':
      return writeTrend(writing);
    case 'change':
      return writeChange(writing);
    case 'range':
      return writeRange(writing);
    case 'highest':
    case 'lowest':
      return writeExtreme(question.aspect, writing);
    case 'average':
      return writeAverage(writing);
    case 'count':
      return writeCount(writing);
    case 'exists':
    case 'ever':
      return writePolar(writing);
    case 'reason':
      return writeReason(writing);
    case 'status':
      return writeStatus(writing);
    case 'onset':
    case 'end':
    case 'date':
      return writeWhen(question.aspect, writing);
    case 'duration':
      return writeDuration(writing);
    case 'dose':
      return writeDose(writing);
    case 'reference-range':
      return writeReferenceRange(writing);
    case 'flag':
      return writeFlag(writing);
    case 'who':
    case 'where':
      return writeWho(writing);
    default:
      return listed(answer.facts, search);
  }
}
