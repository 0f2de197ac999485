import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The environment that a runner would give `deploy`: its inputs, those that are not given at their defaults. */
export function deployEnvironment(
  suite: string,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const action = parse(readFileSync(join(suite, 'deploy/action.yml'), 'utf8')) as {
    readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  };
  const inputs = Object.entries(action.inputs).map(([name, input]) => {
    // An expression is the runner's to evaluate; none of those is needed without a journal.
    const fallback = input.default?.includes('${{') ? '' : (input.default ?? '');
    return [`INPUT_${name.toUpperCase()}`, given[name] ?? fallback] as const;
  });
  return { GITHUB_RUN_ID: '1', GITHUB_RUN_ATTEMPT: '1', ...Object.fromEntries(inputs) };
}
