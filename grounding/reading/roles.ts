import { isCue, type QuantityRole, type SaidQuantity, senseOf } from './assertions.ts';
import type { Item, QuantityItem } from './items.ts';
import type { Segment } from './segment.ts';

const TIME_UNITS = new Set(['a', 'mo', 'wk', 'd', 'h', 'min']);

export const FLIPPED = { '>': '<=', '<': '>=', '>=': '<', '<=': '>' } as const;

const OPS = { above: '>', below: '<', atleast: '>=', atmost: '<=' } as const;

/** The nearest item in that direction that is no plain word, and the plain words on the way. */
function look(items: readonly Item[], at: number, step: 1 | -1): { item: Item | undefined; words: readonly string[] } {
  const words: string[] = [];
  for (let i = at + step; i >= 0 && i < items.length; i += step) {
    const item = items[i]!;
    if (item.type === 'neutral') words.push(item.text.toLowerCase());
    else if (isCue(item, 'gender')) continue;
    else return { item, words };
  }
  return { item: undefined, words };
}

const COUNTED =
  /^(?:results?|readings?|measurements?|visits?|times|occasions?|episodes?|values?|records?|entries|doses?|vaccinations?|immunizations?|orders?|prescriptions?|tests?|diagnoses|conditions?|problems?|medications?|drugs?|medicines?|encounters?|procedures?|allergies|shots?|recorded|documented|injections?)$/;

const ALLERGIES = /^(?:(?:drug|food|known|active) )?(?:allerg(?:y|ies)|intolerances?)$/i;

