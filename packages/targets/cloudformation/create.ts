import { createCloudFormation } from '#aws/cloudformation';
import type { CloudFormationComponent } from '#core/flow/targets/cloudformation';
import type { Driver } from '#core/target';
import type { DriverSetting } from '../setting.ts';
import type { StackContext } from './context.ts';
import { createStackDriver } from './driver.ts';
import { policyOf, type StackPolicy, stackSpec } from './spec.ts';

export function createDriver(component: CloudFormationComponent, setting: DriverSetting): Driver {
  const { artifacts, readFile, mask } = setting;
  const spec = stackSpec(component, { artifacts, readFile, mask, environment: process.env });
  return createStackDriver(contextOf(setting), spec, spec.policy);
}

/** Brings back any snapshot of a stack: it names its stack itself. With its component, what may be replaced is known too. */
export function createRestoringDriver(
  setting: DriverSetting,
  timeout: number,
  component?: CloudFormationComponent,
): Driver {
  const strictest: StackPolicy = { timeout, outputs: {}, allowReplacement: [], allowRemoval: [], onDrift: 'ignore' };
  return createStackDriver(contextOf(setting), undefined, component === undefined ? strictest : policyOf(component));
}

function contextOf({ session, clock, random, report, signal, runToken }: DriverSetting): StackContext {
  return {
    ...{ clock, random, report, signal, runToken },
    cloudformation: createCloudFormation(session),
    async bucket(name) {
      const { createTemplateBucket } = await import('#aws/template-bucket');
      return createTemplateBucket(session, name);
    },
  };
}
