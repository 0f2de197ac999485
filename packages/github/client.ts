import { getOctokit } from '@actions/github';
import type { Clock, Random } from '#core/clock';
import { type Finding, FindingError } from '#core/finding';

/** GitHub as the suite speaks it: REST by route, and GraphQL. Errors are `GitHubCallError`, retried where that is safe. */
export interface GitHub {
  readonly owner: string;
  readonly name: string;
  readonly repository: string;
  /** For calls that name another repository, where there is a token of its own for them. */
  readonly elsewhere?: Pick<GitHub, 'request'>;
  /** `effect: 'once'` marks calls that must not be repeated blindly after a lost reply. */
  request<T>(route: string, parameters?: Readonly<Record<string, unknown>>, effect?: 'any-number' | 'once'): Promise<T>;
  /** All pages of a list. `member` names the list inside an object answer. */
  paginate<T>(route: string, parameters: Readonly<Record<string, unknown>>, member?: string): Promise<readonly T[]>;
  graphql<T>(query: string, variables: Readonly<Record<string, unknown>>, effect?: 'any-number' | 'once'): Promise<T>;
}

export interface GitHubOptions {
  readonly token: string;
  /** For `elsewhere`, when `token` is not enough. */
  readonly tokenElsewhere?: string | undefined;
  readonly repository: string;
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** A failed call of GitHub’s API. */
export class GitHubCallError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly route: string;
  /** GraphQL error types, such as STALE_DATA. */
  readonly types: readonly string[];

  constructor(status: number, route: string, message: string, types: readonly string[], options?: ErrorOptions) {
    super(message, options);
    this.name = 'GitHubCallError';
    this.status = status;
    this.route = route;
    this.types = types;
  }
}

/** How long a call may go on failing for reasons that pass, and the pause between two tries, in ms. */
const patience = 3 * 60_000;
const pause = 3_000;

