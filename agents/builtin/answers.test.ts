import { MemorySaver } from '@langchain/langgraph';
import { describe, expect, test } from 'vitest';
import { createChecker } from '../../grounding/check.ts';
import { loadConcepts } from '../../language/terminology/load.ts';
import { createTerminology } from '../../language/terminology.ts';
import { buildChart } from '../../records/chart/chart.ts';
import type { FhirResource } from '../../records/contract.ts';
import { tools } from '../../tools/index.ts';
import { createAssistantGraph, turnInput } from '../graph.ts';
import { createBuiltinReasoner } from './reasoner.ts';

const NOW = '2026-11-21T12:00:00Z';
const subject = { reference: 'Patient/p1' };
const text = (display: string) => ({ text: display });
const done = (id: string, display: string, date: string): FhirResource => ({
  resourceType: 'Procedure',
  id,
  status: 'completed',
  subject,
  code: text(display),
  performedDateTime: date,
});
const problem = (id: string, display: string, onset: string, abated?: string): FhirResource => ({
  resourceType: 'Condition',
  id,
  subject,
  code: text(display),
  clinicalStatus: { coding: [{ code: abated ? 'resolved' : 'active' }] },
  onsetDateTime: onset,
  ...(abated ? { abatementDateTime: abated } : {}),
});
const measured = (id: string, code: string, display: string, value: number, unit: string, date: string): FhirResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: { coding: [{ system: 'http://loinc.org', code, display }], text: display },
  effectiveDateTime: date,
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
});
const resources: readonly FhirResource[] = [
  { resourceType: 'Patient', id: 'p1', name: [{ given: ['Rosa'], family: 'Lindt' }], gender: 'female', birthDate: '1961-03-02' },
  done('hiv', 'Human immunodeficiency virus antibody screening', '2019-04-02'),
  done('typing', 'ABO blood typing', '2018-02-02'),
  done('dtap', 'Vaccination for diphtheria, pertussis, and tetanus', '2020-12-01'),
  done('coil-out', 'Removal of intrauterine device', '2012-02-01'),
  done('polyp', 'Rectal polypectomy', '2014-02-12'),
  problem('appendix', 'History of appendectomy', '1993-12-31'),
  problem('colon', 'Polyp of colon', '2014-02-12', '2015-06-07'),
  problem('hip', 'Closed fracture of hip', '1991-05-05', '1991-07-04'),
  {
    resourceType: 'CarePlan',
    id: 'asthma-plan',
    status: 'active',
    intent: 'plan',
    subject,
    category: [text('Asthma self management')],
    period: { start: '2011-01-01' },
  },
  {
    resourceType: 'MedicationRequest',
    id: 'hctz',
    status: 'active',
    intent: 'order',
    subject,
    medicationCodeableConcept: text('Hydrochlorothiazide 25 MG Oral Tablet'),
    authoredOn: '2015-01-01',
  },
  measured('probnp', '33762-6', 'NT-proBNP', 701, 'pg/mL', '2026-01-01'),
  measured('weight', '29463-7', 'Body Weight', 65.8, 'kg', '2026-05-01'),
];
const chart = buildChart(resources, { patientId: 'p1', asOf: NOW, terminology: createTerminology(loadConcepts()) });

/** One conversation; what its last turn answers. */
async function converse(...questions: readonly string[]) {
  const graph = createAssistantGraph({
    charts: { open: async () => chart },
    reasoner: createBuiltinReasoner(),
    tools,
    check: createChecker(),
    checkpointer: new MemorySaver(),
  });
  let state: Awaited<ReturnType<typeof graph.invoke>> | undefined;
  for (const question of questions) state = await graph.invoke(turnInput('p1', question, NOW), { configurable: { thread_id: 't' } });
  const { status, claims, notes } = state!;
  return {
    status,
    said: claims.map((claim) => claim.text).join('\n'),
    cited: claims.flatMap((claim) => claim.citations),
    verdicts: new Set(claims.map((claim) => claim.verdict)),
    notes: notes.join('\n'),
  };
}

describe('what another part of the record holds is shown, not denied', () => {
  test.each([
    ['was an HIV test done?', 'Procedure/hiv', /no result is recorded/i],
    ['her blood type?', 'Procedure/typing', /no result is recorded/i],
    ['Tdap given?', 'Procedure/dtap', /no immunization entry/i],
    ['when was the intrauterine device taken out', 'Procedure/coil-out', undefined],
    ['date the polyp was removed', 'Procedure/polyp', undefined],
    ['any asthma?', 'CarePlan/asthma-plan', /no entry of its own/],
    ['did she have an appendectomy?', 'Condition/appendix', /recorded as history/i],
  ])('%s', async (question, id, note) => {
    const answer = await converse(question);
    expect(answer.status).toBe('answered');
    expect(answer.cited).toContain(id);
    expect(answer.said).not.toMatch(/^No /m);
    if (note) expect(answer.notes).toMatch(note);
  });

  test.each([['BNP level', 'Observation/probnp', /nearest relative/]])(
    '%s: not recorded, with what is near',
    async (question, id, note) => {
      const answer = await converse(question);
      expect(answer.status).toBe('not-recorded');
      expect(answer.said).toMatch(/^No .* is recorded\.$/m);
      expect(answer.cited).toContain(id);
      expect(answer.notes).toMatch(note);
    },
  );
});

describe('words that were not understood', () => {
  test('are named and asked about, never denied as fact', async () => {
    for (const question of ['zibbles', 'how is her frobnicator doing', 'number of wuffle pills']) {
      const answer = await converse(question);
      expect(answer.status, question).toBe('clarify');
      expect(answer.said, question).toBe('');
      expect(answer.notes, question).toMatch(/do not understand “(?:zibbles|frobnicator|wuffle)”/);
    }
  });

  test('stand as a search for the word where a name belongs', async () => {
    const answer = await converse('is she taking zorblaximab?');
    expect(answer).toMatchObject({ status: 'not-recorded', said: '' });
    expect(answer.notes).toMatch(/No entry of the medications has the word “zorblaximab”/);
  });
});

test('drugs for something else are counted, not listed', async () => {
  const answer = await converse('what does she take for osteoporosis?');
  expect(answer.cited).not.toContain('MedicationRequest/hctz');
  expect(answer.notes).toMatch(/osteoporosis|carries no reason in the record/i);
});

describe('ages and death', () => {
  test.each([
    ['how old was she when she had her hip fracture', /Closed fracture of hip began on 05-May-1991 at age 30\./],
    ['age at polypectomy', /Rectal polypectomy was on 12-Feb-2014 at age 52\./],
  ])('%s', async (question, says) => {
    const answer = await converse(question);
    expect(answer).toMatchObject({ status: 'answered', verdicts: new Set(['supported']) });
    expect(answer.said).toMatch(says);
  });

  test('nothing is said of a death that is not recorded but that', async () => {
    for (const question of ['is she still alive?', 'date of death']) {
      const answer = await converse(question);
      expect(answer).toMatchObject({ status: 'not-recorded', said: 'No death is recorded.', verdicts: new Set(['supported']) });
    }
  });

  test('a detail that is not recorded is told apart from facts', async () => {
    const answer = await converse('what is her email?');
    expect(answer).toMatchObject({ status: 'not-recorded', said: '' });
    expect(answer.notes).toMatch(/gives no email/);
  });
});
