import { parseArgs } from 'node:util';
import { composeRecords } from '../compose.ts';
import { loadConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { serveFhir } from '../records/sandbox/serve.ts';
import { createFhirService } from '../records/sandbox/service.ts';
import { runCommand } from './run-command.ts';

const USAGE = `Serve the sandbox as a FHIR R4 server on this machine, to try FHIR_BASE_URL on. It asks nobody who they are, and is reached from this machine alone.

  npm run sandbox                prints its address when it is ready, and runs until it is stopped

  --port <n>        default: any that is free
  --delay-ms <n>    wait before each answer, as a distant server does (default: 0)
  --page-size <n>   most entries of a page (default: 1000)
`;

await runCommand(USAGE, async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      'delay-ms': { type: 'string', default: '0' },
      'page-size': { type: 'string', default: '1000' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const config = loadConfig();
  if (config.fhir) throw new AppError('bad-usage', 'The sandbox is what is served: leave FHIR_BASE_URL out.');
  const options = { port: whole('port', values.port, 0, 65_535), delayMs: whole('delay-ms', values['delay-ms'], 0, 60_000) };
  const pageSize = whole('page-size', values['page-size'], 1, 10_000);
  const records = await composeRecords(config);
  try {
    await records.seedIfEmpty();
    const server = await serveFhir(createFhirService({ store: records.store, pageSize }), options);
    process.stdout.write(`${server.baseUrl.href}\n`);
    await new Promise<void>((done) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
    });
    await server.close();
    return 0;
  } finally {
    await records.close();
  }
});

function whole(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (!/^\d{1,6}$/.test(value) || number < least || number > most)
    throw new AppError('bad-usage', `--${name} takes a whole number, ${least} to ${most}.`);
  return number;
}
