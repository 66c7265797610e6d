import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFhirDates, daysBetween, formatDate, inRange, placeInRange, timeExpressions, wholeYears } from './dates.ts';

const NOW = '2021-06-15T10:00:00Z';
/** "relation from..to" of each expression */
const read = (text: string, now = NOW): string[] => timeExpressions(text, now).map((e) => `${e.relation} ${e.from ?? ''}..${e.to ?? ''}`);

describe('timeExpressions', () => {
  it.each<[string, string[]]>([
    ['2020-03-12', ['on 2020-03-12..2020-03-12']],
    ['12-Mar-2020', ['on 2020-03-12..2020-03-12']],
    ['12 March 2020', ['on 2020-03-12..2020-03-12']],
    ['March 12, 2020', ['on 2020-03-12..2020-03-12']],
    ['Mar 12th 2020', ['on 2020-03-12..2020-03-12']],
    ['the 12th of March, 2020', ['on 2020-03-12..2020-03-12']],
    ['Thursday, March 12, 2020', ['on 2020-03-12..2020-03-12']],
    ['3/12/2020', ['on 2020-03-12..2020-03-12']],
    ['13/2/2020', ['on 2020-02-13..2020-02-13']],
    ['12.03.2020', ['on 2020-03-12..2020-03-12']],
    ['03/12/20', ['on 2020-03-12..2020-03-12']],
    ['03/12/98', ['on 1998-03-12..1998-03-12']],
    ['2020-03-12T09:30:00-05:00', ['on 2020-03-12T09:30..2020-03-12T09:30']],
    ['3/2020', ['in 2020-03-01..2020-03-31']],
    ['on 14/2/18, 3/4/19', ['on 2018-02-14..2018-02-14', 'on 2019-04-03..2019-04-03']],
    ['Shots: 2011, 2014 and 2017', ['in 2011-01-01..2011-12-31', 'in 2014-01-01..2014-12-31', 'in 2017-01-01..2017-12-31']],
    ['fell ill on 28 December 2015, well by 9 January', ['on 2015-12-28..2015-12-28', 'until ..2016-01-09']],
    ['1.2 in May 2021, 1.1 in January', ['in 2021-05-01..2021-05-31', 'in 2021-01-01..2021-01-31']],
    ['Apr-Jun 2016', ['between 2016-04-01..2016-06-30']],
    ['Christmas Eve 2014', ['on 2014-12-24..2014-12-24']],
    ['the most recent HR', []],
    ['March of 2019', ['in 2019-03-01..2019-03-31']],
    ["Mar '20", ['in 2020-03-01..2020-03-31']],
    ['in March', ['in 2021-03-01..2021-03-31']],
    ['in September', ['in 2020-09-01..2020-09-30']],
    ['spring of 2019', ['in 2019-03-01..2019-05-31']],
    ['last spring', ['in 2021-03-01..2021-05-31']],
    ['early 2019', ['in 2019-01-01..2019-05-02']],
    ['since 2018', ['since 2018-01-01..']],
    ['before June 2020', ['before ..2020-05-31']],
    ['after 3/12/2020', ['after 2020-03-13..']],
    ['until March 2020', ['until ..2020-03-31']],
    ['no later than 2019', ['until ..2019-12-31']],
    ['between 2015 and 2017', ['between 2015-01-01..2017-12-31']],
    ['from 2015 to 2017', ['between 2015-01-01..2017-12-31']],
    ['2015-2017', ['between 2015-01-01..2017-12-31']],
    ['between March and May 2020', ['between 2020-03-01..2020-05-31']],
    ['from 2018 onward', ['since 2018-01-01..']],
    ['the last 6 months', ['within 2020-12-15..2021-06-15']],
    ['over the past year', ['within 2020-06-15..2021-06-15']],
    ['glucose on the 12th?', ['on 2021-06-12..2021-06-12']],
    ['seen on the 28th and well', ['on 2021-05-28..2021-05-28']],
    ['since the 31st', ['since 2021-05-31..']],
    ['on the 90th percentile', []],
    ['within the last two years', ['within 2019-06-15..2021-06-15']],
    ['for the past 5 years', ['for 2016-06-15..2021-06-15']],
    ['two years ago', ['ago 2019-06-15..2019-06-15']],
    ['3 weeks ago', ['ago 2021-05-25..2021-05-25']],
    ['more than a year ago', ['before ..2020-06-15']],
    ['yesterday', ['on 2021-06-14..2021-06-14']],
    ['today', ['on 2021-06-15..2021-06-15']],
    ['this morning', ['on 2021-06-15..2021-06-15']],
    ['this year', ['in 2021-01-01..2021-12-31']],
    ['last year', ['in 2020-01-01..2020-12-31']],
    ['last month', ['in 2021-05-01..2021-05-31']],
    ['in the 1990s', ['in 1990-01-01..1999-12-31']],
    ['for 3 years', ['for ..']],
    ['x3 days', ['for ..']],
    ['a 7-day course', ['for ..']],
    ['12-14 Feb 2020', ['between 2020-02-12..2020-02-14']],
    ['March 3 to 5, 2020', ['between 2020-03-03..2020-03-05']],
    ['in March of this year', ['in 2021-03-01..2021-03-31']],
    ['in 3 to 4 weeks', ['after 2021-07-06..2021-07-13']],
    ['2-3 years ago', ['ago 2018-06-15..2019-06-15']],
    ['for 2 or 3 days', ['for ..']],
    ['a 6-to-8-week course', ['for ..']],
    ['until 7/93', ['until ..1993-07-31']],
    ['in the fall', ['in 2020-09-01..2020-11-30']],
    ['20+ years ago', ['before ..2001-06-15']],
    ['a fall in 2019', ['in 2019-01-01..2019-12-31']],
    ['Jan 3 2019 and Jan 4 2020', ['on 2019-01-03..2019-01-03', 'on 2020-01-04..2020-01-04']],
  ])('reads %j', (text, expected) => expect(read(text)).toEqual(expected));

  it.each([
    'it may be high',
    'She may march in',
    'wait a second',
    'BP was 120/80',
    'pain 5/10',
    '24/7',
    'took 1/2 tablet',
    'BNP 1820',
    'ferritin 1950 on admission',
    'dose of 2000 mg',
    'the count was 2010',
    'a 64-year-old',
    'every 8 hours',
    'twice a day',
    '1,950',
    'June Smith',
    'May she rest',
    'mar the skin',
    'second dose',
    'for any pain',
    'rates it about 6/10',
    'pain after the fall',
    'they tend to last a few hours',
    '5/325 mg',
    'ratio 3/12',
  ])('finds no time in %j', (text) => expect(read(text)).toEqual([]));

  it('tells how loosely it was said', () => {
    expect(timeExpressions('about four years ago', NOW)[0]).toMatchObject({ relation: 'ago', fuzzyDays: 366, relative: true });
    expect(timeExpressions('a few months ago', NOW)[0]!.fuzzyDays).toBeGreaterThan(30);
    expect(timeExpressions('around 2015', NOW)[0]!.fuzzyDays).toBe(183);
    expect(timeExpressions('for 3 years', NOW)[0]!.days).toBeCloseTo(1096, 0);
  });

  it('reads every date in every form', () => {
    const MONTHS = [
      'January',
      'February',
      'March',
      'April',
      'May',
      'June',
      'July',
      'August',
      'September',
      'October',
      'November',
      'December',
    ];
    const forms: ((y: number, m: number, d: number) => string)[] = [
      (y, m, d) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`,
      (y, m, d) => `${d} ${MONTHS[m - 1]} ${y}`,
      (y, m, d) => `${MONTHS[m - 1]} ${d}, ${y}`,
      (y, m, d) => `${MONTHS[m - 1]!.slice(0, 3)} ${d} ${y}`,
      (y, m, d) => `${String(d).padStart(2, '0')}-${MONTHS[m - 1]!.slice(0, 3)}-${y}`,
      (y, m, d) => `${m}/${d}/${y}`,
      (y, m, d) => `${String(m).padStart(2, '0')}/${String(d).padStart(2, '0')}/${y}`,
      (y, m, d) => `${String(d).padStart(2, '0')}.${String(m).padStart(2, '0')}.${y}`,
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: 1930, max: 2029 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
        fc.constantFrom(...forms),
        fc.constantFrom('on ', 'dated ', '', '(', 'was seen on '),
        (y, m, d, form, lead) => {
          const iso = `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
          expect(timeExpressions(`${lead}${form(y, m, d)}, and`, NOW).map((e) => [e.from, e.to])).toEqual([[iso, iso]]);
        },
      ),
    );
  });

  it('gives spans of the text, in order', () => {
    const pieces = [
      'in',
      'since',
      '2020',
      'March',
      '12',
      '-',
      '/',
      'last',
      'year',
      'ago',
      'two',
      'between',
      'and',
      'from',
      'to',
      ',',
      'the',
      '3',
      'months',
      "'19",
      'early',
      'for',
      'x',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
        const text = parts.join(' ');
        let last = 0;
        for (const e of timeExpressions(text, NOW)) {
          expect(e.start).toBeGreaterThanOrEqual(last);
          expect(e.text).toBe(text.slice(e.start, e.end));
          if (e.from && e.to) expect(e.from <= e.to, `${text}: ${e.from}..${e.to}`).toBe(true);
          last = e.end;
        }
      }),
    );
  });
});

