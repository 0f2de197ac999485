import { entryAt } from '../git/trees.ts';
import { pageOf } from '../show/repository.ts';
import { nodeId } from '../show/schemas.ts';
import { findEnvironment } from '../world/environments.ts';
import { NotModelled, Refusal } from '../world/refusal.ts';
import { refNamed, resolveCommit } from '../world/revisions.ts';
import type { RepositoryState } from '../world/state.ts';
import { type ConnectionArguments, connection } from './connection.ts';
import { type Asked, allow } from './context.ts';
import { deploymentNode, environmentNode } from './deployments.ts';
import { actorNode, objectNode, refNode } from './objects.ts';

interface RefsArguments extends ConnectionArguments {
  readonly refPrefix: string;
  readonly query?: string | null;
  readonly orderBy?: object | null;
  readonly direction?: string | null;
}

interface DeploymentsArguments extends ConnectionArguments {
  readonly environments?: readonly string[] | null;
  readonly orderBy?: { readonly direction: 'ASC' | 'DESC' } | null;
}

export function repositoryNode(asked: Asked, repository: RepositoryState): object {
  const { refs } = repository.git;
  const mayRead = () => allow(asked, repository, ['contents', 'read']);
  return {
    __typename: 'Repository',
    id: nodeId('R', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: repository.fullName,
    url: pageOf(asked.lab, repository),
    isPrivate: repository.private,
    owner: () => actorNode(asked, repository.owner),
    defaultBranchRef: () => {
      mayRead();
      const ref = `refs/heads/${repository.defaultBranch}`;
      return refs.has(ref) ? refNode(asked, repository, ref) : null;
    },
    ref: ({ qualifiedName }: { readonly qualifiedName: string }) => {
      mayRead();
      const ref = refNamed(repository, qualifiedName);
      return ref === undefined ? null : refNode(asked, repository, ref);
    },
    refs: (given: RefsArguments) => {
      mayRead();
      if (given.orderBy || given.direction || given.query) throw new NotModelled('query and order of Repository.refs');
      const found = [...refs.keys()].filter(ref => ref.startsWith(given.refPrefix)).sort();
      return connection('refs', found, given, ref => refNode(asked, repository, ref));
    },
    object: ({ expression, oid }: { readonly expression?: string | null; readonly oid?: string | null }) => {
      mayRead();
      return objectNode(asked, repository, oid ?? named(repository, expression ?? ''));
    },
    deployments: (given: DeploymentsArguments) => {
      allow(asked, repository, ['deployments', 'read']);
      const wanted = repository.deployments.filter(
        each => given.environments == null || given.environments.includes(each.environment),
      );
      const ordered = given.orderBy?.direction === 'DESC' ? wanted.toReversed() : wanted;
      return connection('deployments', ordered, given, each => deploymentNode(asked, repository, each));
    },
    environment: ({ name }: { readonly name: string }) => {
      allow(asked, repository, ['actions', 'read']);
      return findEnvironment(repository, name) ? environmentNode(repository, name) : null;
    },
  };
}

/** `revision` or `revision:path`, as rev-parse has it. */
function named(repository: RepositoryState, expression: string): string | undefined {
  if (expression === '') throw new Refusal(422, 'Repository.object needs an oid or an expression');
  const [revision = '', ...path] = expression.split(':');
  const commit = resolveCommit(repository, revision);
  if (path.length === 0) return commit;
  const tree = commit === undefined ? undefined : repository.git.commit(commit)?.tree;
  return tree === undefined ? undefined : entryAt(repository.git.objects, tree, path.join(':'))?.sha;
}
