import { createHash } from 'node:crypto';
import type { FhirResource } from '../contract.ts';

const digests = new WeakMap<FhirResource, string>();

/** All that it says: some servers correct an entry in place, under the version and the time of change that it had. */
function digestOf(resource: FhirResource): string {
  let digest = digests.get(resource);
  if (digest === undefined) {
    digest = createHash('sha256').update(JSON.stringify(resource)).digest('base64url');
    digests.set(resource, digest);
  }
  return digest;
}

/** Changes whenever any resource, any number of them, or what is said of the whole does. */
export function stampOf(resources: readonly FhirResource[], more: unknown): string {
  const hash = createHash('sha256');
  for (const resource of resources) hash.update(`${resource.resourceType}/${resource.id}/${digestOf(resource)}\n`);
  return hash.update(JSON.stringify(more)).digest('base64url');
}
