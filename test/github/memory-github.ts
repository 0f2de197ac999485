import { type GitHub, GitHubCallError } from '#github/client';

interface Commit {
  readonly parents: readonly string[];
  readonly files: ReadonlyMap<string, string>;
  readonly signed: boolean;
}

/** What becomes of one call: its reply can be lost before or after its effect, or its effect can come later than the loss. */
export type Fate = 'answered' | 'lost-before' | 'lost-after' | 'lands-late' | 'stale';

export interface MemoryOptions {
  /** Awaited before every call: where a test decides who goes next, and what becomes of the call. */
  readonly turn?: (writer: string, call: string) => Promise<Fate>;
  /** Takes the effect of a call that lands late. */
  readonly later?: (effect: () => void) => void;
  /** The status of a run; 404 when it is not named. */
  readonly runs?: Readonly<Record<number, 'in_progress' | 'completed'>>;
}

/** One branch of one repository, as much of GitHub as the journal uses; any other call is an error of the test. */
export interface MemoryBranch {
  readonly github: (writer: string) => GitHub;
  readonly head: () => string | undefined;
  readonly file: (path: string) => string | undefined;
  readonly events: () => readonly { readonly path: string; readonly id: string; readonly type: string }[];
  /** A commit by somebody who is not the suite. */
  readonly push: (change: Readonly<Record<string, string | null>>, how?: { signed?: boolean; root?: boolean }) => void;
  readonly remove: () => void;
}

export function memoryBranch({ turn, later, runs = {} }: MemoryOptions = {}): MemoryBranch {
  const commits = new Map<string, Commit>();
  const trees = new Map<string, ReadonlyMap<string, string>>();
  let head: string | undefined;
  let before: string | undefined;
  let count = 0;

  const move = (to: string | undefined) => {
    before = head;
    head = to;
  };
  const store = (commit: Commit): string => {
    count += 1;
    const oid = `oid${String(count).padStart(20, '0')}`;
    commits.set(oid, commit);
    return oid;
  };
  const filesAt = (oid: string | undefined) => commits.get(oid ?? '')?.files ?? new Map<string, string>();

  const read = (from: string | undefined) => {
    const commit = commits.get(from ?? '');
    if (commit === undefined) return { repository: { ref: null } };
    const text = commit.files.get('state.json');
    const signature = commit.signed ? { isValid: true, wasSignedByGitHub: true } : null;
    const file = text === undefined ? null : { object: { text } };
    return {
      repository: { ref: { target: { oid: from, parents: { totalCount: commit.parents.length }, signature, file } } },
    };
  };

  const commitOnBranch = (input: CommitInput) => {
    if (head === undefined) throw failure(200, 'mutation', 'Branch not found', ['NOT_FOUND']);
    if (head !== input.expectedHeadOid) {
      const message = `Expected branch to point to "${input.expectedHeadOid}" but it did not. Pull and try again.`;
      throw failure(200, 'mutation', message, ['STALE_DATA']);
    }
    const added = input.fileChanges.additions.map(
      ({ path, contents }) => [path, Buffer.from(contents, 'base64').toString('utf8')] as const,
    );
    move(store({ parents: [head], files: new Map([...filesAt(head), ...added]), signed: true }));
    return { createCommitOnBranch: { commit: { oid: head } } };
  };

  const rest: Record<string, (parameters: Readonly<Record<string, unknown>>) => unknown> = {
    'POST /repos/{owner}/{repo}/git/trees': ({ tree }) => {
      const entries = tree as readonly { path: string; content: string }[];
      count += 1;
      trees.set(`tree${count}`, new Map(entries.map(({ path, content }) => [path, content])));
      return { sha: `tree${count}` };
    },
    'POST /repos/{owner}/{repo}/git/commits': ({ tree }) => ({
      sha: store({ parents: [], files: trees.get(String(tree)) ?? new Map(), signed: false }),
    }),
    'POST /repos/{owner}/{repo}/git/refs': ({ sha }) => {
      if (head !== undefined) throw failure(422, 'refs', 'Reference already exists');
      move(String(sha));
      return {};
    },
    'GET /repos/{owner}/{repo}/git/ref/{ref}': () => {
      if (head === undefined) throw failure(404, 'ref', 'Not Found');
      return { object: { sha: head } };
    },
    'GET /repos/{owner}/{repo}/contents/{path}': ({ path, ref }) => {
      const text = filesAt(String(ref)).get(String(path));
      if (text === undefined) throw failure(404, 'contents', 'Not Found');
      return { content: Buffer.from(text, 'utf8').toString('base64') };
    },
    'GET /repos/{owner}/{repo}/actions/runs/{run_id}': ({ run_id: id }) => {
      const status = runs[Number(id)];
      if (status === undefined) throw failure(404, 'run', 'Not Found');
      return { status };
    },
  };

  const call = async (writer: string, name: string, effect: () => unknown, old?: () => unknown) => {
    const fate = (await turn?.(writer, name)) ?? 'answered';
    switch (fate) {
      case 'answered':
        return effect();
      case 'stale':
        return old?.() ?? effect();
      case 'lost-before':
        throw failure(0, name, 'socket hang up');
      case 'lost-after':
        effect();
        throw failure(502, name, 'Bad Gateway');
      case 'lands-late':
        later?.(() => void attempted(effect));
        throw failure(0, name, 'socket hang up');
    }
  };

  return {
    head: () => head,
    file: path => filesAt(head).get(path),
    events: () =>
      [...filesAt(head)]
        .filter(([path]) => path.startsWith('events/'))
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([path, text]) => ({ path, ...(JSON.parse(text) as { id: string; type: string }) })),
    push(change, { signed = false, root = false } = {}) {
      const files = new Map(root ? [] : filesAt(head));
      for (const [path, text] of Object.entries(change)) {
        if (text === null) files.delete(path);
        else files.set(path, text);
      }
      move(store({ parents: root || head === undefined ? [] : [head], files, signed }));
    },
    remove: () => move(undefined),
    github: writer => ({
      owner: 'acme',
      name: 'unifocus',
      repository: 'acme/unifocus',
      async request<T>(route: string, parameters: Readonly<Record<string, unknown>> = {}) {
        const effect = rest[route];
        if (effect === undefined) throw new Error(`the journal has no business with ${route}`);
        return (await call(writer, route, () => effect(parameters))) as T;
      },
      paginate: () => Promise.reject(new Error('the journal lists nothing')),
      async graphql<T>(query: string, variables: Readonly<Record<string, unknown>>) {
        const effect = query.startsWith('mutation')
          ? call(writer, 'commit', () => commitOnBranch(variables.input as CommitInput))
          : call(
              writer,
              'read',
              () => read(head),
              () => read(before),
            );
        return (await effect) as T;
      },
    }),
  };
}

interface CommitInput {
  readonly expectedHeadOid: string;
  readonly fileChanges: { readonly additions: readonly { readonly path: string; readonly contents: string }[] };
}

function failure(status: number, route: string, message: string, types: readonly string[] = []): GitHubCallError {
  return new GitHubCallError(status, route, message, types);
}

/** Nobody waits for the reply of a call that lands late. */
function attempted(effect: () => unknown): void {
  try {
    effect();
  } catch (error) {
    if (!(error instanceof GitHubCallError)) throw error;
  }
}
