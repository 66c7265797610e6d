import type { FactStatus } from '../contract.ts';
import { latestInstantOf } from './fhir.ts';
import type { Reader } from './reader.ts';

/** FHIR's status words of events, requests and resources as our one word; each family adds or overrides where its words mean something else. */
const COMMON: Readonly<Record<string, FactStatus>> = {
  active: 'active',
  'in-progress': 'active',
  arrived: 'active',
  triaged: 'active',
  onleave: 'active',
  'on-hold': 'inactive',
  suspended: 'inactive',
  inactive: 'inactive',
  completed: 'completed',
  finished: 'completed',
  final: 'completed',
  amended: 'completed',
  corrected: 'completed',
  appended: 'completed',
  available: 'completed',
  current: 'completed',
  stopped: 'stopped',
  cancelled: 'cancelled',
  revoked: 'cancelled',
  aborted: 'cancelled',
  'not-done': 'missed',
  preparation: 'planned',
  planned: 'planned',
  proposed: 'planned',
  intended: 'planned',
  draft: 'unconfirmed',
  preliminary: 'unconfirmed',
  registered: 'unconfirmed',
  partial: 'unconfirmed',
  superseded: 'inactive',
};

export const statusOf = (recorded: string | undefined, special: Readonly<Record<string, FactStatus>> = {}): FactStatus =>
  (recorded && (special[recorded] ?? COMMON[recorded])) || 'unknown';

/** True where the recorded end lies wholly before the chart's time. */
export const hasEnded = (end: string | undefined, reader: Reader): boolean => end !== undefined && latestInstantOf(end) < reader.now;
