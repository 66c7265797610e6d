import type { CodeRef, Terminology } from '../language/contract.ts';

/** Loose FHIR R4 resource: what comes from outside is read defensively, field by field. */
export interface FhirResource {
  readonly resourceType: string;
  readonly id?: string;
  readonly [field: string]: unknown;
}
export interface FhirBundle extends FhirResource {
  readonly resourceType: 'Bundle';
  readonly type: string;
  readonly total?: number;
  readonly entry?: readonly {
    readonly fullUrl?: string;
    readonly resource?: FhirResource;
    readonly request?: { readonly method: string; readonly url: string; readonly ifNoneExist?: string; readonly ifMatch?: string };
    readonly response?: { readonly status: string; readonly location?: string; readonly etag?: string; readonly outcome?: FhirResource };
  }[];
  readonly link?: readonly { readonly relation: string; readonly url: string }[];
}

/** What a search finds. `included`: what `_include` and `_revinclude` bring beside it. */
export interface SearchResult {
  readonly matches: readonly FhirResource[];
  readonly included: readonly FhirResource[];
}

/** The texts of reports, as the type of a gap: the reports themselves are there. */
export const REPORT_TEXTS = 'DiagnosticReport.presentedForm';
/** The rest of texts that are longer than is read, as the type of a gap: the entries themselves are there. */
export const LONG_TEXTS = 'Element.text';

/** Ends the reason of a gap where the server does not keep such a type, and so withholds none. */
export const NOT_OFFERED = 'not offered';

export interface RecordGap {
  /** Resource type; `Binary`: the texts of documents; `REPORT_TEXTS`; `LONG_TEXTS`. */
  readonly type: string;
  readonly why: string;
  /** How many were not read, where that is known. */
  readonly count?: number;
}

/** A patient's record as it was read. */
export interface RecordSnapshot {
  readonly resources: readonly FhirResource[];
  /** Types of which there may be more than was read, and why: what is not found among them is not known to be absent. */
  readonly gaps: readonly RecordGap[];
  /** ISO instant of the oldest part, where the record is kept by another system: what was written since is not in it. */
  readonly readAt?: string;
  /** By resource type, where the record is kept by another system: ISO instant as of which what is held of that type is known to be right. */
  readonly readAtOf?: Readonly<Record<string, string>>;
  /** Why an older copy is shown: the server does not answer. */
  readonly stale?: string;
}

/** How a record on another server was read: what an answer from it must carry. */
export type RecordReading = Pick<RecordSnapshot, 'gaps' | 'readAt' | 'readAtOf' | 'stale'>;

/** A gap of a record in the terms of a chart: what might have stood there is not denied, counted, or called the latest or the only one. */
export interface MissingPart {
  /** So many entries that are there and do not say what they are about; absent where the part could not be read. */
  readonly unnamed?: number;
  /** Resource type. */
  readonly type: string;
  /** In a clinician's words: "allergies". */
  readonly name: string;
  /** In a few words: "403 not permitted", "not offered". */
  readonly why: string;
  /** Kinds of fact that it may hold. None: it only tells the names of persons and places that others refer to. */
  readonly kinds: readonly FactKind[];
  /** Kinds that its words may speak of: such things are not denied, though what is recorded of them is all read. */
  readonly mayTellOf?: readonly FactKind[];
}

/** An operation of a JSON Patch, RFC 6902. */
export interface PatchOperation {
  readonly op: string;
  readonly path: string;
  readonly [field: string]: unknown;
}

export interface ReadOptions {
  /** Ends the waiting; what is thrown is its reason. */
  readonly signal?: AbortSignal;
  /** ISO instant, when a question was asked: a copy of another system's record that was confirmed since then is new enough for it. */
  readonly since?: string;
}

/**
 * The record's port: the sandbox stands behind it, or any FHIR R4 server over HTTP.
 * Faults are `AppError`s (`record-unavailable`, `not-found`, `not-permitted`, `version-conflict`, `foreign-patient`, `bad-request`).
 */
