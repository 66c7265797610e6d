import { isAppError } from '../../errors.ts';
import { offsetIn } from './ahead.ts';
import type { Page } from './page.ts';

/** Told of a part whose pages did not hold still twice. */
export const MOVED = 'it moved entries from page to page while they were read: some may be missing';

/** A number of the page, in the address of the second one. */
const NUMBERED = /^_?page(?:_?(?:no|num|number|index))?$/i;

/**
 * Whether entries may have been passed over: pages whose addresses count entries or pages shift where one before them is deleted, or is moved to the
 * front by a change. Where the server counts what there is, the sum tells; else what lies around each border between pages is asked for once more,
 * all side by side: by one entry before it where the address counts entries, by the page before it where it counts pages.
 * @param read the page at an address
 */
export async function haveMoved(pages: readonly Page[], read: (address: string) => Promise<Page | undefined>): Promise<boolean> {
  const [first] = pages;
  if (!first?.next || pages.length < 2 || pages.some(({ total }) => total !== undefined)) return false;
  const offset = offsetIn(first.next, first.matches.length);
  const isNumbered = [...new URL(first.next).searchParams].some(([name, value]) => NUMBERED.test(name) && /^[12]$/.test(value));
  if (offset === undefined && !isNumbered) return false;
  const held = await Promise.all(
    pages.slice(0, -1).map(async (page, i) => {
      const before = offset === undefined ? undefined : await oneBefore(page.next!, offset);
      const now = idsOn(before ?? (await read(page.answer.url.href)));
      const [last, next] = now;
      const isBorder = idsOn(page).includes(last ?? '') && (next === undefined || next === idsOn(pages[i + 1])[0]);
      // Some servers begin at whole pages only.
      return now.join() === idsOn(page).join() || (before !== undefined && isBorder);
    }),
  );
  return held.includes(false);

  async function oneBefore(next: string, offset: string): Promise<Page | undefined> {
    const url = new URL(next);
    url.searchParams.set(offset, String(Number(url.searchParams.get(offset)) - 1));
    return read(url.href).catch((error: unknown) => {
      if (isAppError(error, 'bad-request')) return undefined;
      throw error;
    });
  }
}

const idsOn = (page: Page | undefined): readonly string[] => page?.matches.map(({ resourceType, id }) => `${resourceType}/${id}`) ?? [];
