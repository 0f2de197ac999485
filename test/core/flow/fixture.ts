import { readFileSync } from 'node:fs';
import { type Flow, parseFlow } from '#core/flow/parse';
import { formatProblem, type Problem } from '#core/flow/problem';

/** The flow file as the design prints it. */
export const UNIFOCUS = readFileSync(new URL('../../fixtures/flow/unifocus.yml', import.meta.url), 'utf8');

/** A small flow of one component and one environment, to which a test adds what it is about. */
export interface SmallFlow {
  readonly component?: string;
  readonly environment?: string;
  readonly top?: string;
}

const COMPONENT = ['target: ecs', 'cluster: main', 'service: api', 'container: api', 'repository: api'];

export function small({ component = COMPONENT.join('\n'), environment = 'from: main', top = '' }: SmallFlow): string {
  const indented = (text: string) => text.replace(/^/gm, '    ');
  const lines = [
    'version: 1',
    'service: shop',
    'components:',
    '  api:',
    indented(component),
    'environments:',
    '  dev:',
    indented(environment),
  ];
  return `${[...lines, top].join('\n')}\n`;
}

export function flowOf(text: string): Flow {
  const result = parseFlow(text, { file: 'flow.yml' });
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.flow;
}

/** Every problem as `line:column path: message (hint)`. */
export function problemsOf(text: string): readonly string[] {
  const result = parseFlow(text, { file: 'flow.yml' });
  return result.ok ? [] : result.problems.map(briefly);
}

export function warningsOf(text: string): readonly string[] {
  const result = parseFlow(text, { file: 'flow.yml' });
  return result.ok ? result.warnings.map(briefly) : ['not a flow file'];
}

export function briefly(problem: Problem): string {
  return formatProblem(problem)
    .replace(`${problem.file}:`, '')
    .replace(/^(\d+:\d+):/, '$1');
}
