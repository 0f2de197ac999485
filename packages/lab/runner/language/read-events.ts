import { entriesOf, listOf, texts } from './read-parts.ts';
import { given } from './read-steps.ts';
import { isTemplateList, isTemplateMapping, type Template } from './template.ts';
import type { CallInterface, EventFilter, InputDefinition, InputType } from './workflow.ts';

/** `on` in its three forms: a name, a list of names, a mapping of names to filters. */
export function readEvents(on: Template): ReadonlyMap<string, EventFilter> {
  if (typeof on === 'string') return new Map([[on, {}]]);
  if (isTemplateList(on)) return new Map(texts(on).map(name => [name, {}]));
  return new Map([...entriesOf(on)].map(([name, filter]) => [name, readFilter(filter)]));
}

function readFilter(template: Template): EventFilter {
  const parts = entriesOf(template);
  const list = (key: string) => (parts.has(key) ? texts(parts.get(key)) : undefined);
  return {
    ...given('types', list('types')),
    ...given('branches', list('branches')),
    ...given('branchesIgnore', list('branches-ignore')),
    ...given('tags', list('tags')),
    ...given('tagsIgnore', list('tags-ignore')),
    ...given('paths', list('paths')),
    ...given('pathsIgnore', list('paths-ignore')),
    ...given('workflows', list('workflows')),
  };
}

/** The cron lines of `on.schedule`. */
export function readSchedules(on: Template): readonly string[] {
  return listOf(entriesOf(on).get('schedule')).flatMap(entry => texts(entriesOf(entry).get('cron')));
}

export function readDispatchInputs(on: Template): readonly InputDefinition[] {
  return readInputs(entriesOf(entriesOf(on).get('workflow_dispatch')).get('inputs'));
}

/** Undefined when the workflow cannot be called. */
export function readCallInterface(on: Template): CallInterface | undefined {
  if (!readEvents(on).has('workflow_call')) return undefined;
  const parts = entriesOf(entriesOf(on).get('workflow_call'));
  return {
    inputs: readInputs(parts.get('inputs')),
    secrets: [...entriesOf(parts.get('secrets'))].map(([name, secret]) => ({
      name,
      required: entriesOf(secret).get('required') === true,
    })),
    outputs: new Map(
      [...entriesOf(parts.get('outputs'))].map(([name, output]) => [name, entriesOf(output).get('value') ?? null]),
    ),
  };
}

function readInputs(template: Template | undefined): readonly InputDefinition[] {
  if (!isTemplateMapping(template)) return [];
  return [...template.entries].map(([name, definition]) => {
    const parts = entriesOf(definition);
    return {
      name,
      type: inputType(parts.get('type')),
      required: parts.get('required') === true,
      ...given('default', parts.get('default')),
      options: texts(parts.get('options')),
    };
  });
}

function inputType(template: Template | undefined): InputType {
  switch (template) {
    case 'boolean':
    case 'number':
    case 'choice':
    case 'environment':
      return template;
    default:
      return 'string';
  }
}
