import type { Dosage } from '../../generator/orders.ts';
import type { Visit } from '../../generator/visit.ts';
import { againstNsaid } from './nsaid.ts';
import { ageOn, reading, type Told } from './told.ts';

// Short courses of drugs. Doses of children go by the weight at the visit.

export const course = (told: Told, visit: Visit, drug: string, dosage: Dosage, why: string): void =>
  void told.courses.push(visit.start(drug, dosage, { because: why }));
export const allergic = (told: Told, ...to: string[]): boolean => to.some((key) => told.allergies.has(key));

/** So many mg/kg, at most so many mg, in steps of 20 mg that a syringe can measure. */
const byWeight = (told: Told, visit: Visit, perKg: number, most: number): number =>
  Math.min(most, Math.floor((reading(told, visit, 'weight') * perKg) / 20) * 20);

/** A tablet of 500 mg is for those to whom it is no more than 15 mg/kg, two for those of 18 years with 50 kg (labels of acetaminophen). */
const [TABLET_KG, TWO_TABLETS_KG] = [34, 50];

export function painkiller(told: Told, visit: Visit, why: string): void {
  const age = ageOn(told, visit.day());
  const weight = reading(told, visit, 'weight');
  if (told.drugs.has('pain')) return;
  const harm = againstNsaid(told, visit.day());
  if (age >= 18 && harm) visit.plans(`No anti-inflammatory drug by mouth (${harm}): acetaminophen`);
  if (age >= 18 && !harm) course(told, visit, 'ibuprofen-600', { times: 3, when: 'meals', days: 5 }, why);
  else if (weight >= TABLET_KG)
    course(told, visit, 'acetaminophen-500', { amount: age >= 18 && weight >= TWO_TABLETS_KG ? 2 : 1, times: 3, days: 5 }, why);
  else visit.plans('Acetaminophen from the store when it hurts, by weight: at most 15 mg/kg each time');
}

/** From this weight on 12 mg/kg would be more than the 500 mg that are given at most. */
const LARGE_KG = 42;

/**
 * Streptococci in the throat (IDSA 2012, Shulman et al., Clin Infect Dis 2012;55:e86): amoxicillin 50 mg/kg once daily, at most 1,000 mg, for
 * 10 days, or 500 mg twice daily in the large; azithromycin 12 mg/kg once daily, at most 500 mg, for 5 days in allergy to penicillin.
 */
export function againstStreptococci(told: Told, visit: Visit, why: string): void {
  const large = reading(told, visit, 'weight') >= LARGE_KG;
  if (allergic(told, 'penicillin', 'amoxicillin')) {
    if (large) course(told, visit, 'azithromycin-250', { amount: 2, days: 5 }, why);
    else course(told, visit, 'azithromycin-susp', { amount: byWeight(told, visit, 12, 500), days: 5 }, why);
  } else if (large) course(told, visit, 'amoxicillin-500', { times: 2, days: 10 }, why);
  else course(told, visit, 'amoxicillin-susp', { amount: byWeight(told, visit, 50, 1000), days: 10 }, why);
}

/**
 * An infected middle ear (AAP 2013, Lieberthal et al., Pediatrics 2013;131:e964): amoxicillin 80 to 90 mg/kg a day in two doses, at most 2 g
 * each; in allergy to penicillin cefdinir 14 mg/kg a day, at most 600 mg. 10 days before the second birthday, 7 days after it.
 */
export function againstOtitis(told: Told, visit: Visit, why: string): void {
  const days = ageOn(told, visit.day()) < 2 ? 10 : 7;
  if (allergic(told, 'penicillin', 'amoxicillin'))
    course(told, visit, 'cefdinir-susp', { amount: byWeight(told, visit, 7, 300), times: 2, days }, why);
  else course(told, visit, 'amoxicillin-susp', { amount: byWeight(told, visit, 45, 2000), times: 2, days }, why);
}

/**
 * An infected bladder (IDSA 2011, Gupta et al., Clin Infect Dis 2011;52:e103): nitrofurantoin for 5 days in women. Men get 7 days (Drekonja et
 * al., JAMA 2021;326:324), of what reaches the prostate where they can take it.
 */
export function againstCystitis(told: Told, visit: Visit, why: string): void {
  const egfr = told.record.body.level('egfr', visit.day());
  const cephalexin = () => {
    if (!allergic(told, 'cephalexin')) course(told, visit, 'cephalexin-500', { times: egfr < 30 ? 1 : 2, days: 7 }, why);
  };
  if (told.health.sex === 'male') {
    // Potassium rises with drugs of the renin-angiotensin system, the INR with warfarin.
    const harmful = ['raas', 'arni', 'spironolactone', 'anticoagulant'].some((name) => told.drugs.has(name));
    if (egfr >= 30 && !harmful && !allergic(told, 'sulfamethoxazole')) course(told, visit, 'tmp-smx-ds', { times: 2, days: 7 }, why);
    else cephalexin();
  } else if (!told.problems.has('pregnancy') && egfr >= 45 && !allergic(told, 'nitrofurantoin'))
    course(told, visit, 'nitrofurantoin-100', { times: 2, days: 5 }, why);
  else cephalexin();
}
