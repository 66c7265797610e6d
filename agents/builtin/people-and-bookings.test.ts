import { describe, expect, test } from 'vitest';
import { conversations, done, drug, measured, person, problem, seen } from './conversation.fixture.ts';

const subject = { reference: 'Patient/p1' };
const booking = (id: string, description: string, start: string, status: string, who?: string) => ({
  resourceType: 'Appointment',
  id,
  status,
  description,
  start,
  participant: [{ actor: subject, status: 'accepted' }, ...(who ? [{ actor: { display: who }, status: 'accepted' }] : [])],
});
const relative = (id: string, code: string, said: string, conditions: readonly object[]) => ({
  resourceType: 'FamilyMemberHistory',
  id,
  status: 'completed',
  patient: subject,
  relationship: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code, display: said }], text: said },
  condition: conditions,
});

const converse = conversations([
  person,
  relative('sister', 'SIS', 'Sister', [{ code: { text: 'Breast cancer' }, onsetAge: { value: 44, unit: 'years', code: 'a' } }]),
  relative('grandfather', 'GRFTH', 'Paternal grandfather', [{ code: { text: 'Stroke' }, contributedToDeath: true }]),
  { resourceType: 'RelatedPerson', id: 'kin', patient: subject, relationship: [{ text: 'Son' }], name: [{ text: 'Tomas Lindt' }] },
  {
    resourceType: 'CareTeam',
    id: 'team',
    status: 'active',
    subject,
    participant: [{ role: [{ text: 'Rheumatologist' }], member: { reference: 'Practitioner/peer', display: 'Dr. Ada Peer' } }],
  },
  drug('colchicine', 'colchicine 0.6 MG Oral Tablet', '2024-01-01', { requester: { display: 'Dr. Ada Peer' } }),
  seen('visit', 'Follow-up visit', '2025-03-03', { participant: [{ individual: { display: 'Dr. Ada Peer' } }] }),
  booking('scan', 'Bone density scan', '2026-02-02T09:00:00Z', 'noshow'),
  booking('foot', 'Podiatry visit', '2026-03-02T09:00:00Z', 'cancelled'),
  booking('joints', 'Rheumatology review', '2027-03-09T09:00:00Z', 'booked', 'Dr. Ada Peer'),
]);

describe('relatives, clinicians and bookings by name', () => {
  test.each([
    ['at what age did her sister get breast cancer', /44/],
    ["her sister's illnesses", /breast cancer/],
    ['what did her grandfather die from', /stroke \(contributed to death\)/],
    ['did her grandfather have a stroke', /^Yes: .*stroke/],
    ['who is her son', /Tomas Lindt/],
    ['did she turn up for her bone density scan', /missed; 02-Feb-2026/],
    ['did the podiatry visit take place', /cancelled; 02-Mar-2026/],
    ['is rheumatology booked', /Rheumatology .*planned; 09-Mar-2027/],
    ['when does she see Peer next', /09-Mar-2027/],
    ['is the next appointment with Dr Peer in may', /09-Mar-2027/],
    ['was colchicine started by Dr Olsen', /^No: Colchicine/],
    ['is Dr Peer a cardiologist', /^(?!Yes).*Dr\. Ada Peer \(rheumatologist\)/],
  ])('%s', async (question, says) => {
    const answer = await converse(question);
    expect(answer.status).toBe('answered');
    expect(answer.said).toMatch(says);
    expect(answer.verdicts).toEqual(['supported']);
  });

  test('what is recorded of one relative is not said of another', async () => {
    const answer = await converse('did her mother have breast cancer');
    expect(answer.status).toBe('not-recorded');
    expect(answer.said).not.toMatch(/^Yes/);
    expect(answer.notes).toMatch(/No family history of breast cancer in the mother is recorded/);
  });

  test("a relative's results are not in this record", async () =>
    expect((await converse("what is her sister's creatinine")).status).toBe('declined'));

  test('a name that is like a clinical word is no slip of it', async () =>
    expect((await converse('when did Peer last see her')).notes).not.toMatch(/Read/));
});

const team = conversations([
  person,
  {
    resourceType: 'CareTeam',
    id: 'team',
    status: 'active',
    subject,
    participant: [
      { role: [{ text: 'Nephrologist' }], member: { reference: 'Practitioner/a', display: 'Dr. Ines Vale' } },
      { role: [{ text: 'Dermatologist' }], member: { reference: 'Practitioner/b', display: 'Dr. Otto Rim' } },
    ],
  },
  problem('eczema', 'Atopic dermatitis', '2019-01-01'),
  problem('stones', 'Kidney stone', '2022-01-01'),
  measured('urate', '3084-1', 'Uric acid', 6.1, 'mg/dL', '2026-02-03'),
  seen('stone-visit', 'Urgent care visit', '2022-01-02', {
    reasonReference: [{ reference: 'Condition/stones' }],
    participant: [{ individual: { display: 'Dr. Lea Moor' } }],
  }),
  drug('ibuprofen', 'ibuprofen 400 MG Oral Tablet', '2026-01-01', { dosageInstruction: [{ text: '1 tablet every 8 hours as needed' }] }),
  { ...done('lens', 'Cataract surgery of right eye', '2020-02-02'), bodySite: [{ text: 'Right eye' }] },
  { ...done('physio', 'Physiotherapy', '2026-04-01'), status: 'not-done', statusReason: { text: 'Patient declined' } },
]);

describe('who, how often, which side, what was refused', () => {
  test.each([
    ['who takes care of her kidneys', /Ines Vale \(nephrologist\)/],
    ['is she under dermatology', /Otto Rim \(dermatologist\)/],
    ['who is her dermatologist', /Otto Rim/],
    ['who treated her kidney stone', /Lea Moor/],
    ['how often may she take ibuprofen', /every 8 hours/],
    ['which eye was the cataract surgery', /right eye/i],
    ['left cataract surgery?', /right eye/i],
    ['how has her uric acid been since she stopped ibuprofen', /^Ibuprofen is recorded as active[\s\S]*6\.1 mg\/dL/],
    ['has she refused anything', /Physiotherapy.*declined/],
  ])('%s', async (question, says) => {
    const answer = await team(question);
    expect(answer.status).toBe('answered');
    expect(answer.said).toMatch(says);
    expect(answer.verdicts).toEqual(['supported']);
  });

  test('whether a drug may be given stays a decision', async () => expect((await team('can she have warfarin')).status).toBe('declined'));

  test('an operation on the other side is no yes', async () => expect((await team('left cataract surgery?')).said).not.toMatch(/^Yes/));
});
