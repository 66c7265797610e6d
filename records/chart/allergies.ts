import type { ConceptKind } from '../../language/contract.ts';
import type { FactStatus, FhirResource } from '../contract.ts';
import { allergyCodeNames } from './allergy-codes.ts';
import { type Codeable, codeable, codeables, date, list, notes, str, strings, token, when, words } from './fhir.ts';
import { lowerCase, sentenceName, withoutTag } from './names.ts';
import { type Draft, details, distinct, draft, peopleOf, type Reader, visitOf } from './reader.ts';
import { looseTime } from './values.ts';

/**
 * Statements of absence: SNOMED CT "No known allergy" 716186003 and its children (drug 409137002, food 429625007, environmental 428607008,
 * latex 716184000, animal 716185009 ...), with the inactive 160244002 that older records carry.
 */
const NO_KNOWN: Readonly<Record<string, 'any' | 'drug' | 'food' | 'environment'>> = {
  '716186003': 'any',
  '160244002': 'any',
  '409137002': 'drug',
  '429625007': 'food',
  '428607008': 'environment',
  '716184000': 'environment',
  '716185009': 'environment',
  '428197003': 'environment',
};
/** HL7 IPS, "Absent and Unknown Data". */
const IPS_NO_KNOWN: Readonly<Record<string, 'any' | 'drug' | 'food' | 'environment'>> = {
  'no-known-allergies': 'any',
  'no-known-medication-allergies': 'drug',
  'no-known-food-allergies': 'food',
  'no-known-environmental-allergies': 'environment',
};
const NO_KNOWN_WORDS = /^(no known|no|nil known|denies(?: any)?)\b.*\b(allerg|intoleranc|hypersensitiv|adverse)|^nk[d]?a$|^nkfa$/i;
const ABSENT_SECTION = 'section/allergies';

const CLINICAL: Readonly<Record<string, FactStatus>> = { active: 'active', inactive: 'inactive', resolved: 'resolved' };
const SUBSTANCE_KINDS: readonly ConceptKind[] = ['allergen', 'drug', 'drug-class', 'vaccine'];

/** What is absent: all allergies or those of one category. Undefined where an allergy is stated. */
function absence(code: Codeable): string | undefined {
  const coded = code.codes.map((item) => NO_KNOWN[item.code] ?? IPS_NO_KNOWN[item.code]).find((item) => item !== undefined);
  const text = code.names.find((name) => NO_KNOWN_WORDS.test(name.trim()));
  if (!coded && !text) return undefined;
  if (coded && coded !== 'any') return coded;
  if (/\b(drug|medication|medicine)s?\b|^nkda$/i.test(text ?? '')) return 'drug';
  if (/\bfood\b|^nkfa$/i.test(text ?? '')) return 'food';
  if (/\b(environment\w*|latex|animal|insect|pollen)\b/i.test(text ?? '')) return 'environment';
  return 'any';
}

/** "No allergy to penicillin", "not allergic to latex", "no latex allergy": the substance. Undefined for "no known drug allergies", which denies a whole part. */
function deniedIn(label: string): string | undefined {
  const match =
    /^(?:no|not|denies|negative for|without)(?: (?:a|an|any|known|history of|evidence of))* (?:(?:allerg(?:y|ic|ies)|intoleran(?:ce|t)|hypersensitiv(?:ity|e)|(?:adverse )?reactions?) (?:to|of|against) (?<after>.+)|(?<before>.+?) (?:allerg(?:y|ies)|intolerance|hypersensitivity))$/i.exec(
      label.trim().replace(/\.$/, ''),
    );
  const substance = (match?.groups?.after ?? match?.groups?.before)?.trim();
  return substance && !/^(?:any\b.*|(?:known|drugs?|medications?|medicines?|foods?|environmental|anything|other)(?: .*)?)$/i.test(substance)
    ? substance
    : undefined;
}

