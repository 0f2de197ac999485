import { isObject, type Value } from '../language/expressions.ts';

export type MatrixLeg = Readonly<Record<string, Value>>;

export interface Strategy {
  readonly legs: readonly MatrixLeg[];
  readonly failFast: boolean;
  readonly maxParallel: number;
}

const MAX_LEGS = 256;

/** Expands an evaluated `strategy`. Throws GitHub's words for one that cannot run. */
export function expandStrategy(strategy: Value | undefined): Strategy | undefined {
  if (!isObject(strategy) || strategy.matrix === undefined) return undefined;
  const { matrix } = strategy;
  if (!isObject(matrix)) throw new Error('The matrix must be a mapping');
  const legs = expandMatrix(matrix);
  if (legs.length === 0) throw new Error('Matrix vector does not contain any values');
  if (legs.length > MAX_LEGS)
    throw new Error(`The matrix generates ${legs.length} jobs; at most ${MAX_LEGS} are allowed`);
  return {
    legs,
    failFast: strategy['fail-fast'] !== false,
    maxParallel: typeof strategy['max-parallel'] === 'number' ? strategy['max-parallel'] : legs.length,
  };
}

/** The combinations of the vectors without those of `exclude`, then `include`. */
export function expandMatrix(matrix: Readonly<Record<string, Value>>): readonly MatrixLeg[] {
  const vectors = Object.entries(matrix).filter(([key]) => key !== 'include' && key !== 'exclude');
  let combinations: MatrixLeg[] = vectors.length > 0 ? [{}] : [];
  for (const [key, values] of vectors) {
    if (!Array.isArray(values) || values.length === 0)
      throw new Error(`Matrix vector '${key}' does not contain any values`);
    combinations = combinations.flatMap(leg => values.map((value: Value) => ({ ...leg, [key]: value })));
  }
  const kept = combinations.filter(leg => !mappings(matrix.exclude).some(excluded => agrees(leg, excluded)));
  return include(
    kept,
    mappings(matrix.include),
    vectors.map(([key]) => key),
  );
}

/**
 * Each entry is added to every combination whose original values it does not overwrite (values added by earlier entries may
 * be overwritten); one that fits none makes a leg of its own, which later entries do not touch.
 */
function include(
  legs: readonly MatrixLeg[],
  entries: readonly MatrixLeg[],
  keys: readonly string[],
): readonly MatrixLeg[] {
  const extended = legs.map(leg => ({ ...leg }));
  const added: MatrixLeg[] = [];
  for (const entry of entries) {
    const fitting = extended.filter((_, at) => keys.every(key => !(key in entry) || same(legs[at]?.[key], entry[key])));
    if (fitting.length === 0) added.push(entry);
    for (const leg of fitting) Object.assign(leg, entry);
  }
  return [...extended, ...added];
}

/** ` (a, b)` after the job's name; empty for a leg without values. */
export function legSuffix(leg: MatrixLeg | undefined): string {
  const values = leg ? Object.values(leg).flatMap(shown) : [];
  return values.length > 0 ? ` (${values.join(', ')})` : '';
}

function shown(value: Value): string[] {
  if (Array.isArray(value)) return value.flatMap(shown);
  if (isObject(value)) return Object.values(value).flatMap(shown);
  return value === null ? [] : [String(value)];
}

function mappings(value: Value | undefined): readonly MatrixLeg[] {
  return Array.isArray(value) ? value.filter((entry: Value) => isObject(entry)) : [];
}

function agrees(leg: MatrixLeg, excluded: MatrixLeg): boolean {
  return Object.entries(excluded).every(([key, value]) => same(leg[key], value));
}

function same(left: Value | undefined, right: Value | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
