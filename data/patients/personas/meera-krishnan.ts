import type { Condition, MedicationRequest, Observation, Patient } from '@medplum/fhirtypes';
import type { Persona } from '../generate.ts';
import { instant, openDay } from '../generator/calendar.ts';
import { INVENTED, staffReference } from '../generator/clinic.ts';
import { observation } from '../generator/observations.ts';
import { profile } from '../generator/person.ts';
import { tests } from '../generator/tables.ts';
import { startTreatment, stopTreatment } from '../generator/treatments.ts';

/**
 * Two charts of one person, joined five months ago: hers here, and that of a practice abroad which measured in SI units. What was wrong in either is in it still:
 * an answer that takes the newest line, the first unit or every entry at its word goes wrong here.
 */
export const meeraKrishnan: Persona = {
  id: 'meera-krishnan',
  title: 'A record with conflicts',
  person: (asOf) => ({
    given: ['Meera'],
    family: 'Krishnan',
    former: { use: 'maiden', given: ['Meera'], family: 'Subramaniam' },
    sex: 'female',
    identity: 'woman',
    birthDate: `${Number(asOf.slice(0, 4)) - 59}-03-04`,
    races: ['asian'],
    hispanic: false,
    language: 'en',
    marital: 'married',
    address: { line: '210 Meadow Lane', city: 'Millbrook Falls', postalCode: '01060' },
    phone: '413-555-0119',
    contact: { name: 'Arjun Krishnan', relation: 'husband', phone: '413-555-0120' },
    primaryCare: 'lindgren',
  }),
  course: (record) => {
    const { ago, body, draft, person } = record;
    const merged = ago({ months: 5 });
    record.coverage('commercial', ago({ years: 9 }));
    record.smoking('never', ago({ years: 1 }));
    record.family({ relation: 'mother', conditions: [['type-2-diabetes', 55]], recorded: ago({ years: 8, months: 6 }) });
    record.family({ relation: 'father', conditions: [['type-2-diabetes', 49]], recorded: ago({ years: 8, months: 6 }) });
    body.set('height', ago({ years: 9 }), 158);
    body.set('weight', ago({ years: 9 }), 71);
    body.set('hba1c', ago({ years: 9 }), 6.9);
    body.set('hba1c', ago({ years: 2 }), 7.8);
    body.set('hba1c', ago({ months: 7 }), 9.0);
    body.set('hba1c', ago({}), 9.0);
    body.set('systolic', ago({ years: 9 }), 146);
    body.set('diastolic', ago({ years: 9 }), 88);
    body.set('ldl', ago({ years: 9 }), 141);
    body.set('egfr', ago({ years: 9 }), 92);
    body.set('egfr', ago({}), 84);

    // The other chart's person: day and month of birth changed places, and it was merged into this one.
    const [year, month, day] = person.birthDate.split('-');
    const survivor = draft.all()[0] as Patient;
    const other = draft.add<Patient>({
      resourceType: 'Patient',
      id: `${record.id}-merged`,
      meta: profile('patient'),
      identifier: [{ use: 'old', system: `${INVENTED}:mrn`, value: '870455' }],
      active: false,
      name: [{ use: 'official', family: 'Krishnan', given: ['Mira'] }],
      gender: 'female',
      birthDate: `${year}-${day}-${month}`,
      link: [{ other: draft.patient, type: 'replaced-by' }],
    });
    survivor.link = [{ other: { reference: `Patient/${other.id}` }, type: 'replaces' }];

    /** An entry of the chart that was merged in. */
    const foreign = (test: string, at: string, value: number, status: Observation['status'] = 'final', note?: string) => {
      const made = draft.add(
        observation(tests.of(test), value, {
          id: record.idFor('Observation', `other-${test}`, at.slice(0, 10)),
          patient: record.id,
          sex: person.sex,
          at,
          performer: { reference: 'Organization/mr-hospital' },
          ...(note ? { note } : {}),
        }),
      );
      made.status = status;
      return made;
    };

    // Diabetes here since nine years; the other chart has it too, under another code, and older.
    const { diabetes, hypertension, metformin } = record.visit(
      { day: ago({ years: 8, months: 6 }), kind: 'checkup', reason: 'First check-up here' },
      (visit) => {
        visit.says('She has no complaints. Both her parents had diabetes. Another clinic told her years ago that her sugar was high.');
        visit.vitals('blood-pressure', 'heart-rate', 'weight', 'height');
        visit.labs('hba1c', 'cmp', 'lipids');
        const diabetes = visit.diagnose('type-2-diabetes');
        const hypertension = visit.diagnose('hypertension');
        return { diabetes, hypertension, metformin: visit.start('metformin-500', { times: 2, when: 'meals' }, { for: diabetes }) };
      },
    );
    const second = draft.add<Condition>({
      ...diabetes.resource,
      id: record.idFor('Condition', 'other-type-2-diabetes'),
      code: {
        coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E11.9', display: 'Type 2 diabetes mellitus without complications' }],
        text: 'Diabetes mellitus, type II',
      },
      onsetDateTime: ago({ years: 10 }).slice(0, 4),
      recordedDate: merged,
      note: [{ text: 'From the merged chart.' }],
    });
    delete second.encounter;
    const lisinopril = record.visit(
      { day: ago({ years: 7, months: 6 }), kind: 'office', reason: 'Blood pressure', for: [hypertension] },
      (visit) => {
        visit.vitals();
        return visit.start('lisinopril-10', {}, { for: hypertension });
      },
    );
    void lisinopril;
    record.visit(
      { day: ago({ years: 7, months: 5 }), kind: 'nurse', with: 'mbeki', reason: 'Blood test after the start of lisinopril' },
      (visit) => {
        visit.vitals('blood-pressure');
        visit.labs('bmp');
      },
    );
    for (const [day, told, next] of [
      [ago({ years: 6, months: 2 }), 'She takes her tablets and works from home.', 'A statin is advised; she does not want one'],
      [
        ago({ years: 5, months: 1 }),
        'She walks in the evening. She has seen her eye doctor in spring: no retinopathy.',
        'She still does not want a statin',
      ],
    ] as const)
      record.visit({ day, kind: 'checkup', reason: 'Diabetes and blood pressure', for: [diabetes, hypertension] }, (visit) => {
        visit.says(told);
        visit.vitals('blood-pressure', 'heart-rate');
        visit.labs('hba1c', 'bmp', 'lipids', 'uacr');
        visit.finds('Both feet: monofilament felt, pulses present, skin whole');
        visit.plans(next);
      });

    // The same order twice: once from each chart, on the same day.
    const amlodipine = record.visit(
      { day: ago({ years: 3 }), kind: 'office', reason: 'Blood pressure still high', for: [hypertension] },
      (visit) => {
        visit.says('At home it was above 145 on most days of the last month.');
        visit.pressure(150, 91);
        visit.vitals('heart-rate', 'weight');
        visit.labs('hba1c', 'bmp');
        return visit.start('amlodipine-5', {}, { for: hypertension });
      },
    );
    const { encounter: _, ...twice } = amlodipine.order;
    draft.add<MedicationRequest>({
      ...twice,
      id: record.idFor('MedicationRequest', 'other-amlodipine-5'),
      note: [{ text: 'From the merged chart.' }],
    });

    // Metformin: 500 mg here, 1,000 mg there, and both stand as active.
    startTreatment(draft, 'metformin-1000', { times: 2, when: 'meals' }, openDay(ago({ months: 9 })), {
      patient: record.id,
      prescriber: 'tran',
      reasons: [diabetes.reference],
    });
    void metformin;

    // Suspected, and ruled out.
    const sclerosis = record.visit({ day: ago({ years: 4 }), kind: 'office', reason: 'Numb right arm for two weeks' }, (visit) => {
      visit.says('Her right arm has been numb for two weeks.');
      visit.vitals();
      visit.request('MRI of brain', { kind: 'Imaging', status: 'completed' });
      return visit.diagnose('multiple-sclerosis', { verification: 'provisional' });
    });
    record.visit({ day: ago({ years: 3, months: 11 }), kind: 'office', reason: 'Result of the brain MRI', for: [sclerosis] }, (visit) => {
      visit.says('The arm feels normal again.');
      visit.perform('mri-brain', { outcome: 'Normal' });
      visit.refute(sclerosis, 'The MRI of the brain was normal and the numbness went away.');
    });

    // Entered for another patient, and marked so.
    record.problem('breast-cancer', ago({ years: 2 }), { verification: 'entered-in-error', note: 'Entered in the wrong chart.' });
    record.allergy('latex', { recorded: ago({ years: 2 }), verification: 'entered-in-error' });
    const warfarin = startTreatment(draft, 'warfarin-5', {}, ago({ years: 2 }), { patient: record.id, prescriber: 'tran', reasons: [] });
    stopTreatment(warfarin, ago({ years: 2 }), 'wrong patient');
    warfarin.order.status = 'entered-in-error';
    foreign('potassium', instant(openDay(ago({ months: 2 })), '11:40'), 7.9, 'entered-in-error', 'The sample was hemolyzed.');

    // An allergy of her childhood that nobody looked at again, though she has taken the drug since; beside it, the other chart's "none".
    record.allergy('penicillin', {
      reaction: 'rash',
      severity: 'mild',
      onset: String(Number(year) + 8),
      recorded: ago({ years: 8, months: 6 }),
      verification: 'unconfirmed',
      note: 'Her mother told of a rash. Never tested.',
    });
    record.visit({ day: ago({ years: 1, months: 8 }), kind: 'urgent', reason: 'Painful sinuses for twelve days' }, (visit) => {
      visit.says('She took amoxicillin two years ago while travelling and had no reaction.');
      visit.vitals('blood-pressure', 'temperature');
      visit.finds('Tender over both cheeks, thick discharge, lungs clear');
      const sinusitis = visit.diagnose('sinusitis', { category: 'encounter-diagnosis', until: visit.day() });
      visit.start('amoxicillin-500', { times: 3, days: 7 }, { for: sinusitis });
    });
    record.noKnownAllergies(merged);

    // The same vaccination from the clinic and from the registry.
    const flu = ago({ years: 1, weeks: 6 });
    record.immunize('influenza-child', flu, 'Clinic record');
    record.immunize('influenza-child', flu, 'State registry');

    // Asthma: over long ago here, active in the other chart.
    record.problem('asthma', ago({ years: 30 }), {
      recorded: ago({ years: 8, months: 6 }),
      until: ago({ years: 15 }),
      note: 'No symptoms and no inhaler since.',
    });
    record.problem('asthma', ago({ years: 30 }), { recorded: merged, note: 'From the merged chart.' });

    // One quantity, two units, and two ways of writing it.
    foreign('glucose-si', instant(openDay(ago({ months: 8 })), '08:30'), 8.4);
    foreign('creatinine-si', instant(openDay(ago({ months: 8 })), '08:30'), 66);
    foreign('hba1c-ifcc', instant(openDay(ago({ months: 8 })), '08:30'), 58);
    const pounds = record.visit({ day: ago({ months: 7 }), kind: 'office', reason: 'Diabetes follow-up', for: [diabetes] }, (visit) => {
      visit.says('She takes her tablets. She is not sure of the dose of metformin.');
      visit.vitals('blood-pressure', 'heart-rate');
      visit.labs('hba1c', 'bmp', 'lipids');
      return visit.reading('weight', body.read('weight', visit.now()));
    });
    const kilograms = pounds.valueQuantity!.value!;
    pounds.valueQuantity = {
      value: Number((kilograms * 2.20462).toFixed(1)),
      unit: 'lb',
      system: 'http://unitsofmeasure.org',
      code: '[lb_av]',
    };

    // A first report and its correction.
    const fasting = instant(openDay(ago({ months: 2 })), '08:10');
    foreign('hemoglobin', fasting, 6.2, 'preliminary');
    foreign('hemoglobin', fasting, 12.6, 'corrected', 'The first value was another sample’s.');

    record.visit({ day: ago({ months: 2 }), kind: 'office', reason: 'Diabetes follow-up', for: [diabetes] }, (visit) => {
      visit.says('She asks which dose of metformin is right.');
      visit.vitals();
      visit.labs('hba1c', 'bmp');
      visit.plans('The two charts are to be reconciled');
    });
    // A slip of the pen: the decimal point is missing.
    const slip = observation(tests.of('weight'), 712, {
      id: record.idFor('Observation', 'weight-slip', ago({ months: 4 })),
      patient: record.id,
      sex: person.sex,
      at: instant(openDay(ago({ months: 4 })), '10:05'),
      performer: staffReference('mbeki'),
    });
    draft.add(slip);
    record.careTeam(['lindgren', 'bergeron'], merged);
    record.book({ after: record.ahead({ weeks: 2 }), with: 'bergeron', reason: 'Reconciliation of the medication list' });
  },
};
