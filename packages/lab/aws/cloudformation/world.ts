import { createChangeSet, executeChangeSet } from './change-sets.ts';
import { begin, type Engine, inBackground, type ResourceBehaviour, record } from './engine.ts';
import { inOrder } from './plan.ts';
import { newResource } from './resources.ts';
import { runStack } from './run.ts';
import { activeResources, propertiesOf, scopeOf } from './scope.ts';
import { processedTemplate } from './serverless/expand.ts';
import { emptyStack, findStack, isBusy, type Place } from './stacks.ts';
import type { Drift, Stack } from './state.ts';
import { evaluate } from './template/evaluate.ts';
import { resolveParameters } from './template/parameters.ts';
import { dependenciesOf } from './template/references.ts';

export interface StackDescription {
  readonly name: string;
  readonly template: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly capabilities?: Stack['capabilities'];
  readonly protected?: boolean;
  /** CREATE_COMPLETE unless said; in a stuck state what it holds is what it would go back to. */
  readonly status?: Stack['status'];
  readonly reason?: string;
}

/** What a scenario can do to the world besides calling CloudFormation. */
export interface CloudFormationWorld {
  /** A stack that has been there for a day. */
  putStack(place: Place, description: StackDescription): Stack;
  /** A template that can be read at a URL of S3, until the lab's S3 has it. */
  putTemplate(url: string, body: string): void;
  /** `resource` is `Queue`, or `Database/Table` for one of a nested stack. */
  behave(place: Place, stack: string, resource: string, behaviour: ResourceBehaviour): void;
  /** Somebody changes a resource without CloudFormation. */
  drift(place: Place, stack: string, resource: string, drift: Drift): void;
  /**
   * Somebody else updates the stack: by a change set that is executed as soon as it is there, or (`whenFree`) by UpdateStack in the moment
   * in which the operation under way has ended.
   */
  update(
    place: Place,
    stack: string,
    change: {
      readonly template?: string;
      readonly parameters?: Readonly<Record<string, string>>;
      readonly whenFree?: boolean;
    },
  ): void;
  /** Somebody presses “cancel update”. */
  cancelUpdate(place: Place, stack: string): void;
  /** Deletes the record of a stack at once. */
  remove(place: Place, stack: string): void;
  /** The live record; undefined where there is none. */
  stack(place: Place, name: string): Stack | undefined;
}

interface WorldParts {
  readonly engine: Engine;
  readonly templates: Map<string, string>;
  readonly behaviours: Map<string, ResourceBehaviour>;
}

const day = 24 * 3_600_000;

export function createWorld({ engine, templates, behaviours }: WorldParts): CloudFormationWorld {
  const find = (place: Place, name: string): Stack => {
    const found = findStack(engine, place, name);
    if (found === undefined) throw new Error(`There is no stack ${name} in ${place.account} ${place.region}`);
    return found;
  };
  return {
    putStack: (place, description) => settle(engine, place, description),
    putTemplate: (url, body) => void templates.set(url, body),
    behave: (place, stack, resource, behaviour) =>
      void behaviours.set(`${place.account}/${stack}/${resource}`, behaviour),
    drift(place, stack, resource, drift) {
      const found = find(place, stack).resources.get(resource);
      if (found === undefined) throw new Error(`The stack ${stack} has no resource ${resource}`);
      found.drift = drift;
    },
    update(place, name, { template, parameters = {}, whenFree = false }) {
      const stack = find(place, name);
      if (whenFree) {
        updateWhenFree(engine, stack, template ?? stack.body, parameters);
        return;
      }
      const changeSet = `somebody-else-${engine.serial()}`;
      const given = [...stack.parameters.keys()].map(ParameterKey =>
        parameters[ParameterKey] === undefined
          ? { ParameterKey, UsePreviousValue: true }
          : { ParameterKey, ParameterValue: parameters[ParameterKey] },
      );
      const source = template === undefined ? { UsePreviousTemplate: true } : { TemplateBody: template };
      const { Id } = createChangeSet(engine, place, {
        StackName: name,
        ChangeSetName: changeSet,
        Parameters: given,
        Capabilities: [...stack.capabilities],
        ...source,
      });
      inBackground(engine, async () => {
        await engine.clock.sleep(7_000);
        executeChangeSet(engine, place, { ChangeSetName: Id });
      });
    },
    cancelUpdate(place, name) {
      const { cancel, status } = find(place, name);
      if (cancel === undefined) throw new Error(`${name} is ${status}: there is no update to cancel`);
      cancel();
    },
    remove(place, name) {
      engine.realm(place.account, place.region).stacks.delete(find(place, name).id);
    },
    stack: (place, name) => findStack(engine, place, name),
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html */
function updateWhenFree(engine: Engine, stack: Stack, body: string, changed: Readonly<Record<string, string>>): void {
  inBackground(engine, async () => {
    while (isBusy(stack)) await engine.clock.sleep(100);
    const { tags, capabilities } = stack;
    const parameters = new Map([...stack.parameters, ...Object.entries(changed)]);
    const target = { body, template: processedTemplate(body), parameters, tags, capabilities };
    await runStack(engine, stack, begin(engine, stack, 'UPDATE_STACK', undefined), target, 'update');
  });
}

function settle(engine: Engine, place: Place, description: StackDescription): Stack {
  const { name, template: body, parameters: given = {}, tags = {}, status = 'CREATE_COMPLETE', reason } = description;
  const template = processedTemplate(body);
  const stack = emptyStack(engine, place, name);
  const parameters = resolveParameters(
    template,
    Object.entries(given).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    new Map(),
  );
  const at = engine.clock.now() - day;
  Object.assign(stack, {
    createdAt: at,
    body,
    template,
    parameters,
    tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    capabilities: description.capabilities ?? [],
    protected: description.protected ?? false,
    status,
    reason,
  });
  // Nothing was ever made of a stack that is only looked at, and nothing is left of one that was rolled back.
  const empty = status === 'REVIEW_IN_PROGRESS' || status === 'ROLLBACK_COMPLETE';
  const scope = scopeOf(engine, stack, template, parameters, each => stack.resources.get(each));
  const active = activeResources(template, scope);
  for (const each of empty ? [] : inOrder(dependenciesOf(template)).filter(one => active.includes(one))) {
    const resource = newResource(engine, stack, template, each, propertiesOf(template, each, scope));
    Object.assign(resource, { status: 'CREATE_COMPLETE', updatedAt: at });
    stack.resources.set(each, resource);
    const { account, region } = place;
    const { physicalId, properties } = resource;
    engine.ports.makers?.[resource.type]?.create({ account, region, stack: name, physicalId, properties });
  }
  const shown = Object.entries(template.outputs).filter(
    ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
  );
  stack.outputs = (empty ? [] : shown).map(([key, { Value, Description, Export }]) => ({
    key,
    value: String(evaluate(Value, scope)),
    description: Description,
    exportName: Export === undefined ? undefined : String(evaluate(Export.Name, scope)),
  }));
  const operation = begin(engine, stack, 'CREATE_STACK', undefined);
  const itself = { logicalId: name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack' };
  // Its own status is one that an event can have: IMPORT and REVIEW are not asked for.
  record(engine, stack, itself, 'CREATE_COMPLETE', undefined, operation);
  if (status === 'UPDATE_ROLLBACK_FAILED') stack.goal = { ...stack, resources: new Map(stack.resources) };
  return stack;
}
