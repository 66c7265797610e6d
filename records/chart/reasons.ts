import type { FhirResource, Reason } from '../contract.ts';
import { type Codeable, codeable, codeables, list, referenceOf, str, token } from './fhir.ts';
import { sentenceName } from './names.ts';
import type { Reader } from './reader.ts';

function asReason(code: Codeable, reader: Reader, ref?: string): Reason {
  const concepts = reader.link(code, ['condition', 'procedure', 'observation', 'social']);
  const text = code.label ?? reader.terminology.get(concepts.at(-1) ?? '')?.name ?? code.codes[0]!.code;
  return { text: sentenceName(text), concepts, ...(ref ? { ref } : {}) };
}

/** Reasons by code and by reference (a Condition, Observation, Procedure ...), each named as the record names it; one entry a meaning. */
export function readReasons(
  codes: readonly unknown[],
  references: readonly unknown[],
  holder: FhirResource,
  reader: Reader,
): readonly Reason[] {
  const found: Reason[] = [];
  const add = (reason: Reason): void => {
    const at = found.findIndex((known) => known.text.toLowerCase() === reason.text.toLowerCase());
    if (at < 0) found.push(reason);
    else if (!found[at]!.ref && reason.ref) found[at] = reason;
  };
  for (const reference of references.flatMap((item) => list(item))) {
    if (reader.isSetAside(reference, holder)) continue;
    const target = reader.resolve(reference, holder);
    const own = referenceOf(reference);
    const ref = target && !own?.startsWith('#') ? `${target.resourceType}/${target.id}` : own && /^[A-Z]/.test(own) ? own : undefined;
    const code = target ? codeable(target.code ?? target.type ?? target.description) : undefined;
    const display = str(reference.display);
    const named =
      code && (code.label || code.codes.length > 0) ? code : display ? { label: display, names: [display], codes: [] } : undefined;
    if (!named) continue;
    // It was the reason once; that the patient has it is said to be wrong.
    const refuted = target !== undefined && token(target.verificationStatus) === 'refuted';
    add(refuted ? { text: 'a problem that was refuted since', concepts: [], ...(ref ? { ref } : {}) } : asReason(named, reader, ref));
  }
  for (const code of codes.flatMap((item) => codeables(item))) add(asReason(code, reader));
  return found;
}
