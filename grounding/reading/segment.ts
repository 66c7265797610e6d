import type { Concept } from '../../language/contract.ts';
import { cueOf, type Head, VISIT_SECTIONS } from './assertions.ts';
import type { Item, MentionItem } from './items.ts';

/** A stretch of a sentence about one thing, or several in a list, and what stands with them. */
export interface Segment {
  heads: Head[];
  items: Item[];
  /** Items before the first head. */
  pre: number;
  reasons: MentionItem[];
  reactions: MentionItem[];
  header?: Concept;
  lastHeadAt: number;
  boundaryAt: number;
  strongBefore: boolean;
  headClosed: boolean;
}

/** Settings that are a part of the record of their own: the name finds only those. */
const SECTIONED = new Set(['inpatient', 'emergency']);

const isSection = (item: MentionItem): boolean => item.concepts.every((concept) => concept.kind === 'section');

const isVisitLike = (item: MentionItem): boolean =>
  item.concepts.some((concept) => /^section\/(?:visits|hospitalizations|er-visits|appointments)$/.test(concept.id));

const headIsVisit = (segment: Segment): boolean =>
  segment.heads.some((head) =>
    head.concepts.some((concept) => /^section\/(?:visits|hospitalizations|er-visits|appointments)$/.test(concept.id)),
  );

const newSegment = (): Segment => ({
  heads: [],
  items: [],
  pre: 0,
  reasons: [],
  reactions: [],
  lastHeadAt: -1,
  boundaryAt: -1,
  strongBefore: false,
  headClosed: false,
});

/** Skips what says nothing: determiners, pronouns, neutral words. */
function before(items: readonly Item[], at: number): Item | undefined {
  for (let i = at - 1; i >= 0; i -= 1) {
    const item = items[i]!;
    if (item.type === 'neutral' || cueOf(item, 'gender')) continue;
    return item;
  }
  return undefined;
}

/** Only separators, determiners and the like between two names: a list. */
function isListGap(items: readonly Item[], from: number, to: number): boolean {
  let separated = false;
  for (let i = from + 1; i < to; i += 1) {
    const item = items[i]!;
    if (item.type === 'mark') {
      if (/[;.:()|]/.test(item.text) || /^(?:with|then|→)$/i.test(item.text) || (item.strong && /[a-z]/i.test(item.text))) return false;
      separated = true;
      continue;
    }
    if (item.type === 'neutral' && !/^(?:is|was|are|were|has|for)$/i.test(item.text)) continue;
    if (cueOf(item, 'gender') || cueOf(item, 'order', 'all')) continue;
    return false;
  }
  return separated;
}

