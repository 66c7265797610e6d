/** A stretch of a sentence becomes assertions: which number is a dose, a count, a limit; which date a start or an end; what is denied. */
import type { Concept } from '../../language/contract.ts';
import type { Assertion, Head, QuantityRole, SaidCue, SaidQuantity, SaidTime, segment as Segmenter } from './assertions.ts';
import { isCue, senseOf } from './assertions.ts';
import type { Item, LiteralItem, QuantityItem, WordItem } from './items.ts';

type Segment = ReturnType<typeof Segmenter>[number];

const TIME_UNITS = new Set(['a', 'mo', 'wk', 'd', 'h', 'min']);
const START_SENSES = new Set(['started', 'onset', 'prescribed', 'has', 'takes']);
const END_SENSES = new Set(['stopped', 'resolved']);

const FLIPPED = { '>': '<=', '<': '>=', '>=': '<', '<=': '>' } as const;
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

function roleOf(item: QuantityItem, at: number, items: readonly Item[], segment: Segment): { role: QuantityRole; op?: SaidQuantity['op'] } {
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
    if (age) return { role: /\bat$/.test(lead) || lead === 'when' ? 'age-at' : 'age' };
  }
  if (quantity.unit === undefined && back.item && isCue(back.item, 'age', 'at')) return { role: 'age-at' };
  if (quantity.unit === undefined && back.item && isCue(back.item, 'age', 'age')) return { role: 'age' };
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
  if (whole && ahead.words[0] === 'of' && ahead.item?.type === 'quantity' && ahead.words.length <= 3) return { role: 'count' };
  if (whole && lead === 'of' && back.item?.type === 'quantity' && back.words.length <= 3) return { role: 'of' };
  if (back.item && isCue(back.item, 'compare') && back.words.length <= 2) {
    const sense = senseOf(back.item, 'compare') as keyof typeof OPS;
    return { role: 'threshold', op: OPS[sense] };
  }
  if (quantity.form === 'range') return trending && !kinds.includes('drug') ? { role: 'range' } : { role: 'range' };
  if (trending) {
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
  if (quantity.comparator && quantity.comparator !== '~') return { role: 'threshold', op: quantity.comparator };
  if (whole && quantity.worded) return { role: 'count' };
  return { role: 'value' };
}

function opOf(comparator: string | undefined, count: boolean): { op?: SaidQuantity['op'] } {
  return count && comparator && comparator !== '~' ? { op: comparator as NonNullable<SaidQuantity['op']> } : {};
}

/** A number right before a plural name counts it: "3 ER visits", "two HbA1c results", "five medications". */
function countsHead(item: QuantityItem, items: readonly Item[], at: number, segment: Segment): boolean {
  const { quantity } = item;
  if (quantity.unit !== undefined || !Number.isInteger(quantity.value) || quantity.form !== 'single' || at >= segment.pre) return false;
  const rest = items.slice(at + 1, segment.pre);
  return rest.every((other) => other.type === 'neutral' || isCue(other, 'status') || isCue(other, 'order') || isCue(other, 'record'));
}

