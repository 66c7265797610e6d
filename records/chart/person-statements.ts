import type { Chart, Fact } from '../contract.ts';

/** What is asked of a person, by the details of the patient's fact that state it. A name stands in no detail. */
const STATED: Readonly<Record<string, readonly string[]>> = {
  name: ['name'],
  age: ['birthDate'],
  'birth-date': ['birthDate'],
  gender: ['gender', 'birthSex', 'genderIdentity'],
  deceased: ['deceased'],
  address: ['address'],
  phone: ['phone'],
  email: ['email'],
  language: ['language'],
  'marital-status': ['maritalStatus'],
  race: ['race'],
  ethnicity: ['ethnicity'],
  'birth-place': ['birthPlace'],
};

const LABEL: Readonly<Record<string, string>> = {
  birthDate: 'born',
  birthSex: 'birth sex',
  genderIdentity: 'gender identity',
  deceased: 'died',
  maritalStatus: 'marital status',
  birthPlace: 'place of birth',
};

/** Two statements of one thing about the person that cannot be read as the same. */
export interface Disagreement {
  /** The merged record's fact. */
  readonly fact: Fact;
  /** "gender female, and in a record that was merged into this one male" */
  readonly text: string;
  /** Her own record states it too, and otherwise. */
  readonly given: boolean;
}

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Lists ("413-555-0119 (mobile), 413-555-0120") by their items, numbers by their digits. */
const itemsOf = (key: string, text: string): readonly string[] =>
  key === 'phone'
    ? text.split(',').map((item) => item.replace(/\D/g, ''))
    : key === 'email'
      ? text.split(',').map((item) =>
          item
            .replace(/\(.*?\)/g, '')
            .trim()
            .toLowerCase(),
        )
      : [folded(text)];

/** A middle name or a country left out makes no other name or address. */
function within(one: string, other: string): boolean {
  const words = folded(other).split(' ');
  return folded(one)
    .split(' ')
    .every((word) => words.includes(word));
}

/** A date that is only known to the year or month agrees with one within it; nothing is said by "unknown". */
function agree(key: string, own: readonly string[], merged: string): boolean {
  if (/^(?:unknown|unk|asku)$/i.test(merged) || own.some((text) => /^(?:unknown|unk|asku)$/i.test(text))) return true;
  if (key === 'birthDate' || key === 'deceased') return own.some((text) => text.endsWith(merged) || merged.endsWith(text));
  if (key === 'name' || key === 'address') return own.some((text) => within(text, merged) || within(merged, text));
  const known = own.flatMap((text) => itemsOf(key, text));
  return itemsOf(key, merged).every((item) => known.includes(item));
}

const MERGED = 'merged record of ';

const valuesOf = (fact: Fact, key: string): readonly string[] =>
  key === 'name' ? [fact.name.replace(MERGED, '')] : fact.details?.[key] ? [fact.details[key]] : [];

/**
 * What records that were merged into the patient's say otherwise of her, for one of the fields that can be asked for or for all of them. A death is also
 * told where her own record is silent, a single field also where it gives nothing; for `all` both must state it.
 */
export function disagreements(chart: Pick<Chart, 'facts'> & Partial<Pick<Chart, 'patient'>>, field: string): readonly Disagreement[] {
  const people = chart.facts.filter((fact) => fact.kind === 'patient' && fact.details?.relationship === undefined);
  const own = people.find((fact) => fact.details?.merged === undefined);
  if (own === undefined) return [];
  const keys = field === 'all' ? [...new Set(Object.values(STATED).flat())] : (STATED[field] ?? []);
  return people
    .filter((fact) => fact.details?.merged !== undefined)
    .flatMap((merged) =>
      keys.flatMap((key) => {
        const [said] = valuesOf(merged, key);
        const mine = [...valuesOf(own, key), ...(key === 'name' ? (chart.patient?.otherNames ?? []) : [])];
        if (said === undefined || agree(key, mine, said) || (mine.length === 0 && field === 'all' && key !== 'deceased')) return [];
        const text = `${LABEL[key] ?? key} ${mine[0] ?? 'not recorded'}, and in a record that was merged into this one ${said}`;
        return [{ fact: merged, text, given: mine.length > 0 }];
      }),
    );
}
