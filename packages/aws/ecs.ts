import {
  type Cluster,
  ContinueServiceDeploymentCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  type Service,
  type ServiceDeployment,
  type ServiceDeploymentBrief,
  type ServiceRevision,
  StopServiceDeploymentCommand,
  type Task,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { callInBatches } from './batches.ts';
import { AwsCallError } from './errors.ts';
import { paceOf } from './pace.ts';
import { type JsonObject, passRawJson } from './raw-json.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

export type {
  Cluster,
  RunTaskCommandInput,
  Service,
  ServiceDeployment,
  ServiceDeploymentBrief,
  ServiceRevision,
  Task,
  UpdateServiceCommandInput,
};

/** What was asked for and was not there; ECS answers 200 and lists it. */
export interface MissingPart {
  /** Empty where ECS names none: a one-off task that could not be placed. */
  readonly arn: string;
  readonly reason: string;
}

/** The calls of ECS that the suite makes. Every method pages, batches, paces and retries; errors are `AwsCallError`. */
export interface Ecs {
  describeServices(cluster: string, services: readonly string[]): Promise<{ found: Service[]; missing: MissingPart[] }>;
  updateService(input: UpdateServiceCommandInput): Promise<Service>;
  describeServiceDeployments(arns: readonly string[]): Promise<ServiceDeployment[]>;
  listServiceDeployments(cluster: string, service: string, createdAfter?: Date): Promise<ServiceDeploymentBrief[]>;
  describeServiceRevisions(arns: readonly string[]): Promise<ServiceRevision[]>;
  /** Asks ECS to roll the deployment back: the only way of stopping that it offers. */
  stopServiceDeployment(arn: string): Promise<void>;
  continueServiceDeployment(arn: string, hookId: string, action: 'CONTINUE' | 'ROLLBACK'): Promise<void>;
  /** The definition as it travelled, with members that this SDK does not know, and its tags. */
  describeTaskDefinition(reference: string): Promise<{ definition: JsonObject; tags: readonly JsonObject[] }>;
  /** Registers exactly this body. Answers the new revision as ECS describes it. */
  registerTaskDefinition(body: JsonObject): Promise<JsonObject>;
  runTask(input: RunTaskCommandInput): Promise<{ tasks: Task[]; missing: MissingPart[] }>;
  describeTasks(cluster: string, arns: readonly string[]): Promise<Task[]>;
  /** ECS keeps stopped tasks for about an hour. */
  listStoppedTasks(cluster: string, service: string): Promise<string[]>;
}

export function createEcs(session: AwsSession): Ecs {
  const { region, credentials, retry } = session;
  const options = { region, maxAttempts: 1, ...(credentials === undefined ? {} : { credentials }) };
  const client = new ECSClient(options);
  const pace = paceOf(retry.clock);

  const paced = async <T>(operation: string, effect: 'any-number' | 'once', call: () => Promise<T>) => {
    // The wait for the first token is ours, and must not use up the patience with AWS.
    await pace(operation);
    let tries = 0;
    return withRetries(retry, `ecs:${operation}`, effect, async () => {
      tries += 1;
      // Many that were throttled together would otherwise all come back at once.
      if (tries > 1) await pace(operation);
      return call();
    });
  };
  const read = <T>(operation: string, call: () => Promise<T>) => paced(operation, 'any-number', call);
  const write = <T>(operation: string, call: () => Promise<T>) => paced(operation, 'once', call);

  return {
    async describeServices(cluster, services) {
      const answers = await callInBatches(services, 10, batch =>
        read('DescribeServices', () => client.send(new DescribeServicesCommand({ cluster, services: batch }))),
      );
      return {
        found: answers.flatMap(answer => answer.services ?? []),
        missing: answers.flatMap(answer => (answer.failures ?? []).map(missingPart)),
      };
    },

    async updateService(input) {
      const { service } = await write('UpdateService', () => client.send(new UpdateServiceCommand(input)));
      return present('UpdateService', service);
    },

    async describeServiceDeployments(arns) {
      const answers = await callInBatches(arns, 20, batch =>
        read('DescribeServiceDeployments', () =>
          client.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: batch })),
        ),
      );
      return answers.flatMap(answer => answer.serviceDeployments ?? []);
    },

    async listServiceDeployments(cluster, service, createdAfter) {
      const createdAt = createdAfter === undefined ? undefined : { after: createdAfter };
      const found: ServiceDeploymentBrief[] = [];
      let nextToken: string | undefined;
      do {
        const command = new ListServiceDeploymentsCommand({ cluster, service, createdAt, nextToken });
        const answer = await read('ListServiceDeployments', () => client.send(command));
        found.push(...(answer.serviceDeployments ?? []));
        nextToken = answer.nextToken;
      } while (nextToken !== undefined);
      return found;
    },

    async describeServiceRevisions(arns) {
      const answers = await callInBatches(arns, 20, batch =>
        read('DescribeServiceRevisions', () =>
          client.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: batch })),
        ),
      );
      return answers.flatMap(answer => answer.serviceRevisions ?? []);
    },

    async stopServiceDeployment(arn) {
      const command = new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' });
      await read('StopServiceDeployment', () => client.send(command));
    },

    async continueServiceDeployment(arn, hookId, action) {
      const command = new ContinueServiceDeploymentCommand({ serviceDeploymentArn: arn, hookId, action });
      await read('ContinueServiceDeployment', () => client.send(command));
    },

    async describeTaskDefinition(reference) {
      const answer = await read('DescribeTaskDefinition', () =>
        captured(options, new DescribeTaskDefinitionCommand({ taskDefinition: reference, include: ['TAGS'] })),
      );
      const tags = Array.isArray(answer.tags) ? (answer.tags as JsonObject[]) : [];
      return { definition: present('DescribeTaskDefinition', asObject(answer.taskDefinition)), tags };
    },

    async registerTaskDefinition(body) {
      const answer = await write('RegisterTaskDefinition', () =>
        captured(options, new RegisterTaskDefinitionCommand({ family: undefined, containerDefinitions: [] }), body),
      );
      return present('RegisterTaskDefinition', asObject(answer.taskDefinition));
    },

    async runTask(input) {
      const answer = await read('RunTask', () => client.send(new RunTaskCommand(input)));
      return { tasks: answer.tasks ?? [], missing: (answer.failures ?? []).map(missingPart) };
    },

    async describeTasks(cluster, arns) {
      const answers = await callInBatches(arns, 100, batch =>
        read('DescribeTasks', () => client.send(new DescribeTasksCommand({ cluster, tasks: batch }))),
      );
      return answers.flatMap(answer => answer.tasks ?? []);
    },

    async listStoppedTasks(cluster, service) {
      const found: string[] = [];
      let nextToken: string | undefined;
      do {
        const command = new ListTasksCommand({ cluster, serviceName: service, desiredStatus: 'STOPPED', nextToken });
        const answer = await read('ListTasks', () => client.send(command));
        found.push(...(answer.taskArns ?? []));
        nextToken = answer.nextToken;
      } while (nextToken !== undefined);
      return found;
    },
  };
}

/** One call on a client of its own, whose middlewares belong to this call alone. Answers the raw JSON. */
async function captured(
  options: ConstructorParameters<typeof ECSClient>[0],
  command: DescribeTaskDefinitionCommand | RegisterTaskDefinitionCommand,
  replacement?: JsonObject,
): Promise<JsonObject> {
  const client = new ECSClient(options ?? {});
  let body: JsonObject | undefined;
  passRawJson(client, {
    replacement: () => replacement,
    captured: answer => {
      body = answer;
    },
  });
  try {
    await (command instanceof DescribeTaskDefinitionCommand ? client.send(command) : client.send(command));
  } finally {
    client.destroy();
  }
  return present(command.constructor.name, body);
}

function missingPart(failure: { arn?: string | undefined; reason?: string | undefined; detail?: string | undefined }) {
  const reason = [failure.reason, failure.detail].filter(text => text !== undefined).join(': ');
  return { arn: failure.arn ?? '', reason: reason === '' ? 'no reason given' : reason };
}

function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : undefined;
}

function present<T>(operation: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new AwsCallError(
    'unknown-effect',
    'EmptyAnswer',
    `ecs:${operation}`,
    `${operation} answered without a result.`,
  );
}
