import { AppError } from '../../errors.ts';

/** What a page must tell to be followed. */
export interface LinkedPage {
  readonly next?: string;
}

/** So many pages are asked for at once, the first time and at most. */
const AT_FIRST = 4;
const AT_MOST = 16;
/** More pages than any record has: a server that never ends is one that is broken. */
export const MOST_PAGES = 1_000;

/**
 * Follows `next` links whose addresses say how far in they begin, several at once: each further address is guessed, and used only where the page
 * before it names that very address. So what is read is what following them one after the other would have read.
 * @param next of the first page
 * @param size of the first page
 * @param read the page at an address
 * @returns undefined where an address does not say where it begins, or a guess was wrong
 * @throws AppError `record-unavailable` where pages do not end
 */
export async function readAhead<P extends LinkedPage>(
  next: string,
  size: number,
  read: (address: string) => Promise<P | undefined>,
): Promise<readonly P[] | undefined> {
  const offset = offsetIn(next, size);
  if (offset === undefined) return undefined;
  const pages: P[] = [];
  let expected = next;
  for (let atOnce = AT_FIRST; ; atOnce = Math.min(AT_MOST, 2 * atOnce)) {
    const addresses = Array.from({ length: atOnce }, (_, i) => {
      const url = new URL(next);
      url.searchParams.set(offset, String((pages.length + i + 1) * size));
      return url.href;
    });
    // Beyond the last page an address may be refused: it is no fault unless a page leads there.
    const answers = await Promise.allSettled(addresses.map(read));
    for (const [i, answer] of answers.entries()) {
      if (!isSame(addresses[i]!, expected)) return undefined;
      if (answer.status === 'rejected') throw answer.reason;
      if (answer.value === undefined) return undefined;
      pages.push(answer.value);
      if (answer.value.next === undefined) return pages;
      expected = answer.value.next;
    }
    if (pages.length >= MOST_PAGES)
      throw new AppError('record-unavailable', `The FHIR server gives ${pages.length} pages of one search, and does not end.`);
  }
}

/** The one parameter of a second page's address that says how many entries come before it. */
export function offsetIn(next: string, before: number): string | undefined {
  const [only, ...more] = [...new URL(next).searchParams].filter(
    ([name, value]) => value === String(before) && !/count|limit|size/i.test(name),
  );
  return only !== undefined && more.length === 0 && /off?set|skip|start/i.test(only[0]) ? only[0] : undefined;
}

/** A server behind a proxy may name itself by another host. */
function isSame(guessed: string, named: string): boolean {
  const [a, b] = [guessed, named].map((address) => {
    const { searchParams } = new URL(address);
    searchParams.sort();
    return searchParams.toString();
  });
  return a === b;
}
