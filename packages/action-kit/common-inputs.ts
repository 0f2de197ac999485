import { FindingError } from '#core/finding';
import { type Plan, readPlan } from '#core/plan/plan';
import type { InputReader } from './inputs.ts';
import { jsonOfPlan } from './plan-text.ts';

/** What every action of the suite takes. */
export interface CommonInputs {
  /** Path of the flow file; absent where nobody says. */
  readonly flow?: string;
  readonly environment?: string;
  readonly githubToken: string;
  readonly dryRun: boolean;
}

export function getCommonInputs(input: InputReader): CommonInputs {
  const [environment, flow] = [input.optional('environment'), input.optional('flow')];
  return {
    githubToken: input.text('github-token'),
    dryRun: input.flag('dry-run'),
    ...(environment === undefined ? {} : { environment }),
    ...(flow === undefined ? {} : { flow }),
  };
}

/** What an action takes that reads the flow file itself. */
export interface FlowFileInputs extends CommonInputs {
  /** For the policy that the flow file extends; absent where the token of the workflow reads it. */
  readonly policyToken?: string;
}

export function getFlowFileInputs(input: InputReader): FlowFileInputs {
  const policyToken = input.optional('policy-token');
  return { ...getCommonInputs(input), ...(policyToken === undefined ? {} : { policyToken }) };
}

/** Whoever names these expects what only a plan brings: something to be recorded, or components to be previewed. */
export function refuseWithoutPlan(
  input: InputReader,
  ...names: readonly ('environment' | 'flow' | 'save-plans')[]
): void {
  for (const name of names) {
    if (input.optional(name) === undefined) continue;
    input.problem(name, 'says nothing without a `plan`.', 'Hand over the `plan` of validate-tag, or leave it out.');
  }
}

/** What says the same in another way would be overlooked: nobody would know which of them holds. */
export function refuseBeside(input: InputReader, winner: string, names: readonly string[]): void {
  for (const name of names) {
    if (input.optional(name) === undefined) continue;
    input.problem(name, `says nothing beside \`${winner}\`, which says all of it.`, 'Give one of them.');
  }
}

/** Where the flow file is, unless somebody says. */
export const usualFlow = '.github/release-flow.yml';

/** Reads the plan that validate-tag handed over, and holds it against the environment and the flow file that the caller names. */
export function planOf(text: string, environment: string | undefined, flow: string | undefined): Plan {
  const plan = readPlan(jsonOfPlan(text) ?? '');
  if (plan === undefined) {
    throw wrong(
      'is not a plan of this version.',
      'Hand over the output `plan` of validate-tag as it is; an output that holds a masked value arrives empty.',
    );
  }
  if (environment !== undefined && plan.environment.name !== environment) {
    throw wrong(`is for ${plan.environment.name}, not for ${environment}.`, 'Hand over the plan of this environment.');
  }
  if (flow !== undefined && plan.flow !== flow) {
    throw wrong(`is of ${plan.flow}, not of ${flow}.`, 'Leave `flow` out: the plan says everything that the file did.');
  }
  return plan;
}

function wrong(what: string, next: string): FindingError {
  const where = { kind: 'input', input: 'plan' } as const;
  return new FindingError([{ reason: 'input-invalid', message: `Input \`plan\`: ${what}`, evidence: {}, where, next }]);
}
