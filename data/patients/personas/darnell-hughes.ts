import type { Persona } from '../generate.ts';
import { every, minus, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';

/**
 * Nine years of opioids for a back that was hurt at work. At the top he took morphine and oxycodone worth 105 mg of morphine a day, a
 * benzodiazepine of another prescriber beside them, and did not wake one evening. Since then everything goes down, slowly and by a plan.
 */
export const darnellHughes: Persona = {
  id: 'darnell-hughes',
  title: 'Chronic opioid with benzodiazepine',
  person: (asOf) => ({
    given: ['Darnell', 'Isaiah'],
    family: 'Hughes',
    sex: 'male',
    identity: 'man',
    birthDate: minus(asOf, { years: 55, months: 2, days: 17 }),
    races: ['black'],
    hispanic: false,
    language: 'en',
    marital: 'married',
    address: { line: '312 Ferry Street', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0134',
    email: 'darnell.hughes@example.org',
    contact: { name: 'Yvonne Hughes', relation: 'wife', phone: '413-555-0135' },
    primaryCare: 'okafor',
  }),
  course: (record) => {
    const { ago, body } = record;
    record.coverage('veterans affairs', ago({ years: 14 }));
    record.noKnownAllergies(ago({ years: 9, months: 6 }));
    record.family({ relation: 'father', conditions: [['alcohol-use-disorder', 30]], diedAt: 61, recorded: ago({ years: 6 }) });
    record.family({ relation: 'mother', conditions: [['hypertension', 45]], recorded: ago({ years: 6 }) });
    record.smoking('former', ago({ years: 6 }));
    record.procedure('colonoscopy', ago({ years: 4, months: 8 }), { outcome: 'Normal; the next is due after ten years' });
    const ptsd = record.problem('ptsd', ago({ years: 20 }), {
      icd10: ['F43.12', 'Post-traumatic stress disorder, chronic'],
      recorded: ago({ years: 9, months: 6 }),
      note: 'Army, two deployments. Treated at the veterans’ clinic.',
    });

    body.set('height', ago({ years: 20 }), 180);
    body.set('weight', ago({ years: 9, months: 6 }), 92);
    body.set('weight', ago({ years: 4 }), 106);
    body.set('weight', ago({}), 101);
    body.set('systolic', ago({ years: 9, months: 6 }), 134);
    body.set('systolic', ago({ years: 5 }), 148);
    body.set('diastolic', ago({ years: 9, months: 6 }), 84);
    body.set('diastolic', ago({ years: 5 }), 92);
    body.set('ldl', ago({ years: 9 }), 128);
    body.set('hba1c', ago({ years: 5 }), 5.7);

    // The injury
    const injury = ago({ years: 9, months: 6 });
    const { acute, naproxen } = record.visit({ day: injury, kind: 'office', reason: 'Back pain after lifting at work' }, (visit) => {
      visit.says('Three weeks ago he lifted a pallet and has had pain in the low back and down the left leg since. He drives for a depot.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
      visit.score('pain', 7);
      visit.finds('Straight leg raise hurts on the left. Strength normal.');
      const acute = visit.diagnose('acute-back-pain-sciatica', { onset: minus(injury, { weeks: 3 }) });
      visit.labs('cmp');
      visit.request('Physical therapy', { for: acute, status: 'completed' });
      return { acute, naproxen: visit.start('naproxen-500', { times: 2, when: 'meals' }, { for: acute }) };
    });
    for (const day of every(plus(injury, { weeks: 2 }), plus(injury, { weeks: 7 }), { weeks: 1 }))
      record.procedure('physical-therapy', day);
    const back = record.visit(
      { day: ago({ years: 9, months: 1 }), kind: 'office', reason: 'Back pain no better', for: [acute] },
      (visit) => {
        visit.says('Physical therapy helped a little. The pain in the left leg wakes him.');
        visit.score('pain', 8);
        visit.report(
          'MRI of the lumbar spine',
          'Radiology',
          ['24968-0', 'MR Lumbar spine'],
          'Disc herniation at L5-S1 on the left that presses on the S1 root. No fracture.',
        );
        visit.diagnose('lumbar-disc');
        visit.resolve(acute, 'It has lasted for more than three months: chronic low back pain from here on.');
        const back = visit.diagnose('low-back-pain', { onset: minus(injury, { weeks: 3 }) });
        visit.request('Referral to spine surgery', { to: 'oneill', for: back, status: 'completed' });
        return back;
      },
    );
    record.procedure('lumbar-discectomy', ago({ years: 8, months: 9 }), {
      site: 'L5-S1',
      outcome: 'Herniated disc removed through the opened lamina; leg pain less, back pain unchanged',
      for: back,
    });

    // More and more
    const hydrocodone = record.visit(
      { day: ago({ years: 8, months: 6 }), kind: 'office', reason: 'Pain after back surgery', for: [back] },
      (visit) => {
        visit.says('The leg is better, the back is not. He cannot sit for more than 20 minutes.');
        visit.vitals();
        visit.score('pain', 7);
        visit.stop(naproxen, 'stomach pain');
        return visit.start('hydrocodone-apap', { times: 4 }, { for: back, because: 'pain after surgery', supply: 28, refills: 0 });
      },
    );
    const oxycodone = record.visit(
      { day: ago({ years: 7, months: 8 }), kind: 'office', reason: 'Chronic back pain', for: [back] },
      (visit) => {
        visit.says('The tablets last for three hours. He lost his job at the depot.');
        visit.vitals();
        visit.score('pain', 7);
        visit.diagnose('chronic-pain');
        visit.stop(hydrocodone, 'does not last; changed to oxycodone');
        return visit.start('oxycodone-5', { times: 4 }, { for: back, supply: 28, refills: 0 });
      },
    );
    const morphine = record.visit(
      { day: ago({ years: 6, months: 2 }), kind: 'office', reason: 'Chronic back pain', for: [back] },
      (visit) => {
        visit.says('He wakes from pain at night.');
        body.fix('systolic', visit.now(), 148);
        body.fix('diastolic', visit.now(), 94);
        visit.vitals();
        visit.score('pain', 7);
        visit.score('peg', 6.7);
        visit.drugScreen('oxycodone');
        visit.finds(
          'The prescription monitoring program shows no other prescriber.',
          'All opioids together, from today: 60 morphine milligram equivalents a day.',
        );
        visit.diagnose('opioid-long-term', { note: 'Treatment agreement signed.' });
        visit.plans(
          'Opioid agreement signed: one prescriber, one pharmacy, urine test at least yearly, safe at home',
          'Blood pressure is above 140/90 mmHg again; he will measure it at the pharmacy',
        );
        visit.start(
          'naloxone-nasal',
          { asNeeded: 'opioid overdose', note: 'Call 911. Repeat in the other nostril after 3 minutes' },
          { because: 'opioids above 50 mg of morphine a day' },
        );
        return visit.start('morphine-er-15', { times: 2 }, { for: back, because: 'pain at night', supply: 28, refills: 0 });
      },
    );
    const { constipation, gabapentin, hypertension, amlodipine } = record.visit(
      { day: ago({ years: 5, months: 4 }), kind: 'office', reason: 'Chronic back pain, constipation, blood pressure', for: [back] },
      (visit) => {
        visit.says('He has a bowel movement twice a week. The left foot burns. At the pharmacy his blood pressure was 148 over 92.');
        visit.vitals();
        visit.score('pain', 6);
        visit.labs('cmp', 'lipids', 'hba1c');
        visit.drugScreen('opiates', 'oxycodone');
        const constipation = visit.diagnose('constipation', { icd10: ['K59.03', 'Drug induced constipation'], note: 'Since morphine.' });
        const hypertension = visit.diagnose('hypertension');
        visit.diagnose('prediabetes');
        visit.start('senna-8.6', { amount: 2, when: 'bedtime' }, { for: constipation });
        return {
          constipation,
          hypertension,
          amlodipine: visit.start('amlodipine-5', {}, { for: hypertension, supply: 90, refills: 3 }),
          gabapentin: visit.start('gabapentin-300', { times: 3 }, { for: back, because: 'burning pain in the left leg' }),
        };
      },
    );
    record.visit({ day: ago({ years: 5 }), kind: 'office', reason: 'Snoring, blood pressure', for: [back, hypertension] }, (visit) => {
      visit.says('His wife hears him stop breathing at night. He is sleepy at noon.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'bmi');
      visit.diagnose('obesity');
      visit.request('Sleep study', { status: 'completed' });
    });
    const apnea = record.visit(
      { day: ago({ years: 4, months: 9 }), kind: 'specialist', with: 'haddad', reason: 'Sleep study' },
      (visit) => {
        visit.finds('Sleep study: 34 apneas and hypopneas an hour, lowest oxygen saturation 78 %.');
        const found = visit.diagnose('sleep-apnea', { severity: 'Severe' });
        visit.perform('cpap', { outcome: 'Mask fitted', for: found });
        visit.plans('Opioids and sedatives make the pauses longer; the prescriber is told');
        return found;
      },
    );
    record.visit({ day: ago({ years: 4, months: 2 }), kind: 'office', reason: 'Chronic back pain', for: [back, apnea] }, (visit) => {
      visit.says('He uses the mask two nights a week, since he wakes from nightmares with it.');
      visit.vitals();
      visit.score('pain', 7);
      visit.score('peg', 7);
      visit.drugScreen('opiates', 'oxycodone');
      visit.finds('The prescription monitoring program shows no other prescriber.');
      visit.change(morphine, { drug: 'morphine-er-30' }, 'pain 7 of 10 in spite of oxycodone');
      visit.change(oxycodone, { drug: 'oxycodone-10', dosage: { times: 3 } }, 'fewer doses by day');
      visit.finds('All opioids together, from today: 105 morphine milligram equivalents a day.');
      visit.plans(
        'The letter of the sleep laboratory is talked over: above 90 mg of morphine a day and with the mask on two nights a week he can stop breathing at night. He wants to try; the dose goes back if walking and sleep are no better',
        'His wife is shown how to give naloxone; she has a new spray',
      );
    });
    const psychiatry = ago({ years: 3, months: 6 });
    const sertraline = record.visit(
      { day: psychiatry, kind: 'specialist', with: 'castillo', reason: 'Nightmares, low mood', for: [ptsd] },
      (visit) => {
        visit.says('He has nightmares four nights a week and avoids crowds. He has no thought of harming himself.');
        visit.phq9(2, 2, 2, 2, 1, 1, 1, 0, 0);
        visit.score('gad7', 14);
        visit.finds('PCL-5 points: 52.');
        const depression = visit.diagnose('depression', {
          severity: 'Moderate',
          icd10: ['F32.1', 'Major depressive disorder, single episode, moderate'],
        });
        return visit.start('sertraline-50', { when: 'morning' }, { for: [ptsd, depression] });
      },
    );
    record.visit(
      { day: plus(psychiatry, { weeks: 8 }), kind: 'specialist', with: 'castillo', reason: 'Follow-up', for: [ptsd] },
      (visit) => {
        visit.phq9(1, 2, 2, 1, 1, 1, 1, 0, 0);
        visit.change(sertraline, { drug: 'sertraline-100' }, 'some effect at 50 mg');
        visit.request('Trauma-focused psychotherapy', { kind: 'Counseling', for: ptsd, status: 'completed' });
      },
    );

    // The higher dose brought little, and stayed.
    record.visit(
      { day: ago({ years: 3, months: 2 }), kind: 'office', reason: 'Yearly review of opioids', for: [back, hypertension] },
      (visit) => {
        visit.says('The pain is as it was before the higher dose. He fears to go back. The mask is used on two nights a week.');
        body.fix('systolic', visit.now(), 142);
        body.fix('diastolic', visit.now(), 90);
        visit.vitals();
        visit.score('pain', 7);
        visit.score('peg', 7);
        visit.labs('bmp', 'hba1c');
        visit.drugScreen('opiates', 'oxycodone');
        visit.finds('The prescription monitoring program shows no other prescriber.');
        visit.change(amlodipine, { drug: 'amlodipine-10' }, 'blood pressure above 130/80 mmHg');
        visit.plans('A lower dose is advised, since the higher one has not helped; he does not want it now');
      },
    );
    record.visit({ day: ago({ years: 2, months: 8 }), kind: 'office', reason: 'Chronic back pain', for: [back, hypertension] }, (visit) => {
      visit.says('Nothing has changed. Sertraline has lifted his mood; the nightmares come three nights a week.');
      visit.vitals();
      visit.score('pain', 7);
      visit.score('peg', 7);
      visit.drugScreen('opiates', 'oxycodone');
      visit.finds('The prescription monitoring program shows no other prescriber.');
      visit.plans('A lower dose is advised again; he will think it over');
    });

    // The evening on which he did not wake
    const overdose = ago({ years: 2, months: 1 });
    record.takes(
      'clonazepam-0.5',
      ago({ years: 2, months: 5 }),
      '1 tablet twice daily for nightmares, prescribed at the veterans’ clinic in another state; found in the prescription monitoring program',
      { told: overdose, until: overdose, by: 'fischer' },
    );
    record.visit(
      {
        day: overdose,
        time: '21:40',
        until: plus(overdose, { days: 1 }),
        kind: 'emergency',
        with: 'fischer',
        reason: 'Could not be woken',
        for: [apnea, back],
      },
      (visit) => {
        visit.says(
          'His wife could not wake him in the evening and gave naloxone into the nose. He woke within three minutes.',
          'In the ambulance he fell asleep again. He had taken his evening tablets and two of clonazepam after a bad day. He did not want to die.',
        );
        visit.result('spo2', 86);
        visit.result('respiratory-rate', 8);
        visit.vitals('blood-pressure', 'heart-rate', 'temperature');
        body.fix('arterial-ph', visit.now(), 7.26);
        body.fix('pco2', visit.now(), 63);
        body.fix('po2', visit.now(), 57);
        visit.labs('bmp', 'cbc', 'abg');
        visit.drugScreen('opiates', 'oxycodone', 'benzodiazepines');
        visit.perform('ecg', { outcome: 'Sinus rhythm, QT interval normal' });
        for (const poisoning of ['opioid-poisoning', 'benzodiazepine-poisoning'])
          visit.diagnose(poisoning, { category: 'encounter-diagnosis', until: plus(overdose, { days: 1 }) });
        visit.finds('The prescription monitoring program shows clonazepam for four months, by a prescriber in another state.');
        visit.plans(
          'Naloxone into a vein on arrival and again after an hour; breathing steady from midnight on',
          'Watched overnight, since extended-release morphine outlasts naloxone; then home with his wife and a new naloxone spray',
          'No suicidal intent when asked again in the morning. His doctors are called',
        );
      },
    );
    const clonazepam = record.visit(
      { day: plus(overdose, { days: 4 }), kind: 'office', reason: 'After an overdose', for: [back, ptsd, apnea] },
      (visit) => {
        visit.says('He is ashamed. He had kept clonazepam to himself for fear that the opioids would be stopped.');
        visit.vitals('blood-pressure', 'heart-rate', 'spo2');
        visit.phq9(2, 2, 3, 2, 1, 2, 1, 0, 0);
        visit.finds('No opioid use disorder by DSM-5: one of eleven signs besides tolerance.');
        visit.plans(
          'Clonazepam is taken over here and will be lowered by Dr. Castillo; it is not stopped at once because of seizures',
          'Opioids go down in small steps with a month or more between them; the order of the steps is his choice',
          'Mask every night',
        );
        return visit.start(
          'clonazepam-0.5',
          { times: 2, note: 'Not together with the evening morphine' },
          { for: ptsd, because: 'taken over from the other prescriber to be lowered', supply: 14, refills: 0 },
        );
      },
    );

    // Down
    const step = (
      day: string,
      told: string,
      pain: number,
      peg: number,
      work: (visit: Parameters<Parameters<typeof record.visit>[1]>[0]) => void,
    ) =>
      record.visit({ day, kind: 'office', reason: 'Opioid plan, step', for: [back] }, (visit) => {
        visit.says(told);
        visit.vitals('blood-pressure', 'heart-rate');
        visit.score('pain', pain);
        visit.score('peg', peg);
        work(visit);
      });
    step(ago({ years: 1, months: 11 }), 'He sleeps with the mask on most nights.', 7, 7, (visit) => {
      visit.change(oxycodone, { dosage: { times: 2 } }, 'first step of the plan');
      visit.request('Physical therapy and pain program', { for: back, status: 'completed' });
    });
    step(ago({ years: 1, months: 9 }), 'Two bad weeks with sweats and poor sleep, then as before.', 7, 6.3, (visit) => {
      visit.drugScreen('opiates', 'oxycodone', 'benzodiazepines');
      visit.plans('Pause: no step this time');
    });
    for (const day of every(ago({ years: 1, months: 9 }), ago({ years: 1, months: 8 }), { weeks: 1 }))
      record.procedure('physical-therapy', day);
    step(ago({ years: 1, months: 6 }), 'He swims twice a week.', 6, 5.7, (visit) => {
      visit.change(morphine, { drug: 'morphine-er-15', dosage: { times: 3 } }, 'next step of the plan');
    });
    record.visit(
      { day: ago({ years: 1, months: 4 }), kind: 'specialist', with: 'castillo', reason: 'Trauma therapy, clonazepam', for: [ptsd] },
      (visit) => {
        visit.says('Twelve sessions of trauma therapy are done. Nightmares once a week.');
        visit.phq9(1, 1, 1, 1, 1, 1, 0, 0, 0);
        visit.finds('PCL-5 points: 36.');
        visit.change(clonazepam, { dosage: { when: 'bedtime' } }, 'half the dose; next step after some months');
      },
    );
    record.missed({
      day: ago({ years: 1, months: 2 }),
      with: 'okafor',
      reason: 'Opioid plan, step',
      outcome: 'noshow',
      why: 'His truck broke down; he came two weeks later',
    });
    step(ago({ years: 1, months: 1, days: 14 }), 'A month without a step did him good.', 6, 5.3, (visit) => {
      visit.change(oxycodone, { drug: 'oxycodone-5', dosage: { times: 2 } }, 'next step of the plan');
      visit.labs('cmp', 'hba1c', 'lipids');
    });
    step(ago({ months: 8 }), 'He works 15 hours a week at the hardware store.', 5, 4.7, (visit) => {
      visit.change(morphine, { dosage: { times: 2 } }, 'next step of the plan');
      visit.drugScreen('opiates', 'oxycodone', 'benzodiazepines');
      visit.finds('The prescription monitoring program shows the clinic’s prescriptions only.');
    });
    step(ago({ months: 5 }), 'He asks for a rest before the next step.', 5, 4.3, (visit) => {
      visit.finds('All opioids together: 45 morphine milligram equivalents a day.');
      visit.plans('Pause until autumn', 'Clonazepam 0.5 mg at bedtime is to be lowered next');
      visit.start('polyethylene-glycol', { asNeeded: 'hard stools' }, { for: constipation });
    });
    record.visit(
      { day: ago({ months: 2 }), kind: 'office', reason: 'Yearly review of opioids', for: [back, hypertension, apnea, ptsd] },
      (visit) => {
        visit.says(
          'The mask is used five nights a week. He fears to sleep without clonazepam.',
          'He has naloxone at home; the spray expires next spring.',
        );
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'spo2');
        visit.score('pain', 5);
        visit.score('peg', 4.3);
        visit.phq9(1, 1, 1, 1, 0, 1, 0, 0, 0);
        visit.labs('cmp');
        visit.drugScreen('opiates', 'oxycodone', 'benzodiazepines');
        visit.finds('The prescription monitoring program shows the clinic’s prescriptions only.');
        visit.plans(
          'Risk of an opioid, a benzodiazepine and gabapentin together with sleep apnea is talked over',
          'Blood pressure: readings at home for two weeks, then a second drug if it stays above 130/80 mmHg',
        );
      },
    );
    void gabapentin;
    routineImmunizations(record, ago({ years: 9 }), 0.7);

    const lower = record.goal('No benzodiazepine, and opioids below 30 mg of morphine a day', {
      start: plus(overdose, { days: 4 }),
      due: record.ahead({ months: 9 }),
      for: back,
      achievement: 'improving',
    });
    const life = record.goal('Works 20 hours a week', { start: ago({ months: 8 }), due: record.ahead({ months: 6 }) });
    record.carePlan('Pain without danger', {
      start: plus(overdose, { days: 4 }),
      for: [back, ptsd, apnea],
      goals: [lower, life],
      activities: [
        'Opioids and clonazepam from this clinic only; the monitoring program is seen before each prescription',
        'Small steps, a month or more between them, pauses when he asks',
        'Urine drug test twice a year',
        'Naloxone at home; his wife can give it',
        'Mask every night',
      ],
    });
    record.careTeam(['okafor', 'castillo', 'haddad', 'bergeron'], plus(overdose, { days: 4 }));
    record.book({ after: record.ahead({ weeks: 1 }), with: 'castillo', reason: 'Clonazepam, next step' });
    record.book({ after: record.ahead({ weeks: 4 }), with: 'okafor', reason: 'Opioid plan, step' });
  },
};
