import { inOrder } from '../journal/audit.ts';
import type { Environment } from './environment.ts';
import type { Flow } from './parse.ts';

/** What is another policy in a flow file than in the one before: `prod: approve, watch`, `stage is new`, `roles`. */
export function policyChanges(before: Flow, after: Flow): readonly string[] {
  const names = [...new Set([...Object.keys(before.environments), ...Object.keys(after.environments)])];
  return [
    ...(inOrder(before.extends) === inOrder(after.extends) ? [] : ['extends']),
    ...(before.enforce === after.enforce ? [] : ['enforce']),
    ...(inOrder(before.roles) === inOrder(after.roles) ? [] : ['roles']),
    ...names.flatMap(name => changesOf(name, own(before, name), own(after, name))),
  ];
}

function changesOf(name: string, before: Environment | undefined, after: Environment | undefined): readonly string[] {
  if (before === undefined) return [`${name} is new`];
  if (after === undefined) return [`${name} is gone`];
  const [one, other] = [wordsOf(before), wordsOf(after)];
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted();
  const changed = keys.filter(key => inOrder(one[key]) !== inOrder(other[key]));
  return changed.length === 0 ? [] : [`${name}: ${changed.map(kebab).join(', ')}`];
}

/** As people write it: the gates stand beside everything else. */
function wordsOf({ gates, ...environment }: Environment): Readonly<Record<string, unknown>> {
  return { ...environment, ...gates };
}

function kebab(key: string): string {
  return key.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

function own({ environments }: Flow, name: string): Environment | undefined {
  return Object.hasOwn(environments, name) ? environments[name] : undefined;
}
