import { type Ask, absent, ask, idsOf, missing, nothingOf, ofIds, type Source, subjectOf } from './ask.ts';
import type { Thing } from './expectation.ts';
import { CONDITIONS, PROCEDURES, VACCINES } from './names.ts';
import { writeDate } from './phrasing.ts';
import { dayOf, instantOf } from './reading.ts';
import { byYear, group, isMinor, newest, things } from './subjects.ts';
import { WORDINGS } from './wordings.ts';

export const vaccines: Source = ({ vaccines: all, record, now }, offer) => {
  const done = all.filter((s) => s.items.every((i) => i.state === 'done' && i.date !== undefined));
  const common = done.filter((s) => s.common);
  offer(
    1,
    common.map((s) => ask('vaccinated', s, { type: 'polarity', thing: s.thing, yes: true, now: false, absent: false })),
  );
  offer(
    1,
    absent(VACCINES, record).map((n) => ask('vaccinated', subjectOf(n), missing(n, false), undefined, 'vaccinated-absent')),
  );
  offer(
    1,
    common.map((s) =>
      ask('vaccineWhen', s, {
        type: 'date',
        thing: s.thing,
        accepted: newest(s.items).map((i) => i.date ?? ''),
        alsoTrue: s.items.map((i) => i.date ?? ''),
      }),
    ),
  );
  offer(
    1,
    // Two entries of one vaccine on one day are one dose.
    common.map((s) => {
      const doses = new Set(s.items.map((item) => item.date?.slice(0, 10) ?? item.id)).size;
      return ask('countVaccines', s, { type: 'count', thing: s.thing, accepted: [doses], searchWillDo: true });
    }),
  );
  const years = (s: (typeof done)[number]) => new Set(s.items.map((i) => i.date?.slice(0, 4) ?? ''));
  offer(
    1,
    common.flatMap((s) =>
      [...years(s)].map((year) =>
        ask(
          'vaccinatedYear',
          s,
          {
            type: 'polarity',
            thing: ofIds(s.thing, idsOf(s.items.filter((i) => i.date?.startsWith(year)))),
            yes: true,
            now: false,
            absent: false,
          },
          () => ({ year }),
        ),
      ),
    ),
  );
  offer(
    1,
    common.flatMap((s) => {
      const had = [...years(s)].map(Number);
      const since = Math.max(Number(record.birthDate?.slice(0, 4) ?? 1900) + 1, Math.min(...had) - 2);
      const until = Math.min(Math.max(...had) + 2, Number(now.slice(0, 4)) - 1);
      return range(since, until)
        .filter((year) => !had.includes(year))
        .map((year) =>
          ask(
            'vaccinatedYear',
            s,
            { type: 'polarity', thing: ofIds(s.thing, []), yes: false, now: false, absent: true },
            () => ({ year: String(year) }),
            'vaccinatedYear-no',
          ),
        );
    }),
  );
  if (done.length === all.length && all.length > 0) {
    offer(1, [
      {
        kind: 'vaccines',
        wordings: WORDINGS.vaccines,
        expected: { type: 'list', items: things(all), neutral: [], foreign: [], counts: [all.length, record.vaccines.length] },
      },
    ]);
  }
};

