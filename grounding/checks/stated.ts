/**
 * A finding that is recorded with a value in words is there only where the value says so: "Suicidal ideation: denies", "On home oxygen: no"
 * (http://hl7.org/fhir/R4/observation-definitions.html#Observation.value_x_).
 */
import type { Fact } from '../../records/contract.ts';
import { isForeignText } from '../../records/questions/unreadable.ts';
import type { Assertion, Head } from '../reading/assertions.ts';
import type { CheckPart } from './contract.ts';

const NO = /^(?:no|none|never|not|non|nil|neg|negative|absent|denie[sd]|undetected|unremarkable|false|does(?: not|n['’]t)|without|n)\b/i;

/** Names of what is done to find out: it was done whatever came of it. */
const EXAMINATION =
  /\b(?:tests?|testing|screen\w*|antibod\w+|antigens?|ab|ag|rna|dna|pcr|naat?|cultures?|panels?|levels?|scores?|status|counts?|assessments?|questionnaires?|surveys?|index|questions?|exam\w*|scans?|ct|mri|x-?rays?|echo\w*|ultraso\w*|imaging|biops\w+|smears?|swabs?|ecg|ekg|\w+scop\w+|\w+graph\w*|\w+grams?|analysis|urinalysis|dipstick|reaction|titer|titre|type|typing|results?)\b/i;
const DONE = /\b(?:done|performed|checked|tested|screened|measured|taken|obtained|drawn|recorded|documented|assessed|asked)\b/i;

/** Does the recorded value say that what the entry names is not so? */
export function saysNo({ kind, value }: Fact): boolean {
  if (kind !== 'result' && kind !== 'survey' && kind !== 'social' && kind !== 'vital') return false;
  if (value?.type === 'boolean') return !value.value;
  return (value?.type === 'coded' || value?.type === 'text') && NO.test(value.text.trim());
}

/** A value in words of another language may say yes or no. */
const isUnread = ({ kind, value }: Fact): boolean =>
  (kind === 'result' || kind === 'survey' || kind === 'social' || kind === 'vital') &&
  (value?.type === 'coded' || value?.type === 'text') &&
  isForeignText(value.text);

/** An entry of a finding, not of an examination, whose value says no: the record's own denial. */
export const deniesIt = (fact: Fact): boolean => saysNo(fact) && !EXAMINATION.test(fact.name);

export const isExamined = (heads: readonly Head[], { text }: Assertion): boolean =>
  heads.some((head) => EXAMINATION.test(head.text)) || DONE.test(text);

export const stated: CheckPart = {
  constraints(assertion, { head }) {
    if (assertion.negated || assertion.noLonger || assertion.assessed || assertion.literals.length > 0) return [];
    if (assertion.quantities.length > 0 || assertion.cues.some(({ type }) => type === 'flag' || type === 'trend')) return [];
    if (isExamined([head], assertion)) return [];
    return [
      {
        check: 'status',
        weight: 3,
        test: ({ fact }) => {
          if (saysNo(fact)) return { outcome: 'fail', reason: `the record says ${fact.name}: ${fact.value!.text}` };
          return isUnread(fact)
            ? { outcome: 'unknown', reason: `what the record says of ${fact.name} is not understood: ${fact.value!.text}` }
            : { outcome: 'pass', reason: '' };
        },
      },
    ];
  },
};
