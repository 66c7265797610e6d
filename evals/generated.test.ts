import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import suite from './generated.eval.ts';
import { judgeThresholds, renderReport, runSuite } from './runner.ts';

const folder = mkdtempSync(join(tmpdir(), 'rounds-generated-'));
afterAll(() => rmSync(folder, { recursive: true }));

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition';
const patient = {
  resourceType: 'Patient',
  id: 'p',
  meta: { profile: [`${US_CORE}/us-core-patient`] },
  identifier: [{ system: 'urn:clinic', value: '1' }],
  name: [{ family: 'Doe' }],
  gender: 'female',
  birthDate: '1950-02-03',
};
const goal = {
  resourceType: 'Goal',
  id: 'g',
  meta: { profile: [`${US_CORE}/us-core-goal`] },
  lifecycleStatus: 'active',
  description: { text: 'Walk' },
  subject: { reference: 'Patient/p' },
  expressedBy: { reference: 'Practitioner/d' },
};

async function run(...resources: object[]) {
  const bundle = { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
  writeFileSync(join(folder, 'record.json'), JSON.stringify(bundle));
  writeFileSync(join(folder, 'clinic.json'), JSON.stringify({ resourceType: 'Practitioner', id: 'd', name: [{ family: 'Roe' }] }));
  const result = await runSuite(suite, {
    data: folder,
    now: '2026-11-21T12:00:00Z',
    progress: () => undefined,
    open: () => Promise.reject(new Error('the product is not needed')),
  });
  if (!result.ok) throw new Error(result.fault);
  return result.outcome;
}

describe('the suite of generated records', () => {
  it('passes what is right, by profile, with what another file holds', async () => {
    const outcome = await run(patient, goal);
    expect(outcome.failures).toEqual([]);
    expect(outcome.metrics).toMatchObject({ files: 2, resources: 3, errors: 0, warnings: 0, codesNotFound: 0, codesOtherName: 0 });
    expect(judgeThresholds(suite, outcome).every(({ met }) => met)).toBe(true);
    const report = renderReport(suite, outcome);
    expect(report).toMatch(/us-core-patient +1 +0 +0 +both/);
    expect(report).toMatch(/us-core-goal +1 +0 +0 +table/);
  });
  it('fails on one fault, and says where', async () => {
    const outcome = await run(patient, { ...goal, lifecycleStatus: 'walking', subject: { reference: 'Patient/none' } });
    expect(outcome.failures.map(({ id }) => id)).toEqual([
      'error FHIR R4 4.0.1 binding Goal.lifecycleStatus',
      'error between resources (references, one patient, times, units) unresolved Goal.subject',
    ]);
    expect(outcome.failures[0]?.why).toContain('record.json Goal/g');
    expect(judgeThresholds(suite, outcome).find(({ metric }) => metric === 'errors')).toMatchObject({ value: 2, met: false });
  });
  it('fails on a profile that nobody can check, and on codes that are wrong', async () => {
    const category = { system: 'http://terminology.hl7.org/CodeSystem/goal-category', code: 'dietary', display: 'Dietary' };
    const outcome = await run(patient, {
      ...goal,
      meta: { profile: ['http://example.org/own'] },
      category: [{ coding: [category, { ...category, code: 'dancing', display: 'Vals' }] }, { coding: [{ ...category, display: 'Vals' }] }],
    });
    expect(outcome.metrics).toMatchObject({ errors: 1, codesKnown: 1, codesNotFound: 1, codesOtherName: 1 });
    expect(outcome.failures[0]?.id).toContain('unknown-profile');
  });
});
