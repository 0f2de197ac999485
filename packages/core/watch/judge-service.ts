import { formatDuration } from '../duration.ts';
import type { RuleVerdict } from '../verdict.ts';
import type { CheckView, Moment } from './check.ts';
import { timeText } from './value-text.ts';

/** A service as ECS describes it. */
export interface ServiceFact {
  readonly service: string;
  readonly running: number;
  readonly desired: number;
  /** Of the PRIMARY deployment. */
  readonly deployment: string;
  readonly taskDefinition: string;
  readonly failedTasks: number;
}

/** A task of the service that stopped by itself: an exit, a failed health check, a start that came to nothing. */
export interface Crash {
  readonly task: string;
  /** Epoch ms. */
  readonly at: number;
  readonly why: string;
}

export interface ServiceSeen {
  readonly service: string;
  readonly first: ServiceFact;
  readonly latest: ServiceFact | undefined;
  readonly looks: number;
  /** The fewest tasks that ran, and of how many. */
  readonly worst: ServiceFact;
  /** Since when fewer tasks run than should, epoch ms. */
  readonly shortSince?: number;
  readonly crashes: readonly Crash[];
  /** The images that run where the release's own does not. */
  readonly otherImages?: readonly string[];
}

/** What a look found: the service, if it is still there, and tasks of it that crashed since the watch began. */
export interface ServiceLook {
  readonly fact: ServiceFact | undefined;
  readonly crashes: readonly Crash[];
}

/** Scaling and replacing hosts take a while; a service that is still short after this is not on its way. */
const patience = 2 * 60_000;

export function firstLook(fact: ServiceFact, otherImages?: readonly string[]): ServiceSeen {
  const images = otherImages === undefined ? {} : { otherImages };
  return { service: fact.service, first: fact, latest: fact, worst: fact, looks: 0, crashes: [], ...images };
}

export function seeService(seen: ServiceSeen, { fact, crashes }: ServiceLook, now: number): ServiceSeen {
  const { shortSince, ...rest } = seen;
  const known = new Set(seen.crashes.map(crash => crash.task));
  const short = fact !== undefined && fact.running < fact.desired;
  return {
    ...rest,
    latest: fact,
    looks: seen.looks + 1,
    worst: fact !== undefined && lacking(fact) > lacking(seen.worst) ? fact : seen.worst,
    crashes: [...seen.crashes, ...crashes.filter(crash => !known.has(crash.task))],
    ...(short ? { shortSince: shortSince ?? now } : {}),
  };
}

/** Successful deployments crash, too: the service must stay on its deployment, with all its tasks, none of them crashing. */
export function judgeService(seen: ServiceSeen, moment: Moment): CheckView {
  const { service, first, latest, worst, crashes, looks } = seen;
  const rule = `service ${service}`;
  const view = (decided: Omit<RuleVerdict, 'rule'>): CheckView => ({
    ...{ rule: { rule, ...decided }, limit: 'stays steady', samples: looks },
    worst: `${worst.running} of ${worst.desired} tasks${crashes.length > 0 ? `, ${crashes.length} crashed` : ''}`,
  });
  const evidence = { service, taskDefinition: first.taskDefinition, looks, crashes: crashes.length };

  if (latest === undefined) {
    const message = `The service ${service} is gone.`;
    return view({ verdict: 'error', reason: 'not-found', message, evidence });
  }
  if (seen.otherImages !== undefined) {
    const message = `${service} does not run the image of the release: ${first.taskDefinition} has ${seen.otherImages.join(', ')}.`;
    return view({ verdict: 'fail', reason: 'deployment-replaced', message, evidence });
  }
  if (latest.deployment !== first.deployment) {
    const message = `Another deployment of ${service} replaced the one that is watched: ${latest.taskDefinition} instead of ${first.taskDefinition}.`;
    return view({ verdict: 'fail', reason: 'deployment-replaced', message, evidence });
  }
  const [crash] = crashes;
  if (crash !== undefined) {
    const others = crashes.length > 1 ? ` (and ${crashes.length - 1} more)` : '';
    const message = `A task of ${service} stopped at ${timeText(crash.at)}: ${crash.why}${others}`;
    return view({ verdict: 'fail', reason: 'not-steady', message, evidence: { ...evidence, task: crash.task } });
  }
  if (latest.failedTasks > first.failedTasks) {
    const message = `${latest.failedTasks - first.failedTasks} tasks of ${service} failed since the watch began.`;
    return view({ verdict: 'fail', reason: 'not-steady', message, evidence });
  }
  const short = seen.shortSince === undefined ? 0 : moment.now - seen.shortSince;
  if (short >= patience || (moment.final && seen.shortSince !== undefined)) {
    const message = `${service} has run ${latest.running} of ${latest.desired} tasks for ${formatDuration(short)}.`;
    return view({ verdict: 'fail', reason: 'not-steady', message, evidence });
  }
  if (!moment.final) {
    return view({ verdict: 'wait', reason: 'watch-goes-on', message: `${service} is steady so far.`, evidence });
  }
  if (latest.desired === 0) {
    const message = `${service} should run no task at all, so nothing is known about the release.`;
    return view({ verdict: 'inconclusive', reason: 'no-data', message, evidence });
  }
  const message = `${service} stayed steady on ${first.taskDefinition}.`;
  return view({ verdict: 'pass', reason: 'watch-passed', message, evidence });
}

function lacking({ desired, running }: ServiceFact): number {
  return desired - running;
}
