/** Whose record it is: name, gender, age, birth date, and nobody else. */
import { formatDate, wholeYears } from '../../language/dates.ts';
import type { Fact, PatientSummary } from '../../records/contract.ts';
import type { Check } from '../contract.ts';
import { compareDate } from '../matching/dates.ts';
import type { Constraint, World } from '../matching/world.ts';
import { type Head, isCue, senseOf } from '../reading/assertions.ts';
import type { Item, TimeItem } from '../reading/items.ts';
import { stem, tokens } from '../reading/lexicon.ts';
import { type CheckPart, fail, pass, unknown } from './contract.ts';
import { lifeEnd } from './duration.ts';
import { statedWords } from './overlap.ts';

export interface Subject {
  readonly checks: readonly Check[];
  /** Items that are spent on who the patient is. */
  readonly spent: ReadonlySet<Item>;
  /** Something about the patient was stated and found right. */
  readonly supported: boolean;
}

const TITLE = /\b(?:mr|mrs|ms|miss|mx)\.?\s+$/i;

/** "O'Rourke-Patel" is called Mrs O'Rourke, Mrs Patel and Mrs Rourke-Patel. */
const partsOf = (word: string): readonly string[] => word.split(/[-'’]/).filter((part) => part.length > 1);

function nameWords(patient: PatientSummary): ReadonlySet<string> {
  return new Set(
    [patient.name, ...(patient.otherNames ?? [])]
      .flatMap((name) => tokens(name))
      .flatMap(({ word }) => [word, ...partsOf(word)])
      .map((word) => word.replace(/\d+$/, ''))
      .filter((word) => word.length > 1),
  );
}

const isAsOf = (item: Item): item is TimeItem => item.type === 'time' && /^as (?:of|at)\b/i.test(item.text);

/** What dates the seeing, and with it the age. */
const SEEN =
  /\b(?:seen|reviewed|examined|assessed|evaluated|present(?:ed|ing|s)|attend(?:ed|ing|s)|admitted|came|consult(?:ed|ing)|visit(?:ed|ing)?|check-?up|clinic)(?: (?:here|again|by us|in clinic|to (?:the )?(?:clinic|hospital|ed|er)))?,?\s*$/i;

/** "11-year-old girl at her last visit on 19 Feb 2021": the age of the day that the sentence names. */
const wasThen = (age: number, items: readonly Item[], birthDate: string, text: string): boolean =>
  items.some((item) => {
    // "as of February 2021", "58M seen in Jan 2021": the age may change within the month or the year.
    const seen = item.type === 'time' && /^(?:in|on)$/.test(item.time.relation) && SEEN.test(text.slice(0, item.start));
    if (item.type === 'time' && (isAsOf(item) || seen) && item.time.to !== undefined) {
      const first =
        item.time.precision === 'year'
          ? `${item.time.to.slice(0, 4)}-01-01`
          : item.time.precision === 'month'
            ? `${item.time.to.slice(0, 7)}-01`
            : item.time.to;
      const [least, most] = [wholeYears(birthDate, first), wholeYears(birthDate, item.time.to)];
      return least !== undefined && most !== undefined && age >= least && age <= most;
    }
    if (item.type !== 'time' || item.time.precision === 'year' || item.time.relation !== 'on') return false;
    const { from } = item.time;
    return from !== undefined && from.slice(0, 10) > birthDate && wholeYears(birthDate, from) === age;
  });

const NEWBORN = /\b(?:baby|newborn|neonate|infant|live[- ]?born|live|liveborn|healthy|term)\s+(?:an?\s+)?$/i;

/** Whoever was born: a child of the patient's. */
const OFFSPRING =
  /\b(?:child(?:ren)?|bab(?:y|ies)|sons?|daughters?|twins?|(?:first|second|third|fourth|fifth|last|next)[- ]?born|infants?|grandchild(?:ren)?|kids?|brothers?|sisters?|siblings?)\b[^,;.]*$/i;

const isInfant = ({ birthDate, deceased }: PatientSummary, now: string): boolean =>
  birthDate === undefined || (wholeYears(birthDate, typeof deceased === 'string' ? deceased : now) ?? 0) < 3;

/** The denial that falls on what stands here: "not", "no record of", with nothing but plain words between. */
function deniedBy(items: readonly Item[], at: number): Item | undefined {
  for (let i = at - 1; i >= 0; i -= 1) {
    const item = items[i]!;
    if (isCue(item, 'negation')) return item;
    if (item.type !== 'neutral' && !isCue(item, 'gender') && !isCue(item, 'record') && !isCue(item, 'status', 'has')) return undefined;
  }
  return undefined;
}

export function readSubject(text: string, items: readonly Item[], world: World): Subject {
  const { context } = world;
  const checks: Check[] = [];
  const spent = new Set<Item>();
  let supported = false;
  const foreign = world.evidence.flatMap((evidence) => evidence.facts).find((fact) => fact.subject !== context.subject);
  if (foreign) checks.push(fail('subject', `the evidence ${foreign.id} is of another patient`));
  const patient = context.patient;
  if (!patient) return { checks, spent, supported };
  const names = nameWords(patient);

  // "Sex: F", "Gender: male"
  const sexed = /\b(?:sex|gender)\s*(?:is|[:=])?\s*(female|male|F|M)\b/i.exec(text);
  if (sexed && patient.gender) {
    const wanted = /^f/i.test(sexed[1]!) ? 'female' : 'male';
    if (patient.gender === wanted) {
      supported = true;
      checks.push(pass('subject', `the record says ${patient.gender}`));
    } else checks.push(fail('subject', `the sentence says ${sexed[1]}, the record says ${patient.gender}`));
    for (const item of items) if (item.start >= sexed.index && item.end <= sexed.index + sexed[0].length) spent.add(item);
  }

  items.forEach((item, at) => {
    if (spent.has(item)) return;
    const next = items.slice(at + 1).find((other) => other.type !== 'neutral');
    if (item.type === 'word') {
      const word = item.word.replace(/'s$/, '').replace(/\d+$/, '');
      const after = text.slice(0, item.start);
      if (names.has(word) || (partsOf(word).length > 0 && partsOf(word).every((part) => names.has(part)))) {
        spent.add(item);
        return;
      }
      if (TITLE.test(after) || (/\bpatient:?\s+(?:named?\s+)?$/i.test(after) && /^[A-Z]/.test(item.text)))
        checks.push(fail('subject', `the sentence speaks of ${item.text}; this is the record of ${patient.name}`));
      return;
    }
    if (isCue(item, 'gender')) {
      spent.add(item);
      const wanted = senseOf(item, 'gender');
      // "Baby boy, 3.4 kg" in a mother's record: the child's sex.
      if (
        /^(?:boy|girl|male|female|son|daughter)$/i.test(item.text) &&
        NEWBORN.test(text.slice(0, item.start)) &&
        !isInfant(patient, context.now)
      ) {
        checks.push(unknown('subject', `"${item.text}": that is said of another person`));
        return;
      }
      if (patient.gender === 'male' || patient.gender === 'female') {
        if (patient.gender !== wanted) checks.push(fail('subject', `the sentence says "${item.text}", the record says ${patient.gender}`));
        else if (/^(?:woman|man|female|male|lady|gentleman|girl|boy)$/i.test(item.text)) {
          supported = true;
          checks.push(pass('subject', `the record says ${patient.gender}`));
        }
      } else if (/^(?:woman|man|female|male)$/i.test(item.text)) checks.push(unknown('subject', 'the record gives no gender'));
      return;
    }
    // "59F w/ HTN", "Mrs Park, who is 59, ..."
    if (
      item.type === 'quantity' &&
      item.quantity.form === 'single' &&
      Number.isInteger(item.quantity.value) &&
      item.quantity.value <= 120
    ) {
      const start = items
        .slice(0, at)
        .every((other) => other.type === 'neutral' || other.type === 'mark' || isCue(other, 'gender') || spent.has(other));
      const sexed = /^\d{1,3} ?([MF])$/.exec(item.text);
      const told =
        item.quantity.unit === undefined &&
        /(?:\b(?:who is|is|now|currently)|,)\s*$/i.test(text.slice(0, item.start)) &&
        /^\s*(?:[,.]|$|and\b|years?\b)/i.test(text.slice(item.end));
      if (start && (sexed || told)) {
        spent.add(item);
        const age = patient.birthDate ? wholeYears(patient.birthDate, lifeEnd(world)) : undefined;
        if (age === undefined) checks.push(unknown('subject', 'the record gives no birth date'));
        else if (age !== item.quantity.value && !wasThen(item.quantity.value, items, patient.birthDate!, text))
          checks.push(fail('subject', `the sentence says ${item.text}, the patient is ${age}`));
        else {
          supported = true;
          checks.push(
            pass('subject', age === item.quantity.value ? `the patient is ${age}` : `the patient was ${item.quantity.value} then`),
          );
        }
        const sex = sexed?.[1] === 'F' ? 'female' : sexed?.[1] === 'M' ? 'male' : undefined;
        if (sex && patient.gender && patient.gender !== sex)
          checks.push(fail('subject', `the sentence says "${item.text}", the record says ${patient.gender}`));
        return;
      }
    }
    if (
      item.type === 'quantity' &&
      item.quantity.decimals === 0 &&
      !items.slice(0, at).some((other) => isCue(other, 'other-person')) &&
      (item.quantity.ucum === 'a' ||
        isCue(next ?? item, 'age') ||
        isCue(items.slice(0, at).findLast((other) => other.type !== 'neutral') ?? item, 'age'))
    ) {
      const before = text.slice(0, item.start);
      const old =
        /old|y\/?\.?o|age|^\d+ ?[MF]$/i.test(item.text) ||
        /\bage[d:]?(?: is| was| of)?:?\s*$/i.test(before) ||
        (next !== undefined && isCue(next, 'age'));
      if (
        !old ||
        /^\s*(?:years? old|y\/?o|yrs?)?\s*(?:when|whe?n|as)\b(?! of\b)/i.test(text.slice(item.end)) ||
        /\b(?:at|when|since|from|until|by)(?: the)?(?: age(?: of)?| (?:she|he) was| aged)?\s*(?:age(?:d)?(?: of)?\s*)?$/i.test(before)
      )
        return;
      spent.add(item);
      if (next && isCue(next, 'age')) spent.add(next);
      const end = lifeEnd(world);
      const age = patient.birthDate ? wholeYears(patient.birthDate, end) : undefined;
      const { value, comparator } = item.quantity;
      // "not quite three": still two.
      const almost = /\b(?:not quite|not yet|just under|just short of)\s+$/i.exec(before);
      if (almost && age !== undefined) {
        for (const other of items) if (other.start >= almost.index && other.end <= item.start) spent.add(other);
        const short = age === value - 1;
        supported = supported || short;
        checks.push(
          short
            ? pass('subject', `the patient is ${age}`)
            : (age === value ? unknown : fail)('subject', `the sentence says ${almost[0]}${item.text}, the patient is ${age}`),
        );
        return;
      }
      if (age === undefined) checks.push(unknown('subject', 'the record gives no birth date'));
      else if (comparator === '~' ? Math.abs(age - value) <= 2 : age === value || wasThen(value, items, patient.birthDate!, text)) {
        supported = true;
        if (wasThen(value, items, patient.birthDate!, text)) for (const other of items) if (isAsOf(other)) spent.add(other);
        checks.push(pass('subject', age === value ? `the patient is ${age}` : `the patient was ${value} then`));
      } else checks.push(fail('subject', `the sentence says ${item.text}, the patient is ${age}`));
      return;
    }
    // "Her husband died in 2011" says nothing of the patient.
    const ofAnother = items.slice(0, at).some((other) => isCue(other, 'other-person'));
    if (isCue(item, 'death') && ofAnother) {
      spent.add(item);
      checks.push(unknown('subject', `"${item.text}": that is said of another person`));
      return;
    }
    const denial = isCue(item, 'death') ? deniedBy(items, at) : undefined;
    if (denial) {
      spent.add(item);
      spent.add(denial);
      if (!patient.deceased) supported = true;
      checks.push(
        patient.deceased
          ? fail('subject', `the record says deceased${typeof patient.deceased === 'string' ? ` on ${formatDate(patient.deceased)}` : ''}`)
          : pass('subject', 'the record does not say that the patient died'),
      );
      return;
    }
    if (isCue(item, 'birth') || isCue(item, 'death')) {
      const time = items.slice(at + 1, at + 6).find((other) => other.type === 'time');
      const birth = isCue(item, 'birth');
      // "Her first child was born in 2013": another's birth.
      const other = items.slice(0, at).findLast((one) => isCue(one, 'other-person') || isCue(one, 'gender') || one.type === 'mark');
      if (birth && ((other && isCue(other, 'other-person')) || OFFSPRING.test(text.slice(0, item.start)))) {
        spent.add(item);
        checks.push(unknown('subject', `"${item.text}": that is said of another person`));
        return;
      }
      const recorded = birth ? patient.birthDate : typeof patient.deceased === 'string' ? patient.deceased : undefined;
      if (time?.type === 'time') {
        const tested = compareDate(recorded, time.time, true, birth ? 'the birth date' : 'the date of death');
        spent.add(item);
        spent.add(time);
        if (tested.outcome === 'pass') supported = true;
        checks.push({ name: 'subject', ...tested });
      } else if (!birth && patient.deceased) {
        spent.add(item);
        supported = true;
        checks.push(pass('subject', `the record says deceased${recorded ? ` on ${formatDate(recorded)}` : ''}`));
      } else if (!birth) {
        spent.add(item);
        checks.push(fail('subject', 'the record does not say that the patient died'));
      }
    }
  });
  return { checks, spent, supported };
}

/** A broader word is another diagnosis: of a relative nothing more is known than the words of the entry. */
const namedExactly = (fact: Fact, head: Head): boolean =>
  head.concepts.some((concept) => concept.kind === 'section' || fact.concepts[0] === concept.id) ||
  tokens(head.text).every(({ word }) => statedWords(fact).has(stem(word)));

/** "Her daughter has it", "his family has HIV": the person has it, and not the patient. */
const isSaidOf = (cue: { readonly start: number; readonly text: string }, head: Head, { text }: { readonly text: string }): boolean =>
  cue.start < head.start && !/\b(?:he|she|they|patient|pt)\b/i.test(text.slice(cue.start + cue.text.length, head.start));

/** What is the patient's own is not made another's by a note that names somebody: the entry itself must be called so. */
const OF_PATIENT: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>([
  'problem',
  'medication',
  'allergy',
  'procedure',
  'immunization',
  'result',
  'vital',
  'survey',
  'social',
  'device',
  'imaging',
  'report',
]);

const namesPerson = (fact: Fact, person: string): boolean =>
  OF_PATIENT.has(fact.kind)
    ? [fact.name, ...fact.names, fact.value && fact.value.type !== 'quantity' ? fact.value.text : '']
        .flatMap((text) => tokens(text))
        .some(({ word }) => stem(word) === stem(person))
    : statedWords(fact).has(stem(person));

/** "her mother had ...": only what the record states of that person. */
export const subject: CheckPart = {
  constraints: (assertion, { head }) =>
    assertion.cues
      .filter((cue) => cue.type === 'other-person')
      .map(
        (cue): Constraint => ({
          check: 'subject',
          weight: 3,
          test: ({ fact }) =>
            fact.kind === 'family-history' && !namedExactly(fact, head)
              ? { outcome: 'unknown', reason: `the record says ${fact.name}` }
              : (isSaidOf(cue, head, assertion) ? namesPerson(fact, cue.text) : statedWords(fact).has(stem(cue.text))) ||
                  (/^(?:family|fh)/i.test(cue.text) && fact.kind === 'family-history')
                ? { outcome: 'pass', reason: `the record speaks of ${cue.text}` }
                : { outcome: 'unknown', reason: `"${cue.text}": that is said of another person` },
        }),
      ),
};