/** "Allergy to mould", "Dander (animal) allergy", "Penicillin allergy", "Propensity to adverse reactions to aspirin" -> the substance. */
export function substanceOf(display: string): string {
  const bare = withoutTag(display);
  const after =
    /^(?:.*\b)?(?:allerg(?:y|ic)(?: (?:disorder|reaction|status))?|intolerance|hypersensitivity|propensity to adverse reactions?|adverse reactions?|anaphylaxis)\s+(?:to|of|from|caused by|due to)\s+(.+)$/i.exec(
      bare,
    );
  const before = /^(.+?)\s+(?:(?:allergy|intolerance|hypersensitivity)(?:\s+status)?|adverse reaction)$/i.exec(bare);
  const substance = (after?.[1] ?? before?.[1] ?? bare).trim();
  return substance === '' ? bare : substance;
}

const OF_A_SUBSTANCE =
  /^(?:allerg(?:y|ic)(?: (?:status|reaction))?|intolerance|hypersensitivity|propensity to adverse reactions?|adverse reactions?|anaphylaxis) (?:to|caused by|due to) \S|\S (?:allergy|intolerance|hypersensitivity)(?: status)?$/i;

/** "Allergy to penicillin" or "Z88.0" on the problem list: the allergy that it states. Nothing where no table knows the substance. */
export function allergyInProblem(resource: FhirResource, reader: Reader): readonly Draft[] {
  const code = codeable(resource.code);
  const stated = allergyCodeNames(code.codes).length > 0 || code.names.some((name) => OF_A_SUBSTANCE.test(withoutTag(name)));
  if (!stated || absence(code) !== undefined) return [];
  return readAllergy(resource, reader).filter((allergy) => allergy.concepts.some(isOfTables));
}

/** AllergyIntolerance, or its recorded absence. */
export function readAllergy(resource: FhirResource, reader: Reader): readonly Draft[] {
  const own = codeable(resource.code ?? resource.substance);
  const reacted = list(resource.reaction)
    .map((item) => codeable(item.substance))
    .find((item) => item.label || item.codes.length > 0);
  const code = own.label || own.codes.length > 0 ? own : reacted;
  if (!code) return [];
  const denied = code.codes.length === 0 ? deniedIn(code.label ?? '') : undefined;
  const none = denied === undefined ? absence(code) : undefined;
  const verification = token(resource.verificationStatus);
  const clinical = token(resource.clinicalStatus) ?? token(resource.status);
  const refuted = verification === 'refuted' || denied !== undefined;
  const status: FactStatus = refuted
    ? 'refuted'
    : verification === 'unconfirmed' && none === undefined
      ? 'unconfirmed'
      : (CLINICAL[clinical ?? ''] ?? (verification === 'unconfirmed' ? 'unconfirmed' : clinical ? 'unknown' : 'active'));
  const label = code.label ?? allergyCodeNames(code.codes)[0] ?? reader.terminology.byCode(code.codes)[0]?.name ?? code.codes[0]!.code;
  const substance = none ? undefined : (denied ?? substanceOf(label));
  const name = none ? absenceName(none) : sentenceName(substance!);
  const onset = when(resource, 'onset');
  const recorded = date(resource.recordedDate) ?? date(resource.assertedDate);
  const manifestations = list(resource.reaction).flatMap((item) =>
    codeables(item.manifestation).map((entry) => {
      const severity = str(item.severity);
      const text = sentenceName(entry.label ?? entry.codes[0]!.code);
      return severity ? `${text} (${severity})` : text;
    }),
  );
  const severities = ['severe', 'moderate', 'mild'].filter((level) =>
    list(resource.reaction).some((item) => token(item.severity) === level),
  );
  return [
    draft({
      kind: 'allergy',
      name,
      code,
      concepts: none ? [ABSENT_SECTION] : substanceConcepts(code, substance!, reader),
      status,
      recordedStatus: refuted ? verification : (clinical ?? verification),
      negated: refuted || none !== undefined,
      date: onset.date ?? recorded,
      recorded: onset.date ? recorded : undefined,
      severity: severities[0],
      criticality: token(resource.criticality),
      reactions: manifestations.length > 0 ? distinct(manifestations) : undefined,
      allergyType: token(resource.type),
      visit: visitOf(resource),
      people: peopleOf([resource.asserter, resource.recorder].filter(Boolean), resource, reader),
      details: details({
        absence: none,
        category: strings(resource.category).join(', ') || undefined,
        verification: verification && verification !== 'confirmed' ? verification : undefined,
        clinical: clinical ? undefined : 'clinical status not stated',
        onset: looseTime(resource, 'onset'),
        lastReaction: date(resource.lastOccurrence),
        exposure: words(list(resource.reaction)[0]?.exposureRoute) && lowerCase(words(list(resource.reaction)[0]?.exposureRoute)!),
        reactionDescription:
          list(resource.reaction)
            .flatMap((item) => str(item.description) ?? [])
            .join('; ') || undefined,
        note: notes(resource),
      }),
    }),
  ];
}

