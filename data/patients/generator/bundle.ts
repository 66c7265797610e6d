import type { Bundle, Resource } from '@medplum/fhirtypes';
import { INVENTED } from './clinic.ts';

/** Where invented resources say that they live; nobody owns the name (RFC 2606). */
export const BASE = 'https://rounds.example/fhir/R4';

function referencesIn(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) referencesIn(item, found);
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value))
      if (name === 'reference' && typeof inner === 'string') found.add(inner);
      else referencesIn(inner, found);
}

/** Gives to resources those of `shared` that they lead to, each once. */
export function sharedBy(shared: readonly Resource[]): (resources: readonly Resource[]) => readonly Resource[] {
  const pool = new Map(shared.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]));
  return (resources) => {
    const taken = new Set(resources.map((resource) => `${resource.resourceType}/${resource.id}`));
    const all = [...resources];
    for (let i = 0; i < all.length; i++) {
      const wanted = new Set<string>();
      referencesIn(all[i], wanted);
      for (const reference of wanted) {
        const found = taken.has(reference) ? undefined : pool.get(reference);
        if (found === undefined) continue;
        taken.add(reference);
        all.push(found);
      }
    }
    return all;
  };
}

/** A transaction that puts every resource under its own id, so that any FHIR R4 server takes it, also twice. */
export function bundleOf(id: string, resources: readonly Resource[]): Bundle {
  return {
    resourceType: 'Bundle',
    id,
    meta: { tag: [{ system: INVENTED, code: 'invented', display: 'Invented for demonstration: no real person' }] },
    type: 'transaction',
    entry: resources.map((resource) => ({
      fullUrl: `${BASE}/${resource.resourceType}/${resource.id}`,
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    })),
  };
}
