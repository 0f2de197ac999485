/**
 * GitHub's own workflow parser and expression evaluator. Their ESM builds import JSON without `with { type: 'json' }`, which
 * plain Node refuses; the hook adds the attribute for these two packages and nothing else.
 */
import { registerHooks } from 'node:module';

const attribute: Parameters<typeof registerHooks>[0] = {
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const ours = context.parentURL?.includes('/@actions/workflow-parser/') && resolved.url.endsWith('.json');
    return ours ? { ...resolved, importAttributes: { ...resolved.importAttributes, type: 'json' } } : resolved;
  },
};

try {
  registerHooks(attribute);
} catch {
  // Jest's own module loader has no hooks, and takes such imports as they are. Where it did not, the next lines would say so.
}

// Dynamic, because static imports would be loaded before the hook is there.
const expressions = await import('@actions/expressions');
const workflows = await import('@actions/workflow-parser');
const actions = await import('@actions/workflow-parser/actions/index');
const conditions = await import('@actions/workflow-parser/model/converter/if-condition');

export const { Evaluator, Lexer, Parser, data } = expressions;
export const {
  convertWorkflowTemplate,
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isScalar,
  isSequence,
  isString,
  NoOperationTraceWriter,
  parseWorkflow,
} = workflows;
export const { convertActionTemplate, parseAction } = actions;
export const { ensureStatusFunction } = conditions;
