import type { Concept } from '../language/contract.ts';
import { formatDate } from '../language/dates.ts';
import { type Chart, type FactKind, LONG_TEXTS, type MissingPart, NOT_OFFERED, REPORT_TEXTS, type RecordReading } from './contract.ts';
import { KINDS_OF, sectionOf } from './questions/sections.ts';

/** What each resource type is called, and the kinds of fact that it may hold. The one table of it. */
const PARTS: Readonly<Record<string, readonly [name: string, ...kinds: readonly FactKind[]]>> = {
  Condition: ['problems', 'problem'],
  Observation: ['results, vital signs and social history', 'result', 'vital', 'survey', 'social', 'genotype'],
  MedicationRequest: ['prescriptions', 'medication'],
  MedicationStatement: ['reported medications', 'medication'],
  MedicationAdministration: ['administered drugs', 'medication'],
  MedicationDispense: ['dispensed drugs', 'medication'],
  Medication: ['names of prescribed drugs', 'medication'],
  AllergyIntolerance: ['allergies', 'allergy'],
  Immunization: ['immunizations', 'immunization'],
  ImmunizationRecommendation: ['recommended immunizations', 'immunization'],
  Procedure: ['procedures', 'procedure'],
  Encounter: ['visits', 'visit'],
  DiagnosticReport: ['diagnostic reports', 'report'],
  ImagingStudy: ['imaging studies', 'imaging'],
  DocumentReference: ['documents', 'document'],
  CarePlan: ['care plans', 'care-plan'],
  Goal: ['goals', 'goal'],
  CareTeam: ['care teams', 'care-team'],
  Appointment: ['appointments', 'appointment'],
  ServiceRequest: ['orders', 'order'],
  NutritionOrder: ['diet orders', 'order'],
  Coverage: ['insurance coverage', 'coverage'],
  Claim: ['insurance claims', 'coverage'],
  ExplanationOfBenefit: ['insurance benefits', 'coverage'],
  Device: ['devices', 'device'],
  DeviceUseStatement: ['use of devices', 'device'],
  DeviceRequest: ['device orders', 'device'],
  FamilyMemberHistory: ['family history', 'family-history'],
  QuestionnaireResponse: ['questionnaires', 'survey', 'social'],
  Binary: ['notes', 'document'],
  [REPORT_TEXTS]: ['report texts', 'report'],
  RelatedPerson: ['relatives and contacts', 'patient'],
  Practitioner: ['names of clinicians'],
  PractitionerRole: ['roles of clinicians'],
  Organization: ['names of organizations'],
  Location: ['names of places'],
};

/** What a resource of this type states above all. */
export const kindOf = (type: string): FactKind => PARTS[type]?.[1] ?? 'document';

/** What a note may say of a patient that stands nowhere else. */
const TOLD_IN_NOTES: readonly FactKind[] = [
  'problem',
  'medication',
  'allergy',
  'result',
  'vital',
  'survey',
  'social',
  'genotype',
  'immunization',
  'procedure',
  'report',
  'imaging',
  'device',
  'document',
  'family-history',
];

/** What the text of a report may say, beside what its results do. */
const TOLD_IN_REPORTS: readonly FactKind[] = ['problem', 'result', 'genotype', 'procedure', 'report', 'imaging', 'device'];

const ONLY_PAYERS = new Set(['Claim', 'ExplanationOfBenefit']);

const known = new WeakMap<NonNullable<Chart['gaps']>, readonly MissingPart[]>();
const NONE: readonly MissingPart[] = [];
const NO_KINDS: readonly FactKind[] = [];

/** What is not known of a record: parts that could not be read, and entries that do not say what they are about. */
export function missingParts(chart: Pick<Chart, 'gaps' | 'counts' | 'unnamed'>): readonly MissingPart[] {
  const [unread, unnamed] = [unreadParts(chart), unnamedParts(chart)];
  return unnamed.length === 0 ? unread : [...unread, ...unnamed];
}

const ENTRY: Partial<Record<FactKind, string>> = {
  allergy: 'allergy',
  problem: 'problem',
  medication: 'medication',
  procedure: 'procedure',
  immunization: 'immunization',
  result: 'result',
};
const knownUnnamed = new WeakMap<Chart['unnamed'], readonly MissingPart[]>();

