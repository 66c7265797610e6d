import type { Resource } from '@medplum/fhirtypes';
import type { Fault, Resolve } from './contract.ts';
import { evaluate } from './fhir-path.ts';
import type { Constraints, ProfileTable, Slice } from './rules.ts';
import type { Terminology } from './terminology.ts';
import { children, codingsOf, isObject, matches, type Node, owners, typeInReference, valuesAt } from './tree.ts';

export interface TableContext {
  readonly terminology: Terminology;
  readonly resolve: Resolve;
}

/** What a resource lacks of a profile in our table, its parents' constraints included. */
export function checkProfile(resource: Resource, profile: ProfileTable, context: TableContext): Fault[] {
  const root: Node = { value: resource, path: resource.resourceType };
  const faults: Fault[] = [];
  if (resource.resourceType !== profile.type)
    return [fault(profile.url, 'type', resource.resourceType, `the profile is for ${profile.type}`)];
  for (let at: ProfileTable | undefined = profile; at !== undefined; at = at.parent) {
    faults.push(...checkConstraints(root, at, profile.url, context));
    for (const { key, says, fhirPath, holds, severity } of at.invariants ?? []) {
      const met = holds ? holds(resource, context.resolve) : evaluate(fhirPath as string, resource) === true;
      if (!met) faults.push({ ...fault(profile.url, key, resource.resourceType, says), severity: severity ?? 'error' });
    }
  }
  return faults;
}

/** Constraints from any node: a resource, a slice's value, an extension. */
export function checkConstraints(root: Node, rules: Constraints, profile: string, context: TableContext): Fault[] {
  const faults: Fault[] = [];
  const say = (rule: string, path: string, message: string, severity: Fault['severity'] = 'error') =>
    faults.push({ ...fault(profile, rule, path, message), severity });

  for (const path of rules.required ?? []) {
    const { at, last } = owners(root, path);
    for (const owner of at) if (children(owner, last).length === 0) say('required', `${owner.path}.${last}`, `${path} is missing`);
  }
  for (const path of rules.absent ?? [])
    for (const { path: where } of valuesAt(root, path)) say('not-allowed', where, `${path} is not allowed`);
  for (const [path, most] of Object.entries(rules.atMost ?? {})) {
    const { at, last } = owners(root, path);
    for (const owner of at) {
      const count = children(owner, last).length;
      if (count > most) say('at-most', `${owner.path}.${last}`, `${count} values where at most ${most} may be`);
    }
  }
  for (const [path, types] of Object.entries(rules.types ?? {}))
    for (const node of valuesAt(root, path))
      if (!types.includes(node.type ?? '')) say('type', node.path, `${node.type} where only ${types.join(', ')} may be`);
  for (const [path, token] of Object.entries(rules.fixed ?? {}))
    for (const { value, path: where } of valuesAt(root, path))
      if (value !== token && !(token.includes('|') && matches(value, token))) say('fixed', where, `${show(value)} is not ${token}`);
  for (const [path, allowed] of Object.entries(rules.codes ?? {}))
    for (const { value, path: where } of valuesAt(root, path))
      if (!allowed.some((token) => matches(value, token))) say('binding', where, `${show(value)} is none of ${brief(allowed)}`);
  for (const [path, valueSet] of Object.entries(rules.bound ?? {}))
    for (const { value, path: where } of valuesAt(root, path)) {
      const codings = codingsOf(value);
      const known = codings.map(({ system, code = '' }) =>
        context.terminology.has(valueSet, code, typeof value === 'string' ? undefined : (system ?? '')),
      );
      if (!known.includes(true) && !known.includes(undefined)) say('binding', where, `${show(value)} is not in ${valueSet}`);
    }
  for (const [path, systems] of Object.entries(rules.systems ?? {}))
    for (const { value, path: where } of valuesAt(root, path)) {
      const codings = codingsOf(value);
      if (codings.length > 0 && !codings.some(({ system }) => systems.includes(system ?? '')))
        say('extensible', where, `${show(value)} has no code of ${systems.join(', ')}`, 'warning');
    }
  for (const [path, types] of Object.entries(rules.targets ?? {}))
    for (const { value, path: where } of valuesAt(root, path)) {
      if (!isObject(value) || typeof value.reference !== 'string' || value.reference.startsWith('#')) continue;
      const target = context.resolve(value.reference)?.resourceType ?? typeInReference(value.reference);
      if (target !== undefined && !types.includes(target))
        say('reference', where, `names a ${target} where only ${types.join(', ')} may be`);
    }
  for (const slice of rules.slices ?? []) faults.push(...checkSlice(root, slice, profile, context));
  return faults;
}

function checkSlice(root: Node, slice: Slice, profile: string, context: TableContext): Fault[] {
  const { at, last } = owners(root, slice.at);
  return at.flatMap((owner) => {
    const members = children(owner, last).filter(({ value }) => isMember(value, slice));
    const faults = members.flatMap((node) => checkConstraints(node, slice, profile, context));
    const most = slice.max ?? Number.POSITIVE_INFINITY;
    if (members.length >= (slice.min ?? 0) && members.length <= most) return faults;
    const wanted = slice.among === undefined ? slice.is?.[1] : brief(slice.among);
    const message = `${members.length} of "${slice.name}" (${wanted}) where ${slice.min ?? 0} to ${slice.max ?? 'any number'} must be`;
    return [fault(profile, 'slice', `${owner.path}.${last}`, message), ...faults];
  });
}

function isMember(value: unknown, { among, on, is }: Slice): boolean {
  if (is !== undefined) return isObject(value) && value[is[0]] === is[1];
  const held = on === undefined ? value : isObject(value) ? value[on] : undefined;
  return (among ?? []).some((token) => matches(held, token));
}

function fault(profile: string, rule: string, path: string, message: string): Fault {
  return { severity: 'error', rule, path, message, profile, by: 'table' };
}

function show(value: unknown): string {
  if (typeof value !== 'object') return `"${String(value)}"`;
  const codings = codingsOf(value).map(({ system, code }) => `${system}|${code}`);
  return codings.length > 0 ? codings.join(' ') : 'what is there';
}

function brief(tokens: readonly string[]): string {
  return tokens.length <= 4 ? tokens.join(', ') : `${tokens.slice(0, 3).join(', ')} or ${tokens.length - 3} more`;
}
