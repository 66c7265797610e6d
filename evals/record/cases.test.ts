import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AskResult } from '../../agents/contract.ts';
import type { RawPatient } from '../contract.ts';
import { readRawData } from '../raw-data.ts';
import { casesOf } from './cases.ts';
import type { Expectation, Point, RecordCase, Thing } from './expectation.ts';
import { grade } from './grader.ts';
import { SAMPLE_RECORD } from './sample-record.ts';
import { FOLLOW_UPS, PAIRS, PREMISES, WORDINGS } from './wordings.ts';

const NOW = '2026-06-01T12:00:00Z';
let folder = '';
let patient: RawPatient;
let cases: readonly RecordCase[];
const of = (kind: string) => cases.filter((c) => c.kind === kind);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'record-cases-'));
  await writeFile(join(folder, 'a.json'), JSON.stringify(SAMPLE_RECORD));
  const data = await readRawData(folder);
  if (!data.ok) throw new Error(data.fault.message);
  patient = data.patients[0] as RawPatient;
  cases = casesOf(patient, { seed: 1, now: NOW });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('questions made from a record', () => {
  it('are many, each with an id of its own, and the same every time', () => {
    expect(cases.length).toBeGreaterThanOrEqual(25);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(casesOf(patient, { seed: 1, now: NOW })).toEqual(cases);
    expect(casesOf(patient, { seed: 2, now: NOW }).map(({ turns }) => turns)).not.toEqual(cases.map(({ turns }) => turns));
  });
  it('leave no placeholder unfilled', () => {
    expect(cases.flatMap(({ turns }) => turns).filter((turn) => /[{}]|undefined/.test(turn))).toEqual([]);
  });
  it('take either of two results at the latest time, none in error', () => {
    const accepted = new Set<number>();
    for (let seed = 1; seed < 12; seed++) {
      for (const { kind, expected } of casesOf(patient, { seed, now: NOW })) {
        if (kind !== 'latest' || expected.type !== 'value' || !expected.thing.names.includes('potassium')) continue;
        for (const point of expected.accepted) accepted.add(point.value);
      }
    }
    expect([...accepted].sort()).toEqual([4.9, 5]);
  });
  it('ask nothing about a test whose newest result has no value', () => {
    for (let seed = 1; seed < 12; seed++) {
      const asked = casesOf(patient, { seed, now: NOW }).flatMap(({ turns }) => turns);
      expect(asked.filter((turn) => /\bTSH|thyroid stim/i.test(turn))).toEqual([]);
    }
  });
  it('ask nothing about pressures where one number is missing', () => {
    const half = structuredClone(patient.resources.find(({ id }) => id === 'bp2')) as unknown as {
      component: { valueQuantity?: unknown }[];
    };
    delete half.component[1]?.valueQuantity;
    const resources = [...patient.resources, { ...half, resourceType: 'Observation', id: 'bp3', effectiveDateTime: '2026-01-05' }];
    for (let seed = 1; seed < 6; seed++) {
      const asked = casesOf({ ...patient, resources }, { seed, now: NOW });
      expect(asked.filter(({ expected }) => JSON.stringify(expected).includes('iastolic'))).toEqual([]);
      expect(asked.filter(({ kind }) => kind === 'pressure')).toEqual([]);
    }
  });
  it('know active, past and doubtful problems apart', () => {
    expect(of('hasCondition').map(({ expected }) => expected)).toMatchObject([{ yes: true, thing: { ids: ['Condition/h'] } }]);
    expect(of('hadCondition').map(({ expected }) => expected)).toMatchObject([{ yes: true, thing: { ids: ['Condition/b'] } }]);
    expect(of('activeProblems')).toEqual([]);
    expect(cases.some(({ turns }) => /gout/i.test(turns.join()))).toBe(false);
  });
  it('know a drug that is taken from one that was stopped', () => {
    expect(of('takesDrug').map(({ expected }) => expected)).toMatchObject([{ yes: true, thing: { ids: ['MedicationRequest/m1'] } }]);
    expect(of('takesDrug-stopped').map(({ expected }) => expected)).toMatchObject([{ yes: false }]);
    expect(of('currentMeds').map(({ expected }) => expected)).toMatchObject([{ items: [{ ids: ['MedicationRequest/m1'] }] }]);
    expect(of('drugReason').map(({ expected }) => expected)).toMatchObject([
      { accepted: [{ ids: ['Condition/h', 'MedicationRequest/m1'] }] },
    ]);
  });
  it('call only that absent which stands nowhere in the record', () => {
    for (const { turns } of cases.filter(({ kind }) => kind.endsWith('-absent'))) {
      expect(turns.join()).not.toMatch(/lisinopril|Zestril|naproxen|Aleve|hypertension|HTN|bronchitis|potassium|weight|gout/i);
    }
  });
  it('see a clear trend only where all agree', () => {
    const seen = new Set<string>();
    for (let seed = 1; seed < 12; seed++) {
      for (const { kind, expected } of casesOf(patient, { seed, now: NOW })) {
        if (kind === 'change' && expected.type === 'direction') seen.add(`${expected.thing.names[0]} ${expected.direction}`);
      }
    }
    expect([...seen]).toEqual(['weight up']);
  });
  it('ask for declining, asking back and correcting', () => {
    expect(of('otherPerson')[0]?.expected).toEqual({ type: 'status', accepted: ['declined'] });
    expect(of('premise-stopped')[0]?.expected).toMatchObject({ truth: 'active' });
    expect(of('followUp-why')[0]?.turns).toHaveLength(2);
  });
});

