import type * as model from '@aws-sdk/client-cloudformation';
import { modelOnly } from '../../wire/not-modelled.ts';
import { cutPage } from '../../wire/paging.ts';
import type { Call } from '../../wire/service.ts';
import type { Engine } from './engine.ts';
import { invalid } from './errors.ts';
import { changedProperties } from './plan.ts';
import { isBusy, theStack } from './stacks.ts';
import type { Detection, Stack, StackResource } from './state.ts';
import { uuid } from './types/type.ts';

/** For each resource, in ms: detection reads them one by one. */
const looking = 2_000;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/detect-drift-stack.html */
export function driftOperations(engine: Engine) {
  return {
    DetectStackDrift: (input: model.DetectStackDriftCommandInput, call: Call) => {
      modelOnly(input, 'StackName');
      const stack = theStack(engine, call, input.StackName, 'plain');
      if (isBusy(stack) || stack.status === 'REVIEW_IN_PROGRESS') {
        throw invalid(`Drift detection cannot be performed on stack [${stack.id}] while in status ${stack.status}`);
      }
      const id = uuid(engine.serial(), 'd');
      const startedAt = engine.clock.now();
      const detection = { id, stack, startedAt, endsAt: startedAt + looking * stack.resources.size };
      engine.realm(call.account, call.region).detections.set(id, detection);
      return { StackDriftDetectionId: id };
    },
    DescribeStackDriftDetectionStatus: (input: model.DescribeStackDriftDetectionStatusCommandInput, call: Call) => {
      const detection = engine.realm(call.account, call.region).detections.get(input.StackDriftDetectionId ?? '');
      if (detection === undefined) throw invalid(`Drift detection ${input.StackDriftDetectionId} does not exist`);
      return statusOf(engine, detection);
    },
    DescribeStackResourceDrifts: (input: model.DescribeStackResourceDriftsCommandInput, call: Call) => {
      modelOnly(input, 'StackName', 'StackResourceDriftStatusFilters', 'NextToken', 'MaxResults');
      const stack = theStack(engine, call, input.StackName, 'with id');
      if (stack.drift === undefined) return { StackResourceDrifts: [] };
      const { at } = stack.drift;
      const wanted = input.StackResourceDriftStatusFilters;
      const drifts = [...stack.resources.values()]
        .map(resource => viewDrift(stack, resource, at))
        .filter(each => wanted === undefined || wanted.includes(each.StackResourceDriftStatus ?? 'IN_SYNC'));
      const page = cutPage(drifts, [stack.id, wanted], input.NextToken, input.MaxResults ?? 100);
      if (page === undefined) throw invalid(`Invalid NextToken: ${input.NextToken}`);
      return { StackResourceDrifts: page.items, NextToken: page.next };
    },
  };
}

function statusOf(
  engine: Engine,
  { id, stack, startedAt, endsAt }: Detection,
): model.DescribeStackDriftDetectionStatusOutput {
  const ended = engine.clock.now() >= endsAt;
  const drifted = [...stack.resources.values()].filter(each => each.drift !== undefined).length;
  if (ended) stack.drift = { status: drifted > 0 ? 'DRIFTED' : 'IN_SYNC', at: endsAt };
  return {
    StackId: stack.id,
    StackDriftDetectionId: id,
    DetectionStatus: ended ? 'DETECTION_COMPLETE' : 'DETECTION_IN_PROGRESS',
    Timestamp: new Date(startedAt),
    ...(ended ? { StackDriftStatus: drifted > 0 ? 'DRIFTED' : 'IN_SYNC', DriftedStackResourceCount: drifted } : {}),
  };
}

function viewDrift(stack: Stack, resource: StackResource, at: number): model.StackResourceDrift {
  const { drift, properties } = resource;
  const actual = drift?.kind === 'modified' ? { ...properties, ...drift.properties } : properties;
  return {
    StackId: stack.id,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    ExpectedProperties: JSON.stringify(properties),
    ...(drift?.kind === 'deleted' ? {} : { ActualProperties: JSON.stringify(actual) }),
    PropertyDifferences: changedProperties(properties, actual).map(name => ({
      PropertyPath: `/${name}`,
      ExpectedValue: JSON.stringify(Reflect.get(properties, name) ?? null),
      ActualValue: JSON.stringify(Reflect.get(actual, name) ?? null),
      DifferenceType: 'NOT_EQUAL',
    })),
    StackResourceDriftStatus: drift === undefined ? 'IN_SYNC' : drift.kind === 'deleted' ? 'DELETED' : 'MODIFIED',
    Timestamp: new Date(at),
  };
}
