import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { attachmentText } from '../chart/attachments.ts';
import type { FhirResource } from '../contract.ts';
import { type Asked, bundle, of, type Said, serve, statement } from './odd-server.fixture.ts';

/** Notes whose words do not stand in them: read where they can be, else counted with the reason. */
const WORDS = 'Penicillin: rash in 2019.';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const note = (id: string, attachment: object, more: object = {}): FhirResource =>
  of('DocumentReference', id, 'ann', { status: 'current', type: { text: 'Progress note' }, content: [{ attachment }], ...more });
const binary = (id: string, text: string, more: object = {}): Said => ({
  body: { resourceType: 'Binary', id, contentType: 'text/plain', data: base64(text), ...more },
});
const plain = (url: string) => ({ contentType: 'text/plain', url });

async function read(documents: readonly FhirResource[], binaries: (asked: Asked) => Said | undefined = () => undefined) {
  const { store, asked } = await serve(
    (one) =>
      one.path === 'metadata'
        ? { body: statement({}, ['Patient', 'DocumentReference']) }
        : one.path === 'DocumentReference'
          ? { body: bundle(documents.map((document) => JSON.parse(JSON.stringify(document).replaceAll('ORIGIN', one.origin)))) }
          : one.path.startsWith('Binary/')
            ? binaries(one)
            : undefined,
    { types: ['DocumentReference'] },
  );
  const { resources, gaps } = await store.everything('ann');
  const texts = resources.slice(1).map((one) => {
    const contents = one.content as readonly { readonly attachment: unknown }[];
    return contents.map(({ attachment }) => attachmentText(attachment)).find((text) => text !== undefined);
  });
  return { store, texts, gaps, asked: asked.filter(({ path }) => path.startsWith('Binary/')) };
}

test.each(['Binary/b', 'ORIGIN/r4/Binary/b', 'Binary/b/_history/2'])('%s is read', async (url) => {
  const { texts, gaps, asked } = await read([note('n', plain(url))], () => binary('b', WORDS));
  expect([texts, gaps, asked.map(({ path }) => path)]).toEqual([[WORDS], [], [url.replace('ORIGIN/r4/', '')]]);
});

test('so is one that comes as it is, and not in a resource', async () => {
  const { texts, gaps } = await read([note('n', plain('Binary/b'))], () => ({
    headers: { 'content-type': 'text/plain; charset=iso-8859-1' },
    body: WORDS,
  }));
  expect([texts, gaps]).toEqual([[WORDS], []]);
});

test('of a document in several formats the one that can be read is', async () => {
  const content = [{ attachment: { contentType: 'application/pdf', url: 'Binary/p' } }, { attachment: plain('Binary/b') }];
  const { texts, gaps, asked } = await read([note('n', {}, { content })], () => binary('b', WORDS));
  expect([texts, gaps, asked]).toEqual([[WORDS], [], [expect.objectContaining({ path: 'Binary/b' })]]);
});

test.each<[string, object, Said | undefined, string, number]>([
  ['a PDF', { contentType: 'application/pdf', url: 'Binary/b' }, undefined, 'a PDF', 0],
  ['a PDF inside it', { contentType: 'application/pdf', data: base64('%PDF') }, undefined, 'a PDF', 0],
  ['one that is called text and is a PDF', plain('Binary/b'), binary('b', '%PDF', { contentType: 'application/pdf' }), 'a PDF', 1],
  ['another server', plain('https://other.example/fhir/Binary/b'), undefined, 'kept at an address of another kind', 0],
  ['no address', { title: 'Letter' }, undefined, 'without its text', 0],
  ['a size beyond the bound', { ...plain('Binary/b'), size: 5_000_000 }, undefined, 'larger than 1 MB', 0],
  ['more than it says', plain('Binary/b'), binary('b', 'x'.repeat(1_100_000)), 'larger than 1 MB', 1],
  ['more than is kept', plain('Binary/b'), binary('b', 'word '.repeat(5_000)), 'longer than 20000 characters', 1],
  ['a refusal', plain('Binary/b'), { status: 403, body: '' }, '403 not permitted', 1],
  ['a fault', plain('Binary/b'), { status: 500, body: '' }, 'the server fails with 500', 2],
  ['another resource', plain('Binary/b'), binary('c', WORDS), 'answered with another resource', 1],
  [
    'one of another patient',
    plain('Binary/b'),
    binary('b', WORDS, { securityContext: { reference: 'Patient/bob' } }),
    'kept as that of another patient',
    1,
  ],
  ['nothing', plain('Binary/b'), binary('b', ''), 'empty', 1],
])('%s is counted, with the reason', async (_, attachment, said, why, most) => {
  const { texts, gaps, asked } = await read(
    [note('n', attachment), note('m', { contentType: 'text/plain', data: base64('Well.') })],
    () => said,
  );
  expect(gaps).toEqual([{ type: 'Binary', why, count: 1 }]);
  expect([texts[1], asked.length <= most]).toEqual(['Well.', true]);
  expect(JSON.stringify(texts)).not.toMatch(/Penicillin|PDF/);
});

