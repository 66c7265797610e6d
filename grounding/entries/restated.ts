/**
 * Notes, conclusions and values that the record holds in words, told again: "Echo: EF 60 %, no valve disease". Every clause of the sentence must say
 * all that a clause of that text says, and nothing else but what it was, when, and by whom. What is denied there is denied here, and nothing more.
 */
import type { Terminology } from '../../language/contract.ts';
import type { Chart, Fact } from '../../records/contract.ts';
import { statedWords } from '../checks/overlap.ts';
import { compareDate } from '../matching/dates.ts';
import { toldAsSo } from './not-done.ts';
import { ofItsDay } from './prose.ts';
import { inPlainWords, sameUnit, type Unit, unitsOf, wordStem } from './words.ts';

/** What an author wrote in sentences, and values recorded in words. */
const textsOf = ({ details, value, kind }: Fact): readonly string[] =>
  [
    details?.note,
    details?.conclusion,
    details?.outcome,
    details?.text,
    details?.reactionDescription,
    kind === 'social' && value && value.type !== 'quantity' && value.type !== 'range' ? value.text : undefined,
  ].filter((text) => text !== undefined && /\s/.test(text.trim())) as string[];

/** What keeps a clause from being told in part. */
const WHOLE =
  /\b(?:no|not|never|none|nil|without|den(?:y|ies|ied)|unsure|unclear|uncertain|possibl[ey]|probabl[ey]|likely|unlikely|suspected|suspicious|query|may|might|could|should|if|unless|until|except|only|rule out|ruled out|vs|versus|or|either|advised?|plan(?:ned)?|consider|to be|yet|order(?:ed)?|requested|referr(?:al|ed)|scheduled|booked|arranged|recommended|suggested|pending|await(?:ed|ing)|due|declined|refused|offered|discussed|stopped|discontinued)\b|n't\b|\?/i;
const PART = /\s+(?=(?:in|after|with|at|before|during|on|by|treated)\b)/i;
/** Marks a run of parts: one word alone says too little. */
const PARTIAL = '\u0000';
const LEADING = /^(?:in|after|with|at|before|during|on|by)\b/i;

const CLAUSE = /(?<!\d)[.;:](?!\d)|[.;:](?=\s|$)|\s+[-–—]\s+/;

/** Clauses of the text, and of those that deny and limit nothing any run of their parts. */
function clausesOf(text: string): readonly string[] {
  const found: string[] = [];
  for (const clause of text.split(CLAUSE).flatMap((part) => (WHOLE.test(part) ? [part] : [part, ...part.split(/,|\band\b/)]))) {
    const body = clause.trim();
    if (body === '') continue;
    found.push(body);
    if (WHOLE.test(body)) continue;
    const parts = body.split(PART);
    const runs = [...parts, ...parts.map((_, to) => parts.slice(0, to + 1).join(' '))];
    if (parts.length > 1) for (const run of runs) found.push(...[run, run.replace(LEADING, '').trim()].map((one) => `${PARTIAL}${one}`));
  }
  return [...new Set(found)].filter((clause) => clause !== '');
}

function sameBag(a: readonly Unit[], b: readonly Unit[], terminology: Terminology): boolean {
  if (a.length !== b.length) return false;
  const left = [...b];
  return a.every((unit) => {
    const at = left.findIndex((other) => sameUnit(unit, other, terminology));
    if (at < 0) return false;
    left.splice(at, 1);
    return true;
  });
}

/** The same things in any order, but what stands before a denial stays before it. */
function sameClause(a: readonly Unit[], b: readonly Unit[], terminology: Terminology): boolean {
  const cut = (units: readonly Unit[]): readonly (readonly Unit[])[] => {
    const parts: Unit[][] = [[]];
    for (const unit of units) {
      if (unit.type === 'not') parts.push([]);
      else parts.at(-1)!.push(unit);
    }
    return parts;
  };
  const [x, y] = [cut(a), cut(b)];
  return x.length === y.length && x.every((part, i) => sameBag(part, y[i]!, terminology));
}

const FRAME = new Set(
  [
    'report',
    'note',
    'notes',
    'scan',
    'study',
    'conclusion',
    'impression',
    'finding',
    'comment',
    'result',
    'record',
    'say',
    'state',
    'reported',
    'told',
    'exam',
    'examination',
    'check',
    'test',
    'imaging',
    'tell',
  ].map(wordStem),
);

/** What a value in words is about, where the entry itself calls it otherwise. */
const TOPIC = /^(?:smok|smoker|tobacco|cigarett|employment|work|job|housing|living|alcohol|drink|school|education)/;

