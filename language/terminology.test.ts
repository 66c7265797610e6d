import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONCEPT_KINDS, type Concept } from './contract.ts';
import { codeFault, parseCodes, systemName } from './terminology/codes.ts';
import { fold, tokenize } from './terminology/fold.ts';
import { readConcepts } from './terminology/load.ts';
import { buildNames } from './terminology/names.ts';
import { baseTerminology, broaderOf, createTerminology, loadConcepts, localConcept } from './terminology.ts';

const concepts = loadConcepts();
const terms = baseTerminology();
const found = (text: string, fuzzy = false): string[] => terms.mentions(text, { fuzzy }).map((mention) => mention.concepts.join('|'));

describe('the tables', () => {
  it('have unique ids, known kinds and parents that exist', () => {
    const ids = new Set(concepts.map((concept) => concept.id));
    expect(ids.size).toBe(concepts.length);
    for (const concept of concepts) {
      expect(CONCEPT_KINDS).toContain(concept.kind);
      for (const parent of concept.parents) expect(ids.has(parent), `${concept.id} -> ${parent}`).toBe(true);
    }
  });

  it('are acyclic', () => {
    const byId = new Map(concepts.map((concept) => [concept.id, concept]));
    const state = new Map<string, 'open' | 'done'>();
    const visit = (id: string, path: readonly string[]): void => {
      if (state.get(id) === 'done') return;
      expect(state.get(id), [...path, id].join(' -> ')).not.toBe('open');
      state.set(id, 'open');
      for (const parent of byId.get(id)?.parents ?? []) visit(parent, [...path, id]);
      state.set(id, 'done');
    };
    for (const concept of concepts) visit(concept.id, []);
  });

  it('hold codes that can be right, check digits too', () => {
    const wrong = concepts.flatMap((concept) =>
      concept.codes.flatMap((code) => {
        const system = systemName(code.system);
        const fault = system ? codeFault(system, code.code) : 'unknown system';
        return fault ? [`${concept.id} ${code.code}: ${fault}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('give one name to two concepts of a kind only for brands sold with two ingredients and abbreviations used for both', () => {
    const kind = new Map(concepts.map((concept) => [concept.id, concept.kind]));
    const twice = [...buildNames(concepts).names].filter(([, senses]) => {
      const kinds = senses.map((sense) => kind.get(sense.id));
      return new Set(kinds).size < kinds.length;
    });
    expect(twice.map(([name]) => name)).toEqual(['wal som', 'pred']);
  });

  it('cover every kind', () => {
    const count = (kind: Concept['kind']) => concepts.filter((concept) => concept.kind === kind).length;
    expect(count('observation')).toBeGreaterThan(400);
    expect(count('condition')).toBeGreaterThan(800);
    expect(count('drug')).toBeGreaterThan(2500);
    expect(count('drug-class')).toBeGreaterThan(150);
    expect(count('procedure')).toBeGreaterThan(250);
    for (const kind of CONCEPT_KINDS) expect(count(kind)).toBeGreaterThan(20);
  });
});

describe('reading a table', () => {
  it('names file and line of a broken row', () => {
    expect(() => readConcepts('# head\nlab/x\tobservation\tx\t\t\n', 'a.tsv')).toThrow('a.tsv, line 2: 5 columns where 6 are expected');
    expect(() => readConcepts('lab/x\tlab\tx\t\t\t\n', 'a.tsv')).toThrow('a.tsv, line 1: unknown kind "lab"');
    expect(() => readConcepts('lab/x\tobservation\tx\t\tLOINC:12\t\n', 'a.tsv')).toThrow('a.tsv, line 1: LOINC:12: malformed');
    expect(() => readConcepts('Lab x\tobservation\tx\t\t\t\n', 'a.tsv')).toThrow('malformed id');
    expect(() => createTerminology([concepts[0]!, concepts[0]!])).toThrow('two concepts have the id');
  });

  it('lets a run of codes name its system once', () => {
    expect(parseCodes('SCT:44054006|73211009|ICD10:E11*').map((code) => code.code)).toEqual(['44054006', '73211009', 'E11*']);
  });
});

describe('folding', () => {
  it.each([
    ['anaemia', 'anemia'],
    ['haemoglobin', 'hemoglobin'],
    ['oedema', 'edema'],
    ['oesophagitis', 'esophagitis'],
    ['paediatric', 'pediatric'],
    ['tumours', 'tumor'],
    ['diarrhoea', 'diarrhea'],
    ['leukaemia', 'leukemia'],
    ['sulphate', 'sulfate'],
    ['immunisation', 'immunization'],
    ['caesarean', 'cesarean'],
    ['UTIs', 'UTI'],
    ["Crohn's", 'Crohn'],
    ['biopsies', 'biopsy'],
    ['Ménière', 'Meniere'],
    ['fibre', 'fiber'],
  ])('%s = %s', (a, b) => expect(fold(a)).toBe(fold(b)));

  it('keeps words apart that only look alike', () => {
    for (const [a, b] of [
      ['does', 'dose'],
      ['shoe', 'she'],
      ['pus', 'pu'],
      ['gas', 'ga'],
      ['constructor', ''],
    ] as const)
      expect(fold(a)).not.toBe(fold(b));
  });

  it('finds every letter and digit of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const tokens = tokenize(text);
        for (const token of tokens) expect(text.slice(token.start, token.end)).toBe(token.raw);
        const outside = tokens.reduceRight((rest, token) => rest.slice(0, token.start) + rest.slice(token.end), text);
        expect(outside).not.toMatch(/[A-Za-z0-9]/);
      }),
    );
  });
});

describe('mentions', () => {
  it.each([
    ['What was her last HbA1c?', ['lab/hba1c']],
    ['hb a1c and hemoglobin', ['lab/hba1c', 'lab/hemoglobin']],
    ['glycated haemoglobin', ['lab/hba1c']],
    ['earliest time in range on record', ['lab/time-in-range']],
    ['GMI and mean sensor glucose', ['lab/glucose-management-indicator', 'lab/sensor-glucose']],
    ['kidney function', ['panel/kidney-function']],
    ['how are her kidneys?', ['panel/kidney-function']],
    ['BUN/creatinine ratio', ['lab/bun-creatinine-ratio']],
    ['BP', ['vital/blood-pressure']],
    ['systolic blood pressure', ['vital/systolic']],
    ['pulse ox', ['vital/spo2']],
    ['his LFTs', ['panel/liver-function']],
    ['last HIV test', ['lab/hiv-test']],
    ['TB blood test', ['lab/tb-blood-test']],
    ['bad cholesterol', ['lab/ldl']],
    ['sed rate', ['lab/esr']],
    ['type 2 diabetes', ['condition/type-2-diabetes']],
    ['diabetes type 2', ['condition/type-2-diabetes']],
    ['diabetes mellitus, type II', ['condition/type-2-diabetes']],
    ['T2DM', ['condition/type-2-diabetes']],
    ['t2dm, htn and ckd stage 3', ['condition/type-2-diabetes', 'condition/hypertension', 'condition/chronic-kidney-disease-stage-3']],
    ['heart attack', ['condition/myocardial-infarction']],
    ['history of heart attack', ['condition/myocardial-infarction']],
    ['history of appendectomy', ['procedure/appendectomy']],
    ['fracture of the hip', ['condition/hip-fracture']],
    ['hip fracture', ['condition/hip-fracture']],
    ['broken hip', ['condition/hip-fracture']],
    ['strep throat', ['condition/streptococcal-sore-throat']],
    ['thin bones', ['condition/osteoporosis']],
    ['cancer of the breast', ['condition/breast-cancer']],
    ['any NSAIDs?', ['class/nsaid']],
    ['water pill', ['class/diuretic']],
    ['blood pressure medicine', ['class/antihypertensive']],
    ['beta-blockers', ['class/beta-blocker']],
    ['betablocker', ['class/beta-blocker']],
    ['Percocet', ['drug/acetaminophen+oxycodone']],
    ['lisinopril/HCTZ', ['drug/hydrochlorothiazide+lisinopril']],
    ['paracetamol', ['drug/acetaminophen']],
    ['salbutamol', ['drug/albuterol']],
    ['flu shot', ['vaccine/influenza']],
    ['Shingrix', ['vaccine/zoster-recombinant']],
    ['Zostavax', ['vaccine/zoster-live']],
    ['Gardasil', ['vaccine/gardasil']],
    ['Prevnar 20', ['vaccine/pcv-20']],
    ['tetanus booster', ['vaccine/tetanus']],
    ['C-section', ['procedure/cesarean-section']],
    ['EKG', ['procedure/electrocardiogram']],
    ['an xray', ['procedure/x-ray']],
    ['bypass surgery', ['procedure/coronary-artery-bypass-graft']],
    ['allergic to peanuts', ['section/allergies', 'allergen/peanut']],
    ['smoker', ['social/tobacco']],
    ['problem list', ['section/problems']],
    ['meds', ['section/medications']],
    ['ER visits', ['section/er-visits']],
  ])('%s', (text, expected) => {
    const ids = terms.mentions(text).map((mention) => mention.concepts[0]);
    expect(ids).toEqual(expected);
  });

  it('reads short names that are also English words only as they are written', () => {
    expect(found('MS')).toEqual(['condition/multiple-sclerosis']);
    expect(found('ms smith is here')).toEqual([]);
    expect(found('he was as well as it may be, or so I am told in all')).toEqual([]);
    expect(found('K and Na')).toEqual(['lab/potassium', 'lab/sodium']);
    expect(found('500 MG of it, 24 HR')).toEqual([]);
    expect(found('PLEASE TELL US IF HE HAS ALL OF IT AS WELL')).toEqual([]);
    expect(found('history of ALL')).toEqual(['condition/acute-lymphoblastic-leukemia']);
    expect(found('MI and RA')).toEqual(['condition/myocardial-infarction', 'condition/rheumatoid-arthritis']);
  });

  it('gives the meanings of an ambiguous name, the likelier first', () => {
    expect(found('potassium')).toEqual(['lab/potassium|drug/potassium']);
    expect(found('flu')).toEqual(['condition/influenza|vaccine/influenza']);
    expect(found('iron')[0]?.split('|')).toEqual(expect.arrayContaining(['lab/iron', 'class/iron-supplement']));
  });

  it.each([
    ['hemaglobin a1c', 'lab/hba1c'],
    ['cholestrol', 'lab/cholesterol'],
    ['metformn', 'drug/metformin'],
    ['lisinipril', 'drug/lisinopril'],
    ['simvistatin', 'drug/simvastatin'],
    ['colonscopy', 'procedure/colonoscopy'],
    ['hypertenson', 'condition/hypertension'],
    ['triglycerids', 'lab/triglycerides'],
    ['diabetis', 'condition/diabetes-mellitus'],
    ['astma', 'condition/asthma'],
    ['mamogram', 'procedure/mammography'],
    ['blood presure', 'vital/blood-pressure'],
    ['ostoporosis', 'condition/osteoporosis'],
    ['warfrin', 'drug/warfarin'],
    ['ibuprofin', 'drug/ibuprofen'],
    ['levothyroxin', 'drug/levothyroxine'],
    ['imunizations', 'section/immunizations'],
    ['alergies', 'section/allergies'],
    ['creatnine', 'lab/creatinine'],
    ['pnuemonia', 'condition/pneumonia'],
    ['sinusistis', 'condition/sinusitis'],
  ])('misspelled: %s', (text, expected) => {
    const [mention] = terms.mentions(text, { fuzzy: true });
    expect(mention?.concepts[0]).toBe(expected);
    expect(mention?.via).toBe('misspelling');
    expect(mention?.readAs).toBeTruthy();
    expect(terms.mentions(text).some((m) => m.text === mention?.text)).toBe(false);
  });

  it('never reads plain English as a misspelling', () => {
    for (const text of [
      'Could you please tell me what they decided yesterday about the other question',
      'the weather today is lovely and the train was late',
      'write a poem about the ocean for Johnson and Martin',
      'who won the world championship finals',
    ])
      expect(found(text, true)).toEqual([]);
  });

  it('does not take one drug for another where the name is exact', () => {
    for (const [a, b] of [
      ['hydralazine', 'hydroxyzine'],
      ['prednisone', 'prednisolone'],
      ['clonidine', 'clonazepam'],
      ['quinine', 'quinidine'],
      ['chlorpromazine', 'chlorpropamide'],
      ['glipizide', 'glyburide'],
      ['cefazolin', 'cefoxitin'],
      ['lamotrigine', 'lamivudine'],
    ] as const) {
      expect(terms.mentions(a, { fuzzy: true })[0]?.concepts).toContain(`drug/${a}`);
      expect(terms.mentions(a, { fuzzy: true })[0]?.concepts).not.toContain(`drug/${b}`);
      expect(terms.mentions(b, { fuzzy: true })[0]?.concepts).toContain(`drug/${b}`);
    }
  });

  it('stand where the text has them, in order, apart from one another', () => {
    const names = concepts.filter((concept) => concept.kind !== 'drug').map((concept) => concept.name);
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...names), fc.string()), { maxLength: 6 }), (parts) => {
        const text = parts.join(', ');
        let end = 0;
        for (const mention of terms.mentions(text, { fuzzy: true })) {
          expect(mention.start).toBeGreaterThanOrEqual(end);
          expect(text.slice(mention.start, mention.end)).toBe(mention.text);
          expect(mention.concepts.length).toBeGreaterThan(0);
          end = mention.end;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds every concept by its own name', () => {
    const lost = concepts.filter((concept) => !terms.byName(concept.name).some((other) => other.id === concept.id));
    expect(lost.map((concept) => concept.id)).toEqual([]);
  });

  it('is quick: a question in a few milliseconds, a page in a fraction of a second', () => {
    const question =
      'Could you tell me what her most recent hemaglobin a1c was, and whether she still takes metformn for high blood presure?';
    terms.mentions(question, { fuzzy: true });
    const start = performance.now();
    for (let i = 0; i < 50; i++) terms.mentions(`${question} ${i}`, { fuzzy: true });
    expect((performance.now() - start) / 50).toBeLessThan(20);
  });
});

describe('codes', () => {
  const byCode = (system: string, code: string) => terms.byCode([{ system, code }]).map((concept) => concept.id);
  it('finds concepts by code, the most specific first', () => {
    expect(byCode('http://loinc.org', '4548-4')).toEqual(['lab/hba1c']);
    expect(byCode('http://snomed.info/sct', '44054006')).toEqual(['condition/type-2-diabetes']);
    expect(byCode('http://hl7.org/fhir/sid/icd-10-cm', 'E11.22').slice(0, 2)).toEqual([
      'condition/diabetic-nephropathy',
      'condition/type-2-diabetes',
    ]);
    expect(byCode('urn:oid:2.16.840.1.113883.6.90', 'E1165')[0]).toBe('condition/type-2-diabetes');
    expect(byCode('http://hl7.org/fhir/sid/icd-10', 'I21.9')[0]).toBe('condition/acute-myocardial-infarction');
    // Editions of other countries agree to the fourth character.
    expect(byCode('http://fhir.de/CodeSystem/bfarm/icd-10-gm', 'I10.00')[0]).toBe('condition/hypertension');
    expect(byCode('http://hl7.org/fhir/sid/icd-10-am', 'E11.90')[0]).toBe('condition/type-2-diabetes');
    expect(byCode('http://hl7.org/fhir/sid/icd-10-pcs', 'I10.00')).toEqual([]);
    expect(byCode('http://hl7.org/fhir/sid/cvx', '8')).toEqual(byCode('http://hl7.org/fhir/sid/cvx', '08'));
    expect(byCode('http://hl7.org/fhir/sid/cvx', '140')).toEqual(['vaccine/influenza']);
    expect(byCode('http://example.org', '1')).toEqual([]);
  });

  it('finds the ingredients of a clinical drug', () => {
    expect(byCode('http://www.nlm.nih.gov/research/umls/rxnorm', '6809')).toEqual(['drug/metformin']);
    expect(byCode('http://www.nlm.nih.gov/research/umls/rxnorm', '860975')).toEqual(['drug/metformin']);
    expect(byCode('http://www.nlm.nih.gov/research/umls/rxnorm', '1049221')).toEqual([
      'drug/acetaminophen+oxycodone',
      'drug/acetaminophen',
      'drug/oxycodone',
    ]);
  });
});

describe('families', () => {
  it.each([
    ['drug/ibuprofen', 'class/nsaid'],
    ['drug/metoprolol', 'class/antihypertensive'],
    ['drug/acetaminophen+oxycodone', 'class/opioid'],
    ['drug/warfarin', 'class/antithrombotic'],
    ['drug/amoxicillin', 'class/penicillin'],
    ['drug/polyethylene-glycol-3350', 'drug/polyethylene-glycols'],
    ['drug/penicillin-g-benzathine', 'drug/penicillin-g'],
    ['drug/potassium-chloride', 'drug/potassium'],
    ['drug/insulin-glargine', 'class/insulin'],
    ['condition/type-2-diabetes', 'condition/diabetes-mellitus'],
    ['condition/hip-fracture', 'condition/fracture'],
    ['condition/atrial-fibrillation', 'condition/heart-disease'],
    ['condition/chronic-sinusitis', 'condition/sinusitis'],
    ['lab/creatinine', 'panel/kidney-function'],
    ['vital/systolic', 'vital/blood-pressure'],
    ['vaccine/tdap', 'vaccine/tetanus'],
    ['procedure/chest-x-ray', 'procedure/x-ray'],
    ['procedure/appendectomy', 'section/surgeries'],
    ['allergen/cat-dander', 'allergen/environmental'],
    ['lab/hba1c', 'lab/hba1c'],
  ])('%s is a %s', (id, family) => {
    expect(terms.isA(id, family)).toBe(true);
    expect(terms.descendants(family)).toContain(id);
  });

  it('keeps apart what is not the same', () => {
    expect(terms.isA('condition/type-1-diabetes', 'condition/type-2-diabetes')).toBe(false);
    expect(terms.isA('drug/warfarin', 'class/antiplatelet')).toBe(false);
    expect(terms.isA('lab/hemoglobin', 'lab/hba1c')).toBe(false);
    expect(terms.isA('lab/urine-creatinine', 'panel/kidney-function')).toBe(false);
  });

  it.each([
    ['AIDS', 'condition/aids', 'condition/hiv-infection'],
    ['ischemic stroke', 'condition/ischemic-stroke', 'condition/stroke'],
    ['intracerebral hemorrhage', 'condition/intracerebral-hemorrhage', 'condition/hemorrhagic-stroke'],
    ['acute myocardial infarction', 'condition/acute-myocardial-infarction', 'condition/myocardial-infarction'],
    ['polycythemia vera', 'condition/polycythemia-vera', 'condition/polycythemia'],
    ['ITP', 'condition/immune-thrombocytopenia', 'condition/thrombocytopenia'],
    ['pernicious anemia', 'condition/pernicious-anemia', 'condition/vitamin-b12-deficiency-anemia'],
    ['glioblastoma', 'condition/glioblastoma', 'condition/brain-tumor'],
    ['womb cancer', 'condition/uterine-cancer', 'condition/cancer'],
    ['endometrial cancer', 'condition/endometrial-cancer', 'condition/uterine-cancer'],
    ['prostate cancer', 'condition/prostate-cancer', 'condition/neoplasm-of-prostate'],
    ['obstructive sleep apnea', 'condition/obstructive-sleep-apnea', 'condition/sleep-apnea'],
    ['paraplegia', 'condition/paraplegia', 'condition/paralysis'],
    ['broken nose', 'condition/nasal-fracture', 'condition/facial-fracture'],
    ['broken toe', 'condition/toe-fracture', 'condition/foot-fracture'],
    ['anorexia nervosa', 'condition/anorexia-nervosa', 'condition/eating-disorder'],
    ['suicide attempt', 'condition/suicide-attempt', 'condition/self-harm'],
    ['NASH', 'condition/nonalcoholic-steatohepatitis', 'condition/fatty-liver'],
    ['duodenal ulcer', 'condition/duodenal-ulcer', 'condition/peptic-ulcer'],
    ['acute kidney injury', 'condition/acute-kidney-injury', 'condition/kidney-failure'],
    ['microalbuminuria', 'condition/microalbuminuria', 'condition/proteinuria'],
    ['idiopathic pulmonary fibrosis', 'condition/idiopathic-pulmonary-fibrosis', 'condition/interstitial-lung-disease'],
    ['hyperemesis gravidarum', 'condition/hyperemesis-gravidarum', 'condition/vomiting-of-pregnancy'],
    ['bacterial vaginosis', 'condition/bacterial-vaginosis', 'condition/vaginitis'],
    ['twins', 'condition/twin-pregnancy', 'condition/multiple-pregnancy'],
    ['AAA', 'condition/abdominal-aortic-aneurysm', 'condition/aortic-aneurysm'],
    ['pulmonary arterial hypertension', 'condition/pulmonary-arterial-hypertension', 'condition/pulmonary-hypertension'],
    ['SLE', 'condition/systemic-lupus-erythematosus', 'condition/lupus'],
    ['blindness', 'condition/blindness', 'condition/visual-impairment'],
    ['hospice', 'condition/hospice-care', 'condition/palliative-care'],
    ['epilepsy', 'condition/epilepsy', 'condition/seizure'],
    ['checkpoint inhibitor', 'class/checkpoint-inhibitor', 'class/cancer-drug'],
    ['low molecular weight heparin', 'class/lmwh', 'class/heparin'],
    ['oral anticoagulant', 'class/oral-anticoagulant', 'class/anticoagulant'],
    ['birth control pill', 'class/oral-contraceptive', 'class/contraceptive'],
    ['nicotine replacement', 'class/nicotine-replacement', 'class/smoking-cessation'],
    ['shrimp', 'allergen/shrimp', 'allergen/shellfish'],
    ['walnut', 'allergen/walnut', 'allergen/tree-nut'],
    ['iodinated contrast', 'allergen/iodinated-contrast', 'allergen/contrast-media'],
    ['DTP', 'vaccine/dtp', 'vaccine/pertussis'],
  ])('takes %s for a kind of its family, and not the family for it', (words, narrower, wider) => {
    expect(found(words)).toEqual([narrower]);
    expect(terms.isA(narrower, wider)).toBe(true);
    expect(terms.isA(wider, narrower)).toBe(false);
  });

  it.each([
    ['hot flashes', 'condition/menopause'],
    ['fifth disease', 'condition/roseola'],
    ['dermatomyositis', 'condition/polymyositis'],
    ['malabsorption', 'condition/short-bowel-syndrome'],
    ['head injury', 'condition/brain-injury'],
    ['heat exhaustion', 'condition/heat-stroke'],
    ['brain tumor', 'condition/cancer'],
    ['broken nose', 'condition/skull-fracture'],
    ['febrile seizure', 'condition/seizure-disorder'],
    ['schizoaffective disorder', 'condition/schizophrenia'],
    ['anal cancer', 'condition/colorectal-cancer'],
    ['abnormal Pap smear', 'condition/cervical-dysplasia'],
    ['stye', 'condition/blepharitis'],
    ['ocular hypertension', 'condition/glaucoma'],
    ['factor V Leiden', 'condition/bleeding-disorder'],
    ['gluten intolerance', 'condition/celiac-disease'],
    ['methotrexate', 'class/chemotherapy'],
    ['lenalidomide', 'class/chemotherapy'],
    ['trastuzumab', 'class/checkpoint-inhibitor'],
    ['lidocaine', 'class/antiarrhythmic'],
    ['timolol', 'class/antihypertensive'],
    ['finerenone', 'class/antihypertensive'],
    ['heparin', 'class/oral-anticoagulant'],
    ['etonogestrel', 'class/oral-contraceptive'],
    ['varenicline', 'class/nicotine-replacement'],
    ['colchicine', 'class/urate-lowering-drug'],
    ['insulin isophane', 'class/long-acting-insulin'],
    ['insulin glargine', 'class/oral-diabetes-drug'],
    ['bromocriptine', 'class/diabetes-drug'],
    ['sildenafil', 'class/endothelin-receptor-antagonist'],
    ['hydralazine', 'class/heart-failure-drug'],
    ['permethrin', 'class/anthelmintic'],
    ['modafinil', 'class/adhd-drug'],
    ['aliskiren', 'class/ace-or-arb'],
    ['gadolinium', 'allergen/iodinated-contrast'],
    ['lactose', 'allergen/cow-milk'],
  ])('does not take %s for %s', (words, other) => {
    expect(found(words)).toHaveLength(1);
    expect(terms.isA(found(words)[0]!, other)).toBe(false);
  });

  it.each([
    ['D57.3', 'condition/sickle-cell-disease'],
    ['S32.010A', 'condition/pelvic-fracture'],
    ['S82.61XA', 'condition/knee-injury'],
    ['D68.51', 'condition/bleeding-disorder'],
    ['F10.920', 'condition/alcohol-use-disorder'],
    ['F32.81', 'condition/depression'],
    ['T40.2X5A', 'condition/opioid-overdose'],
    ['R07.0', 'condition/chest-pain'],
    ['M54.2', 'condition/back-pain'],
    ['K74.3', 'condition/cirrhosis'],
    ['Z51.12', 'condition/chemotherapy-encounter'],
    ['E83.39', 'condition/hypophosphatemia'],
  ])('does not read the code %s as %s', (code, other) => {
    const ids = terms.byCode([{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }]).map((concept) => concept.id);
    expect(ids.some((id) => terms.isA(id, other))).toBe(false);
  });
});

describe('a record over the tables', () => {
  const local = localConcept(
    'condition',
    ['Frozen gait of the left lamp', 'lamp gait'],
    [{ system: 'http://example.org', code: 'x1' }],
    ['condition/stroke'],
  );
  const record = terms.extend([
    local,
    { ...terms.get('lab/glucose')!, synonyms: ['GLU-XQ'], codes: [{ system: 'http://example.org', code: 'g1' }] },
  ]);

  it('adds names, codes and parents without touching the tables', () => {
    expect(record.mentions('any lamp gait?')[0]).toMatchObject({ concepts: [local.id], via: 'record' });
    expect(record.isA(local.id, 'condition/cardiovascular-disease')).toBe(true);
    expect(record.descendants('condition/stroke')).toContain(local.id);
    expect(record.byCode([{ system: 'http://example.org', code: 'x1' }]).map((c) => c.id)).toEqual([local.id]);
    expect(record.mentions('glu-xq')[0]?.concepts).toEqual(['lab/glucose']);
    expect(record.get('lab/glucose')?.codes.length).toBeGreaterThan(terms.get('lab/glucose')!.codes.length);
    expect(terms.get(local.id)).toBeUndefined();
    expect(found('any lamp gait?')).not.toContain(local.id);
    expect(record.mentions('HbA1c')[0]?.concepts).toEqual(['lab/hba1c']);
  });
});

describe('a record that names what no table has', () => {
  it('is put under the family that its name says', () => {
    const odd = localConcept('condition', ['Displaced fracture of shaft of left clavicle'], [{ system: 'http://example.org', code: 'f9' }]);
    const history = localConcept('condition', ['Family history of stroke'], [{ system: 'http://example.org', code: 'h1' }]);
    const record = terms.extend([odd, history]);
    expect(record.isA(odd.id, 'condition/fracture')).toBe(true);
    expect(record.isA(history.id, 'condition/stroke')).toBe(false);
  });
});

describe('broader meanings of names that no table has', () => {
  const broader = (name: string) => broaderOf(name, ['condition', 'procedure'], terms);
  it.each([
    ['Displaced fracture of shaft of left clavicle (disorder)', 'condition/fracture'],
    ['Severe persistent asthma', 'condition/asthma'],
    ['Neuropathy due to vitamin B deficiency', undefined],
    ['Malignant melanoma of skin of hand', 'condition/melanoma'],
    ['XR Knee - left 2 Views', 'procedure/x-ray'],
    ['Family history of breast cancer', undefined],
    ['Suspected lung cancer', undefined],
    ['Screening for colorectal cancer', undefined],
    ['Risk of heart disease', undefined],
    ['LDL cholesterol goal', undefined],
    ['Asthma education', undefined],
  ])('%s', (name, expected) => {
    if (expected) expect(broader(name)).toContain(expected);
    else expect(broader(name).filter((id) => !id.includes('neuropathy'))).toEqual([]);
  });
});

describe('operations that are not each other', () => {
  it.each([
    ['procedure/discectomy', 'procedure/spinal-fusion'],
    ['procedure/laminectomy', 'procedure/discectomy'],
    ['procedure/lumpectomy', 'procedure/mastectomy'],
    ['procedure/ileostomy', 'procedure/colostomy'],
    ['procedure/sleeve-gastrectomy', 'procedure/gastric-bypass'],
    ['procedure/mitral-valve-replacement', 'procedure/aortic-valve-replacement'],
    ['procedure/septoplasty', 'procedure/sinus-surgery'],
  ])('%s is no %s', (one, other) => {
    expect([terms.isA(one, other), terms.isA(other, one)]).toEqual([false, false]);
    expect(terms.descendants('procedure/surgical-procedure')).toContain(one);
  });
});
