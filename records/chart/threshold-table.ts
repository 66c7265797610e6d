/** One bound: the figure and the unit in which its source states it. Without `ucum` a score. */
export interface Bound {
  readonly bound: number;
  readonly ucum?: string;
}

/**
 * General medical knowledge that ranking may use, each line with its source. It decides what is shown first and is always named with its
 * source; it never becomes a statement about the patient, and one value is no diagnosis. Adults only (18 years), unless `ages`.
 */
export interface Threshold {
  /** Names by which the terminology finds the measured concept. */
  readonly measure: readonly string[];
  /** at-least and at-most include the bound, over and under do not. */
  readonly side: 'at-least' | 'over' | 'at-most' | 'under';
  /** The same bound in each unit that the source gives. */
  readonly bounds: readonly Bound[];
  readonly sex?: 'female' | 'male';
  /** Whole years at the measurement: from, and before. */
  readonly ages?: readonly [from: number, before: number];
  /** Conditions under which the source does not hold: it is left out while the record has one of them. */
  readonly unless?: readonly string[];
  /** 1 needs attention, 2 soon, 3 now. Our own reading of the source's grades. */
  readonly level: 1 | 2 | 3;
  /** What the source says of such a value: "systolic 160 or more is in the range of grade 2 hypertension". */
  readonly meaning: string;
  /** Who, year, section. */
  readonly source: string;
}

const ISH = 'International Society of Hypertension 2020, table 1';
const ESC = 'ESC/ESH 2018, section 3.2';
const AAP = 'American Academy of Pediatrics 2017, table 3';
const NEWS2 = 'Royal College of Physicians, NEWS2, 2017, chart 1';
const KDIGO = 'KDIGO CKD guideline 2024, GFR categories';
const KDIGO_A = 'KDIGO CKD guideline 2024, albuminuria categories';
const UKKA = 'UK Kidney Association 2023, acute hyperkalaemia, severity';
const HYPONATRAEMIA = 'European hyponatraemia guideline 2014, definition by biochemical severity';
const WHO_HB = 'WHO 2024, haemoglobin cutoffs to define anaemia';
const ADA_2 = 'ADA Standards of Care 2025, section 2';
const ADA_6 = 'ADA Standards of Care 2025, section 6';
const WHO_BMI = 'WHO/FAO 2003, diet and chronic diseases, table 8';
const CDC_BMI = 'CDC, child and teen BMI categories';
const HYPERCALCAEMIA = 'Society for Endocrinology 2016, acute hypercalcaemia, severity';
const HYPOKALAEMIA = 'StatPearls, hypokalemia (NBK482465), 2023';
const PHQ9 = 'Kroenke, J Gen Intern Med 2001;16:606';
const GAD7 = 'Spitzer, Arch Intern Med 2006;166:1092';

const SYSTOLIC = ['systolic blood pressure'];
const DIASTOLIC = ['diastolic blood pressure'];
const mmHg = (bound: number): readonly Bound[] => [{ bound, ucum: 'mm[Hg]' }];
const perMinute = (bound: number): readonly Bound[] => [{ bound, ucum: '/min' }];
const percent = (bound: number): readonly Bound[] => [{ bound, ucum: '%' }];
const score = (bound: number): readonly Bound[] => [{ bound }];
const mass = (bound: number, molar: number): readonly Bound[] => [
  { bound, ucum: 'mg/dL' },
  { bound: molar, ucum: 'mmol/L' },
];
/** One valence: moles and equivalents are the same number. */
const molar = (bound: number): readonly Bound[] => [
  { bound, ucum: 'mmol/L' },
  { bound, ucum: 'meq/L' },
];
const gfr = (bound: number): readonly Bound[] => [{ bound, ucum: 'mL/min/{1.73_m2}' }];
const a1c = (bound: number, ifcc: number): readonly Bound[] => [
  { bound, ucum: '%' },
  { bound: ifcc, ucum: 'mmol/mol' },
];
const EVERY_AGE = [0, 200] as const;

