import { FindingError } from '#core/finding';
import type { CommandComponent } from '#core/flow/targets/command';
import type { Snapshot } from '#core/receipt';
import type { Artifacts } from '#core/release';
import type { Driver } from '#core/target';
import type { Opening, OpenTarget } from '../open-target.ts';
import type { CommandSetting } from './run/toolbox.ts';

/** The driver of one component, by its tool; only the tool that is needed is loaded. */
async function createDriver(component: CommandComponent, setting: CommandSetting, stacks: Stacks): Promise<Driver> {
  switch (component.tool) {
    case 'script': {
      const { createScriptDriver } = await import('./script/driver.ts');
      return createScriptDriver(component, setting);
    }
    case 'terraform':
    case 'opentofu': {
      const { createTerraformDriver } = await import('./terraform/driver.ts');
      return createTerraformDriver(component, setting);
    }
    case 'pulumi': {
      const { createPulumiDriver } = await import('./pulumi/driver.ts');
      return createPulumiDriver(component, setting);
    }
    case 'sam': {
      const { createSamDriver } = await import('./sam/driver.ts');
      return createSamDriver(component, { ...setting, session: stacks.session(), artifacts: stacks.artifacts });
    }
  }
}

/** What a tool needs whose changes are those of a stack. */
interface Stacks extends Pick<Opening, 'session'> {
  readonly artifacts: Artifacts;
}

/** Restores a snapshot of any tool: it says itself what is run, and with what. `timeout` in ms. */
async function createRestoringDriver(
  snapshot: Snapshot,
  setting: CommandSetting,
  where: { readonly role?: string; readonly timeout: number },
): Promise<Driver> {
  const { tool } = snapshot.state;
  switch (tool) {
    case 'script': {
      const { restoreScript } = await import('./script/driver.ts');
      return restoreScript(snapshot, setting, where);
    }
    case 'terraform':
    case 'opentofu': {
      const { restoreTerraform } = await import('./terraform/driver.ts');
      return restoreTerraform(snapshot, setting, where);
    }
    case 'pulumi': {
      const { restorePulumi } = await import('./pulumi/driver.ts');
      return restorePulumi(snapshot, setting, where);
    }
    default: {
      const message = `The receipt is of the tool ${String(tool)}, which this version cannot bring back.`;
      throw new FindingError([{ reason: 'input-invalid', message, evidence: { tool: String(tool) } }]);
    }
  }
}

export function openTarget({ runtime, where, session }: Opening): OpenTarget<CommandComponent> {
  // A tool may have nothing to do with AWS: then no region is missed.
  const inAws = where.role !== undefined || (where.region ?? runtime.defaultRegion ?? '') !== '';
  const setting = { ...runtime, session: inAws ? session() : undefined, variables: process.env };
  const role = where.role === undefined ? {} : { role: where.role };
  return {
    driver: (component, artifacts) => createDriver(component, setting, { session, artifacts }),
    restorer: (timeout, component) =>
      component === undefined
        ? byItsSnapshot(setting, { ...role, timeout })
        : createDriver(component, setting, { session, artifacts: {} }),
  };
}

/** Which tool is needed is only known when there is a snapshot. */
function byItsSnapshot(setting: CommandSetting, where: { readonly role?: string; readonly timeout: number }): Driver {
  return {
    prepare: () => Promise.reject(new Error('a driver that only restores has nothing to prepare')),
    restore: async (snapshot, cause) =>
      (await createRestoringDriver(snapshot, setting, where)).restore(snapshot, cause),
  };
}
