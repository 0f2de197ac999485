import { invalid } from '../errors.ts';
import { isRecord, splitOnce, type Template } from './parse.ts';

/** What a value refers to. */
export interface Reference {
  readonly kind: 'ref' | 'attribute';
  readonly name: string;
  readonly attribute?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
export const pseudoParameters = [
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::NoValue',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
];

/** Every `Ref`, `Fn::GetAtt` and `${…}` of a `Fn::Sub` in a value. */
export function referencesIn(value: unknown): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isRecord(value)) return [];
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Sub': sub } = value;
  if (typeof ref === 'string') return [{ kind: 'ref', name: ref }];
  if (attribute !== undefined) {
    const [name, of] = typeof attribute === 'string' ? splitOnce(attribute) : (attribute as readonly string[]);
    return [{ kind: 'attribute', name: String(name), attribute: String(of) }];
  }
  if (sub !== undefined) {
    const [text, variables] = Array.isArray(sub) ? [String(sub[0]), sub[1]] : [String(sub), {}];
    const own = isRecord(variables) ? Object.keys(variables) : [];
    const named = [...text.matchAll(/\$\{([^!}]+)\}/g)].map(([, name = '']) => name.trim());
    return [
      ...referencesIn(variables),
      ...named
        .filter(name => !own.includes(name))
        .map((name): Reference => {
          const [of, part] = splitOnce(name);
          return part === '' ? { kind: 'ref', name } : { kind: 'attribute', name: of, attribute: part };
        }),
    ];
  }
  return Object.values(value).flatMap(referencesIn);
}

/** Resources by name, with the names that each needs. Throws for references to nothing and for circles. */
export function dependenciesOf(template: Template): ReadonlyMap<string, readonly string[]> {
  const names = Object.keys(template.resources);
  const known = new Set([...names, ...Object.keys(template.parameters), ...pseudoParameters]);
  const unresolved: string[] = [];
  const graph = new Map<string, readonly string[]>();
  for (const [name, { Properties = {}, DependsOn = [] }] of Object.entries(template.resources)) {
    const references = referencesIn(Properties);
    unresolved.push(...references.filter(each => each.kind === 'ref' && !known.has(each.name)).map(each => each.name));
    const missing = references.find(each => each.kind === 'attribute' && !names.includes(each.name));
    if (missing !== undefined) {
      throw invalid(`Template error: instance of Fn::GetAtt references undefined resource ${missing.name}`);
    }
    unresolved.push(...[DependsOn].flat().filter(each => !names.includes(each)));
    const needed = [...references.map(each => each.name), ...[DependsOn].flat()].filter(each => names.includes(each));
    graph.set(name, [...new Set(needed)]);
  }
  if (unresolved.length > 0) {
    throw invalid(
      `Template format error: Unresolved resource dependencies [${[...new Set(unresolved)].join(', ')}] in the Resources block of the template`,
    );
  }
  for (const { name } of Object.values(template.outputs).flatMap(output => referencesIn(output.Value))) {
    if (!known.has(name)) {
      throw invalid(
        `Template format error: Unresolved resource dependencies [${name}] in the Outputs block of the template`,
      );
    }
  }
  const circle = circleIn(graph);
  if (circle.length > 0) throw invalid(`Circular dependency between resources: [${circle.join(', ')}]`);
  return graph;
}

function circleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const left = new Map(graph);
  for (;;) {
    const free = [...left].filter(([, needs]) => needs.every(each => !left.has(each)));
    if (free.length === 0) return [...left.keys()];
    for (const [name] of free) left.delete(name);
    if (left.size === 0) return [];
  }
}
