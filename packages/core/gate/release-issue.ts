import type { ChecklistPolicy } from '../flow/gates/checklist.ts';
import type { Plan } from '../plan/plan.ts';
import type { RunReference } from '../release.ts';
import { oneLine } from '../report/markdown.ts';
import { verdictMark } from '../report/outcome-mark.ts';
import type { RuleVerdict } from '../verdict.ts';
import { decided } from './checklist.ts';

/** Which release an issue is of, where people do not see it: the same commit, environment and service are the same release. */
export function issueMarker({ service, environment, release }: Plan): string {
  return `<!-- release-actions: ${service} to ${environment.name} at ${release.sha} -->`;
}

/** By this label, beside the marker, the issues of releases are found again. */
export const issueLabel = 'release-checklist';

export function issueTitle({ service, environment, release }: Plan): string {
  return `Release ${service} ${release.version} to ${environment.name}`;
}

/** What the issue begins with. From then on it belongs to people: nothing ever writes it again, or a tick could be lost. */
export function issueBody(plan: Plan, policy: ChecklistPolicy, run: RunReference): string {
  const { service, environment, release, originators } = plan;
  const by = originators.length === 0 ? 'a bot' : originators.join(', ');
  return [
    `**${service} ${release.version}** (${release.sha}) waits for these boxes before it goes to **${environment.name}**. Started by ${by} in ${run.url}.`,
    '',
    policy.body,
    '',
    '---',
    'An unticked box stops the release, also one that is added here; so does one that is taken out or put into other words. Closing this with an unticked box turns the release down.',
    issueMarker(plan),
    '',
  ].join('\n');
}

export const commentMarker = '<!-- release-actions: what rules decide -->';

/** The suite’s own comment: the boxes that rules decide, with what they have seen. Undefined where there are none. */
export function decidedComment(policy: ChecklistPolicy, rules: readonly RuleVerdict[]): string | undefined {
  const lines = decided(policy, rules).map(({ box, verdict }) => {
    const mark = verdict === undefined ? '? no such rule' : verdictMark(verdict.verdict);
    const evidence = verdict === undefined ? '' : `: ${verdict.message}`;
    return oneLine(`- ${mark} · **${box.text}** (${box.rule})${evidence}`);
  });
  if (lines.length === 0) return undefined;
  return [commentMarker, '**Decided by rules**, each time the release is judged:', '', ...lines, ''].join('\n');
}
