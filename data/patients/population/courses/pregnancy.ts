import { daysFrom, minus, plus } from '../../generator/calendar.ts';
import { assess, assessNew, takeHistory, unexplained } from './notes.ts';
import type { Event } from './timeline.ts';
import { find, give, type Told } from './told.ts';

/** Women of 19 to 41 without what would make it another story. */
export const mayBePregnant = ({ health }: Told): boolean =>
  health.sex === 'female' &&
  health.age >= 19 &&
  health.age <= 41 &&
  !health.has(
    'hypertension',
    'type-1-diabetes',
    'type-2-diabetes',
    'hyperlipidemia',
    'coronary-disease',
    'stroke',
    'heart-failure',
    'atrial-fibrillation',
    'opioid-use-disorder',
    'alcohol-use-disorder',
    'iron-deficiency-anemia',
    'depression',
    'anxiety',
    'migraine',
    'insomnia',
    'gout',
    'copd',
    'osteoporosis',
  );

const PRENATAL = ['gestational-age', 'blood-pressure', 'fetal-heart-rate', 'fundal-height', 'glucose-challenge', 'hemoglobin'];

/** A pregnancy that goes on now: from the first visit on, every four weeks, and more often from week 28 (ACOG). */
export function pregnancy(told: Told): readonly Event[] {
  const { record, chance } = told;
  const weeks = chance.of('pregnancy/weeks').whole(11, 36);
  const began = minus(record.asOf, { weeks });
  const days = [9, 13, 17, 21, 25, 28, 30, 32, 34, 36]
    .filter((week) => week < weeks)
    .map((week) => [week, plus(began, { weeks: week })] as const);
  const { body } = record;
  body.set('gestational-age', began, 0);
  body.set('gestational-age', plus(began, { weeks: 42 }), 42);
  body.set('fundal-height', plus(began, { weeks: 20 }), 20);
  body.set('fundal-height', plus(began, { weeks: 38 }), 37);
  body.set('fetal-heart-rate', began, 146);
  const weight = body.level('weight', began);
  body.set('weight', began, weight);
  // IOM 2009: 11 to 16 kg over a pregnancy at a healthy weight, most of it after week 12; hemoglobin falls by about 1 g/dL to week 28 (CDC, MMWR 1998;47(RR-3)).
  body.set('weight', plus(began, { weeks: 12 }), weight + 1.2);
  body.set('weight', record.asOf, weight + 1.2 + 0.4 * Math.max(0, weeks - 12));
  const hemoglobin = body.level('hemoglobin', began);
  body.set('hemoglobin', began, hemoglobin);
  body.set('hemoglobin', plus(began, { weeks: 28 }), hemoglobin - 1.1);
  return days.map(([week, day], index) => ({
    day,
    booked: true,
    reason: 'Prenatal visit',
    run: (on) =>
      record.visit(
        { day: on, kind: 'prenatal', with: 'rosen', reason: index === 0 ? 'First prenatal visit' : `Prenatal visit, week ${week}` },
        (visit) => {
          takeHistory(told, visit);
          visit.vitals('blood-pressure', 'weight');
          record.body.fix('gestational-age', visit.now(), Math.floor(daysFrom(began, visit.day()) / 7));
          visit.result('gestational-age');
          if (index === 0) {
            assessNew(told, visit, () => {
              const problem = find(told, { day: visit.day(), visit }, 'pregnancy', { onset: plus(began, { weeks: 2 }) });
              told.care.push({ problem, words: 'pregnancy', weight: 0, measures: PRENATAL });
              visit.labs('cbc');
              give(told, { day: visit.day(), visit }, 'folic-acid', 'folic-acid-0.8', {}, { for: problem });
            });
            unexplained(told, visit);
            return;
          }
          visit.result('fetal-heart-rate');
          if (week >= 21) visit.result('fundal-height');
          if (week === 25) {
            // Nobody here has diabetes of pregnancy: from 140 mg/dL on there would have to be a test of three hours (ACOG Practice Bulletin 190).
            record.body.fix('glucose-challenge', visit.now(), Math.min(139, record.body.read('glucose-challenge', visit.now())));
            visit.labs('glucose-challenge', 'cbc');
          }
          const care = told.care.find(({ words }) => words === 'pregnancy');
          if (care) assess(told, visit, care);
          unexplained(told, visit);
          if (week === 28) visit.immunize('tdap');
        },
      ),
  }));
}
