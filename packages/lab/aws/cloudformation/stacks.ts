import type { Engine } from './engine.ts';
import { invalid } from './errors.ts';
import type { Stack } from './state.ts';
import { uuid } from './types/type.ts';

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** A stack without anything in it, entered in its realm. */
export function emptyStack(engine: Engine, { account, region }: Place, name: string, id?: string): Stack {
  const stack: Stack = {
    account,
    region,
    name,
    id: id ?? `arn:aws:cloudformation:${region}:${account}:stack/${name}/${uuid(engine.serial(), 'a')}`,
    createdAt: engine.clock.now(),
    body: '',
    template: undefined,
    parameters: new Map(),
    tags: [],
    capabilities: [],
    outputs: [],
    resources: new Map(),
    updatedAt: undefined,
    deletedAt: undefined,
    status: 'REVIEW_IN_PROGRESS',
    reason: undefined,
    changeSetId: undefined,
    protected: false,
    roleArn: undefined,
    parent: undefined,
    events: [],
    operations: [],
    changeSets: new Map(),
    cancel: undefined,
    goal: undefined,
    drift: undefined,
  };
  engine.realm(account, region).stacks.set(stack.id, stack);
  return stack;
}

/** By name, the one that is not deleted; by ARN, also one that is. */
export function findStack(engine: Engine, { account, region }: Place, nameOrId: string): Stack | undefined {
  const { stacks } = engine.realm(account, region);
  if (nameOrId.startsWith('arn:')) return stacks.get(nameOrId);
  return [...stacks.values()].findLast(stack => stack.name === nameOrId && stack.status !== 'DELETE_COMPLETE');
}

/** `with id` as DescribeStacks, GetTemplate and the like say it; without for the others. */
export function theStack(
  engine: Engine,
  place: Place,
  nameOrId: string | undefined,
  words: 'with id' | 'plain',
): Stack {
  const found = findStack(engine, place, nameOrId ?? '');
  if (found !== undefined) return found;
  throw invalid(
    words === 'with id' ? `Stack with id ${nameOrId} does not exist` : `Stack [${nameOrId}] does not exist`,
  );
}

export function findById(engine: Engine, { account, region }: Place, id: string): Stack {
  const found = engine.realm(account, region).stacks.get(id);
  if (found === undefined) throw new Error(`there is no stack ${id}`);
  return found;
}

/** In the middle of something: nothing else may be begun. */
export function isBusy({ status }: Stack): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}
