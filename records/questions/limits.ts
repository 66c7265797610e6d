import { toUcum } from '../../language/units.ts';
import type { Threshold } from './contract.ts';
import type { QuantityItem, Reading } from './items.ts';
import { cue, itemIndex } from './reading.ts';

const QUANTITY = cue('{Q}');

const OP_BEFORE: readonly (readonly [RegExp, Threshold['op']])[] = [
  [/\b(?:at least|no (?:lower|less) than|not (?:below|under|less than)|minimum of)\s*(?:a |an )?$/, '>='],
  [/\b(?:at most|no (?:higher|more|greater) than|not (?:above|over|more than)|up to|maximum of)\s*$/, '<='],
  [
    /(?:\b(?:over|above|exceed(?:s|ed|ing)?|(?:greater|higher|more|larger|bigger|heavier|worse) than|in excess of|past|north of|topped|beyond|surpass(?:ed)?)|>)\s*(?:of |the |a )?$/,
    '>',
  ],
  [/(?:\b(?:under|below|(?:less|lower|smaller|fewer|lighter) than|south of|beneath)|<)\s*(?:of |the |a )?$/, '<'],
  [/\b(?:reach(?:ed|es)?|hit|hits|got to|as high as|went up to|climbed to|rose to|touched|attained)\s*(?:of |the |a )?$/, '>='],
  [/\b(?:as low as|fell to|dropped to|down to|went down to)\s*$/, '<='],
  [/\b(?:equal(?:s)? (?:to)?|exactly|precisely|=)\s*$/, '='],
];

const TIME_UNIT = /^(?:a|mo|wk|d|h|min|s)$/;

/** "Weight in lb", "height in inches". */
export function unitAsked(rest: string, reading: Reading): { readonly inUnit?: string } {
  const match = /\b(?:in|as) (?<written>‹u\d+›|[a-z]{2,})(?: (?:please|pls|plz|then|instead|latest|last|now|currently))?\W*$/.exec(rest);
  const written = match?.groups?.written ?? '';
  const item = written.startsWith('‹') ? reading.items[itemIndex(written)] : undefined;
  const ucum = toUcum(item?.text ?? written);
  return ucum && !TIME_UNIT.test(ucum) ? { inUnit: ucum } : {};
}

const WORD_NUMBERS: Readonly<Record<string, number>> = { couple: 2, few: 3, several: 5 };

/** "Lower than the one before": the value before is the other side, not what is asked for. */
export const THAN_BEFORE =
  /\b(?:than|compared (?:to|with)|vs\.?|versus|from) (?:the |her |his |its )?(?:one (?:just )?before\b(?: (?:that|it|this))?|(?:(?:it was|they were|it has been|he was|she was) )?(?:before|previously)(?=\W*$)|(?:last|previous|prior|preceding|earlier) (?:(?:one|time|check|measurement|reading|value|test|lab|draw|result|level)\b|‹[qo]\d+›))/;

/** "The last three", "top 5", "two most recent", "the one before that". */
export function limitIn(source: string, reading: Reading): { readonly rest: string; readonly limit?: number; readonly offset?: number } {
  let rest = source;
  let limit: number | undefined;
  let offset: number | undefined;
  const numbered = cue(
    '\\b(?:last|latest|first|past|previous|top|most recent|recent|newest|earliest|oldest|initial|any) (?<n>{Q})|(?<m>{Q}) (?:last|latest|most recent|newest|earliest|oldest|first)\\b',
  ).exec(rest);
  const item = numbered ? reading.items[itemIndex(numbered.groups?.n ?? numbered.groups?.m ?? '')] : undefined;
  if (
    numbered &&
    !THAN_BEFORE.test(rest) &&
    item?.type === 'quantity' &&
    !item.unit &&
    !item.comparator &&
    // "The previous one" is one back, not a list of one.
    !(item.worded && item.value === 1) &&
    Number.isInteger(item.value) &&
    item.value > 0 &&
    item.value <= 100
  ) {
    limit = item.value;
    rest = rest.replace(numbered[0], numbered[0].replace(QUANTITY, ' '));
  }
  const both =
    /\b(?:latest|last|newest|most recent|current)(?<what> (?:one|value|result|reading|‹[ovp]\d+›))? and (?:the )?(?:one before(?: (?:that|it))?|(?:previous|prior|preceding)(?: (?:one|value|result|reading))?)/.exec(
      rest,
    );
  if (both) {
    limit ??= 2;
    rest = rest.replace(both[0], ` last ${both.groups?.what ?? ''} `);
  }
  const worded = /\b(?:last|latest|first|past|previous|most recent) (?:a )?(couple|few|several)\b(?: of)?/.exec(rest);
  if (worded) limit ??= WORD_NUMBERS[worded[1]!];
  // "Any previous colonoscopy" asks whether there was one; "her previous colonoscopy" is one back.
  if (
    !THAN_BEFORE.test(rest) &&
    /\b(?:second|2nd)[- ](?:to[- ])?(?:last|latest|most recent)|\bnext[- ]to[- ]last\b|\bpenultimate\b|\bbefore (?:the )?(?:last|latest|that|this|most recent)(?: one)?\b|\b(?:previous|prior) (?:one|‹[oq]\d+›|value|result|reading|level|measurement)(?!\w)|\bprevious (?:‹x\d+:visits›|visit)(?!\w)|\b(?:the|her|his|their) (?:previous|prior) ‹[vp]\d+›|\bone before\b/.test(
      rest,
    ) &&
    !limit
  )
    offset = 1;
  if (/\b(?:third|3rd)[- ](?:to[- ])?(?:last|latest|most recent)\b/.test(rest)) offset = 2;
  if (offset) rest = rest.replace(/\b(?:previous|prior|before)\b/g, ' last ');
  return { rest, ...(limit ? { limit } : {}), ...(offset ? { offset } : {}) };
}

