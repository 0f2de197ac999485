import { NotModelled } from '../../wire/not-modelled.ts';
import type { Engine } from './engine.ts';
import { invalid } from './errors.ts';
import type { Stack, StackResource } from './state.ts';
import { evaluate, holds, type Scope } from './template/evaluate.ts';
import { type ParameterValues, refOf } from './template/parameters.ts';
import type { Json, Template } from './template/parse.ts';

/** What a change set says of a value that is not known before the change. Seen in `AfterContext` of real change sets. */
export const knownAfterApply = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** Evaluates a template for a stack. `find` answers a resource, or what its references are while it is not there. */
export function scopeOf(
  engine: Engine,
  stack: Stack,
  template: Template,
  parameters: ParameterValues,
  find: (name: string) => StackResource | typeof knownAfterApply | undefined,
): Scope {
  const scope: Scope = {
    mappings: template.mappings,
    ref(name) {
      const declaration = template.parameters[name];
      if (declaration !== undefined) return refOf(declaration, parameters.get(name) ?? '');
      const pseudo = pseudoParameter(stack, name);
      if (pseudo !== undefined) return pseudo;
      const found = find(name);
      return typeof found === 'object' ? found.physicalId : (found ?? knownAfterApply);
    },
    attribute(name, attribute) {
      const found = find(name);
      if (typeof found !== 'object') return knownAfterApply;
      const value = found.attributes[attribute];
      if (value !== undefined) return value;
      if (found.type !== 'AWS::CloudFormation::Stack') throw new NotModelled(`with ${attribute} of ${found.type}`);
      throw invalid(`Output '${attribute.replace(/^Outputs\./, '')}' not found in stack '${found.physicalId}'`);
    },
    condition(name) {
      const condition = template.conditions[name];
      if (condition === undefined) throw invalid(`Template error: unresolved condition dependency ${name}`);
      return holds(condition, scope);
    },
    imported: name => exportNamed(engine, stack, name)?.value,
  };
  return scope;
}

function pseudoParameter({ account, region, name, id }: Stack, of: string): unknown {
  const values: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::StackName': name,
    'AWS::StackId': id,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NotificationARNs': [],
  };
  return values[of];
}

/** The stack of the account and region that exports a name. */
export function exportNamed(engine: Engine, { account, region }: Stack, name: string) {
  for (const stack of engine.realm(account, region).stacks.values()) {
    if (stack.status === 'DELETE_COMPLETE') continue;
    const found = stack.outputs.find(output => output.exportName === name);
    if (found !== undefined) return { stack, value: found.value };
  }
  return undefined;
}

/** Resources whose condition holds. */
export function activeResources(template: Template, scope: Scope): readonly string[] {
  return Object.entries(template.resources)
    .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
    .map(([name]) => name);
}

export function propertiesOf(template: Template, name: string, scope: Scope): Json {
  // An object is evaluated to an object.
  return evaluate(template.resources[name]?.Properties ?? {}, scope) as Json;
}
