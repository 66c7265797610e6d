import type { Resource } from '@medplum/fhirtypes';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Validator } from './validation/contract.ts';
import { type Definitions, readDefinitions } from './validation/definitions.ts';
import { EXTENSIONS } from './validation/profiles/extensions.ts';
import { isNpi } from './validation/profiles/us-core-people.ts';
import type { Constraints, ProfileTable } from './validation/rules.ts';
import { SAMPLES, type Sample } from './validation/samples.fixture.ts';
import { children, isObject } from './validation/tree.ts';
import { createValidator, PROFILE_TABLES } from './validation.ts';

let definitions: Definitions;
let validator: Validator;
beforeAll(() => {
  definitions = readDefinitions();
  validator = createValidator(definitions);
});

type Draft = Record<string, unknown>;
const copy = (sample: Sample): Draft => structuredClone(sample) as Draft;
const judge = (draft: Draft) => validator.validate(draft as unknown as Resource);
const sampleOf = (url: string): Sample => SAMPLES.get(url) as Sample;

/** Objects at the owner of a path's last step. */
function ownersIn(draft: Draft, path: string): { readonly owners: readonly Draft[]; readonly last: string } {
  const steps = path.split('.');
  const last = steps.pop() as string;
  let at: readonly unknown[] = [draft];
  for (const step of steps) at = at.flatMap((item) => children({ value: item, path: '' }, step).map(({ value }) => value));
  return { owners: at.filter(isObject), last };
}
function keysOf(owner: Draft, name: string): string[] {
  const stem = name.replace('[x]', '');
  return Object.keys(owner).filter((key) =>
    name.endsWith('[x]') ? key.startsWith(stem) && /^[A-Z]/.test(key.slice(stem.length)) : key === name,
  );
}

/** A draft with one thing wrong, by what the table asks; `rule` and `path` of the fault that must be found. */
interface Mutation {
  readonly what: string;
  readonly rules: readonly string[];
  readonly make: (draft: Draft) => boolean;
}

function mutations(rules: Constraints, inside: (draft: Draft) => readonly Draft[] = (draft) => [draft]): Mutation[] {
  const found: Mutation[] = [];
  const each = (what: string, wanted: readonly string[], path: string, change: (owner: Draft, key: string) => void) =>
    found.push({
      what: `${what} ${path}`,
      rules: wanted,
      make: (draft) => {
        let done = false;
        for (const root of inside(draft)) {
          const { owners, last } = ownersIn(root, path);
          for (const owner of owners)
            for (const key of keysOf(owner, last)) {
              change(owner, key);
              done = true;
            }
        }
        return done;
      },
    });
  for (const path of rules.required ?? []) each('without', ['required'], path, (owner, key) => delete owner[key]);
  for (const path of Object.keys(rules.fixed ?? {}))
    each('with another', ['fixed'], path, (owner, key) => {
      owner[key] = typeof owner[key] === 'string' ? 'other' : { coding: [{ system: 'urn:other', code: 'other' }] };
    });
  for (const path of Object.keys(rules.codes ?? {}))
    each('with a code not allowed in', ['binding'], path, (owner, key) => {
      const value = owner[key];
      if (typeof value === 'string') owner[key] = 'other';
      else
        owner[key] =
          isObject(value) && 'coding' in value ? { coding: [{ system: 'urn:other', code: 'x' }] } : { system: 'urn:other', code: 'x' };
    });
  for (const path of Object.keys(rules.bound ?? {}))
    each('with a code not in the value set of', ['binding'], path, (owner, key) => {
      owner[key] = 'furlong';
    });
  for (const path of Object.keys(rules.types ?? {}))
    each('with another type of', ['type'], path, (owner, key) => {
      delete owner[key];
      owner[`${path.split('.').at(-1)?.replace('[x]', '')}SampledData`] = { origin: { value: 1 }, period: 1, dimensions: 1 };
    });
  for (const [path, most] of Object.entries(rules.atMost ?? {}))
    each('with too many', ['at-most'], path, (owner, key) => {
      const first = Array.isArray(owner[key]) ? (owner[key] as unknown[])[0] : owner[key];
      owner[key] = Array.from({ length: most + 1 }, () => structuredClone(first));
    });
  for (const path of Object.keys(rules.targets ?? {}))
    found.push({
      what: `naming a Basic in ${path}`,
      rules: ['reference'],
      make: (draft) => {
        for (const root of inside(draft)) {
          const { owners, last } = ownersIn(root, path);
          for (const owner of owners) owner[last] = Array.isArray(owner[last]) ? [{ reference: 'Basic/b' }] : { reference: 'Basic/b' };
          if (owners.length > 0) return true;
        }
        return false;
      },
    });
  for (const slice of rules.slices ?? []) {
    const { at, among, on, is, min = 0, max } = slice;
    const member = (value: unknown) => {
      const held = on === undefined ? value : isObject(value) ? value[on] : undefined;
      const codings = isObject(held) ? ((held.coding as Draft[] | undefined) ?? [held]) : [];
      return is === undefined
        ? codings.some(({ system, code }) => among?.includes(`${system}|${code}`))
        : isObject(value) && value[is[0]] === is[1];
    };
    const lists = (draft: Draft) =>
      inside(draft).flatMap((root) => {
        const { owners, last } = ownersIn(root, at);
        return owners.filter((owner) => Array.isArray(owner[last])).map((owner) => ({ owner, last, list: owner[last] as unknown[] }));
      });
    if (min > 0)
      found.push({
        what: `without ${slice.name} in ${at}`,
        rules: ['slice'],
        make: (draft) => {
          for (const { owner, last, list } of lists(draft)) owner[last] = list.filter((value) => !member(value));
          return true;
        },
      });
    if (max !== undefined)
      found.push({
        what: `with too many ${slice.name} in ${at}`,
        rules: ['slice'],
        make: (draft) => {
          let done = false;
          for (const { list } of lists(draft)) {
            const one = list.find(member);
            if (one === undefined) continue;
            for (let count = list.filter(member).length; count <= max; count += 1) list.push(structuredClone(one));
            done = true;
          }
          return done;
        },
      });
    found.push(
      ...mutations(slice, (draft) => lists(draft).flatMap(({ list }) => list.filter(member).filter(isObject))).map((mutation) => ({
        ...mutation,
        what: `${at}:${slice.name} ${mutation.what}`,
      })),
    );
  }
  return found;
}

