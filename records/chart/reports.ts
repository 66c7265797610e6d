import type { ConceptKind } from '../../language/contract.ts';
import { formatDate } from '../../language/dates.ts';
import type { FhirResource } from '../contract.ts';
import { readAttachments } from './attachments.ts';
import { type Codeable, codeable, codeables, date, list, obj, periodOf, referenceOf, str, strings, token, when, words } from './fhir.ts';
import { lateralityOf, lowerCase, sentenceName, testName, withoutTag } from './names.ts';
import { type Draft, details, distinct, draft, peopleOf, type Reader, visitOf } from './reader.ts';
import { readReasons } from './reasons.ts';
import { statusOf } from './statuses.ts';
import { quantityText, readValue } from './values.ts';

const REPORT_KINDS: readonly ConceptKind[] = ['observation', 'procedure', 'section'];
/** Results that a report names: each with its value where the Observation is at hand. */
function resultsOf(resource: FhirResource, reader: Reader): string | undefined {
  const found = list(resource.result).flatMap((reference) => {
    if (reader.isSetAside(reference, resource)) return [];
    const target = reader.resolve(reference, resource);
    const label = (target ? codeable(target.code).label : undefined) ?? str(reference.display);
    if (!label) return [];
    const value = target ? readValue(target).value : undefined;
    const shown = value ? (value.type === 'quantity' ? quantityText(value) : value.text) : undefined;
    return [shown ? `${testName(label)} ${shown}` : testName(label)];
  });
  return found.length > 0 ? found.join(', ') : undefined;
}

/** DiagnosticReport. */
export function readReport(resource: FhirResource, reader: Reader): readonly Draft[] {
  const code = codeable(resource.code);
  const { text, unread } = readAttachments(list(resource.presentedForm));
  const conclusion = str(resource.conclusion);
  if (!code.label && code.codes.length === 0 && !conclusion && !text) return [];
  const at = when(resource, 'effective');
  const issued = date(resource.issued);
  const coded = codeables(resource.conclusionCode ?? resource.codedDiagnosis);
  const name = code.label ? testName(code.label) : 'report';
  const recordedStatus = token(resource.status);
  return [
    draft({
      kind: 'report',
      name,
      code,
      concepts: distinct([
        ...(code.label || code.codes.length > 0 ? reader.link(code, REPORT_KINDS) : []),
        ...coded.flatMap((item) => reader.link(item, ['condition'])),
        'section/reports',
      ]),
      status: statusOf(recordedStatus),
      recordedStatus,
      date: at.date ?? issued,
      end: at.end,
      recorded: at.date && issued && issued.slice(0, 10) !== at.date.slice(0, 10) ? issued : undefined,
      laterality: lateralityOf(code.label),
      visit: visitOf(resource),
      people: peopleOf([...list(resource.resultsInterpreter), ...list(resource.performer)], resource, reader),
      details: details({
        category: distinct(codeables(resource.category).map((item) => item.label && lowerCase(item.label))).join(', ') || undefined,
        conclusion,
        diagnosis: distinct(coded.map((item) => sentenceName(item.label ?? item.codes[0]!.code))).join(', ') || undefined,
        results: resultsOf(resource, reader),
        study: distinct(list(resource.imagingStudy).map((item) => referenceOf(item))).join(', ') || undefined,
        text,
        attachments: unread,
      }),
    }),
  ];
}

