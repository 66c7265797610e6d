import type { Fact } from '../contract.ts';
import { type Found, hasFlag, type Scope, scopeOf } from './scope.ts';
import { MEASURED } from './sections.ts';

const NEWEST = /\b(?:last|latest|most recent|newest)\b/i;
const SINGLED = /\b(?:which|what|list|show|any|anything|something)\b/i;

/** The newest value of each test, or all of the asked time; of "the last bloods" those of the newest day. */
function judged({ question, chart, kinds, window }: Scope): readonly Fact[] {
  const { flag: _, ...plain } = question;
  const facts = scopeOf({ ...plain, kinds: [...kinds] }, chart).facts.filter(
    (fact) => fact.flag !== undefined || fact.value?.type === 'quantity',
  );
  if (NEWEST.test(question.text)) {
    const own = facts.filter((fact) => fact.kind === 'result');
    const day = (own[0] ?? facts[0])?.date?.slice(0, 10);
    return facts.filter((fact) => day !== undefined && fact.date?.slice(0, 10) === day);
  }
  if (window.from || window.to || window.visit) return facts;
  const seen = new Set<string>();
  return facts.filter((fact) => {
    const key = fact.concepts[0] ?? fact.name;
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  });
}

/**
 * "Are all her labs normal", "anything abnormal in the last bloods": what is asked of many tests at once. One normal value is no yes, and a
 * value that came without a flag or range leaves it open.
 */
export function askedOverall(scope: Scope): Found | undefined {
  const { question, kinds } = scope;
  const { flag, text } = question;
  if (!flag || question.concepts.length > 0 || question.words?.length || !kinds.every((kind) => MEASURED.has(kind))) return undefined;
  // "Normal labs" asks for those; "labs normal", whether they are.
  const normal = flag === 'normal' && !SINGLED.test(text) && (question.polar || !/^\W*(?:the |her |his |their )?normal\b/i.test(text));
  if (!normal && !(flag === 'abnormal' && NEWEST.test(text) && !question.time)) return undefined;
  const facts = judged(scope);
  if (facts.length === 0) return undefined;
  const off = facts.filter((fact) => hasFlag(fact, 'abnormal'));
  const asked = { ...question, polar: true };
  if (off.length > 0) return { outcome: 'found', question: asked, facts: off, considered: facts, polarity: normal ? 'no' : 'yes' };
  const silent = facts.filter((fact) => !fact.flag);
  const shown = silent.length > 0 ? silent : facts;
  return {
    outcome: 'found',
    question: asked,
    facts: shown,
    considered: facts,
    polarity: silent.length > 0 ? 'unknown' : normal ? 'yes' : 'no',
    ...(silent.length > 0
      ? {
          notes: [
            {
              kind: 'qualifier' as const,
              text: `none is flagged, and the record gives no reference range or flag with ${silent.length} of ${facts.length} values`,
              facts: silent,
            },
          ],
        }
      : {}),
  };
}