const set =
  (change: Draft) =>
  (draft: Draft): void => {
    Object.assign(draft, change);
  };
/** What breaks each invariant of the tables. */
const BREAKERS: Readonly<Record<string, (draft: Draft) => void>> = {
  'us-core-1': set({ effectiveDateTime: '2026-03' }),
  'us-core-2': (draft) => {
    for (const key of Object.keys(draft)) if (key.startsWith('value') || key === 'component') delete draft[key];
  },
  'us-core-3': (draft) => {
    for (const key of Object.keys(draft)) if (key.startsWith('value')) delete draft[key];
    draft.valueQuantity = { value: 1, unit: 'mg', system: 'urn:own', code: 'mg' };
  },
  'us-core-4': (draft) => {
    delete draft.valueQuantity;
    draft.valueCodeableConcept = { coding: [{ system: 'urn:own', code: 'pos' }] };
  },
  'vs-1': set({ effectiveDateTime: '2026-03' }),
  'vs-2': (draft) => {
    delete draft.valueQuantity;
    delete draft.component;
  },
  'vs-3': set({ component: [{ code: { text: 'flow' } }] }),
  'us-core-6': (draft) => {
    if (draft.resourceType === 'Patient') draft.name = [{ text: 'Jo Doe' }];
    else draft.content = [{ attachment: { contentType: 'text/plain' } }];
  },
  'us-core-7': (draft) => void delete draft.performedPeriod,
  'us-core-8': (draft) => void delete draft.effectiveDateTime,
  'us-core-9': (draft) => void delete draft.issued,
  'us-core-10': (draft) => void delete draft.effectiveDateTime,
  'us-core-13': (draft) => void delete draft.practitioner,
  'us-core-14': (draft) => void delete draft.name,
  'us-core-15': (draft) => {
    delete draft.identifier;
    delete draft.subscriberId;
  },
  'us-core-16': set({ identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '12345' }] }),
  'us-core-17': set({ identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567890' }] }),
  'us-core-18': set({ identifier: [{ system: 'urn:oid:2.16.840.1.113883.4.7', value: '1234567890' }] }),
  'us-core-19': set({ identifier: [{ system: 'urn:oid:2.16.840.1.113883.6.300', value: '123' }] }),
  'us-core-20': (draft) => void delete draft.whenHandedOver,
  'us-core-21': (draft) => void delete draft.requester,
  'pd-1': (draft) => void delete draft.telecom,
  'provenance-1': set({ agent: [{ who: { reference: 'Practitioner/d' } }] }),
  binding: set({ type: { text: 'a note' } }),
  'mcode-reason-required': (draft) => void delete draft.reasonReference,
  'termination-reason-invariant': (draft) => {
    draft.status = draft.resourceType === 'Procedure' ? 'in-progress' : 'active';
    draft.statusReason = { coding: [{ system: 'http://snomed.info/sct', code: '407563006' }] };
  },
  'termination-reason-code-invariant': (draft) => {
    draft.status = 'stopped';
    draft.statusReason = { coding: [{ system: 'http://snomed.info/sct', code: '1' }] };
  },
  'mcode-techniques-for-modality': set({
    extension: [
      {
        url: 'http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-radiotherapy-modality-and-technique',
        extension: [
          {
            url: 'http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-radiotherapy-modality',
            valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '169359004' }] },
          },
          {
            url: 'http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-radiotherapy-technique',
            valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '441799006' }] },
          },
        ],
      },
    ],
  }),
  'mcode-description-or-id-required': (draft) => void delete draft.description,
  'must-have-focus-or-specimen-invariant': (draft) => void delete draft.specimen,
};

