import type { Persona } from '../generate.ts';
import { instant, minus, nthOpenDay, openDay, plus } from '../generator/calendar.ts';
import {
  againstCancer,
  cancerSurgery,
  germlineAbsent,
  pathologicStage,
  performanceStatus,
  primaryBreastCancer,
  radiotherapyCourse,
  tumorMarkers,
} from '../generator/cancer.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';
import type { Visit } from '../generator/visit.ts';

const SCREENING = ['24606-6', 'MG Breast Screening'] as const;
const DIAGNOSTIC = ['24605-8', 'MG Breast Diagnostic'] as const;

/** A small breast cancer found by screening, treated without chemotherapy, and what came after: flushes, a swollen arm, fear, work again. */
export const ingridSolberg: Persona = {
  id: 'ingrid-solberg',
  title: 'Breast cancer with a tumor profile',
  person: (asOf) => ({
    given: ['Ingrid', 'Marie'],
    family: 'Solberg',
    former: { use: 'maiden', given: ['Ingrid', 'Marie'], family: 'Bjørnstad' },
    sex: 'female',
    identity: 'woman',
    birthDate: minus(asOf, { years: 52, months: 5, days: 3 }),
    races: ['white'],
    hispanic: false,
    language: 'en',
    marital: 'married',
    address: { line: '61 Orchard Hill', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0161',
    email: 'ingrid.solberg@example.org',
    contact: { name: 'Åse Solberg', relation: 'daughter', phone: '413-555-0162' },
    primaryCare: 'lindgren',
  }),
  course: (record) => {
    const { ago, body, draft } = record;
    record.coverage('commercial', ago({ years: 9 }));
    record.noKnownAllergies(ago({ years: 9 }));
    record.family({ relation: 'mother', conditions: [['breast-cancer', 58]], recorded: ago({ years: 9 }) });
    record.family({ relation: 'father', conditions: [['hypertension', 60]], recorded: ago({ years: 9 }) });

    const screen = ago({ years: 2, months: 3 });
    body.set('height', ago({ years: 10 }), 170);
    body.set('weight', ago({ years: 9 }), 66);
    body.set('weight', screen, 69);
    body.set('weight', ago({}), 72);
    body.set('systolic', screen, 118);
    body.set('systolic', ago({}), 126);
    body.set('ldl', ago({ years: 9 }), 108);
    body.set('ldl', ago({}), 124);
    body.set('fsh', screen, 12);
    body.set('fsh', ago({ years: 1, months: 2 }), 36);
    body.set('fsh', ago({ months: 7 }), 71);
    body.set('estradiol', screen, 96);
    body.set('estradiol', ago({ years: 1, months: 2 }), 42);
    body.set('estradiol', ago({ months: 7 }), 11);
    body.set('t-score-hip', ago({ months: 7 }), -1.5);
    body.set('t-score-spine', ago({ months: 7 }), -1.3);
    body.set('vitamin-d', ago({ years: 1 }), 24);

    for (const [day, told] of [
      [ago({ years: 9 }), 'She feels well. She teaches music at the middle school and sings in a choir.'],
      [ago({ years: 7 }), 'She feels well. Her daughter has left for college; she walks to school every day.'],
      [ago({ years: 5 }), 'She feels well. The choir sings again after a year and a half without rehearsals.'],
    ] as const)
      record.visit({ day, kind: 'checkup', reason: 'Check-up' }, (visit) => {
        visit.says(told);
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
        visit.labs('lipids', 'bmp');
        visit.score('audit-c', 2);
        if (day !== ago({ years: 7 })) return;
        visit.report(
          'Cervical cytology',
          'Pathology',
          ['33717-0', 'Cervical AndOr vaginal cytology study'],
          'No abnormal cells. High-risk HPV not found.',
        );
        visit.plans('Next cervical screening in five years');
      });
    record.visit({ day: ago({ years: 4, months: 4 }), kind: 'checkup', reason: 'Check-up and first screening mammogram' }, (visit) => {
      visit.says('Her mother had breast cancer at 58. She has not noticed anything herself.');
      visit.vitals();
      visit.report('Screening mammogram', 'Radiology', SCREENING, 'BI-RADS 1. No suspicious finding in either breast.');
      visit.request('Screening colonoscopy', { to: 'duarte', kind: 'Evaluation', status: 'completed' });
      visit.plans('Mammogram again in two years; she is told that yearly ones are an option because of her mother');
    });
    record.procedure('colonoscopy', ago({ years: 4 }), { outcome: 'Clean to the cecum, no polyp; again in ten years' });

    // Found by screening
    record.visit({ day: screen, kind: 'office', reason: 'Screening mammogram' }, (visit) => {
      visit.says('She has felt no lump. Her last period was three weeks before.');
      visit.vitals();
      visit.report(
        'Screening mammogram',
        'Radiology',
        SCREENING,
        'BI-RADS 0. Irregular mass in the upper outer quadrant of the left breast. More views and ultrasound advised.',
      );
      visit.request('Referral to the breast clinic: diagnostic mammogram and ultrasound of the left breast', {
        to: 'oneill',
        status: 'completed',
      });
    });
    record.visit(
      {
        day: plus(screen, { days: 9 }),
        kind: 'specialist',
        with: 'oneill',
        reason: 'Finding in the screening mammogram of the left breast',
      },
      (visit) => {
        visit.vitals('blood-pressure', 'heart-rate');
        visit.report(
          'Diagnostic mammogram and ultrasound of the left breast',
          'Radiology',
          DIAGNOSTIC,
          'BI-RADS 4C. Irregular mass of 14 mm at two o’clock. No enlarged node in the axilla. Biopsy advised.',
        );
        visit.perform('breast-biopsy', { site: 'Left breast', outcome: 'Three cores, ultrasound guided, no bleeding' });
      },
    );
    const cancer = record.visit(
      { day: plus(screen, { days: 16 }), kind: 'specialist', with: 'nakamura', reason: 'Result of the breast biopsy' },
      (visit) => {
        visit.says('She came with her daughter and wants to know everything.');
        visit.report(
          'Pathology of the breast biopsy',
          'Pathology',
          ['22637-3', 'Pathology report final diagnosis Narrative'],
          'Invasive ductal carcinoma, grade 2, Ki-67 18 %.',
        );
        const cancer = visit.diagnose('breast-cancer-left-upper-outer', { onset: screen });
        primaryBreastCancer(cancer);
        tumorMarkers(draft, visit, cancer, {
          er: { positive: true, words: '95 % of cells' },
          pr: { positive: true, words: '80 % of cells' },
          her2: { positive: false, words: 'Immunohistochemistry 1+' },
        });
        performanceStatus(draft, visit, 0);
        visit.labs('cbc', 'cmp', 'ca15-3', 'fsh', 'estradiol');
        visit.request('Germline panel with BRCA1 and BRCA2', { kind: 'Laboratory', for: cancer, status: 'completed' });
        return cancer;
      },
    );
    const surgery = openDay(plus(screen, { days: 37 }));
    record.visit(
      {
        day: surgery,
        until: plus(surgery, { days: 1 }),
        kind: 'inpatient',
        with: 'oneill',
        reason: 'Operation on the left breast',
        for: [cancer],
      },
      (visit) => {
        visit.vitals('blood-pressure', 'heart-rate', 'temperature');
        cancerSurgery(visit.perform('lumpectomy', { site: 'Left breast', outcome: 'Tumor of 16 mm removed, margins clear' }), cancer);
        cancerSurgery(visit.perform('sentinel-node-biopsy', { site: 'Left axilla', outcome: 'Two nodes, both free of tumor' }), cancer);
        visit.start('acetaminophen-500', { amount: 2, per: { hours: 8 }, asNeeded: 'pain', days: 10 }, { because: 'pain after operation' });
      },
    );
    record.visit(
      {
        day: plus(surgery, { days: 15 }),
        kind: 'specialist',
        with: 'nakamura',
        reason: 'Result of the operation, further treatment',
        for: [cancer],
      },
      (visit) => {
        visit.says('The wound has healed. She can lift her arm above her head.');
        visit.vitals();
        pathologicStage(draft, visit, cancer, { group: 'Stage IA', t: 'pT1c', n: 'pN0', m: 'cM0' });
        germlineAbsent(draft, visit, { BRCA1: 'HGNC:1100', BRCA2: 'HGNC:1101' });
        visit.finds('21-gene recurrence score of the tumor: 14');
        visit.plans(
          'No chemotherapy: at her age a recurrence score under 16 without affected nodes promises no gain from it',
          'Radiotherapy of the left breast, then endocrine therapy',
        );
        visit.genotypes({ CYP2D6: '*1/*4' });
      },
    );
    // One fraction on each day of work.
    const fractions = 15;
    const beam = openDay(plus(surgery, { days: 45 }));
    const lastBeam = nthOpenDay(beam, fractions);
    record.visit(
      { day: plus(lastBeam, { days: 3 }), kind: 'specialist', with: 'nakamura', reason: 'End of radiotherapy', for: [cancer] },
      (visit) => {
        visit.says('Her skin is red and sore under the breast. She is tired and sleeps in the afternoon.');
        visit.vitals('blood-pressure', 'weight');
        radiotherapyCourse(draft, visit, cancer, {
          start: instant(beam, '09:00'),
          end: instant(lastBeam, '09:20'),
          volume: 'Whole left breast',
          centigray: 4005,
          fractions,
        });
      },
    );
    const begin = plus(lastBeam, { days: 18 });
    const tamoxifen = record.visit(
      { day: begin, kind: 'specialist', with: 'nakamura', reason: 'Start of endocrine therapy', for: [cancer] },
      (visit) => {
        visit.says(
          'Her skin has healed. She still has her periods, less often; her husband has had a vasectomy. She is afraid of weight gain and clots.',
        );
        visit.vitals();
        visit.labs('cbc', 'alt', 'fsh', 'estradiol');
        visit.plans(
          'Her CYP2D6 makes less of the active form of tamoxifen; strong inhibitors of CYP2D6 such as paroxetine are to be avoided',
          'An aromatase inhibitor will be weighed again once she is past her menopause',
        );
        const treatment = visit.start('tamoxifen-20', {}, { for: cancer, because: 'she still has her periods', supply: 90, refills: 3 });
        againstCancer(treatment);
        return treatment;
      },
    );
    const work = (visit: Visit) =>
      visit.answer(['11341-5', 'History of Occupation'], 'Music teacher', {
        slug: 'occupation',
        label: 'Occupation',
        profile: 'observation-occupation',
        category: 'social-history',
      });
    const flushes = plus(begin, { days: 95 });
    const venlafaxine = record.visit({ day: flushes, kind: 'office', reason: 'Hot flashes and broken sleep', for: [cancer] }, (visit) => {
      visit.says('She has eight hot flashes a day and wakes four times at night. A friend takes paroxetine for it.');
      visit.vitals();
      visit.score('phq2', 2);
      work(visit);
      const menopause = visit.diagnose('menopause', { note: 'Hot flashes on tamoxifen' });
      visit.plans('Not paroxetine: it blocks CYP2D6, which tamoxifen needs', 'She works half days since last week');
      return visit.start('venlafaxine-er-37', { when: 'morning' }, { for: menopause, because: 'hot flashes while on tamoxifen' });
    });
    record.visit(
      { day: openDay(plus(flushes, { weeks: 3 })), kind: 'telephone', with: 'bergeron', reason: 'Hot flashes, check' },
      (visit) => {
        visit.says('The hot flashes are fewer. Her mouth is a little dry.');
        visit.change(venlafaxine, { drug: 'venlafaxine-er-75' }, 'hot flashes better but not gone');
      },
    );
    record.missed({
      day: plus(flushes, { weeks: 9 }),
      with: 'nakamura',
      reason: 'Breast cancer, follow-up',
      outcome: 'cancelled',
      by: 'patient',
      why: 'School concert',
    });
    record.visit(
      { day: ago({ years: 1, months: 5 }), kind: 'specialist', with: 'nakamura', reason: 'Breast cancer, follow-up', for: [cancer] },
      (visit) => {
        visit.says('Her left arm feels heavy in the evening and her ring is tight. She takes tamoxifen every day.');
        visit.vitals();
        visit.finds('Left forearm 2 cm wider than the right');
        visit.diagnose('lymphedema', {
          site: 'Left arm',
          severity: 'Mild',
          icd10: ['I89.0', 'Lymphedema, not elsewhere classified'],
        });
        visit.perform('physical-therapy', { outcome: 'Compression sleeve fitted; exercises shown' });
        performanceStatus(draft, visit, 0);
      },
    );
    record.visit({ day: ago({ years: 1, months: 3 }), kind: 'office', reason: 'Yearly mammogram', for: [cancer] }, (visit) => {
      visit.says('She did not sleep for a week before the mammogram. She thinks of the cancer every day.');
      visit.vitals();
      visit.report('Mammogram', 'Radiology', DIAGNOSTIC, 'BI-RADS 2. Scar in the left breast, no sign of recurrence.');
      visit.score('gad7', 9);
      visit.request('Referral for counseling: fear of recurrence', {
        to: 'whitehorse',
        kind: 'Counseling',
        for: cancer,
        status: 'completed',
      });
    });
    record.visit(
      { day: ago({ years: 1, months: 2 }), kind: 'specialist', with: 'nakamura', reason: 'Breast cancer, follow-up', for: [cancer] },
      (visit) => {
        visit.says('She sees the counselor every second week and teaches full hours again. Her last period was in February.');
        visit.vitals();
        visit.labs('cmp', 'fsh', 'estradiol', 'vitamin-d', 'lipids');
        performanceStatus(draft, visit, 0);
      },
    );
    // Past the menopause
    record.visit(
      {
        day: ago({ months: 7 }),
        kind: 'specialist',
        with: 'nakamura',
        reason: 'Breast cancer, change of endocrine therapy',
        for: [cancer],
      },
      (visit) => {
        visit.says('She has had no period for fourteen months. Flashes come twice a day.');
        visit.vitals();
        visit.labs('fsh', 'estradiol', 'cmp', 'lipids');
        visit.perform('bone-density', { outcome: 'Low bone density of hip and spine' });
        visit.result('t-score-hip');
        visit.result('t-score-spine');
        visit.diagnose('osteopenia');
        visit.stop(tamoxifen, 'past her menopause; letrozole does not depend on CYP2D6');
        againstCancer(visit.start('letrozole-2.5', {}, { for: cancer, because: 'past her menopause', supply: 90, refills: 3 }));
        visit.start('calcium-vit-d', { times: 2, when: 'meals' }, { because: 'low bone density and letrozole' });
        visit.start('cholecalciferol-0.025', {}, { because: 'low vitamin D' });
      },
    );
    record.visit({ day: ago({ months: 3 }), kind: 'office', reason: 'Yearly mammogram; stiff hands', for: [cancer] }, (visit) => {
      visit.says('Her fingers are stiff in the morning since letrozole; it goes when she plays. She wants to go on with it.');
      visit.vitals();
      visit.report('Mammogram', 'Radiology', DIAGNOSTIC, 'BI-RADS 2. Scar in the left breast, no sign of recurrence.');
      visit.score('gad7', 5);
      visit.labs('vitamin-d', 'cmp');
      visit.plans(
        'Exercise on most days; a pain reliever is not needed now',
        'Cervical screening, due since 2024, is to be done at the next check-up',
      );
    });
    routineImmunizations(record, ago({ years: 9 }));
    record.smoking('never', ago({ years: 9 }));
    record.smoking('never', ago({ months: 3 }));

    const goal = record.goal('Endocrine therapy every day for five years or longer', {
      start: begin,
      due: plus(begin, { years: 5 }),
      for: cancer,
      achievement: 'sustaining',
    });
    record.carePlan('After breast cancer', {
      start: surgery,
      for: [cancer],
      goals: [goal],
      activities: [
        'Mammogram every year',
        'Bone density again two years after the start of letrozole',
        'Compression sleeve on the left arm; blood pressure on the right arm',
        'Counseling for fear of recurrence when she wants it',
      ],
    });
    record.careTeam(['lindgren', 'nakamura', 'oneill', 'whitehorse'], screen);
    record.book({ after: record.ahead({ days: 12 }), with: 'nakamura', reason: 'Breast cancer, follow-up' });
  },
};
