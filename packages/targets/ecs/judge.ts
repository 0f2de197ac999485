import type { ServiceDeployment } from '#aws/ecs';
import { formatDuration } from '#core/duration';
import type { Outcome } from '#core/outcome';
import type { Reason } from '#core/reasons';
import { sentence } from '#core/report/sentence';
import { describeFailure, type FailureKind, isFatal, type TaskFailure } from './task-failure.ts';

/** Everything that is known of one service's rollout at one moment. */
export interface RolloutFacts {
  readonly service: string;
  readonly deployment: ServiceDeployment;
  /** Failed tasks of this deployment, as far as ECS still remembers them. */
  readonly failures: readonly TaskFailure[];
  /** A deployment of the same service that began later; undefined: not looked yet. */
  readonly newer: string | null | undefined;
  readonly now: number;
  readonly deadline: number;
  /** When ECS first called it successful. */
  readonly successSince: number | undefined;
}

export type Judgement =
  | { readonly kind: 'going'; readonly phase: string }
  /** Whether a newer deployment exists has to be known before this can be judged. */
  | { readonly kind: 'look-for-newer' }
  /** It cannot succeed any more, although the service has not said so. */
  | {
      readonly kind: 'hopeless';
      readonly outcome: 'failed' | 'timed-out';
      readonly reason: Reason;
      readonly message: string;
    }
  | { readonly kind: 'ended'; readonly outcome: Outcome; readonly reason: Reason; readonly message: string };

/** How long a deployment that ECS calls successful may still lack tasks, in ms, before it is a failure. */
const settling = 3 * 60_000;

/** The verdict on a rollout, from its own service deployment: never from "the service looks stable". */
export function judgeRollout(facts: RolloutFacts): Judgement {
  const { deployment, service } = facts;
  switch (deployment.status) {
    case 'SUCCESSFUL':
      return judgeSuccess(facts);
    case 'ROLLBACK_SUCCESSFUL':
      return {
        kind: 'ended',
        outcome: 'rolled-back',
        reason: triggerOf(facts) ?? untriggered(deployment),
        message: `ECS rolled ${service} back: ${whyOf(facts)}`,
      };
    case 'ROLLBACK_FAILED':
      return {
        kind: 'ended',
        outcome: 'failed',
        reason: 'rollback-failed',
        message: `The deployment of ${service} failed and so did ECS’s rollback: ${whyOf(facts)}`,
      };
    case 'STOPPED':
      return judgeStopped(facts);
    case 'ROLLBACK_REQUESTED':
    case 'ROLLBACK_IN_PROGRESS':
      return past(facts) ? outOfTime(facts) : { kind: 'going', phase: 'rolling back' };
    case 'STOP_REQUESTED':
      return past(facts) ? outOfTime(facts) : { kind: 'going', phase: 'stopping' };
    default:
      return judgeUnderWay(facts);
  }
}

/** SUCCESSFUL is not yet n of n: early success criteria and deferred scale-in may leave tasks missing or old ones running. */
function judgeSuccess(facts: RolloutFacts): Judgement {
  const { service, deployment, now, successSince = now } = facts;
  const { requested, running, old } = countsOf(deployment);
  if (requested === 0) {
    return { kind: 'ended', ...scaledToZero(service) };
  }
  if (running >= requested && old === 0) {
    return {
      kind: 'ended',
      outcome: 'succeeded',
      reason: 'deployed',
      message: `${service} runs ${running} of ${requested} new tasks.`,
    };
  }
  if (now - successSince < settling && !past(facts)) {
    return { kind: 'going', phase: `settling, ${running}/${requested} new, ${old} old` };
  }
  const message = `ECS calls the deployment of ${service} successful, but ${running} of ${requested} new tasks run and ${old} old ones remain.`;
  return { kind: 'ended', outcome: 'failed', reason: 'tasks-missing', message };
}

function scaledToZero(service: string) {
  const message = `${service} was scaled to zero while it was deployed, so nothing proves the new version.`;
  return { outcome: 'failed', reason: 'scaled-to-zero', message } as const;
}

/** STOPPED has three meanings: failed with the rollback switched off, superseded, stopped by a person. */
function judgeStopped(facts: RolloutFacts): Judgement {
  const { service, newer } = facts;
  const trigger = triggerOf(facts);
  if (trigger !== undefined) {
    const message = `The deployment of ${service} failed and was left as it is, for its rollback is off: ${whyOf(facts)}`;
    return { kind: 'ended', outcome: 'failed', reason: trigger, message };
  }
  if (newer === undefined) return { kind: 'look-for-newer' };
  if (newer !== null) {
    const message = `Another deployment of ${service} took over: ${newer}`;
    return { kind: 'ended', outcome: 'superseded', reason: 'superseded-by-another', message };
  }
  const message = `Somebody stopped the deployment of ${service}${reasonText(facts)}.`;
  return { kind: 'ended', outcome: 'stopped', reason: 'stopped-by-person', message };
}

function judgeUnderWay(facts: RolloutFacts): Judgement {
  const { service, deployment } = facts;
  const { requested, running, pending } = countsOf(deployment);
  if (wantsNoTask(deployment)) {
    return { kind: 'hopeless', ...scaledToZero(service) };
  }
  const lost = hopelessFailure(facts, requested, running);
  if (lost !== undefined) return lost;
  if (past(facts)) return outOfTime(facts);
  const paused = (deployment.lifecycleHookDetails ?? []).find(isWaiting);
  if (paused !== undefined) {
    const until = paused.expiresAt === undefined ? '' : `, until ${paused.expiresAt.toISOString()}`;
    return {
      kind: 'going',
      phase: `paused at ${deployment.lifecycleStage ?? 'a lifecycle hook'} for a person to continue${until}`,
    };
  }
  const stage =
    deployment.lifecycleStage === undefined ? '' : `, ${deployment.lifecycleStage.toLowerCase().replaceAll('_', ' ')}`;
  return {
    kind: 'going',
    phase: `${running}/${requested} new tasks running, ${pending} pending${stage}${trafficText(deployment)}`,
  };
}

