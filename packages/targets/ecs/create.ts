import { createEcs, type Service, type ServiceDeployment } from '#aws/ecs';
import { createRhythm } from '#aws/rhythm';
import type { EcsComponent } from '#core/flow/targets/ecs';
import type { Driver } from '#core/target';
import { readEcrReference } from '../images/reference.ts';
import type { Opening, OpenTarget } from '../open-target.ts';
import type { DriverSetting } from '../setting.ts';
import { createBeat } from './beat.ts';
import type { EcsContext } from './context.ts';
import { createEcsDriver } from './driver.ts';
import { ecsSpec, type ImageSource } from './spec.ts';

/** Long enough to gather all services whose failed tasks are asked for at the same time, in ms. */
const serviceBeat = 200;

/** One context serves all components of a session, so that they are read in the same batches. */
function createEcsContext(setting: DriverSetting): EcsContext {
  const { session, clock, random, report, signal, runToken } = setting;
  const ecs = createEcs(session);
  return {
    ecs,
    clock,
    report,
    signal,
    runToken,
    logs: async () => {
      const { createLogs } = await import('#aws/logs');
      return createLogs(session);
    },
    deployments: createRhythm<ServiceDeployment>({
      clock,
      random,
      interval: createBeat(clock, random),
      signal,
      load: async arns => keyed(await ecs.describeServiceDeployments(arns), found => found.serviceDeploymentArn),
    }),
    services: createRhythm<Service>({
      clock,
      random,
      interval: serviceBeat,
      signal,
      load: async arns => {
        const clusters = Map.groupBy(arns, clusterOf);
        const found = await Promise.all(
          [...clusters].map(async ([cluster, members]) => (await ecs.describeServices(cluster, members)).found),
        );
        return keyed(found.flat(), service => service.serviceArn);
      },
    }),
  };
}

/** The client of ECR is only loaded where something is asked of it. */
async function createDriver(component: EcsComponent, setting: DriverSetting, context: EcsContext): Promise<Driver> {
  const spec = ecsSpec(component, setting);
  const driver = createEcsDriver(context, spec);
  const { definition } = spec;
  if (definition.kind === 'revision') return driver;
  if (definition.image.kind === 'reference') {
    const reference = readEcrReference(definition.image.reference);
    if (reference === undefined || reference.digest !== undefined) return driver;
    return withTagResolved(definition.image.reference, setting, image =>
      createEcsDriver(context, { ...spec, definition: { ...definition, image } }),
    );
  }
  const { image } = component;
  if (image.from !== 'repository' || (image.copyFrom ?? image.moveTag) === undefined) return driver;
  const { withImage } = await import('../images/with-image.ts');
  const { imagePlace } = await import('../images/place.ts');
  const { copyFrom, moveTag } = image;
  const work = {
    digest: definition.image.digest,
    place: imagePlace(setting.session, image.repository),
    ...(copyFrom === undefined ? {} : { copyFrom: imagePlace(setting.session, copyFrom) }),
    ...(moveTag === undefined ? {} : { moveTag }),
  };
  return withImage(driver, work, setting);
}

/** What a tag means is asked once, right before the change is planned, and holds for all services and one-off tasks. */
function withTagResolved(
  reference: string,
  { session, report }: DriverSetting,
  driverOf: (image: ImageSource) => Driver,
): Driver {
  return {
    async prepare() {
      const { resolveTag } = await import('../images/resolve.ts');
      return driverOf({ kind: 'reference', reference: await resolveTag(session, reference, report) }).prepare();
    },
    restore: (snapshot, cause) => driverOf({ kind: 'reference', reference }).restore(snapshot, cause),
  };
}

/** Restores any snapshot of ECS: it names its cluster and services itself. */
function createRestoringDriver(timeout: number, context: EcsContext): Driver {
  const definition = { kind: 'revision', reference: '' } as const;
  return createEcsDriver(context, { cluster: '', services: [], definition, timeout });
}

function keyed<V>(values: readonly V[], keyOf: (value: V) => string | undefined): ReadonlyMap<string, V> {
  return new Map(values.flatMap(value => [[keyOf(value) ?? '', value] as const]));
}

/** `arn:…:service/cluster/name` → `cluster` */
function clusterOf(serviceArn: string): string {
  return serviceArn.split('/').at(-2) ?? '';
}

export function openTarget({ runtime, session }: Opening): OpenTarget<EcsComponent> {
  const shared = { ...runtime, session: session(), artifacts: {} };
  const context = createEcsContext(shared);
  return {
    driver: (component, artifacts) => createDriver(component, { ...shared, artifacts }, context),
    restorer: timeout => createRestoringDriver(timeout, context),
    async missing(snapshot) {
      const { missingOf } = await import('./missing.ts');
      return missingOf(context.ecs, shared.session, snapshot);
    },
  };
}
