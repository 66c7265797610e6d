import type { AllergyIntolerance, Condition, FamilyMemberHistory } from '@medplum/fhirtypes';
import { type Day, minus, yearsFrom } from './calendar.ts';
import { type StaffId, staffReference } from './clinic.ts';
import { type Draft, referenceTo } from './draft.ts';
import { profile, type Relation, relationship, socialNeeds } from './person.ts';
import { allergens, conditions, SNOMED, UCUM } from './tables.ts';

const HL7 = 'http://terminology.hl7.org/CodeSystem/';
const status = (system: string, code: string) => ({ coding: [{ system: `${HL7}${system}`, code }] });

/** An entry of the problem list, or a diagnosis of one visit. */
export interface Problem {
  readonly resource: Condition;
  readonly reference: string;
  readonly label: string;
}
export interface ProblemDetails {
  /** When it began; the day it is recorded where not given. */
  readonly onset?: Day | string;
  readonly recorded?: Day;
  readonly by?: StaffId;
  readonly encounter?: string | undefined;
  readonly category?: 'problem-list-item' | 'encounter-diagnosis' | 'health-concern';
  /** A social need. */
  readonly social?: boolean;
  readonly verification?: 'confirmed' | 'provisional' | 'differential' | 'unconfirmed' | 'refuted' | 'entered-in-error';
  readonly severity?: 'Mild' | 'Moderate' | 'Severe';
  readonly site?: string;
  readonly note?: string;
  /** Words of the problem list in place of the table's. */
  readonly label?: string;
  /** ICD-10-CM in place of the table's, with its description. */
  readonly icd10?: readonly [code: string, display: string];
  readonly evidence?: readonly string[];
  /** When it was over. */
  readonly until?: Day;
}

const SEVERITIES = { Mild: '255604002', Moderate: '6736007', Severe: '24484000' } as const;

export function addProblem(draft: Draft, key: string, day: Day, details: ProblemDetails = {}): Problem {
  const row = conditions.of(key);
  const { category = 'problem-list-item', verification = 'confirmed' } = details;
  const diagnosis = category === 'encounter-diagnosis';
  const label = details.label ?? row.label;
  const [icd, icdDisplay] = details.icd10 ?? [];
  const coding = (row.code.coding ?? []).map((code) =>
    icd && code.system?.endsWith('icd-10-cm') ? { ...code, code: icd, display: icdDisplay! } : code,
  );
  const ended = verification === 'refuted';
  const resource = draft.add<Condition>({
    resourceType: 'Condition',
    id: draft.idFor('Condition', diagnosis ? `${key}-dx` : key, diagnosis ? day : undefined),
    meta: profile(diagnosis ? 'condition-encounter-diagnosis' : 'condition-problems-health-concerns'),
    ...(verification === 'entered-in-error' ? {} : { clinicalStatus: status('condition-clinical', ended ? 'inactive' : 'active') }),
    verificationStatus: status('condition-ver-status', verification),
    category: [
      {
        coding: [
          category === 'health-concern'
            ? { system: 'http://hl7.org/fhir/us/core/CodeSystem/condition-category', code: category, display: 'Health Concern' }
            : {
                system: `${HL7}condition-category`,
                code: category,
                display: diagnosis ? 'Encounter Diagnosis' : 'Problem List Item',
              },
        ],
      },
      ...(details.social ? [socialNeeds()] : []),
    ],
    ...(details.severity
      ? {
          severity: {
            coding: [{ system: SNOMED, code: SEVERITIES[details.severity], display: details.severity }],
            text: details.severity,
          },
        }
      : {}),
    code: { coding, text: label },
    ...(details.site ? { bodySite: [{ text: details.site }] } : {}),
    subject: draft.patient,
    ...(details.encounter ? { encounter: { reference: details.encounter } } : {}),
    onsetDateTime: details.onset ?? day,
    recordedDate: details.recorded ?? day,
    recorder: staffReference(details.by ?? draft.person.primaryCare),
    ...(details.evidence ? { evidence: [{ detail: details.evidence.map((reference) => ({ reference })) }] } : {}),
    ...(details.note ? { note: [{ text: details.note }] } : {}),
  });
  const problem = { resource, reference: referenceTo(resource), label };
  if (details.until) resolveProblem(problem, details.until);
  return problem;
}

