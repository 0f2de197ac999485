import { type ChildProcess, spawn } from 'node:child_process';
import { createAws } from '../assembly/aws.ts';
import { serve } from '../assembly/servers.ts';
import type { AppBehaviour } from '../aws/ecs/behaviour.ts';
import { createLabClock } from '../clock/lab-clock.ts';

export const account = '333333333333';
export const region = 'ap-southeast-2';
export const place = { account, region };
export const cluster = 'bench';
/** What is released, where a commit is asked for. */
export const commit = '0123456789abcdef0123456789abcdef01234567';
const start = Date.parse('2026-11-17T00:00:00Z');

export interface ServiceSpec {
  readonly name: string;
  readonly family: string;
  readonly tasks: number;
  readonly breaker: 'rollback' | 'off';
  readonly healthCheck: boolean;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  /** Lab time of the start and of the exit. */
  readonly startedAt: number;
  readonly endedAt: number;
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** One region of AWS on lab time, and processes in it: all that a measurement of `deploy` needs, without GitHub. */
export async function openWorld() {
  const troubles: string[] = [];
  const onTrouble = (text: string) => void troubles.push(text);
  const clock = createLabClock({ start, mode: 'jump', onStuck: onTrouble, onSlow: onTrouble, slowAfter: 120_000 });
  const access = await clock.listen();
  const aws = createAws({
    clock,
    // Nobody assumes a role here: everybody has a key.
    oidc: { verify: () => ({ verdict: 'invalid', message: 'the bench issues no tokens' }) },
    keepWaiting: () => clock.keepWaiting(),
    sources: { head: () => commit, has: () => true, summary: () => 'feat: two', readFile: () => undefined },
    onDefect: defect => onTrouble(`defect of the lab: ${defect.stack ?? defect.message}`),
  });
  aws.sts.addKey('AKIALABBENCH', { account, principal: `arn:aws:iam::${account}:user/bench` });
  aws.logs.at(account, region).createGroup('/ecs/bench');
  aws.ecr.createRepository(account, region, 'bench');
  const server = await serve(aws.handler.handle);
  const families = new Map<string, string>();
  // Between two processes nobody is there for whom time could pass.
  let letGo = clock.hold('no process runs yet');

  return {
    clock,
    aws,
    troubles,

    /** Pushes an image that behaves like this, and answers its reference by digest. */
    push(behaviour: AppBehaviour): string {
      const digest = aws.ecr.push({
        ...place,
        repository: 'bench',
        tags: [behaviour.version],
        content: behaviour.version,
      });
      aws.behaviours.set(digest, () => behaviour);
      return `${account}.dkr.ecr.${region}.amazonaws.com/bench@${digest}`;
    },

    /** A service that has been running `image` for an hour; its family is registered once. */
    addService(spec: ServiceSpec, image: string): void {
      const taskDefinition =
        families.get(spec.family) ?? aws.ecs.registerTaskDefinition(place, definitionOf(spec, image));
      families.set(spec.family, taskDefinition);
      aws.ecs.steadyService(place, {
        cluster,
        serviceName: spec.name,
        taskDefinition,
        desiredCount: spec.tasks,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a'], securityGroups: ['sg-0a'] } },
        deploymentConfiguration: {
          maximumPercent: 200,
          minimumHealthyPercent: 100,
          deploymentCircuitBreaker: { enable: spec.breaker === 'rollback', rollback: spec.breaker === 'rollback' },
        },
      });
    },

    /** Runs a Node program in this world to its end; `started` sees the process as soon as there is one. */
    async run(
      program: readonly string[],
      env: Readonly<Record<string, string>>,
      started?: (child: ChildProcess) => void,
    ): Promise<Ended> {
      const startedAt = clock.now();
      const child = spawn(process.execPath, program, {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: process.env.PATH ?? '',
          AWS_ENDPOINT_URL: server.url,
          AWS_REGION: region,
          AWS_ACCESS_KEY_ID: 'AKIALABBENCH',
          AWS_SECRET_ACCESS_KEY: 'the lab checks no signature',
          ...env,
          ...access.env,
          NODE_OPTIONS: [access.env.NODE_OPTIONS, env.NODE_OPTIONS].filter(Boolean).join(' '),
        },
      });
      clock.follow(child);
      started?.(child);
      letGo();
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
      const exitCode = await new Promise<number | null>(resolve => child.on('close', code => resolve(code)));
      letGo = clock.hold('no process runs any more');
      if (troubles.length > 0) throw new Error(troubles.join('\n'));
      return { exitCode, output, startedAt, endedAt: clock.now() };
    },

    async close(): Promise<void> {
      letGo();
      await Promise.all([server.close(), clock.close()]);
    },
  };
}

function definitionOf({ family, healthCheck }: ServiceSpec, image: string) {
  const check = { command: ['CMD-SHELL', 'wget -q -O- http://localhost:8080/health'], interval: 10, retries: 3 };
  return {
    family,
    networkMode: 'awsvpc' as const,
    requiresCompatibilities: ['FARGATE' as const],
    cpu: '256',
    memory: '512',
    executionRoleArn: `arn:aws:iam::${account}:role/execution`,
    containerDefinitions: [
      {
        name: 'api',
        image,
        essential: true,
        portMappings: [{ containerPort: 8080, protocol: 'tcp' as const }],
        logConfiguration: {
          logDriver: 'awslogs' as const,
          options: { 'awslogs-group': '/ecs/bench', 'awslogs-region': region, 'awslogs-stream-prefix': 'ecs' },
        },
        ...(healthCheck ? { healthCheck: check } : {}),
      },
    ],
  };
}
