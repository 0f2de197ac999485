import { createSessions, type Sessions, type Where } from '#aws/open-session';
import { FindingError } from '#core/finding';
import type { Component } from '#core/flow/targets/registry';
import type { Snapshot } from '#core/receipt';
import type { Artifacts } from '#core/release';
import type { Driver, TargetRuntime } from '#core/target';
import type { PipelineContext } from './codepipeline/context.ts';
import type { CommandSetting } from './command/run/toolbox.ts';
import type { EcsContext } from './ecs/context.ts';
import type { DriverSetting } from './setting.ts';

/** Makes the drivers of one action’s components. */
export type Drivers = (component: Component) => Promise<Driver>;

/**
 * Only the targets that are needed are loaded; components of one region and role are read in the same batches. `only-back` makes
 * drivers that restore: the way back asks for neither a digest nor a file of the release, which may not be there any more.
 */
export function createDrivers(
  runtime: TargetRuntime,
  artifacts: Readonly<Record<string, Artifacts>> | 'only-back',
): Drivers {
  const sessionOf = createSessions(runtime);
  const ecsContexts = new Map<DriverSetting['session'], EcsContext>();
  const pipelineContexts = new Map<DriverSetting['session'], PipelineContext>();

  return async component => {
    if (component.target === 'command') {
      const { createDriver } = await import('./command/create.ts');
      return createDriver(component, commandSetting(runtime, component, sessionOf));
    }
    const session = sessionOf(component);
    const onlyBack = artifacts === 'only-back';
    const setting = { ...runtime, session, artifacts: onlyBack ? {} : (artifacts[component.name] ?? {}) };
    switch (component.target) {
      case 'ecs': {
        const { createDriver, createEcsContext, createRestoringDriver } = await import('./ecs/create.ts');
        const context = ecsContexts.get(session) ?? createEcsContext(setting);
        ecsContexts.set(session, context);
        return onlyBack
          ? createRestoringDriver(setting, component.timeout, context)
          : createDriver(component, setting, context);
      }
      case 'cloudformation': {
        const { createDriver, createRestoringDriver } = await import('./cloudformation/create.ts');
        return onlyBack
          ? createRestoringDriver(setting, component.timeout, component)
          : createDriver(component, setting);
      }
      case 'codepipeline': {
        const { createDriver, createPipelineContext, createRestoringDriver } = await import('./codepipeline/create.ts');
        const context = pipelineContexts.get(session) ?? createPipelineContext(setting);
        pipelineContexts.set(session, context);
        return onlyBack
          ? createRestoringDriver(setting, component.timeout, context)
          : createDriver(component, setting, context);
      }
      case 'static-site': {
        const message = `The component ${component.name} is a static site, which this version cannot deploy yet.`;
        throw new FindingError([{ reason: 'input-invalid', message, evidence: { target: component.target } }]);
      }
    }
  };
}

/** Makes drivers that only bring back: the snapshot itself says what they work on. */
export function createRestorer(
  runtime: TargetRuntime,
  where: { readonly region?: string; readonly role?: string; readonly timeout: number },
): (snapshot: Snapshot) => Promise<Driver> {
  const sessionOf = createSessions(runtime);
  return async snapshot => {
    if (snapshot.target === 'command') {
      const { createRestoringDriver } = await import('./command/create.ts');
      return createRestoringDriver(snapshot, commandSetting(runtime, where, sessionOf), where);
    }
    const session = sessionOf(where);
    if (snapshot.target === 'ecs') {
      const { createRestoringDriver } = await import('./ecs/create.ts');
      return createRestoringDriver({ ...runtime, session, artifacts: {} }, where.timeout);
    }
    if (snapshot.target === 'cloudformation') {
      const { createRestoringDriver } = await import('./cloudformation/create.ts');
      return createRestoringDriver({ ...runtime, session, artifacts: {} }, where.timeout);
    }
    if (snapshot.target === 'codepipeline') {
      const { createRestoringDriver } = await import('./codepipeline/create.ts');
      return createRestoringDriver({ ...runtime, session, artifacts: {} }, where.timeout);
    }
    const message = `The receipt is of the target ${snapshot.target}, which this version cannot bring back.`;
    throw new FindingError([{ reason: 'input-invalid', message, evidence: { target: snapshot.target } }]);
  };
}

/** A tool may have nothing to do with AWS: then no region is missed. */
function commandSetting(runtime: TargetRuntime, where: Where, sessionOf: Sessions): CommandSetting {
  const inAws = where.role !== undefined || (where.region ?? runtime.defaultRegion ?? '') !== '';
  return { ...runtime, session: inAws ? sessionOf(where) : undefined, variables: process.env };
}
