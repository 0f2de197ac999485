import type { PermissionSpec } from '../engine/permissions.ts';
import type { Expression, Template, TemplateMapping } from './template.ts';

/** A workflow file as the lab runs it. What is evaluated only later stays a template. */
export interface Workflow {
  readonly path: string;
  readonly name: string;
  readonly runName?: Template;
  readonly events: ReadonlyMap<string, EventFilter>;
  readonly schedules: readonly string[];
  readonly dispatchInputs: readonly InputDefinition[];
  readonly call?: CallInterface;
  readonly permissions?: PermissionSpec;
  readonly env?: Template;
  readonly defaults?: RunDefaults;
  readonly concurrency?: Template;
  readonly jobs: readonly JobDefinition[];
}

/** The filters of one event; those that are not written are undefined. */
export interface EventFilter {
  readonly types?: readonly string[];
  readonly branches?: readonly string[];
  readonly branchesIgnore?: readonly string[];
  readonly tags?: readonly string[];
  readonly tagsIgnore?: readonly string[];
  readonly paths?: readonly string[];
  readonly pathsIgnore?: readonly string[];
  readonly workflows?: readonly string[];
}

export type InputType = 'string' | 'boolean' | 'number' | 'choice' | 'environment';

export interface InputDefinition {
  readonly name: string;
  readonly type: InputType;
  readonly required: boolean;
  readonly default?: Template;
  readonly options: readonly string[];
}

/** What a reusable workflow takes and gives. */
export interface CallInterface {
  readonly inputs: readonly InputDefinition[];
  readonly secrets: readonly { readonly name: string; readonly required: boolean }[];
  readonly outputs: ReadonlyMap<string, Template>;
}

export interface RunDefaults {
  readonly shell?: Template;
  readonly workingDirectory?: Template;
}

export interface JobDefinition {
  readonly id: string;
  readonly line: number;
  readonly column: number;
  readonly name?: Template;
  readonly needs: readonly string[];
  readonly if: Expression;
  readonly strategy?: Template;
  readonly permissions?: PermissionSpec;
  readonly concurrency?: Template;
  readonly work: StepsWork | CallWork;
}

export interface StepsWork {
  readonly kind: 'steps';
  readonly runsOn: Template;
  readonly environment?: Template;
  readonly env?: Template;
  readonly outputs: ReadonlyMap<string, Template>;
  readonly defaults?: RunDefaults;
  readonly timeoutMinutes?: Template;
  readonly cancelTimeoutMinutes?: Template;
  readonly continueOnError?: Template;
  readonly steps: readonly StepDefinition[];
}

export interface CallWork {
  readonly kind: 'call';
  readonly uses: string;
  readonly with: ReadonlyMap<string, Template>;
  readonly secrets: 'inherit' | ReadonlyMap<string, Template>;
}

export interface StepDefinition {
  /** The written id, or the one GitHub makes (`__run`, `__actions_checkout_2`). */
  readonly id: string;
  readonly name?: Template;
  readonly if: Expression;
  readonly env?: Template;
  readonly continueOnError?: Template;
  readonly timeoutMinutes?: Template;
  readonly work: RunWork | UsesWork;
}

export interface RunWork {
  readonly kind: 'run';
  readonly script: Template;
  readonly shell?: Template;
  readonly workingDirectory?: Template;
}

export interface UsesWork {
  readonly kind: 'uses';
  readonly uses: string;
  readonly with?: TemplateMapping;
}
