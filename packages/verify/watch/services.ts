import type { Ecs, Service, Task } from '#aws/ecs';
import type { Finding } from '#core/finding';
import { asRecord } from '#core/flow/raw';
import {
  type Crash,
  firstLook,
  judgeService,
  type ServiceFact,
  type ServiceSeen,
  seeService,
} from '#core/watch/judge-service';
import type { Observer } from './observer.ts';

export interface WatchedService {
  readonly cluster: string;
  readonly service: string;
  /** Of the image that was released, `sha256:…`; absent where the build hands over none. */
  readonly digest?: string;
}

/** Watches that services stay on the deployment that runs now, with all their tasks. One that does not exist is found before. */
export async function observeServices(
  ecs: Ecs,
  watched: readonly WatchedService[],
): Promise<{ readonly observer: Observer; readonly missing: readonly Finding[] }> {
  const clusters = [...new Set(watched.map(({ cluster }) => cluster))];
  const namesIn = (cluster: string) => watched.filter(each => each.cluster === cluster).map(each => each.service);

  const read = async (cluster: string) => {
    const { found, missing } = await ecs.describeServices(cluster, namesIn(cluster));
    return { facts: found.filter(({ status }) => status !== 'INACTIVE').map(factOf), missing };
  };

  const first = await Promise.all(clusters.map(async cluster => ({ cluster, ...(await read(cluster)) })));
  const seen = new Map<string, ServiceSeen>();
  const missing: Finding[] = [];
  for (const { cluster, service, digest } of watched) {
    const facts = first.find(each => each.cluster === cluster)?.facts ?? [];
    const fact = facts.find(each => each.service === nameOf(service));
    if (fact === undefined) {
      missing.push(notFound(cluster, service));
      continue;
    }
    const otherImages = digest === undefined ? undefined : await imagesWithout(ecs, fact.taskDefinition, digest);
    seen.set(keyOf(cluster, service), firstLook(fact, otherImages));
  }

  const observer: Observer = {
    async look({ now, start, final }) {
      await Promise.all(
        clusters.map(async cluster => {
          const { facts } = await read(cluster);
          await Promise.all(
            namesIn(cluster).map(async name => {
              const before = seen.get(keyOf(cluster, name));
              const fact = facts.find(each => each.service === nameOf(name));
              if (before === undefined) return;
              // A crash between two looks leaves no other trace than its task, which ECS keeps for an hour.
              const crashes = final || looksWrong(before, fact) ? await crashesOf(ecs, cluster, name, start) : [];
              seen.set(keyOf(cluster, name), seeService(before, { fact, crashes }, now));
            }),
          );
        }),
      );
    },
    judge: moment => [...seen.values()].map(service => judgeService(service, moment)),
  };
  return { observer, missing };
}

function looksWrong({ first, looks }: ServiceSeen, fact: ServiceFact | undefined): boolean {
  if (fact === undefined) return false;
  const everyTenMinutes = looks % 20 === 19;
  return fact.running < fact.desired || fact.failedTasks > first.failedTasks || everyTenMinutes;
}

function factOf(service: Service): ServiceFact {
  const primary = (service.deployments ?? []).find(deployment => deployment.status === 'PRIMARY');
  return {
    service: service.serviceName ?? '',
    running: service.runningCount ?? 0,
    desired: service.desiredCount ?? 0,
    deployment: primary?.id ?? 'none',
    taskDefinition: shortDefinition(primary?.taskDefinition ?? service.taskDefinition ?? 'none'),
    failedTasks: primary?.failedTasks ?? 0,
  };
}

/** Undefined when one of the containers has the image; otherwise what they have instead. */
async function imagesWithout(ecs: Ecs, reference: string, digest: string): Promise<readonly string[] | undefined> {
  const { definition } = await ecs.describeTaskDefinition(reference);
  const containers: readonly unknown[] = Array.isArray(definition.containerDefinitions)
    ? definition.containerDefinitions
    : [];
  const images = containers.map(container => String(asRecord(container).image));
  return images.some(image => image.endsWith(`@${digest}`)) ? undefined : images;
}

async function crashesOf(ecs: Ecs, cluster: string, service: string, since: number): Promise<readonly Crash[]> {
  const stopped = await ecs.listStoppedTasks(cluster, nameOf(service));
  return (await ecs.describeTasks(cluster, stopped)).flatMap(task => crashOf(task, since) ?? []);
}

/** What the scheduler stops for scaling, a deployment or a host in maintenance is no crash; what fails its checks is one. */
function crashOf(task: Task, since: number): Crash | undefined {
  const { stopCode, stoppedReason = '', stoppedAt, stoppingAt, taskArn = '' } = task;
  const at = (stoppingAt ?? stoppedAt)?.getTime() ?? 0;
  const unwell = /failed .*health checks/i.test(stoppedReason);
  if (at < since || !(unwell || stopCode === 'EssentialContainerExited' || stopCode === 'TaskFailedToStart')) {
    return undefined;
  }
  const exits = (task.containers ?? [])
    .filter(container => container.exitCode !== undefined && container.exitCode !== 0)
    .map(container => `${container.name} exited with ${container.exitCode}${reasonText(container.reason)}`);
  return { task: taskArn.split('/').at(-1) ?? taskArn, at, why: [stoppedReason, ...exits].join('; ') };
}

function reasonText(reason: string | undefined): string {
  return reason === undefined ? '' : ` (${reason})`;
}

function notFound(cluster: string, service: string): Finding {
  const message = `There is no service ${nameOf(service)} in the cluster ${nameOf(cluster)}.`;
  const next = 'Correct the name, or check that account and region are those of the service.';
  return { reason: 'not-found', message, evidence: { cluster, service }, next };
}

/** `family:7` of its ARN. */
function shortDefinition(arn: string): string {
  return nameOf(arn);
}

/** The last part of an ARN, or the name itself. */
export function nameOf(reference: string): string {
  return reference.split('/').at(-1) ?? reference;
}

function keyOf(cluster: string, service: string): string {
  return `${cluster} ${service}`;
}
