/** Sentences of two halves, of which the second is read off the first: "Td in 2011, none since", "she died seven months after ...". */
import { formatDate } from '../../language/dates.ts';
import { smallNumbers } from '../../language/number-words.ts';
import type { Fact } from '../../records/contract.ts';
import { dayOf, lengthOf, sameLength } from '../matching/dates.ts';
import { completeSearch, isInpatient, type World } from '../matching/world.ts';
import { type Checked, fail, pass, unknown } from './contract.ts';

type Read = (text: string) => Checked;

const SINCE =
  /^(.{4,}?)\s*[,;:(–—-]?\s+(?:and |but |with )?(?:none|nothing|not (?:repeated|again|done again|given again)|no (?:more|others?|boosters?|repeats?|further(?: \w+)?))(?: (?:given|done|recorded|on record|on file))? (?:since(?: then)?|thereafter|after(?:wards| that))\)?[.\s]*$/i;

const NEVER_WAS: ReadonlySet<Fact['status']> = new Set(['cancelled', 'missed', 'refuted', 'planned']);

/** What is told first must hold, and be the last of its kind. */
function noneSince(first: string, sentence: string, world: World, read: Read): Checked {
  const told = read(`${first}.`);
  if (told.verdict !== 'supported') return { ...told, text: sentence };
  const meant = world.facts.filter((fact) => told.support.includes(fact.id) && fact.part === undefined && fact.kind !== 'patient');
  const [one] = [...meant].sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? 1 : -1));
  const concept = one?.concepts.map((id) => world.terminology.get(id)).find((known) => known !== undefined);
  const result = (verdict: Checked['verdict'], check: Checked['checks'][number], more: readonly string[] = []): Checked => ({
    text: sentence,
    verdict,
    checks: [...told.checks, check],
    support: [...new Set([...told.support, ...more])],
  });
  if (!one?.date || !concept) return result('unverified', unknown('negation', 'that there was none since is not decided'));
  const search = completeSearch(concept, [one.kind], world);
  const later = world.facts.find(
    (fact) =>
      fact.kind === one.kind &&
      fact.date !== undefined &&
      !fact.negated &&
      !NEVER_WAS.has(fact.status) &&
      dayOf(fact.date) > dayOf(one.date!) &&
      fact.concepts.some((id) => id === concept.id || world.terminology.isA(id, concept.id)),
  );
  if (later) return result('contradicted', fail('negation', `the record holds ${later.name} of ${formatDate(later.date!)}`), [later.id]);
  return search
    ? result('supported', pass('negation', 'a complete search finds no later one'), [search.id])
    : result('unverified', unknown('negation', 'the evidence is no complete search, so it does not tell that there was none since'));
}

const NUMBERS = smallNumbers(31);
const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30.4375, year: 365.25 };
const DIED = new RegExp(
  `^((?:[\\w.'-]+ ){1,4}?(?:died|passed away)(?: (?:on|in) [^,;]+?)?),? (?:just |only |about |some |almost |nearly )?(\\d{1,3}|an?|${Object.keys(NUMBERS).join('|')}) (day|week|month|year)s? after (.+?)[.\\s]*$`,
  'i',
);

const ADMITTED =
  /^(?:(?:she|he|they|the patient|patient|mrs?|ms)\b.*?)?\b(?:had been|has been|was|were|being)? ?(?:admitted|hospitali[sz]ed|admission)(?: to (?:the )?hospital)?$/i;

/** The death must be recorded, what went before it as well, and the one lie so far behind the other. */
function diedAfter(said: RegExpExecArray, sentence: string, world: World, read: Read): Checked {
  const [, death, count, unit, event] = said as unknown as readonly [string, string, string, string, string];
  const ended = read(`${death}.`);
  if (ended.verdict !== 'supported') return { ...ended, text: sentence };
  const before = read(`${event.replace(/^(she|he|they) (?:had been|has been) /i, '$1 was ')}.`);
  // "she had been admitted" says nothing more than that there was a stay.
  const stays = ADMITTED.test(event) ? world.facts.filter((fact) => fact.kind === 'visit' && isInpatient(fact)) : [];
  if (before.verdict !== 'supported' && stays.length === 0) return { ...before, text: sentence, verdict: 'unverified' };
  const { deceased } = world.context.patient ?? {};
  const told = world.facts.filter(
    (fact) =>
      (stays.length > 0 ? stays.includes(fact) : before.support.includes(fact.id)) &&
      fact.kind !== 'patient' &&
      fact.part === undefined &&
      fact.date !== undefined,
  );
  const kin = world.facts.filter(
    (fact) =>
      fact.date !== undefined && !fact.negated && told.some(({ kind, concepts }) => kind === fact.kind && concepts[0] === fact.concepts[0]),
  );
  const result = (verdict: Checked['verdict'], check: Checked['checks'][number]): Checked => ({
    text: sentence,
    verdict,
    checks: [...ended.checks, ...(stays.length > 0 ? [] : before.checks), check],
    support: [...new Set([...ended.support, ...(stays.length > 0 ? told.map(({ id }) => id) : before.support)])],
  });
  if (typeof deceased !== 'string' || told.length === 0)
    return result('unverified', unknown('date', 'how long before the death it was is not stated by the record'));
  const number = /^an?$/i.test(count) ? 1 : (NUMBERS[count.toLowerCase()] ?? Number(count));
  const unitDays = DAYS[unit.toLowerCase()]!;
  const gaps = kin.map(({ date }) => lengthOf(dayOf(date!), dayOf(deceased)));
  const hit = gaps.some((gap) => sameLength(number * unitDays, unitDays, gap));
  const reason = `the record has it on ${kin.map(({ date }) => formatDate(date!)).join(', ')}, the death on ${formatDate(deceased)}`;
  if (hit) return result('supported', pass('date', reason));
  return kin.length === 1 ? result('contradicted', fail('date', reason)) : result('unverified', unknown('date', reason));
}

