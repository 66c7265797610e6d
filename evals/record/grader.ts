import type { AskResult } from '../../agents/contract.ts';
import type { Claim } from '../../grounding/contract.ts';
import { describeExpectation, type Expectation } from './expectation.ts';
import { datesIn, fold, names, numbersIn, sameNumber, unitFollows } from './reading-answers.ts';
import {
  about,
  cites,
  danglingCitation,
  directionOf,
  explained,
  isPlainCount,
  measured,
  mentions,
  namesThing,
  negates,
  otherFirst,
  PAST,
  polarityOf,
  shownOf,
  stateOf,
  states,
  statesDate,
  within,
} from './said.ts';

export interface Grade {
  readonly correct: boolean;
  /** Supported claims that state something false about what was asked. */
  readonly wrong: readonly string[];
  /** Why it is not correct; empty where it is. */
  readonly why: string;
}

/** Grades by content: what the supported claims say and cite. It accepts any wording and knows none of the product's. */
export function grade(expected: Expectation, result: AskResult, question = ''): Grade {
  const unheld = danglingCitation(result);
  const graded = gradePart(expected, result, question, expected.type === 'both');
  if (unheld === undefined) return graded;
  return { ...graded, correct: false, why: `cites ${unheld}, which is not among the evidence. ${graded.why}` };
}

