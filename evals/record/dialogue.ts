import { absent, ask, callIt, extremes, idsOf, nothingOf, ofIds, type Source, subjectOf, value } from './ask.ts';
import type { Expectation } from './expectation.ts';
import { CONDITIONS, type Named, OTHER_PEOPLE, TESTS } from './names.ts';
import type { Choices } from './phrasing.ts';
import type { Item } from './reading.ts';
import { fold } from './reading-answers.ts';
import { group, newest, type Subject } from './subjects.ts';
import { FOLLOW_UPS, PAIRS, PREMISES, WORDINGS } from './wordings.ts';

export const person: Source = ({ record, now }, offer) => {
  if (record.birthDate?.length === 10) {
    const ids = [`Patient/${record.id}`];
    offer(1, [
      {
        kind: 'born',
        wordings: WORDINGS.born,
        expected: { type: 'date', thing: { names: ['born', 'birth'], ids }, accepted: [record.birthDate], alsoTrue: [] },
      },
    ]);
    const birthday = now.slice(5, 10) >= record.birthDate.slice(5);
    const age = Number(now.slice(0, 4)) - Number(record.birthDate.slice(0, 4)) - (birthday ? 0 : 1);
    if (!record.deceased)
      offer(1, [
        {
          kind: 'age',
          wordings: WORDINGS.age,
          expected: { type: 'count', thing: { names: ['age', 'old'], ids }, accepted: [age], searchWillDo: false },
        },
      ]);
  }
};

export const refusals: Source = ({ record, series, drugs: all }, offer) => {
  const own = fold(`${record.given} ${record.family}`);
  const others = OTHER_PEOPLE.filter(
    (name) =>
      !fold(name)
        .split(' ')
        .some((part) => part.length > 3 && own.includes(part)),
  );
  offer(
    2,
    others.map((other) => ({
      kind: 'otherPerson',
      wordings: WORDINGS.otherPerson,
      fill: () => ({ other }),
      expected: { type: 'status', accepted: ['declined'] },
    })),
  );
  offer(1, [{ kind: 'notClinical', wordings: WORDINGS.notClinical, expected: { type: 'status', accepted: ['declined'] } }]);
  if (series.length > 3 && all.length > 1)
    offer(1, [{ kind: 'unclear', wordings: WORDINGS.unclear, expected: { type: 'status', accepted: ['clarify'] } }]);
};

export const unmeasured: Source = ({ record }, offer) => {
  const none = (n: Named): Expectation => ({ type: 'not-recorded', thing: nothingOf(n) });
  offer(
    2,
    absent(TESTS, record).map((n) => ask('latest', subjectOf(n), none(n), undefined, 'latest-absent')),
  );
  offer(
    1,
    absent(TESTS, record).map((n) => ask('latestWhen', subjectOf(n), none(n), undefined, 'latestWhen-absent')),
  );
  offer(
    1,
    absent(TESTS, record).map((n) => ask('change', subjectOf(n), none(n), undefined, 'change-absent')),
  );
};

