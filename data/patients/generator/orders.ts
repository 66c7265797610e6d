import type { CodeableConcept, Dosage as FhirDosage, MedicationRequest, TimingRepeat } from '@medplum/fhirtypes';
import { type Day, plus } from './calendar.ts';
import { type StaffId, staffReference } from './clinic.ts';
import { profile } from './person.ts';
import { type Drug, RXNORM, SNOMED, UCUM } from './tables.ts';

/** How a drug is taken. */
export interface Dosage {
  /** Units each time: tablets, puffs; or the dose itself where it is measured (insulin units, mL). 1 where not given. */
  readonly amount?: number;
  /** How often; once where not given. */
  readonly times?: number;
  readonly per?:
    | 'day'
    | 'week'
    | 'month'
    | { readonly minutes: number }
    | { readonly hours: number }
    | { readonly days: number }
    | { readonly months: number };
  readonly when?: 'morning' | 'evening' | 'bedtime' | 'meals';
  /** Only for this: "wheezing". */
  readonly asNeeded?: string;
  /** A course of so many days. */
  readonly days?: number;
  /** All of a day's dose, given by a pump. */
  readonly pump?: boolean;
  /** Further words: "Rinse the mouth after use". */
  readonly note?: string;
}

const ROUTES: Readonly<Record<string, readonly [words: string, code?: string, display?: string]>> = {
  oral: ['by mouth', '26643006', 'Oral route'],
  inhaled: ['by inhalation', '447694001', 'Respiratory tract route (qualifier value)'],
  subcutaneous: ['under the skin', '34206005', 'Subcutaneous route (qualifier value)'],
  intravenous: ['intravenously', '47625008', 'Intravenous route (qualifier value)'],
  intramuscular: ['into the muscle', '78421000', 'Intramuscular route (qualifier value)'],
  sublingual: ['under the tongue'],
  nasal: ['into the nose', '46713006', 'Nasal route (qualifier value)'],
  topical: ['on the skin'],
  transdermal: ['on the skin'],
  ophthalmic: ['into the eye', '54485002', 'Ophthalmic route'],
  intrauterine: ['into the uterus'],
};
const WHEN = {
  morning: ['MORN', 'in the morning'],
  evening: ['EVE', 'in the evening'],
  bedtime: ['HS', 'at bedtime'],
  meals: ['C', 'with meals'],
} as const;
const UNIT_WORDS: Readonly<Record<string, string>> = { '[iU]': 'units', ug: 'mcg', '[drp]': 'drop', meq: 'mEq' };
/** As people write a unit; UCUM has its own code for it. */
export const unitWords = (ucum: string): string => UNIT_WORDS[ucum] ?? ucum;

const number = (value: number): string => (value >= 1000 ? value.toLocaleString('en-US') : String(Number(value.toFixed(4))));
const ONCE = ['', 'once', 'twice', 'three times', 'four times', 'five times', 'six times'];

/** The dose taken each time, in the drug's own unit. */
export const doseOf = (drug: Drug, dosage: Dosage): number => (drug.strength ?? 1) * (dosage.amount ?? 1);

type Per = NonNullable<Dosage['per']>;
/** Units of time: their code in FHIR, and how many days so many of them are. */
const PERIODS = {
  minutes: { code: 'min', days: (count: number) => count / 1440 },
  hours: { code: 'h', days: (count: number) => count / 24 },
  days: { code: 'd', days: (count: number) => count },
  weeks: { code: 'wk', days: (count: number) => count * 7 },
  months: { code: 'mo', days: (count: number) => count * 30 },
} as const;
type Period = readonly [unit: keyof typeof PERIODS, count: number];
const NAMED: Readonly<Record<Extract<Per, string>, Period>> = { day: ['days', 1], week: ['weeks', 1], month: ['months', 1] };
const periodOf = (per: Per): Period => (typeof per === 'string' ? NAMED[per] : (Object.entries(per)[0] as unknown as Period));

/** Mean dose a day, in the drug's own unit; what is taken as needed counts as nothing. */
export function dailyDose(drug: Drug, dosage: Dosage): number {
  if (dosage.asNeeded !== undefined) return 0;
  const { per = 'day', times = 1 } = dosage;
  const [unit, count] = periodOf(per);
  return (doseOf(drug, dosage) * times) / PERIODS[unit].days(count);
}

const PART = /([A-Za-z][A-Za-z ,-]*?) (\d+(?:\.\d+)?) (MG|UNT)(\/ACTUAT)?(?=$|[ )])/g;
const FIRST_WORD = /^[a-z]+/i;
/**
 * Strengths of a combination as they are written, in the order of its name: "24/26 mg", "1250 mg/200 units", "160/4.5 mcg" a puff. Parts of one
 * ingredient (nitrofurantoin) are one strength.
 */
