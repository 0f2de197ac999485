import type { Scalar } from 'yaml';
import type { Path } from './problem.ts';

/** Where the values of a file stand: offsets from its beginning, by path. */
export type Places = Map<string, Place>;

export interface Place {
  readonly key: number;
  readonly value: number;
  readonly scalar?: Scalar;
}

export function keyOf(path: Path): string {
  return JSON.stringify(path);
}

/** The offset of what a mistake is about; a path that does not exist is at its nearest ancestor. */
export function placeOf(places: Places, path: Path, at: 'key' | 'value', offset: number): number {
  const place = places.get(keyOf(path));
  if (place === undefined) return path.length === 0 ? 0 : placeOf(places, path.slice(0, -1), 'key', 0);
  if (at === 'key') return place.key;
  return place.value + offsetInFile(place.scalar, offset);
}

/** Folded, multi-line or escaped text has no simple relation to the file: then its beginning must do. */
function offsetInFile(scalar: Scalar | undefined, offset: number): number {
  if (scalar === undefined || offset === 0 || typeof scalar.value !== 'string' || !scalar.range) return 0;
  const length = scalar.range[1] - scalar.range[0];
  if (scalar.type === 'PLAIN' && length === scalar.value.length) return offset;
  const quoted = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
  return quoted && length === scalar.value.length + 2 ? offset + 1 : 0;
}
