/**
 * A question that is typed again and again is asked once: where one copy runs into the next, words of two of them would be read as one
 * question that nobody asked. The last copy may be cut short.
 */
export function askedOnce(text: string): string {
  const words = text.trim().split(/\s+/);
  const same = words.map((word) => word.toLowerCase().replace(/[?.!,;]+$/, ''));
  // The longest start that is also an end, word by word: what is left is the period.
  const back: number[] = [0];
  for (let at = 1, length = 0; at < same.length; at += 1) {
    while (length > 0 && same[at] !== same[length]) length = back[length - 1]!;
    if (same[at] === same[length]) length += 1;
    back.push(length);
  }
  const period = words.length - back.at(-1)!;
  return period >= 3 && period * 2 <= words.length ? words.slice(0, period).join(' ') : text;
}
