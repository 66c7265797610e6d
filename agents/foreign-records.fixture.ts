import { MemorySaver } from '@langchain/langgraph';
import { createChecker } from '../grounding/check.ts';
import { createTerminology, loadConcepts } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import type { Chart, FhirResource } from '../records/contract.ts';
import { tools } from '../tools/index.ts';
import { createBuiltinReasoner } from './builtin/reasoner.ts';
import { createAssistantGraph, turnInput } from './graph.ts';

export const NOW = '2026-03-03T12:00:00Z';
const terminology = createTerminology(loadConcepts());

export const coded = (system: string, code: string, display?: string) => ({ coding: [{ system, code, ...(display ? { display } : {}) }] });
export const loinc = (code: string, display?: string) => coded('http://loinc.org', code, display);
export const active = { coding: [{ code: 'active' }] };
export const measured = (value: number, unit: string, code = unit) => ({ value, unit, system: 'http://unitsofmeasure.org', code });

let count = 0;
/** A resource of the patient as some other system would write it. */
export function entry(resourceType: string, fields: Record<string, unknown>): FhirResource {
  const subject = { reference: 'Patient/p' };
  return { resourceType, id: `e${++count}`, ...(resourceType === 'Appointment' ? {} : { subject, patient: subject }), ...fields };
}

/** What the product answers about a record of these entries: its status and its supported sentences. */
export async function asked(question: string, ...entries: readonly FhirResource[]): Promise<string> {
  const person = {
    resourceType: 'Patient',
    id: 'p',
    name: [{ given: ['Ilse'], family: 'Brandt' }],
    gender: 'female',
    birthDate: '1950-05-05',
  };
  return answered(question, buildChart([person, ...entries], { patientId: 'p', asOf: NOW, terminology }));
}

/** What the product answers on a chart: its status, its supported sentences and, in brackets, its notes. */
export const answered = (question: string, chart: Chart): Promise<string> => answeredLast([question], chart);

/** The same for the last question of one conversation. */
export async function answeredLast(questions: readonly string[], chart: Chart): Promise<string> {
  const graph = createAssistantGraph({
    charts: { open: async () => chart },
    reasoner: createBuiltinReasoner(),
    tools,
    check: createChecker(),
    checkpointer: new MemorySaver(),
  });
  const turn = (question: string) => graph.invoke(turnInput(chart.patientId, question, chart.asOf), { configurable: { thread_id: 'one' } });
  for (const earlier of questions.slice(0, -1)) await turn(earlier);
  const state = await turn(questions.at(-1)!);
  const said = state.claims.filter(({ verdict }) => verdict === 'supported').map(({ text }) => text);
  return [state.status, ...said, ...state.notes.map((note) => `(${note})`)].join(' | ');
}
