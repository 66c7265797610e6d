import { expect, test } from 'vitest';
import { createClinic } from './clinic.ts';
import { createDiary } from './diary.ts';
import { createRandom } from './random.ts';

const day = '2026-03-02';

test('a time that is asked for is moved on where somebody is busy then', () => {
  const diary = createDiary();
  expect(diary.take(day, ['amara', 'okafor'], 20, '09:00')).toBe('09:00');
  expect(diary.take(day, ['ben', 'okafor'], 20, '09:10')).toBe('09:20');
  expect(diary.take(day, ['ben', 'tran'], 20, '09:10')).toBe('09:40'); // Ben is with Okafor until then.
  expect(diary.take('2026-03-03', ['amara', 'okafor'], 20, '09:00')).toBe('09:00');
});

test('a day fills without overlap, and only a full one is booked twice', () => {
  const diary = createDiary();
  const times = Array.from({ length: 34 }, (_, n) => diary.take(day, [`patient ${n}`, 'okafor'], 20, createRandom(`diary/${n}`)));
  expect(new Set(times).size).toBe(34);
  expect(times.slice(0, 23).every((time) => time >= '08:40' && time <= '16:00')).toBe(true);
  expect(times).toContain(diary.take(day, ['one too many', 'okafor'], 20, createRandom('diary/last')));
});

test('time that is held is not offered, and goes round what a patient has booked', () => {
  const clinic = createClinic('2026-11-21', createRandom('holding'));
  const slots = () => clinic.resources().filter((one) => one.resourceType === 'Slot' && one.schedule.reference?.includes('okafor'));
  const booked = clinic.book('okafor', '2026-11-23')!;
  expect(clinic.hold('okafor', booked.start, 20)).toBe(booked.end);
  expect(slots().some((one) => one.resourceType === 'Slot' && one.status === 'free' && one.start === booked.end)).toBe(false);
  expect(booked.status).toBe('busy');
});
