/** Where GitHub answers otherwise than its description says. Each entry names what was seen. */
import { isRecord } from './schema.ts';

export function describeGaps(api: Readonly<Record<string, unknown>>): void {
  // Deployments of jobs that wait for a review have the status `waiting`; GraphQL's DeploymentState knows it, REST's enum does not.
  allow(api, ['components', 'schemas', 'deployment-status', 'properties', 'state', 'enum'], 'waiting');
  // A label without a description has null in lists of pull requests, as it has in one pull request.
  member(api, labelOfPulls, 'description', { type: 'string', nullable: true });
  // Environments say whether administrators may pass by their rules.
  member(api, ['components', 'schemas', 'environment', 'properties'], 'can_admins_bypass', { type: 'boolean' });
  // The runs' list accepts what the runs' statuses are; a run that failed before its first job has this conclusion.
  allow(api, ['components', 'schemas', 'job', 'properties', 'conclusion', 'enum'], 'startup_failure');
}

const labelOfPulls = ['components', 'schemas', 'pull-request-simple', 'properties', 'labels', 'items', 'properties'];

function member(api: unknown, path: readonly string[], name: string, schema: object): void {
  const properties = path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), api);
  if (!isRecord(properties)) throw new Error(`GitHub's description has no ${path.join('/')} any more`);
  Object.assign(properties, { [name]: schema });
}

function allow(api: unknown, path: readonly string[], value: string): void {
  const list = path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), api);
  if (!Array.isArray(list)) throw new Error(`GitHub's description has no ${path.join('/')} any more`);
  list.push(value);
}
