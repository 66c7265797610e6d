import { expect, test } from 'vitest';
import { noAuthorization } from './authorization.ts';
import { bundle, of, on, serve } from './odd-server.fixture.ts';
import { mayRead } from './scopes.ts';

test.each<[string, string, boolean | 'part']>([
  ['system/*.rs', 'Observation', true],
  ['system/*.read', 'Observation', true],
  ['system/*.*', 'Observation', true],
  ['system/Patient.rs system/Observation.cruds', 'Observation', true],
  ['https://fhir.example.org/r4/system/*.rs', 'Observation', true],
  ['system.*.read', 'Observation', true],
  ['system.Patient.read', 'Observation', false],
  ['system/Observation.r', 'Observation', false],
  ['system/Binary.r', 'Binary', true],
  ['system/*.cud', 'Observation', false],
  ['system/*.write', 'Observation', false],
  ['system/Observation.rs?category=laboratory', 'Observation', 'part'],
  ['system/Observation.rs?category=laboratory system/*.rs', 'Observation', true],
  ['system/Observation.rs?category=laboratory', 'Condition', false],
  ['user/*.rs', 'Observation', true],
  ['user/Patient.rs', 'Observation', false],
  ['fhir-read-all', 'Observation', true],
  ['system/*.everything', 'Observation', true],
  ['', 'Observation', true],
  ['openid system/Patient.rs', 'Observation', false],
  ['system/Patient.rs', 'Observation', false],
])('%s lets %s be read: %s', (scopes, type, expected) => expect(mayRead(scopes, type)).toBe(expected));

test('of what may be read in part only, what the server gives is there, and not taken for all', async () => {
  const { store } = await serve(on('Observation', { body: bundle([of('Observation', 'k')]) }), {
    authorization: { ...noAuthorization, mayRead: (type) => (type === 'Observation' ? 'part' : true) },
  });
  const { resources, gaps } = await store.everything('ann');
  expect(resources.map(({ id }) => id)).toEqual(['ann', 'k']);
  expect(gaps).toEqual([{ type: 'Observation', why: 'Rounds is permitted to read a part of it only' }]);
});
