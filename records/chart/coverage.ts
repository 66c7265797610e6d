import { formatDate } from '../../language/dates.ts';
import type { FhirResource } from '../contract.ts';
import { codeable, date, instantOf, type Json, list, obj, periodOf, referenceOf, str, token, words } from './fhir.ts';
import { lowerCase } from './names.ts';
import { type Draft, details, distinct, draft, type Reader } from './reader.ts';
import { hasEnded, statusOf } from './statuses.ts';

function payers(resource: Json, holder: FhirResource, reader: Reader): readonly string[] {
  return distinct(
    [...list(resource.payor), ...list(resource.insurer)].map((item) =>
      referenceOf(item) === reader.subject ? 'self-pay' : reader.nameOf(item, holder),
    ),
  );
}

/** Coverage: who pays. A period that ended takes it out of force, whatever the status says. */
export function readCoverage(resource: FhirResource, reader: Reader): readonly Draft[] {
  const type = codeable(resource.type);
  const paid = payers(resource, resource, reader);
  const classes = list(resource.class).flatMap((item) => {
    const name = str(item.name) ?? str(item.value);
    return name ? [`${words(item.type) ?? 'class'} ${name}`] : [];
  });
  const label = paid[0] ?? type.label ?? type.codes[0]?.code;
  if (!label) return [];
  const period = periodOf(resource.period);
  const recordedStatus = token(resource.status);
  const ended = statusOf(recordedStatus) === 'active' && hasEnded(period.end, reader);
  return [
    draft({
      kind: 'coverage',
      name: label,
      code: { ...type, names: distinct([...paid, ...type.names]) },
      concepts: distinct([...(type.label || type.codes.length > 0 ? reader.link(type, ['section', 'social']) : []), 'section/coverage']),
      status: ended ? 'inactive' : statusOf(recordedStatus),
      recordedStatus,
      date: period.date,
      end: period.end,
      organization: undefined,
      details: details({
        payer: paid.join(', ') || undefined,
        type: type.label && type.label !== label ? type.label : undefined,
        relationship: words(resource.relationship) && lowerCase(words(resource.relationship)!),
        memberId: str(resource.subscriberId) ?? str(list(resource.identifier)[0]?.value),
        plan: classes.join(', ') || undefined,
        lapsed: ended ? `listed as active, yet its period ended on ${formatDate(period.end!)}` : undefined,
      }),
    }),
  ];
}

/**
 * Coverage that stands only inside claims (Synthea and Blue Button write it so): one fact a payer, dated by the newest claim that names it.
 * Whether it is still in force the record does not say, so the status is `unknown`.
 */
export function coverageFromClaims(
  claims: readonly FhirResource[],
  reader: Reader,
): readonly { readonly id: string; readonly draft: Draft }[] {
  const byPayer = new Map<
    string,
    { claim: FhirResource; first: string; last: string; count: number; label: string; type: string | undefined }
  >();
  for (const claim of claims) {
    const at = date(obj(claim.billablePeriod)?.start) ?? date(claim.created);
    if (!at || typeof claim.id !== 'string') continue;
    for (const insurance of list(claim.insurance)) {
      const inside = reader.resolve(insurance.coverage, claim);
      if (inside && !referenceOf(insurance.coverage)?.startsWith('#')) continue;
      const label = (inside ? payers(inside, claim, reader)[0] : undefined) ?? str(obj(insurance.coverage)?.display) ?? words(inside?.type);
      if (!label) continue;
      const known = byPayer.get(label);
      const type = words(inside?.type);
      if (!known) byPayer.set(label, { claim, first: at, last: at, count: 1, label, type });
      else {
        known.count++;
        if (instantOf(at) < instantOf(known.first)) known.first = at;
        if (instantOf(at) >= instantOf(known.last)) {
          known.last = at;
          known.claim = claim;
        }
      }
    }
  }
  return [...byPayer.values()].map((entry) => ({
    id: `${entry.claim.resourceType}/${entry.claim.id}`,
    draft: draft({
      kind: 'coverage',
      name: entry.label,
      code: { names: [entry.label], codes: [] },
      concepts: ['section/coverage'],
      status: 'unknown',
      date: entry.last,
      details: details({
        payer: entry.label,
        type: entry.type && entry.type !== entry.label ? entry.type : undefined,
        claims: `named by ${entry.count} claim${entry.count === 1 ? '' : 's'} from ${formatDate(entry.first)} to ${formatDate(entry.last)}`,
      }),
    }),
  }));
}
