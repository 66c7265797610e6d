/** `system/Observation.rs?category=...`, with the server's address before it, or dots for strokes, as some servers write it. */
const SCOPE = /^(?:\S+\/)?(system|user|patient)[/.](\*|[A-Z][A-Za-z]+)\.(read|write|\*|(?=[cruds])c?r?u?d?s?)(\?\S+)?$/;
/** They let nothing of a record be read, whatever stands beside them. */
const NO_DATA = /^(?:openid|profile|email|fhirUser|offline_access|online_access|launch(?:\/\S+)?)$/;

/**
 * Whether such scopes let resources of a type be read and searched: `part` where only those that meet a query. What cannot be understood, or is given
 * for another use, is for the server to decide: it is asked, and what it refuses is known then.
 * http://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html
 */
export function mayRead(scopes: string, resourceType: string): boolean | 'part' {
  const told = scopes.split(/\s+/).filter((scope) => scope !== '' && !NO_DATA.test(scope));
  let unsure = told.length === 0;
  let part = false;
  for (const scope of told) {
    const [, context, type, rights = '', query] = SCOPE.exec(scope) ?? [];
    if (context === undefined) {
      unsure = true;
      continue;
    }
    if (type !== '*' && type !== resourceType) continue;
    // The text of a note is read by its address, and searched for by nobody.
    const reads = rights === 'read' || rights === '*' || (rights.includes('r') && (rights.includes('s') || resourceType === 'Binary'));
    if (!reads) continue;
    if (context !== 'system') unsure = true;
    else if (query === undefined) return true;
    else part = true;
  }
  return part ? 'part' : unsure;
}
