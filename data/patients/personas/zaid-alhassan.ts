import type { Persona } from '../generate.ts';
import { plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';
import type { Problem } from '../generator/problems.ts';
import type { Visit } from '../generator/visit.ts';

const IPRATROPIUM = { amount: 0.25, per: { minutes: 20 }, note: 'Three doses, with the first albuterol' } as const;

/** What the emergency department does in an attack, with prednisolone in mg each time (3 mg/mL); what is returned ends the nebules. */
function treatAttack(visit: Visit, attack: Problem, prednisolone: number): () => void {
  const nebules = visit.start(
    'albuterol-neb',
    { amount: 2.5, per: { hours: 1 }, note: 'Three times in the first hour, then every hour' },
    { for: attack },
  );
  const ipratropium = visit.start('ipratropium-neb', IPRATROPIUM, { for: attack });
  visit.start(
    'prednisolone-3',
    { amount: prednisolone, times: 2, days: 5, note: `${prednisolone / 3} mL each time (2 mg/kg a day); the first dose in the first hour` },
    { for: attack, setting: 'discharge' },
  );
  visit.plans('Oxygen by mask until the saturation stays at 94 % or more');
  visit.sign();
  return () => {
    visit.stop(ipratropium, 'three doses were given');
    visit.stop(nebules, 'breathes easily for two hours, without oxygen for one');
  };
}

/** A boy's asthma from the first wheeze to the school form, with eczema and a peanut allergy, told through well-child visits. */
export const zaidAlhassan: Persona = {
  id: 'zaid-alhassan',
  title: 'Asthma in a child',
  person: (asOf) => ({
    given: ['Zaid'],
    family: 'Al-Hassan',
    ownScript: { given: 'زيد', family: 'الحسن' },
    sex: 'male',
    birthDate: plus(asOf, { years: -7, months: -5, days: 12 }),
    races: [],
    language: 'ar',
    interpreter: true,
    address: { line: '9 Canal Street, Apt 1', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0145',
    contact: { name: 'Rania Al-Hassan', relation: 'mother', phone: '413-555-0145' },
    primaryCare: 'abadi',
  }),
  course: (record) => {
    const { body, person } = record;
    const born = person.birthDate;
    const at = (years: number, months = 0, days = 0) => plus(born, { years, months, days });
    record.coverage('medicaid', born);
    record.family({ relation: 'mother', conditions: [['allergic-rhinitis', 15]], recorded: at(0, 0, 4) });
    record.family({ relation: 'father', conditions: [['asthma', 6]], recorded: at(0, 0, 4) });

    // Near the 45th percentile of weight and the 40th of height; head near the 50th.
    for (const [years, months, weight, height, head] of [
      [0, 0, 3.3, 49.6, 34.5],
      [0, 2, 5.5, 58.1, 39],
      [0, 4, 6.9, 63.6, 41.5],
      [0, 6, 7.8, 67.2, 43.2],
      [0, 9, 8.8, 71.5, 44.9],
      [1, 0, 9.5, 75.2, 46],
      [1, 3, 10.2, 78.5, 46.7],
      [1, 6, 10.8, 81.7, 47.3],
      [2, 0, 12.5, 85.7, 48.2],
      [2, 6, 13.2, 89.7],
      [3, 0, 14.1, 93.7],
      [4, 0, 15.9, 100.8],
      [5, 0, 18.0, 107.4],
      [6, 0, 20.2, 113.7],
      [7, 0, 22.6, 119.8],
      [7, 6, 23.9, 122.8],
    ] as const) {
      body.set('weight', at(years, months), weight);
      body.set('height', at(years, months), height);
      if (head) body.set('head-circumference', at(years, months), head);
    }
    for (const [test, early, later] of [
      ['systolic', 90, 97],
      ['diastolic', 54, 60],
      ['heart-rate', 112, 88],
      ['respiratory-rate', 28, 20],
    ] as const) {
      body.set(test, at(2), early);
      body.set(test, at(7), later);
    }
    body.set('peanut-ige', at(1, 3), 18);
    body.set('peanut-ige', at(7), 31);
    body.set('lead', at(1), 1.4);

    const well = <T>(day: string, said: string, work: (visit: Visit) => T): T =>
      record.visit({ day, kind: 'well child', reason: 'Well-child visit' }, (visit) => {
        visit.says(said);
        visit.growth();
        return work(visit);
      });

    // The first two years
    well(
      at(0, 0, 4),
      'Born at 39 weeks without trouble. He is breastfed. Both parents speak Arabic; an interpreter is on the telephone.',
      (visit) => visit.finds('Newborn screening and hearing test passed', 'Skin slightly yellow, no need for light treatment'),
    );
    well(at(0, 2), 'He smiles and drinks well.', (visit) => visit.finds('Development fits his age'));
    well(at(0, 4), 'He laughs and holds his head.', (visit) => visit.finds('Dry cheeks', 'Development fits his age'));
    const eczema = well(at(0, 6), 'He scratches at night. His cheeks and elbows are red.', (visit) => {
      visit.finds('Red, dry patches on cheeks and both elbows', 'Development fits his age');
      const eczema = visit.diagnose('atopic-dermatitis', { severity: 'Moderate' });
      visit.start(
        'hydrocortisone-2.5',
        { amount: 1, times: 2, days: 7, note: 'Thin layer on red patches, then a greasy cream' },
        { for: eczema },
      );
      return eczema;
    });
    well(at(0, 9), 'He crawls. The skin is better with the cream.', (visit) => visit.finds('Development fits his age'));
    well(at(1), 'He stands alone and eats egg and yogurt without trouble.', (visit) => {
      visit.labs('lead');
      visit.finds('Development fits his age');
    });
    const { peanut, injector } = record.visit(
      { day: at(1, 2, 9), kind: 'emergency', with: 'fischer', reason: 'Hives and vomiting after peanut butter' },
      (visit) => {
        visit.says('Ten minutes after his first peanut butter he had hives on face and trunk and vomited twice. His breathing was quiet.');
        for (const [test, value] of [
          ['heart-rate', 138],
          ['respiratory-rate', 30],
          ['spo2', 99],
          ['weight', 10.1],
        ] as const)
          visit.result(test, value);
        const reaction = visit.diagnose('anaphylaxis-peanut', { category: 'encounter-diagnosis', until: visit.day() });
        visit.start('epinephrine-0.1', { days: 1, note: 'Into the thigh' }, { for: reaction });
        visit.finds('Hives gone after forty minutes; watched for four hours');
        const peanut = visit.diagnose('peanut-allergy');
        const injector = visit.start(
          'epinephrine-0.1',
          { asNeeded: 'hives with vomiting or trouble breathing', note: 'Into the outer thigh, then call 911' },
          { for: peanut, setting: 'discharge' },
        );
        visit.plans('No peanut in any form; how to use the injector was shown with an Arabic interpreter');
        return { peanut, injector };
      },
    );
    record.allergy('peanut', {
      reaction: 'anaphylaxis',
      severity: 'severe',
      criticality: 'high',
      recorded: at(1, 2, 9),
      onset: at(1, 2, 9),
      note: 'Hives and vomiting ten minutes after peanut butter. Eats egg, milk and wheat.',
    });
    well(at(1, 3), 'He walks. The parents read labels; relatives do not know yet.', (visit) => {
      visit.labs('peanut-ige');
      visit.finds('Development fits his age');
      visit.request('Referral to allergy', {
        for: peanut,
        status: 'revoked',
        note: 'Two appointments were not kept: no interpreter had been booked.',
      });
    });
    well(at(1, 6), 'He says five words in Arabic.', (visit) => visit.finds('Autism screening (M-CHAT) negative'));
    well(at(2), 'He runs and climbs.', (visit) => {
      visit.labs('lead');
      visit.finds('Autism screening (M-CHAT) negative', 'Teeth: two white spots, fluoride varnish put on');
    });
    record.missed({ day: at(2, 6), with: 'abadi', reason: 'Well-child visit', outcome: 'noshow', why: 'The reminder was in English' });

    // Wheezing
    record.visit({ day: at(3, 1, 20), kind: 'urgent', reason: 'Cold and noisy breathing for two days' }, (visit) => {
      visit.says('He has coughed at night and breathed fast since yesterday. It is the first time.');
      visit.vitals('weight');
      visit.result('respiratory-rate', 34);
      visit.result('spo2', 95);
      visit.finds('Wheezing on both sides, no retractions; clear after two puffs of albuterol');
      const wheeze = visit.diagnose('wheezing-viral', { category: 'encounter-diagnosis', until: plus(visit.day(), { days: 8 }) });
      visit.start(
        'albuterol-hfa',
        { amount: 2, per: { hours: 4 }, asNeeded: 'wheezing or coughing', note: 'With spacer and mask' },
        { for: wheeze },
      );
      visit.plans('Spacer with mask handed out; how to use it was shown');
    });
    well(at(3, 3), 'He wheezed once and is well now. He starts preschool.', (visit) => {
      visit.vitals('blood-pressure');
      visit.finds('Skin: eczema of both elbows', 'Vision cannot be tested yet');
    });
    const firstAttack = at(3, 8, 5);
    const asthma = record.visit(
      { day: firstAttack, time: '19:20', kind: 'emergency', with: 'fischer', reason: 'Wheezing that does not go away', for: [peanut] },
      (visit) => {
        visit.says(
          'This is his fourth episode of wheezing with a cold in half a year. The puffs helped for one hour only. He has eaten no peanut.',
        );
        for (const [test, value] of [
          ['heart-rate', 146],
          ['respiratory-rate', 44],
          ['spo2', 91],
          ['temperature', 37.9],
          ['weight', 15.2],
        ] as const)
          visit.result(test, value);
        visit.finds('Retractions between the ribs, wheezing in and out');
        const asthma = visit.diagnose('asthma-mild');
        const attack = visit.diagnose('asthma-exacerbation', {
          category: 'encounter-diagnosis',
          severity: 'Moderate',
          until: plus(firstAttack, { days: 9 }),
        });
        const breathesEasily = treatAttack(visit, attack, 15);
        visit.at(firstAttack, '23:00');
        visit.says('After the treatment he plays on the bed.');
        visit.result('spo2', 95);
        visit.result('respiratory-rate', 30);
        breathesEasily();
        return asthma;
      },
    );
    const controller = record.visit(
      { day: plus(firstAttack, { days: 6 }), kind: 'office', reason: 'After an emergency visit for asthma', for: [asthma, eczema] },
      (visit) => {
        visit.says('He plays again. Between colds he coughs at night about twice a week. His father smoked indoors and now goes outside.');
        visit.vitals('heart-rate', 'respiratory-rate', 'spo2', 'weight');
        visit.finds('Lungs clear', 'Mask was held too loosely: shown again');
        visit.plans('Written asthma action plan in Arabic and English');
        visit.change(injector, { drug: 'epinephrine-jr' }, 'he weighs more than 15 kg');
        return visit.start(
          'fluticasone-hfa-44',
          { amount: 2, times: 2, note: 'With spacer and mask; wipe the face afterwards' },
          { for: asthma, supply: 30, refills: 5 },
        );
      },
    );
    well(
      at(4, 0, 11),
      'He has had two colds without wheezing. He is shy with the interpreter and speaks English at preschool.',
      (visit) => {
        visit.vitals('blood-pressure', 'heart-rate', 'respiratory-rate', 'spo2');
        visit.finds('Eczema mild', 'Vision and hearing normal');
        visit.answer(['71802-3', 'Housing status'], 'I have housing', {
          social: true,
          label: 'Housing status',
          code: { system: 'http://loinc.org', code: 'LA30189-7', display: 'I have housing' },
        });
      },
    );
    record.visit({ day: at(4, 10), kind: 'office', reason: 'Asthma, review', for: [asthma] }, (visit) => {
      visit.says('No night cough for six months, no rescue puffs for four.');
      visit.vitals('heart-rate', 'respiratory-rate', 'spo2', 'weight', 'height');
      visit.change(
        controller,
        { dosage: { amount: 1, times: 2, note: 'With spacer and mask; wipe the face afterwards' } },
        'well controlled for six months',
      );
    });
    well(at(5, 0, 6), 'He starts kindergarten in the fall. The parents stopped the inhaler a month ago, since he was well.', (visit) => {
      visit.vitals('blood-pressure', 'heart-rate', 'respiratory-rate', 'spo2');
      visit.stop(controller, 'parents stopped it, since he was well');
      visit.finds('Vision and hearing normal');
      visit.plans('To be taken again from September on, before the season of colds');
    });

    // The second attack
    const secondAttack = at(5, 4, 17);
    record.visit(
      { day: secondAttack, time: '18:50', kind: 'emergency', with: 'fischer', reason: 'Asthma attack', for: [asthma, peanut] },
      (visit) => {
        visit.says(
          'A cold for three days, no controller for five months. The rescue inhaler was used without the spacer and was empty this morning.',
        );
        for (const [test, value] of [
          ['heart-rate', 138],
          ['respiratory-rate', 38],
          ['spo2', 92],
          ['temperature', 37.4],
          ['weight', 18.7],
        ] as const)
          visit.result(test, value);
        visit.finds('Speaks in short phrases, wheezing on both sides');
        const attack = visit.diagnose('asthma-exacerbation', {
          category: 'encounter-diagnosis',
          severity: 'Moderate',
          until: plus(secondAttack, { days: 8 }),
        });
        const breathesEasily = treatAttack(visit, attack, 18);
        visit.at(secondAttack, '22:30');
        visit.says('After the treatment he speaks in whole sentences.');
        visit.result('spo2', 96);
        breathesEasily();
      },
    );
    const step = record.visit(
      { day: plus(secondAttack, { days: 8 }), kind: 'office', reason: 'After an emergency visit for asthma', for: [asthma] },
      (visit) => {
        visit.says('He coughs three nights a week and stops playing soccer early.');
        visit.vitals('heart-rate', 'respiratory-rate', 'spo2', 'weight');
        visit.perform('spirometry', { outcome: 'FEV1 rises by 14 % after albuterol' });
        visit.result('fev1-percent', 84);
        visit.finds('He no longer needs the mask: spacer with mouthpiece shown until he did it rightly three times');
        visit.resolve(asthma, 'Moderate persistent by now', 'inactive');
        const moderate = visit.diagnose('asthma-moderate');
        const puffs = visit.start(
          'fluticasone-hfa-44',
          { amount: 2, times: 2, note: 'With spacer; rinse the mouth afterwards' },
          { for: moderate, supply: 60, refills: 2 },
        );
        visit.plans(
          'This is the highest dose for his age: if he still coughs after two months of it with the right technique, a long-acting bronchodilator is added',
          'A second rescue inhaler with spacer goes to school',
        );
        return { moderate, puffs };
      },
    );
    record.visit(
      { day: at(5, 9), kind: 'specialist', with: 'haddad', reason: 'Asthma, second opinion on treatment', for: [step.moderate] },
      (visit) => {
        visit.says('He has slept through for two months. The mother fears that steroids stop his growth.');
        visit.vitals('heart-rate', 'respiratory-rate', 'spo2', 'weight', 'height');
        visit.perform('spirometry', { outcome: 'Normal' });
        visit.result('fev1-percent', 93);
        visit.labs('peanut-ige');
        visit.plans('The dose stays for another year; growth is followed at each visit');
      },
    );
    well(at(6, 0, 14), 'He runs without coughing. He was at a birthday party where the cake had peanut, and ate none.', (visit) => {
      visit.vitals('blood-pressure', 'heart-rate', 'respiratory-rate', 'spo2');
      visit.finds('Vision and hearing normal', 'Growth goes on along his line');
      visit.request('Referral to allergy', { for: peanut, note: 'With an Arabic interpreter; he has never been seen there' });
    });
    record.visit({ day: at(6, 9), kind: 'office', reason: 'Asthma, review', for: [step.moderate] }, (visit) => {
      visit.says('No night cough, no missed school day in a year. He hardly needs the rescue inhaler.');
      visit.vitals('heart-rate', 'respiratory-rate', 'spo2', 'weight', 'height');
      visit.change(
        step.puffs,
        { dosage: { amount: 1, times: 2, note: 'With spacer; rinse the mouth afterwards' } },
        'well controlled for more than a year',
      );
    });
    well(at(7, 0, 9), 'Second grade. He reads in English and Arabic.', (visit) => {
      visit.vitals('blood-pressure', 'heart-rate', 'respiratory-rate', 'spo2');
      visit.finds('Eczema only in winter', 'Inhaler technique with spacer is right');
      visit.start('cetirizine-susp', { amount: 5, asNeeded: 'itching or sneezing' }, { for: eczema });
      visit.plans('Epinephrine 0.15 mg is right below 25 kg; at 25 kg he changes to 0.3 mg');
    });
    record.visit(
      {
        day: plus(record.asOf, { weeks: -5 }),
        kind: 'nurse',
        with: 'mbeki',
        reason: 'School form for asthma and peanut allergy',
        for: [step.moderate, peanut],
      },
      (visit) => {
        visit.says('The school asks for a form. The injector at school has expired.');
        visit.vitals('weight', 'height', 'spo2');
        visit.finds('He shows the spacer technique without help');
        visit.plans(
          'Form signed: albuterol 2 puffs with spacer for wheezing, epinephrine 0.15 mg for a peanut reaction',
          'A new injector for the school is requested',
        );
      },
    );

    routineImmunizations(record, born, 1);

    const nights = record.goal('No night cough and no limits in sports', {
      start: plus(secondAttack, { days: 8 }),
      for: step.moderate,
      achievement: 'achieved',
    });
    const attacks = record.goal('No emergency visit for asthma in a year', {
      start: plus(secondAttack, { days: 8 }),
      due: record.ahead({ months: 6 }),
      for: step.moderate,
      achievement: 'sustaining',
    });
    record.carePlan('Asthma action plan and peanut allergy', {
      start: plus(secondAttack, { days: 8 }),
      for: [step.moderate, peanut],
      goals: [nights, attacks],
      activities: [
        'Green: fluticasone twice a day, also when well',
        'Yellow: albuterol 2 puffs with spacer every 4 hours, call the clinic on the second day',
        'Red: albuterol 4 puffs and call 911',
        'Peanut: epinephrine injector at home and at school',
        'Growth at each visit',
      ],
    });
    record.careTeam(['abadi', 'haddad', 'mbeki'], plus(secondAttack, { days: 8 }));
    record.book({ after: record.ahead({ weeks: 3 }), with: 'abadi', reason: 'Asthma, winter review', note: 'Arabic interpreter' });
  },
};
