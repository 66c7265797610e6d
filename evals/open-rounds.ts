import type { AskResult } from '../agents/contract.ts';
import type { VerifiedClaim } from './contract.ts';
import type { OpenedRounds } from './runner.ts';

/** What this needs of `compose.ts`. */
interface Composition {
  readonly rounds: {
    ask(request: { patient: string; question: string; thread?: string; id?: string }): Promise<AskResult>;
    verify(request: { patient: string; text: string; citations?: readonly string[]; id?: string }): Promise<{
      id: string;
      claims: readonly VerifiedClaim[];
    }>;
    importFiles(files: readonly string[]): Promise<{ readonly failed: readonly { readonly file: string; readonly fault: string }[] }>;
    close(): Promise<void>;
  };
}

/** The shipped product on a data directory of its own: same composition root as the command line, default settings otherwise. */
export async function openRounds(dataDir: string): Promise<OpenedRounds> {
  const [{ compose }, { parseConfig }] = (await Promise.all([
    import(new URL('../compose.ts', import.meta.url).href),
    import(new URL('../config.ts', import.meta.url).href),
  ])) as [{ compose(config: unknown): Promise<Composition> }, { parseConfig(env: Record<string, string>): unknown }];
  const { rounds } = await compose(parseConfig({ DATA_DIR: dataDir }));
  return rounds;
}
