/** What a scenario says to set the lab's GitHub up. */
import type { EnvironmentSpec } from './environment-ports.ts';

export interface RepositorySpec {
  /** `owner/name`; the owner is made as an organisation unless a person has that login. */
  readonly fullName: string;
  /** `main` by default. */
  readonly defaultBranch?: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly environments?: readonly EnvironmentSpec[];
  readonly rulesets?: readonly RulesetSpec[];
  readonly protections?: readonly ProtectionSpec[];
  /** Login → permission. Everybody else reads when the repository is public. */
  readonly collaborators?: Readonly<Record<string, RepositoryPermission>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Releases cannot be changed and their tags cannot move once published. */
  readonly immutableReleases?: boolean;
}

export type RepositoryPermission = 'read' | 'triage' | 'write' | 'maintain' | 'admin';

export interface PersonSpec {
  readonly login: string;
  readonly id?: number;
  readonly name?: string;
  readonly email?: string;
}

export interface RulesetSpec {
  readonly name: string;
  readonly target: 'branch' | 'tag';
  readonly enforcement?: 'active' | 'disabled' | 'evaluate';
  /** Patterns of full refs, fnmatch with `**`; `~DEFAULT_BRANCH` and `~ALL` as GitHub names them. */
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
  readonly rules: readonly RuleType[];
  /** Who may pass by it; nobody unless said. */
  readonly bypass?: readonly BypassSpec[] | undefined;
}

export interface BypassSpec {
  /** A login, `@org/team`, `role admin`, `role maintain`, `role write`, `organization-admins`, `app 1234` or `deploy-keys`. */
  readonly actor: string;
  /** `always` unless said. */
  readonly mode?: 'always' | 'exempt' | 'pull_request' | undefined;
}

/** Classic protection of branches, as the settings of a new rule are unless said. */
export interface ProtectionSpec {
  /** Of the names of branches, fnmatch. */
  readonly pattern: string;
  /** A pull request with so many approving reviews. */
  readonly reviews?: number | undefined;
  readonly checks?: readonly string[] | undefined;
  /** Whether they are allowed. */
  readonly deletions?: boolean | undefined;
  readonly 'force-pushes'?: boolean | undefined;
  /** Whether it does not hold for administrators, as GitHub has it until somebody ticks “Do not allow bypassing the above settings”. */
  readonly 'spares-administrators'?: boolean | undefined;
}

/** The rules that the lab enforces. Others cannot be set. */
export type RuleType = 'creation' | 'update' | 'deletion' | 'non_fast_forward' | 'required_signatures';
