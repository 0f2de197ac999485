import { readFileSync } from 'node:fs';
import type { RunReference } from '#core/release';

/** What the runner says about the run, read once from its environment. */
export interface RunContext {
  readonly repository: string;
  readonly sha: string;
  /** `refs/heads/main`, `refs/tags/v1.3.0`. */
  readonly ref: string;
  readonly eventName: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly actor: string;
  readonly triggeringActor: string;
  readonly run: RunReference;
  readonly workspace: string;
  readonly apiUrl: string;
  readonly serverUrl: string;
  /** The job’s id in its workflow, and its run’s workflow file, for messages. */
  readonly job: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export function readRunContext(env: Environment): RunContext {
  const repository = env.GITHUB_REPOSITORY ?? '';
  const serverUrl = env.GITHUB_SERVER_URL ?? 'https://github.com';
  const id = Number(env.GITHUB_RUN_ID ?? 0);
  const attempt = Number(env.GITHUB_RUN_ATTEMPT ?? 1);
  const actor = env.GITHUB_ACTOR ?? '';
  const triggeringActor = env.GITHUB_TRIGGERING_ACTOR ?? actor;
  const url = `${serverUrl}/${repository}/actions/runs/${id}/attempts/${attempt}`;
  return {
    repository,
    serverUrl,
    actor,
    triggeringActor,
    sha: env.GITHUB_SHA ?? '',
    ref: env.GITHUB_REF ?? '',
    eventName: env.GITHUB_EVENT_NAME ?? '',
    event: readEvent(env.GITHUB_EVENT_PATH),
    run: { repository, id, attempt, url, actor: triggeringActor },
    workspace: env.GITHUB_WORKSPACE ?? '.',
    apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com',
    job: env.GITHUB_JOB ?? '',
  };
}

function readEvent(path: string | undefined): Readonly<Record<string, unknown>> {
  if (path === undefined || path === '') return {};
  const event: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return typeof event === 'object' && event !== null ? { ...event } : {};
}
