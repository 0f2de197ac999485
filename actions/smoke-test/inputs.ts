import { type CommonInputs, getCommonInputs, refuseWithoutPlan } from '#action-kit/common-inputs';
import type { InputReader } from '#action-kit/inputs';
import { readBaseUrl } from '#core/smoke/schema';
import { readSecrets } from './secrets.ts';

export interface Inputs extends CommonInputs {
  /** A plan of validate-tag, which says which file, where, and which version; or the inputs themselves. */
  readonly plan?: string;
  readonly file?: string;
  readonly baseUrl?: string;
  readonly version?: string;
  /** The commit that must be served, where it is another one than the plan's: after a rollback. */
  readonly sha?: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly junit?: string;
  /** For everything together, in ms. */
  readonly timeout: number;
}

/** Environment variables are passed in: the `secrets` input may name some. */
export function inputsFrom(env: Readonly<Record<string, string | undefined>>): (input: InputReader) => Inputs {
  return input => {
    const plan = input.optional('plan');
    const file = input.optional('file');
    const baseUrl = input.optional('base-url');
    const version = input.optional('version');
    const sha = input.optional('sha');
    const junit = input.optional('junit');
    if (plan === undefined) refuseWithoutPlan(input, 'flow');
    if (plan === undefined && file === undefined) {
      input.problem('file', 'is missing.', 'Give the path of the smoke file, or a `plan`.');
    }
    const url = baseUrl === undefined ? undefined : readBaseUrl(baseUrl);
    if (url?.ok === false || (url !== undefined && !URL.canParse(url.value))) {
      input.problem('base-url', `“${baseUrl}” is not the URL of an endpoint.`, 'Write it like https://api.example.com');
    }
    return {
      ...getCommonInputs(input),
      secrets: readSecrets(input, env),
      timeout: input.duration('timeout'),
      ...(plan === undefined ? {} : { plan }),
      ...(file === undefined ? {} : { file }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(version === undefined ? {} : { version }),
      ...(sha === undefined ? {} : { sha }),
      ...(junit === undefined ? {} : { junit }),
    };
  };
}

export const getInputs = inputsFrom(process.env);
