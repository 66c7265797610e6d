import { daysBetween, formatDate } from '../../language/dates.ts';
import type { FactStatus, FhirResource, Reason } from '../contract.ts';
import { type ReadDosage, readDosage } from './dosage.ts';
import {
  type Codeable,
  codeable,
  codeables,
  date,
  list,
  NOTHING,
  named,
  notes,
  num,
  obj,
  periodOf,
  str,
  strings,
  token,
  when,
  words,
} from './fhir.ts';
import { lowerCase } from './names.ts';
import { productOf } from './products.ts';
import { type Draft, details, distinct, draft, peopleOf, type Reader, visitOf } from './reader.ts';
import { readReasons } from './reasons.ts';
import { hasEnded, statusOf } from './statuses.ts';
import { quantityText, readQuantity } from './values.ts';

interface Medication {
  readonly code: Codeable;
  readonly medication?: FhirResource;
}

/** medication[x]: CodeableConcept, Reference (also contained), CodeableReference, or a name alone. */
function sourcesOf(resource: FhirResource, reader: Reader) {
  const direct = codeable(resource.medicationCodeableConcept ?? obj(resource.medication)?.concept);
  const reference = resource.medicationReference ?? obj(resource.medication)?.reference ?? resource.medication;
  const display = reader.isSetAside(reference, resource) ? undefined : str(obj(reference)?.display);
  return { direct, reference, medication: reader.resolve(reference, resource), display };
}

function medicationOf(resource: FhirResource, reader: Reader): Medication | undefined {
  const { direct, medication, display } = sourcesOf(resource, reader);
  const behind = medication ? codeable(medication.code) : NOTHING;
  const names = distinct([...direct.names, ...behind.names, ...(display ? [display] : [])]);
  const codes = [...direct.codes, ...behind.codes];
  const label = direct.label ?? behind.label ?? display;
  if (!label && codes.length === 0 && list(medication?.ingredient).length === 0) return undefined;
  return { code: { names, codes, ...(label ? { label } : {}) }, ...(medication ? { medication } : {}) };
}

type Source = 'ordered' | 'reported' | 'given' | 'dispensed';

interface Course {
  readonly source: Source;
  readonly status: FactStatus;
  readonly date?: string | undefined;
  readonly end?: string | undefined;
  readonly recorded?: string | undefined;
  readonly negated?: boolean;
  readonly reasons: readonly Reason[];
  readonly statusReason?: string | undefined;
  readonly people?: readonly string[] | undefined;
  readonly dosage?: unknown;
  readonly details: Readonly<Record<string, string | undefined>>;
}

function medicationDraft(
  resource: FhirResource,
  reader: Reader,
  course: (dosage: ReadDosage | undefined) => Course,
  dosageSource: unknown,
): readonly Draft[] {
  const found = medicationOf(resource, reader);
  if (!found) return [];
  const [displayed, behind] = otherDrug(resource, reader) ?? [];
  if (displayed === undefined || behind === undefined) return draftOf(resource, reader, course, dosageSource, found);
  // Which of the two is meant, nobody can tell: each is said, without a dose, and neither is held for sure.
  const contradiction = `the record contradicts itself: this entry is called ${displayed.label}, and what it refers to is ${behind.code.label ?? 'another drug'}${dosageSource === undefined ? '' : '; which of them its dose is of cannot be told'}`;
  return [{ code: displayed }, behind].flatMap((one) =>
    draftOf(resource, reader, course, undefined, one).map((read) => {
      const { strengths: _, dosage: __, ...rest } = read;
      const status = read.status === 'active' || read.status === 'unknown' ? 'unconfirmed' : read.status;
      return { ...rest, status, details: { ...read.details, contradiction } };
    }),
  );
}

