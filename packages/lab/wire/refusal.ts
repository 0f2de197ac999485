/** Input that the schema does not allow. The protocol decides how the service would word it. */
export class InputRefusal extends Error {
  readonly kind: 'unknown' | 'missing' | 'type' | 'malformed';
  readonly path: string;

  constructor(kind: InputRefusal['kind'], path: string, message: string) {
    super(message);
    this.name = 'InputRefusal';
    this.kind = kind;
    this.path = path;
  }
}

/** A mistake of the lab itself: a behaviour that answers what the service could not answer. */
export class LabDefect extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LabDefect';
  }
}

export function refuseUnknown(path: string, shape: string, member: string): never {
  throw new InputRefusal('unknown', join(path, member), `${shape} has no member ${member}`);
}

export function refuseMissing(path: string, member: string): never {
  throw new InputRefusal('missing', join(path, member), `${member} is required`);
}

/** `found` and `wanted` in the words of the AWS deserialisers: `STRING_VALUE`, `an Integer`. */
export function refuseType(path: string, found: string, wanted: string): never {
  throw new InputRefusal('type', path, `${found} can not be converted to ${wanted}`);
}

export function join(path: string, member: string): string {
  return path === '' ? member : `${path}.${member}`;
}
