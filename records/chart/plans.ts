import type { ConceptKind } from '../../language/contract.ts';
import { formatDate } from '../../language/dates.ts';
import type { FactStatus, FhirResource } from '../contract.ts';
import {
  type Codeable,
  codeable,
  codeables,
  date,
  instantOf,
  list,
  notes,
  obj,
  periodOf,
  referenceOf,
  str,
  strings,
  token,
  when,
  words,
} from './fhir.ts';
import { lateralityOf, lowerCase, sentenceName, withoutTag } from './names.ts';
import { type Draft, details, distinct, draft, peopleOf, type Reader, visitOf } from './reader.ts';
import { readReasons } from './reasons.ts';
import { hasEnded, statusOf } from './statuses.ts';
import { quantityText, rangeOf, readQuantity, readValue } from './values.ts';

const ANY_KIND: readonly ConceptKind[] = ['procedure', 'condition', 'observation', 'drug', 'drug-class', 'vaccine', 'social', 'allergen'];

const named = (text: string): Codeable => ({ label: text, names: [text], codes: [] });

/** A period that ended takes the resource out of force, whatever its status says; the status word stays in `recordedStatus`. */
const inForce = (status: FactStatus, end: string | undefined, reader: Reader): { readonly status: FactStatus; readonly lapsed?: string } =>
  status === 'active' && hasEnded(end, reader)
    ? { status: 'inactive', lapsed: `listed as active, yet its period ended on ${formatDate(end!)}` }
    : { status };

/** CarePlan with its activities, goals and the problems that it addresses. */
export function readCarePlan(resource: FhirResource, reader: Reader): readonly Draft[] {
  const categories = codeables(resource.category).filter(
    (item) => !item.codes.every((code) => code.code === 'assess-plan') || item.codes.length === 0,
  );
  const title = str(resource.title);
  const code: Codeable = categories.at(-1) ?? (title ? named(title) : named(str(resource.description) ?? 'care plan'));
  const activities = list(resource.activity).flatMap((item) => {
    const detail = obj(item.detail);
    const target = reader.resolve(item.reference, resource) ?? reader.resolve(list(item.plannedActivityReference)[0], resource);
    const kind = codeable(detail?.code ?? target?.code ?? target?.medicationCodeableConcept);
    const text = kind.label ?? str(detail?.description) ?? str(obj(item.reference)?.display);
    if (!text && kind.codes.length === 0) return [];
    const state = token(detail?.status) ?? token(target?.status);
    return [{ code: kind.label || kind.codes.length > 0 ? kind : named(text!), text: sentenceName(text ?? kind.codes[0]!.code), state }];
  });
  const goals = list(resource.goal).flatMap((reference) => {
    const target = reader.resolve(reference, resource);
    return words(target?.description) ?? str(target?.description) ?? str(reference.display) ?? [];
  });
  const period = periodOf(resource.period);
  const recordedStatus = token(resource.status);
  const { status, lapsed } = inForce(statusOf(recordedStatus), period.end, reader);
  return [
    draft({
      kind: 'care-plan',
      name: sentenceName(title ?? code.label ?? 'care plan'),
      code: { ...code, names: distinct([title, ...code.names, ...categories.flatMap((item) => item.names)]) },
      concepts: distinct([
        ...reader.link(code, ANY_KIND),
        ...activities.flatMap((item) => reader.link(item.code, ANY_KIND)),
        'section/care-plans',
      ]),
      status,
      recordedStatus,
      date: period.date ?? date(resource.created),
      end: period.end,
      reasons: readReasons(
        [
          list(resource.addresses)
            .map((item) => item.concept)
            .filter(Boolean),
        ],
        [resource.addresses],
        resource,
        reader,
      ),
      visit: visitOf(resource),
      people: peopleOf([resource.author, ...list(resource.contributor)].filter(Boolean), resource, reader),
      details: details({
        activities:
          distinct(
            activities.map((item) =>
              item.state && !['in-progress', 'unknown', 'not-started', 'scheduled', 'active', token(resource.status)].includes(item.state)
                ? `${item.text} (${item.state})`
                : item.text,
            ),
          ).join(', ') || undefined,
        goals: distinct(goals).join('; ') || undefined,
        intent:
          str(resource.intent) && str(resource.intent) !== 'order' && str(resource.intent) !== 'plan' ? str(resource.intent) : undefined,
        description: title || categories.length > 0 ? str(resource.description) : undefined,
        lapsed,
        narrative: activities.length === 0 && goals.length === 0 ? narrativeOf(resource) : undefined,
        note: notes(resource),
      }),
    }),
  ];
}

