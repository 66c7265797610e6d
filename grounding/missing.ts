/**
 * Parts of the record that could not be read: what is denied, counted, called the latest or the only one of them is not decided, whatever the rest
 * of the record says.
 */
import type { Concept, Terminology } from '../language/contract.ts';
import type { Fact, FactKind } from '../records/contract.ts';
import { kindsHolding, listMissing, missingNames, missingOf, missingWords } from '../records/missing.ts';
import { type Checked, unknown } from './checks/contract.ts';
import type { CheckContext, Evidence } from './contract.ts';
import { cuesAt, tokens } from './reading/lexicon.ts';
import { wholeMentions } from './reading/mentions.ts';

const DENYING = new Set(['no', 'no-longer', 'no-known', 'not-recorded', 'never', 'none', 'refuted', 'cancelled', 'ended']);
/** An entry states its own place in no order, and no number of the others. */
const WHOLE_SERIES = /^(?:latest|first|previous|highest|lowest|mean|median|range|only|always|all|usual|nth-\d+)$/;

type Closed = 'denied' | 'whole' | undefined;

/** Whether it says something of all that there is, so that an entry that was not read could make it untrue. */
export function closedIn(text: string): Closed {
  const row = tokens(text);
  let found: Closed;
  for (let at = 0; at < row.length; at += 1) {
    for (const { type, sense } of cuesAt(row, at)) {
      if ((type === 'negation' || type === 'order' || type === 'record' || type === 'status') && DENYING.has(sense)) return 'denied';
      if ((type === 'order' && WHOLE_SERIES.test(sense)) || type === 'trend') found = 'whole';
      // "Simvastatin was stopped", without a date, says that it is not taken now.
      if (type === 'status' && (sense === 'stopped' || sense === 'resolved') && !/\d/.test(text)) found = 'whole';
    }
  }
  if (
    /\b(?:no|not|never|none|nothing|nobody|no one|neither|nor|without|free of|negative for|den(?:y|ies|ied)|lacks?|absen(?:t|ce)|nil|na[iï]ve|non-?\w+|un(?:insured|vaccinated|immuni[sz]ed|medicated|treated|affected|remarkable)|\w+n't)\b/i.test(
      text,
    )
  )
    return 'denied';
  if (/\b(?:only|all|every(?:thing)?|entire|complete|full|whole|just|alone|once|twice|thrice|times|total|altogether|ever)\b/i.test(text))
    return 'whole';
  return found;
}

export const ALLERGIC = /\ballerg|\bnkda\b|\bnka\b|intoleran|hypersensitiv|anaphyla|\breact(?:s|ed|ions?)\b/i;
/** "No known drug allergies" speaks of no drug that is taken; the part of the record is named, too, by the terminology. */
const DRUG_ALLERGY =
  /\b(?:drugs?|medications?|medicines?) (?:allerg|intoleran|hypersens|sensitiv|reaction)\w*|\ballerg\w* (?:to|against) (?:any |other )?(?:drugs?|medications?|medicines?)\b/gi;

/** Parts of a record by the words for them, beside what the terminology knows. */
const WORDS: readonly (readonly [RegExp, readonly FactKind[]])[] = [
  [
    /\bmedic(?:ations?|ines?)\b|\bmeds?\b|\bdrugs?\b|prescri|\btablets?\b|\bpills?\b|\bdos(?:es?|age)\b|\btak(?:es?|ing)\b|\btook\b|\bpharmac|\btreat(?:ed|ments?)\b|\btherap/i,
    ['medication'],
  ],
  [
    /\bproblems?\b|diagnos|\bconditions?\b|\bdiseases?\b|\billness|comorbid|\bpmh\b|medical history|\bhistory of\b|\bdisorders?\b|\bsuffer/i,
    ['problem'],
  ],
  [/\bimmuni[sz]|vaccin|\bshots?\b|\bjabs?\b|\bboosters?\b/i, ['immunization']],
  [/\bprocedures?\b|\bsurg|\boperat|\bscreening/i, ['procedure']],
  [
    /\bvisits?\b|\bseen\b|\bsaw\b|encounter|admi(?:t|ssion)|hospital|emergency|\bed\b|\ber\b|\bclinic\b|attended|presented|check-?up|consult|inpatient|outpatient|came in/i,
    ['visit'],
  ],
  [/appointment|scheduled|upcoming|booked|\bfollow-?up/i, ['appointment', 'visit']],
  [/\bmother|\bfather|\bsister|\bbrother|\bfamily|\baunt|\buncle|\bgrand|\bsibling|\bparent|hereditary|relatives?\b/i, ['family-history']],
  [/smok|tobacco|alcohol|\bdrink|housing|homeless|employ|educat|\bmarried|social|\bpregnan/i, ['social', 'survey', 'result']],
  [/\bgoals?\b|\btargets?\b/i, ['goal']],
  [/insur|coverage|medicare|medicaid|\bpayer/i, ['coverage']],
  [/\blabs?\b|laborator|\btests?\b|\bresults?\b|\bmeasured\b|\blevels?\b|\bvalues?\b|\breadings?\b/i, ['result', 'vital']],
  [/\bvital|blood pressure|\bpulse\b|\bweigh|\bheight\b|\btemperature\b/i, ['vital']],
  [/\bsurveys?\b|questionnaire|\bscores?\b|\bscreen/i, ['survey']],
  [/genotyp|\bgenes?\b|\bgenetic|\ballele|metaboli[sz]er|\bvariants?\b/i, ['genotype']],
  [/imag(?:ing|es?)\b|x-?ray|radiograph|\bct\b|\bmri\b|ultraso|\bscans?\b|mammogra/i, ['imaging', 'procedure', 'report']],
  [/\breports?\b/i, ['report']],
  [/\bdevices?\b|implant|pacemaker|\bstents?\b|prosthes|\bpump\b|wheelchair|\bcpap\b/i, ['device']],
  [/\bdocuments?\b|\bnotes?\b|\bletters?\b|\bsummar(?:y|ies)\b|directive/i, ['document']],
  [/\border(?:s|ed)?\b|referr|\breferral|\bdiet/i, ['order']],
  [/care team|\bteam\b/i, ['care-team']],
  [/care plan|\bplans?\b/i, ['care-plan']],
  [/\bcontacts?\b|next of kin|guardian|caregiver|caretaker|\bproxy\b|power of attorney|\brelatives?\b/i, ['patient']],
];
const PERSONS =
  /\bdr\b|doctor|clinician|prescriber|provider|practitioner|physician|surgeon|\bnurse|nobody|no one|anyone|somebody|specialist|\w+ologist\b|facility|performed by|\bseen by\b|prescribed by/i;