export function roleOf(
  item: QuantityItem,
  at: number,
  items: readonly Item[],
  segment: Segment,
): { role: QuantityRole; op?: SaidQuantity['op'] } {
  const { quantity } = item;
  const back = look(items, at, -1);
  const ahead = look(items, at, 1);
  const kinds = segment.heads.flatMap((head) => head.concepts.map((concept) => concept.kind));
  const trending = items.some((other) => isCue(other, 'trend'));
  const lead = back.words[0] ?? '';
  const whole = quantity.unit === undefined && Number.isInteger(quantity.value) && quantity.form === 'single';
  if (back.item && isCue(back.item, 'reference')) return { role: 'reference' };
  if (quantity.form === 'range' && items.slice(0, at).some((other) => isCue(other, 'reference'))) return { role: 'reference' };
  if (quantity.ucum === 'a' && quantity.decimals === 0) {
    if (back.item && isCue(back.item, 'age', 'at')) return { role: 'age-at' };
    const age =
      /old|y\/?o|^aged|age/i.test(item.text) || (back.item && isCue(back.item, 'age')) || (ahead.item && isCue(ahead.item, 'age'));
    if (age) return { role: /\bat$/.test(lead) || lead === 'when' || ahead.words[0] === 'when' ? 'age-at' : 'age' };
  }
  if (quantity.unit === undefined && back.item && isCue(back.item, 'age', 'at')) return { role: 'age-at' };
  if (quantity.unit === undefined && back.item && isCue(back.item, 'age', 'age'))
    return { role: ahead.words[0] === 'when' ? 'age-at' : 'age' };
  // "He was 44 when his hyperlipidemia was diagnosed."
  if (whole && /^when$/.test(ahead.words[0] ?? '') && /^(?:was|is|only)$/.test(lead) && !kinds.includes('observation'))
    return { role: 'age-at' };
  if (quantity.ucum && TIME_UNITS.has(quantity.ucum) && !kinds.includes('observation')) return { role: 'duration' };
  // "Rotavirus x2"
  if (whole && quantity.value > 1 && quantity.value < 100 && item.times) return { role: 'count' };
  if (quantity.ucum === '{dose}' && kinds.length > 0 && kinds.every((kind) => kind === 'vaccine'))
    return { role: 'count', ...opOf(quantity.comparator, true) };
  if (quantity.ucum === '{times}' || /^(?:once|twice|thrice)$/i.test(item.text)) return { role: 'count' };
  // "HbA1c results: 3", "Number of HbA1c results: 3"
  if (whole && back.item?.type === 'mark' && back.item.text === ':') {
    const counted = look(items, items.indexOf(back.item), -1).words.some((word) => COUNTED.test(word));
    const numbered = items
      .slice(0, segment.pre)
      .some(
        (other, i) => other.type === 'neutral' && /^(?:number|count|total)$/i.test(other.text) && items[i + 1]?.text.toLowerCase() === 'of',
      );
    if (counted || numbered) return { role: 'count' };
  }
  if (
    whole &&
    ahead.words.some((word) => COUNTED.test(word)) &&
    ahead.words[0] !== 'on' &&
    ahead.words[0] !== 'in' &&
    ahead.words[0] !== 'at'
  ) {
    if (
      !ahead.words
        .slice(
          0,
          ahead.words.findIndex((word) => COUNTED.test(word)),
        )
        .some((word) => /^(?:was|is|were|on|in|at|from)$/.test(word))
    )
      return lead === 'of' && items.some((other, i) => i < at && other.type === 'quantity')
        ? { role: 'of' }
        : { role: 'count', ...opOf(quantity.comparator, true) };
  }
  // "2 allergies": the word is a name of its own.
  if (whole && ahead.words.every((word) => /^(?:active|known|drug|food|recorded)$/.test(word)) && ALLERGIES.test(ahead.item?.text ?? ''))
    return { role: 'count', ...opOf(quantity.comparator, true) };
  if (whole && ahead.words[0] === 'of' && ahead.item?.type === 'quantity' && ahead.words.length <= 3) return { role: 'count' };
  if (whole && lead === 'of' && back.item?.type === 'quantity' && back.words.length <= 3) return { role: 'of' };
  if (back.item && isCue(back.item, 'compare') && back.words.length <= 2) {
    const sense = senseOf(back.item, 'compare') as keyof typeof OPS;
    return { role: 'threshold', op: OPS[sense] };
  }
  if (quantity.form === 'range') return trending && !kinds.includes('drug') ? { role: 'range' } : { role: 'range' };
  const limit = quantity.comparator !== undefined && quantity.comparator !== '~';
  if (trending && !(limit && /^(?:below|under|above|beyond)\b/i.test(quantity.text))) {
    if (lead === 'from') return { role: 'from' };
    if (lead === 'to' || lead === 'at') return { role: 'to' };
    if (
      lead === 'by' ||
      (back.item &&
        isCue(back.item, 'trend') &&
        back.words.every((word) => /^(?:of|by|a|an|the|some|about|another|weight)$/.test(word)) &&
        !/from/.test(back.item.text))
    )
      return { role: 'change' };
    if (back.item && isCue(back.item, 'trend') && /from$/.test(back.item.text.toLowerCase())) return { role: 'from' };
    if (
      ahead.item &&
      isCue(ahead.item, 'trend') &&
      quantity.unit !== undefined &&
      ahead.words.length === 0 &&
      back.words.some((word) => /^(?:a|an|by)$/.test(word))
    )
      return { role: 'change' };
  }
  // "69.9 kg, nearly 6 kg less than the year before"
  if (
    ahead.item &&
    ahead.words.length === 0 &&
    /^(?:less|more|lower|higher|lighter|heavier) than$/i.test(ahead.item.text) &&
    quantity.unit !== undefined &&
    items[items.indexOf(ahead.item) + 1]?.type !== 'quantity' &&
    items.slice(0, at).some((other) => other.type === 'quantity' && other.quantity.ucum === quantity.ucum)
  )
    return { role: 'change' };
  if (quantity.comparator && quantity.comparator !== '~') return { role: 'threshold', op: quantity.comparator };
  if (whole && quantity.worded) return { role: 'count' };
  return { role: 'value' };
}

export function opOf(comparator: string | undefined, count: boolean): { op?: SaidQuantity['op'] } {
  return count && comparator && comparator !== '~' ? { op: comparator as NonNullable<SaidQuantity['op']> } : {};
}

/** A number right before a plural name counts it: "3 ER visits", "two HbA1c results", "five medications". */
export function countsHead(item: QuantityItem, items: readonly Item[], at: number, segment: Segment): boolean {
  const { quantity } = item;
  if (quantity.unit !== undefined || !Number.isInteger(quantity.value) || quantity.form !== 'single' || at >= segment.pre) return false;
  const rest = items.slice(at + 1, segment.pre);
  // "He was 98 when heart disease was diagnosed."
  if (rest.some((other) => other.type === 'neutral' && /^when$/i.test(other.text))) return false;
  return rest.every((other) => other.type === 'neutral' || isCue(other, 'status') || isCue(other, 'order') || isCue(other, 'record'));
}
