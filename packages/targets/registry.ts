import { FindingError } from '#core/finding';
import type { Component } from '#core/flow/targets/registry';
import type { Driver } from '#core/target';
import type { DriverSetting } from './setting.ts';

/** Makes the driver of a component. Only the target that is needed is loaded. */
export async function createDriver(component: Component, setting: DriverSetting): Promise<Driver> {
  switch (component.target) {
    case 'ecs': {
      const { createDriver: create, createEcsContext } = await import('./ecs/create.ts');
      return create(component, setting, createEcsContext(setting));
    }
    case 'static-site': {
      const message = `The component ${component.name} is a static site, which this version cannot deploy yet.`;
      throw new FindingError([{ reason: 'input-invalid', message, evidence: { target: component.target } }]);
    }
  }
}
