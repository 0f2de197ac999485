import {
  CancelUpdateStackCommand,
  type Change,
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  DescribeStackDriftDetectionStatusCommand,
  type DescribeStackDriftDetectionStatusCommandOutput,
  DescribeStackEventsCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  type GetTemplateSummaryCommandOutput,
  ListChangeSetsCommand,
  ListStackResourcesCommand,
  type Parameter,
  type Stack,
  type StackEvent,
  type StackResourceDrift,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { AwsCallError } from './errors.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

export type {
  Change,
  CreateChangeSetCommandInput,
  DescribeChangeSetCommandOutput,
  DescribeStackDriftDetectionStatusCommandOutput,
  GetTemplateSummaryCommandOutput,
  Parameter,
  Stack,
  StackEvent,
  StackResourceDrift,
  StackResourceSummary,
};

/** A change set as it is described, with the changes of all pages. */
export type ChangeSet = Omit<DescribeChangeSetCommandOutput, '$metadata' | 'NextToken' | 'Changes'> & {
  readonly Changes: readonly Change[];
};

/** A template as a call takes it. */
export type TemplateSource = { readonly TemplateBody: string } | { readonly TemplateURL: string };

export interface ChangeSetSummary {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly executionStatus: string;
}

/** The calls of CloudFormation that the suite makes. Every method pages and retries; errors are `AwsCallError`. */
export interface CloudFormation {
  /** By name or ARN; undefined where there is none. */
  stack(name: string): Promise<Stack | undefined>;
  /** The newest first, back to the first one that `known` says yes to (which is left out). */
  events(stack: string, known: (event: StackEvent) => boolean): Promise<readonly StackEvent[]>;
  resources(stack: string): Promise<readonly StackResourceSummary[]>;
  /** The body as it was given. */
  template(stack: string): Promise<string>;
  templateSummary(source: TemplateSource): Promise<GetTemplateSummaryCommandOutput>;
  /** Made once however often it is asked for with the same `ClientToken`. Answers the ARN. */
  createChangeSet(input: CreateChangeSetCommandInput & { ClientToken: string }): Promise<string>;
  changeSet(arn: string): Promise<ChangeSet>;
  /** Those that were not executed. */
  changeSets(stack: string): Promise<readonly ChangeSetSummary[]>;
  /** Executed once however often it is asked for with the same token. */
  executeChangeSet(arn: string, token: string): Promise<void>;
  deleteChangeSet(arn: string): Promise<void>;
  deleteStack(arn: string): Promise<void>;
  cancelUpdate(arn: string, token: string): Promise<void>;
  /** Answers the id of the detection. */
  detectDrift(stack: string): Promise<string>;
  driftDetection(id: string): Promise<DescribeStackDriftDetectionStatusCommandOutput>;
  /** Resources that were changed or deleted. */
  drifts(stack: string): Promise<readonly StackResourceDrift[]>;
}

export function createCloudFormation(session: AwsSession): CloudFormation {
  const { region, credentials, retry } = session;
  const client = new CloudFormationClient({
    region,
    maxAttempts: 1,
    ...(credentials === undefined ? {} : { credentials }),
  });
  // Every call may be made again: reads, calls with a token, and those that bring about a state.
  const call = <T>(operation: string, send: () => Promise<T>) =>
    withRetries(retry, `cloudformation:${operation}`, 'any-number', send);

  return {
    async stack(name) {
      try {
        const answer = await call('DescribeStacks', () => client.send(new DescribeStacksCommand({ StackName: name })));
        return answer.Stacks?.[0];
      } catch (error) {
        // There is no exception for this: `Stack with id shop does not exist`.
        if (error instanceof AwsCallError && error.kind === 'refused' && /does not exist/.test(error.message))
          return undefined;
        throw error;
      }
    },
    async events(stack, known) {
      const found: StackEvent[] = [];
      let NextToken: string | undefined;
      do {
        const command = new DescribeStackEventsCommand({ StackName: stack, NextToken });
        const answer = await call('DescribeStackEvents', () => client.send(command));
        for (const event of answer.StackEvents ?? []) {
          if (known(event)) return found;
          found.push(event);
        }
        NextToken = answer.NextToken;
      } while (NextToken !== undefined);
      return found;
    },
    async resources(stack) {
      const found: StackResourceSummary[] = [];
      let NextToken: string | undefined;
      do {
        const command = new ListStackResourcesCommand({ StackName: stack, NextToken });
        const answer = await call('ListStackResources', () => client.send(command));
        found.push(...(answer.StackResourceSummaries ?? []));
        NextToken = answer.NextToken;
      } while (NextToken !== undefined);
      return found;
    },
    async template(stack) {
      const command = new GetTemplateCommand({ StackName: stack, TemplateStage: 'Original' });
      const { TemplateBody = '' } = await call('GetTemplate', () => client.send(command));
      return TemplateBody;
    },
    templateSummary: source => call('GetTemplateSummary', () => client.send(new GetTemplateSummaryCommand(source))),
    async createChangeSet(input) {
      const { Id = '' } = await call('CreateChangeSet', () => client.send(new CreateChangeSetCommand(input)));
      return Id;
    },
    async changeSet(arn) {
      const changes: Change[] = [];
      let NextToken: string | undefined;
      for (;;) {
        const command = new DescribeChangeSetCommand({ ChangeSetName: arn, NextToken });
        const { $metadata: _, ...answer } = await call('DescribeChangeSet', () => client.send(command));
        changes.push(...(answer.Changes ?? []));
        NextToken = answer.NextToken;
        if (NextToken === undefined) return { ...answer, Changes: changes };
      }
    },
    async changeSets(stack) {
      const found: ChangeSetSummary[] = [];
      let NextToken: string | undefined;
      do {
        const command = new ListChangeSetsCommand({ StackName: stack, NextToken });
        const answer = await call('ListChangeSets', () => client.send(command));
        found.push(
          ...(answer.Summaries ?? []).map(({ ChangeSetId, ChangeSetName, Status, ExecutionStatus }) => ({
            id: ChangeSetId ?? '',
            name: ChangeSetName ?? '',
            status: Status ?? '',
            executionStatus: ExecutionStatus ?? '',
          })),
        );
        NextToken = answer.NextToken;
      } while (NextToken !== undefined);
      return found;
    },
    async executeChangeSet(arn, token) {
      const command = new ExecuteChangeSetCommand({ ChangeSetName: arn, ClientRequestToken: token });
      await call('ExecuteChangeSet', () => client.send(command));
    },
    async deleteChangeSet(arn) {
      await call('DeleteChangeSet', () => client.send(new DeleteChangeSetCommand({ ChangeSetName: arn })));
    },
    async deleteStack(arn) {
      await call('DeleteStack', () => client.send(new DeleteStackCommand({ StackName: arn })));
    },
    async cancelUpdate(arn, token) {
      const command = new CancelUpdateStackCommand({ StackName: arn, ClientRequestToken: token });
      await call('CancelUpdateStack', () => client.send(command));
    },
    async detectDrift(stack) {
      const command = new DetectStackDriftCommand({ StackName: stack });
      const { StackDriftDetectionId = '' } = await call('DetectStackDrift', () => client.send(command));
      return StackDriftDetectionId;
    },
    driftDetection: id =>
      call('DescribeStackDriftDetectionStatus', () =>
        client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: id })),
      ),
    async drifts(stack) {
      const found: StackResourceDrift[] = [];
      let NextToken: string | undefined;
      do {
        const command = new DescribeStackResourceDriftsCommand({
          StackName: stack,
          StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
          NextToken,
        });
        const answer = await call('DescribeStackResourceDrifts', () => client.send(command));
        found.push(...(answer.StackResourceDrifts ?? []));
        NextToken = answer.NextToken;
      } while (NextToken !== undefined);
      return found;
    },
  };
}
