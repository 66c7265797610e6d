import { describe, expect, test } from 'vitest';
import { conversations, done, drug, measured, person, problem } from './conversation.fixture.ts';

const converse = conversations([
  person,
  done('hiv', 'Human immunodeficiency virus antibody screening', '2019-04-02'),
  done('typing', 'ABO blood typing', '2018-02-02'),
  done('dtap', 'Vaccination for diphtheria, pertussis, and tetanus', '2020-12-01'),
  done('coil-out', 'Removal of intrauterine device', '2012-02-01'),
  done('polyp', 'Rectal polypectomy', '2014-02-12'),
  problem('appendix', 'History of appendectomy', '1993-12-31'),
  problem('colon', 'Polyp of colon', '2014-02-12', '2015-06-07'),
  problem('hip', 'Closed fracture of hip', '1991-05-05', '1991-07-04'),
  {
    resourceType: 'CarePlan',
    id: 'asthma-plan',
    status: 'active',
    intent: 'plan',
    subject: { reference: 'Patient/p1' },
    category: [{ text: 'Asthma self management' }],
    period: { start: '2011-01-01' },
  },
  drug('hctz', 'Hydrochlorothiazide 25 MG Oral Tablet', '2015-01-01'),
  measured('probnp', '33762-6', 'NT-proBNP', 701, 'pg/mL', '2026-01-01'),
  measured('weight', '29463-7', 'Body Weight', 65.8, 'kg', '2026-05-01'),
]);

describe('what another part of the record holds is shown, not denied', () => {
  test.each([
    ['was an HIV test done?', 'Procedure/hiv', /no result is recorded/i],
    ['her blood type?', 'Procedure/typing', /no result is recorded/i],
    ['Tdap given?', 'Procedure/dtap', /no immunization entry/i],
    ['when was the intrauterine device taken out', 'Procedure/coil-out', undefined],
    ['date the polyp was removed', 'Procedure/polyp', undefined],
    ['any asthma?', 'CarePlan/asthma-plan', /no entry of its own/],
    ['did she have an appendectomy?', 'Condition/appendix', /recorded as history/i],
  ])('%s', async (question, id, note) => {
    const answer = await converse(question);
    expect(answer.status).toBe('answered');
    expect(answer.cited).toContain(id);
    expect(answer.said).not.toMatch(/^No /m);
    if (note) expect(answer.notes).toMatch(note);
  });

  test.each([['BNP level', 'Observation/probnp', /nearest relative/]])(
    '%s: what is near is shown, and nothing denied beside it',
    async (question, id, note) => {
      const answer = await converse(question);
      expect(answer.status).toBe('not-recorded');
      expect(answer.said).not.toMatch(/^No .* is recorded\.$/m);
      expect(answer.cited).toContain(id);
      expect(answer.notes).toMatch(note);
    },
  );
});

describe('words that were not understood', () => {
  test('are named and asked about, never denied as fact', async () => {
    for (const question of ['zibbles', 'how is her frobnicator doing', 'number of wuffle pills']) {
      const answer = await converse(question);
      expect(answer.status, question).toBe('clarify');
      expect(answer.said, question).toBe('');
      expect(answer.notes, question).toMatch(/do not understand “(?:zibbles|frobnicator|wuffle)”/);
    }
  });

  test('stand as a search for the word where a name belongs', async () => {
    const answer = await converse('is she taking zorblaximab?');
    expect(answer).toMatchObject({ status: 'not-recorded', said: '' });
    expect(answer.notes).toMatch(/No entry of the medications has the word “zorblaximab”/);
  });
});

test('drugs for something else are counted, not listed', async () => {
  const answer = await converse('what does she take for osteoporosis?');
  expect(answer.cited).not.toContain('MedicationRequest/hctz');
  expect(answer.notes).toMatch(/osteoporosis|carries no reason in the record/i);
});

describe('ages and death', () => {
  test.each([
    ['how old was she when she had her hip fracture', /Closed fracture of hip began on 05-May-1991 at age 30\./],
    ['age at polypectomy', /Rectal polypectomy was on 12-Feb-2014 at age 52\./],
  ])('%s', async (question, says) => {
    const answer = await converse(question);
    expect(answer).toMatchObject({ status: 'answered', verdicts: ['supported'] });
    expect(answer.said).toMatch(says);
  });

  test('nothing is said of a death that is not recorded but that', async () => {
    for (const question of ['is she still alive?', 'date of death']) {
      const answer = await converse(question);
      expect(answer).toMatchObject({ status: 'not-recorded', said: 'No death is recorded.', verdicts: ['supported'] });
    }
  });

  test('a detail that is not recorded is told apart from facts', async () => {
    const answer = await converse('what is her email?');
    expect(answer).toMatchObject({ status: 'not-recorded', said: '' });
    expect(answer.notes).toMatch(/gives no email/);
  });
});

