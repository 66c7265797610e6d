/** Names and notations of units as people and systems write them, and the UCUM codes that they stand for. */

const COUNTED: Record<string, string> = {
  tablet: 'tablets tab tabs tbl',
  capsule: 'capsules cap caps',
  pill: 'pills',
  puff: 'puffs inhalation inhalations actuation actuations actuat',
  spray: 'sprays squirt squirts',
  drop: 'drops gtt gtts',
  patch: 'patches',
  suppository: 'suppositories',
  lozenge: 'lozenges',
  ampule: 'ampules ampoule ampoules',
  vial: 'vials',
  dose: 'doses',
  cigarette: 'cigarettes cigs',
  drink: 'drinks',
  pack: 'packs',
  PackYears: 'packyears packyear pack-years pack-year',
  T: 't-score t-scores',
  Z: 'z-score z-scores',
  score: '(score) points point pts scores',
  count: 'counts {#} #',
  times: 'time',
  INR: 'inr',
  ratio: 'ratio',
  copies: 'copies copy cp',
  cells: 'cells cell',
  beats: 'beats beat',
  breaths: 'breaths breath respirations resp',
  steps: 'steps step',
  index: 'index index_val',
  titer: 'titer titre',
};

/** One part between slashes, lower case, as people and systems write it -> UCUM. */
export const PART: Record<string, string> = {};
function add(code: string, names: string): void {
  for (const name of names.split('|')) PART[name] = code;
}
for (const [annotation, names] of Object.entries(COUNTED)) {
  const name = annotation === 'T' || annotation === 'Z' ? `${annotation}-score` : annotation;
  add(`{${name}}`, [name.toLowerCase(), ...names.split(' ')].join('|'));
}
add('%', '%|percent|per cent|pct|% of total|percentage');
add('kg', 'kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes');
add('g', 'g|gm|gms|gram|grams|gramme|grammes|grm');
add('mg', 'mg|mgs|mgm|milligram|milligrams|milligramme|milligrammes');
add('ug', 'ug|mcg|mcgs|microgram|micrograms|microgramme|microgrammes');
add('ng', 'ng|nanogram|nanograms');
add('pg', 'pg|picogram|picograms');
add('[lb_av]', 'lb|lbs|pound|pounds|lb.|lbs.|#s');
add('[oz_av]', 'oz|ounce|ounces|ozs');
add('[stone_av]', 'stone|stones');
add('L', 'l|liter|liters|litre|litres');
add('dL', 'dl|deciliter|deciliters|decilitre|decilitres');
add('mL', 'ml|mls|cc|ccs|milliliter|milliliters|millilitre|millilitres');
add('uL', 'ul|mcl|microliter|microliters|microlitre|microlitres|mm3|mm^3|mm*3|cumm|cu mm|cmm');
add('fL', 'fl|femtoliter|femtoliters|femtolitre|femtolitres');
add('[tsp_us]', 'tsp|teaspoon|teaspoons');
add('[tbs_us]', 'tbsp|tablespoon|tablespoons');
add('[foz_us]', 'fl oz|fluid ounce|fluid ounces');
add('m', 'm|meter|meters|metre|metres');
add('cm', 'cm|cms|centimeter|centimeters|centimetre|centimetres');
add('mm', 'mm|mms|millimeter|millimeters|millimetre|millimetres');
add('um', 'um|micron|microns|micrometer|micrometers');
add('km', 'km|kilometer|kilometers|kilometre|kilometres');
add('[in_i]', 'in|inch|inches|in.|"|″|ins');
add('[ft_i]', "ft|foot|feet|'|′|ft.");
add('[mi_i]', 'mile|miles');
add('m2', 'm2|m^2|m*2|sq m|sqm|square meter|square meters|square metre|square metres');
add('cm2', 'cm2|cm^2|sq cm|square centimeters');
add('s', 's|sec|secs|second|seconds');
add('min', 'min|mins|minute|minutes');
add('h', 'h|hr|hrs|hour|hours|h.|hr.');
add('d', 'd|day|days|diem');
add('wk', 'wk|wks|week|weeks');
add('mo', 'mo|mos|month|months|mth|mths');
add('a', 'a|yr|yrs|year|years|y|yo|y.o.|y/o|years old|year old|years of age|yrs old');
add('mm[Hg]', 'mm[hg]|mmhg|mm hg|mm of hg|millimeters of mercury|millimetres of mercury|torr');
add('cm[H2O]', 'cm[h2o]|cmh2o|cm h2o|cm of water');
add('kPa', 'kpa|kilopascal|kilopascals');
add('Cel', 'cel|c|°c|degc|deg c|deg. c|degrees c|degree c|degrees celsius|degree celsius|celsius|° c|℃|centigrade|degrees centigrade');
add('[degF]', '[degf]|f|°f|degf|deg f|deg. f|degrees f|degree f|degrees fahrenheit|degree fahrenheit|fahrenheit|° f|℉');
add('mol', 'mol|mole|moles');
add('mmol', 'mmol|mmols|millimole|millimoles|mm/l');
add('umol', 'umol|micromol|micromole|micromoles|mcmol');
add('nmol', 'nmol|nanomole|nanomoles');
add('pmol', 'pmol|picomole|picomoles');
add('meq', 'meq|meqs|milliequivalent|milliequivalents');
add('mosm', 'mosm|mosmol|milliosmole|milliosmoles');
add('U', 'u|unit|units|unt|unts');
add('mU', 'milliunit|milliunits|mu');
add('[IU]', '[iu]|iu|ius|i.u.|international unit|international units|int. unit|int. units');
add('m[IU]', 'm[iu]|miu|milli-international units');
add('u[IU]', 'u[iu]|uiu|mciu|micro-international units');
add('k[IU]', 'k[iu]|kiu');
add("[USP'U]", "[usp'u]");
add('kat', 'kat|katal|katals');
add('kcal', 'kcal|kilocalorie|kilocalories|cal|calories');
add('[HPF]', '[hpf]|hpf|high power field|hpf.');
add('[LPF]', '[lpf]|lpf|low power field');
add('/min', 'bpm|rpm');
add('[MET]', 'mets|[met]');
add('[diop]', 'diopter|diopters|dpt');
add('[pH]', '[ph]|ph|ph units');
add('dB', 'db|decibel|decibels');
add('Hz', 'hz|hertz');
add('10*3', 'k|thou|thousand|thousands|th|10*3');
add('10*6', 'million|millions|mil|mill|mio|m10*6|10*6');
add('10*9', 'billion|billions|10*9|giga');
add('10*12', '10*12|tera');
add('mg/dL', 'mg%|mg percent');
add('g/dL', 'g%|gm%|g percent');
add('kg/m2', 'bmi units');
add('[ppm]', 'ppm|parts per million');
add('{creat}', 'creat|creatinine|cr');
add('mm', 'millimetre');

