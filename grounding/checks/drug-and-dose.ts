/** Dose, strength, frequency, route: nothing that the record does not state. */
import type { Concept } from '../../language/contract.ts';
import { commensurable, convert } from '../../language/units.ts';
import type { Fact } from '../../records/contract.ts';
import { sameNumber } from '../matching/quantities.ts';
import type { Constraint, Tested } from '../matching/world.ts';
import type { Assertion, Head, SaidQuantity } from '../reading/assertions.ts';
import { stem, tokens } from '../reading/lexicon.ts';
import { combinedStrengths, testCombined } from './combined-strength.ts';
import type { CheckPart } from './contract.ts';
import { isPiece, writtenDose } from './written-dose.ts';

interface Stated {
  readonly value: number;
  readonly unit?: string | undefined;
  readonly ucum?: string | undefined;
}

function same({ quantity }: SaidQuantity, stated: Stated): boolean {
  const plain = Math.abs(quantity.value - stated.value) <= 1e-9 * Math.max(1, stated.value);
  if (quantity.unit === undefined) return plain;
  if (quantity.ucum !== undefined && stated.ucum !== undefined) {
    if (quantity.ucum === stated.ucum) return plain;
    if (!commensurable(stated.ucum, quantity.ucum)) return false;
    const value = convert(stated.value, stated.ucum, quantity.ucum);
    // Doses are exact: 0.5 g is 500 mg.
    return value !== undefined && sameNumber(quantity.value, 9, value, false, 1e-6);
  }
  const fold = (unit: string | undefined) => unit?.toLowerCase().replace(/s$/, '');
  return plain && fold(quantity.unit) === fold(stated.unit);
}

const show = (fact: Fact): string => [fact.name, fact.dosage?.text].filter((text) => text !== undefined).join(', ');

/** "10 mg/mL", "0.4 mg per actuation" and the volumes in a product's name. */
function inName(saidQuantity: SaidQuantity, fact: Fact): boolean {
  const wanted = saidQuantity.quantity.text
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s*(?:\bper\b|\/)\s*/gi, '\\s*(?:per|/)\\s*')
    .replace(/\s+/g, '\\s*');
  if (wanted.length <= 2) return false;
  const pattern = new RegExp(`(?<![\\d.])${wanted}(?![a-z\\d])`, 'i');
  return [fact.name, ...fact.names].some((name) => pattern.test(name));
}

/** A solution of 0.9 % has 0.9 g in 100 mL: 9 mg/mL. */
const isPercentOf = ({ quantity }: SaidQuantity, stated: Stated & { readonly per?: string | undefined }): boolean =>
  quantity.ucum === '%' && stated.ucum === 'mg' && stated.per === 'mL' && Math.abs(quantity.value * 10 - stated.value) < 1e-9;

const PUFFS = /^(?:puff|actuation|spray|inhalation|dose|act)s?$/i;
/** The unit of a dose is that which the strength is given for. */
const fits = (unit: string | undefined, per: string): boolean =>
  unit !== undefined &&
  (unit.toLowerCase().replace(/s$/, '') === per.toLowerCase().replace(/s$/, '') || (PUFFS.test(unit) && PUFFS.test(per)));

const MASS = /^(?:k|m|u|n|p)?g$|^\[iU\]$|^m?eq$|^m?mol$/;

