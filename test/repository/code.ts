import { parseSync } from '@swc/core';
import { firstArgument, isNode, literalText, nodesOf } from './imports.ts';

type Node = Readonly<Record<string, unknown>>;

/** The properties of an exported interface, of `Inputs` unless said. */
export function inputProperties(source: string, name = 'Inputs'): readonly string[] {
  const declaration = nodes(source).find(node => node.type === 'TsInterfaceDeclaration' && nameOf(node.id) === name);
  return nodesIn(isNode(declaration?.body) ? declaration.body.body : undefined)
    .map(member => nameOf(member.key))
    .filter(name => name !== undefined);
}

/** The properties of an object called `inputs` that a source takes: `inputs.flow`, or `const { flow } = inputs`. */
export function inputsUsed(source: string): ReadonlySet<string> {
  return new Set(
    nodes(source)
      .flatMap(namesTaken)
      .filter(name => name !== undefined),
  );
}

/** Names that are given to `setOutput`; undefined for one that has to be computed. */
export function outputsSet(source: string): readonly (string | undefined)[] {
  return nodes(source)
    .filter(node => node.type === 'CallExpression' && calls(node.callee, 'setOutput'))
    .map(node => literalText(firstArgument(node)));
}

/** The text of the property `key` wherever `runAction({ … })` is called. */
export function runActionText(source: string, key: string): string | undefined {
  const call = nodes(source).find(node => node.type === 'CallExpression' && calls(node.callee, 'runAction'));
  const options = call === undefined ? undefined : firstArgument(call);
  const property = nodesIn(isNode(options) ? options.properties : undefined).find(entry => nameOf(entry.key) === key);
  return literalText(property?.value);
}

function namesTaken(node: Node): readonly (string | undefined)[] {
  switch (node.type) {
    case 'MemberExpression':
      return nameOf(node.object) === 'inputs' ? [nameOf(node.property)] : [];
    case 'VariableDeclarator':
      return nameOf(node.init) === 'inputs' ? patternNames(node.id) : [];
    case 'Parameter':
      return isTypedInputs(node.pat) ? patternNames(node.pat) : [];
    default:
      return [];
  }
}

function patternNames(pattern: unknown): readonly (string | undefined)[] {
  if (!isNode(pattern) || pattern.type !== 'ObjectPattern') return [];
  return nodesIn(pattern.properties).map(property => nameOf(property.key));
}

/** `({ flow }: Inputs) => …` */
function isTypedInputs(pattern: unknown): boolean {
  const annotation =
    isNode(pattern) && isNode(pattern.typeAnnotation) ? pattern.typeAnnotation.typeAnnotation : undefined;
  return isNode(annotation) && nameOf(annotation.typeName) === 'Inputs';
}

function calls(callee: unknown, name: string): boolean {
  return nameOf(callee) === name || (isNode(callee) && nameOf(callee.property) === name);
}

function nodes(source: string): readonly Node[] {
  return [...nodesOf(parseSync(source, { syntax: 'typescript', target: 'es2024' }))];
}

function nodesIn(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function nameOf(value: unknown): string | undefined {
  return isNode(value) && value.type === 'Identifier' && typeof value.value === 'string' ? value.value : undefined;
}