function gradePart(e: Expectation, result: AskResult, question: string, amongOthers: boolean): Grade {
  const claims = result.claims.filter((claim) => claim.verdict === 'supported');
  if (e.type === 'both') {
    const parts = e.parts.map((part) => gradePart(part, result, question, true));
    return {
      correct: parts.every((part) => part.correct),
      wrong: parts.flatMap((part) => part.wrong),
      why: parts
        .map((part) => part.why)
        .filter((why) => why !== '')
        .join('; '),
    };
  }
  if (e.type === 'status') {
    const right = e.accepted.includes(result.status);
    // Where it should have declined or asked, any fact from the record is an answer to something else.
    const facts = claims.filter((claim) => claim.citations.some((id) => /^[A-Z]\w+\//.test(id)));
    return done(right, right ? [] : facts.map((c) => `gives a fact where it should not answer: ${c.text}`), `status ${result.status}`);
  }
  const silentIsRight =
    e.type === 'not-recorded' ||
    e.type === 'premise' ||
    e.type === 'no-reason' ||
    (e.type === 'polarity' && e.absent && !e.yes) ||
    (e.type === 'count' && e.accepted.includes(0));
  const g = GRADERS[e.type] as (e: Expectation, claims: readonly Claim[], asked: Asked) => Grade;
  const graded = g(e, claims, { result, question, among: amongOthers });
  // A wrong status is not correct whatever is said under it; what is said may be false all the same.
  if (result.status === 'answered' || (result.status === 'not-recorded' && silentIsRight)) return graded;
  return done(false, graded.wrong, graded.wrong[0] ?? `status ${result.status}${result.error === undefined ? '' : ` (${result.error})`}`);
}

type Of<T extends Expectation['type']> = Extract<Expectation, { type: T }>;

type Graders = {
  readonly [T in Exclude<Expectation['type'], 'both' | 'status'>]: (e: Of<T>, claims: readonly Claim[], asked: Asked) => Grade;
};

interface Asked {
  readonly result: AskResult;
  readonly question: string;
  /** One of several questions: its answer need not come first. */
  readonly among: boolean;
}

const GRADERS: Graders = {
  value(e, claims, { among }) {
    const leading = among ? claims : claims.slice(0, 2);
    const wrong: string[] = [];
    let why = `does not state ${describeExpectation(e)}`;
    let correct = false;
    for (const point of e.accepted) {
      const holder = leading.find((claim) => states(claim.text, point) && (among ? about(claim, e.thing, claims) : true));
      if (holder === undefined || correct) continue;
      if (!claims.some((claim) => about(claim, e.thing, claims))) why = `does not name ${e.thing.names[0]}`;
      else if (e.withDate && !claims.some((claim) => statesDate(claim.text, point.date))) why = 'does not state the date';
      else if (!cites(holder, point.ids) && !claims.some((claim) => cites(claim, point.ids))) why = `does not cite ${point.ids[0]}`;
      else if (otherFirst(holder.text, point, e.series)) why = `states another value before it: ${holder.text}`;
      else correct = true;
    }
    const stated = e.accepted.some((point) => leading.some((claim) => states(claim.text, point)));
    // A resource with several parts (blood pressure) is cited for each of them: there only the name tells which is meant.
    const relevant = claims.filter((claim) => mentions(claim.text, e.thing) || (!e.part && e.series.some((p) => cites(claim, p.ids))));
    for (const claim of relevant) {
      for (const number of measured(claim.text, e.series)) {
        if (!explained(number, e.series, e.beside)) wrong.push(`"${number.value}" is in no result: ${claim.text}`);
      }
      for (const point of e.accepted) {
        if (!states(claim.text, point)) continue;
        const dates = datesIn(claim.text);
        const only = dates.length === 1 ? dates[0] : undefined;
        if (only !== undefined && !e.series.some((p) => states(claim.text, p) && within(only.date, p.date)))
          wrong.push(`wrong date: ${claim.text}`);
      }
    }
    const first = relevant.find((claim) => measured(claim.text, e.series).length > 0);
    if (!stated && first !== undefined) wrong.push(`another value than asked: ${first.text}`);
    return done(correct && wrong.length === 0, wrong, wrong[0] ?? why);
  },

  range(e, claims) {
    const low = e.low.some((p) => claims.some((claim) => states(claim.text, p, true)));
    const high = e.high.some((p) => claims.some((claim) => states(claim.text, p, true)));
    const cited = [...e.low, ...e.high].some((p) => claims.some((claim) => cites(claim, p.ids)));
    const relevant = claims.filter((claim) => about(claim, e.thing, claims));
    const wrong = relevant.flatMap((claim) =>
      measured(claim.text, e.series)
        .filter((number) => !explained(number, e.series, e.beside))
        .map((number) => `"${number.value}" is in no result: ${claim.text}`),
    );
    if (!low && !high && relevant.some((claim) => measured(claim.text, e.series).length > 0))
      wrong.push(`neither end is right: ${relevant[0]?.text}`);
    const why = !low ? 'the lowest is not stated' : !high ? 'the highest is not stated' : !cited ? 'neither end is cited' : '';
    return done(low && high && cited && wrong.length === 0, wrong, wrong[0] ?? why);
  },

  direction(e, claims) {
    const relevant = claims.filter((claim) => about(claim, e.thing, claims));
    const said = directionOf(relevant, e.asked);
    const sign = Math.sign((e.later[0]?.value ?? 0) - (e.earlier[0]?.value ?? 0));
    const against =
      e.direction === 'up'
        ? said === 'down' || said === 'flat'
        : e.direction === 'down'
          ? said === 'up' || said === 'flat'
          : e.direction === 'flat'
            ? said === 'up' || said === 'down'
            : (said === 'up' && sign < 0) || (said === 'down' && sign > 0);
    const ends = [e.earlier, e.later].filter((points) => points.some((p) => claims.some((claim) => states(claim.text, p, true)))).length;
    const cited = [...e.earlier, ...e.later].some((p) => claims.some((claim) => cites(claim, p.ids)));
    const wrong = against ? [`says ${said}: ${relevant[0]?.text}`] : [];
    const right = !against && (e.direction === 'unclear' || said === e.direction);
    const why = !right
      ? `says ${said ?? 'no direction'}`
      : ends < e.shown
        ? `shows ${ends} of ${e.shown} ends`
        : !cited
          ? 'cites neither end'
          : '';
    return done(right && ends >= e.shown && cited, wrong, why);
  },

  count(e, claims, { result }) {
    const zero = e.accepted.includes(0);
    const denied = zero && (result.status === 'not-recorded' || claims.some((claim) => negates(claim.text)));
    const relevant = claims.filter((claim) => numbersIn(claim.text).some(isPlainCount));
    // A line that shows one dated thing counts nothing, whatever numbers its name holds ("first 20 minutes").
    const counting = relevant.find(
      ({ text, citations }) => citations.length !== 1 || citations.some((id) => id.startsWith('search/')) || datesIn(text).length === 0,
    );
    const lead = counting ?? relevant[0];
    const right = denied || (lead !== undefined && numbersIn(lead.text).some((n) => isPlainCount(n) && e.accepted.includes(n.value)));
    const cited =
      denied ||
      claims.some((claim) => cites(claim, e.thing.ids) || (e.searchWillDo && claim.citations.some((id) => id.startsWith('search/'))));
    const wrong =
      !right && counting !== undefined
        ? [`says another number: ${counting.text}`]
        : !right && claims.some((claim) => negates(claim.text) && claim.citations.some((id) => id.startsWith('search/')))
          ? ['says there is none']
          : [];
    return done(right && cited, wrong, !right ? (wrong[0] ?? 'states no number') : 'cites nothing of it');
  },

  polarity(e, claims, { result }) {
    const said = polarityOf(claims, e.thing, e.now, e.compared === true);
    const forbidden = e.forbidden === undefined ? undefined : claims.find((claim) => e.forbidden?.test(claim.text));
    if (forbidden !== undefined)
      return done(false, [`states more than the record: ${forbidden.text}`], `states more than the record: ${forbidden.text}`);
    if (said === undefined) {
      const silent = e.absent && !e.yes && result.status === 'not-recorded';
      const stray = e.absent && !silent ? claims.filter((claim) => claim.citations.some((id) => /^[A-Z]/.test(id))) : [];
      return done(
        silent,
        stray.map((claim) => `answers with something else: ${claim.text}`),
        'says neither yes nor no',
      );
    }
    if (said.yes !== e.yes)
      return done(false, [`says ${said.yes ? 'yes' : 'no'}: ${said.claim.text}`], `says ${said.yes ? 'yes' : 'no'}: ${said.claim.text}`);
    const cited = e.absent || e.thing.ids.length === 0 || claims.some((claim) => cites(claim, e.thing.ids));
    return done(cited, [], `does not cite ${e.thing.ids[0]}`);
  },

  date(e, claims) {
    const holder = claims.find((claim) => e.accepted.some((date) => statesDate(claim.text, date)));
    const dated = claims.find((claim) => datesIn(claim.text).length > 0 && about(claim, e.thing, claims));
    if (holder === undefined) {
      const wrong = dated === undefined ? [] : [`another date: ${dated.text}`];
      return done(false, wrong, wrong[0] ?? 'states no date');
    }
    const index = claims.indexOf(holder);
    const strange = claims
      .slice(0, index)
      .find(
        (claim) =>
          mentions(claim.text, e.thing) &&
          datesIn(claim.text).some((d) => ![...e.accepted, ...e.alsoTrue].some((date) => within(d.date, date))),
      );
    if (strange !== undefined) return done(false, [`another date first: ${strange.text}`], `another date first: ${strange.text}`);
    return done(
      claims.some((claim) => cites(claim, e.thing.ids)),
      [],
      `does not cite ${e.thing.ids[0]}`,
    );
  },

  list(e, claims) {
    const missing = e.items.filter((item) => !claims.some((claim) => namesThing(claim, item)));
    const wrong = claims.flatMap((claim) => {
      // A warning about a drug that is not tolerated lists nothing that is taken.
      if (PAST.test(claim.text) || negates(claim.text) || claim.citations.every((id) => id.startsWith('AllergyIntolerance/'))) return [];
      return e.foreign
        .filter(
          (item) =>
            // What an entry's own note mentions is not listed by it.
            mentions(claim.text.replace(/\(note: .*\)|; note: .*$/s, ''), item) &&
            ![...e.items, ...e.neutral].some((own) =>
              own.names.some((name) => item.names.some((n) => fold(n) === fold(name) || names(name, n))),
            ),
        )
        .map((item) => `lists ${item.names[0]}, which is none of these: ${claim.text}`);
    });
    const partial = claims.map((claim) => shownOf(claim.text)).find((shown) => shown !== undefined);
    const present = e.items.length - missing.length;
    const [least, most] = e.counts;
    const admits =
      partial !== undefined &&
      partial.of >= least &&
      partial.of <= most &&
      present >= Math.min(partial.shown, e.items.length) &&
      present > 0;
    const complete = missing.length === 0 || admits;
    const cited =
      e.items.length === 0 ||
      e.items.filter((item) => claims.some((claim) => cites(claim, item.ids))).length >= Math.min(present, e.items.length);
    const why = !complete
      ? `missing: ${missing.map((item) => item.names[0]).join('; ')}`
      : !cited
        ? `not cited: ${e.items
            .filter((item) => !claims.some((claim) => cites(claim, item.ids)))
            .map((item) => item.names[0])
            .join('; ')}`
        : '';
    return done(complete && cited && wrong.length === 0, wrong, wrong[0] ?? why);
  },

  reason(e, claims) {
    const right = e.accepted.find((thing) => claims.some((claim) => mentions(claim.text, thing)));
    if (right !== undefined)
      return done(
        claims.some((claim) => e.accepted.some((thing) => cites(claim, thing.ids))),
        [],
        'does not cite it',
      );
    const other = claims.find((claim) => e.others.some((thing) => mentions(claim.text, thing)));
    const denied = claims.find((claim) => /\bno (reason|indication)|not? .{0,25}(reason|indication)/i.test(claim.text));
    const wrong =
      other === undefined ? (denied === undefined ? [] : [`says there is none: ${denied.text}`]) : [`another reason: ${other.text}`];
    return done(false, wrong, wrong[0] ?? 'states no reason');
  },

  'no-reason'(e, claims, { result }) {
    const invented = claims.find(
      (claim) =>
        !negates(claim.text) &&
        e.others.some((thing) => mentions(claim.text, thing)) &&
        /\b(for|because|due|reason|treat|indicat)/i.test(claim.text),
    );
    if (invented !== undefined)
      return done(false, [`a reason that the record does not give: ${invented.text}`], `invents: ${invented.text}`);
    return done(
      result.status === 'not-recorded' || claims.some((claim) => negates(claim.text)),
      [],
      'does not say that no reason is recorded',
    );
  },

  state(e, claims, { question }) {
    // A plain yes or no answers the question as it was put: "has it resolved?", "is it still active?".
    const opening = /^(yes|no)\b/i.exec(claims[0]?.text ?? '')?.[1]?.toLowerCase();
    const overAsked =
      /\b(resolved?|over with|gone|cleared?|clear up)\b/i.test(question) && !/\b(or|still|status|active|ongoing|current)\b/i.test(question);
    if (opening !== undefined && overAsked && (opening === 'yes') !== e.over) {
      return done(false, [`says ${opening} to "${question}": ${claims[0]?.text}`], `says ${opening}`);
    }
    const relevant = claims.filter((claim) => about(claim, e.thing, claims));
    const said = relevant.map((claim) => stateOf(claim.text)).find((state) => state !== undefined);
    if (said === undefined) return done(false, [], 'states no status');
    const right = said === (e.over ? 'over' : 'active');
    return done(
      right && claims.some((claim) => cites(claim, e.thing.ids)),
      right ? [] : [`says ${said}: ${relevant[0]?.text}`],
      right ? 'does not cite it' : `says ${said}`,
    );
  },

  dose(e, claims) {
    const relevant = claims.filter((claim) => about(claim, e.thing, claims));
    const right = relevant.some((claim) =>
      numbersIn(claim.text).some((n) => e.accepted.some((dose) => sameNumber(n, dose.value) && unitFollows(n.after, dose.unit))),
    );
    const other = relevant.find((claim) => numbersIn(claim.text).some((n) => /^(mg|mcg|ug|g\b|units?)/.test(n.after)));
    const wrong = !right && other !== undefined ? [`another dose: ${other.text}`] : [];
    return done(
      right && claims.some((claim) => cites(claim, e.thing.ids)),
      wrong,
      wrong[0] ?? (right ? 'does not cite it' : 'states no dose'),
    );
  },

  words(e, claims) {
    const right = claims.find((claim) => e.right.test(claim.text));
    const wrong = claims
      .filter((claim) => e.wrong.test(claim.text) && !e.right.test(claim.text))
      .map((claim) => `says otherwise: ${claim.text}`);
    const cited = claims.some((claim) => cites(claim, e.thing.ids));
    return done(
      right !== undefined && cited && wrong.length === 0,
      right === undefined ? wrong : [],
      wrong[0] ?? (right === undefined ? 'does not say it' : 'does not cite it'),
    );
  },

  'not-recorded'(e, claims, { result }) {
    const forbidden = e.forbidden === undefined ? undefined : claims.find((claim) => e.forbidden?.test(claim.text));
    if (forbidden !== undefined)
      return done(false, [`states more than the record: ${forbidden.text}`], `states more than the record: ${forbidden.text}`);
    const denied = result.status === 'not-recorded' || claims.some((claim) => negates(claim.text));
    const stated = claims.filter(
      (claim) => !negates(claim.text) && (mentions(claim.text, e.thing) || !denied) && claim.citations.some((id) => /^[A-Z]/.test(id)),
    );
    return done(
      denied && stated.length === 0,
      stated.map((claim) => `states what is not there: ${claim.text}`),
      stated[0]?.text ?? 'does not say that it is not recorded',
    );
  },

  premise(e, claims, { result }) {
    const naming = claims.filter((claim) => mentions(claim.text, e.thing) || cites(claim, e.thing.ids));
    if (e.truth === 'absent') {
      const taken = naming.filter((claim) => !negates(claim.text));
      const denied = result.status === 'not-recorded' || naming.some((claim) => negates(claim.text));
      return done(
        denied && taken.length === 0,
        taken.map((claim) => `takes the premise over: ${claim.text}`),
        denied ? (taken[0]?.text ?? '') : 'does not correct the premise',
      );
    }
    const corrects = (text: string) =>
      /\b(active|currently|still|remains?|has not been stopped|not (been )?(stopped|discontinued)|no record|no stop|continues)\b/i.test(
        text,
      );
    const taken = naming.filter(
      (claim) => !corrects(claim.text) && !negates(claim.text) && /\b(stopped|discontinued|ended|off)\b/i.test(claim.text),
    );
    const right = naming.some((claim) => corrects(claim.text) || negates(claim.text));
    return done(
      right && taken.length === 0,
      taken.map((claim) => `takes the premise over: ${claim.text}`),
      'does not correct the premise',
    );
  },
};

function done(correct: boolean, wrong: readonly string[], why: string): Grade {
  return { correct: correct && wrong.length === 0, wrong, why: correct && wrong.length === 0 ? '' : why };
}
