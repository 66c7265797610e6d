/**
 * What stands at 0x80 to 0x9F in Windows-1252; a blank where it is empty. Node 20 decodes these as Latin-1 does.
 * https://encoding.spec.whatwg.org/index-windows-1252.txt
 */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Formats and controls but white space and the signs of numbers in Arabic and Syriac, which are seen. */
const UNSEEN = '(?![\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2])\\p{Cf}|\\p{Surrogate}|(?!\\s)\\p{Cc}';
/** Whether there is any. */
export const HAS_UNSEEN = new RegExp(UNSEEN, 'u');
const BETWEEN_DIGITS = new RegExp(`(?<=\\p{Nd})(?:${UNSEEN})+(?=\\p{Nd})`, 'gu');
const ANYWHERE = new RegExp(UNSEEN, 'gu');

/**
 * Text without characters that nobody sees: zero-width ones, controls, half of a pair that was cut. The controls of Unicode's second block are
 * characters of Windows-1252 that were read as Latin-1, such as the dash of "2\u20135 mg", and become those again. Two numbers stay two.
 */
export const visible = (text: string): string =>
  text
    .replace(/[\u0080-\u009f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80]!)
    .replace(BETWEEN_DIGITS, ' ')
    .replace(ANYWHERE, '');
