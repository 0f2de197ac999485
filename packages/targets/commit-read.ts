import type { TargetRuntime } from '#core/target';

/** The commit that is read, and its tree. */
export interface CommitRead {
  readonly commit: string | null;
  readonly tree: string | null;
}

/** What is not exactly a commit is not called one: there would be no way back to it. */
export async function commitRead({ checkedOut }: Pick<TargetRuntime, 'checkedOut'>): Promise<CommitRead> {
  const found = await checkedOut();
  return found?.clean === true ? { commit: found.sha, tree: found.tree } : { commit: null, tree: null };
}
