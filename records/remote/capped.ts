import { linkOf, type Page } from './page.ts';

/** How long servers let an answer become: where no number is told and no page follows, one of just this length may have been cut. */
const COMMON: ReadonlySet<number> = new Set([
  10, 15, 20, 25, 30, 40, 50, 60, 75, 100, 150, 200, 250, 300, 400, 500, 1_000, 2_000, 5_000, 10_000,
]);

/** Entries on a page at most, as the server says itself in the answer. */
export function statedSize({ answer }: Page): number | undefined {
  const self = linkOf(answer.resource, 'self');
  const stated = self?.includes('?') ? new URLSearchParams(self.slice(self.indexOf('?') + 1)).get('_count') : undefined;
  return stated && /^[1-9]\d{0,6}$/.test(stated) ? Number(stated) : undefined;
}

/**
 * Whether pages that no further one follows, and of which no number is told, may have been cut: the last one is full, or all are as many as
 * servers give at most.
 */
export function mayBeCut(pages: readonly Page[]): boolean {
  const [first, last] = [pages[0], pages.at(-1)];
  if (!first || !last || last.matches.length === 0 || pages.some(({ total }) => total !== undefined)) return false;
  const all = pages.reduce((sum, { matches }) => sum + matches.length, 0);
  return COMMON.has(all) || last.matches.length === statedSize(first) || (pages.length > 1 && last.matches.length === first.matches.length);
}
