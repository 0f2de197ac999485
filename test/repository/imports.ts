import { parseSync } from '@swc/core';

/** One reference of a source file to another module, in whichever form it is written. */
export interface Import {
  readonly kind: 'value' | 'type';
  /** As it is written; undefined where it is computed when the program runs. */
  readonly specifier: string | undefined;
}

type Node = Readonly<Record<string, unknown>>;

/** Every import of a TypeScript source: static and dynamic ones, re-exports, and types in `import('…')` form. */
export function importsOf(source: string): readonly Import[] {
  return [...nodesOf(parseSync(source, { syntax: 'typescript', target: 'es2024' }))].flatMap(importOf);
}

/** Every node of a syntax tree, parents before children. */
export function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const entry of value) yield* nodesOf(entry);
  } else if (isNode(value)) {
    if (typeof value.type === 'string') yield value;
    for (const child of Object.values(value)) yield* nodesOf(child);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a string literal; undefined for anything that has to be computed. */
export function literalText(value: unknown): string | undefined {
  return isNode(value) && value.type === 'StringLiteral' && typeof value.value === 'string' ? value.value : undefined;
}

function importOf(node: Node): readonly Import[] {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      if (!isNode(node.source)) return [];
      return [{ kind: bringsTypesOnly(node) ? 'type' : 'value', specifier: literalText(node.source) }];
    case 'TsImportType':
      return [{ kind: 'type', specifier: literalText(node.argument) }];
    case 'CallExpression':
      return isImportCall(node) ? [{ kind: 'value', specifier: literalText(firstArgument(node)) }] : [];
    default:
      return [];
  }
}

/** `import type { A }` and `import { type A, type B }`: neither survives in a running program. */
function bringsTypesOnly(node: Node): boolean {
  if (node.typeOnly === true) return true;
  const names = Array.isArray(node.specifiers) ? node.specifiers : [];
  return names.length > 0 && names.every(name => isNode(name) && name.isTypeOnly === true);
}

function isImportCall({ callee }: Node): boolean {
  return isNode(callee) && (callee.type === 'Import' || (callee.type === 'Identifier' && callee.value === 'require'));
}

export function firstArgument(call: Node): unknown {
  const [first] = Array.isArray(call.arguments) ? call.arguments : [];
  return isNode(first) ? first.expression : undefined;
}
