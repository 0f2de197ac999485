import type { Stack } from '#aws/cloudformation';
import { findingOf } from '#aws/denied';
import { AwsCallError } from '#aws/errors';
import type { Finding } from '#core/finding';
import type { Snapshot } from '#core/receipt';
import { sentence } from '#core/report/sentence';
import type { Applied, Preparation } from '#core/target';
import { adoptOperation } from './adopt.ts';
import { allChanges } from './all-changes.ts';
import { type MadeChangeSet, makeChangeSet, type Planned, type Wish } from './change-set.ts';
import { clear } from './clear.ts';
import type { StackContext } from './context.ts';
import { findDrift } from './drift.ts';
import type { StackGoal } from './goal.ts';
import { dataAtRisk } from './guard.ts';
import { observeStack } from './observe.ts';
import { judgeOutputs } from './outputs.ts';
import { type Handover, keepChangeSet, takeOver, takeUp } from './plan-handover.ts';
import { createRollout } from './rollout.ts';
import { changeRows } from './rows.ts';
import { sourceOf } from './source.ts';
import { outputsOf, snapshotOf } from './take-snapshot.ts';
import { checkGoal, irretrievable, parametersFor, summarise } from './validate.ts';

/** Validates a goal against the live account and plans it as a change set. Touches no resource. */
export async function prepareGoal(context: StackContext, goal: StackGoal, handover?: Handover): Promise<Preparation> {
  const shown = handover?.savePlan !== undefined;
  const taken = handover?.applyPlan === undefined ? undefined : await takeOver(handover, goal);
  if (taken !== undefined && 'reason' in taken) return refused(taken);
  const { stack, readiness } = await observeStack(context, goal.stack);
  // Who only shows a plan adopts nothing.
  if (readiness.kind === 'busy' && stack !== undefined && !shown) {
    const adopted = await adoptOperation(context, goal, stack);
    return adopted ?? refused(readiness.finding);
  }
  if (readiness.kind === 'busy' || readiness.kind === 'unusable') return refused(readiness.finding);
  if (stack === undefined && goal.policy.whenMissing === 'refuse') return refused(missing(context, goal));
  const source = await sourceOf(context, goal);
  if ('reason' in source) return refused(source);
  const summary = await summarise(context, goal, source);
  if ('reason' in summary) return refused(summary);
  // A stack that was only looked at has nothing to go on from.
  const previous = readiness.kind === 'update' ? stack : undefined;
  const problems = checkGoal(goal, summary, previous);
  if (problems.length > 0) return refused(...problems);
  const drift =
    previous === undefined || goal.policy.onDrift === 'ignore' ? undefined : await findDrift(context, goal.stack);
  if (drift !== undefined && goal.policy.onDrift === 'refuse') return refused(drift);
  const imports = previous === undefined ? goal.imports : await notYetIn(context, goal);
  const wish: Wish = {
    type: imports.length > 0 ? 'IMPORT' : previous === undefined ? 'CREATE' : 'UPDATE',
    source,
    parameters: parametersFor(goal, summary, previous),
    imports: imports.map(({ resource, type, identifier }) => ({
      LogicalResourceId: resource,
      ResourceType: type,
      ResourceIdentifier: { ...identifier },
    })),
    nested: (summary.ResourceTypes ?? []).includes('AWS::CloudFormation::Stack'),
    exists: stack !== undefined,
    shown,
  };
  const made = await (taken === undefined ? makeChangeSet(context, goal, wish) : takeUp(context, goal, taken, wish));
  const before = previous === undefined ? null : await snapshotOf(context, previous, goal.bucket);
  const hidden = irretrievable(goal, summary, previous);
  const notes = [...(drift === undefined ? [] : [drift]), ...(hidden.length === 0 ? [] : [lostSecrets(goal, hidden)])];
  const judged = await judgePlan(context, goal, made, { previous, before, notes });
  return shown ? kept(handover, goal, made, judged) : judged;
}

function refused(...findings: readonly Finding[]) {
  return { kind: 'refused', findings } as const;
}

/** What people will read stays where it is, for the job that executes it. */
async function kept(
  handover: Handover,
  goal: StackGoal,
  made: MadeChangeSet,
  judged: Preparation,
): Promise<Preparation> {
  if (judged.kind === 'refused') return judged;
  const row = await keepChangeSet(handover, goal, judged.kind === 'change' ? made.planned : undefined);
  if ('reason' in row) {
    if (judged.kind === 'change') await judged.discard?.();
    return refused(row);
  }
  if (judged.kind === 'no-op') return judged;
  const { discard: _, ...change } = judged;
  return { ...change, changes: [...change.changes, row] };
}

export function missing({ region }: Pick<StackContext, 'region'>, { stack }: Pick<StackGoal, 'stack'>): Finding {
  const message = `There is no stack ${stack} in ${region}, and \`when-missing\` says not to create it.`;
  const next = 'Correct the name, the region or the role’s account; for a first deployment say `when-missing: create`.';
  return { reason: 'not-found', message, evidence: { stack, region }, next };
}

