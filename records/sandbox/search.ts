import { evalFhirPathTyped, toTypedValue } from '@medplum/core';
import resourceTypeTable from '../../data/fhir/r4-resource-types.json' with { type: 'json' };
import parameterTable from '../../data/fhir/r4-search-parameters.json' with { type: 'json' };
import { AppError } from '../../errors.ts';
import type { FhirResource } from '../contract.ts';
import { patientIdOf } from '../owners.ts';
import {
  dateTest,
  numberTest,
  quantityTest,
  referenceTest,
  sortKey,
  splitCommas,
  stringTest,
  textTest,
  tokenTest,
} from './search-values.ts';

/** A search, understood: which resources, of which patient, in what order. */
export interface Search {
  readonly resourceType: string;
  /** Every result must be this patient's. */
  readonly patientId?: string;
  readonly ids?: readonly string[];
  readonly matches: (resource: FhirResource) => boolean;
  readonly compare?: (a: FhirResource, b: FhirResource) => number;
  readonly count?: number;
  readonly offset: number;
  readonly includes: readonly Include[];
}

/** `_include=Observation:performer`, `_revinclude=Provenance:target`: the references that lead from what is found, or to it. */
export interface Include {
  readonly reverse: boolean;
  /** Type of the resources that hold the reference. */
  readonly source: string;
  readonly target?: string;
  /** References of a resource of the source type: "Practitioner/dr". */
  readonly references: (resource: FhirResource) => readonly string[];
}
type Parameter = readonly [type: string, expression: string];
type Test = (resource: FhirResource) => boolean;

const RESOURCE_TYPES: ReadonlySet<string> = new Set(resourceTypeTable.types);
const TABLE = parameterTable as unknown as Readonly<Record<string, Readonly<Record<string, Parameter>>>>;
/** Parameters that name whom a resource is about: always a patient, or a patient among others (`actor`: Appointment, Schedule). */
const PATIENT_PARAMETERS = new Set(['patient', 'beneficiary', 'individual', 'candidate']);
const SUBJECT_PARAMETERS = new Set(['subject', 'actor']);

const refuse = (message: string): AppError => new AppError('bad-request', message);

/** @throws AppError `bad-request` for an unknown type of resource */
export function requireResourceType(resourceType: string): void {
  if (!RESOURCE_TYPES.has(resourceType)) throw refuse(`“${resourceType}” is not a resource type of FHIR R4.`);
}

/**
 * Reads a search. Nothing is skipped: what this server does not know is an error, since a search with one condition dropped would answer
 * with other people's data.
 * @throws AppError `bad-request` that names the parameter
 */
export function readSearch(resourceType: string, params: readonly (readonly [string, string])[]): Search {
  requireResourceType(resourceType);
  const tests: Test[] = [];
  const sorts: string[] = [];
  const patients = new Set<string>();
  let ids: readonly string[] | undefined;
  let count: number | undefined;
  let offset = 0;
  const includes: Include[] = [];

  for (const [name, value] of params) {
    const [code = '', modifier = '', ...more] = name.split(':');
    if (more.length > 0) throw refuse(`“${name}” is not supported here: one modifier at a time.`);
    if ((code === '_include' || code === '_revinclude') && modifier === '') {
      includes.push(includeOf(resourceType, name, value));
      continue;
    }
    if (code === '_count') count = wholeNumber(name, value);
    else if (code === '_offset') offset = wholeNumber(name, value);
    else if (code === '_sort') sorts.push(...splitCommas(value));
    else if (code === '_summary' && value === 'count') count = 0;
    else if (IGNORABLE[code]?.includes(value)) continue;
    else {
      const parameter = parameterOf(resourceType, code, name);
      tests.push(testOf(name, parameter, modifier, value));
      if (code === '_id' && modifier === '') ids = splitCommas(value).filter((id) => ids === undefined || ids.includes(id));
      for (const id of patientsNamed(code, parameter, modifier, value)) patients.add(id);
    }
  }
  if (resourceType === 'Patient' && ids?.length === 1) patients.add(ids[0] as string);
  if (patients.size > 1) throw refuse(`A search of ${resourceType} names ${patients.size} patients: one at a time.`);
  const [patientId] = patients;
  const compare = comparison(resourceType, sorts);
  return {
    resourceType,
    ...(patientId === undefined ? {} : { patientId }),
    ...(ids === undefined ? {} : { ids }),
    matches: (resource) => tests.every((test) => test(resource)),
    ...(compare === undefined ? {} : { compare }),
    ...(count === undefined ? {} : { count }),
    offset,
    includes,
  };
}

function includeOf(resourceType: string, name: string, value: string): Include {
  const reverse = name === '_revinclude';
  const [source = '', code = '', target, ...more] = value.split(':');
  const parameter = TABLE[source]?.[code];
  if (more.length > 0 || parameter?.[0] !== 'reference' || (!reverse && source !== resourceType) || (target && !RESOURCE_TYPES.has(target)))
    throw refuse(`“${name}” cannot be “${value}”: expected a type and one of its reference parameters, like Observation:performer.`);
  return {
    reverse,
    source,
    ...(target ? { target } : {}),
    references: (resource) =>
      valuesOf(resource, parameter[1]).flatMap((one) => {
        const { reference } = (one ?? {}) as { reference?: unknown };
        return typeof reference === 'string' ? [relative(reference)] : [];
      }),
  };
}

