import { openDay, plus, yearsFrom } from '../../generator/calendar.ts';
import { referenceTo } from '../../generator/draft.ts';
import { dateWords } from '../../generator/note.ts';
import { type Problem, resolveProblem } from '../../generator/problems.ts';
import { stopTreatment } from '../../generator/treatments.ts';
import type { Visit } from '../../generator/visit.ts';
import { treated } from '../tables.ts';
import { before } from './results.ts';
import { type Beginning, filtration, find, give, isTreated, LATER, levelOn, orderedOn, reading, stepsUp, type Told } from './told.ts';

const MEASURES = ['hba1c', 'uacr'];
/** %: so high twice, something is done or said. */
const FAR = 9;
/** As the goals of the care plan have it. */
const glucoseGoal = (age: number) => (test: string) => {
  const below = age >= 75 ? 8 : 7;
  return test === 'hba1c' ? { words: `${below}%`, tests: [['hba1c', below] as const] } : undefined;
};

const HALF = ['metformin-500', { times: 2, when: 'meals' }] as const;
/** "tolerated": what begins low is raised where the stomach bears it. */
const TOLERATED = 'tolerated, raised to the full dose';
/**
 * Metformin is begun with 500 mg twice daily and raised later, so that stomach and bowels bear it (label of metformin; ADA Standards of Care); the
 * kidneys allow none of it below 30, half of it below 45 mL/min/1.73 m2 (FDA 2016).
 */
function startMetformin(told: Told, at: Beginning, problem: Problem): void {
  const kidneys = filtration(told, told.record.asOf);
  if (kidneys < 30) return;
  const options = { for: problem, supply: 90, refills: 3 };
  const full = orderedOn(told, { day: plus(at.day, { months: 3 }) }, 'metformin');
  // What comes after the visits that are told begin is told in them.
  if (at.visit || kidneys < 45 || full >= told.from) return void give(told, at, 'metformin', ...HALF, options);
  const first = told.record.order(...HALF, openDay(at.day), options);
  stopTreatment(first, full, TOLERATED);
  const { order } = give(told, { day: full }, 'metformin', 'metformin-1000', HALF[1], options);
  order.priorPrescription = { reference: referenceTo(first.order) };
}

/** The full dose, at the first visit after metformin was begun that finds it wanting. */
function raiseMetformin(told: Told, visit: Visit, result: number): boolean {
  const metformin = told.drugs.get('metformin');
  const begun = metformin?.drug === 'metformin-500' && !metformin.order.priorPrescription;
  if (!begun || result < 6.5 || metformin.order.authoredOn === visit.day() || filtration(told, visit.day()) < 45) return false;
  if (told.chance.of('metformin/tolerated').chance(0.88)) visit.change(metformin, { drug: 'metformin-1000' }, TOLERATED);
  else {
    visit.says('Loose stools since metformin was begun.');
    visit.change(metformin, { drug: 'metformin-er-500', dosage: { amount: 2, when: 'evening' } }, 'loose stools');
  }
  return true;
}

/** The next drug for glucose: for the heart and the kidneys where they are ill, then by weight, cost and age. */
function nextDrug(told: Told, at: Beginning, problem: Problem, why?: string): boolean {
  const { health, drugs, chance } = told;
  const options = { for: problem, ...(why ? { because: why } : {}) };
  const kidneys = filtration(told, told.record.asOf);
  const ill = health.has('heart-failure', 'coronary-disease') || told.problems.has('diabetic-nephropathy');
  const draw = chance.of(`next/${at.day}/${drugs.size}`);
  if (
    !drugs.has('sglt2') &&
    kidneys >= 30 &&
    orderedOn(told, at, 'sglt2') > '2015-06-01' &&
    (ill ? draw.chance(treated('sglt2-indicated')) : draw.chance(0.12))
  ) {
    give(told, at, 'sglt2', draw.pick(['empagliflozin-10', 'dapagliflozin-10']), { when: 'morning' }, options);
    return true;
  }
  if (
    !drugs.has('glp1') &&
    !drugs.has('dpp4') &&
    orderedOn(told, at, 'glp1') > '2018-03-01' &&
    health.bmi >= 30 &&
    draw.chance(treated('glp1'))
  ) {
    if (draw.chance(0.6)) give(told, at, 'glp1', 'semaglutide', { amount: 0.5, per: 'week' }, options);
    else give(told, at, 'glp1', 'dulaglutide-1.5', { amount: 1.5, per: 'week' }, options);
    return true;
  }
  if (!drugs.has('sulfonylurea') && !drugs.has('insulin') && health.age < 80 && kidneys >= 30 && draw.chance(treated('sulfonylurea'))) {
    give(told, at, 'sulfonylurea', 'glipizide-5', { when: 'morning' }, options);
    return true;
  }
  if (!drugs.has('dpp4') && !drugs.has('glp1') && kidneys >= 45 && draw.chance(0.4)) {
    give(told, at, 'dpp4', 'sitagliptin-100', { when: 'morning' }, options);
    return true;
  }
  // It is begun with 10 units (ADA Standards of Care) and raised at the visits that follow; before these it has been raised already.
  if (!drugs.has('insulin') && draw.chance(treated('insulin'))) {
    give(told, at, 'insulin', 'glargine', { amount: at.visit ? 10 : draw.whole(8, 20) * 2, when: 'bedtime' }, options);
    return true;
  }
  return false;
}