export interface Entry {
  readonly fact: Fact;
  /** Other entries that it needs as well. */
  readonly more?: readonly Fact[];
  readonly reason: string;
}

/** Is there another entry of the same thing that is newer? Then an undated sentence does not mean this one. */
const isNewest = (fact: Fact, chart: Chart): boolean =>
  !chart.facts.some(
    (other) =>
      other !== fact &&
      other.id !== fact.id &&
      other.kind === fact.kind &&
      other.concepts[0] === fact.concepts[0] &&
      (other.date ?? '') > (fact.date ?? ''),
  );

/** That something was begun or brought to its end is said by a note with a word for it, not by the thing's name in it. */
const ACT = /\b(complet|finish|start|beg[aiu]n|initiat|commenc|went on|graduat)\w*/gi;
const SAME_ACT: Readonly<Record<string, string>> = {
  began: 'start',
  begin: 'start',
  begun: 'start',
  finish: 'complet',
  commenc: 'start',
  initiat: 'start',
};
const actsIn = (text: string): readonly string[] =>
  [...text.matchAll(ACT)].map((match) => match[1]!.toLowerCase()).map((act) => SAME_ACT[act] ?? act);

function saysAct(sentence: string, { kind, details }: Fact): boolean {
  if (kind !== 'document') return true;
  const own = actsIn(details?.['text'] ?? '');
  return actsIn(sentence).every((act) => own.includes(act));
}

/** `contradicted`: entries of the record say otherwise, which a note of some day does not outweigh. */
export function restated(sentence: string, chart: Chart, contradicted = false): Entry | undefined {
  const { terminology, asOf } = chart;
  const said = unitsOf(inPlainWords(sentence), terminology, asOf);
  if (said.length === 0 || said.length > 40) return undefined;
  for (const fact of chart.facts) {
    if (fact.part !== undefined || fact.kind === 'patient' || fact.status === 'refuted' || fact.kind === 'family-history') continue;
    const texts = textsOf(fact);
    if (texts.length === 0) continue;
    const own = statedWords({ ...fact, details: {}, value: undefined, statusReason: undefined, reasons: [] } as unknown as Fact);
    const value = fact.value && fact.value.type !== 'quantity' ? statedWords({ ...fact, details: {}, name: '', names: [] } as Fact) : own;
    let dated = false;
    const isFrame = (unit: Unit): boolean => {
      if (unit.type === 'time') return compareDate(fact.date, unit.time, true).outcome === 'pass' && unit.time.relation !== 'since';
      if (unit.type === 'word')
        return (fact.kind === 'social' && TOPIC.test(unit.stem)) || own.has(unit.stem) || value.has(unit.stem) || FRAME.has(unit.stem);
      if (unit.type === 'name')
        return (
          unit.stems.every((one) => own.has(one) || value.has(one)) ||
          (fact.kind === 'social'
            ? unit.stems.every((one) => TOPIC.test(one))
            : unit.concepts.some((id) => fact.concepts.some((held) => held === id || terminology.isA(held, id))))
        );
      return false;
    };
    const clauses = texts
      .map((text) => toldAsSo(text, fact, sentence, terminology))
      .flatMap((text) => clausesOf(inPlainWords(text)))
      .map((clause) => [clause.startsWith(PARTIAL), unitsOf(clause.replace(PARTIAL, ''), terminology, asOf)] as const)
      // "He has never been seen there" leaves nothing but its denial, which would deny whatever stands beside it.
      .filter(([partial, units]) => units.length > (partial ? 1 : 0) && units.some(({ type }) => type !== 'not' && type !== 'time'))
      .map(([, units]) => units);
    // Word by word: a run of the sentence is a clause of the text, or a single word names the entry itself.
    const fits = (at: number, told: boolean): boolean => {
      if (at === said.length) return told;
      for (const clause of clauses) {
        const run = said.slice(at, at + clause.length);
        if (run.length === clause.length && sameClause(run, clause, terminology) && fits(at + clause.length, true)) return true;
      }
      const unit = said[at]!;
      if (!isFrame(unit)) return false;
      const was = dated;
      if (unit.type === 'time') dated = true;
      if (fits(at + 1, told)) return true;
      dated = was;
      return false;
    };
    if (!fits(0, false)) continue;
    if (!dated && !isNewest(fact, chart)) continue;
    if (!saysAct(sentence, fact)) continue;
    if (!ofItsDay(sentence, fact, dated, contradicted, chart)) continue;
    return { fact, reason: `the record's own words say it: ${texts[0]!.slice(0, 160)}` };
  }
  return undefined;
}
