import { describe, expect, it } from 'vitest';
import { baseTerminology } from '../../language/terminology.ts';
import type { FhirResource } from '../contract.ts';
import { buildChart } from './chart.ts';
import { overdueItems } from './overdue.ts';

const subject = { reference: 'Patient/p' };
const chartOf = (...resources: readonly FhirResource[]) =>
  buildChart([{ resourceType: 'Patient', id: 'p' }, ...resources], {
    patientId: 'p',
    asOf: '2026-11-21T09:00:00Z',
    terminology: baseTerminology(),
  });
const scope = (id: string, when: string, more: object = {}): FhirResource => ({
  resourceType: 'Procedure',
  id,
  subject,
  status: 'completed',
  code: { text: 'Colonoscopy' },
  performedDateTime: when,
  ...more,
});
const said = (...resources: readonly FhirResource[]) => overdueItems(chartOf(...resources)).map(({ due, text }) => [due, text]);

describe('what is overdue by the record itself', () => {
  it('counts an interval from the day of what is to be repeated', () => {
    expect(said(scope('a', '2018-11', { followUp: [{ text: 'Repeat in five years' }] }))).toEqual([
      ['2023-11-01', 'Colonoscopy of Nov-2018: “repeat in five years” was due by Nov-2023, and no later one is recorded'],
    ]);
    expect(said(scope('a', '2026-02-03', { followUp: [{ text: 'Recheck after 6 months' }] })).map(([due]) => due)).toEqual(['2026-08-03']);
  });

  it.each([
    ['it is not yet time', [scope('a', '2024-11-01', { followUp: [{ text: 'Repeat in 5 years' }] })]],
    ['it was done again', [scope('a', '2018-11-01', { followUp: [{ text: 'Repeat in 5 years' }] }), scope('b', '2023-10-02')]],
    ['no interval is said', [scope('a', '2018-11-01', { followUp: [{ text: 'Follow-up with the surgeon' }] })]],
    ['it was not done', [scope('a', '2018-11-01', { status: 'not-done', followUp: [{ text: 'Repeat in 5 years' }] })]],
  ])('says nothing where %s', (_why, resources) => expect(said(...resources)).toEqual([]));

  it('names orders, goals and appointments whose date has passed, the longest first', () => {
    const found = overdueItems(
      chartOf(
        {
          resourceType: 'ServiceRequest',
          id: 'sr',
          subject,
          status: 'active',
          intent: 'order',
          code: { text: 'Retinal photography' },
          authoredOn: '2026-01-05',
          occurrenceDateTime: '2026-03-01',
        },
        {
          resourceType: 'Goal',
          id: 'g',
          subject,
          lifecycleStatus: 'active',
          description: { text: 'Walk 30 minutes a day' },
          target: [{ dueDate: '2025-12-31' }],
        },
        {
          resourceType: 'Appointment',
          id: 'ap',
          status: 'noshow',
          start: '2026-10-01T09:00:00Z',
          description: 'Foot clinic',
          participant: [{ actor: subject, status: 'accepted' }],
        },
        {
          resourceType: 'Appointment',
          id: 'later',
          status: 'booked',
          start: '2026-12-01T09:00:00Z',
          description: 'Eye clinic',
          participant: [{ actor: subject, status: 'accepted' }],
        },
      ),
    );
    expect(found.map(({ fact }) => fact.id)).toEqual(['Goal/g', 'ServiceRequest/sr', 'Appointment/ap']);
  });

  it('does not call an appointment overdue whose outcome nobody recorded', () => {
    expect(
      said({
        resourceType: 'Appointment',
        id: 'ap',
        status: 'booked',
        start: '2026-10-01T09:00:00Z',
        description: 'Foot clinic',
        participant: [{ actor: subject, status: 'accepted' }],
      }),
    ).toEqual([]);
  });
});
