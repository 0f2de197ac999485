import { type GateName, gateNames } from '#core/flow/gates/registry';
import type { Found, PolicyOf } from '#core/gate/facts';
import type { Lookups } from '#core/gate/lookups';
import { issueLabel, issueMarker } from '#core/gate/release-issue';
import { known, type Sought, seek } from '#core/gate/sought';
import type { EnvironmentState } from '#core/journal/state';
import type { Plan } from '#core/plan/plan';
import type { GitHub } from '#github/client';
import type { Places } from './places.ts';

/** What a gate may ask to be looked up from. */
export interface Sources {
  readonly github: GitHub;
  readonly plan: Plan;
  /** Where to look in AWS; loaded only by a gate that does. */
  readonly places: () => Promise<Places>;
  /** Of the environment, from its journal. */
  readonly state: () => Promise<EnvironmentState>;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The pull request of which it is only asked what would be if it were merged now. */
  readonly proposed?: number | undefined;
}

type LookUp<Name extends GateName> = (sources: Sources, policy: PolicyOf<Name>) => Promise<Lookups[Name]>;

/** Each is loaded only where the flow file has its gate. */
const lookUps: { readonly [Name in GateName]: LookUp<Name> } = {
  window: async () => null,
  freeze: async (sources, policy) => (await import('./look-up-freeze.ts')).lookUpFreeze(sources, policy),
  checks: async ({ github, plan, proposed }, { names }) => {
    if (proposed !== undefined) return null;
    const { checksOf } = await import('#github/commit-checks');
    return known(await checksOf(github, plan.release.sha, names));
  },
  reviews: async ({ github, plan, proposed }, wanted) => {
    const { reviewedPull } = await import('#github/pull-reviews');
    const codeOwners = wanted.some(each => each.codeOwners === true);
    return reviewedPull(github, plan.release.sha, { codeOwners, proposed });
  },
  'no-open-issues': async ({ github }, labels) => (await import('#github/open-issues')).openIssues(github, labels),
  soak: async (sources, policy) => (await import('./look-up-alarms.ts')).lookUpSoak(sources, policy),
  'alarms-ok': async (sources, policy) => (await import('./look-up-alarms.ts')).lookUpAlarms(sources, policy),
  'stack-complete': async (sources, policy) => (await import('./look-up-stacks.ts')).lookUpStacks(sources, policy),
  backups: async (sources, policy) => (await import('./look-up-backups.ts')).lookUpBackups(sources, policy),
  'way-back': async (sources, policy) => (await import('./look-up-way-back.ts')).lookUpWayBack(sources, policy),
  checklist: async ({ github, plan }) =>
    (await import('#github/issue-opened-once')).findIssue(github, { marker: issueMarker(plan), label: issueLabel }),
  migrations: async () => null,
};

/** Looks up what the gates of the plan need, all at once. What could not be had is kept with the reason: it decides, too. */
export async function lookUp(sources: Sources): Promise<Found> {
  if (sources.plan.operation === 'rollback') return {};
  const entries = await Promise.all(gateNames.map(async name => [name, await sought(name, sources)] as const));
  return Object.fromEntries(entries.filter(([, found]) => found !== undefined));
}

async function sought<Name extends GateName>(name: Name, sources: Sources): Promise<Sought<Lookups[Name]> | undefined> {
  const policy: PolicyOf<Name> | undefined = sources.plan.environment.gates[name];
  return policy === undefined ? undefined : seek(() => lookUps[name](sources, policy));
}
