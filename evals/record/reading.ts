import type { RawPatient, RawResource } from '../contract.ts';

/**
 * The suite's own, minimal reading of raw FHIR R4. It keeps only what it is sure of: whatever is doubtful (no date, no status, a value
 * withheld) is left out or marked `doubtful`, so that no question is asked whose answer is a matter of opinion.
 */
export interface Item {
  /** `<Type>/<id>` */
  readonly id: string;
  readonly codes: readonly string[];
  readonly displays: readonly string[];
  /** FHIR date or dateTime as recorded. */
  readonly date?: string;
}
export interface Measurement extends Item {
  readonly value: number;
  readonly unit?: string;
  /** The reference ranges' bounds, which an answer may mention too. */
  readonly bounds: readonly number[];
  readonly date: string;
  readonly component: boolean;
}
export interface CodedResult extends Item {
  readonly text: string;
  readonly date: string;
}
export interface Problem extends Item {
  readonly state: 'active' | 'over' | 'refuted' | 'doubtful';
  readonly end?: string;
  readonly listed: boolean;
  /** What it says of its severity, stage and place, beside its name. */
  readonly beside: readonly string[];
}
export interface Medication extends Item {
  readonly state: 'active' | 'past' | 'doubtful';
  readonly reasons: readonly Item[];
  /** Dose amounts as the dosage states them, with unit where it has one. */
  readonly doses: readonly { readonly value: number; readonly unit?: string }[];
  readonly doseText: readonly string[];
  readonly combination: boolean;
}
export interface Event extends Item {
  readonly state: 'done' | 'not-done' | 'doubtful';
  readonly end?: string;
  readonly reasons: readonly Item[];
  /** What a visit names as its diagnoses: it was for them as well, whatever reason is written. */
  readonly diagnoses: readonly Item[];
  readonly kind?: string;
  /** What it says of its place, beside its name. */
  readonly beside: readonly string[];
}
export interface PatientRecord {
  readonly id: string;
  readonly given: string;
  readonly family: string;
  readonly gender: 'male' | 'female' | 'other';
  readonly birthDate?: string;
  readonly deceased: boolean;
  readonly measurements: readonly Measurement[];
  readonly coded: readonly CodedResult[];
  readonly problems: readonly Problem[];
  readonly medications: readonly Medication[];
  readonly allergies: readonly Problem[];
  /** "No known allergies" and the like, stated by the record. */
  readonly noKnownAllergies: readonly Item[];
  readonly vaccines: readonly Event[];
  readonly procedures: readonly Event[];
  readonly visits: readonly Event[];
  /** Everything textual in the record, lower case: what is nowhere in it is not recorded. */
  readonly everything: string;
  /** Tests ordered or resulted without a usable value: no question is asked about these. */
  readonly unusable: readonly Item[];
}

export function readPatient(raw: RawPatient): PatientRecord {
  const live = raw.resources.filter((r) => !isError(r));
  const of = (type: string) => live.filter((r) => r.resourceType === type);
  const observations = of('Observation');
  const name = asList(raw.patient.name).filter(isObject);
  const official = name.find((n) => n.use === 'official') ?? name[0] ?? {};
  const allergyItems = of('AllergyIntolerance').map((r) => toProblem(r, raw));
  const none = (item: Item) =>
    item.codes.some((code) => NO_ALLERGY_CODES.has(code)) || item.displays.some((text) => /^no known|no (known )?allerg/i.test(text));
  return {
    id: raw.id,
    given: plainName(asText(asList(official.given)[0]) ?? ''),
    family: plainName(asText(official.family) ?? asText(asList(official.family)[0]) ?? ''),
    gender: raw.patient.gender === 'male' || raw.patient.gender === 'female' ? raw.patient.gender : 'other',
    ...optional('birthDate', asText(raw.patient.birthDate)),
    deceased: raw.patient.deceasedBoolean === true || raw.patient.deceasedDateTime !== undefined,
    measurements: observations.flatMap(toMeasurements),
    coded: observations.flatMap(toCoded),
    unusable: observations.flatMap(toUnusable),
    problems: of('Condition').map((r) => toProblem(r, raw)),
    medications: [...of('MedicationRequest'), ...of('MedicationStatement')].flatMap((r) => toMedication(r, raw)),
    allergies: allergyItems.filter((item) => !none(item)),
    noKnownAllergies: allergyItems.filter((item) => none(item) && item.state !== 'refuted'),
    vaccines: of('Immunization').map((r) => toEvent(r, r.vaccineCode, raw)),
    procedures: of('Procedure').map((r) => toEvent(r, r.code, raw)),
    visits: of('Encounter').map((r) => toEvent(r, asList(r.type)[0], raw)),
    everything: JSON.stringify(raw.resources).toLowerCase(),
  };
}

