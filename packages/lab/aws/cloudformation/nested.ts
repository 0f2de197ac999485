import { NotModelled } from '../../wire/not-modelled.ts';
import { begin, type Engine, moveStack, type NestedStacks } from './engine.ts';
import { texts } from './errors.ts';
import { deleteResource } from './resources.ts';
import { restoreResources } from './rollback.ts';
import { runStack, type Target } from './run.ts';
import { emptyStack, findById } from './stacks.ts';
import { type Held, type Operation, type Stack, type StackResource, snapshotOf } from './state.ts';
import { resolveParameters } from './template/parameters.ts';
import { parseTemplate } from './template/parse.ts';
import { readUrl } from './template-source.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html */
export function createNested(engine: () => Engine): NestedStacks {
  /** What each nested stack was before the operation of its root that is under way. */
  const before = new Map<string, Held>();

  return {
    async create(parent, resource, operation) {
      const name = resource.physicalId.split('/')[1] ?? '';
      const child = emptyStack(engine(), parent, name, resource.physicalId);
      child.parent = parent;
      const ended = await bring(child, resource, begin(engine(), child, 'CREATE_STACK', operation.token), 'create');
      publish(resource, child);
      return ended ? undefined : embedded(child, 'created');
    },
    async update(parent, resource, operation) {
      const child = findById(engine(), parent, resource.physicalId);
      before.set(child.id, snapshotOf(child));
      const ended = await bring(child, resource, begin(engine(), child, 'UPDATE_STACK', operation.token), 'update');
      publish(resource, child);
      return ended ? undefined : embedded(child, 'updated');
    },
    async restore(resource, operation) {
      const child = findAnywhere(resource.physicalId);
      const held = before.get(child.id);
      if (held === undefined || child.status === 'UPDATE_ROLLBACK_COMPLETE') return undefined;
      const own = begin(engine(), child, 'ROLLBACK', operation.token);
      moveStack(engine(), child, 'UPDATE_ROLLBACK_IN_PROGRESS', undefined, own);
      await restoreResources(engine(), child, held, own, []);
      publish(resource, child);
      return child.status === 'UPDATE_ROLLBACK_FAILED' ? embedded(child, 'updated') : undefined;
    },
    async remove(resource, operation) {
      const child = findAnywhere(resource.physicalId);
      await deleteStack(engine(), child, begin(engine(), child, 'DELETE_STACK', operation.token), []);
      return child.status === 'DELETE_FAILED' ? embedded(child, 'deleted') : undefined;
    },
  };

  function findAnywhere(id: string): Stack {
    const [, , , region = '', account = ''] = id.split(':');
    return findById(engine(), { account, region }, id);
  }

  async function bring(
    child: Stack,
    resource: StackResource,
    operation: Operation,
    kind: 'create' | 'update',
  ): Promise<boolean> {
    return runStack(engine(), child, operation, nestedTarget(engine(), child, resource), kind);
  }
}

/** The template and parameters that a resource of the type AWS::CloudFormation::Stack asks for. */
export function nestedTarget(engine: Engine, child: Stack, { properties }: Pick<StackResource, 'properties'>): Target {
  const body = readUrl(engine, child, String(properties.TemplateURL));
  const template = parseTemplate(body);
  if (template.transforms.length > 0) throw new NotModelled('with transforms in a nested stack');
  const given = Object.entries(properties.Parameters ?? {}).map(([ParameterKey, value]) => ({
    ParameterKey,
    ParameterValue: Array.isArray(value) ? value.join(',') : String(value),
  }));
  const parameters = resolveParameters(template, given, child.parameters);
  return { body, template, parameters, tags: child.tags, capabilities: child.parent?.capabilities ?? [] };
}

/** `Fn::GetAtt: [Nested, Outputs.Name]` */
function publish(resource: StackResource, child: Stack): void {
  resource.attributes = Object.fromEntries(child.outputs.map(({ key, value }) => [`Outputs.${key}`, value]));
}

function embedded({ id, status, reason }: Stack, verb: string): string {
  const why = reason === undefined || reason === '' ? '' : ` with reason: ${reason}`;
  return `Embedded stack ${id} was not successfully ${verb}. Currently in ${status}${why}`;
}

/** Deletes every resource, the last first, as its policy says. */
export async function deleteStack(
  engine: Engine,
  stack: Stack,
  operation: Operation,
  retained: readonly string[],
): Promise<void> {
  moveStack(engine, stack, 'DELETE_IN_PROGRESS', texts.userInitiated, operation);
  const failed: string[] = [];
  for (const resource of [...stack.resources.values()].toReversed()) {
    const policy = retained.includes(resource.logicalId) ? 'Retain' : resource.deletionPolicy;
    const reason = await deleteResource(engine, stack, resource, policy, operation);
    if (reason === undefined) stack.resources.delete(resource.logicalId);
    else failed.push(resource.logicalId);
  }
  if (failed.length > 0) {
    moveStack(engine, stack, 'DELETE_FAILED', texts.failed([], [], failed), operation);
    return;
  }
  stack.outputs = [];
  stack.deletedAt = engine.clock.now();
  moveStack(engine, stack, 'DELETE_COMPLETE', undefined, operation);
}
