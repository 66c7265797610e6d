/** Whole numbers as words: 0 to 19, and the tens. */
export const ONES: Readonly<Record<string, number>> = Object.fromEntries(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, value]),
);
export const TENS: Readonly<Record<string, number>> = Object.fromEntries(
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, i) => [word, (i + 2) * 10]),
);

/** From one to `most`, with "a" and "an": what stands before days, weeks, years. */
export const smallNumbers = (most: number): Readonly<Record<string, number>> => ({
  a: 1,
  an: 1,
  ...Object.fromEntries(Object.entries(ONES).filter(([, value]) => value > 0 && value <= most)),
});