describe('the grader on these questions', () => {
  it('takes a plain right answer to each', () => {
    const refused = cases.flatMap((c) => {
      const graded = grade(c.expected, truth(c.expected));
      return graded.correct ? [] : [[c.kind, graded.why]];
    });
    expect(refused).toEqual([]);
  });
  it('fails a false answer to each, and says that it is shown as fact', () => {
    const passed = cases.flatMap((c) => {
      const lie = falsehood(c.expected);
      const graded = lie === undefined ? undefined : grade(c.expected, lie);
      return graded === undefined || (!graded.correct && graded.wrong.length > 0) ? [] : [[c.kind, lie?.claims[0]?.text, graded.why]];
    });
    expect(passed).toEqual([]);
  });
  it('fails silence and an answer without support', () => {
    for (const { kind, expected } of cases.filter(({ expected: { type } }) => type !== 'status')) {
      expect([kind, grade(expected, reply('clarify')).correct]).toEqual([kind, false]);
      const said = truth(expected);
      if (said.status !== 'answered') continue;
      const unsure: AskResult = { ...said, claims: said.claims.map((claim) => ({ ...claim, verdict: 'unverified' })) };
      expect([kind, grade(expected, unsure).correct]).toEqual([kind, false]);
    }
  });
});

function reply(status: AskResult['status'], ...said: readonly (readonly [string, readonly string[]])[]): AskResult {
  return {
    id: 'm',
    status,
    ms: 1,
    claims: said.map(([text, citations]) => ({ text, citations, verdict: 'supported', checks: [] })),
    evidence: said.flatMap(([, ids]) => ids).map((id) => ({ id, kind: 'record', label: id, text: id, source: id, facts: [] })),
  };
}
const show = (p: Point) => `${Number(p.value.toFixed(2))}${p.second === undefined ? '' : `/${Math.round(p.second)}`} ${p.unit ?? ''}`;
const of1 = (t: Thing) => t.names[0] ?? '';
const NOTHING: Point = { value: 0, date: '', ids: [] };

/** What a plain speaker who knows the record would say. */
function truth(e: Expectation): AskResult {
  switch (e.type) {
    case 'value': {
      const point = e.accepted[0] ?? NOTHING;
      return reply('answered', [`${of1(e.thing)} was ${show(point)} on ${point.date.slice(0, 10)}.`, point.ids]);
    }
    case 'range': {
      const [low = NOTHING, high = NOTHING] = [e.low[0], e.high[0]];
      return reply('answered', [`${of1(e.thing)} was between ${show(low)} and ${show(high)}.`, [...low.ids, ...high.ids]]);
    }
    case 'direction': {
      const [earlier = NOTHING, later = NOTHING] = [e.earlier[0], e.later[0]];
      const verb = { up: 'rose', down: 'fell', flat: 'was stable', unclear: 'fluctuated' }[e.direction];
      return reply('answered', [`${of1(e.thing)} ${verb} from ${show(earlier)} to ${show(later)}.`, [...earlier.ids, ...later.ids]]);
    }
    case 'count':
      return reply('answered', [`The number is ${e.accepted[0]}.`, e.thing.ids.length > 0 ? e.thing.ids : ['search/all']]);
    case 'polarity':
      if (e.yes) return reply('answered', [`Yes, ${of1(e.thing)} is recorded as active.`, e.thing.ids]);
      return e.absent
        ? reply('not-recorded', [`No ${of1(e.thing)} is recorded.`, ['search/x']])
        : reply('answered', [`No, not now: ${of1(e.thing)}.`, e.thing.ids]);
    case 'date':
      return reply('answered', [`${of1(e.thing)}: ${e.accepted[0]?.slice(0, 10)}.`, e.thing.ids]);
    case 'list':
      return reply('answered', [e.items.map(of1).join(', '), e.items.flatMap(({ ids }) => ids)]);
    case 'reason':
      return reply('answered', [`For ${of1(e.accepted[0] ?? { names: [], ids: [] })}.`, e.accepted[0]?.ids ?? []]);
    case 'no-reason':
      return reply('answered', [`No reason is recorded for ${of1(e.thing)}.`, e.thing.ids]);
    case 'state':
      return reply('answered', [`${of1(e.thing)} is ${e.over ? 'resolved' : 'active'}.`, e.thing.ids]);
    case 'dose':
      return reply('answered', [`${of1(e.thing)} ${e.accepted[0]?.value} ${e.accepted[0]?.unit}`, e.thing.ids]);
    case 'words':
      return reply('answered', ['Never smoker.', e.thing.ids]);
    case 'not-recorded':
      return reply('not-recorded', [`No ${of1(e.thing)} is recorded.`, ['search/x']]);
    case 'premise':
      return e.truth === 'absent'
        ? reply('not-recorded', [`No ${of1(e.thing)} is recorded.`, ['search/x']])
        : reply('answered', [`${of1(e.thing)} is still active.`, e.thing.ids]);
    case 'status':
      return reply(e.accepted[0] as AskResult['status']);
    case 'both': {
      const parts = e.parts.map(truth);
      return { ...reply('answered'), claims: parts.flatMap(({ claims }) => claims), evidence: parts.flatMap(({ evidence }) => evidence) };
    }
  }
}

