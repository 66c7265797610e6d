import { MemorySaver } from '@langchain/langgraph';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createChecker } from '../grounding/check.ts';
import { loadConcepts } from '../language/terminology/load.ts';
import { createTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import { toEvidence } from '../records/chart/evidence.ts';
import type { FhirResource } from '../records/contract.ts';
import type { Tool } from '../tools/contract.ts';
import { defineTool } from '../tools/define.ts';
import type { Draft, Plan, Reasoner, Turn } from './contract.ts';
import { createAssistantGraph, turnInput } from './graph.ts';

const NOW = '2026-11-21T12:00:00Z';
const subject = { reference: 'Patient/p1' };
const resources: readonly FhirResource[] = [
  { resourceType: 'Patient', id: 'p1', name: [{ given: ['Jane'], family: 'Park' }], gender: 'female', birthDate: '1951-07-14' },
  {
    resourceType: 'Observation',
    id: 'k1',
    status: 'final',
    subject,
    code: { coding: [{ system: 'http://loinc.org', code: '2823-3', display: 'Potassium' }] },
    effectiveDateTime: '2026-11-20',
    valueQuantity: { value: 5.9, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
  },
];
const chart = buildChart(resources, { patientId: 'p1', asOf: NOW, terminology: createTerminology(loadConcepts()) });

const potassium = defineTool({
  name: 'potassium',
  description: 'The potassium',
  input: z.object({ many: z.number() }),
  effect: 'read',
  run: async ({ many }) => ({ value: many, evidence: [toEvidence(chart, 'Observation/k1')] }),
});
const order = defineTool({
  name: 'order',
  description: 'Writes an order',
  input: z.object({}),
  effect: 'write',
  run: async () => {
    throw new Error('a write must never run here');
  },
});

/** A reasoner that says what it is told and records what it was asked. */
function scripted(script: { readonly plan?: Plan; readonly draft?: Draft; readonly better?: Awaited<ReturnType<Reasoner['revise']>> }) {
  const turns: Turn[] = [];
  const outcomesSeen: Parameters<Reasoner['write']>[1][] = [];
  const revisions: (readonly string[])[] = [];
  const reasoner: Reasoner = {
    name: 'scripted',
    async plan(turn) {
      turns.push(turn);
      return script.plan ?? { calls: [{ id: 'c1', tool: 'potassium', input: { many: 1 } }] };
    },
    async write(_turn, outcomes) {
      outcomesSeen.push(outcomes);
      return script.draft ?? { status: 'answered', claims: [] };
    },
    async revise(_turn, _outcomes, failed) {
      revisions.push(failed.map((claim) => claim.text));
      return script.better ?? failed.map(() => undefined);
    },
  };
  return { reasoner, turns, outcomesSeen, revisions };
}

function graphFor(reasoner: Reasoner) {
  return createAssistantGraph({
    charts: { open: async () => chart },
    reasoner,
    tools: [potassium, order] as unknown as readonly Tool[],
    check: createChecker(),
    checkpointer: new MemorySaver(),
  });
}

const run = (reasoner: Reasoner, thread = 't1', question = 'potassium?') =>
  graphFor(reasoner).invoke(turnInput('p1', question, NOW), { configurable: { thread_id: thread } });

const TRUE = { text: 'Potassium is 5.9 mmol/L on 20-Nov-2026.', citations: ['Observation/k1'] };
const OTHER = { text: 'On 20-Nov-2026 potassium was 5.9 mmol/L.', citations: ['Observation/k1'] };
const FALSE = { text: 'Potassium is 4.9 mmol/L on 20-Nov-2026.', citations: ['Observation/k1'] };

describe('the assistant graph', () => {
  test('a true sentence comes out supported, with what it cites and nothing else', async () => {
    const { reasoner } = scripted({ draft: { status: 'answered', claims: [TRUE] } });
    const state = await run(reasoner);
    expect(state.status).toBe('answered');
    expect(state.claims.map((claim) => claim.verdict)).toEqual(['supported']);
    expect(state.evidence.map((evidence) => evidence.id)).toEqual(['Observation/k1']);
    expect(state.evidence[0]).not.toHaveProperty('facts');
  });

  test('what fails its check is revised once, and only that', async () => {
    const { reasoner, revisions } = scripted({ draft: { status: 'answered', claims: [TRUE, FALSE] }, better: [OTHER] });
    const state = await run(reasoner);
    expect(revisions).toEqual([[FALSE.text]]);
    expect(state.claims.map((claim) => claim.text)).toEqual([TRUE.text, OTHER.text]);
    expect(state.claims.map((claim) => claim.verdict)).toEqual(['supported', 'supported']);
  });

  test('a reasoner that insists is not believed, and not asked again', async () => {
    const { reasoner, revisions } = scripted({ draft: { status: 'answered', claims: [FALSE] }, better: [FALSE] });
    const state = await run(reasoner);
    expect(revisions).toHaveLength(1);
    expect(state.claims.map((claim) => claim.verdict)).toEqual(['contradicted']);
  });

  test('an answer of which nothing is left is no answer', async () => {
    const { reasoner } = scripted({ draft: { status: 'answered', claims: [FALSE] } });
    const state = await run(reasoner);
    expect(state.claims).toEqual([]);
    expect(state.status).toBe('failed');
    expect(state.notes.join(' ')).toMatch(/stood up to its check/);
  });

  test('a citation that is no evidence of this turn supports nothing', async () => {
    const { reasoner } = scripted({
      draft: { status: 'answered', claims: [{ ...TRUE, citations: ['Observation/other'] }] },
      better: [{ ...TRUE, citations: [] }],
    });
    const state = await run(reasoner);
    expect(state.claims.map((claim) => claim.verdict)).toEqual(['unverified']);
  });

  test.each([
    [{ id: 'c', tool: 'no_such_tool', input: {} }, /there is no tool/],
    [{ id: 'c', tool: 'order', input: {} }, /needs a person's approval/],
    [{ id: 'c', tool: 'potassium', input: { many: 'three' } }, /bad input: many/],
  ])('a bad call is a value that the reasoner sees: %j', async (call, reason) => {
    const { reasoner, outcomesSeen } = scripted({ plan: { calls: [call] } });
    const state = await run(reasoner);
    expect(outcomesSeen[0]).toEqual([{ ok: false, call: 'c', tool: call.tool, reason: expect.stringMatching(reason) }]);
    expect(state.notes.join(' ')).toMatch(reason);
  });

  test('a reply ends the turn without tools', async () => {
    const { reasoner, outcomesSeen } = scripted({ plan: { calls: [], reply: { status: 'declined', notes: ['Not here.'] } } });
    const state = await run(reasoner);
    expect(state.status).toBe('declined');
    expect(state.notes).toEqual(['Not here.']);
    expect(outcomesSeen).toEqual([]);
  });

  test('a thread keeps what the reasoner wants to remember, and nothing of the turn before', async () => {
    const { reasoner, turns } = scripted({ draft: { status: 'answered', claims: [TRUE], memory: { last: 'potassium' } } });
    const graph = graphFor(reasoner);
    const config = { configurable: { thread_id: 't2' } };
    await graph.invoke(turnInput('p1', 'potassium?', NOW), config);
    const second = await graph.invoke(turnInput('p1', 'since when?', NOW), config);
    expect(turns.map((turn) => turn.memory)).toEqual([undefined, { last: 'potassium' }]);
    expect(second.outcomes).toEqual([]);
    await graph.invoke(turnInput('p1', 'potassium?', NOW), { configurable: { thread_id: 't3' } });
    expect(turns[2]?.memory).toBeUndefined();
  });
});
