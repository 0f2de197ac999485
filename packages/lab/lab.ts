import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AwsLab, createAws } from './assembly/aws.ts';
import { type Applications, buildActions } from './assembly/build-actions.ts';
import { openGateway } from './assembly/gateway.ts';
import { createOidc } from './assembly/oidc.ts';
import { serve } from './assembly/servers.ts';
import type { EcsSettings } from './aws/ecs/settings.ts';
import { createLabClock, type OwnedClock } from './clock/lab-clock.ts';
import { createGitHub, type GitHub } from './github/github.ts';
import { standardActions } from './runner/known-actions/standard.ts';
import type { OidcAccess, OidcJob } from './runner/ports.ts';
import type { RunnerEvent } from './runner/records.ts';
import { createRunner, type Runner } from './runner/runner.ts';

export interface LabOptions {
  /** Lab time at the beginning, epoch ms. */
  readonly start: number;
  /** Lets lab time follow the wall clock, that many times as fast, for a lab that is used from a shell; without it, it jumps. */
  readonly speed?: number;
  /** Names under which applications are reached over HTTPS. */
  readonly hosts: readonly string[];
  readonly applications: Applications;
  readonly ecs?: Partial<EcsSettings>;
  readonly futureFields?: readonly string[];
  /** Whether the lab's runner runs what events start; yes unless said. Somebody else's runner may do that. */
  readonly runs?: boolean;
  readonly onProgress?: (event: RunnerEvent) => void;
  /** The world cannot go on, or something is wrong with the lab itself. */
  readonly onTrouble: (text: string) => void;
}

/** The whole lab: one clock, one AWS, one GitHub, one runner fleet. */
export interface Lab {
  readonly clock: OwnedClock;
  readonly aws: AwsLab;
  readonly github: GitHub;
  readonly runner: Runner;
  /** Variables that put a process into the lab. */
  readonly variables: Readonly<Record<string, string>>;
  readonly addresses: { readonly api: string; readonly graphql: string };
  readonly childVariables: Readonly<Record<string, string>>;
  /** How a process asks for OIDC tokens as this job. */
  oidcAccess(job: OidcJob): OidcAccess;
  close(): Promise<void>;
}

export async function openLab(options: LabOptions): Promise<Lab> {
  const { onTrouble } = options;
  const directory = mkdtempSync(join(tmpdir(), 'release-lab-'));
  const { start, speed } = options;
  const clock =
    speed === undefined
      ? createLabClock({ start, mode: 'jump', onStuck: onTrouble, onSlow: onTrouble })
      : createLabClock({ start, mode: 'wall', speed });
  const children = await clock.listen();
  const oidc = createOidc({ clock });
  const keepWaiting = () => clock.keepWaiting();
  const aws = createAws({
    clock,
    oidc,
    keepWaiting,
    onDefect: defect => onTrouble(`defect of the lab: ${defect.stack ?? defect.message}`),
    ...(options.ecs === undefined ? {} : { settings: options.ecs }),
    ...(options.futureFields === undefined ? {} : { futureFields: options.futureFields }),
  });
  const github = createGitHub({ clock, directory: join(directory, 'git'), keepWaiting });
  const [api, awsServer, tokens, gateway] = await Promise.all([
    github.listen(),
    serve(aws.handler.handle),
    serve(oidc.handle),
    openGateway(options.hosts, aws.application),
  ]);
  const variables = { AWS_ENDPOINT_URL: awsServer.url, ...gateway.variables };
  const runner = createRunner({
    clock,
    github: github.world,
    addresses: { server: 'https://github.com', api: api.apiUrl, graphql: api.graphqlUrl },
    directory: join(directory, 'runner'),
    knownActions: { ...standardActions, ...buildActions(aws, options.applications) },
    oidc: job => oidc.access(job, tokens.url),
    children: { env: children.env, follow: child => clock.follow(child) },
    variables: () => variables,
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
  const unfollow = options.runs === false ? () => {} : runner.follow(github.world);
  return {
    clock,
    aws,
    github,
    runner,
    variables,
    addresses: { api: api.apiUrl, graphql: api.graphqlUrl },
    childVariables: children.env,
    oidcAccess: job => oidc.access(job, tokens.url),
    async close() {
      unfollow();
      await Promise.all([api.close(), awsServer.close(), tokens.close(), gateway.close(), clock.close()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