/** Entries whose drug, substance or problem is not told, or could not be resolved: one part for each kind of fact. */
function unnamedParts({ unnamed: all, gaps = [] }: Pick<Chart, 'unnamed' | 'gaps'>): readonly MissingPart[] {
  if (all.length === 0) return NONE;
  const there = knownUnnamed.get(all);
  if (there) return there;
  // That a part could not be read tells of all that is in it.
  const unnamed = all.filter(({ id, why }) => why !== 'not-given' || !gaps.some(({ type }) => id.startsWith(`${type}/`)));
  const group = ({ kind, why }: Chart['unnamed'][number]): string => `${kind} ${why}`;
  const parts = [...new Set(unnamed.map(group))].map((key): MissingPart => {
    const own = unnamed.filter((one) => group(one) === key);
    const [{ kind, why }] = own as [Chart['unnamed'][number]];
    const ids = [...new Set(own.map(({ id }) => id))];
    const one = ids.length === 1;
    const entry = ENTRY[kind] ?? 'entry';
    const name = one ? entry : entry.endsWith('y') ? `${entry.slice(0, -1)}ies` : `${entry}s`;
    const shown = `${ids.slice(0, MOST_IDS).join(', ')}${ids.length > MOST_IDS ? ` and ${ids.length - MOST_IDS} more` : ''}`;
    return {
      type: ids[0]!.split('/')[0]!,
      ...tellUnnamed(why, `${ids.length} ${name}`, shown, one),
      kinds: kind === 'result' ? KINDS_OF.observation : [kind],
      unnamed: ids.length,
    };
  });
  knownUnnamed.set(all, parts);
  return parts;
}
const MOST_IDS = 3;

function tellUnnamed(why: Chart['unnamed'][number]['why'], name: string, shown: string, one: boolean): Pick<MissingPart, 'name' | 'why'> {
  if (why === 'qualified')
    return {
      name: `${name} with a modifier that Rounds does not know`,
      why: `${shown} ${one ? 'states' : 'state'} what only that modifier tells`,
    };
  if (why === 'twice')
    return { name: `${name} given twice`, why: `${shown} ${one ? 'has' : 'have'} two contents, and which is right is not told` };
  if (why === 'not-given')
    return { name: `${name} that a report names`, why: `${shown} ${one ? 'is' : 'are'} not among what was given of this record` };
  return { name: `${name} without a name`, why: `${shown} ${one ? 'does' : 'do'} not say what ${one ? 'it is' : 'they are'} about` };
}

/** The gaps of a record in the terms of a chart. Claims tell of a payer only where no coverage does. */
function unreadParts({ gaps = [], counts }: Pick<Chart, 'gaps' | 'counts'>): readonly MissingPart[] {
  if (gaps.length === 0) return NONE;
  const there = known.get(gaps);
  if (there) return there;
  const parts = gaps
    .filter(({ type }) => !(ONLY_PAYERS.has(type) && (counts.Coverage ?? 0) > 0))
    .map(({ type, why, count }): MissingPart => {
      const [name, ...kinds] = PARTS[type] ?? [`${type} resources`];
      if (type === 'Binary')
        return { type, name: count === 1 ? '1 note' : `${count ?? 'some'} ${name}`, why, kinds, mayTellOf: TOLD_IN_NOTES };
      if (type === REPORT_TEXTS)
        return { type, name: count === 1 ? '1 report text' : `${count ?? 'some'} ${name}`, why, kinds, mayTellOf: TOLD_IN_REPORTS };
      if (type === LONG_TEXTS)
        return {
          type,
          name: count === 1 ? 'the rest of 1 text' : `the rest of ${count ?? 'some'} texts`,
          why,
          kinds: NO_KINDS,
          mayTellOf: TOLD_IN_NOTES,
        };
      // A server that keeps no documents withholds none.
      const told = type === 'DocumentReference' && !why.endsWith(NOT_OFFERED) ? { mayTellOf: TOLD_IN_NOTES } : {};
      return { type, name: (counts[type] ?? 0) > 0 ? `some ${name}` : name, why, kinds, ...told };
    });
  known.set(gaps, parts);
  return parts;
}

/** Those that may hold facts of these kinds; of any kind where none is named. */
export const missingOf = (parts: readonly MissingPart[] | undefined, kinds: readonly FactKind[]): readonly MissingPart[] =>
  parts === undefined || parts.length === 0
    ? NONE
    : parts.filter((part) => kinds.length === 0 || part.kinds.some((kind) => kinds.includes(kind)));

/** Those in whose words such a thing may stand, so that it is not denied; of any kind where none is named. */
export const missingWords = (parts: readonly MissingPart[] | undefined, kinds: readonly FactKind[]): readonly MissingPart[] =>
  (parts ?? NONE).filter(({ mayTellOf }) => mayTellOf && (kinds.length === 0 || mayTellOf.some((kind) => kinds.includes(kind))));

/** Those that tell who and where: names of clinicians, organizations, places, and who belongs to the care team. */
export const missingNames = (parts: readonly MissingPart[] | undefined): readonly MissingPart[] =>
  (parts ?? NONE).filter(({ kinds, mayTellOf }) => (kinds.length === 0 && mayTellOf === undefined) || kinds.includes('care-team'));

const IMAGED =
  /x-?ray|radiograph|\bct\b|tomograph|\bmri\b|magnetic resonance|ultraso|sonogra|mammogra|\bscan\b|echocardio|angiogra|scintigra|\bpet\b|dexa|densitometr|imaging/i;

