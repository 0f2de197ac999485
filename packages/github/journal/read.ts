import { FindingError } from '#core/finding';
import { journalSchema } from '#core/journal/event';
import { journalBranch } from '#core/journal/name';
import { type EnvironmentState, emptyState } from '#core/journal/state';
import { type GitHub, orFinding } from '../client.ts';
import { assertAppended, assertNobodyElse, type Written } from './audit.ts';
import { type FileEntry, textFields, textOf } from './text.ts';

/** The journal of an environment at one commit. */
export interface Journal {
  readonly environment: string;
  /** Head of the branch; undefined when there is no branch yet. */
  readonly head: string | undefined;
  readonly state: EnvironmentState;
}

interface Answer {
  readonly repository: {
    readonly ref: {
      readonly target: {
        readonly oid: string;
        readonly file?: FileEntry | null;
        readonly parents?: { readonly nodes: readonly { readonly file?: FileEntry | null }[] };
        readonly history?: { readonly nodes: readonly Written[] };
      };
    } | null;
  } | null;
}

/** One call reads the state, the one before it, and who made the newest commits. */
const query = `query journal($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) {
      target {
        oid
        ... on Commit {
          file(path: "state.json") ${textFields}
          parents(first: 1) { nodes { file(path: "state.json") ${textFields} } }
          history(first: 50) { nodes { oid committedDate message author { name email } signature { isValid wasSignedByGitHub } } }
        }
      }
    }
  }
}`;

/**
 * Reads head and state. Throws a `FindingError` for a state that cannot be trusted or understood: every reader looks, so nothing is
 * ever built on what somebody else wrote.
 */
export async function readJournal(github: GitHub, environment: string): Promise<Journal> {
  const ref = `refs/heads/${journalBranch(environment)}`;
  const answer = await orFinding('contents: read', () =>
    github.graphql<Answer>(query, { owner: github.owner, name: github.name, ref }),
  );
  const target = answer.repository?.ref?.target;
  if (target === undefined) return { environment, head: undefined, state: emptyState(environment) };
  const text = await textOf(github, target.file);
  const raw = text === undefined ? undefined : parseJson(text);
  assertKnownSchema(environment, raw);
  const history = target.history?.nodes ?? [];
  assertNobodyElse(environment, history);
  const [before] = target.parents?.nodes ?? [];
  if (text === undefined) {
    // The orphan root that a first append makes has no state yet; no later commit is without one.
    if (before !== undefined) throw invalid(environment, 'Its newest commit has no state.json.');
    return { environment, head: target.oid, state: emptyState(environment) };
  }
  const state = stateOf(environment, raw);
  const textBefore = await textOf(github, before?.file);
  const rawBefore = textBefore === undefined ? undefined : parseJson(textBefore);
  await assertAppended(github, environment, {
    history,
    before: textBefore === undefined ? emptyState(environment) : stateOf(environment, rawBefore),
    earlier: { ...asObject(rawBefore) },
    written: { ...asObject(raw) },
  });
  return { environment, head: target.oid, state };
}

function assertKnownSchema(environment: string, raw: unknown): void {
  const { schema } = asObject(raw) ?? { schema: journalSchema };
  if (schema === journalSchema) return;
  throw invalid(environment, `Its state has schema ${String(schema)}; this version reads ${journalSchema}.`);
}

function stateOf(environment: string, raw: unknown): EnvironmentState {
  const state: Partial<EnvironmentState> | undefined = asObject(raw);
  if (state === undefined) throw invalid(environment, 'Its state.json is not JSON.');
  if (state.environment !== environment || typeof state.sequence !== 'number') {
    throw invalid(environment, `Its state is of the environment ${String(state.environment)}.`);
  }
  return { ...emptyState(environment), ...state, schema: journalSchema, environment, sequence: state.sequence };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
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
