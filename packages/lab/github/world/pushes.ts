/** Refs change here and nowhere else: the rules that GitHub applies to a push, then the events that it makes. */
import { createPayload, deletePayload, type Push, pushPayload } from '../events/payloads.ts';
import type { RefUpdate } from '../ports.ts';
import type { Lab } from './lab.ts';
import { checkProtection } from './protection.ts';
import { followPush } from './pull-heads.ts';
import { notAccessible, Refusal } from './refusal.ts';
import { checkRules } from './rulesets.ts';
import { skipsWorkflows } from './skips.ts';
import type { By, RepositoryState } from './state.ts';
import { foreignWorkflow } from './workflow-files.ts';

const none = '0'.repeat(40);

/** All updates of one push. Throws before anything is changed when one of them is refused. */
export function push(lab: Lab, repository: RepositoryState, updates: readonly RefUpdate[], by: By): void {
  const moves = updates.map(update => checked(lab, repository, update, by));
  for (const move of moves) {
    if (!repository.git.moveRef(move.ref, move.before, move.after)) {
      throw new Refusal(422, 'Reference update failed', { errors: [`${move.ref} could not be written`] });
    }
    recordActivity(lab, repository, move, by);
  }
  repository.pushedAt = lab.clock.now();
  announce(lab, repository, moves, by);
  for (const { ref, after } of moves) followPush(lab, repository, ref, after, by);
}

export function deleteRef(lab: Lab, repository: RepositoryState, ref: string, by: By): void {
  const before = repository.git.refs.get(ref);
  if (before === undefined) throw new Refusal(422, 'Reference does not exist');
  if (ref === `refs/heads/${repository.defaultBranch}`) throw new Refusal(422, 'Cannot delete the default branch');
  const release = repository.releases.find(each => each.immutable && `refs/tags/${each.tag}` === ref);
  if (release) throw new Refusal(422, 'Cannot delete a tag that an immutable release uses');
  checkRules(lab, repository, { ref, before, after: undefined, forced: false }, by);
  checkProtection(repository, { ref, before, after: undefined, forced: false }, by);
  repository.git.moveRef(ref, before, undefined);
  if (ref.startsWith('refs/heads/')) {
    const id = lab.nextId('activity');
    const at = lab.clock.now();
    repository.activity.push({ id, before, after: none, ref, at, type: 'branch_deletion', actor: by.account });
  }
  const sha = repository.git.refs.get(`refs/heads/${repository.defaultBranch}`) ?? none;
  if (by.runId !== undefined) return;
  lab.emit({
    name: 'delete',
    repository: repository.fullName,
    at: lab.clock.now(),
    ref: `refs/heads/${repository.defaultBranch}`,
    sha,
    actor: by.account.login,
    payload: deletePayload(lab, repository, ref, by.account),
  });
}

function checked(lab: Lab, repository: RepositoryState, { ref, sha, force = false }: RefUpdate, by: By): Push {
  const { git } = repository;
  if (!/^refs\/[^/]+\/./.test(ref) || /\.\.|[\s~^:?*[\\]|\/\/|@\{|\.lock$|[./]$/.test(ref)) {
    throw new Refusal(422, 'Reference name is not valid', { errors: [ref] });
  }
  const object = git.objects.read(sha);
  if (!object) throw new Refusal(422, 'Object does not exist');
  if (ref.startsWith('refs/heads/') && object.type !== 'commit') throw new Refusal(422, 'Object is not a commit');
  const before = git.refs.get(ref);
  const forced = before !== undefined && before !== sha && !fastForward(repository, ref, before, sha);
  if (forced && !force) throw new Refusal(422, 'Update is not a fast forward');
  const release = repository.releases.find(each => each.immutable && `refs/tags/${each.tag}` === ref);
  if (release && before !== sha) throw new Refusal(422, 'Cannot move a tag that an immutable release uses');
  checkRules(lab, repository, { ref, before, after: sha, forced }, by);
  checkProtection(repository, { ref, before, after: sha, forced }, by);
  const commit = git.peel(sha);
  if (by.runId !== undefined && commit !== undefined && foreignWorkflow(repository, commit) !== undefined) {
    throw notAccessible();
  }
  return { ref, before, after: sha, forced };
}

/** Tags never fast-forward: moving one needs force. */
function fastForward({ git }: RepositoryState, ref: string, before: string, after: string): boolean {
  return ref.startsWith('refs/heads/') && git.isAncestor(before, after);
}

function recordActivity(lab: Lab, repository: RepositoryState, { ref, before, after, forced }: Push, by: By): void {
  if (!ref.startsWith('refs/heads/')) return;
  const type = before === undefined ? 'branch_creation' : forced ? 'force_push' : 'push';
  const id = lab.nextId('activity');
  repository.activity.push({ id, before: before ?? none, after, ref, at: lab.clock.now(), type, actor: by.account });
}

/** Nothing for a job's token; nothing for tags when more than three come in one push. */
function announce(lab: Lab, repository: RepositoryState, moves: readonly Push[], by: By): void {
  if (by.runId !== undefined) return;
  const manyTags = moves.filter(move => move.ref.startsWith('refs/tags/')).length > 3;
  for (const move of moves) {
    const tag = move.ref.startsWith('refs/tags/');
    if ((!tag && !move.ref.startsWith('refs/heads/')) || (tag && manyTags) || move.before === move.after) continue;
    const sha = repository.git.peel(move.after);
    if (sha === undefined) continue;
    const event = { repository: repository.fullName, at: lab.clock.now(), ref: move.ref, sha, actor: by.account.login };
    if (!skipsWorkflows(repository.git.commit(sha)?.message ?? '')) {
      lab.emit({ ...event, name: 'push', payload: pushPayload(lab, repository, move, by.account) });
    }
    if (move.before === undefined) {
      lab.emit({ ...event, name: 'create', payload: createPayload(lab, repository, move.ref, by.account) });
    }
  }
}
