import { describe, expect, it } from 'vitest';
import { factsIn, of } from './chart.fixture.ts';
import { withStaleness } from './staleness.ts';

const NOW = Date.parse('2026-11-21T00:00:00Z');
const order = (authoredOn: string, status: string) =>
  of('MedicationRequest', { status, intent: 'order', authoredOn, medicationCodeableConcept: { text: 'Warfarin 5 MG' } });

describe('withStaleness', () => {
  it('marks active orders of two years and says their age', () => {
    const [old, young, stopped] = withStaleness(
      factsIn(order('2019-01-01', 'active'), order('2026-01-01', 'active'), order('2018-01-01', 'stopped')),
      NOW,
    ).sort((a, b) => (b.status === 'active' ? 1 : 0) - (a.status === 'active' ? 1 : 0) || (a.date! < b.date! ? -1 : 1));
    expect(old).toMatchObject({ stale: true, details: { age: 'order from 2019, still listed as active' } });
    expect(young?.stale).toBeUndefined();
    expect(stopped?.stale).toBeUndefined();
  });

  it('leaves what does not age', () => {
    const facts = factsIn(of('Procedure', { status: 'completed', code: { text: 'Appendectomy' }, performedDateTime: '1990-01-01' }));
    expect(withStaleness(facts, NOW).every((fact) => fact.stale === undefined)).toBe(true);
  });
});