describe('a panel that is reported as one observation', () => {
  const panel = conversations([
    person,
    {
      ...measured('liver', '24325-3', 'Hepatic function panel', 0, 'U/L', '2026-10-02'),
      valueQuantity: undefined,
      component: [
        { code: { coding: [{ system: 'http://loinc.org', code: '1742-6', display: 'ALT' }] }, valueQuantity: { value: 88, unit: 'U/L' } },
        {
          code: { coding: [{ system: 'http://loinc.org', code: '6768-6', display: 'Alkaline phosphatase' }] },
          valueQuantity: { value: 120, unit: 'U/L' },
        },
      ],
    },
  ]);
  test.each(['LFTs', 'liver function?', 'are the liver tests abnormal?'])('%s', async (question) => {
    const { status, said } = await panel(question);
    expect(status).toBe('answered');
    expect(said).toContain('88');
  });
});

describe('an allergy to a class', () => {
  const allergic = conversations([
    person,
    {
      resourceType: 'AllergyIntolerance',
      id: 'pcn',
      patient: { reference: 'Patient/p1' },
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { coding: [{ system: 'http://snomed.info/sct', code: '764146007', display: 'Penicillin' }], text: 'Penicillin' },
    },
  ]);
  test.each(['is she allergic to amoxicillin?', 'any allergy to augmentin', 'penicillin allergy?'])(
    'answers for its drugs: %s',
    async (question) => {
      expect((await allergic(question)).said).toMatch(/^(?:Yes: )?Allergy to penicillin is active/);
    },
  );
  test('and for no other', async () => {
    expect((await allergic('is she allergic to azithromycin?')).said).toMatch(/^No allergy to azithromycin is recorded/);
  });
});

test('a problem comes before what it led to', async () => {
  const bones = conversations([
    person,
    problem('bones', 'Osteoporosis', '1985-02-27'),
    problem('break', 'Pathological fracture due to osteoporosis', '1991-05-05', '1991-07-04'),
  ]);
  expect((await bones('when was the osteoporosis found')).said).toMatch(/^Osteoporosis is active since 27-Feb-1985/);
});

describe('what is asked of what should be done', () => {
  const sensitive = conversations([
    person,
    drug('bisoprolol', 'Bisoprolol 5 mg tablets', '2026-01-05', { dosageInstruction: [{ text: '1-0-1' }] }),
    {
      resourceType: 'AllergyIntolerance',
      id: 'nsaid',
      patient: { reference: 'Patient/p1' },
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { text: 'Ibuprofen' },
    },
    measured('a1', '4548-4', 'Hemoglobin A1c', 8.1, '%', '2024-01-01'),
    measured('a2', '4548-4', 'Hemoglobin A1c', 7.9, '%', '2025-01-01'),
    measured('a3', '4548-4', 'Hemoglobin A1c', 7.1, '%', '2026-01-01'),
  ]);
  test('an allergy to the drug is told beside the refusal', async () => {
    const { said, notes } = await sensitive('can he have ibuprofen?');
    expect(said).toMatch(/Allergy to ibuprofen is active/);
    expect(notes).toMatch(/your decision/);
    expect((await sensitive('can he have paracetamol?')).status).toBe('declined');
  });
  test('no yes where nothing was said that "it" can be', async () => {
    const { said, notes } = await sensitive('is she allergic to it?');
    expect(said).not.toMatch(/^Yes/);
    expect(notes).toContain('“it”');
    expect((await sensitive('is she on bisoprolol?', 'is she allergic to it?')).said).toMatch(/^No allergy to bisoprolol/);
  });
  test('a limit that was asked for holds for how many times', async () => {
    expect((await sensitive('has her A1c ever been above 7.5', 'how many times?')).said).toMatch(/^2 hemoglobin A1c/);
  });
  test('doses written by time of day', async () => {
    expect((await sensitive('is she on bisoprolol three times a day?')).notes).toMatch(/does not say three times a day/);
    expect((await sensitive('is she on bisoprolol twice a day?')).notes).toBe('');
  });
});

describe('a summary', () => {
  test('reads the tests that follow the problems', async () => {
    expect((await converse('summarise the record')).said).toContain('NT-proBNP was 701 pg/mL');
  });
  test.each(['give me a one-liner', 'who is this patient?', 'summary in 30 seconds'])(
    'is short where that is asked: %s',
    async (question) => {
      const { said, status } = await converse(question);
      expect(status).toBe('answered');
      expect(said).toContain('Rosa Lindt');
      expect(said).not.toContain('NT-proBNP');
    },
  );
});
