import { isDeepStrictEqual } from 'node:util';
import type { FhirResource, PatchOperation } from '../contract.ts';

/** What a server writes itself into everything that it stores. */
const OF_THE_SERVER = new Set(['id', 'text', 'meta']);

const own = ({ meta, ...fields }: FhirResource): Readonly<Record<string, unknown>> => {
  const { versionId: _, lastUpdated: __, source: ___, ...kept } = (meta ?? {}) as Readonly<Record<string, unknown>>;
  return { ...Object.fromEntries(Object.entries(fields).filter(([name]) => !OF_THE_SERVER.has(name))), tags: kept };
};

const versionOf = ({ meta }: FhirResource): string | undefined => (meta as { versionId?: string } | undefined)?.versionId;

/** Whether what stands there is exactly what was to be written, in another version than the one that it was to replace. */
export const isWritten = (now: FhirResource, sent: FhirResource, replaced: string): boolean =>
  versionOf(now) !== replaced && isDeepStrictEqual(own(now), own(JSON.parse(JSON.stringify(sent)) as FhirResource));

/** Whether these operations, and nothing else, lead from the version before to what stands there; false where that cannot be told. */
export function isPatched(now: FhirResource, before: FhirResource, operations: readonly PatchOperation[]): boolean {
  if (versionOf(now) === versionOf(before)) return false;
  const touched = new Set(operations.filter(({ op }) => op !== 'test').map(({ path }) => path.split('/')[1] ?? ''));
  const rest = (resource: FhirResource) => Object.fromEntries(Object.entries(own(resource)).filter(([name]) => !touched.has(name)));
  if (touched.has('meta') || !isDeepStrictEqual(rest(now), rest(before))) return false;
  return operations.every((operation) => {
    if (operation.op === 'test') return true;
    // Beneath a field another change may have come with it: only a whole field tells.
    const [, name = '', ...beneath] = operation.path.split('/');
    if (beneath.length > 0) return false;
    if (operation.op === 'remove') return now[name] === undefined;
    return (operation.op === 'add' || operation.op === 'replace') && isDeepStrictEqual(now[name], operation.value);
  });
}
