import type { Condition, DocumentReference, Encounter, MedicationRequest, Observation, Resource, ServiceRequest } from '@medplum/fhirtypes';
import { describe, expect, test } from 'vitest';
import { generate } from './generate.ts';
import { tests } from './generator/tables.ts';

/** How notes and reasons name what is measured, besides the labels of the catalogue; by the unit where a word can mean several. */
const SPOKEN: readonly (readonly [name: string, ...tests: string[]])[] = [
  ['albumin in the urine', 'uacr'],
  ['albumin', 'albumin', 'uacr'],
  ['bmi', 'bmi'],
  ['ejection fraction', 'lvef'],
  ['egfr', 'egfr'],
  ['count', 'neutrophils'],
  ['glucose', 'glucose'],
  ['heart rate', 'heart-rate'],
  ['kidney function', 'egfr'],
  ['ldl', 'ldl'],
  ['level', 'clozapine'],
  ['protein', 'protein', 'urine-protein-creatinine'],
  ['pulse', 'heart-rate'],
  ['saturation', 'spo2'],
  ['transferrin saturation', 'iron-saturation'],
  ['weight', 'weight'],
  ['weighs', 'weight'],
];
/** The same thing measured in another way. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  egfr: ['egfr-2009'],
  glucose: ['glucose-fasting', 'glucose-meter'],
};
const PRESSURE = 'blood-pressure';
const names = new Map<string, readonly string[]>([
  ...[...tests.all()].map(([key, { label }]) => [label.toLowerCase(), [key]] as const),
  ...SPOKEN.map(([name, ...meant]) => [name, meant] as const),
  ...['blood pressure', 'pressures', 'pressure'].map((name) => [name, [PRESSURE]] as const),
]);
const unitOf = (key: string): string => (key === PRESSURE ? 'mmHg' : tests.of(key).unit);
const NAME = new RegExp(
  `(?<![\\w-])(?:${[...names.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(/[^\w ]/g, '\\$&'))
    .join('|')})(?![\\w-])`,
  'gi',
);
const BOUND =
  /\b(above|over|more than|at least|below|under|less than|at|about) (\d+(?:,\d{3})*(?:\.\d+)?)(?:\/(\d+))?(?![\d/.,]*\d)(?! (?:days?|weeks?|months?|years?|hours?|minutes?|times|meters)\b)/g;
const UNIT = /^ ?((?:%|mg|g|kg|mL|mmHg|mmol|mIU|ng|pg|units|IU|copies|\/)\S*)/;
/** What is not said of this day: a goal, a condition under which something is to be done, what the patient told, the range of a scale. */
const NOT_NOW =
  /\b(?:goal|if|until|when|while|unless|for a saturation|stays? (?:above|below) .* while|target|calls?|comes at once|before a|promises)\b/i;

interface Claim {
  readonly where: string;
  readonly words: string;
  readonly test: string;
  readonly sort: string;
  readonly bound: readonly number[];
  readonly encounter: string | undefined;
  /** The end of the visit or of the day. */
  readonly by: string;
}
/** Every bound beside the name of a measure in a line. */
function claimsOf(line: string, rest: Pick<Claim, 'where' | 'encounter' | 'by'>): readonly Claim[] {
  return line
    .split(/(?<=[.;?!]) (?=[A-Z])|; /)
    .filter((sentence) => !NOT_NOW.test(sentence))
    .flatMap((sentence) => {
      const named = [...sentence.matchAll(NAME)];
      return [...sentence.matchAll(BOUND)].flatMap((found): readonly Claim[] => {
        const name = named.filter(({ index }) => index < found.index).at(-1);
        if (name === undefined) return [];
        const between = sentence.slice(name.index + name[0].length, found.index);
        if (/[.:;]|\d/.test(between)) return [];
        // Cells are counted in thousands.
        const scale = sentence.startsWith(' per microliter', found.index + found[0].length) ? 1000 : 1;
        const bound = [found[2], found[3]].flatMap((number) => (number === undefined ? [] : [Number(number.replaceAll(',', '')) / scale]));
        const unit = UNIT.exec(sentence.slice(found.index + found[0].length))?.[1]?.replace(/[.,:;)]+$/, '');
        const measure = names.get(name[0].toLowerCase())!.find((key) => unit === undefined || unit === unitOf(key).split(' ')[0]);
        return measure === undefined ? [] : [{ ...rest, words: sentence, test: measure, sort: found[1]!, bound }];
      });
    });
}

const textOf = (note: DocumentReference): string => Buffer.from(note.content[0]!.attachment.data ?? '', 'base64').toString('utf8');
const number = (one: Observation | undefined): number | undefined => one?.valueQuantity?.value;

