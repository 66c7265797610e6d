import { describe, expect, test } from 'vitest';
import type { PatientSummary } from './contract.ts';
import { findPatient } from './find-patient.ts';

const patients: readonly PatientSummary[] = [
  { id: 'p1', name: 'Ms. Jane Anne Park', birthDate: '1951-07-14', recordNumber: '004219', otherNumbers: ['944 930 5552'] },
  { id: 'p2', name: 'Jane Parke', birthDate: '1949-03-02', recordNumber: '004912' },
  { id: 'p3', name: 'José12 Núñez345', otherNames: ['José12 Parke', 'Pepe Ruiz'] },
  { id: 'p4', name: 'Søren Œrsted-O’Brien' },
];

describe('findPatient', () => {
  test.each([
    ['p1', 'p1'],
    ['Patient/p2', 'p2'],
    ['004912', 'p2'],
    ['9449305552', 'p1'],
    ['jane park', 'p1'],
    ['Park, Jane', 'p1'],
    ['JANE ANNE', 'p1'],
    ['jose nunez', 'p3'],
    [' Núñez345 ', 'p3'],
    ['Nu\u0301n\u0303ez', 'p3'],
    ['soren', 'p4'],
    ['Oersted obrien', 'p4'],
    ["O'BRIEN", 'p4'],
    ['Ruiz', 'p3'],
    // A present name comes before a former one.
    ['parke', 'p2'],
  ])('%s', (wanted, id) => {
    expect(findPatient(patients, wanted).id).toBe(id);
  });

  test('asks where the id of one is the number of another', () => {
    const some = [
      { id: '1234', name: 'Bob Quill' },
      { id: 'x', name: 'Ann Quill', recordNumber: '1234' },
      { id: 'y', name: 'Eve Quill', otherNumbers: ['77'] },
      { id: '77', name: 'Dan Quill', recordNumber: '77' },
    ];
    expect(() => findPatient(some, '1234')).toThrow(
      /“1234” is the id of one patient and a number of another: Bob.*1234.*Ann.*x.*Use Patient\//,
    );
    expect(() => findPatient(some, '77')).toThrow(/Dan.*77.*Eve.*y/);
    expect(findPatient(some, 'Patient/1234').id).toBe('1234');
    expect(findPatient(some.slice(2, 4), 'Patient/77').id).toBe('77');
    expect(findPatient(some.slice(3), '77').id).toBe('77');
  });

  test('never picks one of several', () => {
    expect(() => findPatient(patients, 'Jane')).toThrow(/2 patients match.*p1.*p2/);
  });

  test.each(['', '  ', 'Pa', 'John Smith', 'Jane Smith', 'p'])('nobody is called "%s"', (wanted) => {
    expect(() => findPatient(patients, wanted)).toThrow(/No patient matches/);
  });

  test.each([
    ['Par', /Did you mean Ms\. Jane Anne Park .*p1.* or Jane Parke .*p2/],
    ['Nunes', /Did you mean José12 Núñez345 \(p3\)/],
    ['Jan Prak', /“Jan Prak”\. `npm/],
  ])('a name that is nearly there is asked about, not taken: %s', (wanted, hint) => {
    expect(() => findPatient(patients, wanted)).toThrow(hint);
  });
});
