import { describe, expect, test } from 'vitest';
import { conversations, done, drug, person, problem, seen } from './conversation.fixture.ts';

const converse = conversations([
  person,
  problem('wrist', 'Fracture of wrist', '2011-03-01', '2011-05-01'),
  problem('whiplash', 'Whiplash injury to neck', '2017-01-21', '2017-02-25'),
  problem('ear-1', 'Otitis media', '2009-09-12', '2009-10-15'),
  problem('ear-2', 'Otitis media', '2012-03-05', '2012-03-17'),
  problem('asthma', 'Asthma', '1999-03-05'),
  done('scope-1', 'Colonoscopy', '2012-03-26'),
  done('scope-2', 'Colonoscopy', '2017-03-25'),
  drug('albuterol', 'albuterol 0.83 MG/ML Inhalation Solution', '2020-01-01'),
  drug('fluticasone', '120 ACTUAT fluticasone propionate 0.044 MG/ACTUAT Metered Dose Inhaler', '2020-01-01'),
  drug('loratadine', 'loratadine 10 MG Oral Tablet', '2020-01-01'),
  drug('metformin', 'metformin 500 MG Oral Tablet', '2018-01-01', { status: 'stopped' }),
  seen('v1', 'Encounter for symptom', '2014-07-08', { reasonCode: [{ text: 'Sore throat' }] }),
  seen('v2', 'Encounter for check up', '2014-06-06'),
  seen('v3', 'Encounter for problem', '2015-06-06'),
  {
    resourceType: 'CarePlan',
    id: 'wound',
    status: 'completed',
    intent: 'plan',
    subject: { reference: 'Patient/p1' },
    category: [{ text: 'Wound care' }],
    activity: [{ detail: { code: { text: 'Behavior to prevent dehydration' } } }],
    period: { start: '2011-01-01', end: '2011-02-01' },
  },
]);

describe('what was and is over is never put behind a bare no', () => {
  test.each([
    ['any broken bones?', /^Yes, past: Fracture of wrist is resolved/],
    ['any injuries to the neck?', /^Yes, past: Whiplash/],
    ['any ear infections?', /^Yes, past: Otitis media/],
    ['is she taking metformin?', /^No longer: Metformin/],
    ['does she have otitis?', /^(?:Yes, past|No longer): Otitis media/],
    ['any asthma?', /^Yes: Asthma is active/],
  ])('%s', async (question, says) => {
    const { said, verdicts } = await converse(question);
    expect(said).toMatch(says);
    expect(verdicts).toEqual(['supported']);
  });

  test('a denial covers what further words narrow', async () => {
    const answer = await converse('any scalp burns?');
    expect(answer).toMatchObject({ said: 'No burn is recorded.', verdicts: ['supported'] });
  });

  test('what is done to prevent a thing does not state it', async () => {
    expect((await converse('any dehydration?')).said).not.toMatch(/^Yes/);
    expect((await converse('any dehydration?')).status).toBe('not-recorded');
  });
});

describe('a long list has each thing once', () => {
  const day = (i: number): string => new Date(Date.UTC(2015, 0, 1 + 30 * i)).toISOString().slice(0, 10);
  const many = conversations([
    person,
    ...Array.from({ length: 36 }, (_, i) => done(`fundus-${i}`, 'Ophthalmoscopy', day(i))),
    ...Array.from({ length: 4 }, (_, i) => done(`spiro-${i}`, 'Spirometry', day(3 * i))),
    done('scope', 'Colonoscopy', '2016-02-03'),
  ]);
  test('with its days, or how often and from when to when', async () => {
    const { said, verdicts } = await many('procedures performed');
    expect(new Set(verdicts)).toEqual(new Set(['supported']));
    expect(said).toMatch(/Ophthalmoscopy was done 36 times, first on 01-Jan-2015 and last on 16-Nov-2017/i);
    expect(said).toMatch(/Spirometry was done on 28-Sep-2015, 30-Jun-2015, 01-Apr-2015 and 01-Jan-2015/);
    expect(said).toMatch(/Colonoscopy was done on 03-Feb-2016/);
  });
});

describe('lists are whole', () => {
  test.each([
    ['colonoscopy dates', ['Procedure/scope-1', 'Procedure/scope-2']],
    ['the dates of her otitis', ['Condition/ear-1', 'Condition/ear-2']],
    ['inhalers?', ['MedicationRequest/albuterol', 'MedicationRequest/fluticasone']],
    ['visits in 2014 and why', ['Encounter/v1', 'Encounter/v2']],
    ['encounters during 2014 and the reasons', ['Encounter/v1', 'Encounter/v2']],
  ])('%s', async (question, ids) => {
    const answer = await converse(question);
    expect(answer.status).toBe('answered');
    expect([...new Set(answer.cited)].filter((id) => !id.startsWith('search/')).sort()).toEqual([...ids].sort());
  });
});