const MOVED = 'fell|rose|dropped|climbed|went (?:up|down)|came (?:up|down)|increased|decreased|declined|improved|worsened|doubled|halved';
/** "eGFR fell from 90 to 60 between 2013 and 2016 and was 75 in 2019": the second value has a time of its own. */
const THEN_WAS = new RegExp(
  `^((?:(?:his|her|their|the) )?[\\w %-]{2,40}?) ((?:${MOVED}) (?=[^,;]*\\d)[^;]*?\\b(?:19|20)\\d\\d)\\s*(?:[,;] ?)?(?:and|but|then|before|it|[,;])?(?: (?:then|it|later|again))* (was|is|stood at|read) (\\d[^;]*?\\b(?:19|20)\\d\\d)[.\\s]*$`,
  'i',
);

function thenWas(said: RegExpExecArray, sentence: string, read: Read): Checked {
  const [, name, moved, verb, value] = said;
  const halves = [read(`${name} ${moved}.`), read(`${name} ${verb} ${value}.`)];
  const all = halves.map(({ verdict }) => verdict);
  return {
    text: sentence,
    verdict: all.includes('contradicted') ? 'contradicted' : all.every((one) => one === 'supported') ? 'supported' : 'unverified',
    checks: halves.flatMap(({ checks }) => checks),
    support: [...new Set(halves.flatMap(({ support }) => support))],
  };
}

/** "K 3.9 on admission; it had been 5.0 in December", "signs in 2014; none at later visits": a second clause with its own date or denial. */
const CLAUSES =
  /^(.{4,}?)\s*(?:;|,? ?(?:[–—]|\bbut\b|\bhaving\b(?= been)|\bwhereas\b|\bthough\b|\bwhile\b(?= (?:it|this|that) )))\s*(?:and |but )?((?:(?:it|this|that|they|these|those)(?: (?:had|has|have|was|were|is)|'d)|having been|been|had been|was|were|none|nothing|no (?:more|others?|such|further)|not (?:again|any|so|at|in|since|before|repeated))\b[^;]*)$/i;
const TIMED_CLAUSE =
  /\b(?:19|20)\d\d\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|\b(?:before|earlier|later|since|previous(?:ly)?|after(?:wards)?|thereafter|ago|other|subsequent|follow-?up|next|then|again)\b/i;

/** Is a sentence of two clauses contradicted by neither of them alone? Then what is taken for false is what the one was thought to lend the other. */
export function clausesOf(text: string, topic: string | undefined): readonly string[] | undefined {
  const said = CLAUSES.exec(text.replace(/[.\s]+$/, ''));
  if (!said || !TIMED_CLAUSE.test(said[2]!)) return undefined;
  const second = said[2]!.replace(/^having been\b/i, 'was').replace(/^been\b/i, 'was');
  if (!topic || /^(?:none|nothing|no|not)\b/i.test(second)) return [`${said[1]}.`];
  return [`${said[1]}.`, `${/^(?:was|were|had been)\b/i.test(second) ? `${topic} ${second}` : second.replace(/^\w+/, topic)}.`];
}

/** "Two days before her death she was admitted": told the other way round. */
const BEFORE_DEATH = new RegExp(
  `^(?:just |only |about |some )?(\\d{1,3}|an?|${Object.keys(NUMBERS).join('|')}) (day|week|month|year)s? before (?:(his|her|their|the patient's|the) death|(he|she) (?:died|passed away))(?: (?:on|in) [^,;]+?)?,? (.+?)[.\\s]*$`,
  'i',
);
const BEFORE_DEATH_LAST = new RegExp(
  `^(.+?),? (?:just |only |about |some )?(\\d{1,3}|an?|${Object.keys(NUMBERS).join('|')}) (day|week|month|year)s? before (?:(his|her|their|the patient's|the) death|(he|she) (?:died|passed away))[.\\s]*$`,
  'i',
);

function beforeDeath(text: string): RegExpExecArray | undefined {
  const ahead = BEFORE_DEATH.exec(text);
  const last = ahead ? null : BEFORE_DEATH_LAST.exec(text);
  const [count, unit, whose, who, event] = ahead ? ahead.slice(1) : last ? [last[2], last[3], last[4], last[5], last[1]] : [];
  if (!count || !unit || !event) return undefined;
  const subject = who ?? (/^his/i.test(whose ?? '') ? 'He' : /^her/i.test(whose ?? '') ? 'She' : 'The patient');
  return DIED.exec(`${subject} died ${count} ${unit}s after ${event}.`) ?? undefined;
}

/** Reads a sentence of these kinds half by half; undefined for any other. */
export function checkHalves(text: string, sentence: string, world: World, read: Read): Checked | undefined {
  const since = SINCE.exec(text);
  if (since) return noneSince(since[1]!, sentence, world, read);
  const moved = THEN_WAS.exec(text);
  if (moved) return thenWas(moved, sentence, read);
  const died = DIED.exec(text) ?? beforeDeath(text);
  return died ? diedAfter(died, sentence, world, read) : undefined;
}