const absenceName = (what: string) =>
  what === 'any' ? 'no known allergies' : what === 'environment' ? 'no known environmental allergies' : `no known ${what} allergies`;

/**
 * The substance by the code where a table has it, else by the words that name it, else as this record's own concept. What a code of the
 * allergy itself says, and what the other displays say, is added where the record's first words do not say it: they may be in another language.
 */
function substanceConcepts(code: Codeable, substance: string, reader: Reader): readonly string[] {
  const own = namedSubstance(code, substance, reader);
  const others = distinct([...code.names, ...allergyCodeNames(code.codes)].map(substanceOf)).filter((other) => other !== substance);
  const told = others.flatMap((other) => namedSubstance({ label: other, names: [other], codes: [] }, other, reader)).filter(isOfTables);
  return distinct([...own, ...told.filter((id) => !own.some((known) => reader.terminology.isA(known, id)))]);
}

const isOfTables = (id: string): boolean => !/^(?:code|text)\//.test(id);

function namedSubstance(code: Codeable, substance: string, reader: Reader): readonly string[] {
  const kinds = SUBSTANCE_KINDS;
  const named: Codeable = { label: substance, names: [substance, ...code.names], codes: code.codes };
  // "Penicillin" is the name of a class and of one of its drugs: the allergy is to the class.
  const wide = reader.terminology.byName(substance).filter(({ kind }) => kind === 'drug-class');
  const found = reader.link(named, kinds);
  const linked =
    wide.length === 1 && !found.includes(wide[0]!.id)
      ? [wide[0]!.id, ...found.filter((id) => !reader.terminology.isA(id, wide[0]!.id))]
      : found;
  if (linked.some(isOfTables)) return distinct([...linked, ...alsoNamed(substance, linked, reader)]);
  const mentioned = distinct(
    reader.terminology
      .mentions(substance)
      .flatMap((mention) => mention.concepts.filter((id) => kinds.includes(reader.terminology.get(id)?.kind ?? 'section')).slice(0, 1)),
  );
  // "sulfonamide antibacterial" names a class by two words: the broader one would make it an allergy to all antibiotics.
  const narrow = mentioned.filter((id) => !mentioned.some((other) => other !== id && reader.terminology.isA(other, id)));
  return narrow.length > 0 ? [...narrow, ...linked] : linked;
}

const LISTS = /[,;/(]|\b(?:and|or|including|such as)\b/;
const SPARED = /\b(?:tolerat\w*|except|but not|not|no|other than|without|excluding)\b[^,;)]*$/i;

/** "Statins (simvastatin, rosuvastatin)", coded as one of them: every substance that the name lists. */
function alsoNamed(substance: string, linked: readonly string[], { terminology }: Reader): readonly string[] {
  if (!LISTS.test(substance)) return [];
  return terminology
    .mentions(substance)
    .filter((mention) => !SPARED.test(substance.slice(0, mention.start)))
    .flatMap((mention) => mention.concepts.filter((id) => /^(?:drug|allergen)$/.test(terminology.get(id)?.kind ?? '')).slice(0, 1))
    .filter((id) => !linked.some((own) => terminology.isA(own, id)));
}