function valuesOf(one: Observation, key: string): readonly number[] {
  if (key === PRESSURE) {
    const part = (code: string) => one.component?.find(({ code: { coding } }) => coding?.[0]?.code === code)?.valueQuantity?.value;
    const [systolic, diastolic] = [part(tests.of('systolic').loinc), part(tests.of('diastolic').loinc)];
    return systolic === undefined || diastolic === undefined ? [] : [systolic, diastolic];
  }
  const codes = [key, ...(ALSO[key] ?? [])].map((test) => tests.of(test).loinc);
  const value = number(one);
  return value !== undefined && one.code.coding?.some(({ code }) => codes.includes(code!)) ? [value] : [];
}
function holds({ sort, bound }: Claim, values: readonly number[]): boolean {
  if (sort === 'at least') return bound.some((limit, i) => values[i]! >= limit);
  if (/above|over|more/.test(sort)) return bound.some((limit, i) => values[i]! > limit);
  if (/below|under|less/.test(sort)) return bound.every((limit, i) => values[i]! < limit);
  return bound.every((limit, i) => Math.abs(values[i]! - limit) <= limit * (sort === 'about' ? 0.15 : 0.02));
}

function claims(resources: readonly Resource[]): readonly Claim[] {
  const of = <T extends Resource>(type: T['resourceType']) => resources.filter((one): one is T => one.resourceType === type);
  const endOf = new Map(of<Encounter>('Encounter').map(({ id, period }) => [`Encounter/${id}`, period?.end ?? '9999']));
  const at = (encounter: string | undefined, day: string | undefined) => ({
    encounter,
    by: (encounter && endOf.get(encounter)) ?? `${(day ?? '9999').slice(0, 10)}T23:59:59Z`,
  });
  const orders = of<MedicationRequest>('MedicationRequest');
  return [
    ...of<DocumentReference>('DocumentReference').flatMap((note) =>
      textOf(note)
        .split('\n')
        .flatMap((line) => claimsOf(line, { where: `note ${note.id}`, ...at(note.context?.encounter?.[0]?.reference, note.date) })),
    ),
    ...[...orders, ...of<ServiceRequest>('ServiceRequest')].flatMap((order) =>
      (order.reasonCode ?? []).flatMap(({ text }) =>
        claimsOf(text ?? '', { where: `reason of ${order.id}`, ...at(order.encounter?.reference, order.authoredOn) }),
      ),
    ),
    // A change ends the order before it, on the day of the one that follows.
    ...orders.flatMap((order) => {
      const before = orders.find(({ id }) => order.priorPrescription?.reference === `MedicationRequest/${id}`);
      return claimsOf(before?.statusReason?.text ?? '', {
        where: `end of ${before?.id}`,
        ...at(order.encounter?.reference, order.authoredOn),
      });
    }),
    ...of<Condition>('Condition').flatMap((problem) =>
      (problem.note ?? []).flatMap(({ text }) =>
        claimsOf(text ?? '', { where: `note on ${problem.id}`, ...at(problem.encounter?.reference, problem.recordedDate) }),
      ),
    ),
  ];
}

/** Claims that neither the results of the visit nor, where it has none, the last result before it bear out. */
function contradicted(resources: readonly Resource[]): readonly string[] {
  const observations = resources
    .filter((one): one is Observation => one.resourceType === 'Observation')
    .filter(({ effectiveDateTime }) => effectiveDateTime !== undefined)
    .sort((a, b) => (a.effectiveDateTime! < b.effectiveDateTime! ? -1 : 1));
  return claims(resources).flatMap((claim) => {
    const measured = observations
      .map((one) => ({ one, values: valuesOf(one, claim.test) }))
      .filter(({ one, values }) => values.length >= claim.bound.length && one.effectiveDateTime! <= claim.by);
    const here = /\bago\b/.test(claim.words) ? [] : measured.filter(({ one }) => one.encounter?.reference === claim.encounter);
    const before = measured.filter(({ one }) => one.encounter?.reference !== claim.encounter);
    const told = here.length > 0 ? here : before.slice(-1);
    // Readings of the days before.
    const lately = Date.parse(claim.by) - 7 * 86_400_000;
    const most = /\bmost days\b/.test(claim.words) ? before.filter(({ one }) => Date.parse(one.effectiveDateTime!) > lately) : undefined;
    const fits = most
      ? most.filter(({ values }) => holds(claim, values)).length * 2 > most.length
      : told.some(({ values }) => holds(claim, values));
    return fits ? [] : [`${claim.where}: "${claim.words}", but ${told.map(({ values }) => values.join('/')).join(', ') || 'nothing'}`];
  });
}

const DAYS = ['2026-11-22', '2027-03-15', '2027-08-02'];
describe.each(DAYS.flatMap((asOf) => [1, 2, 3].map((seed) => ({ asOf, seed }))))('the personas of seed $seed on $asOf', (made) => {
  const people = [...generate(made)]
    .filter(({ id }) => id !== 'clinic')
    .map(({ entry }) => (entry ?? []).map(({ resource }) => resource as Resource));
  test('have no threshold in a note or a reason that the results contradict', () => {
    expect(people.flatMap(contradicted)).toEqual([]);
    // So many are read at least: fewer would mean that their words are no longer understood.
    expect(people.flatMap(claims).length).toBeGreaterThan(50);
  });
});
