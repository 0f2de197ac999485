import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AwsLab, createAws } from './assembly/aws.ts';
import { type Applications, buildActions } from './assembly/build-actions.ts';
import { openGateway } from './assembly/gateway.ts';
import { createOidc } from './assembly/oidc.ts';
import type { IdsOf } from './assembly/oidc-claims.ts';
import { serve } from './assembly/servers.ts';
import { sourcesOf, startPipelinesOnPush } from './assembly/sources.ts';
import { makeTools } from './assembly/tools.ts';
import type { EcsSettings } from './aws/ecs/settings.ts';
import type { LambdaSettings } from './aws/lambda/settings.ts';
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
  /** Node scripts that every job finds on its PATH, by the name of the program: absolute paths. */
  readonly tools?: Readonly<Record<string, string>>;
  readonly ecs?: Partial<EcsSettings>;
  readonly lambda?: Partial<LambdaSettings>;
  readonly futureFields?: readonly string[];
  /** Whether there are instances of EC2, whose SDK takes most of a second to load. */
  readonly instances?: boolean;
  /** Whether there are databases of RDS, whose SDK takes half a second. */
  readonly databases?: boolean;
  /** Whether IAM answers, whose SDK takes a third of a second. */
  readonly iam?: boolean;
  /** Whether the lab's runner runs what events start; yes unless said. Somebody else's runner may do that. */
  readonly runs?: boolean;
  readonly onProgress?: (event: RunnerEvent) => void;
  /** Something is wrong with the lab itself: nothing that it shows proves anything. */
  readonly onDefect?: (text: string) => void;
  /** Somebody waits, and nothing is left that could happen. */
  readonly onStuck?: (situation: string) => void;
  /** Lab time has stood still for a while, because somebody is busy. */
  readonly onSlow?: (situation: string) => void;
  /** Told whatever has no callback of its own above. */
  readonly onTrouble?: (text: string) => void;
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
  /** A folder outside of every runner: what the tools of jobs work on. */
  readonly outside: string;
  /** How a process asks for OIDC tokens as this job. */
  oidcAccess(job: OidcJob): OidcAccess;
  close(): Promise<void>;
}

export async function openLab(options: LabOptions): Promise<Lab> {
  const undo: (() => unknown)[] = [];
  const close = async () => {
    for (const one of undo.splice(0).reverse()) await one();
  };
  try {
    return await open(options, one => void undo.push(one), close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** `later` is told how to undo each thing as soon as it is there: a lab that fails half-way leaves nothing behind. */
async function open(options: LabOptions, later: (undo: () => unknown) => void, close: () => Promise<void>) {
  const { start, speed, onTrouble = throwAtTheTop } = options;
  const { onDefect = onTrouble, onStuck = onTrouble, onSlow = onTrouble } = options;
  const directory = mkdtempSync(join(tmpdir(), 'release-lab-'));
  later(() => rmSync(directory, { recursive: true, force: true }));
  const clock =
    speed === undefined
      ? createLabClock({ start, mode: 'jump', onStuck, onSlow })
      : createLabClock({ start, mode: 'wall', speed });
  later(() => clock.close());
  const children = await clock.listen();
  const keepWaiting = () => clock.keepWaiting();
  const github = createGitHub({ clock, directory: join(directory, 'git'), keepWaiting });
  const oidc = createOidc({ clock, ids: idsOf(github) });
  const aws = createAws({
    clock,
    oidc,
    keepWaiting,
    sources: sourcesOf(github.world),
    ec2: options.instances === true ? (await import('./aws/ec2/ec2.ts')).createEc2() : undefined,
    iam: options.iam === true ? (await import('./aws/iam/iam.ts')).createIam : undefined,
    rds: options.databases === true ? (await import('./aws/rds/rds.ts')).createRds() : undefined,
    onDefect: defect => onDefect(`defect of the lab: ${defect.stack ?? defect.message}`),
    ...(options.ecs === undefined ? {} : { settings: options.ecs }),
    ...(options.lambda === undefined ? {} : { lambda: options.lambda }),
    ...(options.futureFields === undefined ? {} : { futureFields: options.futureFields }),
  });
  // One after the other: what is open when the next one fails is known.
  const api = await github.listen();
  later(() => api.close());
  const awsServer = await serve(aws.handler.handle);
  later(() => awsServer.close());
  const layers = await serve(aws.ecr.downloads.handle);
  later(() => layers.close());
  aws.ecr.downloads.servedAt(layers.url);
  const tokens = await serve(oidc.handle);
  later(() => tokens.close());
  const gateway = await openGateway(options.hosts, aws.application);
  later(() => gateway.close());
  const tools = makeTools(directory, options.tools ?? {});
  const variables = { AWS_ENDPOINT_URL: awsServer.url, OUTSIDE: tools.outside, ...gateway.variables };
  const runner = createRunner({
    clock,
    github: github.world,
    addresses: { server: 'https://github.com', api: api.apiUrl, graphql: api.graphqlUrl },
    directory: join(directory, 'runner'),
    knownActions: {
      ...standardActions,
      ...buildActions({ aws, applications: options.applications, oidc, now: () => clock.now(), onDefect }),
    },
    oidc: job => oidc.access(job, tokens.url),
    children: { env: children.env, follow: child => clock.follow(child) },
    variables: () => variables,
    options: { tools: tools.path },
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
  later(() => endMachines(runner));
  later(runner.follow(github.world));
  later(startPipelinesOnPush(github.world, aws.pipelines));
  return {
    clock,
    aws,
    github,
    runner,
    variables,
    addresses: { api: api.apiUrl, graphql: api.graphqlUrl },
    childVariables: children.env,
    outside: tools.outside,
    oidcAccess: (job: OidcJob) => oidc.access(job, tokens.url),
    close,
  };
}

function idsOf({ world }: GitHub): IdsOf {
  return {
    repository(fullName) {
      const { id, ownerId, run } = world.repository(fullName);
      return { id, ownerId, workflowOf: runId => run(runId).workflowName };
    },
    person: login => world.person(login).id,
  };
}

/** The processes of jobs that still run would outlive the lab. */
function endMachines(runner: Runner): void {
  for (const run of runner.runs.filter(({ status }) => status === 'in_progress')) {
    for (const job of run.jobs.filter(({ kind, status }) => kind === 'steps' && status === 'in_progress')) {
      try {
        runner.kill(run.id, job.key);
      } catch {
        // It was on no machine yet, or no longer.
      }
    }
  }
}

function throwAtTheTop(text: string): void {
  setImmediate(() => {
    throw new Error(text);
  });
}
