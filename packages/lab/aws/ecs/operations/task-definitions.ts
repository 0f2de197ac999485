import type {
  DeregisterTaskDefinitionRequest,
  DescribeTaskDefinitionRequest,
  ListTaskDefinitionFamiliesRequest,
  ListTaskDefinitionsRequest,
  RegisterTaskDefinitionRequest,
} from '@aws-sdk/client-ecs';
import type { Call, Operation } from '../../../wire/service.ts';
import { type Engine, realmOf } from '../engine.ts';
import { clientError } from '../errors.ts';
import { page } from '../lookups.ts';
import type { TaskDefinitionRecord } from '../state.ts';
import { findDefinition, register } from '../task-definitions.ts';
import { taskDefinitionView } from '../views/task-definition.ts';

export function taskDefinitionOperations(engine: Engine): Record<string, Operation> {
  const realm = ({ account, region }: Call) => realmOf(engine, account, region);
  return {
    RegisterTaskDefinition: (input: RegisterTaskDefinitionRequest, call: Call) => {
      const record = register(realm(call), input, call);
      return { taskDefinition: taskDefinitionView(record), tags: input.tags ?? [] };
    },

    DescribeTaskDefinition: ({ taskDefinition = '', include }: DescribeTaskDefinitionRequest, call: Call) => {
      const record = findDefinition(realm(call), taskDefinition);
      if (record === undefined) throw clientError('Unable to describe task definition.');
      const tags = include?.includes('TAGS') === true ? { tags: record.input.tags ?? [] } : {};
      return { taskDefinition: taskDefinitionView(record), ...tags };
    },

    DeregisterTaskDefinition: ({ taskDefinition = '' }: DeregisterTaskDefinitionRequest, call: Call) => {
      if (!/:\d+$/.test(taskDefinition)) throw clientError('Revision is missing.');
      const record = findDefinition(realm(call), taskDefinition);
      if (record === undefined) throw clientError('The specified task definition does not exist.');
      record.status = 'INACTIVE';
      record.deregisteredAt ??= call.now;
      return { taskDefinition: taskDefinitionView(record) };
    },

    ListTaskDefinitions: (input: ListTaskDefinitionsRequest, call: Call) => {
      const { familyPrefix, status = 'ACTIVE', sort = 'ASC' } = input;
      const all = familiesOf(realm(call).families)
        .filter(([family]) => familyPrefix === undefined || family === familyPrefix)
        .flatMap(([, revisions]) => revisions.filter(record => record.status === status))
        .map(record => record.arn);
      const { items, ...next } = page(sort === 'DESC' ? all.reverse() : all, input, 100);
      return { taskDefinitionArns: items, ...next };
    },

    ListTaskDefinitionFamilies: (input: ListTaskDefinitionFamiliesRequest, call: Call) => {
      const { familyPrefix = '', status = 'ACTIVE' } = input;
      const all = familiesOf(realm(call).families)
        .filter(([family]) => family.startsWith(familyPrefix))
        .filter(([, revisions]) => {
          const active = revisions.some(record => record.status === 'ACTIVE');
          return status === 'ALL' || active === (status === 'ACTIVE');
        })
        .map(([family]) => family);
      const { items, ...next } = page(all, input, 100);
      return { families: items, ...next };
    },
  };
}

/** "By default (ASC) they are listed lexicographically by family name and in ascending numerical order by revision". */
const familiesOf = (families: ReadonlyMap<string, TaskDefinitionRecord[]>): [string, TaskDefinitionRecord[]][] =>
  [...families].sort(([a], [b]) => (a < b ? -1 : 1));
