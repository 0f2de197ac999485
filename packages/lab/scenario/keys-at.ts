import type * as z from 'zod/mini';
import type { Path } from '#core/flow/problem';

/** The keys that a schema knows at `path`: what somebody who misspelt one may have meant. */
export function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const [part, ...rest] = path;
  switch (def.type) {
    case 'optional':
    case 'nullable':
      return keysAt(def.innerType, path);
    case 'union':
      return def.options.flatMap(option => keysAt(option, path));
    case 'array':
      return part === undefined ? [] : keysAt(def.element, rest);
    case 'record':
      return part === undefined ? [] : keysAt(def.valueType, rest);
    case 'object': {
      if (part === undefined) return Object.keys(def.shape);
      const member = def.shape[part];
      return member === undefined ? [] : keysAt(member, rest);
    }
    default:
      return [];
  }
}
