import { compose, composeRecords, type Rounds } from '../compose.ts';
import { parseConfig } from '../config.ts';
import type { OpenedRounds } from './runner.ts';

/**
 * The shipped product on an empty data directory of its own: the same composition root and importer as the command line, default settings.
 * The files go in before anything of the product stands, so that it meets them as it meets a record that was there yesterday.
 */
export async function openRounds(dataDir: string): Promise<OpenedRounds> {
  const config = parseConfig({ DATA_DIR: dataDir });
  let opened: Promise<Rounds> | undefined;
  const rounds = () => {
    opened ??= compose(config);
    return opened;
  };
  return {
    async importFiles(files) {
      const records = await composeRecords(config);
      try {
        return await records.importFiles(files);
      } finally {
        await records.close();
      }
    },
    ask: async (request) => (await rounds()).ask(request),
    verify: async (request) => (await rounds()).verify(request),
    close: async () => (await opened)?.close(),
  };
}