export function createGitHub(options: GitHubOptions): GitHub {
  const { token, tokenElsewhere, repository, apiUrl, clock, random } = options;
  const [owner = '', name = ''] = repository.split('/');
  const octokit = getOctokit(token, { baseUrl: apiUrl, request: { retries: 0 }, log: silent });

  const attempt = async <T>(route: string, effect: 'any-number' | 'once', call: () => Promise<T>): Promise<T> => {
    const deadline = clock.now() + patience;
    for (;;) {
      try {
        return await call();
      } catch (thrown) {
        const error = callError(route, thrown);
        const wait = waitFor(error, thrown, effect);
        if (wait === undefined || clock.now() + wait > deadline) throw error;
        await clock.sleep(wait * (0.75 + 0.5 * random()));
      }
    }
  };

  const withRepository = (parameters: Readonly<Record<string, unknown>> = {}) => ({ owner, repo: name, ...parameters });

  return {
    owner,
    name,
    repository,
    ...(tokenElsewhere === undefined
      ? {}
      : { elsewhere: createGitHub({ ...options, token: tokenElsewhere, tokenElsewhere: undefined }) }),
    request: (route, parameters, effect = route.startsWith('GET') ? 'any-number' : 'once') =>
      attempt(route, effect, async () => (await octokit.request(route, withRepository(parameters))).data),
    async paginate<T>(route: string, parameters: Readonly<Record<string, unknown>>, member?: string) {
      const found: T[] = [];
      for (let page = 1; ; page += 1) {
        const query = withRepository({ ...parameters, per_page: 100, page });
        const data: unknown = await attempt(
          route,
          'any-number',
          async () => (await octokit.request(route, query)).data,
        );
        const list = listOf<T>(data, member);
        found.push(...list);
        if (list.length < 100 || found.length >= totalOf(data)) return found;
      }
    },
    graphql: (query, variables, effect = 'any-number') =>
      attempt(`graphql ${/\w+/.exec(query.replace(/^\s*(query|mutation)\s*/, ''))?.[0] ?? ''}`, effect, () =>
        octokit.graphql(query, { ...variables }),
      ),
  };
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

function listOf<T>(data: unknown, member: string | undefined): readonly T[] {
  const list = member === undefined ? data : (data as Readonly<Record<string, unknown>>)[member];
  return Array.isArray(list) ? list : [];
}

/** How many there are on all pages, where the answer says so: a last page that is full is not followed by an empty one. */
function totalOf(data: unknown): number {
  const total = typeof data === 'object' && data !== null && 'total_count' in data ? data.total_count : undefined;
  return typeof total === 'number' ? total : Number.POSITIVE_INFINITY;
}

/** The wait before another try, in ms; undefined where trying again changes nothing or could do something twice. */
function waitFor(error: GitHubCallError, thrown: unknown, effect: 'any-number' | 'once'): number | undefined {
  const retryAfter = Number(headerOf(thrown, 'retry-after'));
  const limited =
    error.status === 429 ||
    error.types.includes('RATE_LIMITED') ||
    (error.status === 403 && /rate limit/i.test(error.message));
  if (limited) return Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter * 1000 : 60_000;
  const broken = error.status === 0 || error.status >= 500;
  return broken && effect === 'any-number' ? pause : undefined;
}

function callError(route: string, thrown: unknown): GitHubCallError {
  if (thrown instanceof GitHubCallError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const shape = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as ErrorShape;
  const types = (shape.errors ?? []).flatMap(error => error.type ?? []);
  // A GraphQL answer with errors came with 200: it was understood, and refused.
  const status =
    typeof shape.status === 'number' ? shape.status : types.length > 0 || shape.errors !== undefined ? 200 : 0;
  // Octokit reports a broken connection as status 500; GraphQL reports its own timeout with 200, and no type: what was asked
  // for may have happened.
  const cutOff = status === 200 && types.length === 0 && /something went wrong/i.test(message);
  const noAnswer = (status === 500 && shape.response === undefined) || cutOff;
  return new GitHubCallError(noAnswer ? 0 : status, route, message, types, { cause: thrown });
}

interface ErrorShape {
  readonly status?: unknown;
  readonly errors?: readonly { readonly type?: string }[];
  readonly response?: { readonly headers?: Readonly<Record<string, string>> };
}

function headerOf(thrown: unknown, name: string): string | undefined {
  return (thrown as ErrorShape | undefined)?.response?.headers?.[name];
}

/** What was asked for may have happened all the same. */
export function isLost(error: GitHubCallError): boolean {
  return error.status === 0 || error.status >= 500;
}

/** What a failed call means for people. `permission` is what the job lacks when GitHub refuses. */
export function gitHubFinding(error: GitHubCallError, permission: string): Finding {
  const where = { kind: 'call', call: error.route } as const;
  const evidence = { status: error.status, route: error.route };
  if (error.status === 401) {
    const message = `GitHub does not know the token of ${error.route}: ${error.message}`;
    const next = 'Hand over a `github-token` that is valid: this one is wrong, has expired, or was revoked.';
    return { reason: 'github-permission-missing', message, evidence, where, next };
  }
  if (error.status === 403 || error.types.includes('FORBIDDEN')) {
    const next = `Give the job \`permissions: ${permission}\`.`;
    const message = `GitHub refused ${error.route}: ${error.message}`;
    return { reason: 'github-permission-missing', message, evidence, where, next };
  }
  if (error.status === 404) {
    return {
      reason: 'not-found',
      message: `GitHub knows nothing of ${error.route}: ${error.message}`,
      evidence,
      where,
    };
  }
  const unanswered = error.status === 0 || error.status === 429 || error.status >= 500;
  return {
    reason: 'api-unavailable',
    message: `GitHub ${unanswered ? 'did not answer' : 'refused'} ${error.route}: ${error.message}`,
    evidence,
    where,
  };
}

/** Makes a finding of whatever the call throws. */
export async function orFinding<T>(permission: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GitHubCallError) throw new FindingError([gitHubFinding(error, permission)], { cause: error });
    throw error;
  }
}

/** undefined where the job lacks the permission, for callers who can say what that means; a finding of everything else. */
export function ifPermitted<T>(permission: string, work: () => Promise<T>): Promise<T | undefined> {
  return orFinding(permission, async () => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof GitHubCallError && error.status === 403) return undefined;
      throw error;
    }
  });
}
