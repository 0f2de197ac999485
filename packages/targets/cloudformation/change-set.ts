import type { ChangeSet, CreateChangeSetCommandInput, TemplateSource } from '#aws/cloudformation';
import { AwsCallError } from '#aws/errors';
import type { Finding } from '#core/finding';
import { pause, type StackContext } from './context.ts';
import type { StackGoal } from './goal.ts';
import { changeSetName, intentOf, isSameWork, isShown, tokenOf } from './names.ts';

/** Between two looks at a change set that is being made, in ms. */
const interval = 2_000;

/** The two ways in which CloudFormation says that a change set is empty; there is no status for it. */
const empty = /didn't contain changes|No updates are to be performed/i;

export interface Planned {
  readonly changeSet: ChangeSet;
  /** What it is executed with. */
  readonly token: string;
}

export type MadeChangeSet =
  | { readonly kind: 'made'; readonly planned: Planned }
  | { readonly kind: 'empty'; readonly planned: Planned }
  | { readonly kind: 'failed'; readonly planned?: Planned; readonly finding: Finding };

export interface Wish {
  readonly type: 'CREATE' | 'UPDATE' | 'IMPORT';
  readonly source: TemplateSource | { readonly UsePreviousTemplate: true };
  readonly parameters: NonNullable<CreateChangeSetCommandInput['Parameters']>;
  readonly imports: NonNullable<CreateChangeSetCommandInput['ResourcesToImport']>;
  /** Looks into nested stacks; imports cannot. */
  readonly nested: boolean;
  /** Whether a stack may have change sets by now. */
  readonly exists: boolean;
  /** It is made to be read before anybody is asked, and executed by a later job. */
  readonly shown: boolean;
}

/** Makes the change set, or takes up one that an earlier run made for the same and did not execute. Waits until it can be read. */
export async function makeChangeSet(context: StackContext, goal: StackGoal, wish: Wish): Promise<MadeChangeSet> {
  const intent = intentOf(goal);
  const left = wish.exists ? await leftByEarlierRun(context, goal, intent, wish.shown) : undefined;
  if (left !== undefined) return left;
  const name = changeSetName(intent, context.runToken, context.random, wish.shown);
  try {
    const arn = await context.cloudformation.createChangeSet({
      StackName: goal.stack,
      ChangeSetName: name,
      ClientToken: name,
      ChangeSetType: wish.type,
      ...wish.source,
      Parameters: wish.parameters,
      Capabilities: [...goal.capabilities],
      ...(goal.tags === undefined ? {} : { Tags: Object.entries(goal.tags).map(([Key, Value]) => ({ Key, Value })) }),
      ...(wish.type === 'IMPORT' ? { ResourcesToImport: wish.imports } : { IncludeNestedStacks: wish.nested }),
      Description: `${goal.digest} by release-actions`,
    });
    return await untilMade(context, goal, arn, name);
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.kind !== 'refused') throw error;
    return { kind: 'failed', finding: refusal(goal, error) };
  }
}

/** What a macro makes is only known now, and so are the capabilities that it needs: `Requires capabilities : [CAPABILITY_IAM]`. */
function notMade({ stack, capabilities }: StackGoal, changeSet: string, why: string): Finding {
  const message = `CloudFormation could not make the change set for ${stack}: ${why}`;
  const missing = /Requires capabilities : \[(?<list>[^\]]+)\]/.exec(why)?.groups?.list;
  if (missing === undefined) return { reason: 'change-set-failed', message, evidence: { changeSet } };
  const next = `Read what it makes, then add: \`capabilities: [${[...capabilities, missing].join(', ')}]\`.`;
  return { reason: 'capabilities-missing', message, evidence: { changeSet }, next };
}

function refusal({ stack }: StackGoal, error: AwsCallError): Finding {
  const reason = error.code.startsWith('InsufficientCapabilities') ? 'capabilities-missing' : 'change-set-failed';
  const message = `CloudFormation makes no change set for ${stack}: ${error.message}`;
  return { reason, message, evidence: { code: error.code }, where: { kind: 'call', call: error.action } };
}

/** Secrets are no part of the name: a change set that holds some is only taken up by nobody. */
async function leftByEarlierRun(
  context: StackContext,
  goal: StackGoal,
  intent: string,
  shown: boolean,
): Promise<MadeChangeSet | undefined> {
  if ([...goal.given.values()].some(({ secret }) => secret)) return undefined;
  const known = await context.cloudformation.changeSets(goal.stack);
  const left = known.find(
    each =>
      isSameWork(each.name, intent, context.runToken, false) &&
      isShown(each.name) === shown &&
      ((each.status === 'CREATE_COMPLETE' && each.executionStatus === 'AVAILABLE') ||
        /^CREATE_(PENDING|IN_PROGRESS)$/.test(each.status)),
  );
  if (left === undefined) return undefined;
  context.report({
    subject: goal.stack,
    text: `taking up the change set ${left.name} of an earlier run`,
    level: 'info',
  });
  return untilMade(context, goal, left.id, left.name);
}

async function untilMade(context: StackContext, goal: StackGoal, arn: string, name: string): Promise<MadeChangeSet> {
  const { cloudformation, clock } = context;
  const deadline = clock.now() + goal.policy.timeout;
  for (;;) {
    const changeSet = await cloudformation.changeSet(arn);
    const planned = { changeSet, token: tokenOf(name) };
    if (changeSet.Status === 'CREATE_COMPLETE') return { kind: 'made', planned };
    if (changeSet.Status === 'FAILED') {
      const why = changeSet.StatusReason ?? 'no reason given';
      if (empty.test(why)) return { kind: 'empty', planned };
      return { kind: 'failed', planned, finding: notMade(goal, arn, why) };
    }
    const cancelled = !(await pause(context, interval));
    if (cancelled || clock.now() >= deadline) {
      const [reason, why] = cancelled
        ? (['cancelled', 'the run was cancelled'] as const)
        : (['timed-out', 'the time was up'] as const);
      const message = `The change set for ${goal.stack} was still ${changeSet.Status} when ${why}. The stack was not touched.`;
      return { kind: 'failed', planned, finding: { reason, message, evidence: { changeSet: arn } } };
    }
  }
}
