import {
  type ActionExecutionDetail,
  CodePipelineClient,
  GetPipelineCommand,
  GetPipelineExecutionCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  type PipelineDeclaration,
  type PipelineExecution,
  type PipelineExecutionSummary,
  RollbackStageCommand,
  type SourceRevisionOverride,
  type StageState,
  StartPipelineExecutionCommand,
  type StartPipelineExecutionCommandInput,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline';
import { AwsCallError } from './errors.ts';
import { withRetries } from './retry.ts';
import type { AwsSession } from './session.ts';

export type {
  ActionExecutionDetail,
  PipelineDeclaration,
  PipelineExecution,
  PipelineExecutionSummary,
  SourceRevisionOverride,
  StageState,
  StartPipelineExecutionCommandInput,
};

export interface PipelineStructure {
  readonly declaration: PipelineDeclaration;
  /** AWS stops the periodic checks of pipelines that have been idle for 30 days: nothing starts by itself any more. */
  readonly pollingDisabled: boolean;
}

/** The calls of CodePipeline that the suite makes. Every method pages and retries; errors are `AwsCallError`. */
export interface CodePipeline {
  pipeline(name: string): Promise<PipelineStructure>;
  stages(name: string): Promise<readonly StageState[]>;
  execution(name: string, id: string): Promise<PipelineExecution>;
  /** The newest first, at most `most`; with `stage` those of the present structure that were successful in it. */
  executions(name: string, most: number, stage?: string): Promise<readonly PipelineExecutionSummary[]>;
  /** The runs of all actions of one execution, the newest first. */
  actions(name: string, id: string): Promise<readonly ActionExecutionDetail[]>;
  /** The same `clientRequestToken` starts one execution only. Answers its id. */
  start(input: StartPipelineExecutionCommandInput & { readonly clientRequestToken: string }): Promise<string>;
  /** Without `abandon`, actions that are at work come to their end first. `reason`: at most 200 characters. */
  stop(name: string, id: string, abandon: boolean, reason: string): Promise<void>;
  /** Answers the id of the new execution that goes back. Not to be repeated without a look. */
  rollBack(name: string, stage: string, target: string): Promise<string>;
}

/** Between tries while the pipeline is busy: steady and jittered, 0.5 to 1.5 of this, in ms. */
const pause = 2_000;

export function createCodePipeline({ region, credentials, retry }: AwsSession): CodePipeline {
  const client = new CodePipelineClient({
    region,
    maxAttempts: 1,
    ...(credentials === undefined ? {} : { credentials }),
  });
  const read = <T>(operation: string, call: () => Promise<T>) =>
    withRetries(retry, `codepipeline:${operation}`, 'any-number', call);

  /** ConflictException: nothing was done, the pipeline is busy for a moment. */
  const whenFree = async <T>(call: () => Promise<T>): Promise<T> => {
    const deadline = retry.clock.now() + retry.patience;
    for (;;) {
      try {
        return await call();
      } catch (error) {
        const busy = error instanceof AwsCallError && error.code === 'ConflictException';
        if (!busy || retry.clock.now() >= deadline) throw error;
        await retry.clock.sleep(pause * (0.5 + retry.random()));
      }
    }
  };

  return {
    async pipeline(name) {
      const { pipeline, metadata } = await read('GetPipeline', () => client.send(new GetPipelineCommand({ name })));
      const declaration = present('GetPipeline', pipeline);
      return { declaration, pollingDisabled: metadata?.pollingDisabledAt !== undefined };
    },

    async stages(name) {
      const answer = await read('GetPipelineState', () => client.send(new GetPipelineStateCommand({ name })));
      return answer.stageStates ?? [];
    },

    async execution(name, id) {
      const command = new GetPipelineExecutionCommand({ pipelineName: name, pipelineExecutionId: id });
      const { pipelineExecution } = await read('GetPipelineExecution', () => client.send(command));
      return present('GetPipelineExecution', pipelineExecution);
    },

    async executions(name, most, stage) {
      const found: PipelineExecutionSummary[] = [];
      let nextToken: string | undefined;
      do {
        const command = new ListPipelineExecutionsCommand({
          pipelineName: name,
          maxResults: Math.min(100, most),
          nextToken,
          ...(stage === undefined ? {} : { filter: { succeededInStage: { stageName: stage } } }),
        });
        const answer = await read('ListPipelineExecutions', () => client.send(command));
        found.push(...(answer.pipelineExecutionSummaries ?? []));
        nextToken = answer.nextToken;
      } while (nextToken !== undefined && found.length < most);
      return found.slice(0, most);
    },

    async actions(name, id) {
      const found: ActionExecutionDetail[] = [];
      let nextToken: string | undefined;
      do {
        const filter = { pipelineExecutionId: id };
        const command = new ListActionExecutionsCommand({ pipelineName: name, filter, nextToken });
        const answer = await read('ListActionExecutions', () => client.send(command));
        found.push(...(answer.actionExecutionDetails ?? []));
        nextToken = answer.nextToken;
      } while (nextToken !== undefined);
      return found;
    },

    async start(input) {
      const command = new StartPipelineExecutionCommand(input);
      const answer = await whenFree(() => read('StartPipelineExecution', () => client.send(command)));
      return present('StartPipelineExecution', answer.pipelineExecutionId);
    },

    async stop(name, id, abandon, reason) {
      const command = new StopPipelineExecutionCommand({
        pipelineName: name,
        pipelineExecutionId: id,
        abandon,
        reason,
      });
      await whenFree(() => read('StopPipelineExecution', () => client.send(command)));
    },

    async rollBack(name, stage, target) {
      const command = new RollbackStageCommand({
        pipelineName: name,
        stageName: stage,
        targetPipelineExecutionId: target,
      });
      const answer = await whenFree(() =>
        withRetries(retry, 'codepipeline:RollbackStage', 'once', () => client.send(command)),
      );
      return present('RollbackStage', answer.pipelineExecutionId);
    },
  };
}

function present<T>(operation: string, value: T | undefined): T {
  if (value !== undefined) return value;
  const message = `${operation} answered without a result.`;
  throw new AwsCallError('unknown-effect', 'EmptyAnswer', `codepipeline:${operation}`, message);
}
