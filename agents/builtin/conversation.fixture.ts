import { MemorySaver } from '@langchain/langgraph';
import { createChecker } from '../../grounding/check.ts';
import { loadConcepts } from '../../language/terminology/load.ts';
import { createTerminology } from '../../language/terminology.ts';
import { buildChart } from '../../records/chart/chart.ts';
import type { FhirResource } from '../../records/contract.ts';
import { tools } from '../../tools/index.ts';
import { createAssistantGraph, turnInput } from '../graph.ts';
import { createBuiltinReasoner } from './reasoner.ts';

export const NOW = '2026-11-21T12:00:00Z';

const subject = { reference: 'Patient/p1' };
const text = (display: string) => ({ text: display });

export const person: FhirResource = {
  resourceType: 'Patient',
  id: 'p1',
  name: [{ given: ['Rosa'], family: 'Lindt' }],
  gender: 'female',
  birthDate: '1961-03-02',
};

export const problem = (id: string, display: string, onset: string, abated?: string): FhirResource => ({
  resourceType: 'Condition',
  id,
  subject,
  code: text(display),
  clinicalStatus: { coding: [{ code: abated ? 'resolved' : 'active' }] },
  onsetDateTime: onset,
  ...(abated ? { abatementDateTime: abated } : {}),
});

export const drug = (id: string, display: string, ordered: string, more: Record<string, unknown> = {}): FhirResource => ({
  resourceType: 'MedicationRequest',
  id,
  status: 'active',
  intent: 'order',
  subject,
  medicationCodeableConcept: text(display),
  authoredOn: ordered,
  ...more,
});

export const done = (id: string, display: string, date: string): FhirResource => ({
  resourceType: 'Procedure',
  id,
  status: 'completed',
  subject,
  code: text(display),
  performedDateTime: date,
});

export const measured = (id: string, code: string, display: string, value: number, unit: string, date: string): FhirResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: { coding: [{ system: 'http://loinc.org', code, display }], text: display },
  effectiveDateTime: date,
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
});

export const seen = (id: string, display: string, date: string, more: Record<string, unknown> = {}): FhirResource => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
  type: [text(display)],
  subject,
  period: { start: date, end: date },
  ...more,
});

/** Conversations with the built-in reasoner about one record: each call is a new thread, and what its last turn answers comes back. */
export function conversations(resources: readonly FhirResource[]) {
  const chart = buildChart(resources, { patientId: 'p1', asOf: NOW, terminology: createTerminology(loadConcepts()) });
  return async (...questions: readonly string[]) => {
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
      claims,
      said: claims.map((claim) => claim.text).join('\n'),
      cited: claims.flatMap((claim) => claim.citations),
      verdicts: [...new Set(claims.map((claim) => claim.verdict))],
      notes: notes.join('\n'),
    };
  };
}
