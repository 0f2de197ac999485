import * as model from '@aws-sdk/client-codepipeline';
import type { LabClock } from '../../clock/clock.ts';
import type { Call, Service } from '../../wire/service.ts';
import { createIds } from '../ecs/ids.ts';
import { createPastClock } from '../ecs/past.ts';
import { changeOperations } from './changes.ts';
import { type Engine, openPlaces } from './engine.ts';
import type { CodePipelinePorts } from './ports.ts';
import { readOperations } from './reads.ts';
import { startExecution } from './start.ts';
import { type CodePipelineWorld, createWorld } from './world.ts';

export interface CodePipelineOptions extends CodePipelinePorts {
  readonly clock: LabClock;
}

export function createCodePipeline({ clock: labClock, ...ports }: CodePipelineOptions): {
  readonly service: Service;
  readonly world: CodePipelineWorld;
} {
  const clock = createPastClock(labClock);
  const engine: Engine = {
    clock,
    ids: createIds('codepipeline'),
    ports,
    places: openPlaces(),
    start: (pipeline, start) => startExecution(engine, pipeline, start),
  };
  const service: Service = {
    id: 'codepipeline',
    model,
    resource: resourceOf,
    operations: { ...readOperations(engine), ...changeOperations(engine) },
  };
  return { service, world: createWorld(engine, clock) };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html */
function resourceOf(operation: string, input: Readonly<Record<string, unknown>>, { account, region }: Call) {
  const name = input.pipelineName ?? input.name;
  if (typeof name !== 'string') return undefined;
  const { stageName, actionName } = input;
  const below = operation === 'RollbackStage' ? [stageName] : [stageName, actionName];
  return `arn:aws:codepipeline:${region}:${account}:${[name, ...below.filter(part => typeof part === 'string')].join('/')}`;
}
