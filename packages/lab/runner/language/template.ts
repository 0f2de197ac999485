import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/index';
import { NotModelled } from '../fault.ts';
import {
  ensureStatusFunction,
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isSequence,
  isString,
} from './github-language.ts';

/** A part of a workflow file as data: literals are themselves, what GitHub evaluates later is an `Expression`. */
export type Template = null | boolean | number | string | Expression | TemplateList | TemplateMapping;

export interface Expression {
  readonly kind: 'expression';
  /** Without `${{ }}`; text around expressions has become a `format()`. */
  readonly expression: string;
}

export interface TemplateList {
  readonly kind: 'list';
  readonly items: readonly Template[];
}

export interface TemplateMapping {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, Template>;
  /** Where it starts in its file. */
  readonly line: number;
  readonly column: number;
}

export const isExpression = (template: Template | undefined): template is Expression =>
  kindOf(template) === 'expression';
export const isTemplateList = (template: Template | undefined): template is TemplateList => kindOf(template) === 'list';
export const isTemplateMapping = (template: Template | undefined): template is TemplateMapping =>
  kindOf(template) === 'mapping';

function kindOf(template: Template | undefined): string | undefined {
  return typeof template === 'object' && template !== null ? template.kind : undefined;
}

/** Reads the parser's tokens. Conditions get the `success() &&` that GitHub adds to those without a status function. */
export function templateOf(token: TemplateToken): Template {
  if (isBasicExpression(token)) return { kind: 'expression', expression: token.expression };
  if (isString(token)) return token.value;
  if (isNumber(token)) return token.value;
  if (isBoolean(token)) return token.value;
  if (isSequence(token)) return { kind: 'list', items: [...token].map(templateOf) };
  if (isMapping(token)) {
    const entries = new Map<string, Template>();
    for (const { key, value } of token) {
      if (!isString(key)) throw new NotModelled(`\${{ ${key.toString()} }} as a key`);
      entries.set(key.value, isCondition(key.value, value) ? conditionOf(value) : templateOf(value));
    }
    return { kind: 'mapping', entries, line: token.line ?? 1, column: token.col ?? 1 };
  }
  return null;
}

/** `if` of a job or a step, which the schema tells apart from an `if` among `with` or `env` by its status functions. */
function isCondition(key: string, value: TemplateToken): boolean {
  return key === 'if' && (value.definitionInfo?.allowedContext ?? []).some(name => name.startsWith('success('));
}

function conditionOf(token: TemplateToken): Expression {
  const condition = isBasicExpression(token) ? token.expression : isString(token) ? token.value.trim() : '';
  return {
    kind: 'expression',
    expression: condition === '' ? 'success()' : ensureStatusFunction(condition, token.definitionInfo),
  };
}
