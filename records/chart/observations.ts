import type { ConceptKind } from '../../language/contract.ts';
import { convert, sameUnit } from '../../language/units.ts';
import type { Fact, FactKind, FactStatus, FactValue, FhirResource } from '../contract.ts';
import { readFamilyHistory } from './families.ts';
import {
  type Codeable,
  codeable,
  codeables,
  date,
  instantOf,
  type Json,
  list,
  notes,
  referenceOf,
  str,
  token,
  when,
  words,
} from './fhir.ts';
import { readGenotype } from './genotypes.ts';
import { lateralityOf, lowerCase, sentenceName, testName, withoutTag } from './names.ts';
import { type Draft, details, distinct, draft, peopleOf, type Reader, recordConcept, visitOf } from './reader.ts';
import { toldIn } from './told.ts';
import { quantityText, readInterpretation, readReferenceRange, readValue } from './values.ts';

const STATUS: Readonly<Record<string, FactStatus>> = {
  final: 'completed',
  amended: 'completed',
  corrected: 'completed',
  appended: 'completed',
  preliminary: 'unconfirmed',
  registered: 'unconfirmed',
  cancelled: 'cancelled',
};

const KINDS: readonly ConceptKind[] = ['observation', 'social'];

/** LOINC codes of US Core vital signs (https://hl7.org/fhir/us/core/general-guidance, STU 6): systems file them under other categories too. */
const VITAL_CODES = new Set(
  '85353-1 9279-1 8867-4 2708-6 59408-5 8310-5 8331-1 8302-2 8306-3 9843-4 8287-5 29463-7 3141-9 39156-5 59576-9 77606-2 8289-1 85354-9 55284-4 8480-6 8462-4 8478-0'.split(
    ' ',
  ),
);
/** Tobacco smoking status (US Core). Synthea files it under surveys. */
const SOCIAL_CODES = new Set(['72166-2', '81229-7', '11367-0', '82810-3', '11341-5', '76690-7', '76689-9', '71802-3', '67875-5']);
const BLOOD_PRESSURE = new Set(['85354-9', '55284-4', '35094-2', '96607-7']);
const SYSTOLIC = new Set(['8480-6', '8459-0', '8460-8', '8461-6', '8479-8']);
const DIASTOLIC = new Set(['8462-4', '8453-3', '8454-1', '8455-8', '8475-6']);

/** Observation categories (HL7 and US Core) of what was asked or judged rather than measured. */
const ASSESSMENTS = new Set([
  'survey',
  'functional-status',
  'disability-status',
  'cognitive-status',
  'care-experience-preference',
  'treatment-intervention-preference',
]);

const hasCode = (code: Codeable, codes: ReadonlySet<string>) => code.codes.some((item) => codes.has(item.code));

export function observationKind(resource: FhirResource, code: Codeable, concepts: readonly string[], reader: Reader): FactKind {
  const categories = list(resource.category).flatMap((item) => [
    ...codeable(item).codes.map((entry) => entry.code),
    ...codeable(item).names,
  ]);
  const filed = categories.map((item) => item.toLowerCase().replace(/[^a-z]+/g, '-'));
  const known = concepts.map((id) => reader.terminology.get(id));
  if (
    hasCode(code, VITAL_CODES) ||
    known.some((concept) => concept?.id.startsWith('vital/')) ||
    filed.includes('vital-signs') ||
    filed.includes('vital-sign')
  )
    return 'vital';
  if (hasCode(code, SOCIAL_CODES) || known.some((concept) => concept?.kind === 'social')) return 'social';
  if (filed.some((item) => ['social-history', 'sdoh', 'socialhistory'].includes(item))) return 'social';
  if (filed.some((item) => ASSESSMENTS.has(item))) return 'survey';
  return 'result';
}

