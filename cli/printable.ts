/** Marks that turn the reading direction of what follows them. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text for a terminal: what a record, a file or a server wrote can move no cursor, colour nothing and hide nothing. Lines and tabs stay. */
export const printable = (text: string): string => text.replace(/(?![\n\t])\p{Cc}/gu, '\ufffd').replace(TURNS, '');

/** The same as one line: what stands in a record makes no lines of its own among ours. */
export const oneLine = (text: string): string => printable(text.replace(/\s+/g, ' '));
