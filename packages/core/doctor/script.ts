import type { Approver } from '../flow/approvers.ts';
import type { RefRule } from './facts.ts';

/** One word of a shell, whatever is in it. */
export function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export function ghApi(method: 'POST' | 'PUT', path: string, body: object): string {
  return `gh api --method ${method} ${word(path)} --input - <<'JSON'\n${JSON.stringify(body)}\nJSON`;
}

export interface WantedEnvironment {
  readonly repository: string;
  readonly name: string;
  readonly reviewers: readonly Approver[];
  /** Minutes. */
  readonly waitTimer: number;
  readonly refs: readonly RefRule[];
}

/** GitHub takes the settings of an environment as a whole, and people by their number, which the script asks for. */
export function environmentScript({
  repository,
  name,
  reviewers,
  waitTimer,
  refs,
}: WantedEnvironment): readonly string[] {
  const path = `repos/${repository}/environments/${encodeURIComponent(name)}`;
  const settings = {
    wait_timer: waitTimer,
    prevent_self_review: reviewers.length > 0,
    deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
  };
  const asked = reviewers.map(lookUp);
  const filter = `. + {reviewers: [${reviewers.map(({ kind }, index) => `{type: "${kind === 'team' ? 'Team' : 'User'}", id: $r${index}}`).join(', ')}]}`;
  const numbers = asked.map((call, index) => ` --argjson r${index} "$(${call})"`).join('');
  return [
    `jq -n${numbers} ${word(`${JSON.stringify(settings)} | ${filter}`)} | gh api --method PUT ${word(path)} --input -`,
    ...refs.map(({ kind, pattern }) =>
      ghApi('POST', `${path}/deployment-branch-policies`, { name: pattern, type: kind }),
    ),
  ];
}

function lookUp(approver: Approver): string {
  return approver.kind === 'team'
    ? `gh api ${word(`orgs/${approver.organisation}/teams/${approver.team}`)} --jq .id`
    : `gh api ${word(`users/${approver.login}`)} --jq .id`;
}

/** A ruleset that lets nobody move or delete the tags of these patterns. */
export function tagScript(repository: string, include: readonly string[]): readonly string[] {
  return [
    ghApi('POST', `repos/${repository}/rulesets`, {
      name: 'release tags',
      target: 'tag',
      enforcement: 'active',
      conditions: { ref_name: { include, exclude: [] } },
      rules: [{ type: 'update' }, { type: 'deletion' }],
    }),
  ];
}

/** A ruleset that lets nobody push the journals back or delete them. */
export function journalScript(repository: string): readonly string[] {
  return [
    ghApi('POST', `repos/${repository}/rulesets`, {
      name: 'release journals',
      target: 'branch',
      enforcement: 'active',
      conditions: { ref_name: { include: ['refs/heads/release-journal/**/*'], exclude: [] } },
      rules: [{ type: 'deletion' }, { type: 'non_fast_forward' }],
    }),
  ];
}
