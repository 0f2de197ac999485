import type { AppBehaviour, HttpReply } from './behaviour.ts';
import { healthyTasks, primaryOf } from './counts.ts';
import type { Rollout, Service, Task } from './state.ts';

export type Traffic = 'production' | 'test';

/** One service behind its load balancer, as a client sees it. */
export interface Application {
  readonly service: Service;
  readonly traffic: Traffic;
  /** Requests so far by rollout, and by rollout and path: what weights and error rates are counted on. */
  readonly counts: Map<string, number>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** ms of lab time before it is sent. */
  readonly latency: number;
}

/** The task that gets the next request: the weights choose the revision, then its healthy targets take turns. */
export function pickTask({ service, traffic, counts }: Application): Task | undefined {
  const rollout = pickRollout(service, traffic, counts);
  const tasks = healthyTasks(service, rollout);
  if (tasks.length === 0) return undefined;
  const turn = countUp(counts, `turn/${rollout?.id ?? 'all'}`);
  return tasks[(turn - 1) % tasks.length];
}

/** `undefined`: traffic is not weighted, all rollouts share it. */
function pickRollout(service: Service, traffic: Traffic, counts: Map<string, number>): Rollout | undefined {
  if (primaryOf(service)?.weights === undefined) return undefined;
  const weighted = service.rollouts.filter(({ status, weights }) => status !== 'INACTIVE' && weights !== undefined);
  const total = weighted.reduce((sum, each) => sum + (each.weights?.[traffic] ?? 0), 0);
  if (total === 0) return primaryOf(service);
  // Weighted round robin: the one that is furthest behind its share goes next.
  const behind = (each: Rollout): number => ((counts.get(each.id) ?? 0) + 1) / (each.weights?.[traffic] ?? 0);
  const carrying = weighted.filter(each => (each.weights?.[traffic] ?? 0) > 0);
  const next = carrying.reduce((best, each) => (behind(each) < behind(best) ? each : best));
  for (const each of carrying) if (!counts.has(each.id)) counts.set(each.id, 0);
  countUp(counts, next.id);
  return next;
}

/** What a request says besides where it goes. */
export interface Asked {
  readonly method: string;
  /** Undefined where it has none of that name. */
  readonly header: (name: string) => string | undefined;
}

export const plainGet: Asked = { method: 'GET', header: () => undefined };

/** What the app of the task answers. */
export function answer({ counts }: Application, task: Task, path: string, asked: Asked): Reply {
  const container = task.containers.find(({ definition }) => definition.portMappings?.length) ?? task.containers[0];
  const behaviour = container?.behaviour;
  return behaviour === undefined
    ? reply({ status: 502, body: 'Bad Gateway' })
    : answerOf(behaviour, counts, path, asked);
}

/** What an application answers, wherever it runs. `counts`: requests so far, by version and path. */
export function answerOf(
  behaviour: AppBehaviour,
  counts: Map<string, number>,
  path: string,
  asked: Asked = plainGet,
): Reply {
  const declared = declaredReply(behaviour, path, asked);
  const { errors = 0 } = declared;
  const nth = countUp(counts, `${behaviour.version}${path}`);
  // Evenly spread: 20 % is every fifth request.
  const isError = Math.floor((nth * errors) / 100) > Math.floor(((nth - 1) * errors) / 100);
  return isError ? reply({ ...declared, status: 500, body: { error: 'Internal Server Error' } }) : reply(declared);
}

function declaredReply(behaviour: AppBehaviour, path: string, { method, header }: Asked): HttpReply {
  const { http } = behaviour;
  const route = http?.routes?.[`${method} ${path}`] ?? http?.routes?.[path];
  if (route?.needs !== undefined && header(route.needs) === undefined)
    return { status: 401, body: { message: 'Unauthorized' } };
  if (route !== undefined) return route;
  if (path === '/health') return { status: 200, body: { status: 'ok' } };
  if (path === '/version') return { status: 200, body: { version: behaviour.version } };
  const { routes: _, ...rest } = http ?? {};
  return Object.keys(rest).length > 0 ? rest : { status: 404, body: { error: 'Not Found' } };
}

export function reply({ status = 200, body = '', headers = {}, latency = 0 }: HttpReply): Reply {
  const isText = typeof body === 'string';
  return {
    status,
    headers: { 'content-type': isText ? 'text/plain' : 'application/json', ...headers },
    body: isText ? body : JSON.stringify(body),
    latency,
  };
}

function countUp(counts: Map<string, number>, key: string): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}
