import type { Lab } from '../world/lab.ts';
import { notAccessible, Refusal } from '../world/refusal.ts';
import type { By, RepositoryState } from '../world/state.ts';
import { authorize, type Caller, type Need } from '../world/tokens.ts';

/** What every resolver gets as its third argument's stead: resolvers here are methods of what they belong to. */
export interface Asked {
  readonly lab: Lab;
  readonly caller: Caller;
  readonly by: By;
  /** Everything in a repository leads back to it; its node is made of theirs, so they get it from here. */
  readonly repositoryNode: (repository: RepositoryState) => object;
}

/** GraphQL says FORBIDDEN and NOT_FOUND where REST says 403 and 404. */
export function allow({ caller }: Asked, repository: RepositoryState, ...needs: readonly Need[]): void {
  try {
    authorize(caller, repository, needs);
  } catch (error) {
    throw error instanceof Refusal && error.status === 404 ? noRepository(repository.fullName) : notAccessible();
  }
}

export function repositoryNamed({ lab }: Asked, fullName: string): RepositoryState {
  const repository = lab.repositories.get(fullName.toLowerCase());
  if (!repository) throw noRepository(fullName);
  return repository;
}

function noRepository(fullName: string): Refusal {
  return new Refusal(404, `Could not resolve to a Repository with the name '${fullName}'.`);
}
