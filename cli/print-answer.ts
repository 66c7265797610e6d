import type { AskResult } from '../agents/contract.ts';
import type { Claim, Verdict } from '../grounding/contract.ts';
import { formatDate } from '../language/dates.ts';
import { oneLine } from './printable.ts';

/** Words as well as signs: a verdict is never a colour alone. */
export const VERDICT_MARK: Record<Verdict, string> = { supported: '✓', unverified: '? Unverified:', contradicted: '! Contradicted:' };

const WIDTH = 100;

/** Words in lines of a terminal. */
export function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  let current = '';
  for (const word of oneLine(text).split(' ')) {
    if (current !== '' && indent.length + current.length + 1 + word.length > WIDTH) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  lines.push(current);
  return lines.join(`\n${indent}`);
}

const NO_ANSWER: Partial<Record<AskResult['status'], string>> = {
  'not-read': 'Not known, as part of the record could not be read:',
  clarify: 'One question back:',
  declined: 'Not answered:',
  failed: 'Failed:',
};

const reasonsOf = (claim: Claim): string =>
  claim.checks
    .filter((check) => check.outcome !== 'pass')
    .map((check) => check.reason)
    .join('; ');

/** Whose record it is: a name alone may be another's, too. */
export const patientLine = ({ name, birthDate, id }: NonNullable<AskResult['patient']>): string =>
  oneLine(`${name}${birthDate ? `, born ${formatDate(birthDate)}` : ''} (${id})`);

/** An answer for a terminal: its counts, sentences with marks and source numbers, what is contradicted apart, then the sources. */
export function printAnswer(result: AskResult): string {
  const out: string[] = result.patient ? [patientLine(result.patient), ''] : [];
  const head = NO_ANSWER[result.status];
  if (head) out.push(head);
  if (result.error) out.push(`  ${wrapped(result.error, '  ')}`);

  const number = new Map(result.evidence.map((evidence, i) => [evidence.id, i + 1]));
  const said = (claim: Claim) => {
    const sources = claim.citations.flatMap((id) => number.get(id) ?? []);
    const reason = claim.verdict === 'supported' ? '' : ` (${reasonsOf(claim)})`;
    return `${VERDICT_MARK[claim.verdict]} ${wrapped(`${claim.text}${sources.length > 0 ? ` [${sources.join(', ')}]` : ''}${reason}`, '  ')}`;
  };
  const shown = result.claims.filter((claim) => claim.verdict !== 'contradicted');
  const contradicted = result.claims.filter((claim) => claim.verdict === 'contradicted');
  const supported = shown.filter((claim) => claim.verdict === 'supported').length;
  if (result.claims.length > 0) {
    const counts = [
      `${supported} supported`,
      ...(shown.length > supported ? [`${shown.length - supported} unverified`] : []),
      ...(contradicted.length > 0 ? [`${contradicted.length} contradicted`] : []),
    ];
    out.push(`${result.claims.length} sentence${result.claims.length === 1 ? '' : 's'}: ${counts.join(', ')}`, '', ...shown.map(said));
  }
  if (contradicted.length > 0) out.push('', 'Contradicted by the record, not to be used:', ...contradicted.map(said));
  if (result.notes?.length)
    out.push(...(result.claims.length > 0 && !head ? [''] : []), ...result.notes.map((note) => `  ${wrapped(note, '  ')}`));
  if (result.evidence.length > 0) {
    out.push('', 'Evidence');
    for (const evidence of result.evidence) {
      const mark = `[${number.get(evidence.id)}]`.padStart(5);
      out.push(`${mark} ${oneLine(evidence.id)}`, `      ${wrapped(evidence.text, '      ')}`);
    }
  }
  if (result.thread) out.push('', `Conversation ${result.thread} · ${Math.round(result.ms)} ms`);
  return `${out.join('\n')}\n`;
}
