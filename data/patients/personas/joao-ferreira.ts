import type { Persona } from '../generate.ts';
import { every, minus, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';

/**
 * Insulin four times a day worked while he had a kitchen. Ten months without a home undo it: warm insulin, no meal after the injection, no
 * address for the insurer's letter, an ulcer on the foot; then a regimen that fits the life he has.
 */
export const joaoFerreira: Persona = {
  id: 'joao-ferreira',
  title: 'Insulin and unstable housing',
  person: (asOf) => ({
    given: ['João', 'Batista'],
    family: 'Ferreira',
    sex: 'male',
    identity: 'man',
    birthDate: minus(asOf, { years: 47, months: 5, days: 2 }),
    races: [],
    hispanic: false,
    language: 'pt',
    interpreter: true,
    marital: 'divorced',
    formerAddresses: [
      { line: '19 Mill Row, Apt 2', city: 'Millbrook Falls', postalCode: '01060', until: minus(asOf, { months: 10 }) },
      { line: '203 Elm Street (with a friend)', city: 'Millbrook Falls', postalCode: '01060', until: minus(asOf, { months: 7, days: 20 }) },
      {
        line: 'River Street Shelter, 5 River Street',
        city: 'Millbrook Falls',
        postalCode: '01060',
        until: minus(asOf, { months: 4, days: 22 }),
      },
    ],
    formerPhone: { number: '413-555-0167', until: minus(asOf, { months: 6 }) },
    contact: { name: 'Wagner Lopes', relation: 'friend', phone: '413-555-0168' },
    primaryCare: 'tran',
  }),
  course: (record) => {
    const { ago, body } = record;
    record.coverage('medicaid', ago({ years: 8, months: 1 }), ago({ months: 8 }));
    record.noKnownAllergies(ago({ years: 8 }));
    record.family({ relation: 'mother', conditions: [['type-2-diabetes', 45]], recorded: ago({ years: 8 }) });
    record.family({ relation: 'father', conditions: [['nstemi', 59]], diedAt: 59, recorded: ago({ years: 8 }) });
    record.smoking('former', ago({ years: 8 }));

    body.set('height', ago({ years: 8 }), 172);
    body.set('weight', ago({ years: 8 }), 91);
    body.set('weight', ago({ months: 11 }), 88);
    body.set('weight', ago({ months: 4 }), 79);
    body.set('weight', ago({}), 81);
    body.set('hba1c', ago({ years: 8 }), 9.8);
    body.set('hba1c', ago({ years: 7, months: 6 }), 8.6);
    body.set('hba1c', ago({ years: 5 }), 8.9);
    body.set('hba1c', ago({ years: 4 }), 9.8);
    body.set('hba1c', ago({ months: 11 }), 10.9);
    body.set('hba1c', ago({ months: 7 }), 13.0);
    body.set('hba1c', ago({ months: 4 }), 14.6);
    body.set('hba1c', ago({ months: 2 }), 13.0);
    body.set('hba1c', ago({}), 11.3);
    body.set('systolic', ago({ years: 8 }), 124);
    body.set('systolic', ago({ years: 2 }), 131);
    body.set('systolic', ago({}), 140);
    body.set('diastolic', ago({ years: 8 }), 78);
    body.set('diastolic', ago({}), 86);
    body.set('ldl', ago({ years: 8 }), 138);
    body.set('triglycerides', ago({ years: 8 }), 210);
    body.set('hdl', ago({ years: 8 }), 38);
    body.set('uacr', ago({ years: 4 }), 22);
    body.set('uacr', ago({ years: 2 }), 65);
    body.set('uacr', ago({}), 120);

    // A home, and diabetes that came under control
    const { diabetes, metformin } = record.visit({ day: ago({ years: 8 }), kind: 'office', reason: 'Thirst and weight loss' }, (visit) => {
      visit.says('He works on roofs and drinks five liters a day. The visit is in Portuguese with an interpreter.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
      visit.labs('hba1c', 'cmp', 'lipids', 'uacr');
      const diabetes = visit.diagnose('type-2-diabetes', { icd10: ['E11.65', 'Type 2 diabetes mellitus with hyperglycemia'] });
      const lipids = visit.diagnose('hyperlipidemia');
      visit.start('atorvastatin-20', { when: 'evening' }, { for: lipids, supply: 90, refills: 3 });
      visit.finds('Monofilament felt at all ten places of both feet.');
      visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
      return { diabetes, metformin: visit.start('metformin-500', { times: 2, when: 'meals' }, { for: diabetes, supply: 90, refills: 3 }) };
    });
    record.visit(
      { day: ago({ years: 7, months: 10, days: 12 }), kind: 'telephone', reason: 'Metformin, first weeks', for: [diabetes] },
      (visit) => {
        visit.says('Loose stools in the first week, none now. The thirst is gone.');
        visit.change(metformin, { drug: 'metformin-1000' }, 'full dose, which he tolerates');
      },
    );
    const review = (day: string, told: string) =>
      record.visit({ day, kind: 'checkup', reason: 'Diabetes, yearly review', for: [diabetes] }, (visit) => {
        visit.says(told);
        visit.vitals();
        visit.labs('hba1c', 'bmp', 'lipids', 'uacr');
        visit.finds('Monofilament felt at all ten places of both feet.');
      });
    for (const day of every(ago({ years: 7 }), ago({ years: 5 }), { years: 1 }))
      review(day, 'He takes his tablets and brings lunch from home.');
    const glargine = record.visit({ day: ago({ years: 4 }), kind: 'office', reason: 'Diabetes above goal', for: [diabetes] }, (visit) => {
      visit.says('He is thirsty again and gets up twice at night. Half of the time he eats from the truck at the building site.');
      visit.vitals();
      body.fix('hba1c', visit.now(), 8.8);
      visit.labs('hba1c', 'bmp', 'uacr');
      visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
      visit.plans('Shown how to inject and how to treat a low sugar, in Portuguese');
      return visit.start('glargine', { amount: 20, when: 'bedtime' }, { for: diabetes, because: 'hemoglobin A1c above 8 % on metformin' });
    });
    record.visit(
      { day: ago({ years: 3, months: 11 }), kind: 'telephone', with: 'mbeki', reason: 'Insulin, first weeks', for: [diabetes] },
      (visit) => {
        visit.says('He injects every evening. Before breakfast he measures 140 to 170. No low sugar.');
        visit.plans('The dose stays; he calls at a value below 80');
      },
    );
    record.visit({ day: ago({ years: 3, months: 8 }), kind: 'office', reason: 'Diabetes on insulin', for: [diabetes] }, (visit) => {
      visit.says('Before breakfast 130 to 150. No low sugar.');
      visit.vitals();
      visit.labs('hba1c', 'bmp');
    });
    for (const [day, ratio] of [
      [ago({ years: 3 }), 46],
      [ago({ years: 2, months: 6 }), 38],
    ] as const)
      record.visit({ day, kind: 'office', reason: 'Diabetes, half-yearly review', for: [diabetes] }, (visit) => {
        visit.says('Before breakfast 140 to 160. He works until dark and eats most in the evening.');
        visit.vitals();
        body.fix('uacr', visit.now(), ratio);
        visit.labs('hba1c', 'bmp', 'uacr');
        visit.finds('Monofilament felt at all ten places of both feet.');
        visit.plans('Albumin in the urine: to be repeated in half a year');
      });
    const lispro = record.visit(
      { day: ago({ years: 2 }), kind: 'specialist', with: 'petrov', reason: 'Diabetes above goal', for: [diabetes] },
      (visit) => {
        visit.says('Before breakfast 150 to 170, after dinner above 200.');
        visit.vitals();
        body.fix('uacr', visit.now(), 52);
        visit.labs('hba1c', 'bmp', 'uacr', 'lipids');
        const kidney = visit.diagnose('diabetic-nephropathy', {
          note: 'Albumin in the urine in three samples within a year; eGFR normal.',
        });
        visit.start('lisinopril-10', {}, { for: kidney, because: 'albumin in the urine' });
        visit.plans('Potassium and creatinine in two weeks');
        visit.perform('retinal-exam', { outcome: 'No retinopathy in either eye' });
        visit.change(glargine, { dosage: { amount: 24, when: 'bedtime' } }, 'glucose before breakfast above goal');
        return visit.start('lispro', { amount: 6, times: 3, when: 'meals' }, { for: diabetes, because: 'high sugar after meals' });
      },
    );
    record.visit(
      {
        day: ago({ years: 1, months: 11, days: 14 }),
        kind: 'nurse',
        with: 'mbeki',
        reason: 'Blood drawn',
        quiet: true,
        unbooked: true,
      },
      (visit) => visit.labs('bmp'),
    );
    record.visit({ day: ago({ months: 20 }), kind: 'office', reason: 'Diabetes, four injections a day', for: [diabetes] }, (visit) => {
      visit.says('Two hours after dinner 150 to 180. Twice 70 before lunch, with sweat; he ate.');
      visit.vitals();
      visit.labs('hba1c', 'bmp', 'uacr');
    });
    record.visit({ day: ago({ months: 14 }), kind: 'office', reason: 'Diabetes, follow-up', for: [diabetes] }, (visit) => {
      visit.says('He measures four times a day. No low sugar.');
      visit.vitals();
      visit.labs('hba1c', 'bmp');
      visit.immunize('influenza-child');
    });

    // Without a home
    const sheltered = record.visit(
      { day: ago({ months: 9, days: 12 }), kind: 'telephone', with: 'mbeki', reason: 'Where he lives now', for: [diabetes] },
      (visit) => {
        visit.says(
          'The house was sold and he had to leave at the end of a month. He sleeps on a friend’s sofa, five people in two rooms.',
          'His insulin is in the friend’s refrigerator. He lost days of work.',
        );
        visit.plans('He asks that letters go to his friend’s address');
        return visit.diagnose('homelessness', {
          social: true,
          onset: ago({ months: 10 }),
          icd10: ['Z59.01', 'Sheltered homelessness'],
          label: 'Without a home, with friends or in a shelter',
        });
      },
    );
    const low = ago({ months: 8, days: 10 });
    record.visit({ day: low, kind: 'emergency', with: 'fischer', reason: 'Found confused on a bench', for: [diabetes] }, (visit) => {
      visit.says('He took six units of lispro before a meal that was promised and did not come. Passers-by called an ambulance.');
      visit.vitals('blood-pressure', 'heart-rate', 'temperature', 'spo2');
      visit.result('glucose-meter', 39);
      body.fix('glucose', visit.now(), 43);
      visit.labs('bmp');
      visit.diagnose('hypoglycemia', {
        category: 'encounter-diagnosis',
        until: low,
        icd10: ['E11.649', 'Type 2 diabetes mellitus with hypoglycemia without coma'],
      });
      visit.start('glucagon-nasal', { asNeeded: 'severe low blood sugar' }, { for: diabetes, setting: 'discharge' });
      visit.plans('Given glucose into a vein and a meal; clear after 20 minutes');
    });
    record.missed({
      day: ago({ months: 8 }),
      with: 'tran',
      reason: 'After a low blood sugar',
      outcome: 'noshow',
      why: 'The letter went to the apartment that he had left',
    });
    record.visit({ day: ago({ months: 7 }), kind: 'office', reason: 'Insulin without a refrigerator', for: [diabetes] }, (visit) => {
      visit.says(
        'He sleeps in the shelter. The locker is warm, two pens were stolen, and he injects when he has eaten, on some days not at all.',
        'MassHealth ended because its renewal letter did not reach him. The pharmacy asks for cash.',
      );
      visit.vitals();
      visit.labs('hba1c', 'bmp');
      visit.plans(
        'Pens of the clinic’s emergency stock; an open pen keeps for 28 days at room temperature',
        'A form for MassHealth is filled in with him',
      );
    });
    record.missed({
      day: ago({ months: 6, days: 5 }),
      with: 'petrov',
      reason: 'Diabetes above goal',
      outcome: 'noshow',
      why: 'Phone lost; nobody could reach him',
    });
    record.missed({
      day: ago({ months: 5, days: 20 }),
      with: 'whitehorse',
      reason: 'Housing and insurance',
      outcome: 'noshow',
      why: 'He waited for a place in the shelter, which is given at the same hour',
    });

    // The foot
    const foot = ago({ months: 4, days: 20 });
    const { ulcer, social } = record.visit({ day: foot, kind: 'urgent', reason: 'Wound on the right foot', for: [diabetes] }, (visit) => {
      visit.says(
        'He walks all day in wet shoes and saw blood in the sock. He feels no pain there. He has no phone.',
        'He left the shelter two days ago after a fight and sleeps in his car.',
      );
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'temperature');
      body.fix('wbc', visit.now(), 11.6);
      body.fix('crp', visit.now(), 23.4);
      visit.labs('hba1c', 'cbc', 'crp', 'bmp', 'uacr');
      visit.finds(
        'Ulcer under the first right toe joint, 2 by 2 cm, not to the bone, redness of 1 cm around. Foot pulses good. Monofilament not felt at 4 of 10 places.',
      );
      visit.report('X-ray of the right foot', 'Radiology', ['24709-8', 'XR Foot Views'], 'No sign of bone infection.');
      const ulcer = visit.diagnose('diabetic-foot-ulcer', { site: 'Right foot' });
      visit.diagnose('diabetic-neuropathy');
      visit.start('cephalexin-500', { times: 4, days: 10 }, { for: ulcer, because: 'redness around the ulcer' });
      visit.perform('wound-care', { for: ulcer });
      const answers = visit.screenSocial('prapare', {
        housing: 'homeless',
        employment: 'unemployed',
        insurance: 'none',
        unmet: ['food', 'care', 'phone'],
        transport: 'medical',
        contact: 'seldom',
        stress: 'very much',
      });
      const evidence = (question: string) => answers.filter((answer) => answer.question === question).map(({ reference }) => reference);
      const social = visit.diagnose('homelessness', {
        social: true,
        onset: ago({ months: 4, days: 22 }),
        icd10: ['Z59.02', 'Unsheltered homelessness'],
        note: 'Friends from January, the shelter from April, now his car.',
        evidence: evidence('housing'),
      });
      visit.resolve(sheltered, 'He left the shelter and sleeps in his car');
      visit.diagnose('food-insecurity', { social: true, evidence: evidence('unmet').slice(0, 1) });
      visit.diagnose('unemployment', { social: true, evidence: evidence('employment') });
      visit.request('Referral to social work: housing, food, insurance', {
        to: 'whitehorse',
        social: true,
        for: social,
        status: 'completed',
        note: 'Seen the week after; MassHealth again, on the list for housing.',
      });
      return { ulcer, social };
    });
    record.visit(
      { day: plus(foot, { days: 8 }), kind: 'office', with: 'whitehorse', reason: 'Housing, food, insurance', for: [social] },
      (visit) => {
        visit.says('He sleeps in his car behind the market. A friend takes messages for him.');
        visit.screenSocial('hunger', { 'food-worry': 'often', 'food-lasts': 'often', 'food-risk': 'at risk' });
        visit.plans(
          'MassHealth applied for in the room; starts on the first of the coming month',
          'On the list for medical respite and for housing',
          'Food bank card, meals at noon at Saint Anne’s; a locker at the clinic',
        );
      },
    );
    record.coverage('medicaid', ago({ months: 3, days: 20 }));
    for (const days of [8, 15, 22, 29, 36, 43]) record.procedure('wound-care', plus(foot, { days }), { for: ulcer });

    // A regimen for the life he has
    const dulaglutide = record.visit(
      { day: ago({ months: 3 }), kind: 'office', with: 'bergeron', reason: 'Insulin that fits', for: [diabetes, social] },
      (visit) => {
        visit.says('He eats once or twice a day and never knows when.');
        visit.vitals();
        visit.labs('bmp');
        visit.stop(lispro, 'no regular meals, low blood sugar after an injection without a meal');
        visit.change(
          glargine,
          { dosage: { amount: 18, when: 'morning' } },
          'one injection a day when he comes for breakfast at Saint Anne’s',
        );
        visit.change(metformin, { drug: 'metformin-er-500', dosage: { amount: 4, when: 'evening' } }, 'once a day');
        return visit.start(
          'dulaglutide-0.75',
          { amount: 0.75, per: 'week', note: 'Given by the nurse at the clinic, where the pens are kept cold' },
          { for: diabetes, because: 'one injection a week, no low blood sugar' },
        );
      },
    );
    for (const days of [51, 58, 65]) record.procedure('wound-care', plus(foot, { days }), { for: ulcer });
    record.missed({
      day: ago({ months: 2, days: 12 }),
      with: 'tran',
      reason: 'Foot, diabetes',
      outcome: 'cancelled',
      by: 'patient',
      why: 'Day labor; a friend called for him',
    });
    record.visit({ day: ago({ months: 2 }), kind: 'office', reason: 'Foot, diabetes', for: [ulcer, diabetes] }, (visit) => {
      visit.says('He comes for the weekly injection and missed one of four. No low sugar.');
      visit.vitals();
      visit.labs('hba1c', 'bmp');
      visit.finds('Ulcer 1 by 1 cm, clean, foot pulses good. Special shoe worn.');
      visit.perform('wound-care', { for: ulcer });
      visit.plans('Dulaglutide is to be raised when four doses in a row were given');
    });
    for (const days of [96, 110]) record.procedure('wound-care', plus(foot, { days }), { for: ulcer });
    record.visit(
      { day: ago({ days: 16 }), kind: 'office', reason: 'Foot, diabetes, insurance', for: [ulcer, diabetes, social] },
      (visit) => {
        visit.says('He sleeps in his car and has work on three days a week. He keeps the pen in an inside pocket.');
        visit.vitals();
        body.fix('hba1c', visit.now(), 9.3);
        visit.labs('hba1c', 'bmp', 'lipids', 'uacr');
        visit.finds('Ulcer almost closed, 3 mm. Teeth poor. He came for each of the last six injections and has no nausea.');
        visit.change(
          dulaglutide,
          {
            drug: 'dulaglutide-1.5',
            dosage: { amount: 1.5, per: 'week', note: 'Given by the nurse at the clinic, where the pens are kept cold' },
          },
          'hemoglobin A1c above 9 %, no nausea',
        );
        visit.plans('Retinal examination is two years ago: to be arranged on a day when he is at the clinic anyway');
        visit.request('Diabetic retinal eye exam', { kind: 'Evaluation', for: diabetes });
      },
    );
    for (const weeks of [1])
      record.visit(
        { day: ago({ weeks }), kind: 'nurse', with: 'mbeki', reason: 'Weekly injection', for: [diabetes], quiet: true },
        (visit) => visit.vitals('weight'),
      );
    routineImmunizations(record, ago({ years: 8 }), 0.6);

    const closed = record.goal('Ulcer closed', { start: foot, due: record.ahead({ months: 1 }), for: ulcer, achievement: 'improving' });
    const sugar = record.goal('Hemoglobin A1c below 9 % without low blood sugar', {
      start: ago({ months: 3 }),
      due: record.ahead({ months: 3 }),
      target: { test: 'hba1c', below: 9 },
      for: diabetes,
    });
    const roof = record.goal('A place in medical respite or an own room', { start: foot, due: record.ahead({ months: 4 }), for: social });
    record.carePlan('Diabetes without a home', {
      start: foot,
      for: [diabetes, ulcer, social],
      goals: [closed, sugar, roof],
      activities: [
        'Weekly injection and wound care at the clinic, without appointment',
        'Messages through his friend; no letters',
        'One bag for tablets and pens in the locker at the clinic',
        'Portuguese interpreter',
      ],
    });
    record.careTeam(['tran', 'whitehorse', 'bergeron', 'mbeki', 'petrov'], foot);
    record.book({
      after: record.ahead({ days: 6 }),
      with: 'whitehorse',
      reason: 'Housing list, food',
      note: 'Portuguese interpreter; message through his friend',
    });
    record.book({
      after: record.ahead({ weeks: 3 }),
      with: 'tran',
      reason: 'Foot, diabetes',
      note: 'Portuguese interpreter; message through his friend',
    });
  },
};
