import { InputRefusal } from './refusal.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text of an element that has no children, else empty. */
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const token =
  /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)([^>]*?)(\/?)>|([^<]+)/y;

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** The subset of XML that AWS clients send: no document types, no namespaces beyond attributes that declare them. */
export function parseXml(source: string): XmlElement {
  const root: Open = { name: '', attributes: new Map(), children: [], text: '' };
  const stack = [root];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const match = token.exec(source);
    const top = stack.at(-1);
    if (match === null || top === undefined) return malformed('not well-formed');
    const [, data, close, open, attributes, empty, text] = match;
    if (data !== undefined) top.text += data;
    if (text !== undefined) top.text += unescapeXml(text);
    if (open !== undefined)
      stack.push({ name: open, attributes: readAttributes(attributes ?? ''), children: [], text: '' });
    if (close !== undefined || empty === '/') endElement(stack, close ?? open ?? '');
  }
  const [only, ...others] = root.children;
  if (stack.length !== 1 || only === undefined || others.length > 0 || root.text.trim() !== '') {
    return malformed('not one element');
  }
  return only;
}

function endElement(stack: Open[], name: string): void {
  const ended = stack.pop();
  const parent = stack.at(-1);
  if (ended === undefined || parent === undefined || ended.name !== name) malformed(`</${name}> is out of place`);
  if (ended.children.length > 0 && ended.text.trim() !== '') malformed(`${name} mixes text and elements`);
  parent.children.push({ ...ended, text: ended.children.length > 0 ? '' : ended.text });
}

function readAttributes(source: string): Map<string, string> {
  const pairs = [...source.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return new Map(pairs.map(([, name, double, single]) => [name ?? '', unescapeXml(double ?? single ?? '')]));
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return entities[name] ?? malformed(`${whole} is no entity`);
  });
}

function malformed(what: string): never {
  throw new InputRefusal('malformed', '', `The XML you provided was not well-formed: ${what}`);
}
