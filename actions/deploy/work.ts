import { planOf } from '#action-kit/common-inputs';
import type { Component } from '#core/flow/targets/registry';
import type { Plan } from '#core/plan/plan';
import type { Artifacts } from '#core/release';
import type { Inputs } from './inputs.ts';

/** What is to be deployed, whichever input said so. */
export interface Work {
  /** Components that do not need each other together; each wave needs the one before. */
  readonly waves: readonly (readonly Component[])[];
  readonly artifacts: Readonly<Record<string, Artifacts>>;
  /** Absent when one component is deployed on its own. */
  readonly plan?: Plan;
}

export async function readWork(inputs: Inputs): Promise<Work> {
  const { work } = inputs;
  switch (work.kind) {
    case 'ecs':
      return { waves: [[work.component]], artifacts: {} };
    case 'inline': {
      const { inlineComponent } = await import('./inline-component.ts');
      const { component, timeout, onFailure, onCancel } = work;
      const { region, role } = inputs;
      return { waves: [[inlineComponent(component, { timeout, onFailure, onCancel, region, role })]], artifacts: {} };
    }
    case 'plan': {
      const plan = planOf(work.plan, inputs.environment, inputs.flow);
      return { waves: plan.waves, artifacts: plan.artifacts, plan };
    }
  }
}
