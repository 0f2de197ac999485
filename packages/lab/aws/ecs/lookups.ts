import { isArn, partsOf } from './arn.ts';
import { clusterNotFound, invalidParameter, serviceNotActive, serviceNotFound } from './errors.ts';
import type { Cluster, Realm, Service, Task } from './state.ts';

/** The cluster by name or ARN; `default` when none is named. */
export function findCluster(realm: Realm, reference = 'default'): Cluster | undefined {
  const name = isArn(reference) ? partsOf(realm, 'cluster', reference)?.[0] : reference;
  const cluster = name === undefined ? undefined : realm.clusters.get(name);
  return cluster?.status === 'ACTIVE' ? cluster : undefined;
}

export function theCluster(realm: Realm, reference?: string): Cluster {
  const cluster = findCluster(realm, reference);
  if (cluster === undefined) throw clusterNotFound();
  return cluster;
}

/** The service by name or ARN, whatever its status; an ARN must be of that very cluster. */
export function findService(cluster: Cluster, reference: string): Service | undefined {
  if (!isArn(reference)) return cluster.services.get(reference);
  const parts = partsOf(cluster.realm, 'service', reference);
  const [clusterName, name] = parts ?? [];
  return clusterName === cluster.name && name !== undefined ? cluster.services.get(name) : undefined;
}

export function theService(cluster: Cluster, reference: string): Service {
  const service = findService(cluster, reference);
  if (service === undefined) throw serviceNotFound();
  return service;
}

export function theActiveService(cluster: Cluster, reference: string): Service {
  const service = theService(cluster, reference);
  if (service.status !== 'ACTIVE') throw serviceNotActive();
  return service;
}

/** The task by id or ARN, as long as ECS remembers it: an hour after it stopped. */
export function findTask(cluster: Cluster, reference: string, now: number): Task | undefined {
  const parts = isArn(reference) ? partsOf(cluster.realm, 'task', reference) : [cluster.name, reference];
  const [clusterName, id] = parts ?? [];
  if (clusterName !== cluster.name || id === undefined) return undefined;
  const task = cluster.realm.tasks.get(id);
  return task !== undefined && task.cluster === cluster && isRemembered(task, now) ? task : undefined;
}

const HOUR = 3_600_000;

export const isRemembered = (task: Task, now: number): boolean =>
  task.stoppedAt === undefined || now - task.stoppedAt < HOUR;

/** Forgets the tasks that ECS would have forgotten. */
export function rememberedTasks(cluster: Cluster, now: number): readonly Task[] {
  const { tasks } = cluster.realm;
  for (const [id, task] of tasks) if (!isRemembered(task, now)) tasks.delete(id);
  return [...tasks.values()].filter(task => task.cluster === cluster);
}

export interface Page {
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

/** One page of at most `maxResults`. The token is opaque and belongs to the same question. */
export function page<Item>(
  all: readonly Item[],
  request: Page,
  most: number,
  usual = most,
): { items: Item[]; nextToken?: string } {
  const { maxResults = usual, nextToken } = request;
  if (!Number.isInteger(maxResults) || maxResults < 1 || maxResults > most) {
    throw invalidParameter(`maxResults must be between 1 and ${most}.`);
  }
  const from = nextToken === undefined ? 0 : readToken(nextToken);
  const to = from + maxResults;
  const items = all.slice(from, to);
  return to < all.length ? { items, nextToken: writeToken(to) } : { items };
}

const writeToken = (offset: number): string => Buffer.from(`after:${offset}`).toString('base64url');

function readToken(token: string): number {
  const offset = /^after:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (offset === undefined) throw invalidParameter('Invalid token.');
  return Number(offset);
}
