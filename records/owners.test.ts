import { expect, test } from 'vitest';
import { ownersOf, patientIdOf } from './owners.ts';

const ann = { reference: 'Patient/ann' };
const bob = { reference: 'Patient/bob' };
const doctor = { reference: 'Practitioner/dr' };

test.each<[string, object, string[]]>([
  ['a patient', { resourceType: 'Patient', id: 'ann', link: [{ other: bob }] }, ['ann']],
  ['a record that was merged', { resourceType: 'Patient', id: 'ann', link: [{ other: bob, type: 'replaced-by' }] }, ['ann', 'bob']],
  ['the record that is kept', { resourceType: 'Patient', id: 'bob', link: [{ other: ann, type: 'replaces' }] }, ['bob']],
  ['relatives in the same system', { resourceType: 'Patient', id: 'ann', link: [{ other: bob, type: 'seealso' }] }, ['ann']],
  ['what is about somebody, whoever took part', { resourceType: 'Observation', subject: ann, performer: [bob] }, ['ann']],
  ['a report by a parent', { resourceType: 'AllergyIntolerance', patient: ann, asserter: bob, recorder: bob }, ['ann']],
  ['an insurance paid by another', { resourceType: 'Coverage', beneficiary: ann, policyHolder: bob, subscriber: bob }, ['ann']],
  ['a message to a relative', { resourceType: 'Communication', subject: ann, recipient: [bob] }, ['ann']],
  ['an appointment', { resourceType: 'Appointment', participant: [{ actor: doctor }, { actor: ann }] }, ['ann']],
  ['an appointment of two', { resourceType: 'Appointment', participant: [{ actor: bob }, { actor: ann }] }, ['ann', 'bob']],
  ['a device in somebody', { resourceType: 'Device', patient: ann }, ['ann']],
  ['a task for somebody', { resourceType: 'Task', for: ann, focus: bob }, ['ann']],
  ['a group', { resourceType: 'Group', member: [{ entity: ann }, { entity: doctor }] }, ['ann']],
  ['what is about a group', { resourceType: 'Observation', subject: { reference: 'Group/g' } }, []],
  ['what is about a device', { resourceType: 'Observation', subject: { reference: 'Device/Patient' } }, []],
  ['what names its patient by display alone', { resourceType: 'Observation', subject: { display: 'Ann' } }, []],
  ['a practitioner', { resourceType: 'Practitioner', id: 'ann' }, []],
  ['odd content', { resourceType: 'Observation', subject: 'Patient/ann', performer: null }, []],
])('%s', (_, resource, owners) => {
  expect(ownersOf(resource as { resourceType: string })).toEqual(owners);
});

test.each([
  ['Patient/x', 'x'],
  ['https://host/fhir/Patient/x', 'x'],
  ['Patient/x/_history/2', 'x'],
  ['Patient?identifier=x', undefined],
  ['MyPatient/x', undefined],
  ['Patient/x/extra', undefined],
  ['urn:uuid:x', undefined],
])('%s names %s', (reference, id) => {
  expect(patientIdOf(reference)).toBe(id);
});
