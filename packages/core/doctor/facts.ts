import type { Finding } from '../finding.ts';
import type { Flow } from '../flow/parse.ts';
import type { Sought } from '../gate/sought.ts';

/** What GitHub and the working copy have, as far as it could be read. */
export interface DoctorFacts {
  /** `owner/name` */
  readonly repository: string;
  readonly flow: Flow;
  readonly defaultBranch: string;
  /** The settings of each environment of the flow file; null where GitHub has none of that name. */
  readonly environments: Readonly<Record<string, Sought<EnvironmentSettings | null>>>;
  /** The active rules of rulesets that hold for each branch, whether it exists or not. */
  readonly rules: Readonly<Record<string, Sought<readonly BranchRule[]>>>;
  /** What the classic protection of each branch comes to, in the words of rulesets; nothing for a branch that is not there yet. */
  readonly protection: Readonly<Record<string, Sought<readonly BranchRule[]>>>;
  /** The active rulesets of tags. */
  readonly tagRulesets: Sought<readonly TagRuleset[]>;
  /** By their id, the rulesets without which a journal could be deleted or pushed back. */
  readonly journalRulesets: Readonly<Record<string, Sought<Ruleset>>>;
  readonly subject: Sought<SubjectSettings>;
  /** What is in AWS of each environment that has something there. */
  readonly aws: Readonly<Record<string, Sought<AwsFacts>>>;
  readonly callers: readonly Caller[];
}

export interface EnvironmentSettings {
  /** Logins, and teams as `@slug`. */
  readonly reviewers: readonly string[];
  readonly preventsSelfReview: boolean;
  /** Minutes. */
  readonly waitTimer: number;
  /** Which refs may enter: any, protected branches only, or those that match a pattern. */
  readonly refs: 'any' | 'protected' | readonly RefRule[];
}

export interface RefRule {
  readonly kind: 'branch' | 'tag';
  /** As GitHub matches it: fnmatch, where a * stops at a slash. */
  readonly pattern: string;
}

export interface BranchRule {
  /** `deletion`, `non_fast_forward`, `pull_request`, … */
  readonly type: string;
  /** Of `pull_request`: how many approving reviews. */
  readonly reviews?: number;
  /** Of `required_status_checks`: by name. */
  readonly checks?: readonly string[];
  /** The id of its ruleset; absent for classic protection. */
  readonly ruleset?: number;
  /** Of classic protection: it does not hold for administrators, nor for custom roles that may bypass it. */
  readonly sparesAdministrators?: boolean;
}

/** A ruleset, and who may pass by it. */
export interface Ruleset {
  readonly id: number;
  readonly name: string;
  /** The organisation or enterprise that it is of; absent for one of the repository. */
  readonly of?: string;
  /** GitHub tells it to whoever may change the ruleset. */
  readonly bypass: Sought<readonly BypassActor[]>;
}

/** Somebody on the bypass list of a ruleset, as GitHub names them. */
export interface BypassActor {
  /** `RepositoryRole`, `Team`, `Integration`, … */
  readonly type: string;
  /** Of a role, a team, an app or a user. */
  readonly id?: number;
  /** `always`; `exempt`, which leaves no trace; or `pull_request`. */
  readonly mode: string;
}

/** A ruleset of tags, whichever tags there are. */
export interface TagRuleset extends Ruleset {
  /** Patterns of full refs, as `refs/tags/v*`, or `~ALL`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** `update`, `deletion`, … */
  readonly rules: readonly string[];
}

/** How GitHub writes the subject of OIDC tokens. */
export interface SubjectSettings {
  readonly custom: boolean;
  readonly claims: readonly string[];
  /** What it begins with, where GitHub says so: with or without the ids of owner and repository. */
  readonly prefix?: string;
}

/** An environment as it is in AWS. */
export interface AwsFacts {
  /** The trust policy of its role, as JSON; null where there is no such role; absent where the flow file names none. */
  readonly trust?: Sought<string | null>;
  /** The same of its `read-role`. */
  readonly readTrust?: Sought<string | null>;
  readonly named: readonly NamedParts[];
}

/** What a component names in AWS; unknown where its names are. */
export interface NamedParts {
  readonly component: string;
  readonly parts: Sought<readonly NamedPart[]>;
}

/** Something in AWS that has to be there before it can be released to. */
export interface NamedPart {
  /** `repository unifocus-prod-api` */
  readonly what: string;
  /** What is wrong with it, if anything: it is not there, or cannot be released to. */
  readonly problems: Sought<readonly Finding[]>;
  /** It is not there yet, and the first release makes it. */
  readonly comes?: boolean;
}

/** A job that calls a reusable workflow of the suite. */
export interface Caller {
  readonly file: string;
  readonly line: number;
  readonly job: string;
  /** The suite’s repository: `org/release-actions`. */
  readonly suite: string;
  /** `release.yml` */
  readonly workflow: string;
  /** `v1`, or a commit. */
  readonly ref: string;
  /** The names of what it hands over, by `with`. */
  readonly inputs: readonly string[];
  /** `write-all` and `read-all` as they are; absent: the default of the repository, which nobody can read here. */
  readonly permissions?: Readonly<Record<string, string>> | 'read-all' | 'write-all';
}
