import { ZodError } from 'zod';
import type * as z from 'zod/mini';
import type { FaultKind, FaultRule as GitHubRule } from '../github/faults/rules.ts';
import { type FaultRule as AwsRule, type FaultAction, readFaultRules } from '../wire/faults.ts';
import type { awsFault, githubFault } from './schema/fault.ts';

export type AwsFault = z.output<typeof awsFault>;
export type GitHubFault = z.output<typeof githubFault>;

/** What a scenario says of a fault at lab time `now`, as a rule of the lab’s AWS. Throws a `ZodError` when it contradicts itself. */
export function awsRule(fault: AwsFault, now: number): AwsRule {
  const { do: action, after, for: lasting, optional: _, ...which } = fault;
  const rule = {
    ...which,
    do: actionOf(action),
    ...(after === undefined ? {} : { after: now + after }),
    ...(lasting === undefined ? {} : { until: now + lasting }),
  };
  const [checked] = readFaultRules([rule]);
  if (checked === undefined) throw new Error('one rule was read as none');
  return checked;
}

/** How a fault contradicts itself; undefined when it does not. */
export function wrongFault(fault: AwsFault): string | undefined {
  try {
    awsRule(fault, 0);
    return undefined;
  } catch (error) {
    return error instanceof ZodError ? error.issues.map(issue => issue.message).join('; ') : String(error);
  }
}

function actionOf(action: AwsFault['do']): FaultAction {
  if (typeof action === 'string' || !('skew' in action)) return action;
  const { ahead = 0, behind = 0 } = action.skew;
  return { skew: ahead - behind };
}

export function githubRule({ call, when, fault }: GitHubFault, now: number): GitHubRule {
  return {
    call,
    ...(when === undefined ? {} : { when: 'for' in when ? { until: now + when.for } : when }),
    fault: kindOf(fault),
  };
}

function kindOf(fault: GitHubFault['fault']): FaultKind {
  switch (fault.kind) {
    case 'secondary-limit': {
      const wait = fault['retry-after'];
      return { kind: 'secondary-limit', ...(wait === undefined ? {} : { retryAfterSeconds: Math.ceil(wait / 1000) }) };
    }
    case 'error': {
      const { kind, status, effect } = fault;
      return { kind, status, ...(effect === undefined ? {} : { effect }) };
    }
    default:
      return fault;
  }
}
