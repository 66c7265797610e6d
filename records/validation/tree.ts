import type { CodingLike } from './contract.ts';

/** A value of a resource's tree with its path. */
export interface Node {
  readonly value: unknown;
  readonly path: string;
  /** Type suffix where the element is a choice (`DateTime` of `effectiveDateTime`). */
  readonly type?: string;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values of one child element; `value[x]` finds whichever type is there. A primitive's `_name` counts as its presence. */
export function children({ value, path }: Node, name: string): readonly Node[] {
  if (!isObject(value)) return [];
  const found: Node[] = [];
  const add = (key: string, type?: string) => {
    const list = Array.isArray(value[key]) ? (value[key] as readonly unknown[]) : value[key] === undefined ? [] : [value[key]];
    for (const item of list) found.push({ value: item, path: `${path}.${name}`, ...(type === undefined ? {} : { type }) });
  };
  if (name.endsWith('[x]')) {
    const stem = name.slice(0, -3);
    const present = new Set(Object.keys(value).map((key) => (key.startsWith('_') ? key.slice(1) : key)));
    for (const key of present) {
      const type = key.slice(stem.length);
      if (!key.startsWith(stem) || !/^[A-Z]/.test(type)) continue;
      if (value[key] !== undefined) add(key, type);
      else add(`_${key}`, type);
    }
    return found;
  }
  add(name);
  if (found.length === 0) add(`_${name}`);
  return found;
}

/** All values at a path of several steps, and for each step's owner so that "required where the owner is" can be told. */
export function owners(root: Node, path: string): { readonly at: readonly Node[]; readonly last: string } {
  const steps = path.split('.');
  const last = steps.pop() as string;
  let at: readonly Node[] = [root];
  for (const step of steps) at = at.flatMap((node) => children(node, step));
  return { at, last };
}

export function valuesAt(root: Node, path: string): readonly Node[] {
  const { at, last } = owners(root, path);
  return at.flatMap((node) => children(node, last));
}

/** Codings of a CodeableConcept, a Coding, a Quantity, or a bare code (no system). */
export function codingsOf(value: unknown): readonly CodingLike[] {
  if (typeof value === 'string') return [{ code: value }];
  if (!isObject(value)) return [];
  if (Array.isArray(value.coding)) return value.coding.filter(isObject) as readonly CodingLike[];
  return typeof value.code === 'string' ? [value as CodingLike] : [];
}

export function matches(value: unknown, token: string): boolean {
  return codingsOf(value).some(({ system, code }) =>
    system === undefined && typeof value === 'string' ? code === token.slice(token.lastIndexOf('|') + 1) : `${system}|${code}` === token,
  );
}

/** Type of the resource that a literal reference names, where its text says it. */
export function typeInReference(reference: string): string | undefined {
  return /(?:^|\/)([A-Z][A-Za-z]+)(?:\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[^/]+)?|\?.*)$/.exec(reference)?.[1];
}

/** Where an array, object or string is empty, which FHIR allows nowhere (R4, 2.6.2 JSON representation). */
export function emptyPaths(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? [path] : value.flatMap((item) => (item === null ? [] : emptyPaths(item, path)));
  if (isObject(value)) {
    const entries = Object.entries(value);
    return entries.length === 0 ? [path] : entries.flatMap(([key, inner]) => emptyPaths(inner, `${path}.${key}`));
  }
  return value === '' ? [path] : [];
}
