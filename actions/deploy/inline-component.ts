import { FindingError } from '#core/finding';
import { parseComponent } from '#core/flow/parse';
import { standaloneComponent } from '#core/flow/resolve';
import type { Component } from '#core/flow/targets/registry';
import { findingOfProblem } from '#core/plan/make-plan';

/** One component as inline YAML: the same schema as in the flow file, and the same places in its errors. */
export function inlineComponent(
  text: string,
  where: { readonly region: string | undefined; readonly role: string | undefined },
): Component {
  const parsed = parseComponent(text, { input: 'component' });
  if (!parsed.ok) throw new FindingError(parsed.problems.map(findingOfProblem));
  const resolved = standaloneComponent(parsed, { name: 'component', ...where, onFailure: 'rollback' }, {});
  if (!resolved.ok) throw new FindingError(resolved.problems.map(findingOfProblem));
  return resolved.component;
}
