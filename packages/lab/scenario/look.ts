import type { Service } from '../aws/ecs/state.ts';
import type { Lab } from '../lab.ts';
import { versionOfWebsite } from './aws/ec2/website.ts';
import { versionsBehindFunction } from './aws/lambda/expect.ts';
import type { Stage } from './stage.ts';

interface ServiceName {
  readonly account: string;
  readonly cluster: string;
  readonly service: string;
}

/** How many tasks of a service run, and which revision of its definition it has. */
export function serviceNow({ lab, scenario }: Stage, { account, cluster, service }: ServiceName) {
  const found = lab.aws.ecs.service({ account, region: scenario.aws.region, cluster, service });
  const running = [...found.tasks].filter(task => task.lastStatus === 'RUNNING').length;
  return { running, revision: found.definition.revision, service: found };
}

/** The versions of all running tasks behind a host. */
export function versionsBehind(lab: Lab, host: string): readonly string[] | undefined {
  const application = lab.aws.ecs.application(host);
  if (application !== undefined) return versionsOf(application.service);
  return versionsBehindFunction(lab, host) ?? lab.aws.httpApis.versions(host) ?? versionOfWebsite(lab, host);
}

/** The versions of all running tasks of a service. */
export function versionsOf(service: Service): readonly string[] {
  const running = [...service.tasks].filter(task => task.lastStatus === 'RUNNING');
  const versions = running.flatMap(task => task.containers.map(container => container.behaviour?.version ?? 'unknown'));
  return [...new Set(versions)].toSorted();
}

/** The newest status of a deployment to an environment (of a release, or the newest), as a person sees it. */
export async function deploymentState(
  { lab, repository, scenario }: Stage,
  environment: string,
  release?: string,
): Promise<string> {
  const [person = ''] = scenario.people;
  const token = lab.github.world.issueUserToken(person);
  const get = async <T>(path: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${lab.addresses.api}/repos/${repository.fullName}/${path}`, { headers });
    return (await answer.json()) as readonly T[];
  };
  const deployments = await get<{ readonly id: number; readonly description: string | null }>(
    `deployments?environment=${environment}&per_page=100`,
  );
  const found = deployments.find(({ description }) => release === undefined || description === `Release ${release}`);
  if (found === undefined) return 'none';
  const [status] = await get<{ readonly state: string }>(`deployments/${found.id}/statuses?per_page=1`);
  return status?.state ?? 'none';
}
