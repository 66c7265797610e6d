import { plus, yearsFrom } from '../../generator/calendar.ts';
import { type Problem, resolveProblem } from '../../generator/problems.ts';
import type { Visit } from '../../generator/visit.ts';
import { treated } from '../tables.ts';
import { type Beginning, filtration, find, give, isTreated, levelOn, orderedOn, reading, stepsUp, type Told } from './told.ts';

const MEASURES = ['hba1c', 'uacr'];
/** As the goals of the care plan have it. */
const glucoseGoal = (age: number) => (test: string) => {
  const below = age >= 75 ? 8 : 7;
  return test === 'hba1c' ? { words: `${below}%`, tests: [['hba1c', below] as const] } : undefined;
};

/** Dose of metformin that the kidneys allow (FDA 2016): none below 30, half below 45 mL/min/1.73 m2. */
function startMetformin(told: Told, at: Beginning, problem: Problem): void {
  const kidneys = filtration(told, told.record.asOf);
  if (kidneys < 30) return;
  if (kidneys < 45) give(told, at, 'metformin', 'metformin-500', { times: 2, when: 'meals' }, { for: problem });
  else give(told, at, 'metformin', 'metformin-1000', { times: 2, when: 'meals' }, { for: problem });
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
  const before = told.problems.get('prediabetes');
  if (before) resolveProblem(before, at.day, 'Diabetes since.');
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
      if (result >= goal && stepsUp(told, visit, 'hba1c')) stepUp(told, visit, problem);
    },
  });
}

function stepUp(told: Told, visit: Visit, problem: Problem): void {
  const insulin = told.drugs.get('insulin');
  if (insulin && (insulin.dosage.amount ?? 0) < 60) {
    const amount = insulin.dosage.amount! + 6;
    visit.change(insulin, { dosage: { ...insulin.dosage, amount } }, 'hemoglobin A1c above goal');
    return;
  }
  const at = { day: visit.day(), visit };
  if (!told.drugs.has('metformin') && filtration(told, visit.day()) >= 45 && told.chance.of('metformin/later').chance(0.5))
    startMetformin(told, at, problem);
  else nextDrug(told, at, problem, 'hemoglobin A1c above goal');
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
  });
}