function range(from: number, to: number): readonly number[] {
  return to < from ? [] : Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

const COUNTED = new Set([
  'procedure/colonoscopy',
  'procedure/cxr',
  'procedure/echo',
  'procedure/boneDensity',
  'procedure/throatCulture',
  'procedure/eeg',
  'procedure/csection',
]);

export const procedures: Source = ({ procedures: all, record }, offer) => {
  const done = all.filter((s) => s.items.every((i) => i.state === 'done' && i.date !== undefined));
  const common = done.filter((s) => s.common);
  offer(
    2,
    common.map((s) => ask('hadProcedure', s, { type: 'polarity', thing: s.thing, yes: true, now: false, absent: false })),
  );
  offer(
    2,
    absent(PROCEDURES, record).map((n) => ask('hadProcedure', subjectOf(n), missing(n, false), undefined, 'hadProcedure-absent')),
  );
  offer(
    1,
    absent(PROCEDURES, record).map((n) =>
      ask('procedureWhen', subjectOf(n), { type: 'not-recorded', thing: nothingOf(n) }, undefined, 'procedureWhen-absent'),
    ),
  );
  offer(
    1,
    common.map((s) => {
      const dates = s.items.map((i) => i.date ?? '');
      return ask('procedureWhen', s, { type: 'date', thing: s.thing, accepted: newest(s.items).map((i) => i.date ?? ''), alsoTrue: dates });
    }),
  );
  offer(
    1,
    common
      .filter((s) => COUNTED.has(s.key))
      .map((s) => ask('countProcedures', s, { type: 'count', thing: s.thing, accepted: [s.items.length], searchWillDo: true })),
  );
  if (done.length === all.length) {
    const required = all.filter((s) => !s.items.some(isMinor));
    if (required.length > 0) {
      offer(1, [
        {
          kind: 'procedures',
          wordings: WORDINGS.procedures,
          expected: {
            type: 'list',
            items: things(required),
            neutral: things(all.filter((s) => !required.includes(s))),
            foreign: [],
            counts: [required.length, record.procedures.length],
          },
        },
      ]);
    }
  }
};

export const visits: Source = ({ record, now }, offer) => {
  const done = record.visits.filter((v) => v.state === 'done' && v.date !== undefined && instantOf(v.date) <= Date.parse(now));
  if (done.length === 0) return;
  const alive = done.filter((v) => !v.displays.some((d) => /death/i.test(d)));
  const last = [...newest(done), ...newest(alive)];
  const visit: Thing = { names: ['visit', 'seen', 'encounter'], ids: idsOf(last) };
  if (done.length === record.visits.length) {
    const accepted = last.flatMap((v) => [v.date ?? '', ...(v.end === undefined ? [] : [v.end])]);
    offer(1, [{ kind: 'lastVisit', wordings: WORDINGS.lastVisit, expected: { type: 'date', thing: visit, accepted, alsoTrue: [] } }]);
    const emergency = done.filter((v) => ['EMER', 'emergency'].includes(v.kind ?? ''));
    const doubtful = done.some((v) => !['EMER', 'emergency'].includes(v.kind ?? '') && v.displays.some((d) => /emergency|urgent/i.test(d)));
    if (!doubtful && done.every((v) => v.kind !== undefined)) {
      const thing: Thing = { names: ['emergency', 'ER', 'ED'], ids: idsOf(emergency) };
      offer(1, [
        {
          kind: 'countEmergency',
          wordings: WORDINGS.countEmergency,
          expected: { type: 'count', thing, accepted: [emergency.length], searchWillDo: true },
        },
      ]);
    }
    offer(
      1,
      [...byYear(done)].map(([year, list]) => ({
        kind: 'countVisitsYear',
        wordings: WORDINGS.countVisitsYear,
        fill: () => ({ year }),
        expected: {
          type: 'count',
          thing: { names: ['visit', 'encounter'], ids: idsOf(list) },
          accepted: [list.length],
          searchWillDo: true,
        },
      })),
    );
    const inpatient = done.filter((v) => ['IMP', 'ACUTE', 'NONAC', 'inpatient'].includes(v.kind ?? ''));
    const unsure = inpatient.length === 0 && /admission|inpatient|hospitali[sz]ation/.test(record.everything);
    if (!unsure && done.every((v) => v.kind !== undefined)) {
      const thing: Thing = { names: ['admission', 'admitted', 'inpatient', 'hospitalization', 'hospital stay'], ids: idsOf(inpatient) };
      const yes = inpatient.length > 0;
      offer(1, [
        {
          kind: yes ? 'admitted' : 'admitted-never',
          wordings: WORDINGS.admitted,
          expected: { type: 'polarity', thing, yes, now: false, absent: !yes },
        },
      ]);
    }
  }
  offer(
    2,
    done
      .filter((v) => v.reasons.length > 0 && record.visits.filter((w) => dayOf(w.date ?? '') === dayOf(v.date ?? '')).length === 1)
      .map((v): Ask => {
        const accepted = group(v.reasons, CONDITIONS).map((r) => ofIds(r.thing, [...r.thing.ids, v.id]));
        const all = group([...record.problems, ...record.visits.flatMap((w) => w.reasons)], CONDITIONS);
        const others = all.filter((c) => !accepted.some((r) => c.thing.names.some((name) => r.names.includes(name)))).map((c) => c.thing);
        return {
          kind: 'visitReason',
          wordings: WORDINGS.visitReason,
          fill: (choices) => ({ date: writeDate(v.date ?? '', choices) }),
          expected: { type: 'reason', accepted, others },
        };
      }),
  );
};
