import type { Module } from './modules.ts';

/** Every group of files that import each other in a circle, types included, as `a → b → a`. */
export function cyclesOf(modules: readonly Module[]): readonly string[] {
  const edges = new Map(modules.map(module => [module.path, targetsOf(module)]));
  const done = new Set<string>();
  const cycles: string[] = [];

  function visit(path: string, trail: readonly string[]): void {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  }

  for (const path of edges.keys()) visit(path, []);
  return cycles;
}

function targetsOf({ imports }: Module): readonly string[] {
  const paths = imports.map(({ to }) => (to.kind === 'file' ? to.path : undefined));
  return [...new Set(paths)].filter(path => path !== undefined);
}
