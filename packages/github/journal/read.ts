import { FindingError } from '#core/finding';
import { journalSchema } from '#core/journal/event';
import { type EnvironmentState, emptyState } from '#core/journal/state';
import { type GitHub, orFinding } from '../client.ts';

/** The journal of an environment at one commit. */
export interface Journal {
  readonly environment: string;
  /** Head of the branch; undefined when there is no branch yet. */
  readonly head: string | undefined;
  readonly state: EnvironmentState;
}

export function journalBranch(environment: string): string {
  return `release-journal/${environment}`;
}

interface Answer {
  readonly repository: {
    readonly ref: {
      readonly target: {
        readonly oid: string;
        readonly parents?: { readonly totalCount: number };
        readonly signature?: { readonly isValid: boolean; readonly wasSignedByGitHub: boolean } | null;
        readonly file?: { readonly object?: { readonly text?: string | null } | null } | null;
      };
    } | null;
  } | null;
}

const query = `query journal($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) {
      target { oid ... on Commit { parents(first: 1) { totalCount } signature { isValid wasSignedByGitHub } file(path: "state.json") { object { ... on Blob { text } } } } }
    }
  }
}`;

/** Reads head and state in one call. Throws a `FindingError` for a state that cannot be trusted or understood. */
export async function readJournal(github: GitHub, environment: string): Promise<Journal> {
  const ref = `refs/heads/${journalBranch(environment)}`;
  const answer = await orFinding('contents: read', () =>
    github.graphql<Answer>(query, { owner: github.owner, name: github.name, ref }),
  );
  const target = answer.repository?.ref?.target;
  if (target === undefined) return { environment, head: undefined, state: emptyState(environment) };
  const text = target.file?.object?.text;
  if (text === undefined || text === null) {
    // The orphan root that a first append makes has no state yet; any later commit without one was forged.
    if (target.parents?.totalCount !== 0) throw invalid(environment, 'Its newest commit has no state.json.');
    return { environment, head: target.oid, state: emptyState(environment) };
  }
  if (target.signature?.isValid !== true || !target.signature.wasSignedByGitHub) {
    throw invalid(
      environment,
      `Its newest commit ${target.oid.slice(0, 12)} was not made through GitHub’s API: somebody pushed to the branch.`,
    );
  }
  return { environment, head: target.oid, state: parseState(environment, text) };
}

function parseState(environment: string, text: string): EnvironmentState {
  const state = parseJson(text) as Partial<EnvironmentState> | undefined;
  if (state === undefined) throw invalid(environment, 'Its state.json is not JSON.');
  if (state.schema !== journalSchema) {
    throw invalid(environment, `Its state has schema ${String(state.schema)}; this version reads ${journalSchema}.`);
  }
  if (state.environment !== environment || typeof state.sequence !== 'number') {
    throw invalid(environment, `Its state is of the environment ${String(state.environment)}.`);
  }
  return { ...emptyState(environment), ...state, schema: journalSchema, environment, sequence: state.sequence };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(environment: string, what: string): FindingError {
  const message = `The journal ${journalBranch(environment)} cannot be relied on. ${what}`;
  return new FindingError([{ reason: 'journal-invalid', message, evidence: { branch: journalBranch(environment) } }]);
}
