import type { ParseResult, Question } from './contract.ts';

/** A question in one short line, for tables of wordings. */
function line(question: Question): string {
  const {
    aspect,
    name,
    time,
    threshold,
    compare,
    premise,
    status,
    reasons,
    visitClass,
    laterality,
    flag,
    person,
    polar,
    expects,
    limit,
    offset,
    placed,
    field,
    words,
  } = question;
  const when = (said: NonNullable<Question['time']>): string =>
    said.anchor
      ? `${said.relation} @${said.anchor.which} ${said.anchor.text}`
      : said.from && said.to && said.from !== said.to
        ? `${said.from}..${said.to}`
        : said.from === said.to
          ? `on ${said.from}`
          : said.from
            ? `${said.from}..`
            : `..${said.to}`;
  const more = [
    status,
    visitClass,
    laterality,
    flag,
    words?.length ? `words:${words.join('+')}` : '',
    threshold
      ? `${threshold.op}${threshold.value}${threshold.second === undefined ? '' : `/${threshold.second}`}${threshold.unit ?? ''}`
      : '',
    reasons ? `for ${reasons.name}` : '',
    person ? `by ${person}` : '',
    time ? `[${when(time)}]` : '',
    compare
      ? `vs ${[compare.direction, compare.time ? `[${when(compare.time)}]` : '', compare.other?.name].filter(Boolean).join(' ')}`
      : '',
    premise?.length ? `given ${premise.map((one) => `${one.name} ${one.state}`).join(', ')}` : '',
    limit ? `limit ${limit}` : '',
    offset ? `offset ${offset}` : '',
    placed,
    polar ? (expects === 'no' ? 'yes/no?not' : 'yes/no') : '',
  ].filter(Boolean);
  const what = field ? `field ${field}` : `${aspect} ${name}`;
  return more.length > 0 ? `${what} | ${more.join(' | ')}` : what;
}

export function compact(result: ParseResult): string {
  if (result.declined) return `declined: ${result.declined.reason}`;
  if (result.ambiguous) return `ask: ${result.ambiguous.question}`;
  if (result.questions.length === 0) return 'nothing';
  return result.questions.map(line).join(' ;; ');
}
