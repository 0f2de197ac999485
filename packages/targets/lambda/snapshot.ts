import type { Routing } from '#aws/lambda';
import type { Snapshot } from '#core/receipt';

/** Where an alias sent its requests. “Previous” is never N−1: versions that failed have numbers too. */
export interface LambdaSnapshot {
  readonly function: string;
  readonly alias: string;
  readonly version: string;
  readonly weights: Readonly<Record<string, number>>;
  /** Provisioned concurrency of the alias; null: none. */
  readonly provisioned: number | null;
}

const schema = 1;

export function lambdaSnapshot(state: LambdaSnapshot): Snapshot {
  return { target: 'lambda', schema, state: { ...state } };
}

/** Reads a snapshot of the journal; undefined where it is of another target, or newer than this version understands. */
export function readLambdaSnapshot({ target, schema: written, state }: Snapshot): LambdaSnapshot | undefined {
  if (target !== 'lambda' || written !== schema) return undefined;
  const { function: name, alias, version, weights, provisioned } = state;
  if (typeof name !== 'string' || typeof alias !== 'string' || typeof version !== 'string') return undefined;
  if (!isWeights(weights) || !(provisioned === null || typeof provisioned === 'number')) return undefined;
  return { function: name, alias, version, weights, provisioned };
}

function isWeights(value: unknown): value is Readonly<Record<string, number>> {
  return typeof value === 'object' && value !== null && Object.values(value).every(each => typeof each === 'number');
}

export function sameRouting(one: Routing, other: Routing): boolean {
  const carrying = ({ weights }: Routing) => Object.entries(weights).filter(([, weight]) => weight > 0);
  const [mine, theirs] = [carrying(one), new Map(carrying(other))];
  return (
    one.version === other.version &&
    mine.length === theirs.size &&
    mine.every(([version, weight]) => Math.abs((theirs.get(version) ?? 2) - weight) < 1e-6)
  );
}

/** `7`, or `7, with 10% to 8`. */
export function routingText({ version, weights }: Routing): string {
  const others = Object.entries(weights).map(([number, weight]) => `${Math.round(weight * 100)}% to ${number}`);
  return others.length === 0 ? `version ${version}` : `version ${version}, with ${others.join(', ')}`;
}
