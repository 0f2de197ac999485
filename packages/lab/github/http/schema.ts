/** OpenAPI 3.0 schemas as JSON Schema that ajv understands, and stricter: what is not described is not there. */

export type Schema = Readonly<Record<string, unknown>>;

/**
 * `nullable` becomes a union with null, references point into ajv's store, and an object that lists its properties has
 * no others, unless it says so or is one part of an `allOf` (whose parts see each other's members).
 */
export function toJsonSchema(schema: unknown, open = false): unknown {
  if (Array.isArray(schema)) return schema.map(item => toJsonSchema(item, open));
  if (!isRecord(schema)) return schema;
  if (typeof schema.$ref === 'string') return { $ref: referenceId(schema.$ref, open) };
  const { nullable, discriminator: _, example: __, examples: ___, ...rest } = schema;
  const converted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rest)) {
    if (key === 'properties' && isRecord(value)) {
      converted.properties = Object.fromEntries(
        Object.entries(value).map(([name, each]) => [name, toJsonSchema(each)]),
      );
    } else if (key === 'allOf') converted.allOf = toJsonSchema(value, true);
    else if (key === 'anyOf' || key === 'oneOf') converted[key] = toJsonSchema(value, open || 'properties' in rest);
    else if (key === 'items' || key === 'additionalProperties' || key === 'not') converted[key] = toJsonSchema(value);
    else converted[key] = value;
  }
  const closed =
    isRecord(rest.properties) && !('additionalProperties' in rest) && !('anyOf' in rest) && !('allOf' in rest);
  if (closed && !open && !('oneOf' in rest)) converted.additionalProperties = false;
  return nullable === true ? { anyOf: [converted, { type: 'null' }] } : converted;
}

export function referenceId(reference: string, open: boolean): string {
  return `${open ? 'open' : 'closed'}:${reference.replace('#/components/', '')}`;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
