import type { Queue, Watch } from '../flow/environment.ts';
import type { Gates } from '../flow/gates/registry.ts';
import type { Reviews } from '../flow/gates/reviews.ts';
import type { Publish } from '../flow/publish.ts';
import type { Component } from '../flow/targets/registry.ts';
import type { Check } from '../journal/event.ts';
import type { Outcome } from '../outcome.ts';
import type { Artifacts, Release } from '../release.ts';
import type { Glass } from './glass.ts';

/** The schema of a plan as it travels between jobs. */
export const planSchema = 1;

/**
 * What a run is going to do, decided once from the event, the flow file and the facts. It travels from job to job as JSON
 * and is judged again, never made again, right before the change.
 */
export interface Plan {
  readonly schema: typeof planSchema;
  readonly operation: 'release' | 'rollback';
  readonly service: string;
  /** Path of the flow file that it was made from. */
  readonly flow: string;
  readonly environment: PlannedEnvironment;
  readonly release: Release;
  /** The branch or the tag that asked for it: `refs/tags/v1.3.0`. A rollback has none. */
  readonly ref?: string;
  /** Where a parked release goes on: by whose word. */
  readonly goesOn?: GoesOn;
  /** Where this is an emergency: which rules stop nothing. */
  readonly glass?: Glass;
  /** Why, in a person’s words: a rollback needs one. */
  readonly why?: string;
  /** Of a rollback: the run that asked for it, by which approvals are of it, and the run that carries it out. */
  readonly request?: { readonly id: number; readonly run: number };
  /** What is rolled back, for a rollback. */
  readonly from?: Release;
  /** Only these components, of a rollback that leaves the others as they are. */
  readonly only?: readonly string[];
  /** What ran when the plan was made; absent when nothing did. The reviewer approves the change from there. */
  readonly runs?: Release;
  /** Components that do not need each other together; each wave needs the one before. */
  readonly waves: readonly (readonly Component[])[];
  /** How many jobs the deployment is spread over; absent where one job does all of it. */
  readonly parts?: number;
  readonly artifacts: Readonly<Record<string, Artifacts>>;
  /** Who set this off: nobody of them can approve it. */
  readonly originators: readonly string[];
  /** ISO 8601: when the plan was made; approvals have to come within the stated time after it. */
  readonly made: string;
  /**
   * Which attempt of the run made the plan, and how many reviews of the environment the run had by then: they were for something
   * else. Absent where nobody is asked, or where they could not be read.
   */
  readonly asked?: { readonly attempt: number; readonly reviews: number };
}

/** What is said of a parked release: that it shall be judged again, or that somebody approves or rejects it. */
export const goOnWords = ['go', 'approve', 'reject'] as const;

export interface GoesOn {
  readonly by: (typeof goOnWords)[number];
  /** ISO 8601: since when it has been parked. */
  readonly since: string;
  /** What they have to say of a rollback, whose `why` is that of whoever asked for it. */
  readonly comment?: string;
}

export interface PlannedEnvironment {
  readonly name: string;
  readonly after?: string;
  readonly url?: string;
  readonly role?: string;
  /** What gates look with in AWS; where it is absent, only the release job can look here, with its role. */
  readonly readRole?: string;
  readonly region?: string;
  /** Where gates look that ask about the environment of `after`. */
  readonly earlier?: EarlierPlace;
  readonly approve?: PlannedApproval;
  readonly gates: Gates;
  readonly queue: Queue;
  /** Of an emergency that breaks `reviews`: those that it needs all the same. */
  readonly emergencyReviews?: readonly Reviews[];
  /** Of an emergency: milliseconds after which its review is overdue. */
  readonly review?: number;
  /** Whether what is judged stops anything, or only advises. */
  readonly enforce: boolean;
  /** The organisation’s policy that the gates are of as well, for people. */
  readonly policy?: string;
  readonly smoke?: string;
  readonly watch?: Watch;
  readonly onFailure: 'rollback' | 'leave' | 'hold';
  readonly publish?: PlannedPublish;
  readonly vars: Readonly<Record<string, string>>;
}

/** What is made public when the release is verified. */
export interface PlannedPublish extends Publish {
  /** The components that are left out, of a release that is no version of the whole. */
  readonly without?: readonly string[];
}

/** The environment that comes before, as far as gates look there. */
export interface EarlierPlace {
  readonly region?: string;
  readonly readRole?: string;
}

export interface PlannedApproval {
  /** Logins and teams (`@org/team`) that may approve, roles resolved. */
  readonly by: readonly string[];
  /** As the flow file names them, for people. */
  readonly roles: readonly string[];
  readonly count: number;
  /** Milliseconds. */
  readonly within?: number;
}

/** What has to pass before the release counts as verified, in the order of the job. */
export function requiredChecks(environment: PlannedEnvironment): readonly Check[] {
  return [
    ...(environment.smoke === undefined ? [] : ['smoke' as const]),
    ...(environment.watch === undefined ? [] : ['watch' as const]),
  ];
}

const left: ReadonlySet<Outcome> = new Set(['superseded', 'stopped', 'refused']);

/** Whether a release that failed after (or in) a deployment with this outcome is brought back by itself. */
export function comesBack({ environment }: Plan, deployOutcome: Outcome): boolean {
  return environment.onFailure === 'rollback' && !left.has(deployOutcome);
}

export function componentsOf(plan: Plan): readonly Component[] {
  return plan.waves.flat();
}

/** Reads a plan that another job handed over; undefined for anything else than a plan of this version. */
export function readPlan(text: string): Plan | undefined {
  try {
    const value = JSON.parse(text) as Partial<Plan> | null;
    return isPlan(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPlan(value: Partial<Plan> | null): value is Plan {
  return (
    value?.schema === planSchema &&
    (value.operation === 'release' || value.operation === 'rollback') &&
    typeof value.flow === 'string' &&
    typeof value.release?.sha === 'string' &&
    typeof value.environment?.name === 'string' &&
    typeof value.artifacts === 'object' &&
    Array.isArray(value.waves) &&
    Array.isArray(value.originators) &&
    !Number.isNaN(Date.parse(value.made ?? ''))
  );
}
