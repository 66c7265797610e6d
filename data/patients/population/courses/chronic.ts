import { plus } from '../../generator/calendar.ts';
import { resolveProblem } from '../../generator/problems.ts';
import { atrialFibrillation, coronaryDisease, heartFailure, hyperlipidemia, hypertension, otherArteries, statin } from './circulation.ts';
import { type1Diabetes, type2Diabetes } from './diabetes.ts';
import { mayTakeForLong } from './nsaid.ts';
import { prove } from './proof.ts';
import { sleepApnea } from './sleep.ts';
import { hypothyroidism } from './thyroid.ts';
import { type Beginning, filtration, find, give, isTreated, type Told } from './told.ts';

type Course = (told: Told, at: Beginning) => void;
function asthma(told: Told, at: Beginning): void {
  const { chance, health } = told;
  const child = health.age < 12;
  const persistent = isTreated(told, 'asthma-controller');
  const problem = find(told, at, persistent ? 'asthma-mild' : 'asthma');
  give(told, at, 'albuterol', 'albuterol-hfa', { amount: 2, asNeeded: 'wheezing' }, { for: problem });
  if (persistent) {
    if (child || chance.of('asthma/which').chance(0.4))
      give(
        told,
        at,
        'inhaled-steroid',
        child ? 'fluticasone-hfa-44' : 'fluticasone-hfa-110',
        { amount: 2, times: 2, note: 'Rinse the mouth after use' },
        { for: problem },
      );
    else
      give(
        told,
        at,
        'inhaled-steroid',
        'budesonide-formoterol-80',
        { amount: 2, times: 2, note: 'Rinse the mouth after use' },
        { for: problem },
      );
  }
  told.care.push({ problem, words: 'asthma', weight: 0.8 });
}

function copd(told: Told, at: Beginning): void {
  const { chance, record } = told;
  if (at.visit) {
    at.visit.perform('spirometry');
    at.visit.result('fev1-percent');
    at.visit.result('fev1-fvc');
  }
  const problem = find(told, at, 'copd');
  if (!told.drugs.has('albuterol'))
    give(told, at, 'albuterol', 'albuterol-hfa', { amount: 2, asNeeded: 'shortness of breath' }, { for: problem });
  if (isTreated(told, 'copd-inhaler')) {
    if (told.drugs.has('inhaled-steroid') || chance.of('copd/triple').chance(record.body.level('fev1-percent', at.day) < 50 ? 0.5 : 0.1)) {
      if (!told.drugs.has('inhaled-steroid'))
        give(told, at, 'inhaled-steroid', 'trelegy', { note: 'Rinse the mouth after use' }, { for: problem });
    } else give(told, at, 'bronchodilator', chance.of('copd/which').pick(['tiotropium', 'umeclidinium-vilanterol']), {}, { for: problem });
  }
  told.care.push({ problem, words: 'COPD', weight: 1, measures: ['fev1-percent', 'fev1-fvc'] });
}

function depression(told: Told, at: Beginning): void {
  const { chance } = told;
  const problem = find(told, at, chance.of('depression/kind').chance(0.35) ? 'depression-recurrent' : 'depression');
  const ended = !at.visit && plus(at.day, { years: 2 }) < told.from && chance.of('depression/over').chance(0.35);
  if (ended) {
    resolveProblem(problem, plus(at.day, { years: 1, months: 6 }), undefined, 'remission');
    return;
  }
  // Who takes one for anxiety already takes it for both.
  if (!told.drugs.has('antidepressant') && isTreated(told, 'antidepressant')) {
    const drug = chance.of('depression/which').weighted([
      ['sertraline-50', 34],
      ['escitalopram-10', 26],
      ['fluoxetine-20', 16],
      ['bupropion-xl-150', 14],
      ['venlafaxine-er-75', 10],
    ] as const);
    give(told, at, 'antidepressant', drug, { when: 'morning' }, { for: problem });
  } else if (at.visit) at.visit.plans('Talking therapy was agreed on; PHQ-9 again at the next visit');
  told.care.push({
    problem,
    words: 'depression',
    weight: 0.8,
    measures: ['phq9'],
    review: (visit) => {
      const score = chance.of(`phq9/${visit.day()}`).whole(0, told.drugs.has('antidepressant') ? 11 : 16);
      visit.score('phq9', score);
      const drug = told.drugs.get('antidepressant');
      if (score >= 10 && drug?.drug === 'sertraline-50') visit.change(drug, { drug: 'sertraline-100' }, `PHQ-9 score of ${score}`);
      else if (score >= 10 && drug?.drug === 'escitalopram-10' && told.health.age < 60)
        visit.change(drug, { drug: 'escitalopram-20' }, `PHQ-9 score of ${score}`);
      else if (score >= 10) visit.plans('Treatment was talked about, and nothing else is wanted for now');
    },
  });
}