/** The drug that a reference is said to lead to and the one that it leads to, where they have no ingredient in common. */
function otherDrug(resource: FhirResource, reader: Reader): readonly [Codeable, Medication] | undefined {
  const { medication, display, direct } = sourcesOf(resource, reader);
  if (!medication || !display || direct.label) return undefined;
  const behind = { code: codeable(medication.code), medication };
  const drugsOf = (of: Medication): readonly string[] =>
    productOf(of.code, of.medication, resource, reader).concepts.filter((id) => reader.terminology.get(id)?.kind === 'drug');
  const [said, held] = [drugsOf({ code: named(display) }), drugsOf(behind)];
  const { isA } = reader.terminology;
  const alike = said.some((one) => held.some((other) => isA(one, other) || isA(other, one)));
  return said.length === 0 || held.length === 0 || alike ? undefined : [named(display), behind];
}

function draftOf(
  resource: FhirResource,
  reader: Reader,
  course: (dosage: ReadDosage | undefined) => Course,
  dosageSource: unknown,
  found: Medication,
): readonly Draft[] {
  const product = productOf(found.code, found.medication, resource, reader);
  const dosage = readDosage(dosageSource, product.form);
  const { source, ...read } = course(dosage);
  return [
    draft({
      kind: 'medication',
      name: product.name,
      code: product.code,
      concepts: product.concepts,
      status: read.status,
      recordedStatus: token(resource.status),
      negated: read.negated ?? false,
      date: read.date,
      end: read.end,
      recorded: read.recorded,
      dosage: dosage && dosage.dosage.text !== '' ? dosage.dosage : undefined,
      strengths: product.strengths.length > 0 ? product.strengths : undefined,
      reasons: read.reasons,
      statusReason: read.statusReason,
      visit: visitOf(resource),
      people: read.people,
      details: details({
        source,
        ...read.details,
        ingredients: product.ingredients,
        instructions: dosage?.instructions,
        written: dosage?.written,
        category: distinct(codeables(resource.category).map((item) => item.label && lowerCase(item.label))).join(', ') || undefined,
        note: notes(resource),
      }),
    }),
  ];
}

/** Dated more than a day after now: ordered or to start then, not taken yet. */
const isAhead = (at: string | undefined, reader: Reader): boolean =>
  at !== undefined && daysBetween(new Date(reader.now).toISOString().slice(0, 10), at) > 1;

/**
 * MedicationRequest (and the older MedicationOrder): what was ordered. The intent "plan" is how repeat prescriptions and what patients take
 * by themselves are written; its status and date say whether it is in force, and the word stays with it.
 */
export function readMedicationRequest(resource: FhirResource, reader: Reader): readonly Draft[] {
  const intent = token(resource.intent);
  const reported = resource.reportedBoolean === true || obj(resource.reportedReference) !== undefined;
  const dispense = obj(resource.dispenseRequest);
  const validity = periodOf(dispense?.validityPeriod);
  const supply = readQuantity(dispense?.expectedSupplyDuration);
  const forbidden = resource.doNotPerform === true;
  return medicationDraft(
    resource,
    reader,
    (dosage) => {
      const recorded = statusOf(token(resource.status));
      const status: FactStatus = forbidden
        ? 'refuted'
        : intent === 'proposal' || intent === 'option'
          ? 'planned'
          : recorded === 'active' && isAhead(date(resource.authoredOn) ?? dosage?.start, reader)
            ? 'planned'
            : recorded;
      const ended = hasEnded(dosage?.end, reader) ? dosage!.end! : hasEnded(validity.end, reader) ? validity.end! : undefined;
      return {
        source: reported ? 'reported' : 'ordered',
        status,
        negated: forbidden,
        date: date(resource.authoredOn) ?? date(resource.dateWritten) ?? dosage?.start ?? validity.date,
        end: dosage?.end,
        reasons: readReasons([resource.reasonCode, resource.reasonCodeableConcept], [resource.reasonReference], resource, reader),
        statusReason: words(resource.statusReason),
        people: peopleOf([resource.requester ?? resource.prescriber ?? resource.recorder].filter(Boolean), resource, reader),
        details: {
          intent: intent && intent !== 'order' ? intent : undefined,
          start:
            dosage?.start && dosage.start.slice(0, 10) !== date(resource.authoredOn)?.slice(0, 10) ? formatDate(dosage.start) : undefined,
          lapsed: status === 'active' && ended ? `listed as active, yet its period ended on ${formatDate(ended)}` : undefined,
          refills: num(dispense?.numberOfRepeatsAllowed)?.toString(),
          quantity: readQuantity(dispense?.quantity) && quantityText(readQuantity(dispense?.quantity)!),
          supply: supply && quantityText(supply),
          course: words(resource.courseOfTherapyType) && lowerCase(words(resource.courseOfTherapyType)!),
          doNotPerform: forbidden ? 'ordered not to be given' : undefined,
        },
      };
    },
    resource.dosageInstruction,
  );
}

