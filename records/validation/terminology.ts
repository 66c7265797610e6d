import type { CodeSystem, CodeSystemConcept, ValueSet, ValueSetComposeInclude } from '@medplum/fhirtypes';

export interface Terminology {
  /** Whether the value set has the code; without a system (a bare `code`) in any of its systems. `undefined`: it cannot be expanded here. */
  has(valueSet: string, code: string, system?: string): boolean | undefined;
  /** Names of a code in a code system that is here whole; `undefined`: the system is not; empty: it has no such code. */
  names(system: string, code: string): readonly string[] | undefined;
  /** Names that the value sets give a code where they list it, of any code system; `undefined`: none lists it. */
  listedAs(system: string, code: string): readonly string[] | undefined;
}

/** Expands value sets by listed codes, whole code systems, `is-a`/`descendent-of` over a system's own tree, and other value sets. */
export function createTerminology(valueSets: readonly ValueSet[], codeSystems: readonly CodeSystem[]): Terminology {
  const sets = new Map(valueSets.map((set) => [set.url as string, set]));
  const systems = new Map<string, Map<string, Concept>>();
  for (const { url, content, concept } of codeSystems)
    if (url !== undefined && content === 'complete' && concept !== undefined && !systems.has(url)) systems.set(url, flatten(concept));
  const expansions = new Map<string, ReadonlySet<string> | undefined>();

  function expand(url: string, under: readonly string[] = []): ReadonlySet<string> | undefined {
    if (expansions.has(url)) return expansions.get(url);
    const set = sets.get(url);
    if (set === undefined || under.includes(url)) return undefined;
    const codes = expandCompose(set, [...under, url]);
    expansions.set(url, codes);
    return codes;
  }

  function expandCompose({ compose, expansion }: ValueSet, under: readonly string[]): ReadonlySet<string> | undefined {
    if (compose === undefined)
      return expansion?.contains === undefined ? undefined : new Set(expansion.contains.map(({ system, code }) => `${system}|${code}`));
    const codes = new Set<string>();
    for (const part of compose.include) {
      const found = expandPart(part, under);
      if (found === undefined) return undefined;
      for (const code of found) codes.add(code);
    }
    for (const part of compose.exclude ?? []) {
      const found = expandPart(part, under);
      if (found === undefined) return undefined;
      for (const code of found) codes.delete(code);
    }
    return codes;
  }

  function expandPart({ system, concept, filter, valueSet }: ValueSetComposeInclude, under: readonly string[]) {
    const lists: (ReadonlySet<string> | undefined)[] = (valueSet ?? []).map((url) => expand(bare(url), under));
    if (system !== undefined) {
      if (concept !== undefined) lists.push(new Set(concept.map(({ code }) => `${system}|${code}`)));
      else {
        const whole = systems.get(system);
        const kept = whole && [...whole].filter(([code]) => (filter ?? []).every((rule) => passes(whole, code, rule)));
        const decidable = (filter ?? []).every(({ property, op }) => property === 'concept' && (op === 'is-a' || op === 'descendent-of'));
        lists.push(decidable && kept ? new Set(kept.map(([code]) => `${system}|${code}`)) : undefined);
      }
    }
    if (lists.length === 0 || lists.includes(undefined)) return undefined;
    // Several conditions in one part hold together.
    const [first, ...others] = lists as ReadonlySet<string>[];
    return new Set([...(first ?? [])].filter((code) => others.every((list) => list.has(code))));
  }

  const listed = new Map<string, string[]>();
  for (const { compose } of valueSets)
    for (const { system, concept } of compose?.include ?? [])
      for (const { code, display } of concept ?? []) {
        const names = listed.get(`${system}|${code}`) ?? [];
        if (display !== undefined) names.push(display);
        listed.set(`${system}|${code}`, names);
      }

  const bareCodes = new Map<string, ReadonlySet<string>>();
  return {
    has(valueSet, code, system) {
      const url = bare(valueSet);
      const open = OPEN[url];
      if (open !== undefined) return open(code);
      const codes = expand(url);
      if (codes === undefined) return undefined;
      if (system !== undefined) return codes.has(`${system}|${code}`);
      let plain = bareCodes.get(url);
      if (plain === undefined) {
        plain = new Set([...codes].map((item) => item.slice(item.lastIndexOf('|') + 1)));
        bareCodes.set(url, plain);
      }
      return plain.has(code);
    },
    names(system, code) {
      const whole = systems.get(system);
      return whole === undefined ? undefined : (whole.get(code)?.names ?? []);
    },
    listedAs: (system, code) => listed.get(`${system}|${code}`),
  };
}

/** Value sets of all codes of a registry that other standards keep: media types by their form (RFC 6838), currencies by ISO 4217. */
const OPEN: Readonly<Record<string, (code: string) => boolean>> = {
  'http://hl7.org/fhir/ValueSet/mimetypes': (code) => /^[a-z0-9][\w!#$&^.+-]*\/[a-z0-9][\w!#$&^.+-]*(?:\s*;.*)?$/i.test(code),
  'http://hl7.org/fhir/ValueSet/currencies': (code) => Intl.supportedValuesOf('currency').includes(code),
};

interface Concept {
  readonly names: readonly string[];
  /** Every concept above it. */
  readonly above: ReadonlySet<string>;
}

function flatten(concepts: readonly CodeSystemConcept[], above: readonly string[] = [], into = new Map<string, Concept>()) {
  for (const { code, display, designation, concept, property } of concepts) {
    if (code === undefined) continue;
    const parents = (property ?? []).flatMap((item) =>
      item.code === 'subsumedBy' && item.valueCode !== undefined ? [item.valueCode] : [],
    );
    const names = [display, ...(designation ?? []).map(({ value }) => value)].filter((name) => name !== undefined);
    into.set(code, { names, above: new Set([...above, ...parents]) });
    if (concept !== undefined) flatten(concept, [...above, code], into);
  }
  return into;
}

function passes(whole: ReadonlyMap<string, Concept>, code: string, { op, value }: { op?: string; value?: string }): boolean {
  if (value === undefined) return false;
  if (op === 'is-a' && code === value) return true;
  const seen = new Set<string>();
  const climb = (from: string): boolean => {
    if (seen.has(from)) return false;
    seen.add(from);
    const above = whole.get(from)?.above ?? new Set<string>();
    return above.has(value) || [...above].some(climb);
  };
  return climb(code);
}

function bare(canonical: string): string {
  return canonical.split('|')[0] as string;
}
