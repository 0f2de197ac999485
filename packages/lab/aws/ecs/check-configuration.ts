import type { DeploymentConfiguration, DeploymentLifecycleHook } from '@aws-sdk/client-ecs';
import { NotModelled } from '../../wire/not-modelled.ts';
import { invalidParameter } from './errors.ts';
import type { TaskDefinitionRecord, Workload } from './state.ts';

/** Refuses combinations that the SDK's types document as impossible. Wording of most of it is the lab's (README). */
export function checkConfiguration(configuration: DeploymentConfiguration, workload: Workload): void {
  const { strategy = 'ROLLING', minimumHealthyPercent = 100, maximumPercent = 200 } = configuration;
  if (minimumHealthyPercent < 0 || maximumPercent <= 0 || maximumPercent < minimumHealthyPercent) {
    throw invalidParameter(
      'Both maximumPercent and minimumHealthyPercent must be valid, and maximumPercent the larger.',
    );
  }
  checkBreaker(configuration);
  for (const hook of configuration.lifecycleHooks ?? []) checkHook(hook);
  if (strategy === 'ROLLING') checkRolling(configuration);
  else checkWeighted(configuration, workload);
}

function checkBreaker({ deploymentCircuitBreaker }: DeploymentConfiguration): void {
  const limit = deploymentCircuitBreaker?.thresholdConfiguration;
  if (limit === undefined) return;
  const { type, value = 0 } = limit;
  if (!Number.isInteger(value) || value < 1 || (type !== 'COUNT' && value > 100)) {
    throw invalidParameter('The circuit breaker threshold value is not valid for its type.');
  }
}

function checkRolling(configuration: DeploymentConfiguration): void {
  if ((configuration.lifecycleHooks ?? []).length > 0) {
    // Neither documentation nor types say what ECS does with them.
    throw new NotModelled('with lifecycleHooks on a ROLLING deployment');
  }
  for (const name of ['linearConfiguration', 'canaryConfiguration'] as const) {
    if (configuration[name] !== undefined) throw invalidParameter(`${name} is not valid for the ROLLING strategy.`);
  }
  const early = configuration.earlySuccessCriteria;
  if (early?.enable !== true) return;
  const { healthyPercent, sourceServiceRevisionCleanup } = early;
  if (healthyPercent === undefined || sourceServiceRevisionCleanup === undefined) {
    throw invalidParameter('earlySuccessCriteria needs healthyPercent and sourceServiceRevisionCleanup.');
  }
  const least = configuration.minimumHealthyPercent ?? 100;
  if (!Number.isInteger(healthyPercent) || healthyPercent < Math.min(100, least) || healthyPercent > 100) {
    throw invalidParameter('healthyPercent must be an integer between minimumHealthyPercent and 100.');
  }
}

function checkWeighted(configuration: DeploymentConfiguration, workload: Workload): void {
  const { strategy, bakeTimeInMinutes, linearConfiguration, canaryConfiguration } = configuration;
  if (configuration.earlySuccessCriteria?.enable === true) {
    throw invalidParameter('earlySuccessCriteria is valid for the ROLLING strategy only.');
  }
  if (strategy === 'BLUE_GREEN' && bakeTimeInMinutes === undefined) {
    throw invalidParameter('bakeTimeInMinutes is required for the BLUE_GREEN strategy.');
  }
  between('bakeTimeInMinutes', bakeTimeInMinutes, 0, 1440);
  between('canaryPercent', canaryConfiguration?.canaryPercent, 0.1, 100);
  between('canaryBakeTimeInMinutes', canaryConfiguration?.canaryBakeTimeInMinutes, 0, 1440);
  between('stepPercent', linearConfiguration?.stepPercent, 3, 100);
  between('stepBakeTimeInMinutes', linearConfiguration?.stepBakeTimeInMinutes, 0, 1440);
  if (workload.loadBalancers?.some(({ advancedConfiguration }) => advancedConfiguration === undefined) === true) {
    throw invalidParameter(
      'advancedConfiguration field is required for all loadBalancers when using a non-ROLLING deployment strategy.',
    );
  }
}

function between(name: string, value: number | undefined, least: number, most: number): void {
  if (value !== undefined && !(value >= least && value <= most)) {
    throw invalidParameter(`${name} must be between ${least} and ${most}.`);
  }
}

const lambdaOnly = ['TEST_TRAFFIC_SHIFT', 'PRODUCTION_TRAFFIC_SHIFT'];

function checkHook({ targetType = 'AWS_LAMBDA', hookTargetArn, lifecycleStages = [] }: DeploymentLifecycleHook): void {
  if (lifecycleStages.length === 0) throw invalidParameter('A lifecycle hook needs lifecycleStages.');
  if (targetType === 'AWS_LAMBDA' && !hookTargetArn) {
    throw invalidParameter('A lifecycle hook of type AWS_LAMBDA needs a hookTargetArn.');
  }
  if (targetType === 'PAUSE' && lifecycleStages.some(stage => lambdaOnly.includes(stage))) {
    throw invalidParameter('PAUSE hooks are not supported at TEST_TRAFFIC_SHIFT and PRODUCTION_TRAFFIC_SHIFT.');
  }
}

/** The containers and ports that the load balancers name must be those of the task definition. */
export function checkLoadBalancers(
  { loadBalancers = [] }: Workload,
  { input }: TaskDefinitionRecord,
  exists: (targetGroupArn: string) => boolean,
): void {
  for (const { containerName, containerPort, targetGroupArn, advancedConfiguration } of loadBalancers) {
    const container = input.containerDefinitions?.find(({ name }) => name === containerName);
    if (container === undefined) {
      throw invalidParameter(`The container ${containerName} does not exist in the task definition.`);
    }
    if (!container.portMappings?.some(port => port.containerPort === containerPort)) {
      throw invalidParameter(`The container ${containerName} did not have a container port ${containerPort} defined.`);
    }
    for (const group of [targetGroupArn, advancedConfiguration?.alternateTargetGroupArn]) {
      if (group !== undefined && !exists(group)) {
        throw invalidParameter(`The target group ${group} does not exist.`);
      }
    }
  }
}