test('the newest are read, and of the others it is said that they were not', async () => {
  const notes = Array.from({ length: 53 }, (_, i) =>
    note(`n${i}`, plain(`Binary/b${i}`), { date: `2026-01-01T00:${String(i).padStart(2, '0')}:00Z` }),
  );
  const { texts, gaps } = await read([...notes, note('p', { contentType: 'application/pdf', url: 'Binary/p' })], ({ path }) =>
    binary(path.slice('Binary/'.length), WORDS),
  );
  expect(gaps).toEqual([{ type: 'Binary', why: '1 a PDF, 3 more than the 50 newest', count: 4 }]);
  expect([texts.slice(0, 4), texts.filter((text) => text === WORDS).length]).toEqual([[undefined, undefined, undefined, WORDS], 50]);
});

test('another text of the same document is another record', async () => {
  let words = WORDS;
  const { store } = await read([note('n', plain('Binary/b'))], () => binary('b', words));
  const before = await store.stamp('ann');
  words = 'Penicillin is tolerated.';
  const again = await read([note('n', plain('Binary/b'))], () => binary('b', words));
  expect(await again.store.stamp('ann')).not.toBe(before);
});

/** What a report says in words may stand beside it as well. */
const report = (id: string, presentedForm: unknown, more: object = {}): FhirResource =>
  of('DiagnosticReport', id, 'ann', { status: 'final', code: { text: 'Chest x-ray' }, presentedForm, ...more });

async function readReports(reports: readonly FhirResource[], said?: Said) {
  const { store, asked } = await serve(
    ({ path }) =>
      path === 'metadata'
        ? { body: statement({}, ['Patient', 'DiagnosticReport']) }
        : path === 'DiagnosticReport'
          ? { body: bundle(reports) }
          : path.startsWith('Binary/')
            ? said
            : undefined,
    { types: ['DiagnosticReport'] },
  );
  const { resources, gaps } = await store.everything('ann');
  const texts = resources
    .slice(1)
    .map(({ presentedForm }) => ((presentedForm ?? []) as unknown[]).map(attachmentText).find((text) => text !== undefined));
  return { texts, gaps, asked: asked.filter(({ path }) => path.startsWith('Binary/')).map(({ path }) => path) };
}

test('the text of a report is read beside it', async () => {
  const forms = [{ contentType: 'application/pdf', url: 'Binary/p' }, plain('Binary/b')];
  const { texts, gaps, asked } = await readReports([report('r', forms)], binary('b', 'Pneumonia of the left lower lobe.'));
  expect([texts, gaps, asked]).toEqual([['Pneumonia of the left lower lobe.'], [], ['Binary/b']]);
});

test.each<[string, object, Said | undefined, string]>([
  ['a PDF', { contentType: 'application/pdf', url: 'Binary/b' }, undefined, 'a PDF'],
  ['another server', plain('https://other.example/fhir/Binary/b'), undefined, 'kept at an address of another kind'],
  ['a refusal', plain('Binary/b'), { status: 403, body: '' }, '403 not permitted'],
  [
    'one of another patient',
    plain('Binary/b'),
    binary('b', WORDS, { securityContext: { reference: 'Patient/bob' } }),
    'kept as that of another patient',
  ],
])('of a report that is %s it is told that it was not read', async (_, form, said, why) => {
  const { texts, gaps } = await readReports([report('r', [form])], said);
  expect([texts, gaps]).toEqual([[undefined], [{ type: 'DiagnosticReport.presentedForm', why, count: 1 }]]);
});

