import type { Alarm, CloudWatch } from '#aws/cloudwatch';
import type { FunctionState, Lambda, Provisioned } from '#aws/lambda';
import type { Logs } from '#aws/logs';
import type { Rhythm } from '#aws/rhythm';
import type { Clock } from '#core/clock';
import type { Progress } from '#core/target';

/** What the parts of the driver share during one action. */
export interface LambdaContext {
  readonly lambda: Lambda;
  readonly clock: Clock;
  /** Keyed by `stateKey`. */
  readonly states: Rhythm<Read<FunctionState>>;
  /** Keyed by `stateKey`, with the alias. */
  readonly provisioned: Rhythm<Read<Provisioned>>;
  /** Keyed by the name of the alarm; undefined: there is none of that name. */
  readonly alarms: Rhythm<Alarm>;
  /** These are loaded only when they are needed. */
  readonly cloudwatch: () => Promise<CloudWatch>;
  readonly logs: () => Promise<Logs>;
  readonly report: (progress: Progress) => void;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
}

/** What a beat has read of one thing: what goes wrong with one function is no business of the others in the same beat. */
export type Read<V> = { readonly value: V | undefined } | { readonly error: unknown };

/** At the next beat; throws what went wrong with this key. */
export async function nextOf<V>(rhythm: Rhythm<Read<V>>, key: string): Promise<V | undefined> {
  const read = await rhythm.next(key);
  if (read === undefined) return undefined;
  if ('error' in read) throw read.error;
  return read.value;
}

/** A function and a qualifier as one key: no ARN and no qualifier has a blank. */
export const stateKey = (name: string, qualifier = ''): string => `${name} ${qualifier}`;

export function readKey(key: string): readonly [name: string, qualifier: string | undefined] {
  const [name = '', qualifier = ''] = key.split(' ');
  return [name, qualifier === '' ? undefined : qualifier];
}
