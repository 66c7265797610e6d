import { expect, test } from 'vitest';
import { baseTerminology } from '../language/terminology.ts';
import { createCharts } from './charts.ts';
import { bundle, of, serve } from './remote/odd-server.fixture.ts';

/** A question opens its chart at every step: another system's record is read once for it, however short a copy is kept. */
const START = Date.parse('2026-11-21T12:00:00Z');
const ASKED = new Date(START).toISOString();
const result = (value: number) =>
  of('Observation', 'k', 'ann', { status: 'final', code: { text: 'Potassium' }, valueQuantity: { value, unit: 'mmol/L' } });

async function open() {
  const state = { value: 4, down: false };
  const { store, asked, later } = await serve(
    ({ path }) =>
      state.down
        ? { status: 503, body: '' }
        : path === 'Observation'
          ? { body: bundle([{ ...result(state.value), meta: {} }]) }
          : undefined,
    { maxAgeMs: 0 },
  );
  const charts = createCharts({ store, terminology: baseTerminology() });
  const read = async (since: string) => (await charts.open('ann', since)).facts.map(({ value }) => value?.text).filter(Boolean);
  return { state, charts, read, later, reads: () => asked.filter(({ path }) => path === 'Patient/ann').length };
}

test('that is kept for no time is read once for a question, and again for the next', async () => {
  const { state, read, later, reads } = await open();
  for (let step = 0; step < 4; step++) {
    expect(await read(ASKED)).toEqual(['4']);
    state.value = 5;
    later(100);
  }
  expect(reads()).toBe(1);
  later(1_000);
  expect(await read(new Date(START + 1_000).toISOString())).toEqual(['5']);
  expect(reads()).toBe(2);
});

test('that cannot be read any more is asked for once for a question', async () => {
  const { state, charts, later, reads } = await open();
  await charts.open('ann', ASKED);
  state.down = true;
  later(1_000);
  const next = new Date(START + 1_000).toISOString();
  const [first, second] = [await charts.open('ann', next), await charts.open('ann', next)];
  expect([first.stale, second.stale]).toEqual([expect.stringMatching(/503/), first.stale]);
  expect(reads()).toBeLessThanOrEqual(3);
});
