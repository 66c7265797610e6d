/** What one part of a sentence lends to the next: "On 3 May her LDL was 130 and her HDL 45"; "she takes A 10 mg and B 20 mg". */
import type { Assertion, SaidTime } from './assertions.ts';

const LENT = new Set([
  'takes',
  'took',
  'has',
  'past',
  'ended',
  'onset',
  'prescribed',
  'started',
  'stopped',
  'current',
  'completed',
  'resolved',
]);

const firstHead = (assertion: Assertion): number => Math.min(...assertion.heads.map((head) => head.start), Number.POSITIVE_INFINITY);
const measured = (assertion: Assertion): boolean =>
  assertion.heads.some((head) => head.concepts.some((concept) => concept.kind === 'observation'));
const kindOf = (assertion: Assertion): string => assertion.heads[0]?.concepts[0]?.kind ?? '';

export function carryOver(assertions: readonly Assertion[]): readonly Assertion[] {
  const found: Assertion[] = [];
  let leading: readonly SaidTime[] = [];
  for (const [i, assertion] of assertions.entries()) {
    let next = assertion;
    const previous = found[i - 1];
    const start = firstHead(assertion);
    if (assertion.heads.length === 0) {
      leading = assertion.times.length > 0 ? assertion.times : leading;
      found.push(assertion);
      continue;
    }
    const own = assertion.times.filter((said) => said.start < start);
    if (i === 0 && own.length > 0) leading = own;
    else if (own.length > 0) leading = [];
    if (i > 0 && assertion.times.length === 0 && leading.length > 0) next = { ...next, times: leading };
    if (previous && previous.heads.length > 0 && sameKind(previous, assertion)) {
      const lacks = !assertion.cues.some((cue) => cue.type === 'status' && cue.start < Number.POSITIVE_INFINITY);
      const lent = previous.cues.filter(
        (cue) =>
          (cue.type === 'status' && LENT.has(cue.sense) && cue.start < firstHead(previous)) ||
          ((cue.type === 'allergy' || cue.type === 'link') && cue.start < firstHead(previous)),
      );
      if (lacks && lent.length > 0)
        next = {
          ...next,
          cues: [...lent, ...next.cues],
          tense: { past: next.tense.past || previous.tense.past, present: next.tense.present || previous.tense.present },
        };
      if (lacks && previous.tense.past) next = { ...next, tense: { ...next.tense, past: true } };
    }
    found.push(next);
  }
  return withTrailingDates(withVisits(withSharedEnd(ofSamePerson(found))));
}

