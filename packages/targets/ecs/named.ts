import { createEcs } from '#aws/ecs';
import type { AwsSession } from '#aws/session';
import { seekInAws } from '#aws/sought';
import type { NamedPart } from '#core/doctor/facts';
import type { EcsComponent } from '#core/flow/targets/ecs';
import { repositoryPart } from '../images/named.ts';
import { observeServices } from './observe.ts';

export async function namedParts(
  { cluster, services, image }: EcsComponent,
  session: AwsSession,
): Promise<readonly NamedPart[]> {
  const problems = seekInAws(async () => {
    const observed = await observeServices({ ecs: createEcs(session) }, cluster, services);
    return observed.ok ? [] : observed.findings;
  });
  const repositories = image.from === 'repository' ? [image.repository, image.copyFrom ?? []].flat() : [];
  return [
    { what: `${services.join(', ')} in the cluster ${cluster}`, problems: await problems },
    ...(await Promise.all(repositories.map(name => repositoryPart(session, name)))),
  ];
}