export function type2Diabetes(told: Told, at: Beginning): void {
  const { health, care } = told;
  const problem = find(told, at, 'type-2-diabetes');
  const prediabetes = told.problems.get('prediabetes');
  if (prediabetes) resolveProblem(prediabetes, at.day, 'Diabetes since.');
  if (isTreated(told, health.age >= 65 ? 'metformin-65' : 'metformin')) startMetformin(told, at, problem);
  if (!at.visit) {
    // What had become of it before the first visit that is told.
    const since = (years: number) => {
      const day = plus(at.day, { months: 8 + Math.round(years * 12) });
      return day < told.from ? { day } : undefined;
    };
    for (const [step, years] of [0.5, 3, 6].entries()) {
      const then = since(years);
      if (
        then &&
        levelOn(told, 'hba1c', told.from) > (health.age >= 75 ? 7.6 : 6.9) &&
        isTreated(told, 'second-drug', `second-drug/${step}`)
      )
        nextDrug(told, then, problem);
    }
    complications(told, at);
  }
  care.push({
    problem,
    words: 'type 2 diabetes',
    weight: 2,
    measures: MEASURES,
    goal: glucoseGoal(health.age),
    labs: (visit) => (visit % 2 === 0 ? ['hba1c', 'uacr', ...(visit === 0 ? ['lipids'] : []), 'bmp'] : ['hba1c']),
    review: (visit) => {
      const result = reading(told, visit, 'hba1c');
      const goal = health.age >= 75 ? 8 : 7.5;
      const metformin = told.drugs.get('metformin');
      if (metformin?.drug === 'metformin-1000' && filtration(told, visit.day()) < 45)
        visit.change(metformin, { drug: 'metformin-500', dosage: { times: 2, when: 'meals' } }, 'eGFR below 45 mL/min/1.73 m2');
      if (raiseMetformin(told, visit, result) || result < goal) return;
      const twice = result >= FAR && before(told, visit, 'hba1c', (value = 0) => value >= FAR);
      if (!twice && !stepsUp(told, visit, 'hba1c')) return;
      if (!stepUp(told, visit, problem) && twice)
        visit.plans(
          `Hemoglobin A1c ${result}%, and ${twice.values[0]}% on ${dateWords(twice.day)}: another medicine or insulin is advised; ${LATER}`,
        );
    },
  });
}

/** Whether something was begun or raised. */
function stepUp(told: Told, visit: Visit, problem: Problem): boolean {
  const insulin = told.drugs.get('insulin');
  if (insulin && (insulin.dosage.amount ?? 0) < 60) {
    const amount = insulin.dosage.amount! + 6;
    visit.change(insulin, { dosage: { ...insulin.dosage, amount } }, 'hemoglobin A1c above goal');
    return true;
  }
  const at = { day: visit.day(), visit };
  if (!told.drugs.has('metformin') && filtration(told, told.record.asOf) >= 45 && told.chance.of('metformin/later').chance(0.5)) {
    startMetformin(told, at, problem);
    return true;
  }
  return nextDrug(told, at, problem, 'hemoglobin A1c above goal');
}

/** What long diabetes does to kidneys, eyes and nerves. */
function complications(told: Told, at: Beginning): void {
  const later = plus(at.day, { months: 30 });
  if (later >= told.from) return;
  const albumin = told.record.body.level('uacr', later);
  if (albumin >= 30) find(told, { day: later }, 'diabetic-nephropathy');
  const lasted = yearsFrom(at.day, told.record.asOf);
  // Lundeen et al., JAMA Ophthalmol 2023;141:747: retinopathy in 26 % of those with diabetes; Hicks and Selvin, Curr Diab Rep 2019: neuropathy in 28 %.
  if (told.chance.of('retinopathy').chance(0.08 + 0.016 * Math.min(18, lasted))) find(told, { day: later }, 'diabetic-retinopathy');
  if (told.chance.of('neuropathy').chance(0.07 + 0.014 * Math.min(18, lasted))) {
    const nerves = find(told, { day: later }, 'diabetic-neuropathy');
    if (told.chance.of('neuropathy/drug').chance(0.4))
      give(
        told,
        { day: later },
        'gabapentinoid',
        'gabapentin-300',
        { times: filtration(told, told.record.asOf) < 60 ? 2 : 3 },
        { for: nerves },
      );
  }
}

export function type1Diabetes(told: Told, at: Beginning): void {
  const problem = find(told, at, 'type-1-diabetes');
  const weight = levelOn(told, 'weight', told.record.asOf);
  give(told, at, 'insulin', 'glargine', { amount: Math.round(weight * 0.27), when: 'bedtime' }, { for: problem });
  give(told, at, 'insulin-meals', 'lispro', { amount: Math.max(3, Math.round(weight * 0.09)), times: 3, when: 'meals' }, { for: problem });
  told.care.push({
    problem,
    words: 'type 1 diabetes',
    weight: 2,
    measures: MEASURES,
    goal: glucoseGoal(told.health.age),
    labs: (visit) => (visit % 2 === 0 ? ['hba1c', 'uacr', 'bmp'] : ['hba1c']),
    review: (visit) => {
      const result = reading(told, visit, 'hba1c');
      const twice = result >= FAR && before(told, visit, 'hba1c', (value = 0) => value >= FAR) !== undefined;
      const insulin = told.drugs.get('insulin');
      if (!insulin || result < 8 || !(twice || stepsUp(told, visit, 'hba1c'))) return;
      const amount = Math.round(insulin.dosage.amount! * 1.1) + 1;
      visit.change(insulin, { dosage: { ...insulin.dosage, amount } }, 'hemoglobin A1c above goal');
    },
  });
}
