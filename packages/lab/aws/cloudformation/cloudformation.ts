import * as model from '@aws-sdk/client-cloudformation';
import type { LabClock } from '../../clock/clock.ts';
import { createPlaces } from '../../wire/places.ts';
import type { Call, Service } from '../../wire/service.ts';
import { createChangeSet, deleteChangeSet, executeChangeSet } from './change-sets.ts';
import { driftOperations } from './drift.ts';
import type { Engine, Failure, ResourceBehaviour } from './engine.ts';
import { createNested } from './nested.ts';
import { changingOperations, readingOperations } from './operations.ts';
import type { CloudFormationPorts } from './ports.ts';
import type { Realm, Stack } from './state.ts';
import { type CloudFormationWorld, createWorld } from './world.ts';

export interface CloudFormationOptions {
  readonly clock: LabClock;
  readonly ports?: Partial<CloudFormationPorts>;
  readonly onDefect: (defect: Error) => void;
}

/** Stacks and change sets. README.md beside this says where each behaviour is from, and what is not modelled. */
export function createCloudFormation({ clock, ports = {}, onDefect }: CloudFormationOptions): {
  readonly service: Service;
  readonly world: CloudFormationWorld;
} {
  const realms = new Map<string, Realm>();
  const places = createPlaces((account, region): Realm => {
    const realm: Realm = { account, region, stacks: new Map(), detections: new Map() };
    realms.set(`${account}/${region}`, realm);
    return realm;
  });
  const templates = new Map<string, string>();
  /** By account and path of the stacks and the resource: `111111111111/shop/Queue`. */
  const behaviours = new Map<string, ResourceBehaviour>();
  const failures = new Map<Failure, number>();
  let serials = 0;

  const engine: Engine = {
    clock,
    onDefect,
    ports: {
      template(account, region, url) {
        const own = templates.get(url);
        if (own !== undefined) return { body: own };
        return ports.template?.(account, region, url) ?? { error: 'The specified key does not exist.' };
      },
      ...(ports.makers === undefined ? {} : { makers: ports.makers }),
    },
    realm: (account, region) => places.at(account, region),
    realms: () => realms.values(),
    behaviour: (stack, logicalId) => behaviours.get(pathOf(stack, logicalId)),
    failure(stack, logicalId, on) {
      const found = behaviours.get(pathOf(stack, logicalId))?.fails?.find(each => each.on === on);
      if (found === undefined) return undefined;
      const times = failures.get(found) ?? 0;
      if (times >= (found.times ?? Number.POSITIVE_INFINITY)) return undefined;
      failures.set(found, times + 1);
      return found.reason;
    },
    serial: () => {
      serials += 1;
      return serials;
    },
    nested: createNested(() => engine),
  };

  const service: Service = {
    id: 'cloudformation',
    model,
    resource: (_operation, input, call) => arnOf(engine, input, call),
    /**
     * Not published; what people meet: reads of stacks and events in tight loops are throttled at about ten a second, changes sooner.
     */
    buckets: [
      {
        operations: ['DescribeStacks', 'DescribeStackEvents', 'DescribeChangeSet', 'ListStackResources'],
        burst: 30,
        refill: 10,
      },
      { operations: ['CreateChangeSet', 'ExecuteChangeSet', 'DeleteStack'], burst: 10, refill: 2 },
    ],
    operations: {
      ...readingOperations(engine),
      ...changingOperations(engine),
      ...driftOperations(engine),
      CreateChangeSet: (input: model.CreateChangeSetCommandInput, call: Call) => createChangeSet(engine, call, input),
      ExecuteChangeSet: (input: model.ExecuteChangeSetCommandInput, call: Call) => {
        executeChangeSet(engine, call, input);
        return {};
      },
      DeleteChangeSet: (input: model.DeleteChangeSetCommandInput, call: Call) => {
        deleteChangeSet(engine, call, input.ChangeSetName, input.StackName);
        return {};
      },
    },
  };
  return { service, world: createWorld({ engine, templates, behaviours }) };
}

function pathOf(stack: Stack, logicalId: string): string {
  return `${stack.account}/${stack.parent === undefined ? stack.name : nestedName(stack)}/${logicalId}`;
}

/** A nested stack goes by the resource that it is: `shop/Database`. */
function nestedName(stack: Stack): string {
  const { parent } = stack;
  if (parent === undefined) return stack.name;
  const resource = [...parent.resources.values()].find(each => each.physicalId === stack.id);
  return `${nestedName(parent)}/${resource?.logicalId ?? stack.name}`;
}

function arnOf(
  _engine: Engine,
  { StackName: name }: Readonly<Record<string, unknown>>,
  { account, region }: Call,
): string | undefined {
  if (typeof name !== 'string') return undefined;
  return name.startsWith('arn:') ? name : `arn:aws:cloudformation:${region}:${account}:stack/${name}/*`;
}
