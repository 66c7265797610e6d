/** Whether an entry tells that a drug was given or taken, or no more than that it was ordered. */
import type { Fact } from '../contract.ts';

/** What is said or asked to have been done with a drug. */
export interface DrugUse {
  /** Put into the patient's hands or body, or taken by the patient. */
  readonly act: 'given' | 'taken';
  /** "Administered", "injected": more than that it was handed over or prescribed. */
  readonly administered?: boolean;
  /** On one day, or at one visit: of a drug that is on order for weeks, that moment is not told. */
  readonly moment?: boolean;
  /** "Receives", "uses": said of the present, as of a list of drugs. */
  readonly present?: boolean;
}

export const isAsNeeded = ({ dosage, details }: Fact): boolean =>
  dosage?.asNeeded === true ||
  /\b(?:as needed|prn|p\.r\.n\.?|(?:when|if|as) (?:required|necessary))(?![\w-])/i.test(
    `${dosage?.text ?? ''} ; ${details?.['written'] ?? ''}`,
  );

const isInpatient = ({ details }: Fact): boolean => /\binpatient\b/i.test(details?.['category'] ?? '');

/** FHIR calls an order completed once all that it asks for has happened; in a hospital or an emergency department, that the staff gave it. */
const isCarriedOut = (fact: Fact): boolean => (fact.recordedStatus ?? fact.status) === 'completed' && isInpatient(fact);

/**
 * An administration tells it; so does an inpatient order that was carried out. An order to be taken as needed tells no use of it; any other order tells
 * that the patient was put on the drug, and of no single moment. What is recorded as not given or not taken speaks for itself.
 */
export function tellsUse(fact: Fact, { act, administered, moment, present }: DrugUse): boolean {
  if (fact.kind !== 'medication' || fact.negated) return true;
  const source = fact.details?.['source'];
  if (source === 'given') return true;
  if (source === 'dispensed') return act === 'given' && !administered;
  if (isAsNeeded(fact)) return source === 'reported' && act === 'taken' && !moment;
  if (present || isCarriedOut(fact)) return true;
  // On a ward each dose that is given is written down: the order alone is none.
  return !administered && !moment && !(act === 'given' && isInpatient(fact));
}

const WITHOUT_PRESCRIPTION =
  /\bwithout (?:a |any )?prescription\b|\bover[- ]the[- ]counter\b|\botc\b|\b(?:non|not)[- ]?prescri(?:ption|bed)\b|\bself[- ](?:medicat|prescrib)\w+/i;

export const isReported = ({ kind, details }: Fact): boolean => kind === 'medication' && details?.['source'] === 'reported';

/** The entry itself says that nobody prescribed it. */
export const isBoughtFreely = (fact: Fact): boolean =>
  isReported(fact) &&
  WITHOUT_PRESCRIPTION.test(
    [fact.dosage?.text, fact.details?.['written'], fact.details?.['instructions'], fact.details?.['note']].join(' ; '),
  );
