import { planOf } from '#action-kit/common-inputs';
import type { RunContext } from '#action-kit/run-context';
import { FindingError } from '#core/finding';
import type { TagToMake } from '#core/flow/publish';
import type { Result } from '#core/outcome';
import type { Plan } from '#core/plan/plan';
import { few } from '#core/report/few';
import type { Inputs } from './inputs.ts';

/** What is published: a commit, which a tag has brought, or which gets one now. */
export interface Work {
  readonly sha: string;
  readonly tag: { readonly kind: 'there'; readonly name: string } | { readonly kind: 'make'; readonly make: TagToMake };
  /** What was verified, where a plan says it: then it is asked for, and written down. */
  readonly plan?: Plan;
}

/** Or why there is nothing to publish. */
export function workOf({ work, environment, flow }: Inputs, run: RunContext): Work | Result {
  if (work.kind === 'plan') return workOfPlan(planOf(work.plan, environment, flow));
  const { sha, ref } = run;
  if (work.make !== undefined) return { sha, tag: { kind: 'make', make: work.make } };
  if (ref.startsWith('refs/tags/')) return { sha, tag: { kind: 'there', name: ref.replace('refs/tags/', '') } };
  const message = `This run is of ${ref}, which is no tag that could be published.`;
  const where = { kind: 'input', input: 'tag' } as const;
  const next = 'Say which kind of tag is made, such as vX.Y.Z, or run it on a tag.';
  throw new FindingError([{ reason: 'input-invalid', message, evidence: { ref }, where, next }]);
}

function workOfPlan(plan: Plan): Work | Result {
  const { environment, release, operation } = plan;
  const { publish, name } = environment;
  if (operation === 'rollback' || publish === undefined) {
    const message =
      operation === 'rollback'
        ? `${name} was brought back: there is nothing new to publish.`
        : `The flow file asks for nothing of ${name} to be published.`;
    return { outcome: 'no-op', reason: 'publish-not-asked-for', message, evidence: {} };
  }
  if (publish.without !== undefined) {
    const message = `Nothing is published: ${few(publish.without)} of ${release.version} was not released.`;
    return { outcome: 'no-op', reason: 'released-in-part', message, evidence: { without: publish.without } };
  }
  if (release.tag !== undefined) return { sha: release.sha, tag: { kind: 'there', name: release.tag }, plan };
  // A branch and no kind of tag: `checkPublish` lets no flow file say so, but one may have both, and mean the tags.
  if (publish.tag === undefined) {
    const message = `The flow file publishes tags of ${name}, and this release came by a branch.`;
    return { outcome: 'no-op', reason: 'publish-not-asked-for', message, evidence: {} };
  }
  return { sha: release.sha, tag: { kind: 'make', make: publish.tag }, plan };
}
