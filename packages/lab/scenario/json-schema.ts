import * as z from 'zod/mini';
import { scenario } from './schema.ts';

/** The scenario file's schema for editors, from the one that validates. Draft 7, which every YAML language server understands. */
export function scenarioJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema: _, ...schema } = z.toJSONSchema(scenario, { target: 'draft-7', io: 'input' });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Scenario of the lab',
    ...schema,
    // What is missing may stand in the file that this one extends.
    required: ['name', 'steps'],
  };
}
