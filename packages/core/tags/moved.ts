import { rule } from '../gate/rule.ts';
import type { EnvironmentState } from '../journal/state.ts';
import type { Release } from '../release.ts';
import { minuteOf } from '../report/minute.ts';
import type { RuleVerdict } from '../verdict.ts';

export const movedRule = 'tag unmoved';

/** A tag that was released once names that commit for ever: what people approved, and what a rollback brings back. */
export function judgeMoved(release: Release, state: EnvironmentState): RuleVerdict {
  const { environment } = state;
  const name = release.tag ?? release.version;
  const before = releasesOf(state).filter(earlier => isOfTag(earlier, release) && earlier.sha !== '');
  const other = before.find(earlier => earlier.sha !== release.sha);
  if (other !== undefined) {
    const message = `${name} was released to ${environment} as ${short(other.sha)}, and names ${short(release.sha)} now.`;
    const next = `Put it back (\`git push --force origin ${other.sha}:refs/tags/${name}\`), and make a new tag for ${short(release.sha)}.`;
    return rule(movedRule, 'fail', 'tag-moved', message, { before: other.sha, now: release.sha }, next);
  }
  if (before.length === 0) {
    return rule(movedRule, 'pass', 'tag-unmoved', `${name} was never released to ${environment} before.`);
  }
  const [last] = state.history.filter(entry => isOfTag(entry.release, release));
  const result = last === undefined ? '' : ` (${last.result} on ${minuteOf(last.at)} UTC)`;
  const message = `${name} names the commit that was released to ${environment} before${result}.`;
  return rule(movedRule, 'pass', 'tag-unmoved', message, { sha: release.sha });
}

/** Everything that was ever begun here, as far as the state remembers. */
function releasesOf({ running, verified, attempt, known, history }: EnvironmentState): readonly Release[] {
  return [running, verified, attempt, ...known, ...history].flatMap(entry => (entry === null ? [] : [entry.release]));
}

/** By its tag; a release without one, by its version. */
function isOfTag(earlier: Release, { tag, version }: Release): boolean {
  return earlier.tag === undefined ? earlier.version === version : earlier.tag === tag;
}

function short(sha: string): string {
  return sha.slice(0, 12);
}
