import type { Chart, Fact, FactKind } from '../contract.ts';
import { allergiesToldTo, allergiesUnlisted } from './allergies-told.ts';
import { doneUnderAnotherName } from './done.ts';
import { broaderEntries, namedElsewhere } from './elsewhere.ts';
import { measuredAs } from './measured-sign.ts';
import { devicesByName, otherOf, relativesOf } from './nearby.ts';
import { SECTIONS } from './sections.ts';
import { isOf, isOfClass, isVoid, kindsFor, matching, SURGICAL } from './select.ts';
import { sizesOf } from './sizes.ts';

/** An allergy to a substance may stand in these as well. */
const ALLERGIC = /\b(?:allerg\w*|intoleran\w*|hypersensitiv\w*|anaphyla\w*|adverse (?:drug )?reaction)\b/i;
const OPERATED =
  /\b(?:history of|status post|s\/p|acquired absence of|absence of)\b.*(?:ectomy|[a-z]otomy|ostomy|plasty|surger|operation|transplant|bypass|c(?:a)?esarean|replacement|amputation)/i;

/** Every allergy and intolerance tells of one. */
const ALLERGIC_REACTION = 'condition/allergic-reaction';

const nameOf = ({ name, names }: Fact): string => [name, ...names].join(' ; ');

/** Entries of other kinds that are what a part of the record is searched for. */
function ofSection(id: string, chart: Chart): readonly Fact[] {
  const among = (kinds: readonly FactKind[], is: (fact: Fact) => boolean): readonly Fact[] =>
    chart.facts.filter((fact) => kinds.includes(fact.kind) && fact.part === undefined && !isVoid(fact) && is(fact));
  const visitClass = SECTIONS[id.slice('section/'.length)]?.visitClass;
  if (visitClass)
    return [
      ...among(['visit'], (fact) => isOfClass(fact, visitClass)),
      ...among(['procedure'], ({ names, details }) => isOfClass({ name: names.join(' '), names, details } as Fact, visitClass)),
    ];
  switch (id) {
    case 'section/surgeries':
      return [
        ...matching({ kinds: ['procedure'], concepts: [SURGICAL] }, chart).filter((fact) => !isVoid(fact)),
        ...among(['problem'], (fact) => OPERATED.test(nameOf(fact))),
      ];
    case 'section/allergies':
      return [
        ...among(['problem'], (fact) =>
          /\ballergy to\b|\ballergic (?:to|reaction)\b|\b(?:drug|food|latex|penicillin|peanut|egg) allergy\b/i.test(nameOf(fact)),
        ),
        ...allergiesUnlisted(chart).map(({ fact }) => fact),
      ];
    case 'section/family-history':
      return chart.facts.filter(
        (fact) =>
          fact.kind !== 'family-history' &&
          fact.part === undefined &&
          !isVoid(fact) &&
          /\b(?:family (?:history|hx)|fhx?)\b/i.test(nameOf(fact)),
      );
    case 'section/devices':
      return devicesByName('', chart);
    default:
      return [];
  }
}

/**
 * Entries that speak of a thing without being it by their code: they name it or a kind of it, in their name, a reason, a result or in prose, are of
 * a wider meaning, or tell of it by what was measured or done. While one of them stands, it cannot be said that the thing is not recorded.
 */
export function spokenOf(concept: string, chart: Chart): readonly Fact[] {
  if (concept === SURGICAL) return ofSection('section/surgeries', chart);
  if (concept.startsWith('section/')) return ofSection(concept, chart);
  const kinds = kindsFor([concept], chart);
  const named = namedElsewhere([concept], kinds, chart);
  // A level of a drug that was measured names the drug.
  const levels = named.beside.filter(({ kind, value }) => kinds.includes('medication') && kind === 'result' && value !== undefined);
  const found = [
    ...(concept === ALLERGIC_REACTION ? matching({ kinds: ['allergy'], concepts: [] }, chart).filter((fact) => !isVoid(fact)) : []),
    ...named.stated,
    ...levels,
    ...broaderEntries([concept], kinds, chart),
    ...otherOf([concept], kinds, chart),
    ...doneUnderAnotherName({ aspect: 'list', kinds: [...kinds], concepts: [concept], name: '', text: '' }, chart),
    ...relativesOf({ aspect: 'list', kinds: [...kinds], concepts: [concept], name: '', text: '' }, chart),
    ...measuredAs([concept], chart),
    ...sizesOf(concept, chart),
  ];
  return [...new Set(found)].filter((fact) => !isOf(fact, [concept], chart) || !kinds.includes(fact.kind));
}

/** Entries that speak of an allergy to a substance: an allergy that is named so, of a wider class, or one among problems and in letters. */
export function allergySpokenOf(concept: string, chart: Chart): readonly Fact[] {
  const named = (of: string): readonly Fact[] => namedElsewhere([of], ['allergy'], chart).stated;
  const classes = (chart.terminology.get(concept)?.parents ?? []).filter((id) => chart.terminology.get(id)?.kind === 'drug-class');
  const found = [
    ...named(concept),
    ...matching({ kinds: ['allergy'], concepts: [concept] }, chart),
    ...broaderEntries([concept], ['allergy'], chart),
    // Of a class by its words alone: an entry that the tables know is known to be that, and no other of the class.
    ...classes.flatMap(named).filter(({ concepts }) => concepts.every((id) => /^(?:code|text)\//.test(id))),
    ...allergiesToldTo(concept, chart).map(({ fact }) => fact),
  ];
  return [...new Set(found)].filter(
    (fact) => !isVoid(fact) && (fact.kind === 'allergy' || ALLERGIC.test(`${nameOf(fact)} ${Object.values(fact.details ?? {}).join(' ')}`)),
  );
}
