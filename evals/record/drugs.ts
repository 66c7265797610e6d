import { absent, ask, idsOf, missing, nothingOf, ofIds, type Source, subjectOf } from './ask.ts';
import type { Expectation, Thing } from './expectation.ts';
import { ALLERGENS, CLASSES, CONDITIONS, DRUGS } from './names.ts';
import type { Item } from './reading.ts';
import { group, plain, productName, type Subject, strengthsIn, things } from './subjects.ts';
import { WORDINGS } from './wordings.ts';

export const drugs: Source = ({ drugs: all, problems: conditions, record }, offer) => {
  const askable = all.filter((s) => s.common && s.items.every((i) => i.state !== 'doubtful'));
  const active = askable.filter((s) => s.items.some((i) => i.state === 'active'));
  const past = askable.filter((s) => s.items.every((i) => i.state === 'past'));
  const nowIds = (s: (typeof askable)[number]) => {
    const running = s.items.filter((i) => i.state === 'active');
    return running.length > 0 ? running : s.items;
  };
  offer(
    2,
    active.map((s) =>
      ask('takesDrug', s, { type: 'polarity', thing: ofIds(s.thing, idsOf(nowIds(s))), yes: true, now: true, absent: false }),
    ),
  );
  offer(
    2,
    past.map((s) =>
      ask('takesDrug', s, { type: 'polarity', thing: s.thing, yes: false, now: true, absent: false }, undefined, 'takesDrug-stopped'),
    ),
  );
  offer(
    1,
    askable.map((s) => ask('tookDrug', s, { type: 'polarity', thing: s.thing, yes: true, now: false, absent: false })),
  );
  offer(
    2,
    absent(DRUGS, record).map((n) => ask('takesDrug', subjectOf(n), missing(n, true), undefined, 'takesDrug-absent')),
  );
  offer(
    1,
    absent(DRUGS, record).map((n) => ask('tookDrug', subjectOf(n), missing(n, false), undefined, 'tookDrug-absent')),
  );
  offer(
    1,
    absent(DRUGS, record).map((n) =>
      ask('drugDose', subjectOf(n), { type: 'not-recorded', thing: nothingOf(n) }, undefined, 'drugDose-absent'),
    ),
  );

  if (all.every((s) => s.items.every((i) => i.state !== 'doubtful'))) {
    const has = (members: RegExp, state: 'active' | 'past') =>
      record.medications.filter((m) => m.state === state && m.displays.some((d) => members.test(d)));
    offer(
      2,
      CLASSES.flatMap(({ key, said, members, contested }) => {
        const running = has(members, 'active');
        const plainly = running.filter((m) => !m.displays.some((d) => contested?.test(d)));
        if (running.length > 0 && plainly.length === 0) return [];
        const yes = plainly.length > 0;
        const nothing = !yes && has(members, 'past').length === 0;
        // A class asked for by a name such as "statin" is answered by the drug's own name as often.
        const own = record.medications.filter((m) => m.displays.some((d) => members.test(d))).flatMap((m) => m.displays.map(productName));
        const thing: Thing = { names: [...said.map((name) => name.replace(/^(an?|any) /, '')), ...own], ids: idsOf(running) };
        const subject: Subject<Item> = { key, said, typos: [], thing, items: [], common: true };
        return [
          ask(
            'drugClass',
            subject,
            { type: 'polarity', thing, yes, now: true, absent: nothing },
            undefined,
            yes ? 'drugClass' : 'drugClass-no',
          ),
        ];
      }),
    );
    const items = all.filter((s) => s.items.some((i) => i.state === 'active'));
    if (items.length > 0) {
      const entries = record.medications.filter((m) => m.state === 'active').length;
      const list: Expectation = {
        type: 'list',
        items: items.map((s) => ofIds(s.thing, idsOf(s.items.filter((i) => i.state === 'active')))),
        neutral: [],
        foreign: things(all.filter((s) => !items.includes(s))),
        counts: [items.length, entries],
      };
      offer(1, [{ kind: 'currentMeds', wordings: WORDINGS.currentMeds, expected: list }]);
    } else if (!record.everything.includes('medicationadministration') && !record.everything.includes('medicationdispense')) {
      offer(1, [
        {
          kind: 'currentMeds-none',
          wordings: WORDINGS.currentMeds,
          expected: { type: 'not-recorded', thing: { names: ['medication'], ids: [] } },
        },
      ]);
    }
  }
  const dated = askable.filter((s) => s.items.every((i) => i.date !== undefined));
  offer(
    1,
    dated
      .filter((s) => s.items.length <= 3)
      .map((s) =>
        ask('drugSince', s, {
          type: 'date',
          thing: s.thing,
          accepted: nowIds(s)
            .concat(s.items)
            .map((i) => i.date ?? ''),
          alsoTrue: [],
        }),
      ),
  );
  const reasonsOf = (s: (typeof askable)[number]) =>
    group(
      nowIds(s).flatMap((i) => i.reasons),
      CONDITIONS,
    );
  offer(
    1,
    askable
      .filter((s) => reasonsOf(s).length > 0)
      .map((s) => {
        const mine = s.items.flatMap((i) => i.reasons);
        const accepted = group(mine, CONDITIONS).map((r) => ofIds(r.thing, [...r.thing.ids, ...idsOf(s.items)]));
        const others = conditions
          .filter((c) => !accepted.some((r) => c.thing.names.some((name) => r.names.includes(name))))
          .map((c) => c.thing);
        return ask('drugReason', s, { type: 'reason', accepted, others });
      }),
  );
  offer(
    1,
    askable
      .filter((s) => s.items.every((i) => i.reasons.length === 0))
      .map((s) => ask('drugReason', s, { type: 'no-reason', thing: s.thing, others: things(conditions) }, undefined, 'drugReason-none')),
  );
  offer(
    1,
    askable.flatMap((s) => {
      const doses = nowIds(s).flatMap((i) => [...strengthsIn(i), ...i.doses.filter((d) => d.unit !== undefined)]);
      return doses.length === 0 || nowIds(s).some((i) => i.combination)
        ? []
        : [ask('drugDose', s, { type: 'dose', thing: s.thing, accepted: doses })];
    }),
  );
};