// SNOMED CT: no known allergy, no known drug / food / environmental allergy.
const NO_ALLERGY_CODES = new Set(['716186003', '409137002', '428607008', '429625007', '428197003', '160244002']);

/** Local calendar day as recorded: an offset is kept, never converted. */
export function dayOf(date: string): string {
  return date.slice(0, 10);
}
/** Sortable instant; partial dates stand at their beginning. */
export function instantOf(date: string): number {
  const full = date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date;
  return Date.parse(full);
}

function toItem(resource: RawResource, code: unknown, date = dateOf(resource)): Item {
  return { id: `${resource.resourceType}/${resource.id ?? ''}`, ...named(code), ...optional('date', date) };
}

function named(code: unknown): { readonly codes: readonly string[]; readonly displays: readonly string[] } {
  if (!isObject(code)) return { codes: [], displays: [] };
  const codings = asList(code.coding).filter(isObject);
  const displays = [asText(code.text), ...codings.map((c) => asText(c.display))].filter((text) => text !== undefined);
  return {
    codes: codings.map((c) => asText(c.code)).filter((text) => text !== undefined),
    displays: [...new Set(displays.map(readable).filter((text) => text !== ''))],
  };
}

function dateOf(r: RawResource): string | undefined {
  for (const field of ['effective', 'onset', 'performed', 'occurrence']) {
    const direct = asText(r[`${field}DateTime`]) ?? asText(r[`${field}Instant`]);
    if (direct !== undefined) return direct;
    const period = r[`${field}Period`];
    if (isObject(period)) return asText(period.start);
  }
  if (isObject(r.period)) return asText(r.period.start);
  return asText(r.authoredOn) ?? asText(r.date);
}

function toMeasurements(r: RawResource): Measurement[] {
  if (!['final', 'amended', 'corrected'].includes(asText(r.status) ?? '')) return [];
  const date = dateOf(r);
  if (date === undefined || date.length < 10) return [];
  const list: Measurement[] = [];
  const add = (holder: Record<string, unknown>, component: boolean) => {
    const q = holder.valueQuantity;
    if (!isObject(q) || typeof q.value !== 'number' || q.comparator !== undefined || holder.dataAbsentReason !== undefined) return;
    const unit = asText(q.unit) ?? asText(q.code);
    const bounds = asList(holder.referenceRange)
      .filter(isObject)
      .flatMap((range) => [range.low, range.high])
      .flatMap((bound) => (isObject(bound) && typeof bound.value === 'number' ? [bound.value] : []));
    list.push({ ...toItem(r, holder.code), date, value: q.value, bounds, component, ...optional('unit', unit) });
  };
  add(r, false);
  for (const part of asList(r.component)) if (isObject(part)) add(part, true);
  return list;
}

/** Results, and parts of results, that were ordered or attempted and hold no value that can be compared. */
function toUnusable(r: RawResource): Item[] {
  const parts = asList(r.component).filter(isObject);
  const empty = parts.filter((part) => toMeasurements({ ...r, valueQuantity: undefined, component: [part] }).length === 0);
  if (empty.length > 0) return empty.map((part) => toItem(r, part.code));
  return toMeasurements(r).length + toCoded(r).length === 0 ? [toItem(r, r.code)] : [];
}

function toCoded(r: RawResource): CodedResult[] {
  if (!['final', 'amended', 'corrected'].includes(asText(r.status) ?? '')) return [];
  const date = dateOf(r);
  const text = isObject(r.valueCodeableConcept) ? named(r.valueCodeableConcept).displays[0] : asText(r.valueString);
  return date === undefined || text === undefined ? [] : [{ ...toItem(r, r.code), date, text }];
}

function toProblem(r: RawResource, _raw: RawPatient): Problem {
  const clinical = statusCode(r.clinicalStatus);
  const verification = statusCode(r.verificationStatus);
  const end = asText(r.abatementDateTime) ?? (isObject(r.abatementPeriod) ? asText(r.abatementPeriod.start) : undefined);
  const abated = Object.keys(r).some((key) => key.startsWith('abatement') && r[key] !== false);
  const categories = asList(r.category).flatMap((c) => (isObject(c) ? named(c).codes : [asText(c) ?? '']));
  const state = ((): Problem['state'] => {
    if (verification === 'refuted') return 'refuted';
    if (verification !== undefined && verification !== 'confirmed') return 'doubtful';
    if (['active', 'recurrence', 'relapse'].includes(clinical ?? '')) return abated ? 'doubtful' : 'active';
    if (['resolved', 'inactive', 'remission'].includes(clinical ?? '')) return clinical === 'resolved' ? 'over' : 'doubtful';
    return abated ? 'over' : 'doubtful';
  })();
  return { ...toItem(r, r.code), state, listed: categories.includes('problem-list-item'), beside: besideOf(r), ...optional('end', end) };
}

