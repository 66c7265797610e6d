import { daysFrom, minus, plus } from '../../generator/calendar.ts';
import { birthday } from '../person.ts';
import { acuteVisit } from './acute.ts';
import { begin } from './chronic.ts';
import { FINDINGS, findAt } from './finding.ts';
import { assess, carryOn, takeHistory, unexplained } from './notes.ts';
import type { Event } from './timeline.ts';
import type { Told } from './told.ts';

/** Well-child visits, in months of age (Bright Futures periodicity schedule, AAP 2023). */
const WELL = [0.13, 1, 2, 4, 6, 9, 12, 15, 18, 24, 30, 36, 48, 60, 72, 84, 96, 108, 120, 132, 144, 156, 168, 180, 192, 204];

export function childhood(told: Told): readonly Event[] {
  const { record, health, sampled, chance, from } = told;
  const events: Event[] = [];
  // Days on which the clinic is shut move to the next one that it is open.
  const latest = minus(record.asOf, { days: 6 });
  for (const months of WELL) {
    const day = plus(sampled.person.birthDate, { days: Math.round(months * 30.44) + chance.of(`well/${months}`).whole(0, 12) });
    if (day < from || day > latest) continue;
    // Older children come every other year.
    if (months > 72 && chance.of(`well/kept/${months}`).chance(0.35)) continue;
    events.push({
      day,
      booked: true,
      reason: 'Well-child visit',
      run: (on) =>
        record.visit({ day: on, kind: 'well child', reason: 'Well-child visit' }, (visit) => {
          takeHistory(told, visit, { checkup: true });
          const size = ['weight', 'height', ...(months <= 24 ? ['head-circumference'] : ['bmi'])];
          visit.vitals(...size, ...(months >= 36 ? ['blood-pressure'] : ['heart-rate']));
          if (months === 12) visit.labs('hemoglobin');
          for (const care of told.care.filter(({ problem }) => problem.resource.recordedDate! <= on)) assess(told, visit, care);
          carryOn(told, visit, told.care);
          unexplained(told, visit);
          visit.plans(months < 24 ? 'Growth follows its curve' : 'Growing well; sleep, food and safety were talked about');
        }),
    });
  }
  for (const [key, onset] of health.onset) {
    if (onset < from || onset > latest) {
      begin(told, key, { day: onset });
      continue;
    }
    events.push({
      day: onset,
      booked: true,
      reason: FINDINGS[key]!.reason,
      run: (day) => record.visit({ day, kind: 'office', reason: FINDINGS[key]!.reason }, (visit) => findAt(told, key, visit)),
    });
  }
  const years = daysFrom(from, record.asOf) / 365;
  const episodes = Math.round(years * chance.of('episodes').between(0.5, health.age < 6 ? 2.2 : 1.1));
  for (let i = 0; i < episodes; i++) {
    const day = plus(from, { days: chance.of(`episode/${i}`).whole(30, Math.max(31, daysFrom(from, record.asOf) - 6)) });
    if (day > plus(birthday(sampled.person, 0), { days: 90 }) && day < record.asOf)
      events.push({ day, booked: false, reason: 'acute', run: (on) => acuteVisit(told, on, i) });
  }
  return events;
}
