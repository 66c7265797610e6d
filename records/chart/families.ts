import type { FhirResource } from '../contract.ts';
import { codeable, date, list, notes, str, token, words } from './fhir.ts';
import { lowerCase, sentenceName } from './names.ts';
import { type Draft, details, distinct, draft, type Reader } from './reader.ts';
import { readReasons } from './reasons.ts';
import { looseTime } from './values.ts';

/**
 * FamilyMemberHistory: one fact for the relative and one for each condition ("breast cancer in mother"). These are never the patient's own:
 * the kind keeps them apart.
 */
export function readFamilyHistory(resource: FhirResource, reader: Reader): readonly Draft[] {
  const relative = lowerCase(words(resource.relationship) ?? 'relative');
  const conditions = list(resource.condition).flatMap((item) => {
    const code = codeable(item.code);
    if (!code.label && code.codes.length === 0) return [];
    const concepts = reader.link(code, ['condition', 'social', 'procedure', 'allergen']);
    const name = sentenceName(code.label ?? reader.terminology.get(concepts.at(-1)!)?.name ?? code.codes[0]!.code);
    return [{ item, code, concepts, name, onset: looseTime({ resourceType: 'condition', ...item }, 'onset') }];
  });
  const told = conditions.map(({ name, onset, item }) => ({
    name,
    more: [onset && `onset ${onset}`, item.contributedToDeath === true && 'contributed to death'].filter(Boolean).join(', '),
  }));
  const died = resource.deceasedBoolean === true ? 'deceased' : (looseTime(resource, 'deceased') ?? date(resource.deceasedDate));
  const none =
    conditions.length === 0 && /negative|no (known|relevant|significant)/i.test(words(resource.dataAbsentReason) ?? notes(resource) ?? '');
  const shared = {
    kind: 'family-history',
    status: 'completed',
    recordedStatus: token(resource.status),
    date: date(resource.date),
  } as const;
  return [
    draft({
      ...shared,
      name: conditions.length > 0 ? `${relative}: ${conditions.map((item) => item.name).join(', ')}` : `${relative}: no condition recorded`,
      code: codeable(resource.relationship),
      concepts: distinct([...conditions.flatMap((item) => item.concepts), 'section/family-history']),
      negated: none,
      reasons: readReasons([resource.reasonCode], [resource.reasonReference], resource, reader),
      details: details({
        relationship: relative,
        relativeName: str(resource.name),
        deceased: died,
        born: date(resource.bornDate),
        age: looseTime(resource, 'age'),
        sex: words(resource.sex) ?? str(resource.gender),
        conditions: told.some(({ more }) => more) ? told.map(({ name, more }) => `${name}${more && ` (${more})`}`).join(', ') : undefined,
        note: notes(resource),
      }),
    }),
    ...conditions.map((item) =>
      draft({
        ...shared,
        part: item.concepts[0]!,
        name: `${item.name} in ${relative}`,
        code: item.code,
        concepts: item.concepts,
        details: details({
          relationship: relative,
          onset: item.onset,
          outcome: words(item.item.outcome),
          death: item.item.contributedToDeath === true ? 'contributed to death' : undefined,
          note: notes(item.item),
        }),
      }),
    ),
  ];
}
