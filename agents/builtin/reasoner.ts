import { factLine } from '../../records/chart/evidence.ts';
import type { Chart, Fact } from '../../records/contract.ts';
import { allergiesNear } from '../../records/questions/allergens.ts';
import { allergiesToldTo } from '../../records/questions/allergies-told.ts';
import type { Question, QuestionContext } from '../../records/questions/contract.ts';
import { parseQuestions } from '../../records/questions/parse.ts';
import { matching } from '../../records/questions/select.ts';
import type { ChartAnswer } from '../../tools/chart-question.ts';
import type { Draft, DraftClaim, Reasoner } from '../contract.ts';
import type { Written } from './claims.ts';
import { DECLINED } from './decline.ts';
import { saidOfErrors } from './in-error.ts';
import { leftover } from './leftover.ts';
import { writeAllergies, writeAnswer } from './write.ts';

const isContext = (memory: unknown): memory is QuestionContext =>
  typeof memory === 'object' && memory !== null && Array.isArray((memory as QuestionContext).questions);

const quoted = (words: readonly string[]): string => words.map((word) => `“${word}”`).join(', ');

/** Members of a panel or a pair say no yes or no either. */
function undecided(answered: ChartAnswer): ChartAnswer {
  return {
    ...answered,
    parts: answered.parts.map((part) => {
      const { threshold: _, ...question } = part.answer.question;
      return { ...undecided(part), answer: { ...part.answer, question, polarity: 'unknown' } };
    }),
  };
}

/** "Which eye had the cataract done": a word that stands in every entry shown is answered by them, though it was not read. */
function saidByAll(text: string, facts: readonly Fact[]): boolean {
  if (facts.length === 0 || /\d|\b(?:no|not|never|without|other|except|than|before|after|since|until|when|while)\b/i.test(text))
    return false;
  const roots = (text.toLowerCase().match(/\p{L}{3,}/gu) ?? []).map((word) => word.replace(/(?<=\p{L}{3})(?:ed|ing|es|s)$/u, ''));
  return roots.length > 0 && facts.every((fact) => roots.every((root) => new RegExp(`(?<!\\p{L})${root}`, 'iu').test(factLine(fact))));
}

/**
 * Part of the question was not read. No yes or no then: the entries stand for themselves, and what was left out is said. A value, a list
 * or a count would answer another question, so none is given.
 */
function written(answered: ChartAnswer, chart: Chart): Written & { readonly refused?: true } {
  const { answer } = answered;
  const unread = (answer.question.unread ?? []).filter((words) => !saidByAll(words, answer.facts));
  // "Nothing is recorded" of what was only half read is no answer either.
  if (answer.polarity === undefined || (unread.length > 0 && answer.outcome === 'not-recorded')) {
    if (unread.length === 0) return writeAnswer(answered);
    return {
      claims: writeAllergies(answered),
      notes: [`I did not understand ${quoted(unread)} in this question, so I have not answered it. Please ask in other words.`],
      refused: true,
    };
  }
  const left = [...new Set([...unread, ...leftover(answer, chart)])];
  if (left.length === 0) return writeAnswer(answered);
  // A limit that is only half read is not applied either.
  const { threshold: _, ...question } = answer.question;
  const { claims, notes, ...rest } = writeAnswer({ ...undecided(answered), answer: { ...answer, question, polarity: 'unknown' } });
  // That the thing itself has no entry of its own is a note of the answer.
  const untold = left.filter((word) => word !== question.name);
  return { ...rest, claims, notes: [...notes, ...(untold.length > 0 ? [`Not taken into account: ${quoted(untold)}.`] : [])] };
}

/** "Can she have amoxicillin?" is not Rounds' to decide; that the record holds an allergy to it, or to its like, is said whatever was asked. */
function warning(text: string, chart: Chart): Question | undefined {
  const drugs = chart.terminology
    .mentions(text, { fuzzy: true })
    .flatMap(({ concepts }) =>
      concepts.filter((id) => /^(?:drug|drug-class|allergen)$/.test(chart.terminology.get(id)?.kind ?? '')).slice(0, 1),
    );
  const concepts = [...new Set(drugs)];
  const [first] = concepts;
  const bears =
    allergiesNear(concepts, chart).length > 0 ||
    matching({ kinds: ['allergy'], concepts }, chart).length > 0 ||
    concepts.some((id) => allergiesToldTo(id, chart).length > 0);
  if (!first || !bears) return undefined;
  return {
    // No yes or no: "Yes" would be read as leave to give it.
    aspect: 'list',
    kinds: ['allergy'],
    concepts,
    name: `${chart.terminology.get(first)!.name} allergy`,
    text,
  };
}

/**
 * The reasoner without a model: private, free, instant, reproducible. It reads the words into typed questions by codes, terms and
 * cues, and writes sentences from their answers alone.
 */
