import { NotModelled } from '../../wire/not-modelled.ts';
import { ServiceError } from '../../wire/service.ts';
import { cleanUp } from './clean-up.ts';
import { type Engine, moveResource, moveStack, record } from './engine.ts';
import { texts } from './errors.ts';
import { createResource, newResource, startWork, updateResource, type Work } from './resources.ts';
import { rollBack } from './rollback.ts';
import { activeResources, exportNamed, propertiesOf, scopeOf } from './scope.ts';
import { type Held, type Import, type Operation, put, type Stack, type StackOutput, snapshotOf } from './state.ts';
import { evaluate, noValue, type Scope } from './template/evaluate.ts';
import type { Template } from './template/parse.ts';
import { dependenciesOf } from './template/references.ts';

export interface Target extends Omit<Held, 'resources' | 'outputs' | 'template'> {
  readonly template: Template;
  readonly imports?: readonly Import[];
}

export interface RunOptions {
  /** Leaves everything as it is after a failure, for RollbackStack. */
  readonly disableRollback?: boolean;
}

/**
 * Brings a stack to a template: resources in the order of their needs, those that need nothing of each other together; then the
 * outputs; then what is left over goes away. On a failure what is under way is cancelled and all of it goes back. Answers whether it came about.
 */
export async function runStack(
  engine: Engine,
  stack: Stack,
  operation: Operation,
  target: Target,
  kind: 'create' | 'update' | 'import',
  options: RunOptions = {},
): Promise<boolean> {
  const before = snapshotOf(stack);
  const word = kind.toUpperCase() as 'CREATE' | 'UPDATE' | 'IMPORT';
  put(stack, { ...target, outputs: stack.outputs });
  moveStack(engine, stack, `${word}_IN_PROGRESS`, texts.userInitiated, operation);
  if (kind !== 'create') stack.updatedAt = engine.clock.now();
  const work = startWork(operation);
  stack.cancel = kind === 'update' ? () => work.stop() : undefined;
  const scope = scopeOf(engine, stack, target.template, target.parameters, name => stack.resources.get(name));
  await applyResources(engine, stack, work, target, scope);
  stack.cancel = undefined;
  const reason = work.isStopped ? reasonOf(work) : setOutputs(engine, stack, target.template, scope);
  if (reason === undefined) {
    if (kind === 'update') moveStack(engine, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', undefined, operation);
    await cleanUp(engine, stack, work, activeResources(target.template, scope));
    moveStack(engine, stack, `${word}_COMPLETE`, undefined, operation);
    return true;
  }
  if (options.disableRollback === true && kind !== 'import') {
    stack.goal = before;
    moveStack(engine, stack, kind === 'create' ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason, operation);
    return false;
  }
  await rollBack(engine, stack, work, before, kind, reason);
  return false;
}

/** A cancelled update failed in nothing of its own. */
function reasonOf({ failed }: Work): string {
  if (failed.length === 0) return texts.userInitiated;
  const names = (on: 'create' | 'update') => failed.filter(each => each.on === on).map(each => each.logicalId);
  return texts.failed(names('create'), names('update'));
}

async function applyResources(engine: Engine, stack: Stack, work: Work, target: Target, scope: Scope): Promise<void> {
  const { template, imports = [] } = target;
  const graph = dependenciesOf(template);
  const active = activeResources(template, scope);
  const begun = new Map<string, Promise<boolean>>();
  const make = (name: string): Promise<boolean> => {
    const known = begun.get(name);
    if (known !== undefined) return known;
    const needs = (graph.get(name) ?? []).filter(each => active.includes(each));
    const made = Promise.all(needs.map(make)).then(all => all.every(Boolean) && !work.isStopped && perform(name));
    begun.set(name, made);
    return made;
  };
  const perform = async (name: string): Promise<boolean> => {
    const existing = stack.resources.get(name);
    try {
      const properties = propertiesOf(template, name, scope);
      if (existing !== undefined) return await updateResource(engine, stack, work, existing, template, properties);
      const brought = imports.find(each => each.logicalId === name);
      if (brought === undefined) {
        return await createResource(engine, stack, work, newResource(engine, stack, template, name, properties));
      }
      const like = { physicalId: brought.identifier, serial: engine.serial() };
      const imported = newResource(engine, stack, template, name, properties, like);
      stack.resources.set(name, imported);
      work.made.push(imported);
      moveResource(engine, stack, imported, 'IMPORT_IN_PROGRESS', 'Resource import started.', work.operation);
      await engine.clock.sleep(5_000);
      moveResource(engine, stack, imported, 'IMPORT_COMPLETE', 'Resource import completed.', work.operation);
      return true;
    } catch (error) {
      if (error instanceof NotModelled || !(error instanceof ServiceError)) throw error;
      // A value that only now turned out to be missing: an export that has gone, an attribute of nothing.
      const on = existing === undefined ? 'create' : 'update';
      const type = template.resources[name]?.Type ?? '';
      const of = { logicalId: name, physicalId: existing?.physicalId ?? '', type };
      record(engine, stack, of, on === 'create' ? 'CREATE_FAILED' : 'UPDATE_FAILED', error.message, work.operation);
      work.failed.push({ logicalId: name, on, reason: error.message });
      work.stop();
      return false;
    }
  };
  await Promise.all(active.map(make));
}

/** Evaluates the outputs. Answers why they cannot be: an export that others import must not change or go away. */
function setOutputs(engine: Engine, stack: Stack, template: Template, scope: Scope): string | undefined {
  const outputs: StackOutput[] = [];
  try {
    for (const [key, { Value, Description, Condition, Export }] of Object.entries(template.outputs)) {
      if (Condition !== undefined && !scope.condition(Condition)) continue;
      const value = evaluate(Value, scope);
      if (value === noValue) continue;
      const exportName = Export === undefined ? undefined : String(evaluate(Export.Name, scope));
      outputs.push({ key, value: String(value), description: Description, exportName });
    }
  } catch (error) {
    if (error instanceof ServiceError) return error.message;
    throw error;
  }
  for (const { exportName, value } of stack.outputs) {
    if (exportName === undefined) continue;
    const importer = importerOf(engine, stack, exportName);
    const now = outputs.find(output => output.exportName === exportName);
    if (importer === undefined || now?.value === value) continue;
    const what = now === undefined ? 'deleted' : 'updated';
    return `Export ${exportName} cannot be ${what} as it is in use by ${importer}`;
  }
  for (const { exportName } of outputs) {
    const holder = exportName === undefined ? undefined : exportNamed(engine, stack, exportName)?.stack;
    if (holder !== undefined && holder !== stack)
      return `Export with name ${exportName} is already exported by stack ${holder.name}. Rolled back by CloudFormation`;
  }
  stack.outputs = outputs;
  return undefined;
}

/** The first other stack whose template imports the name. */
export function importerOf(engine: Engine, stack: Stack, exportName: string): string | undefined {
  const others = [...engine.realm(stack.account, stack.region).stacks.values()];
  return others.find(
    other => other !== stack && other.status !== 'DELETE_COMPLETE' && importsOf(other).includes(exportName),
  )?.name;
}

/** Exports that the template imports under a name that is written out, or made of the pseudo parameters. */
function importsOf(stack: Stack): readonly string[] {
  const names: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    const name: unknown = Reflect.get(value, 'Fn::ImportValue');
    if (typeof name === 'string') names.push(name);
    Object.values(value).forEach(visit);
  };
  visit(stack.template?.resources);
  return names;
}
