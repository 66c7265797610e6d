/** UCUM units as people read them. */

const SHOWN: readonly (readonly [RegExp, string])[] = [
  [/\/\{1\.73_m2\}/g, '/1.73 m²'],
  [/mm\[Hg\]/g, 'mmHg'],
  [/cm\[H2O\]/g, 'cmH2O'],
  [/\bCel\b/g, '°C'],
  [/\[degF\]/g, '°F'],
  [/\[lb_av\]/g, 'lb'],
  [/\[oz_av\]/g, 'oz'],
  [/\[stone_av\]/g, 'stone'],
  [/\[in_i\]/g, 'in'],
  [/\[ft_i\]/g, 'ft'],
  [/\[mi_i\]/g, 'miles'],
  [/\[tsp_us\]/g, 'tsp'],
  [/\[tbs_us\]/g, 'tbsp'],
  [/\[foz_us\]/g, 'fl oz'],
  [/\[(?:IU|iU)\]/g, 'IU'],
  [/\[USP'U\]/g, 'units'],
  [/\[HPF\]/g, 'HPF'],
  [/\[LPF\]/g, 'LPF'],
  [/\[MET\]/g, 'METs'],
  [/\[ppm\]/g, 'ppm'],
  [/\[pH\]/g, ''],
  [/\bug\b/g, 'mcg'],
  [/\bmeq\b/g, 'mEq'],
  [/\bmosm\b/g, 'mOsm'],
  [/10\*(\d+)/g, '10^$1'],
  [/\((\d+)\.h\)/g, '$1 h'],
  [/\((\d+(?:\.\d+)?)\.([A-Za-z]+)\)/g, '$1 $2'],
  [/\bm2\b/g, 'm²'],
];
const SHOWN_WHOLE: Record<string, string> = {
  '1': '',
  '{score}': '',
  '{count}': '',
  '{T-score}': '',
  '{Z-score}': '',
  '{INR}': '',
  '{ratio}': '',
  '{index}': '',
  '{PackYears}': 'pack-years',
  U: 'units',
  a: 'years',
  mo: 'months',
  wk: 'weeks',
  d: 'days',
  h: 'hours',
};

/** A UCUM unit as people write it: "mm[Hg]" -> "mmHg", "Cel" -> "°C", "ug" -> "mcg", "{score}" -> "". */
export function displayUnit(code: string): string {
  const whole = SHOWN_WHOLE[code];
  if (whole !== undefined) return whole;
  let text = code;
  for (const [pattern, shown] of SHOWN) text = text.replace(pattern, shown);
  return text
    .replace(/^\{([^}]*)\}/, '$1')
    .replace(/(?<=\/)\{([^}]*)\}/g, '$1')
    .replace(/\{[^}]*\}/g, '');
}
