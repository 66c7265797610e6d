import { describe, expect, test } from 'vitest';
import type { FhirResource } from '../contract.ts';
import { type Asked, type Behaviour, bundle, fault, of, serve } from './odd-server.fixture.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const meta = (versionId: string, lastUpdated: string) => ({ meta: { versionId, lastUpdated } });
const plain = (id: string, value: number) => of('Observation', id, 'ann', { meta: undefined, valueInteger: value });
const valuesOf = (resources: readonly FhirResource[]) =>
  resources.flatMap(({ valueInteger }) => (valueInteger as number | undefined) ?? []);

describe('a change is seen', () => {
  test.each([
    ['with a number of matches', {}],
    ['without one', { total: undefined }],
  ])('on a server that says of nothing when it was changed, %s', async (_, more) => {
    let held = [plain('k1', 41), plain('k2', 52)];
    const { store, later } = await serve(({ path }) => (path === 'Observation' ? { body: bundle(held, more) } : undefined));
    const before = await store.stamp('ann');
    later(5 * HOUR);
    expect(await store.stamp('ann')).toBe(before);
    held = [plain('k1', 41), plain('k2', 69)];
    later(5 * HOUR);
    expect(await store.stamp('ann')).not.toBe(before);
    expect(valuesOf((await store.everything('ann')).resources)).toEqual([41, 69]);
  });

  test('under the version and the time of change that it had before', async () => {
    let held = [of('Observation', 'k1', 'ann', { valueInteger: 41 }), of('Observation', 'k2', 'ann', { valueInteger: 52 })];
    const { store, later } = await serve(({ path }) => (path === 'Observation' ? { body: bundle(held) } : undefined));
    const before = await store.stamp('ann');
    held = [held[0]!, { ...held[1]!, valueInteger: 69 }];
    later(HOUR);
    expect(await store.stamp('ann')).not.toBe(before);
  });

  /** Sixty results; the newest stands first, and stays there whatever is changed later. */
  const many = Array.from({ length: 60 }, (_, i) =>
    of('Observation', `k${i}`, 'ann', { valueInteger: i, ...meta('1', new Date(Date.UTC(2026, 0, 60 - i)).toISOString()) }),
  );
  const paged = (held: () => readonly FhirResource[], heeds: (asked: Asked) => readonly FhirResource[]): Behaviour => {
    return (asked) => {
      if (asked.path !== 'Observation') return undefined;
      const found = heeds(asked);
      return {
        body: { ...bundle(found.slice(0, Number(asked.params.get('_count')))), total: found === held() ? held().length : found.length },
      };
    };
  };
  const changed = { ...many[30]!, valueInteger: 999, ...meta('2', '2026-10-01T00:00:00Z') };
  const since = (held: readonly FhirResource[], { params }: Asked) => {
    const from = params.get('_lastUpdated')?.slice(2);
    return from === undefined
      ? held
      : held.filter((one) => Date.parse((one.meta as { lastUpdated: string }).lastUpdated) >= Date.parse(from));
  };
  const wholeReads = (asked: readonly Asked[]) =>
    asked.filter(({ path, params }) => path === 'Observation' && params.get('_count') === '1000').length;

  test('in the newest of a long part, under the version and the time of change that it had before', async () => {
    let held: readonly FhirResource[] = many;
    const { store, asked, later } = await serve(
      paged(
        () => held,
        (one) => since(held, one),
      ),
    );
    const before = await store.stamp('ann');
    held = [{ ...many[0]!, valueInteger: 999 }, ...many.slice(1)];
    later(HOUR);
    expect([(await store.stamp('ann')) === before, wholeReads(asked)]).toEqual([false, 2]);
  });

  test.each([
    ['sorts and selects nothing', () => (held: readonly FhirResource[]) => held],
    ['selects by time of change', () => since],
  ])('in a long part, on a server that %s', async (_, how) => {
    let held: readonly FhirResource[] = many;
    const { store, later } = await serve(
      paged(
        () => held,
        (asked) => how()(held, asked),
      ),
    );
    await store.everything('ann');
    held = many.map((one) => (one.id === changed.id ? changed : one));
    later(HOUR);
    expect(valuesOf((await store.everything('ann')).resources)).toContain(999);
    held = held.slice(0, 59);
    later(HOUR);
    expect((await store.everything('ann')).resources).toHaveLength(60);
  });

  test('and a long part that is as it was is not read again', async () => {
    const { store, later, asked } = await serve(
      paged(
        () => many,
        (one) => since(many, one),
      ),
    );
    await store.everything('ann');
    later(9 * MINUTE);
    expect((await store.everything('ann')).readAtOf?.Observation).toBe('2026-11-21T12:09:00.000Z');
    expect(wholeReads(asked)).toBe(1);
  });

  test('in a long part, though it is stamped with a time before that of the newest', async () => {
    let held: readonly FhirResource[] = many;
    const { store, later } = await serve(
      paged(
        () => held,
        (one) => since(held, one),
      ),
    );
    await store.everything('ann');
    const justBefore = new Date(Date.UTC(2026, 0, 60) - 2 * MINUTE).toISOString();
    held = many.map((one) => (one.id === 'k30' ? { ...one, valueInteger: 999, ...meta('2', justBefore) } : one));
    later(2 * MINUTE);
    expect(valuesOf((await store.everything('ann')).resources)).toContain(999);
  });

  test('in a long part within ten minutes, whatever time it is stamped with', async () => {
    let held: readonly FhirResource[] = many;
    const { store, asked, later } = await serve(
      paged(
        () => held,
        (one) => since(held, one),
      ),
    );
    await store.everything('ann');
    held = many.map((one) => (one.id === 'k30' ? { ...one, valueInteger: 999 } : one));
    const seen: boolean[] = [];
    for (const _ of [1, 2]) {
      later(5 * MINUTE);
      seen.push(valuesOf((await store.everything('ann')).resources).includes(999));
    }
    expect([seen, wholeReads(asked)]).toEqual([[false, true], 2]);
  });
});

