import { jobStatusFunctions } from '../language/conditions.ts';
import { evaluateExpression, isTruthy, resolveText, type Scope } from '../language/expressions.ts';
import { isExpression } from '../language/template.ts';
import { workflowContexts } from './contexts.ts';
import type { JobNode, Leg } from './job-node.ts';
import { legSuffix } from './matrix.ts';

/** What expressions of a job see before it is on a machine. */
export function jobScope(node: JobNode, leg?: Leg): Scope {
  return {
    contexts: {
      ...workflowContexts(node.run, node.instance.inputs),
      needs: needsContext(node),
      strategy: strategyContext(leg),
      matrix: leg?.values ?? null,
    },
  };
}

/** The job's `if`, which is asked again when a running job is to be cancelled. */
export function isWanted(node: JobNode, cancelled: boolean): boolean {
  const { contexts } = jobScope(node);
  const functions = jobStatusFunctions(node.ancestors, cancelled);
  return isTruthy(evaluateExpression(node.job.definition.if.expression, { contexts, functions }));
}

export function needsContext(node: JobNode) {
  return Object.fromEntries([...node.needs].map(([id, { result, outputs }]) => [id, { result, outputs }]));
}

export function strategyContext(leg: Leg | undefined) {
  return {
    'fail-fast': leg?.strategy.failFast ?? true,
    'job-index': leg?.index ?? 0,
    'job-total': leg?.total ?? 1,
    'max-parallel': leg?.strategy.maxParallel ?? 1,
  };
}

/** As the run's page shows it. A written name with an expression is taken as it is; others get the matrix values. */
export function jobName(node: JobNode, leg?: Leg): string {
  const { id, name } = node.job.definition;
  const own = name === undefined || name === '' ? id : resolveText(name, jobScope(node, leg));
  return `${node.instance.namePrefix}${own}${isExpression(name) ? '' : legSuffix(leg?.values)}`;
}

export function legKey(node: JobNode, leg?: Leg): string {
  return leg ? `${node.key}[${leg.index}]` : node.key;
}
