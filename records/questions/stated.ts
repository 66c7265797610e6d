import type { Fact, FactKind } from '../contract.ts';
import type { Question } from './contract.ts';

type Stated = NonNullable<Question['stated']>;

/** What a list is narrowed to, by the words for it and the kinds of entry that it can be said of. */
const STATED: readonly (readonly [Stated, readonly FactKind[], RegExp])[] = [
  [
    'on-hold',
    ['medication', 'order'],
    /\b(?:on[- ]hold|(?:being |been |put |currently |now )?held|pause[ds]?|suspended|withheld|temporarily stopped)\b/,
  ],
  ['as-needed', ['medication'], /\b(?:prn|as[- ](?:needed|required)|(?:when|if|only when|whenever) (?:needed|required|necessary))\b/],
  ['refuted', ['problem', 'allergy'], /\b(?:rul(?:ed?|ing)[- ]outs?|excluded|refuted|disprove[dn]|debunked|de-?labell?ed)\b/],
  [
    'unconfirmed',
    ['problem', 'allergy'],
    /\b(?:suspected|unconfirmed|provisional|presum(?:ed|ptive)|tentative|possible|probable|working|not (?:yet )?(?:been )?(?:confirmed|verified)|unverified)\b/,
  ],
  ['confirmed', ['problem', 'allergy'], /\b(?:confirmed|verified)\b/],
];

/** "Meds on hold", "allergies that were ruled out", "PRN drugs": which of a list are asked for. */
export function statedIn(text: string, kinds: readonly FactKind[]): { readonly state: Stated; readonly said: string } | undefined {
  for (const [state, of, pattern] of STATED) {
    const said = kinds.length > 0 && kinds.every((kind) => of.includes(kind)) ? pattern.exec(text)?.[0] : undefined;
    if (said) return { state, said };
  }
  return undefined;
}

const AS_NEEDED = /\b(?:prn|p\.r\.n\.|as (?:needed|required)|(?:when|if|whenever) (?:needed|required|necessary))/i;

/** Whether the record states it of an entry. */
export function isStated(fact: Fact, state: Stated): boolean {
  switch (state) {
    case 'on-hold':
      return fact.recordedStatus === 'on-hold' || fact.recordedStatus === 'suspended';
    case 'as-needed':
      return fact.dosage?.asNeeded === true || AS_NEEDED.test(`${fact.dosage?.text ?? ''} ${fact.details?.written ?? ''}`);
    case 'refuted':
      return fact.status === 'refuted';
    case 'unconfirmed':
      return fact.status === 'unconfirmed' || /provisional|differential|unconfirmed/.test(fact.details?.verification ?? '');
    case 'confirmed':
      return fact.details?.verification === undefined ? fact.status === 'active' : /^confirmed/.test(fact.details.verification);
  }
}

/** The words that the reading has taken up. */
export const STATED_WORDS =
  'on hold held pause paused pauses suspended withheld temporarily stopped prn as when if only whenever needed required necessary ruled rule ruling out outs excluded refuted disproved disproven debunked suspected unconfirmed provisional presumed presumptive tentative possible probable working not yet been confirmed verified unverified'.split(
    ' ',
  );

/** How the list is called. */
export const STATED_NAMES: Readonly<Record<Stated, string>> = {
  'on-hold': 'on hold',
  'as-needed': 'taken as needed',
  refuted: 'ruled out',
  unconfirmed: 'unconfirmed',
  confirmed: 'confirmed',
};