/** A test's name: the curated concept's where its code or name is known, so that one test has one name whatever the system calls it. */
export function observationName(code: Codeable, concepts: readonly string[], reader: Reader): string {
  const curated = concepts.find((id) => !id.startsWith('code/') && !id.startsWith('text/'));
  const concept = curated ? reader.terminology.get(curated) : undefined;
  const exact = concept?.codes.some((item) => code.codes.some((entry) => entry.code === item.code && entry.system === item.system));
  if (concept && (exact || concepts[0] === curated)) return concept.name;
  return code.label ? testName(code.label) : (concept?.name ?? code.codes[0]?.code ?? 'unnamed observation');
}

function ageAt(reader: Reader, at: string | undefined): number | undefined {
  if (!reader.birthDate || !at) return undefined;
  return (instantOf(at) - instantOf(reader.birthDate)) / (365.2425 * 86_400_000);
}

/** Where a value lies against the resource's own range: undefined where units or a comparator leave it open. */
function flagByRange(value: FactValue | undefined, range: Fact['referenceRange']): 'L' | 'N' | 'H' | undefined {
  if (value?.type !== 'quantity' || !range || (range.low === undefined && range.high === undefined)) return undefined;
  let amount: number | undefined = value.value;
  if (range.unit && value.ucum && range.unit !== value.ucum && !sameUnit(value.ucum, range.unit))
    amount = convert(value.value, value.ucum, range.unit);
  if (amount === undefined) return undefined;
  const below = range.low !== undefined && amount < range.low;
  const above = range.high !== undefined && amount > range.high;
  if (value.comparator?.startsWith('<')) return range.low !== undefined && amount <= range.low ? 'L' : undefined;
  if (value.comparator?.startsWith('>')) return range.high !== undefined && amount >= range.high ? 'H' : undefined;
  return below ? 'L' : above ? 'H' : 'N';
}

interface Measured {
  readonly value?: FactValue;
  readonly referenceRange?: NonNullable<Fact['referenceRange']>;
  readonly flag?: NonNullable<Fact['flag']>;
  readonly flagSource?: NonNullable<Fact['flagSource']>;
  readonly notes: Readonly<Record<string, string | undefined>>;
  readonly absent?: string;
}

/** What an Observation and its components share: value, reason of absence, interpretation, reference range. */
function measured(source: Json, at: string | undefined, reader: Reader): Measured {
  const { value: written, conflict } = readValue(source);
  const age = ageAt(reader, at);
  const referenceRange = readReferenceRange(source.referenceRange, {
    ...(age === undefined ? {} : { ageYears: age }),
    ...(reader.gender ? { gender: reader.gender } : {}),
  });
  const recorded = readInterpretation(source.interpretation);
  // "Negative" stands with many tests as their interpretation alone: then that is the result.
  const judged =
    written === undefined && source.dataAbsentReason === undefined && source.component === undefined ? recorded.words : undefined;
  const value: FactValue | undefined =
    written ?? (judged ? { type: 'coded', text: judged, codes: codeables(source.interpretation)[0]?.codes ?? [] } : undefined);
  const read = flagByRange(value, referenceRange);
  const absent = value === undefined ? words(source.dataAbsentReason) : undefined;
  // Called normal, yet outside of its own range: the record contradicts itself, and neither is taken.
  const outside = recorded.flag === 'N' && (read === 'L' || read === 'H');
  const flag = outside ? undefined : (recorded.flag ?? read);
  return {
    ...(value ? { value } : {}),
    ...(referenceRange ? { referenceRange } : {}),
    ...(flag ? { flag, flagSource: recorded.flag ? ('recorded' as const) : ('reference-range' as const) } : {}),
    notes: {
      interpretation: judged ? undefined : recorded.words,
      unitConflict: conflict,
      rangeReading: outside ? `recorded as normal, yet ${read === 'L' ? 'below' : 'above'} its reference range` : undefined,
      rounded:
        value?.type === 'quantity' && String(value.value) !== value.text && Number(value.text) !== value.value
          ? 'rounded for reading'
          : undefined,
    },
    ...(absent ? { absent: lowerCase(absent) } : {}),
  };
}