export const conversations: Source = ({ series, drugs: all }, offer) => {
  const common = series.filter((s) => s.common && s.oneUnit);
  offer(
    2,
    common.flatMap((s, i) => {
      const other = common[(i + 3) % common.length];
      if (other === undefined || other === s) return [];
      return [
        {
          kind: 'followUp-other',
          wordings: FOLLOW_UPS.otherTest,
          x: other,
          before: { wordings: { first: ['What is {p} latest {x}?'], second: ['last {x}?'] }, x: s },
          expected: value(other, newest(other.points)),
        },
      ];
    }),
  );
  const before = (x: Subject<Item>) => ({ wordings: { first: ['What is {p} latest {x}?'], second: ['last {x}?'] }, x });
  offer(
    1,
    common.map((s) => ({
      kind: 'followUp-when',
      wordings: FOLLOW_UPS.when,
      before: before(s),
      expected: { type: 'date', thing: s.thing, accepted: newest(s.points).map((p) => p.date), alsoTrue: s.points.map((p) => p.date) },
    })),
  );
  offer(
    1,
    common
      .filter((s) => s.points.length >= 3)
      .map((s) => ({
        kind: 'followUp-highest',
        wordings: FOLLOW_UPS.highest,
        before: before(s),
        expected: value(s, extremes(s, Math.max)),
      })),
  );
  const active = all.filter((s) => s.common && s.items.length === 1 && s.items[0]?.state === 'active');
  const onDrug = (x: Subject<Item>) => ({ wordings: { first: ['Is {s} on {x}?'], second: ['Is {s} taking {x}?'] }, x });
  offer(
    1,
    active.flatMap((s) => {
      const date = s.items[0]?.date;
      return date === undefined
        ? []
        : [
            {
              kind: 'followUp-since',
              wordings: FOLLOW_UPS.since,
              before: onDrug(s),
              expected: { type: 'date', thing: s.thing, accepted: [date], alsoTrue: [] } satisfies Expectation,
            },
          ];
    }),
  );
  offer(
    1,
    active.flatMap((s) => {
      const accepted = group(
        s.items.flatMap((i) => i.reasons),
        CONDITIONS,
      ).map((r) => ofIds(r.thing, [...r.thing.ids, ...idsOf(s.items)]));
      return accepted.length === 0
        ? []
        : [
            {
              kind: 'followUp-why',
              wordings: FOLLOW_UPS.why,
              before: onDrug(s),
              expected: { type: 'reason', accepted, others: [] } satisfies Expectation,
            },
          ];
    }),
  );
};

export const premises: Source = ({ drugs: all, record }, offer) => {
  const running = all.filter((s) => s.common && s.items.every((i) => i.state === 'active'));
  offer(
    2,
    running.map((s) => ({
      kind: 'premise-stopped',
      wordings: PREMISES.stoppedDrug,
      x: s,
      expected: { type: 'premise', thing: s.thing, truth: 'active' },
    })),
  );
  const nothing = absent(CONDITIONS, record);
  offer(
    2,
    nothing.map((n) => ({
      kind: 'premise-condition',
      wordings: PREMISES.absentCondition,
      x: subjectOf(n),
      expected: { type: 'premise', thing: nothingOf(n), truth: 'absent' },
    })),
  );
};

export const pairs: Source = (context, offer) => {
  const common = context.series.filter((s) => s.common);
  const name = (s: Subject<Item>, choices: Choices) => callIt(s, choices, context, true);
  offer(
    2,
    common.flatMap((a, i) => {
      const b = common[(i + 2) % common.length];
      if (b === undefined || b === a) return [];
      return [
        {
          kind: 'two-tests',
          wordings: PAIRS.twoTests,
          fill: (choices: Choices) => ({ a: name(a, choices), b: name(b, choices) }),
          expected: {
            type: 'both',
            parts: [
              value(
                a,
                newest(a.points),
                false,
                b.points.map((p) => p.value),
              ),
              value(
                b,
                newest(b.points),
                false,
                a.points.map((p) => p.value),
              ),
            ],
          } satisfies Expectation,
        },
      ];
    }),
  );
  const drug = context.drugs.filter((s) => s.common && s.items.every((i) => i.state !== 'doubtful'));
  offer(
    1,
    common.flatMap((a, i) => {
      const b = drug[i % Math.max(1, drug.length)];
      if (b === undefined) return [];
      const yes = b.items.some((item) => item.state === 'active');
      const thing = ofIds(b.thing, idsOf(b.items.filter((item) => !yes || item.state === 'active')));
      return [
        {
          kind: 'test-and-drug',
          wordings: PAIRS.testAndDrug,
          fill: (choices: Choices) => ({ a: name(a, choices), b: name(b, choices) }),
          expected: {
            type: 'both',
            parts: [value(a, newest(a.points)), { type: 'polarity', thing, yes, now: true, absent: false }],
          } satisfies Expectation,
        },
      ];
    }),
  );
};
