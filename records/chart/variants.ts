import type { Fact } from '../contract.ts';
import { testName } from './names.ts';

/** Words that tell two measurements of one thing apart: when, after what, in which position, how it was come by. */
const TELLING =
  /^(?:\d+(?:st|nd|rd|th)?|one|two|three|five|ten|min(?:ute)?s?|h(?:r|ou)?rs?|days?|weeks?|fasting|nonfasting|random|pre|post|before|after|baseline|trough|peak|left|right|standing|sitting|seated|supine|lying|maximum|minimum|max|mean|average|birth|rest|exercise|self|reported|stated|ideal|estimated|total|free|ionized|predicted|percent|percentile|target|interstitial|capillary|arterial|venous|cord)$/;

/** These make it another measurement even where it is the only one of its name: a glucose two hours after a meal is not a glucose. */
const ALWAYS_TOLD = /^(?:post|after|before|pre|hours?|hrs?|minutes?|trough|peak)$/;

const MEASURED: ReadonlySet<Fact['kind']> = new Set(['result', 'vital', 'survey']);

const tokens = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];

/**
 * Two tests under one name ("Apgar score" of the first minute and of the fifth): where their displays differ in a telling word, each that has
 * one is called as the record calls it, so that what a sentence says of one is not said of the other.
 */
export function withVariantsNamed(facts: readonly Fact[]): readonly Fact[] {
  const byName = new Map<string, Map<string, string>>();
  for (const fact of facts) {
    const label = MEASURED.has(fact.kind) ? fact.names[0] : undefined;
    if (!label || fact.codes.length === 0) continue;
    const variants = byName.get(fact.name) ?? new Map<string, string>();
    variants.set(`${fact.codes[0]!.system}|${fact.codes[0]!.code}`, label);
    byName.set(fact.name, variants);
  }
  const renamed = new Map<string, string>();
  for (const [name, variants] of byName) {
    const own = new Set(tokens(name));
    for (const [key, label] of variants) {
      const others = [...variants].filter(([other]) => other !== key).map(([, text]) => new Set(tokens(text)));
      const telling = tokens(label).filter((word) => TELLING.test(word) && !own.has(word));
      if (telling.some((word) => ALWAYS_TOLD.test(word) || others.some((other) => !other.has(word))))
        renamed.set(`${name}\n${key}`, testName(label));
    }
  }
  if (renamed.size === 0) return facts;
  return facts.map((fact) => {
    const code = fact.codes[0];
    const name = code && MEASURED.has(fact.kind) ? renamed.get(`${fact.name}\n${code.system}|${code.code}`) : undefined;
    return name ? { ...fact, name } : fact;
  });
}
