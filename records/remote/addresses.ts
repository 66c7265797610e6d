import type { FhirResource } from '../contract.ts';
import { type PatientIdOf, patientIdOf } from '../owners.ts';

/** http://hl7.org/fhir/R4/datatypes.html#id */
export const FHIR_ID = /^[A-Za-z0-9.-]{1,64}$/;
export const FHIR_TYPE = /^[A-Z][A-Za-z]{1,63}$/;

/** The addresses that one FHIR server goes by: ours for it, and those that it calls itself by where a proxy stands between. */
export interface OwnAddresses {
  /** An address that the server has called itself by. */
  add(base: string): void;
  /** `Type/id` of a reference to a resource of this server, whatever version it names; undefined where it leads elsewhere. */
  relative(reference: string): string | undefined;
  /** The whole address of what stands there under this server's own. */
  absolute(path: string): string;
  /** The resource with every reference to this server as `Type/id`, with the version that it names; those that lead elsewhere stay as they are. */
  relativised(resource: FhirResource): FhirResource;
  /** As `ownersOf` needs it. The `Patient/1` of another server is somebody else: for it, the whole reference stands. */
  readonly patientIdOf: PatientIdOf;
}

export function createOwnAddresses(baseUrl: URL): OwnAddresses {
  const bases = new Set<string>();
  /** A proxy may end TLS: the scheme tells nothing of whose server it is. */
  const plain = (url: string): string | undefined => {
    const { protocol, host, pathname } = URL.canParse(url) ? new URL(url) : ({} as Partial<URL>);
    return protocol === 'https:' || protocol === 'http:' ? `${host}${pathname}` : undefined;
  };
  const add = (base: string): void => {
    const own = plain(base);
    if (own !== undefined) bases.add(own.endsWith('/') ? own : `${own}/`);
  };
  add(baseUrl.href);

  function relative(reference: string): string | undefined {
    let path: string | undefined = reference;
    if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) {
      const whole = plain(reference);
      const base = whole === undefined ? undefined : [...bases].find((one) => whole.startsWith(one));
      path = base === undefined ? undefined : whole?.slice(base.length);
    }
    return /^([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/.exec(path ?? '')?.[1];
  }

  function plainly(reference: string): string {
    const own = relative(reference);
    return own === undefined ? reference : `${own}${/\/_history\/[^/]+$/.exec(reference)?.[0] ?? ''}`;
  }

  function rewritten(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    let changed: Record<string, unknown> | unknown[] | undefined;
    for (const [key, inner] of Object.entries(value)) {
      const next = key === 'reference' && typeof inner === 'string' && inner.includes(':') ? plainly(inner) : rewritten(inner);
      if (next === inner) continue;
      changed ??= Array.isArray(value) ? [...value] : { ...value };
      Object.assign(changed, { [key]: next });
    }
    return changed ?? value;
  }

  return {
    add,
    relative,
    absolute: (path) => new URL(path, baseUrl).href,
    relativised: (resource) => rewritten(resource) as FhirResource,
    patientIdOf: (reference) => {
      const own = relative(reference);
      if (own !== undefined) return own.startsWith('Patient/') ? own.slice('Patient/'.length) : undefined;
      return patientIdOf(reference) === undefined ? undefined : reference;
    },
  };
}
