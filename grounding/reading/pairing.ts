import { type Assertion, isCue, type SaidQuantity, type SaidTime } from './assertions.ts';
import { rowOf } from './row.ts';
import type { Segment } from './segment.ts';

/** One name with several dated values: "130 in 2018 and 120 in 2019". Each pair is an assertion of its own. */
export function pairUp(
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
  const row = rowOf(base, quantities, times);
  if (row)
    return [
      {
        ...base,
        cues: row.lastOf ? base.cues.filter((cue) => cue.type !== 'order') : base.cues,
        quantities: row.rest,
        times,
        row: row.values,
        ...(row.lastOf ? { lastOf: true } : {}),
      },
    ];
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
  // "28% at diagnosis, most recently 38%": a word of order after the first value is the next one's.
  const late = base.cues.filter((cue) => cue.type === 'order' && cue.start > values[0]!.start);
  // "Peaked at 6.4 in 2019 and was 6.2 the year after": the highest is the first of them.
  const peak = base.cues.find((cue) => cue.type === 'order' && /^(?:highest|lowest)$/.test(cue.sense) && cue.start < values[0]!.start);
  const cuesOf = (i: number) =>
    base.cues.filter(
      (cue) =>
        (cue !== peak || i === 0) &&
        (!late.includes(cue) ||
          (cue.start < values[i]!.start && (i === 0 || cue.start > values[i - 1]!.start)) ||
          (i === values.length - 1 && cue.start > values[i]!.start)),
    );
  // "Two values: 14.5 (2015), 14.4 (2020)": the count is of all of them, not of each one's year.
  const counted = pairs.every(({ own }) => own.length > 0)
    ? others.filter((said) => said.role === 'count' && said.op === undefined && said.quantity.value === pairs.length)
    : [];
  const each = pairs.map(
    ({ value, own }, i): Assertion => ({
      ...base,
      cues: cuesOf(i),
      quantities: [value, ...others.filter((said) => !counted.includes(said))],
      times: own.length > 0 ? own : leading,
    }),
  );
  return counted.length > 0 ? [...each, { ...base, quantities: counted, times: [], dates: times }] : each;
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
