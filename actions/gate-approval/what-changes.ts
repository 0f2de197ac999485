import { formatDuration } from '#core/duration';
import type { EnvironmentState, Standing } from '#core/journal/state';
import type { Plan } from '#core/plan/plan';
import { previewsOf } from '#core/plan/previews';
import { type Artifacts, digestOf, nameOf, type Release } from '#core/release';
import { few } from '#core/report/few';
import { table } from '#core/report/markdown';
import type { Comparison } from './comparison.ts';

/** What was looked up for the page alone. */
export interface Seen {
  readonly comparison: Comparison | undefined;
  /** What it would become, in a sentence. */
  readonly forecast: string | undefined;
}

/** What runs against what will run, component by component and commit by commit. */
export function whatChanges(plan: Plan, state: EnvironmentState, { comparison, forecast }: Seen): readonly string[] {
  const { release } = plan;
  const ran = state.recorded.find(entry => entry.release.sha === state.running?.release.sha)?.artifacts ?? {};
  const components = plan.waves
    .flat()
    .map(({ name, target }) => [
      name,
      target,
      shortDigest(ran[name]) ?? nameOfPart(state.running, name),
      shortDigest(plan.artifacts[name]) ?? nameOf(release),
    ]);
  const lines = [
    plan.only === undefined
      ? `From ${releaseWords(state.running?.release)} to ${releaseWords(release)}.`
      : `Of ${releaseWords(state.running?.release)} only ${plan.only.join(', ')} goes back, to ${releaseWords(release)}. Everything else stays.`,
    '',
    table(['component', 'target', 'runs', 'will run'], components),
    '',
    ...whatIsShownBeneath(plan),
    whatFollows(plan),
    ...(forecast === undefined ? [] : ['', forecast]),
  ];
  if (comparison === undefined) return lines;
  const behind = comparison.behind === 0 ? '' : ` **${comparison.behind} commits that run now are not part of it.**`;
  const [repositoryUrl = ''] = comparison.url.split('/compare/');
  const commits = comparison.commits.map(({ sha, title, author }) => [
    `[${sha.slice(0, 12)}](${repositoryUrl}/commit/${sha})`,
    withPullRequests(title, repositoryUrl),
    author,
  ]);
  return [
    ...lines,
    '',
    `[${comparison.total} commits](${comparison.url}).${behind}`,
    '',
    table(['commit', 'title', 'author'], commits),
  ];
}

/** A summary makes no link of `#12` by itself, as a comment does. */
function withPullRequests(title: string, repositoryUrl: string): string {
  return title.replace(/(?<![\w&/])#(\d+)\b/g, `[#$1](${repositoryUrl}/pull/$1)`);
}

function shortDigest(artifacts: Artifacts | undefined): string | undefined {
  return digestOf(artifacts)?.slice(0, 19);
}

/** What was built for nobody else is known by its release. */
function nameOfPart(running: Standing | null, component: string): string {
  const apart = running?.apart?.[component];
  if (apart !== undefined) return nameOf(apart);
  return running?.components.includes(component) === true ? nameOf(running.release) : '—';
}

/** What ran before the journal began has no commit. */
function releaseWords(release: Release | undefined): string {
  if (release === undefined) return '**nothing that the journal knows**';
  const { sha, version } = release;
  // A branch’s release goes by its commit already.
  return `**${nameOf(release)}**${sha.startsWith(version) || sha === '' ? '' : ` (${sha.slice(0, 12)})`}`;
}

/** The plans of tools: another job makes them, which may only read; its page stands on the same one of the run. */
function whatIsShownBeneath(plan: Plan): readonly string[] {
  const names = previewsOf(plan).map(({ name }) => `**${name}**`);
  if (names.length === 0) return [];
  return [
    `What ${few(names)} would change is shown by the job \`preview\`, beneath, before anybody is asked: exactly that is applied.`,
    '',
  ];
}

function whatFollows({ operation, parts, environment: { smoke, watch } }: Plan): string {
  const spread = parts === undefined ? '' : ` The deployment is spread over ${parts} jobs.`;
  const watched = operation === 'release' && watch !== undefined ? [`a watch of ${formatDuration(watch.for)}`] : [];
  const checks = [...(smoke === undefined ? [] : [`the smoke test \`${smoke}\``]), ...watched];
  const follows = checks.length === 0 ? 'No check follows the change.' : `Then follows ${checks.join(' and ')}.`;
  return `${follows}${spread}`;
}
