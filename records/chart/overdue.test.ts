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

  it('takes what is to follow for a repeat where it is the same thing, without a word that says again', () => {
    expect(said(scope('a', '2018-11-02', { followUp: [{ text: 'Colonoscopy in three years' }] })).map(([due]) => due)).toEqual([
      '2021-11-02',
    ]);
    expect(said(scope('a', '2018-11-02', { followUp: [{ text: 'Colonoscopy in three years' }] }), scope('b', '2021-12-01'))).toEqual([]);
    expect(said(scope('a', '2018-11-02', { followUp: [{ text: 'Seeing the surgeon in three weeks' }] }))).toEqual([]);
  });

  it('knows another thing that is to follow by what was done since', () => {
    const first = scope('a', '2018-11-02', { followUp: [{ text: 'Mammogram in six months' }] });
    expect(said(first).map(([due]) => due)).toEqual(['2019-05-02']);
    expect(said(first, scope('b', '2019-06-01', { code: { text: 'Mammogram' } }))).toEqual([]);
  });

  it('reads a date out of the note of a problem, and of an order that calls itself late', () => {
    const adenomas = (note: string): FhirResource => ({
      resourceType: 'Condition',
      id: 'c',
      subject,
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { text: 'Colon polyp' },
      onsetDateTime: '2019-11-21',
      note: [{ text: note }],
    });
    const noted = adenomas('Three adenomas. Surveillance colonoscopy due after three years.');
    expect(said(noted).map(([due]) => due)).toEqual(['2022-11-21']);
    expect(said(noted, scope('b', '2022-12-05'))).toEqual([]);
    expect(said(adenomas('Colonoscopy after three years of symptoms.'))).toEqual([]);
    const order = (note: string): FhirResource => ({
      resourceType: 'ServiceRequest',
      id: 'o',
      subject,
      status: 'active',
      intent: 'order',
      code: { text: 'Colonoscopy' },
      authoredOn: '2023-09-21',
      note: [{ text: note }],
    });
    expect(said(order('Three adenomas; due since last autumn.')).map(([, text]) => text)).toEqual([
      'Colonoscopy was ordered on 21-Sep-2023 and is still open: “due since last autumn.”',
    ]);
    expect(said(order('Three adenomas; due since last autumn.'), scope('b', '2023-12-05'))).toEqual([]);
    expect(said(order('Not overdue.'))).toEqual([]);
    expect(said(noted, order('Overdue.')).map(([due]) => due)).toEqual(['2023-09-21']);
  });

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
