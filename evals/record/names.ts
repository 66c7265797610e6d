/**
 * What people call things: a small table of the suite's own, made without the product's knowledge tables. `codes` and `display` find
 * the thing in a record; `said` is how a person asks for it (first: as in a chart; later: short, lay, brand); `typos` as it gets typed.
 * Every name here is accepted in an answer.
 */
export interface Named {
  readonly key: string;
  readonly codes?: readonly string[];
  /** Whole displays that mean this and nothing narrower or wider. */
  readonly display: RegExp;
  readonly said: readonly string[];
  readonly typos?: readonly string[];
  /** Further words an answer may use, never asked with. */
  readonly also?: readonly string[];
}

/** LOINC codes by test: only those that mean the same measurement in the same specimen. */
export const TESTS: readonly Named[] = [
  t(
    'hba1c',
    '4548-4 17856-6 41995-2',
    /^h(a?emo)?globin a1c|^hba1c|^a1c/i,
    ['hemoglobin A1c', 'A1c', 'HbA1c', 'hgb a1c', 'a1c level'],
    ['hemoglobin a1c level', 'hba1C', 'hemglobin a1c'],
  ),
  t('glucose', '2345-7 2339-0', /^glucose( \[|$)/i, ['glucose', 'blood sugar', 'blood glucose', 'sugar'], ['glucos', 'glocose']),
  t('creatinine', '2160-0 38483-4', /^creatinine( \[|$)/i, ['creatinine', 'creat', 'serum creatinine', 'Cr'], ['creatinin', 'createnine']),
  t(
    'egfr',
    '33914-3 48642-3 48643-1 62238-1 98979-8 88293-6 77147-7 50044-7',
    /glomerular filtration rate/i,
    ['eGFR', 'GFR', 'estimated GFR', 'glomerular filtration rate'],
    ['e-GFR'],
  ),
  t('bun', '3094-0 6299-2', /^urea nitrogen( \[|$)/i, ['BUN', 'blood urea nitrogen', 'urea nitrogen'], ['blood urea nitrogin'], ['urea']),
  t('sodium', '2951-2 2947-0', /^sodium( \[|$)/i, ['sodium', 'Na', 'serum sodium'], ['soduim']),
  t('potassium', '2823-3 6298-4', /^potassium( \[|$)/i, ['potassium', 'K', 'serum potassium', 'K+'], ['potasium', 'pottassium']),
  t('chloride', '2075-0 2069-3', /^chloride( \[|$)/i, ['chloride', 'Cl'], ['cloride']),
  t('bicarbonate', '2028-9 20565-8', /^carbon dioxide/i, ['carbon dioxide', 'CO2', 'bicarb', 'bicarbonate'], ['bicarbonat'], ['total CO2']),
  t('calcium', '17861-6 49765-1', /^calcium( \[|$)/i, ['calcium', 'Ca', 'serum calcium'], ['calcuim']),
  t(
    'cholesterol',
    '2093-3',
    /^total cholesterol|^cholesterol( \[|$)/i,
    ['total cholesterol', 'cholesterol', 'chol', 'TC'],
    ['cholestrol', 'total cholestorol'],
  ),
  t(
    'ldl',
    '18262-6 13457-7 2089-1',
    /^low density lipoprotein|cholesterol in ldl|^ldl/i,
    ['LDL cholesterol', 'LDL', 'LDL-C', 'bad cholesterol'],
    ['LDL cholestrol'],
    ['low density lipoprotein'],
  ),
  t(
    'hdl',
    '2085-9',
    /^high density lipoprotein|cholesterol in hdl|^hdl/i,
    ['HDL cholesterol', 'HDL', 'HDL-C', 'good cholesterol'],
    ['HDL cholestrol'],
    ['high density lipoprotein'],
  ),
  t(
    'triglycerides',
    '2571-8',
    /^triglycerides?( \[|$)/i,
    ['triglycerides', 'TG', 'trigs', 'triglyceride level'],
    ['tryglycerides', 'triglicerides'],
    ['triglyceride'],
  ),
  t('hemoglobin', '718-7', /^h(a?emo)globin( \[|$)/i, ['hemoglobin', 'Hgb', 'Hb', 'haemoglobin'], ['hemaglobin', 'hemoglobn']),
  t('hematocrit', '4544-3 20570-8', /^hematocrit/i, ['hematocrit', 'Hct', 'crit'], ['hematocrat', 'hemtocrit']),
  t(
    'wbc',
    '6690-2 26464-8',
    /^leukocytes/i,
    ['white blood cell count', 'WBC', 'white count', 'white cells', 'leukocytes'],
    ['white blod cell count'],
    ['leukocyte', 'white blood cell'],
  ),
  t(
    'rbc',
    '789-8 26453-1',
    /^erythrocytes/i,
    ['red blood cell count', 'RBC', 'red cell count', 'erythrocytes'],
    ['red blod cells'],
    ['erythrocyte', 'red blood cell'],
  ),
  t(
    'platelets',
    '777-3 26515-7',
    /^platelets( \[|$)/i,
    ['platelet count', 'platelets', 'plt', 'plts'],
    ['platlets', 'platelettes'],
    ['platelet'],
  ),
  t('mcv', '787-2', /^mcv/i, ['MCV', 'mean corpuscular volume'], [], ['erythrocyte mean corpuscular volume']),
  t('mch', '785-6', /^mch( \[|$)/i, ['MCH', 'mean corpuscular hemoglobin'], []),
  t('mchc', '786-4', /^mchc/i, ['MCHC'], []),
  t('rdw', '21000-5 788-0', /distribution width/i, ['RDW', 'red cell distribution width'], [], ['erythrocyte distribution width']),
  t('albumin', '1751-7', /^albumin( \[|$)/i, ['albumin', 'serum albumin', 'alb'], ['albumen']),
  t('protein', '2885-2', /^protein( \[|$)/i, ['total protein', 'serum protein'], [], ['protein']),
  t('bilirubin', '1975-2', /^bilirubin\.total/i, ['total bilirubin', 'bilirubin', 't bili', 'bili'], ['billirubin', 'bilirubn']),
  t('alp', '6768-6', /^alkaline phosphatase/i, ['alkaline phosphatase', 'alk phos', 'ALP'], ['alkaline phosphotase']),
  t('alt', '1742-6', /^alanine aminotransferase/i, ['ALT', 'alanine aminotransferase', 'SGPT'], []),
  t('ast', '1920-8', /^aspartate aminotransferase/i, ['AST', 'aspartate aminotransferase', 'SGOT'], []),
  t(
    'weight',
    '29463-7 3141-9',
    /^(body )?weight( measured)?$/i,
    ['weight', 'body weight', 'wt'],
    ['wieght', 'weigth'],
    ['weighed', 'weighs'],
  ),
  t('height', '8302-2', /^(body )?height( measured)?$/i, ['height', 'body height', 'ht'], ['hieght', 'heigth'], ['tall']),
  t('bmi', '39156-5', /^body mass index( \(bmi\) \[ratio\])?$|^bmi$/i, ['BMI', 'body mass index'], ['body mas index']),
  t(
    'systolic',
    '8480-6',
    /^systolic blood pressure$/i,
    ['systolic blood pressure', 'systolic', 'systolic BP', 'SBP', 'top number blood pressure'],
    ['sistolic', 'systollic'],
  ),
  t(
    'diastolic',
    '8462-4',
    /^diastolic blood pressure$/i,
    ['diastolic blood pressure', 'diastolic', 'diastolic BP', 'DBP'],
    ['dyastolic', 'diastollic'],
  ),
  t('pulse', '8867-4', /^heart rate$/i, ['heart rate', 'pulse', 'HR', 'pulse rate'], ['hart rate']),
  t('respiration', '9279-1', /^respiratory rate$/i, ['respiratory rate', 'resp rate', 'RR', 'breathing rate'], ['respitory rate']),
  t('temperature', '8310-5 8331-1', /temperature$/i, ['temperature', 'temp', 'body temperature'], ['temprature', 'tempature']),
  t('spo2', '2708-6 59408-5', /^oxygen saturation/i, ['oxygen saturation', 'O2 sat', 'SpO2', 'sats', 'pulse ox'], ['oxigen saturation']),
  t('pain', '72514-3', /^pain severity/i, ['pain score', 'pain level', 'pain rating', 'pain severity'], ['pian score'], ['pain']),
  t('ef', '10230-1', /ejection fraction/i, ['ejection fraction', 'LVEF', 'EF', 'left ventricular ejection fraction'], ['ejection fracton']),
  t('ntprobnp', '33762-6', /^nt-probnp|natriuretic peptide.*prohormone/i, ['NT-proBNP', 'pro-BNP'], []),
  t('mmse', '72106-8', /mmse/i, ['MMSE', 'mini mental score', 'MMSE score'], []),
  t('tscore', '38265-5', /t-score/i, ['bone density T-score', 'DXA T-score', 'T-score', 'DEXA result'], []),
  t('tsh', '3016-3 11580-8', /^thyrotropin|^tsh/i, ['TSH', 'thyroid stimulating hormone'], ['thyriod stimulating hormone']),
  t('ferritin', '2276-4', /^ferritin/i, ['ferritin', 'serum ferritin'], ['feritin']),
  t('psa', '2857-1', /^prostate specific/i, ['PSA', 'prostate specific antigen'], []),
  t('inr', '6301-6 34714-6', /^inr/i, ['INR'], []),
  t('troponin', '6598-7 10839-9 89579-7', /^troponin/i, ['troponin', 'trop'], ['troponine']),
  t('vitd', '1989-3 62292-8', /calcidiol|^vitamin d/i, ['vitamin D', 'vit D level', '25-OH vitamin D'], ['vitamine D']),
  t('b12', '2132-9', /cobalamin|^vitamin b12/i, ['vitamin B12', 'B12 level'], []),
  t('uricacid', '3084-1', /^urate|^uric acid/i, ['uric acid', 'urate'], ['uric acd']),
  t('crp', '1988-5 30522-7', /^c reactive/i, ['CRP', 'C-reactive protein'], []),
  t('esr', '4537-7 30341-2', /sedimentation/i, ['ESR', 'sed rate'], []),
  t('uacr', '9318-7 14959-1', /microalbumin|albumin\/creatinine/i, ['urine albumin creatinine ratio', 'microalbumin', 'UACR'], []),
  t('magnesium', '19123-9', /^magnesium/i, ['magnesium', 'mag level'], ['magnesuim']),
  t('phosphate', '2777-1', /^phosphate/i, ['phosphate', 'phosphorus'], ['phosphat']),
  t('lipase', '3040-3', /lipase/i, ['lipase'], []),
  t('lithium', '14334-7', /^lithium/i, ['lithium level'], []),
  t('digoxin', '10535-3', /^digoxin/i, ['digoxin level'], []),
];

/** Conditions. The displays are SNOMED CT's, Synthea's and ICD-10-CM's ways of writing them. */
export const CONDITIONS: readonly Named[] = [
  c(
    'hypertension',
    /^(essential |benign )?\(?(primary\) )?hypertension$|hypertensive disorder|^essential hypertension/i,
    ['hypertension', 'high blood pressure', 'HTN', 'high BP'],
    ['hypertention', 'hypertenshun'],
  ),
  c(
    't2dm',
    /^diabetes( mellitus type 2)?$|type 2 diabetes|type ii diabetes/i,
    ['type 2 diabetes', 'T2DM', 'diabetes', 'DM2', 'type II diabetes'],
    ['diabetis', 'type 2 diabetees'],
  ),
  c('prediabetes', /^prediabetes/i, ['prediabetes', 'pre-diabetes', 'borderline diabetes'], ['prediabetis']),
  c(
    'hyperlipidemia',
    /^hyperlipid(a)?emia( \(|,|$)/i,
    ['hyperlipidemia', 'HLD', 'high cholesterol', 'high lipids'],
    ['hyperlipidimia', 'hyperlipedemia'],
  ),
  c('obesity', /obesity( \(|$)/i, ['obesity'], ['obeesity'], ['BMI over 30', 'obese', 'body mass index 30']),
  c(
    'cad',
    /^coronary (heart|arter)|ischemic heart disease/i,
    ['coronary heart disease', 'coronary artery disease', 'CAD', 'CHD'],
    ['coronary hart disease'],
    ['coronary disease'],
  ),
  c(
    'chf',
    /congestive heart failure|^heart failure/i,
    ['congestive heart failure', 'heart failure', 'CHF'],
    ['congestive hart failure', 'heart failuer'],
  ),
  c('afib', /^atrial fibrillation|paroxysmal atrial fib/i, ['atrial fibrillation', 'afib', 'AF', 'a-fib'], ['atrial fibrilation']),
  c('stroke', /^stroke|cerebrovascular accident/i, ['stroke', 'CVA'], ['stoke']),
  c('mi', /^(acute )?myocardial infarction/i, ['heart attack', 'myocardial infarction', 'MI'], ['myocardial infraction']),
  c('asthma', /^(childhood |adult )?asthma( \(|$)/i, ['asthma'], ['ashtma', 'astma']),
  c(
    'copd',
    /chronic obstructive|^copd|^pulmonary emphysema/i,
    ['COPD', 'chronic obstructive pulmonary disease'],
    ['chronic obstuctive pulmonary disease'],
  ),
  c('ckd', /chronic kidney disease/i, ['chronic kidney disease', 'CKD'], ['cronic kidney disease']),
  c('anemia', /^an(a)?emia( \(|$)/i, ['anemia', 'low blood count', 'anaemia'], ['anemea']),
  c('osteoporosis', /^osteoporosis( \(|$)/i, ['osteoporosis', 'thin bones'], ['osteoperosis', 'ostoporosis']),
  c(
    'hipOA',
    /osteoarthritis of (?:(?:left|right|both) )?hips?\b/i,
    ['hip osteoarthritis', 'osteoarthritis of the hip', 'hip arthritis', 'hip OA'],
    ['hip ostearthritis'],
    ['osteoarthritis of hip'],
  ),
  c(
    'kneeOA',
    /osteoarthritis of (?:(?:left|right|both) )?knees?\b/i,
    ['knee osteoarthritis', 'osteoarthritis of the knee', 'knee arthritis', 'knee OA'],
    ['knee ostearthritis'],
    ['osteoarthritis of knee'],
  ),
  c('sinusitisViral', /^viral sinusitis/i, ['viral sinusitis', 'viral sinus infection'], ['viral sinusitus'], ['sinusitis']),
  c('sinusitisChronic', /^chronic sinusitis/i, ['chronic sinusitis'], ['chronic sinusitus']),
  c('sinusitisBacterial', /bacterial sinusitis/i, ['acute bacterial sinusitis', 'bacterial sinusitis'], ['bacterial sinusitus']),
  c(
    'pharyngitis',
    /^acute viral pharyngitis/i,
    ['acute viral pharyngitis', 'viral pharyngitis'],
    ['viral pharingitis'],
    ['pharyngitis', 'sore throat'],
  ),
  c('strep', /^streptococcal sore throat/i, ['strep throat', 'streptococcal sore throat', 'strep'], ['strep throte']),
  c('bronchitis', /^acute bronchitis/i, ['acute bronchitis', 'bronchitis'], ['bronkitis', 'bronchits']),
  c('otitis', /^otitis media/i, ['otitis media', 'middle ear infection', 'ear infection'], ['otitus media']),
  c('migraine', /migraine/i, ['migraine', 'migraines'], ['migrane', 'migrain']),
  c('epilepsy', /^epilepsy/i, ['epilepsy'], ['epilepsey']),
  c('seizure', /^seizure disorder/i, ['seizure disorder'], ['siezure disorder']),
  c('alzheimer', /alzheimer/i, ["Alzheimer's disease", "Alzheimer's", 'alzheimers'], ['alzhiemers'], ['alzheimer']),
  c('appendicitis', /^appendicitis/i, ['appendicitis'], ['apendicitis']),
  c('miscarriage', /^miscarriage/i, ['miscarriage', 'first trimester miscarriage'], ['miscariage']),
  c('pregnancy', /^normal pregnancy/i, ['pregnancy'], [], ['pregnant']),
  c('wristSprain', /^sprain of wrist/i, ['wrist sprain', 'sprained wrist', 'sprain of the wrist'], ['rist sprain'], ['sprain of wrist']),
  c('ankleSprain', /^sprain of ankle/i, ['ankle sprain', 'sprained ankle'], ['ancle sprain'], ['sprain of ankle']),
  c('concussionNoLoc', /^concussion with no loss/i, ['concussion with no loss of consciousness', 'concussion'], ['concusion']),
  c('concussionLoc', /^concussion with loss/i, ['concussion with loss of consciousness', 'concussion'], ['concusion']),
  c(
    'hipFx',
    /^closed fracture of hip/i,
    ['hip fracture', 'broken hip', 'fractured hip', 'closed hip fracture'],
    ['hip fractur'],
    ['fracture of hip'],
  ),
  c(
    'forearmFx',
    /^(closed )?fracture of forearm/i,
    ['forearm fracture', 'broken forearm', 'fractured forearm'],
    ['forearm fractur'],
    ['fracture of forearm', 'fracture of the forearm'],
  ),
  c(
    'clavicleFx',
    /^(closed )?fracture of clavicle/i,
    ['clavicle fracture', 'broken collarbone', 'fractured clavicle', 'collar bone fracture'],
    ['clavical fracture'],
    ['fracture of clavicle', 'fracture of the clavicle'],
  ),
  c('whiplash', /^whiplash/i, ['whiplash', 'whiplash injury'], ['wiplash']),
  c(
    'footLac',
    /^laceration of foot/i,
    ['foot laceration', 'cut on the foot', 'laceration of the foot'],
    ['foot lacerasion'],
    ['laceration of foot'],
  ),
  c(
    'forearmLac',
    /^laceration of forearm/i,
    ['forearm laceration', 'laceration of the forearm'],
    ['forearm laceraton'],
    ['laceration of forearm'],
  ),
  c('burn1', /^first degree burn/i, ['first degree burn', '1st degree burn'], ['first degre burn']),
  c(
    'polyp',
    /^polyp of colon/i,
    ['colon polyp', 'polyp of the colon', 'colonic polyp', 'colon polyps'],
    ['colon polip'],
    ['polyp of colon'],
  ),
  c('hayfever', /^seasonal allergic rhinitis/i, ['seasonal allergic rhinitis', 'hay fever', 'seasonal allergies'], ['seasonal alergies']),
  c('gerd', /gastro-?(o)?esophageal reflux/i, ['GERD', 'acid reflux', 'gastroesophageal reflux disease'], ['gastroesophagal reflux']),
  c('hypothyroid', /^hypothyroidism/i, ['hypothyroidism', 'underactive thyroid'], ['hypothyriodism']),
  c('depression', /^major depress|^depress/i, ['depression', 'major depression'], ['depresion']),
  c('gout', /^gout/i, ['gout'], []),
  c('lupus', /lupus/i, ['lupus', 'SLE'], []),
  c('psoriasis', /^psoriasis/i, ['psoriasis'], ['psoriasus']),
  c('glaucoma', /glaucoma/i, ['glaucoma'], ['glacoma']),
  c('ra', /^rheumatoid arthritis/i, ['rheumatoid arthritis'], ['rheumatiod arthritis']),
  c('sleepapnea', /sleep apnea/i, ['sleep apnea', 'obstructive sleep apnea'], ['sleep apnia']),
  c('pneumonia', /pneumonia/i, ['pneumonia'], ['pnuemonia']),
  c('cirrhosis', /cirrhosis/i, ['cirrhosis', 'liver cirrhosis'], ['cirrosis']),
  c('parkinson', /parkinson/i, ["Parkinson's disease", 'parkinsons'], []),
  c('celiac', /celiac/i, ['celiac disease'], []),
  c('breastca', /breast cancer|malignant neoplasm of breast/i, ['breast cancer'], []),
  c('dvt', /deep ven(ous|e) thrombosis/i, ['DVT', 'deep vein thrombosis', 'blood clot in the leg'], []),
];

/** Drugs by ingredient. */
export const DRUGS: readonly Named[] = [
  d('simvastatin', 'simvastatin simvistatin', ['simvastatin', 'Zocor'], ['simvastatine', 'symvastatin']),
  d('atorvastatin', 'atorvastatin', ['atorvastatin', 'Lipitor'], ['atorvastatn']),
  d('rosuvastatin', 'rosuvastatin', ['rosuvastatin', 'Crestor'], ['rosuvastain']),
  d('hydrochlorothiazide', 'hydrochlorothiazide', ['hydrochlorothiazide', 'HCTZ'], ['hydrochlorthiazide', 'hydroclorothiazide']),
  d('lisinopril', 'lisinopril', ['lisinopril', 'Zestril', 'Prinivil'], ['lisinoprol', 'lisinipril']),
  d('losartan', 'losartan', ['losartan', 'Cozaar'], ['losarten']),
  d('amlodipine', 'amlodipine', ['amlodipine', 'Norvasc'], ['amlodapine', 'amlodipin']),
  d('metoprolol', 'metoprolol', ['metoprolol', 'Toprol', 'Lopressor'], ['metropolol', 'metoprolal']),
  d('furosemide', 'furosemide lasix', ['furosemide', 'Lasix'], ['furosimide', 'furosemid']),
  d('metformin', 'metformin', ['metformin', 'Glucophage'], ['metformine', 'metfromin']),
  d('insulin', 'insulin', ['insulin'], ['insuline']),
  d('aspirin', 'aspirin', ['aspirin', 'ASA', 'baby aspirin'], ['asprin', 'asperin']),
  d('clopidogrel', 'clopidogrel', ['clopidogrel', 'Plavix'], ['clopidogril', 'clopidegrel']),
  d('warfarin', 'warfarin', ['warfarin', 'Coumadin'], ['warfrin', 'coumidin']),
  d('apixaban', 'apixaban', ['apixaban', 'Eliquis'], ['apixiban', 'eliqus']),
  d('nitroglycerin', 'nitroglycerin', ['nitroglycerin', 'nitro', 'nitro spray'], ['nitroglycerine', 'nitroglicerin']),
  d('acetaminophen', 'acetaminophen', ['acetaminophen', 'Tylenol', 'paracetamol'], ['acetominophen', 'tylonol']),
  d('ibuprofen', 'ibuprofen', ['ibuprofen', 'Advil', 'Motrin'], ['ibuprophen', 'ibuprofin']),
  d('naproxen', 'naproxen', ['naproxen', 'Aleve'], ['naproxin', 'naprosen']),
  d('amoxicillin', 'amoxicillin', ['amoxicillin', 'amox'], ['amoxicilin', 'amoxycilin']),
  d('penicillin', 'penicillin', ['penicillin V', 'pen VK', 'penicillin'], ['penicilin', 'pennicillin']),
  d('azithromycin', 'azithromycin', ['azithromycin', 'Zithromax', 'Z-pack'], ['azithromicin']),
  d('alendronate', 'alendronic alendronate', ['alendronate', 'Fosamax', 'alendronic acid'], ['alendronat', 'fosomax']),
  d('diazepam', 'diazepam', ['diazepam', 'Valium'], ['diazapam', 'valum']),
  d('clonazepam', 'clonazepam', ['clonazepam', 'Klonopin'], ['clonazapam', 'klonipin']),
  d('carbamazepine', 'carbamazepine', ['carbamazepine', 'Tegretol'], ['carbamazapine', 'tegratol']),
  d('fluticasone', 'fluticasone', ['fluticasone', 'Flovent'], ['fluticasone inhaler', 'fluticason']),
  d('albuterol', 'albuterol', ['albuterol', 'rescue inhaler', 'Ventolin'], ['albuterool', 'albutrol']),
  d('ferrous', 'ferrous', ['ferrous sulfate', 'iron pills', 'iron tablets'], ['ferrous sulphate', 'ferous sulfate']),
  d('b12', 'b ?12 cyanocobalamin', ['vitamin B12', 'B12 shots', 'cyanocobalamin'], ['vitamin b-12']),
  d('fexofenadine', 'fexofenadine', ['fexofenadine', 'Allegra'], ['fexofenadin']),
  d('epinephrine', 'epinephrine', ['epinephrine', 'EpiPen', 'epi pen'], ['epinephrin', 'epinefrine']),
  d('diphenhydramine', 'diphenhydramine', ['diphenhydramine', 'Benadryl'], ['benedryl', 'diphenhydramin']),
  d('medroxyprogesterone', 'medroxyprogesterone', ['medroxyprogesterone', 'Depo-Provera', 'Depo shot'], ['medroxyprogesteron']),
  d('etonogestrel', 'etonogestrel', ['etonogestrel implant', 'etonogestrel', 'Nexplanon'], ['etonogestral']),
  d('meperidine', 'meperidine', ['meperidine', 'Demerol'], ['meperidin']),
  d('levothyroxine', 'levothyroxine', ['levothyroxine', 'Synthroid'], ['levothyroxin', 'synthyroid']),
  d('omeprazole', 'omeprazole', ['omeprazole', 'Prilosec'], ['omeprazol', 'omeprozole']),
  d('gabapentin', 'gabapentin', ['gabapentin', 'Neurontin'], ['gabapentine', 'gabapenten']),
  d('sertraline', 'sertraline', ['sertraline', 'Zoloft'], ['sertralin', 'zolof']),
  d('prednisone', 'prednisone', ['prednisone'], ['prednisone pills', 'predisone']),
  d('tramadol', 'tramadol', ['tramadol', 'Ultram'], ['tramadole']),
  d('oxycodone', 'oxycodone', ['oxycodone', 'OxyContin'], ['oxycodon']),
  d('allopurinol', 'allopurinol', ['allopurinol'], ['alopurinol']),
  d('methotrexate', 'methotrexate', ['methotrexate', 'MTX'], ['methotrexat']),
  d('donepezil', 'donepezil', ['donepezil', 'Aricept'], ['donepazil']),
  d('memantine', 'memantine', ['memantine', 'Namenda'], ['memantin']),
];

/** Classes: how people ask, and which of the drugs above belong. `members` are found in displays. */
export interface DrugClass {
  readonly key: string;
  readonly said: readonly string[];
  readonly members: RegExp;
  /** Members that some would not count: where only these are taken, the question is not asked. */
  readonly contested?: RegExp;
}
export const CLASSES: readonly DrugClass[] = [
  { key: 'statin', said: ['a statin', 'any statin', 'statins', 'a statin drug'], members: /\b\w+vastatin|simvistatin/i },
  {
    key: 'nsaid',
    said: ['an NSAID', 'any NSAIDs', 'NSAIDs', 'an nsaid'],
    members:
      /\b\w+(profen|oxicam|coxib|fenac)\b|ibuprofen|naproxen|ketorolac|indomethacin|aspirin|etodolac|nabumetone|sulindac|oxaprozin|mefenamic|tolmetin|diflunisal|salsalate/i,
    contested: /aspirin|salsalate|diflunisal|ophthalmic|topical|\bgel\b/i,
  },
  {
    key: 'opioid',
    said: ['an opioid', 'any opioids', 'opioids', 'narcotics'],
    members:
      /meperidine|\w+codone|\w*codeine|tramadol|\w*morph\w*|\w+fentanil|fentanyl|buprenorphine|methadone|tapentadol|levorphanol|butorphanol|pentazocine|nalbuphine|opium/i,
    contested: /loperamide|naloxone|apomorphine|butorphanol|nalbuphine/i,
  },
  {
    key: 'betablocker',
    said: ['a beta blocker', 'any beta blockers', 'a beta-blocker'],
    members: /\b\w+olol\b|carvedilol|labetalol/i,
    contested: /timolol|betaxolol|levobunolol/i,
  },
  { key: 'acei', said: ['an ACE inhibitor', 'any ACE inhibitor', 'an ACEi'], members: /\b\w+pril(at)?\b/i },
  {
    key: 'diuretic',
    said: ['a diuretic', 'any diuretics', 'a water pill'],
    members:
      /\w*thiazide|\w+semide|lasix|chlorthalidone|spironolactone|bumetanide|indapamide|triamterene|amiloride|acetazolamide|eplerenone|metolazone|ethacrynic|finerenone/i,
    contested: /acetazolamide|finerenone|eplerenone/i,
  },
  {
    key: 'ccb',
    said: ['a calcium channel blocker', 'any calcium channel blocker', 'a CCB'],
    members: /\b\w+dipine\b|diltiazem|verapamil/i,
  },
  {
    key: 'benzo',
    said: ['a benzodiazepine', 'any benzos', 'benzodiazepines'],
    members: /\b\w+azepam\b|\b\w+zolam\b|chlordiazepoxide|clobazam|clorazepate/i,
  },
  {
    key: 'anticoagulant',
    said: ['an anticoagulant', 'any anticoagulants', 'anticoagulation'],
    members: /warfarin|\b\w+xaban\b|\b\w+gatran\b|\b\w*parin\b|fondaparinux|argatroban|bivalirudin/i,
  },
  {
    key: 'ppi',
    said: ['a PPI', 'a proton pump inhibitor', 'any PPIs'],
    members: /\b(?!\w*piprazole)\w+prazole\b/i,
    contested: /conazole/i,
  },
  {
    key: 'ssri',
    said: ['an SSRI', 'any SSRIs'],
    members: /sertraline|fluoxetine|citalopram|paroxetine|fluvoxamine|vilazodone|vortioxetine/i,
    contested: /vilazodone|vortioxetine/i,
  },
  { key: 'bisphosphonate', said: ['a bisphosphonate', 'any bisphosphonates'], members: /\b\w+dron(ate|ic)\b/i },
  {
    key: 'anticonvulsant',
    said: ['an anticonvulsant', 'an antiepileptic', 'any seizure medication'],
    members:
      /\w*carbazepine|racetam|phenytoin|valpro|lamotrigine|topiramate|gabapentin|pregabalin|\w+azepam\b|phenobarbital|primidone|acetazolamide|lacosamide|zonisamide|ethosuximide|perampanel|clobazam|clorazepate|rufinamide|felbamate|tiagabine|vigabatrin|cenobamate|cannabidiol/i,
    contested: /gabapentin|pregabalin|\w+azepam|clorazepate|acetazolamide|cannabidiol|primidone/i,
  },
];

/** Vaccines; `codes` are CVX. */
export const VACCINES: readonly Named[] = [
  v(
    'flu',
    '140 141 150 158 161 88 15 135 149 153 155 166 168 171 185 186 197 205',
    /^influenza/i,
    ['influenza vaccine', 'flu shot', 'flu vaccine', 'influenza immunization'],
    ['flu shoot', 'influenca vaccine'],
    ['influenza', 'flu'],
  ),
  v('hpv', '62 118 137 165', /hpv/i, ['HPV vaccine', 'HPV shot', 'Gardasil'], ['hvp vaccine'], ['HPV', 'human papillomavirus']),
  v('td', '113 09 138 139 196', /^td\b/i, ['Td booster', 'Td vaccine', 'Td shot'], [], ['Td', 'tetanus']),
  v('tdap', '115', /^tdap/i, ['Tdap', 'Tdap vaccine', 'Tdap booster'], ['t-dap']),
  v(
    'pcv13',
    '133',
    /pcv ?13|conjugate.*13/i,
    ['PCV13', 'Prevnar 13', 'pneumococcal conjugate vaccine'],
    ['prevnar13'],
    ['pneumococcal conjugate', 'PCV 13'],
  ),
  v(
    'ppsv23',
    '33',
    /polysaccharide.*23|ppsv23/i,
    ['PPSV23', 'Pneumovax', 'Pneumovax 23'],
    ['pneumovacks'],
    ['pneumococcal polysaccharide'],
  ),
  v(
    'mening',
    '114 136 32 108 147',
    /meningococcal mcv4|meningococcal acwy|^meningococcal/i,
    ['meningococcal vaccine', 'meningitis vaccine', 'meningitis shot'],
    ['menigococcal vaccine'],
    ['meningococcal', 'MCV4'],
  ),
  v(
    'zoster',
    '121 187 188',
    /zoster/i,
    ['shingles vaccine', 'zoster vaccine', 'shingles shot'],
    ['shingels vaccine'],
    ['zoster', 'shingles'],
  ),
  v('dtap', '20 106 107', /^dtap/i, ['DTaP', 'DTaP vaccine', 'DTaP shot'], ['dtap shots']),
  v(
    'polio',
    '10 89',
    /^ipv|polio/i,
    ['polio vaccine', 'IPV', 'polio shot'],
    ['polyo vaccine'],
    ['polio', 'poliovirus', 'inactivated polio'],
  ),
  v(
    'hepa',
    '83 52 85 31 84',
    /^hep(atitis)? ?a\b/i,
    ['hepatitis A vaccine', 'hep A vaccine', 'hep A shot'],
    ['hepatitus A vaccine'],
    ['hep A', 'hepatitis A'],
  ),
  v(
    'hepb',
    '08 43 44 45 42 189',
    /^hep(atitis)? ?b\b/i,
    ['hepatitis B vaccine', 'hep B vaccine', 'hep B shot'],
    ['hepatitus B vaccine'],
    ['hep B', 'hepatitis B'],
  ),
  v('hib', '49 17 48 47 46', /^hib/i, ['Hib vaccine', 'Hib', 'Hib shot'], [], ['haemophilus']),
  v(
    'varicella',
    '21',
    /^varicella/i,
    ['varicella vaccine', 'chickenpox vaccine', 'chicken pox shot'],
    ['varacella vaccine'],
    ['varicella', 'chickenpox'],
  ),
  v('mmr', '03 94', /^mmr|^m\/r|measles/i, ['MMR', 'MMR vaccine', 'measles mumps rubella vaccine'], ['mmr shot'], ['measles']),
  v('rota', '119 116 122', /^rota/i, ['rotavirus vaccine', 'rotavirus'], ['rotovirus vaccine']),
  v(
    'covid',
    '207 208 212 213 210 211 217 218 219 221 300',
    /covid|sars-cov-2/i,
    ['COVID vaccine', 'COVID-19 vaccine', 'covid shot'],
    ['covid vacine'],
    ['COVID', 'SARS-CoV-2'],
  ),
  v('yellowfever', '37 183', /yellow fever/i, ['yellow fever vaccine'], [], ['yellow fever']),
  v('rabies', '18 40 90', /rabies/i, ['rabies vaccine', 'rabies shot'], [], ['rabies']),
  v('typhoid', '25 101 91', /typhoid/i, ['typhoid vaccine'], [], ['typhoid']),
];

export const PROCEDURES: readonly Named[] = [
  p('colonoscopy', /^colonoscopy/i, ['colonoscopy', 'colonoscopies'], ['colonoscapy', 'colonscopy']),
  p(
    'spirometry',
    /^(measurement of respiratory function|spirometry)/i,
    ['respiratory function measurement', 'measurement of respiratory function'],
    [],
    ['respiratory function', 'lung function', 'spirometry'],
  ),
  p('boneDensity', /^bone density scan/i, ['bone density scan', 'DEXA scan', 'DXA'], ['bone densitiy scan'], ['bone density']),
  p(
    'echo',
    /transthoracic echo|trans thoracic echo/i,
    ['transthoracic echocardiogram', 'TTE', 'echo', 'echocardiogram'],
    ['ecocardiogram'],
    ['echocardiography', 'transthoracic', 'trans thoracic'],
  ),
  p('cxr', /^plain chest x-ray/i, ['chest x-ray', 'CXR', 'chest xray'], ['chest xry'], ['chest radiograph']),
  p('csection', /^cesarean|caesarean/i, ['C-section', 'cesarean section', 'c section'], ['ceserean section'], ['cesarean', 'caesarean']),
  p('childbirth', /^childbirth/i, ['childbirth'], []),
  p('eeg', /electroencephalogram|\beeg\b/i, ['EEG', 'electroencephalogram'], []),
  p('throatCulture', /^throat culture/i, ['throat culture'], ['throte culture']),
  p('polypectomy', /polypectomy/i, ['polypectomy', 'rectal polypectomy', 'polyp removal'], ['polipectomy']),
  p('depScreen', /^depression screening/i, ['depression screening', 'depression screen'], ['depresion screening']),
  p('suture', /^suture open wound/i, ['wound suturing', 'open wound suture'], [], ['suture', 'stitches', 'sutured']),
  p('boneImmob', /^bone immobilization/i, ['bone immobilization'], [], ['immobilization']),
  p('clavicleXr', /^clavicle x-ray/i, ['clavicle x-ray', 'collarbone x-ray'], ['clavical x-ray']),
  p('urineCx', /^urine culture/i, ['urine culture', 'urine cx'], ['urine cultur']),
  p('appendectomy', /^appendectomy/i, ['appendectomy', 'appendix removal'], ['apendectomy']),
  p('hip', /hip replacement|arthroplasty of hip/i, ['hip replacement'], []),
  p('knee', /knee replacement|arthroplasty of knee/i, ['knee replacement'], []),
  p('cabg', /coronary artery bypass/i, ['CABG', 'bypass surgery', 'coronary bypass'], []),
  p('cholecystectomy', /cholecystectomy/i, ['cholecystectomy', 'gallbladder removal'], []),
  p('mammogram', /mammogra/i, ['mammogram', 'mammography'], ['mamogram']),
  p('hysterectomy', /hysterectomy/i, ['hysterectomy'], []),
  p('dialysis', /dialysis/i, ['dialysis'], []),
  p('tonsillectomy', /tonsillectomy/i, ['tonsillectomy'], []),
  p('pacemaker', /pacemaker/i, ['pacemaker implantation', 'pacemaker'], []),
  p('egd', /gastroscopy|upper gastrointestinal endoscopy/i, ['upper endoscopy', 'EGD'], []),
  p('cataract', /cataract/i, ['cataract surgery'], []),
];

export const ALLERGENS: readonly Named[] = [
  a('mould', /mou?ld/i, ['mold', 'mould']),
  a('dander', /dander/i, ['animal dander', 'pet dander', 'dander']),
  a('grass', /grass/i, ['grass pollen', 'grass']),
  a('tree', /tree pollen/i, ['tree pollen']),
  a('penicillin', /penicillin/i, ['penicillin', 'PCN']),
  a('sulfa', /sulfa|sulfon/i, ['sulfa', 'sulfa drugs']),
  a('peanut', /peanut/i, ['peanuts', 'peanut']),
  a('nuts', /\bnuts?\b/i, ['nuts', 'tree nuts']),
  a('latex', /latex/i, ['latex']),
  a('shellfish', /shellfish|shrimp|crustacea/i, ['shellfish', 'shrimp']),
  a('eggs', /\begg/i, ['eggs', 'egg']),
  a('milk', /milk|dairy/i, ['milk', 'dairy']),
  a('wheat', /wheat/i, ['wheat']),
  a('soy', /\bsoy/i, ['soy', 'soya']),
  a('bee', /bee venom|bee sting/i, ['bee stings', 'bee venom']),
  a('dust', /dust mite/i, ['dust mites', 'house dust mite']),
  a('aspirin', /aspirin/i, ['aspirin']),
  a('codeine', /codeine/i, ['codeine']),
  a('fish', /\bfish/i, ['fish']),
];

/** Names that belong to nobody in the data; a question about them is about another person. */
export const OTHER_PEOPLE = [
  'John Smith',
  'Maria Gonzalez',
  'Robert Johnson',
  'Mrs. Abernathy',
  'Mr. Kowalski',
  'Priya Raman',
  'Dmitri Volkov',
  'Fatima Al-Sayed',
] as const;

function t(
  key: string,
  codes: string,
  display: RegExp,
  said: readonly string[],
  typos: readonly string[],
  also?: readonly string[],
): Named {
  return { key: `test/${key}`, codes: codes.split(' '), display, said, typos, ...(also === undefined ? {} : { also }) };
}
function c(key: string, display: RegExp, said: readonly string[], typos: readonly string[], also?: readonly string[]): Named {
  return { key: `condition/${key}`, display, said, typos, ...(also === undefined ? {} : { also }) };
}
function d(key: string, stems: string, said: readonly string[], typos: readonly string[]): Named {
  return {
    key: `drug/${key}`,
    display: new RegExp(`\\b(${stems.replaceAll(' ?', '_').split(' ').join('|').replaceAll('_', ' ?')})`, 'i'),
    said,
    typos,
  };
}
function v(
  key: string,
  codes: string,
  display: RegExp,
  said: readonly string[],
  typos: readonly string[],
  also?: readonly string[],
): Named {
  return { key: `vaccine/${key}`, codes: codes.split(' '), display, said, typos, ...(also === undefined ? {} : { also }) };
}
function p(key: string, display: RegExp, said: readonly string[], typos: readonly string[], also?: readonly string[]): Named {
  return { key: `procedure/${key}`, display, said, typos, ...(also === undefined ? {} : { also }) };
}
function a(key: string, display: RegExp, said: readonly string[]): Named {
  return { key: `allergen/${key}`, display, said };
}
