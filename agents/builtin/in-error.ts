import type { Chart } from '../../records/contract.ts';

const ASKED =
  /\b(?:entered|recorded|charted|documented|filed|listed|made|registered|marked|flagged|put in)(?: as(?: an?)?)?[- ]+(?:in |by )?(?:error|mistake|erroneous(?:ly)?|wrong(?:ly)?|mistaken(?:ly)?)\b|\b(?:erroneous(?:ly)?|mistaken(?:ly)?|wrongly)(?: (?:entered|recorded|charted|documented|filed|listed|registered))? (?:entr(?:y|ies)|results?|labs?|diagnos[ei]s|problems?|drugs?|orders?|medications?|allerg(?:y|ies)|records?|entered|recorded)\b|\b(?:errors?|mistakes?) (?:in|on) (?:the|her|his|their|this) (?:record|chart|file)\b|\b(?:nullified|retracted) (?:entr(?:y|ies)|results?|records?)\b/i;

const WORDS: Readonly<Record<string, readonly [string, string]>> = {
  AllergyIntolerance: ['allergy', 'allergies'],
  Appointment: ['appointment', 'appointments'],
  Condition: ['problem', 'problems'],
  DiagnosticReport: ['report', 'reports'],
  DocumentReference: ['document', 'documents'],
  Encounter: ['visit', 'visits'],
  Immunization: ['vaccination', 'vaccinations'],
  MedicationAdministration: ['drug given', 'drugs given'],
  MedicationDispense: ['dispensed drug', 'dispensed drugs'],
  MedicationRequest: ['drug order', 'drug orders'],
  MedicationStatement: ['drug', 'drugs'],
  Observation: ['result or observation', 'results or observations'],
  Procedure: ['procedure', 'procedures'],
  ServiceRequest: ['order', 'orders'],
};

/**
 * "Which results were entered in error": such entries state nothing, so none is shown; that they are left out is said, and how many there
 * are of which part. Undefined where something else is asked.
 */
export function saidOfErrors(question: string, { inError = {}, gaps = [] }: Chart): string | undefined {
  if (!ASKED.test(question)) return undefined;
  const rule = 'Rounds leaves out every entry that the record marks as entered in error and answers nothing from it.';
  const counted = Object.entries(inError).map(([type, count]) => `${count} ${WORDS[type]?.[count === 1 ? 0 : 1] ?? `of type ${type}`}`);
  const total = Object.values(inError).reduce((sum, count) => sum + count, 0);
  const read = gaps.length > 0 ? 'what was read of this record' : 'this record';
  return total === 0
    ? `${rule} None in ${read} is marked so.`
    : `${rule} In ${read} ${total === 1 ? 'one is' : `${total} are`} marked so: ${counted.join(', ')}. What ${total === 1 ? 'it says' : 'they say'} is not shown.`;
}
