import type { Kit } from '#action-kit/kit';
import type { ApprovalFacts, GateFacts } from '#core/gate/facts';
import { isSameRun } from '#core/journal/lock';
import type { EnvironmentState } from '#core/journal/state';
import type { Plan } from '#core/plan/plan';
import { isSame, type Release } from '#core/release';
import { reviewsOf } from '#github/approvals';
import { withDispatches } from '#github/dispatches';
import type { Writer } from '#github/journal/append';
import { rejectionsOf } from '#github/rejections';
import { reviewersOf } from '#github/reviewers';

/** Whom GitHub will ask; and, where this run is somebody’s word on a parked release, whose. */
export async function whomItAsks({ run }: Kit, { github }: Writer, plan: Plan): Promise<ApprovalFacts> {
  const { approve, name } = plan.environment;
  const reviewers = approve === undefined ? [] : await reviewersOf(github, name);
  if (plan.goesOn === undefined || plan.goesOn.by === 'go') return { kind: 'ahead', reviewers };
  const { actor: login, triggeringActor: triggeredBy, eventName: event } = run;
  const dispatch = {
    login,
    triggeredBy,
    event,
    attempt: run.run.attempt,
    comment: plan.goesOn.comment ?? plan.why ?? '',
  };
  return { kind: 'ahead', reviewers, dispatch };
}

/** Whom GitHub asked, and what they answered. */
export async function whoApproved(writer: Writer, plan: Plan, state: EnvironmentState): Promise<ApprovalFacts> {
  const { github, run } = writer;
  const { approve, name } = plan.environment;
  const again = approve !== undefined && run.attempt > 1;
  const [reviews, reviewers] = await Promise.all([
    approve === undefined ? [] : reviewsOf(github, run, name),
    again ? reviewersOf(github, name) : undefined,
  ]);
  const letIn = state.approved.find(entry => isSameRun(entry.run, run) && entry.run.attempt < run.attempt);
  return { kind: 'given', reviews, attempt: { number: run.attempt, used: letIn?.reviews ?? 0, reviewers } };
}

/** How many earlier runs of the same release are looked through for a rejection; the journal keeps those that were seen. */
const mostRuns = 5;

/** What people have said of the release in other runs: by the operation `approve`, or when GitHub asked them. */
export async function whatWasSaid(
  { github, run: own }: Writer,
  { environment: { approve, name }, release, operation }: Plan,
  { agreed, asked }: EnvironmentState,
): Promise<Pick<GateFacts, 'agreed' | 'rejections'>> {
  if (approve === undefined) return { agreed: [], rejections: [] };
  const ofIt = <T extends { readonly release: Release }>(entries: readonly T[]) =>
    entries.filter(entry => isSame(entry.release, release));
  const runs = ofIt(asked)
    .map(({ run }) => run)
    // Nobody has rejected a first attempt whose job is at work.
    .filter(run => !(isSameRun(run, own) && own.attempt === 1))
    .slice(0, mostRuns);
  const [agreements, rejections] = await Promise.all([
    withDispatches(github, ofIt(agreed)),
    // Each run that asks for a rollback asks for another one.
    operation === 'rollback' ? [] : rejectionsOf(github, runs, name),
  ]);
  return { agreed: agreements, rejections };
}
