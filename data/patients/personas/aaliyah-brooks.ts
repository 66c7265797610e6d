import type { Persona } from '../generate.ts';
import { minus, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';

/** Depression that came back: two drugs that her genes worked against, then one that they do not, and a year and a half of being well. */
export const aaliyahBrooks: Persona = {
  id: 'aaliyah-brooks',
  title: 'Depression with CYP2D6 and CYP2C19 genotypes',
  person: (asOf) => ({
    given: ['Aaliyah', 'Simone'],
    family: 'Brooks',
    sex: 'female',
    identity: 'woman',
    birthDate: minus(asOf, { years: 38, months: 7, days: 19 }),
    races: ['black'],
    hispanic: false,
    language: 'en',
    marital: 'never married',
    address: { line: '27 Quarry Lane', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0165',
    email: 'aaliyah.brooks@example.org',
    contact: { name: 'Renée Brooks', relation: 'sister', phone: '413-555-0166' },
    primaryCare: 'tran',
  }),
  course: (record) => {
    const { ago, body } = record;
    record.coverage('commercial', ago({ years: 10 }));
    record.family({ relation: 'mother', conditions: [['depression', 34]], recorded: ago({ years: 10 }) });
    record.family({ relation: 'father', conditions: [['hypertension', 51]], recorded: ago({ years: 10 }) });
    body.set('height', ago({ years: 12 }), 168);
    body.set('weight', ago({ years: 10 }), 69);
    body.set('weight', ago({ years: 2, months: 9 }), 72);
    body.set('weight', ago({ years: 2, months: 7 }), 69);
    body.set('weight', ago({}), 71);
    body.set('systolic', ago({ years: 10 }), 114);
    body.set('diastolic', ago({ years: 10 }), 72);
    body.set('hemoglobin', ago({ years: 6, months: 1 }), 11.4);
    body.set('ferritin', ago({ years: 6, months: 1 }), 11);
    body.set('mcv', ago({ years: 6, months: 1 }), 79);

    record.visit({ day: ago({ years: 10 }), kind: 'checkup', reason: 'First visit with this clinic' }, (visit) => {
      visit.says('She moved here for her first job and feels well.', 'She has never smoked and drinks a glass of wine on some weekends.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
      visit.labs('lipids');
      visit.score('phq2', 0);
    });

    // An opioid that did nothing
    record.visit({ day: ago({ years: 7, months: 2 }), kind: 'emergency', with: 'fischer', reason: 'Twisted left ankle' }, (visit) => {
      visit.says('She twisted her left ankle on a trail and cannot put weight on it.');
      visit.vitals('blood-pressure', 'heart-rate');
      visit.score('pain', 7);
      visit.report('X-ray of the left ankle', 'Radiology', ['26098-4', 'XR Ankle - left Views'], 'No fracture.');
      visit.diagnose('ankle-sprain', { category: 'encounter-diagnosis', until: plus(visit.day(), { weeks: 5 }) });
      visit.start('codeine-apap', { per: { hours: 6 }, asNeeded: 'pain', days: 3 }, { because: 'sprain of ankle' });
    });
    record.visit({ day: ago({ years: 7, months: 2, days: -2 }), kind: 'telephone', reason: 'Ankle still hurts' }, (visit) => {
      visit.says('The tablets with codeine did not help at all, and she took them as written.');
      visit.start('ibuprofen-600', { times: 3, when: 'meals', days: 7 }, { because: 'sprain of ankle' });
    });

    // First episode
    const { depression, anemia, paroxetine } = record.visit(
      { day: ago({ years: 6 }), kind: 'office', reason: 'Low mood for two months' },
      (visit) => {
        visit.says(
          'She has been low for two months, sleeps badly and has stopped running.',
          'Her periods are heavy. Her stools are brown, and she eats meat.',
        );
        visit.vitals();
        visit.phq9(2, 3, 2, 2, 1, 2, 2, 1, 0);
        visit.score('gad7', 12);
        visit.labs('tsh', 'cbc', 'ferritin', 'b12', 'ttg-iga');
        const depression = visit.diagnose('depression', { severity: 'Moderate' });
        const anemia = visit.diagnose('iron-deficiency-anemia', { note: 'Heavy periods' });
        visit.start('ferrous-sulfate-325', { per: { days: 2 }, days: 180 }, { because: 'iron deficiency' });
        visit.request('Referral for cognitive behavioral therapy', { to: 'whitehorse', for: depression, status: 'completed' });
        return {
          depression,
          anemia,
          paroxetine: visit.start('paroxetine-20', { when: 'morning' }, { for: depression, supply: 30, refills: 2 }),
        };
      },
    );
    record.visit(
      { day: ago({ years: 5, months: 11, days: 12 }), kind: 'telephone', reason: 'Side effects of paroxetine', for: [depression] },
      (visit) => {
        visit.says('Since the first week she is drowsy all day, sweats and feels sick.');
        visit.change(paroxetine, { drug: 'paroxetine-10' }, 'drowsiness, sweating and nausea');
      },
    );
    const citalopram = record.visit(
      { day: ago({ years: 5, months: 10, days: 15 }), kind: 'office', reason: 'Depression, follow-up', for: [depression] },
      (visit) => {
        visit.says('She still sweats and feels sick on the lower dose, and her mood is hardly better.');
        visit.vitals();
        visit.phq9(2, 2, 2, 2, 2, 1, 1, 1, 0);
        visit.score('gad7', 11);
        visit.stop(paroxetine, 'side effects at a low dose');
        return visit.start('citalopram-20', { when: 'morning' }, { for: depression, supply: 90, refills: 1 });
      },
    );
    record.allergy('paroxetine', {
      reaction: 'nausea',
      type: 'intolerance',
      severity: 'moderate',
      recorded: ago({ years: 5, months: 10, days: 15 }),
      note: 'Drowsiness, sweating and nausea at 20 mg and at 10 mg daily.',
    });
    record.visit({ day: ago({ years: 5, months: 9 }), kind: 'office', reason: 'Depression, follow-up', for: [depression] }, (visit) => {
      visit.says('She has no side effects. She sees the therapist every week.');
      visit.vitals();
      visit.phq9(1, 2, 2, 1, 1, 1, 2, 1, 0);
      visit.score('gad7', 9);
      visit.labs('cbc', 'ferritin');
      visit.change(citalopram, { drug: 'citalopram-40' }, 'partial response at 20 mg');
    });
    record.visit(
      { day: ago({ years: 5, months: 6 }), kind: 'office', with: 'rosen', reason: 'Heavy periods and contraception' },
      (visit) => {
        visit.says('Her periods last seven days and she wants contraception.');
        visit.vitals('blood-pressure');
        visit.report(
          'Cervical cytology',
          'Pathology',
          ['19774-9', 'Cytology study comment Cervical or vaginal smear or scraping Cyto stain'],
          'Negative for intraepithelial lesion or malignancy.',
        );
        visit.presence('hpv', 'negative');
        visit.start('levonorgestrel-iud', { per: { months: 72 } }, { because: 'heavy periods and contraception' });
        visit.plans('The next cervical screening is due in five years');
      },
    );
    body.set('hemoglobin', ago({ years: 5, months: 5 }), 12.0);
    body.set('hemoglobin', ago({ years: 4, months: 8 }), 13.2);
    body.set('ferritin', ago({ years: 5, months: 5 }), 25);
    body.set('ferritin', ago({ years: 4, months: 8 }), 58);
    body.set('mcv', ago({ years: 5, months: 2 }), 88);
    record.visit({ day: ago({ years: 5, months: 1 }), kind: 'checkup', reason: 'Depression, follow-up', for: [depression] }, (visit) => {
      visit.says('Her mood is good and she runs again. Her periods are light since the intrauterine system.');
      visit.vitals();
      visit.phq9(0, 1, 1, 1, 0, 0, 1, 0, 0);
      visit.score('gad7', 5);
      visit.labs('cbc', 'ferritin');
      visit.resolve(anemia);
    });
    record.visit({ day: ago({ years: 4, months: 6 }), kind: 'video', reason: 'Depression, follow-up', for: [depression] }, (visit) => {
      visit.says('She has been well for more than half a year and wants to stop the tablets.');
      visit.phq9(0, 0, 1, 1, 0, 0, 0, 0, 0);
      visit.score('gad7', 3);
      visit.change(citalopram, { drug: 'citalopram-20' }, 'well for more than six months, stopping by steps');
    });
    record.visit({ day: ago({ years: 4, months: 5 }), kind: 'telephone', reason: 'Stopping citalopram', for: [depression] }, (visit) => {
      visit.says('She is well on the lower dose.');
      visit.stop(citalopram, 'depression in remission');
      visit.resolve(depression, 'Well since treatment with citalopram.', 'remission');
    });

    // It comes back
    const start = ago({ years: 3 });
    const { recurrent, second } = record.visit({ day: start, kind: 'video', reason: 'Low mood has come back' }, (visit) => {
      visit.says('She has been low since her team was cut in half five weeks ago. She worries through the night.');
      visit.phq9(2, 3, 3, 2, 1, 2, 2, 1, 0);
      visit.score('gad7', 14);
      const recurrent = visit.diagnose('depression-recurrent', { severity: 'Moderate' });
      visit.diagnose('anxiety');
      return {
        recurrent,
        second: visit.start('citalopram-20', { when: 'morning' }, { for: recurrent, because: 'it helped in the first episode' }),
      };
    });
    record.visit(
      { day: plus(start, { weeks: 6 }), kind: 'office', reason: 'Depression and anxiety, follow-up', for: [recurrent] },
      (visit) => {
        visit.says('She takes citalopram every day and feels a little less worried.');
        visit.vitals();
        visit.phq9(2, 2, 2, 2, 1, 2, 2, 1, 0);
        visit.score('gad7', 12);
        visit.labs('tsh', 'cbc', 'bmp');
        visit.change(second, { drug: 'citalopram-40' }, 'little response at 20 mg');
      },
    );
    record.missed({
      day: plus(start, { weeks: 12 }),
      with: 'tran',
      reason: 'Depression, follow-up',
      outcome: 'noshow',
      why: 'She later said that she could not face leaving the house',
    });
    const crisis = ago({ years: 2, months: 8 });
    record.visit({ day: crisis, kind: 'urgent', reason: 'Depression is worse', for: [recurrent] }, (visit) => {
      visit.says(
        'Her sister brought her. She has not worked for a week and has lost weight.',
        'She has had passing thoughts that it would be easier not to wake up. She has no plan and no intent, has never harmed herself, and there is no gun at home.',
      );
      visit.vitals();
      visit.phq9(3, 3, 3, 3, 2, 3, 2, 1, 1);
      visit.score('gad7', 16);
      visit.diagnose('suicidal-ideation', { category: 'encounter-diagnosis', until: plus(visit.day(), { days: 3 }) });
      visit.plans(
        'A safety plan is written with her and her sister, who stays with her this week',
        'Signed off work for four weeks',
        'A panel of drug metabolism genes is sent, since two antidepressants failed',
      );
      visit.request('Referral to psychiatry', { to: 'castillo', for: recurrent, status: 'completed' });
      visit.request('Referral for cognitive behavioral therapy', { to: 'whitehorse', for: recurrent, status: 'completed' });
    });
    record.visit(
      { day: plus(crisis, { days: 3 }), kind: 'telephone', with: 'mbeki', reason: 'Safety check', for: [recurrent] },
      (visit) => {
        visit.says('She is with her sister and has had no more such thoughts. She knows the crisis line 988.');
      },
    );
    const sertraline = record.visit(
      {
        day: plus(crisis, { days: 13 }),
        kind: 'specialist',
        with: 'castillo',
        reason: 'Depression that does not respond',
        for: [recurrent],
      },
      (visit) => {
        visit.says('She takes citalopram 40 mg every day and is no better. She sleeps four hours.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight');
        visit.phq9(3, 3, 3, 2, 1, 2, 2, 1, 0);
        visit.score('gad7', 15);
        visit.genotypes({ CYP2D6: '*4/*4', CYP2C19: '*17/*17' });
        visit.stop(second, 'no response at 40 mg; CYP2C19 ultrarapid metabolizer');
        visit.plans(
          'Codeine and tramadol are to be avoided, since a CYP2D6 poor metabolizer gets little relief from them',
          'Paroxetine and venlafaxine depend on CYP2D6: another drug is better for her',
        );
        return visit.start(
          'sertraline-50',
          { when: 'morning' },
          { for: recurrent, because: 'the usual starting dose is right for a CYP2C19 ultrarapid metabolizer' },
        );
      },
    );
    record.visit(
      { day: plus(crisis, { weeks: 5 }), kind: 'video', with: 'castillo', reason: 'Depression, follow-up', for: [recurrent] },
      (visit) => {
        visit.says('She sleeps six hours and has begun to cook again. She had loose stools for a few days.');
        visit.phq9(2, 2, 1, 2, 1, 2, 2, 0, 0);
        visit.score('gad7', 11);
        visit.change(sertraline, { drug: 'sertraline-100' }, 'some response, no side effects that trouble her');
        visit.plans('Signed off work for another four weeks');
      },
    );
    record.visit(
      { day: plus(crisis, { weeks: 11 }), kind: 'video', with: 'castillo', reason: 'Depression, follow-up', for: [recurrent] },
      (visit) => {
        visit.says('She sees the therapist every week.');
        visit.phq9(1, 1, 1, 1, 0, 1, 2, 0, 0);
        visit.score('gad7', 7);
        visit.plans('Back to work at half hours from Monday');
      },
    );
    record.visit({ day: ago({ years: 2, months: 1 }), kind: 'office', reason: 'Depression, follow-up', for: [recurrent] }, (visit) => {
      visit.says('She works full hours from home again.');
      visit.vitals();
      visit.phq9(0, 1, 1, 1, 0, 0, 1, 0, 0);
      visit.score('gad7', 5);
      visit.answer(['11341-5', 'History of Occupation'], 'Software tester, works from home', {
        slug: 'occupation',
        label: 'Occupation',
        profile: 'observation-occupation',
        category: 'social-history',
      });
    });
    for (const [day, answers, anxiety] of [
      [ago({ years: 1, months: 8 }), [0, 1, 0, 1, 0, 0, 1, 0, 0], 4],
      [ago({ years: 1, months: 1 }), [0, 0, 1, 1, 0, 0, 0, 0, 0], 3],
    ] as const)
      record.visit({ day, kind: 'checkup', reason: 'Yearly check-up and depression follow-up', for: [recurrent] }, (visit) => {
        visit.says('She is well and takes sertraline every day.');
        visit.vitals();
        visit.phq9(...answers);
        visit.score('gad7', anxiety);
        visit.labs('bmp', 'cbc', 'lipids');
        if (anxiety === 3)
          visit.plans('The intrauterine system may now stay for eight years as contraception; it is exchanged earlier if bleeding returns');
        if (anxiety === 4) visit.resolve(recurrent, 'No return since sertraline.', 'remission');
      });
    record.visit(
      { day: ago({ months: 7 }), kind: 'telephone', with: 'bergeron', reason: 'Pain relief after a wisdom tooth is taken out' },
      (visit) => {
        visit.says('Her dentist will take out a lower wisdom tooth next week and asked what she may have for pain.');
        visit.plans(
          'No codeine and no tramadol: she is a CYP2D6 poor metabolizer, and codeine did not help her ankle',
          'Acetaminophen first; ibuprofen with meals for three days from the day of the operation, which Minh Tran orders then',
          'With sertraline ibuprofen makes bleeding more likely: she and the dentist have been told to watch the wound',
        );
      },
    );
    record.order('ibuprofen-600', { times: 3, when: 'meals', days: 3 }, plus(ago({ months: 7 }), { days: 7 }), {
      because: 'pain after removal of a tooth',
    });
    record.visit({ day: ago({ weeks: 6 }), kind: 'office', reason: 'Depression, follow-up', for: [recurrent] }, (visit) => {
      visit.says('She has been well for more than a year and a half. She wants to stay on sertraline through the winter.');
      visit.vitals();
      visit.phq9(0, 0, 1, 0, 0, 0, 1, 0, 0);
      visit.score('gad7', 2);
      visit.plans('Cervical cancer screening has been due since the spring, five years after the last');
    });
    routineImmunizations(record, ago({ years: 8 }));
    record.smoking('never', ago({ years: 10 }));
    record.smoking('never', ago({ years: 1, months: 1 }));

    const well = record.goal('PHQ-9 score below 5', {
      start: crisis,
      due: ago({ years: 1, months: 8 }),
      target: { test: 'phq9', below: 5 },
      for: recurrent,
      achievement: 'achieved',
    });
    record.carePlan('Depression and anxiety', {
      start: crisis,
      for: [recurrent],
      goals: [well],
      activities: [
        'Sertraline every morning; not to be stopped at once',
        'Safety plan of the crisis, known to her sister',
        'No codeine or tramadol: CYP2D6 poor metabolizer',
        'PHQ-9 and GAD-7 at each visit',
      ],
    });
    record.careTeam(['tran', 'castillo', 'whitehorse', 'bergeron'], crisis);
    record.missed({
      day: ago({ months: 3 }),
      with: 'rosen',
      reason: 'Cervical cancer screening',
      outcome: 'cancelled',
      by: 'patient',
      why: 'A deadline at work',
    });
    record.book({ after: record.ahead({ weeks: 2 }), with: 'rosen', reason: 'Cervical cancer screening' });
    record.book({ after: record.ahead({ weeks: 4 }), with: 'tran', reason: 'Depression, follow-up' });
  },
};
