/** "No reason is recorded for simvastatin": a detail that the record lacks of something that it has. */
import type { Fact } from '../../records/contract.ts';
import type { World } from '../matching/world.ts';
import type { Checked } from './contract.ts';
import { fail, pass, unknown } from './contract.ts';

interface Detail {
  readonly named: RegExp;
  readonly of: (fact: Fact) => unknown;
}

const DETAILS: readonly Detail[] = [
  { named: /reasons?|indications?/, of: (fact) => fact.reasons[0] ?? fact.statusReason },
  { named: /reference ranges?|normal ranges?|ranges?/, of: (fact) => fact.referenceRange },
  { named: /flags?|interpretations?/, of: (fact) => fact.flag },
  {
    named: /dos(?:e|es|ages?|age instructions?|ing|ing instructions?)|instructions?/,
    of: (fact) => (fact.kind === 'immunization' ? fact.name : fact.dosage?.text),
  },
  { named: /frequency/, of: (fact) => fact.dosage?.frequency },
  { named: /routes?/, of: (fact) => fact.dosage?.route },
  { named: /end dates?|stop dates?|resolution dates?/, of: (fact) => fact.end },
  { named: /start dates?|onset dates?|onset|dates?/, of: (fact) => fact.date },
  { named: /sides?|laterality/, of: (fact) => fact.laterality },
  { named: /severity/, of: (fact) => fact.severity },
  { named: /criticality/, of: (fact) => fact.criticality },
  { named: /reactions?|manifestations?/, of: (fact) => fact.reactions?.[0] },
  { named: /(?:dose )?units?/, of: (fact) => (fact.value?.type === 'quantity' ? fact.value.unit : fact.dosage?.unit) },
  { named: /values?|results?/, of: (fact) => fact.value },
  { named: /prescribers?|providers?|clinicians?|doctors?|names?/, of: (fact) => fact.people?.[0] },
];

export interface Absent {
  readonly details: readonly Detail[];
  /** What lacks it: a name ("simvastatin"), or with `said` all else that the sentence says. */
  readonly rest: string;
  readonly said?: boolean;
}

const FRAME =
  /^(?:there is |there's )?no ([a-z ]+?)(?:,? or ([a-z ]+?))? (?:(?:is|are|was|were|has been|have been) )?(?:recorded|documented|given|stated|listed|on record|on file|noted|named)(?: in the (?:record|chart))? (?:for|with|of) (.+)$/i;
const FRAME_LATE =
  /^(?:there is |there's )?no ([a-z ]+?)(?:,? or ([a-z ]+?))? (?:for|of|with) (.+?) (?:is|are|was|were|has been) (?:recorded|documented|given|stated|listed|on record|on file|noted)(?: in the (?:record|chart))?\.?$/i;
const NOBODY = /^nobody is (?:named|recorded|listed)(?: in the (?:record|chart))? (?:for|with) (.+)$/i;

/** "..., dose not recorded", "(unit not recorded)" beside what is said of the thing. */
const ASIDE =
  /\s*[,;:(]\s*(?:the |its |with )?([a-z]+(?: [a-z]+)?) (?:(?:is|are|was|were) )?(?:not|un) ?(?:recorded|documented|given|stated|listed|specified|noted)\)?(?=[\s.,;)]|$)/gi;

function absentBeside(text: string): Absent | undefined {
  const details: Detail[] = [];
  const rest = text.replace(ASIDE, (whole, name: string) => {
    const detail = detailOf(name);
    if (!detail) return whole;
    details.push(detail);
    return '';
  });
  return details.length > 0 ? { details, rest, said: true } : undefined;
}

const detailOf = (name: string | undefined): Detail | undefined =>
  name === undefined ? undefined : DETAILS.find(({ named }) => new RegExp(`^(?:${named.source})$`, 'i').test(name.trim()));

export function absentDetail(text: string): Absent | undefined {
  const nobody = NOBODY.exec(text);
  if (nobody) return { details: [DETAILS.at(-1)!], rest: nobody[1]! };
  const match = FRAME.exec(text) ?? FRAME_LATE.exec(text);
  if (!match) return absentBeside(text);
  const details = [match[1], match[2]].map(detailOf).filter((found) => found !== undefined);
  if (details.length !== (match[2] === undefined ? 1 : 2)) return undefined;
  return { details, rest: match[3]! };
}

/** The thing itself must be in the evidence, and each entry of it must lack the detail. */
export function checkAbsent({ details, rest, said }: Absent, sentence: string, world: World, read: (text: string) => Checked): Checked {
  const thing = said ? read(rest) : read(`${rest.replace(/[.\s]+$/, '').replace(/^(?:his|her|their|the) /i, '')} was recorded.`);
  if (said && thing.verdict !== 'supported') return { ...thing, text: sentence };
  if (thing.verdict !== 'supported') {
    const facts = world.facts.filter((fact) => thing.support.includes(fact.id));
    if (facts.length === 0) return { ...thing, text: sentence, verdict: thing.verdict === 'contradicted' ? 'contradicted' : 'unverified' };
  }
  const meant = world.facts.filter((fact) => thing.support.includes(fact.id) && fact.part === undefined);
  const having = meant.find((fact) => details.some(({ of }) => of(fact) !== undefined));
  if (meant.length === 0)
    return { ...thing, text: sentence, verdict: 'unverified', checks: [unknown('entity', 'it is not clear what lacks it')] };
  if (having)
    return {
      text: sentence,
      verdict: 'contradicted',
      checks: [fail('negation', `the record states it for ${having.name}`)],
      support: [having.id],
    };
  return {
    text: sentence,
    verdict: thing.verdict,
    checks: [...thing.checks, pass('negation', 'the record does not state it')],
    support: thing.support,
  };
}
