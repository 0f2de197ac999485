/**
 * GitHub's own workflow parser and expression evaluator. Their ESM builds import JSON without `with { type: 'json' }`, which
 * plain Node refuses; the hook adds the attribute for these two packages and nothing else.
 */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const ours = context.parentURL?.includes('/@actions/workflow-parser/') && resolved.url.endsWith('.json');
    return ours ? { ...resolved, importAttributes: { ...resolved.importAttributes, type: 'json' } } : resolved;
  },
});

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
