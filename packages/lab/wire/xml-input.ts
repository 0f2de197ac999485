import { join, refuseMissing, refuseType, refuseUnknown } from './refusal.ts';
import { readText } from './scalar.ts';
import type { Member, Structure } from './schema.ts';
import type { Strictness } from './strict.ts';
import { xmlName } from './xml.ts';
import type { XmlElement } from './xml-document.ts';

/** Reads the elements of a REST-XML document as the members of a structure, or throws an `InputRefusal`. */
export function readXml(shape: Structure, element: XmlElement, path: string, strict: Strictness) {
  if (element.text.trim() !== '') refuseType(path, 'Text', 'a Structure');
  const names = new Map([...shape.members.values()].map(member => [xmlName(member, member.name), member]));
  const read: Record<string, unknown> = {};
  for (const [name, elements] of Map.groupBy(element.children, child => child.name)) {
    const member = names.get(name);
    if (member === undefined || member.traits.xmlAttribute === 1) return refuseUnknown(path, shape.name, name);
    read[member.name] = readMember(member, elements, join(path, name), strict);
  }
  for (const [name, text] of element.attributes) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
    const member = names.get(name);
    if (member?.traits.xmlAttribute !== 1) return refuseUnknown(path, shape.name, `@${name}`);
    read[member.name] = text;
  }
  for (const name of shape.required) if (read[name] === undefined) refuseMissing(path, name);
  return read;
}

function readMember(member: Member, elements: readonly XmlElement[], path: string, strict: Strictness): unknown {
  const { shape } = member;
  const flat = member.traits.xmlFlattened === 1;
  const [element] = elements;
  if (element === undefined || (elements.length > 1 && !flat))
    return refuseType(path, 'A repeated element', shape.kind);
  switch (shape.kind) {
    case 'structure':
      return readXml(shape, element, path, strict);
    case 'list': {
      const items = flat ? elements : named(element, xmlName(shape.member, 'member'), path);
      return items.map((item, index) => readMember(shape.member, [item], `${path}[${index}]`, strict));
    }
    case 'map': {
      const entries = flat ? elements : named(element, 'entry', path);
      const names = [xmlName(shape.key, 'key'), xmlName(shape.value, 'value')] as const;
      return Object.fromEntries(
        entries.map((entry, index) => {
          const [key, value] = names.map(name => entry.children.find(child => child.name === name));
          if (key === undefined || value === undefined) return refuseType(`${path}[${index}]`, 'It', 'an entry');
          return [key.text, readMember(shape.value, [value], join(path, key.text), strict)];
        }),
      );
    }
    default:
      if (element.children.length > 0) return refuseType(path, 'Start of structure', `a ${shape.kind}`);
      return readText(shape, element.text, path, strict.timestamps);
  }
}

function named(element: XmlElement, name: string, path: string): readonly XmlElement[] {
  const other = element.children.find(child => child.name !== name);
  if (other !== undefined) refuseUnknown(path, 'The list', other.name);
  return element.children;
}
