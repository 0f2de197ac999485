/** The world as `ports.ts` promises it. */
import type { LabClock } from '../../clock/clock.ts';
import type { Faults } from '../faults/faults.ts';
import type { CallLog } from '../faults/log.ts';
import type { GitHubWorld, RunRequest, WorldEvent } from '../ports.ts';
import { createAccounts } from './accounts.ts';
import { createIds, type Lab } from './lab.ts';
import { createState, repositoryOf } from './repository.ts';
import type { Account, RepositoryState } from './state.ts';
import { createTokens, type Tokens } from './tokens.ts';

export interface WorldOptions {
  readonly clock: LabClock;
  /** Where the bare repositories go. */
  readonly directory: string;
  readonly serverUrl: string;
  readonly apiUrl: () => string;
  /** Lab time between something happening and its webhook, milliseconds. */
  readonly eventDelay: number;
}

/** No page of GitHub says how long a webhook takes; `eventDelay` is what the lab takes. */
export function createWorld(
  { clock, directory, serverUrl, apiUrl, eventDelay }: WorldOptions,
  faults: Faults,
  log: CallLog,
): { readonly world: GitHubWorld; readonly lab: Lab; readonly tokens: Tokens } {
  const nextId = createIds();
  const accounts = createAccounts(nextId);
  const tokens = createTokens(() => clock.now(), accounts);
  const listeners = new Set<(event: WorldEvent) => void>();
  const runners = new Set<(request: RunRequest) => void>();
  const repositories = new Map<string, RepositoryState>();
  const later = (tell: () => void) => void clock.at(clock.now() + eventDelay, tell);
  const lab: Lab = {
    clock,
    serverUrl,
    apiUrl,
    nextId,
    accounts,
    repositories,
    emit: event => later(() => listeners.forEach(listener => void listener(event))),
    request: request => later(() => runners.forEach(runner => void runner(request))),
  };
  const find = (fullName: string): RepositoryState | undefined => repositories.get(fullName.toLowerCase());
  const owner = (login: string): Account => accounts.find(login) ?? accounts.addOrganization(login);

  const world: GitHubWorld = {
    createRepository(spec) {
      const [login, name, ...rest] = spec.fullName.split('/');
      if (!login || !name || rest.length > 0) throw new Error(`${spec.fullName} is not owner/name`);
      if (find(spec.fullName)) throw new Error(`${spec.fullName} is there already`);
      const state = createState(lab, directory, owner(login), spec);
      repositories.set(spec.fullName.toLowerCase(), state);
      return repositoryOf(lab, state);
    },
    repository(fullName) {
      const state = find(fullName);
      if (!state) throw new Error(`the lab has no repository ${fullName}`);
      return repositoryOf(lab, state);
    },
    hasRepository: fullName => find(fullName) !== undefined,
    repositories: () => [...repositories.values()].map(state => repositoryOf(lab, state)),
    addPerson: spec => accounts.add(spec),
    person: login => accounts.get(login),
    addTeam: (org, slug, members) => accounts.addTeam(org, slug, members),
    issueToken: grant => tokens.issueJob(grant),
    issueUserToken: (login, { expires } = {}) => tokens.issuePerson(login, expires),
    revokeToken: token => tokens.revoke(token),
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onRunRequest(listener) {
      runners.add(listener);
      return () => void runners.delete(listener);
    },
    addFault: rule => faults.add(rule),
    calls: log.calls,
    violations: log.violations,
    unmodelled: log.unmodelled,
  };
  return { world, lab, tokens };
}
