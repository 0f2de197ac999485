/** Names and what each of them waits for. */
export type Graph = Readonly<Record<string, readonly string[]>>;

/** One cycle of the graph, as the names on the way round (`a`, `b`, `a`), or undefined. Unknown names are ignored. */
export function findCycle(graph: Graph): readonly string[] | undefined {
  const finished = new Set<string>();
  function visit(name: string, way: readonly string[]): readonly string[] | undefined {
    const start = way.indexOf(name);
    if (start !== -1) return [...way.slice(start), name];
    if (finished.has(name) || !Object.hasOwn(graph, name)) return undefined;
    for (const next of graph[name] ?? []) {
      const cycle = visit(next, [...way, name]);
      if (cycle !== undefined) return cycle;
    }
    finished.add(name);
    return undefined;
  }
  for (const name of Object.keys(graph)) {
    const cycle = visit(name, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

/** Waves: what waits for nothing, then what waits only for those, and so on; in each, the order of the file. */
export function inWaves(graph: Graph): readonly (readonly string[])[] {
  const waves: string[][] = [];
  let left = Object.keys(graph);
  while (left.length > 0) {
    const ready = left.filter(name => !(graph[name] ?? []).some(needed => left.includes(needed)));
    // A cycle was refused when the file was read; this only keeps a broken caller from looping for ever.
    const wave = ready.length > 0 ? ready : left;
    waves.push(wave);
    left = left.filter(name => !wave.includes(name));
  }
  return waves;
}