const shownValue = (value: FactValue) => (value.type === 'quantity' ? quantityText(value) : value.text);

function bloodPressure(parts: readonly Draft[]): string | undefined {
  const find = (codes: ReadonlySet<string>, concept: string) =>
    parts.find((part) => part.concepts.includes(concept) || part.codes.some((code) => codes.has(code.code)));
  const first = find(SYSTOLIC, 'vital/systolic');
  const second = find(DIASTOLIC, 'vital/diastolic');
  const systolic = first?.value;
  const diastolic = second?.value;
  if (systolic?.type !== 'quantity' || diastolic?.type !== 'quantity') return undefined;
  if (systolic.ucum !== diastolic.ucum || systolic.comparator || diastolic.comparator) return undefined;
  const others = parts
    .filter((part) => part !== first && part !== second && part.value)
    .map((part) => `${part.name} ${shownValue(part.value!)}`);
  return [`${systolic.text}/${diastolic.text}${systolic.unit ? ` ${systolic.unit}` : ''}`, ...others].join('; ');
}

/** Observation: a result, vital sign, survey, social fact or genotype, with a fact for each component. */
export function readObservation(resource: FhirResource, reader: Reader): readonly Draft[] {
  const code = codeable(resource.code);
  if (!code.label && code.codes.length === 0) return [];
  const family = familyObservation(resource, code, reader);
  if (family) return family;
  const genotype = readGenotype(resource, reader);
  if (genotype) return genotype;
  const linked = panelOfItself(resource, code, reader) ?? reader.link(code, KINDS);
  // A score is a number: a coded answer under its name is one item of the questionnaire.
  const isItem = resource.valueCodeableConcept !== undefined && linked.length > 1 && linked[0]!.startsWith('code/');
  const concepts = isItem ? linked.filter((id) => !id.startsWith('score/')) : linked;
  const kind = observationKind(resource, code, concepts, reader);
  const at = when(resource, 'effective');
  const recordedStatus = token(resource.status);
  const site = words(resource.bodySite);
  const issued = date(resource.issued);
  const whole = measured(resource, at.date ?? issued, reader);
  const shared = {
    kind,
    status: STATUS[recordedStatus ?? ''] ?? 'unknown',
    recordedStatus,
    date: at.date ?? issued,
    end: at.end,
    recorded: at.date && issued && issued.slice(0, 10) !== at.date.slice(0, 10) ? issued : undefined,
    site: site ? lowerCase(site) : undefined,
    laterality: lateralityOf(site, code.label),
    visit: visitOf(resource),
    people: peopleOf(list(resource.performer), resource, reader),
  } as const;

  const parts = list(resource.component).flatMap((component) => {
    const partCode = codeable(component.code);
    if (!partCode.label && partCode.codes.length === 0) return [];
    const partConcepts = reader.link(partCode, KINDS);
    const reading = measured(component, shared.date, reader);
    return [
      draft({
        ...shared,
        part: partConcepts.find((id) => !id.startsWith('code/')) ?? partConcepts[0]!,
        name: observationName(partCode, partConcepts, reader),
        code: partCode,
        concepts: partConcepts,
        value: reading.value,
        referenceRange: reading.referenceRange,
        flag: reading.flag,
        flagSource: reading.flagSource,
        statusReason: reading.absent ? `not measured: ${reading.absent}` : undefined,
        details: details(reading.notes),
      }),
    ];
  });

  const members = list(resource.hasMember).flatMap((member) => str(member.display) ?? memberName(member, resource, reader) ?? []);
  const pressure = hasCode(code, BLOOD_PRESSURE) || parts.length > 0 ? bloodPressure(parts) : undefined;
  const combined =
    pressure ??
    (parts.length > 0
      ? parts.map((part) => `${part.name} ${part.value ? shownValue(part.value) : (part.statusReason ?? 'not recorded')}`).join('; ')
      : undefined);
  const value: FactValue | undefined =
    whole.value ?? (combined && parts.some((part) => part.value) ? { type: 'text', text: combined } : undefined);
  const absentPart = parts.length > 0 && !parts.some((part) => part.value) ? parts[0]!.statusReason : undefined;
  const absent = whole.absent && !value ? `not measured: ${whole.absent}` : absentPart;
  return [
    draft({
      ...shared,
      name: observationName(code, concepts, reader),
      code,
      concepts,
      value,
      referenceRange: whole.referenceRange,
      flag: whole.flag ?? worstFlag(parts),
      flagSource: whole.flag ? whole.flagSource : parts.find((part) => part.flag === worstFlag(parts))?.flagSource,
      statusReason: absent,
      details: details({
        ...whole.notes,
        category: distinct(codeables(resource.category).map((item) => item.label && lowerCase(item.label))).join(', ') || undefined,
        method: words(resource.method),
        specimen: specimenOf(resource, reader),
        device: reader.nameOf(resource.device, resource),
        members: members.length > 0 ? members.map((name) => testName(name)).join(', ') : undefined,
        note: notes(resource) ?? str(resource.comment),
      }),
    }),
    ...parts,
  ];
}

