import type { Persona } from '../generate.ts';
import { minus, openDay } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';

/**
 * Three adenomas seven years ago, a colonoscopy that was due after three years and never happened, a father with colon cancer, and a hemoglobin
 * that falls a little at every visit: each result alone is close to normal, and nobody has put them side by side.
 */
export const patriciaOconnell: Persona = {
  id: 'patricia-oconnell',
  title: 'Colon polyps and overdue screening',
  person: (asOf) => ({
    given: ['Patricia', 'Anne'],
    family: 'O’Connell',
    preferred: 'Patty',
    sex: 'female',
    identity: 'woman',
    birthDate: minus(asOf, { years: 61, months: 9, days: 14 }),
    races: ['white'],
    hispanic: false,
    language: 'en',
    marital: 'divorced',
    address: { line: '74 Bridge Street', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0179',
    contact: { name: 'Sean O’Connell', relation: 'son', phone: '413-555-0180' },
    primaryCare: 'lindgren',
  }),
  course: (record) => {
    const { ago, body } = record;
    record.coverage('health connector', ago({ years: 9 }));
    record.allergy('sulfamethoxazole', { reaction: 'rash', severity: 'mild', recorded: ago({ years: 12 }), onset: '1998' });
    record.family({ relation: 'father', conditions: [['colon-cancer', 58]], diedAt: 61, recorded: ago({ years: 12 }) });
    record.family({ relation: 'mother', conditions: [['type-2-diabetes', 63]], diedAt: 80, recorded: ago({ years: 12 }) });
    record.smoking('never', ago({ years: 12 }));

    body.set('height', ago({ years: 12 }), 165);
    body.set('weight', ago({ years: 12 }), 88);
    body.set('weight', ago({ years: 2 }), 96);
    body.set('weight', ago({}), 94);
    body.set('hba1c', ago({ years: 12 }), 5.6);
    body.set('hba1c', ago({ years: 6 }), 5.9);
    body.set('hba1c', ago({}), 6.2);
    body.set('systolic', ago({ years: 12 }), 130);
    body.set('systolic', ago({ years: 8 }), 143);
    body.set('diastolic', ago({ years: 12 }), 82);
    body.set('diastolic', ago({ years: 8 }), 88);
    body.set('ldl', ago({ years: 12 }), 126);
    body.set('ldl', ago({}), 136);
    body.set('hdl', ago({ years: 12 }), 49);
    body.set('hemoglobin', ago({ years: 12 }), 13.7);
    body.set('hemoglobin', ago({ years: 3, months: 6 }), 13.6);
    body.set('hemoglobin', ago({}), 11.5);
    body.set('mcv', ago({ years: 3, months: 6 }), 90);
    body.set('mcv', ago({}), 78.5);
    body.set('ferritin', ago({ years: 4 }), 62);
    body.set('ferritin', ago({}), 9);
    body.set('platelets', ago({ years: 3, months: 6 }), 265);
    body.set('platelets', ago({}), 345);

    record.visit({ day: ago({ years: 12 }), kind: 'checkup', reason: 'New patient' }, (visit) => {
      visit.says('She rides the school bus as a monitor. Her father had colon cancer at 58.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
      visit.labs('cmp', 'lipids', 'cbc', 'tsh');
      visit.diagnose('obesity');
      visit.plans('A colonoscopy is advised now because of her father');
    });
    const menopause = record.visit({ day: ago({ years: 9, months: 10 }), kind: 'checkup', reason: 'Yearly check-up' }, (visit) => {
      visit.says('She has hot flashes; the last period was eight months ago. She has put the colonoscopy off.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'bmi');
      visit.labs('lipids', 'hba1c', 'cbc');
      visit.plans('She does not want hormones; a fan and lighter covers at night');
      return visit.diagnose('menopause', { onset: ago({ years: 10, months: 6 }) });
    });
    const { hypertension, amlodipine } = record.visit({ day: ago({ years: 8 }), kind: 'office', reason: 'Blood pressure' }, (visit) => {
      visit.says('At the pharmacy it was 150 over 92, and at home above 140 on most days of the last two weeks.');
      visit.pressure(147, 91);
      visit.vitals('heart-rate', 'weight');
      visit.labs('bmp');
      const found = visit.diagnose('hypertension');
      return { hypertension: found, amlodipine: visit.start('amlodipine-5', {}, { for: found, supply: 90, refills: 3 }) };
    });
    record.visit({ day: ago({ years: 7, months: 3 }), kind: 'checkup', reason: 'Yearly check-up', for: [hypertension] }, (visit) => {
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'bmi');
      visit.labs('lipids', 'hba1c', 'cbc', 'bmp');
      visit.perform('mammogram', { outcome: 'Nothing suspicious in either breast' });
      visit.request('Colonoscopy', { to: 'duarte', kind: 'Evaluation', status: 'completed', note: 'Father with colon cancer at 58.' });
    });
    const adenomas = record.visit({ day: ago({ years: 7 }), kind: 'specialist', with: 'duarte', reason: 'Colonoscopy' }, (visit) => {
      visit.perform('colonoscopy', {
        outcome: 'Reached the cecum, clean. Three polyps of 6 to 9 mm, two in the ascending and one in the sigmoid colon, all removed',
        followUp: 'Colonoscopy in three years',
      });
      visit.perform('polypectomy', { outcome: 'Three polyps removed with a snare, no bleeding' });
      visit.report(
        'Pathology of colon polyps',
        'Pathology',
        ['11529-5', 'Surgical pathology study'],
        'Three tubular adenomas, low-grade dysplasia, completely removed. No cancer.',
      );
      visit.plans('The next colonoscopy is due in three years: three adenomas, father with colon cancer');
      return visit.diagnose('adenoma-history', { note: 'Three tubular adenomas. Surveillance colonoscopy due after three years.' });
    });
    const prediabetes = record.visit(
      { day: ago({ years: 6 }), kind: 'checkup', reason: 'Yearly check-up', for: [hypertension] },
      (visit) => {
        visit.says('The hot flashes are gone. She takes her tablet every day.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'bmi');
        visit.labs('lipids', 'hba1c', 'cbc', 'bmp');
        visit.resolve(menopause, 'No hot flashes for a year.');
        visit.request('Diabetes prevention program', {
          kind: 'Education',
          status: 'revoked',
          note: 'The course is in the evening on the other side of town; she did not go.',
        });
        return visit.diagnose('prediabetes');
      },
    );
    record.visit({ day: ago({ years: 5, months: 2 }), kind: 'office', with: 'rosen', reason: 'Cervical cancer screening' }, (visit) => {
      visit.says('No bleeding since the menopause.');
      visit.report(
        'Cervical cytology',
        'Pathology',
        ['33717-0', 'Cervical AndOr vaginal cytology study'],
        'No abnormal cells. High-risk HPV not found.',
      );
      visit.plans('Next screening in five years');
    });
    record.message(ago({ years: 4 }), {
      by: 'letter',
      about: 'Colonoscopy due',
      words: 'Your next colonoscopy is due. Please call to make an appointment.',
      from: 'duarte',
    });
    record.visit(
      { day: ago({ years: 3, months: 10 }), kind: 'checkup', reason: 'Yearly check-up', for: [hypertension, prediabetes] },
      (visit) => {
        visit.says('Her hair is thinner. She looks after a grandchild and had no time to call about the colonoscopy.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'bmi');
        visit.labs('lipids', 'hba1c', 'cbc', 'bmp', 'tsh', 'ferritin');
        visit.score('audit-c', 2);
      },
    );
    record.message(ago({ years: 3, months: 6 }), {
      by: 'letter',
      about: 'Colonoscopy overdue',
      words: 'Your colonoscopy is six months overdue. Please call to make an appointment.',
      from: 'duarte',
    });
    record.visit(
      { day: ago({ years: 3, months: 2 }), kind: 'office', reason: 'Blood pressure, colonoscopy', for: [hypertension, adenomas] },
      (visit) => {
        visit.says('She agrees to the colonoscopy if somebody can drive her home.');
        body.fix('systolic', visit.now(), 144);
        body.fix('diastolic', visit.now(), 88);
        visit.vitals();
        visit.change(amlodipine, { drug: 'amlodipine-10' }, 'blood pressure above 130/80 mmHg');
        visit.request('Surveillance colonoscopy', {
          to: 'duarte',
          kind: 'Evaluation',
          for: adenomas,
          note: 'Three tubular adenomas; due since last autumn.',
        });
      },
    );
    record.missed({
      day: ago({ years: 3 }),
      with: 'duarte',
      reason: 'Surveillance colonoscopy',
      outcome: 'cancelled',
      by: 'patient',
      why: 'Nobody to drive her home after the sedation',
    });
    record.visit(
      { day: ago({ years: 2, months: 7 }), kind: 'checkup', reason: 'Yearly check-up', for: [hypertension, prediabetes] },
      (visit) => {
        visit.says('She had nobody to drive her home from the colonoscopy in the autumn. Her ankles do not swell on the higher dose.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'bmi');
        visit.labs('lipids', 'hba1c', 'bmp');
        body.fix('hemoglobin', visit.now(), 13.1);
        visit.labs('cbc');
        visit.perform('mammogram', { outcome: 'Nothing suspicious in either breast' });
        visit.plans('Transport by the hospital’s volunteers for the colonoscopy');
      },
    );
    record.missed({
      day: ago({ years: 2, months: 2 }),
      with: 'duarte',
      reason: 'Surveillance colonoscopy',
      outcome: 'cancelled',
      by: 'patient',
      why: 'Afraid of what would be found, like in her father',
    });
    record.takes(
      'aspirin-81',
      ago({ years: 2 }),
      '1 tablet daily against cancer and heart attacks, bought without prescription after a program on television',
      { told: openDay(ago({ years: 1, months: 6 })) },
    );
    record.message(ago({ years: 1, months: 10 }), {
      by: 'telephone',
      about: 'Colonoscopy, new appointment',
      words: 'Called twice to make a new appointment for the colonoscopy.',
      from: 'mbeki',
      outcome: 'No answer; a message was left.',
    });
    record.visit(
      { day: ago({ years: 1, months: 6 }), kind: 'checkup', reason: 'Yearly check-up', for: [hypertension, prediabetes] },
      (visit) => {
        visit.says('She asks whether aspirin is good for her. She has no heartburn and sees no blood.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'bmi');
        visit.labs('lipids', 'hba1c', 'bmp');
        body.fix('hemoglobin', visit.now(), 12.6);
        visit.labs('cbc');
        visit.plans('Aspirin is to be talked over at the next visit', 'She does not want a statin');
      },
    );
    record.visit({ day: openDay(ago({ months: 11 })), kind: 'urgent', with: 'tran', reason: 'Cough for two weeks' }, (visit) => {
      visit.says('She coughs at night. No fever.');
      visit.vitals('blood-pressure', 'heart-rate', 'temperature', 'spo2');
      body.fix('hemoglobin', visit.now(), 12.2);
      visit.labs('cbc');
      visit.finds('Lungs clear.');
      visit.plans('No antibiotic; honey and fluids, back if it lasts for more than three weeks longer or fever comes');
      visit.diagnose('bronchitis', { category: 'encounter-diagnosis', until: ago({ months: 10, days: 14 }) });
    });
    record.visit({ day: ago({ months: 6 }), kind: 'office', reason: 'Knee pain, blood pressure', for: [hypertension] }, (visit) => {
      visit.says('The left knee hurts on the bus steps.');
      visit.vitals();
      body.fix('hemoglobin', visit.now(), 11.9);
      visit.labs('bmp', 'cbc', 'hba1c');
      const knee = visit.diagnose('osteoarthritis-knee', {
        site: 'Left knee',
        label: 'Osteoarthritis of the left knee',
        icd10: ['M17.12', 'Unilateral primary osteoarthritis, left knee'],
      });
      visit.start('diclofenac-gel', { amount: 4, times: 4, asNeeded: 'pain' }, { for: knee });
    });
    record.visit({ day: ago({ weeks: 8 }), kind: 'office', with: 'tran', reason: 'Tired' }, (visit) => {
      visit.says('She has been tired since the summer and sleeps well. On the stairs she stops once.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight');
      visit.phq9(0, 1, 1, 2, 0, 0, 0, 0, 0);
      body.fix('hemoglobin', visit.now(), 11.6);
      body.fix('ferritin', visit.now(), 9);
      visit.labs('tsh', 'cbc', 'ferritin', 'bmp');
      visit.plans('More sleep and walks; results by mail');
    });
    routineImmunizations(record, ago({ years: 12 }), 0.75);

    const weight = record.goal('Weight below 90 kg', {
      start: ago({ years: 1, months: 6 }),
      due: record.ahead({ months: 6 }),
      target: { test: 'weight', below: 90 },
      for: prediabetes,
    });
    record.carePlan('Blood pressure and prediabetes', {
      start: ago({ years: 6 }),
      for: [hypertension, prediabetes],
      goals: [weight],
      activities: ['Hemoglobin A1c every year', 'Walks with a neighbor three times a week'],
    });
    record.careTeam(['lindgren', 'duarte', 'tran'], ago({ years: 7 }));
    record.book({ after: record.ahead({ weeks: 2 }), with: 'lindgren', reason: 'Yearly check-up' });
  },
};
