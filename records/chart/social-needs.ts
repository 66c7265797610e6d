import type { Fact } from '../contract.ts';
import { valueText } from './lines.ts';

/**
 * Words by which records state an unmet need, in the domains of the Gravity Project (https://thegravityproject.net): housing, food, transport,
 * money, safety, isolation, work. They are searched in answers and in the names of social findings.
 */
const NEED =
  /\b(homeless\w*|do(?:es)? not have (?:housing|a (?:steady )?place)|no (?:fixed )?(?:housing|abode|steady place)|(?:temporary|unstable|inadequate|unsatisfactory|substandard) housing|housing (?:instability|insecurity|unsatisfactory)|worried about losing|eviction|food insecurity|(?:often|sometimes) true|not enough (?:food|money)|lack of (?:access to )?(?:transport\w*|food|housing|money|heat\w*|health ?care)|transport\w* (?:insecurity|problem\w*|barrier\w*)|(?:unable|cannot|can not|can't) (?:to )?(?:pay|afford)|financial (?:strain|problem\w*|difficult\w*)|low income|poverty|social(?:ly)? isolat\w*|limited social contact|loneliness|victim of|domestic (?:abuse|violence)|intimate partner (?:abuse|violence)|unsafe|at risk|severe signs|unemployed|uninsured|not covered)\b/i;
const ABSENT = /^(?:no\b|none|never|not |denies|negative|i have housing|absent|no (?:signs|problem))/i;
/** Questions whose plain "yes" is the need, and questions whose plain "no" is it. */
const YES_IS_NEED =
  /\b(worried|afraid|abus\w*|unsafe|threat\w*|hungry|shut ?off|kept you from|lack of|unable|hurt|homeless|insecur\w*|trouble|difficult\w*)\b/i;
const NO_IS_NEED =
  /\b(covered by (?:health )?insurance|health insurance|feel(?:s|ing)? (?:physically and emotionally )?safe|have (?:a )?(?:steady )?(?:housing|place))\b/i;

/** Whether a social fact or problem states an unmet need, by its own words alone. */
export function unmetNeed(fact: Fact): boolean {
  if (fact.negated || fact.status === 'refuted' || fact.status === 'unconfirmed') return false;
  const value = valueText(fact)?.trim();
  if (fact.kind === 'problem') return NEED.test(fact.name) && !ABSENT.test(fact.name) && !/^(history|risk)/i.test(fact.name);
  if (value === undefined) return false;
  if (/^(yes|true|y)\b/i.test(value)) return YES_IS_NEED.test(fact.name) && !NO_IS_NEED.test(fact.name);
  if (/^(no|false|n)$/i.test(value)) return NO_IS_NEED.test(fact.name);
  return NEED.test(value) && !ABSENT.test(value);
}
