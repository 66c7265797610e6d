/** "Lisinopril was stopped because of a dry cough": why an order ended or rests, in the words of its own reason. */
import type { Chart, Fact } from '../../records/contract.ts';
import { replacement } from '../checks/course.ts';
import { cover, spansOf } from './cover.ts';
import type { Entry } from './restated.ts';

const BECAUSE =
  /\s*,?\s+\b(?:because of|because|due to|owing to|on account of|in view of|for|as (?:she|he) (?:had|developed|got)|after (?:she|he) (?:had|developed|got))\b\s+/i;
const STOPPED =
  /\b(?:(?:was|were|is|has been|had to be|been) )?(?:stopped|discontinued|withdrawn|ceased|halted|taken off|came off|d\/c'?d|off)\b/;
const HELD = /\b(?:(?:was|is|has been|put|been) )*(?:on hold|held|paused|suspended|withheld)\b/;
const REDUCED = /\b(?:(?:was|has been|been) )?(?:reduced|cut|lowered|decreased)\b/;
const ALSO = /\b(?:dose|had|was)\b/;

function verbFor({ status, statusReason }: Fact): RegExp | undefined {
  if (status === 'inactive') return HELD;
  if (status !== 'stopped' && status !== 'completed') return undefined;
  return /\b(?:reduc|lower|decreas|cut)/i.test(statusReason ?? '') ? REDUCED : STOPPED;
}

const without = (text: string, spans: readonly { start: number; end: number }[]): string =>
  spans.reduce((left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end), text);

const ordersOf = ({ concepts }: Fact, chart: Chart) => ({
  candidates: chart.facts
    .filter((other) => other.part === undefined && concepts.some((id) => other.concepts.includes(id)))
    .map((fact) => ({ fact, ids: [fact.id] })),
});

export function stopReasonEntry(sentence: string, chart: Chart): Entry | undefined {
  const because = BECAUSE.exec(sentence);
  if (!because) return undefined;
  const said = sentence.slice(0, because.index);
  const why = sentence.slice(because.index + because[0].length);
  for (const fact of chart.facts) {
    const verb = fact.kind === 'medication' && fact.part === undefined && fact.statusReason ? verbFor(fact) : undefined;
    if (!verb || /\b(?:no|not|never|without)\b/i.test(fact.statusReason!)) continue;
    const verbs = spansOf(said, verb);
    if (verbs.length === 0) continue;
    const texts = [fact.name, ...fact.names, fact.dosage?.text ?? '', fact.details?.['written'] ?? ''];
    const thing = cover(
      said,
      [...verbs, ...spansOf(said, ALSO)],
      { texts, concepts: fact.concepts, date: fact.end },
      chart.terminology,
      chart.asOf,
    );
    if (!thing || thing.named.length === 0) continue;
    const concepts = chart.terminology.mentions(fact.statusReason!).flatMap((mention) => mention.concepts);
    const reason = cover(why, [], { texts: [fact.statusReason!], concepts }, chart.terminology, chart.asOf);
    if (!reason || reason.named.length === 0 || reason.times.length > 0) continue;
    // Another dose took its place: the order ended, the drug did not.
    if (verb === STOPPED && !/\d/.test(without(said, thing.times)) && replacement(fact, ordersOf(fact, chart), false)) continue;
    return { fact, reason: `the record says ${fact.name}, ${fact.recordedStatus ?? fact.status}: ${fact.statusReason}` };
  }
  return undefined;
}
