import { AppError } from '../../errors.ts';
import type { TypeCapability } from './capability.ts';

/** Modifiers of FHIR R4 by type of parameter, beside `missing`: http://hl7.org/fhir/R4/search.html#modifiers */
const MODIFIERS: Readonly<Record<string, readonly string[]>> = {
  string: ['exact', 'contains'],
  token: ['not', 'text', 'in', 'not-in', 'above', 'below', 'of-type'],
  reference: ['identifier', 'above', 'below'],
  uri: ['above', 'below'],
};
/** About the answer's form, not about what is found. */
const FORM: ReadonlySet<string> = new Set(['_revinclude', '_count', '_offset', '_summary', '_elements', '_total', '_format']);
const DATE = /^(?:eq|ne|gt|lt|ge|le|sa|eb|ap)?(\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d.*)?)?)?)$/;

/**
 * A condition that a server does not know is dropped by many: the answer would be other people's data.
 * @throws AppError `bad-request`
 */
export function refuseUnknown(
  resourceType: string,
  name: string,
  value: string,
  { searchParams, includes }: Pick<TypeCapability, 'searchParams' | 'includes'>,
): void {
  const refuse = (message: string): never => {
    throw new AppError('bad-request', message);
  };
  const [code = '', modifier, ...more] = name.split(':');
  if (value.trim() === '') refuse(`The search parameter “${name}” has no value.`);
  if (code === '_include') {
    const [source = '', parameter = ''] = value.split(':');
    const type = source === resourceType ? (searchParams.get(parameter) ?? (searchParams.size > 0 ? undefined : '')) : '';
    // `*` offers every reference there is, and nothing that is none.
    const offered = includes.has(`${source}:${parameter}`) || (includes.has('*') && (value === '*' || type === 'reference' || type === ''));
    if (!offered) refuse(`The FHIR server offers no _include=${value}.`);
    return;
  }
  if (code === '_sort') {
    for (const sort of value.split(','))
      if (searchParams.size > 0 && !searchParams.has(sort.replace(/^-/, '')))
        refuse(`The FHIR server cannot sort ${resourceType} by “${sort}”.`);
    return;
  }
  if (FORM.has(code)) return;
  if (code.includes('.') || code === '_has' || more.length > 0 || (searchParams.size > 0 && !searchParams.has(code)))
    refuse(`The FHIR server cannot search ${resourceType} by “${name}”.`);
  const type = searchParams.get(code) ?? '';
  if (modifier !== undefined && !isModifier(modifier, type)) refuse(`FHIR knows no modifier “${modifier}” of “${code}”.`);
  if (type === 'date' && modifier === undefined)
    for (const one of value.split(',')) {
      const [, date] = DATE.exec(one) ?? [];
      if (date === undefined || Number.isNaN(Date.parse(date))) refuse(`“${name}” cannot be “${one.slice(0, 40)}”: expected a date.`);
    }
}

function isModifier(modifier: string, type: string): boolean {
  if (modifier === 'missing') return true;
  // A type of resource, of a reference.
  if (/^[A-Z][A-Za-z]+$/.test(modifier)) return type === '' || type === 'reference';
  return (MODIFIERS[type] ?? (type === '' ? Object.values(MODIFIERS).flat() : [])).includes(modifier);
}