/** Stands for the one of whom the sentence tells: right at its start, or that of a clause. */
const TOLD_OF =
  /(?:^|[.;:,]\s*|\b(?:and|but|while|whereas|that)\s+)(?:(?:the|an?|her|his|their|your|my|patient['’]s|pt['’]s|[A-Z]\w+['’]s|older|younger|elder|eldest|youngest|late|own|only|maternal|paternal|twin)\s+)*$/i;
/** From here on the patient is spoken of, or nobody in particular. */
const TOLD_ANEW = /[;.:]|\b(?:she|he|her|his|they|the patient|patient|pt|mrs?|ms)\b/i;

const WOMEN =
  /^(?:mother|mom|mum|mama|mommy|mummy|grandma|granny|grandmother|granddaughter|daughter|sister|aunt|niece|stepmother|stepdaughter|stepsister|half-sister|mother-in-law|sister-in-law|daughter-in-law|wife|ex-wife|girlfriend|fiancée|fiancee)$/i;
const MEN =
  /^(?:father|dad|papa|daddy|grandpa|granddad|grandad|grandfather|grandson|son|brother|uncle|nephew|stepfather|stepson|stepbrother|half-brother|father-in-law|brother-in-law|son-in-law|husband|ex-husband|boyfriend|fiancé|fiance)$/i;
/** In one sentence the next clause goes on with "she" or "her", and no word sets it against what was said ("but she", "while she"). */
const GOES_ON =
  /^[^.;]*(?:;|,? and\b|,? then\b|,)\s*(?:then |so |now )?(she|her|he|his)\b(?! (?:own|himself|herself)\b)(?:(?!\b(?:she|he|her|his|patient|pt)\b)[^.;])*$/i;

/** "Her mother had a stroke; her apixaban was started last year": either of the two women may be meant. */
function isEither({ text }: Assertion, at: number, person: string, head: number): boolean {
  if (!Number.isFinite(head) || head <= at) return false;
  const [, pronoun = ''] = GOES_ON.exec(text.slice(at + person.length, head)) ?? [];
  return /^(?:she|her)$/i.test(pronoun) ? WOMEN.test(person) : /^(?:he|his)$/i.test(pronoun) && MEN.test(person);
}

/** "Her father, who has hypertension, takes apixaban": still the father. */
function ofSamePerson(assertions: readonly Assertion[]): readonly Assertion[] {
  const found: Assertion[] = [];
  for (const assertion of assertions) {
    const before = found.at(-1);
    const person = before?.cues.findLast(
      ({ type, start, text }) =>
        type === 'other-person' && !/^(?:family|f\/?h)/i.test(text) && TOLD_OF.test(assertion.text.slice(0, start)),
    );
    const start = firstHead(assertion);
    const either = before?.cues.find(
      ({ type, start: at, text }) =>
        type === 'other-person' && TOLD_OF.test(assertion.text.slice(0, at)) && isEither(assertion, at, text, start),
    );
    if (either && !assertion.cues.some(({ type }) => type === 'other-person')) {
      found.push({ ...assertion, cues: [...assertion.cues, either] });
      continue;
    }
    const told =
      person &&
      Number.isFinite(start) &&
      !assertion.cues.some(({ type }) => type === 'other-person') &&
      assertion.cues.some(({ type, start: at }) => type === 'status' && at < start && at > person.start) &&
      !TOLD_ANEW.test(assertion.text.slice(person.start + person.text.length, start));
    found.push(told ? { ...assertion, cues: [...assertion.cues, person] } : assertion);
  }
  return found;
}

const sameKind = (a: Assertion, b: Assertion): boolean =>
  kindOf(a) === kindOf(b) || (kindOf(a).startsWith('drug') && kindOf(b).startsWith('drug'));

/** "Aspirin 81 mg and ibuprofen 200 mg were both discontinued": what is said at the end of a list is said of all of it. */
function withSharedEnd(assertions: readonly Assertion[]): readonly Assertion[] {
  const last = assertions.at(-1);
  if (!last || assertions.length < 2 || !last.plural || measured(last)) return assertions;
  const late = last.cues.filter((cue) => cue.type === 'status' && cue.start > firstHead(last));
  const times = last.times.filter((said) => said.start > firstHead(last));
  if (late.length === 0) return assertions;
  return assertions.map((assertion) =>
    assertion !== last && sameKind(assertion, last) && assertion.times.length === 0 && !assertion.cues.some((cue) => cue.type === 'status')
      ? { ...assertion, cues: [...assertion.cues, ...late], times, tense: last.tense }
      : assertion,
  );
}

/** "LDL 130, HDL 45 and triglycerides 150 on 3 May 2019": the date at the end is that of all. */
function withTrailingDates(assertions: readonly Assertion[]): readonly Assertion[] {
  const last = assertions.at(-1);
  if (!last || assertions.length < 2 || last.times.length !== 1 || !measured(last)) return assertions;
  const time = last.times[0]!;
  if (time.start < firstHead(last) || time.of !== undefined) return assertions;
  if (
    !assertions.every(
      (assertion) =>
        measured(assertion) &&
        (assertion === last || assertion.times.length === 0) &&
        !assertion.cues.some((cue) => cue.type === 'trend' || cue.type === 'order'),
    )
  )
    return assertions;
  return assertions.map((assertion) => (assertion === last ? assertion : { ...assertion, times: [time] }));
}

const VISITS = /^section\/(?:visits|hospitalizations|er-visits)$/;

/** A visit of one kind, where no date says which: "at a check-up", "during a hospitalization". */
export const KIND_OF_VISIT = /check-?up|physical|wellness|\bwell\b|hospitali[sz]ation|admission|emergency|\be[rd]\b/i;

const isVisit = (assertion: Assertion): boolean =>
  assertion.heads.length === 1 && assertion.heads[0]!.concepts.some((concept) => VISITS.test(concept.id));

/** "At her last visit her weight was 80 kg": what is said next is said of that visit. */
function withVisits(assertions: readonly Assertion[]): readonly Assertion[] {
  const visit = assertions.find(
    (assertion) =>
      isVisit(assertion) &&
      /(?:^|\s)(?:at|during|on|in|from)(?:\s|$)/.test(assertion.heads[0]!.lead ?? '') &&
      (assertion.times.length > 0 || assertion.cues.some((cue) => cue.type === 'order') || KIND_OF_VISIT.test(assertion.heads[0]!.text)),
  );
  if (!visit || assertions.length < 2) return assertions;
  return assertions.map((assertion) =>
    assertion === visit || isVisit(assertion) || assertion.heads.length === 0
      ? assertion
      : { ...assertion, times: assertion.times === visit.times ? [] : assertion.times, at: [visit] },
  );
}
