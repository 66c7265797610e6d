const NEGATOR = /\b(?:no|not|non|without|absence of|absent|negative for|free of)\b[ -]/i;

/** "Concussion with no loss of consciousness" asked as "did she lose consciousness": the name says no to what is asked, so its entry is no yes. */
export function isDeniedIn(name: string, asked: string): boolean {
  const at = NEGATOR.exec(name);
  if (!at || NEGATOR.test(asked)) return false;
  const stems = (text: string): readonly string[] => (text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).map((word) => word.slice(0, 5));
  const asks = new Set(stems(asked));
  return (
    stems(name.slice(at.index + at[0].length)).some((stem) => asks.has(stem)) &&
    !stems(name.slice(0, at.index)).some((stem) => asks.has(stem))
  );
}