/** MedicationStatement: what the patient is said to take. */
export function readMedicationStatement(resource: FhirResource, reader: Reader): readonly Draft[] {
  const time = when(resource, 'effective');
  const recorded = token(resource.status);
  const notTaken = recorded === 'not-taken' || resource.taken === 'n';
  return medicationDraft(
    resource,
    reader,
    (dosage) => {
      const end = time.end ?? dosage?.end;
      const status = notTaken ? 'refuted' : statusOf(recorded, { recorded: 'active' });
      return {
        source: 'reported',
        status,
        negated: notTaken,
        date: time.date ?? dosage?.start ?? date(resource.dateAsserted),
        end,
        recorded: time.date ? date(resource.dateAsserted) : undefined,
        reasons: readReasons([resource.reasonCode, resource.reasonForUseCodeableConcept], [resource.reasonReference], resource, reader),
        statusReason: words(resource.statusReason) ?? words(resource.reasonNotTaken),
        people: peopleOf([resource.informationSource].filter(Boolean), resource, reader),
        details: {
          lapsed:
            status === 'active' && hasEnded(end, reader) ? `listed as active, yet its period ended on ${formatDate(end!)}` : undefined,
          doNotPerform: notTaken ? 'recorded as not taken' : undefined,
        },
      };
    },
    resource.dosage,
  );
}

/** MedicationAdministration: what was given. */
export function readMedicationAdministration(resource: FhirResource, reader: Reader): readonly Draft[] {
  const time = when(resource, 'effective');
  const recorded = token(resource.status);
  const dosage = obj(resource.dosage);
  const rate = {
    ...dosage,
    doseAndRate: [{ doseQuantity: dosage?.dose, rateQuantity: dosage?.rateQuantity, rateRatio: dosage?.rateRatio }],
  };
  const notGiven = recorded === 'not-done' || resource.wasNotGiven === true;
  return medicationDraft(
    resource,
    reader,
    () => ({
      source: 'given',
      status: notGiven ? 'missed' : statusOf(recorded),
      negated: notGiven,
      date: time.date,
      end: time.end,
      reasons: readReasons([resource.reasonCode], [resource.reasonReference], resource, reader),
      statusReason: words(resource.statusReason),
      people: peopleOf(
        list(resource.performer).map((item) => item.actor),
        resource,
        reader,
      ),
      details: { doNotPerform: notGiven ? 'recorded as not given' : undefined },
    }),
    dosage ? [rate] : undefined,
  );
}

/** MedicationDispense: what was handed out. */
export function readMedicationDispense(resource: FhirResource, reader: Reader): readonly Draft[] {
  const quantity = readQuantity(resource.quantity);
  const days = readQuantity(resource.daysSupply);
  const recorded = token(resource.status);
  return medicationDraft(
    resource,
    reader,
    () => ({
      source: 'dispensed',
      status: recorded === 'declined' ? 'missed' : statusOf(recorded, { active: 'completed' }),
      negated: recorded === 'declined',
      date: date(resource.whenHandedOver) ?? date(resource.whenPrepared),
      reasons: [],
      statusReason: words(resource.statusReasonCodeableConcept) ?? words(resource.statusReason),
      people: peopleOf(
        list(resource.performer).map((item) => item.actor),
        resource,
        reader,
      ),
      details: {
        quantity: quantity && quantityText(quantity),
        supply: days && quantityText(days),
        prescription: strings(list(resource.authorizingPrescription).map((item) => item.reference)).join(', ') || undefined,
      },
    }),
    resource.dosageInstruction,
  );
}
