import type { FhirResource } from '../contract.ts';
import { codeable, codeables, date, list, notes, obj, token, when, words } from './fhir.ts';
import { lateralityOf, lowerCase, sentenceName } from './names.ts';
import { type Draft, details, distinct, draft, peopleOf, type Reader, visitOf } from './reader.ts';
import { readReasons } from './reasons.ts';
import { statusOf } from './statuses.ts';
import { looseTime } from './values.ts';

/** Procedure. */
export function readProcedure(resource: FhirResource, reader: Reader): readonly Draft[] {
  const code = codeable(resource.code);
  if (!code.label && code.codes.length === 0) return [];
  const recorded = token(resource.status);
  const missed = recorded === 'not-done' || resource.notPerformed === true;
  const performed = when(resource, resource.occurrenceDateTime || resource.occurrencePeriod ? 'occurrence' : 'performed');
  const concepts = reader.link(code, ['procedure', 'vaccine', 'observation', 'social', 'condition', 'drug']);
  const sites = codeables(resource.bodySite).map((site) => site.label ?? site.codes[0]!.code);
  const site = sites.length > 0 ? lowerCase(sites.join(', ')) : undefined;
  const label = code.label ?? reader.terminology.get(concepts.at(-1)!)?.name ?? code.codes[0]!.code;
  return [
    draft({
      kind: 'procedure',
      name: sentenceName(label),
      code,
      concepts,
      status: missed ? 'missed' : statusOf(recorded),
      recordedStatus: recorded,
      negated: missed,
      date: performed.date,
      end: performed.end,
      recorded: date(resource.recorded),
      reasons: readReasons([resource.reasonCode, resource.reasonCodeableConcept], [resource.reasonReference], resource, reader),
      statusReason: words(resource.statusReason) ?? words(resource.reasonNotPerformed),
      site,
      laterality: lateralityOf(site, label),
      visit: visitOf(resource),
      people: peopleOf(
        list(resource.performer).map((item) => item.actor ?? item),
        resource,
        reader,
      ),
      organization: reader.nameOf(resource.location, resource),
      details: details({
        performed: looseTime(resource, 'performed'),
        category: words(resource.category) && lowerCase(words(resource.category)!),
        outcome: words(resource.outcome) && sentenceName(words(resource.outcome)!),
        complication:
          distinct(codeables(resource.complication).map((item) => item.label && sentenceName(item.label))).join(', ') || undefined,
        followUp: distinct(codeables(resource.followUp).map((item) => item.label && sentenceName(item.label))).join(', ') || undefined,
        used:
          list(resource.focalDevice)
            .flatMap((item) => reader.nameOf(item.manipulated, resource) ?? [])
            .join(', ') || undefined,
        method: words(obj(resource.method)),
        note: notes(resource),
      }),
    }),
  ];
}
