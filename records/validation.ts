import {
  type InternalTypeSchema,
  indexStructureDefinitionBundle,
  OperationOutcomeError,
  parseStructureDefinition,
  validateResource,
} from '@medplum/core';
import type { Resource, StructureDefinition } from '@medplum/fhirtypes';
import { checkConstraints, checkProfile } from './validation/check-table.ts';
import type { CheckedBy, Contents, Fault, Resolve, Validator } from './validation/contract.ts';
import type { Definitions } from './validation/definitions.ts';
import { EXTENSIONS } from './validation/profiles/extensions.ts';
import { MCODE_PROFILES } from './validation/profiles/mcode.ts';
import { US_CORE_PROFILES } from './validation/profiles/us-core.ts';
import { OBSERVATION_PROFILES } from './validation/profiles/us-core-observations.ts';
import { PEOPLE_PROFILES } from './validation/profiles/us-core-people.ts';
import type { Terminology } from './validation/terminology.ts';
import { createTerminology } from './validation/terminology.ts';
import { emptyPaths } from './validation/tree.ts';
import { walk } from './validation/walk.ts';

/** Every profile of our own tables. */
export const PROFILE_TABLES = [...US_CORE_PROFILES, ...PEOPLE_PROFILES, ...OBSERVATION_PROFILES, ...MCODE_PROFILES];
const TABLES = new Map(PROFILE_TABLES.map((table) => [table.url, table]));
const EXTENSION_TABLES = new Map(EXTENSIONS.map((table) => [table.url, table]));
/** Slices cut by a path inside a list, which the library's validator reads as absent in every resource: our table checks this one alone. */
const MISREAD = new Set(['http://hl7.org/fhir/StructureDefinition/bp']);

/** Judges resources by base FHIR R4 and by the profiles they name. Loads the definitions into the library's global schema. */
export function createValidator(definitions: Definitions, terminology: Terminology = termsOf(definitions)): Validator {
  indexStructureDefinitionBundle([...definitions.base]);
  const structures = new Map<string, { readonly definition: StructureDefinition; readonly schema: InternalTypeSchema }>();
  for (const definition of definitions.profiles) {
    const url = definition.url as string;
    if (MISREAD.has(url)) continue;
    try {
      structures.set(url, { definition, schema: parseStructureDefinition(definition) });
    } catch {
      // The library cannot read it: whoever names it hears that nobody checks it.
    }
  }
  const unexpanded = new Set<string>();

  function checkedBy(profile: string): CheckedBy {
    const url = profile.split('|')[0] as string;
    if (structures.has(url)) return TABLES.has(url) ? 'both' : 'package';
    return TABLES.has(url) ? 'table' : 'nobody';
  }

  return {
    checkedBy,
    unexpanded: () => [...unexpanded].sort(),
    validate: (resource, resolve) => examine(resource, resolve).faults,
    examine,
  };

  function examine(resource: Resource, resolve: Resolve = () => undefined): { faults: readonly Fault[]; contents?: Contents } {
    const faults = structureFaults(resource);
    for (const path of emptyPaths(resource, resource.resourceType))
      faults.push({ severity: 'error', rule: 'structure', path, message: 'is empty', by: 'package' });
    const walked = safely(() => walk(resource, terminology, resolve, unexpanded));
    if (walked !== undefined) {
      faults.push(...walked.faults);
      for (const { path, extension } of walked.extensions) faults.push(...extensionFaults(extension, path, { terminology, resolve }));
    } else if (faults.length === 0)
      faults.push({
        severity: 'error',
        rule: 'structure',
        path: resource.resourceType,
        message: 'cannot be read by its type',
        by: 'package',
      });
    for (const named of new Set(resource.meta?.profile ?? [])) faults.push(...profileFaults(resource, named, resolve));
    return { faults: distinct(faults), ...(walked === undefined ? {} : { contents: walked }) };
  }

  function profileFaults(resource: Resource, named: string, resolve: Resolve): readonly Fault[] {
    const url = named.split('|')[0] as string;
    const [structure, table] = [structures.get(url), TABLES.get(url)];
    if (structure === undefined && table === undefined) {
      const message = 'nobody here can check this profile: no definition in the package, no table of ours';
      return [
        { severity: 'error', rule: 'unknown-profile', path: `${resource.resourceType}.meta.profile`, message, profile: url, by: 'table' },
      ];
    }
    const faults: Fault[] = [];
    if (structure !== undefined) {
      if (structure.definition.type !== resource.resourceType)
        faults.push({
          severity: 'error',
          rule: 'type',
          path: resource.resourceType,
          message: `the profile is for ${structure.definition.type}`,
          profile: url,
          by: 'package',
        });
      else {
        faults.push(...structureFaults(resource, structure.definition));
        // What the package cannot expand of a profile, our table of the same profile lists.
        const walked = safely(() =>
          walk(resource, terminology, resolve, table === undefined ? unexpanded : new Set(), structure.schema, url),
        );
        faults.push(...(walked?.faults ?? []).filter(({ rule }) => rule === 'binding'));
      }
    }
    if (table !== undefined) faults.push(...checkProfile(resource, table, { terminology, resolve }));
    return faults;
  }

  function extensionFaults(
    extension: { readonly url?: string },
    path: string,
    context: { terminology: Terminology; resolve: Resolve },
  ): readonly Fault[] {
    const url = extension.url ?? '';
    const table = EXTENSION_TABLES.get(url);
    if (table !== undefined) return checkConstraints({ value: extension, path }, table, url, context);
    // Parts of a complex extension have names, not addresses.
    if (!url.includes(':') || definitions.extensions.has(url)) return [];
    return [
      {
        severity: 'warning',
        rule: 'unknown-extension',
        path,
        message: `nobody here can check the extension ${url}`,
        profile: url,
        by: 'table',
      },
    ];
  }
}

export function termsOf({ valueSets, codeSystems }: Definitions): Terminology {
  return createTerminology(valueSets, codeSystems);
}

/** The library throws one error with all issues; anything else that it throws is a fault too. */
function structureFaults(resource: Resource, profile?: StructureDefinition): Fault[] {
  const of = profile?.url === undefined ? {} : { profile: profile.url };
  const issues = (() => {
    try {
      return validateResource(resource, profile === undefined ? undefined : { profile });
    } catch (cause) {
      if (cause instanceof OperationOutcomeError) return cause.outcome.issue ?? [];
      return [{ severity: 'error' as const, details: { text: cause instanceof Error ? cause.message : String(cause) } }];
    }
  })();
  return (
    issues
      // Its reference check reads a urn or an absolute address as a type.
      .filter(({ details }) => details?.text?.startsWith('Invalid reference') !== true)
      .map((issue) => {
        const text = issue.details?.text ?? 'not valid';
        const key = /^Constraint (\S+) not met/.exec(text)?.[1];
        const rule = key ?? (/^Missing required/.test(text) ? 'required' : 'structure');
        const path = ('expression' in issue ? issue.expression?.[0] : undefined) ?? resource.resourceType ?? '';
        return { severity: issue.severity === 'warning' ? 'warning' : 'error', rule, path, message: text, by: 'package', ...of };
      })
  );
}

function safely<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}

function distinct(faults: readonly Fault[]): readonly Fault[] {
  const seen = new Map<string, Fault>();
  for (const fault of faults) seen.set(`${fault.profile}|${fault.rule}|${fault.path}|${fault.message}`, fault);
  return [...seen.values()];
}