export interface RecordStore {
  read(resourceType: string, id: string, options?: ReadOptions): Promise<FhirResource>;
  /**
   * Every parameter is kept, in order, repeated ones too. Follows pages up to `limit` matches (default 10,000). A search of what belongs to patients
   * names the one whose it is by id; only patients themselves are searched without.
   * @param options `anyPatient`: for whoever serves Rounds' own record to other systems, never for an answer; no other store heeds it
   */
  search(
    resourceType: string,
    params: readonly (readonly [string, string])[],
    options?: ReadOptions & { readonly limit?: number; readonly anyPatient?: true },
  ): Promise<SearchResult>;
  /**
   * Everything in the patient's compartment, and in those of records that were merged into it, plus the practitioners, organizations, locations and medications that it refers to.
   * A resource that belongs to another patient is the error `foreign-patient`, never data.
   */
  everything(patientId: string, options?: ReadOptions): Promise<RecordSnapshot>;
  create(resource: FhirResource, options?: { readonly ifNoneExist?: string }): Promise<FhirResource>;
  /** Creates under the given id where nothing stands there. `ifMatch` is a version id. */
  update(resource: FhirResource, options?: { readonly ifMatch?: string }): Promise<FhirResource>;
  patch(
    resourceType: string,
    id: string,
    operations: readonly PatchOperation[],
    options?: { readonly ifMatch?: string },
  ): Promise<FhirResource>;
  /** `transaction`: all or nothing. `batch`: each on its own. */
  transaction(bundle: FhirBundle): Promise<FhirBundle>;
  /**
   * By name, without records that were merged into another: to ask for one by id is a fault that says so (`not-found`).
   * @param options `named`: at least all whom these words, as an id, a number or a name, may mean. `onMore`: told how many are listed where a
   * server has more than it is asked to list
   * @throws AppError `bad-request` where more than a thousand may be meant
   */
  patients(
    options?: ReadOptions & { readonly named?: string; readonly onMore?: (listed: number) => void },
  ): Promise<readonly PatientSummary[]>;
  /** Changes whenever anything in the patient's compartment does; cheap enough to ask before every answer. */
  stamp(patientId: string, options?: ReadOptions): Promise<string>;
}

export interface PatientSummary {
  readonly id: string;
  /** "Jane Anne Park" */
  readonly name: string;
  /** Former names, nicknames and the like. */
  readonly otherNames?: readonly string[];
  readonly birthDate?: string;
  readonly gender?: string;
  readonly recordNumber?: string;
  /** Numbers of other systems: of an insurer, a health service. */
  readonly otherNumbers?: readonly string[];
  readonly deceased?: string | boolean;
}

