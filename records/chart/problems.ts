import { formatDate } from '../../language/dates.ts';
import type { FactStatus, FhirResource } from '../contract.ts';
import { codeable, codeables, date, list, notes, str, token, when, words } from './fhir.ts';
import { lateralityOf, lowerCase, sentenceName } from './names.ts';
import { type Draft, details, distinct, draft, peopleOf, type Reader, visitOf } from './reader.ts';
import { hasEnded } from './statuses.ts';
import { quantityText, rangeOf, readQuantity } from './values.ts';

const CLINICAL: Readonly<Record<string, FactStatus>> = {
  active: 'active',
  recurrence: 'active',
  relapse: 'active',
  inactive: 'inactive',
  remission: 'inactive',
  resolved: 'resolved',
};

/** onset[x] or abatement[x] that is no date: "at age 45", "in childhood". */
export function looseTime(resource: FhirResource, prefix: string): string | undefined {
  const age = readQuantity(resource[`${prefix}Age`]);
  const range = rangeOf(resource[`${prefix}Range`]);
  const flag = resource[`${prefix}Boolean`];
  if (age) return `at age ${quantityText(age)}`;
  if (range) return `at age ${range.text}`;
  return str(resource[`${prefix}String`]) ?? (flag === true ? 'yes, no date given' : undefined);
}

/** Condition: a problem or an encounter's diagnosis. */
export function readCondition(resource: FhirResource, reader: Reader): readonly Draft[] {
  const code = codeable(resource.code);
  if (!code.label && code.codes.length === 0) return [];
  const verification = token(resource.verificationStatus);
  const clinical = token(resource.clinicalStatus);
  const onset = when(resource, 'onset');
  const abated = when(resource, 'abatement');
  const end = abated.date ?? abated.end ?? onset.end;
  const looseEnd = looseTime(resource, 'abatement');
  const refuted = verification === 'refuted';
  const stated = CLINICAL[clinical ?? ''];
  const status: FactStatus = refuted
    ? 'refuted'
    : ['unconfirmed', 'provisional', 'differential'].includes(verification ?? '')
      ? 'unconfirmed'
      : (stated ?? (hasEnded(end, reader) || looseEnd ? 'resolved' : 'unknown'));
  const concepts = reader.link(code, ['condition', 'social', 'procedure', 'allergen']);
  const sites = codeables(resource.bodySite).map((site) => site.label ?? site.codes[0]?.code);
  const site = sites.length > 0 ? lowerCase(sites.join(', ')) : undefined;
  const recorded = date(resource.recordedDate) ?? date(resource.dateRecorded) ?? date(resource.assertedDate);
  const label = code.label ?? reader.terminology.get(concepts.find((id) => !id.startsWith('code/')) ?? '')?.name ?? code.codes[0]!.code;
  return [
    draft({
      kind: 'problem',
      name: sentenceName(label),
      code,
      concepts,
      status,
      recordedStatus: refuted || !clinical ? verification : clinical,
      negated: refuted,
      date: onset.date,
      end,
      recorded,
      severity: words(resource.severity) && lowerCase(words(resource.severity)!),
      site,
      laterality: lateralityOf(site, label),
      visit: visitOf(resource),
      people: peopleOf([resource.asserter, resource.recorder].filter(Boolean), resource, reader),
      details: details({
        category: distinct(codeables(resource.category).map((item) => item.label && lowerCase(item.label))).join(', ') || undefined,
        verification: verification && verification !== 'confirmed' ? verification : undefined,
        clinical: clinical && clinical !== status ? clinical : undefined,
        onset: looseTime(resource, 'onset'),
        abatement: looseEnd,
        stage:
          list(resource.stage)
            .map((stage) => words(stage.summary) ?? words(stage.type))
            .filter(Boolean)
            .join(', ') || undefined,
        evidence:
          list(resource.evidence)
            .flatMap((item) => codeables(item.code).map((entry) => entry.label && lowerCase(entry.label)))
            .filter(Boolean)
            .join(', ') || undefined,
        contradiction:
          status === 'active' && hasEnded(end, reader) ? `listed as active, yet its end is recorded as ${formatDate(end!)}` : undefined,
        note: notes(resource),
      }),
    }),
  ];
}
