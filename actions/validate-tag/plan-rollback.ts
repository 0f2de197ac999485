import { usualFlow } from '#action-kit/common-inputs';
import type { Kit } from '#action-kit/kit';
import { FindingError } from '#core/finding';
import { rule } from '#core/gate/rule';
import { knownName } from '#core/journal/published';
import type { EnvironmentState, Standing } from '#core/journal/state';
import { assertPart, goneBackFrom, partOf, rollbackGoal, unrecorded } from '#core/plan/goal';
import { makePlan } from '#core/plan/make-plan';
import type { GoesOn } from '#core/plan/plan';
import { minuteOf } from '#core/report/minute';
import type { RuleVerdict } from '#core/verdict';
import type { GitHub } from '#github/client';
import { readFlow } from '#github/flow-files';
import { readJournal } from '#github/journal/read';
import { migrationsBetween } from '#github/migrations';
import { withAsked } from './asked.ts';
import type { Inputs, RollbackWish } from './inputs.ts';
import { originatorsOf } from './originators.ts';
import type { Planned } from './plan-release.ts';

/** A rollback that has waited, as it was asked for. */
export interface Waited {
  /** The journal in which it was found. */
  readonly state: EnvironmentState;
  /** The run that asked for it. */
  readonly id: number;
  readonly originators: readonly string[];
  readonly only: readonly string[];
  readonly goesOn: GoesOn;
}

/** The plan of a rollback: a release that was verified here, with the components as they were in its commit. */
export async function planRollback(
  kit: Kit,
  github: GitHub,
  inputs: Inputs,
  { environment, version, why }: RollbackWish,
  waited?: Waited,
): Promise<Planned> {
  const { flow: file = usualFlow } = inputs;
  const { state } = waited ?? (await readJournal(github, environment));
  const from = goneBackFrom(state, version);
  const goal = rollbackGoal(state, version, from);
  // A component with versions of its own goes back by itself.
  const asked = inputs.components.length === 0 ? partOf(state, from) : inputs.components;
  const part = waited?.only ?? asked;
  assertPart(state, part, goal);
  const { release } = goal;
  // What ran before the journal began has no commit: the components are those of the commit that this run is of.
  const { flow, warnings } = await readFlow(github, file, release.sha || kit.run.sha);
  for (const warning of warnings) kit.log.warning(warning.message);
  const recorded = state.recorded.find(entry => entry.release.sha === release.sha)?.artifacts ?? {};
  const way = { environment, components: part, newer: from ?? state.running?.release, older: release };
  const migrations = await migrationsBetween(github, flow, way);
  const planned = makePlan({
    flow,
    file,
    release,
    environment,
    artifacts: recorded,
    originators: waited?.originators ?? originatorsOf(kit.run, inputs.originator),
    request: { id: waited?.id ?? kit.run.run.id, run: kit.run.run.id },
    now: kit.clock.now(),
    vars: inputs.vars,
    operation: 'rollback',
    why,
    only: part,
    ...migrations,
    ...(waited === undefined ? {} : { goesOn: waited.goesOn }),
    ...(from === undefined ? {} : { from }),
    ...(state.running === null ? {} : { runs: state.running.release }),
  });
  if (!planned.ok) throw new FindingError(planned.findings);
  const plan = await withAsked(github, kit.run.run, planned.plan);
  return { rules: [targetRule(state, goal, part)], plan };
}

function targetRule(state: EnvironmentState, { release, since }: Standing, only: readonly string[]): RuleVerdict {
  const { environment } = state;
  const part = only.length === 0 ? '' : ` Only ${only.join(', ')} goes back to it.`;
  const message =
    release.version === unrecorded
      ? `Nothing was ever verified in ${environment}; what ran before its first release comes back.`
      : `${knownName(state, release)} was verified in ${environment} on ${minuteOf(since)} UTC.${part}`;
  return rule('rollback target', 'pass', 'way-back-known', message, { version: release.version, sha: release.sha });
}
