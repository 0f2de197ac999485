import type { TerraformComponent } from '#core/flow/targets/command/terraform';
import type { Snapshot } from '#core/receipt';
import type { Driver } from '#core/target';
import type { CommandSetting } from '../run/toolbox.ts';

export function createTerraformDriver(_component: TerraformComponent, _setting: CommandSetting): Driver {
  throw new Error('not yet');
}

export function restoreTerraform(
  _snapshot: Snapshot,
  _setting: CommandSetting,
  _where: { readonly role?: string; readonly timeout: number },
): Driver {
  throw new Error('not yet');
}
