import { formatDate } from '../../language/dates.ts';
import type { FactStatus, FhirResource } from '../contract.ts';
import { codeable, codeables, date, list, notes, str, token, words } from './fhir.ts';
import { lowerCase, withoutTag } from './names.ts';
import { ANY_KIND, type Draft, details, distinct, draft, peopleOf, type Reader } from './reader.ts';
import { readReasons } from './reasons.ts';
import { statusOf } from './statuses.ts';
import { quantityText, rangeOf, readQuantity, readValue } from './values.ts';

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