describe('FHIR dates', () => {
  it.each([
    ['2020-03-12', '12-Mar-2020'],
    ['2020-03', 'Mar-2020'],
    ['2020', '2020'],
    ['2020-03-12T23:30:00-05:00', '12-Mar-2020'],
    ['2020-03-12T00:30:00.000Z', '12-Mar-2020'],
    ['spring', 'spring'],
  ])('shows %s as %s', (date, shown) => expect(formatDate(date)).toBe(shown));

  it('orders by local day, then by instant', () => {
    const dates = [
      '2020-03-12T10:00:00Z',
      '2020',
      '2020-03-12',
      '2019-12-31',
      '2020-03',
      '2020-03-12T09:00:00Z',
      '2020-03-11T23:30:00-05:00',
    ];
    expect([...dates].sort(compareFhirDates)).toEqual([
      '2019-12-31',
      '2020',
      '2020-03',
      '2020-03-11T23:30:00-05:00',
      '2020-03-12',
      '2020-03-12T09:00:00Z',
      '2020-03-12T10:00:00Z',
    ]);
  });
  it('orders times of different zones by the instant', () => {
    expect(compareFhirDates('2023-11-20T23:45:00-08:00', '2023-11-21T01:00:00+01:00')).toBeGreaterThan(0);
    expect(compareFhirDates('2026-10-10T00:30:00+02:00', '2026-10-09T23:00:00Z')).toBeLessThan(0);
  });
  it('honours partial precision in ranges', () => {
    expect(placeInRange('2020', '2020-03-01', '2020-05-31')).toBe('maybe');
    expect(placeInRange('2020-04', '2020-03-01', '2020-05-31')).toBe('in');
    expect(placeInRange('2020-06-01', '2020-03-01', '2020-05-31')).toBe('out');
    expect(inRange('2020-05-31T23:00:00Z', undefined, '2020-05-31')).toBe(true);
  });
  it('counts days and years', () => {
    expect(daysBetween('2020-02-28', '2020-03-01')).toBe(2);
    expect(wholeYears('1956-05-20', '2021-05-19')).toBe(64);
    expect(wholeYears('1956-05-20', '2021-05-20')).toBe(65);
    expect(wholeYears('1956', '2021-05-20')).toBeUndefined();
    expect(wholeYears('1956', '2021-12-31')).toBe(65);
  });
});
