import type { Caller } from '../facts.ts';
import { word } from '../script.ts';
import { othersIn, provider, type TrustPolicy } from './policy.ts';
import { refsOf } from './tokens.ts';

export interface TrustScript {
  readonly role: string;
  readonly policy: TrustPolicy;
  readonly prefix: string;
  /** The ends of the subjects to let in; with `like`, patterns of them. */
  readonly subjects: readonly string[];
  readonly like: boolean;
  readonly callers: readonly Caller[];
}

/**
 * The call that gives a role the trust policy that it should have. What else the policy says, of people or of services, stays. It is made
 * only with credentials of that account: another one may have a role of the same name.
 */
export function trustScript({ role, policy, prefix, subjects, like, callers }: TrustScript): readonly string[] {
  const [, account = '', name = ''] = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(role) ?? [];
  const partition = role.split(':')[1];
  const workflows = [...new Set(callers.map(caller => `${caller.suite}/.github/workflows/*@${usualRef(caller)}`))];
  const sub = { [`${provider}:sub`]: onlyOrAll(subjects.map(context => `${prefix}:${context}`)) };
  const own = {
    Effect: 'Allow',
    Principal: { Federated: `arn:${partition}:iam::${account}:oidc-provider/${provider}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: { [`${provider}:aud`]: 'sts.amazonaws.com', ...(like ? {} : sub) },
      StringLike: { ...(like ? sub : {}), [`${provider}:job_workflow_ref`]: onlyOrAll(workflows) },
    },
  };
  if (workflows.length === 0) return [];
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [...othersIn(policy), own] });
  const call = `aws iam update-assume-role-policy --role-name ${word(name)} --policy-document ${word(document)}`;
  const here = `"$(aws sts get-caller-identity --query Account --output text)" = ${account}`;
  return [`if [ ${here} ]; then\n  ${call}\nelse\n  echo '${account} needs its own credentials' >&2\nfi`];
}

/** `v1` is a tag, as are `v1.2` and `v1.2.3`; other names are taken for branches. */
function usualRef(caller: Caller): string {
  const [tag = '', branch = tag] = refsOf(caller);
  return /^v\d/.test(caller.ref) ? tag : branch;
}

function onlyOrAll(values: readonly string[]): string | readonly string[] {
  const [only = '', ...more] = values;
  return more.length === 0 ? only : values;
}
