import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TargetName } from '#core/flow/targets/registry';
import { deployEnvironment } from './inputs.ts';
import { changes, type Prepare } from './lag-changes.ts';
import { rolloutCases } from './rollout-cases.ts';
import { observe } from './rollout-run.ts';
import { seeded } from './statistics.ts';
import { commit, openWorld, region } from './world.ts';

/** How one change was followed, in s of lab time. */
export interface Lagged {
  /** From its beginning to its real end. */
  readonly length: number;
  /** From its real end to the exit of the action. */
  readonly lag: number;
  /** Calls of AWS from its beginning to its real end. */
  readonly calls: number;
}

const changesOfEach = 24;

/** The same changes in every run. */
export async function lagsOf(suite: string, target: TargetName): Promise<readonly Lagged[]> {
  if (target === 'ecs') return lagsOfRollouts(suite);
  const random = seeded(24);
  const lags: Lagged[] = [];
  for (let nth = 0; nth < changesOfEach; nth += 1) lags.push(await lagOf(suite, changes[target], random));
  return lags;
}

async function lagOf(suite: string, prepare: Prepare, random: () => number): Promise<Lagged> {
  const workspace = mkdtempSync(join(tmpdir(), 'bench-lag-'));
  const world = await openWorld();
  try {
    const { component, files, begins, over } = prepare(world, random);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), text);
    }
    const ended = await world.run([join(suite, 'dist/deploy/index.js')], {
      ...deployEnvironment(suite, { component: JSON.stringify(component), region }),
      GITHUB_SHA: commit,
      GITHUB_WORKSPACE: workspace,
    });
    if (ended.exitCode !== 0) throw new Error(`the change did not end well:\n${ended.output.slice(-2000)}`);
    const { calls } = world.aws.handler;
    const from = begins === undefined ? ended.startedAt : calls.find(call => call.operation === begins)?.at;
    if (from === undefined) throw new Error(`${begins} was never called:\n${ended.output.slice(-2000)}`);
    const end = over(ended, workspace);
    return {
      length: (end - from) / 1000,
      lag: (ended.endedAt - end) / 1000,
      calls: calls.filter(({ at }) => at > from && at < end).length,
    };
  } finally {
    await world.close();
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** Rollouts that end by themselves. */
async function lagsOfRollouts(suite: string): Promise<readonly Lagged[]> {
  const lags: Lagged[] = [];
  for (const entry of rolloutCases().filter(({ ends }) => ends === 'well')) {
    const { length, lag, waitingCalls, green } = await observe(suite, entry, 'ours');
    if (!green || length === undefined || lag === undefined) throw new Error(`${entry.name} did not end well`);
    lags.push({ length, lag, calls: waitingCalls });
  }
  return lags;
}
