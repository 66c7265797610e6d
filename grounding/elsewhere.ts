/** Where a thing stands in the record that no entry is named by: as an allergy, a relative's, a reason, in a note or a report. */
import type { Chart, Fact } from '../records/contract.ts';
import { allergiesToldTo, allergiesUnlisted } from '../records/questions/allergies-told.ts';
import { type Checked, unknown } from './checks/contract.ts';
import { statedWords } from './checks/overlap.ts';
import { quotedFrom } from './checks/quoted-note.ts';
import type { Check } from './contract.ts';
import { ALLERGIC, closedIn } from './missing.ts';
import { stem, tokens } from './reading/lexicon.ts';

const UNNAMED = /^no entry of the record is named (.+?)(;.*)?$/;
const FILLER = /^(?:of|the|a|an|in|to|for|on|at|by|with|and|or|no|drug|antibiotic)$/;

const KIND: Readonly<Partial<Record<Fact['kind'], string>>> = {
  allergy: 'allergy',
  'family-history': 'family history',
  appointment: 'appointment',
  order: 'order',
  goal: 'goal',
  'care-plan': 'care plan',
  'care-team': 'care team',
  report: 'report',
  document: 'document',
};

function find(name: string, chart: Chart): Fact | undefined {
  const ids = chart.terminology.byName(name).map(({ id }) => id);
  const words = tokens(name)
    .map(({ word }) => word)
    .filter((word) => /\w/.test(word) && !FILLER.test(word))
    .map(stem);
  const facts = chart.facts.filter(({ kind }) => kind !== 'patient');
  return (
    facts.find((fact) => fact.concepts.some((own) => ids.some((id) => own === id || chart.terminology.isA(own, id)))) ??
    (words.length > 0 ? facts.find((fact) => words.every((word) => statedWords(fact).has(word))) : undefined)
  );
}

/** A note that denies an allergy does not outweigh another that tells of one. */
export function withAllergiesTold(checked: Checked, chart: Chart): Checked {
  const { text, verdict, support } = checked;
  if (verdict !== 'supported' || !ALLERGIC.test(text) || closedIn(text) !== 'denied') return checked;
  const stated = chart.facts.filter(({ id }) => support.includes(id));
  if (stated.length === 0 || stated.some(({ kind }) => kind !== 'document' && kind !== 'report') || quotedFrom(text, stated))
    return checked;
  const named = chart.terminology.mentions(text).flatMap(({ concepts }) => concepts.filter((id) => /^(?:drug|class|allergen)\//.test(id)));
  const [told] = named.length > 0 ? named.flatMap((id) => allergiesToldTo(id, chart)) : allergiesUnlisted(chart);
  if (!told) return checked;
  const open = unknown('negation', `${told.fact.name} says: “${told.sentence}”`);
  return { ...checked, verdict: 'unverified', checks: [open, ...checked.checks] };
}

/** A search that found nothing of that name says where the thing is spoken of. */
export function withElsewhere(checks: readonly Check[], chart: Chart): readonly Check[] {
  return checks.map((check) => {
    const [, name, rest] = UNNAMED.exec(check.reason) ?? [];
    if (name === undefined) return check;
    const there = find(name, chart);
    if (!there) return check;
    const kind = KIND[there.kind];
    return {
      ...check,
      reason: `${name} could not be matched as it is said here; it stands in ${there.name}${kind ? ` (${kind})` : ''}${rest ?? ''}`,
    };
  });
}
