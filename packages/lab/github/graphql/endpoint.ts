/**
 * Queries are validated and executed by the `graphql` package against GitHub's public schema. An object holds the fields
 * that are modelled, as values or methods; a field that it lacks exists on GitHub and not here: 501, naming it.
 */
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type DocumentNode,
  executeSync,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import type { Answer } from '../http/answers.ts';
import type { Exchange, Incoming } from '../http/exchange.ts';
import { isRecord } from '../http/schema.ts';
import type { Lab } from '../world/lab.ts';
import { NotModelled, Refusal } from '../world/refusal.ts';
import type { Caller } from '../world/tokens.ts';
import type { Asked } from './context.ts';
import { repositoryNode } from './repository.ts';
import { mutationRoot, queryRoot } from './roots.ts';

// By path: jest's own resolver does not find this package.
const file = new URL('../../../../node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url);

let built: GraphQLSchema | undefined;

/** Read on first use: about 0.15 s. GitHub's own file needs no validation. */
function schema(): GraphQLSchema {
  built ??= buildSchema(readFileSync(file, 'utf8'), {
    assumeValid: true,
    assumeValidSDL: true,
  });
  return built;
}

/** The fields of Query and of Mutation: what calls are named by. */
export function graphqlFields(): readonly string[] {
  const roots = [schema().getQueryType(), schema().getMutationType()];
  return roots.flatMap(root => Object.keys(root?.getFields() ?? {}));
}

interface Asking {
  readonly document: DocumentNode | undefined;
  readonly operation: OperationDefinitionNode | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly problem: string | undefined;
}

export function createGraphql(lab: Lab): (incoming: Incoming) => Exchange {
  return incoming => {
    const asking = read(incoming);
    const fields = rootFields(asking.operation);
    return {
      call: `graphql ${fields.join(' ') || '(unreadable)'}`,
      names: fields.map(field => `graphql ${field}`),
      repository: undefined,
      resource: 'graphql',
      writes: asking.operation?.operation === OperationTypeNode.MUTATION,
      uncounted: false,
      documentation: 'https://docs.github.com/graphql',
      input: incoming.input,
      perform: caller => perform(lab, asking, caller),
      violation: () => undefined,
    };
  };
}

function read(incoming: Incoming): Asking {
  const none = { document: undefined, operation: undefined, variables: {} };
  if (incoming.method !== 'POST') return { ...none, problem: 'GraphQL is asked with POST' };
  try {
    const { query, variables, operationName } = incoming.body() ?? {};
    const document = parse(String(query ?? ''));
    const operations = document.definitions.filter(each => each.kind === Kind.OPERATION_DEFINITION);
    const operation = operationName ? operations.find(each => each.name?.value === operationName) : operations[0];
    return { document, operation, variables: isRecord(variables) ? variables : {}, problem: undefined };
  } catch (error) {
    return { ...none, problem: error instanceof Error ? error.message : String(error) };
  }
}

function perform(lab: Lab, { document, operation, variables, problem }: Asking, caller: Caller): Answer {
  if (!document || !operation)
    return { status: 200, body: { errors: [{ message: problem ?? 'No operation in the query' }] } };
  const mistakes = validate(schema(), document);
  if (mistakes.length > 0) return { status: 200, body: { errors: mistakes.map(show) } };
  const asked: Asked = {
    lab,
    caller,
    by: { account: caller.account, ...(caller.kind === 'job' ? { runId: caller.runId } : {}) },
    repositoryNode: repository => repositoryNode(asked, repository),
  };
  const result = executeSync({
    schema: schema(),
    document,
    rootValue: operation.operation === OperationTypeNode.MUTATION ? mutationRoot(asked) : queryRoot(asked),
    variableValues: variables,
    ...(operation.name ? { operationName: operation.name.value } : {}),
    fieldResolver: resolve,
    typeResolver: value => (isRecord(value) && typeof value.__typename === 'string' ? value.__typename : undefined),
  });
  for (const error of result.errors ?? []) {
    const { originalError } = error;
    // Everything but GitHub's own refusals and bad variables is the lab's fault, and loud.
    if (originalError && !(originalError instanceof Refusal)) throw originalError;
  }
  return {
    status: 200,
    body: {
      ...(result.data === undefined ? {} : { data: result.data }),
      ...(result.errors ? { errors: result.errors.map(show) } : {}),
    },
  };
}

const resolve: GraphQLFieldResolver<unknown, unknown> = (source, given, _, info) => {
  if (!isRecord(source) || !(info.fieldName in source))
    throw new NotModelled(`GraphQL's ${info.parentType.name}.${info.fieldName}`);
  const member = source[info.fieldName];
  return typeof member === 'function' ? member(given) : member;
};

function show(error: GraphQLError): object {
  const refusal = error.originalError instanceof Refusal ? { type: error.originalError.type } : {};
  return {
    ...refusal,
    ...(error.path ? { path: error.path } : {}),
    locations: error.locations ?? [],
    message: error.message,
  };
}

function rootFields(operation: OperationDefinitionNode | undefined): readonly string[] {
  return (operation?.selectionSet.selections ?? []).flatMap(each =>
    each.kind === Kind.FIELD ? [each.name.value] : [],
  );
}