function lineage(table: ProfileTable): readonly ProfileTable[] {
  return table.parent === undefined ? [table] : [table, ...lineage(table.parent)];
}

describe.each(PROFILE_TABLES.map((table) => [table.url.slice(table.url.lastIndexOf('/') + 1), table] as const))('%s', (_, table) => {
  it('accepts a valid resource', () => {
    expect(judge(copy(sampleOf(table.url)))).toEqual([]);
  });

  it.each(lineage(table).flatMap((at) => mutations(at).map((mutation) => [mutation.what, mutation] as const)))(
    'refuses one %s',
    (_what, { rules, make }) => {
      const draft = copy(sampleOf(table.url));
      // What the sample does not hold is broken in the sample of the profile that asks for it, or nowhere.
      if (!make(draft)) return;
      expect(judge(draft).filter(({ rule, profile, by }) => rules.includes(rule) && profile === table.url && by === 'table')).not.toEqual(
        [],
      );
    },
  );

  it.each(lineage(table).flatMap(({ invariants }) => (invariants ?? []).map(({ key }) => [key])))('holds %s', (key) => {
    const draft = copy(sampleOf(table.url));
    const breaker = BREAKERS[key];
    if (breaker === undefined) throw new Error(`nothing here breaks ${key}`);
    breaker(draft);
    expect(judge(draft).filter(({ rule, profile }) => rule === key && profile === table.url)).not.toEqual([]);
  });
});

describe('the mutations', () => {
  it('bite: what is required, fixed, bound or counted by a profile is there in some sample', () => {
    const idle = PROFILE_TABLES.flatMap((table) =>
      mutations(table)
        .filter(({ make }) => !make(copy(sampleOf(table.url))))
        .map(({ what }) => `${table.type}: ${what}`),
    );
    expect(idle).toEqual([]);
  });
});

describe('extensions', () => {
  const carriers = [...SAMPLES.values()];
  const everyExtension = (value: unknown, url: string): Draft[] =>
    Array.isArray(value)
      ? value.flatMap((item) => everyExtension(item, url))
      : isObject(value)
        ? [...(value.url === url ? [value] : []), ...Object.values(value).flatMap((item) => everyExtension(item, url))]
        : [];
  const held = EXTENSIONS.filter(({ url }) => carriers.some((sample) => everyExtension(sample, url).length > 0));

  it.each(
    held.flatMap((table) =>
      mutations(table, (draft) => everyExtension(draft, table.url)).map(({ what, ...rest }) => [table.url, what, rest] as const),
    ),
  )('%s is refused %s', (url, _what, { rules, make }) => {
    const draft = copy(carriers.find((sample) => everyExtension(sample, url).length > 0) as Sample);
    if (!make(draft)) return;
    expect(judge(draft).filter((fault) => rules.includes(fault.rule) && fault.profile === url)).not.toEqual([]);
  });
  it('are reported where nobody can check them', () => {
    const draft = { ...copy(sampleOf(PROFILE_TABLES[0]?.url as string)), extension: [{ url: 'http://example.org/x', valueString: 'y' }] };
    expect(judge(draft).map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['warning unknown-extension']);
  });
});