test('what is refused from some time on is a gap from then on, and the rest is answered', async () => {
  let refuses = false;
  const { store, later } = await serve(({ path }) =>
    path !== 'Condition' ? undefined : refuses ? { status: 403, body: '' } : { body: bundle([of('Condition', 'c')]) },
  );
  expect((await store.everything('ann')).resources).toHaveLength(2);
  refuses = true;
  for (const _ of [1, 2]) {
    later(HOUR);
    const { resources, gaps, stale } = await store.everything('ann');
    expect([resources.map(({ id }) => id), gaps, stale]).toEqual([['ann'], [{ type: 'Condition', why: '403 not permitted' }], undefined]);
  }
});

describe('a part that fails from some time on', () => {
  /** Conditions fail, with an answer or after their first page; results go on. */
  async function failing(broken: Behaviour) {
    const fails = { now: false };
    const results = [of('Observation', 'k1')];
    const { store, later } = await serve((asked) => {
      if (asked.path === 'Observation') return { body: bundle(results) };
      if (asked.path !== 'Condition') return undefined;
      return fails.now ? broken(asked) : { body: bundle([of('Condition', 'c1'), of('Condition', 'c2')]) };
    });
    const read = async () => {
      const { resources, ...more } = await store.everything('ann');
      return { ids: resources.map(({ id }) => id), ...more };
    };
    await read();
    fails.now = true;
    results.push(of('Observation', 'k2'));
    later(HOUR);
    return { read, later, fails };
  }
  const OLDER = 'what is shown of it was read on 21-Nov-2026 at 12:00 UTC';

  test('is shown as it was read, said to be old by its name, beside what is read now', async () => {
    const { read, later, fails } = await failing(() => ({ status: 500, body: '' }));
    for (const hour of [13, 14]) {
      const { ids, gaps, stale, readAt, readAtOf } = await read();
      expect([[...ids].sort(), stale]).toEqual([['ann', 'c1', 'c2', 'k1', 'k2'], undefined]);
      expect(gaps).toEqual([{ type: 'Condition', why: `the server fails with 500; ${OLDER}` }]);
      expect([readAt, readAtOf?.Condition, readAtOf?.Observation]).toEqual([
        '2026-11-21T12:00:00.000Z',
        '2026-11-21T12:00:00.000Z',
        `2026-11-21T${hour}:00:00.000Z`,
      ]);
      later(HOUR);
    }
    fails.now = false;
    const { gaps, readAt } = await read();
    expect([gaps, readAt]).toEqual([[], '2026-11-21T15:00:00.000Z']);
  });

  test('is shown with what came of it before it failed', async () => {
    const { read } = await failing(({ params, origin }) =>
      params.has('page')
        ? { status: 500, body: '' }
        : {
            body: bundle([of('Condition', 'c3'), of('Condition', 'c2', 'ann', { note: [{ text: 'new' }] })], {
              total: undefined,
              link: [{ relation: 'next', url: `${origin}/r4/Condition?patient=ann&page=b` }],
            }),
          },
    );
    const { ids, gaps } = await read();
    expect(ids.filter((id) => id?.startsWith('c'))).toEqual(['c1', 'c2', 'c3']);
    expect(gaps).toEqual([{ type: 'Condition', why: `the server fails with 500; ${OLDER}` }]);
  });
});

