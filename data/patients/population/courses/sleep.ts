import { type Day, minus } from '../../generator/calendar.ts';
import { takeHistory } from './notes.ts';
import type { Event } from './timeline.ts';
import { type Beginning, find, type Told } from './told.ts';

/** Apneas and hypopneas an hour: more in those who weigh more (Peppard et al., JAMA 2000;284:3015). */
const pauses = ({ chance, health }: Told): number =>
  Math.round(Math.min(95, Math.max(6, Math.exp(chance.of('apnea').normal(Math.log(17), 0.5)) * (1 + 0.03 * (health.bmi - 30)))));

/** The visit that asks for the sleep study, five weeks before its result. */
export function snoring(told: Told, result: Day): Event {
  return {
    day: minus(result, { days: 35 }),
    booked: true,
    reason: 'Snoring and sleepiness',
    run: (day) =>
      told.record.visit({ day, kind: 'office', reason: 'Snoring and sleepiness' }, (visit) => {
        takeHistory(told, visit);
        visit.says('Snores loudly, and was seen to stop breathing at night. Sleepy by day.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight');
        visit.request('Sleep study at home', { status: 'completed' });
      }),
  };
}

/** Found by a sleep study; a mask for those with 15 pauses an hour or more, and some with fewer (AASM 2019). */
export function sleepApnea(told: Told, at: Beginning): void {
  const count = pauses(told);
  const words = `Sleep study at home: ${count} apneas and hypopneas an hour`;
  at.visit?.finds(`${words}.`);
  const problem = find(told, at, 'sleep-apnea', {
    severity: count >= 30 ? 'Severe' : count >= 15 ? 'Moderate' : 'Mild',
    note: `${words}.`,
  });
  const draw = told.chance.of('cpap');
  if (!draw.chance(count >= 15 ? 0.85 : 0.4)) {
    at.visit?.plans('No mask for now: sleeping on the side, and less weight');
    return;
  }
  if (at.visit) at.visit.perform('cpap', { outcome: 'Mask fitted', for: problem });
  else told.record.procedure('cpap', at.day, { outcome: 'Mask fitted', for: problem });
}
