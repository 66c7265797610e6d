/** How a sentence is meant: a statement, or a question, an order, advice, small talk. Only statements can be supported. */

/** Without citation marks, Markdown emphasis, bullets and quotation marks around it. */
const RESOURCE =
  '(?:Patient|Observation|Condition|MedicationRequest|MedicationStatement|MedicationAdministration|MedicationDispense|AllergyIntolerance|Immunization|Procedure|Encounter|DiagnosticReport|ImagingStudy|Device|DeviceUseStatement|DocumentReference|ServiceRequest|CareTeam|Coverage|CarePlan|Goal|FamilyMemberHistory|Appointment|QuestionnaireResponse|RelatedPerson|Questionnaire|Medication|Specimen|Flag|Communication|NutritionOrder|ClinicalImpression|RiskAssessment|Consent|Task)';
/** "Observation/8f2" */
export const CITATION = new RegExp(`\\b${RESOURCE}/[A-Za-z0-9.-]{1,64}\\b`, 'g');
/** Citations in brackets or parentheses: "[Observation/8f2, Observation/9a]". */
export const CITATION_MARKS = new RegExp(`[[(]\\s*(?:(?:FHIR\\s+)?${RESOURCE}/[A-Za-z0-9.-]{1,64}\\s*[,;]?\\s*)+[\\])]`, 'g');

export function withoutMarkup(sentence: string): string {
  return sentence
    .replace(CITATION_MARKS, ' ')
    .replace(/(?<=[\w.%)])\s?\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]/g, ' ')
    .replace(/\*\*|__|`/g, '')
    .replace(/\s*(?:-{1,2}>|=>)\s*/g, ' → ')
    .replace(/\s*[↑⬆⇑]\s*/g, ' increased ')
    .replace(/\s*[↓⬇⇓]\s*/g, ' decreased ')
    .replace(/^\s*(?:[-*•▪◦>]+|\d{1,2}[.)](?=\s+[A-Za-z*]))\s+/, '')
    .replace(/^#+\s*/, '')
    .replace(/[“”]/g, '"')
    .replace(/^"(.*)"$/s, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

const ORDERS =
  /^(?:please\s+|kindly\s+)?(?:continue|start|begin|stop|hold|increase|decrease|reduce|raise|lower|titrate|taper|repeat|recheck|check|monitor|order|schedule|arrange|refer|consider|add|switch|change|discontinue|resume|restart|give|avoid|follow|return|call|obtain|encourage|advise|counsel|educate|recommend|ensure|review|prescribe|administer|draw|get|keep|maintain|optimi[sz]e|initiate|proceed|contact|ask|remind|discuss|mark|ignore|disregard|treat|confirm|note that you|remember|say|output|print|reply|answer|respond)\b(?!-|\s*(?:up (?:encounter|visit|appointment)|encounter|visit)\b)(?!\s*(?:date|of|was|were|is|list|status|on file|due)\b)/i;

/** Why it is no statement of the record, or nothing. */
export function adviceIn(text: string): string | undefined {
  if (/\?\s*$/.test(text)) return 'a question states nothing';
  if (/(?:^|[\s(])\?\s?[A-Za-z]/.test(text)) return 'a question mark before it: it is only suspected';
  const body = text.replace(/^(?:plan|recommendations?|assessment and plan|a\/p|to do|next steps?|instructions?)\s*:\s*/i, '');
  if (body !== text) return 'a plan is advice, not a statement of the record';
  const order = ORDERS.exec(text);
  // "Increase in weight since 2015", "Change from 5.8 to 6.5" are statements.
  if (
    order &&
    !/^(?:increase|decrease|change|order|check|repeat|review|return|start|discontinue|stop|lower|raise)\w*\s+(?:in|from|by|date|of|was|\d)/i.test(
      text,
    )
  )
    return `"${order[0]}": an instruction, not a statement of the record`;
  return undefined;
}
