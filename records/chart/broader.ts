import type { ConceptKind, Terminology } from '../../language/contract.ts';

/** What turns a name into something else than a kind of the thing that it mentions. */
const OTHERWISE =
  /\b(no|not|non|without|absence|absent|negative|history|h\/o|family|familial risk|suspected|suspicion|possible|probable|rule out|risk|at risk|screen\w*|fear|exposure|contact|carrier|prevention|prophyla\w*|education|counsel\w*|vaccin\w*|immuni\w*|test\w*|monitoring|pre|post|anti|status|worried|concern\w*|allergy|intolerance|donor|dependence on)\b/i;

/** Where the head of a clinical name ends: "fracture | of clavicle", "heart failure | due to hypertension". */
const AFTER_HEAD =
  /\s(?:of|in|on|at|due to|with|without|by|for|after|following|during|from|to|caused by|associated with|secondary to|involving|affecting|and|or)\s|[,;(:/]|\s-\s/i;

/** Words that people use for one common thing ("therapy", "bypass") and that names use for many: alone they mean no kind. */
const VAGUE =
  /^(therapy|treatment|bypass|injection|infusion|lobectomy|thrombosis|palsy|graft|replacement|repair|stent|implant|scan|imaging|care|regime|resection|attack|block|shock|failure|lesion)$/i;

/**
 * The broader concept that the head of a name means, for a name that no table has: "high resolution computed tomography of chest without contrast"
 * is a computed tomography of the chest, "active duodenal ulcer" an ulcer. The head is what ends before the first preposition; a mention
 * elsewhere ("hypertension screening", "carrier of hepatitis B") says nothing of the kind. So "has she had a chest CT" is not answered
 * with "not recorded" because a table lacks one variant.
 */
export function broaderConcept(name: string, kind: ConceptKind, terminology: Terminology): string | undefined {
  const end = AFTER_HEAD.exec(name)?.index ?? name.length;
  const found = terminology
    .mentions(name)
    .filter((mention) => mention.start < end && mention.end >= end)
    .at(-1);
  if (!found || VAGUE.test(found.text) || OTHERWISE.test(name.slice(0, found.start)) || OTHERWISE.test(name.slice(found.end, end)))
    return undefined;
  const ids = found.concepts.filter((id) => terminology.get(id)?.kind === kind);
  return ids.length === 1 ? ids[0] : undefined;
}

/** Kinds whose names are built head first. Tests are not: glucose in urine is no kind of the glucose in blood. */
export const HEADED: ReadonlySet<ConceptKind> = new Set(['condition', 'procedure']);