/** The narrative of a resource that says itself in words only. */
function narrativeOf(resource: FhirResource): string | undefined {
  const text = str(obj(resource.text)?.div)
    ?.replace(/<[^>]+>/g, ' ')
    .replace(/&nbsp;|&#160;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>');
  return str(text)?.slice(0, NARRATIVE_LIMIT);
}
const NARRATIVE_LIMIT = 2_000;

const LIFECYCLE: Readonly<Record<string, FactStatus>> = {
  accepted: 'active',
  rejected: 'cancelled',
  'in-progress': 'active',
  achieved: 'completed',
};

/** Goal with its targets. The achievement stands in `details.achievement`. */
export function readGoal(resource: FhirResource, reader: Reader): readonly Draft[] {
  const description = codeable(resource.description);
  if (!description.label && description.codes.length === 0) return [];
  const targets = list(resource.target).flatMap((target) => {
    const measure = codeable(target.measure);
    const quantity = readQuantity(target.detailQuantity);
    const range = rangeOf(target.detailRange);
    const other = readValue({
      valueCodeableConcept: target.detailCodeableConcept,
      valueString: target.detailString,
      valueBoolean: target.detailBoolean,
      valueInteger: target.detailInteger,
    }).value;
    const aim = quantity ? quantityText(quantity) : (range?.text ?? other?.text);
    const due = date(target.dueDate);
    const duration = readQuantity(target.dueDuration);
    if (!measure.label && measure.codes.length === 0 && !aim && !due) return [];
    return [
      {
        measure,
        due,
        quantity,
        text: [measure.label, aim, due ? `by ${formatDate(due)}` : duration ? `within ${quantityText(duration)}` : undefined]
          .filter(Boolean)
          .join(' '),
      },
    ];
  });
  const text = description.label ?? '';
  const mentioned = reader.terminology
    .mentions(text)
    .flatMap((mention) => mention.concepts.filter((id) => ANY_KIND.includes(reader.terminology.get(id)?.kind ?? 'section')).slice(0, 1));
  const recordedStatus = token(resource.lifecycleStatus) ?? token(resource.status);
  const achievement = words(resource.achievementStatus);
  const due = targets.flatMap((item) => item.due ?? []).sort()[0];
  const start = date(resource.startDate);
  return [
    draft({
      kind: 'goal',
      name: lowerFirst(withoutTag(text || description.codes[0]!.code)),
      code: description,
      concepts: distinct([
        ...targets.flatMap((item) => (item.measure.label || item.measure.codes.length > 0 ? reader.link(item.measure, ANY_KIND) : [])),
        ...mentioned,
        ...(description.codes.length > 0 ? reader.link(description, ANY_KIND) : []),
        'section/goals',
      ]),
      status: statusOf(recordedStatus, LIFECYCLE),
      recordedStatus,
      date: start,
      recorded: date(resource.statusDate),
      reasons: readReasons([], [resource.addresses], resource, reader),
      statusReason: str(resource.statusReason),
      people: peopleOf([resource.expressedBy].filter(Boolean), resource, reader),
      details: details({
        achievement: achievement && lowerCase(achievement),
        target: targets.map((item) => item.text).join('; ') || undefined,
        due: due && formatDate(due),
        priority: words(resource.priority) && lowerCase(words(resource.priority)!),
        outcome: distinct(codeables(resource.outcomeCode).map((item) => item.label)).join(', ') || undefined,
        note: notes(resource),
      }),
    }),
  ];
}

const lowerFirst = (text: string) =>
  /^[A-Z][a-z]+\b/.test(text) ? lowerCase(text.split(' ')[0]!) + text.slice(text.split(' ')[0]!.length) : text;

/** CareTeam: its members with their roles; the patient is not listed as one. */
export function readCareTeam(resource: FhirResource, reader: Reader): readonly Draft[] {
  const members = list(resource.participant).flatMap((item) => {
    if (referenceOf(item.member) === reader.subject) return [];
    const name = reader.nameOf(item.member, resource);
    const ended = hasEnded(periodOf(item.period).end, reader);
    const role = distinct(codeables(item.role).map((entry) => lowerCase(withoutTag(entry.label ?? entry.codes[0]!.code)))).join(', ');
    if (!name && !role) return [];
    return [
      {
        name,
        ended,
        text: `${name ?? 'unnamed'}${role ? ` (${role})` : ''}${ended ? ` until ${formatDate(periodOf(item.period).end!)}` : ''}`,
      },
    ];
  });
  const period = periodOf(resource.period);
  const recordedStatus = token(resource.status);
  const { status, lapsed } = inForce(statusOf(recordedStatus), period.end, reader);
  const category = codeables(resource.category)[0];
  const title = str(resource.name);
  const current = members.filter((item) => !item.ended).flatMap((item) => item.name ?? []);
  return [
    draft({
      kind: 'care-team',
      name: title ?? (category?.label ? sentenceName(category.label) : 'care team'),
      code: { names: distinct([title, ...(category?.names ?? []), 'care team']), codes: category?.codes ?? [] },
      concepts: distinct([...(category ? reader.link(category, ['section', 'procedure', 'condition']) : []), 'section/care-team']),
      status,
      recordedStatus,
      date: period.date,
      end: period.end,
      reasons: readReasons([resource.reasonCode], [resource.reasonReference], resource, reader),
      visit: visitOf(resource),
      people: current.length > 0 ? distinct(current) : undefined,
      organization: list(resource.managingOrganization).flatMap((item) => reader.nameOf(item, resource) ?? [])[0],
      details: details({ members: members.map((item) => item.text).join('; ') || undefined, lapsed, note: notes(resource) }),
    }),
  ];
}

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
    .filter((actor) => !referenceOf(actor)?.startsWith('Patient/'));
  const places = participants.filter((actor) => /^(Location|HealthcareService)\//.test(referenceOf(actor) ?? ''));
  return [
    draft({
      kind: 'appointment',
      name: /appointment|visit|consult|clinic|review|check/i.test(label) ? sentenceName(label) : `${sentenceName(label)} appointment`,
      code: code ?? named(label),
      concepts: distinct([...(code ? reader.link(code, ANY_KIND) : []), 'section/appointments']),
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