function strengths(drug: Drug): string | undefined {
  if (drug.strength === undefined || !drug.product.includes(' / ') || drug.product.startsWith('{')) return undefined;
  const named = drug.ingredient.split('/');
  const parts = [...drug.product.replace(/^\d+ ACTUAT /, '').matchAll(PART)].map(([, name, amount, unit, puff]) => ({
    at: named.indexOf(named.find((one) => FIRST_WORD.exec(one)![0] === FIRST_WORD.exec(name!)![0]) ?? ''),
    amount: puff ? Number((Number(amount) * 1000).toFixed(4)) : Number(amount),
    unit: puff ? 'mcg' : unit === 'MG' ? 'mg' : 'units',
  }));
  if (parts.length < 2 || named.length === 1) return undefined;
  if (parts.every(({ at }) => at >= 0)) parts.sort((a, b) => a.at - b.at);
  const one = new Set(parts.map(({ unit }) => unit)).size === 1;
  return one
    ? `${parts.map(({ amount }) => amount).join('/')} ${parts[0]!.unit}`
    : parts.map(({ amount, unit }) => `${amount} ${unit}`).join('/');
}
const counted = (drug: Drug, amount: number): string => `${number(amount)} ${drug.form}${amount === 1 ? '' : 's'}`;

/** Routes without which a dose would be read as another: a gel's grams, what goes into a vein. */
const TOLD_ROUTES: ReadonlySet<string> = new Set(['topical', 'intravenous', 'intramuscular', 'ophthalmic', 'nasal', 'sublingual']);

/** "1,000 mg twice daily with meals"; a combination is counted: "24/26 mg, 1 tablet twice daily". */
export function regimen(drug: Drug, dosage: Dosage): string {
  const combined = strengths(drug);
  if (drug.route === 'intrauterine' && typeof dosage.per === 'object' && 'months' in dosage.per)
    return `${number(doseOf(drug, dosage))} ${unitWords(drug.ucum)} intrauterine device, for up to ${dosage.per.months / 12} years`;
  const dose = combined ? `${combined}, ${counted(drug, dosage.amount ?? 1)}` : `${number(doseOf(drug, dosage))} ${unitWords(drug.ucum)}`;
  return [dose, TOLD_ROUTES.has(drug.route) && ROUTES[drug.route]?.[0], frequency(dosage)].filter(Boolean).join(' ');
}

/** Only when needed, with no words on how often. */
const unscheduled = ({ times, per, asNeeded }: Dosage): boolean => asNeeded !== undefined && times === undefined && per === undefined;

/** "twice daily", "once a week", "every hour", "every 6 hours", "every 8 years" */
function often(per: Per, times: number): string {
  if (typeof per === 'string') return `${ONCE[times]} ${per === 'day' ? 'daily' : `a ${per}`}`;
  const [unit, count] = periodOf(per);
  const [word, n] = unit === 'months' && count % 12 === 0 ? ['year', count / 12] : [unit.slice(0, -1), count];
  return n === 1 ? `every ${word}` : `every ${n} ${word}s`;
}

/** One dose and no more: a loading dose, a shot. */
export const isSingleDose = ({ times = 1, per = 'day', asNeeded, days }: Dosage): boolean =>
  per === 'day' && times === 1 && days === 1 && asNeeded === undefined;

function frequency(dosage: Dosage): string {
  const { times = 1, per = 'day', when, asNeeded, days } = dosage;
  if (dosage.pump) return 'a day by pump';
  if (isSingleDose(dosage)) return ['once', when && WHEN[when][1]].filter(Boolean).join(' ');
  const rhythm = unscheduled(dosage) ? undefined : often(per, times);
  return [rhythm, when && WHEN[when][1], asNeeded && `as needed for ${asNeeded}`, days && `for ${days} days`].filter(Boolean).join(' ');
}

function repeat(dosage: Dosage, bounds: { start: Day; end?: Day | undefined }): TimingRepeat {
  const { times = 1, per = 'day', when } = dosage;
  const boundsPeriod = { start: bounds.start, ...(bounds.end ? { end: bounds.end } : {}) };
  if (unscheduled(dosage) || dosage.pump) return { boundsPeriod };
  const [unit, period] = periodOf(per);
  return {
    boundsPeriod,
    ...(isSingleDose(dosage) ? { count: 1 } : { frequency: times, period, periodUnit: PERIODS[unit].code }),
    ...(when ? { when: [WHEN[when][0]] } : {}),
  };
}