const row = (
  measure: readonly string[],
  side: Threshold['side'],
  bounds: readonly Bound[],
  level: Threshold['level'],
  meaning: string,
  source: string,
  more: Pick<Threshold, 'sex' | 'ages' | 'unless'> = {},
): Threshold => ({ measure, side, bounds, level, meaning, source, ...more });

const BLOOD_PRESSURE: readonly Threshold[] = [
  row(SYSTOLIC, 'at-least', mmHg(140), 1, 'systolic 140 or more is in the range of hypertension', ISH),
  row(DIASTOLIC, 'at-least', mmHg(90), 1, 'diastolic 90 or more is in the range of hypertension', ISH),
  row(SYSTOLIC, 'at-least', mmHg(160), 2, 'systolic 160 or more is in the range of grade 2 hypertension', ISH),
  row(DIASTOLIC, 'at-least', mmHg(100), 2, 'diastolic 100 or more is in the range of grade 2 hypertension', ISH),
  row(SYSTOLIC, 'at-least', mmHg(180), 3, 'systolic 180 or more is in the range of grade 3 hypertension', ESC),
  row(DIASTOLIC, 'at-least', mmHg(110), 3, 'diastolic 110 or more is in the range of grade 3 hypertension', ESC),
  row(SYSTOLIC, 'at-least', mmHg(130), 1, 'systolic 130 or more is in the range of stage 1 hypertension from age 13', AAP, {
    ages: [13, 18],
  }),
  row(DIASTOLIC, 'at-least', mmHg(80), 1, 'diastolic 80 or more is in the range of stage 1 hypertension from age 13', AAP, {
    ages: [13, 18],
  }),
  row(SYSTOLIC, 'at-least', mmHg(140), 2, 'systolic 140 or more is in the range of stage 2 hypertension of childhood', AAP, {
    ages: [1, 18],
  }),
  row(DIASTOLIC, 'at-least', mmHg(90), 2, 'diastolic 90 or more is in the range of stage 2 hypertension of childhood', AAP, {
    ages: [1, 18],
  }),
  // Below 13 the guideline goes by percentiles; this bound caps them ("whichever is lower").
  row(SYSTOLIC, 'at-least', mmHg(130), 1, 'systolic 130 or more is in the range of hypertension of childhood', AAP, { ages: [1, 13] }),
  row(DIASTOLIC, 'at-least', mmHg(80), 1, 'diastolic 80 or more is in the range of hypertension of childhood', AAP, { ages: [1, 13] }),
];

/** Vital signs that score the most in NEWS2 (16 years up, not in pregnancy). */
const ACUTE: readonly Threshold[] = [
  row(SYSTOLIC, 'at-most', mmHg(90), 3, '90 or less, three points in NEWS2', NEWS2, { unless: ['pregnancy'] }),
  // Scale 1; those with hypercapnic failure, nearly all with COPD, have a scale of their own.
  row(['oxygen saturation'], 'at-most', percent(91), 3, '91 % or less, three points in NEWS2', NEWS2, {
    unless: ['pregnancy', 'chronic obstructive pulmonary disease'],
  }),
  row(['heart rate'], 'at-least', perMinute(131), 3, '131 or more, three points in NEWS2', NEWS2, { unless: ['pregnancy'] }),
  row(['heart rate'], 'at-most', perMinute(40), 3, '40 or less, three points in NEWS2', NEWS2, { unless: ['pregnancy'] }),
  row(['respiratory rate'], 'at-least', perMinute(25), 3, '25 or more, three points in NEWS2', NEWS2, { unless: ['pregnancy'] }),
  row(['respiratory rate'], 'at-most', perMinute(8), 3, '8 or less, three points in NEWS2', NEWS2, { unless: ['pregnancy'] }),
  row(['body temperature'], 'at-least', [{ bound: 39.1, ucum: 'Cel' }], 2, '39.1 °C or more, two points in NEWS2', NEWS2, {
    unless: ['pregnancy'],
  }),
  row(['body temperature'], 'at-most', [{ bound: 35, ucum: 'Cel' }], 3, '35.0 °C or less, three points in NEWS2', NEWS2, {
    unless: ['pregnancy'],
  }),
];

