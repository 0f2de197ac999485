/** One REST call: found, authorised, checked against GitHub's description, answered, and the answer checked too. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Lab } from '../world/lab.ts';
import { NotModelled, notFound, Refusal } from '../world/refusal.ts';
import type { RepositoryState } from '../world/state.ts';
import { authorize, type Caller } from '../world/tokens.ts';
import type { Answer } from './answers.ts';
import { type Description, describeGitHub, type Operation } from './description.ts';
import type { Exchange, Incoming } from './exchange.ts';
import type { Context, Route } from './route.ts';
import { createRouter, type RouteMatch } from './router.ts';
import { isRecord } from './schema.ts';

interface Known {
  readonly name: string;
  readonly operation: Operation;
}

export function createRest(lab: Lab, routes: readonly Route[]): (incoming: Incoming) => Exchange {
  const modelled = new Map(routes.map(route => [route.name, route]));
  const router = lazily(() => openRouter(describeGitHub(), modelled));
  return incoming => {
    const match = router().find(incoming.method, incoming.path);
    if (!match) return unknownRoute(incoming);
    const { name, operation } = match.route;
    const route = modelled.get(name);
    const repository = `${match.parameters.owner ?? ''}/${match.parameters.repo ?? ''}`.toLowerCase();
    return {
      call: name,
      names: [name],
      repository: lab.repositories.get(repository)?.fullName,
      resource: 'core',
      writes: incoming.method !== 'GET',
      uncounted: name === 'GET /rate_limit',
      documentation: operation.documentation,
      input: incoming.input,
      perform(caller) {
        if (!route) throw new NotModelled(name);
        return perform(lab, route, match, incoming, caller);
      },
      violation: answer => broken(operation, answer),
    };
  };
}

function openRouter(description: Description, modelled: ReadonlyMap<string, Route>) {
  for (const name of modelled.keys()) {
    if (!description.operations.has(name)) throw new Error(`GitHub's description has no ${name}`);
  }
  // The description has the comparison twice, under its old template as well.
  const operations = [...description.operations].filter(([name]) => !name.includes('{base}...{head}'));
  return createRouter<Known>(operations.map(([name, operation]) => [name, { name, operation }]));
}

function perform(lab: Lab, route: Route, match: RouteMatch<Known>, incoming: Incoming, caller: Caller): Answer {
  const { operation } = match.route;
  const path: Record<string, unknown> = { ...match.parameters };
  const repository = 'owner' in path && 'repo' in path ? findRepository(lab, path) : undefined;
  if (repository) authorize(caller, repository, route.needs);
  if (!operation.path()(path)) throw notFound();
  const query: Record<string, unknown> = { ...incoming.query };
  const body = incoming.body();
  check(operation.query(), query, (error, name) =>
    error.keyword === 'additionalProperties'
      ? new NotModelled(
          `the query parameter "${name}" of ${route.name}: GitHub's description does not know it and GitHub would ignore it`,
        )
      : undefined,
  );
  if (body !== undefined || operation.bodyRequired) check(operation.body(), body ?? {});
  const context: Omit<Context<unknown, unknown, unknown>, 'repository'> = {
    lab,
    caller,
    by: { account: caller.account, ...(caller.kind === 'job' ? { runId: caller.runId } : {}) },
    path,
    query,
    body: body ?? {},
    accept: incoming.accept,
    now: lab.clock.now(),
  };
  // The types come from the description that the three values have just been held to.
  return route.handle({ ...context, repository } as Context<never, never, never>);
}

function findRepository(lab: Lab, path: Readonly<Record<string, unknown>>): RepositoryState {
  const repository = lab.repositories.get(`${path.owner}/${path.repo}`.toLowerCase());
  if (!repository) throw notFound();
  return repository;
}

/** GitHub's words for input that its schema refuses. */
function check(
  validate: ValidateFunction,
  value: unknown,
  other: (error: ErrorObject, name: string) => Error | undefined = () => undefined,
): void {
  if (validate(value)) return;
  const error = validate.errors?.[0];
  if (!error) throw new Refusal(422, 'Invalid request.');
  const extra = isRecord(error.params)
    ? String(error.params.additionalProperty ?? error.params.missingProperty ?? '')
    : '';
  const found = other(error, extra);
  if (found) throw found;
  const what =
    error.keyword === 'additionalProperties'
      ? `"${extra}" is not a permitted key.`
      : error.keyword === 'required'
        ? `"${extra}" wasn't supplied.`
        : `For '${error.instancePath.slice(1) || 'body'}', ${error.message}.`;
  throw new Refusal(422, `Invalid request.\n\n${what}`);
}

/** What is wrong with an answer of ours; undefined when GitHub could have given it. */
function broken(operation: Operation, { status, body, raw, contentType }: Answer): string | undefined {
  if (raw) return undefined;
  const validate = operation.response(status, contentType ?? 'application/json');
  if (validate === undefined) {
    return generic.has(status) ? undefined : `${status} is no answer of ${operation.method} ${operation.template}`;
  }
  if (validate === 'none') return status < 400 && body !== undefined ? `${status} has no body` : undefined;
  if (validate(body)) return undefined;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath} ${error?.message} ${JSON.stringify(error?.params)} in ${operation.method} ${operation.template} ${status}`;
}

/** Statuses that any route may answer, described or not. */
const generic = new Set([400, 401, 403, 404, 409, 422, 429, 500, 501, 502, 503, 504]);

function unknownRoute({ method, path, input }: Incoming): Exchange {
  const call = `${method} ${path}`;
  const perform = (): Answer => {
    throw new NotModelled(`${call}: GitHub has no such route`);
  };
  return {
    call,
    names: [],
    repository: undefined,
    resource: 'core',
    writes: false,
    uncounted: false,
    documentation: 'https://docs.github.com/rest',
    input,
    perform,
    violation: () => undefined,
  };
}

function lazily<Value>(make: () => Value): () => Value {
  let value: { readonly made: Value } | undefined;
  return () => {
    value ??= { made: make() };
    return value.made;
  };
}
