import { visible } from './characters.ts';
import { type Json, obj, str } from './fhir.ts';
import { textOfMarkup } from './markup.ts';

/** Note text kept for search and checking, in characters: a long discharge letter whole, a scanned book not. */
export const TEXT_LIMIT = 20_000;
/** Markup that is longer, in characters of base64, is not read: a megabyte. */
const MARKUP_LIMIT = 1_400_000;

/**
 * Text of an attachment that holds plain text, HTML or XML as base64; undefined for everything else and for what is no text.
 * http://hl7.org/fhir/R4/datatypes.html#Attachment
 */
export function attachmentText(value: unknown): string | undefined {
  const attachment = obj(value);
  const data = str(attachment?.data)?.replace(/\s+/g, '');
  const type = str(attachment?.contentType) ?? '';
  if (!data || !/^(text\/|application\/(xhtml\+xml|xml))/i.test(type)) return undefined;
  const isMarkup = /html|xml/i.test(type);
  if (isMarkup && data.length > MARKUP_LIMIT) return undefined;
  const bytes = Buffer.from(isMarkup ? data : data.slice(0, TEXT_LIMIT * 4), 'base64');
  const text = decoded(bytes, /charset=("?)([\w:.-]+)\1/i.exec(type)?.[2]);
  const plain = isMarkup ? textOfMarkup(text, /html/i.test(type)) : text;
  if (plain === undefined) return undefined;
  const clean = visible(plain.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n'))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n(?: ?\n)+/g, '\n')
    .trim();
  return clean === '' ? undefined : clean.slice(0, TEXT_LIMIT).replace(/\p{Surrogate}/gu, '');
}

/** A name that no table has is read as UTF-8, as one without a name is. */
function decoded(bytes: Buffer, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

export interface ReadAttachments {
  /** Of the first that holds one. */
  readonly text: string | undefined;
  /** Names of those that hold no text which could be read. */
  readonly unread: string | undefined;
}

export function readAttachments(attachments: readonly Json[]): ReadAttachments {
  const texts = attachments.map(attachmentText);
  const unread = attachments.filter((_, at) => texts[at] === undefined);
  return {
    text: texts.find((text) => text !== undefined),
    unread: unread.map((item) => str(item.title) ?? str(item.contentType) ?? 'attachment').join(', ') || undefined,
  };
}
