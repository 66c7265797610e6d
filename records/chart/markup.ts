import { Parser } from 'htmlparser2';

/** Elements that stand within a line; every other begins and ends one. */
const INLINE: ReadonlySet<string> = new Set(
  'a abbr acronym b bdi bdo big cite code content data dfn em font i input ins kbd label mark q samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const CELLS: ReadonlySet<string> = new Set(['td', 'th']);
/** Not shown to whoever reads the page. */
const UNSHOWN: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg']);
const UNSHOWN_IN_HTML: ReadonlySet<string> = new Set(['head', 'title']);
const STRUCK: ReadonlySet<string> = new Set(['del', 's', 'strike']);
const HIDING = /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)/i;
const STRIKING = /line-through/i;

/** Stands where something was crossed out: what was said there is not said. */
const CROSSED_OUT = ' [struck out] ';

type Attributes = Readonly<Record<string, string>>;

const isHidden = (name: string, attributes: Attributes, html: boolean): boolean =>
  UNSHOWN.has(name) ||
  (html && UNSHOWN_IN_HTML.has(name)) ||
  'hidden' in attributes ||
  HIDING.test(attributes.style ?? '') ||
  (name === 'option' && !('selected' in attributes));

const isStruck = (name: string, { style = '' }: Attributes): boolean => STRUCK.has(name) || STRIKING.test(style);

/**
 * What a reader of the page sees: nothing hidden, a mark in place of what is struck out, entities as characters, boxes as ticked or not.
 * Undefined where a style sheet hides or strikes what the text alone does not tell.
 */
export function textOfMarkup(source: string, html: boolean): string | undefined {
  let text = '';
  let last = '';
  const write = (part: string): void => {
    text += part;
    last = part.at(-1) ?? last;
  };
  let sheet = '';
  /** Elements that are open, from the outermost one that is left out. */
  let left: string[] = [];
  let inSheet = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        inSheet = name === 'style';
        if (left.length > 0) {
          left.push(name);
          return;
        }
        const struck = isStruck(name, attributes);
        if (struck) write(CROSSED_OUT);
        if (struck || isHidden(name, attributes, html)) {
          left = [name];
          return;
        }
        if (name === 'input' && /^(?:checkbox|radio)$/i.test(attributes.type ?? '')) write('checked' in attributes ? '[x] ' : '[ ] ');
        else if (name === 'sup' && /\d/.test(last)) write('^');
        else if (CELLS.has(name)) write(' ');
        else if (!INLINE.has(name)) write('\n');
      },
      ontext(part) {
        if (inSheet) sheet += part;
        else if (left.length === 0) write(html ? part.replace(/\s+/g, ' ') : part);
      },
      onclosetag(name) {
        inSheet = false;
        if (left.length > 0) left.pop();
        else if (CELLS.has(name)) write(' ');
        else if (!INLINE.has(name)) write('\n');
      },
    },
    { xmlMode: !html, decodeEntities: true },
  );
  parser.end(source);
  return HIDING.test(sheet) || STRIKING.test(sheet) ? undefined : text;
}