const CHANGED_BY =
  /\b(?:drop\w*|fell|fall\w*|ris(?:e|es|en|ing)|rose|increas\w*|decreas\w*|gain\w*|lost|los(?:e|es|ing)|chang\w*|climb\w*|declin\w*|improv\w*|worsen\w*|go(?:ne|es)? (?:up|down)|went (?:up|down)|put on|up|down|heavier|lighter)(?: by)? ?$|\bby ?$/;

const BY_MORE = /^(?:by )?(?:(?:more|less|greater) than|at (?:least|most))\b/i;

const THERE_WAS =
  /^\W*(?:(?:but|and|so|hang on|wait|hmm|ok) )*(?:(?:was|were|is) (?:there )?(?:not )?(?:there )?(?:an?|one (?:of|at)|any(?:thing)? (?:at|of)|some)|(?:was|were|is) (?:it|that|this|one of (?:them|those)) (?:not )?(?:ever |once |really )?|(?:did|has) (?:it|that) (?:not )?(?:ever )?(?:hit|been|get to|reach(?:ed)?))\s*$/;

export function thresholdIn(source: string, reading: Reading): { readonly rest: string; readonly threshold: Threshold } | undefined {
  for (const match of source.matchAll(cue('{Q}', 'g'))) {
    const item = reading.items[itemIndex(match[0])];
    if (item?.type !== 'quantity' || item.ucum === 'a') continue;
    const before = source.slice(0, match.index);
    const after = source.slice(match.index + match[0].length);
    // "Did it fall more than 5": a limit of the change, not of the value.
    if (
      CHANGED_BY.test(before.replace(/(?:(?:more|less|greater) than|at (?:least|most)) ?$/, '')) &&
      (BY_MORE.test(item.text) || /(?:than|at least|at most|\bby) ?$/.test(before))
    )
      continue;
    // "Three times a day": how often, not how much.
    if (/^\s*(?:times?|x|(?:hours?|hrs?|h)\b)/.test(after)) continue;
    const spoken = OP_BEFORE.find(([pattern]) => pattern.test(before));
    const trailing = /^\s*(?:(?:or|and) )?(?:higher|more|above|over|greater)\b/.test(after)
      ? '>='
      : /^\s*(?:(?:or|and) )?(?:lower|less|below|under)\b/.test(after)
        ? '<='
        : undefined;
    const symbol = item.comparator && item.comparator !== '~' ? item.comparator : undefined;
    const op: Threshold['op'] | undefined = item.form === 'range' && !symbol ? 'between' : (symbol ?? spoken?.[1] ?? trailing);
    const measured = item.unit !== undefined || item.form === 'pair';
    // "Is her sodium 128?": a value that is held against the record.
    const ofValue =
      /^\W*(?:and |so )?(?:is|was|are|were|has|had|did) [^?]*‹o\d+›(?: (?:level|value|result|reading|now|currently|today|still|really|ever|been|be|once|at))*\s*$/.test(
        before,
      ) && /^\W*$/.test(after);
    // "Was there not a 7.9?", of what was shown.
    const ofShown =
      THERE_WAS.test(before) && /^(?: (?:in there|as well|too|before|earlier|ever|once|somewhere|recorded|at some point))*\W*$/.test(after);
    const ofDrug = /‹d\d+›(?: (?:dose|strength|at|of|is|=))?\s*$/.test(before) && !item.worded;
    if (
      !op &&
      !measured &&
      !ofDrug &&
      !ofValue &&
      !ofShown &&
      !/\b(?:of|was|is|be|been|=|(?:is|was|are|were|been|be|sits?|stands?|stays?|stayed|held|still|remain\w*) at)\s*$/.test(before)
    )
      continue;
    // "0.15 or 0.3 mg": one or the other, no range.
    if (item.form === 'range' && !symbol && item.second !== undefined && /\d\s*(?:[a-zµ%]+\s*)?\bor\b/i.test(item.text)) {
      const rest = `${before} ${after}`.replace(/\s+/g, ' ');
      const text = `${item.value} or ${item.second}${item.unit ? ` ${item.unit}` : ''}`;
      const unit = { ...(item.unit ? { unit: item.unit } : {}), ...(item.ucum ? { ucum: item.ucum } : {}) };
      return { rest, threshold: { op: '=', value: item.value, either: [item.value, item.second], ...unit, text } };
    }
    const start = spoken && !symbol ? before.search(spoken[0]) : match.index;
    return {
      rest: `${source.slice(0, start)} ${after}`.replace(/\s+/g, ' '),
      threshold: {
        op: op ?? '=',
        value: item.value,
        ...(item.second === undefined ? {} : { second: item.second }),
        ...(item.unit ? { unit: item.unit } : {}),
        ...(item.ucum ? { ucum: item.ucum } : {}),
        text: spokenThreshold(op ?? '=', item),
      },
    };
  }
  return undefined;
}

const OP_WORDS: Readonly<Record<Threshold['op'], string>> = {
  '>': 'above',
  '>=': 'at least',
  '<': 'below',
  '<=': 'at most',
  '=': 'equal to',
  between: 'between',
};

/** The limit in one plain form: "above 160 mg/dL", "between 4 and 6". */
function spokenThreshold(op: Threshold['op'], item: QuantityItem): string {
  const number =
    item.second === undefined
      ? `${item.value}`
      : item.form === 'pair'
        ? `${item.value}/${item.second}`
        : `${item.value} and ${item.second}`;
  return `${OP_WORDS[op]} ${number}${item.unit ? (item.unit === '%' ? ' %' : ` ${item.unit}`) : ''}`;
}
