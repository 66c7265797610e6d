import { formatDate } from '../../language/dates.ts';
import type { FactStatus, FhirResource } from '../contract.ts';
import {
  codeable,
  codeables,
  date,
  instantOf,
  list,
  named,
  notes,
  periodOf,
  referenceOf,
  str,
  strings,
  token,
  when,
  words,
} from './fhir.ts';
import { lateralityOf, lowerCase, sentenceName } from './names.ts';
import { ANY_KIND, type Draft, details, distinct, draft, peopleOf, type Reader, visitOf } from './reader.ts';
import { readReasons } from './reasons.ts';
import { statusOf } from './statuses.ts';

/** Appointment: booked ones still to come are planned; a past one without an outcome says that none is recorded. */
export function readAppointment(resource: FhirResource, reader: Reader): readonly Draft[] {
  const recordedStatus = token(resource.status);
  const start = date(resource.start) ?? periodOf(list(resource.requestedPeriod)[0]).date;
  const past = start !== undefined && instantOf(start) < reader.now;
  const waiting = ['booked', 'pending', 'proposed', 'waitlist'].includes(recordedStatus ?? '');
  const status: FactStatus =
    recordedStatus === 'fulfilled'
      ? 'completed'
      : recordedStatus === 'noshow'
        ? 'missed'
        : recordedStatus === 'cancelled'
          ? 'cancelled'
          : recordedStatus === 'arrived' || recordedStatus === 'checked-in'
            ? 'active'
            : waiting && !past
              ? recordedStatus === 'booked'
                ? 'planned'
                : 'unconfirmed'
              : 'unknown';
  const code = codeables(resource.serviceType)[0] ?? codeables(resource.appointmentType)[0] ?? codeables(resource.specialty)[0];
  const description = str(resource.description);
  const label = code?.label ?? description ?? 'appointment';
  const participants = list(resource.participant)
    .map((item) => item.actor)
    .filter((actor) => !/(?:^|\/)Patient\//.test(referenceOf(actor) ?? ''));
  const places = participants.filter((actor) => /^(Location|HealthcareService)\//.test(referenceOf(actor) ?? ''));
  return [
    draft({
      kind: 'appointment',
      name: /appointment|visit|consult|clinic|review|check/i.test(label) ? sentenceName(label) : `${sentenceName(label)} appointment`,
      code: code ?? named(label),
      concepts: distinct([...(code ? reader.link(code, ANY_KIND) : []), ...bookedFor(description ?? '', reader), 'section/appointments']),
      status,
      recordedStatus,
      negated: status === 'missed' || status === 'cancelled',
      date: start,
      end: date(resource.end),
      recorded: date(resource.created),
      reasons: readReasons([resource.reasonCode, resource.reason], [resource.reasonReference, resource.indication], resource, reader),
      statusReason: words(resource.cancelationReason) ?? words(resource.cancellationReason),
      people: peopleOf(
        participants.filter((actor) => !places.includes(actor)),
        resource,
        reader,
      ),
      organization: places.flatMap((actor) => reader.nameOf(actor, resource) ?? [])[0],
      details: details({
        description: code && description ? description : undefined,
        time: start && start.length > 10 ? start.slice(11, 16) : undefined,
        type: codeables(resource.serviceType)[0]
          ? words(resource.appointmentType) && lowerCase(words(resource.appointmentType)!)
          : undefined,
        outcome: waiting && past ? `${recordedStatus} for a time that has passed, no outcome recorded` : undefined,
        note: str(resource.comment) ?? str(resource.patientInstruction),
      }),
    }),
  ];
}

/** Tests, procedures and vaccines that the words of a booking name: "heart failure clinic with echocardiogram". */
const bookedFor = (description: string, { terminology }: Reader): readonly string[] =>
  terminology
    .mentions(description)
    .flatMap(({ concepts }) => concepts)
    .filter((id) => /^(?:procedure|vaccine|observation)$/.test(terminology.get(id)?.kind ?? ''));

/** ServiceRequest (and the older referral, procedure and diagnostic orders): what was asked for. */
export function readOrder(resource: FhirResource, reader: Reader): readonly Draft[] {
  const code = codeable(resource.code ?? resource.type);
  const plain = str(resource.description);
  if (!code.label && code.codes.length === 0 && !plain) return [];
  const recordedStatus = token(resource.status);
  const intent = token(resource.intent);
  const forbidden = resource.doNotPerform === true;
  const due = when(resource, 'occurrence');
  const sites = codeables(resource.bodySite).map((site) => site.label ?? site.codes[0]!.code);
  const site = sites.length > 0 ? lowerCase(sites.join(', ')) : undefined;
  const said = code.label || code.codes.length > 0 ? code : named(plain!);
  const concepts = reader.link(said, ['procedure', 'observation', 'drug', 'vaccine', 'condition', 'social']);
  const label = said.label ?? reader.terminology.get(concepts.at(-1)!)?.name ?? said.codes[0]!.code;
  return [
    draft({
      kind: 'order',
      name: /\[[^\]]+\]/.test(label) ? lowerCase(label.replace(/\s*\[[^\]]+\]/, '')) : sentenceName(label),
      code: said,
      concepts: distinct([...concepts, 'section/orders']),
      status: forbidden
        ? 'refuted'
        : intent === 'proposal' || intent === 'option'
          ? 'unconfirmed'
          : intent === 'plan' && statusOf(recordedStatus) === 'active'
            ? 'planned'
            : statusOf(recordedStatus),
      recordedStatus,
      negated: forbidden,
      date: date(resource.authoredOn) ?? date(resource.date) ?? due.date,
      reasons: readReasons([resource.reasonCode, resource.reason], [resource.reasonReference], resource, reader),
      site,
      laterality: lateralityOf(site, label),
      visit: visitOf(resource),
      people: peopleOf([resource.requester].filter(Boolean), resource, reader),
      details: details({
        due: due.date && formatDate(due.date),
        intent: intent && intent !== 'order' ? intent : undefined,
        category: distinct(codeables(resource.category).map((item) => item.label && lowerCase(item.label))).join(', ') || undefined,
        priority: str(resource.priority) === 'routine' ? undefined : str(resource.priority),
        performer: distinct(list(resource.performer).map((item) => reader.nameOf(item, resource))).join(', ') || undefined,
        forbidden: forbidden ? 'ordered not to be done' : undefined,
        instruction: str(resource.patientInstruction) ?? strings(resource.patientInstruction)[0],
        note: notes(resource),
      }),
    }),
  ];
}
