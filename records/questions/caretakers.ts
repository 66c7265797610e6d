import type { Chart } from '../contract.ts';
import type { Question } from './contract.ts';
import type { Clause } from './parsed.ts';
import { SPECIALTY, withRole } from './specialty.ts';

/** Parts of the body and their troubles, and how the roles of those who look after them begin. */
const ROLES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\b(?:lungs?|breathing|chest|asthma|copd)\b/, ['pulmon', 'respir', 'chest']],
  [/\b(?:heart|cardiac|rhythm)\b/, ['cardi', 'heart']],
  [/\b(?:kidneys?|renal)\b/, ['nephr', 'renal', 'kidney']],
  [/\b(?:diabetes|sugars?|thyroid|hormones?)\b/, ['endocrin', 'diabet']],
  [/\b(?:joints?|arthritis)\b/, ['rheum']],
  [/\b(?:bones?|fracture)\b/, ['orthop']],
  [/\b(?:eyes?|vision|sight)\b/, ['ophthalm', 'optomet', 'eye']],
  [/\b(?:skin)\b/, ['dermat']],
  [/\b(?:stomach|bowels?|gut|liver|digestion)\b/, ['gastro', 'hepat']],
  [/\b(?:nerves?|brain|seizures?|epilepsy|headaches?)\b/, ['neurolog']],
  [/\b(?:mood|mental|depression|anxiety|nerves)\b/, ['psych']],
  [/\b(?:bladder|prostate)\b/, ['urolog']],
  [/\b(?:cancer|tumou?r|chemo)\b/, ['oncolog']],
  [/\b(?:feet|foot)\b/, ['podiat']],
  [/\b(?:diet|nutrition|food)\b/, ['diet', 'nutrition']],
];

const TENDS =
  /\bwho(?:m)? (?:\w+ )?(?:looks? after|takes? care of|manages?|treats?|handles?|cares? for|follows|deals? with|is (?:looking after|treating|managing|in charge of|responsible for|following))\b/;
/** "Who looks after her": not a part of her. */
const WHOLE_PERSON =
  /\b(?:after|of|manages?|managing|treats?|treating|handles?|for|follows|following|with) (?:her|him|them|the patient)(?: (?:overall|generally|now|currently|at the moment|medically))?\W*$/;
const OF_THAT = /\b(after|of|manag\w+|treat\w+|handl\w+|for|follow\w*|with) (?:that|it|this|them|those)(?=\W*$)/;
const UNDER = /\b(?:under|followed by|seen by|looked after by|known to|in the care of) (?:the )?(?<name>\p{L}+)\b/u;
const WHOSE = /\bwho (?:is|are) (?:her|his|their|the patient's|the) (?<name>\p{L}+)\b/u;

/** How a specialty that is named begins: "cardiology", "cardiologist" -> "cardiolog". */
const stemOf = (name: string | undefined): readonly string[] => {
  const stem = name ? SPECIALTY.exec(name)?.groups?.stem : undefined;
  // A cardiologist may stand there as a heart failure specialist.
  const kin = ROLES.flatMap(([, roles]) => (stem && roles.some((role) => stem.startsWith(role)) ? roles : []));
  return stem ? [...new Set([stem, ...kin])] : [];
};

/** "Who looks after his lungs", "is she under cardiology": the clinicians whose role in the care team says so. */
export function caretakers(clause: Clause, chart: Chart, last?: Question): readonly Question[] | undefined {
  // "Who's following that?": what was asked about before.
  const text = last ? clause.text.toLowerCase().replace(OF_THAT, `$1 ${last.name.toLowerCase()}`) : clause.text.toLowerCase();
  if (clause.person) return undefined;
  if (TENDS.test(text) && WHOLE_PERSON.test(text))
    return [{ aspect: 'list', kinds: ['care-team'], concepts: [], name: 'care team', text: clause.text }];
  const stems = TENDS.test(text)
    ? ROLES.filter(([part]) => part.test(text)).flatMap(([, roles]) => roles)
    : [...stemOf(UNDER.exec(text)?.groups?.name), ...stemOf(WHOSE.exec(text)?.groups?.name)];
  if (stems.length === 0) return undefined;
  const teams = chart.facts.filter((fact) => fact.kind === 'care-team');
  const people = [...new Set(teams.flatMap((fact) => stems.flatMap((stem) => withRole(fact, stem))))];
  if (people.length === 0) return undefined;
  return people.map((person) => ({
    aspect: 'list',
    kinds: ['care-team'],
    concepts: [],
    name: 'care team',
    text: clause.text,
    person: person.replace(/^(?:dr|prof)\.? /i, ''),
  }));
}
