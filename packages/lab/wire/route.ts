import type { OperationModel } from './model.ts';
import type { Incoming } from './protocol.ts';
import { isTuple } from './schema.ts';

/** The `http` trait of an operation (https://smithy.io/2.0/spec/http-bindings.html#http-trait). */
interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

function routeOf(operation: OperationModel): Route | undefined {
  const http = operation.traits.http;
  if (!isTuple(http)) return undefined;
  const [path, query] = String(http[1]).split('?');
  return { method: String(http[0]), segments: segmentsOf(path ?? '/'), query: new URLSearchParams(query) };
}

/** Undefined where the protocol has no methods. */
export function methodOf(operation: OperationModel | undefined): string | undefined {
  return operation === undefined ? undefined : routeOf(operation)?.method;
}

export function successStatus(operation: OperationModel): number {
  const http = operation.traits.http;
  return isTuple(http) && typeof http[2] === 'number' ? http[2] : 200;
}

/** Names of the query parameters that the route itself holds. */
export function routeQuery(operation: OperationModel): ReadonlySet<string> {
  return new Set(routeOf(operation)?.query.keys());
}

/** The labels of the path when the request is for this operation. */
export function matchRoute(operation: OperationModel, request: Incoming): ReadonlyMap<string, string> | undefined {
  const route = routeOf(operation);
  if (route === undefined || route.method !== request.method) return undefined;
  for (const [name, value] of route.query) if (request.query.get(name) !== value) return undefined;
  return matchSegments(route.segments, segmentsOf(request.path));
}

function matchSegments(wanted: readonly string[], given: readonly string[]): ReadonlyMap<string, string> | undefined {
  const labels = new Map<string, string>();
  for (const [index, segment] of wanted.entries()) {
    const label = /^\{([^}+]+)(\+?)\}$/.exec(segment);
    const here = given[index];
    if (here === undefined || here === '') return undefined;
    if (label === null) {
      if (segment !== here) return undefined;
    } else if (label[2] === '+') {
      const after = wanted.length - index - 1;
      const taken = given.slice(index, given.length - after);
      labels.set(label[1] ?? '', taken.map(decodeURIComponent).join('/'));
      const rest = matchSegments(wanted.slice(index + 1), given.slice(given.length - after));
      return rest === undefined || taken.length === 0 ? undefined : new Map([...labels, ...rest]);
    } else {
      labels.set(label[1] ?? '', decodeURIComponent(here));
    }
  }
  return wanted.length === given.length ? labels : undefined;
}

/** The operation whose route fits best: the one with the most that is fixed. */
export function findRoute(operations: Iterable<OperationModel>, request: Incoming): string | undefined {
  const fitting = [...operations].filter(operation => matchRoute(operation, request) !== undefined);
  return fitting.toSorted((a, b) => fixedParts(b) - fixedParts(a))[0]?.name;
}

function fixedParts(operation: OperationModel): number {
  const route = routeOf(operation);
  if (route === undefined) return 0;
  return route.segments.filter(segment => !segment.startsWith('{')).length + [...route.query.keys()].length;
}

function segmentsOf(path: string): string[] {
  const segments = path.split('/').slice(1);
  // A trailing slash makes no segment of its own.
  return segments.at(-1) === '' ? segments.slice(0, -1) : segments;
}
