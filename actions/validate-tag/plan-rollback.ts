import type { Kit } from '#action-kit/kit';
import { FindingError } from '#core/finding';
import { rule } from '#core/gate/rules';
import { goneBackFrom, rollbackGoal } from '#core/plan/goal';
import { makePlan } from '#core/plan/make-plan';
import type { GitHub } from '#github/client';
import { readFlow } from '#github/flow-files';
import { readJournal } from '#github/journal/read';
import type { Inputs } from './inputs.ts';
import { originatorsOf } from './originators.ts';
import type { Planned } from './plan-release.ts';

/** The plan of a rollback: a release that was verified here, with the components as they were in its commit. */
export async function planRollback(
  kit: Kit,
  github: GitHub,
  inputs: Inputs,
  operation: Extract<Inputs['operation'], { kind: 'rollback' }>,
): Promise<Planned> {
  const { environment, version, why } = operation;
  const { state } = await readJournal(github, environment);
  const from = goneBackFrom(state, version);
  const goal = rollbackGoal(state, version, from);
  const { release } = goal;
  const { flow, warnings } = await readFlow(github, inputs.flow, release.sha);
  for (const warning of warnings) kit.log.warning(warning.message);
  const recorded = state.recorded.find(entry => entry.release.sha === release.sha)?.artifacts ?? {};
  const planned = makePlan({
    flow,
    release,
    environment,
    artifacts: recorded,
    originators: originatorsOf(kit.run, inputs.originator),
    now: kit.clock.now(),
    vars: inputs.vars,
    operation: 'rollback',
    why,
    only: inputs.components,
    ...(from === undefined ? {} : { from }),
    ...(state.running === null ? {} : { runs: state.running.release }),
  });
  if (!planned.ok) throw new FindingError(planned.findings);
  const message = `${release.version} was verified in ${environment} on ${goal.since.slice(0, 16).replace('T', ' ')} UTC.`;
  return {
    rules: [rule('rollback target', 'pass', 'way-back-known', message, { version: release.version, sha: release.sha })],
    plan: planned.plan,
  };
}
