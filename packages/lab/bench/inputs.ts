import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

type Given = Readonly<Record<string, string>>;

/** The environment that a runner would give `deploy`: its inputs, those that are not given at their defaults. */
export function deployEnvironment(suite: string, given: Given): Given {
  return inputsOf(suite, 'deploy', given);
}

/** As `deployEnvironment`, for any action. */
export function inputsOf(suite: string, name: string, given: Given): Given {
  const action = parse(readFileSync(join(suite, name, 'action.yml'), 'utf8')) as {
    readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  };
  const inputs = Object.entries(action.inputs).map(([input, { default: value }]) => {
    // An expression is the runner's to evaluate; none of those is needed without a journal.
    const fallback = value?.includes('${{') ? '' : (value ?? '');
    return [`INPUT_${input.toUpperCase()}`, given[input] ?? fallback] as const;
  });
  return { GITHUB_RUN_ID: '1', GITHUB_RUN_ATTEMPT: '1', ...Object.fromEntries(inputs) };
}
