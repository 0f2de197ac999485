import type { ChangeSetSummary, Stack, StackResourceSummary } from '#aws/cloudformation';
import type { Finding } from '#core/finding';
import { isOwn } from './names.ts';

/** What can be begun on a stack in the state that it is in. */
export type Readiness =
  | { readonly kind: 'create' }
  | { readonly kind: 'update' }
  | { readonly kind: 'busy'; readonly finding: Finding }
  | { readonly kind: 'unusable'; readonly finding: Finding };

export interface StackFacts {
  readonly name: string;
  /** Undefined where there is no stack. */
  readonly stack: Stack | undefined;
  /** Asked for where the stack has only been looked at so far. */
  readonly changeSets: readonly ChangeSetSummary[];
  /** Asked for where a resource may say why the stack is stuck. */
  readonly resources: readonly StackResourceSummary[];
}

/** Statuses from which CloudFormation takes an update. Source: CloudFormation User Guide, “Understand stack status codes”. */
const updatable = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);

/** Each state that is stuck has its own way out; none is taken without a person. */
export function judgeStackState({ name, stack, changeSets, resources }: StackFacts): Readiness {
  if (stack === undefined) return { kind: 'create' };
  const status = stack.StackStatus ?? 'unknown';
  if (updatable.has(status)) return { kind: 'update' };
  if (status === 'REVIEW_IN_PROGRESS') return judgeReview(name, changeSets);
  const evidence = {
    stack: name,
    status,
    ...(stack.StackStatusReason === undefined ? {} : { statusReason: stack.StackStatusReason }),
  };
  if (status.endsWith('_IN_PROGRESS')) {
    const since = (stack.LastUpdatedTime ?? stack.CreationTime)?.toISOString() ?? 'an unknown time';
    const message = `The stack ${name} is ${status} since ${since}, and not by this release.`;
    const next = 'Wait until that operation has ended (or cancel it, when it is yours), then start the run again.';
    return { kind: 'busy', finding: { reason: 'stack-busy', message, evidence, next } };
  }
  const why = stack.StackStatusReason === undefined ? '' : ` ${stack.StackStatusReason.trim()}`;
  const message = `The stack ${name} is in ${status}, from which CloudFormation takes no update.${why}`;
  return {
    kind: 'unusable',
    finding: { reason: 'stack-unusable', message, evidence, next: wayOut(name, stack, resources) },
  };
}

/** Only looked at so far. Ours are taken up; somebody else’s change set is theirs to execute or to delete. */
function judgeReview(name: string, changeSets: readonly ChangeSetSummary[]): Readiness {
  const others = changeSets.filter(changeSet => !isOwn(changeSet.name)).map(changeSet => changeSet.name);
  if (others.length === 0) return { kind: 'create' };
  const message = `The stack ${name} is in REVIEW_IN_PROGRESS: somebody else has made change sets for it (${others.join(', ')}) and executed none.`;
  const next = `Execute that change set, or delete it and the stack: aws cloudformation delete-stack --stack-name ${name}. Then start the run again.`;
  return {
    kind: 'unusable',
    finding: {
      reason: 'stack-unusable',
      message,
      evidence: { stack: name, status: 'REVIEW_IN_PROGRESS', changeSets: others },
      next,
    },
  };
}

function wayOut(name: string, stack: Stack, resources: readonly StackResourceSummary[]): string {
  const command = (verb: string) => `aws cloudformation ${verb} --stack-name ${name}`;
  const protection =
    stack.EnableTerminationProtection === true ? ' Its termination protection has to be switched off before that.' : '';
  const stuck = resources
    .filter(resource => /_FAILED$/.test(resource.ResourceStatus ?? ''))
    .map(resource => `${resource.LogicalResourceId} (${resource.ResourceStatusReason ?? 'no reason given'})`);
  const which = stuck.length === 0 ? 'the failed resources' : stuck.join(', ');
  switch (stack.StackStatus) {
    case 'ROLLBACK_COMPLETE':
      return `Its first creation failed, so it holds nothing. Delete it, then start the run again: ${command('delete-stack')}.${protection}`;
    case 'ROLLBACK_FAILED':
    case 'DELETE_FAILED':
      return `Correct what keeps ${which} from being deleted, then delete the stack: ${command('delete-stack')}.${protection}`;
    case 'UPDATE_ROLLBACK_FAILED':
      return `Correct what keeps ${which} from going back, then go on with the rollback: ${command('continue-update-rollback')}. Only what is really as it was before may be skipped (--resources-to-skip).`;
    case 'CREATE_FAILED':
      return `Its creation was left as it failed, without a rollback. Take it back (${command('rollback-stack')}), which deletes it, or delete it yourself.${protection}`;
    case 'UPDATE_FAILED':
      return `Its update was left as it failed, without a rollback. Take it back: ${command('rollback-stack')}; then start the run again.`;
    default:
      return `See in the console what happened to ${which}, bring the stack to a *_COMPLETE status, then start the run again.`;
  }
}
