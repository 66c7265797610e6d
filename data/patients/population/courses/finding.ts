import type { Visit } from '../../generator/visit.ts';
import { begin } from './chronic.ts';
import { assessNew, takeHistory, unexplained } from './notes.ts';
import { spareNsaid } from './nsaid.ts';
import { expectProof } from './proof.ts';
import { takeUp } from './take-up.ts';
import type { Told } from './told.ts';
import { treatKnown } from './untreated.ts';

/** What a visit at which a problem is found is about, and which tests find it. */
export const FINDINGS: Readonly<Record<string, { readonly reason: string; readonly labs?: readonly string[] }>> = {
  hypertension: { reason: 'High blood pressure', labs: ['bmp'] },
  'type-2-diabetes': { reason: 'High blood sugar', labs: ['hba1c', 'lipids'] },
  'type-1-diabetes': { reason: 'Thirst and loss of weight', labs: ['hba1c', 'bmp'] },
  hyperlipidemia: { reason: 'Cholesterol', labs: ['lipids'] },
  'coronary-disease': { reason: 'Chest pain on effort', labs: ['lipids', 'cbc'] },
  stroke: { reason: 'After a stroke', labs: ['lipids'] },
  'heart-failure': { reason: 'Short of breath on the stairs', labs: ['bmp', 'ntprobnp'] },
  'atrial-fibrillation': { reason: 'Palpitations', labs: ['bmp', 'tsh'] },
  copd: { reason: 'Cough and shortness of breath' },
  asthma: { reason: 'Wheezing' },
  depression: { reason: 'Low mood' },
  anxiety: { reason: 'Worry and poor sleep' },
  hypothyroidism: { reason: 'Tiredness' },
  osteoporosis: { reason: 'Bone density' },
  gout: { reason: 'Painful big toe' },
  osteoarthritis: { reason: 'Joint pain' },
  'low-back-pain': { reason: 'Back pain' },
  gerd: { reason: 'Heartburn' },
  migraine: { reason: 'Headache' },
  insomnia: { reason: 'Poor sleep' },
  'sleep-apnea': { reason: 'Result of the sleep study' },
  'allergic-rhinitis': { reason: 'Runny nose and sneezing' },
  bph: { reason: 'Weak urine stream' },
  'iron-deficiency-anemia': { reason: 'Tiredness', labs: ['cbc', 'ferritin'] },
  'vitamin-d-deficiency': { reason: 'Blood tests', labs: ['vitamin-d'] },
  dementia: { reason: 'Forgetfulness' },
  eczema: { reason: 'Itching skin' },
  adhd: { reason: 'Trouble at school' },
};

/** A visit at which a problem is found. */
export function findAt(told: Told, key: string, visit: Visit): void {
  takeHistory(told, visit);
  expectProof(told, key, visit);
  visit.vitals();
  const labs = FINDINGS[key]?.labs;
  if (labs) visit.labs(...labs);
  assessNew(told, visit, () => {
    begin(told, key, { day: visit.day(), visit });
    treatKnown(told, visit);
  });
  takeUp(told, visit);
  treatKnown(told, visit);
  spareNsaid(told, visit);
  unexplained(told, visit);
}
