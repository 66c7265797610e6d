export declare class InstallError extends Error {
  readonly exitCode: number;
}
export interface InstallOptions {
  readonly development: boolean;
  readonly say: (line: string) => void;
  readonly run?: (root: string, development: boolean) => Promise<number>;
  readonly staleMs?: number;
}
export declare function ensureInstalled(root: string, options: InstallOptions): Promise<void>;
export declare function mismatch(root: string, development: boolean): string | undefined;
