/** The fields of Query and Mutation that the lab models. */
import { readNodeId } from '../show/schemas.ts';
import { Refusal } from '../world/refusal.ts';
import { type CommitOnBranchInput, createCommitOnBranch } from './commit-on-branch.ts';
import { type Asked, allow, repositoryNamed } from './context.ts';
import { deploymentNode, runNode } from './deployments.ts';
import { actorNode, refNode } from './objects.ts';

export function queryRoot(asked: Asked) {
  return {
    repository: ({ owner, name }: { readonly owner: string; readonly name: string }) => {
      const repository = repositoryNamed(asked, `${owner}/${name}`);
      allow(asked, repository, ['metadata', 'read']);
      return asked.repositoryNode(repository);
    },
    viewer: () => ({ ...actorNode(asked, asked.caller.account), __typename: 'User' }),
    node: ({ id }: { readonly id: string }) => node(asked, id),
    nodes: ({ ids }: { readonly ids: readonly string[] }) => ids.map(id => node(asked, id)),
  };
}

export function mutationRoot(asked: Asked) {
  return {
    createCommitOnBranch: ({ input }: { readonly input: CommitOnBranchInput }) => createCommitOnBranch(asked, input),
  };
}

/** The ids that REST calls `node_id`. */
function node(asked: Asked, id: string): object {
  const { prefix, ids } = readNodeId(id);
  const repository = [...asked.lab.repositories.values()].find(each => String(each.id) === ids[0]);
  const rest = ids.slice(1).join(':');
  if (repository && prefix === 'R') return asked.repositoryNode(repository);
  if (repository && prefix === 'REF' && repository.git.refs.has(rest)) {
    allow(asked, repository, ['contents', 'read']);
    return refNode(asked, repository, rest);
  }
  if (repository && prefix === 'WFR') {
    const run = repository.runs.find(each => String(each.run.id) === rest);
    allow(asked, repository, ['actions', 'read']);
    if (run) return runNode(asked, repository, run);
  }
  if (repository && prefix === 'DE') {
    const deployment = repository.deployments.find(each => String(each.id) === rest);
    allow(asked, repository, ['deployments', 'read']);
    if (deployment) return deploymentNode(asked, repository, deployment);
  }
  throw new Refusal(404, `Could not resolve to a node with the global id of '${id}'`);
}
