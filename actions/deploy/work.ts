import { planOf } from '#action-kit/common-inputs';
import { type Finding, FindingError } from '#core/finding';
import type { Component } from '#core/flow/targets/registry';
import { wavesOfPart } from '#core/plan/parts';
import type { Plan } from '#core/plan/plan';
import { isPreviewed, type PreviewedComponent, previewsOf } from '#core/plan/previews';
import type { Artifacts } from '#core/release';
import type { Inputs, Part } from './inputs.ts';

/** What is to be deployed, whichever input said so. */
export interface Work {
  /** Components that do not need each other together; each wave needs the one before. */
  readonly waves: readonly (readonly Component[])[];
  readonly artifacts: Readonly<Record<string, Artifacts>>;
  /** Absent when one component is deployed on its own. */
  readonly plan?: Plan;
  /** Absent when one job deploys the whole plan. */
  readonly part?: Part;
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
      const { part } = work;
      assertPart(plan, part);
      const { waves, artifacts } = plan;
      if (part === undefined) return { waves, artifacts, plan };
      const own = part === 'all' ? waves : wavesOfPart(waves, part.number, part.of);
      return { waves: own, artifacts, plan, part };
    }
  }
}

/** What is only changed by a plan that people have read. On its own, a component with `preview` has nobody who could have. */
export function previewedIn({ plan, waves }: Work): readonly PreviewedComponent[] {
  return plan === undefined ? waves.flat().filter(isPreviewed) : previewsOf(plan);
}

/** What is wrong with an inline component, to be told together with whatever is wrong beside it. */
export async function mistakesOf(inputs: Inputs): Promise<readonly Finding[]> {
  if (inputs.work.kind !== 'inline') return [];
  try {
    await readWork(inputs);
    return [];
  } catch (error) {
    if (error instanceof FindingError) return error.findings;
    throw error;
  }
}

/** A plan that is made for several jobs is not carried out by one that does not know of the others, nor the other way round. */
function assertPart({ parts }: Plan, part: Part | undefined): void {
  const planned = parts === undefined ? 'one job' : `${parts} parts`;
  const fits =
    part === undefined || part === 'all' ? (part === undefined) === (parts === undefined) : part.of === parts;
  if (fits) return;
  const asked = part === undefined ? 'no part' : part === 'all' ? 'all of its parts' : `part ${part.number}/${part.of}`;
  const message = `Input \`part\`: the plan is made for ${planned}, and this job is asked for ${asked}.`;
  const next = 'Hand over a leg of the output `parts` of validate-tag, and `all` in the job that waits for them.';
  const where = { kind: 'input', input: 'part' } as const;
  throw new FindingError([{ reason: 'input-invalid', message, evidence: {}, where, next }]);
}
