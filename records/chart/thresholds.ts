import type { ConceptKind, Terminology } from '../../language/contract.ts';
import { wholeYears } from '../../language/dates.ts';
import { convert, sameUnit } from '../../language/units.ts';
import type { Chart, Fact } from '../contract.ts';

/**
 * General medical knowledge that ranking may use, each line with its source. It decides what is shown first and is always named with its
 * source; it never becomes a statement about the patient. Adults only, unless `anyAge`.
 */
export interface Threshold {
  /** Names by which the terminology finds the measured concept. */
  readonly measure: readonly string[];
  readonly side: 'above' | 'below';
  /** Reached by a value at or beyond it. */
  readonly bound: number;
  readonly ucum?: string;
  readonly sex?: 'female' | 'male';
  readonly anyAge?: boolean;
  /** 1 needs attention, 2 soon, 3 now. */
  readonly level: 1 | 2 | 3;
  /** What the source calls it. */
  readonly meaning: string;
  readonly source: string;
}

const ESH = 'International Society of Hypertension 2020';
const NEWS2 = 'Royal College of Physicians, NEWS2, 2017';
const KDIGO = 'KDIGO 2024';
const UKKA = 'UK Kidney Association, hyperkalaemia, 2023';
const WHO_HB = 'WHO haemoglobin cutoffs, 2024';
const ADA = 'ADA Standards of Care 2025';
const WHO_BMI = 'WHO adult BMI classification';
const ACC = 'ACC/AHA high blood pressure guideline 2017';

export const THRESHOLDS: readonly Threshold[] = [
  { measure: ['eGFR'], side: 'below', bound: 59.999, ucum: 'mL/min/{1.73_m2}', level: 1, meaning: 'below 60, decreased', source: KDIGO },
  {
    measure: ['eGFR'],
    side: 'below',
    bound: 29.999,
    ucum: 'mL/min/{1.73_m2}',
    level: 2,
    meaning: 'below 30, severely decreased',
    source: KDIGO,
  },
  {
    measure: ['eGFR'],
    side: 'below',
    bound: 14.999,
    ucum: 'mL/min/{1.73_m2}',
    level: 3,
    meaning: 'below 15, kidney failure range',
    source: KDIGO,
  },
  {
    measure: ['systolic blood pressure'],
    side: 'above',
    bound: 140,
    ucum: 'mm[Hg]',
    level: 1,
    meaning: '140 or more, hypertension range',
    source: ESH,
  },
  {
    measure: ['diastolic blood pressure'],
    side: 'above',
    bound: 90,
    ucum: 'mm[Hg]',
    level: 1,
    meaning: '90 or more, hypertension range',
    source: ESH,
  },
  {
    measure: ['systolic blood pressure'],
    side: 'above',
    bound: 180,
    ucum: 'mm[Hg]',
    level: 3,
    meaning: '180 or more, severe',
    source: ACC,
  },
  {
    measure: ['diastolic blood pressure'],
    side: 'above',
    bound: 120,
    ucum: 'mm[Hg]',
    level: 3,
    meaning: '120 or more, severe',
    source: ACC,
  },
  { measure: ['systolic blood pressure'], side: 'below', bound: 90, ucum: 'mm[Hg]', level: 3, meaning: '90 or less', source: NEWS2 },
  {
    measure: ['hemoglobin A1c'],
    side: 'above',
    bound: 6.5,
    ucum: '%',
    anyAge: true,
    level: 1,
    meaning: '6.5 % or more, diabetes range',
    source: ADA,
  },
  {
    measure: ['hemoglobin A1c'],
    side: 'above',
    bound: 9.001,
    ucum: '%',
    anyAge: true,
    level: 2,
    meaning: 'above 9 %, poor control',
    source: 'NCQA HEDIS, Glycemic Status Assessment >9 %',
  },
  {
    measure: ['glucose'],
    side: 'below',
    bound: 69.999,
    ucum: 'mg/dL',
    anyAge: true,
    level: 2,
    meaning: 'below 70, level 1 hypoglycemia',
    source: ADA,
  },
  {
    measure: ['glucose'],
    side: 'below',
    bound: 53.999,
    ucum: 'mg/dL',
    anyAge: true,
    level: 3,
    meaning: 'below 54, level 2 hypoglycemia',
    source: ADA,
  },
  { measure: ['potassium'], side: 'above', bound: 5.5, ucum: 'mmol/L', level: 2, meaning: '5.5 or more, hyperkalaemia', source: UKKA },
  {
    measure: ['potassium'],
    side: 'above',
    bound: 6.5,
    ucum: 'mmol/L',
    level: 3,
    meaning: '6.5 or more, severe hyperkalaemia',
    source: UKKA,
  },
  {
    measure: ['sodium'],
    side: 'below',
    bound: 129.999,
    ucum: 'mmol/L',
    level: 2,
    meaning: 'below 130, moderate hyponatraemia',
    source: 'European hyponatraemia guideline 2014 (ESICM, ESE, ERA-EDTA)',
  },
  {
    measure: ['sodium'],
    side: 'below',
    bound: 124.999,
    ucum: 'mmol/L',
    level: 3,
    meaning: 'below 125, profound hyponatraemia',
    source: 'European hyponatraemia guideline 2014 (ESICM, ESE, ERA-EDTA)',
  },
  {
    measure: ['hemoglobin'],
    side: 'below',
    bound: 11.999,
    ucum: 'g/dL',
    sex: 'female',
    level: 1,
    meaning: 'below 12, anaemia in women',
    source: WHO_HB,
  },
  {
    measure: ['hemoglobin'],
    side: 'below',
    bound: 12.999,
    ucum: 'g/dL',
    sex: 'male',
    level: 1,
    meaning: 'below 13, anaemia in men',
    source: WHO_HB,
  },
  { measure: ['hemoglobin'], side: 'below', bound: 7.999, ucum: 'g/dL', level: 3, meaning: 'below 8, severe anaemia', source: WHO_HB },
  { measure: ['oxygen saturation'], side: 'below', bound: 91, ucum: '%', level: 3, meaning: '91 % or less', source: NEWS2 },
  { measure: ['heart rate'], side: 'above', bound: 131, ucum: '/min', level: 3, meaning: '131 or more', source: NEWS2 },
  { measure: ['heart rate'], side: 'below', bound: 40, ucum: '/min', level: 3, meaning: '40 or less', source: NEWS2 },
  { measure: ['respiratory rate'], side: 'above', bound: 25, ucum: '/min', level: 3, meaning: '25 or more', source: NEWS2 },
  { measure: ['body temperature'], side: 'above', bound: 39.1, ucum: 'Cel', level: 2, meaning: '39.1 °C or more', source: NEWS2 },
  { measure: ['body temperature'], side: 'below', bound: 35, ucum: 'Cel', level: 3, meaning: '35.0 °C or less', source: NEWS2 },
  {
    measure: ['body mass index', 'BMI'],
    side: 'above',
    bound: 40,
    ucum: 'kg/m2',
    level: 1,
    meaning: '40 or more, obesity class III',
    source: WHO_BMI,
  },
  {
    measure: ['body mass index', 'BMI'],
    side: 'below',
    bound: 18.499,
    ucum: 'kg/m2',
    level: 1,
    meaning: 'below 18.5, underweight',
    source: WHO_BMI,
  },
  {
    measure: ['LDL cholesterol'],
    side: 'above',
    bound: 190,
    ucum: 'mg/dL',
    level: 1,
    meaning: '190 or more, severe hypercholesterolaemia',
    source: 'ACC/AHA cholesterol guideline 2018',
  },
  {
    measure: ['left ventricular ejection fraction', 'ejection fraction'],
    side: 'below',
    bound: 40,
    ucum: '%',
    level: 2,
    meaning: '40 % or less, reduced',
    source: 'Universal definition of heart failure, 2021',
  },
  {
    measure: ['PHQ-9'],
    side: 'above',
    bound: 10,
    level: 1,
    meaning: '10 or more, moderate depression',
    source: 'Kroenke, J Gen Intern Med 2001;16:606',
  },
  {
    measure: ['PHQ-9'],
    side: 'above',
    bound: 20,
    level: 3,
    meaning: '20 or more, severe depression',
    source: 'Kroenke, J Gen Intern Med 2001;16:606',
  },
  {
    measure: ['GAD-7'],
    side: 'above',
    bound: 10,
    level: 1,
    meaning: '10 or more, moderate anxiety',
    source: 'Spitzer, Arch Intern Med 2006;166:1092',
  },
];

