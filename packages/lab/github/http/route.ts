/** How a route is written: typed by GitHub's own description, so that a wrong name does not compile. */
import type { paths } from '@octokit/openapi-types';
import type { Lab } from '../world/lab.ts';
import type { By, RepositoryState } from '../world/state.ts';
import type { Caller, Need } from '../world/tokens.ts';
import type { Answer } from './answers.ts';

export interface Context<Path, Query, Body> {
  readonly lab: Lab;
  /** Of routes under /repos/{owner}/{repo}. */
  readonly repository: RepositoryState;
  readonly caller: Caller;
  readonly by: By;
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  /** The request's Accept header. */
  readonly accept: string;
  readonly now: number;
}

export interface Route {
  /** `GET /repos/{owner}/{repo}` */
  readonly name: string;
  readonly needs: readonly Need[];
  readonly handle: (context: Context<never, never, never>) => Answer;
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
/** The types say bigint for int64; what comes out of a path or out of JSON is a number. */
type Plain<P> = { readonly [Key in keyof P]: Exclude<P[Key], bigint> };
type PathOf<Op> = Op extends { parameters: { path: infer P } } ? Plain<P> : Record<never, never>;
type QueryOf<Op> = Op extends { parameters: { query?: infer Q } } ? Plain<NonNullable<Q>> : Record<never, never>;
type BodyOf<Op> = Op extends { requestBody?: { content: { 'application/json': infer B } } }
  ? NonNullable<B>
  : undefined;

type Described<P extends keyof paths, M extends Method> = M extends keyof paths[P] ? paths[P][M] : never;

type Handle<P extends keyof paths, M extends Method> = (
  context: Context<PathOf<Described<P, M>>, QueryOf<Described<P, M>>, BodyOf<Described<P, M>>>,
) => Answer;

/** `needs`: one of them is enough. An empty list: any token will do. */
function route<M extends Method>(method: M) {
  return <P extends keyof paths>(path: P, needs: readonly Need[], handle: Handle<P, M>): Route => ({
    name: `${method.toUpperCase()} ${path}`,
    needs,
    handle,
  });
}

export const get = route('get');
export const post = route('post');
export const put = route('put');
export const patch = route('patch');
export const remove = route('delete');
