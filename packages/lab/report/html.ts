/** A piece of the page that may stand there as it is. Only `html` and `trusted` make one. */
export interface Html {
  readonly markup: string;
}

export type Value = Html | string | number | false | null | undefined | readonly Value[];

/** Markup whose values are escaped, also within quoted attributes. Nothing stands for false, null and undefined. */
export function html(texts: TemplateStringsArray, ...parts: readonly Value[]): Html {
  return { markup: texts.map((text, index) => text + render(parts[index])).join('') };
}

/** Markup that somebody else has made safe: our own style sheets, and what the sanitiser let through. */
export function trusted(markup: string): Html {
  return { markup };
}

/** Most text of a long log has none of them. */
const special = /[&<>"'\p{Cc}]/u;

export function escaped(text: string): string {
  if (!special.test(text)) return text;
  return printable(text).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

function render(part: Value): string {
  if (part === false || part === null || part === undefined) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(render).join('');
}

/** Control characters are not allowed in HTML; U+FFFD says that something was there. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]/gu, '\uFFFD');
}
