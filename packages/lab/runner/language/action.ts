import { NotModelled } from '../fault.ts';
import { convertActionTemplate, NoOperationTraceWriter, parseAction } from './github-language.ts';
import { entriesOf, listOf } from './read-parts.ts';
import { given, readStep } from './read-steps.ts';
import { onSingleLines } from './single-line.ts';
import { type Template, templateOf } from './template.ts';
import type { StepDefinition } from './workflow.ts';

/** An `action.yml` that the runner can run. */
export interface ActionDefinition {
  readonly name: string;
  readonly inputs: ReadonlyMap<string, ActionInput>;
  readonly runs: NodeRuns | CompositeRuns;
}

export interface ActionInput {
  readonly default?: Template;
  readonly deprecationMessage?: string;
}

export interface NodeRuns {
  readonly kind: 'node';
  readonly main: string;
  readonly pre?: string;
  readonly preIf: string;
  readonly post?: string;
  readonly postIf: string;
}

export interface CompositeRuns {
  readonly kind: 'composite';
  readonly steps: readonly StepDefinition[];
  readonly outputs: ReadonlyMap<string, Template>;
}

const read = new Map<string, ActionDefinition>();

/** Throws what the runner says of a file it cannot load. Files that were read are remembered: most come with every job. */
export function readAction(path: string, content: string): ActionDefinition {
  const key = `${path}\n${content}`;
  const definition = read.get(key) ?? readAnew(path, content);
  read.set(key, definition);
  return definition;
}

function readAnew(path: string, content: string): ActionDefinition {
  parse(path, content);
  const parts = entriesOf(parse(path, onSingleLines(content)));
  return {
    name: String(parts.get('name') ?? ''),
    inputs: new Map(
      [...entriesOf(parts.get('inputs'))].map(([name, input]): [string, ActionInput] => {
        const deprecation = entriesOf(input).get('deprecationMessage');
        return [
          name,
          {
            ...given('default', entriesOf(input).get('default')),
            ...(typeof deprecation === 'string' ? { deprecationMessage: deprecation } : {}),
          },
        ];
      }),
    ),
    runs: readRuns(path, entriesOf(parts.get('runs')), parts.get('outputs')),
  };
}

function parse(path: string, content: string): Template {
  const parsed = parseAction({ name: path, content }, new NoOperationTraceWriter());
  if (parsed.value) convertActionTemplate(parsed.context, parsed.value);
  const problems = parsed.context.errors.getErrors().map(error => error.message);
  if (!parsed.value || problems.length > 0) throw new Error(problems.join('\n') || `Fail to load ${path}`);
  return templateOf(parsed.value);
}

function readRuns(
  path: string,
  runs: ReadonlyMap<string, Template>,
  outputs: Template | undefined,
): NodeRuns | CompositeRuns {
  const text = (key: string) => {
    const value = runs.get(key);
    return typeof value === 'string' ? value : undefined;
  };
  const using = text('using');
  if (using === 'composite') {
    return {
      kind: 'composite',
      steps: listOf(runs.get('steps')).map(step => readStep(step, '')),
      outputs: new Map([...entriesOf(outputs)].map(([name, output]) => [name, entriesOf(output).get('value') ?? null])),
    };
  }
  if (using !== 'node24') {
    throw new NotModelled(`'using: ${using}' of ${path} (hosted runners have Node 24)`);
  }
  return {
    kind: 'node',
    main: text('main') ?? '',
    ...given('pre', text('pre')),
    preIf: conditionText(runs.get('pre-if')),
    ...given('post', text('post')),
    postIf: conditionText(runs.get('post-if')),
  };
}

/** `pre-if` and `post-if` are taken as written: without one they are `always()`, and no `success()` is added. */
function conditionText(template: Template | undefined): string {
  if (typeof template === 'string' && template !== '') return template;
  if (typeof template === 'object' && template !== null && template.kind === 'expression') return template.expression;
  return 'always()';
}
