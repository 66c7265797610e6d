import type { Persona } from '../generate.ts';
import { every, minus, plus } from '../generator/calendar.ts';
import { routineImmunizations } from '../generator/immunization-schedule.ts';

/** Two drugs that were not enough, then clozapine with all that has to be watched: blood, heart, bowel, weight, and what not smoking does to its level. */
export const yusufDemir: Persona = {
  id: 'yusuf-demir',
  title: 'Schizophrenia on clozapine',
  person: (asOf) => ({
    given: ['Yusuf'],
    family: 'Demir',
    sex: 'male',
    identity: 'man',
    birthDate: minus(asOf, { years: 41, months: 9, days: 14 }),
    races: ['white'],
    hispanic: false,
    language: 'en',
    marital: 'never married',
    address: { line: 'Maple House, 12 Elm Court', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0171',
    contact: { name: 'Elif Demir', relation: 'guardian', phone: '413-555-0172' },
    primaryCare: 'tran',
  }),
  course: (record) => {
    const { ago, body } = record;
    record.coverage('medicaid', ago({ years: 8 }));
    record.noKnownAllergies(ago({ years: 8 }));
    record.family({ relation: 'uncle', conditions: [['schizophrenia', 27]], recorded: ago({ years: 8 }) });
    record.family({ relation: 'mother', conditions: [['type-2-diabetes', 55]], recorded: ago({ years: 8 }) });
    const schizophrenia = record.problem('schizophrenia', ago({ years: 18 }), { recorded: ago({ years: 8 }), by: 'castillo' });
    const tobacco = record.problem('tobacco-use-disorder', ago({ years: 20 }), {
      recorded: ago({ years: 8 }),
      icd10: ['F17.211', 'Nicotine dependence, cigarettes, in remission'],
    });

    const clozapineDay = ago({ years: 2, months: 6 });
    const quit = ago({ years: 1, months: 2 });
    body.set('height', ago({ years: 9 }), 174);
    body.set('weight', ago({ years: 8 }), 77);
    body.set('weight', ago({ years: 6, months: 8 }), 78);
    body.set('weight', clozapineDay, 85);
    body.set('weight', ago({ years: 1, months: 8 }), 90);
    body.set('weight', ago({}), 86);
    body.set('hba1c', ago({ years: 8 }), 5.3);
    body.set('hba1c', clozapineDay, 5.7);
    body.set('hba1c', ago({ years: 1, months: 8 }), 6.1);
    body.set('hba1c', ago({ years: 1, months: 4 }), 6.6);
    body.set('hba1c', ago({}), 6.8);
    body.set('triglycerides', ago({ years: 8 }), 130);
    body.set('triglycerides', clozapineDay, 175);
    body.set('triglycerides', ago({ years: 1, months: 8 }), 228);
    body.set('triglycerides', ago({}), 190);
    body.set('hdl', ago({ years: 8 }), 42);
    body.set('hdl', ago({ years: 2 }), 36);
    body.set('ldl', ago({ years: 8 }), 112);
    body.set('ldl', ago({ years: 2 }), 126);
    body.set('prolactin', ago({ years: 8 }), 9);
    body.set('heart-rate', minus(clozapineDay, { days: 3 }), 78);
    body.set('heart-rate', plus(clozapineDay, { days: 12 }), 101);
    body.set('heart-rate', plus(clozapineDay, { months: 4 }), 92);
    body.set('neutrophils', clozapineDay, 4.3);
    body.set('neutrophils', plus(clozapineDay, { weeks: 8 }), 3.2);
    body.set('neutrophils', plus(clozapineDay, { weeks: 14 }), 3.3);
    body.set('neutrophils', ago({}), 3.9);
    body.set('systolic', clozapineDay, 122);

    // Two drugs that were not enough
    const risperidone = record.visit(
      {
        day: ago({ years: 8 }),
        kind: 'specialist',
        with: 'castillo',
        reason: 'New in the group home; schizophrenia',
        for: [schizophrenia],
      },
      (visit) => {
        visit.says(
          'He moved to Maple House last week. He hears two voices that comment on him. His sister Elif is his guardian and came with him.',
          'A hospital in Worcester began risperidone half a year ago. He smokes a pack a day.',
        );
        const risperidone = visit.start(
          'risperidone-2',
          { times: 2 },
          { for: schizophrenia, since: ago({ years: 8, months: 6 }), supply: 30, refills: 5 },
        );
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height', 'bmi');
        visit.labs('cmp', 'lipids', 'hba1c', 'prolactin');
        visit.answer(['71802-3', 'Housing status'], 'I have housing', {
          slug: 'housing-status',
          label: 'Housing status',
          social: true,
          code: { system: 'http://loinc.org', code: 'LA30189-7', display: 'I have housing' },
        });
        visit.answer(['67875-5', 'Employment status - current'], 'Unemployed', {
          slug: 'employment-status',
          label: 'Employment status',
          social: true,
          code: { system: 'http://loinc.org', code: 'LA17956-6', display: 'Unemployed' },
        });
        return risperidone;
      },
    );
    record.visit(
      { day: ago({ years: 7, months: 9 }), kind: 'specialist', with: 'castillo', reason: 'Schizophrenia, follow-up', for: [schizophrenia] },
      (visit) => {
        visit.says('The voices are quieter but daily. Staff see him take every tablet.');
        visit.vitals();
        visit.change(risperidone, { drug: 'risperidone-3', dosage: { times: 2 } }, 'voices every day at 4 mg a day');
      },
    );
    const olanzapine = record.visit(
      { day: ago({ years: 6, months: 8 }), kind: 'specialist', with: 'castillo', reason: 'Sore chest, voices', for: [schizophrenia] },
      (visit) => {
        visit.says('Both breasts are tender. The voices still come every day after a year on this dose.');
        visit.vitals();
        visit.labs('prolactin', 'hba1c', 'lipids');
        visit.diagnose('gynecomastia', { until: ago({ years: 6, months: 2 }) });
        visit.diagnose('hyperprolactinemia', { until: ago({ years: 6, months: 2 }) });
        visit.stop(risperidone, 'voices every day at 6 mg a day for a year, and a high prolactin with sore breasts');
        return visit.start('olanzapine-10', { when: 'bedtime' }, { for: schizophrenia, supply: 30, refills: 5 });
      },
    );
    record.visit(
      { day: ago({ years: 6, months: 2 }), kind: 'specialist', with: 'castillo', reason: 'Schizophrenia, follow-up', for: [schizophrenia] },
      (visit) => {
        visit.says('His breasts no longer hurt. He eats more and still hears one voice.');
        visit.vitals();
        visit.labs('prolactin', 'hba1c');
        visit.change(olanzapine, { drug: 'olanzapine-20' }, 'a voice every day at 10 mg');
      },
    );
    /** One voice on most days for three years, and a drug that he did not want yet. */
    const half = (day: string, told: string, plan: string) =>
      record.visit({ day, kind: 'specialist', with: 'castillo', reason: 'Schizophrenia, follow-up', for: [schizophrenia] }, (visit) => {
        visit.says(told);
        visit.vitals();
        visit.finds('No stiffness, no tremor, no restlessness.');
        visit.plans(plan);
      });
    const yearly = (day: string) =>
      record.visit({ day, kind: 'checkup', reason: 'Yearly check-up', for: [schizophrenia] }, (visit) => {
        visit.says('He takes olanzapine every evening. He stays in his room and watches television.');
        visit.vitals();
        visit.labs('hba1c', 'lipids', 'bmp');
      });
    half(
      ago({ years: 5, months: 6 }),
      'One voice on most days, which he can bear. He sleeps ten hours.',
      'Clozapine is spoken of for the first time; he does not want blood drawn every week',
    );
    yearly(ago({ years: 5 }));
    half(
      ago({ years: 4, months: 6 }),
      'One voice on most days. He gained weight and does not mind.',
      'Olanzapine goes on; weight and sugar are checked each year by the clinic',
    );
    yearly(ago({ years: 4 }));
    half(
      ago({ years: 3, months: 6 }),
      'The voice comments on what he eats. He goes out only with staff.',
      'Clozapine offered again; he and his sister will think about it',
    );
    yearly(ago({ years: 3 }));

    // Clozapine
    const clozapine = record.visit(
      {
        day: clozapineDay,
        until: plus(clozapineDay, { days: 17 }),
        kind: 'inpatient',
        with: 'delacroix',
        reason: 'Voices that command, start of clozapine',
        for: [schizophrenia],
        discharge: 'Home, Maple House',
      },
      (visit) => {
        visit.says(
          'For six weeks a voice has told him not to eat, although staff have seen him take olanzapine 20 mg every evening for years.',
          'He and his sister, who is his guardian, agreed to clozapine after they heard about the blood tests.',
        );
        visit.vitals('blood-pressure', 'heart-rate', 'temperature', 'weight');
        visit.labs('cbc-diff', 'cmp', 'hba1c', 'lipids', 'troponin', 'crp');
        visit.perform('ecg', { outcome: 'Sinus rhythm, QTc 418 ms' });
        const clozapine = visit.start(
          'clozapine-25',
          { amount: 0.5, times: 2 },
          { for: schizophrenia, because: 'risperidone and olanzapine were not enough', setting: 'inpatient' },
        );
        visit.start('polyethylene-glycol', {}, { because: 'to prevent constipation from clozapine', setting: 'inpatient' });
        for (const [days, to, why] of [
          [2, { dosage: { times: 2 } }, 'well tolerated, next step'],
          [5, { dosage: { amount: 2, times: 2 } }, 'well tolerated, next step'],
          [9, { drug: 'clozapine-100', dosage: { times: 2 } }, 'fast pulse but well, next step'],
          [
            14,
            { drug: 'clozapine-100', dosage: { amount: 3, when: 'bedtime' } },
            'next step, and all of it at night, since he is drowsy by day',
          ],
        ] as const) {
          if (days === 9) {
            visit.sign();
            visit.at(plus(clozapineDay, { days: 7 }), '09:00');
            visit.labs('neutrophils', 'troponin', 'crp');
          }
          visit.sign();
          visit.at(plus(clozapineDay, { days }), '09:00');
          if (days === 14) visit.labs('neutrophils', 'troponin', 'crp');
          visit.vitals('blood-pressure', 'heart-rate', 'temperature');
          visit.change(clozapine, to, why);
          if (days === 5) visit.change(olanzapine, { drug: 'olanzapine-10' }, 'clozapine takes its place step by step');
          if (days === 14) visit.stop(olanzapine, 'clozapine has taken its place; voices and weight gain after years at 20 mg');
        }
        visit.sign();
        visit.at(plus(clozapineDay, { days: 17 }), '09:00');
        visit.says('The voice is quieter. He goes home to Maple House today.');
        visit.plans(
          'Neutrophils every week for half a year, every two weeks for the next half, then every month',
          'Troponin and CRP every week for four weeks',
        );
        return clozapine;
      },
    );
    /** Blood drawn by the nurse for the neutrophil count alone. */
    const draw = (day: string, given?: number) =>
      record.visit(
        { day, kind: 'nurse', with: 'mbeki', reason: 'Clozapine: neutrophil count', quiet: true, unbooked: true, for: [schizophrenia] },
        (visit) => (given === undefined ? visit.labs('neutrophils') : void visit.result('neutrophils', given)),
      );
    for (const weeks of [3, 4])
      record.visit(
        {
          day: plus(clozapineDay, { weeks }),
          kind: 'nurse',
          with: 'mbeki',
          reason: 'Clozapine: blood and heart check',
          for: [schizophrenia],
        },
        (visit) => {
          visit.says('He has no fever, no chest pain and is not short of breath.');
          visit.vitals('blood-pressure', 'heart-rate', 'temperature', 'weight');
          visit.labs('neutrophils', 'troponin', 'crp');
        },
      );
    for (const weeks of [5, 6, 7, 8, 9]) draw(plus(clozapineDay, { weeks }));
    record.visit(
      { day: plus(clozapineDay, { weeks: 10 }), kind: 'nurse', with: 'mbeki', reason: 'Clozapine: neutrophil count', for: [schizophrenia] },
      (visit) => {
        visit.says('He feels well and has no fever and no sore throat.');
        visit.vitals('temperature', 'heart-rate');
        visit.result('neutrophils', 1.3);
        visit.plans('Repeat tomorrow; clozapine goes on, since the count is above 1.0');
      },
    );
    const neutropenia = record.visit(
      {
        day: plus(clozapineDay, { weeks: 10, days: 1 }),
        kind: 'video',
        with: 'castillo',
        reason: 'Low neutrophils on clozapine',
        for: [schizophrenia],
      },
      (visit) => {
        visit.says('He is well. The voice no longer commands, and he eats with the others.');
        visit.result('neutrophils', 1.4);
        visit.plans('Neutrophils three times a week until 1.5 or above; clozapine goes on');
        return visit.diagnose('neutropenia', {
          severity: 'Mild',
          note: 'On clozapine, 10 weeks after its start',
          icd10: ['D70.2', 'Other drug-induced agranulocytosis'],
        });
      },
    );
    draw(plus(clozapineDay, { weeks: 10, days: 3 }), 1.4);
    record.visit(
      {
        day: plus(clozapineDay, { weeks: 10, days: 6 }),
        kind: 'nurse',
        with: 'mbeki',
        reason: 'Clozapine: neutrophil count',
        for: [schizophrenia],
      },
      (visit) => {
        visit.vitals('temperature');
        visit.result('neutrophils', 1.9);
        visit.resolve(neutropenia, 'Clozapine went on.');
        visit.plans('Back to a count every week');
      },
    );
    for (let weeks = 12; weeks <= 26; weeks++) if (weeks !== 16) draw(plus(clozapineDay, { weeks }));
    record.visit(
      {
        day: plus(clozapineDay, { weeks: 16 }),
        kind: 'specialist',
        with: 'castillo',
        reason: 'Clozapine, follow-up',
        for: [schizophrenia],
      },
      (visit) => {
        visit.says('He hears a voice once a week and can let it be. His pillow is wet with saliva in the morning.');
        visit.vitals();
        visit.labs('neutrophils', 'hba1c', 'lipids');
        visit.result('clozapine', 318);
        visit.diagnose('sialorrhea');
        visit.change(
          clozapine,
          { drug: 'clozapine-100', dosage: { amount: 4, when: 'bedtime' } },
          'level under 350 ng/mL, a voice every week',
        );
      },
    );
    const drying = record.visit({ day: plus(clozapineDay, { weeks: 20 }), kind: 'office', reason: 'Drooling at night' }, (visit) => {
      visit.says('He drools at night and is ashamed of it.');
      visit.vitals();
      return visit.start('glycopyrrolate-1', { when: 'bedtime' }, { because: 'drooling' });
    });
    for (let weeks = 28; weeks <= 52; weeks += 2) draw(plus(clozapineDay, { weeks }));
    record.visit(
      {
        day: plus(clozapineDay, { weeks: 29 }),
        kind: 'emergency',
        with: 'fischer',
        reason: 'Belly pain, no bowel movement for eight days',
      },
      (visit) => {
        visit.says('He has had no bowel movement for eight days and has vomited once. Powder for the bowel ran out two weeks ago.');
        visit.vitals('blood-pressure', 'heart-rate', 'temperature');
        visit.labs('bmp', 'cbc-diff', 'crp', 'lactate');
        visit.finds('X-ray of the belly: stool in the whole colon, no obstruction');
        visit.diagnose('constipation', { note: 'On clozapine and glycopyrrolate', icd10: ['K59.03', 'Drug induced constipation'] });
        visit.stop(drying, 'severe constipation; it adds to the effect of clozapine on the bowel');
        visit.start('senna-8.6', { amount: 2, when: 'bedtime' }, { because: 'constipation on clozapine' });
        visit.plans('Staff write down each bowel movement; two days without one is a reason to call');
      },
    );
    const metformin = record.visit(
      {
        day: ago({ years: 1, months: 8 }),
        kind: 'specialist',
        with: 'castillo',
        reason: 'Clozapine, follow-up; weight',
        for: [schizophrenia],
      },
      (visit) => {
        visit.says('He has gained weight since clozapine. His bowels move every day.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'bmi');
        visit.labs('hba1c', 'lipids', 'creatinine', 'egfr', 'alt');
        visit.result('clozapine', 436);
        const syndrome = visit.diagnose('metabolic-syndrome');
        visit.diagnose('prediabetes');
        visit.request('Supported employment', { to: 'whitehorse', social: true, status: 'completed' });
        return visit.start(
          'metformin-500',
          { times: 2, when: 'meals' },
          { for: syndrome, because: 'weight gain from clozapine', supply: 90, refills: 3 },
        );
      },
    );
    const monthly = every(plus(clozapineDay, { months: 13 }), ago({ days: 10 }), { months: 1 });
    const absent = monthly[11]!;
    const review = ago({ months: 2 });
    for (const day of monthly) if (day !== absent && day !== review) draw(day);
    record.missed({
      day: absent,
      with: 'mbeki',
      reason: 'Clozapine: neutrophil count',
      outcome: 'noshow',
      why: 'The van of the group home broke down',
    });
    draw(plus(absent, { days: 4 }));

    // He stops smoking, and the level rises
    record.visit({ day: minus(quit, { weeks: 3 }), kind: 'office', reason: 'Wants to stop smoking' }, (visit) => {
      visit.says('His new job in the garden center has no smoking breaks. He smokes a pack a day.');
      visit.vitals();
      visit.start('varenicline-1', { times: 2, days: 84, note: 'First week in rising doses, by the starter pack' }, { for: tobacco });
      visit.plans(
        'Without smoke clozapine is broken down more slowly: Dr. Castillo is told of the date, and the level is measured two weeks after',
      );
    });
    record.visit(
      {
        day: plus(quit, { days: 15 }),
        kind: 'specialist',
        with: 'castillo',
        reason: 'Drowsy since he stopped smoking',
        for: [schizophrenia],
      },
      (visit) => {
        visit.says('He has not smoked for two weeks. He is drowsy all day, and staff saw his arms jerk twice.');
        visit.vitals();
        visit.result('clozapine', 794);
        visit.labs('neutrophils');
        visit.change(
          clozapine,
          { drug: 'clozapine-100', dosage: { amount: 3, when: 'bedtime' } },
          'level of 794 ng/mL after he stopped smoking, jerks, risk of seizures',
        );
      },
    );
    record.visit(
      {
        day: plus(quit, { days: 36 }),
        kind: 'specialist',
        with: 'castillo',
        reason: 'Clozapine level after the lower dose',
        for: [schizophrenia],
      },
      (visit) => {
        visit.says('He is awake by day and the jerks have stopped.');
        visit.vitals();
        visit.result('clozapine', 512);
        visit.plans('If he smokes again the level will fall: he, his sister and the staff know that they have to call');
      },
    );
    record.visit({ day: ago({ months: 11 }), kind: 'checkup', reason: 'Yearly check-up', for: [schizophrenia] }, (visit) => {
      visit.says('He works twelve hours a week in the garden center. He has stayed off cigarettes.');
      visit.vitals('blood-pressure', 'heart-rate', 'weight', 'bmi');
      visit.labs('hba1c', 'cmp');
      visit.change(
        metformin,
        { drug: 'metformin-1000', dosage: { times: 2, when: 'meals' } },
        'hemoglobin A1c and weight still too high, no nausea',
      );
      visit.resolve(tobacco, 'No cigarettes for three months.', 'remission');
      visit.plans('The lipid panel could not be done, since he had eaten; it is to be repeated');
    });
    const burning = plus(ago({ months: 5 }), { days: 1 });
    record.visit({ day: burning, kind: 'urgent', reason: 'Burning when he passes urine' }, (visit) => {
      visit.says('It has burned for two days. He has no fever, no discharge and no partner.');
      visit.vitals('blood-pressure', 'heart-rate', 'temperature');
      visit.finds('No pain over the kidneys, prostate not tender.');
      visit.presence('urine-leukocyte-esterase', 'positive');
      visit.presence('urine-nitrite', 'positive');
      visit.presence('chlamydia', 'negative');
      visit.presence('gonorrhea', 'negative');
      visit.diagnose('uti', { category: 'encounter-diagnosis', until: plus(visit.day(), { days: 9 }) });
      visit.start('cephalexin-500', { times: 3, days: 7 }, { because: 'urinary tract infection' });
      visit.plans(
        'Not ciprofloxacin, which raises clozapine, and not sulfamethoxazole/trimethoprim, which can lower neutrophils',
        'Urine culture sent; he is called with its result',
      );
    });
    record.visit({ day: plus(burning, { days: 3 }), kind: 'telephone', reason: 'Urine culture, result' }, (visit) => {
      visit.says('It burns less. His bowels move, and he has no fever.');
      visit.answer(['630-4', 'Bacteria identified in Urine by Culture'], 'Escherichia coli, sensitive to cephalexin', {
        slug: 'urine-culture',
        label: 'Urine culture',
        profile: 'observation-lab',
        category: 'laboratory',
        code: { system: 'http://snomed.info/sct', code: '112283007', display: 'Escherichia coli' },
      });
      visit.plans('Cephalexin to its end');
    });
    record.visit(
      { day: review, kind: 'specialist', with: 'castillo', reason: 'Clozapine, half-yearly review', for: [schizophrenia] },
      (visit) => {
        visit.says('The voice comes once a month. He saves for a bicycle. His bowels move every day.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'bmi');
        visit.labs('neutrophils', 'hba1c');
        visit.result('clozapine', 471);
        visit.answer(['67875-5', 'Employment status - current'], 'Part-time work, supported', {
          slug: 'employment-status',
          label: 'Employment status',
          social: true,
        });
      },
    );
    routineImmunizations(record, ago({ years: 8 }), 0.8);
    record.smoking('daily', ago({ years: 8 }));
    record.smoking('daily', clozapineDay);
    record.smoking('former', ago({ months: 11 }));

    const job = record.goal('Work in the garden center for twelve hours a week', {
      start: ago({ years: 1, months: 8 }),
      achievement: 'achieved',
    });
    const weight = record.goal('Weight below 88 kg', {
      start: ago({ years: 1, months: 8 }),
      due: record.ahead({ months: 6 }),
      target: { test: 'weight', below: 88 },
      achievement: 'improving',
    });
    record.carePlan('Clozapine', {
      start: clozapineDay,
      for: [schizophrenia],
      goals: [job, weight],
      activities: [
        'Neutrophil count every month',
        'Bowel diary by the staff; powder every day',
        'Weight each month, hemoglobin A1c and lipids each year',
        'Level two weeks after any change of smoking, and before any drug that blocks CYP1A2',
        'Elif Demir, his sister and guardian, takes part in decisions about treatment',
      ],
    });
    record.careTeam(['castillo', 'tran', 'mbeki', 'whitehorse', 'bergeron'], clozapineDay);
    record.book({ after: record.ahead({ days: 14 }), with: 'mbeki', reason: 'Clozapine: neutrophil count' });
    record.book({ after: record.ahead({ weeks: 4 }), with: 'tran', reason: 'Yearly check-up', note: 'Fasting, for the lipid panel' });
  },
};