describe('after a write', () => {
  /** A server that holds results, carries writes out, and loses the answer to some. */
  const holding = (loses: (asked: Asked) => boolean = () => false) => {
    const held = new Map([['k', of('Observation', 'k')]]);
    const next: { made?: FhirResource } = {};
    const behaviour: Behaviour = (asked) => {
      const of_ = asked.params.get('patient');
      if (asked.path === 'Patient/bob') return { body: { resourceType: 'Patient', id: 'bob' } };
      if (asked.path === 'Observation' && of_ !== null)
        return {
          body: bundle([...held.values()].filter(({ subject }) => (subject as { reference: string }).reference === `Patient/${of_}`)),
        };
      if (asked.path === 'Condition' || asked.path === 'MedicationRequest') return { body: bundle([]) };
      if (asked.path.startsWith('Observation') && next.made) {
        held.set(next.made.id!, next.made);
        return loses(asked) ? { status: 500, body: '' } : { body: next.made };
      }
      return undefined;
    };
    return { behaviour, will: (made: FhirResource): FhirResource => Object.assign(next, { made }).made };
  };
  const shown = async (store: Awaited<ReturnType<typeof serve>>['store'], id: string) =>
    (await store.everything(id)).resources.slice(1).map((one) => one.id);

  test('that moves a resource both records are read again', async () => {
    const { behaviour, will } = holding();
    const { store } = await serve(behaviour);
    expect([await shown(store, 'ann'), await shown(store, 'bob')]).toEqual([['k'], []]);
    await store.update(will(of('Observation', 'k', 'bob')));
    expect([await shown(store, 'ann'), await shown(store, 'bob')]).toEqual([[], ['k']]);
  });

  test('of which nothing is heard it is read again', async () => {
    const { behaviour, will } = holding(() => true);
    const { store } = await serve(behaviour);
    expect(await shown(store, 'ann')).toEqual(['k']);
    expect(await fault(store.create(will(of('Observation', 'new'))))).toMatch(/^record-unavailable/);
    expect(await shown(store, 'ann')).toEqual(['k', 'new']);
  });

  test('made while it was being read, it is read again', async () => {
    const { behaviour, will } = holding();
    const { store, asked } = await serve(behaviour);
    const reading = store.everything('ann');
    while (!asked.some(({ path }) => path === 'Observation')) await new Promise((done) => setTimeout(done, 1));
    await store.update(will(of('Observation', 'late')));
    await reading;
    expect(await shown(store, 'ann')).toEqual(['k', 'late']);
  });
});