/** Where case decides, or where UCUM reads the same letters as something else (K/uL is kelvin, M/uL nothing, G/L giga-nothing). */
export const WHOLE: Record<string, string> = {
  'M/uL': '10*6/uL',
  'm/ul': '10*6/uL',
  'M/mcL': '10*6/uL',
  'M/mm3': '10*6/uL',
  'G/L': '10*9/L',
  'T/L': '10*12/L',
  'U/l': 'U/L',
  MU: 'MU',
  'Million/uL': '10*6/uL',
  'mm/Hg': 'mm[Hg]',
  'mm hg': 'mm[Hg]',
  'kg/m': 'kg/m',
  '1': '1',
  '{1}': '1',
};

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

export function fold(written: string): string {
  return written
    .trim()
    .replace(/10\s*([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, digits: string) => `10*${[...digits].map((d) => SUPERSCRIPTS.indexOf(d)).join('')}`)
    .replace(/[µμ]/g, 'u')
    .normalize('NFKC')
    .replace(/[µμ]/g, 'u')
    .replace(/[⁄∕]/g, '/')
    .replace(/·/g, '.')
    .replace(/\s+/g, ' ')
    .replace(/(?:[x×*]\s*)?10\s*(?:\^|\*\*?|e|E)\s*\(?(\d{1,2})\)?/g, '10*$1')
    .replace(/(?:[x×]\s*)?\b10\((\d{1,2})\)/g, '10*$1')
    .replace(/^10 (\d{1,2}) ?(?=\/)/, '10*$1')
    .replace(/^[x×]\s*(?=10\*)/, '');
}

export function part(written: string): string {
  const p = written.trim();
  const known = PART[p.toLowerCase()] ?? PART[p.toLowerCase().replace(/\.$/, '')];
  if (known !== undefined) return known;
  const annotated = /^([^{]+)(\{[^}]*\})$/.exec(p);
  if (annotated) return part(annotated[1]!) + annotated[2]!;
  const power = /^(10\*\d+)[ .]?(.+)$/.exec(p);
  if (power) return `${power[1]}.${part(power[2]!)}`;
  const amount = /^\(?(\d+(?:\.\d+)?)[ .]?([A-Za-z].*?)\)?$/.exec(p);
  if (amount) return `(${amount[1]}.${part(amount[2]!)})`;
  const ofCreatinine = /^([A-Za-z]+)[ _]?(?:of )?\(?(?:creatinine|creat|cr)\)?$/i.exec(p);
  if (ofCreatinine && PART[ofCreatinine[1]!.toLowerCase()]) return `${PART[ofCreatinine[1]!.toLowerCase()]}{creat}`;
  return p;
}
