import { type Day, instant, minus, openDayBefore, plus } from '../../generator/calendar.ts';
import { dateWords } from '../../generator/note.ts';
import type { Problem } from '../../generator/problems.ts';
import { treated } from '../tables.ts';
import { before } from './results.ts';
import {
  type Beginning,
  declines,
  filtration,
  find,
  give,
  isTreated,
  LATER,
  levelOn,
  orderedOn,
  reading,
  stepsUp,
  type Told,
} from './told.ts';

type Step = readonly [name: string, drug: string];
const STRONGER: Readonly<Record<string, string>> = {
  'lisinopril-10': 'lisinopril-20',
  'lisinopril-20': 'lisinopril-40',
  'losartan-50': 'losartan-100',
  'amlodipine-5': 'amlodipine-10',
};
/** Heart failure has its own drugs of the renin-angiotensin system. */
function pressureLadder(told: Told): readonly Step[] {
  const { health, chance } = told;
  const draw = chance.of('pressure-ladder');
  const raas: Step = draw.chance(0.62) ? ['raas', 'lisinopril-10'] : ['raas', 'losartan-50'];
  const calcium: Step = ['calcium-blocker', 'amlodipine-5'];
  const thiazide: Step = ['thiazide', draw.chance(0.6) ? 'hydrochlorothiazide-25' : 'chlorthalidone-25'];
  const childbearing = health.sex === 'female' && health.age < 46;
  if (childbearing) return [calcium, thiazide];
  if (health.has('type-2-diabetes', 'type-1-diabetes', 'coronary-disease')) return [raas, calcium, thiazide];
  const order = draw.weighted([
    [[raas, calcium, thiazide], 52],
    [[calcium, raas, thiazide], 26],
    [[thiazide, raas, calcium], 22],
  ] as const);
  return health.has('gout') ? order.filter(([name]) => name !== 'thiazide') : order;
}

export function hypertension(told: Told, at: Beginning): void {
  const problem = find(told, at, 'hypertension');
  const ladder = pressureLadder(told);
  const add = (on: Beginning, why?: string): boolean => {
    // No ACE inhibitor or other drug of the system is begun with filtration below 20.
    const next = ladder.find(
      ([name]) =>
        !told.drugs.has(name) &&
        !(name === 'raas' && told.drugs.has('arni')) &&
        !(name === 'raas' && filtration(told, on.day) < 20) &&
        !(name === 'thiazide' && told.drugs.has('loop')),
    );
    if (!next) return false;
    give(told, on, next[0], next[1], {}, { for: problem, ...(why ? { because: why } : {}) });
    return true;
  };
  // Who did not want a drug at first takes one only where the pressure is high.
  const willing = isTreated(told, 'blood-pressure-drug');
  if (willing) {
    add(at);
    if (!at.visit)
      for (const [step, months] of [6, 30].entries()) {
        const day = plus(at.day, { months });
        if (
          day < told.from &&
          levelOn(told, 'systolic', told.from) >= 134 &&
          told.chance.of(`second-pressure/${step}`).chance(treated('second-pressure-drug'))
        )
          add({ day });
      }
  }
  told.care.push({
    problem,
    words: 'blood pressure',
    weight: 1,
    measures: ['blood-pressure'],
    goal: () => ({
      words: '130/80 mmHg',
      tests: [
        ['systolic', 130],
        ['diastolic', 80],
      ],
    }),
    labs: (visit) => (visit % 3 === 0 ? ['bmp'] : []),
    review: (visit) => {
      const [systolic, diastolic] = [reading(told, visit, 'systolic'), reading(told, visit, 'diastolic')];
      const far = (one = 0, other = 0) => one >= 160 || other >= 100;
      const twice = far(systolic, diastolic) ? before(told, visit, 'blood-pressure', far) : undefined;
      if (!twice && (systolic < (willing ? 136 : 162) || !stepsUp(told, visit, 'pressure'))) return;
      if (twice && !willing && declines(told, 'blood-pressure-drug')) {
        visit.plans(
          `Blood pressure ${systolic}/${diastolic} mmHg, and ${twice.values.join('/')} mmHg on ${dateWords(twice.day)}: a medicine is advised; ${LATER}`,
        );
        return;
      }
      const stronger = ladder.map(([name]) => told.drugs.get(name)).find((treatment) => treatment && STRONGER[treatment.drug]);
      if (stronger) visit.change(stronger, { drug: STRONGER[stronger.drug]! }, 'blood pressure above goal');
      else if (!add({ day: visit.day(), visit }, 'blood pressure above goal') && twice)
        visit.plans('All the medicines for blood pressure are at their full dose: how they are taken, salt and sleep were talked about');
    },
  });
}

