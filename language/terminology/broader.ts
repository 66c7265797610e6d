import type { ConceptKind, Terminology } from '../contract.ts';
import { tokenize } from './fold.ts';

/** Words that make a name say less, or something else, than the disease that it mentions. */
const NOT_THE_THING = new Set(
  'risk fear no not non without absent history hx suspected possible probable screening screen exposure concern worried family rule pseudo anti pre contact carrier prevention prophylaxi test testing check assessment education counseling status vaccination immunization vaccine therapy surgery repair removal replacement allergy'.split(
    ' ',
  ),
);
const HEAD_ENDS = new Set([
  'due',
  'with',
  'without',
  'following',
  'during',
  'complicating',
  'associated',
  'secondary',
  'caused',
  'after',
  'resulting',
  'causing',
  'affecting',
  'involving',
  'and',
  'or',
]);
const OF_WORDS = new Set(['of', 'in', 'at', 'on', 'to', 'from']);

/** A longer name means a narrower thing in these kinds; "LDL cholesterol goal" is no LDL cholesterol. */
const INHERITING: ReadonlySet<string> = new Set(['condition', 'procedure', 'vaccine', 'allergen']);
/** First words of LOINC's imaging terms ("XR Knee - left 2 Views"). */
const MODALITIES: Readonly<Record<string, string>> = {
  XR: 'procedure/x-ray',
  CT: 'procedure/ct-scan',
  MR: 'procedure/mri',
  MRI: 'procedure/mri',
  MG: 'procedure/mammography',
  US: 'procedure/ultrasound',
  DXA: 'procedure/bone-density-scan',
  PET: 'procedure/pet-scan',
};

/**
 * Broader concepts of a name that no table has as it is: "Displaced fracture of shaft of left clavicle" -> fracture; "Acute exacerbation of
 * bronchial asthma" -> none, because what comes first is not the disease. Only the head of the name counts ("neuropathy due to ..." is a
 * neuropathy), and nothing is inferred from names of history, suspicion, risk, screening or absence. Ids, the most specific first.
 */
export function broaderOf(name: string, kinds: readonly ConceptKind[], terminology: Terminology): readonly string[] {
  const bare = name.replace(/\s*\([^)]*\)\s*$/, '').replace(/[[\]]/g, ' ');
  const tokens = tokenize(bare);
  if (tokens.length < 2 || tokens.length > 16 || tokens.some((token) => NOT_THE_THING.has(token.key))) return [];
  const cut = tokens.findIndex((token, i) => i > 0 && HEAD_ENDS.has(token.key));
  const head = cut < 0 ? tokens : tokens.slice(0, cut);
  const end = head[head.length - 1]?.end ?? 0;
  const first = head.findIndex((token) => OF_WORDS.has(token.key));
  const nounEnd = first < 0 ? end : (head[first - 1]?.end ?? 0);
  const text = bare.slice(0, end);
  const found = terminology.mentions(text).filter((mention) => {
    if (mention.end - mention.start === text.length) return false;
    // "Fracture of shaft of clavicle": the noun before the first "of". "Tubular adenoma polyp": the last noun.
    return mention.start < nounEnd && mention.end >= nounEnd;
  });
  const ids = found.flatMap((mention) =>
    mention.concepts
      .filter((id) => INHERITING.has(terminology.get(id)?.kind ?? 'section') && kinds.includes(terminology.get(id)!.kind))
      .slice(0, 1),
  );
  if (ids.length === 0 && kinds.includes('procedure')) {
    const modality = MODALITIES[tokens[0]?.raw ?? ''];
    if (modality && tokens.length > 1 && terminology.get(modality)) return [modality];
  }
  return [...new Set(ids)];
}
