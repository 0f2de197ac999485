import type { AwsSession } from '#aws/session';
import type { Artifacts } from '#core/release';
import type { TargetRuntime } from '#core/target';

/** What every driver is made with, besides its component. */
export interface DriverSetting extends TargetRuntime {
  readonly session: AwsSession;
  readonly artifacts: Artifacts;
}
