import type { Finding } from '#core/finding';
import type { Flow } from '#core/flow/parse';
import type { Review } from '#core/gate/attempt';
import type { Found } from '#core/gate/facts';
import type { OpenIssue, PullReview } from '#core/gate/lookups';
import type { Sought } from '#core/gate/sought';
import { flowOf } from '../core/flow/fixture.ts';
import { type Commit, type Entry, type Happened, rules, type Source } from './history.ts';

/** Tuesday, half past nine in Sydney: the window has been open for half an hour. */
export const morning = Date.parse('2026-11-16T22:30:00Z');

/** The third has the content of the first: a merge makes such commits. */
export const commits: readonly [Commit, ...Commit[]] = [
  { version: '1.1.0', sha: 'commit-1', tree: 'tree-1' },
  { version: '1.2.0', sha: 'commit-2', tree: 'tree-2' },
  { version: '1.1.1', sha: 'commit-3', tree: 'tree-1' },
  { version: '1.3.0', sha: 'commit-4', tree: 'tree-4' },
];

const gates = `
    window: { zone: ${rules.zone}, require: 'Mon-Thu 09:00-17:00', takes: 30m }
    freeze:
      zone: ${rules.zone}
      dates: ${rules.holiday} Show day
      holidays: .github/freezes.yml
      while-open: ${rules.freezes}
      takes: 30m
    reviews: { count: 1 }
    no-open-issues: ${rules.stops}`;

/** Everything that prod can ask for, of so many people. */
export const flows: Readonly<Record<1 | 2, Flow>> = { 1: flowOf(flowFile(1, gates)), 2: flowOf(flowFile(2, gates)) };

export const flowPath = '.github/release-flow.yml';

/** Without `gates` it is read ten times as fast, and is the same for a rollback, which passes through none of them. */
export function flowFile(quorum: number, gates = ''): string {
  return `
version: 1
service: shop
roles: { ops: [${rules.approvers.join(', ')}] }
components:
  ${rules.component}: { target: ecs, cluster: shop, service: api, container: api, repository: shop-api }
environments:
  stage: { from: main }
  prod:
    from: vX.Y.Z
    after: stage
    on-failure: rollback
    approve: { by: ops, count: ${quorum}, within: 1h }${gates}
`;
}

/** What there is outside of the journals, and what has happened so far. */
export interface World {
  /** How many have to approve. */
  readonly quorum: 1 | 2;
  now: number;
  readonly history: Entry[];
  /** Whom GitHub asks before it lets a job into prod: more people than may approve. Nobody: it lets every job in. */
  reviewers: readonly string[];
  readonly issues: Map<number, string>;
  readonly opinions: Map<string, PullReview[]>;
  freezes: readonly { readonly from: number; readonly to: number }[];
  readonly blind: Set<Source>;
  /** By run, of all its attempts. */
  readonly clicks: Map<number, Review[]>;
  /** By run: what started it, and who. */
  readonly starts: Map<number, { readonly event: 'push' | 'schedule' | 'workflow_dispatch'; readonly login: string }>;
  /** By the run that asked for a rollback: who, and whether they named a version. */
  readonly wishes: Map<number, { readonly by: readonly string[]; readonly named: boolean }>;
  /** By run, as GitHub tells it. */
  readonly runs: Record<number, 'in_progress' | 'completed'>;
}

export const reviewers = ['lena', 'otto', 'eve', rules.author];

export function openWorld(quorum: World['quorum']): World {
  return {
    quorum,
    now: morning,
    history: [],
    reviewers,
    issues: new Map(),
    opinions: new Map(),
    freezes: [],
    blind: new Set(),
    clicks: new Map(),
    starts: new Map(),
    wishes: new Map(),
    runs: {},
  };
}

export function note(world: World, happened: Happened): void {
  world.history.push({ at: world.now, ...happened });
}

const denied: Finding = { reason: 'github-permission-missing', message: 'GitHub refused.', evidence: { status: 403 } };

/** What the gates find when they look now. */
export function foundIn(world: World, { sha }: { readonly sha: string }): Found {
  const sought = <T>(needs: readonly Source[], value: T): Sought<T> =>
    needs.some(source => world.blind.has(source)) ? { known: false, finding: denied } : { known: true, value };
  const holidays = world.freezes.map(({ from, to }) => ({ name: 'sale', from: iso(from), to: iso(to) }));
  return {
    window: sought([], null),
    freeze: sought(['holidays', 'issues'], { holidays, issues: openOf(world, rules.freezes) }),
    reviews: sought(['pulls'], {
      ...{ number: 7, title: 'A change', url: 'https://github.com/acme/unifocus/pull/7', authors: [rules.author] },
      ...{ head: 'newest', reviews: world.opinions.get(sha) ?? [] },
    }),
    'no-open-issues': sought(['issues'], openOf(world, rules.stops)),
  };
}

function openOf({ issues }: World, wanted: string): readonly OpenIssue[] {
  return [...issues]
    .filter(([, label]) => label === wanted)
    .map(([number, label]) => ({
      number,
      title: 'Trouble',
      url: `https://github.com/acme/unifocus/issues/${number}`,
      label,
    }));
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
