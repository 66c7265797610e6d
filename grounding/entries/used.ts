/** A drug that was given or used, told by a note in a sentence of its own: "His wife gave naloxone". */
import { timeExpressions } from '../../language/dates.ts';
import type { Chart } from '../../records/contract.ts';
import { usesToldOf } from '../../records/questions/uses-told.ts';
import { cover, spansOf } from './cover.ts';
import type { Entry } from './restated.ts';

const USED =
  /\b(?:(?:was|were|has been|had been|have been|has|had|got) )?(?:given|gave|administered|received|used|took|taken|needed|injected)\b/;

export function usedEntry(sentence: string, chart: Chart): Entry | undefined {
  const verbs = spansOf(sentence, USED);
  if (verbs.length === 0) return undefined;
  const drugs = chart.terminology
    .mentions(sentence)
    .flatMap(({ concepts }) => concepts.filter((id) => /^drug/.test(chart.terminology.get(id)?.kind ?? '')));
  if (drugs.length === 0) return undefined;
  for (const { fact, sentence: own, of } of usesToldOf(drugs, chart)) {
    const place = fact.details?.['text']?.split('\n')[0] ?? '';
    const found = cover(sentence, verbs, { texts: [own, place], concepts: of, date: fact.date }, chart.terminology, chart.asOf);
    if (!found || found.times.some(({ relation }) => relation === 'since' || relation === 'until' || relation === 'before')) continue;
    // "Last week": not on the day of the note.
    if (found.times.length > 0 && timeExpressions(own, fact.date ?? chart.asOf).length > 0) continue;
    if (found.named.length > 0) return { fact, reason: `the note says: “${own.slice(0, 160)}”` };
  }
  return undefined;
}
