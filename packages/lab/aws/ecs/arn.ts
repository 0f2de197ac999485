import type { Realm } from './state.ts';

const arn = (realm: Realm, resource: string): string => `arn:aws:ecs:${realm.region}:${realm.account}:${resource}`;

/** The long ARN format, the only one for new resources since 2021. */
export const arns = {
  cluster: (realm: Realm, cluster: string) => arn(realm, `cluster/${cluster}`),
  service: (realm: Realm, cluster: string, service: string) => arn(realm, `service/${cluster}/${service}`),
  task: (realm: Realm, cluster: string, id: string) => arn(realm, `task/${cluster}/${id}`),
  container: (realm: Realm, cluster: string, task: string, id: string) =>
    arn(realm, `container/${cluster}/${task}/${id}`),
  taskDefinition: (realm: Realm, family: string, revision: number) =>
    arn(realm, `task-definition/${family}:${revision}`),
  serviceDeployment: (realm: Realm, cluster: string, service: string, id: string) =>
    arn(realm, `service-deployment/${cluster}/${service}/${id}`),
  serviceRevision: (realm: Realm, cluster: string, service: string, number: string) =>
    arn(realm, `service-revision/${cluster}/${service}/${number}`),
};

/** The parts after `<kind>/` of an ARN of this realm, or `undefined` when it is not one. */
export function partsOf(realm: Realm, kind: string, reference: string): readonly string[] | undefined {
  const prefix = arn(realm, `${kind}/`);
  return reference.startsWith(prefix) ? reference.slice(prefix.length).split('/') : undefined;
}

export const isArn = (reference: string): boolean => reference.startsWith('arn:');
