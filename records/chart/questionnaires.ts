import type { FactKind, FactValue, FhirResource } from '../contract.ts';
import { type Codeable, date, type Json, list, referenceOf, str, token } from './fhir.ts';
import { type Draft, details, draft, peopleOf, type Reader, visitOf } from './reader.ts';
import { statusOf } from './statuses.ts';
import { quantityText, readValue } from './values.ts';

interface Item {
  readonly text: string;
  readonly code: Codeable;
  readonly value: FactValue;
}

/** LOINC code that a linkId or definition carries: "/93025-5/71802-3", "http://loinc.org/rdf/71802-3", "71802-3". */
const loincIn = (...written: readonly (string | undefined)[]): string | undefined =>
  written.flatMap((text) => (text ? [...text.matchAll(/(?<![\d.-])(\d{1,7}-\d)(?![\d-])/g)].map((match) => match[1]!) : [])).at(-1);

/** Answered items, nested ones too, in order. */
function answered(items: readonly Json[], depth = 0): readonly Item[] {
  if (depth > 8) return [];
  return items.flatMap((item): readonly Item[] => {
    const text = str(item.text) ?? str(item.linkId);
    const loinc = loincIn(str(item.linkId), str(item.definition));
    const values = list(item.answer).flatMap((answer) => readValue(answer).value ?? []);
    const value: FactValue | undefined = values.length > 1 ? { type: 'text', text: values.map(shown).join(', ') } : values[0];
    const own =
      text && value
        ? [{ text, value, code: { label: text, names: [text], codes: loinc ? [{ system: 'http://loinc.org', code: loinc }] : [] } }]
        : [];
    return [
      ...own,
      ...answered(list(item.item), depth + 1),
      ...list(item.answer).flatMap((answer) => answered(list(answer.item), depth + 1)),
    ];
  });
}

const shown = (value: FactValue) => (value.type === 'quantity' ? quantityText(value) : value.text);
const SCORE = /\b(total|score|severity|index|scale)\b/i;

/**
 * QuestionnaireResponse: one fact for the whole, and one for each item that gives a score or a social need (by its concept). Other answers
 * stand in the whole's text.
 */
export function readQuestionnaire(resource: FhirResource, reader: Reader): readonly Draft[] {
  const items = answered(list(resource.item));
  if (items.length === 0) return [];
  const name =
    str((list(resource._questionnaire)[0]?.extension as readonly Json[] | undefined)?.map((item) => str(item.valueString)).find(Boolean)) ??
    titleOf(resource, reader);
  const recordedStatus = token(resource.status);
  const shared = {
    status: recordedStatus === 'in-progress' ? ('unconfirmed' as const) : statusOf(recordedStatus),
    recordedStatus,
    date: date(resource.authored),
    visit: visitOf(resource),
    people: peopleOf([resource.author].filter(Boolean), resource, reader),
  };
  const parts = items.flatMap((item) => {
    const concepts = reader.link(item.code, ['observation', 'social']);
    const social = concepts.some((id) => reader.terminology.get(id)?.kind === 'social');
    const score = item.value.type === 'quantity' && (SCORE.test(item.text) || concepts.some((id) => id.startsWith('score/')));
    if (!social && !score) return [];
    const kind: FactKind = social ? 'social' : 'survey';
    return [
      draft({ ...shared, kind, part: concepts[0]!, name: item.text.replace(/\?$/, ''), code: item.code, concepts, value: item.value }),
    ];
  });
  return [
    draft({
      ...shared,
      kind: 'survey',
      name,
      code: { names: [name], codes: [] },
      concepts: ['section/surveys'],
      value: { type: 'text', text: items.map((item) => `${item.text.replace(/\s*[?:]$/, '')}: ${shown(item.value)}`).join('; ') },
      details: details({ questionnaire: str(resource.questionnaire) ?? referenceOf(resource.questionnaire) }),
    }),
    ...parts,
  ];
}

function titleOf(resource: FhirResource, reader: Reader): string {
  const target = reader.resolve(resource.questionnaire, resource);
  return str(target?.title) ?? 'questionnaire';
}
