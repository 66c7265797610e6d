import { createHash } from 'node:crypto';
import { type AppError, isAppError } from '../../errors.ts';
import { attachmentText, TEXT_LIMIT } from '../chart/attachments.ts';
import { type FhirResource, REPORT_TEXTS, type RecordSnapshot } from '../contract.ts';
import { ownersOf } from '../owners.ts';
import { hasGone } from '../waiting.ts';
import { updatedOf } from './held.ts';
import { whyUnread } from './part.ts';
import type { PartsDeps } from './parts.ts';
import { isShort, SHORT, whyNotThat } from './received.ts';

/** What documents and reports say whose text does not stand in them. */
export interface Notes {
  /** By `DocumentReference/id` or `DiagnosticReport/id`, each with the attachment (its place among all that it has) that it is the text of. */
  readonly texts: ReadonlyMap<string, { readonly at: number; readonly contentType: string; readonly data: string }>;
  readonly gaps: RecordSnapshot['gaps'];
  /** Changes whenever a text does: a document of the same version may lead to another. */
  readonly stamp: string;
}

/** So many of the newest are read. */
const MOST_NOTES = 50;
const MEGABYTE = 1024 * 1024;
/** In a resource, text takes a third more. */
const LARGEST_ANSWER = 1.5 * MEGABYTE;
/** Its beginning is read. */
const TOO_LONG = `longer than ${TEXT_LIMIT} characters`;
/** Cut in the middle of a number, it would tell another dose. */
const UNENDED = 'of a length that is not told, and may have been cut off';
/** Of types that a chart reads the words of. */
const READABLE = /^(?:text\/(?:plain|html|xml|markdown)|application\/(?:xhtml\+xml|xml))\s*(?:;|$)/i;

type Attachment = Readonly<Record<string, unknown>>;

/**
 * The texts of a patient's documents and reports that are kept on the same server beside them, side by side. What is not read (another format, another server,
 * too long, refused) is counted, with the reason: what such a note says is not known.
 */
export async function readNotes(
  own: readonly FhirResource[],
  { client, authorization }: Pick<PartsDeps, 'client' | 'authorization'>,
  signal: AbortSignal,
): Promise<Notes> {
  const documents = own
    .filter((one) => hasText(one) && one.status !== 'entered-in-error' && !isWholeInside(one))
    .sort((a, b) => writtenAt(b) - writtenAt(a));
  const texts = new Map<string, { at: number; contentType: string; data: string }>();
  const unreadOf = { DocumentReference: new Map<string, number>(), DiagnosticReport: new Map<string, number>() };
  const unread = ({ resourceType }: FhirResource, why: string): void => {
    const reasons = unreadOf[resourceType as keyof typeof unreadOf];
    reasons.set(why, (reasons.get(why) ?? 0) + 1);
  };
  const wanted: { readonly document: FhirResource; readonly at: number; readonly path: string; readonly declared: Attachment }[] = [];
  for (const document of documents) {
    const all = attachmentsOf(document);
    const at = all.findIndex((one) => addressOf(one) !== undefined && (one.contentType === undefined || isReadable(one.contentType)));
    const path = at < 0 ? undefined : addressOf(all[at]!);
    if (path === undefined) unread(document, whyNot(all));
    else if (Number(all[at]!.size) > MEGABYTE) unread(document, 'larger than 1 MB');
    else if (wanted.length >= MOST_NOTES) unread(document, `more than the ${MOST_NOTES} newest`);
    else wanted.push({ document, at, path, declared: all[at]! });
  }
  await Promise.all(
    wanted.map(async ({ document, at, path, declared }) => {
      const text = await textAt(path, declared, document);
      if (typeof text === 'string') return unread(document, text);
      if (attachmentText(text)!.length >= TEXT_LIMIT) unread(document, TOO_LONG);
      texts.set(keyOf(document), { at, ...text });
    }),
  );
  const hash = createHash('sha256');
  for (const key of [...texts.keys()].sort()) hash.update(`${key}\n${texts.get(key)!.data}\n`);
  const gaps = [...gapOf('Binary', unreadOf.DocumentReference), ...gapOf(REPORT_TEXTS, unreadOf.DiagnosticReport)];
  return { texts, gaps, stamp: hash.digest('base64url') };

  /** `Binary/id`, with the version that is named; undefined where it leads elsewhere. */
  function addressOf({ url }: Attachment): string | undefined {
    const path = typeof url === 'string' ? client.addresses.relative(url) : undefined;
    return path?.startsWith('Binary/') ? `${path}${/\/_history\/[A-Za-z0-9.-]{1,64}$/.exec(url as string)?.[0] ?? ''}` : undefined;
  }

  function whyNot(all: readonly Attachment[]): string {
    const there = all.filter(({ url, data }) => url !== undefined || data !== undefined);
    if (there.length === 0) return 'without its text';
    if (there.some((one) => attachmentText(one) !== undefined)) return there.some(isCutShort) ? SHORT : TOO_LONG;
    if (there.some(({ contentType }) => isReadable(contentType)))
      return there.some(({ data }) => data !== undefined) ? 'without a text that can be read' : 'kept at an address of another kind';
    return formatOf(there[0]!.contentType);
  }

  /** The text, or why there is none. */
  async function textAt(
    path: string,
    declared: Attachment,
    document: FhirResource,
  ): Promise<{ contentType: string; data: string } | string> {
    if (!authorization.mayRead('Binary')) return 'not among what Rounds is permitted to read';
    try {
      const answer = await client.request({ method: 'GET', path, takesText: true, largest: LARGEST_ANSWER, signal });
      const { status, resource, text, headers, bytes, unended } = answer;
      if (status !== 200 && status !== 203) return `answered with ${status}, which is not the whole of it`;
      if (resource !== undefined && (resource.resourceType !== 'Binary' || resource.id !== path.split('/')[1]))
        return 'answered with another resource';
      const [owner] = ownersOf(document, client.addresses.patientIdOf);
      const { reference } = (resource?.securityContext ?? {}) as { readonly reference?: unknown };
      const whose = typeof reference === 'string' ? client.addresses.patientIdOf(reference) : undefined;
      if (whose !== undefined && whose !== owner) return 'kept as that of another patient';
      const said = resource === undefined ? headers['content-type'] : resource.contentType;
      const contentType = [said, declared.contentType].find((type): type is string => typeof type === 'string' && type !== '') ?? '';
      if (!isReadable(contentType)) return formatOf(contentType);
      const data = resource === undefined ? Buffer.from(text ?? '').toString('base64') : resource.data;
      if (typeof data !== 'string') return 'empty';
      if (data.length * 0.75 > MEGABYTE) return 'larger than 1 MB';
      const other = whyNotThat({ contentType, data, ...(resource === undefined && bytes !== undefined ? { bytes } : {}) }, declared);
      if (other !== undefined) return other;
      if (unended && !Number.isInteger(declared.size)) return UNENDED;
      // What came as text is decoded already.
      const found = { contentType: resource === undefined ? contentType.replace(/;.*/, '') : contentType, data };
      return attachmentText(found) === undefined ? 'empty' : found;
    } catch (error) {
      if (hasGone(signal) || !isAppError(error)) throw error;
      return shortly(error);
    }
  }
}

