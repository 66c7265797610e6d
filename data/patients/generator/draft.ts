import type { Resource } from '@medplum/fhirtypes';
import type { Day } from './calendar.ts';
import type { Clinic } from './clinic.ts';
import type { WrittenNote } from './note.ts';
import type { Person } from './person.ts';
import type { Body } from './physiology.ts';
import type { Random } from './random.ts';

/** One patient's record while it is written: what the parts of the generator share. */
export interface Draft {
  readonly id: string;
  readonly person: Person;
  readonly asOf: Day;
  readonly clinic: Clinic;
  readonly body: Body;
  readonly random: Random;
  readonly patient: { readonly reference: string };
  /** A readable id that no other resource of the type has: patient, what it is, day. */
  readonly idFor: (type: Resource['resourceType'], slug: string, day?: Day) => string;
  readonly add: <T extends Resource>(resource: T) => T;
  readonly all: () => readonly Resource[];
  /** The last note of each visit, by the reference of its encounter. */
  readonly notes: Map<string, WrittenNote>;
}

/** FHIR ids have 64 characters at most. */
const LONGEST = 64;

export function createDraft(parts: Omit<Draft, 'patient' | 'idFor' | 'add' | 'all' | 'notes'>): Draft {
  const held = new Map<string, Resource>();
  const given = new Set<string>();
  return {
    ...parts,
    patient: { reference: `Patient/${parts.id}` },
    idFor: (type, slug, day) => {
      const plain = `${parts.id}-${slug}${day ? `-${day.replaceAll('-', '')}` : ''}`.replace(/[^A-Za-z0-9.-]/g, '-');
      for (let n = 1; ; n++) {
        const end = n === 1 ? '' : `-${n}`;
        const id = `${plain.slice(0, LONGEST - end.length)}${end}`;
        if (given.has(`${type}/${id}`)) continue;
        given.add(`${type}/${id}`);
        return id;
      }
    },
    add: (resource) => {
      const key = `${resource.resourceType}/${resource.id}`;
      if (held.has(key)) throw new Error(`${key} is there already`);
      held.set(key, resource);
      return resource;
    },
    all: () => [...held.values()],
    notes: new Map(),
  };
}

/** "Patient/rosa-delgado" of a resource. */
export const referenceTo = (resource: Resource): string => `${resource.resourceType}/${resource.id}`;

/** Words as a part of an id: "Left hip X-ray" -> "left-hip-x-ray". */
export const slugOf = (words: string): string => words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
