import type { RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs';
import { arns, isArn, partsOf } from './arn.ts';
import { checkRegistration } from './check-registration.ts';
import type { Realm, TaskDefinitionRecord } from './state.ts';

/** Always a new revision: there is no client token, and equal content is not recognised. */
export function register(
  realm: Realm,
  input: RegisterTaskDefinitionRequest,
  at: { readonly now: number; readonly principal: string },
): TaskDefinitionRecord {
  const family = checkRegistration(input);
  const revisions = realm.families.get(family) ?? [];
  realm.families.set(family, revisions);
  const revision = revisions.length + 1;
  const record: TaskDefinitionRecord = {
    arn: arns.taskDefinition(realm, family, revision),
    family,
    revision,
    input: structuredClone(input),
    registeredAt: at.now,
    registeredBy: at.principal,
    status: 'ACTIVE',
  };
  revisions.push(record);
  return record;
}

/** By `family:revision` or ARN; a family alone means its latest ACTIVE revision. */
export function findDefinition(realm: Realm, reference: string): TaskDefinitionRecord | undefined {
  const name = isArn(reference) ? partsOf(realm, 'task-definition', reference)?.join('/') : reference;
  if (name === undefined) return undefined;
  const [family = '', revision] = name.split(':');
  const revisions = realm.families.get(family);
  if (revision === undefined) return revisions?.findLast(record => record.status === 'ACTIVE');
  return /^[1-9]\d*$/.test(revision) ? revisions?.[Number(revision) - 1] : undefined;
}