export const ADULT_YEARS = 18;

const namedConcepts = new WeakMap<Terminology, Map<string, readonly string[]>>();

/** Concept ids of names, as far as the terminology has them. */
export function conceptsNamed(terminology: Terminology, names: readonly string[], kinds: readonly ConceptKind[]): readonly string[] {
  const known = namedConcepts.get(terminology) ?? new Map<string, readonly string[]>();
  namedConcepts.set(terminology, known);
  const key = `${kinds.join()}|${names.join('|')}`;
  let ids = known.get(key);
  if (!ids) {
    ids = [
      ...new Set(
        names.flatMap((name) =>
          terminology
            .byName(name)
            .filter((concept) => kinds.includes(concept.kind))
            .map((concept) => concept.id),
        ),
      ),
    ];
    known.set(key, ids);
  }
  return ids;
}

/** The thresholds that a fact's value reaches, the gravest first. A value without a unit that fits reaches none. */
export function reached(fact: Fact, chart: Chart): readonly Threshold[] {
  const value = fact.value;
  if (value?.type !== 'quantity' || fact.status === 'cancelled') return [];
  const years = chart.patient.birthDate && fact.date ? wholeYears(chart.patient.birthDate, fact.date) : undefined;
  const adult = years !== undefined && years >= ADULT_YEARS;
  // A value that is shown rounded is judged as shown.
  const measured = Number.isFinite(Number(value.text)) ? Number(value.text) : value.value;
  return THRESHOLDS.filter((threshold) => {
    if (!adult && !threshold.anyAge) return false;
    if (threshold.sex && threshold.sex !== chart.patient.gender) return false;
    let amount: number | undefined = measured;
    if (threshold.ucum) {
      if (!value.ucum) return false;
      amount = sameUnit(value.ucum, threshold.ucum) ? measured : convert(measured, value.ucum, threshold.ucum);
    } else if (value.unit) return false;
    if (amount === undefined) return false;
    if (
      threshold.side === 'above'
        ? amount < threshold.bound || value.comparator?.startsWith('<')
        : amount > threshold.bound || value.comparator?.startsWith('>')
    )
      return false;
    const ids = conceptsNamed(chart.terminology, threshold.measure, ['observation']);
    return ids.some((id) => fact.concepts.some((own) => own === id || chart.terminology.isA(own, id)));
  }).sort((a, b) => b.level - a.level);
}
