import { createSessions, type Where } from '#aws/open-session';
import type { AwsSession } from '#aws/session';
import { type Finding, FindingError } from '#core/finding';
import type { Component, TargetName } from '#core/flow/targets/registry';
import type { Snapshot } from '#core/receipt';
import type { Artifacts } from '#core/release';
import type { Driver, TargetRuntime } from '#core/target';
import type { Opening, OpenTarget } from './open-target.ts';

type Open<Name extends TargetName> = (
  opening: Opening,
) => Promise<OpenTarget<Extract<Component, { readonly target: Name }>>>;

/** Every target: its folder, loaded only where a component needs it. */
const targets: { readonly [Name in TargetName]: Open<Name> } = {
  ecs: async opening => (await import('./ecs/create.ts')).openTarget(opening),
  lambda: async opening => (await import('./lambda/create.ts')).openTarget(opening),
  'static-site': async opening => (await import('./static-site/create.ts')).openTarget(opening),
  codepipeline: async opening => (await import('./codepipeline/create.ts')).openTarget(opening),
  cloudformation: async opening => (await import('./cloudformation/create.ts')).openTarget(opening),
  command: async opening => (await import('./command/create.ts')).openTarget(opening),
};

/** Makes the drivers of one action’s components. */
export type Drivers = (component: Component) => Promise<Driver>;

/** `only-back` makes drivers that restore: what the build handed over may not be there any more. */
export function createDrivers(
  runtime: TargetRuntime,
  artifacts: Readonly<Record<string, Artifacts>> | 'only-back',
): Drivers {
  const openFor = createOpener(runtime);
  return async component => {
    const target = await openFor(component.target, component);
    return artifacts === 'only-back'
      ? target.restorer(component.timeout, component)
      : target.driver(component, artifacts[component.name] ?? {});
  };
}

/** Makes drivers that only bring back, by the snapshot alone. */
export function createRestorer(
  runtime: TargetRuntime,
  where: Where & { readonly timeout: number },
): (snapshot: Snapshot) => Promise<Driver> {
  const openFor = createOpener(runtime);
  return async snapshot => (await openFor(targetOf(snapshot), where)).restorer(where.timeout);
}

/** Makes a look at what the way back to a snapshot would need, and is gone; undefined where its target cannot tell. */
export function createMissing(
  runtime: TargetRuntime,
  where: Where,
): (snapshot: Snapshot) => Promise<readonly Finding[] | undefined> {
  const openFor = createOpener(runtime);
  return async snapshot => (await openFor(targetOf(snapshot), where)).missing?.(snapshot);
}

function targetOf({ target: name }: Snapshot): TargetName {
  if (isTarget(name)) return name;
  const message = `The receipt is of the target ${name}, which this version cannot bring back.`;
  throw new FindingError([{ reason: 'input-invalid', message, evidence: { target: name } }]);
}

function isTarget(name: string): name is TargetName {
  return Object.hasOwn(targets, name);
}

/** Opens each target once for each region and role. */
function createOpener(runtime: TargetRuntime) {
  const sessionOf = createSessions(runtime);
  const opened = new Map<string, Promise<OpenTarget<Component>>>();
  return (name: TargetName, { region, role }: Where): Promise<OpenTarget<Component>> => {
    const where = { region, role };
    const key = JSON.stringify([name, region, role]);
    const session = (): AwsSession => sessionOf(where);
    const target = opened.get(key) ?? targets[name]({ runtime, where, session });
    opened.set(key, target);
    return target;
  };
}
