import type { CreateServiceRequest } from '@aws-sdk/client-ecs';
import type { Engine } from './engine.ts';
import type { PastClock } from './past.ts';
import { createService } from './services.ts';
import type { Cluster, Service } from './state.ts';

/** How long ago a steady service was created; the longest strategies need a while to get there. */
const HOUR = 3_600_000;

/** Creates the service in the past, by the ordinary way, and lets it come to rest. */
export function settle(
  engine: Engine,
  clock: PastClock,
  cluster: Cluster,
  input: CreateServiceRequest,
  principal: string,
): Service {
  const { deploymentConfiguration = {} } = input;
  // Nobody was there in the past to answer a hook.
  const { lifecycleHooks, ...withoutHooks } = deploymentConfiguration;
  let service: Service | undefined;
  clock.relive(clock.now() - HOUR, () => {
    service = createService(engine, cluster, { ...input, deploymentConfiguration: withoutHooks }, principal);
  });
  if (service?.steady !== true) {
    const last = service?.events[0]?.message ?? 'no event';
    throw new Error(`${input.serviceName} does not come to rest within an hour: ${last}`);
  }
  if (lifecycleHooks !== undefined) service.configuration = { ...service.configuration, lifecycleHooks };
  return service;
}
