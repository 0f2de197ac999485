import { NotModelled } from '../../../wire/not-modelled.ts';
import { invalid } from '../errors.ts';
import { isRecord, type Json, splitOnce } from './parse.ts';

/** Where values come from while a template is evaluated. */
export interface Scope {
  /** The value of a parameter, a pseudo parameter, or the `Ref` of a resource; undefined where there is none. */
  ref(name: string): unknown;
  attribute(resource: string, name: string): unknown;
  condition(name: string): boolean;
  /** Undefined where nothing of that name is exported. */
  imported(name: string): string | undefined;
  readonly mappings: Json;
}

/** `AWS::NoValue` takes the property away. */
export const noValue = Symbol('AWS::NoValue');

/** Resolves the intrinsic functions that the lab knows; any other is not modelled. */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map(each => evaluate(each, scope)).filter(each => each !== noValue);
  if (!isRecord(value)) return value;
  const [only, ...others] = Object.entries(value);
  if (only !== undefined && others.length === 0 && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
    return call(only[0], only[1], scope);
  }
  const entries = Object.entries(value).map(([key, each]) => [key, evaluate(each, scope)] as const);
  return Object.fromEntries(entries.filter(([, each]) => each !== noValue));
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  switch (name) {
    case 'Ref':
      return argument === 'AWS::NoValue' ? noValue : scope.ref(String(argument));
    case 'Fn::GetAtt': {
      const [resource, ...path] = typeof argument === 'string' ? splitOnce(argument) : listOf(argument, name);
      return scope.attribute(String(resource), path.join('.'));
    }
    case 'Fn::Sub':
      return substitute(argument, scope);
    case 'Fn::Join': {
      const [delimiter, parts] = listOf(argument, name);
      return listOf(evaluate(parts, scope), name).map(String).join(String(delimiter));
    }
    case 'Fn::Split': {
      const [delimiter, text] = listOf(argument, name);
      return String(evaluate(text, scope)).split(String(delimiter));
    }
    case 'Fn::Select': {
      const [index, list] = listOf(argument, name);
      const found = listOf(evaluate(list, scope), name)[Number(evaluate(index, scope))];
      if (found === undefined) throw invalid('Template error: Fn::Select cannot select nonexistent value at index');
      return found;
    }
    case 'Fn::If': {
      const [condition, yes, no] = listOf(argument, name);
      return evaluate(scope.condition(String(condition)) ? yes : no, scope);
    }
    case 'Fn::FindInMap':
      return findInMap(listOf(evaluate(argument, scope), name), scope);
    case 'Fn::Base64':
      return Buffer.from(String(evaluate(argument, scope))).toString('base64');
    case 'Fn::ImportValue': {
      const exported = String(evaluate(argument, scope));
      const found = scope.imported(exported);
      if (found === undefined) throw invalid(`No export named ${exported} found.`);
      return found;
    }
    case 'Fn::GetAZs': {
      const region = String(evaluate(argument, scope) || scope.ref('AWS::Region'));
      return ['a', 'b', 'c'].map(zone => `${region}${zone}`);
    }
    default:
      throw new NotModelled(`with the function ${name}`);
  }
}

function substitute(argument: unknown, scope: Scope): string {
  const [text, variables] = Array.isArray(argument) ? [String(argument[0]), argument[1]] : [String(argument), {}];
  const own = evaluate(isRecord(variables) ? variables : {}, scope);
  return text.replaceAll(/\$\{([^}]+)\}/g, (written, inner: string) => {
    const name = inner.trim();
    if (name.startsWith('!')) return written.replace('!', '');
    if (isRecord(own) && Object.hasOwn(own, name)) return String(own[name]);
    const [resource, attribute] = splitOnce(name);
    return String(attribute === '' ? scope.ref(name) : scope.attribute(resource, attribute));
  });
}

function findInMap([map, first, second]: readonly unknown[], { mappings }: Scope): unknown {
  const top = mappings[String(map)];
  const row = isRecord(top) ? top[String(first)] : undefined;
  const found = isRecord(row) ? row[String(second)] : undefined;
  if (found !== undefined) return found;
  throw invalid(`Template error: Unable to get mapping for ${map}::${first}::${second}`);
}

/** Whether a condition of the template holds. */
export function holds(condition: unknown, scope: Scope): boolean {
  if (!isRecord(condition)) throw invalid('Template format error: Every Conditions member must be a function.');
  const [name = '', argument] = Object.entries(condition)[0] ?? [];
  switch (name) {
    case 'Condition':
      return scope.condition(String(argument));
    case 'Fn::Equals': {
      const [one, other] = listOf(evaluate(argument, scope), name);
      return String(one) === String(other);
    }
    case 'Fn::Not':
      return !listOf(argument, name).every(each => holds(each, scope));
    case 'Fn::And':
      return listOf(argument, name).every(each => holds(each, scope));
    case 'Fn::Or':
      return listOf(argument, name).some(each => holds(each, scope));
    default:
      throw new NotModelled(`with ${name} in a condition`);
  }
}

function listOf(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid(`Template error: every ${name} object requires a list of parameters.`);
}
