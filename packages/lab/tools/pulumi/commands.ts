import { type Backend, openBackend, type StackState, seconds } from './backend.ts';
import { previewDocument, shownOutputs } from './document.ts';
import { runUpdate } from './engine.ts';
import type { CommandLine } from './flags.ts';
import { environmentOf } from './metadata.ts';
import { readPlan, savePlan, violations } from './plan.ts';
import { type Goals, runProgram } from './program.ts';
import { type Project, readConfig, readProject, saveConfig } from './project.ts';
import { notModelled, Refusal } from './refusal.ts';
import { stepsFor } from './steps.ts';

export interface Machine {
  readonly cwd: string;
  readonly print: (text: string) => void;
  /** Whether an interrupt has come. */
  readonly canceled: () => boolean;
}

/** Runs one command line; answers its exit code, or throws a `Refusal`. */
export async function runCommand(line: CommandLine, machine: Machine): Promise<number> {
  const [command, second] = line.words;
  switch (command === 'stack' ? `stack ${second ?? ''}`.trim() : command) {
    case 'version':
      machine.print('v3.0.0-lab');
      return 0;
    case 'install':
      readProject(machine.cwd);
      return 0;
    case 'preview':
      return preview(line, machine);
    case 'up':
      return up(line, machine);
    case 'stack init': {
      const project = readProject(machine.cwd);
      const stack = line.words[2] ?? line.value('stack') ?? '';
      const backend = openBackend(project.name, stack);
      if (backend.exists()) throw new Refusal(`stack '${stack}' already exists`);
      backend.write({ resources: [], made: 0 });
      machine.print(`Created stack '${stack}'`);
      return 0;
    }
    case 'stack output': {
      const { backend } = open(line, machine);
      if (!line.has('json')) throw notModelled('stack output without --json');
      machine.print(JSON.stringify(shownOutputs(backend.read().root?.outputs ?? {}), undefined, 4));
      return 0;
    }
    case 'stack history': {
      const { backend } = open(line, machine);
      if (!line.has('json')) throw notModelled('stack history without --json');
      machine.print(JSON.stringify(backend.history().slice(0, Number(line.value('page-size') ?? 10)), undefined, 4));
      return 0;
    }
    case 'cancel': {
      const { backend, stack } = open(line, machine, line.words[1]);
      backend.unlock();
      machine.print(`The currently running update for '${stack}' has been canceled!`);
      return 0;
    }
    default:
      throw notModelled(`\`pulumi ${line.words.join(' ')}\``);
  }
}

interface Open {
  readonly project: Project;
  readonly stack: string;
  readonly backend: Backend;
}

function open(line: CommandLine, { cwd }: Machine, named?: string): Open {
  const project = readProject(line.value('cwd') ?? cwd);
  const stack = named ?? line.value('stack');
  if (stack === undefined)
    throw new Refusal('no stack selected; please use `pulumi stack select` or `pulumi stack init` to choose one');
  const backend = openBackend(project.name, stack);
  if (!backend.exists()) throw new Refusal(`no stack named '${stack}' found`, 6);
  return { project, stack, backend };
}

async function preview(line: CommandLine, machine: Machine): Promise<number> {
  const opened = open(line, machine);
  if (!line.has('json')) throw notModelled('preview without --json');
  const { goals, state, steps, config } = await compute(line, opened);
  const plan = line.value('save-plan');
  if (plan !== undefined) savePlan(plan, steps);
  machine.print(previewDocument(goals, state, steps, config));
  if (!line.has('expect-no-changes') || steps.every(step => step.operation === 'same')) return 0;
  throw new Refusal('no changes were expected for preview but changes were proposed', 7);
}

async function up(line: CommandLine, machine: Machine): Promise<number> {
  if (!line.has('yes') && !line.has('skip-preview')) {
    throw new Refusal('--yes or --skip-preview must be passed in to proceed when running in non-interactive mode');
  }
  if (!line.has('json')) throw notModelled('up without --json');
  const opened = open(line, machine);
  const { backend } = opened;
  const release = backend.lock();
  const startTime = new Date();
  try {
    const { goals, state, steps, config } = await compute(line, opened);
    const plan = line.value('plan');
    if (plan !== undefined) {
      const broken = violations(readPlan(plan), steps);
      const diagnostics = broken.map(({ urn, message }) => ({ urn, prefix: 'error: ', message, severity: 'error' }));
      machine.print(previewDocument(goals, state, steps, config, diagnostics));
      if (broken.length > 0) return 1;
    } else if (!line.has('skip-preview')) {
      machine.print(previewDocument(goals, state, steps, config));
    }
    if (machine.canceled()) throw new Refusal('update cancelled');
    const end = await runUpdate({
      goals,
      state,
      steps,
      config,
      backend,
      canceled: machine.canceled,
      print: machine.print,
    });
    backend.addHistory({
      version: 0,
      kind: 'update',
      startTime: startTime.toISOString(),
      message: line.value('message') ?? '',
      environment: environmentOf(line, opened.project.folder),
      config: Object.fromEntries(
        Object.entries(config).map(([key, { value, secret }]) => [key, secret ? { secret } : { value, secret }]),
      ),
      result: end.succeeded ? 'succeeded' : 'failed',
      endTime: `${seconds(new Date()).replace('Z', '.000Z')}`,
      resourceChanges: end.counts,
    });
    return end.succeeded ? 0 : 1;
  } finally {
    release();
  }
}

async function compute(line: CommandLine, { project, stack, backend }: Open) {
  saveConfig(project, stack, line.values('config'));
  const config = readConfig(project, stack);
  const goals = runProgram(project, stack, config);
  if (line.has('refresh')) await reading(goals);
  const state = line.has('refresh') ? refreshed(backend) : backend.read();
  return { goals, state, steps: stepsFor(goals, state), config };
}

/** In the lab a resource says itself how long it takes to be read: its input `read-takes`, in seconds. */
function reading({ resources }: Goals): Promise<void> {
  const seconds = resources.reduce((sum, { inputs }) => sum + Number(inputs['read-takes'] ?? 0), 0);
  return seconds > 0 ? new Promise(resolve => setTimeout(resolve, seconds * 1000)) : Promise.resolve();
}

/** The state with what is really there: what is gone from the cloud is gone from it. */
function refreshed(backend: Backend): StackState {
  const state = backend.read();
  const cloud = backend.cloud();
  const resources = state.resources.flatMap(held => {
    const really = cloud[held.urn];
    return really === undefined ? [] : [{ ...held, outputs: really }];
  });
  return { ...state, resources };
}
