import { InputRefusal, join, refuseMissing, refuseType, refuseUnknown } from './refusal.ts';
import { readText } from './scalar.ts';
import type { Dictionary, List, Member, Shape, Structure } from './schema.ts';
import type { Strictness } from './strict.ts';
import { xmlName } from './xml.ts';

/** Form fields as a tree: `Filters.member.1.Name=x` is three branches deep. */
interface Field {
  text?: string;
  readonly parts: Map<string, Field>;
}

/** `Action` and `Version` name the operation; the rest is its input. */
export function readForm(body: string): { action: string; version: string; fields: ReadonlyMap<string, string> } {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body)) {
    if (fields.has(name)) throw new InputRefusal('malformed', name, `${name} is given twice`);
    fields.set(name, value);
  }
  const action = fields.get('Action') ?? '';
  const version = fields.get('Version') ?? '';
  fields.delete('Action');
  fields.delete('Version');
  return { action, version, fields };
}

/**
 * Reads the fields of an `awsQuery` request (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html): lists are
 * `Name.member.N`, flattened ones `Name.N`, maps `Name.entry.N.key` and `.value`; an empty list is `Name=`.
 */
export function readQuery(
  shape: Structure,
  fields: ReadonlyMap<string, string>,
  strictness: Strictness,
  dialect: Dialect = 'query',
): Record<string, unknown> {
  const strict = { ...strictness, dialect };
  const root: Field = { parts: new Map() };
  for (const [name, value] of fields) plant(root, name.split('.')).text = value;
  return readStructure(shape, root, '', strict);
}

/** EC2’s lists are all flat, and its names begin with a capital: https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
type Dialect = 'query' | 'ec2';

interface Reading extends Strictness {
  readonly dialect: Dialect;
}

function fieldName(member: Member, { dialect }: Reading): string {
  const { ec2QueryName } = member.traits;
  if (dialect === 'query') return xmlName(member, member.name);
  if (typeof ec2QueryName === 'string') return ec2QueryName;
  const name = xmlName(member, member.name);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function plant(root: Field, path: readonly string[]): Field {
  let field = root;
  for (const part of path) {
    const next = field.parts.get(part) ?? { parts: new Map() };
    field.parts.set(part, next);
    field = next;
  }
  return field;
}

function readStructure(shape: Structure, field: Field, path: string, strict: Reading): Record<string, unknown> {
  if (field.text !== undefined) refuseType(path, JSON.stringify(field.text), 'a Structure');
  const names = new Map([...shape.members.values()].map(member => [fieldName(member, strict), member]));
  const read: Record<string, unknown> = {};
  for (const [name, part] of field.parts) {
    const member = names.get(name);
    if (member === undefined) refuseUnknown(path, shape.name, name);
    read[member.name] = readField(member, part, join(path, name), strict);
  }
  for (const name of shape.required) if (read[name] === undefined) refuseMissing(path, name);
  return read;
}

function readField(member: Member, field: Field, path: string, strict: Reading): unknown {
  const { shape } = member;
  const flat = strict.dialect === 'ec2' || member.traits.xmlFlattened === 1;
  switch (shape.kind) {
    case 'structure':
      return readStructure(shape, field, path, strict);
    case 'list':
      return readList(shape, flat, field, path, strict);
    case 'map':
      return readMap(shape, flat, field, path, strict);
    default:
      if (field.parts.size > 0 || field.text === undefined)
        return refuseType(path, 'Start of structure', kindOf(shape));
      return readText(shape, field.text, path, strict.timestamps);
  }
}

function readList(shape: List, flat: boolean, field: Field, path: string, strict: Reading): unknown[] {
  if (field.text === '' && field.parts.size === 0) return [];
  if (field.text !== undefined) return refuseType(path, JSON.stringify(field.text), 'a List');
  return numbered(flat ? field : only(field, xmlName(shape.member, 'member'), path), path).map((each, index) =>
    readField(shape.member, each, `${path}[${index}]`, strict),
  );
}

function readMap(shape: Dictionary, flat: boolean, field: Field, path: string, strict: Reading) {
  const entries = numbered(flat ? field : only(field, 'entry', path), path).map((each, index) => {
    const at = `${path}[${index}]`;
    const key = each.parts.get(xmlName(shape.key, 'key'));
    const value = each.parts.get(xmlName(shape.value, 'value'));
    if (key?.text === undefined || value === undefined || each.parts.size !== 2)
      return refuseType(at, 'It', 'an entry');
    return [key.text, readField(shape.value, value, at, strict)] as const;
  });
  return Object.fromEntries(entries);
}

function only(field: Field, name: string, path: string): Field {
  const part = field.parts.get(name);
  if (part === undefined || field.parts.size !== 1 || field.text !== undefined) {
    return refuseType(path, 'It', `a List of ${name}.N`);
  }
  return part;
}

/** The parts `1`, `2` … in order; a gap or another name is refused. */
function numbered(field: Field, path: string): Field[] {
  return [...field.parts.keys()]
    .sort((a, b) => Number(a) - Number(b))
    .map((name, index) => {
      const part = field.parts.get(name);
      if (part === undefined || name !== String(index + 1)) return refuseType(path, `Index ${name}`, 'the next index');
      return part;
    });
}

function kindOf(shape: Shape): string {
  return `a ${shape.kind}`;
}
