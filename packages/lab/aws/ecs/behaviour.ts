/** Why an image cannot be pulled, in the classes that lead to different words in `stoppedReason`. */
export type PullFailure = 'not-found' | 'denied' | 'timeout' | 'rate-limit';

/**
 * What an image does when it runs. Scenario authors write it. All times are ms of lab time.
 * Nothing here is random: what happens "sometimes" happens on counted starts or requests.
 */
export interface AppBehaviour {
  /** What `GET /version` answers. */
  readonly version: string;
  /** From the creation of the task to RUNNING. Default 20 s. */
  readonly startsAfter?: number;
  /** From RUNNING to passing container and load balancer health checks. Default 10 s. */
  readonly healthyAfter?: number;
  /** `never`: no check ever passes. `{ after }`: checks pass, and fail from that time after RUNNING on. */
  readonly unhealthy?: 'never' | { readonly after: number };
  readonly crash?: Crash;
  readonly outOfMemory?: Exit;
  /** The image cannot be pulled, even when the registry has it. */
  readonly pull?: Counted & { readonly failure: PullFailure };
  readonly missingSecret?: Counted & { readonly arn: string };
  /** Lines that every start writes. */
  readonly log?: readonly string[];
  /** A Lambda function of it does not start: the type of the error and its message, as the runtime logs them. */
  readonly init?: { readonly error: string; readonly message: string };
  readonly http?: HttpBehaviour;
  /** One-off commands by their words joined with a space. What is not listed exits 127. */
  readonly commands?: Readonly<Record<string, CommandBehaviour>>;
}

/** On which starts of the image it happens: the `first` n, or every n-th one. Default: on all of them. */
export interface Counted {
  readonly first?: number;
  readonly every?: number;
}

export interface Exit extends Counted {
  /** From RUNNING. */
  readonly after: number;
  readonly log?: readonly string[];
}

export type Crash =
  | (Exit & { readonly exitCode: number })
  | (Counted & { readonly beforeRunning: true; readonly exitCode: number; readonly log?: readonly string[] });

export interface CommandBehaviour {
  readonly exitCode: number;
  /** From RUNNING to the exit. Default 5 s. */
  readonly takes?: number;
  readonly log?: readonly string[];
}

export interface HttpReply {
  readonly status?: number;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly latency?: number;
  /** Percentage of requests that are answered with 500 instead; evenly spread, counted. */
  readonly errors?: number;
}

export interface RouteReply extends HttpReply {
  /** Without this header the answer is 401. */
  readonly needs?: string;
}

/**
 * The members of `HttpReply` hold for every path but `/health` and `/version`; `routes` go before all: by `POST /notes`, or by the
 * path alone for whatever method has none of its own.
 */
export interface HttpBehaviour extends HttpReply {
  readonly routes?: Readonly<Record<string, RouteReply>>;
}

export const startsAfter = (behaviour: AppBehaviour): number => behaviour.startsAfter ?? 20_000;
export const healthyAfter = (behaviour: AppBehaviour): number => behaviour.healthyAfter ?? 10_000;

/** `start` counts from 1. */
export function happens(counted: Counted, start: number): boolean {
  if (counted.first !== undefined) return start <= counted.first;
  return start % (counted.every ?? 1) === 0;
}
