import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Diagnostic,
  diagnosticLines,
  isStale,
  isTold,
  lockedFinding,
  readEvent,
  readLock,
} from '#core/command/terraform-events';
import type { TerraformComponent } from '#core/flow/targets/command/terraform';
import type { Result } from '#core/outcome';
import type { TargetRuntime } from '#core/target';
import { type CommandEnd, statefulTool } from '../run/command.ts';
import { failureOf } from '../run/judge.ts';
import type { Toolbox } from '../run/toolbox.ts';
import type { ModuleState } from './snapshot.ts';

export const programs: Readonly<Record<TerraformComponent['tool'], string>> = {
  terraform: 'terraform',
  opentofu: 'tofu',
};

export interface TerraformSetting {
  readonly component: TerraformComponent;
  readonly toolbox: Toolbox;
  readonly runtime: Pick<TargetRuntime, 'clock' | 'report'>;
  /** Where the commit is checked out: `var-files` are read from there. */
  readonly root: string;
  /** Epoch ms. */
  readonly deadline: number;
}

/** Something that went wrong, told in the tool’s own words. */
export interface Trouble extends Result {
  readonly explanation: readonly string[];
}

export type Did<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly trouble: Trouble };

/** Terraform or OpenTofu on one module after the other. */
export interface Terraform {
  readonly program: string;
  version(): Promise<Did<string>>;
  init(module: string): Promise<Did<null>>;
  /** Makes a plan file; answers whether it changes anything. */
  plan(module: string, file: string): Promise<Did<boolean>>;
  /** The plan as data, to be summarised: it holds secrets. Undefined where it is larger than anybody reads. */
  show(module: string, file: string): Promise<Did<unknown>>;
  /** Applies exactly this plan; answers the outputs that are not sensitive. */
  apply(module: string, file: string): Promise<Did<Readonly<Record<string, string>>>>;
  /** Undefined: there is no state yet. */
  state(module: string): Promise<Did<ModuleState | undefined>>;
}

/** Plans and states are read whole, up to so many bytes. */
const largest = 256 * 1024 * 1024;

