import type { Where } from '#aws/open-session';
import type { AwsSession } from '#aws/session';
import type { Finding } from '#core/finding';
import type { Snapshot } from '#core/receipt';
import type { Artifacts } from '#core/release';
import type { Driver, TargetRuntime } from '#core/target';

/** What a target is opened with: once for all components of a region and role, so that they share calls and limits. */
export interface Opening {
  readonly runtime: TargetRuntime;
  readonly where: Where;
  /** Throws a `FindingError` without a region. */
  readonly session: () => AwsSession;
}

export interface OpenTarget<Component> {
  driver(component: Component, artifacts: Artifacts): Driver | Promise<Driver>;
  /**
   * A driver that only restores: the snapshot says what it is about, and neither an artifact nor a file of the release is asked for. The
   * component, where it is known, says what may be done on the way. `timeout` in ms.
   */
  restorer(timeout: number, component?: Component): Driver | Promise<Driver>;
  /**
   * What the way back to a snapshot would need, and is gone. Only reads, and so little that a role for reads can have it. Absent where a
   * target cannot tell before it goes back.
   */
  missing?(snapshot: Snapshot): Promise<readonly Finding[]>;
}
