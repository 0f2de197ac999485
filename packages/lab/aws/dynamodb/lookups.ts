import { NotModelled } from '../../wire/not-modelled.ts';
import { type Call, ServiceError } from '../../wire/service.ts';
import type { DynamoDbState, Table } from './state.ts';

/** A table by its name, or by the ARN that stands for it everywhere; undefined when there is none. */
export function findTable(state: DynamoDbState, nameOrArn: string): Table | undefined {
  return state.tables.get(nameOf(nameOrArn, state));
}

function nameOf(nameOrArn: string, { account, region }: Pick<Call, 'account' | 'region'>): string {
  if (!nameOrArn.startsWith('arn:')) return nameOrArn;
  const own = `arn:aws:dynamodb:${region}:${account}:table/`;
  if (!nameOrArn.startsWith(own)) throw new NotModelled(`with the table of another account or region, ${nameOrArn}`);
  return nameOrArn.slice(own.length);
}

/** The error of the operations on backups and recovery. */
export function theTable(state: DynamoDbState, nameOrArn: string): Table {
  const table = findTable(state, nameOrArn);
  if (table === undefined) throw new ServiceError('TableNotFoundException', `Table not found: ${nameOrArn}`);
  return table;
}

/** Names of tables and backups: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
export function checkName(member: string, value = ''): void {
  if (value.length < 3 || value.length > 255) {
    const limit = value.length < 3 ? 'greater than or equal to 3' : 'less than or equal to 255';
    throw invalid(member, value, `Member must have length ${limit}`);
  }
  if (!/^[a-zA-Z0-9_.-]+$/.test(value)) {
    throw invalid(member, value, 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
  }
}

function invalid(member: string, value: string, constraint: string): ServiceError {
  const message = `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`;
  return new ServiceError('ValidationException', message);
}
