import type { Persona } from '../generate.ts';
import { every, minus, openDay, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';

/**
 * High blood pressure at 24, two jobs and a small child: of eleven appointments six were missed, each for a reason that a later or nearer
 * appointment, a ride or a message in writing would have met.
 */
export const shaniceTorres: Persona = {
  id: 'shanice-torres',
  title: 'Missed visits and social needs',
  person: (asOf) => ({
    given: ['Shanice', 'Marisol'],
    family: 'Torres',
    sex: 'female',
    identity: 'woman',
    birthDate: minus(asOf, { years: 26, months: 2, days: 25 }),
    races: ['black'],
    hispanic: true,
    language: 'en',
    marital: 'never married',
    address: { line: '455 Lyman Street, Apt 6', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0175',
    texts: true,
    contact: { name: 'Carmen Torres', relation: 'mother', phone: '413-555-0176' },
    primaryCare: 'okafor',
  }),
  course: (record) => {
    const { ago, body, person } = record;
    record.coverage('medicaid', ago({ years: 5 }));
    record.noKnownAllergies(ago({ years: 4, months: 2 }));
    record.family({ relation: 'mother', conditions: [['hypertension', 34]], recorded: ago({ years: 2 }) });
    record.family({
      relation: 'grandmother',
      conditions: [
        ['hypertension', 40],
        ['stroke', 61],
      ],
      diedAt: 66,
      recorded: ago({ years: 2 }),
    });
    record.smoking('never', ago({ years: 2 }));

    body.set('height', ago({ years: 6 }), 162);
    body.set('weight', ago({ years: 4, months: 2 }), 86);
    body.set('weight', ago({ years: 3 }), 80);
    body.set('weight', ago({}), 83);
    body.set('systolic', ago({ years: 4, months: 2 }), 144);
    body.set('systolic', ago({ years: 3, months: 8 }), 132);
    body.set('systolic', ago({ years: 2 }), 147);
    body.set('systolic', ago({}), 152);
    body.set('diastolic', ago({ years: 4, months: 2 }), 93);
    body.set('diastolic', ago({ years: 3, months: 8 }), 84);
    body.set('diastolic', ago({ years: 2 }), 94);
    body.set('diastolic', ago({}), 97);
    body.set('ldl', ago({ years: 3 }), 104);
    body.set('hba1c', ago({ years: 3 }), 5.4);

    // Before
    const birth = ago({ years: 4, months: 2 });
    record.visit(
      { day: birth, until: plus(birth, { days: 2 }), kind: 'inpatient', with: 'rosen', reason: 'Birth of a child at 39 weeks' },
      (visit) => {
        visit.says('Her first child. Blood pressure rose in the last three weeks; no headache.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight');
        visit.labs('cbc', 'cmp', 'urine-protein-creatinine');
        visit.diagnose('gestational-hypertension', {
          until: ago({ years: 3, months: 11 }),
          icd10: ['O13.4', 'Gestational [pregnancy-induced] hypertension without significant proteinuria, complicating childbirth'],
        });
        visit.finds('A girl of 3,210 g, vaginal birth, mother and child well.');
        visit.sign();
        visit.at(plus(birth, { days: 2 }), '08:00');
        visit.says('She and the girl are well and go home today.');
        visit.pressure(138, 88);
        visit.plans(
          'Blood pressure is measured again a week after she goes home',
          'Blood pressure is to be measured every year from now on',
        );
      },
    );
    record.visit({ day: plus(birth, { days: 9 }), kind: 'nurse', with: 'mbeki', reason: 'Blood pressure after birth' }, (visit) => {
      visit.says('No headache, sight clear. She is tired. The girl drinks well at the breast.');
      visit.pressure(138, 88);
      visit.plans('Below 150/100 mmHg: no tablets; she calls for a headache or flickering before the eyes');
    });
    record.visit({ day: ago({ years: 4 }), kind: 'specialist', with: 'rosen', reason: 'Eight weeks after birth' }, (visit) => {
      visit.says('She is well, breastfeeds and has no plan for another child now. Condoms until she decides.');
      visit.pressure(129, 82);
      visit.plans('A pregnancy with high blood pressure brings lasting high blood pressure early: at least one measurement a year');
    });
    record.visit({ day: ago({ years: 2, months: 11 }), kind: 'urgent', with: 'tran', reason: 'Burning when passing urine' }, (visit) => {
      visit.says('It has burned for two days. No fever.');
      visit.vitals('blood-pressure', 'temperature');
      visit.presence('urine-leukocyte-esterase', 'positive');
      visit.presence('urine-nitrite', 'positive');
      visit.finds('No pain over the kidneys. Last period three weeks ago, on time.');
      visit.labs('hcg');
      const cystitis = visit.diagnose('uti', { category: 'encounter-diagnosis', until: ago({ years: 2, months: 10, days: 24 }) });
      visit.start('nitrofurantoin-100', { times: 2, days: 5 }, { for: cystitis });
      visit.plans('Blood pressure is to be measured again within a month; no appointment was made');
    });
    record.takes('oral-contraceptive', ago({ years: 2, months: 9 }), '1 tablet daily, from the family planning center in Springfield', {
      told: openDay(ago({ years: 1, months: 11, days: 20 })),
      until: openDay(ago({ years: 1, months: 11, days: 20 })),
    });

    // Blood pressure at 24: the first year of appointments
    const first = record.visit(
      { day: ago({ years: 1, months: 11, days: 20 }), kind: 'office', reason: 'High blood pressure at the pharmacy' },
      (visit) => {
        visit.says('It was 150 over 95 at the pharmacy. She works mornings in a bakery and evenings in a warehouse. Her daughter is two.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
        visit.labs('bmp', 'lipids', 'hba1c', 'tsh', 'uacr', 'cbc', 'hcg');
        visit.plans(
          'The birth control pill with estrogen raises blood pressure: she stops it today, condoms until another method',
          'She measures at home with a lent monitor',
        );
        visit.diagnose('obesity');
        const answers = visit.screenSocial('prapare', {
          housing: 'housed',
          'housing-worry': 'no',
          employment: 'part-time',
          insurance: 'medicaid',
          unmet: ['food', 'child care'],
          transport: 'medical',
          contact: 'often',
          stress: 'quite a bit',
        });
        const hunger = visit.screenSocial('hunger', { 'food-worry': 'often', 'food-lasts': 'sometimes', 'food-risk': 'at risk' });
        const evidence = (question: string) =>
          [...answers, ...hunger].filter((one) => one.question === question).map(({ reference }) => reference);
        const food = visit.diagnose('food-insecurity', { social: true, evidence: evidence('food-risk') });
        const transport = visit.diagnose('transport-insecurity', { social: true, evidence: evidence('transport') });
        visit.request('Referral to community health worker: food', {
          to: 'whitehorse',
          social: true,
          for: food,
          status: 'completed',
          note: 'SNAP applied for and granted after six weeks.',
        });
        visit.request('Referral to community health worker: rides', {
          to: 'whitehorse',
          social: true,
          for: transport,
          status: 'revoked',
          note: 'Three calls in the morning were not answered; closed after four weeks.',
        });
        return { food, transport };
      },
    );
    const monitor = record.device({
      name: 'Lent blood pressure monitor',
      since: ago({ years: 1, months: 11, days: 20 }),
      until: ago({ years: 1, months: 7 }),
    });
    for (const day of every(ago({ years: 1, months: 9, days: 12 }), ago({ years: 1, months: 9 }), { days: 2 }))
      record.home('blood-pressure', day, '21:30', record.reference(monitor));
    record.missed({
      day: ago({ years: 1, months: 10 }),
      time: '09:00',
      with: 'okafor',
      reason: 'Blood pressure, home readings',
      outcome: 'noshow',
      why: 'Her daughter had a fever and could not go to day care',
    });
    record.visit(
      { day: ago({ years: 1, months: 8 }), time: '15:40', kind: 'nurse', with: 'mbeki', reason: 'Blood pressure, home readings' },
      (visit) => {
        visit.says('She brings the monitor. The evenings are the same as here.');
        visit.vitals('blood-pressure', 'heart-rate');
        visit.labs('bmp', 'aldosterone', 'renin');
      },
    );
    const { hypertension, nifedipine } = record.visit(
      { day: ago({ years: 1, months: 7 }), time: '15:20', kind: 'office', reason: 'High blood pressure, results' },
      (visit) => {
        visit.says('No headache. She may want another child in some years.');
        visit.vitals();
        visit.finds(
          'Aldosterone and renin give no sign of an adrenal cause; potassium and kidneys normal. No snoring, no licorice, no decongestants.',
        );
        const hypertension = visit.diagnose('hypertension');
        visit.request('Ultrasound of the kidneys and their arteries', {
          kind: 'Imaging',
          for: hypertension,
          note: 'Not done: two appointments fell into her shifts.',
        });
        visit.plans('Blood pressure again in four to six weeks');
        return {
          hypertension,
          nifedipine: visit.start(
            'nifedipine-er-30',
            {},
            { for: hypertension, because: 'can be taken in a pregnancy', supply: 30, refills: 10 },
          ),
        };
      },
    );
    record.missed({
      day: ago({ years: 1, months: 5 }),
      time: '10:20',
      with: 'okafor',
      reason: 'Blood pressure on nifedipine',
      outcome: 'noshow',
      why: 'Shift in the bakery changed the evening before',
    });
    record.missed({
      day: ago({ years: 1, months: 3 }),
      time: '13:30',
      with: 'rosen',
      reason: 'Contraception',
      outcome: 'noshow',
      why: 'The bus did not come; the next one was an hour later',
    });
    record.visit({ day: ago({ years: 1 }), time: '15:30', kind: 'specialist', with: 'rosen', reason: 'Contraception' }, (visit) => {
      visit.says('She wants no child for the next years and no pill that she can forget.');
      visit.vitals('blood-pressure', 'weight');
      visit.finds('Blood pressure is not at goal on nifedipine 30 mg; the visits for it were missed. Dr. Okafor is told.');
      visit.labs('hcg');
      visit.report('Cervical cytology', 'Pathology', ['33717-0', 'Cervical AndOr vaginal cytology study'], 'No abnormal cells.');
      visit.start('levonorgestrel-iud', { per: { months: 96 } }, { because: 'contraception without estrogen' });
      visit.plans('The intrauterine device was placed today without trouble');
    });
    record.missed({
      day: ago({ months: 9 }),
      time: '09:40',
      with: 'okafor',
      reason: 'Blood pressure, refill of nifedipine',
      outcome: 'noshow',
      why: 'Could not leave the warehouse; a third absence would have cost her the job',
    });
    record.message(ago({ months: 9 }), {
      by: 'telephone',
      about: 'Missed appointment',
      words: 'Called because of the missed appointment.',
      from: 'mbeki',
      outcome: 'No answer during her shift.',
    });

    // Without tablets
    const headache = ago({ months: 7 });
    const again = record.visit(
      { day: headache, kind: 'emergency', with: 'fischer', reason: 'Headache, very high blood pressure', for: [hypertension] },
      (visit) => {
        visit.says('She has had no nifedipine for five weeks: the refills ended. Headache since the morning, sight clear.');
        body.fix('systolic', visit.now(), 174);
        body.fix('diastolic', visit.now(), 108);
        visit.vitals('blood-pressure', 'heart-rate', 'spo2');
        visit.labs('bmp', 'cbc', 'hcg', 'troponin');
        visit.perform('ecg', { outcome: 'Sinus rhythm, no sign of a thick heart muscle' });
        visit.finds('Eyes, nerves and heart without finding.');
        visit.stop(nifedipine, 'ran out five weeks ago');
        return visit.start(
          'nifedipine-er-30',
          {},
          { for: hypertension, because: 'begun again, with refills for a year', setting: 'discharge', supply: 30, refills: 11 },
        );
      },
    );
    record.message(plus(headache, { days: 2 }), {
      by: 'text message',
      about: 'Appointment',
      words: 'Would Thursday at 3:20 pm suit you? Answer with Y or N.',
      from: 'mbeki',
      outcome: 'Answered Y within ten minutes. She asks for messages in writing and for times after 3 pm.',
    });
    const depression = record.visit(
      {
        day: ago({ months: 6, days: 10 }),
        time: '15:20',
        kind: 'office',
        reason: 'Blood pressure after the emergency visit',
        for: [hypertension, first.transport],
      },
      (visit) => {
        visit.says(
          'She takes nifedipine every day. She sleeps five hours, cries in the shower and enjoys little. Food is enough since SNAP.',
        );
        body.fix('systolic', visit.now(), 146);
        body.fix('diastolic', visit.now(), 92);
        visit.vitals();
        visit.labs('bmp', 'uacr');
        visit.change(again, { dosage: { amount: 2 } }, 'blood pressure above 130/80 mmHg');
        visit.plans('Blood pressure again in four weeks', 'The ultrasound of the kidneys ordered a year ago is still to be done');
        visit.screenSocial('prapare', {
          housing: 'housed',
          'housing-worry': 'no',
          employment: 'part-time',
          insurance: 'medicaid',
          unmet: ['child care'],
          transport: 'medical',
          contact: 'often',
          stress: 'very much',
        });
        visit.screenSocial('hunger', { 'food-worry': 'never', 'food-lasts': 'never', 'food-risk': 'no risk' });
        visit.resolve(first.food, 'Hunger Vital Sign without risk; SNAP');
        visit.phq9(2, 2, 2, 2, 1, 2, 1, 0, 0);
        visit.request('Referral to community health worker: rides and child care', {
          to: 'whitehorse',
          social: true,
          for: first.transport,
          status: 'completed',
          note: 'Rides to appointments by MassHealth (PT-1) since; place in after-school care from the winter.',
        });
        const found = visit.diagnose('depression', { verification: 'provisional' });
        visit.request('Referral to psychiatry', { to: 'castillo', for: found });
        return found;
      },
    );
    record.missed({
      day: ago({ months: 5 }),
      time: '11:00',
      with: 'castillo',
      reason: 'Positive depression screen',
      outcome: 'noshow',
      why: 'No child care that morning',
    });
    record.missed({
      day: ago({ months: 3 }),
      time: '08:40',
      with: 'okafor',
      reason: 'Blood pressure, mood',
      outcome: 'noshow',
      why: 'The reminder was a call in the middle of her night shift; she slept',
    });
    record.visit(
      { day: ago({ weeks: 6 }), kind: 'telephone', with: 'whitehorse', reason: 'Rides, appointments', for: [first.transport] },
      (visit) => {
        visit.says(
          'She answers by text in the evening. She takes nifedipine and has no headache. She is still low and would come after 3 pm or by video.',
        );
        visit.plans(
          'A ride is booked with each appointment',
          'Reminders by text message only, the day before at 7 pm',
          'Blood pressure has not been measured since nifedipine was raised in the spring: first thing at the next visit',
        );
      },
    );
    record.message(ago({ days: 9 }), {
      by: 'text message',
      about: 'Appointment',
      words: 'Your appointments are booked after 3 pm, with a ride. Answer with Y to confirm.',
      from: 'whitehorse',
      outcome: 'Answered Y.',
    });
    record.immunize('tdap', minus(birth, { weeks: 9 }), 'Clinic record');
    routineImmunizations(record, person.birthDate, 0.85);

    const pressure = record.goal('Blood pressure below 130/80 mmHg', {
      start: ago({ years: 1, months: 7 }),
      due: record.ahead({ months: 4 }),
      target: { test: 'systolic', below: 130 },
      for: hypertension,
    });
    const kept = record.goal('Three appointments kept in a row', {
      start: ago({ weeks: 6 }),
      due: record.ahead({ months: 4 }),
      for: first.transport,
    });
    record.carePlan('Blood pressure, mood and appointments that can be kept', {
      start: ago({ months: 6, days: 10 }),
      for: [hypertension, depression, first.transport],
      goals: [pressure, kept],
      activities: [
        'Appointments after 3 pm or by video',
        'Reminder by text message the evening before',
        'A ride booked with each appointment',
        'Refills for a year',
      ],
    });
    record.careTeam(['okafor', 'castillo', 'whitehorse', 'mbeki'], ago({ months: 6, days: 10 }));
    record.book({
      after: record.ahead({ days: 8 }),
      hour: '15:00',
      with: 'okafor',
      reason: 'Blood pressure, mood',
      note: 'After 3 pm; ride; text message',
    });
    record.book({
      after: record.ahead({ weeks: 2 }),
      hour: '15:00',
      with: 'castillo',
      reason: 'Positive depression screen',
      note: 'After 3 pm or video; text message',
    });
  },
};
