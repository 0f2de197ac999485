import { mkdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TargetName } from '#core/flow/targets/registry';
import { serve } from '../assembly/servers.ts';
import { deployEnvironment } from './inputs.ts';

/** What `deploy` is started with on the path of one target, and how its first step outward is seen. */
export interface StartPath {
  readonly environment: Readonly<Record<string, string>>;
  firstStep(): Promise<FirstStep>;
}

export interface FirstStep {
  readonly environment: Readonly<Record<string, string>>;
  /** When it was taken, by `performance.now()`. */
  readonly taken: Promise<number>;
  close(): Promise<void>;
}

interface Example {
  readonly inputs: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

const inline = (component: Readonly<Record<string, unknown>>) => ({ component: JSON.stringify(component) });

/** A tool that leaves a trace as soon as it runs. */
const trace = 'started';

const examples: { readonly [Name in TargetName]: Example } = {
  ecs: { inputs: { cluster: 'bench', service: 'api', container: 'api', image: 'bench:1.0.0' } },
  lambda: {
    inputs: inline({ target: 'lambda', function: 'api', alias: 'live', zip: 'code' }),
    files: { 'code/package.json': '{ "name": "api", "version": "1.0.0" }' },
  },
  'static-site': {
    inputs: inline({ target: 'static-site', bucket: 'web', folder: 'web', distribution: 'EWEB' }),
    files: { 'web/index.html': 'one' },
  },
  codepipeline: { inputs: inline({ target: 'codepipeline', pipeline: 'web' }) },
  cloudformation: {
    inputs: inline({ target: 'cloudformation', stack: 'web', template: 'stack.json' }),
    files: { 'stack.json': '{ "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } } }' },
  },
  command: { inputs: inline({ target: 'command', tool: 'script', deploy: ['touch', trace] }) },
};

export function prepareStart(suite: string, target: TargetName, workspace: string): StartPath {
  const { inputs, files = {} } = examples[target];
  mkdirSync(workspace);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  return {
    environment: {
      ...deployEnvironment(suite, { ...inputs, region: 'ap-southeast-2' }),
      PATH: process.env.PATH ?? '',
      GITHUB_WORKSPACE: workspace,
      GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
      AWS_ACCESS_KEY_ID: 'AKIALABBENCH',
      AWS_SECRET_ACCESS_KEY: 'nobody checks it here',
    },
    firstStep: target === 'command' ? () => firstTool(workspace) : firstCall,
  };
}

/** A server that only waits for the first request. */
async function firstCall(): Promise<FirstStep> {
  const { promise: taken, resolve } = Promise.withResolvers<number>();
  const server = await serve(() => resolve(performance.now()));
  return { environment: { AWS_ENDPOINT_URL: server.url }, taken, close: () => server.close() };
}

async function firstTool(workspace: string): Promise<FirstStep> {
  rmSync(join(workspace, trace), { force: true });
  const { promise: taken, resolve } = Promise.withResolvers<number>();
  const watcher = watch(workspace, (_event, file) => {
    if (file === trace) resolve(performance.now());
  });
  return { environment: {}, taken, close: async () => watcher.close() };
}
