import { sql } from 'drizzle-orm';
import { boolean, index, integer, json, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import type { AnswerStatus, Source } from '../agents/contract.ts';
import type { Check, Verdict } from '../grounding/contract.ts';

/** A conversation about one patient. Its graph state is kept apart, in the checkpoints of the same id. */
export const threads = pgTable(
  'threads',
  {
    id: text('id').primaryKey(),
    patientId: text('patient_id').notNull(),
    /** Address of the FHIR server whose patient this is; empty: the sandbox. */
    server: text('server').notNull().default(''),
    title: text('title'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('threads_by_patient').on(table.patientId, table.updatedAt)],
);

export const messages = pgTable(
  'messages',
  {
    id: text('id').primaryKey(),
    threadId: text('thread_id')
      .notNull()
      .references(() => threads.id, { onDelete: 'cascade' }),
    /** Position in the thread, from 0. */
    position: integer('position').notNull(),
    role: text('role', { enum: ['user', 'assistant'] }).notNull(),
    text: text('text').notNull(),
    status: text('status').$type<AnswerStatus>(),
    error: text('error'),
    /** What the claims of this message cite, as it was then. */
    evidence: jsonb('evidence').$type<readonly Source[]>().notNull().default([]),
    ms: integer('ms'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (table) => [uniqueIndex('messages_in_thread').on(table.threadId, table.position)],
);

export const claims = pgTable(
  'claims',
  {
    messageId: text('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    text: text('text').notNull(),
    verdict: text('verdict').$type<Verdict>().notNull(),
    citations: jsonb('citations').$type<readonly string[]>().notNull(),
    checks: jsonb('checks').$type<readonly Check[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.messageId, table.position] })],
);

/** The FHIR sandbox: the current version of every resource. */
export const sandboxResources = pgTable(
  'sandbox_resources',
  {
    resourceType: text('resource_type').notNull(),
    id: text('id').notNull(),
    version: integer('version').notNull(),
    lastUpdated: timestamp('last_updated', { withTimezone: true }).notNull(),
    /** Patients whose record it belongs to: one for clinical resources, none for a practitioner, several for a group visit. */
    patientIds: text('patient_ids').array().notNull().default(sql`'{}'::text[]`),
    /** The resource as JSON text (`json`, not `jsonb`: read twice as fast, kept as written), `meta.versionId` and `meta.lastUpdated` as in the columns. */
    content: json('content').notNull(),
    /** SHA-256 of the content without version and last update, keys sorted: tells whether an import changes anything. */
    digest: text('digest').notNull(),
    deleted: boolean('deleted').notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.resourceType, table.id] }), index('sandbox_by_patient').using('gin', table.patientIds)],
);

/** Versions that were replaced or deleted. */
export const sandboxHistory = pgTable(
  'sandbox_history',
  {
    resourceType: text('resource_type').notNull(),
    id: text('id').notNull(),
    version: integer('version').notNull(),
    lastUpdated: timestamp('last_updated', { withTimezone: true }).notNull(),
    content: json('content').notNull(),
    digest: text('digest').notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.resourceType, table.id, table.version] })],
);