/** How much the new tasks have of the traffic, while it is being shifted: a step of it is a change that people wait for. */
function trafficText({ lifecycleStage, targetServiceRevision }: ServiceDeployment): string {
  const share = targetServiceRevision?.requestedProductionTrafficWeight;
  return share === undefined || lifecycleStage !== 'PRODUCTION_TRAFFIC_SHIFT' ? '' : `, ${share} % of the traffic`;
}

/** While old tasks are still asked for, new ones are merely not asked for yet (a first step, a hook before scaling up). */
function wantsNoTask({ status, targetServiceRevision, sourceServiceRevisions = [] }: ServiceDeployment): boolean {
  return (
    status === 'IN_PROGRESS' &&
    targetServiceRevision?.requestedTaskCount === 0 &&
    sourceServiceRevisions.every(source => (source.requestedTaskCount ?? 0) === 0)
  );
}

/** A fatal failure decides at once; others when they repeat, the sooner when no new task holds. */
function hopelessFailure(facts: RolloutFacts, requested: number, running: number): Judgement | undefined {
  const { failures, service } = facts;
  const last = failures.at(-1);
  if (last === undefined) return undefined;
  const decisive = failures.find(isFatal);
  const passing = failures.every(failure => mayPass.has(failure.kind));
  const most = running === 0 && !passing ? 2 : tolerated(requested);
  if (decisive === undefined && failures.length < most) return undefined;
  const decisiveOrLast = decisive ?? last;
  const { kind } = decisiveOrLast;
  const count = failures.length === 1 ? 'A new task' : `${failures.length} new tasks`;
  return {
    kind: 'hopeless',
    outcome: 'failed',
    reason: kind,
    message: `${count} of ${service} failed: ${sentence(describeFailure(decisiveOrLast))}`,
  };
}

/** These say nothing of the new version itself: many tasks that start together may meet the same bad minute. */
const mayPass: ReadonlySet<FailureKind> = new Set(['image-pull-failed', 'tasks-cannot-start']);

/**
 * How many failed tasks are too many: the circuit breaker's own default (half of the wanted tasks, 3 to 200). Two of the
 * version's own failures are enough when no new task holds, for then nothing speaks for it.
 */
function tolerated(requested: number): number {
  return Math.min(200, Math.max(3, Math.ceil(requested / 2)));
}

function outOfTime(facts: RolloutFacts): Judgement {
  const { service, deployment, now, deadline } = facts;
  const { requested, running } = countsOf(deployment);
  const over = now > deadline ? ` (${formatDuration(now - deadline)} ago)` : '';
  const message = `The time for deploying ${service} is up${over}: ${deployment.status}, ${running} of ${requested} new tasks running.`;
  return { kind: 'hopeless', outcome: 'timed-out', reason: 'timed-out', message };
}

function past(facts: RolloutFacts): boolean {
  return facts.now >= facts.deadline;
}

export interface Counts {
  readonly requested: number;
  readonly running: number;
  readonly pending: number;
  readonly old: number;
}

export function countsOf(deployment: ServiceDeployment): Counts {
  const target = deployment.targetServiceRevision;
  const old = (deployment.sourceServiceRevisions ?? []).reduce(
    (sum, source) => sum + (source.runningTaskCount ?? 0),
    0,
  );
  return {
    requested: target?.requestedTaskCount ?? 0,
    running: target?.runningTaskCount ?? 0,
    pending: target?.pendingTaskCount ?? 0,
    old,
  };
}

function triggerOf({ deployment, failures }: RolloutFacts): Reason | undefined {
  if (deployment.deploymentCircuitBreaker?.status === 'TRIGGERED') return failures.at(-1)?.kind ?? 'breaker-triggered';
  if (deployment.alarms?.status === 'TRIGGERED') return 'alarm-triggered';
  return undefined;
}

/** A rolling deployment goes back because of the breaker, of alarms, or because somebody asked for it; others have hooks besides. */
function untriggered({ deploymentConfiguration }: ServiceDeployment): Reason {
  const rolling = (deploymentConfiguration?.strategy ?? 'ROLLING') === 'ROLLING';
  return rolling ? 'stopped-by-person' : 'deployment-failed';
}

function whyOf(facts: RolloutFacts): string {
  const { deployment, failures } = facts;
  const alarms = deployment.alarms?.triggeredAlarmNames ?? [];
  const failure = failures.at(-1);
  const parts = [
    deployment.rollback?.reason ?? deployment.statusReason,
    alarms.length > 0 ? `alarms ${alarms.join(', ')}` : undefined,
    failure === undefined ? undefined : describeFailure(failure),
  ];
  const known = parts.flatMap(part => part?.replace(/\.$/, '') || []);
  return known.length > 0 ? sentence(known.join(' · ')) : 'ECS gives no reason.';
}

function reasonText({ deployment }: RolloutFacts): string {
  return deployment.statusReason === undefined ? '' : `: ${deployment.statusReason}`;
}

function isWaiting(hook: NonNullable<ServiceDeployment['lifecycleHookDetails']>[number]): boolean {
  return hook.targetType === 'PAUSE' && hook.status === 'AWAITING_ACTION';
}