const KIDNEYS: readonly Threshold[] = [
  row(['eGFR'], 'under', gfr(60), 1, 'below 60, mildly to moderately decreased', KDIGO),
  row(['eGFR'], 'under', gfr(45), 1, 'below 45, moderately to severely decreased', KDIGO),
  row(['eGFR'], 'under', gfr(30), 2, 'below 30, severely decreased', KDIGO),
  row(['eGFR'], 'under', gfr(15), 3, 'below 15, kidney failure', KDIGO),
  {
    measure: ['urine albumin/creatinine ratio'],
    side: 'over',
    bounds: [
      { bound: 300, ucum: 'mg/g' },
      { bound: 30, ucum: 'mg/mmol' },
    ],
    level: 1,
    meaning: 'severely increased albuminuria',
    source: KDIGO_A,
  },
];

const SUGAR: readonly Threshold[] = [
  row(['hemoglobin A1c'], 'at-least', a1c(6.5, 48), 1, '6.5 % or more is in the range of diabetes', ADA_2, { ages: EVERY_AGE }),
  row(
    ['hemoglobin A1c'],
    'over',
    a1c(9, 75),
    2,
    'above 9 %, poor control where there is diabetes',
    'NCQA HEDIS 2024, Glycemic Status Assessment for Patients With Diabetes',
  ),
  row(['fasting glucose'], 'at-least', mass(126, 7), 1, 'fasting, 126 mg/dL or more is in the range of diabetes', ADA_2, {
    ages: EVERY_AGE,
  }),
  row(['glucose'], 'at-least', mass(200, 11.1), 1, '200 mg/dL or more is, with symptoms, in the range of diabetes', ADA_2, {
    ages: EVERY_AGE,
  }),
  row(['glucose'], 'under', mass(70, 3.9), 2, 'below 70 mg/dL, level 1 hypoglycemia', ADA_6, { ages: EVERY_AGE }),
  row(['glucose'], 'under', mass(54, 3), 3, 'below 54 mg/dL, level 2 hypoglycemia', ADA_6, { ages: EVERY_AGE }),
];

const ELECTROLYTES: readonly Threshold[] = [
  row(['potassium'], 'at-least', molar(5.5), 2, '5.5 or more, hyperkalaemia', UKKA),
  row(['potassium'], 'at-least', molar(6.5), 3, '6.5 or more, severe hyperkalaemia', UKKA),
  row(['potassium'], 'under', molar(3), 2, 'below 3, moderate hypokalaemia', HYPOKALAEMIA),
  row(['potassium'], 'under', molar(2.5), 3, 'below 2.5, severe hypokalaemia', HYPOKALAEMIA),
  row(['sodium'], 'under', molar(130), 2, 'below 130, moderate hyponatraemia', HYPONATRAEMIA),
  row(['sodium'], 'under', molar(125), 3, 'below 125, profound hyponatraemia', HYPONATRAEMIA),
  // The source's mmol/L; mg/dL by the molar mass of calcium, 40.08 g/mol.
  row(['corrected calcium'], 'at-least', mass(12.02, 3), 2, '3.0 mmol/L or more: prompt treatment is usually indicated', HYPERCALCAEMIA),
  row(['corrected calcium'], 'over', mass(14.03, 3.5), 3, 'above 3.5 mmol/L: needs urgent correction', HYPERCALCAEMIA),
];

