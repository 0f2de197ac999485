import { nameOf, type Release } from '../release.ts';
import { oneLine, table } from '../report/markdown.ts';
import { minuteOf } from '../report/minute.ts';
import type { Hold } from './event.ts';
import { publishedAs } from './published.ts';
import type { EnvironmentState, HistoryEntry, Standing } from './state.ts';

/** The page of the environment: what GitHub shows for the journal’s branch. */
export function journalPage(state: EnvironmentState): string {
  return [
    `# ${state.environment}`,
    '',
    now(state),
    '',
    ...lockLines(state),
    ...holdLines(state.holds),
    ...parkedLines(state),
    ...emergencyLines(state),
    '## History',
    '',
    state.history.length === 0
      ? 'Nothing yet.'
      : table(
          ['when (UTC)', 'version', 'result', 'commit', 'run', 'note'],
          state.history.map(entry => historyRow(state, entry)),
        ),
    '',
    `<sub>Event ${state.sequence}. \`events/\` holds every event with its evidence; this page and \`state.json\` follow from them.</sub>`,
    '',
  ].join('\n');
}

function now(state: EnvironmentState): string {
  return table(
    ['', 'version', 'commit', 'since (UTC)', 'run'],
    [standingRow('runs', state.running, state), standingRow('last verified', state.verified, state)],
  );
}

function standingRow(what: string, standing: Standing | null, state: EnvironmentState): readonly string[] {
  if (standing === null) return [what, '—', '—', '—', '—'];
  const { release, apart = {}, since, run } = standing;
  const others = Object.entries(apart).map(([component, { version }]) => `, ${component} of ${version}`);
  return [
    what,
    `**${versionText(state, release)}**${others.join('')}`,
    release.sha.slice(0, 12),
    minuteOf(since),
    runLink(run),
  ];
}

function lockLines({ lock }: EnvironmentState): readonly string[] {
  if (lock === null) return [];
  return [
    `> 🔒 ${lock.run.actor} has been changing this environment since ${minuteOf(lock.since)}: ${oneLine(lock.reason)} (${runLink(lock.run)})`,
    '',
  ];
}

function holdLines(holds: readonly Hold[]): readonly string[] {
  if (holds.length === 0) return [];
  const rows = holds.map(hold => [
    hold.id,
    [hold.component ?? [], hold.version ?? []].flat().join(' of ') || 'everything',
    hold.reason,
    hold.owner,
    minuteOf(hold.since),
    hold.until ?? '',
  ]);
  return ['## Holds', '', table(['id', 'what', 'reason', 'owner', 'since (UTC)', 'until'], rows), ''];
}

function parkedLines({ parked }: EnvironmentState): readonly string[] {
  if (parked.length === 0) return [];
  const rows = parked.map(({ release, reason, missing, until = '', since, run }) => [
    nameOf(release),
    reason,
    missing.join(', '),
    until,
    minuteOf(since),
    runLink(run),
  ]);
  return ['## Parked', '', table(['version', 'why', 'missing', 'until', 'since (UTC)', 'run'], rows), ''];
}

function emergencyLines({ emergencies }: EnvironmentState): readonly string[] {
  if (emergencies.length === 0) return [];
  const rows = emergencies.map(({ release, rules, reason, incident, at, due, issue }) => [
    `🔴 ${nameOf(release)}`,
    minuteOf(at),
    rules.join(', '),
    `${reason} (${incident})`,
    `${minuteOf(due)}${issue === undefined ? '' : `, [#${issue.number}](${issue.url})`}`,
  ]);
  return ['## Emergencies', '', table(['version', 'when (UTC)', 'broken', 'why', 'review due (UTC)'], rows), ''];
}

/** What was published is known by its version; a branch’s release has only its commit otherwise. */
function versionText(state: EnvironmentState, release: Release): string {
  const { version = nameOf(release), url } = publishedAs(state, release) ?? {};
  return url === undefined ? version : `[${version}](${url})`;
}

function historyRow(state: EnvironmentState, entry: HistoryEntry): readonly string[] {
  const { at, release, result, run, note } = entry;
  return [minuteOf(at), versionText(state, release), result, release.sha.slice(0, 12), runLink(run), note ?? ''];
}

function runLink(run: { readonly id: number; readonly url: string }): string {
  return `[run ${run.id}](${run.url})`;
}
