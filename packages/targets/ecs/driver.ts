import { isDeepStrictEqual } from 'node:util';
import type { Service } from '#aws/ecs';
import type { Finding } from '#core/finding';
import { few } from '#core/report/few';
import type { Applied, Driver, Ending, Preparation, ReturnCause, Step } from '#core/target';
import { unreadable } from '../unreadable.ts';
import { runBefore } from './before-task.ts';
import type { EcsContext } from './context.ts';
import { primaryOf } from './identity.ts';
import { observeServices, snapshotServices } from './observe.ts';
import { changeRows, planService, type ServicePlan } from './plan.ts';
import { createRollout } from './rollout.ts';
import { type EcsState, ecsSnapshot, readEcsSnapshot, type ServiceSnapshot } from './snapshot.ts';
import type { EcsSpec, ImageSource } from './spec.ts';
import { register, startRollouts } from './update.ts';
import { type Wanted, type WantedResult, wantedDefinition, wantedOfSnapshot } from './wanted.ts';

/** The driver of one component on ECS. */
export function createEcsDriver(context: EcsContext, spec: EcsSpec): Driver {
  return {
    async prepare() {
      const observed = await observeServices(context, spec.cluster, spec.services);
      if (!observed.ok) return { kind: 'refused', findings: observed.findings };
      const [first = {}] = observed.services;
      const result = await wantedDefinition(context.ecs, spec.definition, first);
      if (!result.ok) return { kind: 'refused', findings: [result.finding] };
      const zero = observed.services.filter(service => (spec.desiredCount ?? service.desiredCount) === 0);
      if (zero.length > 0) return { kind: 'refused', findings: zero.map(scaledToZero) };
      const { definition, desiredCount } = spec;
      const tagMayHaveMoved = definition.kind === 'image' && !isPinned(definition.image);
      const plans = await Promise.all(
        observed.services.map(service => planService(context, service, result.wanted, desiredCount, tagMayHaveMoved)),
      );
      return preparation(context, spec, plans, await snapshotServices(context, observed.services), {
        before: spec.before,
        done: 'deployed',
      });
    },

    async restore(snapshot, cause) {
      const state = readEcsSnapshot(snapshot);
      if (state === undefined) return { kind: 'refused', findings: [unreadable(snapshot)] };
      return prepareRestore(context, spec, state, cause);
    },
  };
}

async function prepareRestore(
  context: EcsContext,
  spec: EcsSpec,
  state: EcsState,
  cause: ReturnCause,
): Promise<Preparation> {
  const names = state.services.map(entry => entry.service);
  const observed = await observeServices(context, state.cluster, names);
  if (!observed.ok) return { kind: 'refused', findings: observed.findings };
  const off = cause === 'by-itself' ? observed.services.filter(service => service.desiredCount === 0) : [];
  if (off.length > 0 && off.length === observed.services.length)
    return { kind: 'refused', findings: off.map(leftAtZero) };
  for (const { message } of off.map(leftAtZero))
    context.report({ subject: state.cluster, text: message, level: 'warning' });
  const standing = await snapshotServices(context, observed.services);
  const wantedOf = wantedOnce(context);
  const plans: ServicePlan[] = [];
  for (const entry of state.services) {
    const service = observed.services.find(candidate => candidate.serviceName === entry.service);
    if (service === undefined) continue;
    const now = standing.find(candidate => candidate.service === entry.service);
    if (off.includes(service) || (now !== undefined && isThereAlready(service, now, entry))) {
      plans.push({ kind: 'same', service });
      continue;
    }
    const result = await wantedOf(entry);
    if (!result.ok) return { kind: 'refused', findings: [result.finding] };
    // The number of tasks is the autoscaler's business; only at zero a person has to have asked for them.
    const desiredCount = service.desiredCount === 0 ? entry.desiredCount : undefined;
    plans.push(await planService(context, service, result.wanted, desiredCount));
  }
  return preparation(context, { ...spec, cluster: state.cluster }, plans, standing, { done: 'restored' });
}

/** Services that ran the same definition with the same images get one new revision together, not one each. */
function wantedOnce({ ecs }: EcsContext): (entry: ServiceSnapshot) => Promise<WantedResult> {
  const known = new Map<string, Promise<WantedResult>>();
  return ({ taskDefinition, images }) => {
    const key = JSON.stringify([
      taskDefinition,
      Object.entries(images).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    ]);
    const wanted = known.get(key) ?? wantedOfSnapshot(ecs, taskDefinition, images);
    known.set(key, wanted);
    return wanted;
  };
}

