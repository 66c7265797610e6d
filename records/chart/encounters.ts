import { daysBetween } from '../../language/dates.ts';
import type { FhirResource } from '../contract.ts';
import { type Codeable, codeable, codeables, list, obj, periodOf, str, token, words } from './fhir.ts';
import { lowerCase, sentenceName, withoutTag } from './names.ts';
import { type Draft, details, distinct, draft, peopleOf, type Reader } from './reader.ts';
import { readReasons } from './reasons.ts';
import { statusOf } from './statuses.ts';

/** v3-ActCode encounter classes (and the words that DSTU2 and v2 interfaces write). */
const CLASS: Readonly<Record<string, string>> = {
  amb: 'ambulatory',
  emer: 'emergency',
  imp: 'inpatient',
  acute: 'inpatient',
  nonac: 'inpatient',
  obsenc: 'observation',
  ss: 'short stay',
  vr: 'virtual',
  hh: 'home health',
  fld: 'field',
  prenc: 'pre-admission',
  inpatient: 'inpatient',
  outpatient: 'ambulatory',
  ambulatory: 'ambulatory',
  emergency: 'emergency',
  home: 'home health',
  virtual: 'virtual',
  field: 'field',
  daytime: 'ambulatory',
  i: 'inpatient',
  o: 'ambulatory',
  e: 'emergency',
  p: 'pre-admission',
};
const CLASS_CONCEPT: Readonly<Record<string, string>> = { inpatient: 'section/hospitalizations', emergency: 'section/er-visits' };

function classOf(value: unknown): string | undefined {
  const code = codeable(value);
  for (const item of [...code.codes.map((entry) => entry.code), ...code.names]) {
    const known = CLASS[item.toLowerCase()];
    if (known) return known;
  }
  return code.label ? lowerCase(code.label) : undefined;
}

/** "Emergency Room Admission": into the emergency room, however long it lasted. */
const TO_EMERGENCY = /\b(?:emergency (?:room|department|dept|unit)|er|ed|a&e|casualty) admission\b/gi;

/** A day or more, and not an hour across midnight. */
const isOvernight = (from: string, to: string): boolean =>
  daysBetween(from, to) >= 1 && (from.length <= 10 || to.length <= 10 || Date.parse(to) - Date.parse(from) >= 12 * 3_600_000);

/** Encounter: a visit, an admission, a call. */
export function readEncounter(resource: FhirResource, reader: Reader): readonly Draft[] {
  const recorded = token(resource.status);
  const types = codeables(resource.type);
  const code: Codeable = types[0] ?? codeable(resource.serviceType);
  const stated = code.label || code.codes.length > 0;
  const period = periodOf(resource.period);
  const stay = obj(resource.hospitalization) ?? obj(resource.admission);
  const written = classOf(resource.class);
  // "ED to Hosp-Admission": classed by where it began, and an admission for all that.
  const admitted =
    written === 'emergency' &&
    types.some((type) =>
      /\b(?:hosp(?:ital)?[ -]?)?admi(?:ssion|tted)\b|\binpatient\b/i.test((type.label ?? '').replace(TO_EMERGENCY, '')),
    ) &&
    period.date !== undefined &&
    period.end !== undefined &&
    isOvernight(period.date, period.end);
  const kindOfVisit = admitted ? 'inpatient' : written;
  const place = list(resource.location).flatMap((item) => reader.nameOf(item.location, resource) ?? []);
  const diagnoses = list(resource.diagnosis).map((item) => item.condition);
  const section = CLASS_CONCEPT[kindOfVisit ?? ''];
  const name =
    code.label && !/^(unknown|unspecified|other)$/i.test(code.label)
      ? sentenceName(code.label)
      : kindOfVisit
        ? `${kindOfVisit} visit`
        : 'visit';
  return [
    draft({
      kind: 'visit',
      name,
      code: {
        ...code,
        names: distinct([...code.names, ...types.flatMap((type) => type.names)]),
        codes: types.flatMap((type) => type.codes),
      },
      concepts: distinct([
        ...(stated ? reader.link(code, ['procedure', 'condition']) : []),
        ...(section ? [section] : []),
        'section/visits',
      ]),
      status: statusOf(recorded),
      recordedStatus: recorded,
      negated: recorded === 'cancelled',
      date: period.date,
      end: period.end,
      reasons: readReasons(
        [resource.reasonCode, resource.reason, ...list(resource.reason).map((item) => item.value)],
        [resource.reasonReference, ...diagnoses],
        resource,
        reader,
      ),
      visit: undefined,
      people: peopleOf(
        list(resource.participant)
          .map((item) => item.individual ?? item.actor)
          .filter(Boolean),
        resource,
        reader,
      ),
      organization: reader.nameOf(resource.serviceProvider, resource) ?? place[0],
      details: details({
        class: kindOfVisit,
        otherTypes:
          types
            .slice(1)
            .flatMap((type) => (type.label ? [withoutTag(type.label)] : []))
            .join(', ') || undefined,
        serviceType: words(resource.serviceType) && lowerCase(words(resource.serviceType)!),
        location: place.join(', ') || undefined,
        admittedFrom: words(stay?.admitSource) && lowerCase(words(stay?.admitSource)!),
        discharge: words(stay?.dischargeDisposition) && lowerCase(words(stay?.dischargeDisposition)!),
        priority: words(resource.priority) && lowerCase(words(resource.priority)!),
        partOf: str(obj(resource.partOf)?.reference),
      }),
    }),
  ];
}
