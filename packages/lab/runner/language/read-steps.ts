import { NotModelled } from '../fault.ts';
import { entriesOf } from './read-parts.ts';
import { isExpression, isTemplateMapping, type Template } from './template.ts';
import type { StepDefinition } from './workflow.ts';

/** `id` is the one that GitHub generates when none is written. */
export function readStep(template: Template, id: string): StepDefinition {
  const parts = entriesOf(template);
  const part = (key: string) => parts.get(key);
  for (const key of ['background', 'parallel', 'wait', 'wait-all', 'cancel']) {
    if (parts.has(key)) throw new NotModelled(`steps with '${key}'`);
  }
  const condition = part('if');
  const shared = {
    id: typeof part('id') === 'string' ? String(part('id')) : id,
    if: isExpression(condition) ? condition : ({ kind: 'expression', expression: 'success()' } as const),
    ...given('name', part('name')),
    ...given('env', part('env')),
    ...given('continueOnError', part('continue-on-error')),
    ...given('timeoutMinutes', part('timeout-minutes')),
  };
  const uses = part('uses');
  const inputs = part('with');
  if (typeof uses === 'string') {
    return { ...shared, work: { kind: 'uses', uses, ...(isTemplateMapping(inputs) ? { with: inputs } : {}) } };
  }
  return {
    ...shared,
    work: {
      kind: 'run',
      script: part('run') ?? '',
      ...given('shell', part('shell')),
      ...given('workingDirectory', part('working-directory')),
    },
  };
}

/** A property that is there only when the file has it. */
export function given<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}
