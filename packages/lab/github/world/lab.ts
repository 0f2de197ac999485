/** What every part of the world needs: time, ids, accounts, and a way to say that something happened. */
import type { LabClock } from '../../clock/clock.ts';
import type { RunRequest, WorldEvent } from '../ports.ts';
import type { Account, RepositoryState } from './state.ts';

export interface Lab {
  readonly clock: LabClock;
  readonly serverUrl: string;
  readonly apiUrl: () => string;
  /** The next id of a kind; kinds start far apart so that one cannot pass for another. */
  readonly nextId: (kind: IdKind) => number;
  readonly accounts: Accounts;
  readonly repositories: Map<string, RepositoryState>;
  /** Tells the listeners, a moment later: a webhook is never there before the answer. */
  readonly emit: (event: WorldEvent) => void;
  readonly request: (request: RunRequest) => void;
}

export interface Accounts {
  /** Throws when nobody has that login. */
  get(login: string): Account;
  find(login: string): Account | undefined;
  byEmail(email: string): Account | undefined;
  readonly bot: Account;
  /** GitHub's own committer. */
  readonly webFlow: Account;
  /** Logins of a person, or of a team's members (`@org/team`). */
  members(name: string): readonly string[];
  team(name: string): Team | undefined;
}

export interface Team {
  readonly id: number;
  readonly org: string;
  readonly slug: string;
  readonly members: readonly string[];
}

const first = {
  account: 1_001,
  team: 3_001,
  repository: 700_000_001,
  environment: 5_000_000_001,
  policy: 410_001,
  ruleset: 60_001,
  workflow: 98_000_001,
  run: 19_700_000_001,
  job: 56_000_000_001,
  suite: 51_000_000_001,
  review: 8_000_001,
  deployment: 2_100_000_001,
  deploymentStatus: 3_300_000_001,
  status: 37_000_000_001,
  label: 9_000_000_001,
  issue: 3_600_000_001,
  comment: 3_500_000_001,
  pull: 2_900_000_001,
  pullReview: 3_400_000_001,
  release: 260_000_001,
  activity: 25_000_000_001,
  artifact: 2_400_000_001,
} as const;

export type IdKind = keyof typeof first;

export function createIds(): (kind: IdKind) => number {
  const given = new Map<IdKind, number>();
  return kind => {
    const id = given.get(kind) ?? first[kind];
    given.set(kind, id + 1);
    return id;
  };
}