/** The questionnaire whose total is a member under the same name holds no score of its own: counted beside it, each would count twice. */
function panelOfItself(resource: FhirResource, code: Codeable, reader: Reader): readonly string[] | undefined {
  const valued = resource.component !== undefined || Object.keys(resource).some((field) => /^value[A-Z]/.test(field));
  const members = valued ? [] : list(resource.hasMember).flatMap((member) => reader.resolve(member, resource) ?? []);
  if (members.length === 0) return undefined;
  const own = reader.link(code, KINDS).filter((id) => !/^(?:code|text)\//.test(id));
  const within = members.flatMap((member) => reader.link(codeable(member.code), KINDS));
  if (own.length === 0 || !own.every((id) => within.includes(id))) return undefined;
  const label = `${code.label ?? reader.terminology.get(own[0]!)?.name} panel`;
  const concept = recordConcept({ ...code, label, names: [label] }, 'observation');
  reader.learn(concept);
  return [concept.id];
}

/** "Family history: ischaemic heart disease" filed as an observation: a relative's, where its value does not say otherwise. */
function familyObservation(resource: FhirResource, code: Codeable, reader: Reader): readonly Draft[] | undefined {
  const told = code.label && /^f/i.test(code.label) ? toldIn(withoutTag(code.label)) : undefined;
  const unsaid = resource.component === undefined && !Object.keys(resource).some((field) => /^value[A-Z]/.test(field));
  if (told?.manner !== 'family' || (!unsaid && resource.valueBoolean !== true)) return undefined;
  const condition = [{ code: { text: told.thing } }];
  return readFamilyHistory(
    {
      resourceType: 'FamilyMemberHistory',
      status: 'completed',
      relationship: { text: told.relative },
      condition,
      date: when(resource, 'effective').date,
      note: resource.note,
    },
    reader,
  );
}

function memberName(member: Json, resource: FhirResource, reader: Reader): string | undefined {
  const target = reader.resolve(member, resource);
  return target ? codeable(target.code).label : undefined;
}

function specimenOf(resource: FhirResource, reader: Reader): string | undefined {
  const display = str((resource.specimen as Json | undefined)?.display);
  const target = referenceOf(resource.specimen) ? reader.resolve(resource.specimen, resource) : undefined;
  const text = display ?? words(target?.type);
  return text ? sentenceName(text) : undefined;
}

const SEVERITY: readonly NonNullable<Fact['flag']>[] = ['HH', 'LL', 'A', 'H', 'L', 'N'];
const worstFlag = (parts: readonly Draft[]): Fact['flag'] => SEVERITY.find((flag) => parts.some((part) => part.flag === flag));
