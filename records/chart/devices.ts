import { formatDate } from '../../language/dates.ts';
import type { FhirResource } from '../contract.ts';
import { type Codeable, codeable, codeables, date, list, notes, obj, periodOf, str, token, when, words } from './fhir.ts';
import { lateralityOf, lowerCase, sentenceName } from './names.ts';
import { type Draft, details, distinct, draft, peopleOf, type Reader, visitOf } from './reader.ts';
import { readReasons } from './reasons.ts';
import { statusOf } from './statuses.ts';

function deviceCode(resource: FhirResource | undefined): Codeable {
  const type = codeable(resource?.type);
  const written = distinct(list(resource?.deviceName).map((item) => str(item.name)));
  const label = type.label ?? written[0] ?? str(resource?.modelNumber) ?? str(resource?.model);
  return { names: distinct([...type.names, ...written]), codes: type.codes, ...(label ? { label } : {}) };
}

const shown = (value: unknown) => (date(value) ? formatDate(date(value)!) : undefined);

/** Device: an implant or aid that belongs to the patient. */
export function readDevice(resource: FhirResource, reader: Reader): readonly Draft[] {
  const code = deviceCode(resource);
  if (!code.label && code.codes.length === 0) return [];
  const recordedStatus = token(resource.status);
  const carrier = list(resource.udiCarrier)[0] ?? obj(resource.udi);
  return [
    draft({
      kind: 'device',
      name: sentenceName(code.label ?? code.codes[0]!.code),
      code,
      concepts: distinct([...reader.link(code, ['procedure', 'condition']), 'section/devices']),
      status: statusOf(recordedStatus),
      recordedStatus,
      laterality: lateralityOf(code.label),
      statusReason: words(resource.statusReason),
      details: details({
        manufacturer: str(resource.manufacturer),
        model: str(resource.modelNumber),
        lot: str(resource.lotNumber),
        serialNumber: str(resource.serialNumber),
        identifier: str(resource.distinctIdentifier) ?? str(carrier?.deviceIdentifier),
        made: shown(resource.manufactureDate),
        expires: shown(resource.expirationDate),
        note: notes(resource),
      }),
    }),
  ];
}

/** DeviceUseStatement, DeviceUsage or DeviceRequest: a device in use or ordered. */
export function readDeviceUse(resource: FhirResource, reader: Reader): readonly Draft[] {
  const reference = resource.device ?? resource.codeReference;
  const device = reader.resolve(reference, resource);
  const own = codeable(resource.codeCodeableConcept ?? obj(reference)?.concept);
  const display = str(obj(reference)?.display);
  const behind = deviceCode(device);
  const code: Codeable =
    own.label || own.codes.length > 0
      ? own
      : behind.label || behind.codes.length > 0
        ? behind
        : { names: display ? [display] : [], codes: [], ...(display ? { label: display } : {}) };
  if (!code.label && code.codes.length === 0) return [];
  const time = when(resource, 'timing').date ? when(resource, 'timing') : periodOf(resource.whenUsed);
  const site = words(resource.bodySite);
  const recordedStatus = token(resource.status);
  const ordered = resource.resourceType === 'DeviceRequest';
  return [
    draft({
      kind: ordered ? 'order' : 'device',
      name: sentenceName(code.label ?? code.codes[0]!.code),
      code,
      concepts: distinct([...reader.link(code, ['procedure', 'condition']), 'section/devices']),
      status: statusOf(recordedStatus),
      recordedStatus,
      date: time.date ?? date(resource.authoredOn) ?? date(resource.recordedOn) ?? date(resource.dateAsserted),
      end: time.end,
      reasons: readReasons([resource.reasonCode, resource.indication], [resource.reasonReference], resource, reader),
      site: site ? lowerCase(site) : undefined,
      laterality: lateralityOf(site, code.label),
      visit: visitOf(resource),
      people: peopleOf([resource.requester, resource.source].filter(Boolean), resource, reader),
      details: details({ category: codeables(resource.category)[0]?.label, note: notes(resource) }),
    }),
  ];
}
