import { describe, expect, test } from '@jest/globals';
import type { Task } from '#aws/ecs';
import { type FailureKind, isFatal, taskFailure } from '#targets/ecs/task-failure';

const registry = '111111111111.dkr.ecr.ap-southeast-2.amazonaws.com/api';

function task(stoppedReason: string, change: Partial<Task> = {}): Task {
  return { taskArn: 'arn:task/1', stoppedReason, stopCode: 'TaskFailedToStart', ...change };
}

/** Texts as AWS documents them, and as users report them in the issues of its agent and its roadmap. */
const startFailures: readonly (readonly [FailureKind, string])[] = [
  [
    'image-not-found',
    `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${registry}:v42: ${registry}:v42: not found`,
  ],
  [
    'image-not-found',
    `CannotPullContainerError: Error response from daemon: manifest for ${registry}:v42 not found: manifest unknown: Requested image not found`,
  ],
  [
    'image-not-found',
    'CannotPullContainerError: API error (404): repository api not found: does not exist or no pull access',
  ],
  [
    'image-not-found',
    "CannotPullContainerError: The repository with name 'api' does not exist in the registry with id '111111111111'",
  ],
  [
    'image-not-found',
    "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'",
  ],
  ['image-not-found', 'CannotPullImageManifestError: Error response from daemon: manifest unknown'],
  [
    'image-pull-denied',
    `CannotPullContainerError: Error response from daemon: pull access denied for ${registry}, repository does not exist or may require 'docker login': denied: User: arn:aws:sts::111111111111:assumed-role/exec/1 is not authorized to perform: ecr:BatchGetImage on resource: r because no resource-based policy allows the ecr:BatchGetImage action`,
  ],
  [
    'image-pull-denied',
    `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${registry}:latest@sha256:86: unexpected status from HEAD request to https://${registry}: 403 Forbidden`,
  ],
  [
    'image-pull-denied',
    'CannotPullECRContainerError: AccessDeniedException: User is not authorized to perform: ecr:GetAuthorizationToken',
  ],
  [
    'image-pull-denied',
    `CannotPullContainerError: Error response from daemon: Get https://${registry}: no basic auth credentials`,
  ],
  [
    'image-pull-failed',
    `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${registry}:v42: failed to do request: Head "https://${registry}": dial tcp 10.0.3.17:443: i/o timeout`,
  ],
  [
    'image-pull-failed',
    'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/nginx: 429 Too Many Requests - Server message: toomanyrequests: You have reached your unauthenticated pull rate limit.',
  ],
  [
    'image-pull-failed',
    'CannotPullContainerError: failed to resolve ref "docker.io/library/nginx:1": failed to do request: Head https://registry-1.docker.io/v2: dial tcp: lookup registry-1.docker.io on 172.31.0.2:53: no such host',
  ],
  [
    'image-pull-failed',
    `CannotPullContainerError: Error response from daemon: Get https://${registry}/v2/: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)`,
  ],
  ['image-pull-failed', 'CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob1: no space left on device'],
  ['image-pull-failed', 'CannotPullContainerError: context canceled'],
  [
    'task-resources-missing',
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:s from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.",
  ],
  [
    'task-resources-missing',
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: AccessDeniedException: User is not authorized to perform: secretsmanager:GetSecretValue',
  ],
  [
    'task-resources-missing',
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.: exit status 1',
  ],
  [
    'tasks-cannot-start',
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 5 time(s): RequestCanceled: request context canceled caused by: context deadline exceeded',
  ],
  [
    'tasks-cannot-start',
    'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration.',
  ],
  [
    'tasks-cannot-start',
    'ResourceInitializationError: unable to retrieve secret from asm: ThrottlingException: Rate exceeded',
  ],
  ['tasks-cannot-start', 'ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 1m'],
  [
    'tasks-cannot-start',
    'CannotStartContainerError: failed to get container status: exec: "ap": executable file not found in $PATH',
  ],
  [
    'tasks-cannot-start',
    'Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet',
  ],
];

describe('a task that never ran', () => {
  test.each(startFailures)('%s: %s', (kind, text) => {
    expect(taskFailure(task(text))?.kind).toBe(kind);
  });

  test('the container’s own reason counts like the task’s', () => {
    const containers = [{ name: 'api', reason: 'CannotPullContainerError: manifest unknown' }];
    expect(taskFailure(task('Task failed to start', { containers }))).toMatchObject({
      kind: 'image-not-found',
      container: 'api',
      containerReason: 'CannotPullContainerError: manifest unknown',
    });
  });

  test('only what does not pass by trying again is fatal', () => {
    const kinds = new Set(startFailures.flatMap(([, text]) => taskFailure(task(text)) ?? []).values());
    const fatal = new Set([...kinds].filter(isFatal).map(failure => failure.kind));
    expect([...fatal].toSorted()).toEqual(['image-not-found', 'image-pull-denied', 'task-resources-missing']);
  });
});