const BLOOD: readonly Threshold[] = [
  row(['hemoglobin'], 'under', [{ bound: 12, ucum: 'g/dL' }], 1, 'below 12 g/dL, anaemia in women', WHO_HB, {
    sex: 'female',
    unless: ['pregnancy'],
  }),
  row(['hemoglobin'], 'under', [{ bound: 13, ucum: 'g/dL' }], 1, 'below 13 g/dL, anaemia in men', WHO_HB, { sex: 'male' }),
  row(['hemoglobin'], 'under', [{ bound: 8, ucum: 'g/dL' }], 3, 'below 8 g/dL, severe anaemia', WHO_HB, { unless: ['pregnancy'] }),
];

const HEART_AND_LIPIDS: readonly Threshold[] = [
  row(
    ['left ventricular ejection fraction', 'ejection fraction'],
    'at-most',
    percent(40),
    2,
    '40 % or less, reduced',
    'Universal definition of heart failure 2021, classification by ejection fraction',
  ),
  row(
    ['LDL cholesterol'],
    'at-least',
    mass(190, 4.9),
    1,
    '190 mg/dL or more, severe hypercholesterolaemia',
    'AHA/ACC cholesterol guideline 2018, section 4.2',
  ),
  row(
    ['triglycerides'],
    'over',
    mass(500, 5.6),
    1,
    'above 500 mg/dL, treated to prevent pancreatitis',
    'Endocrine Society, lipids in endocrine disorders, 2020, recommendation 2.1',
  ),
];

const WEIGHT: readonly Threshold[] = [
  row(['body mass index', 'BMI'], 'at-least', [{ bound: 40, ucum: 'kg/m2' }], 1, '40 or more, obesity class III', WHO_BMI, {
    unless: ['pregnancy'],
  }),
  row(['body mass index', 'BMI'], 'under', [{ bound: 18.5, ucum: 'kg/m2' }], 1, 'below 18.5, underweight', WHO_BMI),
  row(['BMI percentile'], 'at-least', percent(95), 1, '95th percentile or above, obesity', CDC_BMI, { ages: [2, 20] }),
  row(['BMI percentile'], 'under', percent(5), 1, 'below the 5th percentile, underweight', CDC_BMI, { ages: [2, 20] }),
];

const SCORES: readonly Threshold[] = [
  row(['PHQ-9'], 'at-least', score(10), 1, '10 or more, in the range of moderate depression', PHQ9),
  row(['PHQ-9'], 'at-least', score(15), 2, '15 or more, in the range of moderately severe depression', PHQ9),
  row(['PHQ-9'], 'at-least', score(20), 3, '20 or more, in the range of severe depression', PHQ9),
  row(['PHQ-2'], 'at-least', score(3), 1, '3 or more, a positive screen for depression', 'Kroenke, Med Care 2003;41:1284'),
  row(['GAD-7'], 'at-least', score(10), 1, '10 or more, in the range of moderate anxiety', GAD7),
  row(['GAD-7'], 'at-least', score(15), 2, '15 or more, in the range of severe anxiety', GAD7),
  row(
    ['AUDIT-C'],
    'at-least',
    score(4),
    1,
    '4 or more, a positive screen for hazardous drinking in men',
    'Bush, Arch Intern Med 1998;158:1789',
    { sex: 'male' },
  ),
  row(
    ['AUDIT-C'],
    'at-least',
    score(3),
    1,
    '3 or more, a positive screen for hazardous drinking in women',
    'Bradley, Arch Intern Med 2003;163:821',
    { sex: 'female' },
  ),
  row(
    ['DAST-10'],
    'at-least',
    score(3),
    1,
    '3 or more, a moderate level of problems with drugs',
    'Skinner, Addict Behav 1982;7:363; scoring guide of the DAST-10',
  ),
];

export const THRESHOLDS: readonly Threshold[] = [
  ...BLOOD_PRESSURE,
  ...ACUTE,
  ...KIDNEYS,
  ...SUGAR,
  ...ELECTROLYTES,
  ...BLOOD,
  ...HEART_AND_LIPIDS,
  ...WEIGHT,
  ...SCORES,
];
