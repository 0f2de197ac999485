import { FindingError } from '#core/finding';
import type { CommandComponent } from '#core/flow/targets/command';
import type { Snapshot } from '#core/receipt';
import type { Driver } from '#core/target';
import type { CommandSetting } from './run/toolbox.ts';

/** The driver of one component, by its tool; only the tool that is needed is loaded. */
export async function createDriver(component: CommandComponent, setting: CommandSetting): Promise<Driver> {
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
  }
}

/** Restores a snapshot of any tool: it says itself what is run, and with what. `timeout` in ms. */
export async function createRestoringDriver(
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
