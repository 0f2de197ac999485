import { isObject, resolve, type Scope, textOf, type Value } from '../language/expressions.ts';
import type { Template } from '../language/template.ts';
import type { InputDefinition } from '../language/workflow.ts';

export type InputReading =
  | { readonly ok: true; readonly inputs: Readonly<Record<string, Value>> }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The inputs of a workflow_dispatch as the API checks them (422 with these texts); values arrive as text. */
export function readDispatch(
  definitions: readonly InputDefinition[],
  given: Readonly<Record<string, unknown>>,
  environments: readonly string[],
): InputReading {
  const problems: string[] = [];
  const known = new Set(definitions.map(input => input.name));
  const unexpected = Object.keys(given).filter(name => !known.has(name));
  if (unexpected.length > 0) problems.push(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`);

  const inputs: Record<string, Value> = {};
  for (const input of definitions) {
    const written = given[input.name] ?? (typeof input.default === 'object' ? undefined : input.default);
    const text = written === undefined || written === null ? '' : String(written);
    if (text === '' && input.required) problems.push(`Required input '${input.name}' not provided`);
    else if (text !== '' && !fits(input, text, environments)) {
      problems.push(`Provided value '${text}' for input '${input.name}' ${expectation(input)}`);
    }
    inputs[input.name] = typed(input, text);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, inputs };
}

function fits(input: InputDefinition, text: string, environments: readonly string[]): boolean {
  switch (input.type) {
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text));
    case 'choice':
      return input.options.includes(text);
    case 'environment':
      return environments.includes(text);
    case 'string':
      return true;
  }
}

function expectation(input: InputDefinition): string {
  return input.type === 'choice' ? 'not in the list of allowed values' : `is not a valid ${input.type}`;
}

/** The `inputs` context keeps booleans and numbers; `github.event.inputs` holds text. */
function typed(input: InputDefinition, text: string): Value {
  if (input.type === 'boolean') return text === 'true';
  if (input.type === 'number') return text === '' ? '' : Number(text);
  return text;
}

/** What is wrong with a call before anything is evaluated: names, and what is required. */
export function callProblems(definitions: readonly InputDefinition[], given: ReadonlyMap<string, Template>): string[] {
  const known = new Set(definitions.map(input => input.name));
  return [
    ...[...given.keys()]
      .filter(name => !known.has(name))
      .map(name => `Invalid input, ${name} is not defined in the referenced workflow.`),
    ...definitions
      .filter(input => input.required && !given.has(input.name))
      .map(input => `Input ${input.name} is required, but not provided while calling.`),
  ];
}

/** The `inputs` context of a called workflow. Throws when a value has another type than its definition. */
export function readCallInputs(
  definitions: readonly InputDefinition[],
  given: ReadonlyMap<string, Template>,
  caller: Scope,
  defaults: Scope,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    definitions.map(input => {
      const template = given.get(input.name);
      if (template !== undefined) return [input.name, checked(input, resolve(template, caller))];
      if (input.default !== undefined) return [input.name, checked(input, resolve(input.default, defaults))];
      return [input.name, input.type === 'boolean' ? false : input.type === 'number' ? 0 : ''];
    }),
  );
}

function checked(input: InputDefinition, value: Value): Value {
  if (input.type === 'boolean' || input.type === 'number') {
    if (typeof value !== input.type) {
      const shown = isObject(value) || Array.isArray(value) ? JSON.stringify(value) : textOf(value);
      throw new Error(`Unexpected value '${shown}' for the ${input.type} input ${input.name}`);
    }
    return value;
  }
  return textOf(value);
}
