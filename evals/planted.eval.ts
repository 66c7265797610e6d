import { defineSuite, type Share, type SuiteContext, type SuiteFailure, type SuiteOutcome, type VerifiedClaim } from './contract.ts';
import { type PlantedCase, plantedCases } from './planted/cases.ts';

/** Errors and rewordings drawn where there is no limit; the records must hold that much. */
const ERRORS = 2600;
const REWORDED = 1300;
const TRUES = 500;
const NOTES = 150;

/**
 * Whether the verifier tells planted errors from harmless rewordings. An error is caught when its sentence is not `supported`; a true or
 * harmlessly reworded sentence is falsely rejected when it is not. Half of those that one resource proves also go with that resource cited.
 */
export default defineSuite({
  name: 'planted',
  description: 'errors planted in true sentences, and harmless rewordings, checked against the record',
  thresholds: { caught: { min: 0.99 }, falselyRejected: { max: 0.01 } },
  run,
});

async function run(context: SuiteContext): Promise<SuiteOutcome> {
  const all = ERRORS + REWORDED + TRUES + 2 * NOTES;
  const share = context.limit === undefined ? 1 : Math.min(1, context.limit / (all * 1.4));
  const of = (n: number): number => Math.max(1, Math.round(n * share));
  const cases = plantedCases(context.patients, context.now, context.seed, {
    errors: of(ERRORS),
    reworded: of(REWORDED),
    trues: of(TRUES),
    notes: of(NOTES),
  });
  // A half of what can be cited, whatever the order: every second of its kind.
  const turns = new Map<string, number>();
  const runs = cases.flatMap((c): Run[] => {
    if (c.cites === undefined) return [{ case: c, cited: false }];
    const key = `${c.what}:${c.kind}`;
    const turn = (turns.get(key) ?? 0) + 1;
    turns.set(key, turn);
    return turn % 2 === 0
      ? [{ case: c, cited: false }]
      : [
          { case: c, cited: false },
          { case: c, cited: true },
        ];
  });
  const limited = context.limit === undefined ? runs : runs.slice(0, context.limit);
  limited.sort((a, b) => a.case.patient.localeCompare(b.case.patient));

  const shares = new Map<string, { hits: number; of: number }>();
  const count = (name: string, hit: boolean): void => {
    const held = shares.get(name) ?? { hits: 0, of: 0 };
    shares.set(name, { hits: held.hits + (hit ? 1 : 0), of: held.of + 1 });
  };
  const failures: (SuiteFailure & { readonly rank: number })[] = [];
  let done = 0;
  for (const { case: c, cited } of limited) {
    const id = cited ? `${c.id}+cited` : c.id;
    const { claims: all } = await context.rounds.verify({
      id,
      patient: c.patient,
      text: c.text,
      ...(cited && c.cites ? { citations: c.cites } : {}),
    });
    const claims = aboutTarget(all, c);
    const supported = claims.length > 0 && claims.every((claim) => claim.verdict === 'supported');
    const error = c.what === 'error';
    const metric = error ? 'caught' : 'falselyRejected';
    // A sentence that is passed over in silence is neither caught nor accepted.
    const hit = error ? claims.length > 0 && !supported : !supported;
    count(metric, hit);
    count(`${metric}/${c.what === 'true' && c.kind !== 'note' ? 'true' : c.kind}`, hit);
    if (cited) count(`${metric}/cited`, hit);
    if (error) {
      count('contradicted', hit && claims.some((claim) => claim.verdict === 'contradicted'));
      if (!hit)
        failures.push({
          id,
          why: `planted ${c.kind}, ${claims.length === 0 ? 'passed over' : 'shown as supported'}: "${c.text}"\n(true: "${c.original}")\n${reasons(claims)}`,
          rank: 0,
        });
    } else if (hit) {
      failures.push({
        id,
        why: `${c.what === 'true' ? `true (${c.kind})` : `harmless ${c.kind}`}, not supported: "${c.text}"\n${reasons(claims)}`,
        rank: 1,
      });
    }
    done++;
    if (done % 25 === 0 || done === limited.length) context.progress(done, limited.length, 'sentences checked');
  }
  return {
    cases: limited.length,
    metrics: ordered(shares, limited),
    failures: failures.sort((a, b) => a.rank - b.rank || a.id.localeCompare(b.id)).map(({ id, why }) => ({ id, why })),
  };
}

interface Run {
  readonly case: PlantedCase;
  readonly cited: boolean;
}

function ordered(shares: ReadonlyMap<string, Share>, runs: readonly Run[]): Readonly<Record<string, number | Share>> {
  const rank = (name: string): string =>
    name === 'caught' ? '0' : name === 'falselyRejected' ? '1' : name === 'contradicted' ? '2' : `3${name}`;
  const metrics: Record<string, number | Share> = {};
  for (const name of [...shares.keys()].sort((a, b) => (rank(a) < rank(b) ? -1 : 1))) metrics[name] = shares.get(name)!;
  metrics.errors = runs.filter((r) => r.case.what === 'error').length;
  metrics.harmless = runs.length - metrics.errors;
  return metrics;
}

/** In a note, an error counts as caught only at the sentence that it stands in. */
function aboutTarget(claims: readonly VerifiedClaim[], { target, what }: PlantedCase): readonly VerifiedClaim[] {
  if (target !== undefined) {
    const bare = (text: string): string =>
      text
        .replace(/[^a-z0-9]+/gi, ' ')
        .trim()
        .toLowerCase();
    const wanted = bare(target);
    return claims.filter((c) => bare(c.text).includes(wanted) || (bare(c.text).length > 3 && wanted.includes(bare(c.text))));
  }
  // Salutations of a note are small talk.
  return what === 'true' && claims.length > 2
    ? claims.filter((c) => !/^(?:dear colleague|with kind regards|assessment:?)[,.]?$/i.test(c.text.trim()))
    : claims;
}

function reasons(claims: readonly VerifiedClaim[]): string {
  if (claims.length === 0) return 'no claim found';
  return claims
    .map(
      (c) =>
        `${c.verdict} [${c.citations.slice(0, 4).join(', ')}]: ${
          c.checks
            .filter((k) => c.verdict === 'supported' || k.outcome !== 'pass')
            .map((k) => `${k.name} ${k.outcome}: ${k.reason}`)
            .join('; ') || 'no reason given'
        }`,
    )
    .join('\n');
}
