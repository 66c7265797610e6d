import type { Chart, Fact } from '../contract.ts';
import type { Question } from './contract.ts';
import { isVoid, newestFirst } from './select.ts';

const OPERATION = 'procedure/surgical-procedure';

/** What no table lists as surgery, and its name says. */
const BY_NAME =
  /\b(?:surg(?:ery|ical)|operat(?:ion|ive)|c(?:a)?esarean|resection|amputation|transplant\w*|bypass|arthrodesis|osteosynthesis|internal fixation|open reduction|herni\w+ repair|joint replacement|(?:hip|knee|shoulder|valve|aortic|mitral) replacement|ligation|hysterectomy|laparoscop\w*|craniotomy|\w{3,}(?:ectomy|plasty|rrhaphy|pexy)|(?:lapar|thorac|crani|oste|arthr|trache|colo|ile)(?:otomy|ostomy))\b/i;

/** Done with an instrument, and called surgery by some: shown where no operation is, and never counted as one. */
const NEAR =
  /\b(?:insertion|implantation|removal|extraction|excision|incision|biopsy|sutur\w*|repair|graft\w*|catheteri[sz]ation|stent\w*|ablation|vasectomy|\w{3,}(?:otomy|ostomy))\b/i;

/** Not of the body: what is filed, talked over or looked at. */
const NOT_DONE = /\b(?:assessment|education|counsel\w*|screening|documentation|care|planning|history|referral|examination|test)\b/i;

export const asksOperations = ({ concepts }: Pick<Question, 'concepts'>): boolean => concepts.length === 1 && concepts[0] === OPERATION;

const procedures = (chart: Chart): readonly Fact[] => chart.facts.filter((fact) => fact.kind === 'procedure' && !isVoid(fact));

const named = (fact: Fact, pattern: RegExp): boolean =>
  [fact.name, ...fact.names].some((name) => pattern.test(name) && !NOT_DONE.test(name));

/** Operations that only their names tell: any record holds some that no table knows. */
export const operationsByName = (question: Pick<Question, 'concepts'>, chart: Chart): readonly Fact[] =>
  asksOperations(question) ? procedures(chart).filter((fact) => named(fact, BY_NAME)) : [];

/** What may be meant where no operation is recorded. */
export const nearOperations = (question: Question, chart: Chart): readonly Fact[] =>
  asksOperations(question)
    ? procedures(chart)
        .filter((fact) => named(fact, NEAR))
        .sort(newestFirst)
    : [];
