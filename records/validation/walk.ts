import { crawlTypedValue, type InternalTypeSchema, type TypedValueWithPath, toTypedValue } from '@medplum/core';
import type { Extension, Resource } from '@medplum/fhirtypes';
import type { CodingLike, Contents, Fault, Resolve } from './contract.ts';
import { evaluate } from './fhir-path.ts';
import type { Terminology } from './terminology.ts';
import { codingsOf, isObject, typeInReference } from './tree.ts';

/** What one pass over a resource by the R4 definitions finds. */
export interface Walked extends Contents {
  /** Required bindings, reference types and the invariants of data types: what the library's validator leaves out. */
  readonly faults: readonly Fault[];
  readonly extensions: readonly { readonly path: string; readonly extension: Extension }[];
}

const QUANTITIES = new Set(['Quantity', 'Age', 'Duration', 'Count', 'Distance', 'MoneyQuantity', 'SimpleQuantity']);
/** Invariants that the library's engine cannot evaluate, or that hold of every JSON resource. */
const SKIPPED = new Set(['ele-1', 'ext-1', 'dom-2', 'dom-3', 'dom-4', 'dom-5', 'dom-6']);

export function walk(
  resource: Resource,
  terminology: Terminology,
  resolve: Resolve,
  unexpanded: Set<string>,
  schema?: InternalTypeSchema,
  profile?: string,
): Walked {
  const found = {
    faults: [] as Fault[],
    extensions: [] as Walked['extensions'][number][],
    codings: [] as Walked['codings'][number][],
    quantities: [] as Walked['quantities'][number][],
    references: [] as Walked['references'][number][],
    times: [] as Walked['times'][number][],
    periods: [] as Walked['periods'][number][],
  };
  const say = (rule: string, path: string, message: string, severity: Fault['severity'] = 'error') =>
    found.faults.push({ severity, rule, path, message, by: 'package', ...(profile === undefined ? {} : { profile }) });

  const value = (
    node: TypedValueWithPath,
    binding: { readonly strength?: string; readonly valueSet?: string } | undefined,
    targets: readonly string[],
  ) => {
    const { type, value: held, path } = node;
    if (
      binding?.strength === 'required' &&
      binding.valueSet !== undefined &&
      (type === 'Coding' || type === 'CodeableConcept' || (type === 'code' && typeof held === 'string'))
    ) {
      const codings = codingsOf(held);
      const known = codings.map(({ system, code = '' }) =>
        terminology.has(binding.valueSet as string, code, type === 'code' ? undefined : (system ?? '')),
      );
      if (known.includes(undefined)) unexpanded.add(binding.valueSet.split('|')[0] as string);
      else if (!known.includes(true))
        say(
          'binding',
          path,
          `${codings.map(({ system, code }) => (system ? `${system}|${code}` : `"${code}"`)).join(' ') || 'no code'} is not in ${binding.valueSet}`,
        );
    }
    if (type === 'Coding' && isObject(held)) found.codings.push({ path, coding: held as CodingLike });
    if (type === 'Extension' && isObject(held)) found.extensions.push({ path, extension: held as unknown as Extension });
    if (QUANTITIES.has(type) && isObject(held)) found.quantities.push({ path, ...(held as { system?: string; code?: string }) });
    if (type === 'Period' && isObject(held)) found.periods.push({ path, ...(held as { start?: string; end?: string }) });
    if ((type === 'dateTime' || type === 'instant' || type === 'date') && typeof held === 'string')
      found.times.push({ path, type, value: held });
    if (type === 'Reference' && isObject(held) && typeof held.reference === 'string' && !held.reference.startsWith('#')) {
      found.references.push({ path, reference: held.reference });
      const target = resolve(held.reference)?.resourceType ?? typeInReference(held.reference);
      if (target !== undefined && targets.length > 0 && !targets.includes(target))
        say('reference', path, `names a ${target} where only ${targets.join(', ')} may be`);
    }
  };

  crawlTypedValue(
    toTypedValue(resource),
    {
      onEnterObject: (path, node, type) => {
        if (node.type === resource.resourceType || isObject(node.value) === false) return;
        for (const { key, severity, expression, description } of type.constraints ?? [])
          if (severity === 'error' && !SKIPPED.has(key) && !holds(expression, node.value)) say(key, path, description);
      },
      visitProperty: (_parent, key, _path, values, type) => {
        const element = type.elements[key] ?? type.elements[choiceOf(key, type)];
        if (element === undefined) return;
        const targets = element.type
          .flatMap(({ targetProfile }) => targetProfile ?? [])
          .map((url) => url.slice(url.lastIndexOf('/') + 1))
          .filter((name) => name !== 'Resource' && name !== 'DomainResource');
        const resources = targets.every((name) => /^[A-Z]/.test(name)) ? targets : [];
        for (const item of values.flat()) if (item.value !== undefined) value(item, element.binding, resources);
      },
    },
    { skipMissingProperties: true, ...(schema === undefined ? {} : { schema, initialPath: resource.resourceType }) },
  );
  return found;
}

/** The element that a typed name of a choice stands for: `value[x]` for `valueQuantity`. */
function choiceOf(key: string, { elements }: InternalTypeSchema): string {
  const choices = Object.keys(elements).filter(
    (name) => name.endsWith('[x]') && key.startsWith(name.slice(0, -3)) && /^[A-Z]/.test(key.slice(name.length - 3)),
  );
  return choices[0] ?? key;
}

function holds(expression: string, value: unknown): boolean {
  try {
    return evaluate(expression, value) !== false;
  } catch {
    return true;
  }
}