/** A statin, or a stronger one, where a problem calls for it. */
export function statin(
  told: Told,
  at: Beginning,
  problem: Problem,
  key: 'statin-ascvd' | 'statin-diabetes' | 'statin-hyperlipidemia',
): void {
  const { chance, drugs, health } = told;
  // One draw for the person: who takes one for one problem would take it for a graver one.
  const willing = chance.of('statin').between(0, 1) < treated(key);
  if (!willing || (health.sex === 'female' && health.age < 40)) return;
  const high = key === 'statin-ascvd' && health.age <= 75 && chance.of('statin/high').chance(treated('high-intensity'));
  const draw = chance.of('statin/which');
  const drug = high
    ? draw.pick(['atorvastatin-40', 'atorvastatin-80', 'rosuvastatin-20'])
    : draw.weighted([
        ['atorvastatin-20', 40],
        ['atorvastatin-10', 18],
        ['rosuvastatin-10', 16],
        ['simvastatin-20', 14],
        ['pravastatin-40', 12],
      ] as const);
  const taken = drugs.get('statin');
  if (!taken) give(told, at, 'statin', drug, { when: 'evening' }, { for: problem });
  else if (high && at.visit && !/-(40|80)$|rosuvastatin-20/.test(taken.drug))
    at.visit.change(taken, { drug }, `${problem.label}: high intensity`);
}

export function hyperlipidemia(told: Told, at: Beginning): void {
  const problem = find(told, at, 'hyperlipidemia');
  statin(told, at, problem, 'statin-hyperlipidemia');
  told.care.push({
    problem,
    words: 'cholesterol',
    weight: 0.6,
    measures: ['ldl', 'triglycerides'],
    labs: (visit) => (visit % 3 === 0 ? ['lipids'] : []),
  });
}

const antiplatelet = (told: Told, at: Beginning, problem: Problem): void => {
  if (told.drugs.has('anticoagulant') || told.drugs.has('antiplatelet') || !isTreated(told, 'antiplatelet')) return;
  give(told, at, 'antiplatelet', told.chance.of('antiplatelet/which').chance(0.85) ? 'aspirin-81' : 'clopidogrel-75', {}, { for: problem });
};

export function coronaryDisease(told: Told, at: Beginning): void {
  const problem = find(told, at, 'coronary-disease');
  const infarction = told.chance.of('infarction').chance(0.45);
  if (infarction && !at.visit) find(told, at, 'old-mi');
  if (infarction || told.chance.of('stent').chance(0.2)) told.record.procedure('pci', at.day, { for: problem, unplanned: infarction });
  statin(told, at, problem, 'statin-ascvd');
  antiplatelet(told, at, problem);
  if (infarction && !told.drugs.has('beta-blocker') && told.chance.of('beta-blocker').chance(0.65))
    give(told, at, 'beta-blocker', 'metoprolol-succinate-50', {}, { for: problem });
  if (told.chance.of('nitroglycerin').chance(0.4))
    give(told, at, 'nitroglycerin', 'nitroglycerin-0.4', { asNeeded: 'chest pain' }, { for: problem });
  told.care.push({
    problem,
    words: 'coronary artery disease',
    weight: 1,
    measures: ['ldl', 'heart-rate'],
    labs: (visit) => (visit === 0 ? ['lipids', 'cbc'] : []),
  });
}

export function otherArteries(key: 'stroke' | 'peripheral-artery-disease') {
  return (told: Told, at: Beginning): void => {
    const problem = find(told, at, key);
    statin(told, at, problem, 'statin-ascvd');
    antiplatelet(told, at, problem);
    told.care.push({ problem, words: problem.label.toLowerCase(), weight: 0.5 });
  };
}

export function heartFailure(told: Told, at: Beginning): void {
  const { chance, health, record } = told;
  const reduced = chance.of('heart/kind').chance(health.has('coronary-disease') ? 0.6 : 0.4);
  record.body.set('lvef', at.day, reduced ? chance.of('lvef').normal(33, 4) : chance.of('lvef').normal(58, 4));
  if (at.visit) {
    at.visit.perform('echo');
    at.visit.result('lvef');
  } else record.earlier('lvef', openDayBefore(at.day));
  const problem = find(told, at, reduced ? 'hfref' : 'hfpef');
  give(told, at, 'loop', chance.of('loop').chance(0.5) ? 'furosemide-40' : 'furosemide-20', { when: 'morning' }, { for: problem });
  if (reduced) {
    if (!told.drugs.has('beta-blocker') && isTreated(told, 'beta-blocker-hf')) {
      if (chance.of('heart/beta').chance(0.5))
        give(told, at, 'beta-blocker', 'carvedilol-12', { times: 2, when: 'meals' }, { for: problem });
      else give(told, at, 'beta-blocker', 'metoprolol-succinate-100', {}, { for: problem });
    }
    if (!told.drugs.has('raas') && filtration(told, record.asOf) >= 25 && isTreated(told, 'raas-hf'))
      give(told, at, 'raas', chance.of('heart/raas').chance(0.6) ? 'lisinopril-10' : 'losartan-50', {}, { for: problem });
    if (filtration(told, record.asOf) >= 45 && chance.of('spironolactone').chance(0.3))
      give(told, at, 'spironolactone', 'spironolactone-25', {}, { for: problem });
  }
  if (
    !told.drugs.has('sglt2') &&
    orderedOn(told, at, 'sglt2') > '2020-06-01' &&
    filtration(told, record.asOf) >= 25 &&
    isTreated(told, 'sglt2-hf')
  )
    give(told, at, 'sglt2', 'empagliflozin-10', { when: 'morning' }, { for: problem });
  told.care.push({
    problem,
    words: 'heart failure',
    weight: 2,
    measures: ['weight', 'ntprobnp', 'potassium'],
    labs: (visit) => (visit % 2 === 0 ? ['bmp', 'ntprobnp'] : []),
  });
}

