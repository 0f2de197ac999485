import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import type { Finding } from '#core/finding';
import { asRecord, isRecord } from '#core/flow/raw';
import { type Pairs, readPairs } from './pairs.ts';

/** What samconfig says of a deployment, as far as it says it. */
export interface SamConfig {
  readonly stack?: string | undefined;
  readonly bucket?: string | undefined;
  readonly prefix?: string | undefined;
  readonly region?: string | undefined;
  readonly parameters?: Pairs | undefined;
  readonly tags?: Pairs | undefined;
  readonly capabilities?: readonly string[] | undefined;
}

export type ReadConfig =
  | { readonly ok: true; readonly config: SamConfig }
  | { readonly ok: false; readonly finding: Finding };

/** In the order in which the SAM CLI looks for them. */
const files = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'] as const;

/** Settings of `sam deploy` that change nothing about what is deployed, or that are the component’s to say: not read. */
const ofNoMeaning: ReadonlySet<string> = new Set(
  [
    ['template', 'template_file', 'resolve_s3', 'force_upload', 'no_progressbar', 'progressbar', 'use_json', 'debug'],
    ['confirm_changeset', 'fail_on_empty_changeset', 'no_fail_on_empty_changeset', 'save_params', 'profile', 'guided'],
    ['execute_changeset', 'no_execute_changeset', 'max_wait_duration', 'output', 'beta_features', 'config_env'],
  ].flat(),
);

/**
 * `[<environment>.deploy.parameters]` over `[<environment>.global.parameters]`. A setting that would make another deployment of it and
 * that nothing here does is refused: it would be lost in silence.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
 */
export function readSamConfig(folder: string, shown: string, environment: string): ReadConfig {
  for (const file of files) {
    const text = textOf(join(folder, file));
    if (text === undefined) continue;
    const problem = (what: string): ReadConfig => ({ ok: false, finding: unusable(join(shown, file), what) });
    const document = parsed(file, text);
    if (!isRecord(document)) return problem('cannot be read');
    if (!isRecord(document[environment])) return problem(`has no environment \`${environment}\``);
    return settingsOf(asRecord(document[environment]), problem);
  }
  return { ok: false, finding: unusable(join(shown, files[0]), 'is not there') };
}

function settingsOf(environment: Readonly<Record<string, unknown>>, problem: (what: string) => ReadConfig): ReadConfig {
  const of = (command: string) => asRecord(asRecord(environment[command]).parameters);
  const { stack_name, s3_bucket, s3_prefix, region, parameter_overrides, tags, capabilities, ...others } = {
    ...of('global'),
    ...of('deploy'),
  };
  const unknown = Object.keys(others).filter(key => !ofNoMeaning.has(key));
  if (unknown.length > 0) return problem(`says ${unknown.join(', ')}, which the tool sam does not do`);
  const texts = { stack_name, s3_bucket, s3_prefix, region };
  for (const [key, value] of Object.entries(texts)) {
    if (value !== undefined && typeof value !== 'string') return problem(`has a ${key} that is not a text`);
  }
  const pairs = { parameter_overrides, tags };
  for (const [key, value] of Object.entries(pairs)) {
    if (value !== undefined && readPairs(value) === undefined)
      return problem(`has ${key} that are not \`Key=value\` in it`);
  }
  return {
    ok: true,
    config: {
      stack: textIn(stack_name),
      bucket: textIn(s3_bucket),
      prefix: textIn(s3_prefix),
      region: textIn(region),
      parameters: readPairs(parameter_overrides),
      tags: readPairs(tags),
      capabilities:
        capabilities === undefined ? undefined : [capabilities].flat().flatMap(each => String(each).split(/[\s,]+/)),
    },
  };
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function parsed(file: string, text: string): unknown {
  try {
    return file.endsWith('.toml') ? parseToml(text) : parseYaml(text);
  } catch {
    return undefined;
  }
}

function unusable(file: string, what: string): Finding {
  return {
    reason: 'input-invalid',
    message: `${file} ${what}.`,
    evidence: { file },
    next: 'Correct it, or say `stack`, `bucket`, `parameters` and `capabilities` in the component instead of `config-env`.',
  };
}
