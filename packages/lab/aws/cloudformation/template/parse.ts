import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { invalid } from '../errors.ts';

/** A template as data: intrinsic functions in their long form. */
export interface Template {
  readonly description: string | undefined;
  readonly parameters: Readonly<Record<string, ParameterDeclaration>>;
  readonly mappings: Json;
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, ResourceDeclaration>>;
  readonly outputs: Readonly<Record<string, OutputDeclaration>>;
  readonly transforms: readonly string[];
  /** Of SAM: what its resources have in common. */
  readonly globals: Json;
}

export type Json = Readonly<Record<string, unknown>>;

export interface ParameterDeclaration {
  readonly Type: string;
  readonly Default?: unknown;
  readonly Description?: string;
  readonly NoEcho?: boolean | string;
  readonly AllowedValues?: readonly unknown[];
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
}

export interface ResourceDeclaration {
  readonly Type: string;
  readonly Properties?: Json;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: Json;
}

export interface OutputDeclaration {
  readonly Value: unknown;
  readonly Description?: string;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
const sections = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Resources',
  'Outputs',
  'Globals',
];

/** Reads JSON or YAML with its short forms. Throws `ValidationError` in CloudFormation’s words. */
export function parseTemplate(body: string): Template {
  const value = readBody(body);
  if (!isRecord(value)) throw invalid('Template format error: unsupported structure.');
  const unknown = Object.keys(value).filter(key => !sections.includes(key));
  if (unknown.length > 0) throw invalid(`Invalid template property or properties [${unknown.join(', ')}]`);
  const resources = recordOf(value.Resources);
  if (Object.keys(resources).length === 0) {
    throw invalid('Template format error: At least one Resources member must be defined.');
  }
  for (const [name, resource] of Object.entries(resources)) {
    if (!/^[A-Za-z0-9]+$/.test(name)) {
      throw invalid(`Template format error: Resource name ${name} is non alphanumeric.`);
    }
    if (!isRecord(resource) || typeof resource.Type !== 'string') {
      throw invalid(`Template format error: [/Resources/${name}] Every Resources object must contain a Type member.`);
    }
  }
  for (const [name, output] of Object.entries(recordOf(value.Outputs))) {
    if (!isRecord(output) || output.Value === undefined) {
      throw invalid(`Template format error: Output ${name} is malformed. The Value field is required.`);
    }
  }
  for (const [name, parameter] of Object.entries(recordOf(value.Parameters))) {
    if (!isRecord(parameter) || typeof parameter.Type !== 'string') {
      throw invalid(`Template format error: Every Parameters object must contain a Type member. (${name})`);
    }
  }
  return {
    description: typeof value.Description === 'string' ? value.Description : undefined,
    // Checked just above, as far as the lab reads them.
    parameters: recordOf(value.Parameters) as Record<string, ParameterDeclaration>,
    resources: resources as Record<string, ResourceDeclaration>,
    outputs: recordOf(value.Outputs) as Record<string, OutputDeclaration>,
    mappings: recordOf(value.Mappings),
    conditions: recordOf(value.Conditions),
    transforms: [value.Transform ?? []].flat().map(String),
    globals: recordOf(value.Globals),
  };
}

/** A body as data, whatever is in it. */
export function readBody(body: string): unknown {
  if (body.trimStart().startsWith('{')) {
    try {
      return JSON.parse(body);
    } catch (error) {
      throw invalid(
        `Template format error: JSON not well-formed. ${error instanceof Error ? error.message : ''}`.trim(),
      );
    }
  }
  const lines = new LineCounter();
  const document = parseDocument(body, { logLevel: 'error', lineCounter: lines, schema: 'core' });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw invalid(`Template format error: YAML not well-formed. (line ${line}, column ${col})`);
  }
  return document.contents === null ? null : readNode(document.contents);
}

/**
 * `!Ref x` is `{Ref: x}`, `!GetAtt a.b` `{Fn::GetAtt: [a, b]}`, `!Condition c` `{Condition: c}`, any other `{Fn::Name: …}`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
function readNode(node: Node): unknown {
  if (isAlias(node)) throw invalid('Template error: YAML aliases are not allowed in CloudFormation templates');
  const plain = plainValue(node);
  const { tag } = node;
  if (tag === undefined || !tag.startsWith('!') || tag.startsWith('!!')) return plain;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: plain };
  if (name === 'GetAtt' && typeof plain === 'string') return { 'Fn::GetAtt': splitOnce(plain) };
  return { [`Fn::${name}`]: plain };
}

function plainValue(node: Node): unknown {
  if (isMap(node)) {
    return Object.fromEntries(
      node.items.map(({ key, value }) => [
        String(isScalar(key) ? key.value : key),
        value === null ? null : readNode(value as Node),
      ]),
    );
  }
  if (isSeq(node)) return node.items.map(item => readNode(item as Node));
  return isScalar(node) ? node.value : null;
}

export function splitOnce(text: string): readonly [string, string] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function recordOf(value: unknown): Json {
  return isRecord(value) ? value : {};
}
