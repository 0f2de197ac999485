import type { StackImport } from '#core/flow/targets/cloudformation';
import type { StackCapability } from '#core/flow/targets/stack';
import type { GivenParameter, StackPolicy, StackSpec } from './spec.ts';

/** What a stack is to become, whether by a deployment or by a way back. */
export interface StackGoal {
  readonly stack: string;
  readonly body: string;
  /** `sha256:…` of the body. */
  readonly digest: string;
  /** The file that the body comes from, for places in errors; absent on the way back. */
  readonly file?: string;
  readonly bucket: string | undefined;
  readonly given: ReadonlyMap<string, GivenParameter>;
  readonly capabilities: readonly StackCapability[];
  /** Absent: they stay as they are. */
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly imports: readonly StackImport[];
  readonly policy: StackPolicy;
}

export function goalOf(spec: StackSpec, digest: string): StackGoal {
  const { stack, template, templateBucket, parameters, capabilities, tags, imports, policy } = spec;
  return {
    ...{ stack, capabilities, imports, policy, digest },
    body: template.body,
    file: template.file,
    bucket: templateBucket,
    given: parameters,
    tags: Object.keys(tags).length === 0 ? undefined : tags,
  };
}
