import type { FhirResource } from '../contract.ts';

/** YYYY, YYYY-MM, YYYY-MM-DD, or a day with a time (http://hl7.org/fhir/R4/datatypes.html#dateTime). Seconds and zone may be missing: many systems leave them out. */
const DATE = /^\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d[\d:.,]*\s*(?:Z|[+-]\d\d:?\d\d)?)?)?)?$/;

/** Names that R4 gives to elements of type date, dateTime and instant only. `start` and `end` are numbers in sequences: only texts are looked at. */
const DATE_FIELD =
  /^(?:\w+DateTime|\w+Date|date|authoredOn|issued|start|end|created|sent|received|recorded|lastUpdated|onsetDateTime|effectiveInstant)$/;
const QUANTITY_FIELD = /^(?:\w*[qQ]uantity|low|high|numerator|denominator|\w+Age|\w+Duration)$/;

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text) ?? [];
  if (!year || !DATE.test(text)) return false;
  const months = month === undefined || (Number(month) >= 1 && Number(month) <= 12);
  return (
    months && (day === undefined || (Number(day) >= 1 && Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()))
  );
}

/** The first element of a resource whose value cannot be what FHIR says it is: a date that is none, an amount that is no number. Undefined where there is none. */
export function malformed(resource: FhirResource): string | undefined {
  return search(resource, '');
}

function search(value: unknown, path: string): string | undefined {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      const found = search(item, `${path}[${i}]`);
      if (found) return found;
    }
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof child === 'string') {
      if (DATE_FIELD.test(key) && !isDate(child.trim())) return `${at} is not a date of FHIR (YYYY-MM-DD, or its beginning)`;
    } else if (typeof child === 'object' && child !== null) {
      const amount = QUANTITY_FIELD.test(key) ? (child as { value?: unknown }).value : undefined;
      if (amount !== undefined && typeof amount !== 'number') return `${at}.value is not a number`;
      const found = search(child, at);
      if (found) return found;
    }
  }
  return undefined;
}
