import type { Snapshot } from '#core/receipt';

/** What one service ran: enough to bring it back even when the definition is inactive or its tag has moved. */
export interface ServiceSnapshot {
  readonly service: string;
  readonly taskDefinition: string;
  /** Image by container, pinned to the digest that really ran where ECS knows it. */
  readonly images: Readonly<Record<string, string>>;
  readonly desiredCount: number;
}

export interface EcsState {
  readonly cluster: string;
  readonly services: readonly ServiceSnapshot[];
}

const schema = 1;

export function ecsSnapshot(state: EcsState): Snapshot {
  return { target: 'ecs', schema, state: { ...state } };
}

/** Reads a snapshot of the journal; undefined where it is of another target, or newer than this version understands. */
export function readEcsSnapshot(snapshot: Snapshot): EcsState | undefined {
  const { cluster, services } = snapshot.state;
  if (snapshot.target !== 'ecs' || snapshot.schema !== schema) return undefined;
  if (typeof cluster !== 'string' || !Array.isArray(services) || !services.every(isServiceSnapshot)) return undefined;
  return { cluster, services };
}

function isServiceSnapshot(value: unknown): value is ServiceSnapshot {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Partial<Record<keyof ServiceSnapshot, unknown>>;
  return (
    typeof entry.service === 'string' &&
    typeof entry.taskDefinition === 'string' &&
    typeof entry.desiredCount === 'number' &&
    typeof entry.images === 'object' &&
    entry.images !== null
  );
}
