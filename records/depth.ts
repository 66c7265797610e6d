/** Deeper than any resource: what is nested so far was made to exhaust whoever reads it. */
const DEEPEST = 200;

/** Whether parsed JSON lies within itself deeper than a FHIR resource does, so that no walk through it may follow it. */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth < DEEPEST; depth++) {
    const below: unknown[] = [];
    for (const one of level)
      if (typeof one === 'object' && one !== null)
        for (const inner of Object.values(one)) if (typeof inner === 'object' && inner !== null) below.push(inner);
    if (below.length === 0) return false;
    level = below;
  }
  return true;
}