/** The kinds of fact that the sentence may speak of; none where that cannot be told. */
function kindsSpoken(
  text: string,
  facts: readonly Fact[],
  scopes: readonly NonNullable<Evidence['scope']>[],
  terminology: Terminology,
): readonly FactKind[] {
  const named = wholeMentions(text, terminology, facts).flatMap(({ concepts }) =>
    concepts.flatMap((id): Concept[] => {
      const concept = terminology.get(id);
      return concept ? [concept] : [];
    }),
  );
  const allergic = ALLERGIC.test(text);
  const plain = text.replace(DRUG_ALLERGY, ' ');
  const stated = facts.flatMap(({ kind }) => (kind === 'patient' ? [] : [kind]));
  return [
    ...new Set([
      ...named.flatMap((concept) => (allergic && /^(?:drug|drug-class|allergen)$/.test(concept.kind) ? [] : kindsHolding(concept))),
      ...(allergic ? (['allergy'] as const) : []),
      ...WORDS.flatMap(([words, kinds]) => (words.test(plain) ? kinds : [])),
      ...stated,
      ...scopes.flatMap(({ kinds }) => kinds),
    ]),
  ];
}

/** What the record's entries call things says nothing by itself: "diabetes without complication". */
function withoutNames(text: string, facts: readonly Fact[]): string {
  const names = facts.flatMap((fact) => [fact.name, ...fact.names, fact.value?.text ?? '']).filter((name) => name.length > 3);
  return names.sort((a, b) => b.length - a.length).reduce((rest, name) => rest.split(new RegExp(escaped(name), 'i')).join(' '), text);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const NOT_FOUND = /^no (?:entry of the record|evidence)\b|^the evidence is no complete search\b/;
/** "Creatinine is 1.1", taken as the newest value there is. */
const TAKEN_AS_NEWEST = /^no later .+ is known$/;
const OWN_LINE = "the evidence's own line, word for word";

/** An entry's own line says what the entry says; that it says there is none is not enough where others could not be read. */
const isOwnLine = ({ checks }: Checked, facts: readonly Fact[]): boolean =>
  checks.some(({ reason }) => reason === OWN_LINE) &&
  facts.every((fact) => !fact.negated && !fact.details?.absence && fact.status !== 'refuted');

/** No sentence is supported by the absence of what could not be read. @param evidence all that the sentence was checked against */
export function withMissing(checked: Checked, evidence: readonly Evidence[], { missing }: CheckContext, terminology: Terminology): Checked {
  if (!missing?.length || checked.verdict === 'contradicted') return checked;
  const facts = evidence.flatMap((one) => (one.scope ? [] : one.facts)).filter(({ id }) => checked.support.includes(id));
  const scopes = evidence.flatMap(({ id, scope }) => (scope && checked.support.includes(id) ? [scope] : []));
  const asNewest = checked.checks.some(({ outcome, reason }) => outcome === 'pass' && TAKEN_AS_NEWEST.test(reason));
  const closed = closedIn(withoutNames(checked.text, facts)) ?? (scopes.length > 0 || asNewest ? 'whole' : undefined);
  const notFound = checked.verdict === 'unverified' && checked.checks.some(({ reason }) => NOT_FOUND.test(reason));
  if ((closed === undefined && !notFound) || isOwnLine(checked, facts)) return checked;
  const kinds = kindsSpoken(checked.text, facts, scopes, terminology);
  // What an entry says of itself stands, whatever the notes say; what a search did not find may stand in them.
  const words = (closed === 'denied' && scopes.length > 0) || notFound ? missingWords(missing, kinds) : [];
  const unread = [...new Set([...missingOf(missing, kinds), ...words, ...(PERSONS.test(checked.text) ? missingNames(missing) : [])])];
  if (unread.length === 0) return checked;
  const name = closed === 'denied' ? 'negation' : closed === 'whole' ? 'number' : 'entity';
  return {
    ...checked,
    verdict: 'unverified',
    checks: [unknown(name, listMissing(unread)), ...checked.checks],
  };
}