export function resolveProblem(
  { resource }: Problem,
  day: Day,
  note?: string,
  to: 'resolved' | 'remission' | 'inactive' = 'resolved',
): void {
  resource.clinicalStatus = status('condition-clinical', to);
  resource.abatementDateTime = day;
  if (note) resource.note = [...(resource.note ?? []), { text: note }];
}

/** The suspicion was wrong. */
export function refuteProblem({ resource }: Problem, note: string): void {
  resource.verificationStatus = status('condition-ver-status', 'refuted');
  resource.clinicalStatus = status('condition-clinical', 'inactive');
  resource.note = [...(resource.note ?? []), { text: note }];
}

export interface AllergyDetails {
  readonly reaction?: string;
  readonly severity?: 'mild' | 'moderate' | 'severe';
  readonly type?: 'allergy' | 'intolerance';
  readonly criticality?: 'low' | 'high' | 'unable-to-assess';
  readonly recorded: Day;
  readonly onset?: Day | string;
  readonly status?: 'active' | 'inactive' | 'resolved';
  readonly verification?: 'confirmed' | 'unconfirmed' | 'refuted' | 'entered-in-error';
  readonly note?: string;
}

export function addAllergy(draft: Draft, key: string, details: AllergyDetails): AllergyIntolerance {
  const row = allergens.of(key);
  const { verification = 'confirmed', type = 'allergy', reaction } = details;
  return draft.add<AllergyIntolerance>({
    resourceType: 'AllergyIntolerance',
    id: draft.idFor('AllergyIntolerance', `allergy-${key}`),
    meta: profile('allergyintolerance'),
    ...(verification === 'entered-in-error'
      ? {}
      : { clinicalStatus: status('allergyintolerance-clinical', details.status ?? (verification === 'refuted' ? 'inactive' : 'active')) }),
    verificationStatus: status('allergyintolerance-verification', verification),
    type,
    ...(row.category === 'reaction' ? {} : { category: [row.category] }),
    criticality: details.criticality ?? (details.severity === 'severe' ? 'high' : 'low'),
    code: row.code,
    patient: draft.patient,
    ...(details.onset ? { onsetDateTime: details.onset } : {}),
    recordedDate: details.recorded,
    recorder: staffReference(draft.person.primaryCare),
    ...(reaction
      ? {
          reaction: [{ manifestation: [allergens.of(reaction).code], ...(details.severity ? { severity: details.severity } : {}) }],
        }
      : {}),
    ...(details.note ? { note: [{ text: details.note }] } : {}),
  });
}

/** Asked, and no allergy is known. */
export function addNoKnownAllergy(draft: Draft, recorded: Day): AllergyIntolerance {
  return draft.add<AllergyIntolerance>({
    resourceType: 'AllergyIntolerance',
    id: draft.idFor('AllergyIntolerance', 'no-known-allergy'),
    meta: profile('allergyintolerance'),
    clinicalStatus: status('allergyintolerance-clinical', 'active'),
    verificationStatus: status('allergyintolerance-verification', 'confirmed'),
    code: { coding: [{ system: SNOMED, code: '716186003', display: 'No known allergy' }], text: 'No known allergy' },
    patient: draft.patient,
    recordedDate: recorded,
    recorder: staffReference(draft.person.primaryCare),
  });
}

export interface Relative {
  readonly relation: Relation;
  /** Conditions with the relative's age when each began. */
  readonly conditions: readonly (readonly [key: string, age?: number])[];
  readonly diedAt?: number;
  readonly recorded: Day;
}

export function addFamilyHistory(draft: Draft, { relation, conditions: had, diedAt, recorded }: Relative): FamilyMemberHistory {
  const years = (value: number) => ({ value, unit: 'years', system: UCUM, code: 'a' });
  return draft.add<FamilyMemberHistory>({
    resourceType: 'FamilyMemberHistory',
    id: draft.idFor('FamilyMemberHistory', `family-${relation}`),
    status: 'completed',
    patient: draft.patient,
    date: recorded,
    relationship: relationship(relation),
    ...(diedAt === undefined ? { deceasedBoolean: false } : { deceasedAge: years(diedAt) }),
    ...(had.length === 0
      ? {}
      : {
          condition: had.map(([key, age]) => ({
            code: conditions.of(key).code,
            ...(age === undefined ? {} : { onsetAge: years(age) }),
          })),
        }),
  });
}

/** The day on which the patient reached an age. */
export const atAge = (draft: Draft, years: number): Day =>
  minus(draft.asOf, { years: yearsFrom(draft.person.birthDate, draft.asOf) - years });
