import type { Evidence, SearchScope } from '../../grounding/contract.ts';
import { formatDate } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import { kindsHolding, listMissing, missingOf, missingParts } from '../missing.ts';
import { factLabel, factLine, valueText } from './lines.ts';
import { upperFirst } from './names.ts';

export { factLabel, factLine } from './lines.ts';

const byId = new WeakMap<Chart, ReadonlyMap<string, readonly Fact[]>>();

/** All facts of a resource, the whole before its parts. */
export function factsOf(chart: Chart, id: string): readonly Fact[] {
  let index = byId.get(chart);
  if (!index) {
    const built = new Map<string, Fact[]>();
    for (const fact of chart.facts) {
      const known = built.get(fact.id);
      if (known) known.push(fact);
      else built.set(fact.id, [fact]);
    }
    index = built;
    byId.set(chart, built);
  }
  return index.get(id) ?? [];
}

function evidenceValue(fact: Fact): Evidence['value'] | undefined {
  if (fact.value?.type === 'quantity') return { value: fact.value.value, ...(fact.value.unit ? { unit: fact.value.unit } : {}) };
  const text = valueText(fact);
  return text === undefined ? undefined : { text };
}

/** Evidence of one resource. @throws RangeError where the chart has no fact of that id: an id that nobody may cite. */
export function toEvidence(chart: Chart, id: string): Evidence {
  const facts = factsOf(chart, id);
  const whole = facts.find((fact) => fact.part === undefined) ?? facts[0];
  if (!whole) throw new RangeError(`the chart holds no ${id}`);
  const value = evidenceValue(whole);
  // The whole's line already says its components; several statements of one resource (family history) are each said.
  const told = facts.filter((fact) => fact.part === undefined || (fact.value && fact.flag && fact.flag !== 'N'));
  return {
    id,
    kind: 'record',
    label: factLabel(whole),
    text: [...new Set((told.length > 0 ? told : [whole]).map(factLine))].join(' | '),
    ...(value ? { value } : {}),
    source: `FHIR ${id}`,
    facts,
  };
}

const SHOWN = 12;

/** The id of a search: readable, the same for the same search. */
export function searchId(scope: SearchScope): string {
  const what = scope.concepts.length > 0 ? scope.concepts.join('+') : scope.kinds.length > 0 ? scope.kinds.join('+') : 'record';
  const limits = [scope.status, scope.from && `from-${scope.from.slice(0, 10)}`, scope.to && `to-${scope.to.slice(0, 10)}`].filter(Boolean);
  return `search/${[what.replace(/[^A-Za-z0-9+./|_-]+/g, '-'), ...limits].join('/')}`;
}

/** Evidence of a complete search: within `scope` the record holds exactly `facts`. `label` names what was looked for: "hemoglobin A1c results". */
export function searchEvidence(chart: Chart, scope: SearchScope, facts: readonly Fact[], label: string): Evidence {
  const wholes = facts.filter(
    (fact) => fact.part === undefined || !facts.some((other) => other.id === fact.id && other.part === undefined),
  );
  const resources = new Set(wholes.map((fact) => fact.id)).size;
  const span = [scope.from && `from ${formatDate(scope.from)}`, scope.to && `to ${formatDate(scope.to)}`].filter(Boolean).join(' ');
  const limits = [scope.status, span].filter(Boolean).join(', ');
  const head = `Search of the record for ${label}${limits ? ` (${limits})` : ''} as of ${formatDate(chart.stale === undefined ? chart.asOf : (chart.readAt ?? chart.asOf))}: ${resources === 0 ? 'nothing found' : `${resources} found`}`;
  const shown = wholes.slice(0, SHOWN).map((fact) => factLine(fact));
  const rest = wholes.length - shown.length;
  const holding = scope.concepts.flatMap((id) => {
    const concept = chart.terminology.get(id);
    return concept ? kindsHolding(concept) : [];
  });
  const unread = missingOf(missingParts(chart), scope.kinds.length > 0 ? scope.kinds : holding);
  const limit = unread.length > 0 ? `; ${listMissing(unread)}` : '';
  return {
    id: searchId(scope),
    kind: 'result',
    label: `Search: ${upperFirst(label)}`,
    text: `${shown.length === 0 ? head : `${head}: ${shown.join(' | ')}${rest > 0 ? ` | and ${rest} more` : ''}`}${limit}`,
    source: 'search of the record',
    facts,
    scope,
  };
}
