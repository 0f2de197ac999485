import * as z from 'zod/mini';
import { documentation } from '../flow/fields.ts';
import { smokeFile } from './schema.ts';

/** The smoke file's schema for editors, from the one that validates. Only the generator imports this: no action carries it. */
export function smokeJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema: _, ...schema } = z.toJSONSchema(smokeFile, {
    target: 'draft-7',
    io: 'input',
    metadata: documentation,
    override: ({ zodSchema, jsonSchema }) => {
      // Zod drops the examples of whatever it transforms; these are of the text as it is written.
      const known = documentation.get(zodSchema);
      if (known !== undefined) Object.assign(jsonSchema, known);
    },
  });
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Smoke tests', ...schema };
}