/** Imports are done once: what the stack has already stays as it is. */
async function notYetIn(
  { cloudformation }: StackContext,
  { imports, stack }: StackGoal,
): Promise<StackGoal['imports']> {
  if (imports.length === 0) return [];
  const present = new Set((await cloudformation.resources(stack)).map(({ LogicalResourceId }) => LogicalResourceId));
  return imports.filter(({ resource }) => !present.has(resource));
}

function lostSecrets({ stack }: StackGoal, keys: readonly string[]): Finding {
  const message = `${keys.join(', ')} of ${stack} ${keys.length === 1 ? 'is' : 'are'} given anew and hidden by NoEcho: a rollback cannot bring back the value before.`;
  return { reason: 'secret-not-restorable', message, evidence: { stack, parameters: keys } };
}

interface Standing {
  readonly previous: Stack | undefined;
  readonly before: Snapshot | null;
  readonly notes: readonly Finding[];
}

async function judgePlan(
  context: StackContext,
  goal: StackGoal,
  made: MadeChangeSet,
  standing: Standing,
): Promise<Preparation> {
  const { previous, before, notes } = standing;
  if (made.kind === 'failed') {
    if (made.planned !== undefined) await clear(context, made.planned);
    return made.finding.reason === 'plan-stale'
      ? { ...refused(made.finding), outcome: 'superseded' }
      : refused(made.finding);
  }
  const { planned } = made;
  if (made.kind === 'empty') {
    await clear(context, planned);
    return nothingToDo(goal, previous, before);
  }
  const all = await allChanges(context, planned.changeSet);
  const risks = dataAtRisk(all, goal.policy);
  if (risks.length > 0) {
    await clear(context, planned);
    return refused(...risks);
  }
  for (const note of notes) context.report({ subject: goal.stack, text: note.message, level: 'warning' });
  const changes = changeRows(all);
  return {
    kind: 'change',
    ...{ before, changes, notes },
    apply: () => execute(context, goal, planned, previous, changes),
    discard: () => clear(context, planned),
  };
}

function nothingToDo(goal: StackGoal, previous: Stack | undefined, before: Snapshot | null): Preparation {
  if (previous === undefined || before === null)
    throw new Error('a stack that is not there cannot have everything already');
  const wrong = judgeOutputs(goal.stack, goal.policy.outputs, outputsOf(previous));
  if (wrong !== undefined) return refused(wrong);
  const message = `The stack ${goal.stack} is what was asked for already (${previous.StackStatus}).`;
  const evidence = { stack: goal.stack, template: goal.digest };
  return {
    kind: 'no-op',
    result: { outcome: 'no-op', reason: 'nothing-to-change', message, evidence },
    snapshot: before,
  };
}

async function execute(
  context: StackContext,
  goal: StackGoal,
  { changeSet, token }: Planned,
  previous: Stack | undefined,
  changes: ReturnType<typeof changeRows>,
): Promise<Applied> {
  const { cloudformation, clock } = context;
  const { ChangeSetId = '', StackId = '' } = changeSet;
  try {
    await cloudformation.executeChangeSet(ChangeSetId, token);
  } catch (error) {
    // After a broken connection nobody knows; any other answer says that nothing was executed.
    if (!(error instanceof AwsCallError) || error.kind === 'unknown-effect') throw error;
    const gone = /InvalidChangeSetStatus|ChangeSetNotFound/.test(error.code);
    const ending = gone ? await outdated(context, goal, error) : notExecuted(goal, error);
    return { kind: 'ended', ending: { ...ending, after: null, explanation: [] } };
  }
  const imports = changeSet.Changes.some(({ ResourceChange }) => ResourceChange?.Action === 'Import');
  const operation = {
    stack: goal.stack,
    stackId: StackId,
    token,
    kind: imports ? 'import' : previous === undefined ? 'create' : 'update',
    since: changeSet.CreationTime ?? new Date(0),
    deadline: clock.now() + goal.policy.timeout,
  } as const;
  return { kind: 'started', rollout: createRollout(context, goal, operation, false), changes };
}

function notExecuted({ stack }: StackGoal, error: AwsCallError) {
  const finding = findingOf(error);
  return {
    ...finding,
    outcome: 'refused',
    message: `${sentence(finding.message)} The stack ${stack} was not touched.`,
  } as const;
}

/** Somebody was faster: what was planned is not what would be done any more. */
async function outdated({ cloudformation }: StackContext, goal: StackGoal, error: AwsCallError) {
  const now = await cloudformation.stack(goal.stack);
  const message = `The stack ${goal.stack} was changed by somebody else (${now?.StackStatus ?? 'it is gone'}) after this change was planned, so nothing was executed: ${error.message}`;
  return {
    outcome: 'superseded',
    reason: 'plan-outdated',
    message,
    evidence: { stack: goal.stack, status: now?.StackStatus ?? 'none' },
  } as const;
}
