import type { CloudFormation } from '#aws/cloudformation';
import type { TemplateBucket } from '#aws/template-bucket';
import type { Clock, Random } from '#core/clock';
import type { Progress } from '#core/target';

/** What the parts of the driver share during one action. */
export interface StackContext {
  readonly cloudformation: CloudFormation;
  /** Loaded only where a bucket is named. */
  readonly bucket: (name: string) => Promise<TemplateBucket>;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: (progress: Progress) => void;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly runToken: string;
  /** For people: a stack that is not there may be in another one. */
  readonly region: string;
}

/** Waits for the next look, in ms, ±10 %; false when the run was cancelled meanwhile. */
export async function pause({ clock, random, signal }: StackContext, interval: number): Promise<boolean> {
  await clock.sleep(interval * (0.9 + 0.2 * random()), signal).catch(() => undefined);
  return !signal.aborted;
}
