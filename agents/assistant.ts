import { lostDatabase } from '../db/fault.ts';
import { tellFault } from '../errors.ts';
import type { ReadOptions, RecordStore } from '../records/contract.ts';
import { findPatient } from '../records/find-patient.ts';
import type { AskResult } from './contract.ts';
import { type createAssistantGraph, turnInput } from './graph.ts';
import type { Threads } from './threads.ts';

export interface AskRequest {
  /** Id, record number or name. */
  readonly patient: string;
  readonly question: string;
  /** Continues this conversation; absent: a new one. */
  readonly thread?: string;
  /** Comes back in the result; absent: the message's id. */
  readonly id?: string;
}

export interface AssistantServiceDeps {
  readonly graph: ReturnType<typeof createAssistantGraph>;
  readonly threads: Threads;
  readonly store: RecordStore;
  readonly clock: () => Date;
  readonly ids: () => string;
}

/** Answers questions in threads. Never throws for a question: a fault, or a caller who has gone, is a result with status `failed` and a named error. */
export function createAssistant({ graph, threads, store, clock, ids }: AssistantServiceDeps) {
  async function ask({ patient: wanted, question: typed, thread, id }: AskRequest, { signal }: ReadOptions = {}): Promise<AskResult> {
    const waiting = signal ? { signal } : {};
    // Postgres keeps no NUL in a text.
    const question = typed.replace(/\0|\p{Surrogate}/gu, ' ');
    const started = performance.now();
    const messageId = ids();
    const elapsed = () => Math.round((performance.now() - started) * 10) / 10;
    try {
      const patient = findPatient(await store.patients({ named: wanted, ...waiting }), wanted);
      const now = clock().toISOString();
      const threadId = await threads.open({ patientId: patient.id, title: question, ...(thread === undefined ? {} : { id: thread }) });
      const state = await graph.invoke(turnInput(patient.id, question, now), {
        configurable: { thread_id: threadId },
        durability: 'exit',
        recursionLimit: 20,
        ...waiting,
      });
      const result: AskResult = {
        id: id ?? messageId,
        status: state.status,
        claims: state.claims,
        evidence: state.evidence,
        patient: { id: patient.id, name: patient.name, ...(patient.birthDate ? { birthDate: patient.birthDate } : {}) },
        ms: elapsed(),
        thread: threadId,
        ...(state.notes.length > 0 ? { notes: state.notes } : {}),
        ...(state.reading ? { reading: state.reading } : {}),
      };
      await threads.append(threadId, question, messageId, result);
      return result;
    } catch (error) {
      const told = signal?.aborted ? 'The question was given up.' : tellFault(lostDatabase(error) ?? error, 'this question');
      return { id: id ?? messageId, status: 'failed', claims: [], evidence: [], ms: elapsed(), error: told };
    }
  }
  return { ask };
}
