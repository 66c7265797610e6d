import type { CodeRef } from '../contract.ts';

/** Short names of the code systems that the tables use, and the FHIR URIs that they stand for. */
export const SYSTEMS = {
  LOINC: 'http://loinc.org',
  SCT: 'http://snomed.info/sct',
  ICD10: 'http://hl7.org/fhir/sid/icd-10-cm',
  RXN: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  CVX: 'http://hl7.org/fhir/sid/cvx',
  HCPCS: 'urn:oid:2.16.840.1.113883.6.285',
} as const;
export type SystemName = keyof typeof SYSTEMS;

/** Other spellings of the same systems found in records: OIDs, old URIs, ICD-10 as WHO publishes it. */
const ALIASES: Readonly<Record<string, SystemName>> = {
  'loinc.org': 'LOINC',
  '2.16.840.1.113883.6.1': 'LOINC',
  'snomed.info/sct': 'SCT',
  '2.16.840.1.113883.6.96': 'SCT',
  'hl7.org/fhir/sid/icd-10-cm': 'ICD10',
  'hl7.org/fhir/sid/icd-10': 'ICD10',
  'hl7.org/fhir/sid/icd-10-us': 'ICD10',
  '2.16.840.1.113883.6.90': 'ICD10',
  '2.16.840.1.113883.6.3': 'ICD10',
  'www.cms.gov/medicare/coding/icd10': 'ICD10',
  'terminology.hl7.org/codesystem/icd-10-cm': 'ICD10',
  'www.nlm.nih.gov/research/umls/rxnorm': 'RXN',
  '2.16.840.1.113883.6.88': 'RXN',
  'hl7.org/fhir/sid/cvx': 'CVX',
  '2.16.840.1.113883.12.292': 'CVX',
  '2.16.840.1.113883.6.59': 'CVX',
  'www2a.cdc.gov/vaccines/iis/iisstandards/vaccines.asp?rpt=cvx': 'CVX',
  '2.16.840.1.113883.6.285': 'HCPCS',
  'www.cms.gov/medicare/coding/hcpcsreleasecodesets': 'HCPCS',
};

/** ICD-10 as other countries publish it (GM, AM, CA, NL ...): the same to the fourth character, then each its own way. Not PCS, which codes procedures. */
const NATIONAL_ICD10 = /(?:^|[/.])icd-?10-(?!pcs)(?!cm$)(?!us$)[a-z]+$/;

const systemCache = new Map<string, SystemName | undefined>();

/** Which known system a URI, OID or national edition names; undefined where none. */
export function systemName(uri: string): SystemName | undefined {
  if (systemCache.has(uri)) return systemCache.get(uri);
  const bare = uri
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/^urn:oid:/i, '')
    .replace(/\/+$/, '')
    .toLowerCase();
  const name = ALIASES[bare] ?? (bare.startsWith('snomed.info/sct/') ? 'SCT' : NATIONAL_ICD10.test(bare) ? 'ICD10' : undefined);
  systemCache.set(uri, name);
  return name;
}

/** "LOINC:4548-4" for known systems, "<uri>|<code>" for others: one spelling for one code. */
export function codeKey(code: CodeRef): string {
  const name = systemName(code.system);
  if (!name) return `${code.system}|${code.code}`;
  const normal = normalCode(name, code.code);
  return `${name}:${NATIONAL_ICD10.test(code.system.toLowerCase()) ? normal.replace(/[†*!+]$/, '').slice(0, 5) : normal}`;
}

/** Spellings of one code brought together: ICD-10-CM with its dot, CVX with its leading zero. */
export function normalCode(system: SystemName, code: string): string {
  const c = code.trim();
  if (system === 'ICD10') {
    const upper = c.toUpperCase();
    return /^[A-Z][0-9][0-9A-Z][0-9A-Z]+$/.test(upper) ? `${upper.slice(0, 3)}.${upper.slice(3)}` : upper;
  }
  if (system === 'CVX') return /^[0-9]$/.test(c) ? `0${c}` : c;
  return c;
}

/** "LOINC:4548-4|SCT:44054006|ICD10:E11*" -> codes. A trailing * (ICD10 only) means the code and all below it. Throws on a malformed one; check digits are for `codeFault`. */
export function parseCodes(text: string): CodeRef[] {
  if (text === '') return [];
  const codes: CodeRef[] = [];
  let system: SystemName | undefined;
  for (const part of text.split('|')) {
    const colon = part.indexOf(':');
    const name = colon < 0 ? system : part.slice(0, colon);
    if (name === undefined || !(name in SYSTEMS)) throw new Error(`unknown code system in "${part}"`);
    system = name as SystemName;
    const code = colon < 0 ? part : part.slice(colon + 1);
    if (!SHAPES[system].test(code)) throw new Error(`${part}: malformed`);
    codes.push({ system: SYSTEMS[system], code });
  }
  return codes;
}

const SHAPES: Readonly<Record<SystemName, RegExp>> = {
  LOINC: /^(LA)?\d{1,7}-\d$/,
  SCT: /^[1-9]\d{5,17}$/,
  ICD10: /^[A-Z]\d([0-9A-Z](\.[0-9A-Z]{1,4})?)?\*?$/,
  RXN: /^[1-9]\d{0,8}$/,
  CVX: /^\d{2,3}$/,
  HCPCS: /^[A-V]\d{4}$/,
};

/** Why a code cannot be right; undefined where it can. LOINC: Luhn check digit; SNOMED CT: Verhoeff and partition. */
export function codeFault(system: SystemName, code: string): string | undefined {
  if (!SHAPES[system].test(code)) return 'malformed';
  if (system === 'LOINC' && !luhn(code.replace(/\D/g, ''))) return 'wrong check digit';
  if (system === 'SCT' && !verhoeff(code)) return 'wrong check digit';
  return undefined;
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let d = Number(digits[digits.length - 1 - i]);
    if (i % 2 === 1) {
      d *= 2;
      if (d > 9) d -= 9;
    }
    sum += d;
  }
  return sum % 10 === 0;
}

const VERHOEFF_D = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const VERHOEFF_P = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258'];

function verhoeff(digits: string): boolean {
  let c = 0;
  for (let i = 0; i < digits.length; i++) {
    const p = Number(VERHOEFF_P[i % 8]?.[Number(digits[digits.length - 1 - i])]);
    c = Number(VERHOEFF_D[c]?.[p]);
  }
  return c === 0;
}
