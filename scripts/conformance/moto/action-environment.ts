import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The inputs of an action as a runner hands them over: those that are not given at their defaults. */
export function actionEnvironment(
  suite: string,
  action: string,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { inputs } = parse(readFileSync(join(suite, action, 'action.yml'), 'utf8')) as {
    readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  };
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => {
      // An expression is the runner’s to evaluate; none of those is needed without a journal.
      const fallback = input.default?.includes('${{') ? '' : (input.default ?? '');
      return [`INPUT_${name.toUpperCase()}`, given[name] ?? fallback];
    }),
  );
}
