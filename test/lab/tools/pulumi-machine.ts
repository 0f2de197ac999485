import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

const program = join(import.meta.dirname, '../../../packages/lab/tools/pulumi/main.ts');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A machine with the stand-in, a project and a backend of files of its own. */
export function createMachine() {
  const root = mkdtempSync(join(tmpdir(), 'release-actions-pulumi-'));
  const project = join(root, 'project');
  mkdirSync(project);
  const env = {
    PATH: process.env.PATH,
    PULUMI_BACKEND_URL: `file://${join(root, 'state')}`,
    PULUMI_CONFIG_PASSPHRASE: 'x',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    USER: 'ci',
  };
  const start = (...args: readonly string[]) => spawn(process.execPath, [program, ...args], { cwd: project, env });
  return {
    root,
    project,
    start,
    write: (file: string, content: unknown) => writeFileSync(join(project, file), stringify(content)),
    async run(...args: readonly string[]): Promise<Ended> {
      return ended(start(...args));
    },
    /** Somebody changes a resource behind Pulumi’s back. */
    changeCloud(name: string, values: object) {
      const file = join(root, 'state/cloud/code-remote/prod.json');
      const cloud = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      const urn = Object.keys(cloud).find(key => key.endsWith(`::${name}`)) ?? '';
      writeFileSync(file, JSON.stringify({ ...cloud, [urn]: values }));
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export async function ended(child: ReturnType<typeof spawn>): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', chunk => {
    stdout += chunk;
  });
  child.stderr?.on('data', chunk => {
    stderr += chunk;
  });
  const [code]: (number | null)[] = await once(child, 'close');
  return { code: code ?? null, stdout, stderr };
}

/** The program that was recorded: one resource of two inputs, one plain and one secret output. */
export function recordedProject(inputs: Readonly<Record<string, unknown>> = {}) {
  return {
    name: 'code-remote',
    runtime: 'yaml',
    config: { size: { default: '1' } },
    resources: {
      subnet: { type: 'pulumi-nodejs:dynamic:Resource', properties: { fail: false, size: '${size}', ...inputs } },
    },
    outputs: { url: 'https://x.example', token: { 'fn::secret': 's3cret' } },
  };
}
