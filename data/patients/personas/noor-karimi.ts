import type { Persona } from '../generate.ts';
import { minus } from '../generator/calendar.ts';

/** Registered last week, not seen yet: what is not known must not be guessed. */
export const noorKarimi: Persona = {
  id: 'noor-karimi',
  title: 'An almost empty record',
  person: (asOf) => ({
    given: ['Noor'],
    family: 'Karimi',
    sex: 'female',
    identity: 'non-binary',
    gender: 'other',
    birthDate: minus(asOf, { years: 23, months: 9, days: 20 }),
    races: [],
    language: 'en',
    phone: '413-555-0131',
    primaryCare: 'tran',
  }),
  course: (record) => {
    record.immunize('tdap', record.ago({ years: 4, months: 1 }), 'State registry');
    record.book({ after: record.ahead({ days: 6 }), with: 'tran', reason: 'New patient visit' });
  },
};
