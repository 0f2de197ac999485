import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NotModelled } from '../fault.ts';
import { textOf, type Value } from '../language/expressions.ts';
import type { OidcJob, RunnerOptions, RunnerPorts } from '../ports.ts';
import type { Masker } from '../steps/masking.ts';
import type { Folders } from './folders.ts';

/** Commands of the lab that stand before the system's: `sleep` on lab time. */
const LAB_COMMANDS = fileURLToPath(new URL('../bin', import.meta.url));
const SYSTEM_PATH = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Nothing of the environment of the lab's own process reaches a step; PATH is made here. */
export function machineOf(options: RunnerOptions | undefined): {
  readonly node: string;
  readonly path: readonly string[];
} {
  const node = options?.node ?? process.execPath;
  const tools = options?.tools === undefined ? [] : [options.tools];
  return { node, path: [LAB_COMMANDS, ...tools, dirname(node), ...(options?.path ?? SYSTEM_PATH)] };
}

export function runnerContext(folders: Folders): { readonly [key: string]: Value } {
  return {
    name: 'GitHub Actions',
    os: process.platform === 'darwin' ? 'macOS' : 'Linux',
    arch: process.arch === 'arm64' ? 'ARM64' : 'X64',
    environment: 'github-hosted',
    temp: folders.temporary,
    tool_cache: folders.tools,
    workspace: folders.pipeline,
    debug: '',
  };
}

/** The parts of the `github` context that are variables too (docs: "Variables reference"). */
const GITHUB_VARIABLES = [
  'actor',
  'actor_id',
  'api_url',
  'base_ref',
  'event_name',
  'graphql_url',
  'head_ref',
  'job',
  'ref',
  'ref_name',
  'ref_protected',
  'ref_type',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'retention_days',
  'run_attempt',
  'run_id',
  'run_number',
  'server_url',
  'sha',
  'triggering_actor',
  'workflow',
  'workflow_ref',
  'workflow_sha',
] as const;

export function variablesOf(github: { readonly [key: string]: Value }, folders: Folders): Record<string, string> {
  const runner = runnerContext(folders);
  return {
    ...Object.fromEntries(GITHUB_VARIABLES.map(name => [`GITHUB_${name.toUpperCase()}`, textOf(github[name] ?? null)])),
    ...Object.fromEntries(
      Object.entries(runner)
        .filter(([name]) => name !== 'debug')
        .map(([name, value]) => [`RUNNER_${name.toUpperCase()}`, textOf(value)]),
    ),
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folders.workspace,
    GITHUB_EVENT_PATH: folders.event,
  };
}

/** `id-token: write` gives the two variables that @actions/core asks for a token with. */
export function oidcVariables(ports: RunnerPorts, job: OidcJob, masker: Masker): Record<string, string> {
  if (!ports.oidc) throw new NotModelled(`an OIDC provider here, and '${job.jobName}' has id-token: write`);
  const { url, token } = ports.oidc(job);
  masker.add(token);
  return { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token };
}