export function dosageInstruction(drug: Drug, dosage: Dosage, bounds: { start: Day; end?: Day | undefined }): FhirDosage {
  const [words, code, display] = ROUTES[drug.route] ?? [drug.route];
  const dose = doseOf(drug, dosage);
  const amount = dosage.amount ?? 1;
  const combined = strengths(drug) !== undefined;
  const measured = `${number(dose)} ${unitWords(drug.ucum)}`;
  const what = drug.strength === undefined ? measured : combined ? counted(drug, amount) : `${counted(drug, amount)} (${measured})`;
  return {
    text: `${what} ${words} ${frequency(dosage)}${dosage.note ? `. ${dosage.note}` : ''}`,
    timing: { repeat: repeat(dosage, bounds) },
    ...(dosage.asNeeded ? { asNeededCodeableConcept: { text: dosage.asNeeded } } : {}),
    route: { ...(code ? { coding: [{ system: SNOMED, code, display: display! }] } : {}), text: drug.route },
    doseAndRate: [
      {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/dose-rate-type', code: 'ordered', display: 'Ordered' }] },
        ...(dosage.pump
          ? {
              rateRatio: {
                numerator: { value: dose, unit: unitWords(drug.ucum), system: UCUM, code: drug.ucum },
                denominator: { value: 1, unit: 'day', system: UCUM, code: 'd' },
              },
            }
          : {
              doseQuantity: combined
                ? { value: amount, unit: drug.form, system: UCUM, code: `{${drug.form}}` }
                : { value: Number(dose.toFixed(4)), unit: unitWords(drug.ucum), system: UCUM, code: drug.ucum },
            }),
      },
    ],
  };
}

export const drugConcept = (drug: Drug): CodeableConcept => ({
  coding: [{ system: RXNORM, code: drug.rxcui, display: drug.product }],
  text: drug.product,
});

export interface OrderDetails {
  readonly id: string;
  readonly patient: string;
  readonly drug: Drug;
  readonly dosage: Dosage;
  readonly start: Day;
  readonly prescriber: StaffId;
  readonly encounter?: string | undefined;
  /** Problems that it is for. */
  readonly reasons: readonly string[];
  readonly because?: string | undefined;
  readonly prior?: string | undefined;
  readonly setting?: 'outpatient' | 'inpatient' | 'discharge';
  /** Days it is supplied for at a time. */
  readonly supply?: number;
  readonly refills?: number;
}

const CATEGORIES = { outpatient: 'Outpatient', inpatient: 'Inpatient', discharge: 'Discharge' } as const;

/** An active order; `endOrder` ends it. */
export function medicationRequest(details: OrderDetails): MedicationRequest {
  const { drug, dosage, start, setting = 'outpatient' } = details;
  return {
    resourceType: 'MedicationRequest',
    id: details.id,
    meta: profile('medicationrequest'),
    status: 'active',
    intent: 'order',
    category: [
      {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/medicationrequest-category', code: setting, display: CATEGORIES[setting] },
        ],
      },
    ],
    reportedBoolean: false,
    medicationCodeableConcept: drugConcept(drug),
    subject: { reference: `Patient/${details.patient}` },
    ...(details.encounter ? { encounter: { reference: details.encounter } } : {}),
    authoredOn: start,
    requester: staffReference(details.prescriber),
    ...(details.reasons.length > 0
      ? { reasonReference: details.reasons.map((reference) => ({ reference })) }
      : details.because
        ? { reasonCode: [{ text: details.because }] }
        : {}),
    ...(details.prior ? { priorPrescription: { reference: details.prior } } : {}),
    dosageInstruction: [
      dosageInstruction(drug, dosage, { start, end: dosage.days === undefined ? undefined : plus(start, { days: dosage.days - 1 }) }),
    ],
    ...(details.supply === undefined && details.refills === undefined
      ? {}
      : {
          dispenseRequest: {
            ...(details.refills === undefined ? {} : { numberOfRepeatsAllowed: details.refills }),
            ...(details.supply === undefined
              ? {}
              : { expectedSupplyDuration: { value: details.supply, unit: 'days', system: UCUM, code: 'd' } }),
          },
        }),
  };
}

/** Ends an order on a day, for a reason. */
export function endOrder(request: MedicationRequest, day: Day, status: 'stopped' | 'completed', reason?: string): void {
  request.status = status;
  if (reason) request.statusReason = { text: reason };
  const bounds = request.dosageInstruction?.[0]?.timing?.repeat?.boundsPeriod;
  if (bounds) bounds.end = day < (bounds.start ?? day) ? bounds.start! : day;
}