function gapOf(type: string, reasons: ReadonlyMap<string, number>): RecordSnapshot['gaps'] {
  const sorted = [...reasons].sort(([a], [b]) => a.localeCompare(b));
  if (sorted.length === 0) return [];
  const count = sorted.reduce((sum, [, times]) => sum + times, 0);
  return [{ type, why: sorted.map(([reason, times]) => (sorted.length === 1 ? reason : `${times} ${reason}`)).join(', '), count }];
}

/** The same resources; a document or report whose text was read holds it. */
export function withTexts(resources: readonly FhirResource[], { texts }: Notes): readonly FhirResource[] {
  if (texts.size === 0) return resources;
  return resources.map((resource) => {
    const found = texts.get(keyOf(resource));
    if (found === undefined) return resource;
    const { at, ...text } = found;
    let place = 0;
    if (resource.resourceType === 'DiagnosticReport')
      return { ...resource, presentedForm: formsOf(resource).map((form, i) => (i === at ? { ...form, ...text } : form)) };
    return {
      ...resource,
      content: contentsOf(resource).map((content) =>
        isObject(content.attachment) && place++ === at ? { ...content, attachment: { ...content.attachment, ...text } } : content,
      ),
    };
  });
}

const isObject = (value: unknown): value is Attachment => typeof value === 'object' && value !== null && !Array.isArray(value);
const keyOf = ({ resourceType, id }: FhirResource): string => `${resourceType}/${id}`;
const contentsOf = ({ content }: FhirResource): readonly Attachment[] => (Array.isArray(content) ? content.filter(isObject) : []);
const formsOf = ({ presentedForm }: FhirResource): readonly Attachment[] =>
  Array.isArray(presentedForm) ? presentedForm.filter(isObject) : [];
const attachmentsOf = (document: FhirResource): readonly Attachment[] =>
  document.resourceType === 'DiagnosticReport'
    ? formsOf(document)
    : contentsOf(document).flatMap(({ attachment }) => (isObject(attachment) ? [attachment] : []));
/** A report need have none: what it says stands in its results and its conclusion then. */
const hasText = (one: FhirResource): boolean =>
  one.resourceType === 'DocumentReference' || (one.resourceType === 'DiagnosticReport' && formsOf(one).length > 0);
/** A document in several formats says the same in each. http://hl7.org/fhir/R4/documentreference-definitions.html#DocumentReference.content */
const isWholeInside = (document: FhirResource): boolean =>
  attachmentsOf(document).some((one) => (attachmentText(one)?.length ?? TEXT_LIMIT) < TEXT_LIMIT && !isCutShort(one));
const isCutShort = (one: Attachment): boolean => typeof one.data === 'string' && isShort({ data: one.data }, one);
const isReadable = (type: unknown): boolean => typeof type === 'string' && READABLE.test(type);
const writtenAt = (document: FhirResource): number => Date.parse(String(document.date ?? document.issued ?? updatedOf(document))) || 0;

/** "a PDF" */
function formatOf(type: unknown): string {
  const plain = typeof type === 'string' ? type.split(';')[0]!.trim().toLowerCase() : '';
  if (plain === 'application/pdf') return 'a PDF';
  return /^[a-z]+\/[a-z0-9.+-]{1,60}$/.test(plain) ? `of type ${plain}` : 'of a type that is not told';
}

/** "403 not permitted"; of what no status tells, that it was not reached. */
const shortly = (error: AppError): string =>
  error.code === 'record-unavailable' && !/\bHTTP \d{3}\b|no answer that can be used/.test(error.message)
    ? 'not reached'
    : whyUnread(error);