test('a report without a text, with it inside, or entered in error lacks none', async () => {
  const inside = { contentType: 'text/plain', data: base64('Clear lungs.') };
  const pdf = { contentType: 'application/pdf', url: 'Binary/p' };
  const { texts, gaps, asked } = await readReports([
    report('r', undefined),
    report('s', [pdf, inside]),
    report('t', [pdf], { status: 'entered-in-error' }),
  ]);
  expect([texts, gaps, asked]).toEqual([[undefined, 'Clear lungs.', undefined], [], []]);
});

const raw = (body: string, more: object = {}): Said => ({ headers: { 'content-type': 'text/plain' }, body, ...more });
const SIGN_IN = '<html><form>Your session is over.<input name="p" type="password"></form></html>';
const sized = { ...plain('Binary/b'), size: WORDS.length };
const short = { contentType: 'text/plain', data: base64(WORDS.slice(0, 10)), size: WORDS.length };
const html = { contentType: 'text/html', url: 'Binary/b' };
test.each<[string, object, Said | undefined, string]>([
  [
    'a page to sign in',
    plain('Binary/b'),
    raw(SIGN_IN, { headers: { 'content-type': 'text/html' } }),
    'answered as text/html, which it is not',
  ],
  [
    'a page to sign in, of a note that is a page',
    html,
    binary('b', SIGN_IN, { contentType: 'text/html' }),
    'answered with a page to sign in',
  ],
  ['its beginning', plain('Binary/b'), raw(WORDS.slice(0, 10), { status: 206 }), 'answered with 206, which is not the whole of it'],
  ['a promise', plain('Binary/b'), raw('Accepted', { status: 202 }), 'answered with 202, which is not the whole of it'],
  ['a fault in JSON', plain('Binary/b'), raw('{"error":"the archive is away"}'), 'answered with data instead of a text'],
  ['far more', plain('Binary/b'), raw('x'.repeat(2_000_000)), 'the server’s answer is larger than 2 MB'],
  [
    'bytes that no one unpacks',
    plain('Binary/b'),
    raw('x', { headers: { 'content-encoding': 'gzip' } }),
    'the server’s answer cannot be unpacked',
  ],
  ['fewer bytes', sized, raw(WORDS.slice(0, 10)), 'shorter than the record says it is'],
  ['fewer bytes in a resource', sized, binary('b', WORDS.slice(0, 10)), 'shorter than the record says it is'],
  ['fewer bytes inside it', short, undefined, 'shorter than the record says it is'],
])('a note of which came %s is not read, and it is told', async (_, attachment, said, why) => {
  expect((await read([note('n', attachment)], () => said)).gaps).toEqual([{ type: 'Binary', why, count: 1 }]);
});

test.each<[string, object, Said]>([
  ['as long as it says', sized, raw(WORDS)],
  ['as long as it says, packed', { ...sized, size: base64(WORDS).length }, binary('b', WORDS)],
  [
    'in other letters',
    { ...plain('Binary/b'), size: 2 * WORDS.length },
    { headers: { 'content-type': 'text/plain; charset=utf-16le' }, body: Buffer.from(WORDS, 'utf16le') },
  ],
  ['of a like type', { contentType: 'text/markdown', url: 'Binary/b' }, raw(WORDS)],
])('a note that is %s is read', async (_, attachment, said) => {
  const { texts, gaps } = await read([note('n', attachment)], () => said);
  expect([texts, gaps]).toEqual([[WORDS], []]);
});

test.each<[string, object, Said, boolean]>([
  ['by nothing but the closed connection', plain('Binary/b'), raw(WORDS, { unended: true }), false],
  ['by its size in the record', sized, raw(WORDS, { unended: true }), true],
  [
    'by its packing',
    plain('Binary/b'),
    { headers: { 'content-type': 'text/plain', 'content-encoding': 'gzip' }, body: gzipSync(WORDS), unended: true },
    true,
  ],
  ['by the resource that it stands in', plain('Binary/b'), { ...binary('b', WORDS), unended: true }, true],
])('a note whose end is told %s is read where that tells it', async (_, attachment, said, isWhole) => {
  const { texts, gaps } = await read([note('n', attachment)], () => said);
  const why = 'of a length that is not told, and may have been cut off';
  expect([texts, gaps]).toEqual(isWhole ? [[WORDS], []] : [[undefined], [{ type: 'Binary', why, count: 1 }]]);
});
