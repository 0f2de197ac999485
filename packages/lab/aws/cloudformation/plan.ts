import { isDeepStrictEqual } from 'node:util';
import { NotModelled } from '../../wire/not-modelled.ts';
import type { Engine } from './engine.ts';
import { activeResources, knownAfterApply, propertiesOf, scopeOf } from './scope.ts';
import type { Import, PlannedChange, PropertyChange, Stack, StackResource } from './state.ts';
import type { ParameterValues } from './template/parameters.ts';
import type { Template } from './template/parse.ts';
import { dependenciesOf, referencesIn } from './template/references.ts';
import { resourceTypes } from './types/table.ts';
import type { ResourceType } from './types/type.ts';

export interface Goal {
  readonly template: Template;
  readonly parameters: ParameterValues;
}

/**
 * What a change set shows: each resource of either template that would be made, changed, replaced or taken away.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
 */
export function planChanges(
  engine: Engine,
  stack: Stack,
  { template, parameters }: Goal,
  imports: readonly Import[] = [],
): readonly PlannedChange[] {
  const replaced = new Set<string>();
  const modified = new Set<string>();
  const find = (name: string) => (replaced.has(name) ? knownAfterApply : stack.resources.get(name));
  const scope = scopeOf(engine, stack, template, parameters, find);
  const active = activeResources(template, scope);
  const changes: PlannedChange[] = [];
  for (const name of inOrder(dependenciesOf(template))) {
    if (!active.includes(name)) continue;
    const type = template.resources[name]?.Type ?? '';
    const existing = stack.resources.get(name);
    const brought = imports.find(each => each.logicalId === name);
    if (existing === undefined || existing.type !== type) {
      if (existing !== undefined) throw new NotModelled(`with another type for ${name}`);
      changes.push({
        action: brought === undefined ? 'Add' : 'Import',
        logicalId: name,
        type,
        physicalId: brought?.identifier,
        replacement: undefined,
        policy: undefined,
        properties: [],
      });
      continue;
    }
    const after = propertiesOf(template, name, scope);
    const properties = propertyChanges(existing, after, template, modified);
    if (properties.length === 0) continue;
    const always = properties.some(each => each.recreation === 'Always');
    const maybe = properties.some(each => each.recreation === 'Conditionally');
    if (always) replaced.add(name);
    modified.add(name);
    changes.push({
      action: 'Modify',
      logicalId: name,
      type,
      physicalId: existing.physicalId,
      replacement: always ? 'True' : maybe ? 'Conditional' : 'False',
      policy:
        always || maybe
          ? `ReplaceAnd${policyOf(template.resources[name]?.UpdateReplacePolicy ?? 'Delete')}`
          : undefined,
      properties,
    });
  }
  const gone = [...stack.resources.values()].filter(each => !active.includes(each.logicalId));
  for (const { logicalId, type, physicalId, deletionPolicy } of gone) {
    const policy = policyOf(deletionPolicy);
    changes.push({ action: 'Remove', logicalId, type, physicalId, replacement: undefined, policy, properties: [] });
  }
  return changes;
}

function policyOf(policy: string): 'Delete' | 'Retain' | 'Snapshot' {
  if (policy === 'Retain' || policy === 'RetainExceptOnCreate') return 'Retain';
  return policy === 'Snapshot' ? 'Snapshot' : 'Delete';
}

/** Undefined for a type or a property that the lab does not have: then nobody can say what its change would do. */
export function typeOf(name: string): ResourceType {
  const type = resourceTypes[name];
  if (type === undefined) throw new NotModelled(`with resources of the type ${name}`);
  return type;
}

export function changedProperties(before: object, after: object): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter(name => !isDeepStrictEqual(Reflect.get(before, name), Reflect.get(after, name)));
}

function propertyChanges(
  existing: StackResource,
  after: object,
  template: Template,
  modified: ReadonlySet<string>,
): readonly PropertyChange[] {
  const type = typeOf(existing.type);
  const declared = template.resources[existing.logicalId]?.Properties ?? {};
  const certain = new Set(changedProperties(existing.properties, after));
  // An attribute of something that changes may change with it: CloudFormation says so, and finds out later.
  const touched = Object.keys(declared).filter(name =>
    referencesIn(declared[name]).some(each => each.kind === 'attribute' && modified.has(each.name)),
  );
  return [...new Set([...certain, ...touched])].map(name => {
    const value: unknown = Reflect.get(after, name);
    const dynamic = !certain.has(name) || JSON.stringify(value ?? null).includes(knownAfterApply);
    const replaces = type.replaces.includes(name);
    const [cause] = referencesIn(declared[name]);
    return {
      name,
      dynamic,
      recreation: replaces ? (dynamic ? 'Conditionally' : 'Always') : 'Never',
      cause: cause?.attribute === undefined ? cause?.name : `${cause.name}.${cause.attribute}`,
      before: textOf(existing.properties[name]),
      after: textOf(value),
    };
  });
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
}

/** Each name after those that it needs. */
export function inOrder(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const ordered = new Set<string>();
  const visit = (name: string) => {
    if (ordered.has(name)) return;
    for (const needed of graph.get(name) ?? []) visit(needed);
    ordered.add(name);
  };
  for (const name of graph.keys()) visit(name);
  return [...ordered];
}
