import { resolve } from 'node:path';
import { unlessMissing } from '#aws/missing';
import type { Finding } from '#core/finding';
import type { PlanHandover } from '#core/flow/targets/preview';
import type { ChangeRow, TargetRuntime } from '#core/target';
import { commitRead } from '../commit-read.ts';
import { keepPlans, type Planning, readPlanOfStack } from '../saved-plan.ts';
import { type MadeChangeSet, makeChangeSet, type Planned, type Wish } from './change-set.ts';
import type { StackContext } from './context.ts';
import type { StackGoal } from './goal.ts';
import { intentOf, tokenOf } from './names.ts';

/** How a change set gets from the job that shows it to the one that executes it. */
export interface Handover extends PlanHandover, Pick<TargetRuntime, 'workspace' | 'checkedOut'> {
  /** Of the component. */
  readonly name: string;
  readonly tool: string;
}

/** What is kept of a change set: CloudFormation has the rest. */
interface Kept {
  readonly intent: string;
  /** Its ARN; null where there was nothing to change. */
  readonly changeSet: string | null;
}

/** For a later job; the row tells people the digest by which it knows the change set. */
export async function keepChangeSet(
  handover: Handover,
  goal: StackGoal,
  planned: Planned | undefined,
): Promise<ChangeRow | Finding> {
  const kept: Kept = { intent: intentOf(goal), changeSet: planned?.changeSet.ChangeSetId ?? null };
  const plan = { module: goal.stack, changes: planned !== undefined, content: Buffer.from(JSON.stringify(kept)) };
  const made = { version: '', read: await commitRead(handover) };
  return keepPlans(folderOf(handover, handover.savePlan), planningOf(handover, goal), made, [
    { ...plan, state: undefined },
  ]);
}

/** The change set that people have read, of this very template with these parameters; or why it is not. */
export async function takeOver(handover: Handover, goal: StackGoal): Promise<Kept | Finding> {
  const { tree } = await commitRead(handover);
  const folder = folderOf(handover, handover.applyPlan);
  const plan = readPlanOfStack(folder, planningOf(handover, goal), { version: '', tree });
  if ('reason' in plan) return plan;
  const kept = JSON.parse(plan.content.toString('utf8')) as Kept;
  if (kept.intent === intentOf(goal)) return kept;
  const message = `The change set that was shown for ${goal.stack} is of another template, or of other parameters, capabilities or tags.`;
  return { reason: 'plan-mismatch', message, evidence: { stack: goal.stack } };
}

/** Where it cannot be executed any more, what it would have done may be done already, by an earlier attempt of the same run. */
export async function takeUp(
  context: StackContext,
  goal: StackGoal,
  { changeSet }: Kept,
  wish: Wish,
): Promise<MadeChangeSet> {
  const left = changeSet === null ? undefined : await executable(context, changeSet);
  if (left !== undefined) return { kind: 'made', planned: left };
  const anew = await makeChangeSet(context, goal, { ...wish, exists: false });
  return anew.kind === 'made' ? { kind: 'failed', planned: anew.planned, finding: stale(goal) } : anew;
}

async function executable({ cloudformation }: StackContext, arn: string): Promise<Planned | undefined> {
  const changeSet = await unlessMissing('ChangeSetNotFoundException', cloudformation.changeSet(arn));
  if (changeSet?.Status !== 'CREATE_COMPLETE' || changeSet.ExecutionStatus !== 'AVAILABLE') return undefined;
  return { changeSet, token: tokenOf(changeSet.ChangeSetName ?? '') };
}

function stale({ stack }: StackGoal): Finding {
  const message = `The stack ${stack} was changed after its change set was shown, so that it cannot be executed any more. Nothing was changed.`;
  const next =
    'Start the whole run again, not only its failed jobs: it makes a new change set, and shows it before anybody is asked.';
  return { reason: 'plan-stale', message, evidence: { stack }, next };
}

function planningOf(handover: Handover, { stack }: StackGoal): Planning {
  return { ...handover, modules: [stack] };
}

function folderOf({ workspace }: Handover, folder = ''): string {
  return resolve(workspace, folder);
}
