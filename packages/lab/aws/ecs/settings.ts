/** Habits of this world that a scenario may change at any time. All times are ms of lab time. */
export interface EcsSettings {
  /** From the creation of a service deployment to IN_PROGRESS. */
  deploymentStart: number;
  /** How long STOP_REQUESTED and ROLLBACK_REQUESTED last. */
  deploymentStop: number;
  /** ROLLBACK_IN_PROGRESS lasts at least this long, even when every task of the old revision still runs. */
  rollback: number;
  /** From PROVISIONING to PENDING, when the image starts slower than that. */
  provisioning: number;
  /** From the beginning of PENDING to a failed pull or resource initialisation. */
  startFailure: number;
  /** From the signal to the exit of the containers. */
  stopping: number;
  /** How long DEPROVISIONING lasts. */
  deprovisioning: number;
  /** From the end of a task that had run to its replacement. */
  replacement: number;
  /** From the n-th task in a row that never ran to its replacement; the last value holds for all later ones. */
  restartThrottle: readonly number[];
  /** Bake time of a rolling deployment with alarms that names none itself. */
  alarmBake: number;
  /** How long a stage of a blue/green, linear or canary deployment lasts when nothing has to be waited for. */
  stage: number;
  /** After early success: until the tasks of the source revisions that were kept are stopped. */
  deferredCleanup: number;
  /** From the callback of a Lambda hook to its answer, and between the calls when it answers IN_PROGRESS. */
  lambdaHook: number;
  lambdaHookRetry: number;
  /** ListServiceDeployments does not show a deployment before it is this old. */
  listLag: number;
  /** DescribeServices names `currentServiceDeployment`: always, never, or once it is this many ms old. */
  currentServiceDeployment: 'always' | 'never' | number;
  /** Whether the circuit breaker also watches blue/green, linear and canary deployments (see README: sources disagree). */
  breakerStrategies: 'rolling' | 'all';
}

export function defaultSettings(): EcsSettings {
  return {
    deploymentStart: 1_000,
    deploymentStop: 2_000,
    rollback: 10_000,
    provisioning: 5_000,
    startFailure: 3_000,
    stopping: 2_000,
    deprovisioning: 5_000,
    replacement: 5_000,
    restartThrottle: [10_000, 30_000, 60_000, 120_000, 240_000, 480_000, 900_000],
    alarmBake: 240_000,
    stage: 2_000,
    deferredCleanup: 60_000,
    lambdaHook: 1_000,
    lambdaHookRetry: 30_000,
    listLag: 0,
    currentServiceDeployment: 'always',
    breakerStrategies: 'rolling',
  };
}
