/** Whether what a server sent as a document's text is that text. */

export interface Received {
  readonly contentType: string;
  /** base64 */
  readonly data: string;
  /** As they came; absent: those of `data`. */
  readonly bytes?: number;
}

/** What an attachment says of itself. http://hl7.org/fhir/R4/datatypes.html#Attachment */
type Declared = Readonly<Record<string, unknown>>;

const FAMILIES: readonly RegExp[] = [
  /^text\/(?:plain|markdown)$/,
  /^(?:text\/html|application\/xhtml\+xml)$/,
  /^(?:text|application)\/xml$/,
];
const plainType = (type: unknown): string => (typeof type === 'string' ? type.split(';')[0]!.trim().toLowerCase() : '');
const familyOf = (type: string): number => FAMILIES.findIndex((one) => one.test(type));
/** Where a person is asked to sign in, no note is. */
const SIGN_IN = /<input\b[^>]*\btype\s*=\s*["']?password\b/i;

/** Why this is not what was asked for, in a few words; undefined where nothing speaks against it. */
export function whyNotThat({ contentType, data, bytes }: Received, declared: Declared): string | undefined {
  const [came, said] = [plainType(contentType), plainType(declared.contentType)];
  if (said !== '' && familyOf(came) !== familyOf(said)) return `answered as ${came}, which it is not`;
  const text = Buffer.from(data, 'base64').toString();
  if (isJson(text)) return 'answered with data instead of a text';
  if (SIGN_IN.test(text)) return 'answered with a page to sign in';
  return isShort({ data, ...(bytes === undefined ? {} : { bytes }) }, declared) ? SHORT : undefined;
}

export const SHORT = 'shorter than the record says it is';

/** Whether bytes are missing. Some count those of the base64 that it is packed in. */
export function isShort({ data, bytes }: Omit<Received, 'contentType'>, { size }: Declared): boolean {
  const packed = data.replace(/\s+/g, '').length;
  return Number.isInteger(size) && packed !== size && (bytes ?? Buffer.byteLength(data, 'base64')) < (size as number);
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
