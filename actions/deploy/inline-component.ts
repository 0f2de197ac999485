import { FindingError } from '#core/finding';
import { parseComponent } from '#core/flow/parse';
import { standaloneComponent } from '#core/flow/resolve';
import type { Component } from '#core/flow/targets/registry';
import type { Surroundings } from '#core/flow/targets/target';
import { findingOfProblem } from '#core/plan/make-plan';

/**
 * One component as inline YAML: the same schema as in the flow file, and the same places in its errors. What it leaves open
 * the inputs beside it say.
 */
export function inlineComponent(text: string, beside: Omit<Surroundings, 'name' | 'environment'>): Component {
  const parsed = parseComponent(text, { input: 'component' });
  if (!parsed.ok) throw new FindingError(parsed.problems.map(findingOfProblem));
  const resolved = standaloneComponent(parsed, { name: 'component', ...beside }, {});
  if (!resolved.ok) throw new FindingError(resolved.problems.map(findingOfProblem));
  return resolved.component;
}
