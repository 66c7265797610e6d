import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose, type Rounds } from '../../compose.ts';
import { parseConfig } from '../../config.ts';
import { check } from '../../grounding/check.ts';
import { toEvidence } from '../../records/chart/evidence.ts';
import { factSentence } from './sentences.ts';

let dataDir: string;
let rounds: Rounds;
const now = new Date('2026-11-21T12:00:00Z');

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rounds-sentences-'));
  rounds = await compose(parseConfig({ DATA_DIR: dataDir }), { clock: () => now });
});
afterAll(async () => {
  await rounds?.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the sentence of a fact', () => {
  it.each(['margaret-hale', 'victor-lindqvist', 'amara-osei'])(
    'of %s is not contradicted by the resource that it is made of',
    async (patient) => {
      const chart = await rounds.charts.open(patient, now.toISOString());
      const refused = chart.facts
        .filter((fact) => fact.part === undefined)
        .map((fact) =>
          check(factSentence(fact), [toEvidence(chart, fact.id)], { subject: `Patient/${patient}`, now: chart.asOf }, chart.terminology),
        )
        .filter(({ verdict }) => verdict !== 'supported')
        .map(({ text, checks }) => `${text} << ${checks.filter(({ outcome }) => outcome !== 'pass').map(({ reason }) => reason)}`);
      expect(refused).toEqual([]);
    },
  );

  it.each([
    ['Observation/mh-a1c-2026-10', 'Hemoglobin A1c was 7.2 % on 19-Oct-2026 (high, reference range <= 5.6 %).'],
    ['Condition/mh-t2dm', 'Type 2 diabetes mellitus is active since Jun-2009.'],
    [
      'MedicationRequest/mh-metformin',
      'Metformin hydrochloride 500 mg oral tablet: 500 mg by mouth twice daily for type 2 diabetes mellitus; active, ordered 08-Sep-2025.',
    ],
    ['AllergyIntolerance/mh-codeine', 'Intolerance of codeine is active: reaction nausea (mild), low criticality, recorded 09-Mar-2016.'],
    ['Encounter/mh-ed2024-08', 'Emergency department visit on 03-Aug-2024 for dysuria and fever.'],
  ])('of %s', async (id, sentence) => {
    const chart = await rounds.charts.open('margaret-hale', now.toISOString());
    expect(factSentence(chart.facts.find((fact) => fact.id === id && fact.part === undefined)!)).toBe(sentence);
  });
});