/** Cuts the row of items into stretches about one name or one list of names. */
export function segment(items: readonly Item[], implied: (sense: string) => Concept | undefined): readonly Segment[] {
  const segments: Segment[] = [];
  let current = newSegment();
  let header: Concept | undefined;
  const indexInCurrent = new Map<Segment, number[]>();
  const place = (item: Item, at: number): void => {
    current.items.push(item);
    const list = indexInCurrent.get(current) ?? [];
    list.push(at);
    indexInCurrent.set(current, list);
  };
  const close = (): void => {
    if (current.items.length > 0 || current.heads.length > 0) segments.push(current);
  };
  /** Starts a new stretch with what came after the last boundary. */
  const openAfterBoundary = (): void => {
    // "showed no embolism": a denial right before a name is that name's, not that of the one before.
    const last = current.items.findLastIndex((item) => item.type !== 'neutral' && !cueOf(item, 'gender'));
    const denies = last >= current.pre && current.heads.length > 0 && cueOf(current.items[last], 'negation', 'no');
    const cut = denies && current.boundaryAt < 0 ? last : current.boundaryAt;
    const carried = cut >= 0 && cut >= current.pre ? current.items.splice(cut) : [];
    close();
    const next = newSegment();
    next.items = carried.filter((item, i) => !(i === 0 && item.type === 'mark'));
    if (header) next.header = header;
    current = next;
  };
  const addHead = (head: Head): void => {
    if (current.heads.length === 0) current.pre = current.items.length;
    current.heads.push(head);
    current.boundaryAt = -1;
  };

  for (let at = 0; at < items.length; at += 1) {
    const item = items[at]!;
    if (item.type === 'mention') {
      const prior = before(items, at);
      if (isSection(item) && segments.length === 0 && current.heads.length === 0 && opensList(items, at)) {
        header = item.concepts[0]!;
        current.header = header;
        at += 1;
        continue;
      }
      const head: Head = { text: item.text, concepts: item.concepts, start: item.start, item, lead: leadOf(items, at) };
      const lastLink = current.reasons.at(-1) ?? current.reactions.at(-1);
      const linkIndex = lastLink ? items.indexOf(lastLink) : -1;
      const continuesLink =
        lastLink !== undefined && linkIndex > current.lastHeadAt && isListGap(items, linkIndex, at) && !followedByOwnValue(items, at);
      const headKinds = current.heads[0]?.concepts.map((concept) => concept.kind) ?? [];
      const isReasonable = item.concepts.some(
        (concept) =>
          concept.kind === 'condition' || concept.kind === 'procedure' || concept.kind === 'social' || concept.kind === 'observation',
      );
      const allergic =
        current.items.some((other) => cueOf(other, 'allergy')) ||
        (current.header ?? header)?.id === 'section/allergies' ||
        headKinds.includes('allergen');
      if (current.heads.length > 0 && isReasonable && (cueOf(prior, 'reason') || (continuesLink && current.reasons.length > 0))) {
        current.reasons.push(item);
        continue;
      }
      if (
        current.heads.length > 0 &&
        allergic &&
        item.concepts.some((concept) => concept.kind === 'condition') &&
        (cueOf(prior, 'reaction') ||
          cueOf(prior, 'reason') ||
          (prior?.type === 'mark' && /^(?:\(|with|-|–|:|→)$/i.test(prior.text)) ||
          (continuesLink && current.reactions.length > 0))
      ) {
        current.reactions.push(item);
        continue;
      }
      if (
        headIsVisit(current) &&
        item.concepts.some((concept) => concept.kind === 'condition') &&
        prior?.type === 'mark' &&
        (prior.text.toLowerCase() === 'with' || (/^[:–—-]$/.test(prior.text) && current.items.some((other) => other.type === 'time')))
      ) {
        current.reasons.push(item);
        continue;
      }
      // "lisinopril 10 mg (hypertension)"
      if (
        current.heads.length > 0 &&
        prior?.type === 'mark' &&
        prior.text === '(' &&
        headKinds.some((kind) => kind === 'drug' || kind === 'drug-class' || kind === 'procedure') &&
        item.concepts.some((concept) => concept.kind === 'condition')
      ) {
        current.reasons.push(item);
        continue;
      }
      // "For her hypertension she takes lisinopril"
      if (current.heads.length === 0 && isReasonable && cueOf(prior, 'reason') && laterHead(items, at)) {
        current.reasons.push(item);
        continue;
      }
      // "blood pressure under 140 systolic": which of its numbers is meant.
      const [bp] = current.heads;
      if (
        bp &&
        current.heads.length === 1 &&
        items[at - 1]?.type === 'quantity' &&
        bp.concepts.some((concept) => concept.id === 'vital/blood-pressure') &&
        item.concepts.every((concept) => /^vital\/(?:systolic|diastolic)$/.test(concept.id))
      ) {
        current.heads[0] = { ...bp, concepts: item.concepts };
        continue;
      }
      // "Birth control pill (Natazia)": the same thing by its own name.
      if (
        current.heads.length === 1 &&
        prior?.type === 'mark' &&
        prior.text === '(' &&
        items[current.lastHeadAt + 1] === prior &&
        headKinds.every((kind) => kind === 'drug-class') &&
        item.concepts.some((concept) => concept.kind === 'drug')
      ) {
        current.heads[0] = head;
        current.lastHeadAt = at;
        continue;
      }
      const gapFrom = current.lastHeadAt;
      if (current.heads.length === 0) addHead(head);
      else if (gapFrom >= 0 && !current.headClosed && isVisitLike(item) === headIsVisit(current) && isListGap(items, gapFrom, at)) {
        current.heads.push(head);
        current.boundaryAt = -1;
      } else {
        const treated = treatedProblem(current, item, items, at);
        const link = treated ? current.items.findLastIndex((other) => cueOf(other, 'link')) : -1;
        const moved = link >= 0 ? current.items.splice(link, 1) : [];
        if (isVisitLike(item)) current.boundaryAt = visitBoundary(current.items, current.boundaryAt);
        openAfterBoundary();
        current.items.push(...moved);
        addHead(head);
        if (treated) current.reasons.push(treated);
      }
      current.lastHeadAt = at;
      for (const quantity of item.inside)
        place({ type: 'quantity', start: quantity.start, end: quantity.end, text: quantity.text, quantity }, at);
      continue;
    }
    if (
      cueOf(item, 'visit') &&
      item.type === 'cue' &&
      (current.heads.length === 0 ||
        hasBoundary(current) ||
        (current.heads[0]?.implied && headIsVisit(current) && current.items.length === current.pre))
    ) {
      const sense = item.cues.find((cue) => cue.type === 'visit')!.sense;
      const concept = implied(VISIT_SECTIONS[sense] ?? 'section/visits');
      const head = current.heads[0];
      // "presented to the ER": the more exact word says which visit.
      if (concept && sense !== 'visit' && head?.implied && headIsVisit(current) && current.items.length === current.pre) {
        current.heads[0] = { ...head, concepts: [concept] };
        current.lastHeadAt = at;
        if (!SECTIONED.has(sense)) place(item, at);
        continue;
      }
      const nextMention = items.slice(at + 1).find((other) => other.type === 'mention' || (other.type === 'mark' && other.strong));
      if (
        concept &&
        !(
          nextMention?.type === 'mention' &&
          isVisitLike(nextMention) &&
          !items.slice(at, items.indexOf(nextMention)).some((other) => cueOf(other, 'reason') || other.type === 'time')
        )
      ) {
        if (current.heads.length > 0) openAfterBoundary();
        addHead({ text: item.text, concepts: [concept], start: item.start, implied: true });
        current.lastHeadAt = at;
        if (sense !== 'visit' && !SECTIONED.has(sense)) place(item, at);
        continue;
      }
    }
    // "She has lost 4.9 kg": weight, unless something else is named.
    if (current.heads.length === 0 && cueOf(item, 'trend') && /^(?:lost|losing|gained|gaining|put on|loss|gain)/i.test(item.text)) {
      const amount = items.slice(at + 1).find((other) => other.type !== 'neutral');
      const weight =
        amount?.type === 'quantity' && /^(?:k?g|\[lb_av\]|\[stone_av\])$/.test(amount.quantity.ucum ?? '')
          ? implied('vital/weight')
          : undefined;
      if (weight) {
        place(item, at);
        addHead({ text: item.text, concepts: [weight], start: item.start, implied: true });
        current.pre = 0;
        current.lastHeadAt = at;
        continue;
      }
    }
    if (
      item.type === 'literal' &&
      item.holders.length > 0 &&
      !current.heads.some((head) => head.concepts.some((concept) => item.holders.some((holder) => holder.id === concept.id))) &&
      (current.heads.length === 0 || hasBoundary(current)) &&
      !holderFollows(items, at, item.holders)
    ) {
      if (current.heads.length > 0) openAfterBoundary();
      addHead({ text: item.text, concepts: item.holders, start: item.start, implied: true });
      current.headClosed = true;
      current.lastHeadAt = at;
      place(item, at);
      continue;
    }
    if (item.type === 'mark') {
      current.boundaryAt = current.items.length;
      place(item, at);
      continue;
    }
    if (cueOf(item, 'connector')) {
      current.boundaryAt = current.items.length;
      place({ type: 'mark', start: item.start, end: item.end, text: item.text, strong: true }, at);
      continue;
    }
    place(item, at);
  }
  close();
  return segments;
}

const LISTS =
  /^(?:includes?|included|including|contains?|contained|lists?|listed|comprises?|comprised|shows?|features?|consists?|are|were|is)$/i;

/** Not "3 attendances: 1962, 1963 and 2017": what is counted before is no heading. "Allergies: mold", "Her allergy list includes mold": the name of a part of the record, with what stands in it. */
function opensList(items: readonly Item[], at: number): boolean {
  const next = items[at + 1];
  if (next?.type === 'mark') return next.text === ':' && !(before(items, at)?.type === 'quantity' && items[at + 2]?.type === 'time');
  if (next?.type !== 'neutral' || !LISTS.test(next.text)) return false;
  if (/^(?:are|were|is)$/i.test(next.text) && !/list$/i.test(items[at]!.text)) {
    const after = items.slice(at + 2).find((item) => item.type !== 'neutral');
    return after?.type === 'mention' && !isSection(after);
  }
  return items.slice(at + 2).some((item) => item.type === 'mention' && !isSection(item));
}

/** "at the most recent visit": what stands between the preposition and the visit is said of the visit. */
function visitBoundary(items: readonly Item[], boundary: number): number {
  const at = items.findLastIndex((item) => item.type === 'neutral' && /^(?:at|during|on|by)$/i.test(item.text));
  const own = items
    .slice(at + 1)
    .every(
      (item) =>
        item.type === 'neutral' ||
        (item.type === 'cue' && item.cues.every((cue) => ['order', 'gender', 'status', 'visit'].includes(cue.type))),
    );
  return at > boundary &&
    own &&
    items.slice(at + 1).some((item) => cueOf(item, 'order', 'latest') || cueOf(item, 'order', 'first') || cueOf(item, 'order', 'previous'))
    ? at
    : boundary;
}

/** "Her diabetes is treated with metformin": the problem that this drug is said to be for. */
function treatedProblem(current: Segment, item: MentionItem, items: readonly Item[], at: number): MentionItem | undefined {
  const problem = current.heads.at(-1)?.item;
  if (!problem?.concepts.some((concept) => concept.kind === 'condition')) return undefined;
  if (!item.concepts.some((concept) => concept.kind === 'drug' || concept.kind === 'drug-class')) return undefined;
  // "No bruising on simvastatin": what is not there is not treated.
  if (current.items.some((other) => cueOf(other, 'negation', 'no'))) return undefined;
  const prior = before(items, at);
  if (cueOf(prior, 'link') || (prior?.type === 'cue' && /treated with$/i.test(prior.text))) return problem;
  // "T2DM: metformin", "T2DM on metformin", "T2DM (metformin)": said without a word, so only a recorded other reason speaks against it.
  const between = items.slice(current.lastHeadAt + 1, at).filter((other) => other.type !== 'neutral');
  const first = between[0];
  const joined =
    first !== undefined &&
    ((first.type === 'mark' && /^[:(]$/.test(first.text)) || (first.type === 'cue' && first.text.toLowerCase() === 'on'));
  const rest = between.slice(1).every((other) => other.type === 'cue' && other.text.toLowerCase() === 'on');
  return joined && rest ? { ...problem, weak: true } : undefined;
}

function leadOf(items: readonly Item[], at: number): string {
  const words: string[] = [];
  for (let i = at - 1; i >= 0 && words.length < 6; i -= 1) {
    const item = items[i]!;
    if (item.type === 'neutral') words.unshift(item.text.toLowerCase());
    else if (item.type === 'time' && isVisitLike(items[at] as MentionItem)) continue;
    else if (!cueOf(item, 'gender') && !cueOf(item, 'order') && !cueOf(item, 'visit')) break;
  }
  return words.join(' ');
}

/** "a former smoker by tobacco status": the name comes after its value. */
function holderFollows(items: readonly Item[], at: number, holders: readonly Concept[]): boolean {
  for (const item of items.slice(at + 1)) {
    if (item.type === 'mark' && /^[;,.(]$/.test(item.text)) return false;
    if (item.type === 'mention') return item.concepts.some((concept) => holders.some((holder) => holder.id === concept.id));
  }
  return false;
}

const hasBoundary = (segment: Segment): boolean => segment.boundaryAt >= 0;

/** A drug, procedure or visit is named after this item, before the sentence's end. */
function laterHead(items: readonly Item[], at: number): boolean {
  return items
    .slice(at + 1)
    .some(
      (item) =>
        (item.type === 'mention' &&
          item.concepts.some(
            (concept) =>
              concept.kind === 'drug' || concept.kind === 'drug-class' || concept.kind === 'procedure' || concept.kind === 'vaccine',
          )) ||
        cueOf(item, 'visit'),
    );
}

/** "for hypertension, LDL 130": the next name has a number of its own and begins a new statement. */
function followedByOwnValue(items: readonly Item[], at: number): boolean {
  for (let i = at + 1; i < items.length; i += 1) {
    const item = items[i]!;
    if (item.type === 'neutral') continue;
    return item.type === 'quantity';
  }
  return false;
}
