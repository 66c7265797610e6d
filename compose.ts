import { randomUUID } from 'node:crypto';
import { createAssistant } from './agents/assistant.ts';
import { createBuiltinReasoner } from './agents/builtin/reasoner.ts';
import { createAssistantGraph } from './agents/graph.ts';
import { createThreads } from './agents/threads.ts';
import type { Config } from './config.ts';
import { openDatabase } from './db/database.ts';
import { createChecker } from './grounding/check.ts';
import { createVerifier } from './grounding/verify.ts';
import { loadConcepts } from './language/terminology/load.ts';
import { createTerminology } from './language/terminology.ts';
import { createCharts } from './records/charts.ts';
import { createSandboxStore } from './records/sandbox.ts';
import { tools } from './tools/index.ts';

/** What lives outside: tests and evals may hold it still. */
export interface Outside {
  readonly clock?: () => Date;
  readonly ids?: () => string;
}

export type Rounds = Awaited<ReturnType<typeof compose>>;

/** The one place where the parts are made and joined: what the command line, the evals and the server use. */
export async function compose(config: Config, { clock = () => new Date(), ids = randomUUID }: Outside = {}) {
  // LangChain sends whole states, patient data in them, to a tracing service as soon as the user's shell has one of these set.
  for (const name of ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2', 'LANGCHAIN_TRACING', 'LANGCHAIN_TRACING_V2']) delete process.env[name];
  const database = await openDatabase(config);
  try {
    const store = createSandboxStore({ db: database, clock, ids });
    const charts = createCharts({ store, terminology: createTerminology(loadConcepts()) });
    const graph = createAssistantGraph({
      charts,
      reasoner: createBuiltinReasoner(),
      tools,
      check: createChecker(),
      checkpointer: await database.checkpointer(),
    });
    const threads = createThreads({ db: database, clock, ids });
    return {
      ...createAssistant({ graph, threads, store, clock, ids }),
      verify: createVerifier({ charts, store, clock, ids }),
      charts,
      store,
      close: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
