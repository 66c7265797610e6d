import { formatDate } from '../../language/dates.ts';
import type { FactStatus, FhirResource } from '../contract.ts';
import { allergyInProblem } from './allergies.ts';
import { readFamilyHistory } from './families.ts';
import { type Codeable, codeable, codeables, date, list, NOTHING, named, notes, obj, str, token, when, words } from './fhir.ts';
import { lateralityOf, lowerCase, sentenceName } from './names.ts';
import { type Draft, details, distinct, draft, peopleOf, type Reader, visitOf } from './reader.ts';
import { hasEnded } from './statuses.ts';
import { toldIn } from './told.ts';
import { looseTime } from './values.ts';

const CLINICAL: Readonly<Record<string, FactStatus>> = {
  active: 'active',
  recurrence: 'active',
  relapse: 'active',
  inactive: 'inactive',
  remission: 'inactive',
  resolved: 'resolved',
};

/** "FH: prostate cancer" among the problems is a relative's. */
const familyProblem = (
  resource: FhirResource,
  { relative, thing }: { relative: string; thing: string },
  reader: Reader,
): readonly Draft[] =>
  readFamilyHistory(
    {
      resourceType: 'FamilyMemberHistory',
      status: 'completed',
      relationship: { text: relative },
      condition: [{ code: { text: thing } }],
      date: resource.recordedDate,
      note: resource.note,
    },
    reader,
  );

/** A problem without a code whose narrative is one short phrase: that names it. */
function narrated(resource: FhirResource): Codeable {
  const text = str(obj(resource.text)?.div)
    ?.replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text && text.length <= 80 ? named(text) : NOTHING;
}

/** Condition: a problem or an encounter's diagnosis. */
export function readCondition(resource: FhirResource, reader: Reader): readonly Draft[] {
  const coded = codeable(resource.code);
  const written = coded.label || coded.codes.length > 0 ? coded : narrated(resource);
  if (!written.label && written.codes.length === 0) return [];
  const told = written.label && written.codes.length === 0 ? toldIn(written.label) : undefined;
  if (told?.manner === 'family') return familyProblem(resource, told, reader);
  const thing = told && told.manner !== 'beside' ? { label: told.thing, names: [told.thing], codes: [] } : undefined;
  // What the status says by itself is called by its name alone; what was doubted or had once keeps the record's words.
  const code = thing && /^(?:negated|remission|resolved)$/.test(told!.manner) ? thing : written;
  const verification = token(resource.verificationStatus);
  const clinical = token(resource.clinicalStatus);
  const onset = when(resource, 'onset');
  const abated = when(resource, 'abatement');
  const end = abated.date ?? abated.end ?? onset.end;
  const looseEnd = looseTime(resource, 'abatement');
  const refuted = verification === 'refuted' || told?.manner === 'negated';
  const stated = CLINICAL[clinical ?? ''];
  const status: FactStatus = refuted
    ? 'refuted'
    : ['unconfirmed', 'provisional', 'differential'].includes(verification ?? '') || told?.manner === 'doubtful'
      ? 'unconfirmed'
      : told?.manner === 'resolved'
        ? 'resolved'
        : told?.manner === 'remission'
          ? 'inactive'
          : (stated ?? (hasEnded(end, reader) || looseEnd ? 'resolved' : 'unknown'));
  const linked =
    told?.manner === 'beside'
      ? reader.link(code, ['social'])
      : reader.link(thing ?? code, ['condition', 'social', 'procedure', 'allergen']);
  // "Old myocardial infarction" is a problem of its own.
  const old = told?.manner === 'past' ? reader.terminology.byName(`old ${told.thing}`).map(({ id }) => id) : [];
  const concepts = [...old, ...linked];
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
        clinical: clinical && clinical !== status && !told ? clinical : undefined,
        written: code === written ? undefined : written.label,
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
    ...(told ? [] : allergyInProblem(resource, reader)),
  ];
}
