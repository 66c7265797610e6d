import { plus } from '../../generator/calendar.ts';
import type { Treatment } from '../../generator/treatments.ts';
import type { Visit } from '../../generator/visit.ts';
import { type Answer, ageOn, type Beginning, declines, find, give, isTreated, LATER, reading, type Told } from './told.ts';

/** Tablets from weak to strong. */
const STRENGTHS = ['25', '50', '75', '88', '100', '112', '125'].map((dose) => `levothyroxine-${dose}`);
const ON_EMPTY = { when: 'morning', note: 'On an empty stomach' } as const;
/** mIU/L: at and above it tablets are for everybody (ATA 2012, Garber et al., Thyroid 2012;22:1200). */
const OVERT = 10;
const [LOW, HIGH] = [0.4, 4.5];

export function hypothyroidism(told: Told, at: Beginning): void {
  if (at.visit) at.visit.labs(...['tsh', 'free-t4'].filter((test) => !at.visit!.told.has(test)));
  const problem = find(told, at, 'hypothyroidism');
  if (isTreated(told, 'levothyroxine')) {
    const dose = told.chance.of('levothyroxine').weighted([
      ['levothyroxine-50', 30],
      ['levothyroxine-75', 30],
      ['levothyroxine-88', 15],
      ['levothyroxine-100', 25],
    ] as const);
    give(told, at, 'levothyroxine', dose, ON_EMPTY, { for: problem });
    // The dose is found by the level that it gives; a fifth of those treated are not at it (Aoki et al., Thyroid 2007;17:1211).
    const high = told.chance.of('tsh/treated').chance(0.14);
    settle(told, at, 3, high ? told.chance.of('tsh/high').between(5, 8.5) : told.chance.of('tsh/right').between(0.8, 3.4));
  }
  told.care.push({
    problem,
    words: 'thyroid function',
    weight: 0.6,
    measures: ['tsh', 'free-t4'],
    labs: (visit) => (visit % 2 === 0 ? ['tsh'] : []),
  });
}

/** Where the thyroid's levels come to lie after a dose. */
function settle({ record }: Told, { day, visit }: Beginning, months: number, tsh: number): void {
  for (const [test, level] of [
    ['tsh', tsh],
    ['free-t4', 1.2],
  ] as const) {
    if (visit) record.body.set(test, day, record.body.level(test, day));
    record.body.set(test, plus(day, { months }), level);
  }
}

/** What a TSH of the visit asks for in those whose thyroid is known to fail: tablets, another dose, or a reason for neither. */
export function treatThyroid(told: Told, visit: Visit): Answer {
  const problem = told.problems.get('hypothyroidism');
  if (problem === undefined || !visit.told.has('tsh')) return undefined;
  const tsh = reading(told, visit, 'tsh');
  const taken = told.drugs.get('levothyroxine');
  if (taken) return adjust(told, visit, taken, tsh);
  if (tsh <= HIGH) return undefined;
  if (tsh < OVERT) return [`TSH ${tsh} mIU/L, below ${OVERT}: no levothyroxine for now; TSH again in six months`];
  if (declines(told, 'levothyroxine')) return [`Levothyroxine is advised for a TSH of ${tsh} mIU/L; ${LATER}`];
  const at = { day: visit.day(), visit };
  const careful = ageOn(told, at.day) >= 65 || told.health.has('coronary-disease');
  give(told, at, 'levothyroxine', careful ? 'levothyroxine-25' : 'levothyroxine-50', ON_EMPTY, {
    for: problem,
    because: `TSH ${tsh} mIU/L`,
  });
  settle(told, at, 2, told.chance.of(`tsh/started/${at.day}`).between(2.5, 7));
  told.again.add('tsh');
  return ['TSH again at the next visit'];
}

function adjust(told: Told, visit: Visit, taken: Treatment, tsh: number): Answer {
  const step = tsh > HIGH ? 1 : tsh < LOW ? -1 : 0;
  const drug = STRENGTHS[STRENGTHS.indexOf(taken.drug) + step];
  if (step === 0) return undefined;
  told.again.add('tsh');
  // A dose has its full effect after six to eight weeks.
  if (drug === undefined || plus(taken.order.authoredOn!, { weeks: 7 }) > visit.day()) return [`TSH ${tsh} mIU/L: again at the next visit`];
  visit.change(taken, { drug }, `TSH ${tsh} mIU/L`);
  settle(told, { day: visit.day(), visit }, 2, told.chance.of(`tsh/changed/${visit.day()}`).between(1, 3.2));
  return [];
}
