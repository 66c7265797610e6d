import { eq, max } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { claims, messages, threads } from '../db/schema.ts';
import { AppError } from '../errors.ts';
import type { AskResult } from './contract.ts';

/** Conversations as a person reads them; the graph's own state is in the checkpoints of the same thread id. */
export interface Threads {
  /**
   * @returns the thread's id
   * @throws AppError `not-found` for an unknown thread, `foreign-patient` for one about somebody else
   */
  open(thread: { readonly id?: string; readonly patientId: string; readonly title: string }): Promise<string>;
  /** The question and its answer, together or not at all. */
  append(threadId: string, question: string, messageId: string, result: AskResult): Promise<void>;
}

export interface ThreadsDeps {
  readonly db: Database;
  readonly clock: () => Date;
  readonly ids: () => string;
  /** Address of the FHIR server that keeps the record; absent: the sandbox. The same id on another server is another person. */
  readonly server?: string;
}

export function createThreads({ db: { db }, clock, ids, server = '' }: ThreadsDeps): Threads {
  return {
    async open({ id, patientId, title }) {
      if (id !== undefined) {
        const [found] = await db.select().from(threads).where(eq(threads.id, id));
        if (!found) throw new AppError('not-found', `There is no conversation ${id}.`);
        if (found.server !== server)
          throw new AppError(
            'foreign-patient',
            `The conversation ${id} is about a patient of ${found.server === '' ? 'the sandbox' : found.server}, not of ${server === '' ? 'the sandbox' : server}.`,
          );
        if (found.patientId !== patientId) throw new AppError('foreign-patient', `The conversation ${id} is about another patient.`);
        return id;
      }
      const fresh = ids();
      const now = clock();
      await db.insert(threads).values({ id: fresh, patientId, server, title: title.slice(0, 200), createdAt: now, updatedAt: now });
      return fresh;
    },

    async append(threadId, question, messageId, result) {
      const now = clock();
      await db.transaction(async (tx) => {
        const [last] = await tx
          .select({ position: max(messages.position) })
          .from(messages)
          .where(eq(messages.threadId, threadId));
        const position = (last?.position ?? -1) + 1;
        await tx.insert(messages).values([
          { id: ids(), threadId, position, role: 'user', text: question, createdAt: now },
          {
            id: messageId,
            threadId,
            position: position + 1,
            role: 'assistant',
            text: result.claims.map((claim) => claim.text).join(' '),
            status: result.status,
            error: result.error ?? null,
            evidence: result.evidence,
            ms: Math.round(result.ms),
            createdAt: now,
          },
        ]);
        if (result.claims.length > 0) {
          await tx.insert(claims).values(result.claims.map((claim, i) => ({ messageId, position: i, ...claim })));
        }
        await tx.update(threads).set({ updatedAt: now }).where(eq(threads.id, threadId));
      });
    },
  };
}
