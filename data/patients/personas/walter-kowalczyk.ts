import type { Persona } from '../generate.ts';
import { minus, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';
import type { Visit } from '../generator/visit.ts';

/** COPD of a foundry worker: three exacerbations, inhalers stepped up, a rehabilitation that he broke off, and a CT of the lungs that is due. */
export const walterKowalczyk: Persona = {
  id: 'walter-kowalczyk',
  title: 'COPD with exacerbations',
  person: (asOf) => ({
    given: ['Walter'],
    family: 'Kowalczyk',
    sex: 'male',
    identity: 'man',
    birthDate: minus(asOf, { years: 71, months: 5, days: 19 }),
    races: ['white'],
    hispanic: false,
    language: 'pl',
    marital: 'married',
    address: { line: '63 Mill Street', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0143',
    contact: { name: 'Halina Kowalczyk', relation: 'wife', phone: '413-555-0144' },
    primaryCare: 'okafor',
  }),
  course: (record) => {
    const { ago, body } = record;
    record.coverage('commercial', ago({ years: 12 }), ago({ years: 6, months: 6 }));
    record.coverage('medicare', ago({ years: 6, months: 5 }));
    record.allergy('penicillin', {
      reaction: 'rash',
      criticality: 'unable-to-assess',
      verification: 'unconfirmed',
      recorded: ago({ years: 10 }),
      note: 'His mother told of a rash when he was about six, in Poland. No penicillin since. Never tested.',
    });
    record.family({ relation: 'father', conditions: [['lung-cancer', 66]], diedAt: 67, recorded: ago({ years: 10 }) });
    record.family({ relation: 'mother', conditions: [['hypertension', 60]], diedAt: 84, recorded: ago({ years: 10 }) });

    body.set('height', ago({ years: 10 }), 174);
    body.set('weight', ago({ years: 10 }), 81);
    body.set('weight', ago({ years: 3 }), 77);
    body.set('weight', ago({}), 69);
    body.set('systolic', ago({ years: 10 }), 145);
    body.set('diastolic', ago({ years: 10 }), 85);
    body.set('ldl', ago({ years: 10 }), 151);
    body.set('hdl', ago({ years: 10 }), 44);
    body.set('egfr', ago({ years: 10 }), 82);
    body.set('egfr', ago({}), 72);
    body.set('fev1', ago({ years: 9, months: 6 }), 2.16);
    body.set('fev1', ago({}), 1.33);
    body.set('fev1-percent', ago({ years: 9, months: 6 }), 67);
    body.set('fev1-percent', ago({}), 45);
    body.set('fev1-fvc', ago({ years: 9, months: 6 }), 61);
    body.set('fev1-fvc', ago({}), 47);
    body.set('eosinophils', ago({ years: 10 }), 0.31);
    body.set('spo2', ago({ years: 10 }), 96);
    body.set('spo2', ago({}), 92.5);
    body.set('hemoglobin', ago({ years: 10 }), 15.4);
    body.set('hemoglobin', ago({}), 16.2);
    body.set('bicarbonate', ago({}), 26);
    body.set('pco2', ago({}), 46);
    body.set('po2', ago({}), 65);
    body.set('psa', ago({}), 2.1);

    const breathing = (visit: Visit) => visit.vitals('blood-pressure', 'heart-rate', 'respiratory-rate', 'spo2', 'weight');
    const spirometry = (visit: Visit, outcome: string) => {
      visit.perform('spirometry', { outcome });
      visit.labs('fev1', 'fev1-percent', 'fev1-fvc');
    };

    // Found
    record.smoking('daily', ago({ years: 10 }));
    const { hypertension, lipids, tobacco } = record.visit(
      { day: ago({ years: 10 }), kind: 'checkup', reason: 'New patient, check-up' },
      (visit) => {
        visit.says(
          'He has worked in an iron foundry for thirty years. He coughs in the morning and has smoked one pack a day since he was 18.',
        );
        breathing(visit);
        visit.vitals('height', 'bmi');
        visit.labs('cmp', 'lipids', 'cbc-diff', 'hba1c');
        const hypertension = visit.diagnose('hypertension');
        const lipids = visit.diagnose('hyperlipidemia');
        const tobacco = visit.diagnose('tobacco-use-disorder', {
          onset: ago({ years: 53 }),
          icd10: ['F17.211', 'Nicotine dependence, cigarettes, in remission'],
        });
        visit.start('amlodipine-5', {}, { for: hypertension, supply: 90, refills: 3 });
        visit.start('atorvastatin-20', { when: 'evening' }, { for: lipids, supply: 90, refills: 3 });
        visit.perform('smoking-cessation', { outcome: 'He is not ready to stop' });
        visit.request('Spirometry', { to: 'haddad', kind: 'Evaluation', status: 'completed' });
        return { hypertension, lipids, tobacco };
      },
    );
    const { copd, lama } = record.visit(
      {
        day: ago({ years: 9, months: 6 }),
        kind: 'specialist',
        with: 'haddad',
        reason: 'Cough and breathlessness on hills',
        for: [tobacco],
      },
      (visit) => {
        visit.says('He is short of breath when he hurries or walks uphill. The foundry was dusty and masks came late.');
        breathing(visit);
        spirometry(visit, 'Obstruction that does not go away after a bronchodilator');
        visit.labs('alpha-1-antitrypsin');
        visit.report(
          'Chest X-ray',
          'Radiology',
          ['36643-5', 'XR Chest 2 Views'],
          'Flattened diaphragms. No mass. No nodules of silicosis.',
        );
        visit.score('mmrc', 1, 'short of breath when hurrying or walking uphill');
        const copd = visit.diagnose('copd');
        return {
          copd,
          rescue: visit.start('albuterol-hfa', { amount: 2, per: { hours: 4 }, asNeeded: 'shortness of breath' }, { for: copd }),
          lama: visit.start('tiotropium', { note: 'Inhale each capsule in two breaths' }, { for: copd, supply: 90, refills: 3 }),
        };
      },
    );

    // Stopping, and starting again
    const patch = record.visit(
      { day: ago({ years: 8, months: 3 }), kind: 'office', reason: 'Wants to stop smoking', for: [tobacco] },
      (visit) => {
        visit.says('His first grandchild is born, and he wants to stop. He has tried twice without help.');
        visit.vitals();
        visit.perform('smoking-cessation', { outcome: 'Date to stop chosen with him' });
        visit.result('pack-years', 45);
        visit.plans('After six weeks 14 mg a day for two weeks, then 7 mg a day for two weeks');
        return visit.start('nicotine-patch-21', { days: 42 }, { for: tobacco });
      },
    );
    const dateToStop = patch.order.authoredOn!;
    record.order('nicotine-patch-14', { days: 14 }, plus(dateToStop, { days: 42 }), { for: tobacco });
    record.order('nicotine-patch-7', { days: 14 }, plus(dateToStop, { days: 56 }), { for: tobacco });
    record.visit(
      { day: plus(dateToStop, { weeks: 7 }), kind: 'telephone', with: 'mbeki', reason: 'Call after stopping smoking' },
      (visit) => {
        visit.says('He has not smoked for six weeks and wears the smaller patch.');
      },
    );
    record.smoking('former', plus(dateToStop, { weeks: 7 }));
    for (const [day, words, plan] of [
      [
        ago({ years: 7, months: 6 }),
        'He does not smoke and walks to the foundry again.',
        'A yearly low-dose CT of the chest is offered: he does not want to know, since his father died weeks after his scan',
      ],
      [
        ago({ years: 6, months: 6 }),
        'He has stopped work in the foundry. He takes his inhaler every morning.',
        'The CT is offered again; not now',
      ],
      [ago({ years: 5, months: 6 }), 'He smokes a cigarette now and then in the garden.', 'The offer of help with stopping stands'],
    ] as const)
      record.visit({ day, kind: 'checkup', reason: 'Yearly review', for: [copd, hypertension, lipids] }, (visit) => {
        visit.says(words);
        breathing(visit);
        visit.labs('cmp', 'lipids', 'cbc-diff');
        visit.plans(plan);
      });
    record.visit(
      { day: ago({ years: 5 }), kind: 'specialist', with: 'haddad', reason: 'COPD, more breathless', for: [copd, tobacco] },
      (visit) => {
        visit.says('Since last year he has smoked again, half a pack to one pack a day. He walks slower than his wife on the level.');
        breathing(visit);
        spirometry(visit, 'Obstruction, FEV1 lower than four years ago');
        visit.score('mmrc', 2, 'walks slower than people of his age');
        visit.finds('COPD Assessment Test 17 of 40', 'He uses the inhaler rightly after it was shown again');
        visit.change(lama, { drug: 'umeclidinium-vilanterol', dosage: { times: 1 } }, 'breathless on one bronchodilator');
        visit.perform('smoking-cessation', { outcome: 'He will try a tablet' });
      },
    );
    record.smoking('daily', ago({ years: 5 }));
    const begun = record.visit(
      { day: ago({ years: 4, months: 10 }), kind: 'office', reason: 'Stopping smoking', for: [tobacco] },
      (visit) => {
        visit.says('He smokes fifteen cigarettes a day and has chosen a day in two weeks.');
        visit.vitals();
        visit.start('varenicline-0.5', { days: 3, note: 'From the starter pack' }, { for: tobacco });
        visit.plans('Then 0.5 mg twice daily for four days, then 1 mg twice daily');
        return visit.day();
      },
    );
    record.order('varenicline-0.5', { times: 2, days: 4, note: 'From the starter pack' }, plus(begun, { days: 3 }), { for: tobacco });
    const varenicline = record.order('varenicline-1', { times: 2 }, plus(begun, { days: 7 }), { for: tobacco });
    record.visit({ day: ago({ years: 4, months: 8 }), kind: 'telephone', with: 'mbeki', reason: 'Side effect of varenicline' }, (visit) => {
      visit.says('He has vivid nightmares and sleeps badly. He smokes five cigarettes a day.');
      visit.stop(varenicline, 'nightmares; Dr. Okafor was asked and agrees');
      visit.plans('He comes to Dr. Okafor if he wants to try another way');
    });

    // First exacerbation
    const first = ago({ years: 4 });
    record.visit({ day: first, kind: 'urgent', reason: 'Cough with green sputum, more breathless for four days', for: [copd] }, (visit) => {
      visit.says('After a cold of his grandson he coughs green sputum and uses the rescue inhaler every three hours.');
      visit.vitals('blood-pressure', 'temperature');
      visit.result('heart-rate', 98);
      visit.result('respiratory-rate', 24);
      visit.result('spo2', 91);
      visit.finds('Wheezing over both lungs, no crackles');
      const attack = visit.diagnose('copd-exacerbation', {
        category: 'encounter-diagnosis',
        severity: 'Moderate',
        until: plus(first, { days: 12 }),
      });
      visit.start('prednisone-20', { amount: 2, when: 'morning', days: 5 }, { for: attack });
      visit.start(
        'doxycycline-100',
        { times: 2, days: 5 },
        { for: attack, because: 'green sputum; penicillin is on his list of allergies' },
      );
    });
    record.smoking('former', ago({ years: 3, months: 1 }));
    const nodule = record.visit(
      { day: ago({ years: 3 }), kind: 'specialist', with: 'haddad', reason: 'COPD, yearly review', for: [copd] },
      (visit) => {
        visit.says('He has not smoked for a month: he stopped from one day to the next when his brother-in-law died of lung cancer.');
        breathing(visit);
        spirometry(visit, 'Obstruction');
        visit.labs('cbc-diff');
        visit.result('pack-years', 48);
        visit.resolve(tobacco, 'No cigarette for a month.', 'remission');
        visit.score('mmrc', 2, 'walks slower than people of his age');
        visit.report(
          'Low-dose CT of the chest',
          'Radiology',
          ['29252-4', 'CT Chest WO contrast'],
          'Solid nodule of 4 mm in the left lower lobe. Moderate centrilobular emphysema. Lung-RADS 2: again in 12 months. Coronary calcification.',
        );
        return visit.diagnose('lung-nodule', { site: 'Left lower lobe', note: '4 mm, solid' });
      },
    );

    // Second, and the third inhaled drug
    const second = ago({ years: 2, months: 1 });
    record.visit({ day: second, kind: 'urgent', with: 'tran', reason: 'More breathless, more sputum', for: [copd] }, (visit) => {
      visit.says('He ran out of the combined inhaler three weeks ago: the copay had gone up, and he told nobody.');
      visit.vitals('blood-pressure', 'temperature');
      visit.result('heart-rate', 102);
      visit.result('respiratory-rate', 25);
      visit.result('spo2', 90);
      const attack = visit.diagnose('copd-exacerbation', {
        category: 'encounter-diagnosis',
        severity: 'Moderate',
        until: plus(second, { days: 10 }),
      });
      visit.start('prednisone-20', { amount: 2, when: 'morning', days: 5 }, { for: attack });
      visit.start('azithromycin-250', { days: 5, note: 'Two tablets on the first day' }, { for: attack });
      visit.request('Help with the cost of inhalers', { to: 'whitehorse', social: true, status: 'completed' });
    });
    record.visit(
      { day: ago({ years: 1, months: 11 }), kind: 'specialist', with: 'haddad', reason: 'COPD, yearly review', for: [copd, nodule] },
      (visit) => {
        visit.says('He has the inhaler again and breathes as before the attack.');
        breathing(visit);
        spirometry(visit, 'Obstruction');
        body.fix('eosinophils', visit.now(), 0.31);
        visit.labs('cbc-diff');
        visit.score('mmrc', 2, 'walks slower than people of his age');
        visit.report(
          'Low-dose CT of the chest',
          'Radiology',
          ['29252-4', 'CT Chest WO contrast'],
          'Nodule of 4 mm in the left lower lobe, unchanged. Emphysema. Lung-RADS 2: again in 12 months.',
        );
        visit.plans('If another exacerbation comes, an inhaled steroid is added: his eosinophils are about 300 per microliter');
      },
    );

    // Third: the ward
    const third = ago({ years: 1, months: 2 });
    record.visit(
      {
        day: third,
        until: plus(third, { days: 4 }),
        kind: 'inpatient',
        with: 'delacroix',
        reason: 'Severe breathlessness, cannot finish sentences',
        for: [copd],
      },
      (visit) => {
        visit.says('Three days after a cold he could no longer walk to the bathroom. He has no chest pain.');
        visit.pressure(152, 84);
        for (const [test, value] of [
          ['heart-rate', 112],
          ['respiratory-rate', 30],
          ['temperature', 37.6],
          ['spo2', 85],
          ['arterial-ph', 7.33],
          ['pco2', 54],
          ['po2', 52],
          ['crp', 38],
          ['glucose', 131],
        ] as const)
          visit.result(test, value);
        body.fix('wbc', visit.now(), 12.1);
        body.fix('eosinophils', visit.now(), 0.29);
        visit.labs('cbc-diff', 'troponin', 'ntprobnp', 'creatinine', 'potassium');
        visit.report('Chest X-ray', 'Radiology', ['36643-5', 'XR Chest 2 Views'], 'Overinflated lungs. No pneumonia, no pneumothorax.');
        const attack = visit.diagnose('copd-exacerbation', {
          category: 'encounter-diagnosis',
          severity: 'Severe',
          until: plus(third, { days: 14 }),
        });
        visit.perform('nebulizer', { outcome: 'Easier breathing within an hour' });
        const nebules = visit.start('ipratropium-albuterol-neb', { amount: 3, per: { hours: 6 } }, { for: attack });
        visit.start('prednisone-20', { amount: 2, when: 'morning', days: 5 }, { for: attack });
        visit.start('azithromycin-250', { amount: 2, days: 3 }, { for: attack });
        visit.finds('Oxygen by mask as little as needed');
        visit.sign();
        visit.at(plus(third, { days: 1 }), '08:00');
        visit.says('He speaks in whole sentences and sits at the edge of the bed.');
        visit.result('arterial-ph', 7.38);
        visit.result('pco2', 47);
        visit.result('glucose', 188);
        visit.result('spo2', 90);
        visit.sign();
        visit.at(plus(third, { days: 4 }), '08:00');
        visit.says('He walks to the bathroom without help and goes home today.');
        visit.vitals('blood-pressure', 'heart-rate', 'respiratory-rate', 'weight');
        visit.result('spo2', 92);
        visit.stop(nebules, 'goes home with inhalers');
        visit.plans('He goes home without oxygen', 'Pulmonary rehabilitation is arranged');
      },
    );
    record.visit(
      { day: plus(third, { days: 13 }), kind: 'specialist', with: 'haddad', reason: 'After a hospital stay for COPD', for: [copd] },
      (visit) => {
        visit.says('He climbs ten steps and rests.');
        breathing(visit);
        visit.score('mmrc', 3, 'stops for breath after 100 meters on the level');
        visit.finds('COPD Assessment Test 24 of 40');
        visit.change(
          lama,
          { drug: 'trelegy', dosage: { note: 'Rinse the mouth after use' } },
          'an exacerbation that needed a hospital stay, with eosinophils about 300 per microliter',
        );
        visit.request('Pulmonary rehabilitation', { for: copd, status: 'revoked', note: '24 sessions; he came to 6' });
      },
    );
    record.procedure('pulmonary-rehab', plus(third, { days: 30 }), {
      status: 'stopped',
      why: 'Stopped after 6 of 24 sessions: his wife broke her hip and he cares for her',
      until: plus(third, { days: 58 }),
      for: copd,
    });
    record.missed({
      day: ago({ months: 10 }),
      with: 'haddad',
      reason: 'Low-dose CT of the chest and review',
      outcome: 'cancelled',
      by: 'patient',
      why: 'Cares for his wife; will call for a new time',
    });

    // The last year
    record.visit({ day: ago({ months: 8 }), kind: 'checkup', reason: 'Yearly review', for: [copd, hypertension, lipids] }, (visit) => {
      visit.says('He coughs less since the new inhaler. His wife walks again. He has white spots in the mouth.');
      breathing(visit);
      visit.vitals('bmi');
      visit.labs('cmp', 'lipids', 'cbc-diff', 'hba1c', 'psa');
      visit.score('phq2', 2, 'negative');
      visit.finds('Thrush on the palate');
      visit.plans('Blood pressure at home for two weeks, then again with the nurse');
      const thrush = visit.diagnose('oral-thrush', { category: 'encounter-diagnosis', until: plus(visit.day(), { days: 12 }) });
      visit.start('nystatin', { amount: 5, times: 4, days: 10, note: 'Swish and swallow' }, { for: thrush });
      visit.answer(['11341-5', 'History of Occupation'], 'Retired foundry worker', {
        profile: 'observation-occupation',
        category: 'social-history',
        label: 'Occupation',
      });
    });
    record.visit(
      { day: ago({ months: 4 }), kind: 'specialist', with: 'haddad', reason: 'COPD, does he need oxygen?', for: [copd] },
      (visit) => {
        visit.says('He has had no attack since last year. He walks to the store and stops once. He lost weight without trying.');
        breathing(visit);
        spirometry(visit, 'Obstruction');
        visit.labs('abg');
        visit.result('six-minute-walk', 312);
        visit.finds('The saturation stays above 88 % while he walks', 'COPD Assessment Test 19 of 40');
        visit.score('mmrc', 2, 'walks slower than people of his age');
        visit.plans(
          'Oxygen at home is not needed',
          'Pulmonary rehabilitation is offered again; he will think about it',
          'An allergist could test the penicillin label',
        );
      },
    );
    record.visit(
      { day: ago({ weeks: 6 }), kind: 'nurse', with: 'mbeki', reason: 'Inhaler check and blood pressure', for: [copd, hypertension] },
      (visit) => {
        visit.says('He used the rescue inhaler twice last week.');
        breathing(visit);
        visit.finds('Inhaler technique is right: breathes out first, holds his breath as shown');
      },
    );

    routineImmunizations(record, ago({ years: 10 }));
    record.immunize('rsv', ago({ years: 2, months: 11 }), 'Pharmacy');
    record.smoking('former', ago({ months: 8 }));
    const attacks = record.goal('No exacerbation that needs a hospital in the next year', {
      start: ago({ months: 4 }),
      due: record.ahead({ months: 8 }),
      for: copd,
    });
    const weight = record.goal('Weight no lower than 68 kg', {
      start: ago({ months: 4 }),
      target: { test: 'weight', above: 68 },
      for: copd,
      achievement: 'no-change',
    });
    record.carePlan('COPD', {
      start: plus(third, { days: 13 }),
      for: [copd],
      goals: [attacks, weight],
      activities: [
        'Calls on the first day of more sputum or more breathlessness',
        'Inhaler technique at each visit',
        'Low-dose CT of the chest every year until 15 years after the last cigarette',
        'Pulmonary rehabilitation, to be begun again',
      ],
    });
    record.careTeam(['okafor', 'haddad', 'mbeki', 'whitehorse'], ago({ years: 2 }));
    record.book({ after: record.ahead({ weeks: 2 }), with: 'haddad', reason: 'COPD, follow-up' });
    record.book({ after: record.ahead({ weeks: 4 }), with: 'okafor', reason: 'Blood pressure and weight' });
  },
};