/** The parts of a record that facts come from. */
export const FACT_KINDS = [
  'patient',
  'problem', // Condition (also encounter diagnoses)
  'medication', // MedicationRequest, MedicationStatement, MedicationAdministration, MedicationDispense
  'allergy',
  'result', // laboratory and other measured Observations
  'vital',
  'survey', // scores and questionnaires (PHQ-9, pain)
  'social', // social history: tobacco, housing ...; also QuestionnaireResponse-derived social needs
  'genotype',
  'immunization',
  'procedure',
  'visit', // Encounter
  'appointment',
  'report', // DiagnosticReport
  'imaging', // ImagingStudy
  'device', // Device, DeviceUseStatement
  'document', // DocumentReference
  'order', // ServiceRequest
  'care-team',
  'coverage',
  'care-plan',
  'goal',
  'family-history',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** A measured amount as recorded. `text` is the record's own number with its precision ("5.10"). `ucum` is a valid UCUM code or absent. */
export interface QuantityValue {
  readonly type: 'quantity';
  readonly value: number;
  readonly text: string;
  readonly unit?: string;
  readonly ucum?: string;
  readonly comparator?: '<' | '<=' | '>' | '>=';
}
export interface CodedValue {
  readonly type: 'coded';
  readonly text: string;
  readonly codes: readonly CodeRef[];
}
export interface TextValue {
  readonly type: 'text';
  readonly text: string;
}
export interface BooleanValue {
  readonly type: 'boolean';
  readonly value: boolean;
  readonly text: string;
}
/** e.g. ratios (titers) and ranges */
export interface RangeValue {
  readonly type: 'range';
  readonly low?: number;
  readonly high?: number;
  readonly unit?: string;
  readonly ucum?: string;
  readonly text: string;
}
export type FactValue = QuantityValue | CodedValue | TextValue | BooleanValue | RangeValue;

/**
 * Lifecycle, one word for every resource type. `status` in FHIR terms stays in `recordedStatus`.
 * active: in force now. inactive: not now, may return (remission, on hold). resolved: over (condition). stopped: ended early (drug).
 * completed: done. planned: in the future. cancelled / missed: did not happen. refuted: recorded as not so. unconfirmed: provisional,
 * differential. unknown: not stated.
 */
export type FactStatus =
  | 'active'
  | 'inactive'
  | 'resolved'
  | 'stopped'
  | 'completed'
  | 'planned'
  | 'cancelled'
  | 'missed'
  | 'refuted'
  | 'unconfirmed'
  | 'unknown';

/** Why: the problem or visit reason that a drug, procedure or visit names. */
export interface Reason {
  readonly text: string;
  readonly concepts: readonly string[];
  /** Evidence id of the resource that holds it, e.g. `Condition/2ae`. */
  readonly ref?: string;
}

export interface Dosage {
  /** As it should be read: "500 mg by mouth twice daily". Built from structure, else the record's own text. */
  readonly text: string;
  readonly value?: number;
  readonly unit?: string;
  readonly ucum?: string;
  readonly route?: string;
  /** "twice daily", "every 8 hours" */
  readonly frequency?: string;
  readonly timesPerDay?: number;
  readonly asNeeded?: boolean;
}

/**
 * One statement that the record makes, read from one resource: what questions are answered from and what claims are checked against.
 * A resource with components (blood pressure) gives one fact for each component, `part` telling which, and one for the whole; all share
 * the resource's evidence id. Entered-in-error resources give no facts.
 */
export interface Fact {
  /** Evidence id: `<ResourceType>/<id>`. */
  readonly id: string;
  /** Concept id of the component, for components. */
  readonly part?: string;
  readonly kind: FactKind;
  /** `Patient/<id>` */
  readonly subject: string;
  /** How a sentence names it: "hemoglobin A1c", "viral sinusitis", "simvastatin 10 mg". No "(disorder)" tags. */
  readonly name: string;
  /** Every display and text the record uses for it, as recorded. */
  readonly names: readonly string[];
  readonly codes: readonly CodeRef[];
  /** Concept ids, the most specific first; never empty. For medications: the ingredients; for allergies: the substance. */
  readonly concepts: readonly string[];
  readonly status: FactStatus;
  readonly recordedStatus?: string;
  /** True where the record states absence: "no known allergies", a negative finding, a refuted condition, a vaccine not given. */
  readonly negated: boolean;
  /** FHIR dateTime as recorded: effective, onset, authored, occurrence, performed or visit start. */
  readonly date?: string;
  /** Abatement, end of therapy, end of visit. */
  readonly end?: string;
  /** When it was written down, where that differs. */
  readonly recorded?: string;
  readonly value?: FactValue;
  readonly referenceRange?: { readonly low?: number; readonly high?: number; readonly unit?: string; readonly text: string };
  /** From the record's interpretation, else from the resource's own reference range; never from general knowledge. */
  readonly flag?: 'LL' | 'L' | 'N' | 'H' | 'HH' | 'A';
  readonly flagSource?: 'recorded' | 'reference-range';
  readonly dosage?: Dosage;
  /** Strength in the product's name or Medication resource: "10 mg", per ingredient concept. */
  readonly strengths?: readonly {
    readonly concept: string;
    readonly value: number;
    readonly unit: string;
    readonly ucum?: string;
    readonly per?: string;
  }[];
  readonly reasons: readonly Reason[];
  /** Why a drug was stopped or a visit cancelled. */
  readonly statusReason?: string;
  readonly severity?: string;
  readonly criticality?: string;
  readonly reactions?: readonly string[];
  /** allergy or intolerance */
  readonly allergyType?: string;
  readonly site?: string;
  readonly laterality?: 'left' | 'right' | 'bilateral';
  /** Evidence id of the visit it belongs to. */
  readonly visit?: string;
  /** Who did, ordered or leads it, as names; `organization` where. */
  readonly people?: readonly string[];
  readonly organization?: string;
  /** Further stated details worth reading: visit class, care plan activities, relationship, dose number, note text ... */
  readonly details?: Readonly<Record<string, string>>;
  /** Older than the useful life of its kind (see chart), as of the chart's time. */
  readonly stale?: boolean;
  /** Ids of facts that it conflicts with (same drug active and stopped, allergy and "no known allergies" ...). */
  readonly conflicts?: readonly string[];
}

/** A patient's record read for reasoning. `facts` is everything; the bounded view for a prompt is made by `selectLines`. */
export interface Chart extends Partial<Omit<RecordSnapshot, 'resources'>> {
  readonly patientId: string;
  readonly patient: PatientSummary;
  /** Age in whole years as of `asOf`, absent where the birth date is. */
  readonly age?: number;
  /** ISO instant that "now", ages and staleness refer to. */
  readonly asOf: string;
  readonly facts: readonly Fact[];
  /** The base terminology with this record's own displays and codes. */
  readonly terminology: Terminology;
  /** Resource types read, with how many resources: tells "nothing there" from "not looked at". */
  readonly counts: Readonly<Record<string, number>>;
  /** How many resources of which type are marked as entered in error: they give no facts. Absent where none is. */
  readonly inError?: Readonly<Record<string, number>>;
  /** Resources that do not say what they are about (an allergy without its substance), or did not come: they state nothing, and something is there. */
  readonly unnamed: readonly { readonly id: string; readonly kind: FactKind; readonly why?: 'qualified' | 'not-given' | 'twice' }[];
}
