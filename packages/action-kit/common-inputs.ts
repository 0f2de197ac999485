import { FindingError } from '#core/finding';
import { type Plan, readPlan } from '#core/plan/plan';
import type { InputReader } from './inputs.ts';
import { jsonOfPlan } from './plan-text.ts';

/** What every action of the suite takes. */
export interface CommonInputs {
  /** Path of the flow file. */
  readonly flow: string;
  readonly environment?: string;
  readonly githubToken: string;
  readonly dryRun: boolean;
}

export function getCommonInputs(input: InputReader): CommonInputs {
  const environment = input.optional('environment');
  return {
    flow: input.text('flow'),
    githubToken: input.text('github-token'),
    dryRun: input.flag('dry-run'),
    ...(environment === undefined ? {} : { environment }),
  };
}

/** Reads the plan that validate-tag handed over, and holds it against the environment that the caller names. */
export function planOf(text: string, environment: string | undefined): Plan {
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
  return plan;
}

function wrong(what: string, next: string): FindingError {
  const where = { kind: 'input', input: 'plan' } as const;
  return new FindingError([{ reason: 'input-invalid', message: `Input \`plan\`: ${what}`, evidence: {}, where, next }]);
}
