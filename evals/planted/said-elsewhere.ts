/** What an entry says beside its name, so that it is never planted as an error: how grave, on which side, how many tablets, what another is a kind of. */

import type { Choices } from '../record/phrasing.ts';
import type { Medication, Problem } from '../record/reading.ts';

const SIDE = /\b(left|right|bilateral|both)\b/i;

/** The side that the record does not say; none where it says both. `beside`: body sites and the like. */
export function wrongSide(
  displays: readonly string[],
  beside: readonly string[],
  open: readonly string[],
  choices: Choices,
): string | undefined {
  if (SIDE.test(displays.join(' '))) return undefined;
  const stated = new Set([...beside.join(' ').matchAll(new RegExp(SIDE, 'gi'))].map((match) => match[0].toLowerCase()));
  if (stated.size === 0) return choices.pick(open);
  if (stated.has('bilateral') || stated.has('both') || stated.size > 1) return undefined;
  return stated.has('left') ? 'right' : 'left';
}

/** A degree that the record does not say. */
export function wrongGravity(displays: readonly string[], beside: readonly string[], choices: Choices): string | undefined {
  if (/severe|mild|moderate|acute|chronic|stage|degree/i.test(displays.join(' '))) return undefined;
  const stated = beside.join(' ').toLowerCase();
  const left = ['severe', 'mild', 'end-stage'].filter(
    (word) => !stated.includes(word) && !(word === 'end-stage' && /stage|severe/.test(stated)),
  );
  return left.length === 0 ? undefined : choices.pick(left);
}

const WORDED: Readonly<Record<string, number>> = { half: 0.5, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, '½': 0.5, '1½': 1.5 };

/** Amounts that are true of a product of this strength by its dosage text: "2 tablets of 500 mg" are 1000 mg. */
export function trueDoses(strength: number, { doseText }: Pick<Medication, 'doseText'>): ReadonlySet<number> {
  const numbers = doseText.flatMap((text) =>
    [...text.toLowerCase().matchAll(/\d[\d,]*(?:\.\d+)?|1?½|\b(?:half|one|two|three|four|five|six)\b/g)].map(
      (match) => WORDED[match[0]] ?? Number(match[0].replace(/,/g, '')),
    ),
  );
  return new Set([strength, ...numbers, ...numbers.map((n) => n * strength)]);
}

/** Names under which others stand that do not have their words. */
const KINDS: readonly (readonly [RegExp, RegExp])[] = [
  [/urinary tract infection|\buti\b/i, /pyelonephritis|cystitis|urosepsis|bacteriuria/i],
  [/kidney (?:disease|failure)|\bckd\b/i, /nephropathy|renal (?:disease|failure)|kidney/i],
  [/heart disease/i, /myocardial|coronary|heart failure|cardiomyopathy|angina/i],
  [/diabetes/i, /diabet/i],
  [/an(?:a)?emia/i, /an(?:a)?emia/i],
  [/depress/i, /depress/i],
  [/stroke/i, /infarct|stroke|cerebrovascular|h(?:a)?emorrhage/i],
  [/\bfracture|broken/i, /fracture/i],
];

/** Other problems that are of this name as well, or a kind of it: "gestational hypertension" is hypertension. */
export function alsoOfName(names: readonly string[], others: readonly Problem[]): readonly Problem[] {
  const words = (text: string): readonly string[] =>
    text
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word.length > 2);
  return others.filter((other) =>
    other.displays.some((display) => {
      const own = new Set(words(display));
      return names.some(
        (name) =>
          (words(name).length > 0 && words(name).every((word) => own.has(word))) ||
          KINDS.some(([kind, narrower]) => kind.test(name) && narrower.test(display)),
      );
    }),
  );
}
