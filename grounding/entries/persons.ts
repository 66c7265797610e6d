/** Who looks after the patient and whom to call: a name with its role, and with its number, as the record pairs them. */
import type { Chart, Fact } from '../../records/contract.ts';
import { tokens } from '../reading/lexicon.ts';
import { cover, spansOf } from './cover.ts';
import type { Entry } from './restated.ts';
import { wordStem } from './words.ts';

interface Person {
  readonly fact: Fact;
  readonly name: string;
  readonly role: string;
  readonly phone?: string;
}

const ALSO =
  /\b(?:is|are|was|named|called|care team|team|under(?: the care of)?|looked after by|followed by|sees|the|her|his|their|patient's|name|includes?|contact|next of kin|registered with|under|on|at|can be reached|phone|tel(?:ephone)?|number)\b|[:,()]/;

function peopleOf(chart: Chart): readonly Person[] {
  const found: Person[] = [];
  const read = (fact: Fact, text: string) => {
    const match = /^\s*([^(]+?)\s*\(([^)]+)\)\s*([\d +()-]{5,})?\s*$/.exec(text);
    if (match) found.push({ fact, name: match[1]!, role: match[2]!, ...(match[3] ? { phone: match[3].trim() } : {}) });
  };
  for (const fact of chart.facts) {
    if (fact.kind === 'care-team' && fact.status === 'active')
      for (const member of (fact.details?.['members'] ?? '').split(';')) read(fact, member);
    if (fact.kind === 'patient') {
      if (fact.details?.['contact']) for (const contact of fact.details['contact'].split(';')) read(fact, contact);
      if (fact.details?.['primaryCare'])
        found.push({ fact, name: fact.details['primaryCare'], role: 'primary care physician doctor PCP GP provider' });
      const related = /^(\w[\w -]*): (.+)$/.exec(fact.name);
      if (related && fact.details?.['relationship']) found.push({ fact, name: related[2]!, role: related[1]! });
    }
  }
  return found;
}

export function personEntry(sentence: string, chart: Chart): Entry | undefined {
  const said = new Set(tokens(sentence).map(({ word }) => wordStem(word)));
  for (const person of peopleOf(chart)) {
    const words = (text: string) =>
      tokens(text)
        .map(({ word }) => wordStem(word))
        .filter((word) => /\p{L}{2}/u.test(word) && !/^(?:dr|mr|mrs|ms|rn|md|of|the)$/.test(word));
    if (!words(person.name).some((word) => said.has(word)) || !words(person.role).some((word) => said.has(word))) continue;
    const texts = [person.name, person.role, person.role.replace(/(\w+olog)ist/i, '$1y'), person.phone ?? ''];
    const found = cover(
      sentence,
      phoneSpans(sentence, person).concat(spansOf(sentence, ALSO)),
      { texts, concepts: [] },
      chart.terminology,
      chart.asOf,
    );
    if (!found || found.times.length > 0) continue;
    return { fact: person.fact, reason: `the record says ${person.name} (${person.role})${person.phone ? ` ${person.phone}` : ''}` };
  }
  return undefined;
}

/** A telephone number is read digit by digit. */
function phoneSpans(sentence: string, { phone }: Person): { start: number; end: number }[] {
  if (!phone) return [];
  const digits = phone.replace(/\D/g, '');
  return [...sentence.matchAll(/[+(]?\d[\d ()-]{4,}\d/g)]
    .filter((match) => digits.endsWith(match[0].replace(/\D/g, '')))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}
