import type { Assertion, QuantityRole, SaidCue, SaidQuantity, SaidTime } from './assertions.ts';
import { factorIn } from './factor.ts';
import type { LiteralItem, QuantityItem, WordItem } from './items.ts';
import { pairUp } from './pairing.ts';
import { countsHead, FLIPPED, opOf, roleOf } from './roles.ts';
import type { Segment } from './segment.ts';

const START_SENSES = new Set(['started', 'onset', 'prescribed', 'has', 'takes']);

const END_SENSES = new Set(['stopped', 'resolved']);

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
        const bound = boundAsValue(item, segment);
        if (bound) {
          quantities.push({ quantity: bound.quantity, start: item.start, at, role: bound.role });
          cues.push({ ...bound.cue, text: item.text, negated: false, start: item.start });
          return;
        }
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
  const factor = saidFactor(segment, text);
  if (factor) {
    const inside = ({ start }: { start: number }): boolean => start >= factor.start && start < factor.end;
    const left = { words: words.filter((word) => !inside(word)), quantities: quantities.filter((said) => !inside(said)) };
    words.splice(0, words.length, ...left.words);
    quantities.splice(0, quantities.length, ...left.quantities);
    const kept = cues.filter((cue) => !(inside(cue) && (cue.type === 'order' || cue.type === 'compare')));
    cues.splice(0, cues.length, ...kept);
    if (!cues.some((cue) => cue.type === 'trend'))
      cues.push({ type: 'trend', sense: factor.factor > 1 ? 'up' : 'down', text: factor.text, negated: false, start: factor.start });
  }
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
    ...(factor ? { factor } : {}),
  };
  return pairUp(base, quantities, times, segment);
}

/** "Maximum 140", "up to 140" of what is measured: the value at that end, or that it has risen to; no limit to be kept. */
function boundAsValue(
  { quantity }: QuantityItem,
  { heads }: Segment,
): { readonly quantity: QuantityItem['quantity']; readonly role: QuantityRole; readonly cue: Pick<SaidCue, 'type' | 'sense'> } | undefined {
  const word = /^(max|min|peak|up to)/i.exec(quantity.text)?.[1]?.toLowerCase();
  const measured = heads.length > 0 && heads.every(({ concepts }) => concepts.some(({ kind }) => kind === 'observation'));
  if (word === undefined || !measured || quantity.comparator === undefined) return undefined;
  const { comparator: _, ...bare } = quantity;
  const several = heads.some(({ text }) => /s$/i.test(text));
  return word === 'up to' && !several
    ? { quantity: bare, role: 'to', cue: { type: 'trend', sense: 'up' } }
    : { quantity: bare, role: 'value', cue: { type: 'order', sense: word === 'min' ? 'lowest' : 'highest' } };
}

/** "by a third": the change of the thing that stands in this stretch, where it is measured. */
function saidFactor({ items, heads }: Segment, text: string): ReturnType<typeof factorIn> {
  const measured = heads.length === 0 || heads.some(({ concepts }) => concepts.some(({ kind }) => kind === 'observation'));
  const factor = measured ? factorIn(text) : undefined;
  return factor && items.some(({ start, end }) => start < factor.end && end > factor.start) ? factor : undefined;
}
