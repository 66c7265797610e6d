/** SNOMED CT semantic tags that end a fully specified name: they tell a person nothing. */
const SEMANTIC_TAG =
  /\s*\((?:disorder|finding|procedure|situation|regime\/therapy|morphologic abnormality|observable entity|substance|product|event|record artifact|qualifier value|context-dependent category|person|body structure|physical object|organism|occupation|social concept|environment|medicinal product|medicinal product form|clinical drug|assessment scale|attribute|cell|cell structure|physical force|administrative concept|staging scale|tumor staging|ethnic group|religion\/philosophy|life style|environment \/ location|navigational concept|foundation metadata concept)\)\s*$/i;

/** People and places that give a condition or test its name keep their capital. */
const PROPER = new Set(
  `achilles addison african alzheimer american apgar asian asperger baker barrett bartholin becker behcet bell berger bouchard braak bright brugada buerger burkitt
cesarean-not charcot chagas chiari christmas clostridium conn cooley creutzfeldt crohn cushing dandy dengue down dravet duchenne dupuytren ebola ehlers eisenmenger epstein escherichia european
ewing fabry fahrenheit fallot fanconi friedreich gaucher german gilbert glasgow graves guillain hartnup hashimoto hawaiian heberden helicobacter henoch hirschsprung hispanic hodgkin horner huntington
islander jakob japanese kaposi karnofsky kawasaki klinefelter korsakoff latino lewy lou lyme lynch mallory marburg marfan meckel meniere merkel mohs morton munchausen native
noonan norovirus-not osgood osler pacific paget pap papanicolaou parkinson peyronie pick pompe pott prader raynaud reiter reye rett romberg rorschach salmonella schlatter sjogren sjögren spanish staphylococcus
streptococcus-not tay sachs tourette turner valsalva varicella-not vietnamese waldenström wegener weiss wernicke west whipple willebrand wilms wilson wolff parkinson white zenker zika zollinger ellison`
    .split(/\s+/)
    .filter((word) => !word.endsWith('-not')),
);

function lowerWord(word: string): string {
  if (/^A[bg]s?[),.;:]*$/.test(word)) return word;
  if (!/^[A-Z][a-z]+([-/][A-Z]?[a-z]+)*('s|s')?[),.;:]*$/.test(word) && !/^\(?[A-Z][a-z]+[),.;:]*$/.test(word)) return word;
  const bare = word.replace(/^\(|[),.;:]+$|'s$|s'$/g, '');
  if (/('s|s')[),.;:]*$/.test(word) || PROPER.has(bare.toLowerCase().split(/[-/]/)[0]!)) return word;
  return word.toLowerCase();
}

/** Capitals that only start a word fall; acronyms, units, eponyms and mixed case stay: "Body Height" -> "body height", "HIV status" stays. */
export function lowerCase(text: string): string {
  if (/[A-Z]{4}/.test(text) && !/[a-z]/.test(text) && /\s/.test(text)) return text.toLowerCase();
  return text.split(' ').map(lowerWord).join(' ');
}

export const upperFirst = (text: string): string => (/^[a-z][a-z]/.test(text) ? text[0]!.toUpperCase() + text.slice(1) : text);

/** A display without its SNOMED tag. */
export function withoutTag(display: string): string {
  const bare = display.replace(SEMANTIC_TAG, '').trim();
  return bare === '' ? display : bare;
}

/** How a sentence names a condition, procedure or plan that the record calls `display`. */
export const sentenceName = (display: string): string => lowerCase(withoutTag(display));

/**
 * A LOINC long name as people say it, the specimen kept ("glucose in urine" is not "glucose in blood"):
 * property in brackets and method fall. https://loinc.org/kb/users-guide/major-parts-of-a-loinc-term
 */
export function testName(display: string): string {
  const bare = withoutTag(display);
  if (!/\[[^\]]+\]/.test(bare)) return lowerCase(bare);
  const short = bare
    .replace(/\s*\[[^\]]+\]/, '')
    .replace(/\s+by\s+.*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return lowerCase(short === '' ? bare : short);
}

/**
 * A LOINC name of a test in blood as people call the test: "Hepatitis B virus surface Ag [Presence] in Serum" -> "Hepatitis B surface antigen".
 * Other specimens keep their names: glucose in urine is no glucose.
 */
export function spokenTest(display: string): readonly string[] {
  const parts =
    /^(.+?) \[[^\]]+\](?: in (?:Serum|Plasma|Blood|Capillary blood|Venous blood|Serum or Plasma|Serum, Plasma or Blood)\b.*| by .*)?$/i.exec(
      withoutTag(display),
    );
  if (!parts) {
    const estimated =
      /^(?:(?:serum|plasma|blood|total serum) )?(.+?) (?:level|estimation|measurement|concentration|assay)(?: (?:-|in) .+)?$/i.exec(
        withoutTag(display),
      );
    return estimated ? [estimated[1]!] : [];
  }
  const said = parts[1]!
    .replace(/\bAbs?\b/g, 'antibody')
    .replace(/\bAg\b/g, 'antigen')
    .replace(/\b(hepatitis [A-E]) virus\b/i, '$1');
  return [said];
}

/** Case, punctuation and spacing folded: for comparing names, never for showing. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

export type Laterality = 'left' | 'right' | 'bilateral';

/** The side that a body site or name states. Both sides named: bilateral. "left ventricle" and blood count "left shift" name no side of the body. */
export function lateralityOf(...texts: readonly (string | undefined)[]): Laterality | undefined {
  const text = texts
    .filter((item) => item !== undefined)
    .join(' ; ')
    .toLowerCase()
    .replace(
      /\b(left|right)[- ](ventric\w*|atri\w*|shift|heart|bundle|axis|anterior descending|main coronary|coronary|circumflex|sided heart)/g,
      ' ',
    )
    .replace(/\b(left|right)[- ]hand(ed|edness)\b/g, ' ');
  if (/\b(bilateral|bilaterally|both (sides|eyes|ears|knees|hips|legs|arms|feet|hands|breasts|kidneys|lungs))\b/.test(text))
    return 'bilateral';
  const left = /\bleft\b/.test(text);
  const right = /\bright\b/.test(text);
  if (left && right) return 'bilateral';
  return left ? 'left' : right ? 'right' : undefined;
}
