import type { Persona } from '../generate.ts';
import { minus, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';

/** HIV found early: no abacavir for him, a rifamycin that asked for twice the dolutegravir, and a kidney that wanted another tenofovir. */
export const thaboDlamini: Persona = {
  id: 'thabo-dlamini',
  title: 'HIV with HLA-B*57:01',
  person: (asOf) => ({
    given: ['Thabo'],
    family: 'Dlamini',
    sex: 'male',
    identity: 'man',
    birthDate: minus(asOf, { years: 34, months: 1, days: 27 }),
    races: ['black'],
    hispanic: false,
    language: 'en',
    marital: 'domestic partner',
    address: { line: '9 Observatory Road, Apt 14', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0151',
    email: 'thabo.dlamini@example.org',
    contact: { name: 'Daniel Whitlock', relation: 'partner', phone: '413-555-0152' },
    primaryCare: 'okafor',
  }),
  course: (record) => {
    const { ago, body } = record;
    record.coverage('commercial', ago({ years: 5, months: 3 }));
    record.family({ relation: 'mother', conditions: [['hypertension', 47]], recorded: ago({ years: 5, months: 3 }) });
    record.family({ relation: 'grandmother', conditions: [['type-2-diabetes', 58]], recorded: ago({ years: 5, months: 3 }) });

    body.set('height', ago({ years: 6 }), 176);
    body.set('weight', ago({ years: 5, months: 3 }), 68);
    body.set('weight', ago({ years: 2, months: 5 }), 72);
    body.set('weight', ago({ years: 1 }), 77);
    body.set('cd4', ago({ years: 5, months: 3 }), 310);
    body.set('cd4', ago({ years: 4, months: 8 }), 440);
    body.set('cd4', ago({ years: 3, months: 6 }), 590);
    body.set('cd4', ago({}), 690);
    body.set('egfr', ago({ years: 5, months: 2 }), 110);
    body.set('egfr', ago({ years: 4 }), 99);
    body.set('egfr', ago({ years: 2, months: 5 }), 79);
    body.set('egfr', ago({ years: 1, months: 9 }), 92);
    body.set('urine-protein-creatinine', ago({ years: 4 }), 95);
    body.set('urine-protein-creatinine', ago({ years: 2, months: 5 }), 340);
    body.set('urine-protein-creatinine', ago({ years: 1, months: 9 }), 120);
    body.set('bicarbonate', ago({ years: 4 }), 25);
    body.set('bicarbonate', ago({ years: 2, months: 9 }), 22.5);
    body.set('bicarbonate', ago({ years: 2, months: 5 }), 20.5);
    body.set('bicarbonate', ago({ years: 1, months: 9 }), 25);
    body.set('phosphate', ago({ years: 4 }), 3.4);
    body.set('phosphate', ago({ years: 2, months: 5 }), 2.3);
    body.set('phosphate', ago({ years: 1, months: 9 }), 3.2);
    body.set('ldl', ago({ years: 5 }), 94);
    body.set('ldl', ago({ years: 1 }), 112);

    // Found
    const found = ago({ years: 5, months: 3 });
    record.visit({ day: found, kind: 'checkup', reason: 'First visit; tests for sexually transmitted infections' }, (visit) => {
      visit.says(
        'He came from Durban three weeks ago to begin a doctorate in physics. He feels well. He has a new partner and wants all tests.',
        'He has never smoked. He asks that nothing about his sexual health is told to his family or sent to their address.',
      );
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
      visit.presence('hiv-ag-ab', 'positive');
      visit.presence('hbsag', 'negative');
      visit.presence('hbsab', 'negative');
      visit.presence('hbcab', 'negative');
      visit.presence('hepatitis-c-antibody', 'negative');
      visit.presence('treponema', 'negative');
      visit.presence('chlamydia', 'negative');
      visit.presence('gonorrhea', 'negative');
      visit.finds('Samples for chlamydia and gonorrhea from urine, throat and rectum');
      visit.score('phq2', 1);
      visit.immunize('tdap');
      visit.answer(['76690-7', 'Sexual orientation'], 'Homosexual', {
        slug: 'sexual-orientation',
        profile: 'observation-sexual-orientation',
        category: 'social-history',
        code: { system: 'http://snomed.info/sct', code: '38628009', display: 'Homosexual' },
      });
    });
    const { hiv, tuberculosis } = record.visit(
      { day: plus(found, { days: 6 }), kind: 'specialist', with: 'mensah', reason: 'New HIV infection' },
      (visit) => {
        visit.says('He was shaken by the news and has told his partner, who will be tested.');
        visit.vitals();
        visit.labs('cd4', 'cbc-diff', 'cmp', 'lipids', 'phosphate');
        visit.result('hiv-rna', 84300);
        visit.genotypes({ 'HLA-B*57:01': 'positive' });
        visit.finds('HIV-1 confirmed by the antibody differentiation test');
        visit.finds('Resistance test: no mutation against reverse transcriptase, protease or integrase');
        visit.finds('Blood test for tuberculosis (interferon gamma release): positive; chest X-ray clear');
        const hiv = visit.diagnose('hiv', {
          icd10: ['Z21', 'Asymptomatic human immunodeficiency virus [HIV] infection status'],
          note: 'Confidential: not to be told to his family.',
        });
        const tuberculosis = visit.diagnose('latent-tb');
        visit.plans('Abacavir is never to be given to him: HLA-B*57:01 is positive');
        visit.immunize('hepatitis-b-heplisav');
        return { hiv, tuberculosis };
      },
    );
    hiv.resource.meta = {
      ...hiv.resource.meta,
      security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R', display: 'restricted' }],
    };
    record.allergy('abacavir', {
      type: 'allergy',
      criticality: 'high',
      verification: 'unconfirmed',
      recorded: plus(found, { days: 6 }),
      note: 'Never taken. HLA-B*57:01 positive: high risk of a hypersensitivity reaction. Not to be given.',
    });
    const start = plus(found, { days: 13 });
    const { dolutegravir, backbone } = record.visit(
      { day: start, kind: 'specialist', with: 'mensah', reason: 'Start of treatment for HIV', for: [hiv] },
      (visit) => {
        visit.says('He is ready to start. His partner tested negative and takes prophylaxis.');
        visit.vitals();
        return {
          dolutegravir: visit.start('dolutegravir-50', {}, { for: hiv, supply: 30, refills: 5 }),
          backbone: visit.start('emtricitabine-tdf', {}, { for: hiv, supply: 30, refills: 5 }),
        };
      },
    );
    record.visit(
      { day: plus(start, { weeks: 5 }), kind: 'specialist', with: 'mensah', reason: 'HIV, follow-up; latent tuberculosis', for: [hiv] },
      (visit) => {
        visit.says('He takes both tablets at breakfast and has missed none. He had vivid dreams in the first week.');
        visit.vitals();
        visit.labs('bmp', 'alt');
        visit.result('hiv-rna', 212);
        visit.immunize('hepatitis-b-heplisav');
        visit.change(dolutegravir, { dosage: { times: 2 } }, 'rifampin lowers its level');
        visit.start('rifampin-300', { amount: 2, days: 120 }, { for: tuberculosis });
      },
    );
    record.visit(
      { day: plus(start, { weeks: 13 }), kind: 'nurse', with: 'mbeki', reason: 'Tuberculosis treatment, check', for: [hiv] },
      (visit) => {
        visit.says('His urine is orange. He feels well and takes rifampin every day.');
        visit.vitals('weight');
        visit.labs('alt', 'ast', 'bilirubin');
        visit.below('hiv-rna', 20);
      },
    );
    record.visit(
      {
        day: plus(start, { weeks: 24 }),
        kind: 'specialist',
        with: 'mensah',
        reason: 'HIV, follow-up; end of tuberculosis treatment',
        for: [hiv],
      },
      (visit) => {
        visit.says('He has finished rifampin and missed no dose.');
        visit.vitals();
        visit.labs('cd4', 'bmp', 'alt');
        visit.below('hiv-rna', 20);
        visit.presence('hbsab', 'positive');
        visit.change(dolutegravir, { dosage: {} }, 'two weeks have passed since the end of rifampin');
        visit.resolve(tuberculosis, 'Treated with rifampin for four months.');
        visit.immunize('pcv20');
        visit.plans('His surface antibody shows that he is now immune to hepatitis B');
      },
    );
    for (const [day, says, next] of [
      [ago({ years: 4, months: 5 }), 'He is well. The first year of his doctorate is behind him.', 'Next visit in four months'],
      [ago({ years: 4, months: 1 }), 'He is well and misses a tablet about once a month.', 'Next visit in six months'],
      [
        ago({ years: 3, months: 6 }),
        'He is well. He runs three times a week.',
        'Creatinine and urine protein are higher than before: again at the next visit in six months; no anti-inflammatory drugs',
      ],
    ] as const)
      record.visit({ day, kind: 'specialist', with: 'mensah', reason: 'HIV, follow-up', for: [hiv] }, (visit) => {
        visit.says(says);
        visit.vitals();
        visit.labs('cd4', 'cmp', 'lipids', 'phosphate', 'urine-protein-creatinine');
        visit.below('hiv-rna', 20);
        visit.presence('treponema', 'negative');
        visit.presence('chlamydia', 'negative');
        visit.presence('gonorrhea', 'negative');
        visit.plans(next);
      });
    record.visit({ day: ago({ years: 3, months: 5 }), kind: 'nurse', with: 'mbeki', reason: 'Vaccination' }, (visit) => {
      visit.immunize('mpox');
      visit.immunize('menacwy-menquadfi');
      visit.immunize('hepatitis-a');
    });
    record.visit({ day: ago({ years: 3, months: 4 }), kind: 'nurse', with: 'mbeki', reason: 'Vaccination' }, (visit) => {
      visit.immunize('mpox');
      visit.immunize('hpv');
    });
    // The kidney
    record.missed({
      day: ago({ years: 2, months: 11 }),
      with: 'mensah',
      reason: 'HIV, follow-up',
      outcome: 'noshow',
      why: 'Away at a conference; he forgot to cancel',
    });
    record.visit({ day: ago({ years: 2, months: 9 }), kind: 'nurse', with: 'mbeki', reason: 'HIV, blood tests', for: [hiv] }, (visit) => {
      visit.says('He comes for the tests of the visit that he missed. He is well and takes his tablets.');
      visit.vitals('weight');
      visit.labs('cd4', 'bmp', 'phosphate', 'urine-protein-creatinine');
      visit.below('hiv-rna', 20);
      visit.plans('Dr. Mensah sees the results: visit and the same tests in four months');
    });
    record.visit(
      { day: ago({ years: 2, months: 5 }), kind: 'specialist', with: 'mensah', reason: 'HIV, follow-up; kidney values', for: [hiv] },
      (visit) => {
        visit.says('He feels well and takes no anti-inflammatory drugs.');
        visit.vitals();
        visit.labs('cd4', 'cmp', 'phosphate', 'urine-protein-creatinine');
        visit.below('hiv-rna', 20);
        visit.finds('Urine dipstick: glucose 2+, protein 1+');
        visit.presence('treponema', 'negative');
        visit.presence('chlamydia', 'negative');
        visit.presence('gonorrhea', 'negative');
        visit.stop(
          backbone,
          'kidney function fell on tenofovir disoproxil, with protein and glucose in the urine, low phosphate and low bicarbonate',
        );
        visit.stop(dolutegravir, 'changed to one tablet a day');
        visit.plans('Abacavir is not an alternative for him: HLA-B*57:01 is positive');
        visit.start('bictegravir-taf', {}, { for: hiv, because: 'tenofovir alafenamide spares the kidney', supply: 90, refills: 3 });
        visit.immunize('hepatitis-a');
        visit.immunize('menacwy-menquadfi');
        visit.plans('Blood and urine again in three months');
      },
    );
    record.visit(
      { day: ago({ years: 2, months: 2 }), kind: 'nurse', with: 'mbeki', reason: 'Blood tests after the change of tablets', for: [hiv] },
      (visit) => {
        visit.says('He takes one tablet a day and feels no difference.');
        visit.vitals('weight');
        visit.labs('bmp', 'phosphate', 'urine-protein-creatinine');
        visit.below('hiv-rna', 20);
      },
    );
    const lues = record.visit({ day: ago({ years: 2 }), kind: 'urgent', with: 'tran', reason: 'Rash on trunk and palms' }, (visit) => {
      visit.says(
        'For ten days he has had a rash that does not itch on his trunk, palms and soles. He had a painless sore six weeks ago that healed.',
      );
      visit.vitals('blood-pressure', 'heart-rate', 'temperature');
      visit.presence('treponema', 'positive');
      visit.result('rpr', 64);
      visit.presence('chlamydia', 'negative');
      visit.presence('gonorrhea', 'negative');
      visit.finds('No headache, no trouble with sight or hearing');
      const lues = visit.diagnose('syphilis-secondary');
      visit.start('penicillin-g-benzathine', { days: 1 }, { for: lues });
      visit.plans('His partner is asked to come in for a test and treatment', 'RPR again after 3, 6 and 12 months');
      return lues;
    });
    record.visit(
      { day: ago({ years: 1, months: 9 }), kind: 'specialist', with: 'mensah', reason: 'HIV, follow-up', for: [hiv] },
      (visit) => {
        visit.says('The rash is gone. He takes one tablet a day.');
        visit.vitals();
        visit.labs('cd4', 'cmp', 'phosphate', 'urine-protein-creatinine', 'lipids');
        visit.below('hiv-rna', 20);
        visit.result('rpr', 16);
        visit.presence('chlamydia', 'negative');
        visit.presence('gonorrhea', 'negative');
        visit.immunize('hpv');
        visit.immunize('zoster');
      },
    );
    // A blip
    record.visit({ day: ago({ years: 1, months: 3 }), kind: 'video', with: 'mensah', reason: 'HIV, follow-up', for: [hiv] }, (visit) => {
      visit.says(
        'In Durban his suitcase was lost, and he was without tablets for nine days. He has been taking them again for three weeks.',
      );
      visit.result('hiv-rna', 186);
      visit.plans('Repeat in four weeks; a spare week of tablets goes into his hand luggage from now on');
    });
    record.visit(
      { day: ago({ years: 1, months: 2 }), kind: 'nurse', with: 'mbeki', reason: 'HIV, repeat of viral load; RPR', for: [hiv] },
      (visit) => {
        visit.says('He has missed no tablet since.');
        visit.vitals('weight');
        visit.below('hiv-rna', 20);
        visit.result('rpr', 8);
        visit.immunize('hpv');
        visit.immunize('zoster');
      },
    );
    record.visit({ day: ago({ years: 1 }), kind: 'specialist', with: 'mensah', reason: 'HIV, yearly review', for: [hiv] }, (visit) => {
      visit.says('He has gained weight and would like to lose some.', 'His mood is good.');
      visit.vitals();
      visit.labs('cd4', 'cmp', 'lipids', 'hba1c', 'urine-protein-creatinine');
      visit.below('hiv-rna', 20);
      visit.result('rpr', 4);
      visit.score('phq2', 0);
      visit.presence('chlamydia', 'negative');
      visit.presence('gonorrhea', 'negative');
      visit.resolve(lues, 'RPR titer fell from 64 to 4 within a year of treatment.');
    });
    record.missed({
      day: ago({ months: 7 }),
      with: 'mensah',
      reason: 'HIV, follow-up',
      outcome: 'cancelled',
      by: 'clinic',
      why: 'Dr. Mensah was ill',
    });
    record.visit(
      { day: ago({ months: 5, days: 20 }), kind: 'specialist', with: 'mensah', reason: 'HIV, follow-up', for: [hiv] },
      (visit) => {
        visit.says('He takes the tablet every day. He will defend his thesis in the spring and may move to another state.');
        visit.vitals();
        visit.labs('cd4', 'bmp', 'urine-protein-creatinine');
        visit.below('hiv-rna', 20);
        visit.presence('treponema', 'positive');
        visit.result('rpr', 2);
        visit.presence('chlamydia', 'negative');
        visit.presence('gonorrhea', 'negative');
      },
    );
    routineImmunizations(record, ago({ years: 5 }));
    record.smoking('never', found);
    record.smoking('never', ago({ years: 1 }));

    const goal = record.goal('HIV-1 RNA below 20 copies/mL', {
      start,
      due: record.ahead({ months: 6 }),
      target: { test: 'hiv-rna', below: 20 },
      for: hiv,
      achievement: 'sustaining',
    });
    record.carePlan('HIV', {
      start,
      for: [hiv],
      goals: [goal],
      activities: [
        'One tablet every day; a spare week in the hand luggage',
        'Viral load, kidney function and urine protein every six months',
        'Tests for syphilis, gonorrhea and chlamydia every six months',
        'Letters only through the portal; nothing is told to his family',
        'Never abacavir: HLA-B*57:01 positive',
      ],
    });
    record.careTeam(['mensah', 'okafor', 'mbeki', 'bergeron'], start);
    record.book({ after: record.ahead({ days: 5 }), with: 'mensah', reason: 'HIV, follow-up' });
  },
};
