import { iamActions, operationNames } from '../assembly/models.ts';
import { matchesPattern } from '../wire/credentials.ts';

/** Why no call can have this name; undefined when some can. `ecs.*` and `*.*` only where several are meant. */
export function wrongCall(name: string, wildcards: boolean): string | undefined {
  const [service = '', operation = '', more] = name.split('.');
  if (more !== undefined || operation === '') return `${name} is no call such as ecs.UpdateService`;
  if (operation === '*' && !wildcards) return `${name} is more than one call: name it`;
  if (service === '*') return operation === '*' ? undefined : `${name} names no service`;
  const operations = operationNames.get(service);
  if (operations === undefined)
    return `there is no service ${service}; there is ${[...operationNames.keys()].join(', ')}`;
  return operation === '*' || operations.has(operation) ? undefined : `${service} has no operation ${operation}`;
}

export function wrongAction(pattern: string): string | undefined {
  return iamActions.some(action => matchesPattern(pattern, action)) ? undefined : `no action of IAM is ${pattern}`;
}
