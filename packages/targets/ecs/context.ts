import type { Ecs, Service, ServiceDeployment } from '#aws/ecs';
import type { Logs } from '#aws/logs';
import type { Rhythm } from '#aws/rhythm';
import type { Clock } from '#core/clock';
import type { Progress } from '#core/target';

/** What the parts of the driver share during one action. */
export interface EcsContext {
  readonly ecs: Ecs;
  /** Loaded only when something failed. */
  readonly logs: () => Promise<Logs>;
  readonly clock: Clock;
  readonly deployments: Rhythm<ServiceDeployment>;
  /** Slower than `deployments`: it only counts failed tasks that no circuit breaker counts. Keyed by service ARN. */
  readonly services: Rhythm<Service>;
  readonly report: (progress: Progress) => void;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  /** Makes repeated one-off tasks of one run the same task: run id and attempt. */
  readonly runToken: string;
}