/** The same speaker, wrong in what was asked. */
function falsehood(e: Expectation): AskResult | undefined {
  const off = (p: Point): Point => ({ ...p, value: p.value * 1.31 + 7, ...(p.second === undefined ? {} : { second: p.second + 40 }) });
  switch (e.type) {
    case 'value':
      return truth({ ...e, accepted: e.accepted.map(off) });
    case 'range':
      return truth({ ...e, low: e.low.map(off), high: e.high.map(off) });
    case 'direction':
      return e.direction === 'up' || e.direction === 'down' ? truth({ ...e, direction: e.direction === 'up' ? 'down' : 'up' }) : undefined;
    case 'count':
      return truth({ ...e, accepted: e.accepted.map((n) => n + 3) });
    case 'polarity':
      return e.yes
        ? reply('answered', [`No, ${of1(e.thing)} is not recorded.`, ['search/x']])
        : reply('answered', [`Yes, ${of1(e.thing)} is active.`, ['Condition/x']]);
    case 'date':
      return reply('answered', [`${of1(e.thing)}: 1999-12-31.`, e.thing.ids]);
    case 'list':
      return e.foreign.length === 0 ? undefined : truth({ ...e, items: [...e.items, ...e.foreign] });
    case 'reason':
      return e.others.length === 0 ? undefined : truth({ ...e, accepted: e.others });
    case 'no-reason':
      return reply('answered', [`${of1(e.thing)} is taken for ${of1(e.others[0] ?? { names: [], ids: [] })}.`, e.thing.ids]);
    case 'state':
      return truth({ ...e, over: !e.over });
    case 'dose':
      return truth({ ...e, accepted: e.accepted.map((d) => ({ ...d, value: d.value * 2 })) });
    case 'words':
      return reply('answered', ['Current every day smoker.', e.thing.ids]);
    case 'not-recorded':
      return reply('answered', [`${of1(e.thing)} was 5 mg/dL.`, ['Observation/x']]);
    case 'premise':
      return reply('answered', [`${of1(e.thing)} was stopped on 3 May 2014.`, ['Condition/x']]);
    case 'status':
      return reply('answered', ['Potassium was 4.1 mmol/L.', ['Observation/x']]);
    case 'both': {
      const parts = e.parts.map((part, i) => (i === 0 ? (falsehood(part) ?? truth(part)) : truth(part)));
      return { ...reply('answered'), claims: parts.flatMap(({ claims }) => claims), evidence: parts.flatMap(({ evidence }) => evidence) };
    }
  }
}

describe('wordings', () => {
  it('are at least eight a kind in the first set, six in the second, all different', () => {
    for (const [kind, { first, second }] of Object.entries({ ...WORDINGS, ...FOLLOW_UPS, ...PREMISES, ...PAIRS })) {
      expect([kind, first.length >= 8, second.length >= 6]).toEqual([kind, true, true]);
      expect([kind, new Set([...first, ...second].map((w) => w.toLowerCase())).size]).toEqual([kind, first.length + second.length]);
    }
  });
});