/**
 * ECS goes back to a service revision, which keeps the digests of its images: then there is nothing left to do, even where the
 * definition only says a tag.
 */
function isThereAlready(service: Service, now: ServiceSnapshot, goal: ServiceSnapshot): boolean {
  const { runningCount, desiredCount = 0 } = service;
  return (
    primaryOf(service)?.rolloutState === 'COMPLETED' &&
    desiredCount > 0 &&
    runningCount === desiredCount &&
    now.taskDefinition === goal.taskDefinition &&
    isDeepStrictEqual(now.images, goal.images)
  );
}

/** Forward, with a one-off task before the services where there is one; or back. `done`: how a good end is called. */
interface Way {
  readonly before?: readonly string[] | undefined;
  readonly done: 'deployed' | 'restored';
}

function preparation(
  context: EcsContext,
  spec: EcsSpec,
  plans: readonly ServicePlan[],
  standing: readonly ServiceSnapshot[],
  way: Way,
): Preparation {
  const snapshot = ecsSnapshot({ cluster: spec.cluster, services: standing });
  if (plans.every(plan => plan.kind === 'same')) {
    const message = `${few(plans.map(plan => plan.service.serviceName ?? ''))}: already as wanted.`;
    return {
      kind: 'no-op',
      snapshot,
      result: { outcome: 'no-op', reason: 'nothing-to-change', message, evidence: {} },
    };
  }
  return {
    kind: 'change',
    before: standing.length > 0 ? snapshot : null,
    changes: changeRows(plans),
    notes: [],
    apply: () => applyPlans(context, spec, plans, way),
  };
}

async function applyPlans(
  context: EcsContext,
  spec: EcsSpec,
  plans: readonly ServicePlan[],
  { before, done }: Way,
): Promise<Applied> {
  const deadline = context.clock.now() + spec.timeout;
  const open = plans.filter(plan => plan.kind !== 'same');
  const definitions = await registerAll(context, open);
  const update = open.find(plan => plan.kind === 'update');
  const steps: Step[] = [];
  if (before !== undefined && update !== undefined && spec.definition.kind === 'image') {
    const began = context.clock.now();
    const finding = await runBefore(context, {
      service: update.service,
      taskDefinition: definitions.get(update.wanted) ?? '',
      container: spec.definition.container,
      command: before,
      deadline,
    });
    steps.push({ what: before.join(' '), began, took: context.clock.now() - began });
    if (finding !== undefined) return { kind: 'ended', ending: { ...failedBefore(finding), steps } };
  }
  const started = await startRollouts(context, open, definitions);
  const rollout = createRollout(context, spec.cluster, started, deadline, done);
  return { kind: 'started', rollout, changes: changeRows(plans, definitions), steps };
}

/** Each definition is registered once, however many services share it. */
async function registerAll(context: EcsContext, plans: readonly ServicePlan[]): Promise<ReadonlyMap<Wanted, string>> {
  const arns = new Map<Wanted, string>();
  for (const plan of plans) {
    if (plan.kind === 'update' && !arns.has(plan.wanted)) arns.set(plan.wanted, await register(context, plan.wanted));
  }
  return arns;
}

function failedBefore(finding: Finding): Ending {
  const log = finding.evidence.log;
  const outcome = finding.reason === 'cancelled' ? 'stopped' : finding.reason === 'timed-out' ? 'timed-out' : 'failed';
  return { ...finding, outcome, after: null, explanation: Array.isArray(log) ? log : [] };
}

function isPinned(image: ImageSource): boolean {
  return image.kind === 'digest' || image.reference.includes('@sha256:');
}

function scaledToZero(service: Service): Finding {
  return {
    reason: 'scaled-to-zero',
    message: `The service ${service.serviceName} wants no task, so nothing would prove that the new version runs.`,
    evidence: { service: service.serviceName ?? '' },
    next: 'Set `desired-count` to the number of tasks that it should run.',
  };
}

function leftAtZero(service: Service): Finding {
  return {
    reason: 'scaled-to-zero',
    message: `The service ${service.serviceName} is scaled to zero. Whoever did that had a reason, so it is left as it is.`,
    evidence: { service: service.serviceName ?? '' },
    next: 'Start `rollback.yml`, or set its number of tasks: what a person asks for is brought back to life.',
  };
}
