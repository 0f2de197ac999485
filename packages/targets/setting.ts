import type { AwsSession } from '#aws/session';
import type { Clock, Random } from '#core/clock';
import type { Artifacts } from '#core/release';
import type { Progress } from '#core/target';

/** What every driver is made with, besides its component. */
export interface DriverSetting {
  readonly session: AwsSession;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: (progress: Progress) => void;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  /** Run id and attempt: the same work of the same run is the same work. */
  readonly runToken: string;
  readonly artifacts: Artifacts;
  /** Reads a file of the release’s commit. Throws a `FindingError` when it is not there. */
  readonly readFile: (path: string) => string;
}