export function createBuiltinReasoner(): Reasoner {
  return {
    name: 'builtin',

    async plan({ question, chart, now, memory }) {
      const context = isContext(memory) ? memory : undefined;
      const mistaken = saidOfErrors(question, chart);
      if (mistaken) return { calls: [], reply: { status: 'declined', notes: [mistaken] } };
      const parsed = parseQuestions(question, { chart, now, ...(context ? { context } : {}) });
      // A yes or no says by itself what it leaves out; a list or a value would leave it out in silence.
      const silent = parsed.questions.every(({ polar, unread, name }) => !polar && !unread?.length && !parsed.unread.includes(name))
        ? [...new Set(parsed.unread)].filter((word) => parsed.questions.every(({ words }) => !words?.includes(word)))
        : [];
      const notes = [
        ...parsed.readAs.map(({ text, as }) => `Read “${text}” as ${as}.`),
        ...(silent.length > 0 ? [`Not taken into account: ${quoted(silent)}.`] : []),
      ];
      if (parsed.declined?.reason === 'advice' || parsed.declined?.reason === 'write') {
        const warned = warning(question, chart);
        if (warned)
          return {
            calls: [{ id: 'q1', tool: 'chart_question', input: warned }],
            notes: [DECLINED[parsed.declined.reason](parsed.declined)],
          };
      }
      if (parsed.declined) return { calls: [], reply: { status: 'declined', notes: [DECLINED[parsed.declined.reason](parsed.declined)] } };
      if (parsed.ambiguous) {
        const { question: asked, choices } = parsed.ambiguous;
        return {
          calls: [],
          reply: { status: 'clarify', notes: [asked] },
          notes,
          memory: { questions: context?.questions ?? [], facts: context?.facts ?? [], pending: { choices } } satisfies QuestionContext,
        };
      }
      if (parsed.questions.length === 0) {
        return {
          calls: [],
          reply: {
            status: 'clarify',
            notes: [
              parsed.unread.length > 0
                ? `I did not understand “${parsed.unread.join(' ')}”. Ask about a result, a drug, a problem, a visit or another part of this record.`
                : 'What would you like to know from this record?',
            ],
          },
        };
      }
      return { calls: parsed.questions.map((input, i) => ({ id: `q${i + 1}`, tool: 'chart_question', input })), notes };
    },

    async write({ chart, memory }, outcomes): Promise<Draft> {
      const answers = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value as ChartAnswer] : []));
      const ambiguous = answers.find(({ answer }) => answer.outcome === 'ambiguous')?.answer;
      if (ambiguous && answers.length === 1) {
        return {
          status: 'clarify',
          claims: [],
          notes: [`Which do you mean: ${ambiguous.choices.map((choice) => choice.label).join(', ')}?`],
          memory: { questions: [], facts: [], pending: { choices: ambiguous.choices } } satisfies QuestionContext,
        };
      }
      const parts = answers.map((answer) => written(answer, chart));
      const seen = new Set<string>();
      const claims = parts
        .flatMap((part) => part.claims)
        .filter((claim) => {
          const fresh = !seen.has(claim.text);
          seen.add(claim.text);
          return fresh;
        });
      const told = new Set(claims.flatMap(({ citations }) => citations));
      const instead = answers.flatMap(({ answer }) =>
        answer.outcome === 'not-recorded' ? answer.instead.map(({ id }) => id).filter((id) => told.has(id)) : [],
      );
      const found = new Set(answers.flatMap(({ answer }) => answer.facts.map(({ id }) => id)));
      const read = claims.flatMap(({ citations }) => {
        const ids = citations.filter((id) => !id.startsWith('search/'));
        return ids.length === 1 ? ids : [];
      });
      // What points at a row of a list leaves the list as it was: "and the first one".
      const listed = isContext(memory) ? memory.rows : undefined;
      const pointed = answers.length > 0 && answers.every(({ answer }) => answer.question.entries?.every((id) => listed?.includes(id)));
      const rows = pointed && listed ? listed : [...new Set(read)].filter((id) => found.has(id)).slice(0, 40);
      const outcomesFound = answers.filter((_, index) => !parts[index]?.refused).map(({ answer }) => answer.outcome);
      return {
        status:
          answers.length === 0
            ? 'failed'
            : outcomesFound.some((outcome) => outcome === 'found' || outcome === 'absent')
              ? 'answered'
              : outcomesFound.includes('not-recorded') && !parts.every((part) => part.status === 'clarify' || part.refused)
                ? 'not-recorded'
                : 'clarify',
        claims,
        notes: [...new Set(parts.flatMap((part) => part.notes))],
        // What was not understood is no subject: the next words lean on what was.
        memory:
          parts.length > 0 && parts.every((part) => part.refused || part.status === 'clarify')
            ? memory
            : ({
                questions: answers.map(({ answer }) => answer.question),
                facts: [...new Set(answers.flatMap(({ answer }) => answer.facts.map((fact) => fact.id)))].slice(0, 50),
                ...(rows && rows.length > 0 ? { rows } : {}),
                ...(instead.length > 0 ? { instead: [...new Set(instead)].slice(0, 10) } : {}),
              } satisfies QuestionContext),
      };
    },

    /** A sentence of ours that fails its check is replaced by the record's own line; without one it stays, unverified, unless it is contradicted. */
    async revise({ chart }, _outcomes, failed) {
      return failed.map((claim): DraftClaim | undefined => {
        const facts = claim.citations.flatMap((id) => chart.facts.filter((fact) => fact.id === id && fact.part === undefined));
        const first = facts[0];
        if (facts.length === 1 && first) return { text: factLine(first), citations: [first.id] };
        return claim.verdict === 'contradicted' ? undefined : { text: claim.text, citations: claim.citations };
      });
    },
  };
}
