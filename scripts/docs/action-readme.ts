import { parse } from 'yaml';
import { between } from './between.ts';
import { table } from './table.ts';

interface Metadata {
  readonly name: string;
  readonly description: string;
  readonly inputs?: Readonly<Record<string, Input>>;
  readonly outputs?: Readonly<Record<string, { readonly description: string }>>;
}

interface Input {
  readonly description: string;
  readonly default?: string;
  readonly required?: boolean;
}

/**
 * The README of an action: what people wrote, with the tables of `action.yml` between their markers. Where there is none
 * yet it begins with what `action.yml` says.
 */
export function actionReadme(actionYml: string, existing: string | undefined): string {
  const metadata: Metadata = parse(actionYml);
  const written = existing ?? firstReadme(metadata);
  const inputs = Object.entries(metadata.inputs ?? {}).map(([name, input]) => [
    `\`${name}\``,
    input.description,
    shownDefault(input),
  ]);
  const outputs = Object.entries(metadata.outputs ?? {}).map(([name, { description }]) => [`\`${name}\``, description]);
  const withInputs = between(written, 'inputs', table(['input', '', 'default'], inputs));
  return between(withInputs, 'outputs', table(['output', ''], outputs));
}

function shownDefault({ required, default: value }: Input): string {
  if (required === true) return '**required**';
  return value === undefined || value === '' ? '' : `\`${value}\``;
}

function firstReadme({ name, description }: Metadata): string {
  return `# ${name}

${description}

## Inputs

<!-- inputs:begin -->
<!-- inputs:end -->

## Outputs

<!-- outputs:begin -->
<!-- outputs:end -->
`;
}
