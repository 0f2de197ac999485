import type { GateFacts } from '#core/gate/rules';
import type { EnvironmentState } from '#core/journal/state';
import type { Plan } from '#core/plan/plan';
import { table } from '#core/report/markdown';
import { verdictMark } from '#core/report/outcome-mark';
import { rulesTable } from '#core/report/rules-table';
import type { Verdict } from '#core/verdict';
import type { Comparison } from './comparison.ts';

/** The reviewer’s page: the facts for one click, on one screen. */
export function reviewersPage(facts: GateFacts, verdict: Verdict, comparison: Comparison | undefined): string {
  const { plan, state } = facts;
  return [
    `## ${headline(plan)}`,
    '',
    `**${verdictMark(verdict.verdict)}** · ${verdict.message}`,
    '',
    rulesTable(verdict.rules),
    '',
    '### What changes',
    '',
    ...changes(plan, state, comparison),
    '',
    '### The way back',
    '',
    wayBack(state),
    '',
    ...timeline(facts),
    '',
  ].join('\n');
}

/** The short page of the second judgement, right before the change. */
export function gatePage(plan: Plan, verdict: Verdict): string {
  return [`### Gate before ${plan.environment.name}`, '', rulesTable(verdict.rules), ''].join('\n');
}

function headline(plan: Plan): string {
  const { service, release, environment, operation, from, why } = plan;
  const what =
    operation === 'rollback'
      ? `back to ${release.version}${from === undefined ? '' : ` from ${from.version}`}`
      : release.version;
  return `${service} ${what} → ${environment.name}${why === undefined ? '' : `: ${why}`}`;
}

function changes(plan: Plan, state: EnvironmentState, comparison: Comparison | undefined): readonly string[] {
  const { release } = plan;
  const runs =
    state.running === null ? 'nothing' : `${state.running.release.version} (${state.running.release.sha.slice(0, 12)})`;
  const components = plan.waves
    .flat()
    .map(component => [component.name, component.target, plan.artifacts[component.name]?.image?.slice(0, 19) ?? '—']);
  const lines = [
    `From **${runs}** to **${release.version}** (${release.sha.slice(0, 12)}).`,
    '',
    table(['component', 'target', 'artifact'], components),
  ];
  if (comparison === undefined) return lines;
  const behind = comparison.behind === 0 ? '' : ` **${comparison.behind} commits that run now are not part of it.**`;
  const commits = comparison.commits.map(({ sha, title, author }) => [sha.slice(0, 12), title, author]);
  return [
    ...lines,
    '',
    `[${comparison.total} commits](${comparison.url}).${behind}`,
    '',
    table(['commit', 'title', 'author'], commits),
  ];
}

function wayBack({ verified, history }: EnvironmentState): string {
  if (verified === null) return 'Nothing has been verified here yet: a failure leaves what ran before.';
  const last = history.find(entry => entry.result === 'rolled-back');
  const before =
    last === undefined
      ? 'No rollback has been needed so far.'
      : `The last rollback was on ${last.at.slice(0, 10)}: ${last.note ?? ''}`;
  return `A failure goes back to **${verified.release.version}** by itself, in the same job. ${before}`;
}

/** The release so far, environment by environment. */
function timeline({ plan, earlier, now }: GateFacts): readonly string[] {
  const verified = earlier?.known.find(
    standing => standing.release.sha === plan.release.sha || standing.release.tree === plan.release.tree,
  );
  if (verified === undefined || plan.environment.after === undefined) return [];
  return [
    '```mermaid',
    'timeline',
    `  title ${plan.release.version}`,
    `  ${verified.since.slice(0, 16).replace('T', ' ').replaceAll(':', '.')} UTC : verified in ${plan.environment.after}`,
    `  ${new Date(now).toISOString().slice(0, 16).replace('T', ' ').replaceAll(':', '.')} UTC : planned for ${plan.environment.name}`,
    '```',
  ];
}
