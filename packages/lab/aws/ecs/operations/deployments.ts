import type {
  ContinueServiceDeploymentRequest,
  DescribeServiceDeploymentsRequest,
  DescribeServiceRevisionsRequest,
  Failure,
  ListServiceDeploymentsRequest,
  StopServiceDeploymentRequest,
} from '@aws-sdk/client-ecs';
import type { Call, Operation } from '../../../wire/service.ts';
import { partsOf } from '../arn.ts';
import { type Engine, realmOf } from '../engine.ts';
import { conflict, deploymentNotFound, invalidParameter } from '../errors.ts';
import { page, theCluster, theService } from '../lookups.ts';
import { fail } from '../service-deployments.ts';
import type { Realm, Service, ServiceDeployment } from '../state.ts';
import { deploymentBrief, deploymentView, revisionView } from '../views/deployment.ts';

const DAY = 24 * 3_600_000;
/** "You can view the most recent 90-day history". */
const REMEMBERED = 90 * DAY;

export function deploymentOperations(engine: Engine): Record<string, Operation> {
  const realm = ({ account, region }: Call) => realmOf(engine, account, region);
  return {
    ListServiceDeployments: (input: ListServiceDeploymentsRequest, call: Call) => {
      const service = theService(theCluster(realm(call), input.cluster), input.service ?? '');
      const { status = [], createdAt = {} } = input;
      const { before, after } = createdAt;
      const shown = service.deployments.filter(deployment => {
        const age = call.now - deployment.createdAt;
        if (age < engine.settings.listLag || age > REMEMBERED) return false;
        if (status.length > 0 && !status.includes(deployment.status)) return false;
        if (before !== undefined && deployment.createdAt > before.getTime()) return false;
        return after === undefined || deployment.createdAt >= after.getTime();
      });
      const { items, ...next } = page(shown.reverse(), input, 100, 20);
      return { serviceDeployments: items.map(deploymentBrief), ...next };
    },

    DescribeServiceDeployments: ({ serviceDeploymentArns = [] }: DescribeServiceDeploymentsRequest, call: Call) => {
      checkCount('service deployments', serviceDeploymentArns);
      const found = lookUp(serviceDeploymentArns, arn => remembered(realm(call), arn, call.now));
      return { serviceDeployments: found.items.map(deploymentView), failures: found.failures };
    },

    DescribeServiceRevisions: ({ serviceRevisionArns = [] }: DescribeServiceRevisionsRequest, call: Call) => {
      checkCount('service revisions', serviceRevisionArns);
      const found = lookUp(serviceRevisionArns, arn => {
        const revision = realm(call).revisions.get(arn);
        const service = serviceOf(realm(call), 'service-revision', arn);
        return revision === undefined || service === undefined ? undefined : revisionView(service, revision);
      });
      return { serviceRevisions: found.items, failures: found.failures };
    },

    StopServiceDeployment: (input: StopServiceDeploymentRequest, call: Call) => {
      const { serviceDeploymentArn = '', stopType = 'ROLLBACK' } = input;
      if (stopType !== 'ROLLBACK') throw invalidParameter(`Stop type ${stopType} is not supported. Use ROLLBACK.`);
      const deployment = theDeployment(realm(call), serviceDeploymentArn, call.now);
      if (deployment.status !== 'PENDING' && deployment.status !== 'IN_PROGRESS') {
        throw conflict(`The service deployment is in the ${deployment.status} state and cannot be stopped.`);
      }
      fail(engine, deployment, 'person');
      return { serviceDeploymentArn };
    },

    ContinueServiceDeployment: (input: ContinueServiceDeploymentRequest, call: Call) => {
      const { serviceDeploymentArn = '', hookId, action = 'CONTINUE' } = input;
      const deployment = theDeployment(realm(call), serviceDeploymentArn, call.now);
      const hook = deployment.hooks.find(({ id }) => id === hookId);
      if (hook === undefined) throw invalidParameter('The lifecycle hook was not found on the service deployment.');
      if (deployment.status !== 'IN_PROGRESS' || hook.status !== 'AWAITING_ACTION') {
        throw invalidParameter('The lifecycle hook is not in the AWAITING_ACTION status.');
      }
      hook.done(action, 'SUCCEEDED');
      return { serviceDeploymentArn };
    },
  };
}

function checkCount(what: string, arns: readonly string[]): void {
  if (arns.length === 0) throw invalidParameter(`The list of ${what} cannot be empty.`);
  if (arns.length > 20) throw invalidParameter(`You can describe at most 20 ${what} in one call.`);
}

function lookUp<Item>(
  arns: readonly string[],
  find: (arn: string) => Item | undefined,
): { items: Item[]; failures: Failure[] } {
  const items: Item[] = [];
  const failures: Failure[] = [];
  for (const arn of arns) {
    const item = find(arn);
    if (item === undefined) failures.push({ arn, reason: 'MISSING' });
    else items.push(item);
  }
  return { items, failures };
}

function remembered(realm: Realm, arn: string, now: number): ServiceDeployment | undefined {
  const deployment = realm.deployments.get(arn);
  return deployment !== undefined && now - deployment.createdAt <= REMEMBERED ? deployment : undefined;
}

function theDeployment(realm: Realm, arn: string, now: number): ServiceDeployment {
  const deployment = remembered(realm, arn, now);
  if (deployment === undefined) throw deploymentNotFound();
  return deployment;
}

function serviceOf(realm: Realm, kind: string, arn: string): Service | undefined {
  const [cluster, service] = partsOf(realm, kind, arn) ?? [];
  return realm.clusters.get(cluster ?? '')?.services.get(service ?? '');
}
