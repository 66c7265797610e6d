import { expect, test } from 'vitest';
import { active, asked, coded, entry } from './foreign-records.fixture.ts';

const asthma = coded('http://snomed.info/sct', '195967001', 'Asthma');
const filler = 'She was seen today and reports a cough at night. ';

test('what may stand in the rest of a long note is not denied', async () => {
  const long = `${filler.repeat(1_000)} She has epilepsy.`;
  const note = entry('Condition', { code: asthma, clinicalStatus: active, note: [{ text: long }] });
  const answer = await asked('Does she have epilepsy?', note);
  expect(answer).not.toMatch(/No epilepsy/i);
  expect(answer).toContain('longer than 20000 characters');
  expect(
    await asked('Does she have epilepsy?', entry('Condition', { code: asthma, clinicalStatus: active, note: [{ text: filler }] })),
  ).toMatch(/No epilepsy/i);
});

test('a long note is quoted by its beginning, and a long name gives way to that of its code', async () => {
  const noted = await asked(
    'Does she have asthma?',
    entry('Condition', { code: asthma, clinicalStatus: active, note: [{ text: filler.repeat(400) }] }),
  );
  expect(noted).toMatch(/Asthma.*active/);
  expect(noted.length).toBeLessThan(1_000);
  const named = await asked(
    'Does she have asthma?',
    entry('Condition', { code: { ...asthma, text: filler.repeat(1_000) }, clinicalStatus: active }),
  );
  expect(named).toMatch(/Asthma is active/);
  expect(named.length).toBeLessThan(1_000);
});