export function createTerraform({ component, toolbox, runtime, root, deadline }: TerraformSetting): Terraform {
  const program = programs[component.tool];
  const { clock, report } = runtime;
  // Of its own: what an earlier step or another component has initialised here is not touched.
  const data = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'release-terraform-'));
  const lockTimeout = `-lock-timeout=${Math.ceil(component.lockTimeout / 1000)}s`;

  interface Run {
    readonly title: string;
    readonly end: CommandEnd;
    readonly errors: readonly Diagnostic[];
    readonly outputs: Readonly<Record<string, string>>;
  }

  const run = async (
    module: string,
    args: readonly string[],
    how: { collect?: number; events?: true },
  ): Promise<Run> => {
    const found = toolbox.find(program);
    if (!found.ok) throw new Error(`${program} was there a moment ago`);
    const title = [`${component.name}:`, program, args[0], ...(module === '.' ? [] : [module])].join(' ');
    const errors: Diagnostic[] = [];
    let outputs: Readonly<Record<string, string>> = {};
    const onLine = (line: string) => {
      const event = readEvent(line);
      if (event?.diagnostic?.severity === 'error') errors.push(event.diagnostic);
      if (event?.outputs !== undefined) outputs = { ...outputs, ...event.outputs };
      if (event === undefined || event.message === '') return;
      if (!isTold(event) && event.diagnostic === undefined) return;
      for (const text of event.message.split('\n')) {
        report({ subject: title, text: toolbox.redactor.redact(text), level: 'info' });
      }
    };
    const left = Math.max(1, deadline - clock.now());
    const end = await toolbox.run({
      title,
      program: found.program,
      args,
      folder: module,
      timeout: Math.min(component.stepTimeout ?? left, left),
      stopping: statefulTool,
      show: 'errors',
      env: {
        TF_IN_AUTOMATION: '1',
        TF_INPUT: '0',
        TF_DATA_DIR: join(data, module.replaceAll('/', '-')),
        ...(component.workspace === undefined ? {} : { TF_WORKSPACE: component.workspace }),
      },
      ...(how.collect === undefined ? {} : { collect: how.collect }),
      ...(how.events === undefined ? {} : { onLine }),
    });
    return { title, end, errors, outputs };
  };

  /** Its own words: the diagnostics where it gives some, else what it wrote to standard error. */
  const troubleOf = (module: string, { title, end, errors }: Run): Trouble => {
    const lines = errors.flatMap(diagnosticLines).map(line => toolbox.redactor.redact(line));
    const explanation = lines.length > 0 ? lines : end.errors;
    if (end.how !== 'exited') return { ...failureOf(title, end), explanation };
    const lock = readLock(
      errors.length > 0
        ? errors.map(({ summary, detail }) => `${summary}\n${detail}`).join('\n')
        : end.errors.join('\n'),
    );
    if (lock !== undefined) {
      const finding = lockedFinding({ module, folder: component.folder, program }, lock, clock.now());
      return { ...finding, outcome: 'refused', explanation };
    }
    if (errors.some(isStale)) {
      return stalePlan(module, explanation);
    }
    const failure = failureOf(title, end);
    // The last line of what it writes is seldom the one that says why.
    const why = lines[0] ?? end.errors.find(line => line.includes('Error: '))?.replace(/^\W*/, '');
    const message = why === undefined ? failure.message : `${title} failed: ${why}.`;
    return { ...failure, message, explanation };
  };

  const settle = <T>(module: string, ran: Run, value: () => T, good: readonly number[] = [0]): Did<T> =>
    ran.end.how === 'exited' && good.includes(ran.end.code ?? -1)
      ? { ok: true, value: value() }
      : { ok: false, trouble: troubleOf(module, ran) };

  return {
    program,

    async version() {
      const ran = await run('.', ['version', '-json'], { collect: largest });
      return settle('.', ran, () => {
        const said = parse(ran.end.stdout);
        return isRecord(said) ? String(said.terraform_version) : '';
      });
    },

    async init(module) {
      const settings = Object.entries(component.backendConfig).map(
        ([name, value]) => `-backend-config=${name}=${value}`,
      );
      const ran = await run(module, ['init', '-input=false', '-no-color', ...settings], {});
      return settle(module, ran, () => null);
    },

    async plan(module, file) {
      const files = component.varFiles.map(path => `-var-file=${join(root, path)}`);
      const vars = Object.entries(component.vars).map(([name, value]) => `-var=${name}=${value}`);
      const args = [
        'plan',
        '-input=false',
        '-json',
        '-detailed-exitcode',
        component.unlocked === true ? '-lock=false' : lockTimeout,
        `-out=${file}`,
        ...files,
        ...vars,
      ];
      const ran = await run(module, args, { events: true });
      return settle(module, ran, () => ran.end.code === 2, [0, 2]);
    },

    async show(module, file) {
      const ran = await run(module, ['show', '-json', file], { collect: largest });
      return settle(module, ran, () => parse(ran.end.stdout));
    },

    async apply(module, file) {
      const ran = await run(module, ['apply', '-input=false', '-json', lockTimeout, file], { events: true });
      return settle(module, ran, () => ran.outputs);
    },

    async state(module) {
      const ran = await run(module, ['state', 'pull'], { collect: largest });
      return settle(module, ran, () => stateOf(module, parse(ran.end.stdout)));
    },
  };
}

export function stalePlan(module: string, explanation: readonly string[]): Trouble {
  const message = `The plan of ${module} is stale: its state has changed since. It was not applied, and no other was made.`;
  return { outcome: 'superseded', reason: 'plan-stale', message, evidence: { module }, explanation };
}

function stateOf(module: string, state: unknown): ModuleState | undefined {
  if (!isRecord(state) || typeof state.serial !== 'number' || typeof state.lineage !== 'string') return undefined;
  return { module, serial: state.serial, lineage: state.lineage };
}

function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