function anxiety(told: Told, at: Beginning): void {
  const problem = find(told, at, 'anxiety');
  const draw = told.chance.of('anxiety/which');
  if (!told.drugs.has('antidepressant') && isTreated(told, 'anxiety-drug')) {
    if (draw.chance(0.75))
      give(told, at, 'antidepressant', draw.pick(['sertraline-50', 'escitalopram-10']), { when: 'morning' }, { for: problem });
    else give(told, at, 'buspirone', 'buspirone-10', { times: 2 }, { for: problem });
  } else if (at.visit) at.visit.plans('Talking therapy was agreed on; GAD-7 again at the next visit');
  told.care.push({
    problem,
    words: 'anxiety',
    weight: 0.5,
    measures: ['gad7'],
    review: (visit) => {
      const score = told.chance.of(`gad7/${visit.day()}`).whole(1, 13);
      visit.score('gad7', score);
      if (score >= 10) visit.plans('Treatment was talked about, and nothing else is wanted for now');
    },
  });
}

function osteoporosis(told: Told, at: Beginning): void {
  if (at.visit) at.visit.result('t-score-hip');
  const problem = find(told, at, 'osteoporosis');
  if (isTreated(told, 'bisphosphonate')) {
    if (filtration(told, told.record.asOf) >= 35)
      give(told, at, 'bone', 'risedronate-35', { per: 'week', when: 'morning' }, { for: problem });
    else give(told, at, 'bone', 'denosumab-60', { per: { months: 6 } }, { for: problem });
  }
  if (told.chance.of('vitamin-d').chance(0.5)) give(told, at, 'vitamin-d', 'cholecalciferol-0.025', {}, { for: problem });
  told.care.push({ problem, words: 'osteoporosis', weight: 0.3, measures: ['t-score-hip'] });
}

function gout(told: Told, at: Beginning): void {
  if (at.visit) at.visit.labs('urate');
  const problem = find(told, at, 'gout');
  if (isTreated(told, 'urate-lowering')) {
    give(told, at, 'urate', 'allopurinol-100', filtration(told, told.record.asOf) < 45 ? {} : { amount: 2 }, { for: problem });
  }
  told.care.push({ problem, words: 'gout', weight: 0.3, measures: ['urate'], labs: (visit) => (visit % 3 === 0 ? ['urate'] : []) });
}

function osteoarthritis(told: Told, at: Beginning): void {
  const problem = find(told, at, told.chance.of('joint').chance(0.5) ? 'osteoarthritis-knee' : 'osteoarthritis');
  if (told.drugs.has('pain')) return;
  const drug = told.chance.of('joint/drug').weighted([
    ['acetaminophen-500', 30],
    ['diclofenac-gel', 18],
    ['naproxen-500', mayTakeForLong(told, at.day) ? 14 : 0],
    [undefined, 38],
  ] as const);
  const amounts = { 'acetaminophen-500': { amount: 2, times: 3 }, 'diclofenac-gel': { amount: 4, times: 4 }, 'naproxen-500': { times: 2 } };
  if (drug) give(told, at, 'pain', drug, { ...amounts[drug], asNeeded: 'joint pain' }, { for: problem });
}

/** A problem with a drug that a share of people takes. */
const withDrug =
  (
    key: string,
    share: number,
    name: string,
    drug: string,
    dosage: Parameters<typeof give>[4],
    allowed: (told: Told, at: Beginning) => boolean = () => true,
  ): Course =>
  (told, at) => {
    const problem = find(told, at, key);
    if (!told.drugs.has(name) && told.chance.of(`${key}/drug`).chance(share) && allowed(told, at))
      give(told, at, name, drug, dosage, { for: problem });
  };

function ironDeficiency(told: Told, at: Beginning): void {
  const problem = find(told, at, 'iron-deficiency-anemia');
  const unexplained = told.problems.get('anemia');
  if (unexplained) resolveProblem(unexplained, at.day, 'Iron is wanting.');
  if (told.chance.of('iron').chance(0.75)) give(told, at, 'iron', 'ferrous-sulfate-325', { per: { days: 2 } }, { for: problem });
  told.care.push({
    problem,
    words: 'iron deficiency',
    weight: 0.5,
    measures: ['hemoglobin', 'ferritin'],
    labs: (visit) => (visit < 2 ? ['cbc', 'ferritin'] : []),
  });
}

