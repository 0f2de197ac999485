import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { isRecord, readBody } from '../../aws/cloudformation/template/parse.ts';
import { Refusal } from './words.ts';

export type SamTemplate = Record<string, unknown>;

export interface ServerlessFunction {
  readonly id: string;
  readonly resource: Record<string, unknown>;
  readonly properties: Record<string, unknown>;
}

/** Intrinsic functions in their long form, as the CLI writes them again. */
export function readSamTemplate(file: string): SamTemplate {
  try {
    const value = readBody(readFileSync(file, 'utf8'));
    if (isRecord(value)) return value;
  } catch (error) {
    throw new Refusal(`Failed to parse template: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new Refusal('Failed to parse template: it is no mapping');
}

export function writeSamTemplate(template: SamTemplate): string {
  return stringify(template, { aliasDuplicateObjects: false });
}

/** Those whose code is in the tree. */
export function functionsOf({ Resources }: SamTemplate): readonly ServerlessFunction[] {
  return Object.entries(isRecord(Resources) ? Resources : {}).flatMap(([id, resource]) => {
    if (!isRecord(resource)) return [];
    if (
      /^AWS::Serverless::(Function|HttpApi)$/.test(String(resource.Type)) ===
      String(resource.Type).startsWith('AWS::Serverless::')
    ) {
      return resource.Type === 'AWS::Serverless::Function' && isRecord(resource.Properties)
        ? [{ id, resource, properties: resource.Properties }]
        : [];
    }
    throw new Refusal(`the lab’s sam does not model ${String(resource.Type)}`, 99);
  });
}
