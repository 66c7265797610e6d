import { evalFhirPath, type FhirPathAtom, parseFhirPath } from '@medplum/core';

const parsed = new Map<string, FhirPathAtom>();

/** The first value of an expression. Expressions are few and asked of every resource: each is parsed once. */
export function evaluate(expression: string, value: unknown): unknown {
  const atom = parsed.get(expression) ?? parseFhirPath(expression);
  parsed.set(expression, atom);
  return evalFhirPath(atom, value)[0];
}
