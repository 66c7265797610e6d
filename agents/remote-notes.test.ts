import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose, type Rounds } from '../compose.ts';
import { parseConfig } from '../config.ts';
import { CHART_TYPES } from '../records/chart/chart.ts';
import type { FhirResource } from '../records/contract.ts';
import { type FhirServer, serveFhir } from '../records/sandbox/serve.ts';

/** The whole product before a FHIR server that keeps notes beside the documents that name them. */
const coded = (system: string, code: string, text: string) => ({ coding: [{ system, code, display: text }], text });
const document = (id: string, patient: string, contentType: string) => ({
  resourceType: 'DocumentReference',
  id,
  status: 'current',
  subject: { reference: `Patient/${patient}` },
  date: '2026-05-01T09:00:00Z',
  type: coded('http://loinc.org', '11506-3', 'Progress note'),
  content: [{ attachment: { contentType, url: `Binary/${id}` } }],
});
const RESOURCES: readonly FhirResource[] = [
  ...['ann', 'bob'].flatMap((patient) => [
    { resourceType: 'Patient', id: patient, name: [{ family: 'Quill', given: [patient] }], gender: 'female', birthDate: '1960-02-03' },
    ...['metformin', 'ramipril'].map((drug, i) => ({
      resourceType: 'MedicationRequest',
      id: `${patient}-${drug}`,
      status: 'active',
      intent: 'order',
      subject: { reference: `Patient/${patient}` },
      authoredOn: '2026-05-01',
      medicationCodeableConcept: coded('http://www.nlm.nih.gov/research/umls/rxnorm', ['6809', '35296'][i]!, drug),
    })),
  ]),
  document('read', 'ann', 'text/plain'),
  document('pdf', 'bob', 'application/pdf'),
  {
    resourceType: 'Binary',
    id: 'read',
    contentType: 'text/plain',
    data: Buffer.from('She is allergic to penicillin: a rash in 2019.').toString('base64'),
  },
];

let dataDir: string;
let server: FhirServer;
let rounds: Rounds;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rounds-notes-'));
  const said = (body: FhirResource, status = 200) => ({ status, headers: { 'content-type': 'application/fhir+json' }, body });
  server = await serveFhir(async ({ path, params }) => {
    const [type = '', id] = path.split('/');
    if (type === 'metadata')
      return said({
        resourceType: 'CapabilityStatement',
        fhirVersion: '4.0.1',
        rest: [{ mode: 'server', resource: ['Patient', ...CHART_TYPES].map((one) => ({ type: one, searchParam: [{ name: 'patient' }] })) }],
      });
    const own = RESOURCES.filter(({ resourceType }) => resourceType === type);
    if (id !== undefined) {
      const one = own.find((resource) => resource.id === id);
      return one ? said(one) : said({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found' }] }, 404);
    }
    const patient = params.find(([name]) => name === 'patient')?.[1];
    const found = own.filter(({ subject }) => (subject as { reference: string } | undefined)?.reference === `Patient/${patient}`);
    return said({ resourceType: 'Bundle', type: 'searchset', total: found.length, entry: found.map((resource) => ({ resource })) });
  });
  rounds = await compose(
    parseConfig({ DATA_DIR: dataDir, FHIR_BASE_URL: server.baseUrl.href.replace(/\/$/, ''), FHIR_TIMEOUT_SECONDS: '2' }),
    { clock: () => new Date('2026-11-21T12:00:00Z') },
  );
}, 60_000);
afterAll(async () => {
  await rounds?.close();
  await server?.close();
  await rm(dataDir, { recursive: true, force: true });
});
const ask = async (patient: string, question: string) => {
  const { status, claims, notes } = await rounds.ask({ patient, question });
  return { status, said: claims.map(({ text }) => text).join('\n'), told: (notes ?? []).join('\n') };
};
const UNREAD = '1 note could not be read from the FHIR server (a PDF): what is said here does not cover it.';

test.each(['Do the notes mention penicillin?', 'Is she allergic to penicillin?', 'any allergies?'])(
  '%s: of a note that was not read, nothing is absent',
  async (question) => {
    const [read, unread] = [await ask('ann', question), await ask('bob', question)];
    expect([unread.status, unread.said, unread.told]).toEqual(['not-read', '', expect.stringContaining(UNREAD)]);
    if (question.includes('notes')) expect(read.said).toMatch(/allergic to penicillin/);
  },
);

test('what is recorded is told as ever, also how many there are', async () => {
  expect(await ask('bob', 'Is she on metformin?')).toMatchObject({ status: 'answered', said: expect.stringMatching(/^Yes: metformin/i) });
  expect((await ask('bob', 'How many medications does she take?')).said).toMatch(/^2 /);
});

test('a denial is not checked against notes that were not read', async () => {
  const text = 'She has no penicillin allergy. She takes metformin. No stroke is recorded.';
  const { claims, notes } = await rounds.verify({ patient: 'bob', text });
  expect(claims.map(({ verdict }) => verdict)).toEqual(['unverified', 'supported', 'unverified']);
  expect(claims[0]!.checks[0]!.reason).toContain('not read from the FHIR server: 1 note (a PDF)');
  expect(notes?.join('\n')).toContain(UNREAD);
});
