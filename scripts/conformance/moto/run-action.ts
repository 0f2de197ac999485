import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { actionEnvironment } from './action-environment.ts';

export interface ActionEnd {
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
}

export interface Bench {
  /** Runs a built action in front of this AWS, with what a runner would give it. */
  readonly run: (action: 'deploy' | 'rollback', inputs: Readonly<Record<string, string>>) => Promise<ActionEnd>;
  /** A component as its `component` input has it. */
  readonly deploy: (component: object, inputs?: Readonly<Record<string, string>>) => Promise<ActionEnd>;
  readonly write: (files: Readonly<Record<string, string>>) => void;
  readonly folder: string;
  readonly remove: () => void;
}

/** For one action, in ms: everything here is small. One that does not end by itself is a shortfall, not a wait. */
const patience = 3 * 60_000;

/** A workspace, and the actions of this tree in front of an AWS. `more`: variables of the job. */
export function createBench(
  suite: string,
  endpoint: string,
  region: string,
  more: Readonly<Record<string, string>> = {},
): Bench {
  const root = mkdtempSync(join(tmpdir(), 'release-actions-conformance-'));
  const folder = join(root, 'workspace');
  mkdirSync(folder);
  let runs = 0;

  const run: Bench['run'] = async (action, inputs) => {
    runs += 1;
    const file = (name: string) => {
      const path = join(root, `${runs}-${name}`);
      writeFileSync(path, '');
      return path;
    };
    const output = file('output');
    const child = spawn(process.execPath, [join(suite, `dist/${action}/index.js`)], {
      cwd: folder,
      timeout: patience,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: root,
        ...actionEnvironment(suite, action, inputs),
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: 'AKIACONFORMANCE00000',
        AWS_SECRET_ACCESS_KEY: 'nobody checks it here',
        GITHUB_RUN_ID: String(runs),
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_WORKSPACE: folder,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: file('summary'),
        RUNNER_TEMP: root,
        ...more,
      },
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        log += chunk.toString();
      });
    }
    const [code]: (number | null)[] = await once(child, 'close');
    return { code: code ?? null, outputs: readOutputs(readFileSync(output, 'utf8')), log };
  };

  return {
    run,
    deploy: (component, inputs = {}) => run('deploy', { ...inputs, component: stringify(component), region }),
    write: files => {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
    },
    folder,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** `name<<delimiter`, lines, `delimiter`: as @actions/core writes them. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/^([\w-]+)<<(\S+)\r?\n([\s\S]*?)\r?\n\2$/gm);
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]));
}
