import type { Persona } from '../generate.ts';
import { every, minus, openDay, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';
import type { Problem } from '../generator/problems.ts';
import type { Visit } from '../generator/visit.ts';

/**
 * Atrial fibrillation under an anticoagulant, two falls, and a dose whose conditions change: she is 79 and weighs less than 60 kg, and the
 * creatinine of the last visit reaches 1.5 mg/dL, while she still takes apixaban 5 mg.
 */
export const eleanorWhitfield: Persona = {
  id: 'eleanor-whitfield',
  title: 'Atrial fibrillation and falls',
  person: (asOf) => ({
    given: ['Eleanor', 'Grace'],
    family: 'Whitfield',
    former: { use: 'maiden', given: ['Eleanor', 'Grace'], family: 'Pemberton' },
    sex: 'female',
    identity: 'woman',
    birthDate: minus(asOf, { years: 79, months: 7, days: 3 }),
    races: ['white'],
    hispanic: false,
    language: 'en',
    marital: 'widowed',
    address: { line: '27 Church Hill Road', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0163',
    contact: { name: 'Jennifer Ashby', relation: 'daughter', phone: '413-555-0164' },
    primaryCare: 'lindgren',
  }),
  course: (record) => {
    const { ago, body } = record;
    record.coverage('medicare', ago({ years: 14, months: 7 }));
    record.allergy('codeine', { reaction: 'nausea', severity: 'moderate', type: 'intolerance', recorded: ago({ years: 11 }) });
    record.family({ relation: 'mother', conditions: [['stroke', 81]], diedAt: 82, recorded: ago({ years: 11 }) });
    record.family({ relation: 'father', conditions: [['hypertension', 60]], diedAt: 77, recorded: ago({ years: 11 }) });
    record.procedure('hip-replacement', ago({ years: 13, months: 2 }), { site: 'Left hip' });
    record.smoking('former', ago({ years: 11 }));

    body.set('height', ago({ years: 20 }), 161);
    body.set('weight', ago({ years: 11 }), 67);
    body.set('weight', ago({ years: 4 }), 64);
    body.set('weight', ago({ years: 1 }), 59.5);
    body.set('weight', ago({}), 57.8);
    body.set('systolic', ago({ years: 11 }), 160);
    body.set('systolic', ago({ years: 1 }), 147);
    body.set('systolic', ago({}), 148);
    body.set('diastolic', ago({ years: 11 }), 88);
    body.set('diastolic', ago({}), 80);
    body.set('egfr', ago({ years: 11 }), 66);
    body.set('egfr', ago({ years: 4 }), 55);
    body.set('egfr', ago({ years: 1 }), 43);
    body.set('egfr', ago({ weeks: 9 }), 41);
    body.set('egfr', ago({}), 36);
    body.set('ldl', ago({ years: 11 }), 142);
    body.set('hemoglobin', ago({ years: 4 }), 13.1);
    body.set('hemoglobin', ago({}), 12.3);
    body.set('heart-rate', ago({ years: 4, months: 2 }), 76);
    body.set('heart-rate', ago({ years: 4 }), 118);
    body.set('heart-rate', ago({ years: 3, months: 11 }), 82);
    body.set('heart-rate', ago({ years: 1, months: 4 }), 82);
    body.set('heart-rate', ago({ years: 1, months: 2 }), 120);
    body.set('heart-rate', ago({ years: 1 }), 100);
    body.set('heart-rate', ago({}), 92);
    body.set('vitamin-d', ago({ years: 3 }), 19);
    body.set('ntprobnp', ago({ years: 1, months: 2 }), 780);

    // Blood pressure
    const { hypertension, lisinopril } = record.visit({ day: ago({ years: 11 }), kind: 'checkup', reason: 'New patient' }, (visit) => {
      visit.says('She moved here after her husband died. She takes no tablets. She stopped smoking at 40.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
      visit.labs('cmp', 'lipids', 'cbc', 'tsh');
      const hypertension = visit.diagnose('hypertension');
      const lipids = visit.diagnose('hyperlipidemia');
      visit.start('atorvastatin-10', { when: 'evening' }, { for: lipids, supply: 90, refills: 3 });
      return { hypertension, lisinopril: visit.start('lisinopril-10', {}, { for: hypertension, supply: 90, refills: 3 }) };
    });
    const thiazide = record.visit(
      { day: ago({ years: 10, months: 8 }), kind: 'office', reason: 'Blood pressure', for: [hypertension] },
      (visit) => {
        body.fix('systolic', visit.now(), 152);
        body.fix('diastolic', visit.now(), 86);
        visit.vitals();
        visit.labs('bmp', 'lipids');
        visit.change(lisinopril, { drug: 'lisinopril-20' }, 'blood pressure above 140/90 mmHg');
        return visit.start('hydrochlorothiazide-25', { when: 'morning' }, { for: hypertension, because: 'second drug for blood pressure' });
      },
    );
    const yearly = (day: string, told: string, creatinine?: number, found?: (visit: Visit) => Problem) =>
      record.visit({ day, kind: 'checkup', reason: 'Yearly check-up', for: [hypertension] }, (visit) => {
        visit.says(told);
        visit.vitals();
        if (creatinine !== undefined) body.fix('creatinine', visit.now(), creatinine);
        visit.labs('bmp', 'lipids', 'cbc');
        return found?.(visit);
      });
    for (const [years, creatinine] of [
      [8, 1.03],
      [7, 1.08],
    ] as const)
      yearly(ago({ years, months: 9 }), 'She feels well, sings in the church choir and walks every day.', creatinine);
    const stage3 = yearly(ago({ years: 6, months: 9 }), 'She feels well and walks every day.', 1.06, (visit) => {
      visit.labs('uacr');
      visit.plans('Kidney function each year; nothing against pain from the pharmacy without asking');
      return visit.diagnose('ckd-3a', { note: 'eGFR below 60 mL/min/1.73 m2 for two years, no albumin in the urine.' });
    })!;
    record.takes('ibuprofen-200', ago({ years: 6 }), '2 tablets when the hip hurts, bought without prescription', {
      told: openDay(ago({ years: 4 })),
      until: openDay(ago({ years: 4 })),
    });
    record.visit({ day: ago({ years: 5, months: 7 }), kind: 'office', reason: 'Trouble hearing' }, (visit) => {
      visit.says('She no longer hears the telephone and leaves the choir.');
      visit.finds('No ear wax. Whispered voice is not heard on either side.');
      visit.diagnose('hearing-loss', { note: 'Both ears. Hearing aids since; she does not wear them every day.' });
      visit.request('Referral to audiology', { status: 'completed' });
    });
    yearly(ago({ years: 4, months: 9 }), 'She has hearing aids and forgets to wear them.');

    // Atrial fibrillation that comes and goes
    const { fibrillation, metoprolol } = record.visit(
      { day: ago({ years: 4 }), kind: 'urgent', reason: 'Heart racing since the morning' },
      (visit) => {
        visit.says('Her heart has raced since the morning, and it did so for an hour last week. She has no chest pain.');
        visit.vitals();
        visit.labs('bmp', 'cbc', 'tsh');
        visit.perform('ecg', { outcome: 'Atrial fibrillation' });
        const fibrillation = visit.diagnose('atrial-fibrillation-paroxysmal');
        visit.finds(
          'CHA2DS2-VASc score 4: hypertension 1, age 75 or older 2, female 1. No heart failure, diabetes, stroke or vascular disease.',
        );
        visit.plans('Ibuprofen is stopped because of the blood thinner; acetaminophen for the hip instead');
        visit.start('apixaban-5', { times: 2 }, { for: fibrillation, because: 'stroke prevention', supply: 90, refills: 3 });
        return {
          fibrillation,
          metoprolol: visit.start('metoprolol-succinate-25', { when: 'morning' }, { for: fibrillation, because: 'heart rate' }),
        };
      },
    );
    record.takes(
      'acetaminophen-500',
      openDay(ago({ years: 4 })),
      '2 tablets when the hip hurts, at most 6 a day, bought without prescription',
      { told: openDay(ago({ years: 4 })) },
    );
    record.visit(
      {
        day: ago({ years: 3, months: 11 }),
        kind: 'specialist',
        with: 'iyer',
        reason: 'New atrial fibrillation',
        for: [fibrillation],
      },
      (visit) => {
        visit.says('Her heart has not raced since.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'spo2');
        visit.perform('ecg', { outcome: 'Sinus rhythm' });
        visit.perform('echo', { outcome: 'Normal left ventricle, left atrium mildly enlarged, no valve disease' });
        visit.result('lvef', 60);
        visit.plans(
          'Apixaban 5 mg twice daily is the right dose: she has none of the three conditions for 2.5 mg (80 years, 60 kg, creatinine 1.5 mg/dL)',
        );
      },
    );
    record.visit({ day: ago({ years: 3 }), kind: 'checkup', reason: 'Yearly check-up', for: [hypertension, stage3] }, (visit) => {
      visit.says('Reading has become hard because of her right eye.');
      visit.vitals();
      visit.labs('bmp', 'lipids', 'cbc', 'uacr', 'vitamin-d');
      visit.perform('bone-density');
      visit.result('t-score-hip', -2.1);
      visit.diagnose('osteopenia', { note: 'Hip T-score by DXA.' });
      visit.plans(
        'By FRAX a tablet against fractures is worth it; she does not want another tablet now. Bone density again in two to three years',
      );
      visit.start('cholecalciferol-0.025', {}, { for: visit.diagnose('vitamin-d-deficiency') });
      visit.diagnose('cataract', { note: 'Both eyes; the right was operated.' });
      visit.request('Referral to ophthalmology', { status: 'completed' });
    });
    record.procedure('cataract-surgery', ago({ years: 2, months: 8 }), { site: 'Right eye', outcome: 'Sees better with the right eye' });
    record.visit(
      { day: ago({ years: 2 }), kind: 'checkup', reason: 'Yearly check-up', for: [hypertension, fibrillation, stage3] },
      (visit) => {
        visit.says('Her heart races twice a month for an hour or two.', 'She has no bleeding.');
        visit.vitals();
        body.fix('creatinine', visit.now(), 1.3);
        visit.labs('bmp', 'cbc', 'lipids', 'uacr');
        visit.plans('eGFR again in three to six months');
      },
    );
    record.visit(
      { day: ago({ years: 1, months: 7 }), kind: 'nurse', with: 'mbeki', reason: 'Blood drawn', quiet: true, unbooked: true },
      (visit) => {
        body.fix('creatinine', visit.now(), 1.32);
        visit.labs('bmp');
      },
    );

    // It stays
    const { persistent, kidneys } = record.visit(
      { day: ago({ years: 1, months: 2 }), kind: 'urgent', reason: 'Short of breath on the stairs, heart racing', for: [fibrillation] },
      (visit) => {
        visit.says(
          'She has been short of breath on the stairs for two weeks.',
          'She was without apixaban for nine days because the refill came late.',
        );
        body.fix('heart-rate', visit.now(), 116);
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'spo2');
        body.fix('creatinine', visit.now(), 1.29);
        visit.labs('bmp', 'cbc', 'tsh', 'ntprobnp');
        visit.perform('ecg', { outcome: 'Atrial fibrillation' });
        visit.change(metoprolol, { drug: 'metoprolol-succinate-50' }, 'heart rate above 100/min at rest');
        visit.resolve(fibrillation, 'Now persistent', 'inactive');
        const found = visit.diagnose('atrial-fibrillation-persistent');
        visit.request('Referral to cardiology', { to: 'iyer', for: found, status: 'completed' });
        visit.resolve(stage3, 'Now stage 3b', 'inactive');
        const kidneys = visit.diagnose('ckd-3b', { note: 'eGFR below 45 mL/min/1.73 m2 for ten months.' });
        visit.plans('Apixaban is sent by mail from now on', 'Pulse and blood pressure by the nurse in ten days');
        return { persistent: found, kidneys };
      },
    );
    record.visit(
      {
        day: ago({ years: 1, months: 1, days: 20 }),
        kind: 'nurse',
        with: 'mbeki',
        reason: 'Pulse and blood pressure on more metoprolol',
        for: [persistent],
      },
      (visit) => {
        visit.says('She takes apixaban twice a day again. The stairs are easier. She is tired.');
        visit.vitals('blood-pressure', 'heart-rate');
        visit.plans('She sees Dr. Iyer in six weeks and calls before if she is short of breath at rest');
      },
    );
    record.visit(
      { day: ago({ years: 1, months: 0 }), kind: 'specialist', with: 'iyer', reason: 'Persistent atrial fibrillation', for: [persistent] },
      (visit) => {
        visit.says('She breathes better and is tired all day since the higher dose of metoprolol.', 'She does not want a cardioversion.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'spo2');
        visit.perform('ecg', { outcome: 'Atrial fibrillation' });
        visit.perform('echo', { outcome: 'Normal left ventricle, left atrium moderately enlarged' });
        visit.result('lvef', 58);
        visit.stop(metoprolol, 'tired all day');
        visit.start('diltiazem-er-120', { when: 'morning' }, { for: persistent, because: 'heart rate; metoprolol made her tired' });
      },
    );

    // The falls
    const firstFall = ago({ months: 10 });
    record.visit(
      { day: firstFall, kind: 'emergency', with: 'fischer', reason: 'Fall at home, hit her head', for: [persistent] },
      (visit) => {
        visit.says('She tripped over the bathroom rug at night and hit her forehead. She did not lose consciousness. She lay for an hour.');
        visit.vitals('blood-pressure', 'heart-rate', 'respiratory-rate', 'spo2', 'temperature');
        visit.labs('bmp', 'cbc', 'inr');
        visit.finds('Bruise on the forehead. No weakness, speech clear.');
        visit.report('CT of the head', 'Radiology', ['30799-1', 'CT Head WO contrast'], 'No bleeding and no fracture.');
        visit.diagnose('contusion-head', { category: 'encounter-diagnosis', until: plus(firstFall, { days: 14 }) });
        visit.plans('Apixaban is continued', 'She returns at once for headache, vomiting or confusion');
      },
    );
    record.visit({ day: ago({ months: 9, days: 14 }), kind: 'office', reason: 'After a fall', for: [persistent, kidneys] }, (visit) => {
      visit.says('She has no headache. She now holds on to the furniture.');
      visit.vitals();
      visit.labs('bmp');
      visit.finds('Timed Up and Go test: 18 seconds. Steps short, unsteady on turning.');
      visit.score('mini-cog', 5);
      visit.request('Referral to home physical therapy', {
        for: persistent,
        status: 'completed',
        code: { system: 'http://snomed.info/sct', code: '416790000', display: 'Referral for home physical therapy (procedure)' },
      });
    });
    const alarm = record.device({ name: 'Personal alarm pendant', since: ago({ months: 9 }) });
    record.visit({ day: ago({ months: 9 }), kind: 'home', with: 'mbeki', reason: 'Home safety after a fall' }, (visit) => {
      visit.says('She lives alone in a house with 14 stairs. The bedroom is upstairs.');
      visit.finds('Rugs removed, night lights and a second handrail put up, grab bars in the bathroom.');
      visit.plans('She wears an alarm pendant day and night');
    });
    for (const day of every(ago({ months: 8, days: 20 }), ago({ months: 7, days: 15 }), { weeks: 1 }))
      record.procedure('physical-therapy', day, { note: 'At home: strength and balance.' });
    record.visit({ day: ago({ months: 7 }), kind: 'telephone', with: 'mbeki', reason: 'How she walks' }, (visit) => {
      visit.says('Physical therapy ended. She does the exercises on most days and walks with a cane.');
    });
    const secondFall = ago({ months: 4, days: 12 });
    const orthostatic = record.visit(
      { day: secondFall, kind: 'urgent', reason: 'Fall on getting out of bed', for: [hypertension, persistent] },
      (visit) => {
        visit.says('She stood up from bed, saw black and fell on her left side. She did not hit her head. Her alarm called the neighbor.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight');
        visit.result('systolic-standing', 98);
        visit.result('diastolic-standing', 58);
        visit.labs('bmp', 'cbc');
        visit.finds('Bruise on the left hip, walks without pain. Timed Up and Go test: 22 seconds with a cane.');
        visit.diagnose('falls', { note: 'Two falls within six months.' });
        const found = visit.diagnose('orthostatic-hypotension');
        visit.stop(thiazide, 'blood pressure falls on standing');
        visit.change(lisinopril, { drug: 'lisinopril-10' }, 'blood pressure falls on standing');
        visit.plans('She sits for two minutes on the edge of the bed before she stands');
        return found;
      },
    );
    record.visit(
      { day: plus(secondFall, { days: 15 }), kind: 'nurse', with: 'mbeki', reason: 'Blood pressure lying and standing' },
      (visit) => {
        visit.says('She is not dizzy any more.');
        visit.vitals('blood-pressure', 'heart-rate');
        visit.result('systolic-standing', 122);
        visit.result('diastolic-standing', 70);
        visit.labs('bmp');
      },
    );
    record.visit(
      {
        day: ago({ months: 3, days: 10 }),
        kind: 'office',
        reason: 'Daughter asks whether to stop the blood thinner',
        for: [persistent, orthostatic],
      },
      (visit) => {
        visit.says(
          'Her daughter is afraid of a bleeding in the head and asks to stop apixaban.',
          'She herself fears a stroke more, since her mother had one.',
        );
        visit.vitals();
        visit.finds(
          'CHA2DS2-VASc score 4. For bleeding count her age, the kidneys and the falls; no bleeding so far, no aspirin, no alcohol.',
        );
        visit.plans('Decided together: apixaban is continued; fewer falls are the aim', 'Left cataract: she wants to wait');
        visit.request('Bone density scan (DXA)', { kind: 'Imaging' });
      },
    );
    record.missed({
      day: ago({ months: 3 }),
      with: 'iyer',
      reason: 'Persistent atrial fibrillation, follow-up',
      outcome: 'cancelled',
      by: 'patient',
      why: 'Daughter could not drive her',
    });
    record.visit(
      {
        day: ago({ weeks: 8 }),
        kind: 'office',
        reason: 'Blood pressure, kidney function, walking',
        for: [hypertension, kidneys, persistent],
      },
      (visit) => {
        visit.says('She walks to the shop with her cane and has not fallen again.');
        visit.vitals();
        visit.result('systolic-standing', 124);
        visit.result('diastolic-standing', 71);
        body.fix('creatinine', visit.now(), 1.43);
        visit.labs('bmp', 'cbc', 'uacr');
        visit.finds('Timed Up and Go test: 16 seconds with a cane.');
      },
    );
    const cuff = record.device({ name: 'Upper-arm blood pressure monitor', since: secondFall });
    for (const day of every(ago({ days: 24 }), ago({ days: 3 }), { days: 3 }))
      record.home('blood-pressure', day, '08:10', record.reference(cuff));
    record.visit(
      {
        day: ago({ days: 12 }),
        kind: 'office',
        reason: 'Follow-up of atrial fibrillation and kidney disease',
        for: [persistent, kidneys, hypertension],
      },
      (visit) => {
        visit.says('She eats little in the evening and her clothes are loose. No fall and no bleeding.');
        visit.vitals();
        body.fix('creatinine', visit.now(), 1.54);
        visit.labs('bmp', 'cbc');
        visit.immunize('influenza-high-dose');
        visit.plans('Results of today are looked at when they are all back');
      },
    );
    routineImmunizations(record, ago({ years: 11 }), 0.8);

    const falls = record.goal('No further fall', { start: secondFall, due: record.ahead({ months: 6 }), for: orthostatic });
    const pressure = record.goal('Blood pressure below 140 mmHg lying, without dizziness on standing', {
      start: secondFall,
      target: { test: 'systolic', below: 140 },
      for: hypertension,
    });
    record.carePlan('Atrial fibrillation, falls and kidney function', {
      start: firstFall,
      for: [persistent, orthostatic, kidneys],
      goals: [falls, pressure],
      activities: [
        `Wears the ${alarm.deviceName![0]!.name!.toLowerCase()} day and night`,
        'Balance exercises on most days',
        'Kidney function and weight every three months because of the apixaban dose',
        'No anti-inflammatory pain drugs',
      ],
    });
    record.careTeam(['lindgren', 'iyer', 'mbeki'], firstFall);
    record.book({
      after: record.ahead({ weeks: 2 }),
      with: 'iyer',
      reason: 'Persistent atrial fibrillation, follow-up',
      note: 'Daughter drives',
    });
    record.book({ after: record.ahead({ weeks: 4 }), with: 'lindgren', reason: 'Blood pressure, kidney function, falls' });
  },
};
