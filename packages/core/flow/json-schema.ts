import * as z from 'zod/mini';
import { overridesOfComponent } from './environment.ts';
import { documentation } from './fields.ts';
import { policyFile } from './policy/policy.ts';
import { flowFile } from './schema.ts';
import { targets } from './targets/registry.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The flow file's schema for editors, from the one that validates. Draft 7, which every YAML language server understands.
 * Only the generator imports this: no action carries it.
 */
export function flowJsonSchema(): JsonSchema {
  const schema = toJsonSchema(flowFile);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Release flow',
    ...schema,
    patternProperties: { '^x-': { description: 'Free for your own use, for instance for anchors.' } },
  };
}

/** That of an organisation’s policy. */
export function policyJsonSchema(): JsonSchema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Release policy', ...toJsonSchema(policyFile) };
}

function toJsonSchema(schema: z.ZodMiniType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    metadata: documentation,
    override: ({ zodSchema, jsonSchema }) => {
      // Zod drops the examples of whatever it transforms; these are of the text as it is written.
      const known = documentation.get(zodSchema);
      if (known !== undefined) Object.assign(jsonSchema, known);
      if (zodSchema !== overridesOfComponent) return;
      // Which keys these are depends on the component's target, which a schema cannot look up.
      delete jsonSchema.propertyNames;
      delete jsonSchema.additionalProperties;
      Object.assign(jsonSchema, { anyOf: targets.map(target => toJsonSchema(target.overrides)) });
    },
  });
  return rest;
}