export function interpret(segment: Segment, text: string): readonly Assertion[] {
  const { items } = segment;
  const quantities: (SaidQuantity & { at: number })[] = [];
  const times: (SaidTime & { at: number })[] = [];
  const cues: SaidCue[] = [];
  const literals: LiteralItem[] = [];
  const words: WordItem[] = [];
  let negated = false;
  let noLonger = false;
  let pendingNegation: SaidCue | undefined;
  let timeRole: SaidTime['role'] = 'any';

  items.forEach((item, at) => {
    // What is denied before the names, and not spent on a word in between, denies the names.
    if (at === segment.pre && pendingNegation && segment.heads.length > 0 && item.type !== 'literal') {
      if (pendingNegation.sense === 'no-longer') noLonger = true;
      else negated = true;
      pendingNegation = undefined;
    }
    switch (item.type) {
      case 'mark':
        if (item.strong || item.text === '(' || item.text === ')') timeRole = 'any';
        if (item.strong) {
          if (pendingNegation && at >= segment.pre) {
            if (pendingNegation.sense === 'no-longer') noLonger = true;
            else negated = true;
          }
          pendingNegation = undefined;
        }
        return;
      case 'neutral':
        if (/^(?:until|till|through)$/.test(item.text.toLowerCase())) timeRole = 'end';
        return;
      case 'word':
        // "without aura": the word is denied, not the name before it.
        if (pendingNegation?.sense === 'no' && at > segment.pre && segment.heads.length > 0) {
          words.push({ ...item, denied: true });
          pendingNegation = undefined;
        } else words.push(item);
        return;
      case 'literal':
        literals.push(item);
        if (pendingNegation) cues.push({ ...pendingNegation, type: 'negated-literal' });
        pendingNegation = undefined;
        return;
      case 'time': {
        const role = item.time.relation === 'until' ? 'end' : item.time.relation === 'since' && timeRole === 'any' ? 'start' : timeRole;
        times.push({ time: item.time, role, start: item.start, at });
        timeRole = 'any';
        return;
      }
      case 'quantity': {
        const role: { role: QuantityRole; op?: SaidQuantity['op'] } = countsHead(item, items, at, segment)
          ? { role: 'count' as const, ...opOf(item.quantity.comparator, true) }
          : roleOf(item, at, items, segment);
        const lastCue = cues.at(-1);
        const flipped =
          role.role === 'threshold' &&
          role.op &&
          ((lastCue?.type === 'compare' && lastCue.negated) || (pendingNegation && item.quantity.comparator));
        if (flipped) pendingNegation = undefined;
        const { op, ...rest } = role;
        quantities.push({ quantity: item.quantity, start: item.start, at, ...rest, ...(op ? { op: flipped ? FLIPPED[op] : op } : {}) });
        if (pendingNegation && role.role !== 'count') cues.push({ ...pendingNegation, type: 'negated-value' });
        pendingNegation = undefined;
        return;
      }
      case 'cue': {
        const first = item.cues[0]!;
        if (first.type === 'negation') {
          const said = { type: 'negation', sense: first.sense, text: item.text, negated: false, start: item.start };
          if (first.sense === 'not-recorded') cues.push({ ...said, type: 'record' });
          if (first.sense === 'no-known') {
            negated = true;
            cues.push(said);
          } else if (first.sense === 'no-longer' && (negated || pendingNegation)) {
            negated = false;
            noLonger = true;
            pendingNegation = undefined;
          } else if (pendingNegation) pendingNegation = undefined;
          else pendingNegation = said;
          return;
        }
        for (const cue of item.cues) {
          if (cue.type === 'gender' || cue.type === 'record') {
            cues.push({ type: cue.type, sense: cue.sense, text: item.text, negated: false, start: item.start });
            continue;
          }
          const denied = pendingNegation !== undefined && at >= segment.pre && cue.type !== 'allergy';
          cues.push({ type: cue.type, sense: cue.sense, text: item.text, negated: denied, start: item.start });
          if (cue.type === 'status') timeRole = END_SENSES.has(cue.sense) ? 'end' : START_SENSES.has(cue.sense) ? 'start' : timeRole;
        }
        if (at >= segment.pre && !item.cues.some((cue) => cue.type === 'gender' || cue.type === 'record' || cue.type === 'allergy'))
          pendingNegation = undefined;
        return;
      }
      default:
        return;
    }
  });
  if (pendingNegation) {
    if (pendingNegation.sense === 'no-longer') noLonger = true;
    else negated = true;
  }
  // "active medications", "current problems": the name of the list says that they are in force.
  for (const head of segment.heads) {
    if (head.concepts.every((concept) => concept.kind === 'section') && /\b(?:active|current|home|ongoing)\b/i.test(head.text))
      cues.push({ type: 'status', sense: 'current', text: head.text, negated: false, start: head.start });
  }
  const verb = (pattern: RegExp) => items.some((item) => item.type === 'neutral' && pattern.test(item.text));
  const tense = {
    past: verb(/^(?:was|were|had|did|came|stood|gave|showed|got)$/i),
    present: verb(/^(?:is|are|'s|'re|stands|sits|reads|remains)$/i),
  };
  // "has gone from 4.1 to 5.1"
  const [one, other] = quantities;
  if (
    one?.role === 'value' &&
    other?.role === 'value' &&
    quantities.length === 2 &&
    verb(/^(?:went|gone|going|moved|passed|came)$/i) &&
    /\bfrom\s+$/i.test(text.slice(0, one.start)) &&
    /\bto\s+$/i.test(text.slice(0, other.start)) &&
    !cues.some((cue) => cue.type === 'trend')
  ) {
    quantities.splice(0, 2, { ...one, role: 'from' }, { ...other, role: 'to' });
    cues.push({ type: 'trend', sense: 'change', text: 'went', negated: false, start: 0 });
  }
  // "went from 82 kg to 79 kg"
  if (
    quantities.some((said) => said.role === 'range' && /^from\b/i.test(said.quantity.text)) &&
    verb(/^(?:went|gone|going|moved|passed|came)$/i) &&
    !cues.some((cue) => cue.type === 'trend')
  )
    cues.push({ type: 'trend', sense: 'change', text: 'went', negated: false, start: 0 });
  // "lower than in 2018", without a limit in numbers, compares two times.
  const than = cues.find((cue) => cue.type === 'compare' && /than$/i.test(cue.text));
  if (than && !quantities.some((said) => said.role === 'threshold'))
    cues.push({ ...than, type: 'trend', sense: than.sense === 'above' ? 'up' : 'down' });
  const generic = verb(
    /^(?:medications?|drugs?|medicines?|allerg(?:y|ies|en)|conditions?|problems?|diagnos[ei]s|procedures?|vaccines?|vaccinations?|issues?)$/i,
  );
  const assessed =
    verb(/^(?:assessed|recorded|documented|screened|noted|reviewed|checked|asked|obtained|evaluated|updated)$/i) ||
    cues.some((cue) => cue.type === 'record');
  const base = {
    heads: segment.heads,
    generic,
    assessed,
    tense,
    ...(verb(/^(?:were|are|both)$/i) ? { plural: true } : {}),
    negated,
    noLonger,
    cues,
    literals,
    words,
    reasons: segment.reasons,
    reactions: segment.reactions,
    at: [],
    text,
    ...(segment.header ? { header: segment.header } : {}),
  };
  return pairUp(base, quantities, times, segment);
}

