import type { AppBehaviour, PullFailure } from './behaviour.ts';

/** The registries, as a task that pulls sees them. `message` replaces the usual words after the reference. */
export interface ImagePort {
  resolve(
    account: string,
    region: string,
    reference: string,
  ): { readonly digest: string } | { readonly failure: PullFailure; readonly message?: string };
}

export interface LogsPort {
  groupExists(account: string, region: string, group: string): boolean;
  createGroup(account: string, region: string, group: string): void;
  /** `time` is lab time in epoch ms. */
  append(account: string, region: string, group: string, stream: string, time: number, message: string): void;
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface AlarmsPort {
  /** `undefined`: there is no alarm of that name. */
  state(account: string, region: string, name: string): AlarmState | undefined;
  /** Calls `changed` whenever the alarm's state changes, until the returned function is called. */
  watch(account: string, region: string, name: string, changed: (state: AlarmState) => void): () => void;
}

/** How a target group checks and drains its targets. Times in ms. */
export interface TargetGroup {
  readonly interval: number;
  readonly unhealthyThreshold: number;
  readonly deregistrationDelay: number;
}

export interface TargetsPort {
  /** `undefined`: there is no such target group; ECS refuses a service that names it. */
  group(targetGroupArn: string): TargetGroup | undefined;
}

export interface EcsPorts {
  readonly images: ImagePort;
  readonly logs: LogsPort;
  readonly alarms: AlarmsPort;
  readonly targets: TargetsPort;
  /** What the image of that digest does when it runs there: a database that is missing in one account breaks it there only. */
  readonly behaviour: (digest: string, account: string) => AppBehaviour;
}
