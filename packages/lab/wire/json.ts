import { join, LabDefect, refuseMissing, refuseType, refuseUnknown } from './refusal.ts';
import { isDate, readBase64, readNumber, readTextDate, writeDate, wrong } from './scalar.ts';
import type { Member, Scalar, Shape, Structure } from './schema.ts';
import { isFuture, isRecord, type Strictness } from './strict.ts';

/** Reads a JSON value as the shape, or throws an `InputRefusal`. `null` is the same as absent, as in AWS JSON. */
export function readJson(shape: Shape, value: unknown, path: string, strict: Strictness): unknown {
  switch (shape.kind) {
    case 'structure':
      if (!isRecord(value)) return refuseType(path, found(value), 'a Structure');
      return readStructure(shape, value, path, strict);
    case 'list':
      if (!Array.isArray(value)) return refuseType(path, found(value), 'a List');
      return value.map((each: unknown, index) => {
        const at = `${path}[${index}]`;
        if (each === null) return shape.sparse ? null : refuseType(at, 'NULL_VALUE', 'a member of the List');
        return readJson(shape.member.shape, each, at, strict);
      });
    case 'map':
      if (!isRecord(value)) return refuseType(path, found(value), 'a Map');
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => {
          const at = `${path}[${JSON.stringify(key)}]`;
          if (each === null) return [key, shape.sparse ? null : refuseType(at, 'NULL_VALUE', 'a value of the Map')];
          return [key, readJson(shape.value.shape, each, at, strict)];
        }),
      );
    default:
      return readScalar(shape, value, path, strict);
  }
}

function readStructure(
  shape: Structure,
  value: Readonly<Record<string, unknown>>,
  path: string,
  strict: Strictness,
): Record<string, unknown> {
  const names = new Map([...shape.members.values()].map(member => [wireName(member, strict), member]));
  const read: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) {
    const member = names.get(name);
    if (member === undefined) {
      if (!isFuture(strict, shape.name, name)) refuseUnknown(path, shape.name, name);
      read[name] = each;
    } else if (each !== null) {
      read[member.name] = readJson(member.shape, each, join(path, name), strict);
    }
  }
  for (const name of shape.required) if (read[name] === undefined) refuseMissing(path, name);
  if (shape.union && Object.keys(read).length !== 1) refuseType(path, 'START_OBJECT', `the Union ${shape.name}`);
  return read;
}

function wireName(member: Member, strict: Strictness): string {
  const { jsonName } = member.traits;
  return strict.jsonName && typeof jsonName === 'string' ? jsonName : member.name;
}

function readScalar(shape: Scalar, value: unknown, path: string, strict: Strictness): unknown {
  switch (shape.kind) {
    case 'string':
      return typeof value === 'string' ? value : refuseType(path, found(value), 'a String');
    case 'boolean':
      return typeof value === 'boolean' ? value : refuseType(path, found(value), 'a Boolean');
    case 'number':
      if (typeof value === 'number') return value;
      if (typeof value === 'string' && !Number.isFinite(readNumber(value) ?? 0)) return readNumber(value);
      return refuseType(path, found(value), 'a Number');
    case 'timestamp': {
      const format = shape.format ?? strict.timestamps;
      const wanted = format === 'epoch-seconds' ? 'number' : 'string';
      const date = typeof value === wanted ? readTextDate(String(value), format) : undefined;
      return date ?? refuseType(path, found(value), 'a Timestamp');
    }
    case 'blob':
      return (typeof value === 'string' ? readBase64(value) : undefined) ?? refuseType(path, found(value), 'a Blob');
    case 'document':
      return value;
    case 'big-integer':
    case 'big-decimal':
    case 'unit':
      throw new LabDefect(`${path}: the lab does not read ${shape.kind} from JSON`);
  }
}

/** Token names of the JSON parser that AWS services stand on. */
function found(value: unknown): string {
  if (value === null) return 'NULL_VALUE';
  if (Array.isArray(value)) return 'START_ARRAY';
  switch (typeof value) {
    case 'string':
      return 'STRING_VALUE';
    case 'number':
      return 'NUMBER_VALUE';
    case 'boolean':
      return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
    default:
      return 'START_OBJECT';
  }
}

/** The JSON value of an answer. What the schema does not allow is a `LabDefect`. */
export function writeJson(shape: Shape, value: unknown, path: string, strict: Strictness): unknown {
  switch (shape.kind) {
    case 'structure':
      return isRecord(value) ? writeStructure(shape, value, path, strict) : wrong(path, value, shape.name);
    case 'list':
      if (!Array.isArray(value)) return wrong(path, value, 'list');
      return value.map((each: unknown, index) => {
        if (each === null && shape.sparse) return null;
        return writeJson(shape.member.shape, each, `${path}[${index}]`, strict);
      });
    case 'map':
      if (!isRecord(value)) return wrong(path, value, 'map');
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, each]) => each !== undefined)
          .map(([key, each]) => [key, writeJson(shape.value.shape, each, join(path, key), strict)]),
      );
    default:
      return writeScalar(shape, value, path, strict);
  }
}

function writeStructure(
  shape: Structure,
  value: Readonly<Record<string, unknown>>,
  path: string,
  strict: Strictness,
): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const [name, each] of presentMembers(shape, value, path)) {
    const member = shape.members.get(name);
    if (member !== undefined)
      written[wireName(member, strict)] = writeJson(member.shape, each, join(path, name), strict);
    else if (isFuture(strict, shape.name, name)) written[name] = each;
    else throw new LabDefect(`The answer holds ${join(path, name)}, which ${shape.name} does not have`);
  }
  return written;
}

/** The members that are there, after a check that the required ones are among them. */
export function presentMembers(
  shape: Structure,
  value: Readonly<Record<string, unknown>>,
  path: string,
): (readonly [string, unknown])[] {
  const present = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
  const missing = [...shape.required].filter(name => !present.some(([each]) => each === name));
  if (missing.length > 0) throw new LabDefect(`The answer lacks ${missing.map(name => join(path, name)).join(', ')}`);
  if (shape.union && present.length !== 1) throw new LabDefect(`The answer needs exactly one member at ${path}`);
  return present;
}

function writeScalar(shape: Scalar, value: unknown, path: string, strict: Strictness): unknown {
  switch (shape.kind) {
    case 'string':
      return typeof value === 'string' ? value : wrong(path, value, 'string');
    case 'boolean':
      return typeof value === 'boolean' ? value : wrong(path, value, 'boolean');
    case 'number':
      if (typeof value !== 'number') return wrong(path, value, 'number');
      return Number.isFinite(value) ? value : String(value);
    case 'timestamp': {
      if (!isDate(value)) return wrong(path, value, 'valid Date');
      const format = shape.format ?? strict.timestamps;
      return format === 'epoch-seconds' ? value.getTime() / 1000 : writeDate(value, format);
    }
    case 'blob':
      return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : wrong(path, value, 'Uint8Array');
    case 'document':
      return value;
    case 'big-integer':
    case 'big-decimal':
    case 'unit':
      throw new LabDefect(`${path}: the lab does not write ${shape.kind} as JSON`);
  }
}
