import { randomUUID } from 'node:crypto';
import { createAssistant } from './agents/assistant.ts';
import { createBuiltinReasoner } from './agents/builtin/reasoner.ts';
import { createAssistantGraph } from './agents/graph.ts';
import { createThreads } from './agents/threads.ts';
import type { Config } from './config.ts';
import { openDatabase } from './db/database.ts';
import { AppError } from './errors.ts';
import { createChecker } from './grounding/check.ts';
import { createVerifier } from './grounding/verify.ts';
import { baseTerminology } from './language/terminology.ts';
import { createCharts } from './records/charts.ts';
import { type FileReport, type ImportStep, importFiles } from './records/import.ts';
import { openRemoteStore } from './records/remote/open.ts';
import { createSandboxStore } from './records/sandbox.ts';
import { seedIfEmpty } from './records/seed.ts';
import { tools } from './tools/index.ts';

/** What lives outside: tests may hold it still. */
export interface Outside {
  readonly clock?: () => Date;
  readonly ids?: () => string;
}

export type Records = Awaited<ReturnType<typeof composeRecords>>;
export type Rounds = Awaited<ReturnType<typeof compose>>;

/** The record alone, without the agent: what importing and listing need. */
export async function composeRecords(config: Config, { clock = () => new Date(), ids = randomUUID }: Outside = {}) {
  const remote = config.fhir && openRemoteStore(config.fhir, { clock });
  const database = await openDatabase(config);
  const deps = { db: database, clock };
  const sandbox = createSandboxStore({ ...deps, ids });
  return {
    database,
    store: remote?.store ?? sandbox,
    importFiles: (paths: readonly string[], onFile?: (file: FileReport) => void, onStep?: (step: ImportStep) => void) => {
      if (config.fhir)
        throw new AppError('bad-usage', `Files go into the sandbox; the record is that of ${config.fhir.baseUrl} (FHIR_BASE_URL).`);
      return importFiles(deps, paths, onFile, onStep);
    },
    /** Resources in each patient's record, where they are Rounds' own to count. */
    counts: async () => (remote ? undefined : await sandbox.counts()),
    /** Loads the invented patients where the sandbox has none at all. */
    seedIfEmpty: async () => !remote && (await seedIfEmpty(deps)),
    close: async () => {
      await remote?.close();
      await database.close();
    },
  };
}

/** The one place where the parts are made and joined: what the command line, the evals and the server use. */
export async function compose(config: Config, { clock = () => new Date(), ids = randomUUID }: Outside = {}) {
  // LangChain sends whole states, patient data in them, to a tracing service as soon as the user's shell has one of these set.
  for (const name of ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING', 'LANGCHAIN_TRACING_V2']) delete process.env[name];
  const records = await composeRecords(config, { clock, ids });
  try {
    await records.seedIfEmpty();
    const { database, store } = records;
    const charts = createCharts({ store, terminology: baseTerminology() });
    const graph = createAssistantGraph({
      charts,
      reasoner: createBuiltinReasoner(),
      tools,
      check: createChecker(),
      checkpointer: await database.checkpointer(),
    });
    const threads = createThreads({ db: database, clock, ids, ...(config.fhir ? { server: config.fhir.baseUrl } : {}) });
    return {
      ...records,
      ...createAssistant({ graph, threads, store, clock, ids }),
      verify: createVerifier({ charts, store, clock, ids }),
      charts,
    };
  } catch (error) {
    await records.close();
    throw error;
  }
}