function toMedication(r: RawResource, raw: RawPatient): Medication[] {
  const intent = asText(r.intent);
  if (['proposal', 'plan', 'option'].includes(intent ?? '') || r.doNotPerform === true) return [];
  const reference = isObject(r.medicationReference) ? asText(r.medicationReference.reference) : undefined;
  const contained = asList(r.contained)
    .filter(isObject)
    .find((c) => reference === `#${asText(c.id)}`);
  const product = reference === undefined ? undefined : (contained ?? raw.resolve(reference));
  const code = r.medicationCodeableConcept ?? product?.code;
  const status = asText(r.status);
  const dosages = asList(r.dosageInstruction ?? r.dosage).filter(isObject);
  const ended = dosages.some((d) => {
    const bounds = isObject(d.timing) && isObject(d.timing.repeat) ? d.timing.repeat.boundsPeriod : undefined;
    return isObject(bounds) && bounds.end !== undefined;
  });
  const period = isObject(r.effectivePeriod) ? r.effectivePeriod : {};
  const state = ((): Medication['state'] => {
    if (status === 'active') return ended || period.end !== undefined ? 'doubtful' : 'active';
    return status === 'stopped' || status === 'completed' ? 'past' : 'doubtful';
  })();
  const doses = dosages.flatMap((d) =>
    [...asList(d.doseAndRate), d].filter(isObject).flatMap((rate) => {
      const q = rate.doseQuantity;
      return isObject(q) && typeof q.value === 'number' ? [{ value: q.value, ...optional('unit', asText(q.unit) ?? asText(q.code)) }] : [];
    }),
  );
  const item = toItem(r, code);
  return [
    {
      ...item,
      state,
      reasons: reasonsOf(r, raw),
      doses,
      doseText: dosages.map((d) => asText(d.text)).filter((text) => text !== undefined),
      combination: item.displays.some((text) => /\S \/ \S|day pack|\/\d/i.test(text)),
    },
  ];
}

function toEvent(r: RawResource, code: unknown, raw: RawPatient): Event {
  const status = asText(r.status);
  const period = [r.period, r.performedPeriod].find(isObject);
  const end = period === undefined ? undefined : asText(period.end);
  const kind = isObject(r.class) ? asText(r.class.code) : undefined;
  const state = status === 'completed' || status === 'finished' ? 'done' : status === 'not-done' ? 'not-done' : 'doubtful';
  return {
    ...toItem(r, code),
    state,
    reasons: reasonsOf(r, raw),
    diagnoses: diagnosesOf(r, raw),
    beside: besideOf(r),
    ...optional('end', end),
    ...optional('kind', kind),
  };
}

function besideOf(r: RawResource): readonly string[] {
  const stages = asList(r.stage).flatMap((stage) => (isObject(stage) ? [stage.summary, stage.type] : []));
  const notes = asList(r.note).flatMap((note) => (isObject(note) ? (asText(note.text) ?? []) : []));
  return [...[r.severity, r.site, ...asList(r.bodySite), ...stages].flatMap((code) => named(code).displays), ...notes];
}

function reasonsOf(r: RawResource, raw: RawPatient): Item[] {
  const coded = asList(r.reasonCode).map((code): Item => ({ id: `${r.resourceType}/${r.id ?? ''}`, ...named(code) }));
  return [...coded, ...referred(asList(r.reasonReference), raw)].filter((reason) => reason.displays.length > 0);
}

const diagnosesOf = (r: RawResource, raw: RawPatient): Item[] =>
  referred(
    asList(r.diagnosis).flatMap((one) => (isObject(one) ? [one.condition] : [])),
    raw,
  );

const referred = (references: readonly unknown[], raw: RawPatient): Item[] =>
  references.filter(isObject).flatMap((ref) => {
    const found = raw.resolve(asText(ref.reference) ?? '');
    if (found === undefined || isError(found)) return [];
    return [{ ...toItem(found, found.code), ...named(found.code) }];
  });

function isError(r: RawResource): boolean {
  return r.status === 'entered-in-error' || statusCode(r.verificationStatus) === 'entered-in-error';
}

function statusCode(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return isObject(value) ? named(value).codes[0] : undefined;
}

/** Zero-width and other unseen characters out, spaces folded. */
function readable(text: string): string {
  return text
    .replace(/[\u200b-\u200f\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
function plainName(text: string): string {
  return text.replace(/\d+/g, '').trim();
}
function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}
