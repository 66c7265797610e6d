/** Questions that the invented patients brought up: what an answer must say and must not say. */
import { describe, expect, test } from 'vitest';
import { generate } from '../data/patients/generate.ts';
import { baseTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import type { Chart, FhirResource } from '../records/contract.ts';
import { answered, answeredLast } from './foreign-records.fixture.ts';

const asOf = '2026-11-21';
const charts = new Map<string, Chart>();
function chartOf(persona: string): Chart {
  const known = charts.get(persona);
  if (known) return known;
  const [bundle] = [...generate({ seed: 1, asOf, persona })];
  const resources = bundle!.entry!.map(({ resource }) => resource as FhirResource);
  const chart = buildChart(resources, { patientId: persona, asOf: `${asOf}T15:00:00Z`, terminology: baseTerminology() });
  charts.set(persona, chart);
  return chart;
}

const ROWS: readonly { readonly persona: string; readonly question: string; readonly says: RegExp; readonly never?: RegExp }[] = [
  { persona: 'rosa-delgado', question: 'has she ever had an allergic reaction?', says: /sulfamethoxazole/, never: /No allerg/ },
  { persona: 'rosa-delgado', question: 'any skin rash in the past?', says: /sulfamethoxazole.*reaction rash/, never: /No rash/ },
  { persona: 'rosa-delgado', question: 'all-time high for Na', says: /highest sodium/, never: /hypernatremia/ },
  { persona: 'rosa-delgado', question: 'latest vitamine D level', says: /vitamin D level is \d+ ng\/mL/, never: /vitamin E/ },
  { persona: 'rosa-delgado', question: 'top number BP: lowest and highest?', says: /Systolic/, never: /Diastolic/ },
  { persona: 'linh-nguyen', question: 'what was her first time in range?', says: /[Tt]ime in range .*\d+ ?%/, never: /Progress note/ },
  { persona: 'keisha-baptiste', question: 'when were the red blood cells last counted?', says: /^(?!.*antibody screen).*$/s },
  { persona: 'noor-karimi', question: 'what is their latest blood pressure?', says: /No blood pressure is recorded/ },
  { persona: 'hana-takahashi', question: 'what is her O2 saturation', says: /No oxygen saturation is recorded/, never: /[Ii]ron/ },
  { persona: 'hana-takahashi', question: 'pulse variability?', says: /^clarify/ },
  { persona: 'hana-takahashi', question: 'was a DEXA performed?', says: /Bone density scan/, never: /T-score/ },
  { persona: 'hana-takahashi', question: 'T-scores', says: /hip T-score.*lumbar spine T-score/s, never: /density T-score/ },
  { persona: 'hana-takahashi', question: 'potassium, chloride', says: /potassium is .*chloride is /s, never: /not? recorded/ },
  {
    persona: 'yusuf-demir',
    question: 'newest potassium and does he still take metformin',
    says: /potassium is [\d.]+ mmol.*Metformin/s,
    never: /note/,
  },
  { persona: 'ruth-feldman', question: 'newest PHQ-9', says: /PHQ-9 score is 4/, never: /depressed|sleep/ },
  {
    persona: 'ruth-feldman',
    question: 'what does she take for reflux?',
    says: /Omeprazole.*No gastroesophageal reflux disease is recorded/s,
  },
  { persona: 'amina-warsame', question: 'any burns?', says: /No burn is recorded/, never: /urine/ },
  { persona: 'amina-warsame', question: 'is the 2nd degree burn healed', says: /No second degree burn is recorded/, never: /urine/ },
  { persona: 'zaid-alhassan', question: 'epilepsy?', says: /No epilepsy is recorded/, never: /note/ },
  { persona: 'zaid-alhassan', question: 'allergy to peanuts?', says: /Allergy to peanut/ },
  { persona: 'zaid-alhassan', question: 'peanut allergy since when', says: /Allergy to peanut.*Peanut allergy is active/s },
  { persona: 'zaid-alhassan', question: 'the last IgE for peanut', says: /peanut IgE is 30\.7/ },
  { persona: 'thabo-dlamini', question: 'HLA-B*57:01 status', says: /HLA-B\*57:01 genotype.*positive/, never: /abacavir/ },
  { persona: 'thabo-dlamini', question: 'did the RPR titers go down', says: /RPR titer is falling/ },
  { persona: 'manuel-ortega', question: 'onset of his gastroesophagel reflux', says: /active since 09-Jun-2026/, never: /without/ },
  { persona: 'shanice-torres', question: 'did she get hep A?', says: /No hepatitis A vaccine is recorded/, never: /Hepatitis B/ },
  { persona: 'shanice-torres', question: 'any hepatitis vaccine?', says: /Hepatitis B vaccine was given/, never: /hepatitis A/ },
  { persona: 'shanice-torres', question: 'hepatitis B vaccine?', says: /Hepatitis B vaccine was given/ },
  { persona: 'ruth-feldman', question: 'did she ever have a pro-BNP over 1900', says: /Yes: 1 NT-proBNP result is above 1900/ },
  { persona: 'ruth-feldman', question: 'how did her weight change over 2024', says: /Body weight fell .*2024.*2024/ },
  { persona: 'shanice-torres', question: 'high blood pressure since when', says: /^answered \| Essential hypertension is active since/ },
  { persona: 'walter-kowalczyk', question: 'newest glucos', says: /glucose is 96/ },
  { persona: 'rosa-delgado', question: 'has she had a hospital stay', says: /Hospital stay from 21-Oct-2024/, never: /appointment/ },
  { persona: 'rosa-delgado', question: 'ever had strep', says: /^not-recorded/ },
  { persona: 'vikram-sethi', question: 'iron tablets strength', says: /[Ff]errous sulfate 325 mg/, never: /sucrose/ },
  { persona: 'noor-karimi', question: 'any allergies?', says: /No allerg(?:y|ies) (?:is|are) recorded/ },
];

describe('the invented patients', () => {
  test.each(ROWS)('$persona: $question', async ({ persona, question, says, never }) => {
    const told = await answered(question, chartOf(persona));
    expect(told).toMatch(says);
    if (never) expect(told).not.toMatch(never);
  });

  test('how long, asked on of a drug, is not the size of what was measured that day', async () => {
    const told = await answeredLast(['is he on amlodipine?', 'how long already?'], chartOf('walter-kowalczyk'));
    expect(told).toMatch(/Amlodipine.*21-Nov-2016/);
    expect(told).not.toMatch(/Albumin/);
  });

  test('a mouth full of yeast is no virus', () => {
    const thrush = chartOf('walter-kowalczyk').facts.find(({ name }) => name === 'oral thrush');
    expect(thrush?.concepts).toContain('condition/candidiasis');
    expect(thrush?.concepts).not.toContain('condition/viral-infection');
  });
});