/** ImagingStudy: modality and body site make its name where no procedure does. */
export function readImaging(resource: FhirResource, reader: Reader): readonly Draft[] {
  const series = list(resource.series);
  const procedures = codeables(resource.procedureCode);
  const modalities = distinct(
    [...codeables(resource.modality), ...series.map((item) => codeable(item.modality))].map((item) => item.label ?? item.codes[0]?.code),
  );
  const sites = distinct(series.map((item) => words(item.bodySite)));
  const description = str(resource.description);
  const site = sites.length > 0 ? lowerCase(sites.map(withoutTag).join(', ')) : undefined;
  const modality = modalities.map((item) => lowerCase(item)).join(', ');
  const built = [modality || 'imaging', site].filter(Boolean).join(' of ');
  const code: Codeable =
    procedures[0] ?? (description ? { label: description, names: [description], codes: [] } : { label: built, names: [built], codes: [] });
  const sides = distinct(series.map((item) => words(item.laterality)));
  const name = sentenceName(code.label ?? built);
  const recordedStatus = token(resource.status);
  return [
    draft({
      kind: 'imaging',
      name,
      code,
      concepts: distinct([
        ...reader.link(code, ['procedure', 'observation']),
        ...(procedures[0]
          ? []
          : reader.terminology.mentions(built).flatMap((item) => item.concepts.filter((id) => id.startsWith('procedure/')).slice(0, 1))),
        'section/imaging',
      ]),
      status: statusOf(recordedStatus),
      recordedStatus,
      negated: recordedStatus === 'cancelled',
      date: date(resource.started) ?? date(series[0]?.started),
      reasons: readReasons([resource.reasonCode], [resource.reasonReference], resource, reader),
      site,
      laterality: lateralityOf(...sides, site, name),
      visit: visitOf(resource),
      people: peopleOf(
        [...list(resource.interpreter), ...series.flatMap((item) => list(item.performer).map((entry) => entry.actor))],
        resource,
        reader,
      ),
      organization: reader.nameOf(resource.location, resource),
      details: details({
        modality: modality || undefined,
        description: description && procedures[0] ? description : undefined,
        images: typeof resource.numberOfInstances === 'number' ? String(resource.numberOfInstances) : undefined,
        note:
          list(resource.note)
            .flatMap((item) => str(item.text) ?? [])
            .join(' ') || undefined,
      }),
    }),
  ];
}

/** DocumentReference: what the document is, and its text where it is given as text. */
export function readDocument(resource: FhirResource, reader: Reader): readonly Draft[] {
  const code = codeable(resource.type);
  const attachments = list(resource.content).flatMap((item) => list(item.attachment));
  const read = readAttachments(attachments);
  const recordedStatus = token(resource.status);
  // Another took its place: what it says is not said any more.
  const text = recordedStatus === 'superseded' ? undefined : read.text;
  const description = str(resource.description) ?? attachments.map((item) => str(item.title)).find((item) => item !== undefined);
  const label = code.label ?? description;
  if (!label && !text) return [];
  const context = obj(resource.context) ?? obj(list(resource.context)[0]);
  const period = periodOf(context?.period ?? resource.period);
  const written =
    date(resource.date) ??
    date(resource.created) ??
    date(resource.indexed) ??
    attachments.map((item) => date(item.creation)).find((item) => item !== undefined);
  const visit = referenceOf(list(context?.encounter)[0]);
  return [
    draft({
      kind: 'document',
      name: label ? testName(label) : 'document',
      code,
      concepts: distinct([
        ...(code.label || code.codes.length > 0 ? reader.link(code, ['section', 'observation', 'procedure']) : []),
        'section/documents',
      ]),
      status: statusOf(recordedStatus),
      recordedStatus,
      date: written ?? period.date,
      visit: visit?.startsWith('Encounter/') ? visit : undefined,
      people: peopleOf(list(resource.author), resource, reader),
      organization: reader.nameOf(resource.custodian, resource),
      details: details({
        category: distinct(codeables(resource.category).map((item) => item.label && lowerCase(item.label))).join(', ') || undefined,
        description: description && description !== label ? description : undefined,
        documentStatus: str(resource.docStatus),
        covers: period.date && written && period.date.slice(0, 10) !== written.slice(0, 10) ? formatDate(period.date) : undefined,
        text,
        attachments: read.unread,
        security: strings(list(resource.securityLabel).map((item) => words(item))).join(', ') || undefined,
      }),
    }),
  ];
}
