import { type GitHub, GitHubCallError } from '#github/client';

interface Commit {
  readonly parents: readonly string[];
  readonly files: ReadonlyMap<string, string>;
  readonly signed: boolean;
  readonly author: string;
  readonly message: string;
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

export interface Pushed {
  readonly signed?: boolean;
  readonly root?: boolean;
  readonly by?: 'mia' | 'suite';
  readonly message?: string;
}

/** One branch of one repository, as much of GitHub as the journal uses; any other call is an error of the test. */
export interface MemoryBranch {
  readonly github: (writer: string) => GitHub;
  readonly head: () => string | undefined;
  readonly file: (path: string) => string | undefined;
  readonly events: () => readonly { readonly path: string; readonly id: string; readonly type: string }[];
  /** A commit by somebody who is not the suite, unless `by` says that it is. */
  readonly push: (change: Readonly<Record<string, string | null>>, how?: Pushed) => void;
  readonly remove: () => void;
  /** Somebody puts the branch back to where it was before. */
  readonly back: () => void;
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
    const parents = { nodes: commit.parents.map(parent => ({ file: fileAt(parent, 'state.json') })) };
    const history = { nodes: historyOf(from) };
    return { repository: { ref: { target: { oid: from, parents, history, file: fileAt(from, 'state.json') } } } };
  };
  const fileAt = (oid: string | undefined, path: string) => {
    const text = filesAt(oid).get(path);
    return text === undefined ? null : { object: { text } };
  };
  const historyOf = (oid: string | undefined): readonly object[] => {
    const commit = commits.get(oid ?? '');
    if (commit === undefined) return [];
    const signature = commit.signed ? { isValid: true, wasSignedByGitHub: true } : null;
    const author = { name: commit.author, email: addresses[commit.author] ?? '' };
    const entry = { oid, committedDate: '2026-11-02T12:00:00Z', message: commit.message, author, signature };
    return [entry, ...historyOf(commit.parents[0])];
  };

  const appended = ({ oid, ...variables }: Readonly<Record<string, unknown>>) => {
    const paths = Object.entries(variables).filter(([name]) => /^p\d+$/.test(name));
    return {
      repository: {
        object: Object.fromEntries(paths.map(([name, path]) => [name, fileAt(String(oid), String(path))])),
      },
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
    const { headline, body } = input.message;
    const message = `${headline}\n\n${body}`;
    move(store({ ...bySuite, parents: [head], files: new Map([...filesAt(head), ...added]), message }));
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
      sha: store({ ...bySuite, parents: [], files: trees.get(String(tree)) ?? new Map() }),
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
    push(change, { by = 'mia', signed = by === 'suite', root = false, message = 'Tidy up' } = {}) {
      const files = new Map(root ? [] : filesAt(head));
      for (const [path, text] of Object.entries(change)) {
        if (text === null) files.delete(path);
        else files.set(path, text);
      }
      const parents = root || head === undefined ? [] : [head];
      move(store({ parents, files, signed, message, author: by === 'suite' ? bySuite.author : by }));
    },
    remove: () => move(undefined),
    back: () => move(before),
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
          : 'oid' in variables
            ? // What a commit holds never changes, so nobody races for it.
              appended(variables)
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

const bySuite = { author: 'github-actions[bot]', signed: true, message: 'Start the journal [skip ci]' } as const;

const addresses: Readonly<Record<string, string>> = {
  mia: 'mia@example.com',
  [bySuite.author]: '41898282+github-actions[bot]@users.noreply.github.com',
};

interface CommitInput {
  readonly message: { readonly headline: string; readonly body: string };
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
