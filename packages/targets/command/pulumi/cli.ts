import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PulumiComponent } from '#core/flow/targets/command/pulumi';
import type { Result } from '#core/outcome';
import { type CommandEnd, statefulTool, stoppableScript } from '../run/command.ts';
import { failureOf } from '../run/judge.ts';
import type { Toolbox } from '../run/toolbox.ts';
import { diagnosticText } from './diagnostics.ts';
import { readHistory, type StackUpdate } from './history.ts';
import { refusalOf, type ToolEnd } from './judge.ts';
import { readOutputs } from './outputs.ts';
import { type Preview, readPreview } from './preview.ts';
import type { Project } from './project.ts';

/** The commands of one component’s stack, in one checkout. */
export interface Pulumi {
  /** Of the CLI, as `v3.253.0`. */
  version(): Promise<Answer<string>>;
  install(): Promise<Answer<undefined>>;
  history(): Promise<Answer<readonly StackUpdate[]>>;
  preview(): Promise<Answer<Planned>>;
  /** Runs exactly that plan; every line that it prints goes to `onLine`. */
  up(plan: Buffer, message: string, onLine: (line: string) => void): Promise<CommandEnd>;
  /** Undefined when they cannot be read: nothing rests on them. */
  outputs(): Promise<Readonly<Record<string, string>> | undefined>;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Result };

export interface Planned {
  readonly preview: Preview;
  /** The content of the plan file. It holds the configuration: on disk it is only while Pulumi reads it, and where people read it first. */
  readonly plan: Buffer;
}

/** Sizes in bytes: a preview of thousands of resources, and answers of a few lines. */
const largest = { preview: 64 * 1024 * 1024, small: 4 * 1024 * 1024 } as const;

/** How many updates of the history are looked at. */
const lookedAt = 20;

export interface PulumiSetting {
  readonly project: Project;
  readonly toolbox: Toolbox;
  readonly program: string;
  readonly component: Pick<PulumiComponent, 'name' | 'stack' | 'config' | 'refresh'>;
  /** Milliseconds that the next command may take. */
  readonly timeLeft: () => number;
  readonly now: () => number;
}

export function createPulumi({ project, toolbox, program, component, timeLeft, now }: PulumiSetting): Pulumi {
  const { stack } = component;
  const title = (command: string) => `${component.name}: pulumi ${command}`;
  const common = ['--non-interactive', '--stack', stack];
  const given = [
    ...(component.refresh ? ['--refresh'] : []),
    ...Object.entries(component.config).flatMap(([key, value]) => ['--config', `${key}=${value}`]),
  ];
  const call = { program, env: { PULUMI_SKIP_UPDATE_CHECK: 'true' } } as const;

  const stackFile = join(toolbox.folder, project.configFolder, `Pulumi.${stack.split('/').at(-1)}.yaml`);

  /** A command that only looks: it may be stopped at any time. */
  const look = (command: string, args: readonly string[], collect: number): Promise<CommandEnd> =>
    toolbox.run({
      ...call,
      title: title(command),
      args,
      collect,
      timeout: timeLeft(),
      stopping: stoppableScript,
      show: 'nothing',
    });

  const failed = (command: string, end: CommandEnd): Result =>
    (end.how === 'exited' ? refusalOf(stack, toolEnd(end), now()) : undefined) ?? failureOf(title(command), end);

  return {
    async version() {
      const end = await look('version', ['version'], largest.small);
      return succeeded(end)
        ? { ok: true, value: (end.stdout ?? '').trim() }
        : { ok: false, failure: failed('version', end) };
    },

    async install() {
      const end = await toolbox.run({
        ...call,
        title: title('install'),
        args: ['install', '--non-interactive'],
        timeout: timeLeft(),
        stopping: stoppableScript,
        show: 'errors',
      });
      return succeeded(end) ? { ok: true, value: undefined } : { ok: false, failure: failed('install', end) };
    },

    async history() {
      const args = ['stack', 'history', '--json', '--full-dates', '--page-size', String(lookedAt), ...common];
      const end = await look('stack history', args, largest.small);
      const value = succeeded(end) ? readHistory(end.stdout ?? '') : undefined;
      if (value !== undefined) return { ok: true, value };
      return { ok: false, failure: succeeded(end) ? unreadable(title('stack history')) : failed('stack history', end) };
    },

    async preview() {
      const folder = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'pulumi-'));
      const putBack = keeping(stackFile);
      try {
        const file = join(folder, 'plan.json');
        const end = await look(
          'preview',
          ['preview', '--json', '--save-plan', file, ...given, ...common],
          largest.preview,
        );
        const preview = readPreview(end.stdout ?? '');
        if (!succeeded(end)) return { ok: false, failure: explained(failed('preview', end), preview) };
        if (preview === undefined) return { ok: false, failure: unreadable(title('preview')) };
        return { ok: true, value: { preview, plan: readFileSync(file) } };
      } finally {
        putBack();
        rmSync(folder, { recursive: true, force: true });
      }
    },

    async up(plan, message, onLine) {
      const folder = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'pulumi-'));
      const file = join(folder, 'plan.json');
      writeFileSync(file, plan, { mode: 0o600 });
      const putBack = keeping(stackFile);
      try {
        const args = ['up', '--json', '--yes', '--plan', file, '--message', message, ...given, ...common];
        return await toolbox.run({
          ...call,
          title: title('up'),
          args,
          timeout: timeLeft(),
          stopping: statefulTool,
          show: 'errors',
          onLine,
        });
      } finally {
        putBack();
        rmSync(folder, { recursive: true, force: true });
      }
    },

    async outputs() {
      const end = await look('stack output', ['stack', 'output', '--json', ...common], largest.small);
      return succeeded(end) ? readOutputs(end.stdout ?? '') : undefined;
    },
  };
}

/** `--config` writes into the stack’s file: the checkout stays the commit that it is. Answers how to put the file back. */
function keeping(file: string): () => void {
  const before = existsSync(file) ? readFileSync(file) : undefined;
  return () => {
    if (before === undefined) rmSync(file, { force: true });
    else if (!readFileSync(file).equals(before)) writeFileSync(file, before);
  };
}

export function toolEnd(end: CommandEnd): ToolEnd {
  const base = { code: end.code ?? undefined, stderr: end.errors.join('\n') };
  return end.how === 'cancelled' || end.how === 'timed-out' ? { ...base, stopped: end.how } : base;
}

function succeeded({ how, code }: CommandEnd): boolean {
  return how === 'exited' && code === 0;
}

/** In the JSON of a failed preview stands why; on stderr there may be nothing. */
function explained(failure: Result, preview: Preview | undefined): Result {
  const errors = (preview?.diagnostics ?? []).filter(({ severity }) => severity === 'error').map(diagnosticText);
  const first = errors[0];
  if (first === undefined || failure.reason !== 'command-failed') return failure;
  return { ...failure, message: `${failure.message.replace(/\.$/, '')}: ${first}`, explanation: errors };
}

function unreadable(command: string): Result {
  return {
    outcome: 'failed',
    reason: 'command-output-invalid',
    message: `What ${command} printed cannot be read, so nothing rests on it.`,
    evidence: { command },
    next: 'Is the CLI on PATH a wrapper that prints something else? It has to be Pulumi’s own.',
  };
}