describe('base R4', () => {
  const url = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-condition-problems-health-concerns';
  const plain = (): Draft => ({ ...copy(sampleOf(url)), meta: { versionId: '1' } });
  const rulesOf = (draft: Draft) => judge(draft).map(({ rule, path }) => `${rule} ${path}`);

  it.each([
    ['an unknown element', { nickname: 'x' }, 'structure Condition.nickname'],
    ['a missing element', { subject: undefined }, 'required Condition.subject'],
    [
      'a code that is not of a required value set',
      { clinicalStatus: { coding: [{ system: 'urn:x', code: 'active' }] } },
      'binding Condition.clinicalStatus',
    ],
    ['a text where a required value set is bound', { clinicalStatus: { text: 'active' } }, 'binding Condition.clinicalStatus'],
    ['an invariant', { abatementDateTime: '2026-01-01' }, 'con-4 Condition'],
    ['a reference to another type', { encounter: { reference: 'Observation/o' } }, 'reference Condition.encounter'],
    ['a quantity with a code and no system', { onsetAge: { value: 40, code: 'a' } }, 'qty-3 Condition.onsetAge'],
  ])('reports %s', (_what, change, wanted) => {
    expect(rulesOf({ ...plain(), ...change })).toContain(wanted);
  });
  it('reports a reference by urn to another type, where the bundle tells it', () => {
    const draft = { ...plain(), encounter: { reference: 'urn:uuid:1' } } as unknown as Resource;
    expect(validator.validate(draft).map(({ rule }) => rule)).toEqual([]);
    expect(
      validator
        .validate(draft, (named) => (named === 'urn:uuid:1' ? ({ resourceType: 'Basic' } as Resource) : undefined))
        .map(({ rule }) => rule),
    ).toEqual(['reference']);
  });
  it('reports what is empty, wherever it stands', () => {
    const rules = (more: Record<string, unknown>) =>
      validator.validate({ ...plain(), ...more } as unknown as Resource).map(({ path, message }) => `${path} ${message}`);
    expect(rules({})).toEqual([]);
    expect(rules({ note: [] })).toContain(`${plain().resourceType}.note is empty`);
    expect(rules({ code: { coding: [{}], text: 'x' } })).toContain(`${plain().resourceType}.code.coding is empty`);
    expect(rules({ code: { text: '' } })).toContain(`${plain().resourceType}.code.text is empty`);
  });
  it('reports what is no media type and no currency', () => {
    const note = copy(sampleOf('http://hl7.org/fhir/us/core/StructureDefinition/us-core-documentreference'));
    const content = (contentType: string) => ({
      ...note,
      meta: { versionId: '1' },
      content: [{ attachment: { contentType, data: 'Tm90ZQ==' } }],
    });
    expect(rulesOf(content('text/plain;charset=utf-8'))).toEqual([]);
    expect(rulesOf(content('plain'))).toEqual(['binding DocumentReference.content[0].attachment.contentType']);
    const account = (currency: string) => ({
      resourceType: 'ChargeItem',
      status: 'billable',
      code: { text: 'x' },
      subject: { reference: 'Patient/p' },
      priceOverride: { value: 1, currency },
    });
    expect(rulesOf(account('USD'))).toEqual([]);
    expect(rulesOf(account('Dollar'))).toEqual(['binding ChargeItem.priceOverride.currency']);
  });
  it('reports a bare code outside its required value set', () => {
    const goal = {
      ...copy(sampleOf('http://hl7.org/fhir/us/core/StructureDefinition/us-core-goal')),
      meta: { versionId: '1' },
      lifecycleStatus: 'bogus',
    };
    expect(rulesOf(goal)).toEqual(['binding Goal.lifecycleStatus']);
  });
});

describe('what cannot be checked', () => {
  it('is named: no required value set that the samples meet goes unexpanded', () => {
    for (const sample of SAMPLES.values()) judge(copy(sample));
    expect(validator.unexpanded()).toEqual([]);
  });
});

describe('profiles', () => {
  it('that nobody can check are reported, never passed', () => {
    const draft = { resourceType: 'Basic', code: { text: 'x' }, meta: { profile: ['http://example.org/own'] } };
    expect(judge(draft).map(({ rule }) => rule)).toEqual(['unknown-profile']);
    expect(validator.checkedBy('http://example.org/own')).toBe('nobody');
  });
  it('that the library cannot read are checked by nobody', () => {
    expect(validator.checkedBy('http://hl7.org/fhir/StructureDefinition/familymemberhistory-genetic')).toBe('nobody');
  });
  it('are checked by the package, by our table, or by both', () => {
    const by = (name: string) => validator.checkedBy(`http://hl7.org/fhir/us/core/StructureDefinition/${name}`);
    expect([by('us-core-patient'), by('us-core-goal'), validator.checkedBy('http://hl7.org/fhir/StructureDefinition/bodyweight')]).toEqual([
      'both',
      'table',
      'package',
    ]);
  });
  it('of another type are refused', () => {
    const draft = { ...copy(sampleOf('http://hl7.org/fhir/us/core/StructureDefinition/us-core-goal')), resourceType: 'Condition' };
    expect(judge(draft).map(({ rule }) => rule)).toContain('type');
  });
  it.each(['bodyweight', 'bodyheight', 'bmi', 'bodytemp', 'heartrate', 'resprate', 'oxygensat', 'headcircum'])(
    'of R4 (%s) are checked by the package',
    (name) => {
      const sample = sampleOf('http://hl7.org/fhir/us/core/StructureDefinition/us-core-goal');
      const draft = { ...copy(sample), meta: { profile: [`http://hl7.org/fhir/StructureDefinition/${name}`] } };
      expect(judge(draft).map(({ rule, by }) => `${rule} ${by}`)).toContain('type package');
    },
  );
});

it.each([
  ['1234567893', true],
  ['1234567890', false],
  ['123456789', false],
  ['12345678931', false],
])('NPI %s', (value, right) => {
  expect(isNpi(value)).toBe(right);
});
