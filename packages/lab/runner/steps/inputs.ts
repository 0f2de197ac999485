import type { Frame, JobSession, OpenStep } from '../job/session.ts';
import { resolveText, resolveTexts } from '../language/expressions.ts';
import type { Template, TemplateMapping } from '../language/template.ts';
import { stepScope } from './scope.ts';

export interface DeclaredInput {
  readonly default?: Template;
  readonly deprecationMessage?: string;
}

/**
 * The values of an action's inputs. As on GitHub nothing is said of a required one that is missing: the action gets an
 * empty text and has to say it itself. A name that is not declared is warned of, and passed on.
 */
export function readInputs(
  session: JobSession,
  frame: Frame,
  step: OpenStep,
  declared: ReadonlyMap<string, DeclaredInput>,
  given: TemplateMapping | undefined,
  env: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const scope = stepScope(session, frame, env);
  const written = new Map(
    Object.entries(resolveTexts(given, scope)).map(([name, value]) => [name.toLowerCase(), { name, value }]),
  );
  const inputs: Record<string, string> = {};
  for (const [name, input] of declared) {
    const own = written.get(name.toLowerCase());
    if (own && input.deprecationMessage) {
      step.log.annotate('warning', `Input '${name}' has been deprecated with message: ${input.deprecationMessage}`);
    }
    inputs[name] = own?.value ?? (input.default === undefined ? '' : resolveText(input.default, scope));
    written.delete(name.toLowerCase());
  }
  if (written.size > 0) {
    const quoted = (names: Iterable<string>) => [...names].map(name => `'${name}'`).join(', ');
    const unexpected = quoted([...written.values()].map(one => one.name));
    step.log.annotate('warning', `Unexpected input(s) ${unexpected}, valid inputs are [${quoted(declared.keys())}]`);
  }
  for (const { name, value } of written.values()) inputs[name] = value;
  return inputs;
}

/** `INPUT_` variables: upper case, spaces become underscores, hyphens stay. */
export function inputVariables(inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  );
}
