import type { Call } from '../../wire/service.ts';
import { isArn } from './arn.ts';

/**
 * The ARN that an access denied message names: "Actions, resources, and condition keys for Amazon Elastic Container
 * Service" in the Service Authorization Reference. Undefined where the action knows no resource.
 */
export function resourceOf(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  { account, region }: Call,
): string | undefined {
  const arn = (kind: string, ...parts: string[]): string =>
    `arn:aws:ecs:${region}:${account}:${[kind, ...parts].join('/')}`;
  const first = (name: string): string | undefined => {
    const value = input[name];
    const one: unknown = Array.isArray(value) ? value[0] : value;
    return typeof one === 'string' ? one : undefined;
  };
  const inCluster = (kind: string, name: string | undefined): string | undefined => {
    if (name === undefined || isArn(name)) return name;
    return arn(kind, (first('cluster') ?? 'default').split('/').at(-1) ?? '', name);
  };
  switch (operation) {
    case 'CreateService':
      return inCluster('service', first('serviceName'));
    case 'UpdateService':
    case 'DeleteService':
    case 'ListServiceDeployments':
      return inCluster('service', first('service'));
    case 'DescribeServices':
      return inCluster('service', first('services'));
    case 'DescribeTasks':
      return inCluster('task', first('tasks'));
    case 'StopTask':
      return inCluster('task', first('task'));
    case 'RunTask':
      return definitionArn(first('taskDefinition'), arn);
    case 'RegisterTaskDefinition':
      return arn('task-definition', `${first('family')}:*`);
    case 'StopServiceDeployment':
    case 'ContinueServiceDeployment':
      return first('serviceDeploymentArn');
    case 'DescribeServiceDeployments':
      return first('serviceDeploymentArns');
    case 'DescribeServiceRevisions':
      return first('serviceRevisionArns');
    default:
      return undefined;
  }
}

function definitionArn(name: string | undefined, arn: (kind: string, part: string) => string): string | undefined {
  if (name === undefined || isArn(name)) return name;
  return arn('task-definition', name.includes(':') ? name : `${name}:*`);
}