function testDose(saidQuantity: SaidQuantity, fact: Fact, assertion: Assertion): Tested {
  const { quantity } = saidQuantity;
  if (quantity.form === 'range') return { outcome: 'unknown', reason: `the record states no range of doses (${show(fact)})` };
  const dose = fact.dosage?.value === undefined ? undefined : { value: fact.dosage.value, unit: fact.dosage.unit, ucum: fact.dosage.ucum };
  const strengths: readonly (Stated & { readonly per?: string | undefined })[] = fact.strengths ?? [];
  const taken =
    assertion.cues.some((cue) => cue.type === 'frequency') || assertion.quantities.filter((other) => other.role === 'value').length > 1;
  if (dose && same(saidQuantity, dose) && (dose.unit !== undefined || quantity.unit === undefined))
    return { outcome: 'pass', reason: `the record says ${show(fact)}` };
  // "30 mL/kg" against 2100 mL: by what weight it was reckoned is not said.
  if (/\/ ?kg\b/i.test(quantity.unit ?? quantity.text) && !/\/ ?kg\b/i.test(`${dose?.unit ?? ''} ${fact.dosage?.text ?? ''}`))
    return { outcome: 'unknown', reason: `the record gives no dose by weight (${show(fact)})` };
  // "88 mcg" of two puffs of 44 mcg, "27 mg" of 9 mL of 3 mg/mL.
  if (
    dose &&
    strengths.some(
      (stated) =>
        stated.per !== undefined && fits(dose.unit, stated.per) && same(saidQuantity, { ...stated, value: stated.value * dose.value }),
    )
  )
    return { outcome: 'pass', reason: `the record says ${show(fact)}` };
  const written = dose === undefined && fact.dosage ? asWritten(saidQuantity, fact) : undefined;
  if (written?.outcome === 'pass') return written;
  const strength =
    strengths.some((stated) => same(saidQuantity, stated) || isPercentOf(saidQuantity, stated)) ||
    // Of two salts of one drug the name gives parts of a strength.
    (!(strengths.length > 0 && MASS.test(quantity.ucum ?? '')) && inName(saidQuantity, fact));
  if (strength) {
    const explicit =
      dose?.ucum !== undefined && MASS.test(dose.ucum) && quantity.ucum !== undefined && commensurable(dose.ucum, quantity.ucum);
    const strengthOnly =
      assertion.words.some((word) => /^(?:tablets?|tabs?|capsules?|strength|pills?)$/.test(word.word)) ||
      assertion.quantities.some((other) => /tablet|capsule|pill|puff/i.test(other.quantity.unit ?? ''));
    const told = dose === undefined ? writtenDose(fact) : undefined;
    const more = told !== undefined && (told.amounts.length > 0 || (told.pieces !== undefined && told.pieces !== 1));
    if (taken && !strengthOnly && (explicit || more))
      return { outcome: 'fail', reason: `${quantity.text} is the product's strength; the recorded dose is ${fact.dosage?.text}` };
    return { outcome: 'pass', reason: `the record says ${show(fact)}` };
  }
  if (written) return written;
  const known = strengths.length > 0 || (dose?.unit !== undefined && dose !== undefined);
  return known
    ? { outcome: 'fail', reason: `the sentence says ${quantity.text}, the record says ${show(fact)}` }
    : { outcome: 'unknown', reason: `the record states no dose (${show(fact)})` };
}

/** The dose of an order that states it in words only. Where its words are not understood, nothing is contradicted. */
function asWritten(saidQuantity: SaidQuantity, fact: Fact): Tested {
  const { amounts, pieces } = writtenDose(fact);
  const { quantity } = saidQuantity;
  const strengths = fact.strengths ?? [];
  const stated: readonly Stated[] = [
    ...amounts,
    ...(pieces !== undefined && strengths.length === 1 && amounts.length === 0
      ? [{ ...strengths[0]!, value: strengths[0]!.value * pieces }]
      : []),
  ];
  const ok = isPiece(quantity.unit)
    ? pieces !== undefined && Math.abs(pieces - quantity.value) < 1e-9
    : stated.some((one) => same(saidQuantity, one));
  if (ok) return { outcome: 'pass', reason: `the record says ${show(fact)}` };
  const sure = isPiece(quantity.unit)
    ? pieces !== undefined
    : stated.length === 1 &&
      quantity.ucum !== undefined &&
      stated[0]!.ucum !== undefined &&
      commensurable(stated[0]!.ucum, quantity.ucum) &&
      !/;|\bthen\b|\bor\b|\d\s*-\s*\d/.test(fact.dosage?.text ?? '');
  return {
    outcome: sure ? 'fail' : 'unknown',
    reason: sure
      ? `the sentence says ${quantity.text}, the record says ${show(fact)}`
      : `"${quantity.text}" is not found in the dose as written (${show(fact)})`,
  };
}

/** When in the day: "every day" only where nothing else says how often. */
const TIME_OF_DAY = /^(?:in the (?:morning|evening)|at (?:night|bedtime)|before bed|mornings|hs|nocte|mane)$/i;

