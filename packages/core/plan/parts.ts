import type { Component } from '../flow/targets/registry.ts';

/** GitHub runs no more legs of a matrix, and no matrix without any. Source: docs.github.com, “Running variations of jobs”. */
export const mostParts = 256;

/** `2/3`: the second of three parts. */
export function partName(number: number, of: number): string {
  return `${number}/${of}`;
}

/** The names of the parts of a plan: never none, never more than a matrix has legs. */
export function partNames(parts: number | undefined): readonly string[] {
  const of = Math.min(Math.max(parts ?? 1, 1), mostParts);
  return Array.from({ length: of }, (_, index) => partName(index + 1, of));
}

/** How many parts there can be: components that need each other stay together, and no part is empty. */
export function possibleParts(waves: Waves, wanted: number): number {
  return Math.max(1, Math.min(wanted, mostParts, groupsOf(waves).length));
}

type Waves = readonly (readonly Component[])[];

/**
 * The waves of one part, counted from 1. Whoever needs another component is in its part, so that no job waits for another one; the
 * groups are dealt out so that the parts are of about the same size. The same plan gives the same parts in every job.
 */
export function wavesOfPart(waves: Waves, number: number, of: number): Waves {
  const parts = Array.from({ length: of }, () => ({ names: new Set<string>(), size: 0 }));
  for (const group of groupsOf(waves).toSorted((one, other) => other.length - one.length)) {
    const [smallest] = parts.toSorted((one, other) => one.size - other.size);
    for (const name of group) smallest?.names.add(name);
    if (smallest !== undefined) smallest.size += group.length;
  }
  const mine = parts[number - 1]?.names ?? new Set();
  return waves.map(wave => wave.filter(({ name }) => mine.has(name))).filter(wave => wave.length > 0);
}

/** Components that need each other, directly or through others, in the order of the file. */
function groupsOf(waves: Waves): readonly (readonly string[])[] {
  const components = waves.flat();
  const groupOf = new Map(components.map(({ name }) => [name, [name]]));
  for (const { name, needs } of components) {
    for (const needed of needs) {
      const [mine, theirs] = [groupOf.get(name), groupOf.get(needed)];
      if (mine === undefined || theirs === undefined || mine === theirs) continue;
      const together = [...theirs, ...mine];
      for (const member of together) groupOf.set(member, together);
    }
  }
  return [...new Set(groupOf.values())];
}
