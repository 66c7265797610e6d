import { absent, ask, idsOf, missing, nothingOf, ofIds, type Source, subjectOf } from './ask.ts';
import type { Expectation } from './expectation.ts';
import { CONDITIONS } from './names.ts';
import { isCircumstance, things } from './subjects.ts';
import { WORDINGS } from './wordings.ts';

export const problems: Source = ({ problems: all, record }, offer) => {
  const askable = all.filter((s) => s.common && s.items.every((i) => i.state === 'active' || i.state === 'over') && s.items.length > 0);
  const active = askable.filter((s) => s.items.some((i) => i.state === 'active'));
  const over = askable.filter((s) => s.items.every((i) => i.state === 'over'));
  const mark = (s: (typeof askable)[number], yes: boolean, now: boolean): Expectation => ({
    type: 'polarity',
    thing: s.thing,
    yes,
    now,
    absent: false,
  });
  offer(
    2,
    active.map((s) => ask('hasCondition', s, mark(s, true, true))),
  );
  offer(
    2,
    over.map((s) => ask('hadCondition', s, mark(s, true, false))),
  );
  offer(
    1,
    active.map((s) => ask('hadCondition', s, mark(s, true, false), undefined, 'hadCondition-active')),
  );
  offer(
    2,
    active.map((s) =>
      ask('stillActive', s, { type: 'state', thing: ofIds(s.thing, idsOf(s.items.filter((i) => i.state === 'active'))), over: false }),
    ),
  );
  offer(
    2,
    over.map((s) => ask('stillActive', s, { type: 'state', thing: s.thing, over: true }, undefined, 'stillActive-over')),
  );
  const dated = askable.filter((s) => s.items.every((i) => i.date !== undefined));
  const dates = (s: (typeof askable)[number]) => s.items.map((i) => i.date ?? '');
  offer(
    2,
    dated
      .filter((s) => s.items.length === 1)
      .map((s) => ask('onset', s, { type: 'date', thing: s.thing, accepted: dates(s), alsoTrue: [] })),
  );
  offer(
    1,
    over
      .filter((s) => s.items.length === 1 && s.items[0]?.end !== undefined)
      .map((s) => ask('resolvedWhen', s, { type: 'date', thing: s.thing, accepted: [s.items[0]?.end ?? ''], alsoTrue: dates(s) })),
  );

  const certain = all.filter((s) => s.items.every((i) => i.state !== 'doubtful'));
  if (certain.length === all.length && all.length > 0) {
    const running = all.filter((s) => s.items.some((i) => i.state === 'active'));
    const listed = running.some((s) => s.items.some((i) => i.listed)) ? running.filter((s) => s.items.some((i) => i.listed)) : running;
    const required = listed.filter((s) => !s.items.some(isCircumstance));
    const neutral = running.filter((s) => !required.includes(s));
    if (required.length > 0) {
      const entries = running.reduce((sum, s) => sum + s.items.length, 0);
      offer(1, [
        {
          kind: 'activeProblems',
          wordings: WORDINGS.activeProblems,
          expected: {
            type: 'list',
            items: required.map((s) => ofIds(s.thing, idsOf(s.items))),
            neutral: things(neutral),
            foreign: things(all.filter((s) => !running.includes(s))),
            counts: [required.length, entries],
          },
        },
      ]);
    }
  }
  offer(
    2,
    absent(CONDITIONS, record).map((n) => ask('hasCondition', subjectOf(n), missing(n, true), undefined, 'hasCondition-absent')),
  );
  offer(
    1,
    absent(CONDITIONS, record).map((n) => ask('hadCondition', subjectOf(n), missing(n, false), undefined, 'hadCondition-absent')),
  );
  offer(
    1,
    absent(CONDITIONS, record).map((n) =>
      ask('onset', subjectOf(n), { type: 'not-recorded', thing: nothingOf(n) }, undefined, 'onset-absent'),
    ),
  );
};
