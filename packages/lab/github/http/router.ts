/** Paths to routes. Refs, branches and paths of files may hold slashes, plain or encoded. */

export interface RouteMatch<Route> {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

const slashes = new Set(['ref', 'path', 'branch', 'basehead', 'tag']);

interface Entry<Route> {
  readonly route: Route;
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly weight: number;
}

/** `find` answers the most literal of the routes that fit. */
export function createRouter<Route>(routes: Iterable<readonly [name: string, route: Route]>): {
  find(method: string, path: string): RouteMatch<Route> | undefined;
} {
  const entries = [...routes].map(([name, route]) => entry(name, route)).sort((a, b) => b.weight - a.weight);
  return {
    find(method, path) {
      for (const { route, method: own, pattern, names } of entries) {
        const found = own === method ? pattern.exec(path) : null;
        if (!found) continue;
        const values = names.map((key, index) => [key, decodeURIComponent(found[index + 1] ?? '')] as const);
        return { route, parameters: Object.fromEntries(values) };
      }
      return undefined;
    },
  };
}

function entry<Route>(name: string, route: Route): Entry<Route> {
  const [method = '', template = ''] = name.split(' ');
  const names: string[] = [];
  const expression = template.split(/(\{[^}]+\})/).map(part => {
    if (!part.startsWith('{')) return part.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
    const key = part.slice(1, -1);
    names.push(key);
    return slashes.has(key) ? '(.+)' : '([^/]+)';
  });
  const literal = template.replaceAll(/\{[^}]+\}/g, '').length;
  const greedy = names.filter(key => slashes.has(key)).length;
  return { route, method, names, pattern: new RegExp(`^${expression.join('')}$`), weight: literal - greedy * 0.5 };
}
