/** Questions that the invented patients brought up: what an answer must say and must not say. */
import { describe, expect, test } from 'vitest';
import { generate } from '../data/patients/generate.ts';
import { baseTerminology } from '../language/terminology.ts';
import { buildChart } from '../records/chart/chart.ts';
import type { Chart, FhirResource } from '../records/contract.ts';
import { answered } from './foreign-records.fixture.ts';

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
  { persona: 'noor-karimi', question: 'any allergies?', says: /No allerg(?:y|ies) (?:is|are) recorded/ },
];

describe('the invented patients', () => {
  test.each(ROWS)('$persona: $question', async ({ persona, question, says, never }) => {
    const told = await answered(question, chartOf(persona));
    expect(told).toMatch(says);
    if (never) expect(told).not.toMatch(never);
  });
});