function testFrequency(sense: string, text: string, negated: boolean, fact: Fact, besideOther: boolean): Tested {
  const { dosage } = fact;
  if (sense === 'prn') {
    if (dosage?.asNeeded === undefined && !/as needed|prn/i.test(dosage?.text ?? ''))
      return { outcome: 'unknown', reason: 'the record does not say that it is taken as needed' };
    const asNeeded = dosage?.asNeeded === true || /as needed|prn/i.test(dosage?.text ?? '');
    return { outcome: asNeeded !== negated ? 'pass' : 'fail', reason: `the record says ${show(fact)}` };
  }
  const timesPerDay = dosage?.timesPerDay ?? writtenDose(fact).timesPerDay;
  if (dosage === undefined || timesPerDay === undefined)
    return {
      outcome: 'unknown',
      reason: dosage?.text
        ? `how often is not read from the dose as written (${dosage.text})`
        : `no frequency is recorded for ${fact.name}`,
    };
  const onItsDay = timesPerDay < 1 && besideOther && TIME_OF_DAY.test(text.trim());
  const same = onItsDay || Math.abs(timesPerDay - Number(sense)) <= 0.02 * Number(sense);
  if (!same) return { outcome: 'fail', reason: `the sentence says ${text}, the record says ${dosage.frequency ?? dosage.text}` };
  const part = /night|bed|hs\b|qpm|evening|nocte/i.test(text)
    ? /night|bed|evening|hs\b/i
    : /morning|qam|mane|\bo\.?m\b/i.test(text)
      ? /morning|breakfast/i
      : undefined;
  if (part && !part.test(`${dosage.text} ${dosage.frequency ?? ''} ${fact.details?.['written'] ?? ''}`))
    return { outcome: 'unknown', reason: `the record does not say at which time of day (${dosage.text})` };
  return { outcome: negated ? 'fail' : 'pass', reason: `the record says ${dosage.frequency ?? dosage.text}` };
}

const ROUTE_WORDS: Readonly<Record<string, RegExp>> = {
  oral: /\boral|by mouth|\bpo\b|tablet|capsule|chewable/i,
  iv: /intravenous|\biv\b/i,
  im: /intramuscular|\bim\b/i,
  sc: /subcutaneous|\bsc\b|subq|implant/i,
  inhaled: /inhal|nebuli|respiratory/i,
  topical: /topical|cutaneous|cream|ointment/i,
  nasal: /nasal/i,
  rectal: /rectal/i,
  vaginal: /vaginal/i,
  sublingual: /sublingual/i,
  transdermal: /transdermal|patch/i,
  ophthalmic: /ophthalmic|\beye/i,
};

function testRoute(sense: string, text: string, fact: Fact): Tested {
  const stated = [fact.dosage?.route, fact.dosage?.text, fact.name, ...fact.names].filter((part) => part !== undefined).join(' ');
  if (ROUTE_WORDS[sense]?.test(stated)) return { outcome: 'pass', reason: `the record says ${fact.dosage?.route ?? fact.name}` };
  const other = Object.entries(ROUTE_WORDS).find(([key, words]) => key !== sense && words.test(stated));
  return other
    ? { outcome: 'fail', reason: `the sentence says ${text}, the record says ${fact.dosage?.route ?? fact.name}` }
    : { outcome: 'unknown', reason: `no route is recorded for ${fact.name}` };
}

const MEAL =
  /\b(with|before|after|between|without)\s+(?:(?:a|the|her|his|each|every)\s+)?(?:meals?|food|eating|breakfast|lunch|dinner|supper)\b/i;

/** "before meals" is not "with meals", and neither is stated by an order that says nothing of meals. */
function testMeal(text: string, fact: Fact): Tested {
  const written = [fact.dosage?.text, fact.details?.['written'], fact.details?.['instructions']]
    .filter((part) => part !== undefined)
    .join('; ');
  const stated = MEAL.exec(written);
  if (!stated) return { outcome: 'unknown', reason: `the record says nothing of meals (${show(fact)})` };
  return stated[1]!.toLowerCase() === MEAL.exec(text)![1]!.toLowerCase()
    ? { outcome: 'pass', reason: `the record says ${stated[0]}` }
    : { outcome: 'fail', reason: `the sentence says ${MEAL.exec(text)![0]}, the record says ${stated[0]}` };
}

/** A reaction to a combination does not say which of its ingredients it was to. */
const isToWhole = (fact: Fact, asked: readonly Concept[]): boolean => {
  const drugs = asked.filter(({ kind }) => kind === 'drug');
  const whole = fact.kind === 'allergy' ? fact.concepts.filter((id) => /^drug\/.+\+/.test(id)) : [];
  return whole.length > 0 && drugs.length > 0 && !drugs.some(({ id }) => whole.includes(id));
};

