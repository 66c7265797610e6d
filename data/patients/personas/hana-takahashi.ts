import type { Persona } from '../generate.ts';
import { minus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';
import type { Visit } from '../generator/visit.ts';

/**
 * Too much thyroid hormone for more than a year, a vertebra that broke, calcium and later iron that kept the next tablet from being absorbed,
 * and six years of risedronate: pause, go on or change is the question of now.
 */
export const hanaTakahashi: Persona = {
  id: 'hana-takahashi',
  title: 'Hypothyroidism and osteoporosis',
  person: (asOf) => ({
    given: ['Hana'],
    family: 'Takahashi',
    ownScript: { given: '花', family: '高橋' },
    sex: 'female',
    identity: 'woman',
    birthDate: minus(asOf, { years: 68, months: 6, days: 20 }),
    races: ['asian'],
    hispanic: false,
    language: 'ja',
    marital: 'married',
    address: { line: '8 Orchard Lane', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0173',
    email: 'hana.takahashi@example.org',
    contact: { name: 'Hiroshi Takahashi', relation: 'husband', phone: '413-555-0174' },
    primaryCare: 'okafor',
  }),
  course: (record) => {
    const { ago, body } = record;
    record.coverage('commercial', ago({ years: 12 }), ago({ years: 3, months: 6, days: 21 }));
    record.coverage('medicare advantage', ago({ years: 3, months: 6, days: 20 }));
    record.noKnownAllergies(ago({ years: 12 }));
    record.family({
      relation: 'mother',
      conditions: [
        ['hip-fracture', 76],
        ['osteoporosis', 70],
      ],
      diedAt: 84,
      recorded: ago({ years: 8 }),
    });
    record.family({ relation: 'sister', conditions: [['hypothyroidism', 50]], recorded: ago({ years: 12 }) });
    record.smoking('never', ago({ years: 12 }));
    const thyroid = record.problem('hypothyroidism', ago({ years: 22 }), {
      recorded: ago({ years: 12 }),
      note: 'Hashimoto thyroiditis.',
      icd10: ['E06.3', 'Autoimmune thyroiditis'],
      label: 'Hypothyroidism (Hashimoto thyroiditis)',
    });
    record.procedure('colonoscopy', ago({ years: 7, months: 4 }), { outcome: 'Normal; the next is due after ten years' });

    body.set('height', ago({ years: 12 }), 156);
    body.set('height', ago({ years: 6, months: 3 }), 155);
    body.set('height', ago({ years: 6 }), 153.5);
    body.set('weight', ago({ years: 12 }), 55);
    body.set('weight', ago({ years: 9 }), 48.5);
    body.set('weight', ago({ years: 8 }), 51);
    body.set('weight', ago({}), 50.5);
    body.set('heart-rate', ago({ years: 12 }), 72);
    body.set('heart-rate', ago({ years: 9 }), 94);
    body.set('heart-rate', ago({ years: 7, months: 10 }), 70);
    body.set('systolic', ago({ years: 12 }), 118);
    body.set('systolic', ago({}), 127);
    body.set('ldl', ago({ years: 12 }), 140);
    body.set('ldl', ago({}), 158);
    body.set('vitamin-d', ago({ years: 8 }), 20);
    body.set('vitamin-d', ago({ years: 6 }), 16);
    body.set('vitamin-d', ago({ years: 5 }), 23);
    body.set('tpo-antibodies', ago({ years: 13 }), 420);
    body.set('hemoglobin', ago({ years: 4 }), 12.9);
    body.set('hemoglobin', ago({ years: 3 }), 11.0);
    body.set('hemoglobin', ago({ years: 2, months: 8 }), 10.6);
    body.set('hemoglobin', ago({ years: 2, months: 2 }), 11.4);
    body.set('hemoglobin', ago({ years: 1, months: 10 }), 12.8);
    body.set('mcv', ago({ years: 4 }), 89);
    body.set('mcv', ago({ years: 3 }), 77);
    body.set('mcv', ago({ years: 2, months: 2 }), 87);
    body.set('ferritin', ago({ years: 4 }), 30);
    body.set('ferritin', ago({ years: 3 }), 8);
    body.set('ferritin', ago({ years: 2, months: 8 }), 8);
    body.set('ferritin', ago({ years: 2, months: 2 }), 16);
    body.set('iron-saturation', ago({ years: 4 }), 22);
    body.set('iron-saturation', ago({ years: 3 }), 8);
    body.set('iron-saturation', ago({ years: 2, months: 2 }), 25);

    /** TSH follows the dose and what hinders its absorption, so its results are told. */
    const thyroidTests = (visit: Visit, tsh: number, freeT4: number) => {
      body.fix('tsh', visit.now(), tsh);
      body.fix('free-t4', visit.now(), freeT4);
      visit.labs('tsh', 'free-t4');
    };
    const bones = (visit: Visit, spine: number, hip: number) => {
      visit.perform('bone-density');
      visit.result('t-score-spine', spine);
      visit.result('t-score-hip', hip);
    };

    const levothyroxine = record.visit({ day: ago({ years: 12 }), kind: 'checkup', reason: 'New patient', for: [thyroid] }, (visit) => {
      visit.says('She has taken levothyroxine for ten years. The last period was at 48. She teaches piano.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
      visit.labs('cmp', 'lipids', 'cbc', 'tpo-antibodies');
      thyroidTests(visit, 1.35, 1.31);
      return visit.start(
        'levothyroxine-100',
        { when: 'morning', note: 'Half an hour before breakfast' },
        { for: thyroid, since: ago({ years: 22 }), supply: 90, refills: 3 },
      );
    });
    record.visit({ day: ago({ years: 11 }), kind: 'checkup', reason: 'Yearly check-up', for: [thyroid] }, (visit) => {
      visit.says('She feels well.');
      visit.vitals();
      visit.labs('lipids');
      thyroidTests(visit, 0.82, 1.44);
    });

    // Too much
    record.visit({ day: ago({ years: 9, months: 8 }), kind: 'office', with: 'tran', reason: 'Sleeps badly', for: [thyroid] }, (visit) => {
      visit.says('She sleeps badly and has lost weight without wanting to.');
      visit.vitals();
      thyroidTests(visit, 0.09, 1.86);
      visit.plans('Sleep hygiene; results by mail');
    });
    record.missed({
      day: ago({ years: 9, months: 2 }),
      with: 'okafor',
      reason: 'Thyroid, follow-up',
      outcome: 'cancelled',
      by: 'clinic',
      why: 'Doctor ill; no new appointment was made',
    });
    record.visit({ day: ago({ years: 8, months: 4 }), kind: 'office', reason: 'Palpitations', for: [thyroid] }, (visit) => {
      visit.says('Her heart beats fast in the evening. Her hands shake at the piano.');
      visit.vitals();
      thyroidTests(visit, 0.04, 2.02);
      visit.perform('ecg', { outcome: 'Sinus tachycardia, no atrial fibrillation' });
      visit.change(levothyroxine, { drug: 'levothyroxine-75' }, 'TSH suppressed for more than a year');
      visit.finds('The TSH of the year before was already suppressed and had not led to a change of dose.');
    });
    const osteopenia = record.visit(
      { day: ago({ years: 8, months: 2 }), kind: 'office', reason: 'Thyroid, eight weeks after the change of dose', for: [thyroid] },
      (visit) => {
        visit.says('Hands and heart are calm.');
        visit.vitals();
        thyroidTests(visit, 1.62, 1.24);
        visit.labs('vitamin-d');
        bones(visit, -2.3, -1.9);
        const found = visit.diagnose('osteopenia', { note: 'Spine T-score -2.3 after a year of suppressed TSH.' });
        visit.plans('Calcium-rich food, walking');
        return found;
      },
    );
    const rosuvastatin = record.visit({ day: ago({ years: 7 }), kind: 'checkup', reason: 'Yearly check-up', for: [thyroid] }, (visit) => {
      visit.vitals();
      visit.says('She feels well and walks to her pupils.');
      visit.labs('lipids', 'cmp', 'cbc', 'hba1c');
      thyroidTests(visit, 2.05, 1.2);
      visit.perform('mammogram', { outcome: 'Nothing suspicious in either breast' });
      const lipids = visit.diagnose('hypercholesterolemia');
      return visit.start(
        'rosuvastatin-5',
        { when: 'evening' },
        { for: lipids, because: 'begun low, as the label advises for patients of Asian ancestry', supply: 90, refills: 3 },
      );
    });
    record.visit(
      {
        day: ago({ years: 6, months: 9, days: 5 }),
        kind: 'nurse',
        with: 'mbeki',
        reason: 'Blood drawn',
        quiet: true,
        unbooked: true,
      },
      (visit) => visit.labs('lipids', 'liver'),
    );
    record.visit({ day: ago({ years: 6, months: 8, days: 28 }), kind: 'telephone', reason: 'Cholesterol, results' }, (visit) => {
      visit.says('She takes rosuvastatin every evening. Her muscles do not hurt.');
      visit.change(rosuvastatin, { drug: 'rosuvastatin-10' }, 'usual dose, since 5 mg was tolerated');
    });

    // The vertebra
    const bone = record.visit({ day: ago({ years: 6 }), kind: 'urgent', reason: 'Sudden back pain after lifting a chair' }, (visit) => {
      visit.says('She lifted a piano chair and felt a crack in the back. She cannot stand upright.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height');
      visit.score('pain', 8);
      visit.report(
        'X-ray of the spine',
        'Radiology',
        ['24928-4', 'XR Spine AP and Lateral'],
        'Compression fracture of L1 with loss of a quarter of its height.',
      );
      visit.labs('cmp', 'cbc', 'vitamin-d', 'pth', 'esr');
      thyroidTests(visit, 1.9, 1.22);
      visit.start('acetaminophen-500', { amount: 2, times: 3, days: 28 }, { because: 'pain of the fractured vertebra' });
      visit.resolve(osteopenia, 'Now osteoporosis', 'inactive');
      return visit.diagnose('osteoporosis-vertebral', { site: 'L1' });
    });
    const { risedronate, calcium } = record.visit(
      { day: ago({ years: 5, months: 11 }), kind: 'office', reason: 'Osteoporosis, treatment', for: [bone] },
      (visit) => {
        visit.says('The pain is half. The dentist found nothing to be done before treatment.');
        visit.vitals();
        bones(visit, -2.9, -2.3);
        visit.finds(
          'For FRAX: mother with a hip fracture, a fracture of her own, no smoking, no steroids, no rheumatoid arthritis, no alcohol.',
        );
        const deficiency = visit.diagnose('vitamin-d-deficiency');
        visit.start('cholecalciferol-0.05', {}, { for: deficiency });
        return {
          risedronate: visit.start(
            'risedronate-35',
            { per: 'week', when: 'morning', note: 'With a full glass of water, upright for 30 minutes, before any food' },
            { for: bone, supply: 84, refills: 3 },
          ),
          calcium: visit.start('calcium-vit-d', { times: 2 }, { for: bone, because: 'little calcium in her food' }),
        };
      },
    );
    record.visit({ day: ago({ years: 5, months: 7 }), kind: 'office', reason: 'Tired and cold', for: [thyroid, bone] }, (visit) => {
      visit.says('She is tired and cold. She swallows all her morning tablets together, levothyroxine and calcium too.');
      visit.vitals();
      thyroidTests(visit, 8.4, 0.91);
      visit.labs('vitamin-d');
      visit.change(
        calcium,
        { dosage: { times: 2, note: 'With lunch and dinner, at least four hours after levothyroxine' } },
        'taken together with levothyroxine, which it binds',
      );
      visit.plans(
        'The dose of levothyroxine stays: it was not absorbed',
        'Calcium not on Sunday mornings either: risedronate is taken alone, with water',
      );
    });
    record.visit(
      { day: ago({ years: 5, months: 5 }), kind: 'office', reason: 'Thyroid after calcium was moved', for: [thyroid] },
      (visit) => {
        visit.says('She is warm again.');
        visit.vitals();
        thyroidTests(visit, 2.3, 1.19);
      },
    );
    record.visit({ day: ago({ years: 4 }), kind: 'checkup', reason: 'Yearly check-up, bones', for: [thyroid, bone] }, (visit) => {
      visit.says('No new back pain. She takes risedronate every Sunday.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height');
      visit.labs('cmp', 'cbc', 'lipids', 'vitamin-d');
      thyroidTests(visit, 2.1, 1.2);
      bones(visit, -2.7, -2.2);
      visit.perform('mammogram', { outcome: 'Nothing suspicious in either breast' });
      visit.resolve(bone, 'The fracture has healed', 'inactive');
    });
    const osteoporosis = record.problem('osteoporosis', ago({ years: 6 }), { recorded: ago({ years: 4 }), note: 'Healed fracture of L1.' });

    // Iron, and the same again
    const { iron, anemia } = record.visit(
      { day: ago({ years: 3 }), kind: 'office', with: 'tran', reason: 'Tired', for: [thyroid] },
      (visit) => {
        visit.says('She has eaten no meat for two years. No bleeding, stools brown.');
        visit.vitals();
        visit.labs('cbc', 'iron', 'ttg-iga');
        thyroidTests(visit, 2.6, 1.16);
        const anemia = visit.diagnose('iron-deficiency-anemia');
        visit.request('Referral to gastroenterology: gastroscopy and colonoscopy', { to: 'duarte', for: anemia, status: 'completed' });
        visit.plans('Little iron in her food may be the cause; bleeding has to be ruled out all the same. No sign of celiac disease');
        return { anemia, iron: visit.start('ferrous-sulfate-325', { per: { days: 2 } }, { for: anemia }) };
      },
    );
    record.visit(
      { day: ago({ years: 2, months: 10 }), kind: 'specialist', with: 'duarte', reason: 'Iron deficiency, source sought', for: [anemia] },
      (visit) => {
        visit.says('No bleeding seen. No pain, no weight loss. No anti-inflammatory tablets.');
        visit.finds('Gastroscopy: normal, no Helicobacter in the biopsies.');
        visit.perform('colonoscopy', { for: anemia, outcome: 'Normal; the next is due after ten years' });
        visit.plans('No source of bleeding; iron and food that contains it');
      },
    );
    record.visit({ day: ago({ years: 2, months: 8 }), kind: 'office', reason: 'Anemia, thyroid', for: [thyroid, anemia] }, (visit) => {
      visit.says('She takes iron on waking, with levothyroxine.');
      visit.vitals();
      visit.labs('cbc', 'iron');
      thyroidTests(visit, 6.7, 0.98);
      visit.plans('Iron is moved to the evening, apart from levothyroxine, whose dose stays', 'TSH again in eight weeks');
    });
    record.visit(
      {
        day: ago({ years: 2, months: 6 }),
        kind: 'nurse',
        with: 'mbeki',
        reason: 'Blood drawn',
        quiet: true,
        unbooked: true,
      },
      (visit) => thyroidTests(visit, 2.4, 1.18),
    );
    record.procedure('mammogram', ago({ years: 2, months: 4 }), { outcome: 'Nothing suspicious in either breast' });
    record.visit({ day: ago({ years: 2, months: 2 }), kind: 'office', reason: 'Anemia, thyroid', for: [thyroid, anemia] }, (visit) => {
      visit.says('She is well and eats fish again.');
      visit.vitals();
      visit.labs('cbc', 'iron');
      thyroidTests(visit, 1.8, 1.22);
      visit.finish(iron);
      visit.resolve(anemia);
    });

    // Five years of risedronate
    record.visit(
      { day: ago({ months: 11 }), kind: 'checkup', reason: 'Five years of risedronate', for: [osteoporosis, thyroid] },
      (visit) => {
        visit.says('She fell once on ice and broke nothing. She asks for a pause of risedronate, of which she read.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height');
        visit.labs('cmp', 'lipids', 'vitamin-d', 'cbc');
        thyroidTests(visit, 2.2, 1.18);
        bones(visit, -2.6, -2.2);
        visit.perform('mammogram', { outcome: 'Nothing suspicious in either breast' });
        visit.plans(
          'A pause is not advised: a vertebral fracture, a spine T-score of -2.6 and a mother with a hip fracture',
          'Risedronate goes on; denosumab or zoledronic acid is asked of endocrinology',
        );
        visit.request('Referral to endocrinology', { to: 'petrov', for: osteoporosis });
      },
    );
    record.missed({
      day: ago({ months: 7 }),
      with: 'petrov',
      reason: 'Osteoporosis after five years of risedronate',
      outcome: 'cancelled',
      by: 'patient',
      why: 'In Japan for a month with her sister',
    });
    record.visit({ day: ago({ weeks: 9 }), kind: 'office', reason: 'Heartburn on Sundays', for: [osteoporosis, thyroid] }, (visit) => {
      visit.says(
        'Heartburn after risedronate since the summer; she left out four tablets of the last ten. A molar hurts and may have to be pulled.',
      );
      visit.vitals('blood-pressure', 'weight');
      visit.labs('bmp', 'vitamin-d');
      thyroidTests(visit, 1.95, 1.2);
      visit.start('famotidine-20', { asNeeded: 'heartburn' }, { because: 'heartburn after risedronate' });
      visit.request('Dental examination before a change of bone treatment', {
        for: osteoporosis,
        code: { system: 'http://snomed.info/sct', code: '103697008', display: 'Patient referral for dental care (procedure)' },
      });
      visit.plans(
        'The tooth first; nothing new for the bones before it has healed',
        'Denosumab must not be stopped without another drug after it; this is explained',
      );
    });
    void risedronate;
    routineImmunizations(record, ago({ years: 12 }), 0.9);

    const steady = record.goal('TSH between 0.5 and 3 mIU/L', {
      start: ago({ years: 8, months: 2 }),
      for: thyroid,
      achievement: 'sustaining',
    });
    const unbroken = record.goal('No further fracture', { start: ago({ years: 6 }), for: osteoporosis, achievement: 'in-progress' });
    record.carePlan('Thyroid and bones', {
      start: ago({ years: 6 }),
      for: [thyroid, osteoporosis],
      goals: [steady, unbroken],
      activities: [
        'Levothyroxine alone on waking; calcium with lunch and dinner',
        'TSH every year and eight weeks after each change',
        'Bone density every two to three years',
        'Balance class twice a week',
      ],
    });
    record.careTeam(['okafor', 'petrov'], ago({ months: 11 }));
    record.book({ after: record.ahead({ weeks: 2 }), with: 'petrov', reason: 'Osteoporosis after five years of risedronate' });
    record.book({ after: record.ahead({ weeks: 4 }), with: 'okafor', reason: 'Bones and tooth, follow-up' });
  },
};
