import { presentMembers } from './json.ts';
import { join, LabDefect } from './refusal.ts';
import { writeText, wrong } from './scalar.ts';
import type { Dictionary, List, Member, Structure } from './schema.ts';
import { isRecord, type Strictness } from './strict.ts';

/** One element. `content` is markup: text goes through `escapeXml` first. */
export function element(name: string, content: string, attributes: Readonly<Record<string, string>> = {}): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return `<${name}${written.join('')}>${content}</${name}>`;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r\n\t]/g, character => `&#${character.charCodeAt(0)};`);
}

/** The members of an answer as elements, in the schema's order. What the schema does not allow is a `LabDefect`. */
export function writeXmlMembers(shape: Structure, value: unknown, path: string, strict: Strictness): string {
  if (!isRecord(value)) return wrong(path, value, shape.name);
  const present = new Map(presentMembers(shape, value, path));
  for (const name of present.keys()) {
    if (!shape.members.has(name)) {
      throw new LabDefect(`The answer holds ${join(path, name)}, which ${shape.name} does not have`);
    }
  }
  return [...shape.members.values()]
    .filter(member => present.has(member.name) && member.traits.xmlAttribute !== 1)
    .map(member =>
      writeMember(member, xmlName(member, member.name), present.get(member.name), join(path, member.name), strict),
    )
    .join('');
}

function writeMember(member: Member, name: string, value: unknown, path: string, strict: Strictness): string {
  const { shape } = member;
  const flat = member.traits.xmlFlattened === 1;
  switch (shape.kind) {
    case 'structure':
      return element(
        name,
        writeXmlMembers(shape, value, path, strict),
        attributesOf(member, shape, value, path, strict),
      );
    case 'list': {
      const items = writeItems(shape, flat ? name : xmlName(shape.member, 'member'), value, path, strict);
      return flat ? items : element(name, items);
    }
    case 'map': {
      const entries = writeEntries(shape, flat ? name : 'entry', value, path, strict);
      return flat ? entries : element(name, entries);
    }
    default:
      return element(name, escapeXml(writeText(shape, value, path, strict.timestamps)));
  }
}

/** A structure as the one element of a body (`httpPayload` or a REST-XML error). */
export function writeXmlRoot(name: string, shape: Structure, value: unknown, namespace: string, strict: Strictness) {
  const member: Member = { name, shape, traits: shape.traits };
  const attributes = { ...namespaceOf(namespace), ...attributesOf(member, shape, value, '', strict) };
  return element(name, writeXmlMembers(shape, value, '', strict), attributes);
}

function writeItems(list: List, name: string, value: unknown, path: string, strict: Strictness): string {
  if (!Array.isArray(value)) return wrong(path, value, 'list');
  return value
    .map((each: unknown, index) => writeMember(list.member, name, each, `${path}[${index}]`, strict))
    .join('');
}

function writeEntries(map: Dictionary, name: string, value: unknown, path: string, strict: Strictness): string {
  if (!isRecord(value)) return wrong(path, value, 'map');
  return Object.entries(value)
    .map(([key, each]) => {
      const at = join(path, key);
      const content =
        element(xmlName(map.key, 'key'), escapeXml(key)) +
        writeMember(map.value, xmlName(map.value, 'value'), each, at, strict);
      return element(name, content);
    })
    .join('');
}

function attributesOf(member: Member, shape: Structure, value: unknown, path: string, strict: Strictness) {
  if (!isRecord(value)) return {};
  const attributes: Record<string, string> = {};
  const namespace = member.traits.xmlNamespace ?? shape.traits.xmlNamespace;
  if (Array.isArray(namespace)) attributes[namespace[0] ? `xmlns:${namespace[0]}` : 'xmlns'] = String(namespace[1]);
  for (const each of shape.members.values()) {
    const held = value[each.name];
    if (each.traits.xmlAttribute !== 1 || held === undefined || held === null) continue;
    if (each.shape.kind === 'structure' || each.shape.kind === 'list' || each.shape.kind === 'map') continue;
    attributes[xmlName(each, each.name)] = writeText(each.shape, held, join(path, each.name), strict.timestamps);
  }
  return attributes;
}

export function namespaceOf(namespace: string): Record<string, string> {
  return namespace === '' ? {} : { xmlns: namespace };
}

export function xmlName(member: Member, otherwise: string): string {
  return typeof member.traits.xmlName === 'string' ? member.traits.xmlName : otherwise;
}
