/**
 * A typed view on the schemas that the SDK packages carry at run time. Their tuples are described by the types of
 * `@smithy/types` (`schema/static-schemas`, `schema/sentinels`, `schema/traits`).
 */

export type Traits = Readonly<Record<string, unknown>>;
export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

export interface Structure {
  readonly kind: 'structure';
  readonly name: string;
  /** Exactly one member is present. */
  readonly union: boolean;
  readonly members: ReadonlyMap<string, Member>;
  readonly required: ReadonlySet<string>;
  readonly traits: Traits;
}

export interface List {
  readonly kind: 'list';
  readonly sparse: boolean;
  readonly member: Member;
}

export interface Dictionary {
  readonly kind: 'map';
  readonly sparse: boolean;
  readonly key: Member;
  readonly value: Member;
}

export interface Timestamp {
  readonly kind: 'timestamp';
  /** Absent: the protocol's default. */
  readonly format?: TimestampFormat;
}

export interface Plain {
  readonly kind: 'string' | 'number' | 'boolean' | 'blob' | 'document' | 'big-integer' | 'big-decimal' | 'unit';
}

export type Shape = Structure | List | Dictionary | Timestamp | Plain;
export type Scalar = Timestamp | Plain;

/** A place in a structure, list or map: what may stand there, and the traits of the place and of its shape. */
export interface Member {
  readonly name: string;
  readonly shape: Shape;
  readonly traits: Traits;
}

type Tuple = readonly unknown[];

const traitBits = [
  'httpLabel',
  'idempotent',
  'idempotencyToken',
  'sensitive',
  'httpPayload',
  'httpResponseCode',
  'httpQueryParams',
] as const;

const sentinels: Readonly<Record<number, Scalar>> = {
  0: { kind: 'string' },
  1: { kind: 'number' },
  2: { kind: 'boolean' },
  4: { kind: 'timestamp' },
  5: { kind: 'timestamp', format: 'date-time' },
  6: { kind: 'timestamp', format: 'http-date' },
  7: { kind: 'timestamp', format: 'epoch-seconds' },
  15: { kind: 'document' },
  17: { kind: 'big-integer' },
  19: { kind: 'big-decimal' },
  21: { kind: 'blob' },
  42: { kind: 'blob' },
};

const listBit = 64;
const mapBit = 128;

export function isTuple(value: unknown): value is Tuple {
  return Array.isArray(value);
}

export function readTraits(value: unknown): Traits {
  if (typeof value === 'number') {
    return Object.fromEntries(traitBits.filter((_, bit) => (value >> bit) & 1).map(name => [name, 1]));
  }
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The member that a schema reference describes: a sentinel, a tuple, `[reference, traits]` or a function of one. */
export function readMember(name: string, reference: unknown): Member {
  const schema = typeof reference === 'function' ? reference() : reference;
  if (isTuple(schema) && schema.length === 2) {
    const inner = readMember(name, schema[0]);
    return { name, shape: inner.shape, traits: { ...inner.traits, ...readTraits(schema[1]) } };
  }
  if (isTuple(schema) && schema[0] === 0) {
    const inner = readMember(name, schema[4]);
    return { name, shape: inner.shape, traits: { ...inner.traits, ...readTraits(schema[3]) } };
  }
  return { name, shape: readShape(schema), traits: isTuple(schema) ? readTraits(schema[3]) : {} };
}

const known = new WeakMap<Tuple, Shape>();

function readShape(schema: unknown): Shape {
  if (schema === 'unit') return { kind: 'unit' };
  if (typeof schema === 'number') return readSentinel(schema);
  if (!isTuple(schema)) throw new Error(`Not a schema of the SDK: ${String(schema)}`);
  const seen = known.get(schema);
  if (seen !== undefined) return seen;
  const shape = readTuple(schema);
  known.set(schema, shape);
  return shape;
}

function readSentinel(schema: number): Shape {
  if (schema & mapBit) return dictionary(readMember('key', 0), readMember('value', schema & ~mapBit), false);
  if (schema & listBit) {
    return { kind: 'list', sparse: false, member: readMember('member', schema & ~listBit) };
  }
  const scalar = sentinels[schema];
  if (scalar === undefined) throw new Error(`The SDK's schema number ${schema} is not known here`);
  return scalar;
}

function dictionary(key: Member, value: Member, sparse: boolean): Dictionary {
  return { kind: 'map', key, value, sparse };
}

/** Members are read when they are first asked for, since shapes refer to themselves. */
function readTuple(schema: Tuple): Shape {
  const traits = readTraits(schema[3]);
  const sparse = traits.sparse === 1;
  switch (schema[0]) {
    case 1: {
      const member = once(() => readMember('member', schema[4]));
      return {
        kind: 'list',
        sparse,
        get member() {
          return member();
        },
      };
    }
    case 2: {
      const key = once(() => readMember('key', schema[4]));
      const value = once(() => readMember('value', schema[5]));
      return {
        kind: 'map',
        sparse,
        get key() {
          return key();
        },
        get value() {
          return value();
        },
      };
    }
    case 3:
    case -3:
    case 4: {
      const [, , name, , names, references, count] = schema;
      if (typeof name !== 'string' || !isTuple(names) || !isTuple(references)) {
        throw new Error(`Not a structure of the SDK: ${String(name)}`);
      }
      const members = once(
        () => new Map(names.map((each, index) => [String(each), readMember(String(each), references[index])])),
      );
      return {
        kind: 'structure',
        name,
        union: schema[0] === 4,
        traits,
        // The generator puts the required members first and says how many they are.
        required: new Set(names.slice(0, typeof count === 'number' ? count : 0).map(String)),
        get members() {
          return members();
        },
      };
    }
    default:
      throw new Error(`The SDK's schema kind ${String(schema[0])} is not known here`);
  }
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