/** What stays in the patient, or is worn, stands among the devices as well. */
const IMPLANTED = /pacemaker|defibrillat|implant|stent|prosthe|pump|replacement|shunt|catheter|\bdevice\b|\bport\b|\bivc filter\b/i;

/** Where the tests of a family are filed. */
const MEASURED: Readonly<Record<string, readonly FactKind[]>> = { lab: ['result'], vital: ['vital'], score: ['survey'] };

/** Where a thing of this name may stand in a record. None: it is not known what it is. */
export function kindsHolding({ id, kind, name, synonyms }: Pick<Concept, 'id' | 'kind' | 'name' | 'synonyms'>): readonly FactKind[] {
  if (kind === 'section') return sectionOf(id)?.kinds ?? NO_KINDS;
  if (kind === 'observation') return MEASURED[id.slice(0, id.indexOf('/'))] ?? KINDS_OF.observation;
  const isNamed = (words: RegExp): boolean => [name, ...synonyms].some((one) => words.test(one));
  if (kind === 'condition')
    return [
      'problem',
      ...(isNamed(/\bpregnan/i) ? (['social', 'result'] as const) : []),
      ...(isNamed(/\ballerg|anaphyla|intoleran|hypersensitiv/i) ? (['allergy'] as const) : []),
    ];
  if (kind !== 'procedure') return KINDS_OF[kind];
  return ['procedure', 'report', ...(isNamed(IMAGED) ? (['imaging'] as const) : []), ...(isNamed(IMPLANTED) ? (['device'] as const) : [])];
}

/** Those with the same reason together. */
function byReason(parts: readonly MissingPart[]): readonly (readonly [why: string, names: string])[] {
  const found = new Map<string, string[]>();
  // It stands in a parenthesis itself.
  for (const { name, why: reason } of parts) {
    const why = reason.replace(/ \(([^()]*)\)/g, ': $1');
    found.set(why, [...(found.get(why) ?? []), name]);
  }
  return [...found].map(([why, names]) => [why, enumerated(names)]);
}

/** "not read from the FHIR server: allergies (403 not permitted); visits and goals (not offered)" */
export const listMissing = (parts: readonly MissingPart[]): string => {
  const listed = (some: readonly MissingPart[]): string =>
    byReason(some)
      .map(([why, names]) => `${names} (${why})`)
      .join('; ');
  const unread = parts.filter(({ unnamed }) => unnamed === undefined);
  const unnamed = parts.filter((part) => part.unnamed !== undefined);
  return [
    ...(unread.length > 0 ? [`not read from the FHIR server: ${listed(unread)}`] : []),
    ...(unnamed.length > 0 ? [listed(unnamed)] : []),
  ].join('; ');
};

const enumerated = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/**
 * "Allergies could not be read from the FHIR server (403 not permitted): what is said here does not cover them." One sentence a reason.
 * @param asked where the answer may stand @param others what else is missing of the record
 */
export function tellMissing(asked: readonly MissingPart[], others: readonly MissingPart[] = []): readonly string[] {
  const isUnread = ({ unnamed }: MissingPart): boolean => unnamed === undefined;
  const rest = others.filter((part) => !asked.includes(part) && isUnread(part));
  const unread = asked.filter(isUnread);
  return [
    ...asked.flatMap(({ name, why, unnamed = 0 }) =>
      unnamed > 0 ? [`And ${name}: ${why}, and what is said here does not cover ${unnamed === 1 ? 'it' : 'them'}.`] : [],
    ),
    ...byReason(unread).map(
      ([why, names]) =>
        `${names.charAt(0).toUpperCase()}${names.slice(1)} could not be read from the FHIR server (${why}): what is said here does not cover ${isOne(names) ? 'it' : 'them'}.`,
    ),
    ...(rest.length > 0 ? [`${unread.length > 0 ? 'Also ' : ''}${listMissing(rest)}.`.replace(/^n/, 'N')] : []),
  ];
}

const isOne = (names: string): boolean =>
  /^(?:(?:some )?(?:family history|insurance coverage|use of devices)|1 note|1 report text|the rest of .*)$/.test(names);

/** "The FHIR server cannot be read now: this is the record as it was read on 21-Nov-2026 at 09:15 UTC." */
export function tellStale({ stale, readAt }: Pick<Chart, 'stale' | 'readAt'>): readonly string[] {
  if (stale === undefined) return [];
  const when = readAt === undefined ? 'earlier' : `on ${formatDate(readAt.slice(0, 10))} at ${readAt.slice(11, 16)} UTC`;
  return [`The FHIR server cannot be read now: this is the record as it was read ${when}; what was written since is not in it.`];
}

/** How the record was read, where it is kept by another system; undefined for one of Rounds' own. */
export function readingOf({ gaps = [], readAt, readAtOf, stale }: Chart): RecordReading | undefined {
  if (readAt === undefined && gaps.length === 0) return undefined;
  return { gaps, ...(readAt ? { readAt } : {}), ...(readAtOf ? { readAtOf } : {}), ...(stale ? { stale } : {}) };
}
