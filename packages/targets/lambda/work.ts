import type { FunctionConfiguration } from '#aws/lambda';
import type { LambdaConfiguration, LambdaStrategy } from '#core/flow/targets/lambda';
import type { Result } from '#core/outcome';
import type { LambdaContext } from './context.ts';
import type { AliasState } from './observe.ts';
import type { Plan } from './plan.ts';

/** How a plan is carried out. */
export interface Manner {
  readonly strategy: LambdaStrategy;
  readonly alarms: readonly string[];
  readonly configuration: LambdaConfiguration;
  readonly invoke: Readonly<Record<string, unknown>> | undefined;
  /** For the whole change, in ms. */
  readonly timeout: number;
}

/** What one change of a driver leaves to be known to the next one. */
export interface Memory {
  /** Somebody else has moved the alias: no way back that follows by itself undoes that. */
  taken?: Result;
}

/** A change under way: what it is to be, and how far it is. */
export interface Work {
  readonly context: LambdaContext;
  readonly plan: Plan;
  readonly manner: Manner;
  readonly memory: Memory;
  readonly started: number;
  readonly deadline: number;
  /** The published version that is being deployed, once it is known. */
  version: string | undefined;
  /** The alias as it was seen or left last. */
  alias: AliasState | undefined;
  /** Whether the alias, or what is provisioned for it, was touched. */
  moved: boolean;
  /** What was read last of the function: says where it logs. */
  configuration: FunctionConfiguration | undefined;
}

/** It did not go on: how it ended, with lines that explain it where there are some already. */
export type Stopped = Result & { readonly stopped: true };

export function stopped(result: Result): Stopped {
  return { ...result, stopped: true };
}

export function isStopped(value: unknown): value is Stopped {
  return typeof value === 'object' && value !== null && 'stopped' in value && value.stopped === true;
}

export function superseded(message: string, evidence: Result['evidence']): Stopped {
  const next = 'See who changes this function besides; deploy again if this version is still wanted.';
  return stopped({ outcome: 'superseded', reason: 'superseded-by-another', message, evidence, next });
}