export const allergies: Source = ({ record }, offer) => {
  const known = group(record.allergies, ALLERGENS, (d) => plain(d).replace(/^(allergy to|allergic to)\s+|\s+allergy$/gi, ''));
  const none = record.noKnownAllergies;
  // "No known allergies" is a statement. Without one, nobody may say that there are none.
  const overstated = /\bno known\b|\bNKD?A\b|\b(is|are) not allergic|\bhas no (drug |food )?allerg/i;
  if (known.length > 0 && none.length === 0 && record.allergies.every((a) => a.state === 'active')) {
    const expected: Expectation = {
      type: 'list',
      items: things(known),
      neutral: [],
      foreign: [],
      counts: [known.length, record.allergies.length],
    };
    offer(1, [{ kind: 'allergies', wordings: WORDINGS.allergies, expected }]);
    offer(
      1,
      known
        .filter((s) => s.common)
        .map((s) => ask('allergicTo', s, { type: 'polarity', thing: s.thing, yes: true, now: false, absent: false })),
    );
  } else if (known.length === 0 && none.length > 0) {
    offer(1, [
      {
        kind: 'allergies-denied',
        wordings: WORDINGS.allergies,
        expected: {
          type: 'polarity',
          thing: { names: ['allerg', 'allergy', 'allergies'], ids: idsOf(none) },
          yes: false,
          now: false,
          absent: false,
        },
      },
    ]);
  } else if (known.length === 0) {
    offer(1, [
      {
        kind: 'allergies-none',
        wordings: WORDINGS.allergies,
        expected: { type: 'not-recorded', thing: { names: ['allergy', 'allergic'], ids: [] }, forbidden: overstated },
      },
    ]);
  }
  offer(
    2,
    absent(ALLERGENS, record).map((n) =>
      ask(
        'allergicTo',
        subjectOf(n),
        {
          type: 'polarity',
          thing: nothingOf(n),
          yes: false,
          now: false,
          absent: true,
          ...(none.length > 0 ? {} : { forbidden: overstated }),
        },
        undefined,
        'allergicTo-absent',
      ),
    ),
  );
};
