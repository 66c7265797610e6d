import { dateSpan } from '../../language/dates.ts';
import type { Chart, Fact, FactKind } from '../contract.ts';
import type { Question, QuestionContext } from './contract.ts';
import type { Clause } from './parsed.ts';
import { wholes } from './rows.ts';
import { isVoid } from './select.ts';

const SHOWED =
  /\bwhat (?:did|does|do) (?:it|that|this|they|the (?:first|last|latest|other|second|newest|previous) one|s?he|that one) (?:find|show|see|say|reveal|pick up)\b|\bwhat (?:was|were|did they) (?:found|find|seen|see|the (?:result|outcome|finding)s?)\b|^\W*(?:and |so )?(?:any |the |what )?(?:findings?|results?|outcome)\W*$|\b(?:was|were) (?:anything|something) found\b|\b(?:find|found|see|saw) (?:anything|something)\b/;
const SIZE =
  /\bhow (?:big|large|small|long|wide|thick)\b(?! (?:has|have|had|ago|did))|\b(?:what|which) size\b|^\W*(?:and )?(?:the )?size\W*$/;
const SIZED = /\b(?:size|dimension|diameter|thickness|volume|width)\b/i;
const TAKEN_OUT =
  /\b(?:was|were|did|is|has|have)\b.*\b(?:removed|taken out|excised|resected|cut out|take (?:it|them) out|remove (?:it|them))\b/;
const REMOVAL = /(?:ectomy|removal|excision|resection|ablation|evacuation)\b/i;

const ACTS: ReadonlySet<FactKind> = new Set<FactKind>(['procedure', 'imaging', 'report']);
/** What has a size, or is an examination that finds one. */
const MEASURABLE: ReadonlySet<FactKind> = new Set<FactKind>([...ACTS, 'problem', 'result', 'device', 'document']);
/** What can be found at an examination. */
const FOUND: readonly FactKind[] = ['report', 'imaging', 'problem', 'result', 'procedure', 'document'];

const dayOf = ({ date }: Fact): string | undefined => (date ? dateSpan(date)?.from : undefined);

/** What the record holds of the same visit, or where it knows none of the same day. */
function besides(act: Fact, chart: Chart): readonly Fact[] {
  const day = dayOf(act);
  return chart.facts.filter(
    (fact) =>
      fact.id !== act.id &&
      fact.part === undefined &&
      FOUND.includes(fact.kind) &&
      !isVoid(fact) &&
      dayOf(fact) === day &&
      (act.visit === undefined || fact.visit === act.visit),
  );
}

const listOf = (facts: readonly Fact[], clause: Clause, name: string): Question => ({
  aspect: 'list',
  kinds: [...new Set(facts.map(({ kind }) => kind))],
  concepts: [],
  name,
  text: clause.text,
  entries: facts.map(({ id }) => id),
});

/** "What did the first one show?", "how big was it?", "was it removed?": what was found and done together with what was shown. */
export function findingsOf(clause: Clause, context: QuestionContext, chart: Chart): Question | undefined {
  const said = clause.text.toLowerCase();
  const rows = wholes(context.rows ?? [], chart);
  const sized = (name: string): boolean => /^(?:large|big|wide|thick|size)$/i.test(name);
  if (
    clause.topics.some(({ letter, name }) => letter !== 'x' && !(letter === 'u' && sized(name))) ||
    clause.times.time ||
    rows.length === 0
  )
    return undefined;
  if (SHOWED.test(said)) {
    if (!rows.every(({ kind, date }) => ACTS.has(kind) && date)) return undefined;
    const dated = [...rows].sort((a, b) => (a.date! < b.date! ? -1 : 1));
    const act =
      rows.length === 1 ? rows[0] : /\bfirst\b/.test(said) ? dated[0] : /\b(?:last|latest|newest)\b/.test(said) ? dated.at(-1) : undefined;
    const found = act && act.kind === 'procedure' && !act.details?.outcome ? besides(act, chart) : [];
    const day = act && dayOf(act);
    if (!act || !day) return undefined;
    if (found.length === 0) return { ...listOf([act], clause, act.name), aspect: 'describe' };
    return {
      ...listOf([act, ...found], clause, `entries beside the ${act.name}`),
      placed: 'start',
      time: {
        text: act.name,
        relation: 'in',
        anchor: {
          kinds: [act.kind],
          concepts: [...act.concepts.slice(0, 1)],
          which: 'last',
          edge: 'start',
          from: day,
          to: day,
          text: act.name,
        },
      },
    };
  }
  const pick = SIZE.test(said) ? SIZED : TAKEN_OUT.test(said) ? REMOVAL : undefined;
  if (!pick) return undefined;
  // "How long?" of a drug or an illness asks for a time.
  if (pick === SIZED && rows.some(({ kind }) => !MEASURABLE.has(kind) || (kind === 'problem' && /\bhow long\b/.test(said))))
    return undefined;
  const near = rows.length === 1 ? [...rows, ...besides(rows[0]!, chart)] : rows;
  const picked = near.filter(
    ({ kind, names }) => (pick === REMOVAL ? kind === 'procedure' : kind !== 'procedure') && names.some((name) => pick.test(name)),
  );
  return picked.length > 0 ? listOf(picked, clause, 'entries shown') : undefined;
}
