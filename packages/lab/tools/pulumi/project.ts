import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { asRecord } from '#core/flow/raw';
import { notModelled, Refusal } from './refusal.ts';

/**
 * A project in the syntax of Pulumi YAML, as far as the lab needs it.
 * Source: https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/
 */
export interface Project {
  readonly name: string;
  readonly folder: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A value of the configuration of a stack, by its full key `project:name`. */
export interface ConfigValue {
  readonly value: string;
  readonly secret: boolean;
}

export type Config = Readonly<Record<string, ConfigValue>>;

export function readProject(start: string): Project {
  const folder = findProject(start);
  if (folder === undefined) {
    throw new Refusal(
      `no Pulumi.yaml project file found (searching upwards from ${start}). If you have not created a project yet, use \`pulumi new\` to do so: no project file found`,
    );
  }
  const file = asRecord(parse(readFileSync(join(folder, 'Pulumi.yaml'), 'utf8')));
  if (file.runtime !== 'yaml') throw notModelled(`a program of the runtime ${JSON.stringify(file.runtime)}`);
  return {
    name: String(file.name),
    folder,
    config: asRecord(file.config),
    resources: asRecord(file.resources),
    outputs: asRecord(file.outputs),
  };
}

function findProject(start: string): string | undefined {
  if (existsSync(join(start, 'Pulumi.yaml'))) return start;
  const above = dirname(start);
  return above === start ? undefined : findProject(above);
}

/** `Pulumi.<stack>.yaml` beside the project. A `secure` value needs the passphrase, as the passphrase provider does. */
export function readConfig(project: Project, stack: string): Config {
  const entries = Object.entries(asRecord(stackFile(project, stack).config));
  return Object.fromEntries(
    entries
      .map(([key, written]) => [key, readValue(written)] as const)
      .toSorted(([one], [other]) => one.localeCompare(other)),
  );
}

function readValue(written: unknown): ConfigValue {
  const secure = asRecord(written).secure;
  if (typeof secure !== 'string') return { value: String(written), secret: false };
  if (process.env.PULUMI_CONFIG_PASSPHRASE === undefined) {
    throw new Refusal(
      'getting stack configuration: get stack secrets manager: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables',
    );
  }
  return { value: Buffer.from(secure.split(':').at(-1) ?? '', 'base64').toString('utf8'), secret: true };
}

/** `--config key=value`: it is saved to the file of the stack, as `preview` and `up` do. A key without a project is of this one. */
export function saveConfig(project: Project, stack: string, assignments: readonly string[]): void {
  if (assignments.length === 0) return;
  const file = stackFile(project, stack);
  const config = { ...asRecord(file.config) };
  for (const assignment of assignments) {
    const at = assignment.indexOf('=');
    if (at < 0) throw new Refusal(`config value must be in the form [key]=[value]: ${assignment}`);
    const key = assignment.slice(0, at);
    config[key.includes(':') ? key : `${project.name}:${key}`] = assignment.slice(at + 1);
  }
  writeFileSync(pathOf(project, stack), stringify({ ...file, config }));
}

function stackFile(project: Project, stack: string): Readonly<Record<string, unknown>> {
  const path = pathOf(project, stack);
  return existsSync(path) ? asRecord(parse(readFileSync(path, 'utf8'))) : {};
}

function pathOf(project: Project, stack: string): string {
  return join(project.folder, `Pulumi.${stack}.yaml`);
}
