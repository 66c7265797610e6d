import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../db/database.ts';
import { type TestDatabase, testDatabases } from '../db/test-database.ts';
import { createThreads } from './threads.ts';

describe.each(testDatabases)('conversations on $name', ({ create }) => {
  let place: TestDatabase;
  let db: Database;
  let next = 0;
  const threadsOf = (server?: string) =>
    createThreads({ db, clock: () => new Date(), ids: () => `t${next++}`, ...(server === undefined ? {} : { server }) });
  beforeAll(async () => {
    place = await create();
    db = await openDatabase(place.settings);
  }, 60_000);
  afterAll(async () => {
    await db.close();
    await place.drop();
  });

  test('go on about the same patient of the same server, and about nobody else', async () => {
    const [sandbox, one, other] = [threadsOf(), threadsOf('https://one.example/fhir/'), threadsOf('https://other.example/fhir/')];
    const id = await one.open({ patientId: 'p1', title: 'potassium?' });
    expect(await one.open({ id, patientId: 'p1', title: 'and before?' })).toBe(id);
    await expect(one.open({ id, patientId: 'p2', title: 'and before?' })).rejects.toMatchObject({ code: 'foreign-patient' });
    for (const elsewhere of [other, sandbox])
      await expect(elsewhere.open({ id, patientId: 'p1', title: 'and before?' })).rejects.toThrow(
        /is about a patient of https:\/\/one\.example\/fhir\/, not of/,
      );
    const own = await sandbox.open({ patientId: 'p1', title: 'potassium?' });
    expect(await sandbox.open({ id: own, patientId: 'p1', title: 'and before?' })).toBe(own);
    await expect(one.open({ id: own, patientId: 'p1', title: 'and before?' })).rejects.toMatchObject({ code: 'foreign-patient' });
  });
});
