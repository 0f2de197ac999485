import type * as model from '@aws-sdk/client-codebuild';

export interface Build {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly project: string;
  /** Of its project, from 1. */
  readonly number: number;
  readonly group: string;
  readonly stream: string;
  readonly startedAt: number;
  readonly endsAt: number;
  readonly failed: { readonly message: string } | undefined;
}

/** Share of a build’s time at which a phase ends. Source of the phases: https://docs.aws.amazon.com/codebuild/latest/userguide/view-build-details-phases.html */
const phases: readonly (readonly [model.BuildPhaseType, number])[] = [
  ['SUBMITTED', 0],
  ['QUEUED', 0.05],
  ['PROVISIONING', 0.2],
  ['DOWNLOAD_SOURCE', 0.25],
  ['INSTALL', 0.35],
  ['PRE_BUILD', 0.4],
  ['BUILD', 0.95],
  ['POST_BUILD', 0.97],
  ['FINALIZING', 1],
];

/** A build as it looks at lab time `now`. A failing one fails in its BUILD phase. */
export function buildView(build: Build, now: number): model.Build {
  const { id, account, region, project, number, group, stream, startedAt, endsAt, failed } = build;
  const done = now >= endsAt;
  const shown = phasesOf(build, now);
  return {
    id,
    arn: `arn:aws:codebuild:${region}:${account}:build/${id}`,
    buildNumber: number,
    projectName: project,
    startTime: new Date(startedAt),
    ...(done ? { endTime: new Date(endsAt) } : {}),
    currentPhase: done ? 'COMPLETED' : (shown.at(-1)?.phaseType ?? 'SUBMITTED'),
    buildStatus: !done ? 'IN_PROGRESS' : failed === undefined ? 'SUCCEEDED' : 'FAILED',
    buildComplete: done,
    initiator: 'codepipeline',
    phases: shown,
    logs: {
      groupName: group,
      streamName: stream,
      deepLink: `https://console.aws.amazon.com/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${encodeURIComponent(group)}/log-events/${stream}`,
      cloudWatchLogsArn: `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:${stream}`,
    },
  };
}

function phasesOf({ startedAt, endsAt, failed }: Build, now: number): model.BuildPhase[] {
  const at = (share: number) => startedAt + Math.round((endsAt - startedAt) * share);
  const begun = phases.map(([phaseType, end], index) => ({
    phaseType,
    from: at(phases[index - 1]?.[1] ?? 0),
    to: at(end),
  }));
  const shown = begun
    .filter(({ from }) => from <= now)
    .filter(({ phaseType }) => failed === undefined || phaseType !== 'POST_BUILD')
    .map(({ phaseType, from, to }): model.BuildPhase => {
      if (to > now) return { phaseType, startTime: new Date(from) };
      const ended = {
        startTime: new Date(from),
        endTime: new Date(to),
        durationInSeconds: Math.round((to - from) / 1000),
      };
      if (phaseType !== 'BUILD' || failed === undefined) return { phaseType, phaseStatus: 'SUCCEEDED', ...ended };
      const contexts = [{ statusCode: 'COMMAND_EXECUTION_ERROR', message: failed.message }];
      return { phaseType, phaseStatus: 'FAILED', ...ended, contexts };
    });
  return now >= endsAt ? [...shown, { phaseType: 'COMPLETED', startTime: new Date(endsAt) }] : shown;
}
