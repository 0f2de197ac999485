import { escaped } from '../html.ts';

/** Elements that content may have, and the attributes that they keep. Everything else is shown as the text that it is. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  b: [],
  blockquote: [],
  br: [],
  code: ['class'],
  dd: [],
  del: [],
  details: ['open'],
  div: ['align'],
  dl: [],
  dt: [],
  em: [],
  h1: [],
  h2: [],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  hr: [],
  i: [],
  input: ['type', 'checked', 'disabled'],
  ins: [],
  kbd: [],
  li: [],
  ol: ['start'],
  p: ['align'],
  pre: [],
  s: [],
  samp: [],
  strong: [],
  sub: [],
  summary: [],
  sup: [],
  table: [],
  tbody: [],
  td: ['align', 'colspan', 'rowspan'],
  th: ['align', 'colspan', 'rowspan'],
  thead: [],
  tr: [],
  ul: [],
  var: [],
};
const empty = new Set(['br', 'hr', 'input']);

const token = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)>|[^<]+|</g;
const attribute = /([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/**
 * Rendered Markdown, safe to stand in the page: known elements only, no script, no style, nothing that loads, and every
 * element that it opens is closed within it, so that content cannot end a part of the page around it.
 */
export function sanitise(markup: string): string {
  const open: string[] = [];
  const close = (name: string) => {
    const depth = open.lastIndexOf(name);
    return depth === -1 ? '' : closing(open.splice(depth));
  };
  const kept = [...markup.matchAll(token)].map(([whole, slash, written, rest = '']) => {
    if (whole.startsWith('<!--')) return '';
    if (written === undefined) return whole === '<' ? '&lt;' : whole;
    const name = written.toLowerCase();
    const attributes = Object.hasOwn(allowed, name) ? allowed[name] : undefined;
    if (attributes === undefined || (name === 'input' && !/type=["']?checkbox/i.test(rest))) return escaped(whole);
    if (slash === '/') return close(name);
    if (!empty.has(name)) open.push(name);
    return `<${name}${attributesOf(rest, attributes)}${name === 'input' ? ' disabled' : ''}>`;
  });
  return kept.join('') + closing(open);
}

function closing(names: readonly string[]): string {
  return names
    .toReversed()
    .map(name => `</${name}>`)
    .join('');
}

function attributesOf(text: string, names: readonly string[]): string {
  return [...text.matchAll(attribute)]
    .map(([, written = '', ...values]) => ({
      name: written.toLowerCase(),
      value: values.find(value => value !== undefined) ?? '',
    }))
    .filter(({ name, value }) => names.includes(name) && name !== 'disabled' && isHarmless(name, value))
    .map(({ name, value }) => ` ${name}="${value.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`)
    .join('');
}

/** Addresses lead to the web or to a place in the page, and say so literally: an entity in the scheme is no scheme. */
function isHarmless(name: string, value: string): boolean {
  if (name === 'class') return /^language-[\w-]+$/.test(value);
  return name !== 'href' || /^(?:https?:\/\/|mailto:|#)/i.test(value);
}
