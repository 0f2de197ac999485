import type { StacksPolicy } from '../flow/gates/stack-complete.ts';
import { few } from '../report/few.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { GateFacts } from './facts.ts';
import type { StackFound } from './lookups.ts';
import { rule } from './rule.ts';
import { judgeSeen } from './seen.ts';
import type { Seen } from './sought.ts';

const name = 'earlier stacks';

interface Asked {
  readonly policy: StacksPolicy;
  /** In the order of the policy. */
  readonly found: readonly Seen<StackFound>[];
  readonly facts: GateFacts;
}

/** What a stack ends in that has become what it should. Source: CloudFormation User Guide, “Understand stack status codes”. */
const complete: ReadonlySet<string> = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE']);

/** Every stack is complete: nothing under way, nothing failed, nothing that was rolled back. Those that are share a row. */
export function judgeStacks({ policy, found, facts }: Asked): readonly RuleVerdict[] {
  const after = facts.plan.environment.after ?? 'the earlier environment';
  if (policy.stacks.length === 0) {
    const message = `No component of this release is a stack in ${after}, so none was looked at.`;
    return [
      rule(name, 'inconclusive', 'nothing-checked', message, {}, 'Name the stacks: `stack-complete: [my-stack]`.'),
    ];
  }
  const rows = policy.stacks.flatMap((stack, index) => {
    const seen = found[index];
    if (seen === undefined) return [rule(name, 'error', 'gate-not-looked-up', `Nobody looked at ${stack}.`)];
    return judgeSeen(name, seen, facts, value => judgeStack(stack, value, after));
  });
  if (rows.length > 0) return rows;
  return [
    rule(name, 'pass', 'stacks-complete', `Complete in ${after}: ${few(policy.stacks)}.`, { stacks: policy.stacks }),
  ];
}

/** Nothing to tell where it is complete. */
function judgeStack(stack: string, found: StackFound, after: string): readonly RuleVerdict[] {
  if (found === null) {
    const next = `Check the name, and account and region of ${after}.`;
    return [rule(name, 'fail', 'not-found', `There is no stack ${stack} in ${after}.`, { stack }, next)];
  }
  const { status, reason } = found;
  if (complete.has(status)) return [];
  const message = `${stack} is ${status}${reason === undefined ? '' : ` (${reason})`}: ${meaning(status)}.`;
  return [rule(name, 'fail', 'stack-not-complete', message, { stack, status }, nextText(stack, status, after))];
}

function meaning(status: string): string {
  if (status.endsWith('_IN_PROGRESS')) return 'something is under way';
  if (status.includes('ROLLBACK_COMPLETE')) return 'its last change was taken back';
  return 'it is not what it should be';
}

function nextText(stack: string, status: string, after: string): string {
  if (status.endsWith('_IN_PROGRESS')) return `Start it again when ${stack} is done.`;
  return `Put ${stack} right with a release to ${after} that succeeds.`;
}