/** Points of CHA2DS2-VASc without sex (2023 ACC/AHA guideline for atrial fibrillation asks for an anticoagulant from 2, in women 3 with sex). */
function strokeRisk({ health }: Told): number {
  const { age, has } = health;
  return (
    (age >= 75 ? 2 : age >= 65 ? 1 : 0) +
    (has('hypertension') ? 1 : 0) +
    (has('type-2-diabetes', 'type-1-diabetes') ? 1 : 0) +
    (has('heart-failure') ? 1 : 0) +
    (has('stroke') ? 2 : 0) +
    (has('coronary-disease', 'peripheral-artery-disease') ? 1 : 0)
  );
}

export function atrialFibrillation(told: Told, at: Beginning): void {
  const { chance, health, record } = told;
  const problem = find(told, at, chance.of('af/kind').chance(0.5) ? 'atrial-fibrillation-paroxysmal' : 'atrial-fibrillation');
  if (!told.drugs.has('beta-blocker') && chance.of('af/rate').chance(0.6))
    give(told, at, 'beta-blocker', 'metoprolol-succinate-50', {}, { for: problem });
  if (strokeRisk(told) >= 2 && isTreated(told, 'anticoagulant')) {
    const kidneys = filtration(told, record.asOf);
    const which = chance.of('af/anticoagulant');
    if (which.chance(0.12)) {
      give(told, at, 'anticoagulant', 'warfarin-5', {}, { for: problem });
    } else if (which.chance(0.25) && kidneys >= 55)
      give(told, at, 'anticoagulant', 'rivaroxaban-20', { when: 'evening' }, { for: problem });
    else {
      // Half the dose with two of: 80 years, 60 kg, creatinine 1.5 mg/dL (label of apixaban).
      const reasons = [
        health.age >= 80,
        levelOn(told, 'weight', record.asOf) <= 60,
        levelOn(told, 'creatinine', record.asOf) >= 1.5,
      ].filter(Boolean).length;
      give(told, at, 'anticoagulant', reasons >= 2 ? 'apixaban-2.5' : 'apixaban-5', { times: 2 }, { for: problem });
    }
    // Aspirin is left where an anticoagulant comes, and nothing else asks for it.
    const aspirin = told.drugs.get('antiplatelet');
    if (aspirin && at.visit) {
      at.visit.stop(aspirin, 'an anticoagulant takes its place');
      told.drugs.delete('antiplatelet');
    }
  }
  told.care.push({
    problem,
    words: 'atrial fibrillation',
    weight: 1,
    measures: ['heart-rate', 'inr'],
    labs: (visit) => [
      ...(told.drugs.get('anticoagulant')?.drug.startsWith('warfarin') ? ['inr'] : []),
      ...(visit % 3 === 0 ? ['cbc', 'bmp'] : []),
    ],
  });
}

const stageOf = (egfr: number): string => (egfr >= 45 ? 'ckd-3a' : egfr >= 30 ? 'ckd-3b' : 'ckd-4');
/** Kidney disease of which two results tell: in the problem list by the last of them. */
export function kidneyDisease(told: Told, at: Beginning, egfr: number): void {
  const problem = find(told, at, stageOf(egfr));
  told.care.push({
    problem,
    words: 'kidney function',
    weight: 1,
    measures: ['egfr', 'creatinine', 'potassium'],
    labs: (number) => (number % 2 === 0 ? ['bmp'] : []),
  });
  if (egfr < 30) at.visit?.request('Referral to nephrology', { to: 'novak', for: problem });
}
/** Known from two results before the visits that are told, more than three months apart (KDIGO 2024). */
export function knownKidneyDisease(told: Told): void {
  const { record, from } = told;
  const day = openDayBefore(plus(from, { months: -10 }));
  const before = openDayBefore(minus(day, { months: 5 }));
  const read = (on: Day) => record.body.read('egfr', instant(on, '09:30'));
  if (read(before) >= 60 || read(day) >= 60 || !isTreated(told, 'kidney-recorded')) return;
  for (const earlier of [before, day]) for (const test of ['creatinine', 'egfr']) record.earlier(test, earlier);
  kidneyDisease(told, { day }, read(day));
}