/** One name with several dated values: "130 in 2018 and 120 in 2019". Each pair is an assertion of its own. */
function pairUp(
  base: Omit<Assertion, 'quantities' | 'times'>,
  quantities: readonly (SaidQuantity & { at: number })[],
  times: readonly (SaidTime & { at: number })[],
  segment: Segment,
): readonly Assertion[] {
  const values = quantities.filter((said) => said.role === 'value');
  const others = quantities.filter((said) => said.role !== 'value');
  const trending = base.cues.some((cue) => cue.type === 'trend');
  const comparing = base.cues.some((cue) => cue.type === 'than' || cue.text.endsWith('than'));
  const extremes = twoExtremes(base, quantities, times);
  if (extremes) return extremes;
  const together = respectively(base, quantities, times, segment);
  if (together) return together;
  const ordered = orderedDates(base, quantities, times);
  if (ordered) return ordered;
  const many = quantities.find((said) => said.role === 'count' && said.op === undefined && said.quantity.value === base.heads.length);
  const opening = segment.items.findIndex((item) => item.type === 'mark' && item.text === ':');
  // "three medications: A, B and C": the list itself is counted.
  if (many && base.heads.length > 1 && many.at < segment.pre && (segment.header || (many.at < opening && opening < segment.pre)))
    return pairUp(
      base,
      quantities.filter((said) => said !== many),
      times,
      segment,
    );
  const listed = listedDates(quantities, times, segment);
  if (listed) return [{ ...base, quantities, times: times.filter((said) => !listed.includes(said)), dates: listed }];
  const stepped = trending ? steppedTimes(base, quantities, times, segment) : undefined;
  if (stepped) return [stepped];
  // "The latest LDL (98) is lower than the one before (130)": each value with its own order, and the step between them.
  if (trending && comparing && values.length === 2) {
    const orders = base.cues.filter((cue) => cue.type === 'order').sort((a, b) => a.start - b.start);
    const own = times.length === 2 ? times : [];
    const others2 = base.cues.filter((cue) => cue.type !== 'order');
    const still = others2.filter((cue) => cue.type !== 'trend' && cue.type !== 'than');
    const step: Assertion = {
      ...base,
      cues: others2,
      quantities: [
        { ...values[1]!, role: 'from' as const },
        { ...values[0]!, role: 'to' as const },
      ],
      times: own.map((said, i) => ({ ...said, of: i === 0 ? ('to' as const) : ('from' as const) })),
    };
    const each =
      orders.length === 2
        ? values.map(
            (value, i): Assertion => ({ ...base, cues: [...still, orders[i]!], quantities: [value], times: own[i] ? [own[i]!] : [] }),
          )
        : [];
    return [...each, step];
  }
  // "Rising: 0.9 in 2018, 1.1 in 2019, 1.4 in 2020": dated values are steps in the order of their dates.
  if (
    trending &&
    base.heads.length === 1 &&
    values.length >= 2 &&
    times.length === values.length &&
    !quantities.some((said) => said.role === 'from' || said.role === 'to')
  ) {
    const dated = values
      .map((value, i) => ({ value, time: times[i]! }))
      .sort((a, b) => ((a.time.time.from ?? '') < (b.time.time.from ?? '') ? -1 : 1));
    return dated.slice(1).map((later, i) => ({
      ...base,
      quantities: [
        { ...dated[i]!.value, role: 'from' as const },
        { ...later.value, role: 'to' as const },
        ...(dated.length === 2 ? others : []),
      ],
      times: [
        { ...dated[i]!.time, of: 'from' as const },
        { ...later.time, of: 'to' as const },
      ],
    }));
  }
  // "7.4 → 7.0 → 6.5": each step is a change from the one to the next.
  const arrows = segment.items.flatMap((item, at) => (item.type === 'mark' && item.text === '→' ? [at] : []));
  if (arrows.length > 0 && values.length === arrows.length + 1 && base.heads.length === 1) {
    const step = { type: 'trend', sense: 'change', text: '→', negated: false, start: 0 };
    return arrows.map((_, i) => ({
      ...base,
      cues: [...base.cues, step],
      quantities: [{ ...values[i]!, role: 'from' as const }, { ...values[i + 1]!, role: 'to' as const }, ...others],
      times:
        times.length === values.length
          ? [
              { ...times[i]!, of: 'from' as const },
              { ...times[i + 1]!, of: 'to' as const },
            ]
          : times,
    }));
  }
  const kinds = base.heads.flatMap((head) => head.concepts.map((concept) => concept.kind));
  const measured = kinds.includes('observation');
  // Several names and as many values, in order: "LDL and HDL were 130 and 45".
  if (base.heads.length > 1 && values.length === base.heads.length) {
    return base.heads.map((head, i) => ({
      ...base,
      heads: [head],
      quantities: [values[i]!, ...others],
      times: times.length === values.length ? [times[i]!] : times,
    }));
  }
  // "COPD, defibrillator 9/2024": in a bare row of names, a date is that of the one it stands behind.
  const [beforeLast, lastOne] = base.heads.slice(-2);
  if (
    beforeLast &&
    lastOne &&
    quantities.length === 0 &&
    times.length > 0 &&
    !measured &&
    !shared(segment) &&
    !base.cues.some((cue) => cue.type === 'status' || cue.type === 'order') &&
    times.every((said) => said.start > lastOne.start && (said.time.relation === 'in' || said.time.relation === 'on')) &&
    /^\s*,\s*$/.test(base.text.slice(beforeLast.start + beforeLast.text.length, lastOne.start))
  )
    return base.heads.map((head, i) => ({ ...base, heads: [head], quantities, times: i === base.heads.length - 1 ? times : [] }));
  // "On two blood pressure drugs, amlodipine and HCTZ": the class is counted, its members are named.
  const ofClass = quantities.find((said) => said.role === 'count' && said.at < segment.pre);
  if (
    ofClass &&
    base.heads.length > 2 &&
    ofClass.quantity.value === base.heads.length - 1 &&
    base.heads[0]!.concepts.some(({ kind }) => kind === 'drug-class')
  )
    return [
      { ...base, heads: [base.heads[0]!], quantities: [ofClass], times: [] },
      ...pairUp(
        { ...base, heads: base.heads.slice(1) },
        quantities.filter((said) => said !== ofClass),
        times,
        segment,
      ),
    ];
  // "Empagliflozin and metformin 500 mg were started": a dose before the verb is that of the last.
  const verbAt = segment.items.findIndex(
    (item, at) => at >= segment.pre && item.type === 'neutral' && /^(?:is|are|was|were)$/i.test(item.text),
  );
  if (
    base.heads.length > 1 &&
    kinds.every((kind) => kind === 'drug') &&
    values.length === 1 &&
    values[0]!.at >= segment.pre &&
    values[0]!.at < verbAt
  )
    return base.heads.map((head, i) => ({
      ...base,
      heads: [head],
      quantities: i === base.heads.length - 1 ? quantities : others,
      times,
    }));
  if (base.heads.length > 1 && (values.length > 0 || quantities.length > 0) && !shared(segment)) {
    const last = base.heads.length - 1;
    return base.heads.map((head, i) => ({
      ...base,
      heads: [head],
      quantities: i === last ? quantities : [],
      times: i === last || measured ? times : [],
    }));
  }
  if (trending || !measured || values.length < 2 || values.length < times.length - 1) {
    const distinctTimes = times.filter((said) => said.role === 'any' || said.role === 'start');
    if (
      !trending &&
      values.length <= 1 &&
      others.length === 0 &&
      distinctTimes.length > 1 &&
      new Set(distinctTimes.map((said) => said.role)).size === 1 &&
      distinctTimes.every((said) => said.time.relation !== 'for' && said.time.relation !== 'since') &&
      values.length === 0
    ) {
      const rest = times.filter((said) => !distinctTimes.includes(said));
      return distinctTimes.map((said) => ({ ...base, quantities, times: [said, ...rest] }));
    }
    return [{ ...base, quantities, times: withSides(quantities, times) }];
  }
  // Value and time alternate; a time before its value where the first comes first.
  const pairs = values.map((value, i) => {
    const nextValue = values[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    const own = times.length === values.length ? [times[i]!] : times.filter((said) => said.at > value.at && said.at < nextValue);
    return { value, own };
  });
  const leading = times.filter((said) => said.at < values[0]!.at && times.length < values.length);
  return pairs.map(({ value, own }) => ({ ...base, quantities: [value, ...others], times: own.length > 0 ? own : leading }));
}

/** "Highest in 2011 (6.3%) and lowest in 2014 (5.8%)": each end with what is said after it. */
function twoExtremes(
  base: Omit<Assertion, 'quantities' | 'times'>,
  quantities: readonly (SaidQuantity & { at: number })[],
  times: readonly (SaidTime & { at: number })[],
): readonly Assertion[] | undefined {
  const ends = base.cues.filter((cue) => cue.type === 'order' && /^(?:highest|lowest)$/.test(cue.sense)).sort((a, b) => a.start - b.start);
  if (ends.length !== 2 || ends[0]!.sense === ends[1]!.sense) return undefined;
  const [first, second] = [ends[0]!, ends[1]!];
  const leads = quantities.length === 2 && quantities[0]!.start < first.start;
  const part = <T extends { readonly start: number }>(list: readonly T[], late: boolean): readonly T[] =>
    list.filter((said, i) =>
      leads && list.length === 2 ? i === (late ? 1 : 0) : late ? said.start > second.start : said.start < second.start,
    );
  const others = base.cues.filter((cue) => !ends.includes(cue));
  return [first, second].map((cue, i) => ({
    ...base,
    cues: [...others, cue],
    quantities: part(quantities, i === 1),
    times: part(times, i === 1),
  }));
}

/** "A and B were diagnosed in 1981 and 2007 respectively": in the order of the names. */
function respectively(
  base: Omit<Assertion, 'quantities' | 'times'>,
  quantities: readonly (SaidQuantity & { at: number })[],
  times: readonly (SaidTime & { at: number })[],
  segment: Segment,
): readonly Assertion[] | undefined {
  const { heads } = base;
  if (heads.length < 2 || !segment.items.some((item) => item.type === 'neutral' && /^respectively$/i.test(item.text))) return undefined;
  const values = quantities.filter((said) => said.role === 'value');
  const dated = times.length === heads.length;
  if (!dated && values.length !== heads.length) return undefined;
  return heads.map((head, i) => ({
    ...base,
    heads: [head],
    quantities: values.length === heads.length ? [values[i]!, ...quantities.filter((said) => !values.includes(said))] : quantities,
    times: dated ? [times[i]!] : times,
  }));
}

const POINTS = new Set(['on', 'in']);

/** "Three colonoscopies: 2014, 2015 and 2020": a count with a row of dates, which are those of the things counted. */
function listedDates(
  quantities: readonly (SaidQuantity & { at: number })[],
  times: readonly (SaidTime & { at: number })[],
  segment: Segment,
): readonly SaidTime[] | undefined {
  if (!quantities.some((said) => said.role === 'count')) return undefined;
  const points = times.filter((said) => said.role !== 'end' && POINTS.has(said.time.relation) && !said.time.relative);
  if (points.length < 2) return undefined;
  const [first, last] = [points[0]!, points.at(-1)!];
  const row = segment.items.slice(first.at, last.at + 1);
  return row.every((item) => item.type === 'time' || item.type === 'mark' || item.type === 'neutral') ? points : undefined;
}

/** "Five flu vaccines on file, the latest in June 2020": the count is of all, the date is that of the latest. */
function orderedDates(
  base: Omit<Assertion, 'quantities' | 'times'>,
  quantities: readonly (SaidQuantity & { at: number })[],
  times: readonly (SaidTime & { at: number })[],
): readonly Assertion[] | undefined {
  const counts = quantities.filter((said) => said.role === 'count');
  const orders = base.cues
    .filter((cue) => cue.type === 'order' && ['latest', 'first'].includes(cue.sense))
    .sort((a, b) => a.start - b.start);
  const firstOrder = orders[0];
  if (!firstOrder || times.length === 0 || quantities.length > counts.length) return undefined;
  const counted = counts.length > 0 && counts.every((said) => said.start < firstOrder.start);
  if (!counted && orders.length < 2) return undefined;
  const others = base.cues.filter((cue) => !orders.includes(cue));
  const each = orders.map((cue, i): Assertion => {
    const own = times.filter((said) => said.start > cue.start && said.start < (orders[i + 1]?.start ?? Number.POSITIVE_INFINITY));
    return { ...base, cues: [...others, cue], quantities: [], times: own };
  });
  if (each.some((assertion) => assertion.times.length === 0)) return undefined;
  const leading = times.filter((said) => said.start < firstOrder.start);
  if (!counted && leading.length > 0) return undefined;
  return counted ? [{ ...base, cues: others, quantities: counts, times: leading }, ...each] : each;
}

const COMPARED = /^(?:(?:when |as )?compared (?:with|to)|in comparison (?:with|to)|relative to|versus|by comparison)$/i;

/**
 * Two values of one thing with a date each, and the movement between them: "was 7.6% in April and had fallen to 7.2% by October",
 * "compared with April it was lower in October (7.6 then, 7.2 in October)".
 */
function steppedTimes(
  base: Omit<Assertion, 'quantities' | 'times'>,
  quantities: readonly (SaidQuantity & { at: number })[],
  times: readonly (SaidTime & { at: number })[],
  segment: Segment,
): Assertion | undefined {
  const values = quantities.filter((said) => said.role === 'value' || said.role === 'to');
  if (base.heads.length !== 1 || values.length !== 2 || quantities.some((said) => said.role === 'from' || said.role === 'range'))
    return undefined;
  const distinct = times.filter((said, i) => times.findIndex(({ time }) => time.from === said.time.from && time.to === said.time.to) === i);
  if (distinct.length !== 2 || distinct.some(({ time }) => time.from === undefined && time.to === undefined)) return undefined;
  const [first, second] = values as [SaidQuantity & { at: number }, SaidQuantity & { at: number }];
  const rest = quantities.filter((said) => !values.includes(said));
  const step = (from: SaidQuantity, fromTime: SaidTime, to: SaidQuantity, toTime: SaidTime): Assertion => ({
    ...base,
    quantities: [{ ...from, role: 'from' }, { ...to, role: 'to' }, ...rest],
    times: [
      { ...fromTime, role: 'any', of: 'from' },
      { ...toTime, role: 'any', of: 'to' },
    ],
  });
  const reference = base.cues.find((cue) => COMPARED.test(cue.text));
  if (reference) {
    const then = distinct.find((said) => said.start > reference.start);
    const now = distinct.find((said) => said !== then);
    if (!then || !now || (then.time.from ?? '') >= (now.time.from ?? '')) return undefined;
    const says = (value: { at: number }) => /^then$/i.test(segment.items[value.at + 1]?.text ?? '');
    if (says(first) === says(second)) return undefined;
    return says(first) ? step(first, then, second, now) : step(second, then, first, now);
  }
  const own = (value: { at: number }, next: number) => times.find((said) => said.at > value.at && said.at < next);
  const to = values.find((said) => said.role === 'to');
  if (!to || first === to) return undefined;
  const [fromTime, toTime] = [own(first, second.at), own(second, Number.POSITIVE_INFINITY)];
  if (fromTime && toTime) return step(first, fromTime, second, toTime);
  // "In 2018 she weighed 84.2 kg; by 2021 that had come down to 80.4 kg."
  const [before, between] = [times.find((said) => said.at < first.at), times.find((said) => said.at > first.at && said.at < second.at)];
  return before && between ? step(first, before, second, between) : undefined;
}

/** Marks which of two values a date belongs to. */
function withSides(
  quantities: readonly (SaidQuantity & { at: number })[],
  times: readonly (SaidTime & { at: number })[],
): readonly SaidTime[] {
  const from = quantities.find((said) => said.role === 'from');
  const to = quantities.find((said) => said.role === 'to' || (said.role === 'value' && from));
  if (!from) return times;
  return times.map((said) => {
    const nearest = [from, ...(to ? [to] : [])].filter((value) => value.at < said.at).sort((a, b) => b.at - a.at)[0];
    return nearest && said.time.relation !== 'between' && said.time.relation !== 'within' && said.time.relation !== 'for'
      ? { ...said, of: nearest === from ? 'from' : 'to' }
      : said;
  });
}

/** A verb after the list makes what follows true of the whole list ("A and B were started in 2012"); a bare list does not. */
function shared(segment: Segment): boolean {
  return (
    segment.items.slice(segment.pre).some((item) => item.type === 'neutral' && /^(?:is|are|was|were|both|each|all)$/i.test(item.text)) ||
    segment.items.slice(segment.pre).some((item) => isCue(item, 'order', 'all'))
  );
}

export const headOf = (concept: Concept, text: string): Head => ({ text, concepts: [concept], start: 0, implied: true });
