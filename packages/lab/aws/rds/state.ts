import type { Database, Snapshot } from './world.ts';

/** By name; an instance and a cluster may not share one here. */
export interface State {
  readonly databases: Map<string, Database>;
  readonly snapshots: Map<string, Snapshot>;
}