/** Settings of the answer's form that this port always gives in one way. */
const IGNORABLE: Readonly<Record<string, readonly string[]>> = {
  _format: ['json', 'application/json', 'application/fhir+json'],
  _pretty: ['true', 'false'],
  _total: ['none', 'estimate', 'accurate'],
  _summary: ['false'],
};

function parameterOf(resourceType: string, code: string, name: string): Parameter {
  const parameter = TABLE[resourceType]?.[code] ?? TABLE.DomainResource?.[code] ?? TABLE.Resource?.[code];
  if (parameter === undefined || code === '_has') throw refuse(`${resourceType} cannot be searched by “${name}” here.`);
  return parameter;
}

function patientsNamed(code: string, [type]: Parameter, modifier: string, value: string): readonly string[] {
  const always = PATIENT_PARAMETERS.has(code) || (SUBJECT_PARAMETERS.has(code) && modifier === 'Patient');
  if (type !== 'reference' || (modifier !== '' && modifier !== 'Patient') || !(always || SUBJECT_PARAMETERS.has(code))) return [];
  return splitCommas(value).flatMap((one) => patientIdOf(one) ?? (always && !one.includes('/') ? [one] : []));
}

/** Values are or-ed at commas; parameters, repeated ones too, are and-ed. */
function testOf(name: string, [type, expression]: Parameter, modifier: string, value: string): Test {
  if (value.trim() === '') throw refuse(`The search parameter “${name}” has no value.`);
  const values = (resource: FhirResource) => valuesOf(resource, expression);
  if (modifier === 'missing') {
    if (value !== 'true' && value !== 'false') throw refuse(`“${name}” takes true or false.`);
    return (resource) => (values(resource).length === 0) === (value === 'true');
  }
  const anyOf =
    (tests: readonly ((one: unknown) => boolean)[]): Test =>
    (resource) =>
      values(resource).some((one) => tests.some((test) => test(one)));
  const wanted = splitCommas(value);
  const known = <T>(test: (one: string) => T | undefined): readonly T[] =>
    wanted.map((one) => {
      const made = test(one);
      if (made === undefined) throw refuse(`“${name}” cannot be “${one}”: expected a ${type}.`);
      return made;
    });

  if (modifier === '' || (type === 'reference' && RESOURCE_TYPES.has(modifier))) {
    if (type === 'date') return anyOf(known(dateTest));
    if (type === 'number') return anyOf(known(numberTest));
    if (type === 'quantity') return anyOf(known(quantityTest));
    if (type === 'token') return anyOf(wanted.map((one) => tokenTest(one)));
    if (type === 'string') return anyOf(wanted.map((one) => stringTest(one, '')));
    if (type === 'uri') return anyOf(wanted.map((one) => stringTest(one, 'exact')));
    if (type === 'reference') return anyOf(wanted.map((one) => referenceTest(relative(one), modifier || undefined)));
  }
  if (type === 'string' && (modifier === 'exact' || modifier === 'contains')) return anyOf(wanted.map((one) => stringTest(one, modifier)));
  if (type === 'token' && modifier === 'text') return anyOf(wanted.map((one) => textTest(one)));
  if (type === 'token' && modifier === 'not') {
    const none = anyOf(wanted.map((one) => tokenTest(one)));
    return (resource) => !none(resource);
  }
  if (type === 'reference' && modifier === 'identifier') {
    const tests = wanted.map((one) => tokenTest(one));
    return anyOf(tests.map((test) => (one) => test((one as { identifier?: unknown } | null)?.identifier)));
  }
  throw refuse(`“${name}” is not supported here: a ${type} parameter has no “:${modifier}”.`);
}

const relative = (reference: string): string => {
  const id = /^https?:/.test(reference) ? patientIdOf(reference) : undefined;
  return id === undefined ? reference : `Patient/${id}`;
};

function comparison(resourceType: string, sorts: readonly string[]): Search['compare'] {
  const rules = sorts.map((sort) => {
    const descending = sort.startsWith('-');
    const parameter = parameterOf(resourceType, sort.replace(/^-/, ''), `_sort=${sort}`);
    return { descending, parameter };
  });
  if (rules.length === 0) return undefined;
  const keys = new WeakMap<FhirResource, readonly (string | number | undefined)[]>();
  const keysOf = (resource: FhirResource) => {
    const found =
      keys.get(resource) ??
      rules.map(({ parameter: [type, expression], descending }) => sortKey(type, valuesOf(resource, expression), descending));
    keys.set(resource, found);
    return found;
  };
  return (a, b) => {
    const [left, right] = [keysOf(a), keysOf(b)];
    for (const [i, { descending }] of rules.entries()) {
      const [x, y] = [left[i], right[i]];
      if (x === y) continue;
      // What has no value comes last in either direction.
      if (x === undefined) return 1;
      if (y === undefined) return -1;
      const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en');
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
}

/** Parameters of every type are written for `Resource`, which no resource calls itself. */
function valuesOf(resource: FhirResource, expression: string): readonly unknown[] {
  const own = expression.replace(/^(?:Domain)?Resource(?=\.)/, resource.resourceType);
  return evalFhirPathTyped(own, [toTypedValue(resource)]).map((typed) => typed.value);
}

function wholeNumber(name: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw refuse(`“${name}” cannot be “${value}”: expected a whole number.`);
  return Number(value);
}
