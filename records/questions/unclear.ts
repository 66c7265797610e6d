import type { Chart } from '../contract.ts';
import { buildQuestion } from './build.ts';
import type { Choice, ParseResult, Question } from './contract.ts';
import type { Clause, Topic } from './parsed.ts';
import { presence } from './presence.ts';
import { isVoid } from './select.ts';

const AT_DIAGNOSIS = /\b(at|since|before|after) (?:the |her |his )?(?:time of )?(?:initial |first )?(?:diagnosis|onset)\b(?! of| date)/;

/** "A1c at diagnosis": of which problem? */
export function diagnosisOfWhat(clause: Clause, chart: Chart): ParseResult['ambiguous'] | undefined {
  const match = AT_DIAGNOSIS.exec(clause.mask);
  const topic = clause.topics[0];
  if (!match || !topic || topic.letter !== 'o' || clause.times.time) return undefined;
  const relation = match[1] === 'at' ? 'in' : (match[1] as 'since' | 'before' | 'after');
  const choices = new Map<string, Choice>();
  for (const fact of chart.facts) {
    if (fact.kind !== 'problem' || isVoid(fact) || !fact.date || choices.has(fact.name) || choices.size >= 6) continue;
    const question = buildQuestion(clause, topic, chart);
    choices.set(fact.name, {
      label: fact.name,
      question: {
        ...question,
        aspect: 'list',
        time: {
          text: clause.text,
          relation,
          anchor: { kinds: ['problem'], concepts: [fact.concepts[0]!], which: 'first', edge: 'start', text: fact.name },
        },
      },
    });
  }
  return choices.size > 0 ? { question: 'Diagnosis of what?', choices: [...choices.values()] } : undefined;
}

/** What cannot be answered without asking back. */
export function unclear(clause: Clause, chart: Chart): ParseResult['ambiguous'] | undefined {
  const { mask } = clause;
  const question = (topic: Topic): Question => buildQuestion(clause, topic, chart, clause.asked.strength >= 2 ? undefined : 'latest');
  if (/\b(?:levels?|values?|results?|readings?|numbers?|it|that|this|one|test|score)\b/.test(mask) && !/\b(?:hello|hi)\b/.test(mask)) {
    const here = presence(chart);
    const seen = new Map<string, Choice>();
    for (const fact of chart.facts) {
      if ((fact.kind !== 'result' && fact.kind !== 'vital') || fact.part !== undefined || seen.size >= 6) continue;
      const concept = fact.concepts.find((id) => !id.startsWith('code/')) ?? fact.concepts[0]!;
      if (seen.has(concept) || here(concept) === 0) continue;
      const name = chart.terminology.get(concept)?.name ?? fact.name;
      seen.set(concept, { label: name, question: question({ letter: 'o', name, kinds: [fact.kind], concepts: [concept] }) });
    }
    if (seen.size > 0) return { question: 'Which result do you mean?', choices: [...seen.values()] };
  }
  return undefined;
}
