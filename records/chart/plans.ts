import { formatDate } from '../../language/dates.ts';
import type { FactStatus, FhirResource } from '../contract.ts';
import { type Codeable, codeable, codeables, date, list, named, notes, obj, periodOf, referenceOf, str, token, words } from './fhir.ts';
import { lowerCase, sentenceName, withoutTag } from './names.ts';
import { ANY_KIND, type Draft, details, distinct, draft, peopleOf, type Reader, visitOf } from './reader.ts';
import { readReasons } from './reasons.ts';
import { hasEnded, statusOf } from './statuses.ts';

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
    if (reader.isSetAside(item.reference, resource)) return [];
    const detail = obj(item.detail);
    const target = reader.resolve(item.reference, resource) ?? reader.resolve(list(item.plannedActivityReference)[0], resource);
    const kind = codeable(detail?.code ?? target?.code ?? target?.medicationCodeableConcept);
    const text = kind.label ?? str(detail?.description) ?? str(obj(item.reference)?.display);
    if (!text && kind.codes.length === 0) return [];
    const state = token(detail?.status) ?? token(target?.status);
    return [{ code: kind.label || kind.codes.length > 0 ? kind : named(text!), text: sentenceName(text ?? kind.codes[0]!.code), state }];
  });
  const goals = list(resource.goal).flatMap((reference) => {
    if (reader.isSetAside(reference, resource)) return [];
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