/** An allergy to cashew nuts is one to tree nuts, but none to hazelnuts, though both go by the name of the group. */
const isAnotherOfGroup = (fact: Fact, head: Pick<Head, 'text' | 'concepts'>): boolean => {
  if (fact.kind !== 'allergy' || !fact.concepts.some((id) => id.startsWith('text/allergen/'))) return false;
  const stems = (text: string): readonly string[] => tokens(text).flatMap(({ word }) => (/\p{L}{3}/u.test(word) ? [stem(word)] : []));
  const said = stems(head.text.replace(/\b(?:allerg\w+|intoleran\w+|hypersens\w+|sensitiv\w+)\b/gi, ''));
  const group = head.concepts.filter(({ id }) => fact.concepts.includes(id));
  const known = new Set([fact.name, ...fact.names, ...group.map(({ name }) => name)].flatMap(stems));
  return group.length > 0 && said.length > 0 && !said.some((word) => known.has(word));
};

export const drugAndDose: CheckPart = {
  constraints(assertion, { head, candidates }) {
    const found: Constraint[] = [];
    if (candidates.some(({ fact }) => isToWhole(fact, head.concepts)))
      found.push({
        check: 'drug-and-dose',
        weight: 2,
        test: ({ fact }) =>
          isToWhole(fact, head.concepts)
            ? { outcome: 'unknown', reason: `the record names the combination: ${fact.name}` }
            : { outcome: 'pass', reason: '' },
      });
    if (candidates.some(({ fact }) => isAnotherOfGroup(fact, head)))
      found.push({
        check: 'entity',
        weight: 3,
        test: ({ fact }) =>
          isAnotherOfGroup(fact, head)
            ? { outcome: 'unknown', reason: `the record names ${fact.name}, not ${head.text}` }
            : { outcome: 'pass', reason: '' },
      });
    if (MEAL.test(assertion.text))
      found.push({
        check: 'drug-and-dose',
        weight: 2,
        test: ({ fact }) => (fact.kind === 'medication' ? testMeal(assertion.text, fact) : { outcome: 'pass', reason: '' }),
      });
    if (/\bas (?:prescribed|ordered|directed|instructed)\b/i.test(assertion.text))
      found.push({
        check: 'drug-and-dose',
        weight: 2,
        test: ({ fact }) =>
          fact.kind === 'medication' && fact.details?.['source'] === 'reported'
            ? { outcome: 'unknown', reason: `the record has ${show(fact)} as reported, not as prescribed` }
            : { outcome: 'pass', reason: '' },
      });
    const combined = candidates.some(({ fact }) => (fact.strengths?.length ?? 0) > 1) ? combinedStrengths(assertion.text, head.text) : [];
    for (const each of combined) found.push({ check: 'drug-and-dose', weight: 4, test: ({ fact }) => testCombined(each, fact) });
    for (const saidQuantity of assertion.quantities) {
      if (combined.some(({ text }) => text.includes(saidQuantity.quantity.text))) continue;
      if (
        saidQuantity.role === 'value' ||
        saidQuantity.role === 'range' ||
        (saidQuantity.role === 'count' && saidQuantity.quantity.unit !== undefined && !saidQuantity.quantity.unit.startsWith('time'))
      )
        found.push({
          check: 'drug-and-dose',
          weight: 4,
          test: ({ fact }) => (fact.kind === 'medication' ? testDose(saidQuantity, fact, assertion) : { outcome: 'pass', reason: '' }),
        });
    }
    for (const cue of assertion.cues) {
      if (cue.type === 'frequency')
        found.push({
          check: 'drug-and-dose',
          weight: 3,
          test: ({ fact }) =>
            fact.kind === 'medication'
              ? testFrequency(
                  cue.sense,
                  cue.text,
                  cue.negated,
                  fact,
                  assertion.cues.some((other) => other.type === 'frequency' && other.start !== cue.start),
                )
              : { outcome: 'unknown', reason: `"${cue.text}" is not stated for ${fact.name}` },
        });
      if (cue.type === 'route') found.push({ check: 'drug-and-dose', weight: 2, test: ({ fact }) => testRoute(cue.sense, cue.text, fact) });
    }
    return found;
  },
};
