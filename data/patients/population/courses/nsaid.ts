import type { Day } from '../../generator/calendar.ts';
import type { Visit } from '../../generator/visit.ts';
import { ageOn, type Told } from './told.ts';

// Anti-inflammatory drugs by mouth are left out where they harm: stomach, kidneys, heart (2019 AGS Beers criteria; KDIGO 2024, 4.1; labels of ibuprofen and naproxen).

const PROBLEMS: readonly (readonly [keys: RegExp, words: string])[] = [
  [/^pregnancy$/, 'pregnancy'],
  [/^(?:ckd-|eskd|diabetic-nephropathy)/, 'kidney disease'],
  [/^hf/, 'heart failure'],
  [/^(?:coronary-disease|old-mi|stroke|peripheral-artery-disease)$/, 'disease of the arteries'],
];
/** Names under which drugs are given: with an anticoagulant they bleed, with the others the kidneys may fail. */
const DRUGS = ['anticoagulant', 'raas', 'arni', 'thiazide', 'loop', 'spironolactone'];
const ALLERGIES = ['ibuprofen', 'naproxen', 'aspirin'];

/** Why no anti-inflammatory drug is taken by mouth, as the note tells it; nothing where one may be. */
export function againstNsaid(told: Told, day: Day): string | undefined {
  const { problems, drugs, allergies, health, record } = told;
  const known = [...problems].filter(([, { resource }]) => resource.recordedDate! <= day).map(([key]) => key);
  const ill = PROBLEMS.find(([keys]) => known.some((key) => keys.test(key)));
  if (ill) return ill[1];
  const drug = DRUGS.map((name) => drugs.get(name)).find((one) => one && one.order.authoredOn! <= day);
  if (drug) return `takes ${drug.label.split(' ')[0]}`;
  const allergy = ALLERGIES.find((key) => allergies.has(key));
  if (allergy) return `allergy to ${allergy}`;
  if (ageOn(told, day) >= 75) return 'age';
  // Not known yet, and there.
  if (health.has('heart-failure', 'coronary-disease', 'stroke') || record.body.level('egfr', day) < 60)
    return 'the heart and the kidneys are spared';
  return undefined;
}

/** For months or years: by whom none of it is likely to come. */
export const mayTakeForLong = (told: Told, day: Day): boolean =>
  againstNsaid(told, day) === undefined &&
  !told.health.has('hypertension', 'type-1-diabetes', 'type-2-diabetes', 'heart-failure', 'atrial-fibrillation') &&
  told.record.body.level('egfr', told.record.asOf) >= 60;

/** At the end of a visit: what was taken for pain is given up where something has come that it harms. */
export function spareNsaid(told: Told, visit: Visit): void {
  const pain = told.drugs.get('pain');
  if (pain?.drug !== 'naproxen-500') return;
  const why = againstNsaid(told, visit.day());
  if (why)
    visit.change(
      pain,
      { drug: 'acetaminophen-500', dosage: { ...pain.dosage, amount: 2, times: 3 } },
      `no anti-inflammatory drug by mouth: ${why}`,
    );
}
