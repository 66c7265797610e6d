import type { Chart, Fact } from '../contract.ts';
import { buildQuestion, sectionTopic } from './build.ts';
import type { Question } from './contract.ts';
import type { Clause } from './parsed.ts';

export const SPECIALTY = /^(?<stem>.*(?:olog|iatr|paed|ped|oped|surg|obstetr|gyn[ae]*col))(?:y|ics?|ists?|icians?|eons?|ery)$/i;
const SEES =
  /\b(?:see|seen|saw|sees|visit\w*|consult\w*|appointments?|been to|go to|went to|referred|follow\w*)\b|‹x\d+:(?:visits|appointments)›/;

/** Of a team's members, "Dr. Ravi Menon (cardiologist)", those of the specialty; of an entry that names one person and the role elsewhere, that person. */
export function withRole(fact: Fact, stem: string): readonly string[] {
  const people = fact.people ?? [];
  const told = Object.values(fact.details ?? {})
    .join('; ')
    .toLowerCase();
  return people.filter((name) => {
    const at = told.indexOf(`${name.toLowerCase()} (`);
    if (at < 0 && people.length === 1) return [fact.name, ...fact.names, told].some((text) => text.toLowerCase().includes(stem));
    return at >= 0 && told.slice(at, told.indexOf(')', at)).includes(stem);
  });
}

/** "Who is Dr Menon", "is Dr Ng his pulmonologist": the care team says who has which role; a shared entry is no yes. */
export function clinicianRole(clause: Clause, chart: Chart): Question | undefined {
  const { person, mask, text, topics } = clause;
  if (!person || !/\b(?:who (?:is|was)|what (?:is|does)|is|was)\b/.test(mask)) return undefined;
  const [thing, more] = topics.filter(({ letter }) => letter !== 'x');
  const role = thing?.item?.text.toLowerCase() ?? '';
  if (more || (thing ? !SPECIALTY.test(role) : !/\bwho (?:is|was)\b/.test(mask) || topics.length > 0)) return undefined;
  const wanted = person.toLowerCase().split(/\s+/);
  const team = chart.facts.filter(
    (fact) => fact.kind === 'care-team' && (fact.people ?? []).some((name) => wanted.every((word) => name.toLowerCase().includes(word))),
  );
  return team.length > 0 ? { aspect: 'list', kinds: ['care-team'], concepts: [], name: `role of ${person}`, text, person } : undefined;
}

/** "When did she last see cardiology": visits with the clinician whom the record's care team gives that specialty. */
export function specialtyVisits(clause: Clause, chart: Chart): Question | undefined {
  // "Nephrology", by which the record calls appointments alone, is a sort of visit, too.
  const [topic, other] = clause.topics.filter(({ letter, words }) => letter !== 'x' || words?.length);
  const [word, more] = topic?.words?.length ? topic.words : (topic?.item?.text.toLowerCase().split(/\s+/) ?? []);
  if (!topic || other || !word || more || !SEES.test(clause.mask) || clause.asked.aspect === 'next') return undefined;
  const stem = SPECIALTY.exec(word)?.groups?.stem?.toLowerCase();
  if (!stem) return undefined;
  const says = (fact: Fact): boolean =>
    [fact.name, ...fact.names, ...Object.values(fact.details ?? {})].some((text) => text.toLowerCase().includes(stem));
  if (chart.facts.some((fact) => fact.kind === 'visit' && says(fact))) return undefined;
  const people = chart.facts.filter((fact) => fact.kind === 'care-team' && says(fact)).flatMap((fact) => withRole(fact, stem));
  const [person, second] = [...new Set(people)];
  if (!person || second || !chart.facts.some((fact) => fact.kind === 'visit' && fact.people?.includes(person))) return undefined;
  const visits = sectionTopic('visits');
  const built = buildQuestion({ ...clause, topics: [visits] }, visits, chart);
  return { ...built, person: person.replace(/^(?:dr|prof)\.? /i, ''), name: `visits with ${person} (${word})` };
}
