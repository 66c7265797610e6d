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

const COURTESY =
  /^(?:(?:many |with )?thanks?\b|thank you\b|(?:with )?(?:kind|best|warm) (?:regards|wishes)|yours (?:sincerely|faithfully|truly)|(?:it was|what) (?:a |an |very |so )*(?:pleasure|lovely|nice|good|delight\w*|great)\b|(?:hope|trust|looking forward|good (?:morning|afternoon|evening|luck))\b)|\b(?:pleasant|lovely|delightful|charming|kind(?:ly)? (?:lady|gentleman|man|woman))\b/i;
const OPINION =
  /\b(?:in my (?:opinion|view|experience)|(?:I|we) (?:think|believe|feel|suspect|wonder|hope|recommend|suggest|advise|would (?:suggest|recommend|advise|consider|favou?r))|(?:I am|I'm|we are) (?:worried|concerned|pleased|confident|happy)|should|ought to|needs? to|must|would benefit|may benefit|it would be (?:wise|sensible|prudent|reasonable|good)|best (?:to|if))\b/i;

/** A word of courtesy, an opinion or advice in a sentence that was not decided: said first, as it is why the record cannot decide it. */
export function talkIn(text: string): string | undefined {
  const courtesy = COURTESY.exec(text.trim());
  if (courtesy) return `"${courtesy[0]}": a courtesy, which states nothing of the record`;
  const opinion = OPINION.exec(text);
  return opinion ? `"${opinion[0]}": advice, opinion or expectation, which the record does not decide` : undefined;
}

/** "She was to take aspirin": nothing says that she did. */
const MEANT =
  /\b(?:(?:was|were) (?:(?:supposed|meant|due|about|asked|told) )?to|(?:is|are) (?:supposed|meant|about|asked|told) to|(?:is|are) to (?=take|start|begin|receive|stop|continue|resume|restart|use))\s+(?:take|start|begin|receive|get|be|stop|continue|resume|restart|undergo|have|use|see)\b/i;

/** Why it is no statement of the record, or nothing. */
export function adviceIn(text: string): string | undefined {
  if (/\?\s*$/.test(text)) return 'a question states nothing';
  if (/(?:^|[\s(])\?\s?[A-Za-z]/.test(text)) return 'a question mark before it: it is only suspected';
  const body = text.replace(/^(?:plan|recommendations?|assessment and plan|a\/p|to do|next steps?|instructions?)\s*:\s*/i, '');
  if (body !== text) return 'a plan is advice, not a statement of the record';
  const meant = MEANT.exec(text);
  if (meant) return `"${meant[0]}": what was meant to be done, not what was`;
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
