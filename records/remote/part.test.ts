import { expect, test } from 'vitest';
import { AppError } from '../../errors.ts';
import { whyUnread } from './part.ts';

test.each([
  ['The FHIR server at https://x/ cannot be reached: nothing listens there.', 'not reached: nothing listens there'],
  ['The FHIR server at https://x:1 cannot be used for GET Goal: it answers with nothing.', 'the server answers with nothing'],
  [
    'The FHIR server at https://x cannot be used for Goal: its pages lead back to one another.',
    'the server’s pages lead back to one another',
  ],
  ['The authorization server at https://x cannot be reached: HTTP 503 is all.', 'the authorization server fails with 503'],
  ['The authorization server at host gave no token (HTTP 500).', 'the authorization server fails with 500'],
  [
    'The FHIR server at https://x by way of the proxy p:1 gives no answer that can be used: its answer is larger than 2 MB.',
    'the server’s answer is larger than 2 MB',
  ],
  ['The authorization server at https://x cannot be reached: it closed it.', 'the authorization server was not reached: it closed it'],
  ['The FHIR server needs longer than 8 s.', 'the server needs longer than 8 s'],
  [
    'The FHIR server leaves “patient” out of a search of Goal: its answer is not used.',
    'the server leaves “patient” out of a search of Goal: its answer is not used',
  ],
])('%s is told in a parenthesis as: %s', (message, told) => expect(whyUnread(new AppError('record-unavailable', message))).toBe(told));
