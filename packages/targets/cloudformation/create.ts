import { createCloudFormation } from '#aws/cloudformation';
import type { AwsSession } from '#aws/session';
import type { CloudFormationComponent } from '#core/flow/targets/cloudformation';
import type { PlanHandover } from '#core/flow/targets/preview';
import type { TargetRuntime } from '#core/target';
import type { Opening, OpenTarget } from '../open-target.ts';
import type { StackContext } from './context.ts';
import { createStackDriver } from './driver.ts';
import type { Handover } from './plan-handover.ts';
import { policyOf, type StackPolicy, stackSpec } from './spec.ts';

export function openTarget({ runtime, session }: Opening): OpenTarget<CloudFormationComponent> {
  const { readFile, mask } = runtime;
  const context = stackContext(runtime, session());
  return {
    driver(component, artifacts) {
      const spec = stackSpec(component, { artifacts, readFile, mask, environment: process.env });
      return createStackDriver(context, spec, spec.policy, handoverOf(component, runtime));
    },
    restorer(timeout, component) {
      const strictest: StackPolicy = {
        timeout,
        outputs: {},
        allowReplacement: [],
        allowRemoval: [],
        onDrift: 'ignore',
        whenMissing: 'create',
      };
      return createStackDriver(context, undefined, component === undefined ? strictest : policyOf(component));
    },
  };
}

/** `tool`: what has made the template. */
export function handoverOf(
  { name, preview, savePlan, applyPlan, planDigest }: PlanHandover & Pick<CloudFormationComponent, 'name'>,
  { workspace, checkedOut }: TargetRuntime,
  tool = 'cloudformation',
): Handover {
  return { name, tool, preview, savePlan, applyPlan, planDigest, workspace, checkedOut };
}

/** What stacks are worked on with, whichever target has them. */
export function stackContext(
  { clock, random, report, signal, runToken }: TargetRuntime,
  session: AwsSession,
): StackContext {
  return {
    ...{ clock, random, report, signal, runToken },
    region: session.region,
    cloudformation: createCloudFormation(session),
    async bucket(name) {
      const { createTemplateBucket } = await import('#aws/template-bucket');
      return createTemplateBucket(session, name);
    },
  };
}