/** A cancer of the past: treated, and followed. */
const pastCancer =
  (key: string, drug?: readonly [name: string, key: string, share: number]): Course =>
  (told, at) => {
    const problem = find(told, at, key);
    if (drug && told.health.age >= 56 && told.chance.of(`${key}/drug`).chance(drug[2]) && plus(at.day, { years: 5 }) > told.record.asOf)
      give(told, at, drug[0], drug[1], {}, { for: problem });
    else if (plus(at.day, { years: 2 }) < told.record.asOf)
      resolveProblem(problem, plus(at.day, { years: 1, months: 4 }), undefined, 'remission');
    // After treatment the antigen is next to nothing, and is followed (NCCN: every 6 to 12 months for five years, then yearly).
    if (key === 'prostate-cancer') {
      told.record.body.set('psa', at.day, 8);
      told.record.body.set('psa', plus(at.day, { months: 4 }), 0.1);
    }
    told.care.push({
      problem,
      words: problem.label.toLowerCase(),
      weight: 0.3,
      ...(key === 'prostate-cancer' ? { measures: ['psa'], labs: (visit: number) => (visit % 2 === 0 ? ['psa'] : []) } : {}),
    });
  };

function dementia(told: Told, at: Beginning): void {
  const problem = find(told, at, told.chance.of('dementia').chance(0.45) ? 'alzheimers' : 'dementia');
  if (told.chance.of('donepezil').chance(0.35)) give(told, at, 'donepezil', 'donepezil-5', { when: 'bedtime' }, { for: problem });
  told.care.push({ problem, words: 'memory', weight: 0.6, measures: ['mini-cog'] });
}

/** How each problem is begun; those that are not here are put on the problem list, and no more. */
export const COURSES: Readonly<Record<string, Course>> = {
  hypertension,
  'type-1-diabetes': (told, at) => {
    type1Diabetes(told, at);
    statinOfDiabetes(told, at, 'type-1-diabetes');
  },
  'type-2-diabetes': (told, at) => {
    type2Diabetes(told, at);
    statinOfDiabetes(told, at, 'type-2-diabetes');
  },
  hyperlipidemia,
  'coronary-disease': coronaryDisease,
  stroke: otherArteries('stroke'),
  'peripheral-artery-disease': otherArteries('peripheral-artery-disease'),
  'heart-failure': heartFailure,
  'atrial-fibrillation': atrialFibrillation,
  asthma,
  copd,
  'sleep-apnea': sleepApnea,
  depression,
  anxiety,
  hypothyroidism,
  osteoporosis,
  gout,
  osteoarthritis,
  'low-back-pain': withDrug('low-back-pain', 0.3, 'pain', 'acetaminophen-500', { amount: 2, times: 3, asNeeded: 'back pain' }),
  gerd: withDrug('gerd', 0.55, 'acid', 'omeprazole-20', { when: 'morning' }),
  migraine: withDrug(
    'migraine',
    0.4,
    'triptan',
    'sumatriptan-50',
    { asNeeded: 'migraine' },
    ({ health, problems }) => !health.has('coronary-disease', 'stroke', 'hypertension') && !problems.has('pregnancy'),
  ),
  insomnia: withDrug('insomnia', 0.3, 'sleep', 'trazodone-50', { when: 'bedtime' }, ({ health }) => health.age < 75),
  'allergic-rhinitis': withDrug('allergic-rhinitis', 0.5, 'allergy', 'fluticasone-nasal', { amount: 2 }, ({ health }) => health.age >= 5),
  bph: withDrug('bph', 0.45, 'prostate', 'tamsulosin-0.4', { when: 'bedtime' }),
  glaucoma: withDrug('glaucoma', 0.75, 'eye', 'latanoprost', { when: 'bedtime' }),
  'vitamin-d-deficiency': withDrug('vitamin-d-deficiency', 0.6, 'vitamin-d', 'cholecalciferol-0.05', {}),
  'iron-deficiency-anemia': ironDeficiency,
  'breast-cancer': pastCancer('breast-cancer', ['endocrine', 'anastrozole-1', 0.6]),
  'prostate-cancer': pastCancer('prostate-cancer'),
  'colon-cancer': pastCancer('colon-cancer'),
  dementia,
  'opioid-use-disorder': withDrug('opioid-use-disorder', 0.4, 'opioid-treatment', 'buprenorphine-naloxone', {}),
  adhd: withDrug('adhd', 0.5, 'stimulant', 'methylphenidate-er-18', { when: 'morning' }),
  eczema: withDrug('eczema', 0.5, 'skin', 'hydrocortisone-cream', { times: 2, asNeeded: 'itching' }),
};

function statinOfDiabetes(told: Told, at: Beginning, key: string): void {
  if (told.health.age >= 40 && told.health.age <= 78) statin(told, at, told.problems.get(key)!, 'statin-diabetes');
}

export function begin(told: Told, key: string, at: Beginning): void {
  prove(told, key, at);
  (COURSES[key] ?? ((course, when) => void find(course, when, key)))(told, at);
}
