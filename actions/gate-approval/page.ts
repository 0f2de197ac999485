import { formatDuration } from '#core/duration';
import type { GateFacts } from '#core/gate/facts';
import { isFinal } from '#core/gate/migrations';
import type { EnvironmentState } from '#core/journal/state';
import type { Plan } from '#core/plan/plan';
import { type Artifacts, digestOf, nameOf, type Release } from '#core/release';
import { oneLine, table } from '#core/report/markdown';
import { minuteAt, minuteOf } from '#core/report/minute';
import { verdictMark } from '#core/report/outcome-mark';
import { rulesTable } from '#core/report/rules-table';
import type { Verdict } from '#core/verdict';
import type { Comparison } from './comparison.ts';

/** What was looked up for the page alone. */
interface Seen {
  readonly comparison: Comparison | undefined;
  /** What it would become, in a sentence. */
  readonly forecast: string | undefined;
}

/** The reviewer’s page: the facts for one click, on one screen. */
export function reviewersPage(facts: GateFacts, verdict: Verdict, seen: Seen): string {
  const { plan, state } = facts;
  return [
    `## ${plan.glass === undefined ? '' : '🔴 EMERGENCY · '}${headline(plan)}`,
    '',
    `**${verdictMark(verdict.verdict)}** · ${verdict.message}`,
    '',
    askedBy(plan),
    '',
    rulesTable(verdict.rules),
    '',
    '### What changes',
    '',
    ...changes(plan, state, seen),
    '',
    '### The way back',
    '',
    wayBack(plan, state),
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
  const { service, release, environment, operation, from, why, only = [] } = plan;
  const part = only.length === 0 ? '' : `${only.join(', ')} `;
  const what =
    operation === 'rollback'
      ? `${part}back to ${nameOf(release)}${from === undefined ? '' : ` from ${nameOf(from)}`}`
      : nameOf(release);
  return oneLine(`${service} ${what} → ${environment.name}${why === undefined ? '' : `: ${why}`}`);
}

/** Who wants this, and until when a click counts. */
function askedBy({ originators, made, environment: { approve, policy } }: Plan): string {
  const by = originators.length === 0 ? 'a bot' : originators.join(', ');
  const rules = policy === undefined ? '' : ` The rules of \`${policy}\` hold, too.`;
  const started = `Started by ${by}, planned at ${minuteOf(made)} UTC.${rules}`;
  if (approve?.within === undefined) return started;
  return `${started} An approval counts until **${minuteAt(Date.parse(made) + approve.within)} UTC**.`;
}

function changes(plan: Plan, state: EnvironmentState, { comparison, forecast }: Seen): readonly string[] {
  const { release } = plan;
  const ran = state.recorded.find(entry => entry.release.sha === state.running?.release.sha)?.artifacts ?? {};
  const components = plan.waves
    .flat()
    .map(({ name, target }) => [name, target, shortDigest(ran[name]), shortDigest(plan.artifacts[name])]);
  const lines = [
    plan.only === undefined
      ? `From ${releaseWords(state.running?.release)} to ${releaseWords(release)}.`
      : `Of ${releaseWords(state.running?.release)} only ${plan.only.join(', ')} goes back, to ${releaseWords(release)}. Everything else stays.`,
    '',
    table(['component', 'target', 'runs', 'will run'], components),
    '',
    whatFollows(plan),
    ...(forecast === undefined ? [] : ['', forecast]),
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

function shortDigest(artifacts: Artifacts | undefined): string {
  return digestOf(artifacts)?.slice(0, 19) ?? '—';
}

/** What ran before the journal began has no commit. */
function releaseWords(release: Release | undefined): string {
  if (release === undefined) return '**nothing that the journal knows**';
  return `**${nameOf(release)}**${release.sha === '' ? '' : ` (${release.sha.slice(0, 12)})`}`;
}

function whatFollows({ operation, parts, environment: { smoke, watch } }: Plan): string {
  const spread = parts === undefined ? '' : ` The deployment is spread over ${parts} jobs.`;
  const watched = operation === 'release' && watch !== undefined ? [`a watch of ${formatDuration(watch.for)}`] : [];
  const checks = [...(smoke === undefined ? [] : [`the smoke test \`${smoke}\``]), ...watched];
  const follows = checks.length === 0 ? 'No check follows the change.' : `Then follows ${checks.join(' and ')}.`;
  return `${follows}${spread}`;
}

function wayBack({ operation, environment }: Plan, { verified, history }: EnvironmentState): string {
  if (operation === 'rollback') return 'This is the way back. Where it fails, it says how far it came and stops there.';
  const { migrations } = environment.gates;
  if (environment.onFailure !== 'rollback' && migrations !== undefined && isFinal(migrations)) {
    return 'A migration of this release cannot be undone: a failure is **left as it is**, and the way out leads forward.';
  }
  if (environment.onFailure !== 'rollback') {
    return `The flow file says \`on-failure: ${environment.onFailure}\`: a failure is **left as it is**, and rollback.yml goes back.`;
  }
  if (verified === null) return 'Nothing has been verified here yet: a failure goes back to what ran before.';
  const last = history.find(entry => entry.result === 'rolled-back');
  const before =
    last === undefined
      ? 'No rollback has been needed so far.'
      : oneLine(`The last rollback was on ${last.at.slice(0, 10)}, from ${nameOf(last.release)}: ${last.note ?? ''}`);
  return `A failure goes back to **${nameOf(verified.release)}** by itself, in the same job. ${before}`;
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
    `  title ${nameOf(plan.release)}`,
    `  ${minuteOf(verified.since).replaceAll(':', '.')} UTC : verified in ${plan.environment.after}`,
    `  ${minuteAt(now).replaceAll(':', '.')} UTC : planned for ${plan.environment.name}`,
    '```',
  ];
}
