import { describe, expect, it } from 'vitest';
import { drugProduct, ingredientsOf } from './drug-names.ts';

const read = (display: string): string[] =>
  ingredientsOf(display).map(({ concept, strength }) => {
    const amount = strength ? ` ${strength.value} ${strength.unit}${strength.per ? `/${strength.per}` : ''}` : '';
    return `${concept.slice('drug/'.length)}${amount}`;
  });

describe('ingredients of a product', () => {
  it.each([
    ['Acetaminophen 325 MG / Oxycodone 10 MG Oral Tablet [Percocet]', ['acetaminophen 325 mg', 'oxycodone 10 mg']],
    ['24 HR metoprolol succinate 100 MG Extended Release Oral Tablet [Toprol]', ['metoprolol 100 mg']],
    ['Simvistatin 10 MG', ['simvastatin 10 mg']],
    ['Lasix 40mg', ['furosemide 40 mg']],
    ['Trinessa 28 Day Pack', ['ethinyl-estradiol', 'norgestimate']],
    ['insulin glargine 100 UNT/ML', ['insulin-glargine 100 units/mL']],
    ['NDA020800 0.3 ML Epinephrine 1 MG/ML Auto-Injector', ['epinephrine 1 mg/mL']],
    ['10 ML Furosemide 10 MG/ML Injection', ['furosemide 10 mg/mL']],
    ['Insulin, Aspart, Human 100 UNT/ML Injectable Solution [NovoLog]', ['insulin-aspart 100 units/mL']],
    ['Diazepam [Valium]', ['diazepam']],
    ['Carbamazepine[Tegretol]', ['carbamazepine']],
    ['Amoxicillin 400 mg/5 mL suspension', ['amoxicillin 400 mg/5 mL']],
    ['120 ACTUAT Fluticasone propionate 0.044 MG/ACTUAT Metered Dose Inhaler', ['fluticasone 0.044 mg/actuation']],
    ['500 mg of metformin', ['metformin 500 mg']],
    ['Mirena 52 MG Intrauterine System', ['levonorgestrel 52 mg']],
    ['Camila 28 Day Pack', ['norethindrone']],
    ['Vitamin B 12 5 MG/ML Injectable Solution', ['vitamin-b12 5 mg/mL']],
    ['aspirin EC 81 mg', ['aspirin 81 mg']],
    ['hydrocortisone 1 % topical cream', ['hydrocortisone 1 %']],
    ['heparin 5,000 units/mL injection', ['heparin 5000 units/mL']],
    ['lisinopril 20 mg-hydrochlorothiazide 12.5 mg tablet', ['lisinopril 20 mg', 'hydrochlorothiazide 12.5 mg']],
    ['amoxicillin-clavulanate 875-125 mg tablet', ['amoxicillin 875 mg', 'clavulanate 125 mg']],
    ['hydrocodone/APAP 5/325 mg', ['hydrocodone 5 mg', 'acetaminophen 325 mg']],
    ['nitrofurantoin, macrocrystals 25 MG / nitrofurantoin, monohydrate 75 MG Oral Capsule', ['nitrofurantoin 100 mg']],
  ])('%s', (display, expected) => expect(read(display)).toEqual(expected));

  it('takes no foreign brand for a drug of a similar name', () => {
    expect(read('Clenilo 100 micrograms inhaler')).toEqual([]);
    expect(read('Clenil Modulite 100micrograms/dose inhaler')[0]).toMatch(/^beclomethasone/);
    expect(read('Simvistatin 10 MG')).toEqual(['simvastatin 10 mg']);
  });

  it('states no strength that the name does not tie to an ingredient', () => {
    expect(read('Percocet 5/325')).toEqual(['acetaminophen', 'oxycodone']);
    expect(read('NuvaRing 0.12/0.015 MG per 24HR 21 Day Vaginal Ring')).toEqual(['ethinyl-estradiol', 'etonogestrel']);
    expect(read('metformin')).toEqual(['metformin']);
  });

  it('knows the combination besides its parts', () => {
    expect(drugProduct('Percocet').concepts).toEqual(['drug/acetaminophen+oxycodone', 'drug/acetaminophen', 'drug/oxycodone']);
    expect(drugProduct('Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet').concepts[0]).toBe('drug/amoxicillin+clavulanate');
  });

  it('finds nothing in what names no drug', () => {
    for (const text of ['wheelchair', 'dressing change', 'take with food', '', '500 mg']) expect(ingredientsOf(text)).toEqual([]);
  });
});
