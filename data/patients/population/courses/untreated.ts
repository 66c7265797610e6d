import { dateWords } from '../../generator/note.ts';
import type { Problem } from '../../generator/problems.ts';
import type { Visit } from '../../generator/visit.ts';
import { before } from './results.ts';
import { treatThyroid } from './thyroid.ts';
import { type Answer, ageOn, declines, filtration, give, LATER, reading, type Told } from './told.ts';

// What is known and results call to treat: treatment is begun, or the note says why not.

const answered = new WeakMap<Visit, Set<Treat>>();
type Treat = (told: Told, visit: Visit) => Answer;

/** After the tests of a visit, and after each problem that they have shown: each question is answered once. */
export function treatKnown(told: Told, visit: Visit): void {
  if (ageOn(told, visit.day()) < 18) return;
  const done = answered.get(visit) ?? new Set();
  answered.set(visit, done);
  for (const treat of TREATMENTS) {
    const answer = done.has(treat) ? undefined : treat(told, visit);
    if (answer === undefined) continue;
    visit.plans(...answer);
    done.add(treat);
  }
}

const knownAt = ({ problems }: Told, visit: Visit, keys: RegExp): Problem | undefined =>
  [...problems].find(([key, { resource }]) => keys.test(key) && resource.recordedDate! <= visit.day())?.[1];

/** Below this filtration no ACE inhibitor or ARB is begun here, and above this potassium none (KDIGO 2024, 3.6). */
const [LEAST_EGFR, MOST_POTASSIUM] = [20, 5.4];

/** Protein in the urine of those with diabetes and high blood pressure asks for an ACE inhibitor or an ARB (ADA Standards of Care, chapter 11). */
function protectKidneys(told: Told, visit: Visit): Answer {
  const { drugs, health, chance } = told;
  const kidneys = knownAt(told, visit, /^diabetic-nephropathy$/);
  const pressure = knownAt(told, visit, /^hypertension$/);
  if (!kidneys || !pressure || drugs.has('raas') || drugs.has('arni')) return undefined;
  if (!visit.told.has('creatinine') && !visit.told.has('uacr')) return undefined;
  if (health.sex === 'female' && ageOn(told, visit.day()) < 50)
    return ['No ACE inhibitor or ARB for the protein in the urine: a pregnancy is possible'];
  if (filtration(told, visit.day()) < LEAST_EGFR) return ['No ACE inhibitor or ARB is begun at this kidney function'];
  const potassium = visit.told.has('potassium') ? reading(told, visit, 'potassium') : 0;
  if (potassium > MOST_POTASSIUM)
    return [`No ACE inhibitor or ARB is begun with a potassium of ${potassium} mmol/L; again at the next visit`];
  if (declines(told, 'raas')) return [`An ACE inhibitor or ARB is advised for the protein in the urine and the blood pressure; ${LATER}`];
  const drug = chance.of('pressure-ladder').chance(0.62) ? 'lisinopril-10' : 'losartan-50';
  give(told, { day: visit.day(), visit }, 'raas', drug, {}, { for: [kidneys, pressure], because: 'protein in the urine' });
  told.again.add('bmp');
  return ['Potassium and creatinine are measured again at the next visit'];
}

/** mg/dL: from here on a statin of high intensity is for everybody (ACC/AHA 2018). */
const SEVERE_LDL = 190;
const STRONG = /^(?:atorvastatin-(?:40|80)|rosuvastatin-(?:20|40))$/;
function lowerCholesterol(told: Told, visit: Visit): Answer {
  if (!visit.told.has('ldl') || reading(told, visit, 'ldl') < SEVERE_LDL) return undefined;
  const { drugs, problems } = told;
  const ldl = `LDL cholesterol ${reading(told, visit, 'ldl')} mg/dL`;
  if (problems.has('pregnancy')) return [`${ldl}: no statin in pregnancy; to be measured again after it`];
  const twice = before(told, visit, 'ldl', (value = 0) => value >= SEVERE_LDL);
  told.again.add('lipids');
  if (twice === undefined) return [`${ldl}: to be measured again at the next visit`];
  const both = `${ldl}, and ${twice.values[0]} mg/dL on ${dateWords(twice.day)}`;
  const taken = drugs.get('statin');
  const problem = knownAt(told, visit, /^(?:hyperlipidemia|coronary-disease|stroke|peripheral-artery-disease|type-[12]-diabetes)$/);
  if (problem === undefined) return undefined;
  if (taken && !STRONG.test(taken.drug)) {
    visit.change(taken, { drug: 'atorvastatin-40' }, both);
    return [];
  }
  const [name, drug] = taken ? ['ezetimibe', 'ezetimibe-10'] : ['statin', 'atorvastatin-40'];
  if (drugs.has(name)) return [`${both}: all that lowers it is taken; to be measured again at the next visit`];
  if (declines(told, name)) return [`${both}: ${taken ? 'ezetimibe' : 'a statin'} is advised; ${LATER}`];
  give(told, { day: visit.day(), visit }, name!, drug!, taken ? {} : { when: 'evening' }, { for: problem, because: both });
  return [];
}

/** mg/g: severely increased (KDIGO 2024), where diabetes has reached the kidneys a reason for an SGLT2 inhibitor (ADA Standards of Care, chapter 11). */
const MUCH_ALBUMIN = 300;
function lessAlbumin(told: Told, visit: Visit): Answer {
  const kidneys = knownAt(told, visit, /^diabetic-nephropathy$/);
  if (!kidneys || !visit.told.has('uacr') || reading(told, visit, 'uacr') < MUCH_ALBUMIN) return undefined;
  const earlier = before(told, visit, 'uacr', (value = 0) => value >= MUCH_ALBUMIN);
  if (earlier === undefined) return undefined;
  const both = `Albumin in the urine ${reading(told, visit, 'uacr')} mg/g, and ${earlier.values[0]} mg/g on ${dateWords(earlier.day)}`;
  if (told.drugs.has('sglt2')) return [`${both}: an SGLT2 inhibitor is taken; to be measured again at the next visit`];
  if (told.problems.has('type-1-diabetes') || filtration(told, visit.day()) < LEAST_EGFR) return [`${both}: a nephrologist is asked`];
  if (declines(told, 'sglt2')) return [`${both}: an SGLT2 inhibitor is advised; ${LATER}`];
  give(told, { day: visit.day(), visit }, 'sglt2', 'dapagliflozin-10', { when: 'morning' }, { for: kidneys, because: both });
  return [];
}

/** ng/mL: below it iron is wanting (Camaschella, NEJM 2015;372:1832). */
export const LEAST_FERRITIN = 30;
function giveIron(told: Told, visit: Visit): Answer {
  const problem = knownAt(told, visit, /^iron-deficiency-anemia$/);
  if (!problem || told.drugs.has('iron') || !visit.told.has('ferritin')) return undefined;
  const ferritin = reading(told, visit, 'ferritin');
  if (ferritin >= LEAST_FERRITIN) return undefined;
  if (declines(told, 'iron')) return [`Iron is advised for a ferritin of ${ferritin} ng/mL; ${LATER}`];
  give(
    told,
    { day: visit.day(), visit },
    'iron',
    'ferrous-sulfate-325',
    { per: { days: 2 } },
    { for: problem, because: `ferritin ${ferritin} ng/mL` },
  );
  return [];
}

const TREATMENTS: readonly Treat[] = [treatThyroid, protectKidneys, lessAlbumin, lowerCholesterol, giveIron];