describe('a task that ran and stopped', () => {
  test.each<[string, Partial<Task>, FailureKind | undefined]>([
    [
      'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/api/1)',
      { stopCode: 'ServiceSchedulerInitiated' },
      'health-check-failed',
    ],
    ['Task failed container health checks', { stopCode: 'ServiceSchedulerInitiated' }, 'health-check-failed'],
    [
      'Service api: task failed container health checks.',
      { stopCode: 'ServiceSchedulerInitiated' },
      'health-check-failed',
    ],
    [
      'Task is unhealthy due to (reason Health checks failed with these codes: [502])',
      { stopCode: 'ServiceSchedulerInitiated' },
      'health-check-failed',
    ],
    [
      'Scaling activity initiated by (deployment ecs-svc/1234567890123456789)',
      { stopCode: 'ServiceSchedulerInitiated' },
      undefined,
    ],
    [
      'Scaling activity initiated by deployment',
      { stopCode: 'ServiceSchedulerInitiated', containers: [{ name: 'api', exitCode: 143 }] },
      undefined,
    ],
    ['Stopped by Ann: it failed ELB health checks', { stopCode: 'UserInitiated' }, undefined],
    [
      'Your Spot Task was interrupted.',
      { stopCode: 'SpotInterruption', containers: [{ name: 'api', exitCode: 137 }] },
      undefined,
    ],
    ['Host EC2 (instance i-1) terminated.', { stopCode: 'TerminationNotice' }, undefined],
    [
      'Essential container in task exited',
      { stopCode: 'EssentialContainerExited', containers: [{ name: 'api', exitCode: 1 }] },
      'crash-loop',
    ],
    [
      'Essential container in task exited',
      { stopCode: 'EssentialContainerExited', containers: [{ name: 'api', exitCode: 0 }] },
      'crash-loop',
    ],
    [
      'Essential container in task exited',
      {
        stopCode: 'EssentialContainerExited',
        containers: [{ name: 'api', exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' }],
      },
      'out-of-memory',
    ],
    [
      'OutOfMemoryError: container killed due to memory usage',
      { stopCode: 'EssentialContainerExited' },
      'out-of-memory',
    ],
    [
      'Essential container in task exited',
      { stopCode: 'EssentialContainerExited', containers: [{ name: 'api', exitCode: 137 }] },
      'crash-loop',
    ],
  ])('%s %j', (reason, change, kind) => {
    expect(taskFailure(task(reason, change))?.kind).toBe(kind);
  });

  test.each<[string, Task['containers'], string]>([
    [
      'the one that exited by itself, not the sidecar that was told to go',
      [
        { name: 'envoy', exitCode: 143 },
        { name: 'api', exitCode: 1 },
      ],
      'api',
    ],
    [
      'not the sidecar that had to be killed',
      [
        { name: 'envoy', exitCode: 137 },
        { name: 'api', exitCode: 2 },
      ],
      'api',
    ],
    [
      'the killed one, where the other one went in good order',
      [
        { name: 'envoy', exitCode: 0 },
        { name: 'api', exitCode: 137 },
      ],
      'api',
    ],
    [
      'the one that ended well but is essential, not the one told to go',
      [
        { name: 'envoy', exitCode: 143 },
        { name: 'api', exitCode: 0 },
      ],
      'api',
    ],
    [
      'the one with a reason of its own',
      [
        { name: 'envoy', exitCode: 1 },
        { name: 'api', exitCode: 137, reason: 'OutOfMemoryError' },
      ],
      'api',
    ],
    [
      'an empty reason is none',
      [
        { name: 'envoy', exitCode: 143, reason: '' },
        { name: 'api', exitCode: 1 },
      ],
      'api',
    ],
    [
      'the unhealthy one',
      [
        { name: 'envoy', exitCode: 137 },
        { name: 'api', exitCode: 137, healthStatus: 'UNHEALTHY' },
      ],
      'api',
    ],
  ])('whose log is read: %s', (_name, containers, expected) => {
    const change = { stopCode: 'EssentialContainerExited', containers } as const;
    expect(taskFailure(task('Essential container in task exited', change))?.container).toBe(expected);
  });

  test('the exit code and the moment come along', () => {
    const stoppedAt = new Date('2026-11-02T12:00:00Z');
    const containers = [{ name: 'api', exitCode: 3 }];
    expect(
      taskFailure(
        task('Essential container in task exited', { stopCode: 'EssentialContainerExited', containers, stoppedAt }),
      ),
    ).toEqual({
      task: 'arn:task/1',
      kind: 'crash-loop',
      stoppedReason: 'Essential container in task exited',
      container: 'api',
      exitCode: 3,
      stoppedAt: stoppedAt.getTime(),
    });
  });
});
